"""The Python API and what surrounds a run: clock, settings, folders, recordings, documents."""

from __future__ import annotations

import asyncio
import copy
import doctest
import pickle
import re
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

import factcheck
from factcheck import Step, afact_check, article_from_text, fact_check, read_side_by_side
from factcheck.articles import read_articles
from factcheck.articles.inputs import Input
from factcheck.errors import FactcheckError, NoArticlesError, NoKeyError, RecordingError, UsageError
from factcheck.fetch.inputs import read_inputs
from factcheck.files import check_folder
from factcheck.llm.client import Model
from factcheck.llm.recording import replay
from factcheck.loops import run_to_end
from factcheck.models import Remark, Report, StageUse
from factcheck.pipeline.check import check
from factcheck.pipeline.progress import Steps
from factcheck.run import Run
from factcheck.settings.fetch import FetchSettings
from factcheck.settings.loader import Settings, list_keys, load_settings
from factcheck.settings.model import ModelSettings
from tests.endpoint import Endpoint, serving
from tests.newsroom import ARTICLES, FELL, serves
from tests.test_report import Tree

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


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


def test_fact_check_works_where_an_event_loop_runs(folder: Path, endpoint: Endpoint) -> None:
    async def notebook_cell() -> Report:
        return fact_check(folder, model="m", base_url=endpoint.url)

    report = asyncio.run(notebook_cell())
    assert next(f.verdict for f in report.findings if f.text == FELL) == "verified"


def test_a_replay_works_where_an_event_loop_runs(folder: Path, endpoint: Endpoint) -> None:
    live = fact_check(folder, model="m", base_url=endpoint.url, record="api.yaml")

    async def notebook_cell() -> Report:
        return fact_check(folder, replay="api.yaml")

    assert asyncio.run(notebook_cell()).findings == live.findings


def test_an_error_in_a_running_loop_is_the_same_error(folder: Path) -> None:
    async def notebook_cell() -> Report:
        return fact_check(folder, model="m", base_url="http://127.0.0.1:1/v1", settings=None)

    Path("factcheck.toml").write_text("[model]\nretries = 0\n")
    with pytest.raises(factcheck.errors.UnreachableError, match="did not answer"):
        asyncio.run(notebook_cell())


def test_an_interrupt_in_a_running_loop_cancels_the_calls() -> None:
    cancelled, notebook = threading.Event(), threading.get_ident()

    async def stuck() -> None:
        press = asyncio.get_running_loop().call_later
        press(0.1, signal.pthread_kill, notebook, signal.SIGINT)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def notebook_cell() -> None:
        run_to_end(stuck())

    # As in a notebook, the owner of the loop handles no signal.
    with closing(asyncio.new_event_loop()) as loop, pytest.raises(KeyboardInterrupt):
        loop.run_until_complete(notebook_cell())
    assert cancelled.is_set()


def test_afact_check_gives_what_fact_check_gives_and_lets_the_loop_go_on(
    folder: Path, endpoint: Endpoint
) -> None:
    ticks = 0

    async def program() -> Report:
        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.001)

        beside = asyncio.create_task(tick())
        report = await afact_check(folder, model="m", base_url=endpoint.url)
        beside.cancel()
        return report

    report = asyncio.run(program())
    assert report.findings == fact_check(folder, model="m", base_url=endpoint.url).findings
    assert ticks > 5


def test_afact_check_records_and_replays(folder: Path, endpoint: Endpoint) -> None:
    live = asyncio.run(
        afact_check(folder, model="m", base_url=endpoint.url, record=Path("api.yaml"))
    )
    again = asyncio.run(afact_check(folder, replay="api.yaml"))
    assert again.findings == live.findings
    assert again.manifest.replayed


def test_afact_check_without_a_key_asks_nothing(folder: Path) -> None:
    with pytest.raises(NoKeyError):
        asyncio.run(afact_check(folder))


