"""The store keeps what an edition needs, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, select, text

from factcheck.articles import article_from_text
from factcheck.digest.deliver.ledger import Ledger
from factcheck.digest.keeping import Keeper
from factcheck.digest.models import Coverage, Edition, Place, StoryEdition
from factcheck.digest.sources import Arrival
from factcheck.digest.store import editions, inbox, schema
from factcheck.digest.store.answers import DatabaseAnswers
from factcheck.digest.store.database import lock, migrate
from factcheck.digest.store.reports import (
    StoredReport,
    first_seen,
    keep_report,
    last_report,
    reports_of,
)
from factcheck.errors import BusyError, StoreError
from factcheck.llm.cache import Stored
from factcheck.models import Article, Checkpoint
from factcheck.sidebyside import read_side_by_side
from factcheck.sidebyside.models import SideBySide
from tests.databases import database, open_database

NOW = datetime(2026, 9, 14, 5, tzinfo=UTC)
MAILED = {("mail", "desk@example.org"): "sent"}
TEXT = "A crane fell onto the Harl Bridge on Monday. Nobody was hurt, the fire brigade said."


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param) as url:
        opened = open_database(url, tmp_path)
        yield opened
        opened.dispose()


def article(words: str = TEXT, outlet: str = "Harl Courier") -> Article:
    found = article_from_text(words, source="courier.md", metadata={"outlet": outlet})
    assert isinstance(found, Article)
    return found


def keep(db: Connection, key: str, source: str, found: Article, seen: datetime) -> None:
    """Keep an article as a run does that brings it alone."""
    assert Keeper(db, seen).keep(source, Arrival(key, found)) is None


def edition(identity: str, previous: str = "", status: str = "complete") -> Edition:
    return Edition.model_validate(
        {
            "id": identity,
            "title": "Digest",
            "window": NOW,
            "made": NOW,
            "previous": previous,
            "status": status,
            "engine": "reading",
            "stories": (),
            "coverage": Coverage(sources=()),
        }
    )


FIRST_VERSION = (
    "ALTER TABLE articles DROP COLUMN gone",
    "DROP TABLE names",
    "DROP TABLE brought",
    "DROP INDEX ix_versions_text_sha256",
    """CREATE TABLE claims (
        edition VARCHAR(40) NOT NULL REFERENCES editions (id),
        id VARCHAR(40) NOT NULL,
        version INTEGER NOT NULL REFERENCES versions (id),
        story INTEGER NOT NULL,
        finding INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (edition, id)
    )""",
    "CREATE INDEX ix_claims_version ON claims (version)",
    "ALTER TABLE findings ADD COLUMN kind VARCHAR(12) NOT NULL DEFAULT 'fact'",
    "ALTER TABLE findings ADD COLUMN core BOOLEAN NOT NULL DEFAULT TRUE",
    "ALTER TABLE findings ADD COLUMN verdict VARCHAR(16) NOT NULL DEFAULT 'verified'",
    "ALTER TABLE findings ADD COLUMN outlets INTEGER NOT NULL DEFAULT 2",
    "ALTER TABLE findings ADD COLUMN text TEXT NOT NULL DEFAULT 'It burned.'",
    "INSERT INTO findings (edition, story, number) VALUES ('e1', 1, 2)",
    "DROP TABLE deliveries",
    """CREATE TABLE deliveries (
        edition VARCHAR(40) NOT NULL,
        channel VARCHAR(40) NOT NULL,
        target TEXT NOT NULL,
        state VARCHAR(12) NOT NULL,
        detail TEXT NOT NULL,
        changed DATETIME NOT NULL,
        PRIMARY KEY (edition, channel, target),
        FOREIGN KEY (edition) REFERENCES editions (id)
    )""",
    "INSERT INTO deliveries VALUES ('e1', 'mail', 'desk@example.org', 'sent', '', '2026-09-14')",
    "UPDATE alembic_version SET version_num = '0001'",
)
"""What makes of a store of now one of the first version, with a finding and a delivery in it."""


def made(engine: Engine, identity: str, previous: str = "") -> None:
    with engine.begin() as db:
        editions.start(db, identity, NOW, NOW, "started")
        editions.finish(db, edition(identity, previous), {}, [])


def age(engine: Engine) -> None:
    """Make a store of now one of the first version."""
    time = "TIMESTAMP" if engine.dialect.name == "postgresql" else "DATETIME"
    with engine.begin() as db:
        for statement in FIRST_VERSION:
            db.execute(text(statement.replace("DATETIME", time)))


# --- the database ------------------------------------------------------------------------


def test_a_store_of_the_first_version_gets_the_very_tables_of_the_schema(engine: Engine) -> None:
    made(engine, "e1")
    age(engine)
    with engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), schema.metadata) != []
    migrate(engine)
    with engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), schema.metadata) == []
        assert editions.edition_of(db, "e1") == edition("e1")
        assert first_seen(db, 1) == {"f2": "e1"}
    assert Ledger(engine, lambda: NOW).read_states("e1") == MAILED
    with engine.begin() as db:
        editions.forget(db, "e1")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("ALTER TABLE findings DROP COLUMN text", "text"),
        ("DROP TABLE findings", "findings"),
        ("DROP TABLE deliveries", "deliveries"),
        ("ALTER TABLE deliveries RENAME COLUMN edition TO number", ""),
        ("UPDATE alembic_version SET version_num = ''", ""),
    ],
)
def test_an_older_store_that_is_damaged_is_said_in_a_line_and_left_as_it_is(
    tmp_path: Path, damage: str, says: str
) -> None:
    engine = open_database("sqlite:///factcheck.db", tmp_path)
    made(engine, "e1")
    age(engine)
    with engine.begin() as db:
        db.execute(text(damage))
        before = db.scalars(text("SELECT sql FROM sqlite_master")).all()
    with pytest.raises(StoreError, match=f"brought up to date, .*{says}") as caught:
        migrate(engine)
    assert "\n" not in caught.value.message
    with engine.connect() as db:
        assert db.scalars(text("SELECT sql FROM sqlite_master")).all() == before
    engine.dispose()


@pytest.mark.parametrize("damage", ["DROP TABLE findings", "ALTER TABLE findings DROP COLUMN text"])
def test_an_older_store_that_is_damaged_is_a_store_error_on_both_databases(
    engine: Engine, damage: str
) -> None:
    made(engine, "e1")
    age(engine)
    with engine.begin() as db:
        db.execute(text(damage))
    with pytest.raises(StoreError):
        migrate(engine)


def test_tables_of_somebody_else_are_not_taken_for_ours(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "theirs.db") as db:
        db.execute("CREATE TABLE pages (title TEXT)")
    with pytest.raises(StoreError, match="cannot be opened: table pages already exists"):
        open_database("sqlite:///theirs.db", tmp_path)
    with sqlite3.connect(tmp_path / "theirs.db") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("pages",)]


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    made(engine, "e1")
    migrate(engine)
    with engine.connect() as db:
        assert editions.edition_of(db, "e1") == edition("e1")


def test_a_store_of_a_later_version_is_refused_in_a_line(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = engine.url.render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="another version of factcheck"):
        open_database(url, tmp_path)


def test_a_second_run_is_kept_out_and_the_lock_ends_with_the_first(
    engine: Engine, tmp_path: Path
) -> None:
    with lock(engine, tmp_path / "one"):
        folder = tmp_path / ("two" if engine.dialect.name == "postgresql" else "one")
        with pytest.raises(BusyError), lock(engine, folder):
            pass
    with lock(engine, tmp_path / "one"):
        pass


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "no database URL"),
        ("mysql://root@localhost/x", "only SQLite and PostgreSQL"),
        ("postgresql://me:hush@127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_used_is_said_in_a_line_without_its_password(
    url: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        open_database(url, tmp_path)
    assert "\n" not in caught.value.message
    assert "hush" not in caught.value.message


def test_a_file_that_is_no_database_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are my notes of Monday. " * 40)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database("sqlite:///notes.db", tmp_path)


# --- articles ---------------------------------------------------------------------------


def test_a_text_is_kept_once_and_an_edit_is_a_version_of_the_same_article(engine: Engine) -> None:
    edited = article(TEXT.replace("Nobody was", "Two people were"))
    with engine.begin() as db:
        keep(db, "k", "inbox", article(), NOW)
        keep(db, "k", "inbox", article(), NOW)
        inbox.mark_told(db, ["a1"], "e1")
        keep(db, "k", "inbox", edited, NOW + timedelta(hours=1))
        ([one], _) = inbox.load_held(db, [1], "e2")
    assert (one.article.id, one.arrival) == ("a2", "edited")
    assert one.before is not None
    assert one.before.id == "a1"
    assert "Two people" in one.article.sentences[1].text


def test_an_edit_back_to_the_first_text_is_an_edit(engine: Engine) -> None:
    edited = article(TEXT.replace("Nobody was", "Two people were"))
    with engine.begin() as db:
        for one in (article(), edited, article()):
            keep(db, "k", "i", one, NOW)
        assert db.scalars(select(schema.versions.c.article)).all() == [1, 1, 1]


def test_an_edit_is_told_by_one_edition_only(engine: Engine) -> None:
    edited = article(TEXT.replace("Nobody was", "Two people were"))
    with engine.begin() as db:
        keep(db, "k", "inbox", article(), NOW)
        inbox.mark_told(db, ["a1"], "e1")
        keep(db, "k", "inbox", edited, NOW)
        inbox.mark_told(db, ["a2"], "e2")
        ([again], _) = inbox.load_held(db, [1], "e2")
        ([later], _) = inbox.load_held(db, [1], "e3")
    assert again.before is not None
    assert later.before is None


def test_the_window_holds_what_came_since_and_what_nobody_told(engine: Engine) -> None:
    with engine.begin() as db:
        for key in ("old", "untold", "new"):
            seen = NOW if key == "new" else NOW - timedelta(days=30)
            keep(db, key, "inbox", article(outlet=key), seen)
        inbox.mark_told(db, ["a1", "a3"], "e1")
        assert inbox.list_window(db, NOW - timedelta(days=14), NOW) == [2, 3]


def test_scored_pairs_are_replaced_with_their_article_and_leave_with_the_window(
    engine: Engine,
) -> None:
    with engine.begin() as db:
        for key in "abc":
            keep(db, key, "inbox", article(outlet=key), NOW)
        inbox.replace_links(db, {1: "a1", 2: "a2", 3: "a3"}, [(1, 2, 0.5), (2, 3, 0.7)])
        inbox.replace_links(db, {3: "a3"}, [(1, 3, 0.9)])
        assert sorted(inbox.load_links(db, [1, 2, 3])[0]) == [(1, 2, 0.5), (1, 3, 0.9)]
        assert inbox.load_links(db, [1, 3])[0] == [(1, 3, 0.9)]
        assert inbox.load_links(db, [1, 2, 3])[0] == [(1, 3, 0.9)]


def test_validators_are_those_of_the_last_answer(engine: Engine) -> None:
    with engine.begin() as db:
        inbox.keep_validators(db, {"https://a.example": ("1", "")}, NOW)
        inbox.keep_validators(db, {"https://a.example": ("2", "Mon")}, NOW)
        assert inbox.load_validators(db) == {"https://a.example": ("2", "Mon")}


# --- editions ---------------------------------------------------------------------------


def test_only_finished_editions_are_past_and_newest_stands_first(engine: Engine) -> None:
    made(engine, "e1")
    made(engine, "e2", "e1")
    with engine.begin() as db:
        editions.start(db, "e3", NOW, NOW, "started")
        assert [one.id for one in editions.list_past(db)] == ["e2", "e1"]
        assert [one.id for one in editions.list_past(db, before="e2")] == ["e1"]
        assert editions.find_unfinished(db) == ("e3", NOW)


def test_older_editions_lack_their_pages_once_enough_stories_changed(engine: Engine) -> None:
    place = Place(kind="denial", text="", quotes=())
    story = StoryEdition(
        id="s1", title="T", status="new", engine="none", articles=(), places=(place,), since="e1"
    )
    with engine.begin() as db:
        for name in ("e1", "e2", "e3"):
            editions.start(db, name, NOW, NOW, "started")
            editions.finish(db, edition(name).model_copy(update={"stories": (story,)}), {}, [])
        whole = [one.stories[0].places for one in editions.list_past(db)]
        some = [one.stories[0].places for one in editions.list_past(db, entries=2)]
        none = editions.list_past(db, entries=1)
    assert whole == [(place,)] * 3
    assert some == [(place,), (place,), ()]
    assert [one.stories[0].title for one in none] == ["T", "T", "T"]


def test_an_edition_that_was_broken_off_is_swept_with_all_that_is_only_in_it(
    engine: Engine,
) -> None:
    with engine.begin() as db:
        editions.start(db, "e1", NOW, NOW, "started")
        keep(db, "k", "inbox", article(), NOW)
        editions.set_members(db, "e1", {1: [1]})
        keep_report(db, reading_of("e1"))
        editions.sweep(db, keep="e2")
        assert not db.scalars(select(schema.editions.c.id)).all()
        assert editions.members(db, "e1") == {}
        assert db.execute(select(schema.reports)).first() is None
        assert inbox.list_keys(db) == {"k"}


def reading_of(identity: str, story: int = 1) -> StoredReport[SideBySide]:
    return StoredReport(
        edition=identity,
        story=story,
        versions=("a1",),
        whole=True,
        report=read_side_by_side([article()], created=NOW),
        checkpoint=Checkpoint(),
    )


def test_a_report_comes_back_as_it_was_and_only_from_finished_editions(engine: Engine) -> None:
    with engine.begin() as db:
        editions.start(db, "e1", NOW, NOW, "started")
        keep_report(db, reading_of("e1"))
        editions.start(db, "e2", NOW, NOW, "started")
        assert last_report(db, 1, SideBySide, "e2") is None
        editions.finish(db, edition("e1"), {}, [reading_of("e1")])
        assert last_report(db, 1, SideBySide, "e2") == reading_of("e1")
        assert reports_of(db, "e1") == [reading_of("e1")]
        assert last_report(db, 1, SideBySide, "e1") is None
        assert last_report(db, 1, SideBySide, "e1", itself=True) == reading_of("e1")


def test_a_report_of_an_earlier_version_is_not_read(engine: Engine) -> None:
    with engine.begin() as db:
        editions.start(db, "e1", NOW, NOW, "started")
        editions.finish(db, edition("e1"), {}, [reading_of("e1")])
        editions.start(db, "e2", NOW, NOW, "started")
        db.execute(text('UPDATE reports SET body = \'{"schema": "factcheck.reading/0"}\''))
        assert last_report(db, 1, SideBySide, "e2") is None
        assert last_report(db, 1, SideBySide, "e1", itself=True) is None
        assert reports_of(db, "e1") == []


@pytest.mark.parametrize("body", ["{", "[]", '{"schema": "factcheck.report/2"}', "{}", "[" * 9999])
def test_a_damaged_edition_is_a_store_error_that_names_it(engine: Engine, body: str) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        db.execute(schema.editions.update().values(body=body))
        with pytest.raises(StoreError, match="edition e1 in the store") as raised:
            editions.edition_of(db, "e1")
        with pytest.raises(StoreError, match="edition e1 in the store"):
            editions.list_past(db)
    assert "backup" in raised.value.hint


def test_an_edition_of_the_schema_before_is_brought_up_to_date(engine: Engine) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        old = json.loads(db.execute(select(schema.editions.c.body)).scalar_one())
        old |= {"schema": "factcheck.edition/1", "notes": ["the limit is reached"]}
        old["coverage"]["left"] = [{"source": "a.html", "reason": "not reached"}]
        db.execute(schema.editions.update().values(body=json.dumps(old)))
        found = editions.edition_of(db, "e1")
    assert found is not None
    assert [note.text for note in found.notes] == ["the limit is reached"]
    assert [item.reason for item in found.coverage.left] == ["not-reached"]


def test_an_edition_of_a_later_version_asks_for_that_version(engine: Engine) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        db.execute(schema.editions.update().values(body='{"schema": "factcheck.edition/99"}'))
        with pytest.raises(StoreError, match="by a later version") as raised:
            editions.edition_of(db, "e1")
    assert "Use that version" in raised.value.hint


@pytest.mark.parametrize("value", ["{", "7", '["\\ud800"]'])
@pytest.mark.parametrize("column", ["body", "checkpoint", "versions"])
def test_a_damaged_report_is_a_store_error_that_names_its_story(
    engine: Engine, column: str, value: str
) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        keep_report(db, reading_of("e1"))
        db.execute(schema.reports.update().values({column: value}))
        with pytest.raises(StoreError, match="the reading of story s1 in edition e1 in the store"):
            reports_of(db, "e1")


def test_a_damaged_article_is_left_out_and_named(engine: Engine) -> None:
    with engine.begin() as db:
        keep(db, "file:a.txt", "inbox", article(), NOW)
        db.execute(schema.versions.update().values(body='{"id": "a1"}'))
        found, left = inbox.load_held(db, [1], "e1")
    assert found == []
    assert [(item.source, item.reason) for item in left.values()] == [("a.txt", "failed")]


def test_fields_of_another_version_are_ignored_wherever_they_stand(engine: Engine) -> None:
    made(engine, "e1")
    stored = reading_of("e1")
    with engine.begin() as db:
        keep(db, "k", "inbox", article(), NOW)
        keep_report(db, stored)
        for table, column in (
            (schema.editions, "body"),
            (schema.reports, "body"),
            (schema.reports, "checkpoint"),
            (schema.versions, "body"),
        ):
            known = json.loads(db.execute(select(table.c[column])).scalar_one())
            db.execute(table.update().values({column: json.dumps(with_more(known))}))
        assert editions.edition_of(db, "e1") == edition("e1")
        assert last_report(db, 1, SideBySide, "e1", itself=True) == stored
        [held], _ = inbox.load_held(db, [1], "e1")
        assert held.article == article().model_copy(update={"id": "a1"})


def with_more(value: Any) -> Any:
    """A JSON value with a field in every object that no version knows."""
    if value and isinstance(value, dict):
        return {key: with_more(inner) for key, inner in value.items()} | {"of_later": [1]}
    return [with_more(inner) for inner in value] if isinstance(value, list) else value


def test_what_the_store_keeps_carries_the_number_of_its_schema(engine: Engine) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        keep(db, "k", "inbox", article(), NOW)
        keep_report(db, reading_of("e1"))
        for column, kind in (
            (schema.editions.c.body, "edition"),
            (schema.reports.c.body, "reading"),
            (schema.reports.c.checkpoint, "checkpoint"),
            (schema.versions.c.body, "article"),
        ):
            body = json.loads(db.execute(select(column)).scalar_one())
            assert body["schema"].startswith(f"factcheck.{kind}/")


def test_the_numbers_of_stories_are_those_of_finished_editions(engine: Engine) -> None:
    made(engine, "e1")
    with engine.begin() as db:
        keep(db, "k", "inbox", article(), NOW)
        editions.set_members(db, "e1", {4: [1]})
        editions.start(db, "e2", NOW, NOW, "started")
        editions.set_members(db, "e2", {9: [1]})
        assert editions.last_number(db) == 4
        assert editions.members(db, "e1") == {4: [1]}


# --- answers and the ledger -----------------------------------------------------------------


def test_an_answer_is_kept_whatever_it_holds_and_only_once(engine: Engine) -> None:
    kept = DatabaseAnswers(engine, lambda: NOW)
    odd = Stored(content="half a pair \ud83d, a nul \x00, and ü")
    assert kept.get("k") is None
    assert kept.put("k", odd)
    assert kept.put("k", Stored(content="another"))
    assert kept.get("k") == odd
    kept.drop("k")
    assert kept.get("k") is None


def test_a_damaged_answer_is_asked_for_again_and_replaced(engine: Engine) -> None:
    kept = DatabaseAnswers(engine, lambda: NOW)
    kept.put("k", Stored(content="paid for"))
    with engine.begin() as db:
        db.execute(schema.answers.update().values(body="{"))
    assert kept.get("k") is None
    assert kept.put("k", Stored(content="paid for again"))
    assert kept.get("k") == Stored(content="paid for again")


def test_the_ledger_remembers_the_last_mark_of_each_delivery(engine: Engine) -> None:
    made(engine, "e1")
    ledger = Ledger(engine, lambda: NOW)
    assert ledger.read_states("e1") == {}
    ledger.mark("e1", "mail", "desk@example.org", "sending")
    ledger.mark("e1", "mail", "desk@example.org", "sent", "250 ok")
    assert ledger.read_states("e1") == MAILED


def test_the_ledger_remembers_what_went_out_of_an_edition_that_is_taken_back(
    engine: Engine,
) -> None:
    made(engine, "e1")
    ledger = Ledger(engine, lambda: NOW)
    ledger.mark("e1", "mail", "desk@example.org", "sent")
    with engine.begin() as db:
        assert editions.forget(db, "e1")
        assert not editions.forget(db, "e1")
    assert ledger.read_states("e1") == MAILED


def test_times_come_back_aware_and_in_utc(engine: Engine) -> None:
    made(engine, "e1")
    with engine.connect() as db:
        [window] = db.scalars(schema.editions.select().with_only_columns(schema.editions.c.window))
    assert window == NOW
    assert window.utcoffset() == timedelta(0)
