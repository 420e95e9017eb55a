"""Clusters, numbers and sentences as the reading's templates show them: models in, views out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from factcheck.models import Article
from factcheck.report import audit, words
from factcheck.report.entries import article_names
from factcheck.report.view import Passage, Text
from factcheck.report.view import Row as MatrixRow
from factcheck.sidebyside.models import Cluster, Denial, Row, SaidBy, SideBySide
from factcheck.sidebyside.sayings import is_pronoun

SHOWN = 90
"""Characters of a sentence in the matrix."""
Block = tuple[Cluster, tuple[str, ...], tuple[Passage, ...]]
"""A cluster with what to know about it, and its passages side by side."""


class Index:
    """A reading with its articles by id, what each is called, and the outlet group it is in."""

    def __init__(self, reading: SideBySide) -> None:
        self.reading = reading
        self.articles = {article.id: article for article in reading.articles}
        self.names = article_names(reading.articles)
        self.homes = {i: at for at, group in enumerate(reading.groups) for i in group.articles}


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
        article=article,
        outlet=found.names[article],
        sentences=tuple(numbers),
        who=words.format_said_by(said),
        marks=(*marks, *(f"hedged: “{hedge}”" for hedge in dict.fromkeys(hedges))),
    )


def quotation(article: Article, numbers: Sequence[int]) -> str:
    """Sentences as they stand, with a mark where others stand between them."""
    return words.join_quotes(
        article, numbers, [article.sentence(number).text for number in numbers]
    )


def block(found: Index, one: Cluster) -> Block:
    """One cluster."""
    notes = []
    if one.basis == "names-and-numbers":
        notes.append(
            "Matched on names and numbers only, since the articles are not all in English."
        )
    if one.copies:
        names = words.join_items(found.names[article] for article in one.copies)
        notes.append(f"Nearly the same wording in {names}: perhaps a shared copy or quotation.")
    passages = []
    for row in one.rows:
        marks = (words.spell(row.strength),) if row.strength else ()
        passages.append(passage(found, row.article, row.sentences, row.said, row.hedges, marks))
    return one, tuple(notes), tuple(passages)


def denial(found: Index, one: Denial) -> tuple[str, Passage]:
    """The id of a denial and its sentence."""
    return one.id, passage(found, one.article, (one.sentence,), one.said, one.hedges, (one.cue,))


def alone(found: Index) -> dict[str, list[Passage]]:
    """The sentences without a counterpart, by the name of the article."""
    held: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in found.reading.singles:
        held[found.names[one.article]].append(
            passage(found, one.article, (one.sentence,), one.said, one.hedges)
        )
    return held


# --- to check it ----------------------------------------------------------------------


def matrix(found: Index) -> tuple[MatrixRow, ...]:
    """Clusters by article; a dash only means that no such sentence was found."""
    rows = []
    for one in found.reading.clusters:
        held = {row.article: row for row in one.rows}
        cells = [cell(held.get(article)) for article in found.articles]
        lead = leading(found, one)
        # The opening words, cut between words.
        text = lead if len(lead) <= SHOWN else f"{lead[:SHOWN].rsplit(' ', 1)[0]} […]"
        rows.append(MatrixRow(one.id, text, cells))
    return tuple(rows)


def cell(row: Row | None) -> tuple[str, str]:
    """What an article has of a cluster."""
    if row is None:
        return "–", "not found"
    return ("◐", "in part") if row.strength == "in-part" else ("●", "has it")


def texts(found: Index) -> Iterator[Text]:
    """All articles, with the clusters, numbers and denials that each sentence stands in."""
    reading = found.reading
    sets = (
        (one.id, r.article, n) for one in reading.clusters for r in one.rows for n in r.sentences
    )
    amounts = ((one.id, a.article, a.sentence) for one in reading.comparisons for a in one.amounts)
    denied = ((one.id, one.article, one.sentence) for one in reading.denials)
    uses = audit.list_uses((*sets, *amounts, *denied))
    for article in reading.articles:
        remarks = {
            sentence.number: "no counterpart found" if sentence.kind == "body" else "not compared"
            for sentence in article.sentences
        }
        own = uses.get(article.id, {})
        yield audit.text(article, found.names, reading.groups, own, remarks)
