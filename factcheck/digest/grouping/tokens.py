"""Items go in; one long row of word numbers comes out, for counting whole arrays at once.

A tokeniser of its own beside `text.words`: that one reads an article in about two
milliseconds together with stems, names and numbers, and 100,000 articles have less than a
minute. Here a word is only looked up; what it is (its stem, whether it is a name, a number,
a month) is found out once for each distinct word, not for each place where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from factcheck.digest.grouping.items import Item
from factcheck.language.calendar import months

Ints = NDArray[np.int32]

# Ideographs and kana stand alone, as in `text.words`; hyphens and apostrophes split.
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\d+(?:[.,]\d+)*|[^\W\d_]+")
# News tells the event first; the rest of a long text is background or another subject.
_CHARACTERS = 8_000
_TITLE_WORDS = 30
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BREAK = 0


@dataclass(frozen=True)
class Tokens:
    """All words of the items, as numbers, in one row.

    `row` holds for each article the words of its title, BREAK, those of its body, BREAK.
    Article i starts at `starts[i]`, its body at `bodies[i]`; `starts` has one more entry,
    the length of the row. `words` are the distinct words, each with its language code, by
    their number; that of BREAK is empty.
    """

    row: Ints
    starts: NDArray[np.int64]
    bodies: NDArray[np.int64]
    words: tuple[tuple[str, str], ...]


def tokenise(items: Sequence[Item]) -> Tokens:
    """The words of all items, case kept."""
    words: dict[tuple[str, str], int] = {("", ""): BREAK}
    readers: dict[str, _Chunks] = {}
    parts, starts, bodies, at = [], [0], [], 0
    for item in items:
        code = item.language[:2].lower()
        reader = readers.setdefault(code, _Chunks(code, words))
        title, body = _title_and_body(item)
        head = reader.read(title)[:_TITLE_WORDS]
        parts.append(np.array([*head, BREAK, *reader.read(body), BREAK], dtype=np.int32))
        bodies.append(at + len(head) + 1)
        at += len(parts[-1])
        starts.append(at)
    return Tokens(
        row=np.concatenate(parts) if parts else np.zeros(0, np.int32),
        starts=np.array(starts, dtype=np.int64),
        bodies=np.array(bodies, dtype=np.int64),
        words=tuple(words),
    )


class _Chunks(dict[str, tuple[int, ...]]):
    """What stands between two spaces, in one language, with the numbers of its words.

    Looking chunks up is ten times as fast as searching the text for words.
    """

    def __init__(self, code: str, words: dict[tuple[str, str], int]) -> None:
        """Share the numbers of all words, `words`, with other languages."""
        super().__init__()
        self._code, self._words = code, words

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        """Read a chunk that was not met before."""
        found = tuple(
            self._words.setdefault((word, self._code), len(self._words))
            for word in _TOKEN.findall(chunk)
        )
        self[chunk] = found
        return found

    def read(self, text: str) -> list[int]:
        """The numbers of the words of a text."""
        return list(chain.from_iterable(map(self.__getitem__, text.split())))


def _title_and_body(item: Item) -> tuple[str, str]:
    """Both; the first line that is no mere date stands for a missing title."""
    title, body = item.title[:_CHARACTERS].strip(), item.text[:_CHARACTERS].strip()
    if title:
        return title, body.removeprefix(title)
    lines = body.split("\n", 3)
    for at, line in enumerate(lines[:3]):
        found = list(_TOKEN.finditer(line))
        if found and not all(_is_of_a_date(word[0]) for word in found):
            end = found[min(len(found), _TITLE_WORDS) - 1].end()
            return line[:end], "\n".join((*lines[:at], line[end:], *lines[at + 1 :]))
    return "", body


def _is_of_a_date(word: str) -> bool:
    plain = word.lower()
    return plain[0].isdigit() or len(plain) < 3 or plain in months() or plain in WEEKDAYS
