"""The commands of the digest: lines for people, exit codes for schedulers."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from factcheck.digest.store.database import connect, lock
from tests import newsroom
from tests.databases import database
from tests.digest.room import EVENING, MORNING, Room
from tests.endpoint import Endpoint
from tests.shell import Shell, start, wait_for

pytestmark = pytest.mark.processes

TOML = """
[digest]
sources = [{ folder = "inbox" }]
[reading]
ports = []
[schedule]
times = ["07:00", "17:00"]
timezone = "Europe/Oslo"
"""


@pytest.fixture
def shell(shell: Shell, tmp_path: Path) -> Shell:
    """The command in a newsroom with articles."""
    (tmp_path / "factcheck.toml").write_text(TOML, encoding="utf-8")
    newsroom.publish(tmp_path / "inbox")
    return shell


def test_an_edition_names_its_page_on_stdout_and_says_the_rest_on_stderr(shell: Shell) -> None:
    ran = shell("digest", "--at", "2026-03-02T08:15")
    assert ran.code == 0
    assert ran.out.rstrip().endswith("digest/index.html")
    assert "edition 2026-03-02T0700: 1 new story" in ran.err
    assert "No fact-check was made" in ran.err
    again = shell("digest", "--at", "2026-03-02T09:00+01:00")
    assert again.code == 0
    assert "made already; --extra makes another one now" in again.err


def test_an_edition_that_cannot_be_read_is_one_line_and_exit_code_8(
    shell: Shell, tmp_path: Path
) -> None:
    assert shell("digest", "--at", "2026-03-02T08:15").code == 0
    Room(tmp_path).change("UPDATE editions SET body = '{'")
    ran = shell("digest", "--at", "2026-03-02T18:15")
    assert ran.code == 8
    assert "edition 2026-03-02T0700 in the store is damaged: it is not JSON" in ran.err
    assert "internal error" not in ran.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("digest", "--at", "soon"), 2, "not a moment"),
        (("digest", "--since", "Friday"), 2, "--since Friday: not a moment"),
        (("digest", "--since", "2126-11-20"), 2, "--since 2126-11-20: lies in the future"),
        (("digest", "--since", "2026-03-03", "--at", "2026-03-02"), 2, "lies in the future"),
        (("digest", "--init", "--import", "feeds.opml"), 2, "--import: not allowed with"),
        (("digest", "--import", "feeds.opml", "--preview"), 2, "--preview: not allowed with"),
        (("digest", "--resend", "--preview"), 2, "--preview: not allowed with"),
        (("digest", "--extra", "--since", "2026-03-01"), 2, "--since: not allowed with"),
        (("digest", "inbox"), 2, "inbox: a folder is named beside --init only"),
        (("digest", "--config", "other.toml"), 2, "no such file"),
        (("digest", "--init"), 2, "exists already"),
        (("schedule", "--print", "anacron"), 2, "anacron"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    shell: Shell, words: tuple[str, ...], code: int, says: str
) -> None:
    ran = shell(*words)
    assert ran.code == code
    assert says in ran.err


def test_no_article_is_exit_code_3_and_leaves_no_page(shell: Shell, tmp_path: Path) -> None:
    for path in (tmp_path / "inbox").iterdir():
        path.unlink()
    assert shell("digest").code == 3
    assert not (tmp_path / "digest").exists()


def test_a_store_that_cannot_be_reached_is_exit_code_8_without_its_password(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_STORE", "postgresql://me:hush@127.0.0.1:1/none")
    ran = shell("digest")
    assert ran.code == 8
    assert "cannot be opened" in ran.err
    assert "hush" not in ran.err


def test_a_second_run_at_once_is_exit_code_9_before_it_touches_the_store(
    shell: Shell, tmp_path: Path
) -> None:
    with lock(connect("sqlite:///factcheck.db", tmp_path), tmp_path):
        ran = shell("digest")
    assert ran.code == 9
    assert "another run" in ran.err
    assert not (tmp_path / "factcheck.db").exists()


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("systemd", ["Persistent=true", "OnCalendar=*-*-* 07:00:00 Europe/Oslo"]),
        ("cron", ["CRON_TZ=Europe/Oslo", "0 17 * * *"]),
        ("github", ['timezone: "Europe/Oslo"', "OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}"]),
    ],
)
def test_units_are_printed_ready_for_this_folder(
    shell: Shell, tmp_path: Path, kind: str, holds: list[str]
) -> None:
    ran = shell("schedule", "--print", kind)
    assert ran.code == 0
    assert all(line in ran.out for line in holds)
    assert (str(tmp_path) in ran.out) is (kind != "github")


def test_units_are_printed_for_a_user_without_a_name(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getuser() -> str:
        raise KeyError("getpwuid(): uid not found: 54321")

    monkeypatch.setattr("getpass.getuser", getuser)
    assert f"User={os.getuid()}" in shell("schedule", "--print", "systemd").out


@pytest.mark.parametrize("command", [("digest",), ("doctor",), ("schedule", "--print", "cron")])
def test_a_folder_that_is_gone_is_a_line(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    ran = shell(*command)
    assert (ran.code, ran.err.splitlines()[0]) == (2, "factcheck: the current folder is gone")


@pytest.mark.parametrize("file", ["pipe", "/dev/zero"])
def test_a_list_that_is_a_pipe_or_never_ends_is_refused(shell: Shell, file: str) -> None:
    if file == "pipe":
        os.mkfifo(file)
    ran = shell("digest", "--import", file)
    assert (ran.code, "a pipe or a device" in ran.err) == (2, True)
    Path("factcheck.toml").write_text(TOML.replace('folder = "inbox"', f'urls = "{file}"'))
    ran = shell("digest")
    assert ran.code == 3
    assert "the list cannot be read: a pipe or a device, and no file" in ran.err
    assert "a pipe or a device" in shell("doctor").out


def test_a_list_whose_name_no_file_can_have_is_told(shell: Shell) -> None:
    Path("factcheck.toml").write_text(TOML.replace('folder = "inbox"', r'urls = "a\u0000"'))
    assert "the list cannot be read: no file can have this name" in shell("digest").err


@pytest.mark.parametrize("inbox", ["a\nb", "a\\b", 'a"b', "\x1b[31m\x7f", "#{{ 7 }}"])
def test_a_new_settings_file_finds_the_folder_it_was_made_for(shell: Shell, inbox: str) -> None:
    config = ("--config", "new/factcheck.toml")
    assert shell("digest", "--init", inbox, *config).code == 0
    newsroom.publish(Path("new", inbox))
    assert "3 new articles" in shell("digest", *config).err


def test_the_schedule_makes_the_edition_of_now_and_ends_cleanly(
    shell: Shell, tmp_path: Path
) -> None:
    shell("digest", "--init")  # exists: nothing happens to it
    process = start("schedule")
    page = tmp_path / "digest" / "index.html"
    beat = tmp_path / ".factcheck-heartbeat.json"
    wait_for(lambda: page.exists() and beat.exists() and '"waiting"' in beat.read_text("utf-8"))
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert page.exists()
    assert '"stopped"' in beat.read_text("utf-8")
    assert b"edition made" in said


def test_two_editions_on_postgresql(room: Room, endpoint: Endpoint) -> None:
    with database("postgres") as url:
        newsroom.publish(room.inbox, "courier.md", "tide.md")
        first = room.edition(MORNING, digest__store=url)
        newsroom.publish(room.inbox, "post.md")
        asked = len(endpoint.bodies)
        second = room.edition(EVENING, digest__store=url)
        again = room.edition(EVENING, digest__store=url)
    assert first.made
    assert second.edition is not None
    assert second.edition.leads[0].kind == "disputed"
    assert len(endpoint.bodies) - asked == 3  # the new article, one comparison, one first page
    assert not again.made
