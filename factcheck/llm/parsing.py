"""From a wire model to the schema that is asked for, and from an answer's text to a value.

Endpoints differ in how firmly they hold a model to a schema, so the text of an
answer is searched for its JSON object: inside a code fence, after the model's
thoughts, between polite words and examples, under a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.language.visible import clean_text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T", bound=BaseModel)

MOST_PROBLEMS = 20
"""So many are named in a re-ask; a model does not fix more at once."""

LONGEST_NUMBER = 1_000
"""Digits of a number from which on it is not read."""

MOST_BROKEN = 100
"""So many objects that do not come to their end are passed over: each takes time by the text."""

THOUGHT = re.compile(r"</(?:think(?:ing)?|reasoning|thought)>|\[/THINK\]|<\|message\|>")
"""What ends thoughts; gpt-oss opens each of its channels so, the answer's last."""
OPENING = re.compile(r'\{\s*["}/]')
LOOSE = re.compile(
    r'(?s)(?P<string>"(?:[^"\\]|\\.?)*(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])'
)
"""Strings, and outside of them what JSON does not have: comments, a comma before the end."""


def read_integer(digits: str) -> float:
    """An integer; infinity for one of `LONGEST_NUMBER` digits or more.

    Python refuses to read thousands of digits, and an answer must not be lost to its counts.
    """
    return int(digits) if len(digits) < LONGEST_NUMBER else inf


DECODER = json.JSONDecoder(strict=False, parse_int=read_integer)
"""Not strict: models break lines within a text."""

KEPT = frozenset({"type", "properties", "items", "enum", "anyOf", "$ref", "$defs"})
"""What strict mode takes everywhere; pydantic checks bounds, the prompts say what keys mean."""


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """One answer, read: its value, or None with the reasons; and what is wrong with it.

    `found` is the JSON object as it stands in the answer, None where there is none.
    """

    value: T | None
    problems: tuple[str, ...]
    found: dict[str, Any] | None = None


class Found(NamedTuple):
    """A JSON object in a text: its length without white space, and if it is surely part of none."""

    length: int
    value: dict[str, Any]
    apart: bool


