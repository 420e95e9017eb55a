"""Settings: command line, environment and factcheck.toml in, one frozen `Settings` out.

The first of these that gives a value wins, then the defaults of the tables; `docs/settings.md`
tells what each key means. Values that cannot be used raise a `UsageError` of one line that names
the file and the key.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from factcheck.errors import UsageError
from factcheck.files import read_text
from factcheck.language.visible import shorten
from factcheck.settings.delivery import DeliverySettings
from factcheck.settings.digest import DigestSettings
from factcheck.settings.fetch import FetchSettings
from factcheck.settings.model import ModelSettings, with_secrets
from factcheck.settings.redaction import redact
from factcheck.settings.report import (
    CompareSettings,
    ExtractSettings,
    OutletSettings,
    ReadingSettings,
    ReportSettings,
)
from factcheck.settings.schedule import ScheduleSettings
from factcheck.settings.table import FILE_NAME, Table

ENVIRONMENT = (
    ("OPENAI_BASE_URL", "model.base_url"),
    ("OPENAI_MODEL", "model.name"),
    ("FACTCHECK_MODEL", "model.name"),
    ("FACTCHECK_STORE", "digest.store"),
)
"""Variables with the keys that they set; of two for one key the later wins."""


class Settings(Table):
    """Everything that can be set."""

    model: ModelSettings = ModelSettings()
    report: ReportSettings = ReportSettings()
    reading: ReadingSettings = ReadingSettings()
    outlets: OutletSettings = OutletSettings()
    extract: ExtractSettings = ExtractSettings()
    compare: CompareSettings = CompareSettings()
    digest: DigestSettings = DigestSettings()
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    delivery: DeliverySettings = DeliverySettings()


SECRETS = {
    "api_key": "Set the environment variable OPENAI_API_KEY, or name another in model.api_key_env.",
    "header_values": "Name in model.headers the environment variable that holds each value.",
}
"""What a file must not hold, with where it belongs."""


def load_settings(
    *,
    config: Path | None = None,
    environ: Mapping[str, str] = MappingProxyType({}),
    flags: Mapping[str, object] = MappingProxyType({}),
) -> Settings:
    """Settings from all their sources.

    `config` is a file that has to exist; without it, factcheck.toml in this folder is read if
    it is there. `flags` are the options of the command line by dotted key ("model.name"); None
    stands for an option that was not given.
    """
    values, origins = _read_file(config)
    given: list[tuple[str, object, str]]
    given = [(key, environ[name], name) for name, key in ENVIRONMENT if environ.get(name)]
    given += [(key, value, "command line") for key, value in flags.items() if value is not None]
    for key, value, origin in given:
        table, _, name = key.partition(".")
        inner = values.setdefault(table, {})
        # A table that is no table stays as it is: validation names it with its file.
        if isinstance(inner, dict):
            inner[name] = value
            origins[key] = origin
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise UsageError(*_explain(error, origins)) from error
    model = with_secrets(settings.model, environ, origins.get("", FILE_NAME))
    return settings.model_copy(update={"model": model})


def _read_file(config: Path | None) -> tuple[dict[str, Any], dict[str, str]]:
    path = config or Path(FILE_NAME)
    if str(path) == os.devnull or (config is None and not path.is_file()):
        return {}, {}
    try:
        values = tomllib.loads(read_text(path))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", "Name a file that exists.") from error
    except (OSError, UnicodeDecodeError) as error:
        why = f" ({error.strerror})" if isinstance(error, OSError) else ""
        hint = "It has to be a UTF-8 text file."
        raise UsageError(f"{path}: cannot be read{why}", hint) from error
    except RecursionError as error:
        raise UsageError(f"{path}: is nested too deep", "Settings have three levels.") from error
    except ValueError as error:  # also a number or a date beyond all limits
        raise UsageError(f"{path}: is not valid TOML: {error}", "Fix that line.") from error
    model = values.get("model")
    for key, remedy in SECRETS.items():
        if isinstance(model, dict) and key in model:
            raise UsageError(f"{path}: model.{key}: a secret does not belong into a file", remedy)
    return values, {"": str(path)}


def _explain(error: ValidationError, origins: Mapping[str, str]) -> tuple[str, str]:
    """The first fault as a line that names origin, key and fault, and a hint."""
    fault = error.errors(include_url=False)[0]
    loc = [str(part) for part in fault["loc"]]
    key = shorten(".".join(loc))
    origin = origins.get(".".join(loc[:2])) or origins.get("") or "settings"
    if fault["type"] == "extra_forbidden":
        close = difflib.get_close_matches(key, list_keys(), n=1, cutoff=0.6)
        hint = f"Did you mean {close[0]}?" if close else "Take it out; the manual lists all keys."
        return f"{origin}: unknown key {key}", hint
    message = fault["msg"].removeprefix("Value error, ")
    shown = redact(repr(fault["input"]))
    value = f" (it is {shown})" if len(shown) <= 60 else ""
    return f"{origin}: {key}: {message[:1].lower()}{message[1:]}{value}", f"Fix {key}."


def list_keys() -> tuple[str, ...]:
    """All dotted keys that a settings file may hold, tables first."""
    keys = (
        f"{table}.{key}"
        for table, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        for key, inner in field.annotation.model_fields.items()
        if not inner.exclude  # secrets
    )
    return (*Settings.model_fields, *keys)
