"""Editions as they go out, and which articles each counts to which story.

Only a finished one is a basis for later ones. All functions of the store take an open
connection; whoever calls commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from factcheck.digest.models import Edition
from factcheck.digest.store.articles import GONE
from factcheck.digest.store.database import read_body
from factcheck.digest.store.inbox import CHUNK, mark_told
from factcheck.digest.store.reports import StoredReport, keep_report
from factcheck.digest.store.schema import (
    FINISHED,
    articles,
    editions,
    findings,
    memberships,
    next_number,
    number_of,
    reports,
    versions,
)
from factcheck.persistence import UnreadableError, parse_json, write_document

Status = Literal["started", "complete", "degraded", "preview"]


def start(db: Connection, identity: str, window: datetime, made: datetime, status: Status) -> None:
    """Open an edition, or open it again; what it had so far stays."""
    if db.scalar(select(editions.c.id).where(editions.c.id == identity)) is None:
        number = next_number(db, editions.c.number)
        db.execute(
            insert(editions).values(
                id=identity, number=number, window=window, made=made, status=status
            )
        )


def finish(
    db: Connection,
    edition: Edition,
    stories: Mapping[int, Iterable[int]],
    made: Iterable[StoredReport[Any]],
) -> None:
    """Store a finished edition with all that is in it, and mark its articles as told.

    `stories` are the articles of each story, `made` the reports that the edition made. What
    the edition had before is replaced, all in the transaction of `db`.
    """
    for table in (findings, reports):
        db.execute(delete(table).where(table.c.edition == edition.id))
    set_members(db, edition.id, stories)
    for one in made:
        keep_report(db, one)
    db.execute(
        update(editions)
        .where(editions.c.id == edition.id)
        .values(status=edition.status, made=edition.made, body=write_document(edition))
    )
    lists = (story.articles for story in edition.all_stories)
    mark_told(db, {one.id for articles in lists for one in articles}, edition.id)


def sweep(db: Connection, keep: str) -> None:
    """Delete unfinished editions but the one that is to be continued."""
    for identity in db.scalars(
        select(editions.c.id).where(editions.c.status == "started", editions.c.id != keep)
    ).all():
        drop(db, identity)


def find_unfinished(db: Connection) -> tuple[str, datetime] | None:
    """The edition that was started last and never finished, with its window."""
    row = db.execute(
        select(editions.c.id, editions.c.window, editions.c.status)
        .where(editions.c.status != "preview")
        .order_by(editions.c.number.desc())
        .limit(1)
    ).first()
    return (row.id, row.window) if row and row.status == "started" else None


def edition_of(db: Connection, identity: str) -> Edition | None:
    """An edition as it went out; None if it was never finished."""
    body = db.scalar(select(editions.c.body).where(FINISHED, editions.c.id == identity))
    return None if body is None else read_body(Edition, body, f"edition {identity}")


def list_past(
    db: Connection, before: str = "", limit: int = 50, entries: int | None = None
) -> list[Edition]:
    """The finished editions, newest first, only those before the one named.

    Once so many stories changed in the newer ones (`entries`), the rest come without what only
    their own pages show: hundreds of stories in dozens of editions take time and memory.
    """
    query = select(editions.c.id, editions.c.body).where(FINISHED)
    query = query.order_by(editions.c.number.desc()).limit(limit)
    if before:
        query = query.where(editions.c.number < number_of(before))
    found: list[Edition] = []
    changed = 0
    for row in db.execute(query):
        bare = bool(found) and entries is not None and changed >= entries
        body = without_pages(row.body) if bare else row.body
        found.append(read_body(Edition, body, f"edition {row.id}"))
        changed += len(found[-1].changed)
    return found


def find_last(db: Connection, before: str = "") -> Edition | None:
    """The edition that was finished last, or last before the one named."""
    return next(iter(list_past(db, before, limit=1)), None)


def without_pages(body: str) -> str:
    """The body of an edition whose stories have no first page, no places and no voices.

    One that is damaged stays as it is, for whoever reads it to say so.
    """
    try:
        document = parse_json(body)
        for story in document["stories"]:
            for field in ("first_page", "places", "one_voice"):
                story.pop(field, None)
    except (UnreadableError, AttributeError, KeyError, TypeError):
        return body
    return json.dumps(document)


def split_at(db: Connection, moment: datetime) -> tuple[str, tuple[str, ...]]:
    """The last finished edition of a window up to a moment, "" for none; and those after it."""
    rows = db.execute(
        select(editions.c.id, editions.c.window).where(FINISHED).order_by(editions.c.number)
    ).all()
    first = next((at for at, row in enumerate(rows) if row.window > moment), len(rows))
    return rows[first - 1].id if first else "", tuple(row.id for row in rows[first:])


def drop(db: Connection, identity: str) -> None:
    """Delete an edition with its reports, findings and memberships."""
    for table in (findings, reports, memberships):
        db.execute(delete(table).where(table.c.edition == identity))
    db.execute(delete(editions).where(editions.c.id == identity))


def forget(db: Connection, identity: str) -> bool:
    """Delete an edition, so that its articles are news again; False where there is none."""
    if db.scalar(select(editions.c.id).where(editions.c.id == identity)) is None:
        return False
    drop(db, identity)
    told = versions.c.edition == identity
    db.execute(update(versions).where(told).values(edition=None))
    db.execute(update(articles).where(articles.c.gone == identity).values(gone=GONE))
    return True


# --- articles by story -------------------------------------------------------------------


def members(db: Connection, edition: str) -> dict[int, list[int]]:
    """The articles of each story of an edition, by their ids."""
    found: dict[int, list[int]] = {}
    rows = db.execute(
        select(memberships.c.story, memberships.c.article)
        .where(memberships.c.edition == edition)
        .order_by(memberships.c.story, memberships.c.article)
    )
    for story, article in rows:
        found.setdefault(story, []).append(article)
    return found


def find_lost(
    db: Connection, edition: str, known: Mapping[int, Iterable[int]], articles: Iterable[int]
) -> tuple[dict[int, list[int]], dict[int, str]]:
    """The stories that some articles were last in, and that an edition has no more.

    First their articles, then the last edition that had each. `known` are the articles of each
    story of the edition; only finished ones before it count.
    """
    kept = {article for several in known.values() for article in several}
    wanted = sorted({*articles} - kept)
    earlier = (
        select(memberships.c.article, memberships.c.story, memberships.c.edition, editions.c.number)
        .join(editions, editions.c.id == memberships.c.edition)
        .where(FINISHED, editions.c.number < number_of(edition))
        .order_by(editions.c.number)
    )
    last: dict[int, tuple[int, str, int]] = {}
    for start in range(0, len(wanted), CHUNK):
        few = wanted[start : start + CHUNK]
        for row in db.execute(earlier.where(memberships.c.article.in_(few))):
            last[row.article] = (row.number, row.edition, row.story)
    found: dict[int, list[int]] = {}
    sources: dict[int, str] = {}
    for _, source, story in sorted({*last.values()}, reverse=True):
        if story not in known and story not in found:
            found[story] = [one for one in members(db, source)[story] if one not in kept]
            sources[story] = source
            kept |= {*found[story]}
    return found, sources


def set_members(db: Connection, edition: str, stories: Mapping[int, Iterable[int]]) -> None:
    """Store which articles an edition counts to which story."""
    db.execute(delete(memberships).where(memberships.c.edition == edition))
    rows = [
        {"edition": edition, "story": story, "article": article}
        for story, several in stories.items()
        for article in several
    ]
    if rows:
        db.execute(insert(memberships), rows)


def last_number(db: Connection) -> int:
    """The highest number that a story of a finished edition has, 0 without any."""
    finished = editions, editions.c.id == memberships.c.edition
    return db.scalar(select(func.max(memberships.c.story)).join(*finished).where(FINISHED)) or 0
