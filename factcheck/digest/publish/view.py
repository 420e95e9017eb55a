"""What the templates of the digest are given where the models of an edition do not say it all.

Texts are plain and unescaped. A `Link` leads to a place on the page, to a page of the
site (relative), or to a checked http(s) URL.
"""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.digest.models import Change, PastStory, StoryEdition
from factcheck.report.view import Link
from factcheck.report.words import text_of

CORRECTIONS = frozenset({"corrected", "edited"})
NOWHERE = Link("")


@dataclass(frozen=True)
class News:
    """One change. `above` leads to the lead item that shows it already, if one does.

    `story` names the story of a lead, `full` leads to the finding in the report.
    """

    change: Change
    id: str
    full: Link = NOWHERE
    story: Link = NOWHERE
    above: Link = NOWHERE

    @property
    def detail(self) -> str:
        """What happened, where that is not the text again."""
        told = text_of(self.change.detail)
        return told if told != self.change.text else ""


@dataclass(frozen=True)
class Story:
    """One story; `changes` are all that it tells, in the order in which they should be read.

    `home` is the address of its fact-check, "" for none; `asof` the edition of that, where it
    is an earlier one; `links` are its reports, `merged` the story that it went into.
    """

    told: StoryEdition
    title: Link
    since: Link
    changes: tuple[News, ...]
    home: str
    asof: Link
    links: tuple[Link, ...]
    merged: Link

    @property
    def moved(self) -> tuple[News, ...]:
        """The values that moved."""
        return tuple(one for one in self.changes if one.change.kind == "moved")

    @property
    def corrections(self) -> tuple[News, ...]:
        """What was corrected or edited."""
        return tuple(one for one in self.changes if one.change.kind in CORRECTIONS)

    @property
    def news(self) -> tuple[News, ...]:
        """All other changes."""
        kinds = {"moved", *CORRECTIONS}
        return tuple(one for one in self.changes if one.change.kind not in kinds)


@dataclass(frozen=True)
class Chapter:
    """A story in one earlier edition, which `link` leads to."""

    past: PastStory
    link: Link
    news: tuple[News, ...]
    report: Link
