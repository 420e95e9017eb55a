"""The lines of a document before cleaning, and what every format makes of its own.

`Line` is one paragraph, heading or caption as the file has it; `Document` is what a
format reader returns: lines, metadata by their canonical keys, what it left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from factcheck.models import Dropped

LineKind = Literal["text", "title", "heading", "caption"]

_ENDED = re.compile(r"[.!?…:;][\"”»’')\]]*$")
_WORD = re.compile(r"\w+")
_LIST_ITEM = re.compile(r"^(?:[-*•▪◦]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Line:
    """One line: its text on one row, whether a blank line stood before it, its kind.

    `kind` is "text" where the format does not tell.
    """

    text: str
    gap: bool = True
    kind: LineKind = "text"


@dataclass(frozen=True)
class Document:
    """A file as its format tells it: lines, metadata, and what the format left out."""

    lines: tuple[Line, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


def plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a plain text; lines wrapped at a fixed width become one again."""
    rows = [" ".join(row.split()) for row in text.split("\n")]
    width = _wrap_width(rows)
    lines: list[Line] = []
    gap, last = True, 0
    for row in rows:
        if not row:
            gap = True
            continue
        goes_on = not gap and width and last + 1 + len(row.split()[0]) > width
        if goes_on and not _LIST_ITEM.match(row):
            lines[-1] = Line(f"{lines[-1].text} {row}", lines[-1].gap)
        else:
            lines.append(Line(row, gap))
        gap, last = False, len(row)
    return tuple(lines)


def is_ended(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(text) is not None


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, for comparing: lower case, without punctuation; cached."""
    return tuple(_WORD.findall(text.lower()))


def _wrap_width(rows: list[str]) -> int:
    """The width at which a text is wrapped, 0 where every line is a paragraph.

    In wrapped text most lines that another line follows would have had no room for the
    next word. Captions and headings are short and stay as they are.
    """
    pairs = [(a, b) for a, b in pairwise(rows) if a and b]
    width = max((len(row) for row in rows), default=0)
    if not pairs or width > 120:
        return 0
    full = sum(len(a) + 1 + len(b.split()[0]) > 0.95 * width and not is_ended(a) for a, b in pairs)
    return int(0.9 * width) if full >= max(2, 0.4 * len(pairs)) else 0
