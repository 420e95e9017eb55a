"""The command through its public API: arguments in; files, streams and exit codes out."""

from __future__ import annotations

import errno
import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from factcheck import Step, __version__, cli
from factcheck.cli import console
from tests.endpoint import Act, Body, Endpoint, fails, serving
from tests.newsroom import publish, serves
from tests.shell import Ran, Shell, asking, start, wait_for

pytestmark = pytest.mark.processes

KEY = "sk-test-0123456789abcdef"


def no_retries(folder: Path) -> tuple[str, ...]:
    """The option that names a settings file without retries."""
    path = folder / "quick.toml"
    path.write_text("[model]\nretries = 0\n")
    return ("--config", str(path))


# --- report ------------------------------------------------------------------------------


def test_a_report_is_written_in_all_formats(shell: Shell, endpoint: Endpoint) -> None:
    ran = shell("report", "in", *asking(endpoint))
    assert (ran.code, ran.out.split()) == (
        0,
        ["report/report.html", "report/report.md", "report/report.json"],
    )
    assert json.loads(Path("report/report.json").read_text())["schema"] == "factcheck.report/6"
    assert "**Was anybody hurt?**" in Path("report/report.md").read_text()
    assert "<html" in Path("report/report.html").read_text()


def test_the_summary_and_the_progress_are_plain_lines_on_stderr(
    shell: Shell, endpoint: Endpoint
) -> None:
    ran = shell("report", "in", *asking(endpoint))
    lines = ran.err.splitlines()
    assert "reading articles: 3 of 3" in lines
    assert "CONTESTED" in lines
    assert "- Was anybody hurt?" in lines
    assert all(len(line) <= 80 for line in lines[lines.index("CONTESTED") :])
    assert any(line.startswith("5 calls to the model, ") for line in lines)
    assert "\x1b" not in ran.err


def test_format_and_output_choose_what_is_written_and_where(
    shell: Shell, endpoint: Endpoint
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--format", "md, json,md", "-o", "deep/er")
    assert ran.out.split() == ["deep/er/report.md", "deep/er/report.json"]
    assert sorted(path.name for path in Path("deep/er").iterdir()) == ["report.json", "report.md"]
    assert not Path("report").exists()


def test_a_dash_for_output_prints_the_report_and_writes_nothing(
    shell: Shell, endpoint: Endpoint
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--format", "md", "-o", "-")
    assert ran.code == 0
    assert "# A crane falls onto a bridge" in ran.out
    assert "reading articles" not in ran.out
    assert not Path("report").exists()
    assert not Path("-").exists()


def test_answers_are_kept_so_a_second_run_asks_nothing(shell: Shell, endpoint: Endpoint) -> None:
    shell("report", "in", *asking(endpoint))
    asked = len(endpoint.bodies)
    ran = shell("report", "in", *asking(endpoint))
    assert len(endpoint.bodies) == asked == 5
    assert "0 calls to the model, 5 answers from the cache" in ran.err


def test_without_the_cache_a_second_run_asks_again(shell: Shell, endpoint: Endpoint) -> None:
    shell("report", "in", *asking(endpoint), "--no-cache")
    shell("report", "in", *asking(endpoint), "--no-cache")
    assert len(endpoint.bodies) == 10


def test_a_dry_run_estimates_sends_nothing_and_needs_no_key(
    shell: Shell, endpoint: Endpoint
) -> None:
    ran = shell("report", "in", "--dry-run", "--base-url", endpoint.url)
    assert not endpoint.bodies
    assert ran.code == 0
    assert "in all, if no answer is kept: 5 calls" in ran.err
    assert "Nothing was sent." in ran.err
    assert not Path("report").exists()


@pytest.mark.parametrize("more", [(), ("--replay", "run.yaml")])
def test_a_dry_run_of_what_asks_no_model_tells_no_price(
    shell: Shell, more: tuple[str, ...]
) -> None:
    ran = shell("report", "in", "--dry-run", *more)
    assert ran.code == 0
    assert "asks no model: nothing is sent, and it is free" in ran.err
    assert "cost" not in ran.err


# --- recordings ----------------------------------------------------------------------------


def recorded(shell: Shell, endpoint: Endpoint) -> None:
    assert shell("report", "in", *asking(endpoint), "--record", "run.yaml", "-o", "live").code == 0


def test_two_replays_of_a_recording_give_the_same_bytes(shell: Shell, endpoint: Endpoint) -> None:
    recorded(shell, endpoint)
    for folder in ("one", "two"):
        ran = shell("report", "in", "--replay", "run.yaml", "-o", folder)
        assert ran.code == 0
        assert "5 calls to recorded answers" in ran.err
    for name in ("report.html", "report.md", "report.json"):
        first = Path("one", name).read_bytes()
        assert first == Path("two", name).read_bytes()
    assert len(endpoint.bodies) == 5


def test_a_replay_finds_what_the_recorded_run_found(shell: Shell, endpoint: Endpoint) -> None:
    recorded(shell, endpoint)
    shell("report", "in", "--replay", "run.yaml", "-o", "again")
    live, again = (json.loads(Path(f, "report.json").read_text()) for f in ("live", "again"))
    assert again["manifest"]["replayed"]
    assert again["manifest"]["created"] == live["manifest"]["created"]
    for report in (live, again):
        del report["manifest"]
    assert live == again


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such recording"),
        ("", "is not a recording"),
        ("a: [1", "is not a recording"),
        ("format: other/9\n", "is not a recording"),
    ],
)
def test_a_missing_or_foreign_recording_is_exit_6(
    shell: Shell, content: str | None, said: str
) -> None:
    if content is not None:
        Path("run.yaml").write_text(content)
    ran = shell("report", "in", "--replay", "run.yaml")
    assert ran.code == 6
    assert said in ran.err
    assert not Path("report").exists()


