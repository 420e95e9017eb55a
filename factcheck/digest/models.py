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

from factcheck.models import DataModel, Excluded, StageUse, Verdict
from factcheck.report.first_page import Page as FirstPage

SCHEMA: Literal["factcheck.edition/1"] = "factcheck.edition/1"

Engine = Literal["model", "reading", "none"]
StoryStatus = Literal["new", "developing", "quiet", "ended", "merged"]
Arrival = Literal["new", "edited", "known"]
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


class Quote(DataModel):
    """A sentence of an article, verbatim, with where it stands.

    `role` tells the text of an edited article before the edit from that after it.
    """

    article: str
    outlet: str
    text: str
    url: str = ""
    published: datetime | None = None
    said_by: str = ""
    language: str = ""
    role: Literal["", "before", "after"] = ""


class Step(DataModel):
    """One value of something that moves, and who told it when.

    `told` is the time of publication, `asof` the moment it holds for in the words of
    the article ("" for none); `new` if this edition brings it.
    """

    value: str
    outlets: tuple[str, ...]
    told: datetime | None = None
    asof: str = ""
    new: bool = False


class Change(DataModel):
    """One thing that is different from the last edition.

    `finding` is the finding it concerns, "" where it concerns an article or a question.
    `before` and `after` are verdicts, None where there is none. `detail` says in one
    sentence what happened.
    """

    kind: ChangeKind
    story: str
    finding: str = ""
    text: str
    detail: str = ""
    core: bool = True
    before: Verdict | None = None
    after: Verdict | None = None
    steps: tuple[Step, ...] = ()
    quotes: tuple[Quote, ...] = ()


class OneVoice(DataModel):
    """A core finding that rests on one origin, and for how many editions it has."""

    finding: str
    text: str
    origin: str
    outlets: tuple[str, ...]
    since: str = ""


class ArticleLine(DataModel):
    """An article of a story, as the edition lists it.

    `checked` tells whether the fact-check of the story covers it.
    """

    id: str
    outlet: str
    title: str
    url: str = ""
    published: datetime | None = None
    arrival: Arrival = "known"
    checked: bool = True


class Place(DataModel):
    """A place to look in a side-by-side reading: verbatim, with no verdict."""

    kind: Literal["shared", "number", "denial"]
    text: str
    quotes: tuple[Quote, ...]


class PastStory(DataModel):
    """What an earlier edition said about a story: the line of its history."""

    edition: str
    made: datetime
    engine: Engine
    articles: int
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


class StoryEdition(DataModel):
    """One story in one edition.

    `engine` tells what the report of the story is: "model" a fact-check, "reading" a
    side-by-side reading, "none" for a story of a single article. `report` is the
    edition whose report of the story is the latest, "" for none; `reading` the edition
    of the latest reading where articles wait for their fact-check, "" for none.
    `first_page` is that of the latest fact-check, None without one. `verdicts` counts the
    findings about facts. `notes` are lines on merges, splits, and what is missing. `history`
    is newest first, without this edition. What earlier versions kept beside is ignored.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    title: str
    status: StoryStatus
    engine: Engine
    articles: tuple[ArticleLine, ...]
    changes: tuple[Change, ...] = ()
    one_voice: tuple[OneVoice, ...] = ()
    first_page: FirstPage | None = None
    places: tuple[Place, ...] = ()
    verdicts: dict[Verdict, int] = Field(default_factory=dict)
    report: str = ""
    reading: str = ""
    since: str
    merged_into: str = ""
    notes: tuple[str, ...] = ()
    history: tuple[PastStory, ...] = ()


class SourceLine(DataModel):
    """One configured source, and what this edition got from it.

    `problem` is "" where everything was reached.
    """

    name: str
    kind: Literal["folder", "files", "feed", "urls"]
    found: int = 0
    new: int = 0
    edited: int = 0
    problem: str = ""


class Coverage(DataModel):
    """What the edition looked at; `left` are articles that could not be used, and why."""

    sources: tuple[SourceLine, ...]
    left: tuple[Excluded, ...] = ()


class Edition(DataModel):
    """One edition: the stories of the inbox, and what changed in each.

    `window` is the scheduled time that the edition belongs to, `made` when it was made.
    `status` is "degraded" where a story that should have a fact-check lacks (part of)
    it. `leads` are at most three changes that an editor must look at first. `singles`
    are stories of one article, which are listed and not compared.
    """

    schema_: Literal["factcheck.edition/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    title: str
    window: datetime
    made: datetime
    timezone: str = "UTC"
    previous: str = ""
    status: Literal["complete", "degraded"]
    engine: Engine
    model: str = ""
    leads: tuple[Change, ...] = Field(default=(), max_length=3)
    stories: tuple[StoryEdition, ...]
    singles: tuple[StoryEdition, ...] = ()
    coverage: Coverage
    use: tuple[StageUse, ...] = ()
    cost: float | None = None
    notes: tuple[str, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
