"""The file of a recording: requests and responses, as YAML that people can read and edit.

In: a path. Out: a `Recorded`, and back. JSON stands as YAML, text of several lines
as literal blocks. Where a request is not in a file, the first difference to the
one most like it is told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field, ValidationError, model_validator
from rapidfuzz.distance import Prefix

from factcheck.errors import RecordingError
from factcheck.files import read_bytes, write_files
from factcheck.language.visible import shorten
from factcheck.settings.model import AnswerFormat
from factcheck.settings.table import Table

FORMAT = "factcheck.recording/1"
MOST_BYTES, MOST_CHARACTERS = 50_000_000, 500_000_000
"""Of the file, and with what is said once and referred to written out."""
DEEPEST = 40  # levels; schemas and answers have a dozen
LONG = 400  # characters from which on a repeated text is written once


class Answered(Table):
    """A response: status, the kept headers, the body parsed, or as text if it is no JSON."""

    status: int
    headers: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any] | str


class Interaction(Table):
    """A request's body and what came back."""

    request: dict[str, Any]
    response: Answered

    @model_validator(mode="after")
    def check_bodies(self) -> Self:
        """ValueError for a request of another kind, and for what JSON cannot hold, as a date."""
        messages = self.request.get("messages")
        texts = messages if isinstance(messages, list) else []
        if len(texts) < 2 or not all(
            isinstance(one, dict) and isinstance(one.get("content"), str) and "role" in one
            for one in texts
        ):
            raise ValueError("a request without its messages")
        try:
            json.dumps([self.request, self.response.body], sort_keys=True)
        except TypeError as error:
            raise ValueError(f"no JSON: {error}") from error
        return self


class Recorded(Table):
    """The file: how it was recorded, and the interactions in the order of the requests."""

    format: str
    recorded_with: str
    recorded_at: AwareDatetime
    model: str
    answer_format: AnswerFormat = "auto"
    context_tokens: Annotated[int, Field(ge=1)] | None = None
    interactions: tuple[Interaction, ...]


_json = partial(json.dumps, ensure_ascii=False)


def lay_out_json(content: str) -> str:
    """An answer that is a JSON object with each item of its lists on a line; else as it is.

    This changes the layout only, and a re-ask sends answers back in canonical form,
    so a replayed conversation is the one that was recorded.
    """
    try:
        value = json.loads(content)
        if not isinstance(value, dict):
            return content
        rows = [f"{_json(key)}: {_items(item)}" for key, item in value.items()]
        text = "{" + ",\n".join(rows) + "}"
        text.encode()  # an escaped half of a surrogate pair has to stay escaped
    except (ValueError, RecursionError):
        return content
    return text


def _items(value: Any) -> str:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict | list):
        return _json(value)
    return "[\n" + ",\n".join(_json(item) for item in value) + "\n]"


def write(path: Path, recorded: Recorded) -> None:
    """Write the file in one step. Raises `RecordingError` if the disk does not allow it."""
    text = to_yaml(recorded.model_dump(mode="json", exclude_none=True))
    try:
        write_files({path: text})
    except OSError as error:
        raise RecordingError(
            f"{path}: cannot be written: {os.strerror(error.errno or 0)}",
            "Name a file on a disk with room. What was answered is in the cache, unless "
            "--no-cache was given: without --record, the same command pays for nothing again.",
        ) from error


def to_yaml(value: object) -> str:
    """YAML with text of several lines as literal blocks, keys in the order given.

    Instructions and schemas, which stand in every request, are written out once.
    """
    import yaml  # noqa: PLC0415 (start-up)

    seen: dict[str, object] = {}
    value = _unite(value, seen)
    shared = {id(item) for item in seen.values()}

    class Dumper(yaml.CSafeDumper):
        """Says a long text or schema once and refers to it by an anchor afterwards."""

        def ignore_aliases(self, data: object) -> bool:
            return id(data) not in shared

    def text(dumper: Dumper, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, text)
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


def _unite(value: object, seen: dict[str, object]) -> object:
    """The value with equal long texts and schemas replaced by one shared object."""
    if isinstance(value, dict):
        value = {key: _unite(item, seen) for key, item in value.items()}
        if not {"properties", "$defs"} & set(value):
            return value
    elif isinstance(value, list):
        return [_unite(item, seen) for item in value]
    elif not (isinstance(value, str) and len(value) >= LONG):
        return value
    return seen.setdefault(json.dumps(value), value)


