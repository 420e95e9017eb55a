"""The data models of grouping: articles as it sees them, and scores of pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Articles published further apart than this are never linked: similar events run together
# otherwise, and the scores of pairs need to be kept for this long only.
WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Item:
    """One article as grouping sees it.

    `key` is a stable id of the article, `text` the plain body; `title` may be empty.
    `published` is aware, or None where unknown.
    `language` is an ISO 639-1 code.
    """

    key: str
    title: str
    text: str
    published: datetime | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Link:
    """How near two articles are, 0 to 1; 1 only for copies.

    The caller keeps the links between editions, for as long as both articles are in the
    window.
    """

    a: str
    b: str
    score: float
