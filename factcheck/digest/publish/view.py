"""What the templates of the digest see: small, finished things, as in `factcheck.report.view`.

Texts are plain and unescaped. A `Link` leads to a place on the page, to a page of the
site (relative), or to a checked http(s) URL.
"""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.digest.models import SourceLine
from factcheck.report.first_page import Page as FirstPage
from factcheck.report.view import Gap, Link

CORRECTIONS = frozenset({"corrected", "edited"})


@dataclass(frozen=True)
class Badge:
    """A verdict for the eye; `text` is all that is read out."""

    style: str
    text: str


@dataclass(frozen=True)
class Cite:
    """A verbatim sentence: where it stands, who said it, when it was published."""

    text: str
    outlet: Link
    who: str
    when: str
    label: str = ""


@dataclass(frozen=True)
class Hop:
    """One value of something that moved, and who told it when."""

    value: str
    told: str
    new: bool


@dataclass(frozen=True)
class News:
    """One change. `above` leads to the lead item that shows it already, if one does."""

    id: str
    kind: str
    label: str
    text: str
    detail: str
    before: Badge | None
    after: Badge | None
    hops: tuple[Hop, ...]
    shown: tuple[Cite, ...]
    more: tuple[Cite, ...]
    story: Link
    full: Link
    above: Link


@dataclass(frozen=True)
class Voice:
    """A finding that rests on one origin."""

    text: str
    origin: str
    carried: str
    since: Link


@dataclass(frozen=True)
class Look:
    """A place to look in a side-by-side reading."""

    kind: str
    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Line:
    """An article in a list."""

    outlet: str
    title: Link
    when: str
    arrival: str
    checked: bool


@dataclass(frozen=True)
class Story:
    """One story; `changes` are all that it tells, in the order in which they should be read.

    `first` is the first page of its fact-check, None without one; `home` the address of that
    fact-check, "" for none; `asof` its edition, where it is an earlier one.
    """

    id: str
    title: Link
    style: str
    status: str
    counts: str
    counted: str
    since: Link
    verdicts: tuple[Badge, ...]
    changes: tuple[News, ...]
    voices: tuple[Voice, ...]
    first: FirstPage | None
    home: str
    asof: Link
    looks: tuple[Look, ...]
    notes: tuple[str, ...]
    links: tuple[Link, ...]
    merged: Link
    judged: bool

    @property
    def moved(self) -> tuple[News, ...]:
        """The values that moved."""
        return tuple(one for one in self.changes if one.kind == "moved")

    @property
    def corrections(self) -> tuple[News, ...]:
        """What was corrected or edited."""
        return tuple(one for one in self.changes if one.kind in CORRECTIONS)

    @property
    def news(self) -> tuple[News, ...]:
        """All other changes."""
        return tuple(one for one in self.changes if one.kind not in {"moved", *CORRECTIONS})


@dataclass(frozen=True)
class Listed:
    """An edition in the index."""

    link: Link
    summary: str
    note: str = ""


@dataclass(frozen=True)
class EditionPage:
    """One edition. `editions` is the index, on the front page only.

    `calls` is how many the first pages name; `nothing` tells that there is no news at all.
    """

    title: str
    id: str
    root: str
    when: str
    zone: str
    headline: str
    arrivals: str
    notices: tuple[str, ...]
    notes: tuple[str, ...]
    legend: str
    calls: int
    nothing: bool
    model: bool
    leads: tuple[News, ...]
    changed: tuple[Story, ...]
    quiet: tuple[Story, ...]
    ended: tuple[Story, ...]
    singles: tuple[Line, ...]
    single_count: str
    sources: tuple[SourceLine, ...]
    left: tuple[Gap, ...]
    method: tuple[str, ...]
    data: str
    previous: Link
    next: Link
    editions: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A story in one earlier edition."""

    id: str
    link: Link
    counts: str
    counted: str
    engine: str
    news: tuple[News, ...]
    notes: tuple[str, ...]
    report: Link


@dataclass(frozen=True)
class StoryPage:
    """One story as it stands, and how it came there."""

    root: str
    edition: Link
    site: str
    zone: str
    story: Story
    lines: tuple[Line, ...]
    values: tuple[News, ...]
    history: tuple[Chapter, ...]
