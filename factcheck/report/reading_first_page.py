"""The first page of a reading: what an editor sees in two minutes, without a verdict.

In: an indexed reading. Out: a `FirstPage` of plain texts, by rank from clusters, numbers and
denials, at most `MOST_WORDS` for up to eight articles. Every sentence is an article's own.
What counts as told elsewhere counts by its words alone; a paraphrase far from it is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import NamedTuple, Self

from pydantic.dataclasses import dataclass

from factcheck.articles.marks import is_correction
from factcheck.language.words import stems
from factcheck.models import Article
from factcheck.pipeline.rank import tell_age
from factcheck.report.first_page.contests import MOST_QUOTE_WORDS
from factcheck.report.first_page.fitting import Limits, Step, fit_page
from factcheck.report.first_page.lines import Line
from factcheck.report.first_page.outlets import list_counted, list_not_counted
from factcheck.report.first_page.plain import fill, list_outlets, show_lines
from factcheck.report.quotes import clip_marked, in_marks
from factcheck.report.reading_entries import Index, home, is_named, leading, quotation, show_outlets
from factcheck.report.words import HOW, spell
from factcheck.sidebyside.clusters import CLOSE_TO_ANOTHER, ORDER
from factcheck.sidebyside.lines import (
    has_number,
    rarity,
    read_lines,
    reads_alone,
    weigh_shared,
)
from factcheck.sidebyside.models import Amount, Comparison, Place, SaidBy

MOST = {"alike": 8, "figures": 4, "corrected": 3, "denied": 5, "alone": 8}
"""Lines of each part."""
CLIPPED = frozenset({"alike", "denied", "alone"})
SHORT = 7  # words; what such a denial denies stands in the sentence before
SHORT_LINE = 9  # words; a shorter sentence tells little on its own
LEADS = 2
# Share of the rarer words that one sentence of another outlet has as well, of the lighter of
# the two, so that neither tells much that the other does not.
TOLD = 0.5

SHORTER: tuple[Step, ...] = (
    *(("quote", 30), ("alone", 6), ("alike", 7), ("denied", 4), ("figures", 3)),
    *(("quote", 24), ("alone", 5), ("alike", 6), ("denied", 3), ("corrected", 2)),
    *(("alone", 4), ("alike", 5), ("quote", 18), ("figures", 2), ("denied", 2)),
    *(("alone", 3), ("alike", 4), ("quote", 14), ("alone", 2)),
)
"""What is given up, step by step, until the page is short enough: lines of a part at most, and
words of a quote at most."""


class Part(NamedTuple):
    """A list of lines under a head; `id` names it for links, and in `SHORTER`."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FirstPage:
    """The first page of a reading: its parts in order, empty ones too."""

    title: str
    notices: tuple[str, ...]
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    parts: tuple[Part, ...]

    def within(self, limits: Limits) -> Self:
        """The page cut to limits; numbers and corrections are never clipped."""
        most = limits.get("quote", MOST_QUOTE_WORDS)
        parts = []
        for part in self.parts:
            lines = part.lines[: limits.get(part.id)]
            if part.id in CLIPPED:
                lines = tuple(replace(line, text=clip_marked(line.text, most)) for line in lines)
            parts.append(part._replace(lines=lines))
        return replace(self, parts=tuple(parts))


def first_page(found: Index, notices: Sequence[str]) -> FirstPage:
    """The first page of a reading, within its length."""
    reading = found.reading
    strange = {one.article for one in reading.strangers}
    groups = [one for one in reading.groups if not set(one.articles) <= strange]
    figures = list_figures(found)
    denied = tuple(islice(show_denials(found), MOST["denied"]))
    compared = {(amount.article, amount.sentence) for one in figures for amount in one.amounts}
    parts = (
        ("alike", "Carried by several outlets", show_alike(found)),
        ("figures", "Numbers of what seems one thing", (show_figure(found, f) for f in figures)),
        ("corrected", "Corrected by the outlet", show_corrections(found)),
        ("denied", "Denied or rejected", denied),
        ("alone", "In one outlet only, by its words", show_alone(found, denied, compared)),
    )
    page = FirstPage(
        title=reading.title,
        notices=tuple(notices),
        counted=tuple(list_counted(groups, found.articles)),
        not_counted=tuple(list_not_counted(groups, reading.articles, reading.excluded)),
        parts=tuple(
            Part(ident, title, tuple(islice(lines, MOST[ident]))) for ident, title, lines in parts
        ),
    )
    return fit_page(page.within, plain_text, SHORTER)


