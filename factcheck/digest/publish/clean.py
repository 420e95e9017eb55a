"""An edition in, the same edition out, without characters that no document can show safely."""

from __future__ import annotations

from typing import Any, TypeVar

from factcheck.language.visible import clean_line
from factcheck.models import DataModel

Kind = TypeVar("Kind", bound=DataModel)


def clean_noun(noun: Kind) -> Kind:
    """The noun with every text in it made plain."""
    return type(noun).model_validate(_walk(noun.model_dump(by_alias=True)))


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, dict):
        return {key: _walk(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(map(_walk, value))
    return value