def test_a_recording_of_other_articles_is_exit_6_with_the_difference(
    shell: Shell, endpoint: Endpoint
) -> None:
    recorded(shell, endpoint)
    path = Path("in/post.md")
    path.write_text(path.read_text().replace("forty minutes", "fifty minutes"))
    ran = shell("report", "in", "--replay", "run.yaml")
    assert ran.code == 6
    assert "forty minutes" in ran.err
    assert "fifty minutes" in ran.err
    assert not Path("report").exists()


def test_record_and_replay_together_are_a_usage_error(shell: Shell) -> None:
    ran = shell("report", "in", "--record", "a.yaml", "--replay", "b.yaml")
    assert ran.code == 2
    assert "--record and --replay exclude each other" in ran.err


def test_a_recording_that_cannot_be_written_is_noticed_before_any_call(
    shell: Shell, endpoint: Endpoint
) -> None:
    Path("in/blocked").write_text("a file")
    for target in ("in", "in/blocked/run.yaml"):
        assert shell("report", "in", *asking(endpoint), "--record", target).code == 2
    assert not endpoint.bodies


# --- what cannot be used -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "nowhere"), "nowhere does not exist"),
        (("report", ""), "a path is empty"),
        (("report", "in", " "), "a path is empty"),
        (("report", "http://[", "nowhere", "ftp://x/y"), "nowhere does not exist; http://[: this"),
        (("report", "nowhere", "ftp://x/y"), "ftp://x/y: this address is not fetched: only http"),
        (("report", "in", "--max-calls", "9" * 5_000), "invalid int value"),
        (("report",), "Missing argument ARTICLES"),
        (("report", "in", "--bogus"), "No such option: --bogus"),
        (("--bogus",), "No such option: --bogus"),
        (("report", "--bogus"), "No such option: --bogus"),
        (("render", "--bogus"), "No such option: --bogus"),
        (("render",), "Missing argument REPORT"),
        (("report", "in", "--conf", "x.toml"), "No such option: --conf"),
        (("render", "a.json", "b.json"), "Unexpected argument b.json"),
        (("report", "in", "--format", "pdf"), "report.formats"),
        (("report", "in", "--format", ","), "report.formats"),
        (("report", "in", "--timeout", "soon"), "--timeout"),
        (("report", "in", "--timeout", "-1"), "model.timeout"),
        (("report", "in", "--concurrency", "0"), "model.concurrency"),
        (("report", "in", "--base-url", "localhost"), "model.base_url"),
        (("report", "in", "--config", "nowhere.toml"), "nowhere.toml: no such file"),
        (("report", "in", "-o", "-"), "-o - takes one format"),
        (("report", "hollow"), "hollow holds no articles"),
        (("unheard-of",), "No such command"),
        (("render", "--", "-nowhere.json"), "-nowhere.json"),
        (("digest", "--forget", "x", "--preview"), "--preview: not allowed with"),
        (("\x1b[31mfoo",), "No such command"),
    ],
)
def test_unusable_arguments_are_exit_2_with_a_plain_line(
    shell: Shell, arguments: tuple[str, ...], said: str
) -> None:
    Path("hollow").mkdir()
    keyed = ("--model", "m", "--base-url", "http://localhost:1/v1")
    extra = keyed if "in" not in arguments and arguments[0] == "report" else ()
    ran = shell(*arguments, *extra)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 4
    assert len(ran.err) < 1_000
    assert not {"╭", "│", "\x1b"} & set(ran.err)
    assert ran.out == ""


