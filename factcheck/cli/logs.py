"""The log of the program on stderr or in a file, as `-v`, `-vv` and `--log-file` ask for it.

A line holds no key, whatever it was made of, and no character that moves a terminal's cursor
or begins a line of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import UsageError
from factcheck.language.visible import clean_name
from factcheck.settings.redaction import redact


class SafeFormatter(logging.Formatter):
    """Lines without keys and control characters."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        return redact(clean_name(super().format(record)))


class Stderr(logging.Handler):
    """Writes to the current `sys.stderr`, which a progress line may have replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one line."""
        from factcheck.cli.console import tell  # noqa: PLC0415 (start-up)

        tell(self.format(record))


class WaitsOnce(logging.Filter):
    """Lines of one part of the program, each once of several in a row that say the same."""

    last = ""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is to be told."""
        before, self.last = self.last, record.getMessage()
        return super().filter(record) and self.last != before


class LogFile(logging.FileHandler):
    """Writes to a file; a full disk does not end the run."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Do nothing: the default prints a traceback to the terminal."""


@contextmanager
def logging_to(verbosity: int, file: Path | None) -> Iterator[None]:
    """Log to stderr, and to the end of `file`, for the length of a `with` block.

    `verbosity` 1 tells what is done, 2 and more also in which words, 0 only that the model keeps
    the run waiting; a file is told at least what 1 tells. Raises `UsageError` if the file cannot
    be written.
    """
    log = logging.getLogger("factcheck")
    handlers: list[logging.Handler] = [Stderr()]
    handlers[-1].setFormatter(SafeFormatter("%(asctime)s %(message)s", "%H:%M:%S"))
    if not verbosity:
        handlers[-1].setLevel(logging.WARNING)
        handlers[-1].addFilter(WaitsOnce("factcheck.llm"))
    if file is not None:
        hint = "Choose another file for the log."
        if file.is_fifo():  # to open it would take until somebody reads it
            raise UsageError(f"cannot write to {file}: a pipe", hint)
        try:
            handlers.append(LogFile(file, encoding="utf-8", errors="backslashreplace"))
        except OSError as error:
            raise UsageError(f"cannot write to {file}: {error.strerror}", hint) from error
        layout = "%(asctime)s %(levelname)s %(name)s: %(message)s"
        handlers[-1].setFormatter(SafeFormatter(layout, "%Y-%m-%dT%H:%M:%S%z"))
    before = log.level
    if verbosity or file is not None:
        log.setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)
    for handler in handlers:
        log.addHandler(handler)
    try:
        yield
    finally:
        log.setLevel(before)
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()
