"""The nouns of the program: what it believes about articles, claims and findings.

Every noun is a frozen pydantic model. Stages take nouns and return nouns; the
`Report` is the JSON from which every other format renders. What a language
model may say on the wire is kept apart, in `wire.py`.

Ids are made by code and are stable for the same inputs: articles `a1`, sentences
by number within an article, speakers `a1.s1`, claims `a1.c1`, merged sources
`s1`, findings `f1`, issues `q1`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA: Literal["factcheck.report/1"] = "factcheck.report/1"

SentenceKind = Literal["headline", "standfirst", "body", "caption"]
OutletFrom = Literal["metadata", "text", "file name", "unknown"]
Precision = Literal["minute", "day"]
Genre = Literal[
    "news",
    "agency",
    "press_release",
    "opinion",
    "analysis",
    "live",
    "transcript",
    "correction",
    "party_organ",
    "paywall",
    "",
]
WarningKind = Literal["hidden text", "planted text", "metadata", "encoding", "script"]
ClaimKind = Literal["fact", "act", "view", "open", "retract"]
Modality = Literal["firm", "hedged", "planned"]
Role = Literal["official", "document", "expert", "witness", "anonymous", "media", "party", "other"]
Relation = Literal["same", "more", "part", "crosscheck"]
Stance = Literal["asserts", "denies", "differs", "qualifies", "doubts", "retracts"]
OriginKind = Literal["side", "speaker", "outlet", "document", "anonymous"]
IssueKind = Literal["conflict", "detail", "change", "slip"]
Verdict = Literal[
    "verified", "disputed", "single-source", "updated", "unconfirmed", "as-said", "not-judged"
]
DropReason = Literal[
    "repeat",
    "credit",
    "teaser",
    "furniture",
    "junk tail",
    "edition note",
    "byline",
    "metadata",
    "masthead",
    "label",
    "hidden",
]
ExcludeReason = Literal[
    "empty",
    "furniture only",
    "duplicate",
    "other event",
    "unreadable",
    "not reached",
    "paywall",
    "no article",
    "model failed",
]

Numbers = Annotated[tuple[int, ...], Field(min_length=1)]


class Noun(BaseModel):
    """Base of all domain models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what came in -----------------------------------------------------------


class Sentence(Noun):
    """One numbered sentence of a cleaned article, verbatim.

    `number` counts from 1 within the article, `paragraph` from 1; `section` is
    the heading that it stands under ("" for none), which is context and never
    evidence. `moment` is the time of the live entry that it stands in, as
    written ("14:05"; "" outside live pages).
    """

    number: int
    text: str
    kind: SentenceKind = "body"
    section: str = ""
    paragraph: int = 1
    moment: str = ""


class Dropped(Noun):
    """Text that the reader took out of an article, verbatim, with the reason."""

    text: str
    reason: DropReason


class ArticleWarning(Noun):
    """Something about an article that a reader has to know, with where it stands."""

    kind: WarningKind
    text: str
    place: str


class Article(Noun):
    """One article as it is read: clean, numbered, with where it came from.

    `source` is the file name or URL as a reader would recognise it, never a
    machine path. `outlet` is "" where nothing tells it. `agency` is the agency
    whose credit or dateline the article carries ("" for none). `published` is
    aware, or None where nothing tells: with the precision "day" its clock says
    nothing, and without a known zone it is the printed clock, kept as UTC.
    `genre` is what can plainly be read, "" where nothing tells.
    """

    id: str
    source: str
    outlet: str
    outlet_from: OutletFrom
    title: str = ""
    byline: str = ""
    url: str = ""
    published: datetime | None = None
    published_precision: Precision = "minute"
    zone_known: bool = True
    language: str = "en"
    agency: str = ""
    genre: Genre = ""
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[ArticleWarning, ...] = ()
    raw_sha256: str
    text_sha256: str

    @property
    def label(self) -> str:
        """What a reader calls the article by: its outlet, else the name of its input."""
        return self.outlet or self.source

    def sentence(self, number: int) -> Sentence:
        """The sentence with this number; IndexError if there is none."""
        if not 1 <= number <= len(self.sentences):
            raise IndexError(number)
        return self.sentences[number - 1]


