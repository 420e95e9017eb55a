"""The part of a long sentence that carries what it is quoted for.

The sentence is chosen elsewhere; here it is only cut, verbatim, with a mark for what is left out.
"""

from __future__ import annotations

import re

from factcheck.language.quantities import numbers_in

CUT = "[…]"
LEAST_CUT = 3
"""Words at least that are left out: fewer are not worth the mark."""
LEAST_CLAUSE = 4
"""Words of a clause at least to stand by itself."""
OPENING = '„“«"‘'
CLOSING = '.;:!?”“»"’'
"""What ends more than a comma does: a sentence, direct speech."""
STEM = 5
"""Letters that two words must share at their start to be taken for one word."""


def excerpt(sentence: str, most: int, subject: str = "") -> str:
    """A sentence of about `most` words as it is, or the stretch of it nearest to a subject.

    The stretch holds most of the subject's numbers, then of its words, one fewer if it is whole
    clauses, then with these words in its middle. One that begins the sentence, where "nobody" and
    "not" stand, is preferred unless it lacks such a number or another holds more than twice as
    many of them. Where none holds any it is as long as may be; where few are held, as in another
    language, it is the direct speech behind a colon.
    """
    words = sentence.split()
    if len(words) < most + LEAST_CUT:
        return sentence
    sought = stems(subject)
    found = [stems(word) & sought for word in words]
    # A clause ends with a word whose last character is no letter, digit or hyphen.
    ends = (n for n, w in enumerate(words, 1) if not w[-1].isalnum() and w[-1] not in "-'’%")
    bounds = {0, *ends, len(words)}
    clauses = {
        (start, end)
        for start in bounds
        for end in range(start + LEAST_CLAUSE, start + most + 1)
        if end in bounds
    }
    windows = {(start, start + most) for start in range(len(words) - most + 1)}
    speech = find_speech(words)
    if speech and len(frozenset[str]().union(*found)) < LEAST_CLAUSE:
        end = min(len(words), speech + most)
        return " ".join([CUT, *words[speech:end], *[CUT] * (end < len(words))])
    if not any(found):  # as of another language: the beginning, to the end of a clause
        end = max((end for start, end in clauses if start == 0), default=most)
        return " ".join([*words[:end], CUT])

    def count_held(stretch: tuple[int, int]) -> int:
        return len(frozenset[str]().union(*found[slice(*stretch)]))

    counted = numbers_in(subject)

    def count_numbers(stretch: tuple[int, int]) -> int:
        return len(numbers_in(" ".join(words[slice(*stretch)])) & counted) if counted else 0

    def rank(stretch: tuple[int, int]) -> tuple[int, int, bool, bool, bool, int, int]:
        start, end = stretch
        held = count_held(stretch)
        at = [n for n in range(start, end) if found[n]]
        middle = -abs(at[0] + at[-1] - start - end) if at else -start
        whole = stretch in clauses
        closed = whole and (end == len(words) or words[end - 1][-1] in CLOSING)
        apart = end - start if whole else 0
        worth = held + whole + (start == 0) if held else 0
        return count_numbers(stretch), worth, start == 0, start in bounds, closed, apart, middle

    stretches = sorted(clauses | windows)
    best = max(stretches, key=rank)
    first = max((one for one in stretches if one[0] == 0), key=rank)
    lacks = count_numbers(first) < count_numbers(best)
    start, end = first if 2 * count_held(first) >= count_held(best) and not lacks else best
    return " ".join([CUT] * (start > 0) + words[start:end] + [CUT] * (end < len(words)))


def find_speech(words: list[str]) -> int:
    """Where direct speech begins behind a colon, if clauses are left of it; else 0."""
    begins = (n for n in range(1, len(words)) if words[n - 1][-1] == ":" and words[n][0] in OPENING)
    return next((n for n in begins if len(words) - n >= LEAST_CLAUSE), 0)


def stems(text: str) -> frozenset[str]:
    """How the words of a text begin, letters in lower case, and its numbers in digits."""
    return numbers_in(text) | {
        word if word[0].isdigit() else word[:STEM]
        for word in re.findall(r"\w+", text.casefold())
        if len(word) > 3 or word[0].isdigit()
    }
