"""The three formats: the text of a file in, a `Document` of lines and metadata out.

Plain text and Markdown may open with front matter between `---` lines. Its keys (and
those of a sidecar `name.meta.yaml`) are title; outlet, publisher, site or source;
author or byline; date or published; url; language or lang; agency. Others are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from factcheck.articles.decode import scrub
from factcheck.articles.html import read_html
from factcheck.articles.lines import Document, Line, plain_lines
from factcheck.articles.times import as_time

if TYPE_CHECKING:
    from markdown_it.token import Token

Format = Literal["txt", "md", "html"]
FORMATS: Mapping[str, Format] = {".txt": "txt", ".md": "md", ".html": "html", ".htm": "html"}

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^[A-Za-z][\w ]*:", re.MULTILINE)
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "site", "source"),
    "byline": ("author", "byline", "authors"),
    "published": ("published", "date"),
    "url": ("url",),
    "language": ("language", "lang"),
    "agency": ("agency",),
}


class BadMetadataError(Exception):
    """Front matter or a sidecar that is not YAML with keys; the message says where."""


def read_document(text: str, kind: Format) -> Document:
    """The lines and metadata of a text in one of the formats.

    Raises `BadMetadataError` if the front matter cannot be read.
    """
    text = scrub(text)
    if kind == "html":
        document = read_html(text)
        return Document(document.lines, canonical(document.metadata), document.dropped)
    metadata, body = _front_matter(text.lstrip("\n"), kind)
    lines = _markdown_lines(body) if kind == "md" else plain_lines(body)
    return Document(lines, canonical(metadata))


def read_sidecar(text: str) -> dict[str, object]:
    """The metadata in a sidecar file; raises `BadMetadataError`."""
    return canonical(_yaml(scrub(text)))


def canonical(metadata: Mapping[str, object]) -> dict[str, object]:
    """Metadata by the names of `Article`; values that cannot be used are left out."""
    lowered = {str(key).lower().strip(): value for key, value in metadata.items()}
    found: dict[str, object] = {}
    for name, keys in _KEYS.items():
        raw = next((lowered[key] for key in keys if lowered.get(key)), None)
        value = as_time(raw) if name == "published" else _as_text(raw)
        if value:
            found[name] = value
    return found


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value[:20])))
    return " ".join(scrub(str(value)).split())[:500] if isinstance(value, (str, int, float)) else ""


def _front_matter(text: str, kind: Format) -> tuple[Mapping[str, object], str]:
    """Metadata and body. A `---` line in a plain text may also be only a line."""
    match = _FRONT.match(text)
    if not match or (kind == "txt" and not _KEY.search(match.group(1))):
        return {}, text
    return _yaml(match.group(1)), text[match.end() :]


def _yaml(text: str) -> Mapping[str, object]:
    import frontmatter  # noqa: PLC0415 - loaded for files with metadata only
    import yaml  # noqa: PLC0415 - same

    try:
        metadata, _ = frontmatter.parse(f"---\n{text.strip()}\n---\n")
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise BadMetadataError(f"the metadata is not valid YAML{where}: {problem}") from error
    if text.strip() and not metadata:
        raise BadMetadataError("the metadata is not a list of keys and values")
    return dict(metadata)


def _markdown_lines(text: str) -> tuple[Line, ...]:
    """Paragraphs, headings and list items of a Markdown text, without its markup.

    Raw HTML stays as the text it is. The text of an image becomes a caption.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded for Markdown only

    lines: list[Line] = []
    heading = ""
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline":
            lines += _inline_lines(token, heading)
            heading = ""
        elif token.type in {"fence", "code_block"}:
            lines += plain_lines(token.content)
    return tuple(lines)


def _inline_lines(token: Token, heading: str) -> list[Line]:
    children = token.children or []
    images = [child.content for child in children if child.type == "image" and child.content]
    text = "".join(  # scrubbed again, for character references bring characters back
        "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
        for child in children
        if child.type != "image"
    )
    lines = [Line(" ".join(scrub(image).split()), kind="caption") for image in images]
    for number, row in enumerate(filter(str.strip, scrub(text).split("\n"))):
        kind: Literal["title", "heading", "text"] = "text"
        if heading:
            kind = "title" if heading == "h1" else "heading"
        lines.append(Line(" ".join(row.split()), gap=number == 0, kind=kind))
    return lines
