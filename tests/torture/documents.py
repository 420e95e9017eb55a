"""What must hold of every document that is written, whatever foreign text is in it."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from factcheck.language.visible import UNSAFE
from tests.test_report import Tree

ACTIVE = {"iframe", "object", "embed", "form", "base", "img", "video", "audio", "textarea"}
MOST = 100_000
"""Characters of Markdown that are looked at: the parser of the checks is slow."""
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def check_html(page: str) -> None:
    """No script but ours, no handler, nothing that loads, no link but to the web or this page."""
    tree = Tree(page)
    assert not tree.open
    assert not ACTIVE & {tag for tag, _ in tree.tags}
    assert not [name for _, attributes in tree.tags for name in attributes if name.startswith("on")]
    assert not re.search(
        r"alert\(1\)", "".join(re.findall(r"(?s)<script[^>]*>(.*?)</script", page))
    )
    for link in (*tree.every("href"), *tree.every("src")):
        assert urlsplit(link).scheme in {"http", "https", "mailto", ""}, link
        assert not re.match(r"\s*(?:javascript|data|vbscript):", link, re.IGNORECASE)
    check_text(page)


def check_markdown(text: str) -> None:
    """No HTML, no picture and no link to anywhere that we did not check."""
    tokens = [t for token in MARKDOWN.parse(text[:MOST]) for t in (token, *(token.children or ()))]
    assert not [t for t in tokens if t.type in {"image", "html_block", "html_inline", "fence"}]
    for link in (str(t.attrs["href"]) for t in tokens if t.type == "link_open"):
        assert urlsplit(link).scheme in {"http", "https", ""}, link
    check_text(text)


def check_text(text: str) -> None:
    """UTF-8, and nothing that acts unseen."""
    text.encode("utf-8")
    assert not UNSAFE.search(text)


def check_json(text: str) -> None:
    """JSON that a strict reader takes; it may hold unseen characters, escaped or not."""
    json.loads(text, parse_constant=refuse)
    text.encode("utf-8")


def check_xml(text: str) -> None:
    """Well-formed XML."""
    ET.fromstring(text.encode())  # noqa: S314 (our own document)
    check_text(text)


def refuse(name: str) -> None:
    """A number that JSON does not have."""
    raise AssertionError(name)


CHECKS = {
    "html": check_html,
    "md": check_markdown,
    "txt": check_text,
    "json": check_json,
    "atom": check_xml,
}