# --- what several outlets carry ---------------------------------------------------------------


def show_alike(found: Index) -> Iterator[Line]:
    """The leading sentences of clusters that two outlets that count carry, and that read alone.

    With the outlets that have it in other words; each stands where its closest sentence belongs.
    """
    for one in found.reading.clusters:
        rows = [row for row in one.rows if row.strength != CLOSE_TO_ANOTHER]
        outlets = {found.homes[row.article] for row in rows}
        counted = sum(found.reading.groups[outlet].counts for outlet in outlets)
        if counted < 2 or not reads_alone(leading(found, one)):
            continue
        rows.sort(key=lambda row: ORDER.index(row.strength) if row.strength else -1)
        best: dict[int | str, str] = {}
        by_strength: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            how = best.setdefault(home(found, row.article), row.strength or "")
            by_strength[how].append(row.article)
        notes = [
            (f"{spell(how)}: " if how else "") + show_outlets(found, articles)
            for how, articles in by_strength.items()
        ]
        yield Line(in_marks(leading(found, one)), "; ".join(notes), (one.id,))


# --- what differs -----------------------------------------------------------------------------


def list_figures(found: Index) -> list[Comparison]:
    """The numbers to compare of which two outlets give different values."""
    apart = [
        one
        for one in found.reading.comparisons
        if one.agreement != "the-same"
        and len({found.homes.get(a.article) for a in one.amounts}) > 1
    ]
    return apart[: MOST["figures"]]


def show_figure(found: Index, one: Comparison) -> Line:
    """What is counted, and each value as printed with who printed it and when."""
    held: defaultdict[str, list[Amount]] = defaultdict(list)
    for amount in sorted(one.amounts, key=lambda one: order_in_time(found.articles[one.article])):
        held[amount.text].append(amount)
    values = [
        f"{text} ({', '.join(filter(None, (show_outlets(found, outlets), clock(found, outlets))))})"
        for text, amounts in held.items()
        if (outlets := [amount.article for amount in amounts])
    ]
    what, _, excerpt = one.counts.partition(": “")
    # "people, dead" tells all; "houses" needs the words around it.
    counts = what if excerpt and ", " in what else one.counts
    return Line(f"{counts} – {'; '.join(values)}", "", (one.id,))


def order_in_time(article: Article) -> tuple[bool, float]:
    """A key that puts articles in the order of their times, those without one last."""
    return article.published is None, tell_age(article)


def clock(found: Index, articles: Sequence[str]) -> str:
    """When the first of some articles appeared, as a day and a time; "" for unknown."""
    first = min((found.articles[name] for name in articles), key=order_in_time)
    if first.published is None:
        return ""
    exact = first.published_precision != "day"
    return f"{first.published:%-d %B %H:%M}" if exact else f"{first.published:%-d %B}"


def show_corrections(found: Index) -> Iterator[Line]:
    """What an outlet says that it had wrong, as printed, with what follows in its paragraph.

    So what was wrong never stands without what is right.
    """
    for article in found.reading.articles:
        for first in article.sentences:
            if is_correction(first.text):
                rest = article.sentences[first.number - 1 :]
                numbers = [s.number for s in rest if s.paragraph == first.paragraph]
                text, ref = quotation(article, numbers), f"{article.id}-{first.number}"
                yield Line(in_marks(text), show_outlets(found, [article.id]), (ref,))


def show_denials(found: Index) -> Iterator[Line]:
    """One denial of each source that its own sentence names, and that can be read alone.

    As printed; a short one with the sentence before it, which tells what is denied.
    """
    sources = {
        (m.article, m.sentence): one.id for one in found.reading.quoted for m in one.mentions
    }
    told = set()
    for one in found.reading.denials:
        article, number = found.articles[one.article], one.sentence
        source = sources.get((one.article, number), one.id)
        text = article.sentence(number).text
        if source in told or not (is_named(one.said) and reads_alone(text)):
            continue
        told.add(source)
        if number > 1 and len(text.split()) < SHORT:
            both = quotation(article, [number - 1, number])
            text = both if len(both.split()) <= MOST_QUOTE_WORDS else text
        yield Line(in_marks(text), show_outlets(found, [one.article]), (one.id,))


