"""Fields of two articles go in; how likely they report one event comes out.

A logistic regression over likenesses between 0 and 1. Signs are constrained: what is alike
can only speak for one event, what conflicts only against it. The weights stand in
weights.json; `benchmarks/stories.py --train` makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from factcheck.digest.grouping.fields import Fields
from factcheck.digest.grouping.items import WINDOW
from factcheck.digest.grouping.lexicon import Floats
from factcheck.digest.grouping.neighbours import Rows

# Name, and whether it speaks for (1) or against (-1) one event.
SIGNS = {
    "text": 1,
    "title": 1,
    "lead": 1,
    "lead_in": 1,
    "names": 1,
    "names_in": 1,
    "opening": 1,
    "opening_apart": -1,
    "numbers": 1,
    "dates": 1,
    "dates_apart": -1,
    "age": 1,
    "age_apart": -1,
    "gap": -1,
}
_CHUNK = 50_000


@dataclass(frozen=True)
class Weights:
    """The weight of each likeness, in the order of `SIGNS`, and the intercept."""

    likeness: tuple[float, ...]
    intercept: float


def shipped() -> Weights:
    """The weights that come with the package."""
    shipped_file = files("factcheck.digest.grouping") / "weights.json"
    raw = json.loads(shipped_file.read_text(encoding="utf-8"))
    return Weights(tuple(raw["weights"][name] for name in SIGNS), raw["intercept"])


def scores(fields: Fields, day: Floats, a: Rows, b: Rows, weights: Weights) -> Floats:
    """The probability for each pair of rows; never quite 1."""
    found = np.zeros(len(a))
    all_fields = measured(fields)
    for start in range(0, len(a), _CHUNK):
        part = slice(start, start + _CHUNK)
        z = likenesses(all_fields, day, a[part], b[part]) @ np.array(weights.likeness)
        found[part] = 1 / (1 + np.exp(-z - weights.intercept))
    return np.minimum(found, 0.999)


@dataclass(frozen=True)
class Measured:
    """A field with the length of each row as a vector, and the sum of its weights."""

    field: sparse.csr_matrix
    length: Floats
    total: Floats


def measured(all_fields: Fields) -> dict[str, Measured]:
    """All fields by name, ready for `likenesses`."""
    return {
        name: Measured(field, np.sqrt(_sums(field.multiply(field))), _sums(field))
        for name, field in vars(all_fields).items()
    }


def likenesses(fields: Mapping[str, Measured], day: Floats, a: Rows, b: Rows) -> Floats:
    """A row for each pair, a column for each of `SIGNS`.

    `day` is that of publication, NaN where unknown; an unknown day has no gap.
    """
    opening, opening_known = _cosine(fields["opening"], a, b)
    dates, dates_known = _cosine(fields["dates"], a, b)
    ages, ages_known = _cosine(fields["ages"], a, b)
    gap = np.nan_to_num(np.abs(day[a] - day[b]), nan=0.0)
    found = {
        "text": _cosine(fields["text"], a, b)[0],
        "title": _cosine(fields["title"], a, b)[0],
        "lead": _cosine(fields["lead"], a, b)[0],
        "lead_in": _contained(fields["lead"], a, b),
        "names": _cosine(fields["names"], a, b)[0],
        "names_in": _contained(fields["names"], a, b),
        "opening": opening,
        "opening_apart": opening_known & (opening == 0),
        "numbers": _cosine(fields["numbers"], a, b)[0],
        "dates": dates,
        "dates_apart": dates_known & (dates == 0),
        "age": ages > 0,
        "age_apart": ages_known & (ages == 0),
        "gap": np.minimum(gap / WINDOW.days, 1.0),
    }
    return np.column_stack([found[name] for name in SIGNS]).astype(np.float64)


def _cosine(of: Measured, a: Rows, b: Rows) -> tuple[Floats, NDArray[np.bool_]]:
    """The cosine of each pair, 0 where one has nothing, and whether both have something."""
    product = of.length[a] * of.length[b]
    shared = _sums(of.field[a].multiply(of.field[b]))
    return shared / np.maximum(product, 1e-9), product > 0


def _contained(of: Measured, a: Rows, b: Rows) -> Floats:
    """How much of the lighter one of each pair the other one holds."""
    lighter = np.minimum(of.total[a], of.total[b])
    return _sums(of.field[a].minimum(of.field[b])) / np.maximum(lighter, 1e-9)


def _sums(field: sparse.csr_matrix) -> Floats:
    return np.asarray(field.sum(axis=1), dtype=np.float64).ravel()
