"""The ledger of deliveries: what went out of which edition, to whom; committed at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Engine, delete, insert, select

from factcheck.digest.deliver.ledger import Mark, State
from factcheck.digest.store.schema import deliveries


@dataclass(frozen=True)
class DatabaseLedger:
    """The ledger in a table, one row an edition, channel and target."""

    engine: Engine
    clock: Callable[[], datetime]

    def state(self, edition: str, channel: str, target: str) -> State:
        """What is known of a delivery; "sending" if a run was broken off in the middle."""
        query = select(deliveries.c.state)
        with self.engine.connect() as db:
            found = db.scalar(query.filter_by(edition=edition, channel=channel, target=target))
        return "new" if found is None else cast(State, found)

    def mark(self, edition: str, channel: str, target: str, state: Mark, detail: str = "") -> None:
        """Write the state of a delivery."""
        key = {"edition": edition, "channel": channel, "target": target}
        row = {**key, "state": state, "detail": detail, "changed": self.clock()}
        with self.engine.begin() as db:
            db.execute(delete(deliveries).filter_by(**key))
            db.execute(insert(deliveries), row)
