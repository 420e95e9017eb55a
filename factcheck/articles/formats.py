"""Read the text of a file in one of three formats into a `Document` of lines and metadata.

Plain text and Markdown may open with front matter between `---` lines, a plain text also with
the head of a mail; rows with keys that are not used are listed as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from factcheck.articles.decode import scrub
from factcheck.articles.hidden import cut_hidden_markup, warn_of_characters, warn_of_hidden
from factcheck.articles.html import read_html
from factcheck.articles.lines import Document, Line, mark_rows, read_plain_lines
from factcheck.articles.mail import read_mail_head
from factcheck.articles.metadata import ROW, list_unused_rows, read_keys, unify_keys
from factcheck.articles.sentences import LONGEST_PARAGRAPH
from factcheck.articles.times import is_dated
from factcheck.models import ArticleWarning, Dropped

if TYPE_CHECKING:
    from markdown_it.token import Token

Format = Literal["txt", "md", "html"]
FORMATS: Mapping[str, Format] = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_TABLE_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")


def read_document(text: str, kind: Format) -> Document:
    """The lines and metadata of a text in one of the formats. Raises nothing."""
    warnings = warn_of_characters(text)
    text = scrub(text)
    if kind == "html":
        page = read_html(text)
        told = (*warnings, *page.warnings)
        return replace(page, metadata=unify_keys(page.metadata), warnings=told)
    front = _FRONT.match(text.lstrip("\n"))
    if front and kind == "txt" and not any(map(ROW.match, front[1].splitlines())):
        front = None  # plain texts have `---` lines of their own
    block, body = (front[1], front.string[front.end() :]) if front else ("", text)
    metadata, problem = read_keys(block)
    if kind == "txt" and not front and (mail := read_mail_head(body)):
        block, body = mail[0], body.lstrip("\n")[len(mail[0]) :]
        metadata = mail[1]
    if problem:
        detail = f"the front matter is {problem}; it was read line by line"
        warnings = (*warnings, ArticleWarning(kind="metadata", text=detail, place="front matter"))
    lost = [Dropped(text=row, reason="metadata") for row in list_unused_rows(block)]
    # The time of the parser grows faster than a paragraph, and no real one is that long.
    if kind == "md":
        body, hidden = cut_hidden_markup(body)
        warnings += warn_of_hidden(hidden, frozenset())
        lost += [Dropped(text=one.text, reason="hidden") for one in hidden]
    if kind == "md" and max(map(len, _BLANK.split(body))) <= LONGEST_PARAGRAPH:
        lines, more = _read_markdown(body)
        lost += more
    else:
        lines = read_plain_lines(body)
    return Document(lines, unify_keys(metadata), tuple(lost), warnings)


def _read_markdown(text: str) -> tuple[tuple[Line, ...], list[Dropped]]:
    """Paragraphs, headings, list items and table rows of a Markdown text, without its markup.

    Raw HTML stays as the text it is. The text of an image becomes a caption. Second come
    the labels of links and of code, which no reader sees.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded for Markdown only

    lines: list[Line] = []
    lost: list[str] = []
    heading = ""
    shared: dict[str, dict[str, dict[str, str]]] = {}
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text, shared)
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    title = heads[0] if heads and tokens[heads[0]].tag == "h1" else 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline":
            found = [*_read_inline(token, heading)]
            if heads and not _is_bold(token):
                found = [replace(line, plain=line.kind == "text") for line in found]
            lines += _read_head(token) or found if at < title else found
            heading = ""
        elif token.type in {"fence", "code_block"}:
            lost.append(token.info)
            lines += read_plain_lines(scrub(token.content))
    for label, link in shared.get("references", {}).items():
        lost.append(f"[{label}]: {link.get('href', '')} {link.get('title', '')}")
    texts = (" ".join(scrub(row).split()) for row in lost)
    return tuple(lines), [Dropped(text=row, reason="metadata") for row in texts if row]


def _read_inline(token: Token, heading: str) -> Iterator[Line]:
    """The lines of one block: its paragraphs, or its rows where it is a table or score box."""
    children = token.children or []
    images = [child.content for child in children if child.type == "image" and child.content]
    yield from (Line(" ".join(scrub(image).split()), kind="caption") for image in images)
    rows = _cut_rows(children, soft="\n")
    if len(rows) > 1 and "|" in rows[1] and _TABLE_RULE.match(rows[1]):
        table = (row.strip("| ") for row in rows if not _TABLE_RULE.match(row))
        yield from (Line(row, kind="row") for row in table if row)
        return
    if heading:
        kind: Literal["title", "heading"] = "title" if heading == "h1" else "heading"
        yield from (Line(row, kind=kind) for row in _cut_rows(children, soft=" "))
        return
    lines = mark_rows(_attach(rows))
    whole = all(line.kind == "text" for line in lines)
    yield from _attach(_cut_rows(children, soft=" ")) if whole else lines


def _attach(rows: Sequence[str]) -> list[Line]:
    """The rows of one block as lines, with a gap before the first alone."""
    return [Line(row, gap=number == 0) for number, row in enumerate(rows)]


def _is_bold(token: Token) -> bool:
    """Whether a whole block is in bold, as a heading without its mark is."""
    kinds = [child.type for child in token.children or [] if child.content or child.nesting]
    return kinds[:1] == ["strong_open"] and kinds.index("strong_close") == len(kinds) - 1


def _read_head(token: Token) -> list[Line]:
    """The rows of a block above the title that holds a masthead and a date; else none."""
    rows = _cut_rows(token.children or [], soft="\n")
    return _attach(rows) if len(rows) > 1 and any(map(is_dated, rows)) else []


def _cut_rows(children: Sequence[Token], soft: str) -> list[str]:
    """The text of inline tokens by its hard line breaks; `soft` is what others become."""
    breaks = {"hardbreak": "\n", "softbreak": soft, "image": ""}
    text = "".join(breaks.get(child.type, child.content) for child in children)
    rows = (" ".join(row.split()) for row in scrub(text).split("\n"))  # references bring them back
    return [row for row in rows if row]
