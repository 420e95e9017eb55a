"""What the judge finds: propositions with their evidence and verdicts, and contested questions."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from factcheck.models.base import DataModel, Numbers, Remark
from factcheck.models.claim import ClaimKind, Modality, Role
from factcheck.models.comparison import IssueKind

Relation = Literal["same", "more", "part", "stand"]
Stance = Literal["asserts", "denies", "differs", "updates", "qualifies", "doubts", "retracts"]
OriginKind = Literal["side", "speaker", "outlet", "document", "anonymous", "author", "witness"]
Verdict = Literal[
    "verified", "disputed", "single-source", "updated", "unconfirmed", "as-said", "not-judged"
]


class Source(DataModel):
    """A speaker across articles: one person or institution under all its names."""

    id: str
    """`s1`."""
    name: str
    """What it is called in the report."""
    function: str = ""
    """Its title or function, "" for none."""
    person: bool = False
    """Whether it is one human being."""
    also: tuple[str, ...] = ()
    """Its other names."""
    role: Role
    """What kind of source it is."""
    side: str = ""
    """The body or party that it speaks for, "" for none."""
    speakers: tuple[str, ...]
    """The speakers of single articles that it unites, by id."""
    united_by: tuple[Remark, ...] = ()
    """What united them."""


class Origin(DataModel):
    """Who answers for the content of a claim, as counted."""

    key: str
    """Equal for equal origins."""
    label: str
    """Whom one could ring."""
    kind: OriginKind
    """What makes it one origin."""
    side: str = ""
    """The body that it speaks for, "" where it is itself."""


class Voice(DataModel):
    """One article's word on one finding."""

    article: str
    """The id of the article."""
    claim: str | None
    """The id of its claim, null where the comparison found a stand beside the claims."""
    relation: Relation
    """How the claim relates to the finding's proposition."""
    stance: Stance
    """What it says to the proposition."""
    name: str = ""
    """The speaker's name in this article, "" for its own voice."""
    function: str = ""
    """The speaker's title or function in this article."""
    after: str = ""
    """Whose account the article's own voice seems to go on with, as it is named there."""
    source: str | None
    """The id of the united source, null for the article's own voice."""
    via: tuple[str, ...] = ()
    """The carriers it came through, nearest first."""
    modality: Modality
    """How firmly it is stated."""
    asof: str = ""
    """The moment for which a running value holds, in words; "" for none."""
    sentences: Numbers
    """Numbers of the cited sentences, in the order in which they were cited."""
    quotes: tuple[str, ...]
    """The same sentences, verbatim."""
    origin: Origin
    """Who answers for it."""
    counted: bool
    """Whether it counts as evidence towards the number of origins."""
    note: Remark | None = None
    """Why it does not count, or what is weak about it; null for nothing."""
    text: str = ""
    """What the claim says, or what a stand says instead."""
    flags: tuple[Remark, ...] = ()
    """Doubts of the checks."""


class Said(DataModel):
    """That a source said it: which articles carry the statement."""

    source: str
    """The id of the source."""
    name: str
    """Its name."""
    articles: tuple[str, ...]
    """The articles that carry the statement, by id."""
    outlets: int
    """Independent outlets that carry it first-hand or through different carriers."""
    verified: bool
    """Whether there are two or more of these."""


class Finding(DataModel):
    """One proposition, everything the articles say to it, and the verdict."""

    id: str
    """`f1`; in a digest the same over all editions of a story."""
    text: str
    """The proposition in English."""
    kind: ClaimKind
    """What kind of statement it is."""
    core: bool
    """Whether it belongs to the core of the story."""
    claims: tuple[str, ...]
    """The claims that are at home in it, by id."""
    verdict: Verdict
    """What the evidence amounts to."""
    reasons: tuple[Remark, ...]
    """Why, at least one."""
    settle: Remark | None = None
    """What would settle it; null where nothing is open."""
    origins: tuple[Origin, ...] = ()
    """The distinct origins that count as asserting it."""
    against: tuple[Origin, ...] = ()
    """Origins that firmly assert the opposite or another value."""
    carried_by: tuple[str, ...]
    """The articles that carry it, by id."""
    outlets: int
    """How many outlets among them are independent of each other."""
    voices: Annotated[tuple[Voice, ...], Field(min_length=1)]
    """Everything that the articles say to it."""
    said: tuple[Said, ...] = ()
    """For statements: which articles carry that a source made it."""
    issues: tuple[str, ...] = ()
    """The issues that it takes part in, by id."""
    parent: str = ""
    """The finding that it elaborates or repeats in part, by id; "" for none."""
    flags: tuple[Remark, ...] = ()
    """Doubts of the checks that the model stood by."""

    @model_validator(mode="after")
    def check_evidence(self) -> Self:
        """Verified needs two origins, disputed somebody against it, all need a reason."""
        if self.verdict == "verified" and len(self.origins) < 2:
            raise ValueError("verified without two origins")
        if self.verdict == "disputed" and not self.against:
            raise ValueError("disputed without anybody against it")
        if not self.reasons:
            raise ValueError("a verdict without a reason")
        return self

    def is_hedged_by(self, origin: Origin) -> bool:
        """Whether an origin asserts it only with caution ("may have", "is thought to")."""
        voices = [v for v in self.voices if v.origin.key == origin.key and v.stance == "asserts"]
        return bool(voices) and all(voice.modality == "hedged" for voice in voices)


class Position(DataModel):
    """One answer to a question, with who takes it."""

    label: str
    """The answer in a few words."""
    findings: tuple[str, ...]
    """The findings that its claims are at home in, by id."""
    claims: tuple[str, ...] = ()
    """The claims that take it by themselves, by id."""
    origins: tuple[Origin, ...]
    """Who takes it."""
    articles: tuple[str, ...]
    """The articles that carry it, by id."""
    withdrawn: tuple[str, ...] = ()
    """Origins that took it earlier and take another position now, by label."""
    superseded: bool = False
    """Whether a later position or a decision replaces it."""
    asof: str = ""
    """The moment it holds for, in words; "" for none."""


class Issue(DataModel):
    """A question on which articles or sources differ, with all positions.

    `conflict`: positions exclude each other. `detail`: versions that may be reconciled.
    `change`: one thing at different moments, or settled since. `slip`: outlets differ on
    a checkable detail.
    """

    id: str
    """`q1`."""
    question: str
    """The question in English."""
    kind: IssueKind
    """How the positions relate, as above."""
    positions: tuple[Position, ...]
    """All answers."""
    excludes: tuple[tuple[int, int], ...] = ()
    """Pairs of positions, from 0, that cannot both hold."""
    settled: int | None = None
    """The position, from 0, that stands by now; null if it is open."""
    open: tuple[str, ...] = ()
    """Findings that say it is not known, by id."""
    near: tuple[str, ...] = ()
    """Findings that bear on it and stand whichever answer is right, by id."""
    notes: tuple[Remark, ...] = ()
    """What else to know of it."""


class OutletGroup(DataModel):
    """Articles that count as one outlet, and why."""

    articles: tuple[str, ...]
    """The articles, by id."""
    label: str
    """What to call the outlet."""
    reasons: tuple[Remark, ...] = ()
    """Why they count as one; none for a single article."""
    counts: bool = True
    """Whether its own voice counts as evidence."""
    notes: tuple[Remark, ...] = ()
    """Why it, or an article of it, does not (a column, a press release, a party's organ)."""
