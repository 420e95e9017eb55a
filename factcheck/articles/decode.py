"""Decode the bytes of a news file, in whatever encoding, to clean Unicode text.

`decode` finds the encoding, `scrub` normalises to NFC and takes out what nobody can see:
control characters, soft hyphens, zero-width and direction marks (text can hide in them).
"""

from __future__ import annotations

import codecs
import re

from factcheck.articles.language import detect_language
from factcheck.language.visible import normalize_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
# What browsers read under these labels: https://encoding.spec.whatwg.org/#names-and-labels
_READ_AS = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_CENTRAL_EUROPEAN = frozenset({"pl", "cs", "hu", "ro"})  # Latin, but not in Windows-1252
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e007f]"
    # joiners shape the letters of Arabic and Indic scripts and emoji; elsewhere they hide
    "|(?<![\u0600-\u0dff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)


def decode(data: bytes, label: str = "") -> str | None:
    """The text in `data`, or None where it is not text (images, archives, PDF). Raises nothing.

    A byte order mark decides, then valid UTF-8, then the label that the data came with, then
    what an HTML page says of itself, then `charset-normalizer`. Bad bytes become U+FFFD.
    """
    if data.startswith(b"%PDF"):
        return None
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_text(data.decode(encoding, errors="replace"))
    if data.count(0) > 0.05 * len(data):
        return _utf16_without_mark(data)
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    foreign = broken and broken * 2 > sum(char > "\x7f" and char != "\ufffd" for char in text)
    if foreign or (label and b"\x1b" in data):  # as in ISO 2022, which is valid UTF-8
        text = _legacy(data, label)
    return _as_text(text)


def decode_as(data: bytes, label: str) -> str | None:
    """The text in `data` by the label of an encoding, read as browsers do; None if it is wrong."""
    try:
        name = codecs.lookup(label).name
        text = data.decode(_READ_AS.get(name, name), errors="strict")
    except (LookupError, UnicodeError, ValueError):
        # Windows-1252 leaves five bytes undefined, which pages have all the same.
        known = label.lower().replace("_", "-") in {"iso-8859-1", "latin1", "windows-1252"}
        return data.decode("cp1252", errors="replace") if known else None
    return text


def scrub(text: str) -> str:
    """`text` in NFC with line feeds for line ends, without characters that cannot be seen."""
    text = _LINE_ENDS.sub("\n", text)
    return normalize_text("NFC", _UNSEEN.sub("", text))


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has its zero bytes at every second place."""
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) > 0.6 * len(zeros) and len(data) % 2 == 0:
            return _as_text(data.decode(encoding, errors="replace"))
    return None


def _legacy(data: bytes, label: str) -> str:
    """Text in an encoding of before Unicode; Windows-1252 wherever it is possible."""
    declared = _META_CHARSET.search(data[:4096])
    for name in (label, declared[1].decode("ascii") if declared else ""):
        if name and (told := decode_as(data, name)) is not None:
            return told
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed

    best = from_bytes(data).best()
    text = str(best) if best else ""
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters) >= 0.7 * len(letters)
    if latin and detect_language(text) not in _CENTRAL_EUROPEAN:
        return data.decode("cp1252", errors="replace")
    return text


def _as_text(text: str) -> str | None:
    """None where too much of it is control characters for a text."""
    odd = sum(char < " " and char not in "\t\n\r\f\v" for char in text)
    return None if odd > 0.02 * len(text) + 2 else text
