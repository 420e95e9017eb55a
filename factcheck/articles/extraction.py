"""Extract the main text of a page, with captions, bylines, headings and rows of tables.

`trafilatura` finds the text. It throws away figures with their captions, tables and what it
takes for boilerplate; so captions, bylines and rows are carried through it under marks, and the
deck and the headings that it leaves out are put back where they stand on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from factcheck.articles.elements import (
    BESIDE,
    INLINE,
    TEXT_BLOCKS,
    count_paragraph_words,
    count_words,
    is_byline_block,
    make_element,
    match_class,
    read_classes,
    read_text,
    remove,
)
from factcheck.articles.head import find_plain_role
from factcheck.articles.layout import join_broken_lines, open_layouts, open_tables, wrap_loose_text
from factcheck.articles.lines import Line, LineKind, is_ended, squeeze
from factcheck.articles.marks import reason_to_drop
from factcheck.articles.segments import Segment, cut_segments

# Private-use characters are scrubbed from all input, so nobody can forge the marks.
_MARKS: dict[str, LineKind] = {
    "\ue000": "caption",
    "\ue001": "byline",
    "\ue002": "row",
    "\ue003": "standfirst",
    "\ue004": "text",  # in bold, or of a class that says "title": its shape tells what it is
}
_MARK_OF = {kind: mark for mark, kind in _MARKS.items()}
_BREAK = "\ue005"
_KIND_OF: dict[str, LineKind] = {
    **dict.fromkeys(("head", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("item", "quote", "li"), "item"),
    "row": "row",
    "h1": "title",
}
_HEAD_CLASS = re.compile(r"head|tit(?:le|el|re|ul)|ladillo|rubrik", re.IGNORECASE)
_CREDIT = re.compile(r"credit|copyright|photographer|attribution", re.IGNORECASE)
_CAPTION_CLASS = match_class("caption(?:-text)?")
# Of a paragraph; of a block it may be the whole of a story told in pictures.
_PICTURE_CLASS = match_class(
    "photo|l[eé]gende|bildunterschrift|bildtext|pie-?(?:de-?)?foto|didascalia"
)
_STANDFIRST_CLASS = match_class(
    "stand-?first|deck|dek|strapline|sub-?headline|chapo|vorspann|entradilla"
)
_LONGEST_DECK = 80  # words
_DECK = 8  # blocks between a headline and the story
_HEAD = frozenset({"title", "byline", "standfirst", "caption"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_FEWEST = 6  # words of a deck


def extract_lines(tree: Any) -> tuple[Line, ...]:
    """The lines of the main text of a page, which is changed on the way; () where it has none."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to import

    _open_asides(tree)
    open_tables(tree)
    join_broken_lines(tree)
    wrap_loose_text(tree)
    _mark_heads(tree)
    _mark_captions(tree)
    _mark_kinds(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict):  # a dict only when deprecated
        return ()
    page = list(cut_segments(tree))
    lines = _part_lines(list(_list_lines(found.body)), page)
    return tuple(_restore_headings(tuple(_restore_head(lines, page)), page)) if lines else ()


def _open_asides(tree: Any) -> None:
    """Make asides part of the page where the story stands in one and nowhere else."""
    asides = [e for e in tree.iter("aside") if next(e.iterancestors("aside"), None) is None]
    inside = sum(map(count_paragraph_words, asides))
    if inside >= 40 and 4 * (count_paragraph_words(tree) - inside) < inside:
        for aside in max(asides, key=count_paragraph_words).iter("aside"):
            aside.tag = "article"


def _mark_heads(tree: Any) -> None:
    """Mark what may be a heading though it is none by its tag: a row in bold, or by its class."""
    for element in tree.iter("b", "strong", "p"):
        before, parent = element.getprevious(), element.getparent()
        if element.tag == "p":
            alone = _HEAD_CLASS.search(element.get("class") or "") is not None
        elif before is None:
            alone = parent.tag not in INLINE and not (parent.text or "").strip()
        else:
            alone = before.tag == "br" and not (before.tail or "").strip()
        after = element.getnext()
        ends = not (element.tail or "").strip() and (after is None or after.tag == "br")
        if alone and (ends or element.tag == "p") and read_text(element):
            element.text = _MARK_OF["text"] + (element.text or "")


def _mark_captions(tree: Any) -> None:
    """Put each caption, and its credit, in a marked paragraph before its figure."""
    captions = [e for e in tree.iter() if e.tag == "figcaption" or _is_caption(e)]
    for caption in captions:
        credits_ = [e for e in caption.iterdescendants() if _CREDIT.search(read_classes(e))]
        texts = [read_text(e) for e in credits_]
        for element in credits_:
            remove(element)
        anchor = next(caption.iterancestors("figure"), caption)
        for text in (read_text(caption), *texts):
            if text and anchor.getparent() is not None:
                _add_marked(anchor, "caption", text)
    for figure in [*tree.iter("figure"), *captions]:
        if next(figure.iterdescendants("table", "blockquote"), None) is None:
            remove(figure)


def _is_caption(element: Any) -> bool:
    if element.tag not in {"p", "div", "span"}:
        return False
    classes = read_classes(element)
    told = _CAPTION_CLASS.search(classes) or (element.tag == "p" and _PICTURE_CLASS.search(classes))
    return bool(told) and next(element.iterancestors("figcaption"), None) is None


