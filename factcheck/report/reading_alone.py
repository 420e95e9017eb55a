"""What only one outlet of a reading has and an editor might want: an index in, lines out, by rank.

A sentence counts as told elsewhere by its words alone; a paraphrase far from it is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from factcheck.articles.marks import is_correction
from factcheck.language.words import stems
from factcheck.report.first_page import Line, in_marks
from factcheck.report.reading_entries import Index, is_named, leading, show_outlets
from factcheck.sidebyside.lines import has_number, rarity, read_lines, reads_alone, weigh_shared
from factcheck.sidebyside.models import Place, SaidBy

SHORT_LINE = 9  # words; a shorter sentence tells little on its own
LEADS = 2
# Share of the rarer words that one sentence of another outlet has as well, of the lighter of
# the two, so that neither tells much that the other does not.
TOLD = 0.5


@dataclass(frozen=True)
class Candidate:
    """A sentence that one outlet alone has, with the articles that print it and its rank."""

    text: str
    articles: tuple[str, ...]
    ref: str
    rank: float
    stems: frozenset[str]


def show_alone(found: Index, shown: Sequence[Line], compared: Collection[Place]) -> Iterator[Line]:
    """What one outlet alone has, the best of each outlet before the second of any.

    What stands in the lines that are `shown`, whose numbers are `compared` there, and what
    another outlet tells with the same rarer words is left out.
    """
    lines = [line for line in read_lines(found.reading.articles) if line.informative]
    rare = rarity([line.stems for line in lines])

    def is_alone(one: Candidate) -> bool:
        outlet = found.homes[one.articles[0]]
        others = (line for line in lines if found.homes[line.article.id] != outlet)
        return all(weigh_shared(one.stems, line.stems, rare) < TOLD for line in others)

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
        groups = {g.label for g in found.reading.groups if set(articles) & set(g.articles)}
        above = (articles[0], one.lead) in shown
        if len(groups) == 1 and known.issuperset(articles) and not above:
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
    yield Candidate(text, articles, ref, rank, frozenset(stems(text)))
