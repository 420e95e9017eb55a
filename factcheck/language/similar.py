"""Measure how much two texts say the same, from 0 to 1, by words alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from factcheck.language.cues import polarity_differs
from factcheck.language.number_words import NUMBER_WORDS
from factcheck.language.quantities import numbers_in
from factcheck.language.words import stems

_NUMERALS = frozenset((*NUMBER_WORDS, "dozen"))


def idf(texts: Iterable[str]) -> Mapping[str, float]:
    """How rare each stem is in the texts, as the inverse document frequency; for `similarity`."""
    held = [_list_terms(text) for text in texts]
    counts = Counter(term for terms in held for term in terms)
    return {term: math.log(1 + len(held) / count) for term, count in counts.items()}


def similarity(a: str, b: str, weights: Mapping[str, float]) -> float:
    """How well two texts cover each other, 0 to 1, symmetric.

    Each stem, name and number of one text looks for its best match in the other,
    near spellings included, and weighs by its rarity (`weights` from `idf`; what they
    lack counts as rarest). The value is the root of the harmonic mean of both
    coverages, lowered where little is shared: two rare words in common are no more
    than a hint, so even a text of three rare words reaches only a half with itself.
    """
    left, right = _list_terms(a), _list_terms(b)
    rarest = max(weights.values(), default=1.0)
    there = _weigh_matched(left, right, weights, rarest)
    back = _weigh_matched(right, left, weights, rarest)
    if not there or not back:
        return 0.0
    # Sets come in any order, and plain sums would differ with it in their last digit.
    total_left = math.fsum(weights.get(term, rarest) for term in left)
    total_right = math.fsum(weights.get(term, rarest) for term in right)
    coverage = 2 / (total_left / there + total_right / back)
    shared = (there + back) / 2
    return math.sqrt(coverage) * shared / (shared + ENOUGH * rarest)


# A match of this many of the rarest words counts half; chosen on the training part of ECB+, where
# more of them make little difference.
ENOUGH = 3


@lru_cache(maxsize=65_536)
def _list_terms(text: str) -> frozenset[str]:
    # Numbers are compared by value, so that "two" is "2".
    plain = (stem for stem in stems(text) if not stem[0].isdigit())
    return frozenset(stem for stem in plain if stem not in _NUMERALS) | numbers_in(text)


def _weigh_matched(
    terms: Collection[str], others: Collection[str], weights: Mapping[str, float], rarest: float
) -> float:
    """The weight of the terms that the others hold, each by its best match."""
    return math.fsum(weights.get(term, rarest) * _score_best(term, others) for term in terms)


def _score_best(term: str, others: Collection[str]) -> float:
    """1 for the term itself, less for a near spelling of a longer word, else 0."""
    if term in others:
        return 1.0
    if len(term) < 5 or not term.isalpha():
        return 0.0
    near = (
        JaroWinkler.similarity(term, other, score_cutoff=0.88)
        for other in others
        if other[:1] == term[:1]
    )
    return max(near, default=0.0)


# Likeness of the letters, 0 to 100: the same words in another order may say another thing.
LIKE = 80.0


def score_restated(one: str, two: str) -> float:
    """How like two sentences are, 0 to 100; 0 unless their words, figures and "not" agree.

    For matching a claim or finding with itself after an edit or a second reading. In doubt it
    is another one: that costs a call at most, where a wrong match would hide a change.
    """
    if one == two:
        return 100.0
    likeness = fuzz.ratio(one, two)
    if likeness < LIKE or {*stems(one)} != {*stems(two)} or numbers_in(one) != numbers_in(two):
        return 0.0
    return 0.0 if polarity_differs(one, two) else likeness
