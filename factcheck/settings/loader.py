"""Settings: command line, environment and factcheck.toml in, one frozen `Settings` out.

The first of these that gives a value wins, then the defaults below; `docs/settings.md` tells
what each key means. Values that cannot be used raise a `UsageError` of one line that names the
file and the key.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from factcheck.errors import UsageError
from factcheck.files import read_text
from factcheck.language.visible import shorten
from factcheck.settings.delivery import DeliverySettings
from factcheck.settings.fetch import FetchSettings
from factcheck.settings.redaction import redact
from factcheck.settings.schedule import ScheduleSettings
from factcheck.settings.table import Table

FILE_NAME = "factcheck.toml"
OPENAI_URL = "https://api.openai.com/v1"
# Only for OpenAI's own endpoint: any other serves models that cannot be guessed.
OPENAI_MODEL = "gpt-5.4-mini"
ENVIRONMENT = MappingProxyType(
    {
        "model.base_url": ("OPENAI_BASE_URL",),
        "model.name": ("FACTCHECK_MODEL", "OPENAI_MODEL"),
        "digest.store": ("FACTCHECK_STORE",),
    }
)

AnswerFormat = Literal["auto", "json_schema", "json_object", "text"]
ReportFormat = Literal["html", "md", "json"]


def check_url(url: str) -> str:
    """An http or https URL with a host, without a slash at its end; else a ValueError."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        usable = usable and url.isprintable() and " " not in parts.netloc
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("not a URL such as http://localhost:11434/v1")
    return url.rstrip("/")


def check_base_url(url: str) -> str:
    """A URL to which a path can be added: one without query and fragment; else a ValueError."""
    parts = urlsplit(check_url(url))
    if parts.query or parts.fragment or url.rstrip().endswith(("?", "#")):
        raise ValueError(
            "a base URL has no ? or #: leave out what follows (Azure: end it in /openai/v1; "
            "a header goes into model.headers)"
        )
    return check_url(url)


class ModelSettings(Table):
    """`[model]`: which endpoint is asked, and how.

    Azure: its v1 base URL, `https://RESOURCE.openai.azure.com/openai/v1`, with the deployment
    as `name`. Options left at None are not sent. `headers` maps a header to the environment
    variable that holds its value, so that no secret stands in a file.
    """

    base_url: Annotated[str, AfterValidator(check_base_url)] = OPENAI_URL
    name: str = ""
    api_key_env: str = "OPENAI_API_KEY"
    timeout: Annotated[float, Field(gt=0, le=86_400)] = 600
    retries: Annotated[int, Field(ge=0, le=20)] = 4
    concurrency: Annotated[int, Field(ge=1, le=100)] = 8
    batch: bool = False
    answer_format: AnswerFormat = "auto"
    max_output_tokens: Annotated[int, Field(ge=1)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    seed: int | None = None
    context_tokens: Annotated[int, Field(ge=1)] | None = None
    extra_body: dict[str, Any] = Field(default_factory=dict)
    headers: dict[str, str] = Field(default_factory=dict)
    # Filled in from the environment by `load_settings`, never from a file.
    api_key: SecretStr | None = Field(default=None, exclude=True)
    header_values: dict[str, SecretStr] = Field(default_factory=dict, exclude=True)

    @field_validator("extra_body")
    @classmethod
    def refuse_request_fields(cls, value: dict[str, Any]) -> dict[str, Any]:
        """Refuse the fields of a request that the program itself sets."""
        owned = {"messages", "model", "n", "response_format", "stream", "tools"} & set(value)
        if owned:
            raise ValueError(f"cannot hold {', '.join(sorted(owned))}")
        for key, item in value.items():
            try:
                json.dumps(item, allow_nan=False)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{key} holds what JSON has not (a date, nan or inf)") from error
        return value

    @field_validator("headers")
    @classmethod
    def check_header_names(cls, value: dict[str, str]) -> dict[str, str]:
        """Names that HTTP allows, and none that a client sets for each request."""
        for name in value:
            if re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.ASCII) is None:
                raise ValueError(f"{name!r} is no name of a header")
            if name.lower() in {"content-length", "transfer-encoding"}:
                raise ValueError(f"cannot hold {name}")
        return value


class LimitSettings(Table):
    """What one report or edition may take of a model at most: calls, US dollars, tokens."""

    max_calls: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    max_tokens: Annotated[int, Field(ge=0)] | None = None

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return (self.max_calls, self.max_cost, self.max_tokens) != (None, None, None)


class ReportSettings(LimitSettings):
    """`[report]`: what is written, into which folder, and what it may take."""

    formats: Annotated[tuple[ReportFormat, ...], Field(min_length=1)] = ("html", "md", "json")
    output: Path = Path("report")


class ReadingSettings(Table):
    """`[reading]`: the ports of this machine on which a model server is looked for.

    Only after a side-by-side reading, to tell how to get the fact-check; () looks for none.
    """

    ports: tuple[Annotated[int, Field(ge=1, le=65_535)], ...] = (11434, 8080, 8000, 1234)


