"""Where the prompts and templates lie, and the environment of those that make plain text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def folder(name: str) -> Path:
    """The folder of data files with this name, such as "templates".

    A wheel carries it inside the package; in a checkout it stands beside it.
    """
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@cache
def text_environment(name: str) -> Environment:
    """The strict environment over a folder: an unknown variable is an error, nothing is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    return Environment(
        loader=FileSystemLoader(folder(name)),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (no HTML)
        trim_blocks=True,
        lstrip_blocks=True,
    )
