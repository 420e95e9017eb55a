"""What the client writes to the log: what it does, never a key, a prompt or an answer.

The words of an endpoint may repeat a prompt, so they stand at debug; the client has taken
keys out of them before.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenacity import RetryCallState

LONG_WAIT = 10.0
log = logging.getLogger(__name__)


def log_retry(state: RetryCallState) -> None:
    """A call failed and is made again, in so many seconds; tenacity calls this before it waits.

    A person should hear of a long wait without having asked for a log.
    """
    error = state.outcome.exception() if state.outcome else None
    status = getattr(getattr(error, "fault", None), "status", 0)
    what = f"HTTP {status}" if status else "no answer"
    number = state.attempt_number + 1
    wait = state.upcoming_sleep
    level = logging.WARNING if wait >= LONG_WAIT else logging.INFO
    log.log(level, "a call failed (%s): try %d in %.1f s", what, number, wait)
    log.debug("the endpoint said: %s", error)


def log_reask(stage: str, label: str, problems: tuple[str, ...]) -> None:
    """An answer is asked for again, for it does not fit or is doubted."""
    log.info("%s %s: asked again, %d problems in the answer", stage, label, len(problems))
    log.debug("%s %s: %s", stage, label, "; ".join(problems))


def log_miscount(stage: str, said: str) -> None:
    """A prompt was cut by the endpoint's count of its tokens, but the answer covers all of it."""
    log.info("%s: the answer is kept, for it covers the whole prompt, although %s", stage, said)


def log_refused_format(stage: str, label: str, form: str) -> None:
    """The endpoint refused an answer format, and the next one is tried."""
    log.info("%s %s: the endpoint refused the answer format %s", stage, label, form)


def log_batch(batch: str, what: str) -> None:
    """A batch was sent, or has a new status."""
    log.info("batch %.40s: %s", batch, what)


def log_cache_hit(stage: str, key: str) -> None:
    """An answer was kept from an earlier call; the key is the hash of its request."""
    log.info("%s: an answer from the cache (%.12s)", stage, key)
