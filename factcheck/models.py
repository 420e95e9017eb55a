"""The data models of the program: what it believes about articles, claims and findings.

Every one is a frozen pydantic model. Stages take them and return them; the
`Report` is the JSON from which every other format renders. What a language
model may say on the wire is kept apart, in `wire.py`.

Ids are made by code and are stable for the same inputs: articles `a1`, sentences
by number within an article, speakers `a1.s1`, claims `a1.c1`, merged sources
`s1`, findings `f1`, issues `q1`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA: Literal["factcheck.report/5"] = "factcheck.report/5"

# All values are kebab-case: lower case, with hyphens between words.
SentenceKind = Literal["headline", "standfirst", "body", "caption"]
OutletFrom = Literal["metadata", "text", "address", "file-name", "unknown"]
Precision = Literal["minute", "day"]
Genre = Literal[
    "news",
    "agency",
    "press-release",
    "opinion",
    "analysis",
    "live",
    "transcript",
    "correction",
    "party-organ",
    "paywall",
    "",
]
WarningKind = Literal["hidden-text", "planted-text", "metadata", "encoding", "script", "language"]
ClaimKind = Literal["fact", "act", "view", "open", "retract"]
Modality = Literal["firm", "hedged", "planned"]
Role = Literal["official", "document", "expert", "witness", "anonymous", "media", "party", "other"]
Relation = Literal["same", "more", "part", "stand"]
Stance = Literal["asserts", "denies", "differs", "updates", "qualifies", "doubts", "retracts"]
OriginKind = Literal["side", "speaker", "outlet", "document", "anonymous", "author", "witness"]
IssueKind = Literal["conflict", "detail", "change", "slip"]
SummaryKind = Literal["safe", "latest", "attribute", "hold", "whole"]
Verdict = Literal[
    "verified", "disputed", "single-source", "updated", "unconfirmed", "as-said", "not-judged"
]
DropReason = Literal[
    "repeat",
    "credit",
    "teaser",
    "furniture",
    "junk-tail",
    "edition-note",
    "byline",
    "metadata",
    "masthead",
    "label",
    "hidden",
]
ExcludeReason = Literal[
    "empty",
    "furniture-only",
    "duplicate",
    "other-event",
    "unreadable",
    "not-reached",
    "paywall",
    "no-article",
    "model-failed",
    "limit-reached",
    "failed",
]

Numbers = Annotated[tuple[int, ...], Field(min_length=1)]


class DataModel(BaseModel):
    """Base of all domain models: immutable, no unknown fields, the line under a field describes it.

    These descriptions stand in the published schemas, `docs/schema/`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Document(DataModel):
    """Base of what a run gives back: a notebook shows its page.

    The models do not know how a page is made. `factcheck.report`, which does, hands it in as
    `make_page` when it is loaded.
    """

    make_page: ClassVar[Callable[[Any], str] | None] = None

    def _repr_html_(self) -> str | None:
        """The page for a notebook, which shows the plain text where there is none."""
        return None if self.make_page is None else self.make_page()


