"""Extract, merge and crosscheck: what an answer has to hold, and what becomes of its faults."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from factcheck.crosscheck import crosscheck
from factcheck.drafts import drafts
from factcheck.errors import TruncatedError
from factcheck.extract import extract
from factcheck.llm import Prompt
from factcheck.merge import merge
from factcheck.models import Article, Draft, Echo, Reading, Sentence
from factcheck.wire import MergeReply, Reply
from tests.scripted import Scripted

LINES = (
    "Mill burns at Orle",
    "A fire broke out at the Orle mill at noon on Monday, police chief Mara Venn said.",
    "Four workers were hurt.",
    "“Nobody warned us,” said foreman Tom Ard.",
    "Who pays?",
)


def article(lines: tuple[str, ...] = LINES, identity: str = "a1", language: str = "en") -> Article:
    """An article whose first line is the headline."""
    kinds = ["headline"] + ["body"] * (len(lines) - 1)
    return Article(
        id=identity,
        source=f"{identity}.txt",
        outlet=f"Paper {identity}",
        outlet_from="file name",
        language=language,
        sentences=tuple(
            Sentence(number=n, text=text, kind=kind)
            for n, (text, kind) in enumerate(zip(lines, kinds, strict=True), start=1)
        ),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def claim(text: str, *numbers: int, by: str = "self", **more: Any) -> dict[str, Any]:
    """A claim on the wire."""
    plain = {"k": "fact", "core": True, "via": [], "m": "firm", "w": "", "asof": ""}
    return {"t": text, "s": list(numbers), "by": by, **plain, **more}


def reply(*claims: dict[str, Any], skip: tuple[int, ...] = (5,), **more: Any) -> Reply:
    """An answer to extract; police and the foreman are its speakers."""
    people = [
        {"n": "police chief Mara Venn", "r": "official", "side": "", "also": ["Venn"]},
        {"n": "foreman Tom Ard", "r": "witness", "side": "", "also": []},
    ]
    skips = [{"s": list(skip), "why": "rhetoric"}] if skip else []
    body = {"speakers": people, "claims": list(claims), "skip": skips, "answers": []} | more
    return Reply.model_validate(body)


FIRE = claim("A fire broke out at the Orle mill.", 2, by="Venn")
HURT = claim("Four workers were hurt at the Orle mill.", 3, by="police chief Mara Venn")
WARN = claim("Nobody warned the workers of the Orle mill.", 4, by="Tom Ard")


def read(door: Scripted, text: Article | None = None, window: int = 120) -> Reading:
    """Extract with a script."""
    return asyncio.run(extract(text or article(), door, window=window))


def scripted(*answers: Any) -> Scripted:
    """A door that answers extract for a1."""
    return Scripted({("extract", "a1"): list(answers)})


# --- extract ---------------------------------------------------------------------------


def test_a_good_answer_is_asked_for_once_and_becomes_claims_with_ids() -> None:
    door = scripted(reply(FIRE, HURT, WARN))
    reading = read(door)
    assert [c.id for c in reading.claims] == ["a1.c1", "a1.c2", "a1.c3"]
    assert [c.speaker for c in reading.claims] == ["a1.s1", "a1.s1", "a1.s2"]
    assert reading.not_assessed == ()
    assert len(door.prompts) == 1


def test_the_article_stands_before_the_task_in_the_prompt() -> None:
    door = scripted(reply(FIRE, HURT, WARN))
    read(door)
    (prompt,) = door.prompts
    assert prompt.user.index("[5] Who pays?") < prompt.user.index("TASK: extract")
    assert "TASK" not in prompt.system


@pytest.mark.parametrize(
    ("why", "bad"),
    [
        ("a number that is not in the article", claim("Nine workers were hurt.", 3)),
        ("a name that is not in the article", claim("Governor Lisa Quill was hurt.", 3)),
        ("a sentence that does not exist", claim("Four workers were hurt.", 9)),
        ("no sentence", claim("Four workers were hurt.")),
        ("nobody answers for it", claim("Four workers were hurt.", 3, by=" ")),
        ("no text", claim(" ", 3)),
    ],
)
def test_an_ungrounded_claim_is_asked_again_then_listed_not_lost(
    why: str, bad: dict[str, Any]
) -> None:
    mended = scripted(reply(FIRE, bad, WARN), reply(FIRE, HURT, WARN))
    assert len(read(mended).claims) == 3, why
    assert len(mended.prompts) == 1
    kept = read(scripted(reply(FIRE, bad, WARN)))
    assert [c.text for c in kept.claims] == [FIRE["t"], WARN["t"]]
    assert any(item.reason.startswith("not grounded") for item in kept.not_assessed)


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
    door = scripted(reply(FIRE, HURT, WARN, good))
    reading = read(door)
    assert len(reading.claims) == 4
    assert not reading.not_assessed


def test_a_number_from_a_neighbouring_sentence_is_a_remark() -> None:
    text = claim("A fire hurt four workers of the Orle mill.", 2)
    reading = read(scripted(reply(text, HURT, WARN)))
    assert reading.claims[0].flags == ("the number 4 stands elsewhere in the article",)


def test_numbers_in_words_of_another_language_are_a_remark() -> None:
    french = article(
        ("Incendie", "Sept personnes ont péri mardi à Orle, selon la police."), language="fr"
    )
    died = claim("Seven people died at Orle on Tuesday.", 2, by="Venn")
    door = scripted(reply(died, skip=()))
    (kept,) = read(door, french).claims
    assert len(door.prompts) == 1
    assert kept.flags == (
        "the number 7 could not be found in the sentence, which is not in English",
    )


def test_a_sentence_that_nothing_accounts_for_is_listed() -> None:
    reading = read(scripted(reply(FIRE, HURT, WARN, skip=())))
    (item,) = reading.not_assessed
    assert item.sentences == (5,)
    assert item.text == "Who pays?"


def test_many_sentences_passed_over_are_worth_asking_again() -> None:
    door = scripted(reply(FIRE, skip=()), reply(FIRE, HURT, WARN))
    assert not read(door).not_assessed
    assert door.calls["extract", "a1"] == 2


def test_a_speaker_who_is_only_named_in_by_is_kept() -> None:
    stranger = claim("Four workers were hurt.", 3, by="the fire brigade")
    reading = read(scripted(reply(FIRE, stranger, WARN)))
    assert reading.speakers[-1].name == "the fire brigade"
    assert reading.claims[1].speaker == reading.speakers[-1].id


def test_the_outlets_own_name_is_its_own_voice() -> None:
    own = claim("Four workers were hurt.", 3, by="Paper a1")
    assert read(scripted(reply(FIRE, own, WARN))).claims[1].speaker is None


LONG = tuple(f"Line {n} tells that pump {n} failed." for n in range(40))


def by_window(prompt: Prompt[Any]) -> Reply:
    """One claim for each numbered sentence that is to be read."""
    problems = prompt.check(reply(skip=(), speakers=[]))
    listed = problems[-1].rsplit(": ", 1)[1]
    claims = [claim(f"Pump {n - 1} failed.", n) for n in map(int, listed.split(", ")) if n > 1]
    return reply(*claims, skip=(), speakers=[])


def test_a_long_article_is_read_in_windows_and_no_sentence_is_lost() -> None:
    reading = read(Scripted(by_window), article(LONG), window=16)
    assert {n for c in reading.claims for n in c.sentences} == set(range(2, 41))
    assert len({c.id for c in reading.claims}) == 39


def test_thirty_thousand_words_lose_no_sentence() -> None:
    lines = tuple(f"Line {n} tells at some length that pump {n} failed again." for n in range(3000))
    reading = read(Scripted(by_window), article(lines))
    assert {n for c in reading.claims for n in c.sentences} == set(range(2, 3001))
    assert not reading.not_assessed


def test_a_window_whose_answer_is_cut_off_is_halved() -> None:
    cut = TruncatedError("cut off")

    def answer(prompt: Prompt[Any]) -> Reply | TruncatedError:
        return cut if "[1] " in prompt.user and "[40] " in prompt.user else by_window(prompt)

    reading = read(Scripted(answer), article(LONG))
    assert {n for c in reading.claims for n in c.sentences} == set(range(2, 41))


def test_a_window_that_cannot_be_halved_any_more_fails_by_name() -> None:
    with pytest.raises(TruncatedError):
        read(scripted(TruncatedError("cut off")))


# --- merge -------------------------------------------------------------------------------


def pair() -> tuple[list[Article], list[Reading]]:
    """Two articles that tell of the fire; the second has other numbers."""
    first, second = article(), article(identity="a2")
    five = claim("Five workers were hurt at the Orle mill.", 3, by="Venn")
    other = article((*LINES[:2], "Five workers were hurt.", *LINES[3:]), "a2")
    readings = [
        read(scripted(reply(FIRE, HURT, WARN)), first),
        asyncio.run(extract(other, Scripted({("extract", "a2"): reply(FIRE, five, WARN)}))),
    ]
    return [first, second], readings


def merged(**keys: Any) -> MergeReply:
    """An answer to merge."""
    empty: dict[str, Any] = {"event": "Fire at Orle", "speakers": [], "sides": [], "groups": []}
    return MergeReply.model_validate(empty | {"issues": [], "other_event": []} | keys)


def group(text: str, *same: str, more: tuple[str, ...] = (), part: tuple[str, ...] = ()) -> Any:
    """A group on the wire."""
    return {"t": text, "same": list(same), "more": list(more), "part": list(part)}


def align(*answers: Any) -> tuple[Any, Scripted, list[Reading]]:
    """Merge the pair with a script."""
    articles, readings = pair()
    door = Scripted({("merge", "all articles"): list(answers)})
    return asyncio.run(merge(articles, readings, door)), door, readings


def test_unlike_numbers_are_never_one_finding() -> None:
    bad = merged(groups=[group("Workers were hurt.", "a1.c2", "a2.c2")])
    result, door, _ = align(bad, merged())
    assert result.groups == ()
    assert door.calls["merge", "all articles"] == 2
    stubborn, _, _ = align(bad)
    assert stubborn.groups[0].same == ("a1.c2",)
    assert "other numbers" in stubborn.not_assessed[0].reason


@pytest.mark.parametrize(
    "answer",
    [
        merged(groups=[group("x", "a1.c1", "a9.c9")]),
        merged(groups=[group("x", "a1.c1", "a2.c1"), group("y", "a1.c1", "a2.c3")]),
        merged(
            issues=[
                {
                    "q": "?",
                    "kind": "conflict",
                    "pos": [{"p": "a", "ids": ["a1.c1"]}, {"p": "b", "ids": ["a1.c1"]}],
                    "open": [],
                }
            ]
        ),
    ],
)
def test_ids_that_do_not_exist_or_stand_twice_are_asked_again(answer: MergeReply) -> None:
    _, door, _ = align(answer, merged())
    assert door.calls["merge", "all articles"] == 2


def test_the_canonical_sentence_holds_only_what_every_member_says() -> None:
    sound, _, _ = align(merged(groups=[group("The Orle mill burned.", "a1.c1", "a2.c1")]))
    wild, _, _ = align(merged(groups=[group("The Orle mill burned in 1987.", "a1.c1", "a2.c1")]))
    assert sound.groups[0].text == "The Orle mill burned."
    assert wild.groups[0].text == FIRE["t"]


def test_every_claim_has_one_home_whatever_merge_says() -> None:
    result, _, readings = align(
        merged(groups=[group("x", "a1.c1", "a2.c1", more=("a1.c2",), part=("a2.c3",))])
    )
    claims = [c for reading in readings for c in reading.claims]
    found = drafts(claims, result)
    homes = sorted(i for draft in found for i in draft.same)
    assert homes == sorted(c.id for c in claims)
    assert {d.parent for d in found if d.same in {("a1.c2",), ("a2.c3",)}} == {"f1"}


def test_batches_feed_earlier_findings_forward() -> None:
    articles, readings = pair()
    seen: list[str] = []

    def answer(prompt: Prompt[Any]) -> MergeReply:
        seen.append(prompt.user)
        if "FINDINGS SO FAR" not in prompt.user:
            return merged(groups=[group("x", "a1.c1", "a2.c1")] if "a2.c1" in prompt.user else [])
        known = prompt.user.split("FINDINGS SO FAR")[1]
        return merged(groups=[group("x", "a1.c1", "a2.c1")] if "a1.c1" in known else [])

    result = asyncio.run(merge(articles, readings, Scripted(answer), batch=3))
    assert len(seen) == 2
    assert result.groups[0].same == ("a1.c1", "a2.c1")


# --- crosscheck ----------------------------------------------------------------------------


def ask(*answers: dict[str, Any], text: Article | None = None) -> tuple[list[Echo], list[Any]]:
    """Crosscheck a1 about two findings of others."""
    mine = text or article()
    reading = read(scripted(reply(FIRE, HURT, WARN)))
    foreign = [
        Draft(id="f8", text="The Orle mill burned.", kind="fact", core=True, same=("a2.c1",)),
        Draft(id="f9", text="Mayor Ulf Sten saw it.", kind="fact", core=True, same=("a2.c2",)),
    ]
    door = Scripted(
        {("crosscheck", "a1"): Reply(speakers=[], claims=[], skip=[], answers=list(answers))}
    )
    result = asyncio.run(crosscheck(mine, reading, foreign, door))
    return list(result.echoes), list(result.refused)


def answered(finding: str, stance: str, *numbers: int, by: str = "self") -> dict[str, Any]:
    """An answer on the wire."""
    return {"g": finding, "st": stance, "s": list(numbers), "by": by, "m": "firm", "t": ""}


def test_support_becomes_an_echo_with_its_speaker() -> None:
    echoes, left = ask(answered("f8", "supports", 2, by="Venn"))
    assert (echoes[0].stance, echoes[0].speaker, left) == ("asserts", "a1.s1", [])


@pytest.mark.parametrize(
    ("why", "answer", "reason"),
    [
        ("somebody whom the article never names", answered("f9", "supports", 2), "never names"),
        ("no sentence", answered("f8", "supports"), "no sentence"),
        ("a sentence that does not exist", answered("f8", "supports", 77), "no sentence"),
        ("an unknown finding", answered("f1", "supports", 2), "no finding f1"),
        ("a stranger's word", answered("f8", "supports", 2, by="Zed"), "no source of the article"),
    ],
)
def test_support_that_cannot_be_right_is_refused_and_listed(
    why: str, answer: dict[str, Any], reason: str
) -> None:
    echoes, left = ask(answer)
    assert echoes == [], why
    assert reason in left[0].reason


def test_an_article_is_asked_only_about_findings_of_others() -> None:
    reading = read(scripted(reply(FIRE, HURT, WARN)))
    own = Draft(id="f1", text=FIRE["t"], kind="fact", core=True, same=("a1.c1", "a2.c1"))
    result = asyncio.run(crosscheck(article(), reading, [own], Scripted({})))
    assert (result.asked.drafts, result.echoes, result.refused) == ((), (), ())
