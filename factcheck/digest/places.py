"""Places to look: what an editor reads first of a side-by-side reading, without a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.digest.compared import make_quote
from factcheck.digest.models import Look, Place, Quote
from factcheck.models import Article
from factcheck.report.words import join_quotes, spell
from factcheck.sidebyside.models import SaidBy, SideBySide
from factcheck.sidebyside.sayings import is_pronoun

MOST = 4
Cited = tuple[str, Sequence[int], Sequence[SaidBy]]
"""An article, numbers of its sentences, and who says them."""


def find_places(reading: SideBySide, new: frozenset[str]) -> tuple[Place, ...]:
    """Numbers that differ, denials, and what most outlets carry; news first, `MOST` of each.

    `new` are the ids of the articles that the edition brings.
    """
    texts = {article.id: article for article in reading.articles}

    def place(kind: Look, text: str, rows: Iterable[Cited]) -> Place:
        quotes = (quote_sentences(texts[article], numbers, said) for article, numbers, said in rows)
        return Place(kind=kind, text=text, quotes=tuple(quotes))

    numbers = [
        place("number", one.counts, ((a.article, [a.sentence], a.said) for a in one.amounts))
        for one in sorted(reading.comparisons, key=lambda one: one.agreement != "differ")
        if one.agreement != "the-same"
    ]
    denials = [
        place("denial", "", [(one.article, [one.sentence], one.said)]) for one in reading.denials
    ]
    shared = [
        place("shared", spell(one.strength), ((r.article, r.sentences, r.said) for r in one.rows))
        for one in reading.clusters
    ]
    found = (choose_newest(kind, new)[:MOST] for kind in (numbers, denials, shared))
    return tuple(one for kind in found for one in kind)


def choose_newest(found: Sequence[Place], new: frozenset[str]) -> list[Place]:
    """The places with a new article; all, where there is none."""
    return [place for place in found if {q.article for q in place.quotes} & new] or [*found]


def quote_sentences(article: Article, numbers: Sequence[int], said: Sequence[SaidBy]) -> Quote:
    """Sentences with who says them, as printed, and a mark where others stand between them."""
    text = join_quotes(article, numbers, [article.sentence(n).text for n in numbers])
    known = [one.after if is_pronoun(one.source) else one.source for one in said]
    return make_quote(article, text, next(filter(None, known), ""))
