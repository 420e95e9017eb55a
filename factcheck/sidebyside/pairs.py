"""Find the sentences of different articles that say much the same, and how much.

Only pairs that share enough rare stems are compared in full, so that the cost grows
with what the articles have in common and not with the square of their length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from factcheck.language.attribution import saying
from factcheck.language.copies import containment, find_shared_quote
from factcheck.language.similar import idf, similarity
from factcheck.language.words import stems
from factcheck.sidebyside.lines import (
    Line,
    Pair,
    is_english,
    rarity,
    share_terms,
    weigh,
    weigh_shared,
)

# Chosen on real triplets (docs/reading.md): below IN_PART every other pair was wrong.
MUCH, IN_PART = 0.51, 0.375
# A third sentence may stand a little farther from some of a cluster.
LINKED = 0.285
# Sentences that share names alone are about one person, not about one thing.
# Openings on one event share its common words, which weigh little.
_CONTENT, _LEAD_CONTENT, _LEAST_CONTENT = 0.2, 0.15, 2
# With so many shared words some of them tell what happened, not who says so.
_MANY = 5
# Other figures in sentences that are otherwise alike.
_OTHER_FIGURES = 0.85
# The first sentences of articles on one event say what happened.
_BOTH_LEAD = 1.35
# Runs of three words that a short sentence shares tell more than its few stems.
_VERBATIM, _RUNS = 1.3, 0.4
# The same words within quotation marks are the same words of somebody.
_QUOTED, _QUOTED_WORDS = 1.4, 4
_WORTH_A_LOOK = 0.2
# Between languages: so many names and figures in common, which weigh so much of both.
_MARKS, _MARKS_SHARE = 3, 0.4


def score_close_pairs(lines: Sequence[Line]) -> dict[Pair, float]:
    """Places of two lines of different articles to how much they say the same, 0 to 1.

    Only pairs of LINKED and above, both informative and in English; the first place
    is the lower one. Two sentences go together from IN_PART on.
    """
    english = {
        at: line.stems
        for at, line in enumerate(lines)
        if line.informative and is_english(line.article)
    }
    rare = rarity(english.values())
    weights = idf(lines[at].sentence.text for at in english)
    found: dict[Pair, float] = {}
    for a, b in _list_overlapping(lines, english, rare, _WORTH_A_LOOK):
        value = similarity(lines[a].sentence.text, lines[b].sentence.text, weights)
        if value < LINKED / 2:
            continue
        value *= _weigh_prior(lines[a], lines[b])
        if value >= LINKED and _tell_the_same(lines[a], lines[b], value, rare):
            found[a, b] = value
    return found


def score_marked_pairs(lines: Sequence[Line]) -> dict[Pair, float]:
    """Pairs of which one at least is not in English, by the names and figures that they share."""
    marks = {
        at: line.marks
        for at, line in enumerate(lines)
        if len(line.marks) >= _MARKS and (line.informative or not is_english(line.article))
    }
    if all(is_english(lines[at].article) for at in marks):
        return {}
    rare = rarity(marks.values())
    return {
        (a, b): weigh_shared(marks[a], marks[b], rare)
        for a, b in _list_overlapping(lines, marks, rare, _MARKS_SHARE)
        if not (is_english(lines[a].article) and is_english(lines[b].article))
        and len(marks[a] & marks[b]) >= _MARKS
    }


def _list_overlapping(
    lines: Sequence[Line],
    held: Mapping[int, frozenset[str]],
    rare: Mapping[str, float],
    least: float,
) -> list[Pair]:
    """Pairs of two articles whose shared terms weigh at least this share of the heavier one."""
    shared: defaultdict[Pair, float] = defaultdict(float)
    for pair, term in share_terms(held):
        shared[pair] += rare[term]
    total = {at: weigh(terms, rare) for at, terms in held.items()}
    return [
        (a, b)
        for (a, b), weight in shared.items()
        if weight >= least * max(total[a], total[b]) and lines[a].article.id != lines[b].article.id
    ]


def _tell_the_same(a: Line, b: Line, value: float, rare: Mapping[str, float]) -> bool:
    """Whether two sentences share more than the names in them and the source they end on."""
    shared = a.content & b.content
    least = _LEAD_CONTENT if a.leads and b.leads else _CONTENT
    if value < MUCH and (
        len(shared) < _LEAST_CONTENT or weigh_shared(a.content, b.content, rare) < least
    ):
        return False
    return (
        len(shared) > _MANY
        or len(_stem_told(a.sentence.text) & _stem_told(b.sentence.text)) >= _LEAST_CONTENT
    )


@lru_cache(maxsize=8192)
def _stem_told(text: str) -> frozenset[str]:
    """The stems of what a sentence tells, without the source that it ends on.

    Two sentences on one official, who is described in the same words, share no more.
    """
    found = saying(text)
    end = max((one.end for one in found), default=len(text))
    ends_on_source = any(one.source_at >= end for one in found)
    return frozenset(stems(text[:end] if ends_on_source else text))


def _weigh_prior(a: Line, b: Line) -> float:
    """What speaks for or against two sentences beside their words, as a factor."""
    left, right = a.sentence.text, b.sentence.text
    prior = _BOTH_LEAD if a.leads and b.leads else 1.0
    if containment(left, right, 3) >= _RUNS:
        prior *= _VERBATIM
    elif find_shared_quote(left, right, _QUOTED_WORDS):
        prior *= _QUOTED
    mine, theirs = ({mark for mark in line.marks if mark[0].isdigit()} for line in (a, b))
    return prior * _OTHER_FIGURES if mine and theirs and not mine & theirs else prior
