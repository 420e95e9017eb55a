"""What lets a reader check a reading: its matrix, annotated articles and names; views out."""

from __future__ import annotations

from collections import defaultdict

from factcheck.models import Sentence
from factcheck.report import audit
from factcheck.report.entries import anchor
from factcheck.report.reading_entries import Index
from factcheck.report.reading_view import Name
from factcheck.report.view import Cell, Link, Row, Text
from factcheck.sidebyside.models import Cluster


def matrix(found: Index) -> tuple[Row, ...]:
    """Clusters by article; a dash only means that no such sentence was found."""
    return tuple(_matrix_row(found, one) for one in found.reading.clusters)


def _matrix_row(found: Index, one: Cluster) -> Row:
    rows = {row.article: row for row in one.rows}
    first = one.rows[0]
    cells = []
    for article in found.articles:
        row = rows.get(article)
        if row is None:
            cells.append(Cell("–", "not found"))
        else:
            part = row.strength == "in-part"
            cells.append(Cell("◐" if part else "●", "in part" if part else "has it"))
    text = found.articles[first.article].sentence(one.lead or first.sentences[0]).text
    return Row(anchor(one.id), _short(text), "", "", tuple(cells))


def _short(text: str, size: int = 90) -> str:
    """The opening words of a sentence, cut between words."""
    return text if len(text) <= size else f"{text[:size].rsplit(' ', 1)[0]} […]"


def texts(found: Index) -> tuple[Text, ...]:
    """All articles, with the clusters, numbers and denials that each sentence stands in."""
    uses = stands_in(found)
    return tuple(
        audit.text(article, found.names, found.reading.groups, audit.lines(article, uses, _remark))
        for article in found.reading.articles
    )


def stands_in(found: Index) -> dict[tuple[str, int], list[str]]:
    """Article and sentence number to the ids of what the sentence stands in, each once."""
    reading = found.reading
    uses: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for cluster in reading.clusters:
        for row in cluster.rows:
            for number in row.sentences:
                uses[row.article, number][cluster.id] = None
    for comparison in reading.comparisons:
        for amount in comparison.amounts:
            uses[amount.article, amount.sentence][comparison.id] = None
    for denial in reading.denials:
        uses[denial.article, denial.sentence][denial.id] = None
    return {place: list(idents) for place, idents in uses.items()}


def _remark(sentence: Sentence) -> str:
    return "no counterpart found" if sentence.kind == "body" else "not compared"


def names(found: Index) -> tuple[Name, ...]:
    """Who is named as a source, with the sentences."""
    return tuple(
        Name(
            name=one.name,
            also=", ".join(one.also),
            sentences=tuple(
                Link(
                    f"{found.names[place.article]} {place.sentence}",
                    f"#{place.article}-{place.sentence}",
                )
                for place in one.mentions
            ),
        )
        for one in found.reading.quoted
    )
