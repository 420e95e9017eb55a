"""No foreign text drives a terminal, turns the direction of a page, or breaks a file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from factcheck.articles import read_articles
from factcheck.articles.decode import scrub
from factcheck.cli import console
from factcheck.cli.app import complain
from factcheck.language.copies import find_shared_quote
from factcheck.language.visible import (
    MOST_MARKS,
    UNSAFE,
    clean_line,
    clean_name,
    clean_text,
    normalize_text,
)
from factcheck.language.words import fold, words
from factcheck.llm.parsing import read_answer
from factcheck.llm.provider_errors import Fault, to_error
from factcheck.report import render
from factcheck.report.markup import code_span, environment, escape_markdown
from factcheck.settings.model import ModelSettings
from factcheck.sidebyside import read_side_by_side
from tests.test_boundary import STORY

NOW = datetime(2026, 3, 3, tzinfo=UTC)
EVIL = "a\x1b[31mb\u202ec\u2066d\x9be\x00f\ud800g\U000e0041h"
CLEAN = "a[31mbcdefgh"


class Said(BaseModel):
    """An answer of a model."""

    text: str
    rows: list[str]


def test_unsafe_characters_are_left_out_and_words_stay() -> None:
    assert clean_text(f"{EVIL}\n{EVIL}") == f"{CLEAN}\n{CLEAN}"
    assert clean_line(f"{EVIL}\n{EVIL}") == f"{CLEAN} {CLEAN}"
    persian = "می\u200cروم \u200f(م)\u200e"
    assert clean_text(persian) == persian


def test_two_names_of_files_stay_two() -> None:
    names = ["a.txt", "a\x1b.txt", "a\u202e.txt", "a\n.txt", "a\udcff.txt", "a\\xff.txt"]
    cleaned = [clean_name(name) for name in names]
    assert not any(UNSAFE.search(name) or "\n" in name for name in cleaned)
    assert len({*cleaned[:5]}) == 5


def test_what_a_model_says_is_cleaned_however_it_is_written() -> None:
    raw = '{"text": "a\\u001b[31mb\\u202ec", "rows": ["a\u202eb", "\\ud800x"]}'
    value = read_answer(raw, Said, lambda _: []).value
    assert value == Said(text="a[31mbc", rows=["ab", "x"])


def test_what_an_endpoint_says_is_cleaned() -> None:
    fault = Fault(400, f"{EVIL}\n{EVIL}")
    error = to_error(fault, ModelSettings(name="m"))
    assert f"{CLEAN} {CLEAN}" in error.message
    assert UNSAFE.search(error.message) is None


@pytest.mark.parametrize("pair", ["\u0301\u0316", "\uff9e\u0316", "\u0f73\u0301"])
def test_marks_in_a_row_are_cut_before_they_are_sorted(
    monkeypatch: pytest.MonkeyPatch, pair: str
) -> None:
    sorted_: list[str] = []

    def normalize(_: str, text: str) -> str:
        sorted_.append(text)
        return text

    monkeypatch.setattr("unicodedata.normalize", normalize)
    text = f"…e{pair * 1_000} „e{pair * 1_000}“"
    for read in (scrub, fold, words, lambda text: find_shared_quote(text, text, 6)):
        read(text)
    assert {text.count(pair[0]) for text in sorted_} <= {MOST_MARKS // 2, MOST_MARKS}
    assert len(sorted_) >= 4


def test_marks_of_a_script_and_runs_of_other_signs_stay() -> None:
    text = "e" + "\u0316" * MOST_MARKS + "•" * 99 + "ก\u0e49" * 99
    assert normalize_text("NFC", text) == text


def test_what_is_told_on_the_terminal_is_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    console.tell(EVIL)
    complain(EVIL, EVIL)
    assert capsys.readouterr().err == f"{CLEAN}\nfactcheck: {CLEAN}\n{CLEAN}\n"


def test_what_stands_in_pages_and_markdown_is_cleaned() -> None:
    assert environment().from_string("{{ text }}").render(text=EVIL) == CLEAN
    assert "\x1b" not in escape_markdown(EVIL)
    assert code_span(EVIL) == f"`{CLEAN}`"


@pytest.mark.parametrize("name", [b"a\xff.txt", b"a\x1b[31m.txt", "a\u202e.txt".encode()])
def test_a_file_with_an_odd_name_is_read_and_shown(tmp_path: Path, name: bytes) -> None:
    try:
        with open(os.fsencode(tmp_path) + b"/" + name, "w") as file:  # noqa: PTH123 (bytes)
            file.write(STORY)
    except OSError:
        pytest.skip("the file system takes no such name")
    kept, left = read_articles([tmp_path])
    assert (len(kept), left) == (1, ())
    reading = read_side_by_side(kept, created=NOW)
    for form in ("html", "md", "json"):
        text = render(reading, form)
        assert text.encode()
        assert UNSAFE.search(text) is None
