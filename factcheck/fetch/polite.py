"""Politeness: whose turn it is at one host, and when a host is left alone for this run.

One request at a time to a host, `delay` seconds apart, longer where the server says so.
A host that stays busy or fails three times in a row is not asked again in this run.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field

from factcheck.fetch.exchange import Answer
from factcheck.fetch.models import FetchProblem

LONGEST_WAIT = 60.0  # seconds that a server may ask for with Retry-After
USUAL_WAIT = 5.0  # seconds, where it says that it is busy and not for how long
MOST_FAILURES = 3


@dataclass
class Host:
    """What is known of one host in this run. `ready` is on the clock of the fetcher."""

    delay: float
    ready: float = -math.inf
    failures: int = 0
    closed: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def check(self) -> None:
        """Raise `FetchProblem` for a host that is left alone."""
        if self.closed:
            raise FetchProblem("given up", self.closed)

    def count_failure(self, name: str) -> None:
        """Count a request that came to nothing."""
        self.failures += 1
        if self.failures >= MOST_FAILURES:
            self.closed = f"{name} failed {MOST_FAILURES} times in a row and was left alone"


def is_busy(answer: Answer) -> bool:
    """Whether a server says that it has too much to do."""
    return answer.status in {429, 503}