def test_a_bad_settings_file_is_exit_2_and_names_file_and_key(shell: Shell) -> None:
    Path("factcheck.toml").write_text("[model]\nretires = 2\n")
    ran = shell("report", "in")
    assert ran.code == 2
    assert "factcheck.toml: unknown key model.retires" in ran.err
    assert "Did you mean model.retries?" in ran.err


def test_only_empty_files_are_exit_3_with_the_reasons(shell: Shell, endpoint: Endpoint) -> None:
    Path("void").mkdir()
    Path("void/a.txt").write_text("")
    Path("void/b.txt").write_text(" \n")
    ran = shell("report", "void", *asking(endpoint))
    assert ran.code == 3
    assert "a.txt: empty" in ran.err
    assert not endpoint.bodies


def test_an_output_that_cannot_be_written_is_noticed_before_any_call(
    shell: Shell, endpoint: Endpoint
) -> None:
    Path("taken").write_text("a file")
    for target in ("taken", "taken/below"):
        ran = shell("report", "in", *asking(endpoint), "-o", target)
        assert ran.code == 2
        assert f"cannot write to {target}" in ran.err
    assert not endpoint.bodies
    assert Path("taken").read_text() == "a file"


@pytest.mark.parametrize("target", ["in", "in/report"])
def test_a_report_among_the_articles_is_refused_for_the_next_run_would_read_it(
    shell: Shell, endpoint: Endpoint, target: str
) -> None:
    ran = shell("report", "in", *asking(endpoint), "-o", target)
    assert ran.code == 2
    assert "the next run would read the report as an article" in ran.err
    assert not endpoint.bodies


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_without_rights_is_noticed_before_any_call(
    shell: Shell, endpoint: Endpoint
) -> None:
    Path("closed").mkdir(mode=0o500)
    assert shell("report", "in", *asking(endpoint), "-o", "closed/report").code == 2
    assert not endpoint.bodies


# --- a model that fails ----------------------------------------------------------------------


def test_a_model_without_a_key_is_exit_5_and_names_the_ways_to_go_on(shell: Shell) -> None:
    ran = shell("report", "in", "--engine", "model")
    assert ran.code == 5
    for way in ("OPENAI_API_KEY", "--model", "--base-url http://localhost:11434/v1", "--replay"):
        assert way in ran.err


def test_an_article_that_fails_is_exit_4_with_a_report_of_the_rest(
    shell: Shell, tmp_path: Path
) -> None:
    def broken(body: Body) -> Act:
        return fails(500) if "| Lowland Post |" in body["messages"][1]["content"] else serves(body)

    with serving(broken) as endpoint:
        ran = shell("report", "in", *asking(endpoint), *no_retries(tmp_path))
    assert ran.code == 4
    assert "left out: post.md (model failed: " in ran.err
    assert "The report is incomplete because calls failed" in ran.err
    assert "post.md" in Path("report/report.md").read_text()


