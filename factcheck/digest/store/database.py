"""Open the database of a newsroom, with up-to-date tables and a lock, and read what it holds.

SQLite by default; PostgreSQL by a URL. Raises `StoreError` in one line where it cannot be
opened, without the password that a URL may hold, and where a body cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    NoSuchTableError,
    SQLAlchemyError,
)

from factcheck.digest.store.schema import metadata
from factcheck.errors import BusyError, MissingExtraError, StoreError
from factcheck.models import DataModel
from factcheck.persistence import UnreadableError, read_document

Model = TypeVar("Model", bound=DataModel)
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_203_114
"""The advisory lock of PostgreSQL that an edition holds; any number nobody else uses."""


@contextmanager
def open_locked(url: str, folder: Path) -> Iterator[Engine]:
    """The database, up to date, for one run alone; a SQLite path is relative to `folder`.

    Raises `BusyError` at once if another run has it, before anything in it is changed.
    """
    engine = connect(url, folder)
    try:
        with lock(engine, folder):
            migrate(engine)
            with translate_db_errors():
                yield engine
    finally:
        engine.dispose()


def connect(url: str, folder: Path) -> Engine:
    """Make an engine, and the folder of a file; nothing is opened yet."""
    place = locate(url, folder)
    try:
        engine = create_engine(place, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise MissingExtraError("postgres", "psycopg") from error
    if place.get_backend_name() == "sqlite":
        with translate_opening_errors(engine):
            Path(place.database or "").parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", configure_sqlite)
        event.listen(engine, "begin", lambda db: db.exec_driver_sql("BEGIN"))
    return engine


@contextmanager
def translate_opening_errors(engine: Engine) -> Iterator[None]:
    """Turn errors while a store is opened into a `StoreError` of one line."""
    shown = show_url(engine.url)
    try:
        yield
    except CommandError as error:
        raise StoreError(
            f"{shown} was written by another version of factcheck: {error}",
            "Use that version, or name another store in digest.store.",
        ) from error
    except (SQLAlchemyError, OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the store {shown} cannot be opened: {find_reason(error)}",
            "Check digest.store, and that the server runs and the folder can be written to. Take a "
            "damaged file from a backup, mend it (sqlite3 .recover), or name a new one.",
        ) from None


def show_url(url: URL) -> str:
    """The address of a store without its password."""
    return url.set(query={}).render_as_string(hide_password=True)


def find_reason(error: BaseException) -> str:
    """What an error says, in one line."""
    if isinstance(error, (NoSuchTableError, KeyError)):
        return f"there is no {error.args[0]}"
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def locate(url: str, folder: Path) -> URL:
    """The URL with the driver that is used here, and with an absolute path."""
    try:
        place = make_url(url)
        backend = place.get_backend_name()
        if backend in {"postgres", "postgresql"}:
            return place.set(drivername="postgresql+psycopg")
        place.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            "digest.store is no database URL that can be used",
            "Give sqlite:///factcheck.db or postgresql://user@host/name.",
        ) from error
    if backend != "sqlite":
        raise StoreError(
            f"digest.store names {backend}, and only SQLite and PostgreSQL are served",
            "Give sqlite:///factcheck.db or postgresql://user@host/name.",
        )
    if not place.database or place.database == ":memory:":
        return place
    return place.set(database=str(folder / place.database))


def configure_sqlite(connection: object, _: object) -> None:
    """Set SQLite to check references, to let readers work beside a writer, and to wait for locks.

    The driver would commit every table that is made by itself: transactions are ours, so
    that a migration that is broken off leaves nothing behind.
    """
    connection.isolation_level = None  # type: ignore[attr-defined]  # a DBAPI connection
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DBAPI connection
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migrate(engine: Engine) -> None:
    """Make the tables of `schema`, or alter those of an older store; raises `StoreError`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with translate_opening_errors(engine), engine.begin() as connection:
        config.attributes["connection"] = connection
        if not inspect(connection).has_table("alembic_version"):
            metadata.create_all(connection, checkfirst=False)
            command.stamp(config, "head")
            return
        try:
            command.upgrade(config, "head")
        # Alembic has no error of its own for a column, a reference or a version that is missing.
        except (NoSuchTableError, LookupError, ValueError, AssertionError) as error:
            raise StoreError(
                "the store cannot be brought up to date, for its tables are not those of any "
                f"version of factcheck: {find_reason(error)}",
                "Nothing in it was changed. Take it from a backup, or name another in "
                "digest.store.",
            ) from error


@contextmanager
def translate_db_errors() -> Iterator[None]:
    """Turn errors of an open store into a `StoreError` of one line."""
    try:
        yield
    except (DBAPIError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the store failed in the middle: {find_reason(error)}",
            "What was finished is there. Take the store from a backup, mend it (sqlite3 .recover), "
            "or name a new one in digest.store; then run the same command again.",
        ) from None


@contextmanager
def lock(engine: Engine, folder: Path) -> Iterator[None]:
    """Keep a second run out of the same store; raises `BusyError` at once.

    A file beside the SQLite file; with PostgreSQL one in `folder`, and a lock of the server
    for runs elsewhere. All end with the process, however it ends.
    """
    busy = BusyError(
        "another run makes an edition from this store just now",
        "Wait for it to end; a lock ends with its process.",
    )
    shared = engine.dialect.name == "postgresql"
    lock = folder / ".factcheck.lock" if shared else Path(f"{engine.url.database}.lock")
    with ExitStack() as held:
        with translate_opening_errors(engine):
            lock.parent.mkdir(parents=True, exist_ok=True)
            try:
                held.enter_context(FileLock(lock, timeout=0))
            except Timeout:
                raise busy from None
            if shared:
                connection = held.enter_context(engine.connect())
                if not connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
                    raise busy
                connection.commit()
        yield
        if shared:
            connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))


def read_body(model: type[Model], body: str, name: str) -> Model:
    """The model in a body; `name` says whose it is, as in "edition 2026-09-14".

    Raises `StoreError` where it is damaged or of a version that cannot be read.
    """
    try:
        return read_document(model, body)
    except UnreadableError as error:
        raise refuse_body(name, error) from error


def refuse_body(name: str, error: UnreadableError) -> StoreError:
    """The error for a body that cannot be read, with what to do about it."""
    hint = "Restore the store from a backup, or name a new one in digest.store."
    if error.fault == "newer":
        hint = "Use that version of factcheck, or name another store in digest.store."
    return StoreError(f"{name} in the store {error}", hint)
