"""Settings of the model: which endpoint is asked and how, with the secrets of the environment."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator

from factcheck.errors import UsageError
from factcheck.settings.redaction import SECRET
from factcheck.settings.table import FILE_NAME, Table
from factcheck.settings.urls import check_url, is_local

OPENAI_URL = "https://api.openai.com/v1"
# Only for OpenAI's own endpoint: any other serves models that cannot be guessed.
OPENAI_MODEL = "gpt-5.4-mini"

AnswerFormat = Literal["auto", "json_schema", "json_object", "text"]


def check_base_url(url: str) -> str:
    """A URL to which a path can be added: one without query and fragment; else a ValueError."""
    parts = urlsplit(check_url(url))
    if parts.query or parts.fragment or url.rstrip().endswith(("?", "#")):
        raise ValueError(
            "a base URL has no ? or #: leave out what follows (Azure: end it in /openai/v1; "
            "a header goes into model.headers)"
        )
    return check_url(url)


def check_variable(name: str) -> str:
    """The name of an environment variable; a ValueError that tells nothing of another value."""
    if re.fullmatch(r"[A-Za-z_]\w{0,80}", name, re.ASCII) is None or SECRET.search(name):
        raise ValueError("give the name of an environment variable, not the key itself")
    return name


Variable = Annotated[str, AfterValidator(check_variable)]


class ModelSettings(Table):
    """`[model]`: which endpoint is asked, and how.

    Azure: its v1 base URL, `https://RESOURCE.openai.azure.com/openai/v1`, with the deployment
    as `name`. Options left at None are not sent. `headers` maps a header to the environment
    variable that holds its value, so that no secret stands in a file.
    """

    base_url: Annotated[str, AfterValidator(check_base_url)] = OPENAI_URL
    name: str = ""
    api_key_env: Variable = "OPENAI_API_KEY"
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
    headers: dict[str, Variable] = Field(default_factory=dict)
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


def is_configured(settings: ModelSettings) -> bool:
    """Whether there is a model to ask: a name, and a key or a local endpoint."""
    return bool(settings.name) and (settings.api_key is not None or is_local(settings.base_url))


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


def with_secrets(
    model: ModelSettings, environ: Mapping[str, str], file: str = FILE_NAME
) -> ModelSettings:
    """The model settings with the key and header values that the environment holds.

    `file` is where the headers are from, for the message about one that is not set.
    """
    missing = sorted(name for name in model.headers.values() if not environ.get(name, "").strip())
    if missing:
        raise UsageError(
            f"{file}: model.headers: the environment variable {missing[0]} is not set",
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
