"""A side-by-side reading in, its page of view nouns out: what the reading templates show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.models import Article
from factcheck.reading.models import Cluster, Comparison, Row, SaidBy, SideBySide
from factcheck.render import words
from factcheck.render.audit import manifest_facts, provenance
from factcheck.render.entries import anchor, sentence_links
from factcheck.render.reading_view import Alone, Block, Figure, Name, ReadingPage, Value
from factcheck.render.view import Cell, Gap, Line, Link, Method, Pair, Passage, Text
from factcheck.render.view import Row as MatrixRow

NONE_FOUND = "no attribution found"
LEAD = "Sets what {} about one event side by side, by their words alone. Nothing is judged."
INTRO = (
    "No language model was used, and nothing was judged, counted as independent or rewritten. "
    "Sentences were split and numbered; sentences of different articles whose rarer words, names "
    "and numbers cover each other were set side by side; attributions, numbers and denials were "
    "found by fixed rules for English. In other languages only names and numbers are compared. "
    "Rules of this kind miss paraphrases, and they can misread a source: the sentence stands "
    "beside everything that was found in it."
)
AGREEMENTS = {
    "differ": "The values differ: a place to look, which may have a plain reason",
    "compatible": "Compatible: rounding, bounds or units explain the difference",
    "the same": "The same value",
}
LEGEND = (
    Pair("Nearly the same words", "most runs of three words are the same; perhaps a shared copy."),
    Pair("Much the same", "most of the rarer words are the same."),
    Pair("In part", "one says a part of the other, or they share a core. Read both."),
    Pair("No attribution found", "no rule found a source; that is not the outlet's own voice."),
    Pair("Carried over", "a quotation that runs on; the source is named in a sentence before."),
)


@dataclass(frozen=True)
class Index:
    """A reading with its articles by id, and what each is called."""

    reading: SideBySide
    articles: dict[str, Article]
    names: dict[str, str]


def index(reading: SideBySide) -> Index:
    """Index a reading; articles of one outlet are told apart by their id."""
    same = Counter(article.outlet for article in reading.articles)
    names = {
        article.id: f"{article.outlet} ({article.id})"
        if same[article.outlet] > 1
        else article.outlet
        for article in reading.articles
    }
    return Index(reading, {article.id: article for article in reading.articles}, names)


def said_by(said: Sequence[SaidBy]) -> str:
    """On whose word, as printed; relays and double attributions are all shown."""
    return "; ".join(map(_one, said)) or NONE_FOUND


def _one(entry: SaidBy) -> str:
    if not entry.source:
        return "a quotation; its source is not named in the sentence"
    text = f"said by: {entry.source}"
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
    parts = [article.sentence(numbers[0]).text]
    for before, number in pairwise(numbers):
        gap = "" if number == before + 1 else "[…] "
        parts.append(gap + article.sentence(number).text)
    return " ".join(parts)


def block(found: Index, one: Cluster) -> Block:
    """One cluster."""
    notes = []
    if one.basis == "names and numbers":
        notes.append(
            "Matched on names and numbers only, since the articles are not all in English."
        )
    if one.copies:
        names = words.listed(found.names[article] for article in one.copies)
        notes.append(f"Nearly the same wording in {names}: perhaps a shared copy or quotation.")
    return Block(
        id=one.id,
        title=f"{words.many(len(one.rows), 'article')}, {one.strength}",
        notes=tuple(notes),
        passages=tuple(_row(found, row) for row in one.rows),
    )


def _row(found: Index, row: Row) -> Passage:
    marks = (row.strength,) if row.strength else ()
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
                published=words.moment(found.articles[amount.article].published),
                who=said_by(amount.said),
                passage=passage(found, amount.article, (amount.sentence,), amount.said),
            )
            for amount in one.amounts
        ),
    )


def alone(found: Index) -> tuple[Alone, ...]:
    """The sentences without a counterpart, by article."""
    held: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in found.reading.singles:
        held[one.article].append(passage(found, one.article, (one.sentence,), one.said, one.hedges))
    return tuple(Alone(found.names[article], tuple(passages)) for article, passages in held.items())


def matrix(found: Index) -> tuple[MatrixRow, ...]:
    """Clusters by article; a dash only means that no such sentence was found."""
    return tuple(_matrix_row(found, one) for one in found.reading.clusters)


def _matrix_row(found: Index, one: Cluster) -> MatrixRow:
    rows = {row.article: row for row in one.rows}
    first = one.rows[0]
    cells = []
    for article in found.articles:
        row = rows.get(article)
        if row is None:
            cells.append(Cell("–", "not found"))
        else:
            part = row.strength == "in part"
            cells.append(Cell("◐" if part else "●", "in part" if part else "has it"))
    text = found.articles[first.article].sentence(first.sentences[0]).text
    return MatrixRow(anchor(one.id), _short(text), "", "", tuple(cells))


def _short(text: str, size: int = 90) -> str:
    """The opening words of a sentence, cut between words."""
    return text if len(text) <= size else f"{text[:size].rsplit(' ', 1)[0]} […]"


def texts(found: Index) -> tuple[Text, ...]:
    """All articles, with the clusters, numbers and denials that each sentence stands in."""
    uses: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    reading = found.reading
    for cluster in reading.clusters:
        for row in cluster.rows:
            for number in row.sentences:
                uses[row.article, number].append(cluster.id)
    for comparison in reading.comparisons:
        for amount in comparison.amounts:
            uses[amount.article, amount.sentence].append(comparison.id)
    for denial in reading.denials:
        uses[denial.article, denial.sentence].append(denial.id)
    return tuple(_text(found, article, uses) for article in reading.articles)


def _text(found: Index, article: Article, uses: dict[tuple[str, int], list[str]]) -> Text:
    group = next((one for one in found.reading.groups if article.id in one.articles), None)
    others = [name for name in group.articles if name != article.id] if group else []
    return Text(
        id=article.id,
        name=found.names[article.id],
        title=Link(article.title or article.source, words.web_link(article.url)),
        published=words.moment(article.published),
        counts_with=words.listed(found.names[name] for name in others),
        agency=article.agency,
        lang=article.language,
        facts=provenance(article),
        lines=_lines(article, uses),
        claims=(),
        dropped=tuple(Pair(drop.reason, drop.text) for drop in article.dropped),
    )


def _lines(article: Article, uses: dict[tuple[str, int], list[str]]) -> tuple[Line, ...]:
    result, section, paragraph = [], "", 0
    for sentence in article.sentences:
        ids = dict.fromkeys(uses.get((article.id, sentence.number), ()))
        result.append(
            Line(
                id=f"{article.id}-{sentence.number}",
                number=sentence.number,
                text=sentence.text,
                kind="" if sentence.kind == "body" else sentence.kind,
                heading=sentence.section if sentence.section != section else "",
                opens=sentence.paragraph != paragraph,
                findings=tuple(map(anchor, ids)),
                remark="no counterpart found" if sentence.kind == "body" else "not compared",
            )
        )
        section, paragraph = sentence.section, sentence.paragraph
    return tuple(result)


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


def notices(found: Index) -> tuple[str, ...]:
    """What the reader must know before anything else."""
    reading = found.reading
    lines = ["No fact-check was made: sentences stand side by side, and nothing is judged."]
    unread = [one.source for one in reading.excluded if one.reason in {"empty", "unreadable"}]
    if unread:
        lines.append(f"Could not be read: {words.listed(unread)}.")
    if len(reading.articles) < 2:
        lines.append("There are fewer than two articles, so nothing can be set side by side.")
    foreign = [one.id for one in reading.articles if one.language[:2] != "en"]
    if foreign:
        listed = words.listed(found.names[article] for article in foreign)
        lines.append(f"Compared by names and numbers only, for the language: {listed}.")
    lines += [
        f"{found.names[one.article]} shares almost no names with the other articles "
        f"({len(one.shared)} of {one.names}): it may be about something else."
        for one in reading.strangers
    ]
    return (*lines, *reading.manifest.notes)


def grouping(found: Index) -> tuple[str, ...]:
    """Which articles belong to one outlet, share an agency's text or are near copies."""
    lines = [f"{words.many(len(found.articles), 'article')}."]
    for group in found.reading.groups:
        if len(group.articles) > 1:
            listed = words.listed(found.names[article] for article in group.articles)
            why = f": {group.reason}" if group.reason else ""
            lines.append(f"{listed} belong together{why}.")
    return tuple(lines)


