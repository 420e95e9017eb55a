"""Prompts: what a file declares is what the code passes, and its examples fit the schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError, meta
from pydantic import BaseModel

from factcheck.llm import prompts
from factcheck.pipeline.wire import CompareReply, EditReply, ExtractReply, GroupReply
from factcheck.resources import text_environment

FOLDER = Path(__file__).parent.parent / "prompts"
PASSED = {
    "extract": {"article", "window"},
    "compare": {"articles", "found", "alone"},
    "edit": {"event", "articles", "findings", "questions"},
    "group": {"cases"},
    "reask": {"problems", "is_json"},
    "format": {"schema"},
}


@pytest.mark.parametrize("name", sorted(PASSED))
def test_a_template_uses_exactly_what_is_passed(name: str) -> None:
    source = (FOLDER / f"{name}.md.j2").read_text(encoding="utf-8")
    tree = text_environment("prompts").parse(source)
    assert meta.find_undeclared_variables(tree) == PASSED[name]


def test_an_unknown_variable_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        prompts.task("extract", article="text")


def test_the_example_in_the_instructions_fits_the_schema() -> None:
    text = prompts.instructions("extract.system")
    example = text[text.index('{"genre"') :]
    reply = ExtractReply.model_validate_json(example)
    used = {n for claim in reply.claims for n in claim.s} | {n for s in reply.skip for n in s.s}
    numbers = set(map(int, re.findall(r"^\[(\d+)\] [A-Z\"“]", text, re.MULTILINE)))
    assert used == numbers
    named = {speaker.n for speaker in reply.speakers} | {"self"}
    assert {claim.by for claim in reply.claims} <= named


def keys(schema: object) -> set[str]:
    """The names of all properties in a schema."""
    if isinstance(schema, list):
        return {key for item in schema for key in keys(item)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own | {key for value in schema.values() for key in keys(value)}


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("extract.system", ExtractReply),
        ("compare.system", CompareReply),
        ("edit.system", EditReply),
        ("group.system", GroupReply),
    ],
)
def test_every_key_and_value_of_the_answer_is_explained(name: str, wire: type[BaseModel]) -> None:
    text = prompts.instructions(name) + (FOLDER / "extract.md.j2").read_text("utf-8")
    schema = wire.model_json_schema()
    told = {word for word in keys(schema) if not re.search(rf"\b{word}\b", text)}
    values = {
        v
        for part in re.findall(r"'enum': \[(.*?)\]", str(schema))
        for v in re.findall(r"\w+", part)
    }
    assert not told
    assert not {value for value in values if not re.search(rf"\b{value}\b", text)}


def test_instructions_hold_nothing_that_changes() -> None:
    for path in FOLDER.glob("*.md"):
        assert "{{" not in path.read_text(encoding="utf-8")


def test_hashes_name_every_prompt_file() -> None:
    assert set(prompts.hashes()) == {path.name for path in FOLDER.iterdir()}
