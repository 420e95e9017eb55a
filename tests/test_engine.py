"""Which engine makes the document, and the side-by-side reading through the public API."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import factcheck
from factcheck import api
from factcheck.errors import NoArticlesError
from factcheck.report import render
from factcheck.settings.loader import load_settings
from tests.endpoint import Endpoint, lists, serving
from tests.newsroom import FELL, serves
from tests.shell import Shell, asking
from tests.test_report import ATTACKS, Tree

pytestmark = pytest.mark.processes

FERRY = Path(__file__).parent / "stories" / "ferry"
DOCUMENTS = ["reading.html", "reading.md", "reading.json"]
NOTICE = "No fact-check was made"
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def here(folder: Path) -> None:  # noqa: ARG001 (it is where tests run)
    """Settings beside the articles that look for no model server."""
    look_for()


def look_for(*servers: Endpoint) -> None:
    """Write the settings that look for model servers on these ports only."""
    ports = ", ".join(str(server.port) for server in servers)
    Path("factcheck.toml").write_text(f"[reading]\nports = [{ports}]\n")


def written() -> list[str]:
    """The names of the documents in the usual folder."""
    return sorted(path.name for path in Path("report").iterdir())


# --- which engine ------------------------------------------------------------------------


def test_without_a_model_a_reading_is_made_and_that_is_no_failure(shell: Shell) -> None:
    ran = shell("report", "in")
    assert (ran.code, ran.out.split()) == (0, [f"report/{name}" for name in DOCUMENTS])
    data = json.loads(Path("report/reading.json").read_text())
    assert (data["schema"], data["manifest"]["engine"]) == ("factcheck.reading/3", "reading")
    assert FELL in Path("report/reading.md").read_text()


def test_it_says_once_that_no_fact_check_was_made_and_how_to_get_one(shell: Shell) -> None:
    ran = shell("report", "in")
    assert ran.err.count(NOTICE) == 1
    assert "- Set OPENAI_API_KEY to a key, then: factcheck report in" in ran.err.splitlines()
    assert "3 articles side by side: " in ran.err
    for name in DOCUMENTS[:2]:
        assert NOTICE.lower() in Path("report", name).read_text().lower()


def test_with_a_model_the_fact_check_is_made(shell: Shell, endpoint: Endpoint) -> None:
    ran = shell("report", "in", *asking(endpoint))
    assert ran.code == 0
    assert NOTICE not in ran.err
    assert written() == ["report.html", "report.json", "report.md"]


def test_a_reading_that_is_asked_for_asks_no_model_though_one_is_set(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(serves, lists("m")) as endpoint:
        look_for(endpoint)
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        monkeypatch.setenv("FACTCHECK_MODEL", "m")
        ran = shell("report", "in", "--engine", "reading")
    assert ran.code == 0
    assert written() == sorted(DOCUMENTS)
    assert not endpoint.bodies
    assert not endpoint.looks
    assert "- A model is configured: give the same command without --engine reading." in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ("--engine", "model"),
        ("--model", "m"),
        ("--base-url", "https://models.example.org/v1"),
        ("--record", "api.yaml"),
    ],
)
def test_who_asks_for_a_model_and_has_no_key_hears_so_and_gets_no_reading(
    shell: Shell, options: tuple[str, str]
) -> None:
    ran = shell("report", "in", *options)
    assert ran.code == 5
    assert "no model can be asked" in ran.err
    assert not Path("report").exists()


def test_an_endpoint_without_a_model_name_is_a_model_asked_for(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    ran = shell("report", "in")
    assert ran.code == 5
    assert "no model is named" in ran.err


def test_a_replay_needs_no_key_and_makes_no_reading(shell: Shell, endpoint: Endpoint) -> None:
    shell("report", "in", *asking(endpoint), "--record", "api.yaml", "-o", "live")
    assert shell("report", "in", "--replay", "api.yaml").code == 0
    assert "reading.html" not in written()


@pytest.mark.parametrize(
    "options",
    [
        {"--record": "api.yaml"},
        {"--replay": "api.yaml"},
        {"--batch": None},
        {"--no-batch": None},
        {"--max-calls": 9, "--max-cost": 0.5, "--max-tokens": 10_000},
    ],
)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_reading_with_what_only_a_model_takes_is_a_usage_error(
    shell: Shell, options: dict[str, object], more: tuple[str, ...]
) -> None:
    words = [word for pair in options.items() for word in pair if word is not None]
    ran = shell("report", "in", "--engine", "reading", *words, *more)
    assert ran.code == 2
    told = f"--engine reading and {', '.join(options)} exclude each other: no model is asked."
    assert ran.err.splitlines()[0] == f"factcheck: {told}"
    assert not Path("report").exists()
    assert not Path("api.yaml").exists()


def test_a_dry_run_of_a_reading_says_that_nothing_is_sent(shell: Shell) -> None:
    ran = shell("report", "in", "--engine", "reading", "--dry-run")
    assert ran.code == 0
    assert "nothing is sent" in ran.err
    assert not Path("report").exists()


def test_an_unknown_engine_is_a_usage_error(shell: Shell) -> None:
    ran = shell("report", "in", "--engine", "magic")
    assert ran.code == 2
    assert "--engine" in ran.err


# --- model servers of this machine ---------------------------------------------------------


def test_a_server_that_is_found_is_offered_with_a_command_that_works(shell: Shell) -> None:
    with serving(serves, lists("m")) as endpoint:
        look_for(endpoint)
        ran = shell("report", "in")
        assert endpoint.looks == ["/v1/models"]
        assert not endpoint.bodies
        (line,) = [line for line in ran.err.splitlines() if endpoint.url in line]
        name, *arguments = shlex.split(line.partition("used: ")[2])
        assert name == "factcheck"
        again = shell(*arguments)
    assert again.code == 0
    assert "report.html" in written()
    assert len(endpoint.bodies) == 5


def test_the_document_offers_it_too_without_a_path_of_this_machine(
    shell: Shell, tmp_path: Path
) -> None:
    with serving(serves, lists("m")) as endpoint:
        look_for(endpoint)
        shell("report", tmp_path / "in")
    hints = json.loads(Path("report/reading.json").read_text())["hints"]
    assert any(f"--base-url {endpoint.url} --model m ARTICLES" in hint for hint in hints)
    assert endpoint.url in Path("report/reading.html").read_text()
    assert not any(str(tmp_path) in Path("report", name).read_text() for name in DOCUMENTS)


def test_no_server_is_looked_for_where_a_fact_check_is_made(shell: Shell) -> None:
    with serving(serves, lists("m")) as endpoint:
        look_for(endpoint)
        shell("report", "in", *asking(endpoint))
    assert not endpoint.looks


# --- the documents ---------------------------------------------------------------------------


def test_the_same_articles_give_the_same_bytes() -> None:
    first, second = (
        api.make_reading([FERRY], load_settings(), clock=lambda: NOW) for _ in range(2)
    )
    for form in ("html", "md", "json"):
        assert render(first, form) == render(second, form)


def test_only_the_time_of_the_run_tells_two_runs_apart(shell: Shell) -> None:
    for folder in ("one", "two"):
        shell("report", "in", "-o", folder)
    one, two = (json.loads(Path(f, "reading.json").read_text()) for f in ("one", "two"))
    for reading in (one, two):
        del reading["manifest"]["created"]
    assert one == two


def test_render_makes_the_other_formats_again_from_reading_json(shell: Shell) -> None:
    shell("report", FERRY)
    made = {name: Path("report", name).read_bytes() for name in DOCUMENTS[:2]}
    for name in made:
        Path("report", name).unlink()
    ran = shell("render", "report/reading.json")
    assert (ran.code, ran.out.split()) == (0, ["report/reading.html", "report/reading.md"])
    assert {name: Path("report", name).read_bytes() for name in made} == made


def test_a_reading_goes_to_stdout_in_one_format(shell: Shell) -> None:
    ran = shell("report", "in", "-o", "-", "--format", "md")
    assert ran.code == 0
    assert ran.out.startswith("# Side-by-side reading: no fact-check was made\n")
    assert not Path("report").exists()


def test_hostile_text_reaches_the_reader_as_text(shell: Shell) -> None:
    attack = " ".join(" ".join(ATTACKS).split())
    for name in ("one.txt", "two.txt"):
        text = f"Mayor Ada Brandt of Orle said {attack} on Tuesday.\n\nThe {name} wrote it down.\n"
        Path("in", name).write_text(text)
    assert shell("report", "in").code == 0
    tree = Tree(Path("report/reading.html").read_text())
    assert tree.open == []
    assert not {"script", "img", "iframe"} & {tag for tag, _ in tree.tags}
    assert {link[:1] for link in tree.every("href")} == {"#"}
    assert "<script>alert(1)</script>" in tree.text


def test_owners_in_the_settings_make_two_outlets_belong_together(shell: Shell) -> None:
    owned = '[outlets.owners]\n"Coast Media" = ["Harl Courier", "Evening Tide"]\n'
    Path("factcheck.toml").write_text(f"[reading]\nports = []\n{owned}")
    shell("report", "in")
    assert "Harl Courier and Evening Tide belong together" in Path("report/reading.md").read_text()


# --- what cannot be read -----------------------------------------------------------------------


def test_what_is_left_out_is_told_with_the_reason(shell: Shell) -> None:
    Path("in/void.txt").write_text("")
    ran = shell("report", "in")
    assert ran.code == 0
    assert "left out: void.txt (empty)" in ran.err
    assert "void.txt" in Path("report/reading.md").read_text()


def test_one_article_is_a_reading_that_says_that_it_needs_two(shell: Shell) -> None:
    assert shell("report", "in/post.md").code == 0
    assert "fewer than two articles" in Path("report/reading.md").read_text()


def test_a_folder_of_empty_files_is_exit_3(shell: Shell) -> None:
    Path("void").mkdir()
    Path("void/a.txt").write_text("")
    ran = shell("report", "void")
    assert ran.code == 3
    assert NOTICE not in ran.err
    assert not Path("report").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere does not exist"),
        (("hollow",), "hollow holds no articles"),
        (("in", "-o", "in/reading"), "the next run would read the report as an article"),
        (("in", "-o", "taken"), "cannot write to taken"),
        (("in", "-o", "-"), "-o - takes one format"),
    ],
)
def test_unusable_paths_are_exit_2_as_for_a_report(
    shell: Shell, arguments: tuple[str, ...], said: str
) -> None:
    Path("hollow").mkdir()
    Path("taken").write_text("a file")
    ran = shell("report", *arguments)
    assert ran.code == 2
    assert said in ran.err


# --- the API -------------------------------------------------------------------------------------


def test_the_api_sets_files_and_folders_side_by_side() -> None:
    reading = factcheck.read_side_by_side(["in/post.md", Path("in")])
    assert isinstance(reading, factcheck.SideBySide)
    assert len(reading.articles) == 3
    assert factcheck.read_side_by_side("in").articles
    assert factcheck.read_side_by_side(Path("in"), config="factcheck.toml").hints


def test_the_api_looks_for_no_server() -> None:
    with serving(serves, lists("m")) as endpoint:
        look_for(endpoint)
        factcheck.read_side_by_side("in")
    assert not endpoint.looks


def test_the_api_raises_where_nothing_can_be_read() -> None:
    Path("void.txt").write_text("")
    with pytest.raises(NoArticlesError):
        factcheck.read_side_by_side("void.txt")


def test_a_reading_loads_no_client_of_a_model() -> None:
    code = (
        "import sys; from factcheck import read_side_by_side, report\n"
        f"report.render(read_side_by_side({str(FERRY)!r}), 'html')\n"
        "print(*sorted(name.partition('.')[0] for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    loaded = set(ran.stdout.split())
    assert "factcheck" in loaded
    assert not {"openai", "httpx2", "tenacity", "vcr", "genai_prices"} & loaded
