"""One story in two editions, and what both looks at it need: issues found again, quotes, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Literal

from factcheck.digest.models import Quote
from factcheck.models import Article, Claim, Finding, Issue, Position, Report, Voice

QUOTES = 4
LONGEST = 3  # sentences of one quote
SPOKEN = re.compile(r"[“\"«„]")
Role = Literal["", "before", "after"]


@dataclass(frozen=True)
class Compared:
    """One story in two editions; `before` is None for a story that is new.

    `new` are the article ids that this edition brings, `known` claims that were told
    under another story.
    """

    story: str
    before: Report | None
    after: Report
    new: frozenset[str]
    known: frozenset[str] = frozenset()
    old_findings: Mapping[str, Finding] = field(init=False)
    articles: Mapping[str, Article] = field(init=False)

    def __post_init__(self) -> None:
        """Index what is looked up all the time."""
        before = self.before.findings if self.before else ()
        object.__setattr__(self, "old_findings", {f.id: f for f in before})
        object.__setattr__(self, "articles", {a.id: a for a in self.after.articles})


def same_issue(issue: Issue, before: Iterable[Issue]) -> Issue | None:
    """The issue of the last edition that asks the same, by its words or its findings."""
    mine = positions_of(issue)
    for old in before:
        if old.question.casefold() == issue.question.casefold():
            return old
        if old.kind == issue.kind and len(mine & positions_of(old)) >= 2:
            return old
    return None


def positions_of(issue: Issue) -> set[str]:
    """The findings in the positions of an issue."""
    return {finding for position in issue.positions for finding in position.findings}


def published(case: Compared, article: str) -> datetime | None:
    """When an article of the report came out."""
    found = case.articles.get(article)
    return found.published if found else None


def speakers(voices: Iterable[Voice], report: Report) -> dict[str, str]:
    """Who speaks for each origin, by its key: the name of a person or office, not of its side."""
    names = {source.id: source.name for source in report.sources}
    found: dict[str, str] = {}
    for voice in voices:
        if voice.source in names and voice.origin.kind == "side":
            found.setdefault(voice.origin.key, names[voice.source].partition(",")[0])
    return found


def headlined(finding: Finding, articles: Mapping[str, Article]) -> bool:
    """Whether an article has a finding in its headline, however much it is background to others."""
    return any(
        articles[voice.article].sentence(number).kind == "headline"
        for voice in finding.voices
        if voice.article in articles and voice.stance == "asserts"
        for number in voice.sentences
    )


# --- quotes -----------------------------------------------------------------------------------


def quote(article: Article, text: str, said_by: str = "", role: Role = "") -> Quote:
    """Words of an article with where they stand."""
    return Quote(
        article=article.id,
        outlet=article.label,
        text=text,
        url=article.url,
        published=article.published,
        said_by=said_by,
        language=article.language,
        role=role,
    )


def claim_quote(case: Compared, claim: Claim) -> Quote:
    """The sentences that a claim cites."""
    article = case.articles[claim.article]
    return quote(article, cited(article, claim.sentences))


def cited(article: Article, numbers: Sequence[int]) -> str:
    """Cited sentences, verbatim and in order; the headline only if nothing else is cited.

    What stands between two of them is marked as left out.
    """
    body = [n for n in numbers if article.sentence(n).kind != "headline"]
    chosen = sorted(body or numbers)[:LONGEST]
    text = article.sentence(chosen[0]).text
    for before, number in pairwise(chosen):
        text += (" " if number == before + 1 else " […] ") + article.sentence(number).text
    return text


def finding_quotes(finding: Finding, case: Compared) -> tuple[Quote, ...]:
    """What bears on a finding: the news first, one quote an outlet."""
    return quotes(finding.voices, case)


def position_quotes(position: Position, case: Compared) -> tuple[Quote, ...]:
    """The words of those who take a position."""
    by_id = {f.id: f for f in case.after.findings}
    voices = [
        v
        for i in position.findings
        for v in by_id[i].voices
        if v.article in position.articles and v.stance == "asserts"
    ]
    return quotes(voices, case)


def issue_quotes(issue: Issue, case: Compared) -> tuple[Quote, ...]:
    """One quote a position, then more in turn."""
    each = [position_quotes(position, case) for position in issue.positions]
    turns = [q[n] for n in range(QUOTES) for q in each if n < len(q)]
    return tuple(turns[:QUOTES])


def quotes(voices: Iterable[Voice], case: Compared) -> tuple[Quote, ...]:
    """Voices as quotes, one an outlet: the news first, then who counts, then direct speech."""
    names = {source.id: source.name for source in case.after.sources}
    ranked = sorted(
        (v for v in voices if v.article in case.articles),
        key=lambda v: (
            v.article not in case.new,
            not v.counted,
            not SPOKEN.search(cited(case.articles[v.article], v.sentences)),
        ),
    )
    found: dict[str, Quote] = {}
    for voice in ranked:
        article = case.articles[voice.article]
        said = names.get(voice.source or "", "")
        text = cited(article, voice.sentences)
        found.setdefault(article.label, quote(article, text, said))
    return tuple(found.values())[:QUOTES]
