"""Read files that are files, and write files in one step: whole in their places, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The bytes of a regular file, at most so many. Raises `OSError`, also for pipes and devices.

    They may give nothing for ever, and are not waited for.
    """

    def open_at_once(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    with open(path, "rb", opener=open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "a pipe or a device, and no file", str(path))
        return file.read(most)


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
