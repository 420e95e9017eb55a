"""Editions and what they rest on: memberships of stories, reports with their checkpoints.

Only a finished edition is a basis for later ones. All functions take an open connection;
whoever calls commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    Column,
    Connection,
    Row,
    ScalarSelect,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)

from factcheck.digest.models import Edition
from factcheck.digest.store.database import read_body, refuse_body
from factcheck.digest.store.inbox import CHUNK, tell
from factcheck.digest.store.schema import editions, findings, memberships, reports, versions
from factcheck.models import Checkpoint, DataModel, Report
from factcheck.persistence import UnreadableError, parse_json, read_document, write_document
from factcheck.sidebyside.models import SideBySide

Status = Literal["started", "complete", "degraded", "preview"]
FINISHED = ("complete", "degraded")
ENGINES: Mapping[type[DataModel], str] = MappingProxyType({Report: "model", SideBySide: "reading"})
Work = TypeVar("Work", bound=Report | SideBySide)


@dataclass(frozen=True)
class StoredReport(Generic[Work]):
    """A fact-check or a reading of a story as an edition made it.

    `versions` are the article ids `a7` that went in; `whole` is False where calls failed.
    """

    edition: str
    story: int
    versions: tuple[str, ...]
    whole: bool
    report: Work
    checkpoint: Checkpoint


# --- editions --------------------------------------------------------------------------


def start(db: Connection, identity: str, window: datetime, made: datetime, status: Status) -> None:
    """Open an edition, or open it again; what it had so far stays."""
    if db.scalar(select(editions.c.id).where(editions.c.id == identity)) is None:
        number = (db.scalar(select(func.max(editions.c.number))) or 0) + 1
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
    """Keep an edition as it goes out, with all that is in it, and that its articles are told.

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
    lists = (story.articles for story in (*edition.stories, *edition.singles))
    tell(db, {one.id for articles in lists for one in articles}, edition.id)


def sweep(db: Connection, keep: str) -> None:
    """Take back editions that were broken off and that nobody goes on with."""
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
    body = db.scalar(_select_finished(editions.c.body).where(editions.c.id == identity))
    return None if body is None else read_body(Edition, body, f"edition {identity}")


def past(
    db: Connection, before: str = "", limit: int = 50, entries: int | None = None
) -> list[Edition]:
    """The finished editions, newest first, only those before the one named.

    Once so many stories changed in the newer ones (`entries`), the rest come without what only
    their own pages show: hundreds of stories in dozens of editions take time and memory.
    """
    query = select(editions.c.id, editions.c.body).where(editions.c.status.in_(FINISHED))
    query = query.order_by(editions.c.number.desc()).limit(limit)
    if before:
        query = query.where(editions.c.number < _number(before))
    found: list[Edition] = []
    changed = 0
    for row in db.execute(query):
        bare = bool(found) and entries is not None and changed >= entries
        body = without_pages(row.body) if bare else row.body
        found.append(read_body(Edition, body, f"edition {row.id}"))
        changed += sum(one.status in {"new", "developing"} for one in found[-1].stories)
    return found


def last(db: Connection) -> Edition | None:
    """The edition that was finished last."""
    return next(iter(past(db, limit=1)), None)


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
        select(editions.c.id, editions.c.window)
        .where(editions.c.status.in_(FINISHED))
        .order_by(editions.c.number)
    ).all()
    first = next((at for at, row in enumerate(rows) if row.window > moment), len(rows))
    return rows[first - 1].id if first else "", tuple(row.id for row in rows[first:])


def drop(db: Connection, identity: str) -> None:
    """Take an edition back, with all that is only in it."""
    for table in (findings, reports, memberships):
        db.execute(delete(table).where(table.c.edition == identity))
    db.execute(delete(editions).where(editions.c.id == identity))


def forget(db: Connection, identity: str) -> bool:
    """Take an edition back, and what it told is news again; False where there is none."""
    if db.scalar(select(editions.c.id).where(editions.c.id == identity)) is None:
        return False
    drop(db, identity)
    told = versions.c.edition == identity
    db.execute(update(versions).where(told).values(edition=None))
    return True


