"""Clean foreign text of what is not seen but acts: the one place for all of it.

Control characters (ESC drives a terminal), the embeddings, overrides and isolates of Unicode
(UAX 9; they turn the direction of all text behind them), tags, and lone surrogates, which no
file can hold. The marks and joiners that Arabic, Hebrew, Persian and Indic words need stay.
"""

from __future__ import annotations

import re

_UNSAFE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
UNSAFE = re.compile(f"[{_UNSAFE}]")
_UNSAFE_IN_NAMES = re.compile(rf"[\t\n\r{_UNSAFE}]")


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


def clean_name(name: str) -> str:
    """The name of a file as text: each byte that is no UTF-8, and each unsafe character, escaped.

    Escaped and not left out, so that two files never get one name.
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSAFE_IN_NAMES.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
