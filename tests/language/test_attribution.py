"""Rules of attribution: who says what in a sentence, found by its cues."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.attribution import saying

TABLE = Path(__file__).with_name("attributions.tsv").read_text(encoding="utf-8")
ROWS = [row for row in TABLE.splitlines() if not row.startswith("#")]


def read(text: str) -> list[tuple[str, str, str, str]]:
    return [(s.source, s.cue, s.kind, text[s.start : s.end]) for s in saying(text)]


@pytest.mark.parametrize("row", ROWS)
def test_source_cue_and_content_are_found(row: str) -> None:
    text, source, cue, kind, content = row.split("\t")
    [(*found, found_content)] = read(text)
    assert found == [source, cue, kind]
    assert content in ("", found_content)


def test_a_relay_names_the_carrier_and_the_one_it_quotes() -> None:
    found = read("The Orle Post quoted the ministry as saying that the ferry sank.")
    assert [(source, kind) for source, _, kind, _ in found] == [
        ("The Orle Post", "relay"),
        ("the ministry", "relay"),
    ]
    assert all("the ferry sank" in content for *_, content in found)


def test_a_colon_hands_the_content_to_the_next_sentence() -> None:
    assert read("Roth said:") == [("Roth", "said", "indirect", "")]


def test_the_owner_of_a_claim_does_not_speak_behind_it() -> None:
    found = read("Roth rejected Brane's claim that it sank, saying it floats.")
    assert [source for source, *_ in found] == ["Roth", "Brane's", "Roth"]


def test_a_quotation_that_goes_on_behind_its_source_is_one_content() -> None:
    [(source, _, _, content)] = read("“It sank,” Roth said, “and nobody came.”")
    assert source == "Roth"
    assert content.startswith("“It sank")
    assert content.endswith("nobody came.”")


def test_a_participle_belongs_to_the_source_before_it() -> None:
    found = read("Roth said the ferry sank, adding that nobody came.")
    assert [(source, cue) for source, cue, *_ in found] == [("Roth", "said"), ("Roth", "adding")]


def test_a_second_predicate_belongs_to_the_source_of_the_first() -> None:
    found = read("Roth accused Brane on Monday of trying to sink it and vowed to sue.")
    assert [(source, cue) for source, cue, *_ in found] == [("Roth", "accused"), ("Roth", "vowed")]


def test_a_quotation_without_a_cue_has_no_source() -> None:
    assert read("“It sank within ten minutes of leaving.”") == [
        ("", "", "direct", "“It sank within ten minutes of leaving.”")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ORLE — Built in haste, the ferry sank, declaring an end to it.",
    ],
)
def test_places_times_and_verbs_do_not_speak(text: str) -> None:
    assert not {source for source, *_ in read(text)} & {
        "ORLE",
    }


def test_an_infinitive_leaves_open_whose_word_it_is() -> None:
    assert [(source, cue, kind) for source, cue, kind, _ in read("They met to urge a ban.")] == [
        ("", "urge", "attitude")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank on Monday.",
        "The United States sent two ships.",
        "The claim cost him his seat.",
        "The alleged thief fled.",
        "Two points were lost.",
        "Two boats that attacked the pier sank.",
        "The ferry ran according to schedule.",
        "If confirmed, it would be the first loss.",
        "What the ministry says",
    ],
)
def test_a_plain_statement_is_nobody_s_word(text: str) -> None:
    assert saying(text) == ()


@given(st.text(max_size=80))
def test_any_text_can_be_read_and_places_fit(text: str) -> None:
    for said in saying(text):
        assert 0 <= said.start <= said.end <= len(text)
        if said.source:
            assert text[said.source_at :].startswith(said.source)
        if said.cue:
            assert text[said.cue_at :].startswith(said.cue)


@given(
    st.lists(st.sampled_from(["Roth", ",", "said", "“", "”", "that", "it", "the", "."]), max_size=9)
)
def test_no_order_of_cues_and_marks_breaks_it(tokens: list[str]) -> None:
    text = " ".join(tokens)
    assert all(said.start <= said.end for said in saying(text))
