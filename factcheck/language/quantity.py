"""What a number in a text says: an interval with its unit, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "about", "at least", "at most", "more than", "less than", "between"]

# Units of what is no amount. A clock time is in minutes since midnight, a date is
# 100 times its month plus its day.
CLOCK, DATE, YEAR, ORDINAL = "o'clock", "date", "calendar year", "ordinal"
TIMES = frozenset((CLOCK, DATE, YEAR, ORDINAL))


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text states, as the interval that it allows.

    `low` and `high` are in `unit` (None: no limit on that side); `unit` is a symbol such as
    "km", "USD", "%", one of CLOCK, DATE, YEAR, ORDINAL, or "" for a plain count. `text` is
    the phrase and `start`, `end` its place. `base` is the stem of the noun that a count
    counts, "" if none. `moment` is the only day or time that the text names beside it.
    `step` is the unit of the last digit that was not rounded away. `either` tells that a
    clock time may be twelve hours later. `also` is the same amount as the text itself
    converts it: "€70m ($76m)".
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    text: str
    start: int
    end: int
    approximate: bool = False
    base: str = ""
    moment: str = ""
    step: Decimal = Decimal(1)
    scaled: bool = False
    either: bool = False
    also: Quantity | None = None

    @property
    def anchor(self) -> Decimal:
        """The number that is written, whatever its bound; of a range the lower end."""
        return next(value for value in (self.low, self.high, Decimal(0)) if value is not None)
