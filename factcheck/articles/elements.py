"""Read and change the elements of a page that `lxml` has parsed."""

from __future__ import annotations

import re
from typing import Any

from factcheck.language.words import split_table

INLINE = split_table(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small
    span strike strong sub sup time tt u var wbr label"""
)
BOLD = split_table("b strong time")
HEADS = split_table("h1 h2 h3 h4 h5 h6")
BESIDE = split_table("nav footer aside form button select menu")
"""What stands beside a story, or leads away from it."""
TEXT_BLOCKS = split_table("p h1 h2 h3 h4 li blockquote table")
"""Elements that hold text of their own in another."""
_MOST_NAMES = 25  # words of a byline
_COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?|commentlist|respond|disqus|kommentare?|commentaires?|comentarios?"
    r"|commenti|reacties|kommentarer|komentarze)(?![a-z])",
    re.IGNORECASE,
)


def match_class(names: str) -> re.Pattern[str]:
    """A pattern for class names that are, or end in, one of some names: "caption", "x-caption"."""
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?:\s|$)", re.IGNORECASE)


_BYLINE_CLASS = match_class(
    r"by|byline|author|authors|signature|dateline|date|timestamp|pub-?date|published|meta"
)


def read_text(element: Any) -> str:
    """The text of an element on one line, with a space for each line break."""
    parts = element.xpath("descendant::text() | descendant::br")
    return " ".join("".join(part if isinstance(part, str) else " " for part in parts).split())


def count_words(element: Any) -> int:
    """The number of words in an element."""
    return len(element.text_content().split())


def count_paragraph_words(element: Any) -> int:
    """The number of words in the paragraphs of an element."""
    return sum(map(count_words, element.iter("p")))


def read_classes(element: Any) -> str:
    """What the class and id of an element say."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_byline_block(element: Any) -> bool:
    """Whether the class of a block says that it holds names or times, and it is as short."""
    if element.tag == "span" or not _BYLINE_CLASS.search(read_classes(element)):
        return False
    inner = next(element.iterdescendants(*TEXT_BLOCKS), None)
    return inner is None and 0 < count_words(element) <= _MOST_NAMES


def is_comment_box(element: Any) -> bool:
    """Whether an element holds what readers wrote below an article, by its class or id."""
    return _COMMENTS.search(read_classes(element)) is not None


def make_element(beside: Any, tag: str, text: str | None = None) -> Any:
    """A new element for the page that another one stands in."""
    element = beside.makeelement(tag)
    element.text = text
    return element


def remove(element: Any) -> None:
    """Take an element out, leaving the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
