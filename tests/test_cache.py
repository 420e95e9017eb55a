"""Answers on disk: found again, never half, never the wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.llm.cache import AnswerCache, Stored, answer_key, answers_folder

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


@pytest.mark.parametrize("broken", [b"", b"{", b'{"content": 1}', b"\xff\xfe", b"[]"])
def test_a_broken_file_is_ignored_and_written_anew(tmp_path: Path, broken: bytes) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, ANSWER)
    (tmp_path / "ab" / f"{KEY}.json").write_bytes(broken)
    assert cache.get(KEY) is None
    cache.put(KEY, ANSWER)
    assert cache.get(KEY) == ANSWER


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
