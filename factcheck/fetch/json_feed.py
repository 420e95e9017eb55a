"""JSON Feed (jsonfeed.org, versions 1 and 1.1): bytes in, a raw `Feed` out."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from factcheck.articles.times import to_stamp
from factcheck.fetch.models import Entry, Feed
from factcheck.fetch.text import LONGEST_SUMMARY, find_full_text, to_one_line, to_plain_text


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def drop_nulls(cls, value: Any) -> Any:
        """Feeds say null for a field that they leave out."""
        is_object = isinstance(value, dict)
        return {k: v for k, v in value.items() if v is not None} if is_object else value


class _Author(_Part):
    name: str = ""


class _Item(_Part):
    id: str = ""
    url: str = ""
    external_url: str = ""
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    date_published: str = ""
    date_modified: str = ""
    author: _Author = _Author()
    authors: list[_Author] = Field(default_factory=list)
    language: str = ""


class _Feed(_Part):
    version: str = Field(pattern=r"^https?://(?:www\.)?jsonfeed\.org/version/")
    title: str = ""
    language: str = ""
    items: list[Any] = Field(default_factory=list)


def read_json(content: bytes) -> Feed:
    """The items that can be read; those that break the format are counted."""
    try:
        found = _Feed.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        kind = error.errors(include_url=False, include_input=False)[0]["type"]
        what = "is broken" if kind == "json_invalid" else "is no JSON Feed"
        return Feed(problem=f"this JSON {what}: check its address")
    entries = []
    for raw in found.items:
        try:
            entries.append(_entry(_Item.model_validate(raw), found.language))
        except ValidationError:
            continue
    broken = len(found.items) - len(entries)
    problem = f"{broken} of {len(found.items)} entries break the format" if broken else ""
    return Feed(to_one_line(found.title), tuple(entries), problem)


def _entry(item: _Item, language: str) -> Entry:
    blocks = filter(None, map(str.strip, item.content_text.split("\n\n")))
    paragraphs = "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks)
    content = item.content_html or paragraphs
    authors = [author.name for author in item.authors or [item.author] if author.name]
    return Entry(
        id=to_one_line(item.id),
        url=item.url or item.external_url,
        title=to_one_line(item.title),
        published=_time(item.date_published),
        updated=_time(item.date_modified),
        author=to_one_line(", ".join(authors)),
        language=to_one_line(item.language or language, 20),
        summary=to_one_line(item.summary, LONGEST_SUMMARY) or to_plain_text(content),
        content=find_full_text(content, ""),
    )


def _time(text: str) -> datetime | None:
    stamp = to_stamp(text[:100])
    return stamp.time if stamp and not stamp.unsure else None
