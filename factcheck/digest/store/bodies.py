"""Read the data models that the store keeps as JSON."""

from __future__ import annotations

from typing import TypeVar

from factcheck.errors import StoreError
from factcheck.models import DataModel
from factcheck.persistence import UnreadableError, read_document

Model = TypeVar("Model", bound=DataModel)


def read_body(model: type[Model], body: str, name: str) -> Model:
    """The model in a body; `name` says whose it is, as in "edition 2026-09-14".

    Raises `StoreError` where it is damaged or of a version that cannot be read.
    """
    try:
        return read_document(model, body)
    except UnreadableError as error:
        raise refuse_body(name, error) from error


def refuse_body(name: str, error: UnreadableError) -> StoreError:
    """The error for a body that cannot be read, with what to do about it."""
    hint = "Restore the store from a backup, or name a new one in digest.store."
    if error.fault == "newer":
        hint = "Use that version of factcheck, or name another store in digest.store."
    return StoreError(f"{name} in the store {error}", hint)
