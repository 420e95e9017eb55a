"""Queries and the sentences of an article go in; how likely the article addresses each comes out.

A ranking, not a threshold: a threshold on shared words missed two thirds of what
mattered, the best windows of three sentences almost nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.language.words import stems

WINDOW = 3
# Saturation and length normalisation of BM25, chosen on WiCE (benchmarks/quality.py).
_K1, _B = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class _Index:
    """Passages as counted stems, with what BM25 needs to know of all of them."""

    passages: tuple[Counter[str], ...]
    lengths: tuple[int, ...]
    average: float
    idf: dict[str, float]
    unseen: float


def relevance(
    queries: Sequence[str], sentences: Sequence[str], language: str = "en"
) -> list[float]:
    """For each query, how well the best window of three sentences answers it, 0 to 1.

    BM25 over the windows, divided by what a window of nothing but the query would
    reach, so that the values compare over queries. 0 without sentences.
    """
    index = _index(_windows([stems(sentence, language) for sentence in sentences]))
    return [_relevance(index, stems(query, language)) for query in queries]


def best_sentences(query: str, sentences: Sequence[str], k: int, language: str = "en") -> list[int]:
    """Places, from 0, of the k sentences that most likely hold what the query says, best first.

    A sentence counts by itself and by the best window that it stands in: a claim often
    joins what neighbours say.
    """
    said = [stems(sentence, language) for sentence in sentences]
    asked = stems(query, language)
    alone, around = _index(said), _index(_windows(said))
    windows = [_score(around, asked, at) for at in range(len(said))]
    scores = [
        _score(alone, asked, at) + max(windows[max(0, at - WINDOW + 1) : at + 1])
        for at in range(len(said))
    ]
    return sorted(range(len(said)), key=lambda at: -scores[at])[:k]


def _windows(said: Sequence[list[str]]) -> list[list[str]]:
    """The stems of each sentence together with those of the sentences that follow."""
    return [
        [stem for sentence in said[at : at + WINDOW] for stem in sentence]
        for at in range(len(said))
    ]


def _index(said: Sequence[list[str]]) -> _Index:
    passages = tuple(Counter(stems_) for stems_ in said)
    held = Counter(stem for passage in passages for stem in passage)
    count = len(passages)
    return _Index(
        passages=passages,
        lengths=tuple(len(stems_) for stems_ in said),
        average=sum(len(stems_) for stems_ in said) / max(1, count) or 1.0,
        idf={stem: math.log(1 + (count - n + 0.5) / (n + 0.5)) for stem, n in held.items()},
        unseen=math.log(1 + (count + 0.5) / 0.5),
    )


def _score(index: _Index, asked: Sequence[str], at: int) -> float:
    """BM25 of one passage for the distinct stems of a query."""
    passage = index.passages[at]
    norm = _K1 * (1 - _B + _B * index.lengths[at] / index.average)
    return sum(
        index.idf[stem] * passage[stem] * (_K1 + 1) / (passage[stem] + norm)
        for stem in dict.fromkeys(asked)
        if stem in passage
    )


def _relevance(index: _Index, asked: Sequence[str]) -> float:
    itself = sum(index.idf.get(stem, index.unseen) for stem in dict.fromkeys(asked))
    if not itself or not index.passages:
        return 0.0
    best = max(_score(index, asked, at) for at in range(len(index.passages)))
    return min(1.0, best / itself)
