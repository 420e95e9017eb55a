"""The models of the side-by-side reading: verbatim sentences by number, never a rewritten claim.

Ids are made by code and stable for the same inputs: clusters `k1`, numbers to
compare `n1`, denials `d1`, names `p1`. No noun here carries a verdict or a count of
sources that are independent.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from factcheck.language.attribution import Kind
from factcheck.models import Article, DataModel, Excluded, Manifest, Numbers, OutletGroup

SCHEMA: Literal["factcheck.reading/1"] = "factcheck.reading/1"
TITLE = "Side-by-side reading: no fact-check was made"

Strength = Literal["nearly the same words", "much the same", "in part", "close to another one"]
Basis = Literal["words", "names and numbers"]
Agreement = Literal["the same", "compatible", "differ"]


class SaidBy(DataModel):
    """On whose word a sentence stands, as the article prints it.

    `kind` tells the form of the attribution, as in `factcheck.language.attribution`.
    `source` may be "" where the sentence only opens or continues a quotation.
    `carried` marks a source that is named in the sentence before and holds on here;
    `after` is the source named before a pronoun that stands in `source`.
    """

    source: str
    cue: str = ""
    kind: Kind
    carried: bool = False
    after: str = ""


class Row(DataModel):
    """What one article contributes to a cluster: its sentences by number.

    `strength` compares it with the sentence that leads the cluster; None for the row of that
    one, "close to another one" where only another sentence of the cluster is close.
    `said` and `hedges` are of all the sentences, in order.
    """

    article: str
    sentences: Numbers
    strength: Strength | None = None
    said: tuple[SaidBy, ...] = ()
    hedges: tuple[str, ...] = ()


class Cluster(DataModel):
    """Sentences of several articles that stand close to each other, one row an article.

    No sentence stands in two clusters. `lead` is the number of the sentence in the first row
    that stands for all, 0 for the first one. `strength` is that of the weakest pair of rows
    that are close. `copies` are the articles whose wording is so
    near that they may share one copy. `basis` tells whether all words could be
    compared, or only names and numbers, as between languages; in a cluster with both, words.
    """

    id: str
    rows: Annotated[tuple[Row, ...], Field(min_length=2)]
    lead: int = 0
    strength: Strength
    basis: Basis = "words"
    copies: tuple[str, ...] = ()


class Amount(DataModel):
    """One value as one article gives it.

    `asof` is the moment that stands nearest to it in its sentence, as printed, and `day`
    the day that this is, as YYYY-MM-DD; "" where there is none or it stays open.
    """

    article: str
    sentence: int
    text: str
    bound: str
    asof: str = ""
    day: str = ""
    said: tuple[SaidBy, ...] = ()


class Comparison(DataModel):
    """Values for what seems to be one thing, from two articles or more.

    `counts` names the thing by the words that the sentences share. "compatible" means
    that rounding, bounds or units explain the difference, "differ" that they do not: a
    place to look, no conflict.
    """

    id: str
    counts: str
    agreement: Agreement
    amounts: Annotated[tuple[Amount, ...], Field(min_length=2)]


class Denial(DataModel):
    """A sentence in which somebody denies or rejects something; `cue` is the word for it."""

    id: str
    article: str
    sentence: int
    cue: str
    said: tuple[SaidBy, ...] = ()
    hedges: tuple[str, ...] = ()


class Single(DataModel):
    """A sentence with content that no cluster holds."""

    article: str
    sentence: int
    said: tuple[SaidBy, ...] = ()
    hedges: tuple[str, ...] = ()


class Mention(DataModel):
    """A sentence of an article that is attributed to somebody."""

    article: str
    sentence: int


class Quoted(DataModel):
    """Somebody on whose word articles rest, under every spelling; `united` tells what joined them.

    Only spellings that safely name one are joined; the rest is left to the reader.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    mentions: tuple[Mention, ...]
    united: str = ""


class Stranger(DataModel):
    """An article that shares almost no names with the others: it may be about something else."""

    article: str
    shared: tuple[str, ...]
    names: int


class SideBySide(DataModel):
    """The whole reading; the versioned source of all its formats.

    `hints` say how to get the fact-check, as the caller knows it: a key, a local server.
    """

    schema_: Literal["factcheck.reading/1"] = Field(default=SCHEMA, alias="schema")
    title: str = TITLE
    articles: tuple[Article, ...]
    excluded: tuple[Excluded, ...] = ()
    groups: tuple[OutletGroup, ...]
    clusters: tuple[Cluster, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    denials: tuple[Denial, ...] = ()
    singles: tuple[Single, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    hints: tuple[str, ...] = ()
    manifest: Manifest

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
