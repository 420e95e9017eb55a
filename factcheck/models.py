"""The data models of the program: what it believes about articles, claims and findings.

Every one is a frozen pydantic model. Stages take them and return them; the
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

SCHEMA: Literal["factcheck.report/2"] = "factcheck.report/2"

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
WarningKind = Literal["hidden text", "planted text", "metadata", "encoding", "script", "language"]
ClaimKind = Literal["fact", "act", "view", "open", "retract"]
Modality = Literal["firm", "hedged", "planned"]
Role = Literal["official", "document", "expert", "witness", "anonymous", "media", "party", "other"]
Relation = Literal["same", "more", "part", "stand"]
Stance = Literal["asserts", "denies", "differs", "updates", "qualifies", "doubts", "retracts"]
OriginKind = Literal["side", "speaker", "outlet", "document", "anonymous", "author", "witness"]
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
    "failed",
]

Numbers = Annotated[tuple[int, ...], Field(min_length=1)]


class DataModel(BaseModel):
    """Base of all domain models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what came in -----------------------------------------------------------


class Sentence(DataModel):
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


class Dropped(DataModel):
    """Text that the reader took out of an article, verbatim, with the reason."""

    text: str
    reason: DropReason


class ArticleWarning(DataModel):
    """Something about an article that a reader has to know, with where it stands."""

    kind: WarningKind
    text: str
    place: str


class Article(DataModel):
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


class Excluded(DataModel):
    """An input that is not part of the comparison, and why."""

    source: str
    reason: ExcludeReason
    detail: str = ""


# --- what the articles say --------------------------------------------------


class Speaker(DataModel):
    """A source as one article names it.

    `name` is the name alone as the article spells it, `function` its title or function
    there. `person` tells one human being from bodies, groups and documents.
    """

    id: str
    article: str
    name: str
    function: str = ""
    person: bool = False
    also: tuple[str, ...] = ()
    role: Role
    side: str = ""


class Claim(DataModel):
    """One proposition of one article.

    `sentences` are in order of weight, as the model gave them. `speaker` is a speaker id,
    or None where the article speaks in its own voice; `via` lists the carriers it came
    through, nearest first. `when` is the time of the thing and `asof` the moment a running
    value holds for, with `held` as its earliest and latest time where that can be told.
    `flags` are doubts of the checks that did not stop the claim.
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
    held: tuple[datetime, datetime] | None = None
    flags: tuple[str, ...] = ()


class Skipped(DataModel):
    """Sentences of an article that carry no claim, with the reason."""

    article: str
    sentences: Numbers
    reason: str


class NotAssessed(DataModel):
    """Something that an answer held or lacked and that the report does not rest on.

    `article` is "" where it concerns no single one.
    """

    stage: Literal["extract", "compare", "edit"]
    article: str = ""
    sentences: tuple[int, ...] = ()
    text: str
    reason: str


class Extraction(DataModel):
    """All that one article says: the result of `pipeline.extract`.

    `windows` is the number of parts in which the article was read.
    """

    article: str
    genre: Genre = ""
    windows: int = 1
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()


class Stand(DataModel):
    """A stand on a group's proposition that no claim of the article expresses.

    `speaker` is a speaker id of that article, or None for its own voice.
    """

    article: str
    sentences: Numbers
    speaker: str | None
    stance: Literal["supports", "denies", "differs", "updates", "qualifies", "doubts"]
    text: str = ""


class Group(DataModel):
    """Claims that state one proposition, as compare found: claim ids by relation."""

    text: str
    same: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    stands: tuple[Stand, ...] = ()
    flags: tuple[str, ...] = ()


class Answer(DataModel):
    """One position on a question, as compare found: a label and the claims that take it."""

    label: str
    claims: tuple[str, ...]


class Question(DataModel):
    """What claims do not agree on, as compare found.

    `excludes` are pairs of positions, from 0, that cannot both hold; `open` claims that call
    it unknown; `settled` is the position that stands after a withdrawal, a correction or
    an official decision, None if there is none.
    """

    text: str
    kind: IssueKind
    answers: tuple[Answer, ...]
    excludes: tuple[tuple[int, int], ...] = ()
    open: tuple[str, ...] = ()
    settled: int | None = None


class Placing(DataModel):
    """What compare says of one article: outlet, genre, and articles that are one outlet with it."""

    article: str
    outlet: str = ""
    genre: Genre = ""
    other_event: bool = False
    joint: tuple[str, ...] = ()


class Side(DataModel):
    """Speakers, and a party's own organs, that speak with one interest, under one name."""

    name: str
    speakers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class Comparison(DataModel):
    """What is one and what is contested across articles: the result of `pipeline.compare`."""

    event: str = ""
    placings: tuple[Placing, ...] = ()
    speakers: tuple[tuple[str, ...], ...] = ()
    sides: tuple[Side, ...] = ()
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()