def tally(reading: SideBySide) -> tuple[Link, ...]:
    """What was found, in words."""
    counts = (
        (
            len(reading.clusters),
            "set of sentences side by side",
            "sets of sentences side by side",
            "clusters",
        ),
        (len(reading.comparisons), "number to compare", "numbers to compare", "numbers"),
        (len(reading.denials), "denial quoted", "denials quoted", "denials"),
        (
            len(reading.singles),
            "sentence in one article only",
            "sentences in one article only",
            "alone",
        ),
    )
    return tuple(
        Link(words.many(number, one, more), f"#{place}") for number, one, more, place in counts
        if number
    )  # fmt: skip


def page(reading: SideBySide) -> ReadingPage:
    """The whole document; raises KeyError where a reading refers to what it does not hold."""
    found = index(reading)
    number = len(reading.articles)
    said = f"{words.many(number, 'article')} {'says' if number == 1 else 'say'}"
    return ReadingPage(
        title=reading.title,
        lead=LEAD.format(said),
        notices=notices(found),
        hints=reading.hints,
        tally=tally(reading),
        grouping=grouping(found),
        texts=texts(found),
        blocks=tuple(block(found, one) for one in reading.clusters),
        figures=tuple(figure(found, one) for one in reading.comparisons),
        denials=tuple(
            (one.id, passage(found, one.article, (one.sentence,), one.said, one.hedges, (one.cue,)))
            for one in reading.denials
        ),
        alone=alone(found),
        matrix=matrix(found),
        names=names(found),
        excluded=tuple(Gap(one.source, one.reason, one.detail) for one in reading.excluded),
        method=Method(
            intro=INTRO,
            legend=LEGEND,
            facts=manifest_facts(reading.manifest, reading.schema_),
            stages=(),
            prompts=(),
        ),
    )
