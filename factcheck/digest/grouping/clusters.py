"""Scored pairs go in; groups of articles come out, under numbers that last.

Each score is set against the best ones of its two articles, then groups are joined as long
as their articles are near enough on average. What hangs together and stands clear of all else
needs a little less: a story that fills a small inbox makes its own words look common there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from factcheck.digest.grouping.items import Link

# Chosen on the development sets; see docs/stories.md.
NEAR = 0.28
# So much less is enough where every pair of some articles is nearer than any that leads out.
_CLEAR = 0.03
# Between these, code is unsure: docs/stories.md, "What a model confirms".
UNSURE = (0.2, 0.36)
_LOCAL, _BEST = 0.2, 2
# An article that is like nothing is not drawn to whatever is least unlike it.
_FLOOR = 0.1
# An article with so many links has no room for more: those missing are at most as near as
# the farthest of these.
_FULL = 30
# More articles than this are first parted where they hang together least.
_DENSE, _STEP = 3_000, 0.05


def cluster(
    keys: Sequence[str], links: Iterable[Link], near: float = NEAR
) -> tuple[frozenset[str], ...]:
    """The groups that the articles with these keys form, largest first, singles included.

    Links with other keys are left out. The order of keys and links makes no difference.
    """
    order = sorted(set(keys))
    number = {key: at for at, key in enumerate(order)}
    known = [one for one in links if one.a in number and one.b in number]
    if not known:
        return tuple(frozenset((key,)) for key in order)
    ends = np.array([[number[one.a] for one in known], [number[one.b] for one in known]])
    score = np.array([one.score for one in known])
    home = _originals(len(order), ends[:, score >= 1])
    groups: defaultdict[int, set[str]] = defaultdict(set)
    joined = _join(_graph(home[ends], score, len(order)), near)
    for key, group in zip(order, joined[home].tolist(), strict=True):
        groups[group].add(key)
    return tuple(map(frozenset, sorted(groups.values(), key=lambda g: (-len(g), min(g)))))


def doubts(
    keys: Sequence[str], links: Sequence[Link], between: tuple[float, float] = UNSURE
) -> tuple[tuple[frozenset[str], ...], ...]:
    """Where the groups hang on a nearness between two values: the parts of each such place.

    The articles of a part are nearer than that, those of two places farther: the wider the span,
    the more surely the first are one story and the second are not. From 0 on all is one place.
    """
    least, most = between
    parts = cluster(keys, links, most)
    part_of = {key: part for part in parts for key in part}
    places = cluster(keys, links, least) if least > 0 else (frozenset(keys),)
    found = [tuple(dict.fromkeys(part_of[key] for key in sorted(place))) for place in places]
    return tuple(several for several in found if len(several) > 1)


def follow(
    clusters: Sequence[frozenset[str]], previous: Mapping[int, frozenset[str]], next_number: int
) -> dict[int, frozenset[str]]:
    """Give each group the number of the story that it goes on, or a new one.

    `previous` holds the stories of the last edition. The pair with most articles in common is
    settled first, so the larger part of a story keeps its number, and a group that several
    stories run into takes that of the largest, of equal ones the oldest.
    """
    groups = sorted(clusters, key=lambda g: (-len(g), min(g, default="")))
    home = {article: story for story, articles in previous.items() for article in articles}
    shared = Counter(
        (home[article], at)
        for at, group in enumerate(groups)
        for article in group
        if article in home
    )
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    for story, at in sorted(shared, key=lambda p: (-shared[p], -len(previous[p[0]]), *p)):
        if at not in numbers and story not in taken:
            numbers[at] = story
            taken.add(story)
    unknown = (at for at in range(len(groups)) if at not in numbers)
    numbers |= {at: number for number, at in enumerate(unknown, start=next_number)}
    return {numbers[at]: group for at, group in enumerate(groups)}


def _originals(articles: int, copies: Any) -> Any:
    """For each article the one that it is a copy of, or itself; copies count as one."""
    graph = sparse.coo_matrix((np.ones(copies.shape[1]), copies), (articles, articles))
    of = connected_components(graph, directed=False)[1]
    return np.unique(of, return_index=True)[1][of]


def _graph(ends: Any, score: Any, articles: int) -> Any:
    """The best score of each pair, both ways; none of an article with itself."""
    low, high = np.sort(ends, axis=0)
    best = np.lexsort((-score, high, low))
    first = np.diff(low[best] * articles + high[best], prepend=-1) > 0
    best = best[first & (low < high)[best]]
    graph = sparse.csr_matrix((score[best], (low[best], high[best])), (articles, articles))
    return graph + graph.T


def _join(graph: Any, near: float) -> Any:
    """For each article the number of its group."""
    articles = graph.shape[0]
    rows = np.split(graph.data, graph.indptr[1:-1])
    usual = np.array([_mean_of_best(row) for row in rows])
    graph.data /= (np.repeat(usual, np.diff(graph.indptr)) * usual[graph.indices]) ** _LOCAL
    np.minimum(graph.data, 1, out=graph.data)
    rows = np.split(graph.data, graph.indptr[1:-1])
    last = np.array([row.min() if len(row) >= _FULL else 0.0 for row in rows])
    parts = [*_parts(graph, np.arange(articles), near)]
    part_of = np.arange(articles)
    for part in parts:
        part_of[part] = part[0]
    leading_out = graph.copy()
    leading_out.data[np.repeat(part_of, np.diff(graph.indptr)) == part_of[graph.indices]] = 0
    out = leading_out.max(axis=1).toarray().ravel()
    joined = np.arange(articles)
    for part in parts:
        joined[part] = part[_group(graph[part][:, part], last[part], near, out[part].max())]
    return joined


def _mean_of_best(scores: Any) -> float:
    best = np.sort(scores)[-_BEST:]
    return max(float(best.mean()), _FLOOR) if len(best) else _FLOOR


def _parts(graph: Any, rows: Any, least: float) -> Iterator[Any]:
    """The articles that hang together by near pairs, two or more; no group goes across."""
    kept = graph[rows][:, rows]
    kept.data[kept.data < least] = 0
    kept.eliminate_zeros()
    part = connected_components(kept, directed=False)[1]
    order = np.argsort(part, kind="stable")
    for one in np.split(rows[order], np.flatnonzero(np.diff(part[order])) + 1):
        if len(one) > _DENSE and least < 1:
            yield from _parts(graph, one, least + _STEP)
        elif 1 < len(one) <= _DENSE:
            yield one


def _group(graph: Any, last: Any, near: float, out: float) -> Any:
    """For each article of a part the place of the first of its group.

    `out` is the score of the nearest pair that leads out of the part.
    """
    known = graph.toarray()
    score = np.where(known > 0, known, np.minimum(last[:, None], last[None, :]))
    np.fill_diagonal(score, 1)
    far = squareform(1 - score, checks=False)
    least = near - _CLEAR if score.min() > out else near
    group = fcluster(linkage(far, "average"), 1 - least, "distance")
    return np.unique(group, return_index=True)[1][group - 1]