class Remark(DataModel):
    """A sentence for a reader, with a code that programs go by."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    """What is said, for programs, in kebab-case; stable between versions, see `docs/json.md`."""
    text: str
    """The same for people, in English."""


# --- what came in -----------------------------------------------------------


class Sentence(DataModel):
    """One numbered sentence of a cleaned article, verbatim."""

    number: int
    """Counts from 1 within the article."""
    text: str
    """The sentence, verbatim."""
    kind: SentenceKind = "body"
    """Where in the article it stands."""
    section: str = ""
    """The heading that it stands under, "" for none: context, never evidence."""
    paragraph: int = 1
    """The paragraph that it stands in, from 1."""
    moment: str = ""
    """The time of its live entry, as written ("14:05"); "" outside live pages."""


class Dropped(DataModel):
    """Text that the reader took out of an article, verbatim, with the reason."""

    text: str
    """The text, verbatim."""
    reason: DropReason
    """Why it is no sentence of the article."""


class ArticleWarning(DataModel):
    """Something about an article that a reader has to know, with where it stands."""

    kind: WarningKind
    """What is warned of."""
    text: str
    """The text that is concerned, or what was found."""
    place: str
    """Where in the article or its file it stands."""


class Article(DataModel):
    """One article as it is read: clean, numbered, with where it came from."""

    id: str
    """`a1`, `a2` in the order of reading; in a digest the number of the stored text."""
    source: str
    """The file name or URL as a reader would recognise it, never a machine path."""
    outlet: str
    """The outlet that published it, "" where nothing tells it."""
    outlet_from: OutletFrom
    """What the outlet was read from."""
    title: str = ""
    """The headline, "" where there is none."""
    byline: str = ""
    """The author line as printed, "" for none."""
    url: str = ""
    """Where the article stands on the web, "" where unknown."""
    published: datetime | None = None
    """When it was published, with its offset; null where nothing tells."""
    published_precision: Precision = "minute"
    """With `day` the clock in `published` says nothing."""
    zone_known: bool = True
    """If false, `published` is the printed clock, kept as UTC."""
    language: str = "en"
    """The language of the text, as a two-letter code of ISO 639."""
    agency: str = ""
    """The agency whose credit or dateline the article carries, "" for none."""
    genre: Genre = ""
    """What kind of text it is, "" where nothing tells."""
    sentences: tuple[Sentence, ...]
    """The clean text, in numbered sentences."""
    dropped: tuple[Dropped, ...] = ()
    """What the reader took out."""
    warnings: tuple[ArticleWarning, ...] = ()
    """What a reader has to know about the article."""
    raw_sha256: str
    """SHA-256 of the input as it came, in hex."""
    text_sha256: str
    """SHA-256 of the clean text, in hex."""

    @property
    def label(self) -> str:
        """What a reader calls the article by: its outlet, else the name of its input."""
        return self.outlet or self.source

    @property
    def text(self) -> str:
        """All its sentences in a row."""
        return " ".join(sentence.text for sentence in self.sentences)

    def sentence(self, number: int) -> Sentence:
        """The sentence with this number; IndexError if there is none."""
        if not 1 <= number <= len(self.sentences):
            raise IndexError(number)
        return self.sentences[number - 1]


class Excluded(DataModel):
    """An input that is not part of the comparison, and why."""

    source: str
    """The input, by file name or URL."""
    reason: ExcludeReason
    """Why it was left out."""
    detail: str = ""
    """More on the reason in English, "" for none."""
    outlet: str = ""
    """The outlet of an article about something else, "" if unknown."""


# --- what the articles say --------------------------------------------------


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


class Checkpoint(DataModel):
    """What a run leaves for a later one on the same event: the extractions, already paid for."""

    extractions: tuple[Extraction, ...] = ()
    """One for each article that was read."""


# --- what the report says ---------------------------------------------------


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
    notes: tuple[Remark, ...] = ()
    """What else to know of it."""


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
    """One line of what an editor must know who reads nothing else."""

    kind: SummaryKind
    """What the line is about: what is safe to print, the latest state, what must be attributed,
    what must not be printed yet, or all of it in one (as earlier versions wrote it)."""
    text: str
    """The line, in the model's words."""


class Doubt(Remark):
    """A doubt of the checks about words of the model."""

    about: str = ""
    """The words that it doubts, "" if they are not kept."""


class FirstPage(DataModel):
    """What an editor must know in two minutes: ids of findings and issues, in order."""

    made_by: Literal["model", "rank"] = "rank"
    """Whether a model chose what stands here, or code by rank."""
    rests: tuple[Summary, ...] = ()
    """What the account rests on, in the model's words."""
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


class StageUse(DataModel):
    """What one stage used."""

    stage: str
    """The stage."""
    calls: int = 0
    """Calls that were made."""
    reasks: int = 0
    """Calls among them that asked again."""
    cached: int = 0
    """Answers that came from the cache."""
    input_tokens: int = 0
    """Tokens sent."""
    output_tokens: int = 0
    """Tokens received."""
    cost: float | None = None
    """In US dollars, null where no price is known."""


class Manifest(DataModel):
    """How the report was made."""

    factcheck: str
    """The version of the program."""
    engine: Literal["model", "reading"]
    """A fact-check by a model, or a side-by-side reading without one."""
    created: datetime
    """When the run began."""
    model: str = ""
    """The name of the model, "" for none."""
    endpoint: str = ""
    """The address of the endpoint, without credentials."""
    answer_format: str = ""
    """The answer format that the endpoint took."""
    prompts: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of each prompt, by its name."""
    use: tuple[StageUse, ...] = ()
    """What each stage used."""
    cost: float | None = None
    """In US dollars, null where unknown."""
    replayed: bool = False
    """Whether the answers came from a recording."""
    notes: tuple[Remark, ...] = ()
    """What the report lacks, and what to know of the run."""
    compared: bool = True
    """False where the comparison failed, so that every claim stands alone."""


class Report(Document):
    """Everything that was found; the versioned source of all formats."""

    schema_: Literal["factcheck.report/5"] = Field(default=SCHEMA, alias="schema")
    """The kind of this document and the number of its schema."""
    title: str
    """The event in a few words."""
    articles: tuple[Article, ...]
    """The articles that were compared."""
    excluded: tuple[Excluded, ...] = ()
    """Inputs that were left out."""
    groups: tuple[OutletGroup, ...]
    """Which articles count as one outlet."""
    sources: tuple[Source, ...]
    """Who speaks, over all articles."""
    claims: tuple[Claim, ...]
    """What each article states."""
    skipped: tuple[Skipped, ...] = ()
    """Sentences that carry no claim."""
    findings: tuple[Finding, ...]
    """Each proposition with its evidence and verdict."""
    issues: tuple[Issue, ...] = ()
    """What is contested."""
    not_assessed: tuple[NotAssessed, ...] = ()
    """What the report does not rest on, and why."""
    first_page: FirstPage = FirstPage()
    """What to know in two minutes."""
    manifest: Manifest
    """The version, the model, the prompts, and what the run used."""

    model_config = ConfigDict(populate_by_name=True)
