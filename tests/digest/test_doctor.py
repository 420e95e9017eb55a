"""The doctor finds what a run would meet, says how to fix it, and sends one small question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from factcheck.digest import doctor
from factcheck.digest.doctor import Check, examine
from factcheck.digest.store.database import open_locked
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.deliver.post import Office, serving_mail, talking
from tests.digest.paper import Paper, printing
from tests.digest.room import BASIC, MORNING, Room
from tests.digest.test_command import shell
from tests.digest.test_post import to
from tests.endpoint import Act, fails, says, serving
from tests.shell import Shell

__all__ = ["shell"]

NOBODY: Mapping[str, str] = MappingProxyType({})


@pytest.fixture
def paper() -> Iterator[Paper]:
    """A server with a feed of one article."""
    with printing() as running:
        running.publish("fire", "Orle Times", "Fire in the mill", time="2026-03-02T06:00:00Z")
        running.feed("fire", time="Mon, 02 Mar 2026 06:00:00 GMT")
        yield running


def checks(room: Room, environ: Mapping[str, str] = NOBODY, **flags: Any) -> dict[str, Check]:
    """What the doctor finds in a newsroom, by the first word of what it is about."""
    config = room.folder / "factcheck.toml"
    config.write_text(room.toml, encoding="utf-8")
    dotted = {name.replace("__", "."): value for name, value in flags.items()}
    settings = load_settings(config=config, environ=environ, flags=dotted)
    found = examine(settings, room.folder, environ, MORNING)
    assert all(one.fix for one in found if one.state != "fine")
    flags_of_others = r"(?<!factcheck digest )--\w"
    assert not any(re.search(flags_of_others, one.fix) for one in found)
    assert all(bool(one.exit_code) == (one.state == "fault") for one in found)
    return {one.about.partition(" ")[0]: one for one in found}


def test_nothing_is_made_or_sent_and_the_model_gets_one_question(room: Room, paper: Paper) -> None:
    room.inbox.mkdir()
    newsroom.publish(room.inbox)
    feed = f"{{ feed = '{paper.url('/feed.xml')}' }}"
    room.toml = BASIC.replace("[{", f"[{feed}, {{") + f"[fetch]\nprivate = ['{paper.host}']\n"
    with serving_mail(Office()) as office, serving([says('{"numbers": [2]}')]) as endpoint:
        to(room, office.port, "desk@example.org")
        found = checks(room, model__base_url=endpoint.url, model__name="m")
        assert {one.state for one in found.values()} == {"fine"}
        assert office.taken == []
        assert office.recipients() == []
    assert len(endpoint.bodies) == 1
    assert found["folder"].said == "3 files"
    assert found["feed"].said == "1 entry"
    assert "/fire.html" not in [path for path, _ in paper.asked]
    assert sorted(path.name for path in room.folder.iterdir()) == ["factcheck.toml", "inbox"]


@pytest.mark.parametrize(
    ("act", "state", "says_so"),
    [
        (fails(401, "bad key sk-SECRET-SECRET"), "fault", "key"),
        (fails(404, "no such model"), "fault", "m"),
        (fails(503), "fault", "503"),
        (says("I am a text"), "fault", "schema"),
        (says('{"numbers": [1, 3]}'), "note", "wrongly"),
    ],
)
def test_a_model_that_cannot_be_used_says_why(
    room: Room, act: Act, state: str, says_so: str
) -> None:
    with serving([act]) as endpoint:
        key = {"OPENAI_API_KEY": "sk-SECRET-SECRET"}
        found = checks(room, key, model__base_url=endpoint.url, model__name="m")["model"]
    assert (found.state, found.exit_code) == (state, 5 if state == "fault" else 0)
    assert says_so in found.said
    assert "sk-SECRET" not in found.said


def test_a_model_slower_than_the_check_waits_is_no_fault(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.3)
    with serving([replace(says('{"numbers": [2]}'), delay=1)]) as endpoint:
        model: dict[str, Any] = {"model__base_url": endpoint.url, "model__name": "m"}
        slow = checks(room, **model, model__timeout=600)["model"]
        cut = checks(room, **model, model__timeout=0.2)["model"]
    assert (slow.state, slow.exit_code) == ("note", 0)
    assert "600 seconds" in slow.fix
    assert cut.exit_code == 5


def test_a_model_without_schemas_is_usable_and_said_so(room: Room) -> None:
    def serve(body: dict[str, Any]) -> Act:
        form = body.get("response_format", {}).get("type", "text")
        bad = fails(400, "response_format json_schema is not supported")
        return bad if form == "json_schema" else says('{"numbers": [2]}')

    with serving(serve) as endpoint:
        found = checks(room, model__base_url=endpoint.url, model__name="m")["model"]
    assert found.state == "note"
    assert "as json_object" in found.said


def test_without_a_model_or_sources_there_is_a_note_and_no_fault(room: Room) -> None:
    room.toml = "[reading]\nports = []\n"
    found = checks(room)
    assert {name: one.state for name, one in found.items()} == {
        "times": "fine",
        "model": "note",
        "sources": "note",
    }


@pytest.mark.parametrize(
    ("source", "about", "says_so"),
    [
        ("{ folder = 'nowhere' }", "folder", "does not exist"),
        ("{ urls = 'nowhere.txt' }", "urls", ""),
        ("{ urls = ['ftp://x.example/'] }", "urls", "only http and https"),
        ("{ feed = 'http://127.0.0.1:1/feed.xml' }", "feed", "fetch.private"),
    ],
)
def test_a_source_that_brings_nothing_is_a_fault_beside_those_that_do(
    room: Room, source: str, about: str, says_so: str
) -> None:
    newsroom.publish(room.inbox)
    room.toml = f"[digest]\nsources = [{source}, {{ files = 'inbox/*' }}]\n"
    found = checks(room)
    assert (found[about].state, found["files"].state) == ("fault", "fine")
    assert says_so in found[about].said


def test_a_feed_that_is_no_feed_is_a_fault(room: Room, paper: Paper) -> None:
    paper.pages["/page.html"] = "<html><body>Not a feed.</body></html>"
    room.toml = (
        f"[digest]\nsources = [{{ feed = '{paper.url('/page.html')}' }}]\n"
        f"[fetch]\nprivate = ['{paper.host}']\n"
    )
    assert checks(room)["feed"].state == "fault"


def test_a_store_that_is_none_and_one_that_is_busy(room: Room) -> None:
    newsroom.publish(room.inbox)
    assert "first edition" in checks(room)["store"].said
    room.edition(MORNING)
    assert "the last edition is" in checks(room)["store"].said
    with open_locked("sqlite:///factcheck.db", room.folder):
        assert checks(room)["store"].state == "note"
    (room.folder / "factcheck.db").write_text("These are my notes. " * 400)
    broken = checks(room)["store"]
    assert (broken.state, broken.exit_code) == ("fault", 8)
    secret = checks(room, digest__store="postgresql://me:hush@127.0.0.1:1/none")["store"]
    assert secret.state == "fault"
    assert "hush" not in f"{secret.about} {secret.said} {secret.fix}"


def test_a_store_in_a_folder_of_its_own_is_not_made(room: Room) -> None:
    newsroom.publish(room.inbox)
    new = checks(room, digest__store="sqlite:///new/sub/x.db")["store"]
    assert "first edition" in new.said
    assert not (room.folder / "new").exists()
    (room.folder / "afile").write_text("in the way")
    blocked = checks(room, digest__store="sqlite:///afile/x.db")["store"]
    assert (blocked.state, blocked.exit_code) == ("fault", 2)


def test_pages_that_cannot_be_written_are_a_fault(room: Room) -> None:
    room.inbox.mkdir()
    (room.folder / "digest").write_text("in the way")
    assert checks(room)["pages"].exit_code == 2


def test_mail_is_tried_up_to_the_login(room: Room) -> None:
    room.inbox.mkdir()
    with talking({"EHLO": "250 AUTH PLAIN", "AUTH": "535 no"}) as port:
        to(room, port, "desk@example.org")
        room.toml += "user = 'me'\npassword_env = 'MAIL_WORD'\n"
        found = checks(room, {"MAIL_WORD": "hush"})["mail"]
        assert found.exit_code == 7
        assert "hush" not in found.said
    assert checks(room)["mail"].said == "the environment variable MAIL_WORD is not set"
    assert checks(to(room, 1, "desk@example.org"))["mail"].state == "fault"


@pytest.mark.parametrize(
    ("environ", "state"),
    [
        ({}, "fault"),
        ({"DESK_CHAT": "no-url SECRET"}, "fault"),
        ({"DESK_CHAT": "json://127.0.0.1:9/SECRET"}, "fine"),
    ],
)
def test_a_chat_url_is_read_and_never_shown(
    room: Room, environ: dict[str, str], state: str
) -> None:
    room.inbox.mkdir()
    room.toml = BASIC + "[delivery.chat]\nurls_env = ['DESK_CHAT']\n"
    found = checks(room, environ)["chat"]
    assert found.state == state
    assert "SECRET" not in f"{found.about} {found.said} {found.fix}"


def test_the_command_prints_what_to_fix_and_its_exit_code(shell: Shell, tmp_path: Path) -> None:
    fine = shell("doctor")
    assert fine.code == 0
    assert "note  model: none is set up" in fine.out
    assert fine.out.endswith("nothing to fix\n")
    (tmp_path / "digest").write_text("in the way")
    ran = shell("doctor")
    assert ran.code == 2
    assert "FAULT pages in digest" in ran.out
    assert ran.out.endswith("1 to fix\n")
    (tmp_path / "factcheck.toml").write_text("[digest]\nsourcs = 3\n")
    assert shell("doctor").code == 2
