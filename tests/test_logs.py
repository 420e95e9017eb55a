"""The log: what it tells at which level, and what it never tells."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from factcheck import fact_check
from factcheck.cli.logs import SafeFormatter, logging_to
from factcheck.llm.endpoint import log_retry
from tests.endpoint import Act, Body, Endpoint, fails, says, serving
from tests.newsroom import ARTICLES, FELL, extracted, publish, serves, task
from tests.shell import Shell, asking

pytestmark = pytest.mark.processes

KEY = "plain-words-as-a-key"
WRONG = "A crane fell onto Harl Bridge and 87 boats."


class Troubled:
    """The newsroom's model at an endpoint that is busy once, and then knows no JSON schema.

    Its answers have a number that no article holds and a sentence that does not exist.
    """

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, body: Body) -> Act:
        self.asked += 1
        user = body["messages"][1]["content"]
        if self.asked == 1:
            return fails(503, f"busy with {KEY} and {FELL}", {"retry-after": "0"})
        if body.get("response_format", {}).get("type") == "json_schema":
            return fails(400, "response_format json_schema is not supported")
        if task(user) != "extract":
            return serves(body)
        reply = extracted(user)
        numbered = next(claim for claim in reply["claims"] if claim["t"] == FELL)
        reply["claims"] += [{**numbered, "t": WRONG}, {**numbered, "t": "Lost.", "s": [99]}]
        sent = "".join(message["content"] for message in body["messages"])
        return says(json.dumps(reply), usage=(len(sent) // 4, 50))


@pytest.fixture
def troubled(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """The options that lead to a troubled endpoint, one call at a time."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(Troubled()) as endpoint:
        yield ("--base-url", endpoint.url, "--model", "m", "--concurrency", "1")


def sentences() -> list[str]:
    """Every sentence of the articles, and what the model made of them."""
    return [WRONG, "Lost.", *(text for _, _, *body in ARTICLES.values() for text in body)]


def logged(text: str) -> list[str]:
    """The lines that the log wrote on stderr."""
    return re.findall(r"^\d\d:\d\d:\d\d (.+)$", text, re.MULTILINE)


def test_without_v_nothing_is_logged(shell: Shell, troubled: tuple[str, ...]) -> None:
    ran = shell("report", "in", *troubled)
    assert ran.code == 0
    assert not logged(ran.err)
    assert "503" not in ran.err


def test_v_tells_of_retries_formats_reasks_and_what_is_flagged_and_refused(
    shell: Shell, troubled: tuple[str, ...]
) -> None:
    lines = logged(shell("report", "in", "-v", *troubled).err)
    failed = re.compile(r"a call failed \(HTTP 503\): try 2 in [12]\.\d s")
    assert any(failed.fullmatch(line) for line in lines)
    assert "extract a1: the endpoint refused the answer format json_schema" in lines
    assert "extract a1: asked again, 2 problems in the answer" in lines
    # One claim with a number that is in no sentence, one with a sentence that is not there.
    assert "extract a1: 5 claims, 1 of them flagged; 1 items refused or passed over" in lines
    assert any(line.startswith("compare: ") for line in lines)
    assert any(line.startswith("edit: ordered by model") for line in lines)


def test_a_long_wait_is_told_without_v_and_once_for_calls_that_wait_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_to(0, None):
        for wait in (9.0, 21.0, 21.0, 40.0):
            log_retry(SimpleNamespace(outcome=None, attempt_number=1, upcoming_sleep=wait))  # type: ignore[arg-type]
        logging.getLogger("factcheck.pipeline").warning("left out")
    told = [line.split(" ", 1)[1] for line in capsys.readouterr().err.splitlines()]
    assert told == [f"a call failed (no answer): try 2 in {wait} s" for wait in (21.0, 40.0)]


def test_v_tells_of_answers_from_the_cache(shell: Shell, troubled: tuple[str, ...]) -> None:
    shell("report", "in", *troubled)
    lines = logged(shell("report", "in", "-v", *troubled).err)
    assert sum("an answer from the cache" in line for line in lines) >= 5


def test_words_of_articles_and_answers_are_logged_at_debug_only(
    shell: Shell, troubled: tuple[str, ...]
) -> None:
    ran = shell("report", "in", "-v", *troubled, "--log-file", "info.log", "--no-cache")
    told = "\n".join([*logged(ran.err), Path("info.log").read_text()])
    assert "HTTP 503" in told
    assert not [text for text in sentences() if text in told]
    ran = shell("report", "in", "-vv", *troubled, "--log-file", "debug.log", "--no-cache")
    for lines in ("\n".join(logged(ran.err)), Path("debug.log").read_text()):
        assert f'a1.c5 flagged: {WRONG} (the number "87" is not in the sentences cited)' in lines
        assert "refused: Lost. (not grounded: " in lines


def test_the_key_is_never_logged(shell: Shell, troubled: tuple[str, ...]) -> None:
    ran = shell("report", "in", "-vv", *troubled, "--log-file", "run.log")
    assert "the endpoint said: busy with *** and" in Path("run.log").read_text()
    assert KEY not in ran.err + Path("run.log").read_text()


def test_a_log_file_is_added_to_and_leaves_stderr_as_it_was(
    shell: Shell, troubled: tuple[str, ...]
) -> None:
    Path("run.log").write_text("from yesterday\n")
    ran = shell("report", "in", *troubled, "--log-file", "run.log")
    assert not logged(ran.err)
    first, *lines = Path("run.log").read_text().splitlines()
    assert first == "from yesterday"
    row = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} (INFO|WARNING) factcheck\.\w+\.\w+: .+"
    assert all(re.fullmatch(row, line) for line in lines)
    assert len(lines) > 5


def test_a_log_file_that_cannot_be_written_is_noticed_before_any_call(
    shell: Shell, endpoint: Endpoint
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--log-file", "in/courier.md/run.log")
    assert ran.code == 2
    assert "cannot write to in/courier.md/run.log" in ran.err
    assert not endpoint.bodies


def test_a_command_leaves_no_handler_and_no_level_behind(
    shell: Shell, troubled: tuple[str, ...]
) -> None:
    log = logging.getLogger("factcheck")
    before = (list(log.handlers), log.level)
    shell("report", "in", "-vv", *troubled, "--log-file", "run.log")
    shell("report", "nowhere", "-v", *troubled)
    assert (list(log.handlers), log.level) == before


def test_a_line_of_the_log_is_one_line_without_keys_and_control_characters() -> None:
    text = "title\x1b[2J\nfactcheck: all is well\u202e\x9b sk-orchard-0123456789"
    record = logging.LogRecord("factcheck", logging.INFO, "", 0, "left out: %s", (text,), None)
    line = SafeFormatter("%(message)s").format(record)
    assert line == r"left out: title\x1b[2J\nfactcheck: all is well\u202e\x9b ***"


def test_the_library_logs_nothing_by_itself() -> None:
    code = "import logging, factcheck; logging.getLogger('factcheck.llm.endpoint').warning('retry')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    assert (run.stdout, run.stderr) == ("", "")


def test_a_program_that_uses_the_library_gets_the_log_of_its_calls(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level(logging.DEBUG, "factcheck")
    with serving(Troubled()) as endpoint:
        fact_check(publish(tmp_path / "in"), model="m", base_url=endpoint.url)
    assert "factcheck.llm.endpoint" in {record.name for record in caplog.records}
    assert KEY not in caplog.text
