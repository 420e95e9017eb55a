"""Keep a failure with the one input that caused it, and the run going.

Foreign text meets much code, some of it not ours. Whatever fails there fails for one
article: it is left out with a reason, and the traceback goes to the log `factcheck`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from factcheck.errors import FactcheckError

Item = TypeVar("Item")
Result = TypeVar("Result")
LOGGER = logging.getLogger("factcheck")
LOGGER.addHandler(logging.NullHandler())


def is_failure(error: BaseException) -> bool:
    """Whether this is a bug or a limit met by an input, not an end that somebody wants.

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


def leave_out_failing(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result]
) -> tuple[Result, list[tuple[Item, BaseException]]]:
    """The result of `work` on all items but those that it fails on, and these with their errors.

    If it fails on all together, each is tried alone; if it still fails on the others
    together, these are added one by one. Raises what `work` raised where it fails on each
    item alone, or where no failure comes back.
    """
    try:
        return work(items), []
    except BaseException as error:
        if not is_failure(error):
            raise
        whole = error
    failing = [(item, found) for item in items if (found := _failure(work, [item]))]
    if items and len(failing) == len(items):
        raise whole
    alone = {id(item) for item, _ in failing}
    kept: list[Item] = [item for item in items if id(item) not in alone]
    if _failure(work, kept):
        rest, kept = kept, []
        for item in rest:
            met = _failure(work, [*kept, item])
            if met is None:
                kept.append(item)
            else:
                failing.append((item, met))
    if not failing:
        raise whole
    return work(kept), failing


def _failure(
    work: Callable[[Sequence[Item]], object], items: Sequence[Item]
) -> BaseException | None:
    """What `work` fails with on these items, None if it does not."""
    try:
        work(items)
    except BaseException as error:
        if not is_failure(error):
            raise
        return error
    return None