class Excluded(Noun):
    """An input that is not part of the comparison, and why."""

    source: str
    reason: ExcludeReason
    detail: str = ""


# --- what the articles say --------------------------------------------------


class Speaker(Noun):
    """A source as one article names it."""

    id: str
    article: str
    name: str
    also: tuple[str, ...] = ()
    role: Role
    side: str = ""


class Claim(Noun):
    """One proposition of one article.

    `speaker` is a speaker id, or None where the article speaks in its own
    voice; `via` lists the carriers it came through, nearest first. `when` is
    the time of the thing and `asof` the moment a running value holds for, both
    in the article's words. `flags` are remarks of the checks that did not stop
    the claim.
    """

    id: str
    article: str
    text: str
    kind: ClaimKind
    core: bool
    sentences: Numbers
    speaker: str | None
    via: tuple[str, ...] = ()
    modality: Modality = "firm"
    when: str = ""
    asof: str = ""
    flags: tuple[str, ...] = ()


class Skipped(Noun):
    """Sentences of an article that carry no claim, with the reason."""

    article: str
    sentences: Numbers
    reason: str


class NotAssessed(Noun):
    """Something that an answer held or lacked and that the report does not rest on."""

    stage: Literal["extract", "merge", "crosscheck"]
    article: str
    sentences: tuple[int, ...] = ()
    text: str
    reason: str


class Reading(Noun):
    """All that one article says: the result of `extract`."""

    article: str
    speakers: tuple[Speaker, ...]
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()


class Group(Noun):
    """Claims that `merge` took for one proposition: claim ids by relation."""

    text: str
    same: tuple[str, ...]
    more: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


class Draft(Noun):
    """A finding before it is judged: one proposition and the claims that bear on it.

    Every claim is at home in exactly one draft, in `same`; it may be `more` or
    `part` in others. `parent` is the draft that it elaborates or repeats in part,
    where the only claim of this one stands among the `more` or `part` of that.
    """

    id: str
    text: str
    kind: ClaimKind
    core: bool
    same: tuple[str, ...]
    more: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    parent: str = ""


class Side(Noun):
    """One answer to a contested question, as merge gave it: claim ids."""

    label: str
    claims: tuple[str, ...]


class Question(Noun):
    """A contested question as merge gave it."""

    text: str
    kind: Literal["conflict", "detail", "change"]
    sides: tuple[Side, ...]
    open: tuple[str, ...] = ()


