"""The command: arguments in, exit code out. What each command does stands in a module of its own.

Files that were written go to stdout, one path a line (or the report itself, with
`-o -`); everything for the eyes goes to stderr. Exit codes are those of `errors.py`.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from factcheck import errors
from factcheck.cli.logs import logging_to
from factcheck.cli.options import parse
from factcheck.files import read_bytes
from factcheck.language.visible import clean_text, shorten, show_path
from factcheck.settings.redaction import redact
from factcheck.tracing import export_spans

DEBUG = "FACTCHECK_DEBUG"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What writing to a stream fails with, which tells no file name."""

MODULES = {"render": "report"}
"""The module of `factcheck.cli` that holds a command, where it has another name."""
OF_DIGEST = frozenset({"digest", "schedule", "doctor"})
"""The commands that need the packages of `factcheck[digest]`."""


def main() -> NoReturn:
    """Run the command on the arguments of this process."""
    open_streams()
    gc.set_threshold(100_000)  # start-up makes many lasting objects; looking for garbage is vain
    atexit.register(gc.freeze)  # so it is at the end, where it takes a fifth of a second
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Reports are UTF-8 under any locale; a path may hold bytes that are no UTF-8.
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    export_spans(os.environ)
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        drop_unwritten()


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; an error ends as a line and a hint."""
    try:
        args = parse(arguments)
        if args.command in OF_DIGEST:
            require_digest()
        refuse_odd_zone(os.environ.get("TZ", ""))
        with logging_to(getattr(args, "verbose", 0), getattr(args, "log_file", None)):
            # Only now: `--help` needs none of them.
            name = MODULES.get(args.command, args.command)
            module = import_module(f"factcheck.cli.{name}")
            code: int = getattr(module, args.command)(args)
        sys.stdout.flush()
    except BrokenPipeError:
        return 0  # whoever read stdout has enough
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, Exception) and os.environ.get(DEBUG) == "1":
            raise
        code, message, hint = describe_error(error)
        complain(message, hint)
    return code


def require_digest() -> None:
    """Raise `MissingExtraError` unless all packages of `factcheck[digest]` are there.

    Which these are stands in the metadata of the installed program, from pyproject.toml.
    """
    from importlib import metadata  # noqa: PLC0415 (start-up)

    try:
        lines = metadata.requires("factcheck") or ()
    except metadata.PackageNotFoundError:
        return  # the program runs from its source alone
    mark = re.compile(r"""([\w.-]+).*\bextra\s*==\s*["']digest["']""")
    for named in filter(None, map(mark.match, lines)):
        try:
            metadata.distribution(named[1])
        except metadata.PackageNotFoundError as error:
            raise errors.MissingExtraError("digest", named[1]) from error


def describe_error(error: BaseException) -> tuple[int, str, str]:
    """Exit code, what happened, and how to go on."""
    if isinstance(error, errors.FactcheckError):
        return error.exit_code, error.message, error.hint
    if isinstance(error, KeyboardInterrupt):
        return errors.INTERRUPTED, "interrupted", "The same command begins anew."
    if isinstance(error, OSError) and (error.filename is not None or error.errno in NO_ROOM):
        name = show_path(os.fsdecode(error.filename)) if error.filename else "cannot write"
        message = f"{name}: {error.strerror or error}"
        return errors.USAGE, message, "Check the path, its rights and the disk."
    if isinstance(error, FileNotFoundError) and not has_folder():
        return errors.USAGE, "the current folder is gone", "Change into one that exists."
    what = shorten(redact(f"{type(error).__name__}: {error}"))
    return errors.BUG, f"internal error: {what}", f"Please report it; {DEBUG}=1 shows where it is."


def has_folder() -> bool:
    """Whether the folder that this process runs in is still there."""
    try:
        return bool(Path.cwd())
    except OSError:
        return False


def refuse_odd_zone(name: str) -> None:
    """Raise `UsageError` for a TZ that is a file of another kind, or no zone that can be.

    A library reads it as it is loaded, and fails there.
    """
    file = Path(name.removeprefix(":"))
    try:
        usable = not (name and file.exists()) or read_bytes(file, 4) == b"TZif"
        datetime.now().astimezone()
    except (OSError, ValueError):
        usable = False
    if not usable:
        raise errors.UsageError(
            f"TZ: {shorten(name)} is no time zone", "Set it to one such as Europe/Berlin."
        )


def complain(message: str, hint: str) -> None:
    """Print an error and its hint to stderr, one line each."""
    with suppress(OSError):  # nobody has to listen
        for line in filter(None, (f"factcheck: {message}", hint)):
            print(clean_text(line), file=sys.stderr)  # noqa: T201 (this is where errors are told)


def drop_unwritten() -> None:
    """Let go of what streams did not take: it was told, or nobody listens.

    The interpreter would try again at its end, and end with a code of its own.
    """
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)


class ClosedStream(io.TextIOWrapper):
    """The stand-in for a standard stream that was closed before the run: it discards everything."""


def open_streams() -> None:
    """Open the null device in place of closed standard streams, so that the run continues silently.

    And so that no file that it opens takes their place.
    """
    for name, mode in (("stdin", "rb"), ("stdout", "wb"), ("stderr", "wb")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            nothing: Any = open(number, mode, closefd=False)  # noqa: SIM115 (to the end)
            setattr(sys, name, ClosedStream(nothing, encoding="utf-8"))
