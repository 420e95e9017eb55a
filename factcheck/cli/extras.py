"""Tell before a command begins whether the optional part that it needs is installed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from factcheck.errors import MissingExtraError


def require_extra(extra: str) -> None:
    """Raise `MissingExtraError` unless all packages are there that the metadata name for it."""
    mark = re.compile(rf"""extra\s*==\s*["']{extra}["']""")
    try:
        lines = requires("factcheck") or ()
    except PackageNotFoundError:
        return  # the program runs from its source alone
    named = [re.match(r"[\w.-]+", line) for line in lines if mark.search(line)]
    for package in (found[0] for found in named if found):
        try:
            distribution(package)
        except PackageNotFoundError as error:
            raise MissingExtraError(extra, package) from error
