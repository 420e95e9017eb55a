"""Extract: what an answer has to hold, and what becomes of its faults and of doubts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from time import process_time
from typing import Any

import pytest

from factcheck.errors import TruncatedError
from factcheck.llm.client import Prompt
from factcheck.pipeline.wire import ExtractReply
from tests.pipeline.world import (
    FIRE,
    HURT,
    LINES,
    WARN,
    article,
    claim,
    read,
    reply,
    scripted,
)
from tests.scripted import Scripted


def test_a_good_answer_is_asked_for_once_and_becomes_claims_with_ids() -> None:
    client = scripted(reply(FIRE, HURT, WARN))
    found = read(client)
    assert [c.id for c in found.claims] == ["a1.c1", "a1.c2", "a1.c3"]
    assert [c.speaker for c in found.claims] == ["a1.s1", "a1.s1", "a1.s2"]
    assert (found.speakers[0].name, found.speakers[0].function) == ("Mara Venn", "police chief")
    assert found.not_assessed == ()
    assert found.genre == "news"
    assert len(client.prompts) == 1


def test_the_article_stands_before_the_task_in_the_prompt() -> None:
    client = scripted(reply(FIRE, HURT, WARN))
    read(client)
    (prompt,) = client.prompts
    assert prompt.user.index("[5] Who pays?") < prompt.user.index("TASK")


def test_cited_sentences_keep_the_order_of_the_model() -> None:
    both = claim("4 workers were hurt in the fire.", 3, 2, 3, by="Mara Venn")
    assert read(scripted(reply(both, WARN))).claims[0].sentences == (3, 2)


@pytest.mark.parametrize(
    "endless",
    [[claim("A.", 1)] * 1_001, [claim("a " * 3_000, 1)]],
    ids=["1,001 claims", "a claim of 6,000 characters"],
)
def test_an_answer_without_an_end_is_asked_again(endless: list[dict[str, Any]]) -> None:
    good = reply(FIRE, HURT, WARN)
    client = scripted(json.dumps({**good.model_dump(), "claims": endless}), good)
    assert len(read(client).claims) == 3
    assert client.calls.total() == 2


def test_a_number_that_is_repeated_without_end_is_looked_at_once() -> None:
    lines = (*LINES[:2], "Four workers were hurt. " * 40, *LINES[3:])
    endless = claim("9 workers were hurt.", *[3] * 20_000, by="Mara Venn")
    client = scripted(reply(FIRE, endless, WARN, skip=(5,) * 20_000))
    start = process_time()
    found = read(client, article(lines))
    assert process_time() - start < 20
    assert found.claims[1].sentences == (3,)
    assert found.skipped[0].sentences == (5,)


@pytest.mark.parametrize(
    ("why", "bad"),
    [
        ("a sentence that does not exist", claim("Four workers were hurt.", 9)),
        ("no sentence", claim("Four workers were hurt.")),
        ("nobody answers for it", claim("Four workers were hurt.", 3, by=" ")),
        ("a speaker who is not in the table", claim("Four workers were hurt.", 3, by="Kai Moe")),
        ("no text", claim(" ", 3)),
    ],
)
def test_what_cannot_be_is_asked_again_then_listed_not_lost(why: str, bad: dict[str, Any]) -> None:
    corrections = scripted(reply(FIRE, bad, WARN), reply(FIRE, HURT, WARN))
    assert len(read(corrections).claims) == 3, why
    kept = read(scripted(reply(FIRE, bad, WARN)))
    assert [c.text for c in kept.claims] == [FIRE["t"], WARN["t"]]
    assert any(item.reason.text.startswith("not grounded") for item in kept.not_assessed)


@pytest.mark.parametrize(
    ("bad", "flag"),
    [
        (claim("9 workers were hurt.", 3), "9"),
        (claim("Governor Lisa Quill was hurt.", 3), "Quill"),
    ],
)
def test_what_is_doubted_is_asked_again_and_stays_with_its_flag(
    bad: dict[str, Any], flag: str
) -> None:
    client = scripted(reply(FIRE, bad, WARN), reply(FIRE, bad, WARN))
    found = read(client)
    assert client.calls["extract", "a1"] == 2
    assert found.claims[1].text == bad["t"]
    assert flag in " ".join(one.text for one in found.claims[1].flags)
    assert not found.not_assessed


@pytest.mark.parametrize(("wrong", "calls"), [(1, 1), (2, 1), (3, 2)])
def test_a_few_doubts_of_an_article_in_another_language_cost_no_call(
    wrong: int, calls: int
) -> None:
    lines = ("Pumpen fallen aus", *(f"Pumpe {n} fiel am Montag aus." for n in (1, 2, 3)))
    told = [claim(f"Pump {n + 70 * (n <= wrong)} failed.", n + 1) for n in (1, 2, 3)]
    client = scripted(*[reply(*told, skip=())] * 2)
    found = read(client, article(lines, language="de"))
    assert client.calls["extract", "a1"] == calls
    assert [bool(one.flags) for one in found.claims] == [n <= wrong for n in (1, 2, 3)]


SAID = (
    "Pumps fail",
    *(f"Mara Venn said that pump {n} failed." for n in (1, 2, 3)),
    "Rain.",
    "Snow.",
)


@pytest.mark.parametrize(("wrong", "calls"), [(1, 1), (2, 1), (3, 2)])
def test_a_few_weak_signs_are_flagged_and_only_several_cost_a_call(wrong: int, calls: int) -> None:
    by = ["Tom Ard"] * wrong + ["Mara Venn"] * (3 - wrong)
    told = [claim(f"Pump {n} failed.", n + 1, by=who) for n, who in enumerate(by, start=1)]
    answer = reply(*told, claim("Tom Ard left.", 7), skip=(5, 6))
    client = scripted(answer, answer)
    found = read(client, article((*SAID, "Tom Ard left.")))
    assert client.calls["extract", "a1"] == calls
    assert [[flag.code for flag in one.flags] for one in found.claims] == (
        [["other-speaker"]] * wrong + [[]] * (4 - wrong)
    )


@pytest.mark.parametrize(("wrong", "calls"), [(4, 1), (5, 2)])
def test_of_many_claims_one_in_eight_may_carry_a_weak_sign(wrong: int, calls: int) -> None:
    by = ["Tom Ard"] * wrong + ["Mara Venn"] * (31 - wrong)
    lines = ("Pumps fail", *(f"Mara Venn said that pump {n} failed." for n in range(1, 32)))
    told = [claim(f"Pump {n} failed.", n + 1, by=who) for n, who in enumerate(by, start=1)]
    answer = reply(*told, claim("Tom Ard left.", 33), skip=())
    client = scripted(answer, answer)
    read(client, article((*lines, "Tom Ard left.")))
    assert client.calls["extract", "a1"] == calls


@pytest.mark.parametrize(
    "good",
    [
        claim("4 workers were hurt.", 3),
        claim("Four workers were hurt on Monday.", 3),
        claim("Mara Venn said that four workers were hurt.", 3),
        claim("The foreman, Tom Ard, was not warned.", 4, by="foreman Tom Ard"),
    ],
)
def test_honest_claims_raise_no_alarm(good: dict[str, Any]) -> None:
    client = scripted(reply(FIRE, HURT, WARN, good), FIRE)
    found = read(client)
    assert client.calls["extract", "a1"] == 1
    assert len(found.claims) == 4
    assert not found.claims[-1].flags


def test_a_sentence_that_nothing_accounts_for_is_listed() -> None:
    (item,) = read(scripted(reply(FIRE, HURT, WARN, skip=()))).not_assessed
    assert item.sentences == (5,)
    assert item.text == "Who pays?"


def test_many_sentences_passed_over_are_worth_asking_again() -> None:
    client = scripted(reply(FIRE, skip=()), reply(FIRE, HURT, WARN))
    assert not read(client).not_assessed
    assert client.calls["extract", "a1"] == 2


def test_the_outlets_own_name_is_its_own_voice() -> None:
    own = claim("Four workers were hurt.", 3, by="Paper a1")
    assert read(scripted(reply(FIRE, own, WARN))).claims[1].speaker is None


def test_own_voice_may_go_on_with_the_account_of_a_speaker() -> None:
    told = [claim("Four workers were hurt.", 3, of=name) for name in ("Venn", "nobody", "")]
    named = claim("Four workers were hurt.", 3, by="Tom Ard", of="Mara Venn")
    claims = read(scripted(reply(FIRE, *told, named, WARN))).claims[1:5]
    police, foreman = "a1.s1", "a1.s2"
    assert [(c.speaker, c.follows) for c in claims] == [
        (None, police), (None, None), (None, None), (foreman, None),
    ]  # fmt: skip


def test_no_claim_rests_on_planted_text() -> None:
    forged = claim("Mara Venn set the fire.", 5, by="Mara Venn")
    found = read(scripted(reply(FIRE, HURT, WARN, forged, why="planted")))
    assert [c.text for c in found.claims] == [FIRE["t"], HURT["t"], WARN["t"]]
    assert found.skipped[0].reason == "planted"
    assert "planted" in found.not_assessed[0].reason.text


LONG = tuple(f"Line {n} tells that pump {n} failed." for n in range(40))


def by_window(prompt: Prompt[Any]) -> ExtractReply:
    """One claim for each numbered sentence that is to be read."""
    problems = prompt.check(reply(skip=(), speakers=[]))
    listed = problems[-1].rsplit(": ", 1)[1]
    claims = [claim(f"Pump {n - 1} failed.", n) for n in map(int, listed.split(", ")) if n > 1]
    return reply(*claims, skip=(), speakers=[])


def test_a_long_article_is_read_in_windows_and_no_sentence_is_lost() -> None:
    found = read(Scripted(by_window), article(LONG), window=16)
    assert {n for c in found.claims for n in c.sentences} == set(range(2, 41))
    assert len({c.id for c in found.claims}) == 39


def test_thirty_thousand_words_lose_no_sentence() -> None:
    lines = tuple(f"Line {n} tells at some length that pump {n} failed again." for n in range(3000))
    found = read(Scripted(by_window), article(lines))
    assert {n for c in found.claims for n in c.sentences} == set(range(2, 3001))
    assert not found.not_assessed


def test_a_window_whose_answer_is_cut_off_is_halved() -> None:
    cut = TruncatedError("cut off")

    def answer(prompt: Prompt[Any]) -> ExtractReply | TruncatedError:
        return cut if "[1] " in prompt.user and "[40] " in prompt.user else by_window(prompt)

    found = read(Scripted(answer), article(LONG))
    assert {n for c in found.claims for n in c.sentences} == set(range(2, 41))


def test_a_window_that_cannot_be_halved_any_more_fails_by_name() -> None:
    with pytest.raises(TruncatedError):
        read(scripted(TruncatedError("cut off")))


def test_a_cut_answer_ends_the_reading_where_its_window_is_not_divisible() -> None:
    client = Scripted(lambda _: TruncatedError("cut off"))
    with pytest.raises(TruncatedError):
        read(client, article(LONG))
    assert [prompt.divisible for prompt in client.prompts] == [True, True, False]


def test_a_time_on_a_live_page_is_of_its_day_though_the_page_began_before() -> None:
    page = article()
    entries = tuple(s.model_copy(update={"moment": "14:08"}) for s in page.sentences)
    began = datetime(2026, 3, 12, 7, 30, tzinfo=timezone(timedelta(hours=1)))
    timed = claim("4 workers were hurt at the Orle mill.", 3, by="Mara Venn", asof="14:08")
    for sentences, day in ((page.sentences, 11), (entries, 12)):
        dated = page.model_copy(update={"sentences": sentences, "published": began})
        [_, held, _] = read(scripted(reply(FIRE, timed, WARN)), dated).claims
        assert held.held is not None
        assert held.held[0].day == day