def test_an_endpoint_that_is_down_is_exit_5_and_leaves_no_report(
    shell: Shell, tmp_path: Path
) -> None:
    with serving(serves) as endpoint:
        options = asking(endpoint)
    ran = shell("report", "in", *options, *no_retries(tmp_path))
    assert ran.code == 5
    assert "did not answer" in ran.err
    assert not Path("report").exists()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (fails(401, f"Incorrect API key provided: {KEY}"), "did not accept the key"),
        (fails(404, "The model `m` does not exist"), "does not know the model m"),
    ],
)
def test_a_hopeless_endpoint_is_not_asked_again_and_the_key_is_never_shown(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, act: Act, said: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving([act]) as endpoint:
        ran = shell("report", "in", *asking(endpoint), "--record", "run.yaml")
    assert ran.code == 5
    assert said in ran.err
    assert len(endpoint.bodies) <= 3  # once for each article, without retries
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"
    written = [path.read_text() for path in Path().rglob("*") if path.is_file()]
    assert not any(KEY in text for text in (ran.out, ran.err, *written))


def test_no_file_of_a_good_run_holds_the_key(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, endpoint: Endpoint
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    ran = shell("report", "in", *asking(endpoint), "--record", "run.yaml")
    written = [path.read_text() for path in Path().rglob("*") if path.is_file()]
    assert len(written) > 4
    assert not any(KEY in text for text in (ran.out, ran.err, *written))


# --- render and the rest ---------------------------------------------------------------------


@pytest.fixture
def report_json(shell: Shell, endpoint: Endpoint) -> Path:
    shell("report", "in", *asking(endpoint), "-o", "first")
    return Path("first/report.json")


def test_render_makes_the_other_formats_again_beside_the_report(
    shell: Shell, report_json: Path
) -> None:
    made = {name: Path("first", name).read_bytes() for name in ("report.html", "report.md")}
    for name in made:
        Path("first", name).unlink()
    ran = shell("render", report_json)
    assert (ran.code, ran.out.split()) == (0, ["first/report.html", "first/report.md"])
    assert {name: Path("first", name).read_bytes() for name in made} == made


def test_render_takes_a_format_and_an_output(shell: Shell, report_json: Path) -> None:
    ran = shell("render", report_json, "--format", "html", "-o", "second")
    assert ran.out.split() == ["second/report.html"]
    shown = shell("render", report_json, "--format", "json", "-o", "-")
    assert shown.out == report_json.read_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot read"),
        ("no json", "is not JSON"),
        ("[]", "is not a report"),
        ('{"schema": "factcheck.report/9"}', "by a later version (factcheck.report/9)"),
        ('{"schema": "factcheck.report/6"}', "is damaged at title"),
        ('{"schema": "factcheck.report/1"}', "written by an older version"),
    ],
)
def test_render_refuses_what_is_no_report_of_this_version(
    shell: Shell, content: str | None, said: str
) -> None:
    if content is not None:
        Path("report.json").write_text(content)
    ran = shell("render", "report.json")
    assert ran.code == 2
    assert said in ran.err
    assert not Path("report.html").exists()


@pytest.mark.parametrize("file", ["pipe", "/dev/zero"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("report", "in", "--config"), 2),
        (("report", "in", "--replay"), 6),
        (("render",), 2),
    ],
)
def test_a_file_that_is_a_pipe_or_never_ends_is_refused(
    shell: Shell, command: tuple[str, ...], code: int, file: str
) -> None:
    if file == "pipe":
        os.mkfifo(file)
    ran = shell(*command, file)
    assert (ran.code, "a pipe or a device" in ran.err) == (code, True)


def test_a_log_in_a_pipe_is_refused(shell: Shell) -> None:
    os.mkfifo("pipe")
    ran = shell("report", "in", "--engine", "reading", "--log-file", "pipe")
    assert (ran.code, "cannot write to pipe: a pipe" in ran.err) == (2, True)


