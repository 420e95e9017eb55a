"""Tell paths, URLs, texts and articles apart in what a program hands over to be compared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import UsageError
from factcheck.models import Article, Excluded

Input = str | os.PathLike[str] | Article | Excluded
"""An article to compare: a file or folder, a URL, a text, or what was read before."""
ReadableInput = Path | str | Article | Excluded
"""The same for the reader of articles, where a `str` is always a text and URLs are fetched."""
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True)
class Url:
    """The address of an article that has to be fetched."""

    url: str


def to_inputs(articles: Input | Iterable[Input]) -> list[ReadableInput | Url]:
    """One input or several, each as what it stands for. Raises `UsageError` for what is none."""
    if isinstance(articles, str | os.PathLike | Article | Excluded):
        return [to_input(articles)]
    if not isinstance(articles, Iterable):
        raise UsageError(
            f"articles cannot be of type {type(articles).__name__}",
            "Give paths, URLs, texts or Articles, one or several.",
        )
    return [to_input(one) for one in articles]


def to_path_or_url(text: str) -> Path | Url:
    """What a command was given, a URL or a path. Raises `UsageError` for an empty one."""
    if not text.strip():
        raise UsageError("a path is empty", "Name a file, a folder (. is this one) or a URL.")
    return Url(text) if _URL.match(text) else Path(text)


def to_input(one: Input) -> ReadableInput | Url:
    """A path as `Path`, a URL as `Url`, a text as `str`, and articles as they are."""
    if isinstance(one, str):
        return one if "\n" in one or "\r" in one else to_path_or_url(one)
    if isinstance(one, os.PathLike):
        return Path(one)
    if isinstance(one, Article | Excluded):
        return one
    raise UsageError(
        f"an article cannot be of type {type(one).__name__}",
        "Give paths, URLs, texts or Articles.",
    )
