"""The types of delivery: the ledger, one delivery, one try.

A delivery is known by edition, channel ("mail", "chat") and target: a mail address, or
the name of the environment variable that holds a chat URL. None of them is a secret.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Channel = Literal["mail", "chat"]
Mark = Literal["sending", "sent", "failed"]
State = Literal["new"] | Mark
Leaving = Callable[[], None]
"""To be called right before the step after which a message may have gone out."""


class Ledger(Protocol):
    """The memory of what was sent; it outlives the process.

    "sending" that is found by a later run was left by a process that ended in the middle:
    nobody can know whether the message went out.
    """

    def state(self, edition: str, channel: str, target: str) -> State:
        """What is known about a delivery."""

    def mark(self, edition: str, channel: str, target: str, state: Mark, detail: str = "") -> None:
        """Write it down; on disk when this returns."""


@dataclass(frozen=True)
class Outcome:
    """What came of one try; `again` tells that it failed and another one soon may go better."""

    state: Literal["sent", "failed", "unknown"]
    detail: str = ""
    again: bool = False


@dataclass(frozen=True)
class Delivery:
    """What came of a delivery in this run; `detail` is a line for people, without secrets."""

    channel: Channel
    target: str
    state: Literal["sent", "already sent", "failed", "unknown"]
    detail: str = ""
