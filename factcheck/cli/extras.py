"""Tell before a command begins whether the optional part that it needs is installed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from factcheck.errors import MissingExtraError


def require_extra(extra: str) -> None:
    """Raise `MissingExtraError` unless all packages of an extra of factcheck are there.

    Which these are stands in the metadata of the installed program, from pyproject.toml.
    """
    for package in packages_of(extra):
        try:
            distribution(package)
        except PackageNotFoundError as error:
            raise MissingExtraError(extra, package) from error


def packages_of(extra: str) -> tuple[str, ...]:
    """The packages that an extra names; () where the program runs from its source alone."""
    try:
        lines = requires("factcheck") or ()
    except PackageNotFoundError:
        return ()
    mark = re.compile(rf"""extra\s*==\s*["']{extra}["']""")
    return tuple(
        found[0] for line in lines if mark.search(line) and (found := re.match(r"[\w.-]+", line))
    )
