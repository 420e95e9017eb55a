"""Tokens go in; the fields of each article come out, as weighted sparse rows.

Each field has a column for every term, name, number, date or age; the weight of a count
is its logarithm times the inverse document frequency, pooled from the window and a general
word list that stands for some 5,000 articles more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from factcheck.digest.grouping.lexicon import Floats, Lexicon
from factcheck.digest.grouping.tokens import BREAK, Ints, Tokens

_GENERAL = 5_000
_LEAD_WORDS = 60
# Dates are columns: month and day, then weekdays, then years.
_DAYS, _YEARS, _DATE_COLUMNS = 13 * 32, 13 * 32 + 7, 13 * 32 + 7 + 200
_DATE_COMMON = np.repeat((0.02, 0.3, 0.05), (_DAYS, 7, 200))
_AGES = 111
_CHUNK = 4_000


@dataclass(frozen=True)
class Fields:
    """The fields of all articles, a row for each; `opening` are the names in title and lead.

    `ages` holds ones.
    """

    text: sparse.csr_matrix
    title: sparse.csr_matrix
    lead: sparse.csr_matrix
    names: sparse.csr_matrix
    opening: sparse.csr_matrix
    numbers: sparse.csr_matrix
    dates: sparse.csr_matrix
    ages: sparse.csr_matrix


@dataclass(frozen=True)
class _Stretch:
    """The words of some articles: their numbers, articles, and places within title or body."""

    row: Ints
    article: NDArray[np.int64]
    place: NDArray[np.int64]
    in_title: NDArray[np.bool_]
    articles: int


def fields(tokens: Tokens, words: Lexicon) -> Fields:
    """Count every field, some thousand articles at a time, and weigh the counts."""
    articles = len(tokens.bodies)
    parts = [
        _counts(_stretch(tokens, start, min(start + _CHUNK, articles)), words)
        for start in range(0, max(articles, 1), _CHUNK)
    ]
    counted = {
        name: sparse.vstack([part[name] for part in parts], format="csr") for name in parts[0]
    }
    term_idf = _idf(counted["text"], words.term_common)
    name_idf = _idf(counted["names"], words.name_common)
    return Fields(
        **{name: _weighed(counted[name], term_idf) for name in ("text", "title", "lead")},
        **{name: _weighed(counted[name], name_idf) for name in ("names", "opening")},
        numbers=_weighed(counted["numbers"], _idf(counted["numbers"], words.number_common)),
        dates=_weighed(counted["dates"], _idf(counted["dates"], _DATE_COMMON)),
        ages=counted["ages"].sign(),
    )


def _stretch(tokens: Tokens, first: int, last: int) -> _Stretch:
    starts, bodies = tokens.starts[first : last + 1], tokens.bodies[first:last]
    row = tokens.row[starts[0] : starts[-1]]
    article = np.repeat(np.arange(last - first), np.diff(starts))
    at = np.arange(starts[0], starts[-1])
    in_title = at < bodies[article]
    return _Stretch(
        row=row,
        article=article,
        place=at - np.where(in_title, starts[:-1][article], bodies[article]),
        in_title=in_title,
        articles=last - first,
    )


def _counts(part: _Stretch, words: Lexicon) -> dict[str, sparse.csr_matrix]:
    """The counts of every field."""
    term, name = words.term[part.row], words.name[part.row]
    opens = part.in_title | (part.place < _LEAD_WORDS)
    columns, used = _dates(part, words)
    number = np.where(used, -1, words.number[part.row])
    everywhere = np.ones(len(part.row), dtype=bool)
    terms, names = len(words.term_common), len(words.name_common)
    return {
        "text": _table(part, term, everywhere, terms),
        "title": _table(part, term, part.in_title, terms),
        "lead": _table(part, term, opens & ~part.in_title, terms),
        "names": _table(part, name, everywhere, names),
        "opening": _table(part, name, opens, names),
        "numbers": _table(part, number, everywhere, len(words.number_common)),
        "dates": sum(_table(part, column, everywhere, _DATE_COLUMNS) for column in columns),
        "ages": _table(part, _ages(part, words), everywhere, _AGES),
    }


def _table(
    part: _Stretch, column: NDArray[np.integer], where: NDArray[np.bool_], columns: int
) -> sparse.csr_matrix:
    kept = where & (column >= 0)
    ones = np.ones(np.count_nonzero(kept), dtype=np.float32)
    shape = (part.articles, max(columns, 1))
    return sparse.csr_matrix((ones, (part.article[kept], column[kept])), shape=shape)


def _next(values: NDArray[np.integer], by: int) -> NDArray[np.integer]:
    """What stands so many places further on, -1 past the end."""
    moved = np.full_like(values, -1)
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def _dates(
    part: _Stretch, words: Lexicon
) -> tuple[tuple[NDArray[np.integer], ...], NDArray[np.bool_]]:
    """Columns of days, weekdays and years, and which numbers they use."""
    value, month = words.value[part.row], words.month[part.row]
    weekday = words.weekday[part.row]
    day = np.where((value >= 1) & (value <= 31), value, -1)
    year = np.where((value >= 1900) & (value < 2100), value, -1)
    after, before = _next(day, 1), _next(day, -1)
    later = (month > 0) & (after > 0)
    earlier = (month > 0) & ~later & (before > 0)
    numeric = (year > 0) & (_next(value, 1) >= 1) & (_next(value, 1) <= 12) & (_next(day, 2) > 0)
    dated = np.where(later, after, np.where(earlier, before, np.where(numeric, _next(day, 2), -1)))
    of_month = np.where(numeric, _next(value, 1), month)
    columns = (
        np.where(dated > 0, of_month * 32 + dated, -1),
        np.where(weekday >= 0, _DAYS + weekday, -1),
        np.where(year > 0, _YEARS + year - 1900, -1),
    )
    used = (year > 0) | (_next(later.astype(int), -1) > 0) | (_next(earlier.astype(int), 1) > 0)
    return columns, used


def _ages(part: _Stretch, words: Lexicon) -> NDArray[np.integer]:
    """The age where a text says "12 years old", "12-year-old", "aged 12", "age of 12"."""
    row = part.row
    value = words.value[row]
    old = words.year_word[_next(row, 1)] & words.old[_next(row, 2)]
    aged = words.age[_next(row, -1)] | (words.age[_next(row, -2)] & (row != BREAK))
    return np.where((value >= 1) & (value < _AGES) & (old | aged), value, -1)


def _idf(counted: sparse.csr_matrix, common: Floats) -> Floats:
    """How rare each column is, in the window and in general, at least 0."""
    held = np.bincount(counted.indices, minlength=counted.shape[1])
    general = np.zeros(counted.shape[1])
    general[: len(common)] = common
    articles = counted.shape[0] + _GENERAL
    weights: Floats = np.maximum(np.log((articles + 1) / (held + _GENERAL * general + 0.5)), 0.0)
    return weights


def _weighed(counted: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    counted.data = ((1 + np.log(counted.data)) * idf[counted.indices]).astype(np.float32)
    counted.sort_indices()
    return counted
