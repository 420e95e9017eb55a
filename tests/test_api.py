"""The Python API and what surrounds a run: clock, settings, folders, recordings, documents."""

from __future__ import annotations

import asyncio
import doctest
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

import factcheck
from factcheck import api, fact_check
from factcheck.errors import NoArticlesError, NoKeyError, RecordingError, UsageError
from factcheck.models import Remark, Report
from factcheck.settings.loader import Settings, known_keys, load_settings
from tests.endpoint import Endpoint, serving
from tests.newsroom import FELL, publish, serves

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(serves) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return publish(tmp_path / "in")


def asking(endpoint: Endpoint) -> Settings:
    return load_settings(flags={"model.base_url": endpoint.url, "model.name": "m"})


# --- the API -----------------------------------------------------------------------------


def test_fact_check_gives_a_report_of_files_and_folders(folder: Path, endpoint: Endpoint) -> None:
    paths: list[str | Path] = [folder / "tide.md", str(folder / "post.md"), folder]
    report = fact_check(paths, model="m", base_url=endpoint.url)
    assert isinstance(report, factcheck.Report)
    assert [a.outlet for a in report.articles] == ["Evening Tide", "Lowland Post", "Harl Courier"]
    assert next(f.verdict for f in report.findings if f.text == FELL) == "verified"


@pytest.mark.parametrize("kind", [str, Path])
def test_fact_check_takes_a_single_path(folder: Path, endpoint: Endpoint, kind: type) -> None:
    assert len(fact_check(kind(folder), model="m", base_url=endpoint.url).articles) == 3


def test_fact_check_records_and_replays_without_a_model(folder: Path, endpoint: Endpoint) -> None:
    live = fact_check(folder, model="m", base_url=endpoint.url, record="api.yaml")
    again = fact_check(folder, replay="api.yaml")
    assert again.findings == live.findings
    assert (live.manifest.replayed, again.manifest.replayed) == (False, True)
    assert len(endpoint.bodies) == 5


def test_fact_check_reads_the_settings_file_that_it_is_given(
    folder: Path, endpoint: Endpoint
) -> None:
    Path("my.toml").write_text(f'[model]\nbase_url = "{endpoint.url}"\nname = "from-file"\n')
    assert fact_check(folder, config="my.toml").manifest.model == "from-file"


def test_fact_check_works_from_a_thread_of_a_running_loop(folder: Path, endpoint: Endpoint) -> None:
    async def notebook() -> Report:
        return await asyncio.to_thread(fact_check, folder, model="m", base_url=endpoint.url)

    assert len(asyncio.run(notebook()).articles) == 3


def test_without_a_key_nothing_is_asked(folder: Path) -> None:
    with pytest.raises(NoKeyError):
        fact_check(folder)


def test_an_unknown_name_in_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'fact_chekc'"):
        _ = factcheck.fact_chekc


# --- what surrounds a run ------------------------------------------------------------------


def test_the_manifest_tells_how_the_report_was_made(folder: Path, endpoint: Endpoint) -> None:
    report = api.report([folder], asking(endpoint), clock=lambda: NOW)
    manifest = report.manifest
    assert manifest.created == NOW
    assert (manifest.model, manifest.endpoint) == ("m", endpoint.url)
    assert manifest.answer_format == "json_schema"
    assert manifest.cost is None
    assert "compare.system.md" in manifest.prompts
    assert manifest.factcheck == factcheck.__version__
    assert [(use.stage, use.calls) for use in manifest.use] == [
        ("extract", 3),
        ("compare", 1),
        ("edit", 1),
    ]


def test_the_manifest_holds_no_password_of_the_endpoint(folder: Path, endpoint: Endpoint) -> None:
    url = endpoint.url.replace("http://", "http://user:hunter22@")
    settings = load_settings(flags={"model.base_url": url, "model.name": "m"})
    report = api.report([folder], settings, clock=lambda: NOW)
    assert "hunter22" not in report.model_dump_json()