def test_two_calls_in_two_threads_do_not_disturb_each_other(
    folder: Path, endpoint: Endpoint
) -> None:
    names = [("courier.md", "post.md"), ("post.md", "tide.md"), ("courier.md", "tide.md")]

    def one(pair: tuple[str, ...], *, cache: bool) -> Report:
        paths = [folder / name for name in pair]
        return fact_check(paths, model="m", base_url=endpoint.url, cache=cache)

    alone = [one(pair, cache=False) for pair in names]
    with ThreadPoolExecutor(6) as pool:
        for round_ in (False, True, True):
            together = list(pool.map(lambda pair, keep=round_: one(pair, cache=keep), names * 2))
            assert [r.findings for r in together] == [r.findings for r in alone * 2]
            assert [r.first_page for r in together] == [r.first_page for r in alone * 2]


def test_replays_in_two_threads_beside_a_live_run_each_give_their_own_report(
    folder: Path, endpoint: Endpoint
) -> None:
    pairs = {"one.yaml": ("courier.md", "post.md"), "two.yaml": ("post.md", "tide.md")}

    def live(record: str | None) -> Report:
        paths = [folder / name for name in pairs[record or "one.yaml"]]
        return fact_check(paths, model="m", base_url=endpoint.url, record=record, cache=False)

    def replayed(name: str) -> Report:
        return fact_check([folder / one for one in pairs[name]], replay=name)

    recorded = {name: live(name) for name in pairs}
    files = {name: Path(name).read_bytes() for name in pairs}
    asked = len(endpoint.bodies)
    with ThreadPoolExecutor(5) as pool:
        beside = pool.submit(live, None)
        played = [(name, pool.submit(replayed, name)) for name in [*pairs] * 4]
        for name, run in played:
            assert run.result().findings == recorded[name].findings
            assert run.result().manifest.notes == recorded[name].manifest.notes
    assert beside.result().findings == recorded["one.yaml"].findings
    assert len(endpoint.bodies) == asked + 4  # the live run alone
    assert {name: Path(name).read_bytes() for name in pairs} == files


def test_a_run_that_asks_the_same_twice_does_not_replay(folder: Path, endpoint: Endpoint) -> None:
    fact_check(folder, model="m", base_url=endpoint.url, record="api.yaml")
    recording = replay(Path("api.yaml"))
    articles, _ = read_articles([folder])

    async def twice() -> None:
        asked = recording.settings(ModelSettings())
        async with Model(asked, transport=recording.transport) as model:
            await check(articles, model, created=NOW)
            assert recording.list_unplayed() == ()
            with pytest.raises(RecordingError, match="once less than it was made"):
                await check(articles, model, created=NOW)

    asyncio.run(twice())


def test_a_run_whose_answers_are_all_kept_needs_no_server(folder: Path) -> None:
    with serving(serves) as up:
        url = up.url
        first = fact_check(folder, model="m", base_url=url)
    again = fact_check(folder, model="m", base_url=url)
    assert (again.findings, again.first_page) == (first.findings, first.first_page)
    assert [(one.stage, one.calls, one.cached) for one in again.manifest.use] == [
        ("extract", 0, 3),
        ("compare", 0, 1),
        ("edit", 0, 1),
    ]
    with pytest.raises(factcheck.errors.UnreachableError):
        fact_check(folder, settings=Settings(model=no_retries(url)), cache=False)


def no_retries(url: str) -> ModelSettings:
    """The settings of a model that is asked once."""
    return ModelSettings(name="m", base_url=url, retries=0)


# --- what is compared, and with which settings ----------------------------------------------


def texts() -> list[str]:
    """The articles of the newsroom as texts with front matter."""
    return [
        f"---\noutlet: {outlet}\ntitle: {title}\n---\n\n" + "\n\n".join(sentences)
        for outlet, title, *sentences in ARTICLES.values()
    ]


def test_texts_are_compared_like_files(endpoint: Endpoint) -> None:
    report = fact_check(texts(), model="m", base_url=endpoint.url)
    assert [a.outlet for a in report.articles] == ["Harl Courier", "Lowland Post", "Evening Tide"]
    assert [a.source for a in report.articles] == ["text 1", "text 2", "text 3"]
    assert next(f.verdict for f in report.findings if f.text == FELL) == "verified"


def test_a_single_text_is_one_article_not_a_list_of_letters(endpoint: Endpoint) -> None:
    assert len(fact_check(texts()[0], model="m", base_url=endpoint.url).articles) == 1


def test_a_text_that_opens_with_a_tag_is_read_as_html() -> None:
    page = f"<p>{FELL}</p>\n<p>The bridge stays closed until Friday.</p>"
    article = read_side_by_side(page).articles[0]
    assert article.sentences[0].text == FELL


