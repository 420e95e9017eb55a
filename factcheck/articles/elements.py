"""Read and change the elements of a page that `lxml` has parsed."""

from __future__ import annotations

from typing import Any


def read_text(element: Any) -> str:
    """The text of an element on one line, with a space for each line break."""
    parts = element.xpath("descendant::text() | descendant::br")
    return " ".join("".join(part if isinstance(part, str) else " " for part in parts).split())


def count_words(element: Any) -> int:
    """The length of the text of an element."""
    return len(element.text_content().split())


def count_paragraph_words(element: Any) -> int:
    """The length of the text that stands in paragraphs of an element."""
    return sum(map(count_words, element.iter("p")))


def read_classes(element: Any) -> str:
    """What the class and id of an element say."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def make_element(beside: Any, tag: str, text: str | None = None) -> Any:
    """A new element for the page that another one stands in."""
    element = beside.makeelement(tag)
    element.text = text
    return element


def remove(element: Any) -> None:
    """Take an element out, leaving the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
