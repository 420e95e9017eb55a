"""Empty databases for tests: SQLite in a folder, and PostgreSQL where a server is at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from factcheck.digest.store.database import connect, migrate
from factcheck.errors import StoreError

SERVER = "FACTCHECK_TEST_POSTGRES"


def open_database(url: str, folder: Path) -> Engine:
    """A database with up-to-date tables, which a test may look into beside a run."""
    engine = connect(url, folder)
    try:
        migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty database, which is gone afterwards; skips without a server."""
    if kind == "sqlite":
        yield "sqlite:///factcheck.db"
        return
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"{SERVER} names no PostgreSQL server (.ci/run starts one)")
    name = f"factcheck_{uuid4().hex}"
    url = make_url(server)
    admin = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as db:
            db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
