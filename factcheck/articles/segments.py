"""Cut a page into the lines that a reader sees, and find the entries of a live page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from factcheck.articles.elements import (
    BESIDE,
    BOLD,
    HEADS,
    INLINE,
    count_paragraph_words,
    count_words,
    is_byline_block,
    is_comment_box,
    make_element,
)
from factcheck.articles.lines import Line, LineKind, is_ended
from factcheck.articles.times import split_clock

_SKIPPED = frozenset({"head", "script", "style"})
_STARTS = ("h2", "h3", "h4", "h5", "p")
LEAST = 3
"""Entries that make a page a live one."""
_LEAST_WORDS = 6  # words of each entry
_WORDS = 12  # words of an entry on average; less is a list of links


@dataclass(frozen=True)
class Segment:
    """A line of the page, and the block element that it stands in."""

    text: str
    element: Any


def cut_segments(tree: Any) -> Iterator[Segment]:
    """Every text of the page between the bounds of its blocks, in order."""
    from lxml import etree  # noqa: PLC0415 - comes with trafilatura, loaded for pages only

    parts: list[str] = []
    owners = [tree]
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        block = isinstance(element.tag, str) and element.tag not in INLINE
        if block and event in {"start", "end"}:
            yield from _flush(parts, owners[-1])
        if event == "start":
            owners += [element] if block else []
            if element.tag in _SKIPPED:
                walk.skip_subtree()
            else:
                parts.append(element.text or "")
        else:
            if event == "end" and block:
                owners.pop()
            links = element.tag == "a" and not element.tail  # of a menu, without a space
            parts.append("" if element is tree else " " if links else element.tail or "")
    yield from _flush(parts, tree)


def nest_entries(tree: Any, least: int) -> None:
    """Put the entries of a live page that stand one after the other into boxes of their own.

    An entry begins with a heading, or a paragraph with a part in bold, that opens with a clock.
    """
    starts: defaultdict[Any, dict[Any, tuple[Any, str, str]]] = defaultdict(dict)
    for element in tree.iter(*_STARTS):
        if (told := _read_start(element)) and element.getparent() is not None:
            starts[element.getparent()][element] = told
    for entries in starts.values():
        for element, (place, moment, head) in entries.items() if len(entries) >= least else ():
            after = element.itersiblings()
            rest = list(takewhile(lambda e: e not in entries and e.tag not in BESIDE, after))  # noqa: B023
            box = make_element(element, "div")
            element.addprevious(box)
            box.append(make_element(element, "time", moment))
            if head:
                box.append(make_element(element, "h4", head))
            box.extend([element, *rest])
            place.drop_tree()


def _read_start(element: Any) -> tuple[Any, str, str] | None:
    """The element whose text opens an entry, its time, and its head; None for any other."""
    place = element
    if element.tag == "p":
        bare = len(element) and not (element.text or "").strip() and element[0].tag in BOLD
        if not bare:
            return None
        place = element[0]
    told = split_clock(" ".join(place.text_content()[:200].split()))
    return (place, *told) if told else None


def read_live_page(tree: Any, least: int) -> list[Line]:
    """The lines of a page with at least so many live entries, with their times; else []."""
    entries = _find_entries(tree, least)
    if not entries:
        return []
    around = next(iter(entries)).getparent()
    home = next((e for e in around.iterancestors("main", "article")), around.getparent())
    home = around if home is None else home
    lines = (_to_line(segment, entries, home) for segment in cut_segments(tree))
    return [line for line in lines if line]


def _to_line(segment: Segment, entries: dict[Any, str], home: Any) -> Line | None:
    above = [segment.element, *segment.element.iterancestors()]
    names = {element.tag for element in above}
    moment = next((entries[element] for element in above if element in entries), "")
    menu = any(e.tag == "header" and e.find(".//h1") is None for e in above)
    beside = menu or home not in above or names & BESIDE
    if not moment and "h1" not in names and beside:
        return None
    if "h1" in names:
        return Line(segment.text, kind="title")
    below = moment and names & BESIDE and not is_ended(segment.text)  # "Updated at 12.51 GMT"
    if below or (moment and segment.text == moment):
        return None
    head = bool(names & HEADS) if moment else segment.element.tag in HEADS
    named = not moment and is_byline_block(segment.element) and not is_ended(segment.text)
    kind: LineKind = "byline" if named else "text"
    if head:
        kind = "entry" if moment else "heading"
    clock = split_clock(moment)
    first = segment.element[0].tag if len(segment.element) else ""
    plain = kind == "text" and first not in BOLD
    return Line(segment.text, kind=kind, moment=clock[0] if clock else moment, plain=plain)


def _find_entries(tree: Any, least: int) -> dict[Any, str]:
    """The elements that are entries of a live page, with their times as written."""
    groups: dict[Any, dict[Any, str]] = {}
    known: dict[Any, bool] = {}
    for element in tree.iter("time", "span", "p", "div", "h2", "h3", "h4", "strong", "a", "b"):
        stamp = _read_stamp(element)
        entry = _find_entry(element, known, least) if stamp else None
        if entry is not None:
            groups.setdefault(entry.getparent(), {}).setdefault(entry, stamp)
    most = max(map(len, groups.values()), default=0)
    sizes = [
        (sum(map(count_words, group)), group) for group in groups.values() if len(group) == most
    ]
    size, best = max(sizes, key=lambda one: one[0], default=(0, {}))  # beside "Key events"
    if most < least or all(map(_is_card, best)):
        return {}
    body = tree.find(".//body")
    page = count_paragraph_words(tree if body is None else body)
    return best if size >= _WORDS * len(best) and 2 * size >= page else {}


def _read_stamp(element: Any) -> str:
    """The text of an element that is the time of an entry, else ""."""
    if len(element) > 2:
        return ""
    text = " ".join(element.text_content()[:80].split())
    if not text or len(text) > 40:
        return ""
    if element.tag == "time" and re.search(r"\d", text):
        return text
    told = split_clock(text)
    if not told or (told[1] and element.tag not in HEADS):
        return ""
    return told[0] if told[1] else text


def _find_entry(element: Any, known: dict[Any, bool], least: int) -> Any:
    """The innermost element around a time that is one of several like it, or None; cached."""
    for around in element.iterancestors("article", "section", "div", "li"):
        parent = around.getparent()
        comment = any(map(is_comment_box, (around, *around.iterancestors())))
        if parent is None or around.tag in BESIDE or comment:
            return None
        if around not in known:
            alike = sum(1 for _ in parent.iterchildren(around.tag)) >= least
            known[around] = alike and count_words(around) >= _LEAST_WORDS
        if known[around]:
            return around
    return None


def _is_card(entry: Any) -> bool:
    """Whether an element leads to another story: its head is a link to another page."""
    links = (link for head in entry.iter(*HEADS) for link in head.iter("a"))
    return any("#" not in (link.get("href") or "#") for link in links)


def _flush(parts: list[str], owner: Any) -> Iterator[Segment]:
    text = " ".join("".join(parts).split())
    parts.clear()
    if text:
        yield Segment(text, owner)
