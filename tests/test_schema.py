"""The published JSON Schemas: up to date, complete, and true of what is written."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from factcheck import cli
from factcheck.cli.schema import schema_text

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schema"
DOCUMENTS: tuple[Literal["report", "reading", "edition"], ...] = ("report", "reading", "edition")


def objects(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that a published schema describes, by name."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    yield name, schema
    yield from ((key, part) for key, part in schema["$defs"].items() if "properties" in part)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_published_schema_is_that_of_the_models(
    name: Literal["report", "reading", "edition"],
) -> None:
    published = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert published == schema_text(name), "run `make schema`"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_object_and_field_is_described(name: str) -> None:
    found = dict(objects(name))
    bare = [key for key, part in found.items() if not part.get("description")]
    bare += [
        f"{key}.{field}"
        for key, part in found.items()
        for field, value in part["properties"].items()
        if not value.get("description")
    ]
    assert len(found) > 5
    assert not bare


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_allows_fields_that_a_later_version_adds(name: str) -> None:
    assert all(part.get("additionalProperties") is not False for _, part in objects(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_values_are_in_kebab_case(name: str) -> None:
    found = [value for _, part in objects(name) for value in values(part["properties"])]
    assert len(found) > 20
    assert not [value for value in found if not re.fullmatch(r"([a-z]+(-[a-z]+)*)?", value)]


def values(node: object) -> Iterator[str]:
    """All values that enumerations in a schema allow."""
    if isinstance(node, dict):
        yield from node.get("enum", ()) if isinstance(node.get("enum"), list) else ()
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from values(inner)


@pytest.mark.parametrize(
    ("name", "gold"), [("report", "sample.json"), ("reading", "reading-ferry.json")]
)
def test_what_is_written_holds_the_fields_of_its_schema(name: str, gold: str) -> None:
    schema = dict(objects(name))
    written = json.loads((ROOT / "tests" / "gold" / gold).read_text(encoding="utf-8"))
    assert list(written) == list(schema[name]["properties"])
    assert list(written["articles"][0]) == list(schema["Article"]["properties"])
    assert written["schema"] == schema[name]["properties"]["schema"]["const"]


def test_the_command_prints_a_schema(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["factcheck", "schema", "edition"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code in {0, None}
    assert capsys.readouterr().out == schema_text("edition")
