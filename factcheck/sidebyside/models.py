"""The models of the side-by-side reading: verbatim sentences by number, never a rewritten claim.

Ids are made by code and stable for the same inputs: clusters `k1`, numbers to
compare `n1`, denials `d1`, names `p1`. No noun here carries a verdict or a count of
sources that are independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from factcheck.language.amounts import Bound
from factcheck.language.attribution import Kind
from factcheck.models import (
    Article,
    DataModel,
    Document,
    Excluded,
    Manifest,
    Numbers,
    OutletGroup,
    Remark,
)

SCHEMA: Literal["factcheck.reading/3"] = "factcheck.reading/3"
TITLE = "Side-by-side reading: no fact-check was made"

Strength = Literal["nearly-the-same-words", "much-the-same", "in-part", "close-to-another-one"]
Basis = Literal["words", "names-and-numbers"]
Agreement = Literal["the-same", "compatible", "differ"]


class SaidBy(DataModel):
    """On whose word a sentence stands, as the article prints it."""

    source: str
    """Who, as printed; "" where the sentence only opens or continues a quotation."""
    cue: str = ""
    """The word that attributes, "" for none."""
    kind: Kind
    """The form of the attribution."""
    carried: bool = False
    """Whether the source is named in the sentence before, and holds on here."""
    after: str = ""
    """The source named before a pronoun that stands in `source`, "" for none."""


Place = tuple[str, int]
"""Article id and sentence number."""
Said = Mapping[Place, tuple[SaidBy, ...]]
"""On whose word the sentences stand; () where that was not found."""


class Row(DataModel):
    """What one article contributes to a cluster: its sentences by number."""

    article: str
    """The id of the article."""
    sentences: Numbers
    """Numbers of its sentences."""
    strength: Strength | None = None
    """How close it is to the leading sentence of the cluster, null for the row that leads;
    `close-to-another-one` where only another sentence of the cluster is close."""
    said: tuple[SaidBy, ...] = ()
    """On whose word the sentences stand, in order."""
    hedges: tuple[str, ...] = ()
    """Words in them that hedge, in order."""


class Cluster(DataModel):
    """Sentences of several articles that stand close to each other, one row an article."""

    id: str
    """`k1`."""
    rows: Annotated[tuple[Row, ...], Field(min_length=2)]
    """One for each article."""
    lead: int = 0
    """The number of the sentence in the first row that stands for all; 0 for the first one."""
    strength: Strength
    """How close the weakest pair is."""
    basis: Basis = "words"
    """Whether all words could be compared, or only names and numbers, as between languages."""
    copies: tuple[str, ...] = ()
    """Articles whose wording is so near that they may share one copy, by id."""


class Mention(DataModel):
    """A sentence of an article that is attributed to somebody."""

    article: str
    """The id of the article."""
    sentence: int
    """The number of its sentence."""


class Amount(Mention):
    """One value as one article gives it."""

    text: str
    """The value as printed."""
    bound: Bound
    """Whether it is exact, a limit or an approximation."""
    asof: str = ""
    """The moment that stands nearest to it, as printed; "" for none."""
    day: str = ""
    """The day of `asof` as YYYY-MM-DD, "" where it stays open."""
    said: tuple[SaidBy, ...] = ()
    """On whose word the sentence stands."""


class Comparison(DataModel):
    """Values for what seems to be one thing, from two articles or more.

    "compatible" means that rounding, bounds or units explain the difference, "differ" that
    they do not.
    """

    id: str
    """`n1`."""
    counts: str
    """What is counted, by the words that the sentences share."""
    agreement: Agreement
    """How the values relate; where they differ it is a place to look, no conflict."""
    amounts: Annotated[tuple[Amount, ...], Field(min_length=2)]
    """The values."""


class Denial(DataModel):
    """A sentence in which somebody denies or rejects something."""

    id: str
    """`d1`."""
    article: str
    """The id of the article."""
    sentence: int
    """The number of its sentence."""
    cue: str
    """The word that denies or rejects."""
    said: tuple[SaidBy, ...] = ()
    """On whose word the sentence stands."""
    hedges: tuple[str, ...] = ()
    """Words in it that hedge."""


class Single(Mention):
    """A sentence with content that no cluster holds."""

    said: tuple[SaidBy, ...] = ()
    """On whose word it stands."""
    hedges: tuple[str, ...] = ()
    """Words in it that hedge."""


class Quoted(DataModel):
    """Somebody on whose word articles rest, under every spelling.

    Only spellings that safely name one are joined; the rest is left to the reader.
    """

    id: str
    """`p1`."""
    name: str
    """The fullest spelling."""
    also: tuple[str, ...] = ()
    """The other spellings."""
    mentions: tuple[Mention, ...]
    """The sentences that rest on its word."""
    united: Remark | None = None
    """What joined the spellings; null for a single one."""


class Stranger(DataModel):
    """An article that shares almost no names with the others: it may be about something else."""

    article: str
    """The id of the article."""
    shared: tuple[str, ...]
    """The names that it shares with the others."""
    names: int
    """How many names it holds."""


class SideBySide(Document):
    """The whole reading; the versioned source of all its formats."""

    schema_: Literal["factcheck.reading/3"] = Field(default=SCHEMA, alias="schema")
    """The kind of this document and the number of its schema."""
    title: str = TITLE
    """A title that says what this is not."""
    articles: tuple[Article, ...]
    """The articles that were set side by side."""
    excluded: tuple[Excluded, ...] = ()
    """Inputs that were left out."""
    groups: tuple[OutletGroup, ...]
    """Which articles count as one outlet."""
    clusters: tuple[Cluster, ...] = ()
    """Sentences that stand close to each other."""
    comparisons: tuple[Comparison, ...] = ()
    """Values for what seems to be one thing."""
    denials: tuple[Denial, ...] = ()
    """Sentences that deny something."""
    singles: tuple[Single, ...] = ()
    """Sentences that no cluster holds."""
    quoted: tuple[Quoted, ...] = ()
    """On whose word the articles rest."""
    strangers: tuple[Stranger, ...] = ()
    """Articles that may be about something else."""
    hints: tuple[str, ...] = ()
    """How to get the fact-check, in English."""
    manifest: Manifest
    """How the reading was made."""

    model_config = ConfigDict(populate_by_name=True)