def test_paths_texts_and_articles_mix_and_are_numbered_in_their_order(
    folder: Path, endpoint: Endpoint
) -> None:
    article = article_from_text(texts()[2], source="from the wire", article_id="a77")
    empty = article_from_text("", source="nothing came")
    mixed: list[Input] = [folder / "post.md", texts()[0], article, empty]
    report = fact_check(mixed, model="m", base_url=endpoint.url)
    assert [(a.id, a.source) for a in report.articles] == [
        ("a1", "post.md"),
        ("a2", "text 1"),
        ("a3", "from the wire"),
    ]
    assert [(e.source, e.reason) for e in report.excluded] == [("nothing came", "empty")]


def test_articles_of_an_earlier_report_are_compared_again(folder: Path, endpoint: Endpoint) -> None:
    first = fact_check(folder, model="m", base_url=endpoint.url)
    again = fact_check(iter(first.articles), model="m", base_url=endpoint.url)
    assert again.articles == first.articles
    assert len(endpoint.bodies) == 5


def test_the_same_text_twice_is_a_duplicate() -> None:
    reading = read_side_by_side([texts()[0], texts()[1], texts()[0]])
    assert [(e.source, e.reason) for e in reading.excluded] == [("text 3", "duplicate")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nowhere", "nowhere does not exist"),
        ("x" * 5000, "does not exist"),
        (Path("nowhere"), "nowhere does not exist"),
        (7, "cannot be of type int"),
        ([7], "cannot be of type int"),
        (b"bytes", "cannot be of type int"),
        (None, "cannot be of type NoneType"),
        ("", "a path is empty"),
        (["in", " "], "a path is empty"),
        (["nowhere", "nothing"], "nowhere, nothing do not exist"),
        ("a\0b", "does not exist"),
        ("a\ud800b", r"a\\ud800b does not exist"),
    ],
)
def test_what_is_no_article_is_a_usage_error_with_a_hint(given: Any, said: str) -> None:
    for run in (read_side_by_side, lambda it: fact_check(it, model="m", base_url="http://h/v1")):
        with pytest.raises(UsageError, match=said) as caught:
            run(given)
        assert caught.value.hint
        assert len(caught.value.message) < 400


@pytest.mark.parametrize(
    "given", [{"text": None}, {"text": b"x"}, {"source": None}, {"kind": "pdf"}]
)
def test_what_no_article_can_be_made_of_is_a_usage_error(given: Any) -> None:
    with pytest.raises(UsageError) as caught:
        article_from_text(**{"text": texts()[0], "source": "x", **given})
    assert caught.value.hint


def test_a_settings_object_stands_for_file_and_options(folder: Path, endpoint: Endpoint) -> None:
    Path("factcheck.toml").write_text("[model]\nname = 'from-file'\n")
    chosen = Settings(model=ModelSettings(name="chosen", base_url=endpoint.url))
    report = fact_check(folder, settings=chosen)
    assert report.manifest.model == "chosen"


def test_settings_without_a_key_take_that_of_the_environment_and_keep_their_own(
    monkeypatch: pytest.MonkeyPatch, folder: Path, endpoint: Endpoint
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "from-environment")
    model = ModelSettings(name="m", base_url=endpoint.url)
    own = model.model_copy(update={"api_key": SecretStr("own-key")})
    fact_check(folder, settings=Settings(model=model), cache=False)
    fact_check(folder, settings=Settings(model=own), cache=False)
    sent = {headers["authorization"] for headers in endpoint.headers}
    assert sent == {"Bearer from-environment", "Bearer own-key"}


@pytest.mark.parametrize("more", [{"model": "m"}, {"base_url": "http://h/v1"}, {"config": "a"}])
def test_settings_exclude_what_they_hold(folder: Path, more: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="settings exclude"):
        fact_check(folder, settings=Settings(), **more)