def test_a_replay_carries_the_time_and_the_model_of_the_recorded_run(
    folder: Path, endpoint: Endpoint
) -> None:
    api.report([folder], asking(endpoint), record=Path("api.yaml"), clock=lambda: NOW)
    other = load_settings(flags={"model.name": "another"})
    later = api.report([folder], other, replay=Path("api.yaml"))
    assert later.manifest.created == NOW
    assert (later.manifest.model, later.manifest.endpoint) == ("m", "")


def test_recorded_answers_that_are_not_asked_for_are_told(folder: Path, endpoint: Endpoint) -> None:
    api.report([folder], asking(endpoint), record=Path("api.yaml"), clock=lambda: NOW)
    recording = yaml.safe_load(Path("api.yaml").read_text())
    extra = yaml.safe_load(Path("api.yaml").read_text())["interactions"][0]
    extra["request"]["messages"][1]["content"] = "ARTICLE a9 | Never Read"
    recording["interactions"].append(extra)
    Path("api.yaml").write_text(yaml.safe_dump(recording))
    report = api.report([folder], asking(endpoint), replay=Path("api.yaml"))
    assert report.manifest.notes[-1] == Remark(
        code="not-asked-for", text="Recorded but not asked for: answer 6: ARTICLE a9 | Never Read"
    )


def test_a_recorded_run_does_not_take_answers_from_the_cache(
    folder: Path, endpoint: Endpoint
) -> None:
    api.report([folder], asking(endpoint))
    api.report([folder], asking(endpoint), record=Path("api.yaml"))
    assert len(yaml.safe_load(Path("api.yaml").read_text())["interactions"]) == 5


def test_a_replay_that_lacks_an_answer_fails(folder: Path, endpoint: Endpoint) -> None:
    api.report([folder], asking(endpoint), record=Path("api.yaml"))
    recording = yaml.safe_load(Path("api.yaml").read_text())
    del recording["interactions"][3]
    Path("api.yaml").write_text(yaml.safe_dump(recording))
    with pytest.raises(RecordingError, match="does not hold this request"):
        api.report([folder], asking(endpoint), replay=Path("api.yaml"))


def test_inputs_that_hold_nothing_are_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(NoArticlesError, match=r"a\.txt: empty"):
        api.readable([tmp_path / "a.txt"])


def test_what_could_not_be_read_stands_in_the_report(folder: Path, endpoint: Endpoint) -> None:
    (folder / "void.txt").write_text("")
    report = api.report([folder], asking(endpoint))
    assert [(item.source, item.reason) for item in report.excluded] == [("void.txt", "empty")]


def test_owners_in_the_settings_make_two_outlets_one_voice(
    folder: Path, endpoint: Endpoint
) -> None:
    owners = {"Coast Media": ("Harl Courier", "Evening Tide")}
    flags = {"model.base_url": endpoint.url, "model.name": "m", "outlets.owners": owners}
    report = api.report([folder], load_settings(flags=flags))
    assert sorted(group.articles for group in report.groups) == [("a1", "a3"), ("a2",)]


def test_looking_whether_a_folder_can_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    api.check_folder(tmp_path / "new" / "deeper")
    api.check_folder(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UsageError, match="cannot write to"):
            api.check_folder(path)


# --- documents that have to stay true --------------------------------------------------------


def test_the_manual_documents_every_key_and_no_other() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+\.\w+)` \|", text, re.MULTILINE)
    tables = tuple(Settings.model_fields)
    assert sorted(documented) == sorted(key for key in known_keys() if key not in tables)


def test_the_manual_tells_the_defaults() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)\.(\w+)` \| `(.+?)`", text, re.MULTILINE)
    assert len(rows) >= 11
    defaults = load_settings().model_dump(mode="json")
    for table, key, told in rows:
        default = defaults[table][key]
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        assert shown.replace("'", '"').removesuffix(".0") == told


@pytest.mark.parametrize("document", ["README.md", "docs/settings.md"])
def test_settings_shown_in_the_documents_are_valid(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        Settings.model_validate(tomllib.loads(block))


def test_the_example_of_the_package_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(factcheck)
    assert result.attempted > 3
    assert result.failed == 0
