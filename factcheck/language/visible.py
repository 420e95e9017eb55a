"""Clean foreign text of what is not seen but acts: the one place for all of it.

Control characters (ESC drives a terminal), the embeddings, overrides and isolates of Unicode
(UAX 9; they turn the direction of all text behind them), tags, and lone surrogates, which no
file can hold. The marks and joiners that Arabic, Hebrew, Persian and Indic words need stay.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, islice
from typing import Literal

from factcheck.files import LONGEST_PATH

_UNSAFE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
UNSAFE = re.compile(f"[{_UNSAFE}]")
_UNSAFE_IN_NAMES = re.compile(rf"[\t\n\r{_UNSAFE}]")


# What is no letter and no space; the marks among it, and two letters that decompose to marks.
_STACK = re.compile(r"(?:[^\w\s\x00-\x7f]|[\uff9e\uff9f]){33,}")
MOST_MARKS = 32
"""So many marks in a row stay; no script needs a fifth of it."""


def normalize_text(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Text in a normal form of Unicode, with at most `MOST_MARKS` marks in a row.

    Marks are sorted on the way, which takes time by the square of their number.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, _STACK.sub(_cut_marks, text))


def _cut_marks(run: re.Match[str]) -> str:
    """The characters of a run, of each stretch of marks the first ones only."""
    stretches = groupby(run[0], lambda c: unicodedata.category(c)[0] == "M" or c in "\uff9e\uff9f")
    return "".join("".join(islice(s, MOST_MARKS if mark else None)) for mark, s in stretches)


def clean_text(text: str) -> str:
    """Text of several lines, without characters that act unseen."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """Text in one line, without characters that act unseen."""
    return " ".join(UNSAFE.sub("", text).split())


def shorten(text: str, most: int = 300) -> str:
    """One clean line of at most `most` characters, cut at a word where one ends near."""
    line = clean_line(text)
    if len(line) <= most:
        return line
    head, _, tail = line[: most - 1].rpartition(" ")
    kept = head if head and len(tail) < 30 else line[: most - 1]
    return f"{kept.rstrip(' ,;:')}…"


def show_path(path: str) -> str:
    """A path for a message: the end of a long one."""
    return clean_name(path)[-LONGEST_PATH:]


def clean_name(name: str) -> str:
    """The name of a file, or a line of the log, with odd bytes and unsafe characters escaped.

    Escaped and not left out, so that two files never get one name.
    """
    # Halves of a pair that stand for no byte: a name of a file never holds them, a caller's may.
    name = re.sub("[\ud800-\udc7f\udd00-\udfff]", lambda half: ascii(half[0])[1:-1], name)
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSAFE_IN_NAMES.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
