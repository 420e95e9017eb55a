"""The data models of the digest: what one edition tells an editor, and what it rests on.

An `Edition` is the JSON from which the pages, feeds, mails and messages are made; the
full reports of its stories stand beside it. Stories are `s12`; findings keep their
number within a story over all editions, so `s12` and `f3` name one finding for good.
All texts are plain; times are aware.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from factcheck.models import DataModel, Excluded, Remark, StageUse, Verdict
from factcheck.report.first_page import Page as FirstPage

SCHEMA: Literal["factcheck.edition/5"] = "factcheck.edition/5"

Engine = Literal["model", "reading", "none"]
StoryStatus = Literal["new", "developing", "quiet", "ended", "merged"]
Arrival = Literal["new", "edited", "known"]
SourceKind = Literal["folder", "files", "feed", "urls"]
Role = Literal["", "before", "after"]
Look = Literal["shared", "number", "denial"]
ChangeKind = Literal[
    "disputed",  # a finding is disputed now, and was not
    "contested",  # a contested question or a position of one is new
    "corrected",  # an outlet takes something back, or publishes a correction
    "moved",  # a running value has a new step
    "verified",  # a finding is verified now, and was not
    "weakened",  # a finding was verified, and is not any more
    "settled",  # a finding is not disputed any more
    "updated",  # a finding is superseded by a later value
    "edited",  # an outlet changed a published article
    "slip",  # outlets differ on a detail that can be checked, one is probably wrong
    "new",  # a core finding that was not there before
    "carried",  # a finding stands in more independent outlets than before
    "gone",  # a finding has no article left that says it
]


def to_number(identity: str) -> int:
    """The number in the id of a story (`s12`), a finding (`f3`) or a text (`a7`)."""
    return int(identity[1:])


class Quote(DataModel):
    """A sentence of an article, verbatim, with where it stands."""

    article: str
    """The id of the article's text, `a7`."""
    outlet: str
    """Its outlet."""
    text: str
    """The sentence, verbatim."""
    url: str = ""
    """Where the article stands on the web, "" where unknown."""
    published: datetime | None = None
    """When it was published, null where unknown."""
    said_by: str = ""
    """Who says it, "" for the article itself."""
    language: str = ""
    """The language of the sentence, as a two-letter code of ISO 639."""
    role: Role = ""
    """Tells the text of an edited article before the edit from that after it."""


class Step(DataModel):
    """One value of something that moves, and who told it when."""

    value: str
    """The value as told."""
    outlets: tuple[str, ...]
    """Who told it."""
    told: datetime | None = None
    """The time of publication, null where unknown."""
    asof: str = ""
    """The moment it holds for, in the words of the article; "" for none."""
    new: bool = False
    """Whether this edition brings it."""


class Change(DataModel):
    """One thing that is different from the last edition."""

    kind: ChangeKind
    """What kind of change it is."""
    story: str
    """The id of the story."""
    finding: str = ""
    """The finding that it concerns; "" where it concerns an article or a question."""
    text: str
    """What it is about, in English."""
    detail: Remark | None = None
    """What happened, in one sentence; null where `text` tells it."""
    core: bool = True
    """Whether it belongs to the core of the story."""
    before: Verdict | None = None
    """The verdict in the last edition, null for none."""
    after: Verdict | None = None
    """The verdict now, null for none."""
    steps: tuple[Step, ...] = ()
    """The values of something that moves, oldest first."""
    quotes: tuple[Quote, ...] = ()
    """The sentences it rests on."""


class OneVoice(DataModel):
    """A core finding that rests on one origin, and for how many editions it has."""

    finding: str
    """The id of the finding."""
    text: str
    """What it says."""
    origin: str
    """Who answers for it."""
    outlets: tuple[str, ...]
    """The outlets that carry it."""
    since: str = ""
    """The edition that first had it, "" for this one."""


class ArticleLine(DataModel):
    """An article of a story, as the edition lists it."""

    same_as: str = ""
    """The outlet of the article whose text it repeats, "" for none; told of single articles."""

    id: str
    """The id of its text, `a7`."""
    outlet: str
    """The outlet, "" where nothing tells it."""
    title: str
    """The headline."""
    url: str = ""
    """Where it stands on the web, "" where unknown."""
    published: datetime | None = None
    """When it was published, null where unknown."""
    arrival: Arrival = "known"
    """Whether this edition brings it, or an edit of it."""
    checked: bool = True
    """Whether the fact-check of the story covers it."""


class Place(DataModel):
    """A place to look in a side-by-side reading: verbatim, with no verdict."""

    kind: Look
    """What there is to look at."""
    text: str
    """What it is about, in English."""
    quotes: tuple[Quote, ...]
    """The sentences, verbatim."""


