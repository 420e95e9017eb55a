"""Fact-checks and readings of stories, with their checkpoints and the numbers of their findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, insert, select

from factcheck.digest.models import to_number
from factcheck.digest.store.database import refuse_body
from factcheck.digest.store.schema import FINISHED, editions, findings, number_of, reports
from factcheck.models import Checkpoint, DataModel, Report
from factcheck.persistence import UnreadableError, read_document, write_document
from factcheck.sidebyside.models import SideBySide

ENGINES: Mapping[type[DataModel], str] = MappingProxyType({Report: "model", SideBySide: "reading"})
KINDS: Mapping[str, Any] = MappingProxyType({name: kind for kind, name in ENGINES.items()})
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


def keep_report(db: Connection, stored: StoredReport[Any]) -> None:
    """Store the report of a story, with the numbers of its findings."""
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
    rows = [{**mine, "number": to_number(finding.id)} for finding in found]
    if rows:
        db.execute(insert(findings), rows)


def last_report(
    db: Connection, story: int, kind: type[Work], before: str, *, itself: bool = False
) -> StoredReport[Work] | None:
    """The latest report of a story in a finished edition before this one, or also in `itself`.

    None if that is of an earlier version of the program, which is not read any more.
    """
    number = number_of(before)
    row = db.execute(
        select(reports)
        .join(editions, editions.c.id == reports.c.edition)
        .where(reports.c.story == story, reports.c.engine == ENGINES[kind])
        .where(FINISHED)
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
        .where(FINISHED, findings.c.story == story)
        .order_by(editions.c.number.desc())
    )
    return {f"f{number}": edition for number, edition in rows}


def reports_of(db: Connection, edition: str) -> list[StoredReport[Any]]:
    """All reports that an edition made, fact-checks after readings of the same story.

    Those of an earlier version of the program are left out.
    """
    query = select(reports).where(reports.c.edition == edition)
    rows = db.execute(query.order_by(reports.c.story, reports.c.engine.desc()))
    found = (_to_stored(row, KINDS[row.engine]) for row in rows)
    return [stored for stored in found if stored is not None]


def _to_stored(row: Row[*tuple[Any, ...]], kind: type[Work]) -> StoredReport[Work] | None:
    try:
        return StoredReport(
            edition=row.edition,
            story=row.story,
            versions=TypeAdapter(tuple[str, ...]).validate_json(row.versions),
            whole=row.whole,
            report=read_document(kind, row.body),
            checkpoint=read_document(Checkpoint, row.checkpoint),
        )
    except ValidationError:
        error = UnreadableError("damaged", "is damaged: it names no articles")
    except UnreadableError as caught:
        error = caught
    if error.fault == "older":
        return None
    work = "reading" if row.engine == "reading" else "fact-check"
    raise refuse_body(f"the {work} of story s{row.story} in edition {row.edition}", error)
