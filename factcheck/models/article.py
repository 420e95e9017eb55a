"""An article as it is read: clean, in numbered sentences; and an input that was left out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from factcheck.models.base import DataModel

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
    updated: datetime | None = None
    """When its page was last changed, half an hour later or more, by its own data; else null."""
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
    def later_day(self) -> datetime | None:
        """When its page was last changed, if that was on a later day than it was published."""
        changed, published = self.updated, self.published
        return changed if changed and published and changed.date() > published.date() else None

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
