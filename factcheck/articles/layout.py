"""Make the blocks of a page what a reader sees: loose text, line breaks, tables, quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from factcheck.articles.elements import BOLD, INLINE, count_words, make_element, read_text, remove
from factcheck.articles.lines import LIST_ITEM, Line, is_ended, mark_rows
from factcheck.articles.marks import is_byline
from factcheck.articles.times import is_dated
from factcheck.language.words import split_table

_CONTAINERS = ("div", "section", "article", "main", "td", "body", "center", "font", "blockquote")
_BESIDE = split_table("h1 h2 h3 h4 p div section figure table blockquote ul ol hr")
_NOTE_MARK = re.compile(r"[\[(]?\d{1,3}[\])]?|\[[a-z]{1,2}\]")
_LEAST_LOOSE = 3  # words that are a paragraph beside others
_CELL = 80  # words that no cell of a table of figures has
_LEAST_WRAPPED = 5  # words of a row that goes on in the next


def open_quotes(tree: Any) -> None:
    """Take the marks of notes out, and part who is quoted in a block from what is."""
    for mark in list(tree.iter("sup")):
        beside = mark.getprevious()
        before = (mark.getparent().text if beside is None else beside.tail) or ""
        if _NOTE_MARK.fullmatch(read_text(mark)) and is_ended(before.rstrip()):
            remove(mark)
    for quote in tree.iter("blockquote"):
        for named in quote.iterdescendants("cite", "footer"):
            named.tag = "p"


def open_tables(tree: Any) -> None:
    """Take tables out of their figures, which are looked at for captions alone."""
    for figure in list(tree.iter("figure")):
        if next(figure.iterdescendants("table"), None) is not None:
            figure.tag = "div"


def open_layouts(tree: Any) -> None:
    """Make blocks of the tables that lay a page out: one with a cell as long as a story."""
    for table in list(tree.iter("table")):
        if any(count_words(cell) > _CELL for cell in table.iter("td")):
            for part in table.iter("table", "tbody", "tr", "td", "th"):
                part.tag = "div"


def wrap_loose_text(tree: Any) -> None:
    """Put text that stands beside blocks in paragraphs, which the extraction would drop."""
    for block in list(tree.iter(*_CONTAINERS)):
        beside = any(child.tag in _BESIDE for child in block)
        told = (c for c in block if c.tag in INLINE and c.tag != "a")
        loose = [block.text or "", *(c.tail or "" for c in block), *map(read_text, told)]
        if not beside or sum(len(text.split()) for text in loose) < _LEAST_LOOSE:
            continue
        parts: list[Any] = []
        text, block.text = block.text, None
        run = make_element(block, "p", text)
        for child in list(block):
            tail, child.tail = child.tail, None
            breaks = child.tag == "br"
            named = isinstance(child.tag, str)  # a comment has none
            inner = next(child.iterdescendants(*_BESIDE), None) if named else None
            inline = not named or (child.tag in INLINE and inner is None)
            if inline or (breaks and (tail or "").strip() and read_text(run)):
                run.append(child)
                child.tail = tail
            else:
                parts += [run] if breaks else [run, child]
                run = make_element(block, "p", tail)
        for part in (*parts, run):
            if part.tag != "p" or part.getparent() is not None or read_text(part):
                block.append(part)


def _break_preformatted(tree: Any) -> None:
    """Make a `<br>` of each line break in text that is shown with them."""
    for block in list(tree.iter("pre")):
        first, *rows = block.text_content().split("\n")
        block[:], block.text = [], first
        for row in rows:
            line = make_element(block, "br")
            line.tail = row
            block.append(line)


def join_broken_lines(tree: Any) -> None:
    """Replace each `<br>` within a sentence by a space; what is in bold stays apart."""
    _break_preformatted(tree)
    for parent in dict.fromkeys(line.getparent() for line in tree.iter("br")):
        run: list[tuple[Any, str]] = []  # rows, each with the break that opens it
        opening, parts, bold = None, [parent.text or ""], ""
        for child in (*parent, None):
            if child is not None and (child.tag in INLINE or callable(child.tag)):
                text = "" if callable(child.tag) else "".join(child.itertext())
                bold += text if child.tag in BOLD else ""
                parts += [text, child.tail or ""]
                continue
            text = " ".join("".join(parts).split())
            apart = not text or text == " ".join(bold.split())
            run += [] if apart else [(opening, text)]
            if apart or child is None or child.tag != "br":
                _join_rows(run)
                run = []
            opening, parts, bold = child, [] if child is None else [child.tail or ""], ""


def _join_rows(run: Sequence[tuple[Any, str]]) -> None:
    """Join wrapped rows; those of lists, figures, bylines and dates stay apart."""
    rows = mark_rows([Line(text, gap=False) for _, text in run])
    whole = False
    for at in range(len(run) - 1, 0, -1):
        before, after = rows[at - 1], rows[at]
        whole = whole or is_ended(after.text)
        wrapped = whole and len(before.text.split()) >= _LEAST_WRAPPED
        if (
            is_ended(before.text)
            or LIST_ITEM.match(after.text)
            or "row" in (before.kind, after.kind)
        ):
            continue
        if after.text[0].islower() or (wrapped and not _is_head(before, after)):
            line = run[at][0]
            line.tag, line.tail = "span", f" {line.tail or ''}"


def _is_head(*rows: Line) -> bool:
    return any(is_dated(row.text) or is_byline(row.text) for row in rows)
