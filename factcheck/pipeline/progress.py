"""How far a run is, and what it took so far: the progress of the stages as calls of a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from factcheck.models import StageUse


@dataclass(frozen=True)
class Step:
    """How far a run is: `done` of the `total` steps of a stage, which begins with 0.

    Stages are "extract", "compare" and "edit". `tokens` went in and out of the model up to
    now, answers from the cache not counted; `cost` is their price in US dollars, None where
    no price is known or nothing was used.
    """

    stage: str
    done: int
    total: int
    tokens: int = 0
    cost: float | None = None


@dataclass
class Steps:
    """The progress of the stages as calls of `tell`, with what the model took so far.

    Nobody is told by default.
    """

    tell: Callable[[Step], None] = lambda _step: None
    use: Callable[[], Sequence[StageUse]] = tuple
    price: Callable[[Sequence[StageUse]], float | None] = lambda _use: None
    _total: dict[str, int] = field(default_factory=dict, init=False)
    _done: dict[str, int] = field(default_factory=dict, init=False)

    def start(self, stage: str, total: int) -> None:
        """A stage begins, with so many steps."""
        self._total[stage], self._done[stage] = total, 0
        self._step(stage)

    def advance(self, stage: str) -> None:
        """One step is done."""
        self._done[stage] += 1
        self._step(stage)

    def _step(self, stage: str) -> None:
        use = self.use()
        tokens = sum(one.input_tokens + one.output_tokens for one in use)
        # Prices take a moment to load: not before the first request is on its way.
        price = self.price(use) if tokens else None
        self.tell(Step(stage, self._done[stage], self._total[stage], tokens, price))
