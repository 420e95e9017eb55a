"""Prompts: what a file declares is what the code passes, and its examples fit the schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError, meta

from factcheck import prompts
from factcheck.wire import Reply

FOLDER = Path(__file__).parent.parent / "prompts"
PASSED = {
    "extract": {"article", "window"},
    "crosscheck": {"article", "speakers", "findings"},
    "merge": {"articles", "earlier", "questions"},
    "reask": {"problems", "is_json"},
    "format": {"schema"},
}


@pytest.mark.parametrize("name", sorted(PASSED))
def test_a_template_uses_exactly_what_is_passed(name: str) -> None:
    source = (FOLDER / f"{name}.md.j2").read_text(encoding="utf-8")
    tree = prompts.environment().parse(source)
    assert meta.find_undeclared_variables(tree) == PASSED[name]


def test_an_unknown_variable_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        prompts.task("extract", article="text")


def test_the_example_in_the_instructions_fits_the_schema() -> None:
    text = prompts.instructions("system")
    example = text[text.index('{"speakers"') :]
    reply = Reply.model_validate_json(example)
    used = {n for claim in reply.claims for n in claim.s} | {n for s in reply.skip for n in s.s}
    numbers = set(map(int, re.findall(r"^\[(\d+)\]", text, re.MULTILINE)))
    assert used == numbers
    named = {speaker.n for speaker in reply.speakers} | {"self"}
    assert {claim.by for claim in reply.claims} <= named


def test_every_key_of_the_answer_is_explained() -> None:
    text = prompts.instructions("system") + (FOLDER / "crosscheck.md.j2").read_text("utf-8")
    keys = {"t", "k", "core", "s", "by", "via", "m", "w", "asof", "n", "r", "side", "also"}
    assert all(re.search(rf"\b{key}\b", text) for key in keys | {"g", "st", "why"} - {"why"})


def test_instructions_hold_nothing_that_changes() -> None:
    for path in FOLDER.glob("*.md"):
        assert "{{" not in path.read_text(encoding="utf-8")


def test_hashes_name_every_prompt_file() -> None:
    assert set(prompts.hashes()) == {path.name for path in FOLDER.iterdir()}
