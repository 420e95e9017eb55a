"""Find the year of a day that the head of a text tells without it.

It stands elsewhere on the page: in its address, in whose copyright it is, in other dates. Never is
it guessed from today's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from factcheck.articles.lines import Document
from factcheck.articles.marks import is_story_sentence
from factcheck.articles.masthead import DEEPEST
from factcheck.articles.times import Stamp, add_year, is_dated, read_time
from factcheck.models import Dropped

_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\D{0,60}(?:\d{4} ?[-–] ?)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?,?(?: de)?|[^\W\d_]{3,12} \d{1,2},)"
    r" ((?:19|20)\d\d)\b"
)


def add_missing_year(document: Document) -> tuple[Document, Mapping[str, str]]:
    """The document with the year in its stamp, and by that stamp the line as it is written.

    Only one that has no other stamp, above the story or, with a clock, below its first paragraph.
    """
    lines = document.lines
    if "published" in document.metadata or any(is_dated(line.text) for line in lines[:DEEPEST]):
        return document, {}
    texts = [*(line.text for line in lines), *(one.text for one in document.dropped)]
    sure, told = _list_years(texts, document.metadata)
    found = {i: full for i, line in enumerate(lines) if (full := add_year(line.text, sure, told))}
    first = next((i for i, line in enumerate(lines) if is_story_sentence(line.text)), len(lines))
    top, last = min(found, default=0), max(found, default=DEEPEST)
    stamp = read_time(found[top]) if found else None
    above = top < first or (stamp is not None and stamp.stamp.precision == "minute")
    if last >= DEEPEST or last - top > 1 or not above:  # several are those of a chronicle
        return document, {}
    rows = list(lines)
    for i, full in found.items():
        rows[i] = replace(lines[i], text=full, role="metadata")
    return replace(document, lines=tuple(rows)), {found[i]: lines[i].text for i in found}


def restore_lines(dropped: Iterable[Dropped], written: Mapping[str, str]) -> Iterator[Dropped]:
    """What was dropped, verbatim: without the year that was added to a stamp."""
    for one in dropped:
        yield Dropped(text=written.get(one.text, one.text), reason=one.reason)


def _list_years(
    texts: Iterable[str], metadata: Mapping[str, object]
) -> tuple[frozenset[int], frozenset[int]]:
    """The years by the address and the last change, else by copyright; and those of any date.

    The year of a copyright may be of old; it is sure if no date of the page is of a later one.
    """
    texts = list(texts)
    changed = metadata.get("updated")
    by_page = {int(year) for year in _IN_PATH.findall(str(metadata.get("url", "")))}
    by_page |= {changed.time.year} if isinstance(changed, Stamp) else set()
    owned = {int(year) for text in texts for year in _COPYRIGHT.findall(text[:300])}
    told = {int(year) for text in texts for year in _DATED.findall(text)} | by_page | owned
    sure = by_page or {year for year in owned if year == max(told)}
    return frozenset(sure), frozenset(told)
