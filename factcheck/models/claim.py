"""What single articles say: their speakers and claims, as the extraction reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from factcheck.models.article import Genre
from factcheck.models.base import DataModel, Numbers, Remark

ClaimKind = Literal["fact", "act", "view", "open", "retract"]
Modality = Literal["firm", "hedged", "planned"]
Role = Literal["official", "document", "expert", "witness", "anonymous", "media", "party", "other"]


class Speaker(DataModel):
    """A source as one article names it."""

    id: str
    """`a1.s1`: the article, and a number within it."""
    article: str
    """The id of the article."""
    name: str
    """The name alone, as the article spells it."""
    function: str = ""
    """Title or function there, "" for none."""
    person: bool = False
    """Whether it is one human being, and no body, group or document."""
    also: tuple[str, ...] = ()
    """Other names that the article gives it."""
    role: Role
    """What kind of source it is."""
    side: str = ""
    """The body or party that it speaks for, "" for none."""


class Claim(DataModel):
    """One proposition of one article."""

    id: str
    """`a1.c1`: the article, and a number within it."""
    article: str
    """The id of the article."""
    text: str
    """The proposition in English, complete by itself; worded by the model."""
    kind: ClaimKind
    """What kind of statement it is."""
    core: bool
    """Whether it belongs to the core of the story."""
    sentences: Numbers
    """Numbers of the sentences that carry it, in order of weight."""
    speaker: str | None
    """A speaker's id, null where the article speaks in its own voice."""
    follows: str | None = None
    """The speaker whose account the article's own voice seems to go on with, by id."""
    via: tuple[str, ...] = ()
    """The carriers it came through, nearest first."""
    modality: Modality = "firm"
    """How firmly it is stated."""
    when: str = ""
    """The time of the thing, in words; "" for none."""
    asof: str = ""
    """The moment for which a running value holds, in words; "" for none."""
    held: tuple[datetime, datetime] | None = None
    """The earliest and the latest time of `asof`, null where that cannot be told."""
    flags: tuple[Remark, ...] = ()
    """Doubts of the checks that did not stop the claim."""


class Skipped(DataModel):
    """Sentences of an article that carry no claim, with the reason."""

    article: str
    """The id of the article."""
    sentences: Numbers
    """Numbers of the sentences."""
    reason: str
    """Why they carry no claim."""


class NotAssessed(DataModel):
    """Something that an answer held or lacked and that the report does not rest on."""

    stage: Literal["extract", "compare", "edit"]
    """The stage whose answer it was."""
    article: str = ""
    """The id of the article, "" where it concerns no single one."""
    sentences: tuple[int, ...] = ()
    """Numbers of the sentences it concerns."""
    text: str
    """What the answer held or lacked."""
    reason: Remark
    """Why the report does not rest on it."""


class Extraction(DataModel):
    """All that one article says: the result of `pipeline.extract`."""

    article: str
    """The id of the article."""
    genre: Genre = ""
    """What kind of text the model takes it for."""
    windows: int = 1
    """The number of parts in which the article was read."""
    speakers: tuple[Speaker, ...] = ()
    """The sources that the article names."""
    claims: tuple[Claim, ...] = ()
    """What it states."""
    skipped: tuple[Skipped, ...] = ()
    """Sentences without a claim."""
    not_assessed: tuple[NotAssessed, ...] = ()
    """What of the answer could not be used."""

    @property
    def planted(self) -> tuple[int, ...]:
        """The numbers of the sentences that address a machine or pose as another article."""
        return tuple(n for skip in self.skipped if skip.reason == "planted" for n in skip.sentences)


class Checkpoint(DataModel):
    """What a run leaves for a later one on the same event: the extractions, already paid for."""

    extractions: tuple[Extraction, ...] = ()
    """One for each article that was read."""