# --- what one outlet alone has ----------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """A sentence that one outlet alone has, with the articles that print it and its rank."""

    text: str
    articles: tuple[str, ...]
    ref: str
    rank: float


def show_alone(found: Index, shown: Sequence[Line], compared: Collection[Place]) -> Iterator[Line]:
    """What one outlet alone has, the best of each outlet before the second of any.

    What stands in the lines that are `shown`, whose numbers are `compared` there, and what
    another outlet tells with the same rarer words is left out.
    """
    lines = [line for line in read_lines(found.reading.articles) if line.informative]
    rare = rarity([line.stems for line in lines])

    def is_alone(one: Candidate) -> bool:
        outlet, own = found.homes[one.articles[0]], frozenset(stems(one.text))
        others = (line for line in lines if found.homes[line.article.id] != outlet)
        return all(weigh_shared(own, line.stems, rare) < TOLD for line in others)

    held: defaultdict[int, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates(found, compared), key=lambda candidate: -candidate.rank):
        if not any(one.text in line.text for line in shown):
            held[found.homes[one.articles[0]]].append(one)
    # Lazy, for whoever reads needs the first few alone.
    for place in zip_longest(*(filter(is_alone, ones) for ones in held.values())):
        for each in filter(None, place):
            note = show_outlets(found, each.articles)
            yield Line(in_marks(each.text), note, (each.ref,))


def candidates(found: Index, compared: Collection[Place]) -> Iterator[Candidate]:
    """What only one outlet has and can be read alone, with its rank.

    Articles that do not count, are about something else or in another language are left out,
    and what stands above already.
    """
    shown = {(one.article, one.sentence) for one in found.reading.denials}
    shown.update(compared)
    known = {article.id for article in found.reading.articles if may_stand(found, article.id)}
    for single in found.reading.singles:
        text = found.articles[single.article].sentence(single.sentence).text
        place = (single.article, single.sentence)
        if single.article in known and place not in shown and not is_correction(text):
            ref = f"{single.article}-{single.sentence}"
            yield from weighed(found, text, (single.article,), ref, single.said)
    for one in found.reading.clusters:
        articles = tuple(row.article for row in one.rows)
        outlets = {found.homes[article] for article in articles}
        above = (articles[0], one.lead) in shown
        if len(outlets) == 1 and known.issuperset(articles) and not above:
            yield from weighed(found, leading(found, one), articles, one.id, one.rows[0].said)


def may_stand(found: Index, article: str) -> bool:
    """Whether it can be told what an article alone has."""
    held = found.articles[article]
    strange = any(one.article == article for one in found.reading.strangers)
    counts = found.reading.groups[found.homes[article]].counts
    return held.language[:2] == "en" and counts and not strange


def weighed(
    found: Index, text: str, articles: tuple[str, ...], ref: str, said: Sequence[SaidBy]
) -> Iterator[Candidate]:
    """The candidate with its rank, or nothing where its reader would ask who "he" is.

    It has a named source or a figure, so that there is something to check.
    """
    sourced = is_named(said)
    if not reads_alone(text) or (said and not sourced) or len(text.split()) < SHORT_LINE:
        return
    if not (sourced or has_number(text)):
        return
    bodies = [s.text for s in found.articles[articles[0]].sentences if s.kind == "body"]
    at = bodies.index(text) if text in bodies else len(bodies)
    early = 1 - at / max(len(bodies), 1)
    rank = 2 * sourced + has_number(text) + (at < LEADS) + early
    yield Candidate(text, articles, ref, rank)


# --- as plain text ----------------------------------------------------------------------------


def plain_text(page: FirstPage, width: int = 80) -> str:
    """The first page as plain text within so many columns, for a terminal."""
    lines = [*fill(page.title, width), ""]
    for text in (*page.notices, HOW):
        lines += fill(text, width)
    lines += ["", *list_outlets(page.counted, "Outlets", page.not_counted, width)]
    for part in page.parts:
        lines += show_lines(part.title, part.lines, width)
    return "\n".join(lines) + "\n"