class Checkpoint(DataModel):
    """What a run leaves for a later one on the same event: the extractions, already paid for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    extractions: tuple[Extraction, ...] = ()


# --- what the report says ---------------------------------------------------


class Remark(DataModel):
    """A sentence for a reader, with a code that programs go by."""

    code: str
    text: str


class Source(DataModel):
    """A speaker across articles: one person or institution under all its names."""

    id: str
    name: str
    function: str = ""
    person: bool = False
    also: tuple[str, ...] = ()
    role: Role
    side: str = ""
    speakers: tuple[str, ...]
    united_by: tuple[str, ...] = ()


class Origin(DataModel):
    """Who answers for the content of a claim, as counted.

    `key` is equal for equal origins. `label` names whom one could ring, `side` the body
    that they speak for, "" where it is themselves.
    """

    key: str
    label: str
    kind: OriginKind
    side: str = ""


class Voice(DataModel):
    """One article's word on one finding.

    `name` and `function` are those that this article gives the speaker ("" for its own
    voice), `source` is the united source. `origin` is who answers for it. `counted` tells
    whether it counts as evidence towards the number of origins; `note` says why not.
    `quotes` are all the cited `sentences`, verbatim and in the order in which they were
    cited. `text` is what the claim says, or what a stand says instead.
    """

    article: str
    claim: str | None
    relation: Relation
    stance: Stance
    name: str = ""
    function: str = ""
    source: str | None
    via: tuple[str, ...] = ()
    modality: Modality
    asof: str = ""
    sentences: Numbers
    quotes: tuple[str, ...]
    origin: Origin
    counted: bool
    note: str = ""
    text: str = ""
    flags: tuple[str, ...] = ()


class Said(DataModel):
    """That a source said it: which articles carry the statement.

    `outlets` counts independent outlets that carry it first-hand or through
    different carriers; two or more verify the statement as said.
    """

    source: str
    name: str
    articles: tuple[str, ...]
    outlets: int
    verified: bool


class Finding(DataModel):
    """One proposition, everything the articles say to it, and the verdict.

    `origins` are the distinct origins that count as asserting it; `carried_by`
    the articles that carry it, of which `outlets` are independent of each other.
    `against` are the origins that firmly assert the opposite or another value.
    `parent` is the id of the finding that this one elaborates or repeats in part.
    `flags` are doubts of the checks that the model stood by.
    """

    id: str
    text: str
    kind: ClaimKind
    core: bool
    claims: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[Remark, ...]
    settle: str = ""
    origins: tuple[Origin, ...] = ()
    against: tuple[Origin, ...] = ()
    carried_by: tuple[str, ...]
    outlets: int
    voices: Annotated[tuple[Voice, ...], Field(min_length=1)]
    said: tuple[Said, ...] = ()
    issues: tuple[str, ...] = ()
    parent: str = ""
    flags: tuple[str, ...] = ()

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


class Position(DataModel):
    """One answer to a question, with who takes it.

    `claims` are the claims that take it by themselves, `findings` those that they are at
    home in. `withdrawn` names origins that took it earlier and take another position now.
    `superseded` tells that a later position or a decision replaces it.
    """

    label: str
    findings: tuple[str, ...]
    claims: tuple[str, ...] = ()
    origins: tuple[Origin, ...]
    articles: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()
    superseded: bool = False
    asof: str = ""


class Issue(DataModel):
    """A question on which articles or sources differ, with all positions.

    `conflict`: positions exclude each other. `detail`: versions that may be reconciled.
    `change`: one thing at different moments, or settled since. `slip`: outlets differ on
    a checkable detail. `excludes` are pairs of positions, from 0; `settled` the position
    that stands, None if it is open. `open` are findings that say it is not known.
    """

    id: str
    question: str
    kind: IssueKind
    positions: tuple[Position, ...]
    excludes: tuple[tuple[int, int], ...] = ()
    settled: int | None = None
    open: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()


class Pick(DataModel):
    """A contested question on the first page, with one claim for each of its positions.

    `claims` are claim ids in the order of the positions, "" where no claim was picked.
    `settles` says, in the model's words, what would settle it.
    """

    issue: str
    claims: tuple[str, ...] = ()
    settles: str = ""


class Caution(DataModel):
    """Something to check before printing: findings or issues, and why, in the model's words."""

    ids: tuple[str, ...]
    why: str = ""


class Call(DataModel):
    """Whom to call, what to ask and which record to ask for, about findings or issues."""

    who: str
    ask: str
    record: str = ""
    ids: tuple[str, ...] = ()


class FirstPage(DataModel):
    """What an editor must know in two minutes: ids of findings and issues, in order.

    `made_by` tells whether a model chose, or code by rank. `rests`, the reasons and the
    calls are the model's own words; `flags` are doubts of the checks about them.
    """

    made_by: Literal["model", "rank"] = "rank"
    rests: str = ""
    changed: tuple[str, ...] = ()
    solid: tuple[str, ...] = ()
    contested: tuple[Pick, ...] = ()
    alone: tuple[str, ...] = ()
    careful: tuple[Caution, ...] = ()
    calls: tuple[Call, ...] = ()
    flags: tuple[str, ...] = ()


class OutletGroup(DataModel):
    """Articles that count as one outlet, and why.

    `counts` tells whether its own voice counts as evidence; `note` says why not (a column,
    a press release, a party's organ, a page cut off for subscribers).
    """

    articles: tuple[str, ...]
    label: str
    reason: str = ""
    counts: bool = True
    note: str = ""


class StageUse(DataModel):
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


class Manifest(DataModel):
    """How the report was made. `cost` is in US dollars, None where unknown.

    `compared` is False where the comparison failed, so that every claim stands alone.
    """

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
    compared: bool = True


class Report(DataModel):
    """Everything that was found; the versioned source of all formats."""

    schema_: Literal["factcheck.report/2"] = Field(default=SCHEMA, alias="schema")
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
    first_page: FirstPage = FirstPage()
    manifest: Manifest

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
