"""The budget of an edition: what was asked so far in, whether one more call may be made out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from factcheck.llm.client import Model
from factcheck.llm.prices import cost
from factcheck.settings.loader import ModelSettings


@dataclass
class Budget:
    """Counts the live calls of all stories; once `closed`, only kept answers are given.

    `max_cost` is in US dollars; where no price is known it limits nothing.
    """

    model: ModelSettings
    max_calls: int | None
    max_cost: float | None
    now: datetime
    closed: str = ""
    begun: int = 0
    clients: list[Model] = field(default_factory=list)

    def refuse(self) -> str:
        """Why no further call may be made; else "", and it counts as made."""
        if not self.closed and self.max_calls is not None and self.begun >= self.max_calls:
            self.closed = f"the limit of {self.max_calls} calls for one edition is reached"
        if not self.closed and self.max_cost is not None and self.spent() >= self.max_cost:
            self.closed = f"the limit of ${self.max_cost:.2f} for one edition is reached"
        self.begun += not self.closed
        return self.closed

    def spent(self) -> float:
        """US dollars so far, 0 where no price is known."""
        used: Sequence[float | None] = [
            cost(self.model.name, self.model.base_url, client.use(), self.now)
            for client in self.clients
        ]
        return sum(price or 0.0 for price in used)
