"""Signals that end a run: the first one interrupts it, at a point where that is safe.

Imports little: a signal may come while the program is being loaded.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

PATIENCE = 5.0
"""Seconds in which a run that was interrupted cleans up, and further signals do nothing."""
LONGEST_ENDING = 60.0
"""Seconds after which a process that was interrupted is ended whatever it does."""
LOOK_AGAIN = 0.01
"""Seconds after which it is looked again whether an import is over."""
ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextmanager
def ending_at_signals() -> Iterator[None]:
    """Let the first signal raise `KeyboardInterrupt` in a block, and end the process after it.

    In an event loop it is raised between two steps, else amid no import. A second one amid
    cleaning up would do harm: it counts after `PATIENCE`, and ends the process where it is.
    """
    begun: list[float] = []
    code = 0

    def on_signal(number: int, frame: FrameType | None) -> None:
        nonlocal code
        if not begun:
            begun.append(time.monotonic())
            end_in_any_case()
            code = 128 + number
            # What is taken apart half made is no matter for the terminal.
            sys.unraisablehook = lambda _: None
            warnings.simplefilter("ignore")
            interrupt(frame)
        elif time.monotonic() - begun[0] > PATIENCE:
            os._exit(code)

    # What is ignored, as by nohup, stays so; a thread can set no handler.
    own = threading.current_thread() is threading.main_thread()
    before = {n: signal.getsignal(n) for n in ENDING if own}
    for number in (n for n, handler in before.items() if handler != signal.SIG_IGN):
        signal.signal(number, on_signal)
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as end:
        if not begun:
            raise
        leave(find_code(end, code))
    finally:
        if begun:
            faulthandler.cancel_dump_traceback_later()
        for number, handler in before.items():
            signal.signal(number, handler)


def find_code(end: BaseException, code: int) -> int:
    """The exit code of a run that a signal ended, `code`, else its own if it was over already."""
    if isinstance(end, KeyboardInterrupt):
        # Before the run could say what is kept of it; nobody has to listen.
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write("factcheck: interrupted\nThe same command begins anew.\n")
    elif isinstance(end, SystemExit) and isinstance(end.code, int):
        return code if end.code == 128 + signal.SIGINT else end.code
    return code


def end_in_any_case() -> None:
    """See to it that the process ends in a while, and shows on stderr where it hung."""
    with suppress(OSError, ValueError, AttributeError, RuntimeError):
        faulthandler.dump_traceback_later(LONGEST_ENDING, exit=True)


def interrupt(frame: FrameType | None) -> None:
    """Raise `KeyboardInterrupt`: in the next step of an event loop, else after a running import."""
    asyncio = sys.modules.get("asyncio")
    # Where it is just being imported it has no such function yet.
    loop = getattr(asyncio, "_get_running_loop", lambda: None)()
    if loop is None and is_importing(frame) and hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGALRM, lambda _, later: interrupt(later))
        signal.setitimer(signal.ITIMER_REAL, LOOK_AGAIN)
        return
    if loop is None:
        raise KeyboardInterrupt
    # Nor is what its tasks end with.
    loop.set_exception_handler(lambda *_: None)
    loop.call_soon_threadsafe(signal.default_int_handler, signal.SIGINT, None)


def is_importing(frame: FrameType | None) -> bool:
    """Whether a frame is in an import: what is raised there may be lost, or leave half a module."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def leave(code: int) -> None:
    """End the process without the interpreter's end, which threads amid an import can hang."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
