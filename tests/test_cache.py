"""Answers on disk: found again, never half, never the wrong one."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.llm.cache import AnswerCache, Stored, answer_key, answers_folder

NOW = 1_900_000_000.0
KEY = "ab" + "0" * 62
ANSWER = Stored(content='{"n": 1}', finish_reason="stop", input_tokens=3, output_tokens=4)


def test_an_answer_is_found_again(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers")
    assert cache.get(KEY) is None
    assert cache.put(KEY, ANSWER)
    assert AnswerCache(tmp_path / "answers").get(KEY) == ANSWER
    assert cache.get("cd" + KEY[2:]) is None


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_kept(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    cache = AnswerCache(tmp_path_factory.getbasetemp() / "any")
    stored = Stored(content=text)
    assert cache.put(KEY, stored)
    assert cache.get(KEY) == stored


def test_one_small_file_an_answer_and_nothing_else_is_left(tmp_path: Path) -> None:
    AnswerCache(tmp_path).put(KEY, ANSWER)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [tmp_path / "ab" / f"{KEY}.json"]


@pytest.mark.parametrize(
    "broken", [b"", b"{", b'{"content": 1}', b"\xff\xfe", b"[]", b"[" * 99_999]
)
def test_a_broken_file_is_ignored_and_written_anew(tmp_path: Path, broken: bytes) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    (tmp_path / "ab" / f"{KEY}.json").write_bytes(broken)
    assert cache.get(KEY) is None
    cache.put(KEY, ANSWER)
    assert cache.get(KEY) == ANSWER


def kept(folder: Path, ages: dict[str, float], text: str = "") -> AnswerCache:
    """A cache with one answer for each key, so many days old."""
    cache = AnswerCache(folder)
    for key, days in ages.items():
        cache.put(key, Stored(content=text))
        when = NOW - days * 86_400
        os.utime(folder / key[:2] / f"{key}.json", (when, when))
    return cache


def test_old_answers_are_removed(tmp_path: Path) -> None:
    cache = kept(tmp_path, {"aa1": 91, "aa2": 89, "bb3": 400, "bb4": 0})
    assert cache.prune(days=90, now=NOW) == 2
    assert [key for key in ("aa1", "aa2", "bb3", "bb4") if cache.get(key)] == ["aa2", "bb4"]


def test_the_oldest_answers_go_where_they_are_too_large_together(tmp_path: Path) -> None:
    cache = kept(tmp_path, {"aa1": 3, "aa2": 1, "bb3": 2}, "x" * 1000)
    assert cache.prune(size=2500, now=NOW) == 1
    assert cache.get("aa1") is None
    assert cache.prune(size=0, now=NOW) == 2


def test_pruning_leaves_what_is_no_answer_and_takes_what_a_crash_left(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers")
    assert cache.prune() == 0
    cache.put(KEY, ANSWER)
    for name in ("answers/ab/tmp1.tmp", "answers/ab/note.txt", "answers/mine.json", "own.json"):
        (tmp_path / name).write_text("x")
    assert cache.prune(days=0, now=time.time() + 9) == 2
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"note.txt", "mine.json", "own.json"}


def test_a_folder_that_no_disk_takes_keeps_nothing_and_ends_nothing(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / ("a" * 300))
    assert not cache.put(KEY, ANSWER)
    assert cache.get(KEY) is None
    assert cache.prune() == 0


def test_without_a_home_the_cache_folder_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", home)
    for system in ("linux", "darwin", "win32"):
        with pytest.raises(UsageError) as caught:
            answers_folder({}, system)
        assert "FACTCHECK_CACHE_DIR" in caught.value.hint
    assert answers_folder({"FACTCHECK_CACHE_DIR": "x"}) == Path("x/answers")


def test_an_answer_is_forgotten(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    cache.drop(KEY)
    cache.drop(KEY)
    assert cache.get(KEY) is None


def test_a_folder_that_cannot_be_made_is_told_not_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = AnswerCache(tmp_path / "file")
    assert not cache.put(KEY, ANSWER)
    assert cache.get(KEY) is None


def test_the_key_tells_requests_and_endpoints_apart_but_not_credentials_or_order() -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "é"}]}
    key = answer_key("https://a.example/v1", body)
    assert len(key) == 64
    assert key == answer_key("https://me:pw@a.example/v1/", dict(reversed(body.items())))
    assert key != answer_key("https://b.example/v1", body)
    assert key != answer_key("https://a.example/v1", body | {"seed": 1})


def test_the_folder_can_be_chosen(tmp_path: Path) -> None:
    assert answers_folder({"FACTCHECK_CACHE_DIR": str(tmp_path)}) == tmp_path / "answers"
    assert answers_folder({}).parts[-2:] == ("factcheck", "answers")


@pytest.mark.parametrize(
    ("environ", "system", "folder"),
    [
        ({}, "linux", ".cache/factcheck"),
        ({"XDG_CACHE_HOME": "relative"}, "linux", ".cache/factcheck"),
        ({"XDG_CACHE_HOME": "/keep/c"}, "linux", "/keep/c/factcheck"),
        ({}, "darwin", "Library/Caches/factcheck"),
        ({}, "win32", "AppData/Local/factcheck/factcheck/Cache"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/factcheck/factcheck/Cache"),
    ],
)
def test_answers_stand_where_the_system_keeps_caches(
    environ: dict[str, str], system: str, folder: str
) -> None:
    assert answers_folder(environ, system) == Path.home() / folder / "answers"


def test_a_pipe_in_the_place_of_an_answer_is_as_good_as_none(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    path = tmp_path / "ab" / f"{KEY}.json"
    path.unlink()
    os.mkfifo(path)
    assert cache.get(KEY) is None
    assert cache.put(KEY, ANSWER)
    assert cache.get(KEY) == ANSWER
