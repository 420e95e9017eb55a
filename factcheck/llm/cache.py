"""Answers kept on disk: a request's key in, the answer that was paid for before out.

One small JSON file per answer, named by a hash of the endpoint and the request,
so an interrupted run continues where it stopped and a changed prompt is asked
anew. Which answer format an endpoint takes is kept among them. The cache is a
convenience: a file that cannot be read is as good as none, and old ones are removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from factcheck.settings.loader import public_url

MOST_DAYS = 90
MOST_BYTES = 500 * 2**20
"""So old, counted from when it was paid for, and so large all together may answers become."""


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


@dataclass(frozen=True)
class AnswerCache:
    """Answers in a folder, which is made when the first one is kept."""

    folder: Path

    def get(self, key: str) -> Stored | None:
        """The answer under this key, or None."""
        try:
            return from_text(self._path(key).read_text("ascii"))
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, key: str, answer: Stored) -> bool:
        """Keep an answer; False if the disk does not allow it.

        It is written beside its place and then renamed: a reader never meets half a file.
        """
        path = self._path(key)
        text = to_text(answer)
        temporary = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(
                "w", encoding="ascii", dir=path.parent, suffix=".tmp", delete=False
            ) as file:
                temporary = file.name
                file.write(text + "\n")
            Path(temporary).replace(path)
        except OSError:
            if temporary:
                Path(temporary).unlink(missing_ok=True)
            return False
        return True

    def drop(self, key: str) -> None:
        """Forget the answer under this key, if there is one and the disk allows it."""
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

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
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if path.suffix not in {".json", ".tmp"}:
                continue
            with suppress(OSError):  # another run may be pruning as well
                found = path.stat()
                yield found.st_mtime, found.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def answers_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where answers are kept: FACTCHECK_CACHE_DIR, else the user's cache folder."""
    named = environ.get("FACTCHECK_CACHE_DIR")
    if named:
        return Path(named) / "answers"
    from platformdirs import user_cache_path  # noqa: PLC0415 (start-up)

    return user_cache_path("factcheck") / "answers"


def answer_key(base_url: str, body: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the endpoint, without credentials, and the request as canonical JSON."""
    canonical = json.dumps([public_url(base_url), body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
