"""Read news pages: the main text with headings, captions and rows, and what was left out.

`trafilatura` finds the main text. It throws away figures with their captions, tables, the
entries of live pages and what it takes for boilerplate; so captions, bylines and rows are
carried through it under marks, live pages are read by their entries, and every line of the
page that is in no line of the text is listed as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from factcheck.articles import marks
from factcheck.articles.decode import scrub
from factcheck.articles.hidden import read_comments, take_hidden, warn_of_hidden
from factcheck.articles.lines import Document, Line, LineKind, squeeze
from factcheck.articles.outlet import find_copyright_owner, find_publisher
from factcheck.articles.pagedata import read_page_metadata
from factcheck.articles.segments import Segment, cut_segments, nest_entries, read_live_page
from factcheck.articles.times import is_dated, without_time
from factcheck.models import Dropped, DropReason

# Private-use characters are scrubbed from all input, so nobody can forge the marks.
_MARKS: dict[str, LineKind] = {
    "\ue000": "caption",
    "\ue001": "byline",
    "\ue002": "row",
    "\ue003": "standfirst",
}
_MARK_OF = {kind: mark for mark, kind in _MARKS.items()}
_CREDIT = re.compile(r"credit|copyright|photographer|attribution", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:-text)?(?:\s|$)", re.IGNORECASE)
_PROMO = re.compile(
    r"newsletter|promo(?!t)|related|read-?more|see-?also|share|social|advert|recommend|most-read"
    r"|subscri|sign-?up|ticker|paywall",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"consent|cookie|gdpr|onetrust|privacy-?(?:banner|notice|bar)", re.IGNORECASE)
_CORRECTION = re.compile(r"correct|clarif|amend|editor.?s.note|footnote", re.IGNORECASE)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by|byline|author|authors|signature|dateline|date|timestamp|pub-?date|published|meta)(?:\s|$)",
    re.IGNORECASE,
)
_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|deck|dek|strapline|sub-?headline|chapo|vorspann|entradilla)(?:\s|$)",
    re.IGNORECASE,
)
_AROUND = frozenset({"nav", "header", "footer", "aside", "button", "form"})
_LEAST = 30  # words that a page has beside what it asks
_CELL = 80  # words that no cell of a table of figures has
_SHORT = 20  # letters of a text that may stand in the story by chance
_TEXT_BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "table")


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
    metadata = dict(read_page_metadata(tree))
    _scrub_tree(tree)
    hidden = [*take_hidden(tree), *read_comments(text)]
    for element in list(tree.iter("script", "style")):
        _remove(element)
    nest_entries(tree)
    page = list(cut_segments(tree))
    shown = frozenset(squeeze(segment.text) for segment in page)
    warnings = warn_of_hidden(hidden, shown)
    unseen = tuple(Dropped(text=one.text, reason="hidden") for one in hidden)
    promos = list(_take_promos(tree))
    lines = tuple(read_live_page(tree))
    if not lines:
        _open_asides(tree)
        _mark_captions(tree)
        _mark_kinds(tree)
        found = bare_extraction(tree, include_comments=False, include_tables=True)
        if found is not None and not isinstance(found, dict):  # a dict only when deprecated
            lines = tuple(_list_lines(found.body))
    left = tuple(_list_left_out(page, lines, promos, str(metadata.get("title", ""))))
    told = tuple(d.text for d in left if d.reason in {"byline", "credit", "metadata"})
    return Document(lines, metadata, (*left, *unseen), warnings, told)


def _read_text(element: Any) -> str:
    parts = element.xpath("descendant::text() | descendant::br")
    return " ".join("".join(part if isinstance(part, str) else " " for part in parts).split())


def _scrub_tree(tree: Any) -> None:
    """Take out what character references ("&#8238;") brought back into the text."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.text = scrub(element.text) if element.text else element.text
        element.tail = scrub(element.tail) if element.tail else element.tail


