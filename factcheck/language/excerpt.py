"""The part of a long sentence that carries what it is quoted for.

The sentence is chosen elsewhere; here it is only cut, verbatim, with a mark for what is left out.
"""

from __future__ import annotations

import re

CUT = "[…]"
LEAST_CUT = 3
"""Words at least that are left out: fewer are not worth the mark."""
STEM = 5
"""Letters that two words must share at their start to be taken for one word."""


def excerpt(sentence: str, most: int, subject: str = "") -> str:
    """A sentence of about `most` words as it is, or the stretch of it nearest to a subject.

    The stretch holds most of the subject's words; among equals the sentence's beginning leads,
    then a stretch that begins with a clause, then the one with these words in its middle.
    """
    words = sentence.split()
    if len(words) < most + LEAST_CUT:
        return sentence
    sought = stems(subject)
    found = [stems(word) & sought for word in words]
    starts = range(len(words) - most + 1)

    def worth(start: int) -> tuple[int, bool, bool, int]:
        held = frozenset[str]().union(*found[start : start + most])
        at = [n for n in range(start, start + most) if found[n]]
        clause = start > 0 and not words[start - 1][-1].isalnum()
        middle = -abs(at[0] + at[-1] - 2 * start - most) if at else -start
        return len(held), start == 0, clause, middle

    start = max(starts, key=worth)
    before, after = start > 0, start + most < len(words)
    return " ".join([CUT] * before + words[start : start + most] + [CUT] * after)


def stems(text: str) -> frozenset[str]:
    """How the words of a text begin: letters in lower case, and whole numbers."""
    return frozenset(
        word if word[0].isdigit() else word[:STEM]
        for word in re.findall(r"\w+", text.casefold())
        if len(word) > 3 or word[0].isdigit()
    )
