"""The base of all settings: one table of factcheck.toml, immutable, without unknown keys."""

from pydantic import BaseModel, ConfigDict

FILE_NAME = "factcheck.toml"


class Table(BaseModel):
    """A table of settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
