"""Documents as the schema before wrote them: a sentence where a code stands beside it now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CODED = {"flags", "settle", "note", "united_by", "united", "reason", "detail"}
JOINED = {"reasons": "reason", "notes": "note", "problems": "problem"}
"""Of outlet groups and sources: what were sentences in one field before, by its name now."""


def is_remark(value: Any) -> bool:
    """Whether a value is a code with its sentence."""
    return isinstance(value, dict) and set(value) == {"code", "text"}


def change_remarks(value: Any, change: Callable[[Any], Any], key: str = "") -> Any:
    """A document with `change` made to each remark that was a sentence before."""
    if isinstance(value, dict):
        if key in CODED and is_remark(value):
            return change(value)
        return {name: change_remarks(one, change, name) for name, one in value.items()}
    if isinstance(value, list):
        return [change_remarks(one, change, key) for one in value]
    return "" if value is None and change is to_text and key in CODED else value


def to_text(remark: dict[str, str]) -> str:
    """The sentence alone."""
    return remark["text"]


def without_code(remark: dict[str, str]) -> dict[str, str]:
    """A remark as it is read back: nobody knows its code any more."""
    return {**remark, "code": "earlier"}


def change_summaries(value: Any, change: Callable[[list[Any]], Any]) -> Any:
    """A document with `change` made to the lines of each first page that say what it rests on."""
    if isinstance(value, dict):
        return {
            name: change(one) if name == "rests" else change_summaries(one, change)
            for name, one in value.items()
        }
    return [change_summaries(one, change) for one in value] if isinstance(value, list) else value


def to_one_text(lines: list[Any]) -> str:
    """What a first page rests on as one text, from lines of a report or of an edition."""
    return " ".join(one["text"] if isinstance(one, dict) else " ".join(one[1]) for one in lines)


def to_one_line(lines: list[Any]) -> list[Any]:
    """The lines as they are read back: one without a head."""
    text = to_one_text(lines)
    if not text:
        return []
    if isinstance(lines[0], dict):
        return [{"kind": "whole", "text": text, "ids": []}]
    return [["", [text]]]


def grouped(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The outlet groups and sources of a document, whose sentences stood in one field."""
    return [*document.get("groups", ()), *document.get("coverage", {}).get("sources", ())]


def before(document: dict[str, Any], schema: str) -> dict[str, Any]:
    """A document of now in the last schema that had sentences without codes."""
    older: dict[str, Any] = change_summaries(change_remarks(document, to_text), to_one_text)
    for one in grouped(older):
        for now, then in JOINED.items():
            if now in one:
                one[then] = "; ".join(remark["text"] for remark in one.pop(now))
    return {**older, "schema": schema}


def read_back(document: dict[str, Any]) -> dict[str, Any]:
    """A document of now as it is after `before` and the step back."""
    found: dict[str, Any] = change_summaries(change_remarks(document, without_code), to_one_line)
    for one in grouped(found):
        for now in JOINED:
            texts = "; ".join(remark["text"] for remark in one.get(now, ()))
            if now in one:
                one[now] = [{"code": "earlier", "text": texts}] if texts else []
    return found