def _remove(element: Any) -> None:
    """Take an element out, leaving the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _read_classes(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _take_promos(tree: Any) -> Iterator[str]:
    """Take small boxes out whose class says "newsletter", "related" or the like.

    What asks for consent goes whatever its size, unless hardly anything else is there.
    """
    whole = len(tree.text_content().split())
    for element in list(tree.iter("div", "aside", "section", "p", "ul", "dialog")):
        classes = _read_classes(element)
        asks = _CONSENT.search(classes) or element.get("role") in {"dialog", "alertdialog"}
        if not (asks or _PROMO.search(classes)) or _CORRECTION.search(classes):
            continue
        text = _read_text(element)
        size = len(text.split())
        small = size <= 60 or (asks and whole - size >= _LEAST)
        if element.getparent() is not None and small:
            whole -= size
            yield text
            _remove(element)


def _open_asides(tree: Any) -> None:
    """Make asides part of the page where the story stands in one and nowhere else."""
    asides = [e for e in tree.iter("aside") if next(e.iterancestors("aside"), None) is None]
    inside = sum(_count_words(aside) for aside in asides)
    if inside >= 40 and 4 * (_count_words(tree) - inside) < inside:
        for aside in max(asides, key=_count_words).iter("aside"):
            aside.tag = "article"


def _count_words(element: Any) -> int:
    return sum(len(_read_text(p).split()) for p in element.iter("p"))


def _mark_captions(tree: Any) -> None:
    """Put each caption, and its credit, in a marked paragraph before its figure."""
    captions = [e for e in tree.iter() if e.tag == "figcaption" or _is_caption(e)]
    for caption in captions:
        credits_ = [e for e in caption.iterdescendants() if _CREDIT.search(_read_classes(e))]
        texts = [_read_text(e) for e in credits_]
        for element in credits_:
            _remove(element)
        anchor = next(caption.iterancestors("figure"), caption)
        for text in (_read_text(caption), *texts):
            if text and anchor.getparent() is not None:
                anchor.addprevious(_mark_text(anchor, "caption", text))
    for figure in [*tree.iter("figure"), *captions]:
        if next(figure.iterdescendants("table", "blockquote"), None) is None:
            _remove(figure)


def _is_caption(element: Any) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag in {"p", "div", "span"}
        and _CAPTION_CLASS.search(element.get("class") or "") is not None
        and next(element.iterancestors("figcaption"), None) is None
    )


def _open_layouts(tree: Any) -> None:
    """Make blocks of the tables that lay a page out: one with a cell as long as a story."""
    for table in list(tree.iter("table")):
        if any(len(_read_text(cell).split()) > _CELL for cell in table.iter("td")):
            for part in table.iter("table", "tbody", "tr", "td", "th"):
                part.tag = "div"


def _mark_kinds(tree: Any) -> None:
    """Mark bylines and standfirsts by their class, and make a paragraph of each table row."""
    _open_layouts(tree)
    for element in list(tree.iter("p", "div", "span", "h2", "h3")):
        kind = _find_kind(element)
        if kind and element.getparent() is not None:
            new = _mark_text(element, kind, _read_text(element), tail=True)
            element.getparent().replace(element, new)
    for table in list(tree.iter("table")):
        blocks = next(table.iterdescendants("table", "p", "div", "ul"), None)
        if blocks is None and table.getparent() is not None:
            for row in table.iter("tr", "caption"):
                cells = [_read_text(cell) for cell in row.iter("td", "th")] or [_read_text(row)]
                if any(cells):
                    table.addprevious(_mark_text(table, "row", " | ".join(filter(None, cells))))
            _remove(table)


def _find_kind(element: Any) -> LineKind | None:
    classes = _read_classes(element)
    by, deck = _BYLINE_CLASS.search(classes), _STANDFIRST_CLASS.search(classes)
    if not (by or deck) or next(element.iterdescendants(*_TEXT_BLOCKS), None) is not None:
        return None
    size = len(_read_text(element).split())
    if by and 0 < size <= 25 and element.tag != "span":
        return "byline"
    return "standfirst" if deck and 0 < size <= 80 else None


def _mark_text(element: Any, kind: LineKind, text: str, *, tail: bool = False) -> Any:
    paragraph = element.makeelement("p")
    paragraph.text = _MARK_OF[kind] + text
    paragraph.tail = element.tail if tail else None
    return paragraph


def _list_lines(body: Any) -> Iterator[Line]:
    """One line a paragraph, heading, list item or table row of the extracted text."""
    for element in body.iter("p", "head", "item", "row", "quote", "code"):
        inside = next(element.iterancestors("p", "head", "item", "row", "quote", "code"), None)
        if inside is not None:
            continue
        for row in _cut_rows(element):
            text = " ".join(row.split())
            kind = _MARKS.get(text[:1])
            if kind:
                yield Line(text[1:].strip("".join(_MARKS)), gap=kind != "caption", kind=kind)
            elif text and element.tag == "head":
                yield Line(text, kind="title" if element.get("rend") == "h1" else "heading")
            elif text:
                kinds: dict[str, LineKind] = {"row": "row", "item": "item"}
                yield Line(text, kind=kinds.get(element.tag, "text"))


def _cut_rows(element: Any) -> list[str]:
    """The text of an element, cut at its line breaks and inner paragraphs."""
    if element.tag == "row":
        cells = (" ".join("".join(cell.itertext()).split()) for cell in element)
        return [" | ".join(filter(None, cells))]
    parts: list[str] = []
    for node in element.iter():
        if node is not element and node.tag in {"lb", "p", "item", "cell"}:
            parts.append(" | " if node.tag == "cell" and parts else "\n")
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts).split("\n")


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
        reason = _find_reason(
            segment.text, in_promo=squeezed in promo, in_footer="footer" in around
        )
        yield Dropped(text=segment.text, reason=reason)


def _find_reason(text: str, *, in_promo: bool, in_footer: bool) -> DropReason:
    if marks.is_byline(without_time(text)):
        return "byline"
    if is_dated(text) and not in_footer:
        return "metadata"
    if in_footer and (find_publisher(text) or find_copyright_owner(text)):
        return "credit"
    return marks.reason_to_drop(text) or ("teaser" if in_promo else "furniture")