def test_owners_given_add_to_those_in_the_settings(folder: Path, endpoint: Endpoint) -> None:
    Path("factcheck.toml").write_text(
        '[outlets.owners]\n"Coast Media" = ["Harl Courier", "Evening Tide"]\n'
    )
    owners = {"Plain Press": ["Lowland Post", "Marsh Gazette"]}
    report = fact_check(folder, model="m", base_url=endpoint.url, owners=owners)
    assert sorted(group.articles for group in report.groups) == [("a1", "a3"), ("a2",)]
    owners = {"Coast Media": ["Harl Courier", "Lowland Post", "Evening Tide"]}
    assert len(read_side_by_side(folder, owners=owners).groups) == 1


def test_owners_that_are_no_lists_of_outlets_are_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="list of outlets"):
        read_side_by_side(folder, owners={"Coast Media": "Harl Courier"})


def test_progress_tells_every_step_with_the_tokens_so_far(folder: Path, endpoint: Endpoint) -> None:
    steps: list[Step] = []
    fact_check(folder, model="m", base_url=endpoint.url, progress=steps.append)
    assert [(s.stage, s.done, s.total) for s in steps] == [
        *(("extract", done, 3) for done in range(4)),
        *(("compare", done, 1) for done in range(2)),
        *(("edit", done, 1) for done in range(2)),
    ]
    tokens = [step.tokens for step in steps]
    assert tokens[0] == 0
    assert tokens == sorted(tokens)
    assert tokens[-1] > tokens[3] > 150
    assert {step.cost for step in steps} == {None}


def test_progress_tells_what_was_spent_where_the_price_is_known() -> None:
    told: list[Step] = []
    use = [StageUse(stage="extract", calls=1, input_tokens=1000, output_tokens=10)]

    def price(of: Sequence[StageUse]) -> float:
        return sum(one.calls for one in of) / 4

    steps = Steps(told.append, lambda: use, price)
    steps.start("extract", 1)
    steps.advance("extract")
    assert told[-1] == Step("extract", 1, 1, tokens=1010, cost=0.25)


# --- in a notebook -----------------------------------------------------------------------------


def test_results_show_their_page_in_a_closed_frame(folder: Path, endpoint: Endpoint) -> None:
    report = fact_check(folder, model="m", base_url=endpoint.url)
    for result in (report, read_side_by_side(folder)):
        [(tag, attributes)] = Tree(str(result._repr_html_())).tags
        assert tag == "iframe"
        assert attributes["srcdoc"] == factcheck.render(result, "html")
        assert not {"allow-scripts", "allow-same-origin"} & {*attributes["sandbox"].split()}


def test_a_model_alone_knows_no_page_and_one_read_back_shows_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from factcheck.sidebyside.models import SideBySide\n"
        "text = Path(sys.argv[1]).read_text()\n"
        "print(SideBySide.model_validate_json(text)._repr_html_())\n"
        "print('factcheck.report' in sys.modules)\n"
        "from factcheck import load_report\n"
        "print(load_report(Path(sys.argv[1]))._repr_html_()[:7])\n"
    )
    path = tmp_path / "reading.json"
    path.write_text(factcheck.render(read_side_by_side(ROOT / "seeds"), "json"))
    run = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["None", "False", "<iframe"]


def test_a_hostile_article_cannot_leave_the_frame() -> None:
    attack = '</iframe><script>alert(1)</script>" onload="alert(2)'
    text = f"{attack} fell onto Harl Bridge.\n\nIt stays closed until Friday, {attack}"
    html = str(read_side_by_side(text)._repr_html_())
    assert html.count("<") == 2  # the frame and its end
    assert html.count('"') == 8


# --- the package --------------------------------------------------------------------------------


def test_dir_shows_the_public_names_and_each_can_be_had() -> None:
    assert dir(factcheck) == sorted(factcheck.__all__)
    assert all(getattr(factcheck, name) is not None for name in factcheck.__all__)
    assert issubclass(factcheck.errors.NoKeyError, factcheck.errors.FactcheckError)


def errors_below(kind: type[FactcheckError]) -> list[type[FactcheckError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in errors_below(child))]


@pytest.mark.parametrize("kind", errors_below(FactcheckError))
def test_each_error_can_be_copied_and_pickled(kind: type[FactcheckError]) -> None:
    error = kind("what", "why")
    for same in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 (our own)
        assert type(same) is kind
        assert (str(same), same.message, same.hint) == (str(error), error.message, error.hint)


