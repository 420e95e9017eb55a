"""What is one and what is contested across articles, in ids of speakers and claims."""

from __future__ import annotations

from typing import Literal

from factcheck.models.article import Genre
from factcheck.models.base import DataModel, Numbers, Remark
from factcheck.models.claim import NotAssessed

IssueKind = Literal["conflict", "detail", "change", "slip"]


class Stand(DataModel):
    """A stand on a group's proposition that no claim of the article expresses."""

    article: str
    """The id of the article."""
    sentences: Numbers
    """Numbers of the sentences that express it."""
    speaker: str | None
    """A speaker's id of that article, null for its own voice."""
    stance: Literal["supports", "denies", "differs", "updates", "qualifies", "doubts"]
    """How it relates to the proposition."""
    text: str = ""
    """What is said instead."""


class Group(DataModel):
    """Claims that state one proposition, as compare found: claim ids by relation."""

    text: str
    """The proposition."""
    same: tuple[str, ...] = ()
    """Claims that state it, by id."""
    more: tuple[str, ...] = ()
    """Claims that state it and more."""
    part: tuple[str, ...] = ()
    """Claims that state a part of it."""
    echoes: tuple[str, ...] = ()
    """Those of `same` and `more` whose speaker only passes on another source's word."""
    stands: tuple[Stand, ...] = ()
    """Stands on it that no claim expresses."""
    flags: tuple[Remark, ...] = ()
    """Doubts of the checks."""


class Answer(DataModel):
    """One position on a question, as compare found: a label and the claims that take it."""

    label: str
    """The position in a few words."""
    claims: tuple[str, ...]
    """The claims that take it, by id."""
    near: tuple[str, ...] = ()
    """Claims that tell or presuppose it beside a point of their own, which stands either way."""


class Question(DataModel):
    """What claims do not agree on, as compare found.

    It is settled after a withdrawal, a correction or an official decision.
    """

    text: str
    """The question."""
    kind: IssueKind
    """How the positions relate."""
    answers: tuple[Answer, ...]
    """The positions."""
    excludes: tuple[tuple[int, int], ...] = ()
    """Pairs of positions, from 0, that cannot both hold."""
    open: tuple[str, ...] = ()
    """Claims that call it unknown, by id."""
    settled: int | None = None
    """The position, from 0, that stands by now; null for none."""


class Placing(DataModel):
    """What compare says of one article: outlet, genre, and articles that are one outlet with it."""

    article: str
    """The id of the article."""
    outlet: str = ""
    """Its outlet."""
    genre: Genre = ""
    """What kind of text it is."""
    other_event: bool = False
    """Whether it is about another event."""
    joint: tuple[str, ...] = ()
    """Articles that are one outlet with it, by id."""


class Side(DataModel):
    """Speakers, and a party's own organs, that speak with one interest, under one name."""

    name: str
    """What to call it."""
    speakers: tuple[str, ...] = ()
    """The speakers, by id."""
    articles: tuple[str, ...] = ()
    """The articles of its own organs, by id."""


class Comparison(DataModel):
    """What is one and what is contested across articles: the result of `pipeline.compare`."""

    event: str = ""
    """The event in a few words."""
    placings: tuple[Placing, ...] = ()
    """What is said of each article."""
    speakers: tuple[tuple[str, ...], ...] = ()
    """Speakers that are one, by id."""
    sides: tuple[Side, ...] = ()
    """Who speaks with one interest."""
    groups: tuple[Group, ...] = ()
    """Which claims are one proposition."""
    questions: tuple[Question, ...] = ()
    """What is contested."""
    not_assessed: tuple[NotAssessed, ...] = ()
    """What of the answer could not be used."""
