"""Answers kept on disk: a request's key in, the answer that was paid for before out.

One small JSON file per answer, named by a hash of the endpoint and the request,
so an interrupted run continues where it stopped and a changed prompt is asked
anew. Which answer format an endpoint takes is kept among them. The cache is a
convenience: a file that cannot be read is as good as none, and old ones are removed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from factcheck.errors import UsageError
from factcheck.files import read_bytes, write_files
from factcheck.settings.urls import public_url

MOST_DAYS = 90
MOST_BYTES = 500 * 2**20
"""So old, counted from when it was paid for, and so large all together may answers become."""
LOOK_AGAIN, LONGEST_LOOK = 0.1, 2.0
"""Seconds, growing, after which it is looked again whether another run let go of a request."""


class Stored(BaseModel):
    """An answer as it came: text, why it ended, tokens (None: the endpoint did not count).

    `refusal` is what a model said that would not answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str
    finish_reason: str = ""
    refusal: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None


def to_text(answer: Stored) -> str:
    """An answer as JSON in ASCII: it may hold half a surrogate pair, which UTF-8 cannot."""
    return json.dumps(answer.model_dump(exclude_defaults=True), ensure_ascii=True, indent=1)


def from_text(text: str) -> Stored:
    """The answer in such a text; ValueError (of pydantic, too) if there is none."""
    return Stored.model_validate(json.loads(text), extra="ignore")


class Answers(Protocol):
    """Where answers are kept between runs, by the key of their request."""

    def get(self, key: str) -> Stored | None:
        """The answer under this key, or None."""

    def put(self, key: str, answer: Stored) -> bool:
        """Keep an answer; False if it could not be kept."""

    def drop(self, key: str) -> None:
        """Forget the answer under this key, if there is one."""

    def claim(self, key: str, patience: float) -> AbstractAsyncContextManager[None]:
        """Hold this request alone among all runs, waiting `patience` seconds at most."""


@dataclass(frozen=True)
class AnswerCache:
    """Answers in a folder, which is made when the first one is kept.

    With `anew` none is found: all is asked anew, and kept for other runs.
    """

    folder: Path
    anew: bool = False

    def get(self, key: str) -> Stored | None:
        """The answer under this key, or None."""
        if self.anew:
            return None
        try:
            return from_text(read_bytes(self._path(key)).decode("ascii"))
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, key: str, answer: Stored) -> bool:
        """Keep an answer; False if the disk does not allow it."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_files({path: to_text(answer) + "\n"})
        except OSError:
            return False
        return True

    def drop(self, key: str) -> None:
        """Forget the answer under this key, if there is one and the disk allows it."""
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    @asynccontextmanager
    async def claim(self, key: str, patience: float) -> AsyncIterator[None]:
        """Hold this request alone among all runs, so that one of them pays for it.

        A lock ends with its process. Who waited `patience` seconds, who finds nothing anyway,
        and where the disk takes no lock, goes on without.
        """
        if self.anew:
            yield
            return
        from filelock import FileLock, Timeout  # noqa: PLC0415 (start-up)

        path = self._path(key)
        lock = FileLock(path.with_suffix(".lock"))
        end, pause = time.monotonic() + patience, LOOK_AGAIN
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            while not lock.is_locked and time.monotonic() < end:
                try:
                    lock.acquire(blocking=False)
                except Timeout:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_LOOK)
        except (OSError, NotImplementedError):
            pass
        try:
            yield
        finally:
            # Whoever waits finds the answer; where there is none the lock has to stay in place.
            with suppress(OSError):
                if lock.is_locked and path.exists():
                    path.with_suffix(".lock").unlink(missing_ok=True)
                lock.release()

    def prune(
        self, *, days: float = MOST_DAYS, size: int = MOST_BYTES, now: float | None = None
    ) -> int:
        """Remove answers older than `days`, then the oldest beyond `size` bytes; how many went.

        `now` is a time in seconds, by default that of the clock. Other files are left alone.
        """
        oldest = (time.time() if now is None else now) - days * 86_400
        total = removed = 0
        for written, length, path in sorted(self._files(), reverse=True):
            total += length
            if written < oldest or total > size:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each answer was written, its bytes and its path; also what a crash left behind."""
        try:
            paths = [*self.folder.glob("[0-9a-f][0-9a-f]/*")]
        except OSError:  # a name that no disk takes
            return
        for path in paths:
            if path.suffix not in {".json", ".lock", ".tmp"}:
                continue
            with suppress(OSError):  # another run may be pruning as well
                found = path.stat()
                yield found.st_mtime, found.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def answers_folder(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """Where answers are kept: FACTCHECK_CACHE_DIR, else the user's cache folder."""
    named = environ.get("FACTCHECK_CACHE_DIR")
    return (Path(named) if named else user_cache_folder(environ, system)) / "answers"


def user_cache_folder(environ: Mapping[str, str], system: str) -> Path:
    """The user's cache folder, by the conventions of Windows, macOS and XDG."""
    if system == "win32":
        local = environ.get("LOCALAPPDATA")
        base = Path(local) if local else find_home() / "AppData" / "Local"
        return base / "factcheck" / "factcheck" / "Cache"
    if system == "darwin":
        return find_home() / "Library" / "Caches" / "factcheck"
    named = environ.get("XDG_CACHE_HOME", "").strip()
    return (Path(named) if Path(named).is_absolute() else find_home() / ".cache") / "factcheck"


def find_home() -> Path:
    """The home of who runs this; raises `UsageError` where neither HOME nor the system tells it."""
    try:
        return Path.home()
    except RuntimeError as error:
        raise UsageError(
            "there is no home folder in which answers could be kept",
            "Set FACTCHECK_CACHE_DIR or HOME, or keep none with --no-cache.",
        ) from error


def answer_key(base_url: str, body: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the endpoint, without credentials, and the request as canonical JSON."""
    canonical = json.dumps([public_url(base_url), body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
