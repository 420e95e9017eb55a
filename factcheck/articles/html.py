"""Read news pages: the main text with headings and captions, metadata, and what was left out.

Live pages are read by their entries, others by what is extracted of them, and every line of the
page that is in no line of the text is listed as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from factcheck.articles import marks
from factcheck.articles.boxes import take_promos
from factcheck.articles.decode import scrub
from factcheck.articles.elements import BESIDE, remove
from factcheck.articles.extraction import extract_lines
from factcheck.articles.hidden import read_comments, take_hidden, warn_of_hidden
from factcheck.articles.layout import open_quotes
from factcheck.articles.lines import Document, Line, is_ended, squeeze
from factcheck.articles.outlet import find_copyright_owner, find_publisher
from factcheck.articles.pagedata import open_archive, read_page_metadata
from factcheck.articles.segments import LEAST, Segment, cut_segments, nest_entries, read_live_page
from factcheck.articles.times import is_dated, read_time, without_time
from factcheck.models import ArticleWarning, Dropped, DropReason

_AROUND = BESIDE | {"header"}
_DASH = re.compile(r"\s[-–—]\s")
_FEWEST = 6  # words of a correction
_SHORT = 20  # letters of a text that may stand in the story by chance


def read_html(text: str) -> Document:
    """Read a page; its metadata has the keys of front matter. Without main text it has no lines."""
    from trafilatura import load_html  # noqa: PLC0415 - slow to import

    tree = load_html(text)
    if tree is None:  # it takes a piece of a page, such as one paragraph, for none
        tree = load_html(f"<html><head></head><body>{text}</body></html>")
    if tree is None:
        return Document(())
    bars = [Dropped(text=text, reason="furniture") for text in open_archive(tree) if text]
    metadata = read_page_metadata(tree)
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
        extracted = extract_lines(tree)
        lines = (*extracted, *_list_corrections(page, extracted))
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


def _warn_of_part(whole: str, lines: Iterable[Line]) -> Iterator[ArticleWarning]:
    """A warning where the page's data have a text of which it shows three quarters at most."""
    shown = [squeeze(line.text) for line in lines if line.kind == "text"]
    size = sum(map(len, shown))
    inside = sum(len(text) for text in shown if text in whole)
    if 2 * inside > size and 4 * size < 3 * len(whole):
        say = f"the page shows about {100 * size // len(whole)} per cent of the text in its data"
        yield ArticleWarning(kind="metadata", text=say, place="articleBody of the page")


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
