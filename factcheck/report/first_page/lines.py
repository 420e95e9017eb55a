"""The first page as data: lines and positions, ready for any format."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from factcheck.models import Remark
from factcheck.report.words import language_name


def head_text(head: str) -> str:
    """A question, or a word or two with a colon: what stands before values or positions."""
    return f"{head}:" if head[-1:].isalnum() else head


DESCRIBED = ConfigDict(use_attribute_docstrings=True)
BY_RANK = "Ordered by rank: no model chose what stands here."
BY_MODEL = (
    "A model chose the lines and worded them{notes}; who says it, where and in which words is from"
    " the findings."
)


@dataclass(frozen=True, config=DESCRIBED)
class Line:
    """One line: a text, what stands behind it in brackets, and the ids it rests on."""

    text: str
    """What the line says."""
    note: str = ""
    """What stands behind it in brackets."""
    refs: tuple[str, ...] = ()
    """The ids that it rests on."""
    strong: str = ""
    """The part of the text to stand out, such as a newest value."""
    by_model: bool = False
    """Whether a model worded it."""
    remark: str = ""
    """What a model adds to it."""

    def told(self) -> str:
        """All of the line as plain text."""
        noted = f"{self.text} ({self.note})" if self.note else self.text
        return f"{noted} – {self.remark}" if self.remark else noted


@dataclass(frozen=True, config=DESCRIBED)
class Stance:
    """One position: a plain claim, who takes it, and one sentence of an article."""

    claim: str
    """The position, in a few words."""
    who: str
    """Who takes it."""
    also: str = ""
    """Who else takes it."""
    quote: str = ""
    """A sentence of an article, verbatim but for what is cut."""
    says: str = ""
    """What a sentence that is not in English says, in the words of a model."""
    outlet: str = ""
    """The outlet that the sentence is from."""
    cite: str = ""
    """The number of the article that the sentence is from, in square brackets."""
    reported: bool = False
    """Whether the quote is the article's own report of what was said, and no direct speech."""
    language: str = "en"
    """The language of the sentence, ISO 639-1."""
    ref: str = ""
    """The id of the claim."""

    @property
    def told(self) -> str:
        """The quote, or else what the sentence says."""
        if self.quote and self.says:
            return f"{self.quote} ({self.says})"
        return self.quote or (
            self.says and f"in {language_name(self.language)}, in short: {self.says}"
        )

    @property
    def before(self) -> str:
        """What stands between who takes it and the words: the article, where these are its own."""
        return f", per {self.cite}:" if self.reported else ":"

    @property
    def after(self) -> str:
        """What stands behind the words: the article, in documents before by its outlet."""
        return "" if self.reported else self.cite or self.outlet


@dataclass(frozen=True, config=DESCRIBED)
class Contest:
    """A contested question with its positions, and what would settle it."""

    question: str
    """What is contested, as a question or in a word or two."""
    stances: tuple[Stance, ...]
    """Its positions."""
    settles: str = ""
    """What would settle it."""
    ref: str = ""
    """The id of the question or finding."""
    open: str = ""
    """Who says that it is not known, and in what words."""
    remark: str = ""
    """What a model adds to it."""
    is_told: bool = False
    """Whether the question tells the positions too, as a point in brief does."""

    @property
    def has_sides(self) -> bool:
        """Whether two positions stand against each other; else one is called open or unverified."""
        return len(self.stances) > 1

    @property
    def head(self) -> str:
        """What is contested, as it stands before the positions."""
        return self.question if self.is_told else head_text(self.question)

    @property
    def brief(self) -> str:
        """All positions in a row, where nobody is quoted; "" where somebody is."""
        if any(stance.told for stance in self.stances):
            return ""
        sides = (f"{one.claim} – {one.who} {one.cite}".strip() for one in self.stances)
        return "; ".join(sides)


@dataclass(frozen=True, config=DESCRIBED)
class Page:
    """The first page, section by section."""

    title: str
    """The event in a few words."""
    counted: tuple[str, ...]
    """The outlets that count, with their times."""
    not_counted: tuple[str, ...]
    """What does not count as an outlet, and why."""
    rests: tuple[tuple[str, tuple[str, ...]], ...]
    """What an editor must know who reads nothing else: heads, "" for none, with their points."""
    changed: tuple[Line, ...]
    """Latest values, and what was taken back."""
    solid: tuple[Line, ...]
    """What independent origins agree on."""
    contested: tuple[Contest, ...]
    """Open questions with their positions."""
    alone: tuple[Line, ...]
    """What rests on one origin."""
    careful: tuple[Line, ...]
    """What to check before printing."""
    calls: tuple[Line, ...]
    """Whom to ask, and for what."""
    contested_too: tuple[str, ...] = ()
    """Contested questions that have no room for their positions."""
    hidden: tuple[str, ...] = ()
    """Which articles hold text that no reader sees, or that speaks to machines."""
    made_by_rank: bool = False
    """Whether code ordered it, since no model did."""
    goes_on: bool = False
    """Whether the sections below the points in brief leave out what these tell."""
    flags: tuple[Remark, ...] = ()
    """What the checks doubt in the words of the model that stand here."""

    def head(self, section: str) -> str:
        """The head of a section: "Also solid" where the points in brief tell the rest of it."""
        return f"Also {section}" if self.goes_on else section.capitalize()

    @property
    def made(self) -> str:
        """Who chose and worded what stands here."""
        if self.made_by_rank:
            return BY_RANK
        lines = (*self.changed, *self.solid, *self.alone)
        noted = any(one.remark for one in lines) or any(one.remark for one in self.contested)
        return BY_MODEL.format(notes=", with the notes in italics" if noted else "")
