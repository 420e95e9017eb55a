"""Paid answers in the database, by the key of their request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import OperationalError

from factcheck.digest.store.database import translate_db_errors
from factcheck.digest.store.schema import answers, put_row
from factcheck.llm.cache import Stored, from_text, to_text


@dataclass(frozen=True)
class DatabaseAnswers:
    """Answers in a table; each is committed as soon as it is there."""

    engine: Engine
    clock: Callable[[], datetime]

    def get(self, key: str) -> Stored | None:
        """The answer under this key, or None."""
        with translate_db_errors(), self.engine.connect() as db:
            body = db.scalar(select(answers.c.body).where(answers.c.key == key))
        try:
            return None if body is None else from_text(body)
        except (TypeError, ValueError, RecursionError):
            return None  # as good as none: it is asked again, and replaced

    def put(self, key: str, answer: Stored) -> bool:
        """Keep an answer; False if the database does not allow it."""
        if self.get(key) is not None:  # the same request was answered before
            return True
        try:
            with self.engine.begin() as db:
                put_row(db, answers, {"key": key}, kept=self.clock(), body=to_text(answer))
        except OperationalError:
            return False
        return True

    def claim(self, *_: object) -> AbstractAsyncContextManager[None]:
        """The run that holds the store is alone with it."""
        return nullcontext()

    def drop(self, key: str) -> None:
        """Forget the answer under this key, if there is one and the database allows it."""
        with suppress(OperationalError), self.engine.begin() as db:
            db.execute(delete(answers).where(answers.c.key == key))
