"""Read news pages: the main text with headings, captions and rows, and what was left out.

`trafilatura` finds the main text. It throws away figures with their captions, tables, the
entries of live pages and what it takes for boilerplate; so captions, bylines and rows are
carried through it under marks, live pages are read by their entries, and every line of the
page that is in no line of the text is listed as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from factcheck.articles import marks
from factcheck.articles.boxes import take_promos
from factcheck.articles.decode import scrub
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
from factcheck.articles.hidden import read_comments, take_hidden, warn_of_hidden
from factcheck.articles.layout import (
    join_broken_lines,
    open_layouts,
    open_quotes,
    open_tables,
    wrap_loose_text,
)
from factcheck.articles.lines import Document, Line, LineKind, is_ended, squeeze
from factcheck.articles.outlet import find_copyright_owner, find_publisher
from factcheck.articles.pagedata import open_archive, read_page_metadata
from factcheck.articles.segments import (
    LEAST,
    Segment,
    cut_segments,
    nest_entries,
    read_live_page,
)
from factcheck.articles.times import is_dated, read_time, without_time
from factcheck.models import ArticleWarning, Dropped, DropReason

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
_DASH = re.compile(r"\s[-–—]\s")
_AROUND = BESIDE | {"header"}
_CELL = 80  # words that no cell of a table of figures has
_DECK = 8  # blocks between a headline and the story
_HEAD = frozenset({"title", "byline", "standfirst", "caption"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_FEWEST = 6  # words of a deck
_SHORT = 20  # letters of a text that may stand in the story by chance


def read_html(text: str) -> Document:
    """The main text, captions and headings of a page, its metadata, what was left out.

    Metadata keys are those of front matter. A page without main text has no lines.
    """
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - slow to import

    tree = load_html(text)
    if tree is None:  # it takes a piece of a page, such as one paragraph, for none
        tree = load_html(f"<html><head></head><body>{text}</body></html>")
    if tree is None:
        return Document(())
    bars = [Dropped(text=text, reason="furniture") for text in open_archive(tree) if text]
    metadata = dict(read_page_metadata(tree))
    _scrub_tree(tree)
    hidden = [*take_hidden(tree), *read_comments(text)]
    for element in list(tree.iter("script", "style")):
        remove(element)
    open_quotes(tree)
    live = "liveblogposting" in str(metadata.get("types", ""))
    least = 2 if live else LEAST  # entries of a page that says what it is
    nest_entries(tree, least)
    page = list(cut_segments(tree))
    shown = frozenset(squeeze(segment.text) for segment in page)
    warnings = warn_of_hidden(hidden, shown)
    unseen = tuple(Dropped(text=one.text, reason="hidden") for one in hidden)
    promos = list(take_promos(tree))
    lines = tuple(read_live_page(tree, least))
    if not lines:
        _open_asides(tree)
        open_tables(tree)
        join_broken_lines(tree)
        wrap_loose_text(tree)
        _mark_heads(tree)
        _mark_captions(tree)
        _mark_kinds(tree)
        found = bare_extraction(tree, include_comments=False, include_tables=True)
        if found is not None and not isinstance(found, dict):  # a dict only when deprecated
            segments = list(cut_segments(tree))
            lines = tuple(_part_lines(list(_list_lines(found.body)), segments))
            lines = tuple(_restore_head(lines, segments)) if lines else ()
            lines = tuple(_restore_headings(lines, segments))
            lines = (*lines, *_list_corrections(page, lines))
    warnings += tuple(_warn_of_part(squeeze(str(metadata.pop("body", ""))), lines))
    left = tuple(_list_left_out(page, lines, promos, str(metadata.get("title", ""))))
    told = tuple(d.text for d in left if d.reason in {"byline", "credit", "metadata"})
    return Document(lines, metadata, (*left, *bars, *unseen), warnings, told)


def _scrub_tree(tree: Any) -> None:
    """Take out what character references ("&#8238;") brought back into the text."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.text = scrub(element.text) if element.text else element.text
        element.tail = scrub(element.tail) if element.tail else element.tail


def _list_corrections(page: Sequence[Segment], lines: Sequence[Line]) -> Iterator[Line]:
    """The published corrections that stand beside the story, or below it, and were left out."""
    kept = squeeze(" ".join(line.text for line in lines))
    for text in dict.fromkeys(s.text for s in page if s.element.find(".//a") is None):
        whole = is_ended(text) and len(text.split()) >= _FEWEST
        if lines and whole and marks.is_correction(text) and squeeze(text) not in kept:
            yield Line(text)


def _open_asides(tree: Any) -> None:
    """Make asides part of the page where the story stands in one and nowhere else."""
    asides = [e for e in tree.iter("aside") if next(e.iterancestors("aside"), None) is None]
    inside = sum(map(count_paragraph_words, asides))
    if inside >= 40 and 4 * (count_paragraph_words(tree) - inside) < inside:
        for aside in max(asides, key=count_paragraph_words).iter("aside"):
            aside.tag = "article"


def _restore_head(lines: Sequence[Line], page: Sequence[Segment]) -> Iterator[Line]:
    """The lines with deck and captions as they stand between headline and story on the page.

    What extracts the text puts them elsewhere, or leaves them out: for the box that they stand in,
    for a class that other pages give to boxes ("teaser"), or as a heading below the first.
    """
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