# --- stories ----------------------------------------------------------------------------


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
        .where(editions.c.status.in_(FINISHED), editions.c.number < _number(edition))
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
    """Keep which articles an edition counts to which story."""
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
    query = select(func.max(memberships.c.story)).where(
        memberships.c.edition.in_(_select_finished(editions.c.id))
    )
    return db.scalar(query) or 0


# --- reports ----------------------------------------------------------------------------


def keep_report(db: Connection, stored: StoredReport[Any]) -> None:
    """Keep the report of a story, with the numbers of its findings."""
    mine = {"edition": stored.edition, "story": stored.story}
    db.execute(
        insert(reports).values(
            **mine,
            engine=ENGINES[type(stored.report)],
            versions=json.dumps(stored.versions),
            whole=stored.whole,
            body=write_document(stored.report),
            checkpoint=write_document(stored.checkpoint),
        )
    )
    found = stored.report.findings if isinstance(stored.report, Report) else ()
    rows = [{**mine, "number": int(finding.id.removeprefix("f"))} for finding in found]
    if rows:
        db.execute(insert(findings), rows)


def last_report(
    db: Connection, story: int, kind: type[Work], before: str, *, itself: bool = False
) -> StoredReport[Work] | None:
    """The latest report of a story in a finished edition before this one, or also in `itself`.

    None if that is of an earlier version of the program, which is not read any more.
    """
    number = _number(before)
    row = db.execute(
        select(reports)
        .join(editions, editions.c.id == reports.c.edition)
        .where(reports.c.story == story, reports.c.engine == ENGINES[kind])
        .where(editions.c.status.in_(FINISHED))
        .where(editions.c.number <= number if itself else editions.c.number < number)
        .order_by(editions.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else _to_stored(row, kind)


def first_seen(db: Connection, story: int) -> dict[str, str]:
    """The finished edition that first had each finding of a story, by ids such as `f3`."""
    rows = db.execute(
        select(findings.c.number, editions.c.id)
        .join(editions, editions.c.id == findings.c.edition)
        .where(editions.c.status.in_(FINISHED), findings.c.story == story)
        .order_by(editions.c.number.desc())
    )
    return {f"f{number}": edition for number, edition in rows}


def reports_of(db: Connection, edition: str) -> list[StoredReport[Any]]:
    """All reports that an edition made, fact-checks after readings of the same story.

    Those of an earlier version of the program are left out.
    """
    query = select(reports).where(reports.c.edition == edition)
    rows = db.execute(query.order_by(reports.c.story, reports.c.engine.desc()))
    found: Iterator[StoredReport[Any] | None] = (
        _to_stored(row, Report) if row.engine == "model" else _to_stored(row, SideBySide)
        for row in rows
    )
    return [stored for stored in found if stored is not None]


def _to_stored(row: Row[*tuple[Any, ...]], kind: type[Work]) -> StoredReport[Work] | None:
    try:
        return StoredReport(
            edition=row.edition,
            story=row.story,
            versions=_to_versions(row.versions),
            whole=row.whole,
            report=read_document(kind, row.body),
            checkpoint=read_document(Checkpoint, row.checkpoint),
        )
    except UnreadableError as error:
        if error.fault == "older":
            return None
        work = "reading" if row.engine == "reading" else "fact-check"
        name = f"the {work} of story s{row.story} in edition {row.edition}"
        raise refuse_body(name, error) from error


def _to_versions(text: str) -> tuple[str, ...]:
    try:
        return TypeAdapter(tuple[str, ...]).validate_json(text)
    except ValidationError as error:
        raise UnreadableError("damaged", "is damaged: it names no articles") from error


def _number(edition: str) -> ScalarSelect[int]:
    return select(editions.c.number).where(editions.c.id == edition).scalar_subquery()


def _select_finished(column: Column[str]) -> Select[str]:
    return select(column).where(editions.c.status.in_(FINISHED))