def _mark_kinds(tree: Any) -> None:
    """Mark bylines and standfirsts by their class, and make a paragraph of each table row."""
    open_layouts(tree)
    for element in list(tree.iter("p", "div", "span", "h2", "h3")):
        kind = _find_kind(element)
        if kind and element.getparent() is not None:
            _add_marked(element, kind, read_text(element))
            remove(element)
    for table in list(tree.iter("table")):
        blocks = next(table.iterdescendants("table", "p", "div", "ul"), None)
        if blocks is None and table.getparent() is not None:
            for row in table.iter("tr", "caption"):
                cells = [read_text(cell) for cell in row.iter("td", "th")] or [read_text(row)]
                if any(cells):
                    _add_marked(table, "row", " | ".join(filter(None, cells)))
            remove(table)


def _find_kind(element: Any) -> LineKind | None:
    if is_byline_block(element):
        return "byline"
    deck = _STANDFIRST_CLASS.search(read_classes(element))
    alone = next(element.iterdescendants(*TEXT_BLOCKS), None) is None
    return "standfirst" if deck and alone and 0 < count_words(element) <= _LONGEST_DECK else None


def _add_marked(element: Any, kind: LineKind, text: str) -> None:
    """Put a text before an element as a paragraph with the mark of its kind."""
    element.addprevious(make_element(element, "p", _MARK_OF[kind] + text))


def _list_lines(body: Any) -> Iterator[Line]:
    """One line a paragraph, heading, list item or table row of the extracted text."""
    for element in body.iter("p", "head", "item", "row", "quote", "code"):
        inside = next(element.iterancestors("p", "head", "item", "row", "quote", "code"), None)
        if inside is not None:
            continue
        for row in _cut_rows(element):
            text = " ".join(row.split())
            top = element.tag == "head" and element.get("rend") == "h1"
            kind: LineKind = "title" if top else _KIND_OF.get(element.tag, "text")
            yield from _read_line(text, kind)


def _cut_rows(element: Any) -> list[str]:
    """The text of an element, cut at its line breaks and inner paragraphs."""
    if element.tag == "row":
        cells = (" ".join("".join(cell.itertext()).split()) for cell in element)
        return [" | ".join(filter(None, cells))]
    parts: list[str] = []
    for node in element.iter():
        if node is not element and node.tag in {"lb", "p", "item", "cell"}:
            parts.append(" | " if node.tag == "cell" and parts else _BREAK)
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts).split(_BREAK)


def _read_line(text: str, kind: LineKind) -> Iterator[Line]:
    """The line of a text by its mark, else of a kind; none where there is no text."""
    told, text = _MARKS.get(text[:1]), text.strip("".join(_MARKS))
    if text and told:
        yield Line(text, gap=told != "caption", kind=told)
    elif text:
        yield Line(text, kind=kind, plain=kind == "text")


def _part_lines(lines: Sequence[Line], segments: Sequence[Segment]) -> Sequence[Line]:
    """The lines, cut as the page is where a short page came out as a single line."""
    whole, at = squeeze(lines[0].text) if len(lines) == 1 else "", 0
    parts: list[Line] = []
    for segment in segments:
        own = squeeze(segment.text)
        if own and whole.startswith(own, at):
            at += len(own)
            parts += _read_line(segment.text, _KIND_OF.get(segment.element.tag, "text"))
    return parts if at == len(whole) and len(parts) > 1 else lines


def _restore_head(lines: Sequence[Line], page: Sequence[Segment]) -> Iterator[Line]:
    """The lines with deck and captions as they stand between headline and story on the page."""
    story = {squeeze(line.text) for line in lines if line.kind not in _HEAD}
    tops = [i for i, segment in enumerate(page) if segment.element.tag == "h1"]
    below = page[tops[0] + 1 :][:_DECK] if len(tops) == 1 else []
    between = list(takewhile(lambda one: squeeze(one.text) not in story, below))
    marked = (line for one in between for line in _read_head(one))
    head = list(marked) if len(between) < len(below) else []
    moved = {squeeze(line.text) for line in head}
    at = 1 + next((i for i, line in enumerate(lines) if line.kind == "title"), -1)
    rest = (x for x in lines[at:] if x.kind not in _HEAD or squeeze(x.text) not in moved)
    yield from (*lines[:at], *head, *rest)


def _read_head(segment: Segment) -> Iterator[Line]:
    """The line of a block above the story by its mark, or as a standfirst if it may be one."""
    if segment.text[0] in (_MARK_OF["caption"], _MARK_OF["standfirst"]):
        yield from _read_line(segment.text, "text")
    elif _is_deck(segment):
        yield Line(segment.text, kind="standfirst")


def _is_deck(segment: Segment) -> bool:
    """Whether a block says something to the readers of the story, rather than leads elsewhere."""
    element, size = segment.element, len(segment.text.split())
    around = {element.tag, *(e.tag for e in element.iterancestors())}
    plain = element.find(".//a") is None and not BESIDE & around
    whole = is_ended(segment.text) or element.tag in _HEADINGS
    fits = whole and _FEWEST <= size <= _LONGEST_DECK and segment.text[0] not in _MARKS
    return plain and fits and find_plain_role(Line(segment.text)) == "open"


def _restore_headings(lines: Sequence[Line], page: Sequence[Segment]) -> Iterator[Line]:
    """The lines with the headings that stand between two of them and were left out."""
    known = {squeeze(line.text): i for i, line in enumerate(lines) if line.kind not in _HEAD}
    whole = {squeeze(line.text) for line in lines}
    heads: dict[int, Line] = {}
    for above, head, under in zip(page, page[1:], page[2:], strict=False):
        i = known.get(squeeze(under.text), -1)
        inside = i > 0 and known.get(squeeze(above.text)) == i - 1
        left_out = head.element.tag in _HEADINGS and squeeze(head.text) not in whole
        if inside and left_out and not reason_to_drop(head.text):
            heads[i] = Line(head.text, kind="heading")
    for i, line in enumerate(lines):
        yield from (heads[i], line) if i in heads else (line,)
