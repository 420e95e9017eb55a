"""Weighted texts go in; the pairs of articles that are worth scoring come out.

The cost of an article is bounded, whatever the size of the window: it is compared by its
rarest terms only, as many of them as together stand in some thousand articles.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from factcheck.digest.grouping.items import WINDOW
from factcheck.digest.grouping.terms import Floats, Ints

# Each article has at least so many neighbours, and more where the window is small.
_NEIGHBOURS, _MOST, _PAIRS = 30, 300, 1_000_000
_TERMS = 80
_POSTINGS = 8_000
_LEAST = 0.01
_THREADS = 2
# Articles are looked up in slices of so many days, so that a long archive stays linear.
_SLICE = 7
_CHUNK = 50_000
_ROWS = 10_000


def candidates(text: sparse.csr_matrix, day: Floats, new: Ints) -> tuple[Ints, Ints, Floats]:
    """The nearest neighbours of each new row among all rows, a < b, with their cosines.

    `text` has unit rows, `day` is the day of publication, NaN where unknown; rows further
    apart than the window are left out. Each pair comes once, in order.
    """
    index = _heaviest(text)
    pairs = [_nearest(index, rows, near) for rows, near in _slices(day, new)]
    a, b = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    code = np.sort(np.minimum(a, b) * text.shape[0] + np.maximum(a, b))
    code = code[np.diff(code, prepend=-1) > 0]
    a, b = code // text.shape[0], code % text.shape[0]
    apart = np.abs(day[a] - day[b]) > WINDOW.days
    a, b = a[~apart & (a != b)], b[~apart & (a != b)]
    return a, b, _cosines(text, a, b)


def _cosines(text: sparse.csr_matrix, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    for start in range(0, len(a), _CHUNK):
        part = slice(start, start + _CHUNK)
        found[part] = np.asarray(text[a[part]].multiply(text[b[part]]).sum(axis=1)).ravel()
    return found


def _slices(day: Floats, new: Ints) -> list[tuple[Ints, Ints]]:
    """New rows by week, each with the rows that are near enough in time."""
    undated = np.isnan(day)
    slices = [(new[undated[new]], np.arange(len(day)))]
    dated = new[~undated[new]]
    week = np.floor(day[dated] / _SLICE)
    for one in np.unique(week):
        low = one * _SLICE - WINDOW.days
        near = undated | ((day >= low) & (day <= low + _SLICE + 2 * WINDOW.days))
        slices.append((dated[week == one], np.flatnonzero(near)))
    return slices


def _nearest(index: sparse.csr_matrix, rows: Ints, near: Ints) -> tuple[Ints, Ints]:
    if not len(rows):
        return rows, rows
    among = index[near]
    held = np.bincount(among.indices, minlength=index.shape[1])
    found = sp_matmul_topn(
        _affordable(index[rows], held),
        among.T.tocsr(),
        top_n=min(max(_PAIRS // len(near), _NEIGHBOURS), _MOST) + 1,
        threshold=_LEAST,
        sort=True,
        n_threads=_THREADS,
    ).tocoo()
    return rows[found.row].astype(np.int64), near[found.col].astype(np.int64)


def _heaviest(text: sparse.csr_matrix) -> sparse.csr_matrix:
    """Each row with its heaviest terms only."""
    parts = [text[start : start + _ROWS] for start in range(0, text.shape[0], _ROWS)]
    return sparse.vstack(
        [_first(part, -part.data, np.ones(part.nnz, np.int64), _TERMS) for part in parts],
        format="csr",
    )


def _affordable(text: sparse.csr_matrix, held: Ints) -> sparse.csr_matrix:
    """Each row with its rarest terms, as long as they stand in few enough articles together."""
    cost = held[text.indices]
    return _first(text, cost / (cost.max(initial=0) + 1), cost, _POSTINGS)


def _first(text: sparse.csr_matrix, rank: Floats, cost: Ints, limit: int) -> sparse.csr_matrix:
    """Each row with its terms of lowest rank, as long as they cost no more than a limit.

    All ranks lie within one unit, so that a single sort keeps the rows apart.
    """
    lengths = np.diff(text.indptr)
    order = np.argsort(np.repeat(np.arange(text.shape[0]), lengths) + rank, kind="stable")
    spent = np.append(0, np.cumsum(cost[order]))
    dear = spent[1:] - np.repeat(spent[text.indptr[:-1]], lengths) > limit
    found = text.copy()
    found.data[order[dear]] = 0
    found.eliminate_zeros()
    return found
