"""News pages: HTML in, the main text with headings and captions, and metadata out.

`trafilatura` finds the main text. It throws away figures with their captions, the hour
of publication and what it takes for boilerplate; so captions are carried through it
under a marker, the time and outlet are read from the page's own metadata (JSON-LD,
`article:` and `og:` tags, `<time>`), and what it left out is listed as dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from factcheck.articles import marks
from factcheck.articles.decode import scrub
from factcheck.articles.lines import Document, Line
from factcheck.articles.times import told_time
from factcheck.models import Dropped, DropReason

_CAPTION = "\ue000"  # private-use characters are scrubbed from all input, so nobody can forge it
_CREDIT = re.compile(r"credit|copyright|photographer|attribution", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:-text)?(?:\s|$)", re.IGNORECASE)
_PROMO = re.compile(
    r"newsletter|promo(?!t)|related|read-?more|see-?also|share|social|advert|recommend|most-read"
    r"|subscri|sign-?up|consent|cookie|ticker",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"correct|clarif|amend|editor.?s.note|footnote", re.IGNORECASE)
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "time")
_TYPES = {"newsarticle", "article", "reportagenewsarticle", "liveblogposting", "blogposting"}


def read_html(text: str) -> Document:
    """The main text, captions and headings of a page, its metadata, what was left out.

    Metadata keys are those of front matter. A page without main text has no lines.
    """
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - slow to import

    tree = load_html(text)
    if tree is None:
        return Document(())
    metadata = dict(_page_metadata(tree))
    for element in list(tree.iter("script", "style", "noscript", "template")):
        _remove(element)
    _scrub_tree(tree)
    seen = _block_texts(tree)
    promos = list(_take_promos(tree))
    _mark_captions(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict):  # a dict only with a deprecated option
        return Document((), metadata, tuple(Dropped(text=t, reason="furniture") for t in seen))
    lines = tuple(_lines_of(found.body))
    extracted = {"title": found.title, "outlet": found.sitename, "author": found.author,
                 "url": found.url, "date": found.date}  # fmt: skip
    metadata = {**{k: v for k, v in extracted.items() if v}, **metadata}
    return Document(lines, metadata, tuple(_left_out(seen, lines, promos)))


def _page_metadata(tree: Any) -> Iterator[tuple[str, object]]:
    """What the page says of itself, by front matter keys; later pairs win."""
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        tags.setdefault(key, (meta.get("content") or "").strip())
    times = [time.get("datetime") for time in tree.iter("time") if time.get("datetime")]
    pairs = (
        ("language", (tree.get("lang") or "")),
        ("date", times[0] if times else ""),
        ("date", tags.get("date") or tags.get("pubdate") or tags.get("datepublished")),
        ("outlet", tags.get("application-name")),
        ("outlet", tags.get("og:site_name")),
        ("title", tags.get("og:title")),
        ("url", tags.get("og:url")),
        ("author", tags.get("author")),
        ("date", tags.get("article:published_time") or tags.get("og:published_time")),
    )
    yield from ((key, value) for key, value in pairs if value)
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _json_ld(script.text_content() or "")


def _json_ld(text: str) -> Iterator[tuple[str, object]]:
    """Title, author, publisher, time and language of an article in JSON-LD."""
    try:
        data = json.loads(text)
    except ValueError:
        return
    for node in _nodes(data):
        kinds = node.get("@type")
        names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
        if not names & _TYPES:
            continue
        pairs = (
            ("title", node.get("headline")),
            ("author", _names(node.get("author"))),
            ("outlet", _names(node.get("publisher"))),
            ("date", node.get("datePublished")),
            ("language", node.get("inLanguage")),
        )
        yield from ((key, value) for key, value in pairs if isinstance(value, str) and value)
        return


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"))
    elif isinstance(data, list):
        for item in data[:100]:
            yield from _nodes(item)


def _names(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in items)
    return ", ".join(name for name in names if isinstance(name, str) and name)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


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


def _classes(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _block_texts(tree: Any) -> list[str]:
    """The text of every block that holds no other block, in the order of the page."""
    leaves = (e for e in tree.iter(*_BLOCKS) if next(e.iterdescendants(*_BLOCKS), None) is None)
    return list(dict.fromkeys(filter(None, map(_text, leaves))))


def _take_promos(tree: Any) -> Iterator[str]:
    """Take small boxes out whose class says "newsletter", "related" or the like."""
    for element in list(tree.iter("div", "aside", "section", "p", "ul")):
        classes = _classes(element)
        if _PROMO.search(classes) and not _CORRECTION.search(classes):
            text = _text(element)
            if element.getparent() is not None and len(text.split()) <= 60:
                yield text
                _remove(element)


def _mark_captions(tree: Any) -> None:
    """Put each caption, and its credit, in a marked paragraph before its figure."""
    captions = [e for e in tree.iter() if e.tag == "figcaption" or _is_caption(e)]
    for caption in captions:
        credits_ = [e for e in caption.iterdescendants() if _CREDIT.search(_classes(e))]
        texts = [_text(e) for e in credits_]
        for element in credits_:
            _remove(element)
        anchor = next(caption.iterancestors("figure"), caption)
        for text in (_text(caption), *texts):
            if text and anchor.getparent() is not None:
                marked = anchor.makeelement("p")
                marked.text = _CAPTION + text
                anchor.addprevious(marked)
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


def _lines_of(body: Any) -> Iterator[Line]:
    """One line a paragraph, heading, list item or table row of the extracted text."""
    for element in body.iter("p", "head", "item", "row", "quote", "code"):
        inside = next(element.iterancestors("p", "head", "item", "row", "quote", "code"), None)
        if inside is not None:
            continue
        for row in _rows(element):
            text = " ".join(row.split())
            if text.startswith(_CAPTION):
                yield Line(text.strip(_CAPTION), gap=False, kind="caption")
            elif text and element.tag == "head":
                yield Line(text, kind="title" if element.get("rend") == "h1" else "heading")
            elif text:
                yield Line(text)


def _rows(element: Any) -> list[str]:
    """The text of an element, cut at its line breaks and inner paragraphs."""
    parts: list[str] = []
    for node in element.iter():
        if node is not element and node.tag in {"lb", "p", "item", "cell"}:
            parts.append(" | " if node.tag == "cell" and parts else "\n")
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts).split("\n") if element.tag != "row" else [_text_of(element)]


def _text_of(row: Any) -> str:
    return ", ".join(filter(None, (" ".join("".join(c.itertext()).split()) for c in row)))


def _left_out(seen: Iterable[str], lines: tuple[Line, ...], promos: list[str]) -> Iterator[Dropped]:
    """Blocks of the page that are in no line of the main text."""
    kept = _squeezed(" ".join(line.text for line in lines))
    promo = _squeezed(" ".join(promos))
    for text in seen:
        squeezed = _squeezed(text)
        if squeezed and squeezed not in kept:
            yield Dropped(text=text, reason=_reason(text, in_promo=squeezed in promo))


def _reason(text: str, *, in_promo: bool) -> DropReason:
    told = told_time(text)
    if marks.is_byline(told.rest if told else text):
        return "byline"
    if told and len(told.rest.split()) <= 4:
        return "metadata"
    return marks.reason_to_drop(text) or ("teaser" if in_promo else "furniture")


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
