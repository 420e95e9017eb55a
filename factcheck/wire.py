"""What a language model may say: flat models with short keys, apart from the nouns.

In: the text of an answer. Out: validated values that the stages check against
the articles and turn into nouns. `Reply` serves extract and crosscheck alike,
because providers cache a request's prefix and the schema is part of it. Keys are
explained to the model in `prompts/`. Strict structured output forbids unions of
objects and free-form dictionaries, so there are only lists, literals and scalars.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """Base: no unknown keys, every key required."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WireSpeaker(Wire):
    """A source as the article names it: name, role, side, other names."""

    n: str
    r: Literal["official", "document", "expert", "witness", "anonymous", "media", "party", "other"]
    side: str
    also: list[str]


class WireClaim(Wire):
    """Text, kind, core, sentence numbers, by, via, modality, when, as of."""

    t: str
    k: Literal["fact", "act", "view", "open", "retract"]
    core: bool
    s: list[int]
    by: str
    via: list[str]
    m: Literal["firm", "hedged", "planned"]
    w: str
    asof: str


class WireSkip(Wire):
    """Sentences without a claim, and why."""

    s: list[int]
    why: Literal["repeat", "rhetoric", "caption", "boilerplate", "lead_in", "off_topic"]


class WireAnswer(Wire):
    """Finding id, stance, sentence numbers, by, modality, what is said instead."""

    g: str
    st: Literal["supports", "denies", "differs", "qualifies", "doubts"]
    s: list[int]
    by: str
    m: Literal["firm", "hedged", "planned"]
    t: str


class Reply(Wire):
    """The answer to extract (speakers, claims, skip) and to crosscheck (answers)."""

    speakers: list[WireSpeaker]
    claims: list[WireClaim]
    skip: list[WireSkip]
    answers: list[WireAnswer]


class WireGroup(Wire):
    """One proposition: canonical text; claim ids that say the same, more, or part of it."""

    t: str
    same: list[str]
    more: list[str]
    part: list[str]


class WirePosition(Wire):
    """One answer to a question in a few words; the claims that give it."""

    p: str
    ids: list[str]


class WireIssue(Wire):
    """A question on which claims differ; the claims that call it open."""

    q: str
    kind: Literal["conflict", "detail", "change"]
    pos: list[WirePosition]
    open: list[str]


class MergeReply(Wire):
    """The answer to merge: headline, united speakers and sides, groups, issues, strays."""

    event: str
    speakers: list[list[str]]
    sides: list[list[str]]
    groups: list[WireGroup]
    issues: list[WireIssue]
    other_event: list[str]
