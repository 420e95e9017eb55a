"""RSS, Atom and RDF: bytes in, a raw `Feed` out (links and dates as they stand).

`feedparser` reads them, from a stream of bytes: given a text or a bare byte string it may
take that for a file name or a URL. Markup in entries comes back without scripts.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from html import escape
from io import BytesIO
from typing import Any

from factcheck.fetch.models import Entry, Feed
from factcheck.fetch.text import LONGEST_TITLE, find_full_text, to_one_line, to_plain_text

_ENTITIES = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_MAIL = re.compile(r"^\s*\S+@\S+ \(([^()]+)\)\s*$")  # as RSS 2.0 wants it
MOST_BYTES = 2_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_xml(content: bytes, url: str, content_type: str) -> Feed:
    """The entries that can be read; a feed that declares entities is not (XML bombs)."""
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import
    from feedparser.encodings import convert_to_utf8  # type: ignore[import-untyped] # noqa: PLC0415 - same

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        _shorten_authors()
        # Declarations can hide in any encoding, so this is done before they are looked for.
        text = convert_to_utf8(headers, content, {})
        if _ENTITIES.search(text):
            return Feed(problem="the feed declares XML entities, which is not read: tell its owner")
        text, cut = _shorten(text)
        headers["content-type"] = "application/xml; charset=utf-8"
        found = feedparser.parse(BytesIO(text), response_headers=headers)
        entries = tuple(_entry(raw, found.feed) for raw in found.entries)
    except Exception as error:  # noqa: BLE001 - hostile input into a library that promises nothing
        return Feed(problem=f"the feed cannot be read ({type(error).__name__}): tell its owner")
    problem = _problem(found) if found.bozo or not (found.version or entries) else cut
    return Feed(title=_title(found.feed), entries=entries, problem=problem)


@cache
def _shorten_authors() -> None:
    """Keep `feedparser` from looking through long authors: its pattern takes quadratic time."""
    from feedparser.mixin import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
        _FeedParserMixin as Parser,
    )

    look = Parser._sync_author_detail  # noqa: SLF001 (there is no other way in)

    def bound_author(self: Any, key: str = "author") -> None:
        context = self._get_context()
        if context.get(key):
            context[key] = context[key][:LONGEST_TITLE]
        look(self, key)

    Parser._sync_author_detail = bound_author  # noqa: SLF001


def _shorten(text: bytes) -> tuple[bytes, str]:
    """A feed without the entries beyond `MOST_BYTES`, since parsing is slow; and what to say."""
    if len(text) <= MOST_BYTES:
        return text, ""
    ends = [match.end() for match in _END.finditer(text)]
    kept = max((end for end in ends if end <= MOST_BYTES), default=0)
    text = text[:kept] + text[ends[-1] :] if kept else text[:MOST_BYTES]
    return text[:MOST_BYTES], f"only the first {MOST_BYTES:,} bytes of the feed are read"


def _problem(found: Any) -> str:
    if not found.entries and not found.version:
        return "this is XML but no feed: check its address"
    where = getattr(found.get("bozo_exception"), "getLineNumber", lambda: None)()
    line = f" in line {where}" if where else ""
    return f"the feed is broken{line}: {len(found.entries)} entries could be read"


def _entry(raw: Any, feed: Mapping[str, Any]) -> Entry:
    contents = [part for part in raw.get("content") or () if part.get("value")]
    content = max(map(_markup, contents), key=len, default="")
    summary = _markup(raw.get("summary_detail") or {})
    return Entry(
        id=to_one_line(raw.get("id") or ""),
        url=raw.get("link") or "",
        title=_title(raw),
        # Not by attribute: feedparser gives the one for the other where it is missing.
        published=_time(dict.get(raw, "published_parsed")),
        updated=_time(dict.get(raw, "updated_parsed")),
        author=to_one_line(_MAIL.sub(r"\1", (raw.get("author") or "")[:LONGEST_TITLE])),
        language=_language(contents, raw, feed),
        summary=to_plain_text(summary or content),
        content=find_full_text(content, summary),
    )


def _language(
    contents: Iterable[Mapping[str, Any]], raw: Mapping[str, Any], feed: Mapping[str, Any]
) -> str:
    details = (*contents, raw.get("title_detail") or {})
    told = next((part["language"] for part in details if part.get("language")), "")
    return to_one_line(str(told or feed.get("language") or ""), 20)


def _markup(part: Mapping[str, Any]) -> str:
    """The HTML of a text construct; plain text is escaped."""
    value = str(part.get("value") or "")
    return escape(value, quote=False) if part.get("type") == "text/plain" else value


def _title(raw: Mapping[str, Any]) -> str:
    return to_plain_text(_markup(raw.get("title_detail") or {}), LONGEST_TITLE)


def _time(parts: Any) -> datetime | None:
    """A time in UTC from what feedparser made of a date; None for one that cannot be."""
    try:
        found = datetime.fromtimestamp(timegm(parts), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return found if found >= _EPOCH else None
