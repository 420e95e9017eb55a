"""The base of all settings: one table of factcheck.toml, immutable, without unknown keys."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

FILE_NAME = "factcheck.toml"


def to_place(value: object) -> object:
    """A path with `~` as the home folder. Raises ValueError for "", which would mean this one."""
    if value == "":
        raise ValueError("is empty: name a folder (. is this one)")
    try:
        return Path(value).expanduser() if isinstance(value, str) else value
    except RuntimeError:
        raise ValueError("names the home folder of a user that is not there") from None


Place = Annotated[Path, BeforeValidator(to_place)]
"""A file or folder, as settings and options give it."""


class Table(BaseModel):
    """A table of settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
