"""Two texts go in; how much they say the same, from 0 to 1, comes out, by words alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.distance import JaroWinkler

from factcheck.text.figures import figures
from factcheck.text.numerals import SCALES, SMALL, TENS
from factcheck.text.words import stems

_NUMERALS = frozenset((*SMALL, *TENS, *SCALES))


def idf(texts: Iterable[str], language: str = "en") -> Mapping[str, float]:
    """How rare each stem is in the texts, as the inverse document frequency; for `similarity`."""
    held = [_terms(text, language) for text in texts]
    counts = Counter(term for terms in held for term in terms)
    return {term: math.log(1 + len(held) / count) for term, count in counts.items()}


def similarity(a: str, b: str, weights: Mapping[str, float], language: str = "en") -> float:
    """How well two texts cover each other, 0 to 1, symmetric.

    Each stem, name and number of one text looks for its best match in the other,
    near spellings included, and weighs by its rarity (`weights` from `idf`; what they
    lack counts as rarest). The value is the harmonic mean of both coverages.
    """
    left, right = _terms(a, language), _terms(b, language)
    there, back = _coverage(left, right, weights), _coverage(right, left, weights)
    return 2 * there * back / (there + back) if there and back else 0.0


def _terms(text: str, language: str) -> frozenset[str]:
    # Numbers are compared as figures, so that "two" is "2".
    plain = (stem for stem in stems(text, language) if not stem[0].isdigit())
    return frozenset(stem for stem in plain if stem not in _NUMERALS) | figures(text, language)


def _coverage(
    terms: Collection[str], others: Collection[str], weights: Mapping[str, float]
) -> float:
    if not terms or not others:
        return 0.0
    rarest = max(weights.values(), default=1.0)
    weighed = [(weights.get(term, rarest), _best(term, others)) for term in terms]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * match for weight, match in weighed) / total if total else 0.0


def _best(term: str, others: Collection[str]) -> float:
    """1 for the term itself, less for a near spelling of a longer word, else 0."""
    if term in others:
        return 1.0
    if len(term) < 5 or not term.isalpha():
        return 0.0
    near = (JaroWinkler.similarity(term, other) for other in others if other[:1] == term[:1])
    best = max(near, default=0.0)
    return best if best >= 0.88 else 0.0
