"""The budget of an edition: what was asked so far in, whether one more call may be made out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from factcheck.llm.client import Model
from factcheck.llm.prices import cost
from factcheck.models import Remark
from factcheck.settings.loader import ModelSettings


@dataclass
class Budget:
    """Counts the live calls of all stories; once `closed`, only kept answers are given.

    `closed` says why, None while it is open.
    `max_cost` is in US dollars; where no price is known it limits nothing.
    """

    model: ModelSettings
    max_calls: int | None
    max_cost: float | None
    now: datetime
    closed: Remark | None = None
    begun: int = 0
    clients: list[Model] = field(default_factory=list)

    def refuse(self) -> str:
        """Why no further call may be made; else "", and it counts as made."""
        if self.closed is None:
            self.closed = self.reach_limit()
        if self.closed is not None:
            return self.closed.text
        self.begun += 1
        return ""

    def reach_limit(self) -> Remark | None:
        """The limit that is reached, None for none."""
        if self.max_calls is not None and self.begun >= self.max_calls:
            text = f"the limit of {self.max_calls} calls for one edition is reached"
            return Remark(code="call-limit", text=text)
        if self.max_cost is not None and self.spent() >= self.max_cost:
            text = f"the limit of ${self.max_cost:.2f} for one edition is reached"
            return Remark(code="cost-limit", text=text)
        return None

    def spent(self) -> float:
        """US dollars so far, 0 where no price is known."""
        used: Sequence[float | None] = [
            cost(self.model.name, self.model.base_url, client.use(), self.now)
            for client in self.clients
        ]
        return sum(price or 0.0 for price in used)
