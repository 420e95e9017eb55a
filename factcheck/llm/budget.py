"""The budget of a report or an edition: what was used so far in, room for one more call out."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from factcheck.errors import BudgetReachedError
from factcheck.llm.prices import cost
from factcheck.models import Remark, StageUse
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import LimitSettings

MARGIN = 1.5
"""By how much the answer to a call may be longer than what is usual for its text."""
ORDER = ("extract", "compare", "edit")


@dataclass
class Budget:
    """Counts the live calls of some clients, and stops before the one that would pass a limit.

    A call counts from its begin, with the tokens that it is expected to take. `closed` says
    why no call may be made any more; `reached` is the first limit that stopped one. `held` is
    kept free for later stages. `uses` tell what each stage of a client used, by client.
    `purpose` ends "the limit for one …". Where no price is known the limit of costs, in US
    dollars, limits nothing.
    """

    model: ModelSettings
    limits: LimitSettings
    now: datetime
    purpose: str
    held: tuple[StageUse, ...] = ()
    closed: Remark | None = None
    reached: Remark | None = None
    begun: int = 0
    uses: list[Callable[[], Iterable[StageUse]]] = field(default_factory=list)
    _taken: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _under_way: list[StageUse] = field(default_factory=list)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def remark(self) -> Remark | None:
        """Why something was not asked, None if all was."""
        return self.closed or self.reached

    @asynccontextmanager
    async def reserve(self, call: StageUse) -> AsyncIterator[None]:
        """Room for a call while it is under way; waits where others may yet leave some.

        Raises `BudgetReachedError` if it would pass a limit in any case.
        """
        later = [one for one in self.held if ORDER.index(one.stage) > ORDER.index(call.stage)]
        while self.closed is None and self.find_limit([call, *later, *self._under_way]):
            reached = self.find_limit([call, *later])
            if reached is not None:
                self.reached = self.reached or reached
                raise BudgetReachedError(reached.text, "Raise the limit to go on from here.")
            await self._ended.wait()
        if self.closed is not None:
            raise BudgetReachedError(self.closed.text)
        self.begun += call.calls
        expected = call.model_copy(update={"calls": 0})
        self._under_way.append(expected)
        try:
            yield
        finally:
            self._under_way.remove(expected)
            self._ended.set()
            self._ended = asyncio.Event()

    def forecast(self, stage: str, tokens: int, answer: int) -> StageUse:
        """What one call will take: a prompt of so many tokens, an answer that has usually so many.

        What the calls of the stage took so far is learned from. With `max_output_tokens` an
        answer counts as that long, which it cannot pass.
        """
        taken = self._taken[stage]
        calls = max(1, taken["calls"])
        answer = max(round(MARGIN * answer), taken["output_tokens"] // calls)
        return StageUse(
            stage=stage,
            calls=1,
            input_tokens=max(tokens, taken["input_tokens"] // calls),
            output_tokens=self.model.max_output_tokens or answer,
        )

    def count(self, stage: str, tokens: int, answer: int) -> None:
        """Count a call that was answered."""
        self._taken[stage].update(calls=1, input_tokens=tokens, output_tokens=answer)

    def find_limit(self, more: Sequence[StageUse]) -> Remark | None:
        """The limit that would be passed with so much more, None for none."""
        limits = self.limits
        all_use = [*(StageUse(stage=stage, **use) for stage, use in self._taken.items()), *more]
        calls = self.begun + sum(one.calls for one in more)
        for code, most, would_be, shown in (
            ("call-limit", limits.max_calls, calls, "{} calls"),
            ("token-limit", limits.max_tokens, count_tokens(all_use), "{:,} tokens"),
            ("cost-limit", limits.max_cost, self.price(all_use), "${:.2f}"),
        ):
            if most is not None and would_be > most:
                text = f"the limit of {shown.format(most)} for one {self.purpose} is reached"
                return Remark(code=code, text=text)
        return None

    def list_use(self) -> list[StageUse]:
        """What all clients used so far, also of kept answers."""
        return [one for use in self.uses for one in use()]

    def price(self, use: Iterable[StageUse]) -> float:
        """US dollars, 0 where no price is known or none is asked for."""
        return 0.0 if self.limits.max_cost is None else cost(self.model, use, self.now) or 0.0


def add_margin(use: Iterable[StageUse]) -> tuple[StageUse, ...]:
    """Use with answers `MARGIN` times as long, as a budget reckons with them."""
    return tuple(
        one.model_copy(update={"output_tokens": round(MARGIN * one.output_tokens)}) for one in use
    )


def count_tokens(use: Iterable[StageUse]) -> int:
    """All tokens, in and out."""
    return sum(one.input_tokens + one.output_tokens for one in use)
