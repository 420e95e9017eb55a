"""The first page: which findings and issues stand on it, and what a model adds to them."""

from __future__ import annotations

from typing import Literal

from factcheck.models.base import DataModel, Remark

SummaryKind = Literal["safe", "latest", "attribute", "hold", "whole"]


class Pick(DataModel):
    """A contested question on the first page, with one claim for each of its positions."""

    issue: str
    """The id of the issue."""
    head: str = ""
    """What is contested in a word or two, in the model's words."""
    claims: tuple[str, ...] = ()
    """Claim ids in the order of the positions, "" where no claim was picked."""
    quotes: tuple[str, ...] = ()
    """The words of each claim's sentence that give the answer, as they stand in the article; ""
    where none were picked, or none that stand there."""
    translations: tuple[str, ...] = ()
    """These words in English as a model has them, "" for words in English and for none."""
    weighing: str = ""
    """What only who has read all articles can say of it, in the model's words."""
    settles: str = ""
    """What would settle it, in the model's words."""


class Caution(DataModel):
    """Something to check before printing."""

    ids: tuple[str, ...]
    """The findings or issues, by id."""
    why: str = ""
    """What to be careful of, in the model's words."""


class Call(DataModel):
    """A call to make, in the model's words."""

    who: str
    """Whom to call."""
    ask: str
    """What to ask."""
    record: str = ""
    """Which record to ask for, "" for none."""
    ids: tuple[str, ...] = ()
    """The findings or issues that it is about, by id."""


class Note(DataModel):
    """What a model says to one line of the first page: what to add to it, or how it is headed."""

    id: str
    """The finding or issue that the line is about."""
    text: str
    """The model's words."""


class Summary(DataModel):
    """One point of what an editor must know who reads nothing else."""

    kind: SummaryKind
    """What the point is about: what is safe to print, the latest state, what must be attributed,
    what must not be printed yet, or all of it in one (as earlier versions wrote it)."""
    text: str
    """The point, in the model's words."""
    ids: tuple[str, ...] = ()
    """The findings, issues or positions of issues ("q3.1" is the second of q3) that it rests on, by
    id; earlier versions kept none."""


class Doubt(Remark):
    """A doubt of the checks about words of the model."""

    about: str = ""
    """The words that it doubts, "" if they are not kept."""


class FirstPage(DataModel):
    """What an editor must know in two minutes: ids of findings and issues, in order."""

    made_by: Literal["model", "rank"] = "rank"
    """Whether a model chose what stands here, or code by rank."""
    rests: tuple[Summary, ...] = ()
    """What an editor must know who reads nothing else, point by point."""
    changed: tuple[str, ...] = ()
    """What changed, by id of findings or issues."""
    heads: tuple[Note, ...] = ()
    """Lines of the parts around in a few words of the model: what stands before the values of a
    question, in place of the question itself, and a finding in place of its text."""
    solid: tuple[str, ...] = ()
    """What stands, by id."""
    contested: tuple[Pick, ...] = ()
    """What is contested."""
    alone: tuple[str, ...] = ()
    """What rests on one voice, by id."""
    notes: tuple[Note, ...] = ()
    """What is to be added to lines of the parts above."""
    careful: tuple[Caution, ...] = ()
    """What to check before printing."""
    calls: tuple[Call, ...] = ()
    """Whom to call."""
    flags: tuple[Doubt, ...] = ()
    """Doubts of the checks about the model's words."""


def split_position(identity: str) -> tuple[str, int | None]:
    """The id of an issue in that of one of its positions, and the place of this, None for none."""
    issue, _, place = identity.partition(".")
    return issue, int(place) if place.isdecimal() and len(place) < 4 else None
