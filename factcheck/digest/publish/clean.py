"""An edition in, the same edition out, without characters that no document can show safely."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from factcheck.models import DataModel

Kind = TypeVar("Kind", bound=DataModel)

# What XML 1.0 forbids, and what turns the direction of all text behind it: the embeddings,
# overrides and isolates of Unicode (UAX 9). The marks of Arabic, Hebrew and Persian stay.
UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Text without control characters, on one line."""
    return " ".join(UNSAFE.sub("", text).split())


def cleaned(noun: Kind) -> Kind:
    """The noun with every text in it made plain."""
    return type(noun).model_validate(_walk(noun.model_dump(by_alias=True)))


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _walk(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(map(_walk, value))
    return value
