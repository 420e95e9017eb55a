"""robots.txt: its answer in, what may be fetched and how fast out, by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from factcheck.fetch.exchange import Response
from factcheck.fetch.models import FetchProblem

NAME = "factcheck"
MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes have to be read
LONGEST_DELAY = 30.0  # seconds; beyond that a newsroom asks the site, or leaves it out


@dataclass(frozen=True)
class Rules:
    """What one server allows; `problem` where nothing may be fetched from it."""

    parsed: Protego | None = None
    problem: FetchProblem | None = None

    @property
    def delay(self) -> float:
        """Seconds that the server wants between two requests, as far as that is honoured."""
        delay = self.parsed.crawl_delay(NAME) if self.parsed else None
        return min(max(delay or 0.0, 0.0), LONGEST_DELAY)

    def check(self, url: str) -> None:
        """Raise `FetchProblem` for a URL that must not be fetched."""
        if self.problem:
            raise FetchProblem(self.problem.reason, self.problem.detail, self.problem.remedy)
        if self.parsed and not self.parsed.can_fetch(url, NAME):
            detail = "robots.txt asks programs not to fetch this: ask the site, or leave it out"
            raise FetchProblem("robots", detail)


def to_rules(answer: Response | FetchProblem) -> Rules:
    """The rules in the response for robots.txt, or those that apply without one.

    RFC 9309, 2.3.1: what cannot be had by its own fault (4xx, too many redirects) allows
    everything, a server in trouble (5xx; 429 too) nothing. A host that cannot be reached
    has the same problem for its pages.
    """
    if isinstance(answer, FetchProblem):
        own_fault = answer.reason in {"bad URL", "host not allowed", "too many redirects"}
        return Rules() if own_fault else Rules(problem=answer)
    if answer.status >= 500:
        detail = (
            f"robots.txt cannot be read (status {answer.status}), which counts as a no: "
            "try later, or set fetch.robots = false if the site allows it"
        )
        return Rules(problem=FetchProblem("robots", detail))
    if not 200 <= answer.status < 300:
        return Rules()
    return Rules(parsed=Protego.parse(answer.content.decode("utf-8-sig", "replace")))
