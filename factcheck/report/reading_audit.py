"""What lets a reader check a reading: its matrix and annotated articles; views out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from factcheck.report import audit
from factcheck.report.reading_entries import Index, leading
from factcheck.report.view import Row, Text
from factcheck.sidebyside.models import Row as ClusterRow


def matrix(found: Index) -> tuple[Row, ...]:
    """Clusters by article; a dash only means that no such sentence was found."""
    rows = []
    for one in found.reading.clusters:
        held = {row.article: row for row in one.rows}
        cells = [cell(held.get(article)) for article in found.articles]
        rows.append(Row(one.id, _short(leading(found, one)), cells))
    return tuple(rows)


def cell(row: ClusterRow | None) -> tuple[str, str]:
    """What an article has of a cluster."""
    if row is None:
        return "–", "not found"
    return ("◐", "in part") if row.strength == "in-part" else ("●", "has it")


def _short(text: str, size: int = 90) -> str:
    """The opening words of a sentence, cut between words."""
    return text if len(text) <= size else f"{text[:size].rsplit(' ', 1)[0]} […]"


def texts(found: Index) -> Iterator[Text]:
    """All articles, with the clusters, numbers and denials that each sentence stands in."""
    uses = stands_in(found)
    for article in found.reading.articles:
        remarks = {
            sentence.number: "no counterpart found" if sentence.kind == "body" else "not compared"
            for sentence in article.sentences
        }
        held = {number: list(ids) for number, ids in uses.get(article.id, {}).items()}
        yield audit.text(article, found.names, found.reading.groups, held, remarks)


def stands_in(found: Index) -> Mapping[str, Mapping[int, Mapping[str, None]]]:
    """By article and number of a sentence the ids of what it stands in, each once."""
    reading = found.reading
    places = [
        *(
            (one.id, r.article, n)
            for one in reading.clusters
            for r in one.rows
            for n in r.sentences
        ),
        *((one.id, a.article, a.sentence) for one in reading.comparisons for a in one.amounts),
        *((one.id, one.article, one.sentence) for one in reading.denials),
    ]
    uses: defaultdict[str, defaultdict[int, dict[str, None]]]
    uses = defaultdict(lambda: defaultdict(dict))
    for ident, article, number in places:
        uses[article][number][ident] = None
    return uses
