"""The shape of the program: imports point one way, and one client leads to the model."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "factcheck"

# Each layer may import the layers above it, and its own.
LAYERS = (
    {
        "boundary",
        "errors",
        "files",
        "loops",
        "models",
        "persistence",
        "resources",
        "tracing",
        "transfer",
    },
    {"language", "settings"},
    {"articles", "judge", "llm"},
    {"fetch", "pipeline", "sidebyside"},
    {"report"},
    {"run"},
    {"api"},
    {"digest"},
    {"cli"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def parse(path: Path) -> ast.Module:
    """The code of a module, which several rules look at."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: Path) -> str:
    """The module or subpackage of factcheck that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    used = {name.split(".")[1] for name in imported(path) if name.startswith("factcheck.")}
    upward = {name for name in used if name in LEVEL and LEVEL[name] > LEVEL[here]}
    assert not upward
    assert used <= {*LEVEL, "__version__"}  # nothing is reached through the names of the package


def test_every_module_has_a_layer() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(LEVEL)


def test_there_are_few_rooms_and_layers() -> None:
    assert len(set(LEVEL) - {"__main__"}) <= 22
    assert len(LAYERS) <= 10


def test_only_one_room_imports_the_client_and_its_retries() -> None:
    users = {
        room(path)
        for path in MODULES
        if {name.split(".")[0] for name in imported(path)} & {"openai", "tenacity"}
    }
    assert users == {"llm"}


def test_every_module_says_what_it_is_for() -> None:
    assert all(ast.get_docstring(parse(path)) for path in MODULES)


def test_help_loads_nothing_heavy() -> None:
    heavy = {"openai", "trafilatura", "vcr", "pydantic", "jinja2", "genai_prices", "httpx2"}
    heavy |= {"sqlalchemy", "alembic", "numpy", "scipy", "feedparser", "apprise"}
    heavy |= {"httpcore2", "protego", "css_inline", "wordfreq", "psycopg", "filelock"}
    heavy |= {"babel", "text_to_num"}
    code = "import sys, factcheck.cli.app; print(*sorted(m.split('.')[0] for m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    assert not heavy & set(run.stdout.split())


def test_no_packages_import_each_other() -> None:
    """Within a room as between rooms: the packages form a graph without a cycle."""
    edges: dict[str, set[str]] = {}
    for path in MODULES:
        here = node(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for name in imported(path):
            there = node(tuple(name.split("."))) if name.startswith("factcheck.") else here
            if there not in {here, "factcheck"}:
                edges.setdefault(here, set()).add(there)
    graphlib.TopologicalSorter(edges).prepare()  # raises CycleError


def node(parts: tuple[str, ...]) -> str:
    """The package that a module stands in; beside packages, a module counts by itself."""
    for end in range(len(parts), 1, -1):
        folder = PACKAGE.parent / Path(*parts[:end])
        if (folder / "__init__.py").is_file():
            beside = any(folder.glob("*/__init__.py"))
            return ".".join(parts[: end + 1] if beside else parts[:end])
    return ".".join(parts[:2])
