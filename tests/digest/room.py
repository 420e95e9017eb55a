"""A newsroom in a folder: an inbox of files, settings, and editions made at given moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from factcheck.digest.due import RunOptions
from factcheck.digest.models import Edition
from factcheck.digest.run import Outcome, digest
from factcheck.digest.store.reports import StoredReport, last_report
from factcheck.models import Report
from factcheck.settings.loader import load_settings
from tests.databases import open_database
from tests.endpoint import Endpoint, serving

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 17, tzinfo=UTC)
NEXT_DAY = datetime(2026, 3, 3, 7, tzinfo=UTC)

BASIC = """
[digest]
sources = [{ folder = "inbox" }]
[reading]
ports = []
[schedule]
timezone = "UTC"
"""


@dataclass
class Room:
    """The folder of a newsroom, and what its runs said.

    `model` are the settings that lead to a model, where there is one.
    """

    folder: Path
    toml: str = BASIC
    said: list[str] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        """Where articles are put."""
        return self.folder / "inbox"

    @property
    def site(self) -> Path:
        """Where the pages are."""
        return self.folder / "digest"

    @contextmanager
    def serving(self, acts: Any) -> Iterator[Endpoint]:
        """A model, as `tests.endpoint.serving` has it, that all runs ask until the end."""
        with serving(acts) as endpoint:
            self.model = {"model__base_url": endpoint.url, "model__name": "m", "model__retries": 0}
            yield endpoint
        self.model = {}

    def edition(
        self,
        at: datetime = MORNING,
        options: RunOptions | None = None,
        *,
        now: datetime | None = None,
        **flags: Any,
    ) -> Outcome:
        """Run `factcheck digest` for a moment, by default that of the clock.

        Flags are settings by dotted key.
        """
        self.folder.mkdir(exist_ok=True)
        config = self.folder / "factcheck.toml"
        config.write_text(self.toml, encoding="utf-8")
        dotted = {name.replace("__", "."): value for name, value in (self.model | flags).items()}
        settings = load_settings(config=config, environ=self.environ, flags=dotted)
        return digest(
            settings,
            self.folder,
            environ=self.environ,
            say=self.said.append,
            options=options,
            at=at,
            clock=lambda: now or at,
            sleep=lambda _: None,
        )

    def make(self, *args: Any, **flags: Any) -> Edition:
        """The edition that a run of `edition` makes, or finds made."""
        made = self.edition(*args, **flags).edition
        assert made is not None
        return made

    def report(self, edition: str, story: int = 1) -> Report:
        """The fact-check that an edition made of a story."""
        found = self.stored(lambda db: last_report(db, story, Report, edition, itself=True))
        assert isinstance(found, StoredReport)
        assert found.edition == edition
        assert isinstance(found.report, Report)
        return found.report

    def change(self, statement: str) -> None:
        """Change the store as another version of the program might have left it."""
        engine = open_database("sqlite:///factcheck.db", self.folder)
        try:
            with engine.begin() as db:
                assert db.execute(text(statement)).rowcount, statement
        finally:
            engine.dispose()

    def stored(self, look: Callable[[Any], Any]) -> Any:
        """What a function finds in the store."""
        engine = open_database("sqlite:///factcheck.db", self.folder)
        try:
            with engine.connect() as db:
                return look(db)
        finally:
            engine.dispose()
