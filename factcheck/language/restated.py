"""Two sentences in, whether they are one statement in nearly the same words out; strictly.

For matching a claim or finding with itself after an edit or a second reading. In doubt it
is another one: that costs a call at most, where a wrong match would hide a change.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from factcheck.language.cues import polarity_differs
from factcheck.language.quantities import numbers_in
from factcheck.language.words import stems

# Likeness of the letters, 0 to 100: the same words in another order may say another thing.
LIKE = 80.0


def score_restated(one: str, two: str) -> float:
    """How like two sentences are, 0 to 100; 0 unless their words, figures and "not" agree."""
    if one == two:
        return 100.0
    likeness = fuzz.ratio(one, two)
    if likeness < LIKE or {*stems(one)} != {*stems(two)} or numbers_in(one) != numbers_in(two):
        return 0.0
    return 0.0 if polarity_differs(one, two) else likeness
