"""Decide whether two spellings can be one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from factcheck.language.words import fold, split_table

TITLES = split_table(
    """mr mrs ms miss dr prof professor sir dame lord lady president premier chancellor minister
    prime foreign defence defense secretary state general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt admiral governor gov senator sen representative rep congressman
    congresswoman mayor judge justice king queen prince princess pope cardinal bishop rev reverend
    chief director ambassador spokesman spokeswoman spokesperson speaker chairman chairwoman
    commissioner deputy vice former ex acting analyst adviser advisor presidential expert
    security police inspector detective sheriff officer""",
)
POSSESSIVE = re.compile(r"'s?$")


def same_name(a: str, b: str) -> bool:
    """Whether two names can name one person or body, by spelling alone.

    Titles are ignored; a surname fits a full name; initials fit; transliterations
    and one slip in a long name are tolerated. Two different first names, or two
    different surnames, do not fit. An empty name fits none.
    """
    left, right = _list_core(a), _list_core(b)
    if not (left and right and same_word(left[-1], right[-1])):
        return False
    shorter, longer = sorted((left[:-1], right[:-1]), key=len)
    return _stand_in_order(shorter, longer)


def name_keys(name: str) -> frozenset[str]:
    """Keys for an index of names: two that `same_name` joins have one in common."""
    core = _list_core(name)
    return frozenset({_unify_spelling(core[-1])[:1]}) if core else frozenset()


def _stand_in_order(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the given names of one, if any, stand in the other, in order, initials included."""
    rest: Iterable[str] = iter(longer)
    return all(any(_are_one_given(word, other) for other in rest) for word in shorter)


def _are_one_given(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return same_word(a, b)


@lru_cache(maxsize=10_000)
def _list_core(name: str) -> tuple[str, ...]:
    """Folded words of a name without titles; of nothing but titles, the titles."""
    bare = re.sub(r"(\w)\.(?=\w\.)", r"\1. ", fold(name))
    said = [POSSESSIVE.sub("", w.strip(".")) for w in re.findall(r"[\w.'-]+", bare)]
    said = [w for w in said if w and w not in ("the", "of", "and")]
    return tuple(w for w in said if w not in TITLES) or tuple(said)


@lru_cache(maxsize=50_000)
def _unify_spelling(word: str) -> str:
    """One spelling for the transliterations of a word: Kiev and Kyiv, Podolyak and Podoliak."""
    word = fold(word)
    for pattern, plain in _TRANSLITERATION:
        word = pattern.sub(plain, word)
    return word


_TRANSLITERATION = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^k[iy][iy]?e?[iy]?v$", "kyiv"),
        (r"^peking$", "beijing"),
        (r"[-']", ""),
        (r"(?<=[td])ine$", "in"),
        (r"(?:iy|yy|ij|yj|ii|yi|ey|ei|ai|ay|i|y|j)$", "i"),
        (r"(?:ia|ya|ja|ija|iya)", "a"),
        (r"(?:iu|yu|ju|ou)", "u"),
        (r"(?:ie|ye|je)", "e"),
        (r"[yj]", "i"),
        (r"kh", "h"),
        (r"(?:tsch|tch|cz)", "ch"),
        (r"w|ff$|v$", "v"),
        (r"ks", "x"),
        # Ukrainian h is Russian g: Serhiy, Sergei.
        (r"(?<=[aeiour])h(?=[aeiour])", "g"),
        (r"(.)\1", r"\1"),
    )
)


@lru_cache(maxsize=200_000)
def same_word(a: str, b: str) -> bool:
    """Whether two folded words are transliterations or, if long, one slip apart."""
    left, right = _unify_spelling(a), _unify_spelling(b)
    if left == right:
        return True
    shorter = min(len(left), len(right))
    return shorter >= 6 and left[0] == right[0] and OSA.distance(left, right, score_cutoff=1) <= 1
