"""Find the year of a day that the head of a text tells without it.

It stands elsewhere on the page: in its address or last change, with a weekday that fits also in its
copyright and other dates. Never is it guessed from today's date.
"""

from __future__ import annotations

import re
from dataclasses import replace

from factcheck.articles.lines import Document
from factcheck.articles.marks import is_story_sentence
from factcheck.articles.masthead import DEEPEST
from factcheck.articles.times import Stamp, add_year, is_dated, read_time

_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\D{0,60}(?:\d{4} ?[-–] ?)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?,?(?: de)?|[^\W\d_]{3,12} \d{1,2},)"
    r" ((?:19|20)\d\d)\b"
)


def add_missing_year(document: Document) -> Document:
    """The document with its stamp marked as one, and told with the year that it leaves out.

    Only one that has no other stamp, above the story or, with a clock, below its first paragraph.
    """
    lines = document.lines
    if "published" in document.metadata or any(is_dated(line.text) for line in lines[:DEEPEST]):
        return document
    sure, told = _list_years(document)
    found = {i: full for i, line in enumerate(lines) if (full := add_year(line.text, sure, told))}
    top, last = min(found, default=0), max(found, default=DEEPEST)
    if last >= DEEPEST or last - top > 1:  # several are those of a chronicle
        return document
    stamp = read_time(found[top])
    clock = stamp is not None and stamp.stamp.precision == "minute"
    if not clock and any(is_story_sentence(line.text) for line in lines[:top]):
        return document
    rows = (line.with_role("metadata") if i in found else line for i, line in enumerate(lines))
    return replace(document, lines=tuple(rows), told=(*document.told, *found.values()))


def _list_years(document: Document) -> tuple[frozenset[int], frozenset[int]]:
    """The years by the address and the last change; and with them those of the copyright and dates.

    A copyright is of the year in which the page was last shown, which may be another.
    """
    texts = [*(line.text for line in document.lines), *(one.text for one in document.dropped)]
    changed = document.metadata.get("updated")
    sure = {int(year) for year in _IN_PATH.findall(str(document.metadata.get("url", "")))}
    sure |= {changed.time.year} if isinstance(changed, Stamp) else set()
    owned = {int(year) for text in texts for year in _COPYRIGHT.findall(text[:300])}
    told = {int(year) for text in texts for year in _DATED.findall(text)}
    return frozenset(sure), frozenset(sure | owned | told)
