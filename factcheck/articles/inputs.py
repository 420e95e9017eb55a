"""Tell paths, texts and articles apart in what a program hands over to be compared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from factcheck.errors import UsageError
from factcheck.models import Article, Excluded
from factcheck.settings.redaction import redact

Input = str | os.PathLike[str] | Article | Excluded
"""An article to compare: a file or folder, a text, or what was read before."""
ReadableInput = Path | str | Article | Excluded
"""The same for the reader of articles, where a `str` is always a text."""
LONGEST = 80
"""Characters of an input that a message shows."""


def to_inputs(articles: Input | Iterable[Input]) -> list[ReadableInput]:
    """One input or several, each as what it stands for. Raises `UsageError` for what is none."""
    if isinstance(articles, str | os.PathLike | Article | Excluded):
        return [to_input(articles)]
    if not isinstance(articles, Iterable):
        raise UsageError(
            f"articles cannot be of type {type(articles).__name__}",
            "Give paths, texts or Articles, one or several.",
        )
    return [to_input(one) for one in articles]


def to_input(one: Input) -> ReadableInput:
    """A path as `Path`, a text as `str`, and articles as they are."""
    if isinstance(one, Article | Excluded):
        return one
    if isinstance(one, str) and ("\n" in one or "\r" in one):
        return one
    if not isinstance(one, str | os.PathLike):
        raise UsageError(
            f"an article cannot be of type {type(one).__name__}", "Give paths, texts or Articles."
        )
    if isinstance(one, str) and re.match(r"https?://", one, re.IGNORECASE):
        raise UsageError(
            f"{redact(one)[:LONGEST]} is a URL, and addresses are only fetched by a digest",
            "Give its text, a file, or an Article; or list it in [[digest.sources]].",
        )
    path = Path(one)
    try:
        found = path.exists()
    except OSError:  # the name is too long, or lies in a folder without rights
        found = False
    if not found:
        raise UsageError(
            f"{str(one)[:LONGEST]} does not exist",
            "Check the spelling of the path; a text is told by a line break in it.",
        )
    return path