def test_errors_can_be_had_without_another_import() -> None:
    code = "import factcheck; print(factcheck.errors.UsageError.exit_code)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    assert run.stdout == "2\n"


def test_without_a_key_nothing_is_asked(folder: Path) -> None:
    with pytest.raises(NoKeyError):
        fact_check(folder)


def test_an_unknown_name_in_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'fact_chekc'"):
        _ = factcheck.fact_chekc


# --- what surrounds a run ------------------------------------------------------------------


def test_the_manifest_tells_how_the_report_was_made(folder: Path, endpoint: Endpoint) -> None:
    report = Run(asking(endpoint), clock=lambda: NOW).report([folder])
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
    report = Run(settings, clock=lambda: NOW).report([folder])
    assert "hunter22" not in report.model_dump_json()


def test_a_replay_carries_the_time_and_the_model_of_the_recorded_run(
    folder: Path, endpoint: Endpoint
) -> None:
    Run(asking(endpoint), record=Path("api.yaml"), clock=lambda: NOW).report([folder])
    other = load_settings(flags={"model.name": "another"})
    later = Run(other, replay=Path("api.yaml")).report([folder])
    assert later.manifest.created == NOW
    assert (later.manifest.model, later.manifest.endpoint) == ("m", "")


def test_recorded_answers_that_are_not_asked_for_are_told(folder: Path, endpoint: Endpoint) -> None:
    Run(asking(endpoint), record=Path("api.yaml"), clock=lambda: NOW).report([folder])
    recording = yaml.safe_load(Path("api.yaml").read_text())
    extra = yaml.safe_load(Path("api.yaml").read_text())["interactions"][0]
    extra["request"]["messages"][1]["content"] = "ARTICLE a9 | Never Read"
    recording["interactions"].append(extra)
    Path("api.yaml").write_text(yaml.safe_dump(recording))
    report = Run(asking(endpoint), replay=Path("api.yaml")).report([folder])
    assert report.manifest.notes[-1] == Remark(
        code="not-asked-for", text="Recorded but not asked for: answer 6: ARTICLE a9 | Never Read"
    )


def test_a_recorded_run_does_not_take_answers_from_the_cache(
    folder: Path, endpoint: Endpoint
) -> None:
    Run(asking(endpoint)).report([folder])
    Run(asking(endpoint), record=Path("api.yaml")).report([folder])
    assert len(yaml.safe_load(Path("api.yaml").read_text())["interactions"]) == 5


def test_a_replay_that_lacks_an_answer_fails(folder: Path, endpoint: Endpoint) -> None:
    Run(asking(endpoint), record=Path("api.yaml")).report([folder])
    recording = yaml.safe_load(Path("api.yaml").read_text())
    del recording["interactions"][3]
    Path("api.yaml").write_text(yaml.safe_dump(recording))
    with pytest.raises(RecordingError, match="does not hold this request"):
        Run(asking(endpoint), replay=Path("api.yaml")).report([folder])


def test_inputs_that_hold_nothing_are_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(NoArticlesError, match=r"a\.txt: empty"):
        read_inputs([tmp_path / "a.txt"], FetchSettings())


def test_what_could_not_be_read_stands_in_the_report(folder: Path, endpoint: Endpoint) -> None:
    (folder / "void.txt").write_text("")
    report = Run(asking(endpoint)).report([folder])
    assert [(item.source, item.reason) for item in report.excluded] == [("void.txt", "empty")]


def test_owners_in_the_settings_make_two_outlets_one_voice(
    folder: Path, endpoint: Endpoint
) -> None:
    owners = {"Coast Media": ("Harl Courier", "Evening Tide")}
    flags = {"model.base_url": endpoint.url, "model.name": "m", "outlets.owners": owners}
    report = Run(load_settings(flags=flags)).report([folder])
    assert sorted(group.articles for group in report.groups) == [("a1", "a3"), ("a2",)]


def test_looking_whether_a_folder_can_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "deeper")
    check_folder(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UsageError, match="cannot write to"):
            check_folder(path)


# --- documents that have to stay true --------------------------------------------------------


def test_the_manual_documents_every_key_and_no_other() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+\.\w+)` \|", text, re.MULTILINE)
    tables = tuple(Settings.model_fields)
    assert sorted(documented) == sorted(key for key in list_keys() if key not in tables)


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
