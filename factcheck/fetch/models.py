"""The data models of fetching: what is asked for, what came back, what a feed or a page holds.

Trouble is a value: `NotFetched` has a reason for code and one line for people. Only inside
this package it travels as `FetchProblem`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Reason = Literal[
    "bad URL",
    "host not allowed",
    "private address",
    "name not found",
    "unreachable",
    "timeout",
    "too large",
    "too many redirects",
    "robots",
    "busy",
    "given up",
    "refused",
    "not found",
    "gone",
    "server error",
    "bad answer",
]
PageKind = Literal[
    "article", "paywall", "cookie wall", "login", "bot check", "error page", "not an article"
]


@dataclass(frozen=True)
class Request:
    """One URL to fetch.

    `etag` and `last_modified` are what the last answer carried; a server that has nothing
    new then sends nothing. `via` is the URL of the feed or page that named this one, ""
    for one that the user gave: only a trusted private host may lead to a private host.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    via: str = ""


@dataclass(frozen=True)
class Fetched:
    """An answer; `content` is unpacked, `charset` from the header, `content_type` in lower case."""

    url: str
    final_url: str
    content: bytes
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


@dataclass(frozen=True)
class NotFetched:
    """No answer that can be used, and why; `detail` is one line that tells what to do.

    `url` has no user name and password; `urls.shown` has no query (a key) either.
    """

    url: str
    reason: Reason
    detail: str


class FetchProblem(Exception):  # noqa: N818 - a value on its way, not an error of the program
    """A request that came to nothing; never leaves this package.

    `remedy` tells whoever set the address how to allow it, "" for one that a feed or a redirect
    leads to, which have no say in what is trusted. The message holds both.
    """

    def __init__(self, reason: Reason, detail: str, remedy: str = "") -> None:
        super().__init__(f"{detail}: {remedy}" if remedy else detail)
        self.reason: Reason = reason
        self.detail = detail
        self.remedy = remedy


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    `url` is absolute, http or https, or "" where the entry has a full text and no link;
    `summary` is plain text; `content` is HTML, and "" unless it is a full text. `shared` tells
    that other articles of the feed have the same address: its own text is read, not the page.
    """

    id: str
    url: str
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    language: str = ""
    summary: str = ""
    content: str = ""
    shared: bool = False

    @property
    def has_page(self) -> bool:
        """Whether the article stands at its address."""
        return bool(self.url) and not self.shared


@dataclass(frozen=True)
class Feed:
    """A feed as far as it could be read; `problem` says what could not, `note` what is odd."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class PageNote:
    """What a page is, and what tells so."""

    kind: PageKind
    detail: str = ""