def _restore_headings(lines: Sequence[Line], page: Sequence[Segment]) -> Iterator[Line]:
    """The lines with the headings that stand between two of them and were left out."""
    known = {squeeze(line.text): i for i, line in enumerate(lines) if line.kind not in _HEAD}
    whole = {squeeze(line.text) for line in lines}
    heads: dict[int, str] = {}
    for above, head, under in zip(page, page[1:], page[2:], strict=False):
        i = known.get(squeeze(under.text), -1)
        inside = i > 0 and known.get(squeeze(above.text)) == i - 1
        if inside and head.element.tag in _HEADINGS and squeeze(head.text) not in whole:
            heads[i] = "" if marks.reason_to_drop(head.text) else head.text
    for i, line in enumerate(lines):
        if heads.get(i):
            yield Line(heads[i], kind="heading")
        yield line


def _is_deck(segment: Segment) -> bool:
    """Whether a block says something to the readers of the story, rather than leads elsewhere."""
    element, size = segment.element, len(segment.text.split())
    around = _AROUND & {element.tag, *(e.tag for e in element.iterancestors())}
    plain = element.find(".//a") is None and not around - {"header"}
    dropped = _find_reason(segment.text, in_promo=False, in_footer=False) != "furniture"
    whole = is_ended(segment.text) or element.tag in _HEADINGS
    fits = whole and _FEWEST <= size <= _CELL and segment.text[0] not in _MARKS
    return plain and fits and not dropped and not marks.reason_to_drop(segment.text)


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
                anchor.addprevious(_mark_text(anchor, "caption", text))
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
            new = _mark_text(element, kind, read_text(element), tail=True)
            element.getparent().replace(element, new)
    for table in list(tree.iter("table")):
        blocks = next(table.iterdescendants("table", "p", "div", "ul"), None)
        if blocks is None and table.getparent() is not None:
            for row in table.iter("tr", "caption"):
                cells = [read_text(cell) for cell in row.iter("td", "th")] or [read_text(row)]
                if any(cells):
                    table.addprevious(_mark_text(table, "row", " | ".join(filter(None, cells))))
            remove(table)


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


def _find_kind(element: Any) -> LineKind | None:
    classes = read_classes(element)
    deck = _STANDFIRST_CLASS.search(classes)
    if is_byline_block(element):
        return "byline"
    if deck is None or next(element.iterdescendants(*TEXT_BLOCKS), None) is not None:
        return None
    size = count_words(element)
    return "standfirst" if 0 < size <= 80 else None


def _mark_text(element: Any, kind: LineKind, text: str, *, tail: bool = False) -> Any:
    paragraph = make_element(element, "p", _MARK_OF[kind] + text)
    paragraph.tail = element.tail if tail else None
    return paragraph


def _warn_of_part(whole: str, lines: Iterable[Line]) -> Iterator[ArticleWarning]:
    """A warning where the page's data have a text of which it shows three quarters at most."""
    shown = [squeeze(line.text) for line in lines if line.kind == "text"]
    size = sum(map(len, shown))
    inside = sum(len(text) for text in shown if text in whole)
    if 2 * inside > size and 4 * size < 3 * len(whole):
        say = f"the page shows about {100 * size // len(whole)} per cent of the text in its data"
        yield ArticleWarning(kind="metadata", text=say, place="articleBody of the page")


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


def _read_line(text: str, kind: LineKind) -> Iterator[Line]:
    """The line of a text by its mark, else of a kind; none where there is no text."""
    told, text = _MARKS.get(text[:1]), text.strip("".join(_MARKS))
    if text and told:
        yield Line(text, gap=told != "caption", kind=told)
    elif text:
        yield Line(text, kind=kind, plain=kind == "text")


def _part_lines(lines: Sequence[Line], segments: Sequence[Segment]) -> Sequence[Line]:
    """The lines; in place of a single one that runs all of a page together, what it runs together.

    On short pages what extracts the text does so with headline, captions and paragraphs.
    """
    whole, at = squeeze(lines[0].text) if len(lines) == 1 else "", 0
    parts: list[Line] = []
    for segment in segments:
        own = squeeze(segment.text)
        if own and whole.startswith(own, at):
            at += len(own)
            tag = segment.element.tag
            kind: LineKind = "title" if tag == "h1" else _KIND_OF.get(tag, "text")
            parts += _read_line(segment.text, kind)
    return parts if at == len(whole) and len(parts) > 1 else lines


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


def _list_left_out(
    page: Iterable[Segment], lines: tuple[Line, ...], promos: list[str], title: str
) -> Iterator[Dropped]:
    """Lines of the page that are neither in the main text nor its title, each once."""
    kept = squeeze(" ".join(line.text for line in lines))
    whole = {squeeze(line.text) for line in lines}
    promo = squeeze(" ".join(promos))
    seen = {*whole, squeeze(title)}
    for segment in page:
        squeezed = squeeze(segment.text)
        around = {segment.element.tag, *(e.tag for e in segment.element.iterancestors())}
        in_story = squeezed in kept and not (len(squeezed) < _SHORT and around & _AROUND)
        if not squeezed or squeezed in seen or in_story:
            continue
        seen.add(squeezed)
        apart = bool({"footer", "blockquote"} & around)  # a post in a story has a time of its own
        reason = _find_reason(segment.text, in_promo=squeezed in promo, in_footer=apart)
        yield Dropped(text=segment.text, reason=reason)


def _is_dated_name(text: str) -> bool:
    """Whether a line is a name and a day with a dash between, as over a page of a paper."""
    parts = _DASH.split(text)
    return len(parts) == 2 and any(told and not told.rest for told in map(read_time, parts))


def _find_reason(text: str, *, in_promo: bool, in_footer: bool) -> DropReason:
    if marks.is_byline(without_time(text)):
        return "byline"
    if (is_dated(text) or _is_dated_name(text)) and not in_footer:
        return "metadata"
    if in_footer and (find_publisher(text) or find_copyright_owner(text)):
        return "credit"
    return marks.reason_to_drop(text) or ("teaser" if in_promo else "furniture")