class PastStory(DataModel):
    """What an earlier edition said about a story: the line of its history."""

    edition: str
    """The id of the edition."""
    made: datetime
    """When that was made."""
    engine: Engine
    """What the report of the story was."""
    articles: int
    """How many articles the story had."""
    changes: tuple[Change, ...] = ()
    """What had changed."""
    notes: tuple[Remark, ...] = ()
    """What there was to know."""


class StoryEdition(DataModel):
    """One story in one edition."""

    id: str
    """`s12`, the same over all editions."""
    title: str
    """The event in a few words, or a headline."""
    status: StoryStatus
    """What has become of the story."""
    engine: Engine
    """A fact-check, a side-by-side reading, or nothing for a single article."""
    articles: tuple[ArticleLine, ...]
    """Its articles."""
    changes: tuple[Change, ...] = ()
    """What is different from the last edition."""
    one_voice: tuple[OneVoice, ...] = ()
    """Core findings that rest on one origin."""
    first_page: FirstPage | None = None
    """The first page of the latest fact-check, null without one."""
    places: tuple[Place, ...] = ()
    """Places to look where articles wait for their fact-check."""
    verdicts: dict[Verdict, int] = Field(default_factory=dict)
    """How many findings about facts have which verdict."""
    report: str = ""
    """The edition whose report of the story is the latest, "" for none."""
    reading: str = ""
    """The edition of the latest reading where articles wait, "" for none."""
    since: str
    """The edition that first had the story."""
    merged_into: str = ""
    """The story in which it goes on, "" for none."""
    notes: tuple[Remark, ...] = ()
    """Merges, splits, and what is missing."""
    history: tuple[PastStory, ...] = ()
    """What earlier editions said of it, newest first."""

    def strip(self, **fields: object) -> StoryEdition:
        """The story without all that reports tell of it, and with these fields."""
        told = dict.fromkeys(("changes", "one_voice", "places", "history"), ())
        return self.model_copy(update={**told, "first_page": None, **fields})


class SourceLine(DataModel):
    """One configured source, and what this edition got from it."""

    name: str
    """The source as it is called in the settings, or by itself."""
    kind: SourceKind
    """What kind of source it is."""
    found: int = 0
    """How many articles it holds."""
    new: int = 0
    """How many of them are new."""
    edited: int = 0
    """How many of them were edited."""
    problems: tuple[Remark, ...] = ()
    """What was not reached; none where everything was."""
    notes: tuple[Remark, ...] = ()
    """What is odd about it, though it was read in full."""


class Coverage(DataModel):
    """What the edition looked at."""

    sources: tuple[SourceLine, ...]
    """The configured sources."""
    left: tuple[Excluded, ...] = ()
    """Articles that could not be used, and why."""


class Edition(DataModel):
    """One edition: the stories of the inbox, and what changed in each."""

    schema_: Literal["factcheck.edition/5"] = Field(default=SCHEMA, alias="schema")
    """The kind of this document and the number of its schema."""
    id: str
    """The id of the edition."""
    title: str
    """The title from the settings."""
    window: datetime
    """The scheduled time that it belongs to."""
    made: datetime
    """When it was made."""
    timezone: str = "UTC"
    """The zone that its readers read times in, by its IANA name."""
    previous: str = ""
    """The id of the edition before, "" for none."""
    status: Literal["complete", "degraded"]
    """`degraded` where a story that should have a fact-check lacks (part of) it."""
    engine: Engine
    """Whether a model was set up."""
    model: str = ""
    """The name of the model, "" for none."""
    leads: tuple[Change, ...] = Field(default=(), max_length=3)
    """The changes that an editor must look at first."""
    stories: tuple[StoryEdition, ...]
    """The stories of two articles or more."""
    singles: tuple[StoryEdition, ...] = ()
    """Stories of one article, which are listed and not compared."""
    coverage: Coverage
    """What each source brought, and what could not be used."""
    use: tuple[StageUse, ...] = ()
    """What each stage used, over all stories."""
    cost: float | None = None
    """In US dollars, null where unknown."""
    notes: tuple[Remark, ...] = ()
    """Why the model was given up, if it was."""

    model_config = ConfigDict(populate_by_name=True)

    @property
    def all_stories(self) -> tuple[StoryEdition, ...]:
        """The stories, then those of one article."""
        return (*self.stories, *self.singles)

    @property
    def changed(self) -> tuple[StoryEdition, ...]:
        """The stories that are new or developing."""
        return tuple(one for one in self.stories if one.status in {"new", "developing"})
