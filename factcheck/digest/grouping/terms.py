"""Articles go in; what each of them says comes out, as a sparse row of weighted terms.

A term is the stem of a word, a number, or two of these in a row. A name is a word as any
other. What stands in most articles of the window tells nothing about one of them, so a term
weighs the more the fewer hold it; a general word list stands for a hundred articles more,
since a window of a dozen cannot know alone which words are rare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from factcheck.digest.grouping.items import Item
from factcheck.language.words import STOP, stem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Ideographs and kana stand alone, as in `language.words`; hyphens and apostrophes split.
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\d+(?:[.,]\d+)*|[^\W\d_]+")
# News tells the event first; the rest of a long text is background or another subject.
_CHARACTERS = 8_000
_LEAD_TERMS = 35
# How often what stands in the title counts, and how often what stands in the lead.
_TITLE, _LEAD = 3, 2
_PAIR_COLUMNS = 2**21
_PAIR, _NUMBER = 0.3, 1.5
_GENERAL, _ARTICLE_WORDS = 60, 300
_CHUNK = 4_000
# An article with fewer distinct words, such as a mere date, is like no other.
_FEWEST = 5


def weigh(items: Sequence[Item]) -> sparse.csr_matrix:
    """A row for each article, of unit length with the terms that no other has, left out here."""
    vocabulary = _Vocabulary()
    parts = [
        _count(vocabulary, items[start : start + _CHUNK])
        for start in range(0, max(len(items), 1), _CHUNK)
    ]
    columns = _PAIR_COLUMNS + len(vocabulary.terms)
    for part in parts:
        part.resize((part.shape[0], columns))
    counts = sparse.vstack(parts, format="csr")
    held = np.bincount(counts.indices, minlength=columns)
    usual = np.zeros(columns)
    usual[_PAIR_COLUMNS:] = _GENERAL * vocabulary.shares()
    weight = np.maximum(np.log((len(items) + _GENERAL + 1) / (held + usual + 0.5)), 0.0)
    weight[:_PAIR_COLUMNS] *= _PAIR
    weight[_PAIR_COLUMNS:][vocabulary.numbers()] *= _NUMBER
    counts.data = ((1 + np.log(counts.data)) * weight[counts.indices]).astype(np.float32)
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    length[np.diff(counts[:, _PAIR_COLUMNS:].indptr) < _FEWEST] = np.inf
    counts.data /= np.repeat(np.where(length > 0, length, 1), np.diff(counts.indptr))
    # What one article alone holds finds nobody.
    return counts[:, np.flatnonzero(held > 1)]


class _Chunks(dict[str, tuple[int, ...]]):
    """What stands between two spaces, with the numbers of its terms, found at the first look-up.

    Looking a chunk up is ten times as fast as searching the text for words.
    """

    def __init__(self, number: Callable[[str], Iterable[int]]) -> None:
        self._number = number

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        found = self[chunk] = tuple(self._number(chunk))
        return found


class _Vocabulary:
    """The distinct terms, numbered as they come."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self._chunks: dict[str, _Chunks] = {}
        self._forms: dict[tuple[str, str], int] = {}

    def read(self, text: str, language: str) -> Iterable[int]:
        """The numbers of the terms of a text, in order, words without content left out."""
        code = language[:2].lower()
        known = self._chunks.setdefault(code, _Chunks(partial(self._number, code)))
        return chain.from_iterable(map(known.__getitem__, text[:_CHARACTERS].split()))

    def _number(self, code: str, chunk: str) -> Iterable[int]:
        for word in _TOKEN.findall(chunk.lower()):
            if word in STOP or (len(word) < 2 and word.isascii() and not word.isdigit()):
                continue
            term = stem(word, code)
            self._forms[word, code] = self.terms.setdefault(term, len(self.terms))
            yield self.terms[term]

    def numbers(self) -> NDArray[np.bool_]:
        """Whether a term is a number."""
        return np.array([term[:1].isdigit() for term in self.terms], dtype=bool)

    def shares(self) -> Floats:
        """The share of articles, in general, that hold a term in any of the forms met."""
        lists = {code: _frequencies(code) for code in {code for _, code in self._forms}}
        frequency = np.zeros(len(self.terms))
        for (word, code), number in self._forms.items():
            frequency[number] += lists[code].get(word, 0.0)
        shares: Floats = 1 - np.exp(-_ARTICLE_WORDS * frequency)
        return shares


def _frequencies(code: str) -> Mapping[str, float]:
    """How often each word is used in a language; nothing where no list is known."""
    from wordfreq import available_languages, get_frequency_dict  # noqa: PLC0415 - slow to load

    known = available_languages("small")
    return get_frequency_dict(code, "small") if code in known else {}


def _count(vocabulary: _Vocabulary, items: Sequence[Item]) -> sparse.csr_matrix:
    """How often each article holds each pair of words, and after these each word."""
    terms: list[int] = []
    places: list[Ints] = []
    for item in items:
        start = len(terms)
        terms.extend(vocabulary.read(item.title, item.language))
        lead = len(terms)
        # No pair goes across the end of a title or a text.
        terms.append(-1)
        terms.extend(vocabulary.read(item.text, item.language))
        terms.append(-1)
        places.append(np.arange(start - lead, len(terms) - lead))
    word = np.array(terms, dtype=np.int64)
    place = np.concatenate(places or [np.zeros(0, np.int64)])
    article = np.repeat(np.arange(len(items)), [len(one) for one in places])
    times = np.select([place < 0, place <= _LEAD_TERMS], [_TITLE, _LEAD], 1).astype(np.float32)
    words = np.flatnonzero(word >= 0)
    pairs = words[word[words + 1] >= 0]  # each text ends with -1
    pair = (word[pairs] * 1_000_003 + word[pairs + 1]) % _PAIR_COLUMNS
    column = np.concatenate((pair, _PAIR_COLUMNS + word[words]))
    at = np.concatenate((pairs, words))
    return sparse.csr_matrix(
        (times[at], (article[at], column)), (len(items), _PAIR_COLUMNS + len(vocabulary.terms))
    )
