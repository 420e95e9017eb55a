"""From a wire model to the schema that is asked for, and from an answer's text to a value.

Endpoints differ in how firmly they hold a model to a schema, so the text of an
answer is searched for its JSON object: inside a code fence, after the model's
thoughts, between polite words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.language.visible import UNSAFE, clean_text

T = TypeVar("T", bound=BaseModel)

MOST_PROBLEMS = 20
"""So many are named in a re-ask; a model does not fix more at once."""

KEPT = frozenset({"type", "properties", "items", "enum", "anyOf", "$ref", "$defs"})
"""What strict mode takes everywhere; pydantic checks bounds, the prompts say what keys mean."""


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """One answer, read: its value, or None with the reasons; and what is wrong with it.

    `is_json` tells an answer of the wrong shape from one that is no JSON at all.
    """

    value: T | None
    problems: tuple[str, ...]
    is_json: bool = True


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
    """The value in an answer's text and what is wrong with it, by schema and then by `check`."""
    found = json_object(text.replace("\x00", ""))
    if found is None:
        return Attempt(None, ("the answer holds no JSON object",), is_json=False)
    try:
        value = model.model_validate_json(_clean_json(found))
    except ValidationError as error:
        return Attempt(None, tuple(_faults(error)))
    except RecursionError:
        return Attempt(None, ("the answer: it is nested too deeply",))
    return Attempt(value, tuple(check(value)))


def _clean_json(found: str) -> str:
    """JSON without characters that act unseen, also where they are written as escapes."""
    if "\\u" not in found and UNSAFE.search(found) is None:
        return found
    return json.dumps(_clean(json.loads(found)))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def choose_better(first: Attempt[T], second: Attempt[T]) -> Attempt[T]:
    """The attempt with a value and the fewest problems; of equals the second."""
    return min((second, first), key=lambda attempt: (attempt.value is None, len(attempt.problems)))


def _faults(error: ValidationError) -> Iterator[str]:
    faults = error.errors(include_url=False, include_input=False)
    for fault in faults[:MOST_PROBLEMS]:
        where = ".".join(str(part)[:100] for part in fault["loc"])
        yield f"{where or 'the answer'}: {fault['msg']}"
    if len(faults) > MOST_PROBLEMS:
        yield f"and {len(faults) - MOST_PROBLEMS} more of the kind"


def json_object(text: str) -> str | None:
    """The JSON object in a text, as text; None if there is none."""
    return next((candidate for candidate in _candidates(text) if _is_object(candidate)), None)


def _candidates(text: str) -> Iterator[str]:
    yield text.strip()
    # Some chat templates open the thoughts themselves: only their end is in the answer.
    # Behind the last end no thought is closed, and to look for one takes quadratic time.
    last = max((match.end() for match in re.finditer(r"</think(?:ing)?>", text)), default=0)
    spoken = re.sub(r"(?s)<think(?:ing)?>.*?</think(?:ing)?>", "", text[:last]) + text[last:]
    spoken = re.split(r"</think(?:ing)?>", spoken)[-1]
    yield from _fenced(spoken)
    start, end = spoken.find("{"), spoken.rfind("}")
    if 0 <= start < end:
        yield spoken[start : end + 1]


def _fenced(text: str) -> Iterator[str]:
    """What stands in code fences; where a fence is not closed, in none.

    Cut at the fences instead of searched for: a model may repeat line breaks without end.
    """
    for piece in re.split("`{3,}", text)[1:-1]:
        first, mark, rest = piece.partition("\n")
        if mark and first.strip() in {"", "json"}:
            yield rest.strip()


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