def read(path: Path) -> Recorded:
    """The recording in a file. Raises `RecordingError` if there is none."""
    import yaml  # noqa: PLC0415 (start-up)

    hint = "Record one with --record FILE, or run without --replay."
    try:
        text = read_bytes(path, MOST_BYTES + 1)
        _check_limits(text, yaml.parse(text, Loader=yaml.CSafeLoader))
        recorded = Recorded.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        why = "no such recording" if missing else f"cannot be read: {error.strerror}"
        raise RecordingError(f"{path}: {why}", hint) from error
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path}: is not a recording", hint) from error
    except (ValueError, RecursionError) as error:
        raise RecordingError(f"{path}: is not a recording: {error}", hint) from error
    if recorded.format != FORMAT:
        raise RecordingError(f"{path}: is a recording of another version, {recorded.format}", hint)
    return recorded


def _check_limits(text: bytes, events: Iterable[Any]) -> None:
    """Raise ValueError for what is nested too deep, or too large, as it is or written out.

    Before anything is built: the loader is in C and would end the process.
    """
    if len(text) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES:,} bytes")
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    for event in events:
        kind = type(event).__name__
        if kind == "AliasEvent":
            if event.anchor not in sizes:
                raise ValueError("a text refers to itself")
            total += sizes[event.anchor]
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            open_nodes.append((event.anchor, total))
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            anchor, start = open_nodes.pop()
            sizes |= {anchor: total - start + 1} if anchor else {}
        elif kind == "ScalarEvent":
            total += 1 + len(event.value)
            sizes |= {event.anchor: 1 + len(event.value)} if event.anchor else {}
        if len(open_nodes) > DEEPEST:
            raise ValueError(f"it is nested deeper than {DEEPEST} levels")
        if total > MOST_CHARACTERS:
            raise ValueError(f"it holds more than {MOST_CHARACTERS:,} characters")


def make_not_recorded(
    path: Path, asked: Mapping[str, Any], interactions: Sequence[Interaction]
) -> RecordingError:
    """The error for a request that a recording does not hold: where it differs first."""
    if not interactions:
        return RecordingError(f"{path.name} holds no answers", "Record it again with --record.")
    same = [one for one in interactions if one.request["messages"][:2] == asked["messages"][:2]]
    if len(asked["messages"]) > 2 and same and all(len(o.request["messages"]) == 2 for o in same):
        lines = asked["messages"][-1]["content"].splitlines()
        why = "; ".join(line[2:] for line in lines if line.startswith("- "))
        return RecordingError(
            f"{path.name} holds an answer that does not pass its checks, and none to asking again: "
            + shorten(why or "it holds no JSON object"),
            "Undo the change if the recording was edited; else record again with --record FILE.",
        )
    nearest = max(interactions, key=lambda i: _likeness(asked, i.request)).request
    return RecordingError(
        f"{path.name} does not hold this request: {describe_difference(asked, nearest)}",
        "If a prompt, an article or a setting was changed on purpose, record again with "
        "--record FILE; else undo the change, or run without --replay.",
    )


def _likeness(asked: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How many lines two requests share, as a part of all their lines."""
    a, b = (
        {line for message in body["messages"] for line in message["content"].splitlines()}
        for body in (asked, other)
    )
    return len(a & b) / max(1, len(a | b)) + (len(asked["messages"]) == len(other["messages"]))


def describe_difference(asked: Mapping[str, Any], recorded: Mapping[str, Any]) -> str:
    """Where two request bodies differ first, for a person."""
    for key in sorted((set(asked) | set(recorded)) - {"messages"}):
        if asked.get(key) != recorded.get(key):
            shown = f": recorded {recorded.get(key)!r}, now {asked.get(key)!r}"
            return key + (shown if len(shown) < 200 else " differs")
    pairs = zip(asked["messages"], recorded["messages"], strict=False)
    for number, (now, then) in enumerate(pairs, start=1):
        if now != then:
            return f"message {number} ({now['role']}), {_line(now['content'], then['content'])}"
    return f"it has {len(asked['messages'])} messages, not {len(recorded['messages'])}"


def _line(now: str, then: str) -> str:
    lines = enumerate(zip_longest(now.splitlines(), then.splitlines(), fillvalue=""), start=1)
    number, (a, b) = next(((n, (a, b)) for n, (a, b) in lines if a != b), (1, (now, then)))
    start = max(0, Prefix.similarity(a, b) - 20)
    return f"line {number}: recorded {b[start : start + 80]!r}, now {a[start : start + 80]!r}"


def task_line(body: Mapping[str, Any]) -> str:
    """The first line of the user's message, which tells requests apart for a person."""
    lines = str(body["messages"][1]["content"]).splitlines()
    return (lines[0] if lines else "")[:100]
