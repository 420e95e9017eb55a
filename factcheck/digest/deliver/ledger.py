"""The ledger of deliveries, in the store; what comes of one delivery, and of one try.

A delivery is known by edition, channel ("mail", "chat") and target: a mail address, or
the name of the environment variable that holds a chat URL. None of them is a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, select

from factcheck.digest.store.schema import deliveries, put_row

Channel = Literal["mail", "chat"]
Mark = Literal["sending", "sent", "failed"]
Key = tuple[Channel, str]
"""A channel and a target, which name a delivery of an edition."""
Leaving = Callable[[], None]
"""To be called right before the step after which a message may have gone out."""


@dataclass(frozen=True)
class Ledger:
    """The deliveries in the store, one row an edition, channel and target.

    "sending" that is found by a later run was left by a process that ended in the middle:
    nobody can know whether the message went out.
    """

    engine: Engine
    clock: Callable[[], datetime]

    def read_states(self, edition: str) -> dict[Key, Mark]:
        """What is known of the deliveries of an edition: of whom it was to go to at first."""
        query = select(deliveries.c.channel, deliveries.c.target, deliveries.c.state)
        with self.engine.connect() as db:
            rows = db.execute(query.filter_by(edition=edition))
            return {(channel, target): state for channel, target, state in rows}

    def list_unsent(self, states: Collection[Mark]) -> dict[str, set[Key]]:
        """By edition the deliveries that are left in one of some states."""
        query = select(deliveries.c.edition, deliveries.c.channel, deliveries.c.target)
        found: dict[str, set[Key]] = {}
        with self.engine.connect() as db:
            for edition, channel, target in db.execute(query.where(deliveries.c.state.in_(states))):
                found.setdefault(edition, set()).add((channel, target))
        return found

    def expect(self, edition: str, keys: Collection[Key]) -> dict[Key, Mark]:
        """Note before the first try whom an edition goes to, so that none is lost if it ends.

        Returns what was known of its deliveries before.
        """
        known = self.read_states(edition)
        for key in keys:
            if key not in known:
                self.mark(edition, *key, "failed", "not tried yet")
        if not known and not keys:
            self.mark(edition, "none", "", "sent", "it went to nobody")
        return known

    def mark(self, edition: str, channel: str, target: str, state: Mark, detail: str = "") -> None:
        """Record the state of a delivery; it is committed when this returns."""
        key = {"edition": edition, "channel": channel, "target": target}
        with self.engine.begin() as db:
            put_row(db, deliveries, key, state=state, detail=detail, changed=self.clock())


@dataclass(frozen=True)
class SendResult:
    """What came of one try; `again` tells that it failed and another one soon may go better.

    `down` tells that there was no connection at all, for this delivery or any other.
    """

    state: Literal["sent", "failed", "unknown"]
    detail: str = ""
    again: bool = False
    down: bool = False


@dataclass(frozen=True)
class Delivery:
    """What came of a delivery in this run; `detail` is a line for people, without secrets."""

    channel: Channel
    target: str
    state: Literal["sent", "already sent", "failed", "unknown"]
    detail: str = ""
