"""Deliver an edition wherever it has not been delivered.

Each delivery goes out once. The ledger says "sending" before the step after which a message
may be out, so that a run which dies in the middle leaves a trace, and the next one asks a
person instead of sending twice. What failed is tried again, in this run and in the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from factcheck.digest.deliver.chat import send_chat
from factcheck.digest.deliver.ledger import Delivery, Key, Leaving, Ledger, SendResult
from factcheck.digest.deliver.mail import compose, send_mail
from factcheck.digest.publish.mail import Mail
from factcheck.settings.delivery import DeliverySettings

PAUSES = (2.0, 10.0)
"""Seconds before the second and the third try, once for all deliveries that wait."""

Job = Callable[[Leaving], SendResult]
DOWN = SendResult("failed", "no connection just now, tried once for all", again=True, down=True)
BROKEN_OFF = "an earlier run ended while it was being sent"
UNKNOWN = "; it may have arrived or not: look there, and if not, send again with --resend"


@dataclass(frozen=True)
class Letters:
    """An edition as it goes out: `made` is the aware date of the mail, `text` the chat message."""

    edition: str
    made: datetime
    mail: Mail
    text: str


@dataclass(frozen=True)
class Courier:
    """Delivers the editions of one run.

    With `resend` also what is unknown goes out again, never what is known to be sent. `down` are
    the servers that no connection was made to: they are tried once in each round, for all, and
    not for late editions.
    """

    settings: DeliverySettings
    ledger: Ledger
    environ: Mapping[str, str]
    resend: bool = False
    sleep: Callable[[float], None] = time.sleep
    down: set[str] = field(default_factory=set)

    def deliver(
        self, letters: Letters, only: Collection[Key] | None = None, *, late: bool = False
    ) -> tuple[Delivery, ...]:
        """Send an edition by mail and chat wherever it has not been sent, or to `only` some.

        A `late` one gets one try. Returns one `Delivery` a target, mail first. Trouble with a
        server never raises; trouble with the ledger does, since without it nothing can be sent
        only once.
        """
        jobs = self.list_jobs(letters)
        jobs = {key: job for key, job in jobs.items() if only is None or key in only}
        known = self.ledger.expect(letters.edition, jobs)
        earlier = f" (edition {letters.edition})" if late else ""
        done: dict[Key, Delivery] = {}
        for key in jobs:
            if known.get(key) == "sent":
                done[key] = Delivery(*key, "already sent")
            elif known.get(key) == "sending" and not self.resend:
                done[key] = Delivery(*key, "unknown", f"{BROKEN_OFF}{UNKNOWN}{earlier}")
        waiting = [key for key in jobs if key not in done]
        for pause in (0.0, *PAUSES)[: 1 if late else None]:
            if waiting and pause:
                self.sleep(pause)
                self.down.clear()
            tried = {key: self.attempt(letters.edition, key, jobs[key]) for key in waiting}
            for key, one in tried.items():
                detail = one.detail + (UNKNOWN if one.state == "unknown" else "")
                done[key] = Delivery(*key, one.state, f"{detail}{earlier}".lstrip())
            waiting = [key for key, one in tried.items() if one.again]
        return tuple(done[key] for key in jobs)

    def attempt(self, edition: str, key: Key, job: Job) -> SendResult:
        """Try a delivery once, and note in the ledger what came of it."""
        channel, target = key
        mark = partial(self.ledger.mark, edition, channel, target)
        server = channel if channel == "mail" else target
        result = DOWN if server in self.down else job(partial(mark, "sending"))
        mark("sending" if result.state == "unknown" else result.state, result.detail)
        if result.down:
            self.down.add(server)
        return result

    def list_jobs(self, letters: Letters) -> dict[Key, Job]:
        """What sends an edition to each target that is set, mail first."""
        jobs: dict[Key, Job] = {}
        if server := self.settings.mail:
            for to in server.to:
                message = compose(letters.mail, letters.edition, letters.made, server, to)
                jobs["mail", to] = partial(send_mail, message, server, self.environ)
        for variable in self.settings.chat.urls_env:
            jobs["chat", variable] = partial(send_chat, letters.text, variable, self.environ)
        return jobs