@cache
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a wire model in the subset that strict structured output takes.

    Every property is required, nothing else is allowed. Raises TypeError for a
    model that cannot be said in it: free-form dictionaries, tuples of fixed form,
    tagged unions. Made once for a model and shared, so it must not be changed.
    """
    schema = _strict(model.model_json_schema(), model.__name__)
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise TypeError(f"{model.__name__}: the schema has to be an object")
    return schema


def _strict(node: Any, where: str) -> Any:
    if not isinstance(node, dict):
        return node
    unfit = {"oneOf", "allOf", "prefixItems", "not", "patternProperties"} & set(node)
    if unfit or (node.get("type") == "object" and "properties" not in node):
        raise TypeError(f"{where}: strict mode has no {', '.join(sorted(unfit)) or 'dictionaries'}")
    if "$ref" in node:
        # Siblings of a reference are refused.
        return {"$ref": node["$ref"]}
    if "const" in node:
        node = {**node, "enum": [node["const"]]}
    result = {key: node[key] for key in node if key in KEPT}
    for table in ("properties", "$defs"):
        if table in result:
            result[table] = {k: _strict(v, f"{where}.{k}") for k, v in result[table].items()}
    if "items" in result:
        result["items"] = _strict(result["items"], f"{where}[]")
    if "anyOf" in result:
        result["anyOf"] = [_strict(option, where) for option in result["anyOf"]]
    if "properties" in result:
        result |= {"required": list(result["properties"]), "additionalProperties": False}
    return result


def read_answer(text: str, model: type[T], check: Callable[[T], list[str]]) -> Attempt[T]:
    """The value in an answer's text and what is wrong with it, by schema and then by `check`.

    Of several objects in the text it is the last of the large ones that fits the schema.
    """
    first: Attempt[T] | None = None
    for found, apart in list_objects(text.replace("\x00", "")):
        attempt = _read_object(found, model, check)
        if attempt.value is not None:
            return attempt
        first = first or (attempt if apart else None)
    return first or Attempt(None, ("the answer holds no JSON object",))


def _read_object(
    found: dict[str, Any], model: type[T], check: Callable[[T], list[str]]
) -> Attempt[T]:
    """One object by schema and `check`; unknown keys are left out.

    Below the top a key may be a known one misspelt, so there it is a problem beside the value.
    """
    problems: list[str] = []
    try:
        text = json.dumps(_clean(found))
        try:
            value = model.model_validate_json(text)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            if any(fault["type"] != "extra_forbidden" for fault in faults):
                return Attempt(None, tuple(_describe(faults)), found)
            problems += _describe([fault for fault in faults if len(fault["loc"]) > 1])
            value = model.model_validate_json(text, extra="ignore")
    except RecursionError:
        return Attempt(None, ("the answer: it is nested too deeply",), found)
    return Attempt(value, (*problems, *check(value)), found)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def choose_better(first: Attempt[T], second: Attempt[T]) -> Attempt[T]:
    """The attempt with a value and the fewest problems; of equals the second."""
    return min((second, first), key=lambda attempt: (attempt.value is None, len(attempt.problems)))


def _describe(faults: Sequence[ErrorDetails]) -> Iterator[str]:
    for fault in faults[:MOST_PROBLEMS]:
        where = ".".join(str(part)[:100] for part in fault["loc"])
        yield f"{where or 'the answer'}: {fault['msg']}"
    if len(faults) > MOST_PROBLEMS:
        yield f"and {len(faults) - MOST_PROBLEMS} more of the kind"


def find_object(text: str) -> dict[str, Any] | None:
    """The last large JSON object in a text that is part of no other; None if there is none."""
    return next((found for found, apart in list_objects(text) if apart), None)


def list_objects(text: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The JSON objects in a text, each followed by those directly in it.

    First come those of half the largest or more, the last of them first: a draft stands before the
    answer, an example is small. Where a larger one breaks off behind them there is none.
    With each comes whether it is surely no part of a larger one. A text that is a JSON string
    is read in its place. JSON that only people read (comments, a comma at the end) comes last.
    """
    text = text.strip()
    start, whole = _decode(text, 0)
    if isinstance(whole, str) and start == len(text):
        text = whole.strip()
        start, whole = _decode(text, 0)
    if isinstance(whole, dict) and start == len(text):
        yield from _with_parts([Found(len(text), whole, apart=True)])
        return
    # Some chat templates open the thoughts themselves: only their end is in the answer.
    # Behind the last end no thought is closed, and to look for one takes quadratic time.
    last = max((match.end() for match in THOUGHT.finditer(text)), default=0)
    spoken = re.sub(r"(?s)<think(?:ing)?>.*?</think(?:ing)?>", "", text[:last]) + text[last:]
    spoken = THOUGHT.split(spoken)[-1]
    yield from _with_parts(_scan(spoken))
    opened = OPENING.search(spoken)
    if opened is not None:
        strict = spoken[opened.start() :]
        loose = LOOSE.sub(lambda match: match["string"] or "", strict)
        if loose != strict:
            yield from _with_parts(_scan(loose))


def _with_parts(found: Sequence[Found]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Objects in the order of `list_objects`; behind each those that it has under its keys."""
    most = max((one.length for one in found), default=0)
    large = [one for one in reversed(found) if one.length * 2 >= most]
    small = [one for one in found if one.length * 2 < most]
    for one in (*large, *sorted(small, key=lambda one: -one.length)):
        yield one.value, one.apart
        yield from ((part, False) for part in one.value.values() if isinstance(part, dict))


def _scan(text: str) -> list[Found]:
    """The JSON objects in a text, none of them part of another.

    Behind one that does not come to its end, what is found may be a part of that. None where the
    last is one that breaks off and goes further than any whole one: that was the answer.
    """
    found: list[Found] = []
    at, broken, cut = 0, 0, 0
    while broken < MOST_BROKEN and (opened := OPENING.search(text, at)):
        at, value = _decode(text, opened.start())
        length = len("".join(text[opened.start() : at].split()))
        if isinstance(value, dict):
            found.append(Found(length, value, not broken))
            cut = 0
        else:
            broken += 1
            cut = max(cut, length)
    return found if all(one.length > cut for one in found) else []


def _decode(text: str, start: int) -> tuple[int, Any]:
    """The JSON value that begins at a place, and where it ends; or None, and how far it goes."""
    try:
        value, end = DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return max(error.pos, start + 1), None
    except RecursionError:
        return start + 1, None
    return end, value
