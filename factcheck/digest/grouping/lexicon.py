"""Distinct words go in; what each of them is comes out, as arrays by word number.

How common a word is in general comes from `wordfreq`, so that the few articles of a small
window do not decide alone which words are rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.digest.grouping.tokens import WEEKDAYS, Ints, Tokens
from factcheck.language.calendar import months
from factcheck.language.numerals import WORD_VALUES
from factcheck.language.words import STOP, fold, stem

Floats = NDArray[np.float64]

# The share of the articles that hold a certain number of so many digits.
_NUMBER_COMMON = {1: 0.4, 2: 0.06, 3: 0.02}
_ARTICLE_WORDS = 300


@dataclass(frozen=True)
class Lexicon:
    """What each word is; all arrays go by word number.

    `term`, `name` and `number` hold the number of the stem, the folded proper name and the
    written value, -1 where the word is none. `value`, `month` and `weekday` hold those of a
    date or an age, -1 for none; a number in words has no `value`. `year_word`, `old` and
    `age` mark the words of "12 years old" and "aged 12". The `*_common` arrays hold the
    share of articles, in general, that hold a term, name or number.
    """

    term: Ints
    name: Ints
    number: Ints
    value: Ints
    month: Ints
    weekday: Ints
    year_word: NDArray[np.bool_]
    old: NDArray[np.bool_]
    age: NDArray[np.bool_]
    term_common: Floats
    name_common: Floats
    number_common: Floats


def lexicon(tokens: Tokens) -> Lexicon:
    """Look every distinct word up, once."""
    words = [word for word, _ in tokens.words]
    plain = [word.lower() for word in words]
    frequencies = {code: _frequencies(code) for code in {code for _, code in tokens.words}}
    usual = [
        frequencies[code].get(word, 0.0)
        for word, (_, code) in zip(plain, tokens.words, strict=True)
    ]
    numbers = [_written(word) for word in plain]
    stems = [
        "" if written or _is_plain(word) else stem(word, code)
        for word, written, (_, code) in zip(plain, numbers, tokens.words, strict=True)
    ]
    proper = _proper(tokens, words, plain)
    names = [fold(word) if stems[n] and proper[n] else "" for n, word in enumerate(words)]
    term, name, number = _numbered(stems), _numbered(names), _numbered(numbers)
    return Lexicon(
        term=term,
        name=name,
        number=number,
        value=_array(int(w) if w.isdecimal() and len(w) < 5 else -1 for w in plain),
        month=_array(months().get(word, -1) for word in plain),
        weekday=_array(WEEKDAYS.index(w) if w in WEEKDAYS else -1 for w in plain),
        year_word=np.array([word in ("year", "years") for word in plain]),
        old=np.array([word == "old" for word in plain]),
        age=np.array([word in ("age", "aged") for word in plain]),
        term_common=_common(term, plain, usual),
        name_common=_common(name, plain, usual),
        number_common=_number_common(number, numbers),
    )


def _frequencies(code: str) -> Mapping[str, float]:
    """How often each word is used in a language; nothing where no list is known."""
    from wordfreq import available_languages, get_frequency_dict  # noqa: PLC0415 - slow to load

    known = available_languages("small")
    return get_frequency_dict(code, "small") if code in known else {}


def _written(word: str) -> str:
    """The value of a number in digits or of a small one in words, "" for other words."""
    if word[:1].isdigit():
        return word.replace(",", "")
    return str(WORD_VALUES[word]) if word in WORD_VALUES else ""


def _is_plain(word: str) -> bool:
    """Words without content, and single letters of an alphabet."""
    return word in STOP or (len(word) < 2 and word.isascii())


def _proper(tokens: Tokens, words: Sequence[str], plain: Sequence[str]) -> NDArray[np.bool_]:
    """Whether a word is a proper name: capitalised more often than not, in all bodies.

    Counting over the window stands for looking at each sentence; titles, which capitalise
    as they like, do not count.
    """
    in_body = np.ones(len(tokens.row), dtype=bool)
    for start, body in zip(tokens.starts.tolist(), tokens.bodies.tolist(), strict=False):
        in_body[start:body] = False
    seen = np.bincount(tokens.row[in_body], minlength=len(words))
    capital = np.array([word != low for word, low in zip(words, plain, strict=True)])
    form = _numbered(plain)
    balance = np.zeros(form.max(initial=0) + 1)
    np.add.at(balance, form, np.where(capital, seen, -seen))
    calendar = np.array([word in months() or word in WEEKDAYS for word in plain])
    proper: NDArray[np.bool_] = capital & (balance[form] > 0) & ~calendar
    return proper


def _numbered(labels: Sequence[str]) -> Ints:
    """Labels as numbers, equal for equal labels; -1 for empty ones."""
    known = {label: n for n, label in enumerate(dict.fromkeys(filter(None, labels)))}
    return _array(known.get(label, -1) for label in labels)


def _array(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _common(ids: Ints, plain: Sequence[str], usual: Sequence[float]) -> Floats:
    """The share of articles that hold a word, by the frequency of all its forms."""
    forms: dict[str, tuple[int, float]] = {}
    for word, n, frequency in zip(plain, ids.tolist(), usual, strict=True):
        if n >= 0:
            forms[word] = (n, max(frequency, forms.get(word, (n, 0.0))[1]))
    total = np.zeros(ids.max(initial=-1) + 1)
    for n, frequency in forms.values():
        total[n] += frequency
    common: Floats = 1 - np.exp(-_ARTICLE_WORDS * total)
    return common


def _number_common(ids: Ints, written: Sequence[str]) -> Floats:
    """The share of articles that hold a number: the shorter, the more; and years."""
    common = np.zeros(ids.max(initial=-1) + 1)
    for n, number in zip(ids.tolist(), written, strict=True):
        if n >= 0:
            year = len(number) == 4 and number[:2] in ("19", "20")
            common[n] = 0.05 if year else _NUMBER_COMMON.get(len(number), 0.002)
    return common
