"""Confine a failure to the input that caused it, so that the run continues.

Foreign text meets much code, some of it not ours. Whatever fails there fails for one
article: it is left out with a reason, and the traceback goes to the log `factcheck`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from factcheck.errors import FactcheckError
from factcheck.models import Excluded

Item = TypeVar("Item")
Result = TypeVar("Result")
LOGGER = logging.getLogger("factcheck")


def is_failure(error: BaseException) -> bool:
    """Whether an error is a bug or a limit that an input met, and not a requested end of the run.

    Errors of our own tree already say what to do. A library in Rust panics with an error
    outside of `Exception`.
    """
    if isinstance(error, Exception):
        return not isinstance(error, FactcheckError)
    return type(error).__name__ == "PanicException"


def log_failure(error: BaseException, doing: str) -> str:
    """Log the traceback; returns one line that says what failed and where the rest is."""
    LOGGER.error("%s failed", doing, exc_info=error)
    kind = type(error).__name__
    return f"{doing} failed ({kind}); --log-file FILE keeps the details, please report it"


def exclude_failed(source: str, error: BaseException, doing: str) -> Excluded:
    """An input that is left out because the program failed on it, which is logged."""
    return Excluded(source=source, reason="failed", detail=log_failure(error, f"{doing} {source}"))


def leave_out_failing(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result]
) -> tuple[Result, list[tuple[Item, BaseException]]]:
    """Apply `work` to all items but those that it fails on; return the result and the failures.

    Halves are tried, and halves of those that fail, each beside what is good so far: k items of
    n are found in about 2 k log2(n) tries. Of items that fail only together the later one goes.
    Raises what `work` raised on all where it fails on each item, or without any.
    """
    kept: list[Item] = []
    failing: list[tuple[Item, BaseException]] = []
    stretches = [items]
    whole: BaseException | None = None
    while stretches:
        some = stretches.pop()
        try:
            result = work([*kept, *some])
        except BaseException as error:
            if not is_failure(error):
                raise
            first, whole = whole is None, whole or error
            if not some:
                raise whole from None
            if len(some) == 1:
                failing.append((some[0], error))
            else:
                stretches += [some[len(some) // 2 :], some[: len(some) // 2]]
            if first:
                stretches.append(some[:0])
        else:
            kept += some
    if whole is not None and not kept:
        raise whole
    return result, failing