def test_the_version_is_told(shell: Shell) -> None:
    assert shell("--version") == Ran(0, f"factcheck {__version__}\n", "")


def test_a_bug_is_one_line_and_exit_1(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError(f"with {KEY}\nin two lines")

    monkeypatch.setattr("factcheck.api.read_settings", broken)
    ran = shell("report", "in")
    assert ran.code == 1
    first, second = ran.err.splitlines()
    assert first.startswith("factcheck: internal error: ZeroDivisionError")
    assert "FACTCHECK_DEBUG=1" in second
    assert KEY not in ran.err
    monkeypatch.setenv("FACTCHECK_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["factcheck", "report", "in"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


# --- processes -------------------------------------------------------------------------------


def test_python_m_factcheck_is_the_command() -> None:
    process = start("--version")
    out, _ = process.communicate()
    assert (process.returncode, out.decode().strip()) == (0, f"factcheck {__version__}")


@pytest.fixture
def stuck() -> Iterator[tuple[Endpoint, Event]]:
    """An endpoint that does not compare before it is released."""
    released = Event()

    def reads(body: Body) -> Act:
        if "TASK: compare" in body["messages"][1]["content"]:
            released.wait(120)
        return serves(body)

    with serving(reads) as endpoint:
        yield endpoint, released
        released.set()


def interrupt(
    endpoint: Endpoint, *options: object, number: int = signal.SIGINT, times: int = 1
) -> tuple[str, str]:
    """What a run said that was interrupted while it compares."""
    process = start("report", "in", *asking(endpoint), *options)
    wait_for(lambda: len(endpoint.bodies) == 4)
    for _ in range(times):
        process.send_signal(number)
        time.sleep(0.01)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 128 + number
    assert b"Traceback" not in err
    return out.decode(), err.decode()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_recording_keeps_what_there_is_apart(
    stuck: tuple[Endpoint, Event], number: int
) -> None:
    _, err = interrupt(stuck[0], "--record", "run.yaml", number=number)
    assert "What was recorded is kept in run.yaml.partial" in err
    assert not Path("run.yaml").exists()
    assert "interactions" in Path("run.yaml.partial").read_text()


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_with_one_line_and_the_next_run_goes_on(
    shell: Shell, stuck: tuple[Endpoint, Event], number: int, times: int
) -> None:
    endpoint, released = stuck
    out, err = interrupt(endpoint, number=number, times=times)
    assert "factcheck: interrupted\nAnswers so far are kept in " in err
    assert out == ""
    assert not Path("report").exists()
    released.set()
    again = shell("report", "in", *asking(endpoint))
    assert again.code == 0
    assert "2 calls to the model, 3 answers from the cache" in again.err


def test_a_reader_of_stdout_that_leaves_is_no_error(report_json: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start("render", report_json, "--format", "md", "-o", "-", stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err


def test_a_reader_of_stderr_that_leaves_does_not_cost_the_report(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ("report", publish(tmp_path / "in"), *asking(endpoint), "-o", tmp_path / "out")
    process = start(*arguments, stderr=writing)
    os.close(writing)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.decode().splitlines()[0] == str(tmp_path / "out" / "report.html")
    assert (tmp_path / "out" / "report.html").exists()


def run_closed(closed: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command with some of its streams closed, as a shell is asked to."""
    words = shlex.join([sys.executable, "-m", "factcheck", *map(str, arguments)])
    command = ["/bin/sh", "-c", f"exec {words} {closed}"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)  # noqa: S603


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_cost_the_report(
    tmp_path: Path, endpoint: Endpoint, closed: str
) -> None:
    out = tmp_path / "out"
    ran = run_closed(closed, "report", publish(tmp_path / "in"), *asking(endpoint), "-o", out)
    assert ran.returncode == 0
    assert json.loads((out / "report.json").read_text())["claims"]
    assert (str(out / "report.html") in ran.stdout.decode()) == (closed == "2>&-")
    assert ("5 calls to the model" in ran.stderr.decode()) == (closed == ">&-")


@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-"])
def test_an_error_ends_as_it_should_where_nobody_can_be_told(tmp_path: Path, closed: str) -> None:
    ran = run_closed(closed, "report", tmp_path / "none", "--engine", "reading")
    assert ran.returncode == 2
    assert (ran.stdout, ran.stderr) == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize(("full", "code"), [(">/dev/full", 2), ("2>/dev/full", 0)])
def test_a_stream_that_takes_nothing_ends_with_one_of_our_codes(
    tmp_path: Path, full: str, code: int
) -> None:
    place = publish(tmp_path / "in")
    ran = run_closed(full, "report", place, "--engine", "reading", "-o", tmp_path / "out")
    assert ran.returncode == code
    assert b"Exception ignored" not in ran.stderr
    assert run_closed(full, "report", "--no-such").returncode == 2


@pytest.mark.parametrize("zone", [":/etc/passwd", "AAA+99:99:99"])
def test_a_time_zone_that_is_none_is_refused(tmp_path: Path, zone: str) -> None:
    ran = start("report", publish(tmp_path / "in"), "--engine", "reading", env={"TZ": zone})
    _, told = ran.communicate(timeout=60)
    assert ran.returncode == 2
    assert b"is no time zone" in told


def test_paths_that_lead_nowhere_end_in_a_line(shell: Shell, endpoint: Endpoint) -> None:
    Path("loop").symlink_to("loop")
    Path("nothing").symlink_to("nowhere")
    Path("taken/report.html").mkdir(parents=True)
    outs = ("loop", "nothing", "taken", "o" * 5_000, "/".join(["o" * 99] * 99))
    for options in (*(("-o", out) for out in outs), ("--record", ""), ("--record", "/")):
        ran = shell("report", "in", *asking(endpoint), *options)
        assert ran.code == 2
        assert max(map(len, ran.err.splitlines())) < 300
    Path("nul.toml").write_text('[report]\noutput = "a\\u0000"\n')
    ran = shell("report", "in", *asking(endpoint), "--config", "nul.toml")
    assert (ran.code, "no folder can have this name" in ran.err) == (2, True)
    assert endpoint.bodies == []  # nothing was paid for


def test_a_report_for_a_closed_stdout_is_refused_before_anything_is_paid_for(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    there = ("report", publish(tmp_path / "in"), *asking(endpoint))
    ran = run_closed(">&-", *there, "-o", "-", "--format", "md")
    assert ran.returncode == 2
    assert b"stdout is closed" in ran.stderr
    assert endpoint.bodies == []


def test_a_report_on_stdout_is_utf8_whatever_the_terminal_speaks(report_json: Path) -> None:
    arguments = ("render", report_json, "--format", "md", "--full", "-o", "-")
    process = start(*arguments, env={"PYTHONIOENCODING": "latin-1"})
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Zoë Brandt" in out.decode("utf-8")


def on_terminal(endpoint: Endpoint, tmp_path: Path) -> str:
    """What a run shows where stderr is a terminal."""
    ours, theirs = pty.openpty()
    arguments = ("report", publish(tmp_path / "in"), *asking(endpoint), "-o", tmp_path / "out")
    env = {"TERM": "xterm", "COLUMNS": "100"}
    process = start(*arguments, "-v", stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError as error:
        # How Linux tells that the other end of a terminal is closed.
        if error.errno != errno.EIO:
            raise
    os.close(ours)
    process.communicate(timeout=60)
    assert process.returncode == 0
    return shown.decode()


def test_progress_on_a_terminal_is_one_line_that_is_rewritten_and_gone_at_the_end(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    raw = on_terminal(endpoint, tmp_path)
    progress, _, summary = raw.rpartition("ordering the first page")
    rewritten = [re.sub(r"\x1b\[[\d;?]*\w", "", part) for part in progress.split("\r\x1b[2K")]
    shown = [part.strip() for part in rewritten if "reading articles" in part]
    assert any(re.fullmatch(r". reading articles: 0 of 3 0:00:\d\d", part) for part in shown)
    assert any(
        re.match(r". reading articles: 3 of 3 0:00:\d\d [\d,]+ tokens so far", part)
        for part in shown
    )
    assert "reading articles" not in summary
    assert summary.count("tokens so far") == 1  # the rest of the line itself
    assert "CONTESTED" in summary
    # What the log tells stands above the line: nothing else ends a line before the summary.
    lines = [line.rpartition("\r\x1b[2K")[2] for line in progress.split("\r\n")[:-1]]
    assert len(lines) == 5
    assert all(re.match(r"\d\d:\d\d:\d\d (extract|compare|edit)", line) for line in lines)


def test_what_is_told_beside_the_progress_stands_above_it_and_whole() -> None:
    terminal = io.StringIO()
    line = console.ProgressLine(terminal)
    line.show(Step("compare", 0, 1))
    line.write("half a ")
    line.show(Step("compare", 1, 1))
    line.write("line\n")
    line.end()
    erased = "\r\x1b[2K"
    shown = [part for part in terminal.getvalue().split(erased) if part]
    assert shown == [
        "- comparing the articles 0:00:00 ",
        "half a line\n",
        "- comparing the articles 0:00:00 ",
    ]
    assert terminal.getvalue().endswith(erased)


def test_the_line_is_rewritten_while_nothing_happens() -> None:
    terminal = io.StringIO()
    line = console.ProgressLine(terminal)
    try:
        line.show(Step("compare", 0, 1))
        wait_for(lambda: terminal.getvalue().count("comparing the articles") > 1)
    finally:
        line.end()


def test_a_terminal_that_cannot_rewrite_a_line_gets_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with console.progress() as show:
        show(Step("compare", 0, 1))
    assert capsys.readouterr().err == "comparing the articles: 1\n"


def test_options_may_stand_among_the_articles(shell: Shell, endpoint: Endpoint) -> None:
    first, *others = sorted(Path("in").iterdir())
    ran = shell("report", first, *asking(endpoint), "--format", "md", *others, "-o", "out")
    assert (ran.code, ran.out.split()) == (0, ["out/report.md"])
    assert "reading articles: 3 of 3" in ran.err


@pytest.mark.parametrize(
    ("tokens", "cost", "told"),
    [
        (0, None, ""),
        (12_345, None, "12,345 tokens so far"),
        (12_345, 0.001, "less than $0.01 so far"),
        (12_345, 0.126, "about $0.13 so far"),
    ],
)
def test_what_a_run_took_so_far_is_its_price_or_else_its_tokens(
    tokens: int, cost: float | None, told: str
) -> None:
    assert console.format_spent(Step("compare", 0, 1, tokens, cost)) == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Answers so far are kept in "),
        ({"cache": False}, "No answer is kept (--no-cache)"),
        ({"record": Path("run.yaml")}, "No recording; "),
        ({"replay": Path("run.yaml")}, "Nothing was sent and nothing is lost"),
    ],
)
def test_an_interrupted_run_says_what_is_kept(
    options: dict[str, Any], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run.yaml.partial").write_text("of an earlier run")
    kept = console.describe_kept(**{"record": None, "replay": None, "cache": True} | options)
    assert kept().startswith(told)
    assert (str(tmp_path / "cache") in kept()) == ({*options} <= {"record"})


SIGNALLED = """
import sys, time
from factcheck.cli.signals import ending_at_signals
with ending_at_signals():
    import odd_module
    time.sleep(20)
"""
IMPORTED = """
import os, signal
os.kill(os.getpid(), signal.SIGTERM)
os.kill(os.getpid(), signal.SIGINT)
print("whole")
"""


def test_a_signal_amid_an_import_counts_after_it_and_once(tmp_path: Path) -> None:
    (tmp_path / "odd_module.py").write_text(IMPORTED)
    path = os.pathsep.join([str(tmp_path), *sys.path])
    command = [sys.executable, "-c", SIGNALLED]
    ended = subprocess.run(  # noqa: S603 (our own program)
        command,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=15,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (143, b"whole\n")
    assert ended.stderr == b"factcheck: interrupted\nThe same command begins anew.\n"
