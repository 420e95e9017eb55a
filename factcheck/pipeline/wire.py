"""What a language model may answer: flat models with short keys, apart from the report's.

The keys are explained to the model in `prompts/`. Strict structured output forbids unions
of objects and free-form dictionaries, so there are only lists, literals and scalars.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, field_validator

from factcheck import models
from factcheck.models import SummaryKind

Genre = Literal[
    "news",
    "agency",
    "press_release",
    "opinion",
    "analysis",
    "party_organ",
    "live",
    "transcript",
    "correction",
    "paywall",
]


# Genres of the prompts, which write them with underscores, and those of the report.
FROM_WIRE: Mapping[Genre, models.Genre] = MappingProxyType(
    {genre: cast(models.Genre, genre.replace("_", "-")) for genre in get_args(Genre)}
)
TO_WIRE: Mapping[models.Genre, Genre] = MappingProxyType({ours: w for w, ours in FROM_WIRE.items()})


MOST_CHARACTERS, MOST_ITEMS = 5_000, 1_000
"""So long may a text and a list of objects in an answer be: ten times what a good one has."""

# Each once, in the order of the model, which may repeat one without end.
Numbers = Annotated[list[int], AfterValidator(lambda numbers: [*dict.fromkeys(numbers)])]


class Wire(BaseModel):
    """Base: no unknown keys, every key required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*")
    @classmethod
    def refuse_endless(cls, value: object) -> object:
        """Raise for a text or list that a model does not come to an end of."""
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            raise ValueError(f"longer than {MOST_CHARACTERS:,} characters")
        # Ids and numbers that are repeated count once.
        if isinstance(value, list) and len(value) > MOST_ITEMS and isinstance(value[0], Wire):
            raise ValueError(f"more than {MOST_ITEMS:,} items")
        return value


class WireSpeaker(Wire):
    """Name, function, whether one human being, role, side, other names."""

    n: str
    f: str
    p: bool
    r: Literal["official", "party", "expert", "witness", "document", "anonymous", "media", "other"]
    side: str
    also: list[str]


class WireClaim(Wire):
    """Text, kind, core, sentence numbers, by, whose account, via, modality, when, as of."""

    t: str
    k: Literal["fact", "act", "view", "open", "retract"]
    core: bool
    s: Numbers
    by: str
    of: str = ""
    via: list[str]
    m: Literal["firm", "hedged", "planned"]
    w: str
    asof: str


class WireSkip(Wire):
    """Sentences without a claim, and why."""

    s: Numbers
    why: Literal["repeat", "rhetoric", "caption", "boilerplate", "lead_in", "off_topic", "planted"]


class ExtractReply(Wire):
    """The answer to extract."""

    genre: Genre
    speakers: list[WireSpeaker]
    claims: list[WireClaim]
    skip: list[WireSkip]


class WireArticle(Wire):
    """Article id, outlet, genre, articles that are no independent outlet of it."""

    a: str
    outlet: str
    genre: Genre | Literal["other_event"]
    joint: list[str]


class WireSide(Wire):
    """A name to call, and the speakers and articles that speak with its interest."""

    side: str
    ids: list[str]


class WireStand(Wire):
    """Article, sentence numbers, by, stance, what is said: a stand that no claim expresses."""

    a: str
    s: Numbers
    by: str
    st: Literal["supports", "denies", "differs", "updates", "qualifies", "doubts"]
    t: str


class WireGroup(Wire):
    """One proposition; claims that say the same, more, or part; who passes it on; stands."""

    t: str
    same: list[str]
    more: list[str]
    part: list[str]
    echo: list[str]
    also: list[WireStand]


class WirePosition(Wire):
    """One answer to a question in a few words; the claims that give it, and that touch it."""

    p: str
    ids: list[str]
    near: list[str] = []


class WireQuestion(Wire):
    """Question, kind, positions, pairs that exclude each other, who calls it open, what stands."""

    q: str
    kind: Literal["conflict", "detail", "change", "slip"]
    pos: list[WirePosition]
    x: list[list[int]]
    open: list[str]
    settled: int


class CompareReply(Wire):
    """The answer to compare."""

    event: str
    articles: list[WireArticle]
    speakers: list[list[str]]
    sides: list[WireSide]
    groups: list[WireGroup]
    questions: list[WireQuestion]


class WireQuote(Wire):
    """The claim that is quoted for a position, and the words of its sentence, also in English."""

    id: str
    words: str
    en: str


class WirePick(Wire):
    """Question id, its matter in a word or two, a quote for each position, what bears on it."""

    q: str
    head: str
    picks: list[WireQuote]
    weigh: str
    settles: str


class WireLine(Wire):
    """A finding or question id, and its line in a few words; of a question what stands first."""

    id: str
    head: str


class WireNote(Wire):
    """A finding or question id, and what to add to its line."""

    id: str
    note: str


class WireCaution(Wire):
    """Finding or question ids, and why to be careful."""

    ids: list[str]
    why: str


class WireCall(Wire):
    """Whom to call, what to ask, which record to ask for, finding or question ids."""

    who: str
    ask: str
    record: str
    ids: list[str]


class WirePoint(Wire):
    """A point in a few words, and the finding or question ids that it rests on."""

    t: str
    ids: list[str]


class WireSummary(Wire):
    """What an editor must know who reads nothing else, point by point."""

    safe: list[WirePoint]
    latest: list[WirePoint]
    attribute: list[WirePoint]
    hold: list[WirePoint]

    def by_kind(self) -> dict[SummaryKind, list[WirePoint]]:
        """The points under what they are about, in the order of the page."""
        return {
            "safe": self.safe, "latest": self.latest,
            "attribute": self.attribute, "hold": self.hold,
        }  # fmt: skip


class EditReply(Wire):
    """The answer to edit."""

    rests: WireSummary
    same: list[list[str]]
    changed: list[WireLine]
    solid: list[WireLine]
    contested: list[WirePick]
    alone: list[WireLine]
    notes: list[WireNote]
    careful: list[WireCaution]
    calls: list[WireCall]


class WireStory(Wire):
    """The ids of the groups that are one story, and its title."""

    ids: list[str]
    title: str


class GroupReply(Wire):
    """The answer to group."""

    stories: list[WireStory]
