"""What a bare install gives: reports and readings; what else needs an extra says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from factcheck.digest.store.database import connect
from factcheck.errors import USAGE, MissingExtraError
from tests.endpoint import Endpoint
from tests.newsroom import publish
from tests.shell import asking

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

BLOCKING = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{name} is not in the core", name=name)

BLOCKED = frozenset(sys.argv.pop().split(","))
sys.meta_path.insert(0, Blocked())
"""
EVERY_MODULE = """
import importlib, pkgutil
import factcheck

commands = tuple(f"factcheck.cli.{name}" for name in ("digest", "doctor", "schedule"))
for found in pkgutil.walk_packages(factcheck.__path__, "factcheck."):
    if not found.name.startswith(("factcheck.digest", "factcheck.__", *commands)):
        importlib.import_module(found.name)
"""
COMMAND = "from factcheck.cli import main; main()"
CORE_COMMANDS = """
from factcheck.cli import main

output = sys.argv.pop()
for words in (
    f"report seeds --replay cassettes/seeds.yaml -o {output}",
    f"report seeds --engine reading -o {output}",
    "schema edition",
):
    sys.argv[1:] = words.split()
    try:
        main()
    except SystemExit as end:
        assert not end.code, words
"""


def closure(requirements: list[str]) -> set[str]:
    """All installed packages that requirements lead to, by normal name."""
    found: set[str] = set()
    open_ = [Requirement(line) for line in requirements]
    seen: set[tuple[str, str]] = set()
    while open_:
        one = open_.pop()
        name = normal(one.name)
        for extra in {"", *one.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            found.add(name)
            try:
                lines = requires(one.name) or []
            except PackageNotFoundError:  # of another system
                lines = []
            more = map(Requirement, lines)
            open_ += [m for m in more if m.marker is None or m.marker.evaluate({"extra": extra})]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def modules_outside_core(*extras: str) -> tuple[str, ...]:
    """The modules that are not there where nothing but these extras is installed."""
    more = [line for extra in extras for line in EXTRAS[extra]]
    core = closure([*PROJECT["dependencies"], *more]) | {"factcheck"}
    owners = packages_distributions()
    return tuple(m for m, of in owners.items() if not core & {normal(name) for name in of})


def run(code: str, *args: str, path: str = str(ROOT)) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code, *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "FACTCHECK_DEBUG": "1"},
    )


def test_what_only_the_digest_needs_is_outside_of_the_core() -> None:
    outside = set(modules_outside_core())
    assert {"sqlalchemy", "alembic", "numpy", "scipy", "wordfreq", "feedparser"} <= outside
    assert not {"openai", "httpx2", "pydantic", "lxml", "protego"} & outside
    assert {"vcr", "typer", "rich", "platformdirs"} & {*packages_distributions()} <= outside


def test_a_bare_install_has_at_most_45_packages() -> None:
    assert len(closure(PROJECT["dependencies"]) | {"factcheck"}) <= 45


def test_all_modules_but_those_of_the_digest_load_without_its_packages() -> None:
    done = run(BLOCKING + EVERY_MODULE, ",".join(modules_outside_core()))
    assert done.returncode == 0, done.stderr


def test_reports_and_readings_are_made_without_the_packages_of_the_digest(tmp_path: Path) -> None:
    blocked = ",".join(modules_outside_core("replay"))
    done = run(BLOCKING + CORE_COMMANDS, str(tmp_path), blocked)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{ending}" for name in ("report", "reading") for ending in ("html", "md", "json")
    }
    assert '"$schema"' in done.stdout


@pytest.mark.parametrize(
    "arguments", [("digest",), ("digest", "--init"), ("schedule",), ("doctor",)]
)
def test_a_command_that_lacks_its_extra_says_which(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    metadata = tmp_path / "factcheck-0.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text(
        "Metadata-Version: 2.4\nName: factcheck\nVersion: 0\n"
        'Requires-Dist: jinja2\nRequires-Dist: no-such-package>=3; extra == "digest"\n'
    )
    code = f"import os; os.environ.pop('FACTCHECK_DEBUG'); os.chdir({str(tmp_path)!r}); {COMMAND}"
    done = run(code, *arguments, path=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert done.returncode == USAGE
    assert done.stderr.splitlines() == [
        "factcheck: this needs factcheck[digest]: no-such-package is not installed",
        'Run: pip install "factcheck[digest]"',
    ]
    assert not (tmp_path / "factcheck.toml").exists()


def test_a_replay_without_its_library_says_which_extra(tmp_path: Path) -> None:
    words = ("report", "seeds", "--replay", "cassettes/seeds.yaml", "-o", str(tmp_path / "out"))
    blocked = ",".join(modules_outside_core())
    done = run(f"import os; os.environ.pop('FACTCHECK_DEBUG'){BLOCKING}{COMMAND}", *words, blocked)
    assert done.returncode == USAGE
    assert done.stderr.splitlines()[-2:] == [
        "factcheck: this needs factcheck[replay]: vcrpy is not installed",
        'Run: pip install "factcheck[replay]"',
    ]
    assert not (tmp_path / "out").exists()


def test_a_run_is_recorded_without_the_library_that_replays(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    words = (
        "report",
        str(publish(tmp_path / "in")),
        *asking(endpoint),
        "-o",
        str(tmp_path / "out"),
    )
    recorded = tmp_path / "run.yaml"
    done = run(
        BLOCKING + COMMAND, *words, "--record", str(recorded), ",".join(modules_outside_core())
    )
    assert done.returncode == 0, done.stderr
    assert "interactions:" in recorded.read_text()


def test_a_postgresql_store_without_its_driver_says_which_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"needs factcheck\[postgres\]") as raised:
        connect("postgresql://somebody@127.0.0.1:1/news", tmp_path)
    assert raised.value.exit_code == USAGE


def test_every_package_has_its_reason_in_the_documents() -> None:
    lines = [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    named = {Requirement(line).name for line in lines} - {"factcheck"}
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert [name for name in sorted(named) if name.lower() not in told] == []
