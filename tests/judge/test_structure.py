"""The judge decides from fields: nothing in it looks into a text or knows a language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

JUDGE = Path(__file__).parents[2] / "factcheck" / "judge"
MODULES = sorted(JUDGE.glob("*.py"))
MAY = ("factcheck.judge", "factcheck.models")
LIBRARY = {"__future__", "collections", "dataclasses", "datetime", "itertools"}


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            names.add(node.module or "")
    return names


def test_the_judge_is_found() -> None:
    assert {path.stem for path in MODULES} == {
        "__init__",
        "cases",
        "drafts",
        "evidence",
        "identity",
        "outlets",
        "positions",
        "questions",
        "speakers",
        "timeline",
        "verdicts",
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_it_imports_the_nouns_and_itself_alone(path: Path) -> None:
    strange = {
        name
        for name in imported(path)
        if name.split(".")[0] not in LIBRARY and not name.startswith(MAY)
    }
    assert strange == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_it_takes_no_words_from_a_text(path: Path) -> None:
    """The words of a claim, a group, a sentence are passed on and never looked at.

    Methods of text stand only where names are compared, and where a sentence is made; in
    `timeline.py` a method of the same name takes the zone off a time.
    """
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    names_only = {"casefold", "removeprefix", "replace", "split"}
    looks = {"find", "search", "match", "lower", "startswith", "endswith", "count", *names_only}
    allowed = {
        "identity.py": {"casefold", "split"},
        "outlets.py": {"find", *names_only},  # find: of a set of names
        "speakers.py": {"find", "split"},
        "timeline.py": {"replace"},  # of a time
    }
    assert calls & looks <= allowed.get(path.name, set())
