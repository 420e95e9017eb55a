"""Clusters, numbers and sentences as the reading's templates show them: models in, views out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.models import Article
from factcheck.report import words
from factcheck.report.entries import article_names, sentence_links
from factcheck.report.reading_view import Alone, Block, Figure, Value
from factcheck.report.view import Link, Passage
from factcheck.sidebyside.models import Cluster, Comparison, Denial, Row, SaidBy, SideBySide
from factcheck.sidebyside.sayings import is_pronoun

Place = tuple[str, int]
"""Article id and sentence number."""

NONE_FOUND = "no attribution found"
AGREEMENTS = {
    "differ": "The values differ: a place to look, which may have a plain reason",
    "compatible": "Compatible: rounding, bounds or units explain the difference",
    "the-same": "The same value",
}


@dataclass(frozen=True)
class Index:
    """A reading with its articles by id, what each is called, and the outlet group it is in."""

    reading: SideBySide
    articles: dict[str, Article]
    names: dict[str, str]
    homes: dict[str, int]


def index(reading: SideBySide) -> Index:
    """Index a reading."""
    articles = {article.id: article for article in reading.articles}
    homes = {article: at for at, one in enumerate(reading.groups) for article in one.articles}
    return Index(reading, articles, article_names(reading.articles), homes)


def show_outlets(found: Index, articles: Iterable[str]) -> str:
    """Outlets of articles by name, those that count as one joined by a stroke.

    An article of an unknown outlet is called by its id, and is never joined with another.
    """
    held: defaultdict[int | str, list[str]] = defaultdict(list)
    for article in articles:
        outlet = found.articles[article].outlet
        held[home(found, article)].append(outlet or f"article {article}")
    return ", ".join(" / ".join(dict.fromkeys(names)) for names in held.values())


def home(found: Index, article: str) -> int | str:
    """The group of outlets that an article is in; its own id where its outlet is unknown."""
    return found.homes[article] if found.articles[article].outlet else article


def leading(found: Index, one: Cluster) -> str:
    """The sentence that leads a cluster."""
    row = one.rows[0]
    return found.articles[row.article].sentence(one.lead or row.sentences[0]).text


def is_named(said: Sequence[SaidBy]) -> bool:
    """Whether a sentence itself names who says it, not a pronoun or the sentence before."""
    return any(one.source for one in said) and not any(
        one.carried or one.after or is_pronoun(one.source) for one in said
    )


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