class OutletSettings(Table):
    """`[outlets]`: owners, each with its outlets, which then count as one voice."""

    owners: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ExtractSettings(Table):
    """`[extract]`: the longest stretch of an article read in one call, in sentences."""

    window: Annotated[int, Field(ge=16)] = 120


class CompareSettings(Table):
    """`[compare]`: how many articles, and tokens of them, are compared in one call.

    A larger story is compared in batches, each told what was found so far.
    """

    articles: Annotated[int, Field(ge=2)] = 20
    tokens: Annotated[int, Field(ge=2_000)] = 60_000


class SourceSettings(Table):
    """`[[digest.sources]]`: where articles come from; exactly one of the first four.

    `folder` and `files` (a glob pattern) are paths from the folder of factcheck.toml;
    `feed` is the URL of an RSS, Atom or JSON feed; `urls` are addresses of articles, or the
    path of a file with one a line. `name` and `outlet` stand in for what the source does
    not tell of itself.
    """

    folder: Path | None = None
    files: str = ""
    feed: str = ""
    urls: tuple[str, ...] | Path = ()
    name: str = ""
    outlet: str = ""

    @model_validator(mode="after")
    def check_kind(self) -> Self:
        """A source is of one kind."""
        if sum(bool(kind) for kind in (self.folder, self.files, self.feed, self.urls)) != 1:
            raise ValueError("a source has one of folder, files, feed, urls")
        return self


class DigestSettings(LimitSettings):
    """`[digest]`: what an edition is made of, and where it goes.

    `store` is a SQLAlchemy URL; it and `output` count from the folder of factcheck.toml. `days`
    count from the latest article of a story, `recheck` is in hours.
    """

    sources: tuple[SourceSettings, ...] = ()
    store: str = "sqlite:///factcheck.db"
    output: Path = Path("digest")
    site_url: str = ""
    title: str = "Digest"
    days: Annotated[int, Field(ge=1, le=365)] = 14
    min_articles: Annotated[int, Field(ge=2)] = 2
    recheck: Annotated[float, Field(ge=0, le=8_760)] = 48
    confirm_stories: bool = True

    @field_validator("site_url")
    @classmethod
    def check_site_url(cls, value: str) -> str:
        """An http or https URL, or none."""
        return check_url(value) if value else ""


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
    named = {
        key: next((name for name in names if environ.get(name)), "")
        for key, names in ENVIRONMENT.items()
    }
    given: list[tuple[str, object, str]]
    given = [(key, environ[name], name) for key, name in named.items() if name]
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
    return settings.model_copy(update={"model": with_secrets(settings.model, environ)})


def is_configured(settings: ModelSettings) -> bool:
    """Whether there is a model to ask: a name, and a key or a local endpoint."""
    return bool(settings.name) and (settings.api_key is not None or is_local(settings.base_url))


def is_local(url: str) -> bool:
    """Whether a URL leads to this machine or the local network, where no key is needed."""
    host = (urlsplit(url).hostname or "").lower()
    try:
        address = ip_address(host)
    except ValueError:
        # A name without a dot is a neighbour, such as a container.
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
    return address.is_private or address.is_loopback or address.is_unspecified


def public_url(url: str) -> str:
    """A URL without credentials and query, fit for reports, errors and cache keys."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))


def secrets(settings: ModelSettings) -> tuple[str, ...]:
    """Every value that must not leave the process other than to the endpoint."""
    found = [value.get_secret_value() for value in settings.header_values.values()]
    if settings.api_key is not None:
        found.append(settings.api_key.get_secret_value())
    userinfo = urlsplit(settings.base_url)
    found += [part for part in (userinfo.password, userinfo.username) if part]
    # Short values would blot out ordinary words.
    long = [value for value in dict.fromkeys(found) if len(value) >= 4]
    return tuple(sorted(long, key=len, reverse=True))


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
    if isinstance(model, dict) and "api_key" in model:
        raise UsageError(
            f"{path}: model.api_key: a key does not belong into a file",
            "Set the environment variable OPENAI_API_KEY, or name another in model.api_key_env.",
        )
    return values, {"": str(path)}


def with_secrets(model: ModelSettings, environ: Mapping[str, str]) -> ModelSettings:
    """The model settings with the key and header values that the environment holds."""
    missing = sorted(name for name in model.headers.values() if not environ.get(name, "").strip())
    if missing:
        raise UsageError(
            f"{FILE_NAME}: model.headers: the environment variable {missing[0]} is not set",
            f"Set {missing[0]}, or take the header out.",
        )
    key = read_secret(environ, model.api_key_env)
    values = {
        header: SecretStr(read_secret(environ, name)) for header, name in model.headers.items()
    }
    openai = model.base_url == OPENAI_URL
    return model.model_copy(
        update={
            "api_key": SecretStr(key) if key else None,
            "header_values": values,
            "name": model.name or (OPENAI_MODEL if openai else ""),
        }
    )


def read_secret(environ: Mapping[str, str], name: str) -> str:
    """The stripped value of a variable that is sent in a header; "" where it is not set."""
    value = environ.get(name, "").strip()
    if not (value.isascii() and value.isprintable()):
        raise UsageError(
            f"{name}: it holds a character that no key has, and no header can carry",
            "Copy it again, without quotes and line breaks.",
        )
    return value


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
