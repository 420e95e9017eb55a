"""Read files that are files, and write files in one step: whole in their places, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile

from factcheck.errors import UsageError

MOST_BYTES = 5_000_000
"""So long may a file of settings or addresses be."""
LONGEST_PATH = 200
"""Characters of a path, from its end, that a message shows."""
ROOM = 2**18
"""Bytes that a disk has to take before anything is paid for: about a report."""


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The bytes of a regular file, at most so many. Raises `OSError`, also for pipes and devices.

    They may give nothing for ever, or never end, and are not waited for.
    """
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "no file can have this name", str(path))

    def open_at_once(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    with open(path, "rb", opener=open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "a pipe or a device, and no file", str(path))
        return file.read(most)


def read_text(path: Path) -> str:
    """The text of a regular file in UTF-8.

    Raises `OSError`, also for more than `MOST_BYTES`, and `UnicodeDecodeError` for other text.
    """
    data = read_bytes(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"larger than {MOST_BYTES:,} bytes", str(path))
    return data.decode("utf-8-sig")


def write_files(texts: Mapping[Path, str]) -> None:
    """Write texts in UTF-8 beside their places, then rename them in this order.

    Folders are made. A reader never meets half a file; if the disk is full nothing is
    replaced and nothing is left behind. Raises `OSError`.
    """
    written: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = written[path] = path.with_name(f".{secrets.token_hex(8)}.tmp")
            with temporary.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        for path, temporary in written.items():
            temporary.replace(path)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def check_folder(folder: Path) -> None:
    """Raise `UsageError` unless files can be written into a folder, which need not exist yet.

    Nothing is left behind: a run that fails makes no folder.
    """
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if _is_there(path))
        # The only sure answer: rights, quotas and read-only disks all speak up here.
        with TemporaryFile(dir=nearest) as file:
            file.write(bytes(ROOM))
    except OSError as error:
        raise UsageError(
            f"cannot write to {str(folder)[-LONGEST_PATH:]}: {error.strerror}",
            "Choose another output folder.",
        ) from error


def _is_there(path: Path) -> bool:
    """Whether anything has this name, also a link to nothing, in whose place no folder can come."""
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "no folder can have this name", str(path))
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True
