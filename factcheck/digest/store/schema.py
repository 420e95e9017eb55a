"""The tables of the store, for SQLite and PostgreSQL alike.

An edition is a snapshot: what it says of stories, reports and findings carries its id, and
only a finished one is a basis for the next. So an edition that was broken off leaves nothing
behind that anybody goes on from, but articles, links and answers, which hold for all.
Data models are kept as their JSON. A new store is made of these tables; `migrations/` brings
those of an older one up to date, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    ScalarSelect,
    String,
    Table,
    Text,
    TypeDecorator,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.engine import Dialect


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC without its zone, for SQLite knows none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the interface)
        """To UTC, without the zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the interface)
        """Aware again."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()

# One row an article, whatever was edited in it; `key` is its URL or its place in a source.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("scored", String(20), nullable=False),  # the text whose links are kept, "" for none
    # "" while its page is there, else `MISSED`, `GONE` or the edition that told it is withdrawn
    Column("gone", String(40), nullable=False, server_default=""),
)

# Other keys that an article is known by: where it moved to, its number in a feed.
names = Table(
    "names",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False),
)

# The text of an article that each way it comes by brought last, whole if it is none of `versions`.
brought = Table(
    "brought",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("text_sha256", String(64), nullable=False),
    Column("body", Text, nullable=False, server_default=""),
)

# One row a text of an article, newest last; `edition` is the first that told of it.
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False, index=True),
    Column("seen", UtcTime, nullable=False, index=True),
    Column("published", UtcTime),
    Column("edition", String(40), index=True),
    Column("body", Text, nullable=False),
)

# How likely two articles are about one event, as scored when the later one came.
links = Table(
    "links",
    metadata,
    Column("one", ForeignKey("articles.id"), primary_key=True),
    Column("other", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("window", UtcTime, nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("status", String(12), nullable=False),
    Column("body", Text),
)

FINISHED = editions.c.status.in_(("complete", "degraded"))
"""Whether an edition went out."""


def next_number(db: Connection, column: Column[int]) -> int:
    """The number after the highest in a column."""
    return (db.scalar(select(func.max(column))) or 0) + 1


def put_row(db: Connection, table: Table, key: Mapping[str, Any], **values: Any) -> None:
    """Write a row, in place of the one that has the same key."""
    db.execute(delete(table).filter_by(**key))
    db.execute(insert(table).values(**key, **values))


def number_of(edition: str) -> ScalarSelect[int]:
    """The place of an edition in the order in which they were opened, for a query."""
    return select(editions.c.number).where(editions.c.id == edition).scalar_subquery()


memberships = Table(
    "memberships",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("story", Integer, nullable=False),
)

# `versions` are the texts that the report covers; `checkpoint` is for the next run.
reports = Table(
    "reports",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("story", Integer, primary_key=True, index=True),
    Column("engine", String(12), primary_key=True),
    Column("versions", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("checkpoint", Text, nullable=False),
)

# Which findings the fact-check of a story has, by the numbers that last over editions.
findings = Table(
    "findings",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("story", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Index("findings_by_story", "story", "number"),
)

# What went out stays known where its edition is taken back, so `edition` is no reference.
deliveries = Table(
    "deliveries",
    metadata,
    Column("edition", String(40), primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("target", Text, primary_key=True),
    Column("state", String(12), nullable=False),
    Column("detail", Text, nullable=False),
    Column("changed", UtcTime, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("kept", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)

# What a server said of a URL, for the next conditional request.
pages = Table(
    "pages",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("fetched", UtcTime, nullable=False),
)
