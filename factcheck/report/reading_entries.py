"""Clusters, numbers and sentences as the reading's templates show them: models in, views out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.models import Article
from factcheck.report import words
from factcheck.report.entries import article_names, sentence_links
from factcheck.report.reading_view import Alone, Block, Figure, Value
from factcheck.report.view import Link, Passage
from factcheck.sidebyside.models import Cluster, Comparison, Denial, Row, SaidBy, SideBySide

NONE_FOUND = "no attribution found"
AGREEMENTS = {
    "differ": "The values differ: a place to look, which may have a plain reason",
    "compatible": "Compatible: rounding, bounds or units explain the difference",
    "the-same": "The same value",
}


@dataclass(frozen=True)
class Index:
    """A reading with its articles by id, and what each is called."""

    reading: SideBySide
    articles: dict[str, Article]
    names: dict[str, str]


def index(reading: SideBySide) -> Index:
    """Index a reading."""
    articles = {article.id: article for article in reading.articles}
    return Index(reading, articles, article_names(reading.articles))


def said_by(said: Sequence[SaidBy]) -> str:
    """On whose word, as printed; relays and double attributions are all shown."""
    if said and not any(entry.source for entry in said):
        return "a quotation; its source is not named in the sentence"
    named = "; ".join(_one(entry) for entry in said if entry.source)
    return f"said by: {named}" if named else NONE_FOUND


def _one(entry: SaidBy) -> str:
    text = entry.source
    if entry.after:
        text += f" (named before: {entry.after})"
    return f"{text}, carried over from the sentence before" if entry.carried else text


def passage(
    found: Index,
    article: str,
    numbers: Sequence[int],
    said: Sequence[SaidBy] = (),
    hedges: Sequence[str] = (),
    marks: Sequence[str] = (),
) -> Passage:
    """Sentences of one article as they stand there, with who says them."""
    held = found.articles[article]
    return Passage(
        quote=quotation(held, numbers),
        lang=held.language,
        article=Link(found.names[article], f"#{article}"),
        who=said_by(said),
        via="",
        sentences=sentence_links(article, tuple(numbers)),
        marks=(*marks, *(f"hedged: “{hedge}”" for hedge in dict.fromkeys(hedges))),
        stance="",
        note="",
        reading="",
    )


def quotation(article: Article, numbers: Sequence[int]) -> str:
    """Sentences as they stand, with a mark where others stand between them."""
    return words.joined(article, numbers, [article.sentence(number).text for number in numbers])


def block(found: Index, one: Cluster) -> Block:
    """One cluster."""
    notes = []
    if one.basis == "names-and-numbers":
        notes.append(
            "Matched on names and numbers only, since the articles are not all in English."
        )
    if one.copies:
        names = words.listed(found.names[article] for article in one.copies)
        notes.append(f"Nearly the same wording in {names}: perhaps a shared copy or quotation.")
    return Block(
        id=one.id,
        title=f"{words.many(len(one.rows), 'article')}, {words.spell(one.strength)}",
        notes=tuple(notes),
        passages=tuple(_row(found, row) for row in one.rows),
    )


def _row(found: Index, row: Row) -> Passage:
    marks = (words.spell(row.strength),) if row.strength else ()
    return passage(found, row.article, row.sentences, row.said, row.hedges, marks)


def figure(found: Index, one: Comparison) -> Figure:
    """One set of values to compare."""
    return Figure(
        id=one.id,
        title=one.counts,
        kind=AGREEMENTS[one.agreement],
        values=tuple(
            Value(
                article=Link(found.names[amount.article], f"#{amount.article}-{amount.sentence}"),
                value=amount.text,
                asof=f"{amount.asof} ({amount.day})" if amount.day else amount.asof,
                published=words.published(found.articles[amount.article]),
                who=said_by(amount.said),
                passage=passage(found, amount.article, (amount.sentence,), amount.said),
            )
            for amount in one.amounts
        ),
    )


def denial(found: Index, one: Denial) -> tuple[str, Passage]:
    """The id of a denial and its sentence."""
    return one.id, passage(found, one.article, (one.sentence,), one.said, one.hedges, (one.cue,))


def alone(found: Index) -> tuple[Alone, ...]:
    """The sentences without a counterpart, by article."""
    held: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in found.reading.singles:
        held[one.article].append(passage(found, one.article, (one.sentence,), one.said, one.hedges))
    return tuple(Alone(found.names[article], tuple(passages)) for article, passages in held.items())