class Merged(Noun):
    """What is the same across articles: the result of `merge`.

    `speakers` are groups of speaker ids, `sides` groups of side names that are one.
    """

    event: str = ""
    speakers: tuple[tuple[str, ...], ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    other_event: tuple[str, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()


class Echo(Noun):
    """What an article says to a finding that it did not raise: from `crosscheck`.

    `speaker` is a speaker id of that article, or None for its own voice.
    """

    finding: str
    article: str
    stance: Stance
    sentences: Numbers
    speaker: str | None
    via: tuple[str, ...] = ()
    modality: Modality = "firm"
    text: str = ""


class Asked(Noun):
    """The drafts, by id, that an article was asked about."""

    article: str
    drafts: tuple[str, ...]


class Checkpoint(Noun):
    """What a run leaves for a later one on the same event, which pays for the news alone.

    Echoes and `asked` name the drafts of that run; their claims tell which drafts of a
    later run they are.
    """

    readings: tuple[Reading, ...] = ()
    merged: Merged = Merged()
    drafts: tuple[Draft, ...] = ()
    echoes: tuple[Echo, ...] = ()
    asked: tuple[Asked, ...] = ()
    refused: tuple[NotAssessed, ...] = ()


# --- what the report says ---------------------------------------------------


class Source(Noun):
    """A speaker across articles: one person or institution under all its names."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    role: Role
    side: str = ""
    speakers: tuple[str, ...]
    united_by: tuple[str, ...] = ()


class Origin(Noun):
    """Who answers for the content of a claim, as counted.

    `key` is equal for equal origins; `label` is for people.
    """

    key: str
    label: str
    kind: OriginKind


class Voice(Noun):
    """One article's word on one finding.

    `origin` is who answers for it. `counted` tells whether it counts as
    evidence towards the number of origins; `note` says why not, or what is
    weak about it. `quote` is the shown sentence, taken from the article by
    number.
    """

    article: str
    claim: str | None
    relation: Relation
    stance: Stance
    source: str | None
    via: tuple[str, ...] = ()
    modality: Modality
    sentences: Numbers
    quote: str
    origin: Origin
    counted: bool
    note: str = ""
    text: str = ""


class Said(Noun):
    """That a source said it: which articles carry the statement.

    `outlets` counts independent outlets that carry it first-hand or through
    different carriers; two or more verify the statement as said.
    """

    source: str
    name: str
    articles: tuple[str, ...]
    outlets: int
    verified: bool


class Finding(Noun):
    """One proposition, everything the articles say to it, and the verdict.

    `origins` are the distinct origins that count as asserting it; `carried_by`
    the articles that carry it, of which `outlets` are independent of each other.
    `against` are the origins that firmly assert the opposite or another value.
    `parent` is the id of the finding that this one elaborates or repeats in part.
    """

    id: str
    text: str
    kind: ClaimKind
    core: bool
    claims: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...]
    settle: str = ""
    origins: tuple[Origin, ...] = ()
    against: tuple[Origin, ...] = ()
    carried_by: tuple[str, ...]
    outlets: int
    voices: Annotated[tuple[Voice, ...], Field(min_length=1)]
    said: tuple[Said, ...] = ()
    issues: tuple[str, ...] = ()
    parent: str = ""

    @model_validator(mode="after")
    def decisive_verdicts_need_evidence(self) -> Self:
        """Verified needs two origins, disputed somebody against it, all need a reason."""
        if self.verdict == "verified" and len(self.origins) < 2:
            raise ValueError("verified without two origins")
        if self.verdict == "disputed" and not self.against:
            raise ValueError("disputed without anybody against it")
        if not self.reasons:
            raise ValueError("a verdict without a reason")
        return self


class Position(Noun):
    """One answer to a contested question, with who takes it.

    `voices` are those of its findings; `withdrawn` names origins that took it
    earlier and take another position now.
    """

    label: str
    findings: tuple[str, ...]
    origins: tuple[Origin, ...]
    articles: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()
    asof: str = ""


class Issue(Noun):
    """A question on which articles or sources differ, with all positions.

    `conflict`: the positions exclude each other. `detail`: versions that may be
    reconciled. `change`: the same thing at different moments. `slip`: outlets
    differ in their own voice. `open` are findings that say it is not known.
    """

    id: str
    question: str
    kind: IssueKind
    positions: tuple[Position, ...]
    open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class OutletGroup(Noun):
    """Articles that count as one outlet, and why."""

    articles: tuple[str, ...]
    label: str
    reason: str = ""


class StageUse(Noun):
    """What one stage used: calls made, re-asks among them, tokens, answers from the cache.

    `cost` is in US dollars, None where no price is known.
    """

    stage: str
    calls: int = 0
    reasks: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class Manifest(Noun):
    """How the report was made. `cost` is in US dollars, None where unknown."""

    factcheck: str
    engine: Literal["model", "reading"]
    created: datetime
    model: str = ""
    endpoint: str = ""
    answer_format: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)
    use: tuple[StageUse, ...] = ()
    cost: float | None = None
    replayed: bool = False
    notes: tuple[str, ...] = ()


class Report(Noun):
    """Everything that was found; the versioned source of all formats."""

    schema_: Literal["factcheck.report/1"] = Field(default=SCHEMA, alias="schema")
    title: str
    articles: tuple[Article, ...]
    excluded: tuple[Excluded, ...] = ()
    groups: tuple[OutletGroup, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    manifest: Manifest

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
