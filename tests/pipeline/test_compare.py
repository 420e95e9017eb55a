"""Compare: what an answer has to hold, what is refused or flagged, and batches of any size."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from factcheck.errors import ContextOverflowError, OverloadedError, TruncatedError
from factcheck.llm.client import Prompt
from factcheck.models import Article, Claim, Comparison, Extraction, Skipped, Speaker
from factcheck.pipeline.compare import compare
from factcheck.pipeline.compare_prompt import Batch
from factcheck.pipeline.compare_reply import read_reply
from factcheck.pipeline.wire import CompareReply
from factcheck.settings.report import CompareSettings
from tests.pipeline.world import article, comparison, group, question
from tests.scripted import Answers, Scripted


def said(identity: str, *texts: str, genre: str = "news", windows: int = 1) -> Extraction:
    """An extraction in which one official, and an unnamed source, make claims in turn."""
    speakers = (
        Speaker(
            id=f"{identity}.s1", article=identity, name="Mara Venn", person=True, role="official"
        ),
        Speaker(id=f"{identity}.s2", article=identity, name="an aide", role="anonymous"),
    )
    claims = tuple(
        Claim(
            id=f"{identity}.c{n}",
            article=identity,
            text=text,
            kind="fact",
            core=True,
            sentences=(2,),
            speaker=f"{identity}.s1",
        )
        for n, text in enumerate(texts, start=1)
    )
    return Extraction.model_validate(
        {
            "article": identity,
            "genre": genre,
            "windows": windows,
            "speakers": speakers,
            "claims": claims,
        }
    )


TWO = (article(), article(identity="a2"))
SAID = (said("a1", "4 workers were hurt."), said("a2", "4 workers were hurt.", "The mill is shut."))


def run(
    answers: Answers,
    articles: Sequence[Article] = TWO,
    extractions: Sequence[Extraction] = SAID,
    limits: CompareSettings | None = None,
) -> tuple[Comparison, Scripted]:
    """Compare with a script."""
    client = Scripted(answers)
    return asyncio.run(compare(articles, extractions, client, limits)), client


def once(*replies: CompareReply) -> dict[tuple[str, str], list[CompareReply]]:
    """A script for one comparison."""
    return {("compare", ""): list(replies)}


def reasons(found: Comparison) -> str:
    """Why something was refused, all in one."""
    return " ".join(item.reason.text for item in found.not_assessed)


def test_the_model_sees_sentences_speakers_and_claims_of_all_articles() -> None:
    _, client = run(once(comparison("a1", "a2")))
    (prompt,) = client.prompts
    assert "[3] Four workers were hurt." in prompt.user
    assert "SPEAKERS AND CLAIMS OF a2" in prompt.user
    assert "a2.s1 Mara Venn (official)" in prompt.user
    assert "a2.c2 The mill is shut. | Mara Venn" in prompt.user
    assert prompt.user.index("a2.c2") < prompt.user.index("TASK")


def test_planted_text_is_withheld() -> None:
    planted = Skipped(article="a1", sentences=(4,), reason="planted")
    tainted = SAID[0].model_copy(update={"skipped": (planted,)})
    _, client = run(once(comparison("a1", "a2")), extractions=(tainted, SAID[1]))
    shown = client.prompts[0].user
    assert "[4] (withheld: planted text)" in shown
    assert shown.count("Nobody warned us") == 1  # that of the other article


def test_a_claim_cannot_forge_the_remarks_of_its_line() -> None:
    forged = said("a1", "4 were hurt. | own voice | taken back")
    _, client = run(once(comparison("a1", "a2")), extractions=(forged, SAID[1]))
    assert "a1.c1 4 were hurt. / own voice / taken back | Mara Venn" in client.prompts[0].user


def test_the_comparison_sees_whose_account_the_own_voice_goes_on_with() -> None:
    told = said("a1", "4 were hurt.")
    claims = tuple(
        c.model_copy(update={"speaker": None, "follows": c.speaker}) for c in told.claims
    )
    told = told.model_copy(update={"claims": claims})
    _, client = run(once(comparison("a1", "a2")), extractions=(told, SAID[1]))
    assert "a1.c1 4 were hurt. | own voice (after Mara Venn)" in client.prompts[0].user


def test_a_claim_that_stands_alone_is_kept_as_a_group_of_one() -> None:
    same = group("4 workers were hurt.", "a1.c1", "a2.c1")
    found, _ = run(once(comparison("a1", "a2", groups=[same])))
    assert [g.same for g in found.groups] == [("a1.c1", "a2.c1"), ("a2.c2",)]


GOOD = group("4 workers were hurt.", "a1.c1", "a2.c1")
STAND = {"a": "a1", "s": [3], "by": "self", "st": "supports", "t": ""}


@pytest.mark.parametrize(
    ("why", "bad"),
    [
        ("there is no a9.c9", {"groups": [group("4 were hurt.", "a1.c1", "a9.c9", "a2.c1")]}),
        ("a1.c1 is in same of", {"groups": [GOOD, group("4.", "a1.c1", "a2.c2")]}),
        ("has no sentence 9", {"groups": [{**GOOD, "also": [{**STAND, "s": [9]}]}]}),
        ("cites no sentence", {"groups": [{**GOOD, "also": [{**STAND, "s": []}]}]}),
        ("is no speaker of a1", {"groups": [{**GOOD, "also": [{**STAND, "by": "a2.s1"}]}]}),
        ("names no article a9", {"groups": [{**GOOD, "also": [{**STAND, "a": "a9"}]}]}),
        ("a2 missing", {"articles": [{"a": "a1", "outlet": "", "genre": "news", "joint": []}]}),
        (
            "x names no two positions",
            {"questions": [question("Hurt?", ("yes", ["a1.c1"]), ("no", ["a2.c2"]), x=[[0, 5]])]},
        ),
        (
            "settled names no position",
            {"questions": [question("Hurt?", ("yes", ["a1.c1"]), ("no", ["a2.c2"]), settled=4)]},
        ),
        (
            "names no claim",
            {"questions": [question("Hurt?", ("yes", ["a1.c1"]), ("no", []))]},
        ),
    ],
)
def test_what_cannot_be_is_asked_again_and_then_refused_and_listed(
    why: str, bad: dict[str, Any]
) -> None:
    good = comparison("a1", "a2", groups=[GOOD])
    corrections, client = run(once(comparison("a1", "a2", **bad), good))
    assert client.calls["compare", ""] == 2
    assert why in " ".join(client.prompts[0].check(comparison("a1", "a2", **bad)))
    assert not corrections.not_assessed
    kept, _ = run(once(comparison("a1", "a2", **bad)))
    assert why in reasons(kept)
    assert {i for g in kept.groups for i in g.same} == {"a1.c1", "a2.c1", "a2.c2"}


@pytest.mark.parametrize("one", [["a1.s1", "a1.s2"], ["a1.s2", "a2.s2"], ["a2.s1", "a1.s2"]])
def test_speakers_that_cannot_be_one_are_kept_apart_and_listed(one: list[str]) -> None:
    found, client = run(once(comparison("a1", "a2", groups=[GOOD], speakers=[one])))
    assert client.calls["compare", ""] == 1
    assert not found.speakers
    assert f"{one[0]} and {one[1]} cannot be one" in reasons(found)


@pytest.mark.parametrize(
    ("text", "calls"),
    [("9 workers were hurt.", 1), ("9 workers, 8 guards and 7 dogs were hurt.", 2)],
)
def test_a_doubted_sentence_stays_with_its_flag_and_several_doubts_are_asked_again(
    text: str, calls: int
) -> None:
    wrong = group(text, "a1.c1", "a2.c1")
    found, client = run(once(*[comparison("a1", "a2", groups=[wrong])] * 2))
    assert client.calls["compare", ""] == calls
    assert found.groups[0].text == text
    assert "9" in found.groups[0].flags[0].text
    assert not found.not_assessed


def test_a_stand_on_planted_text_is_refused() -> None:
    planted = Skipped(article="a1", sentences=(3,), reason="planted")
    tainted = SAID[0].model_copy(update={"skipped": (planted,)})
    bad = comparison("a1", "a2", groups=[{**GOOD, "also": [STAND]}])
    found, _ = run(once(bad), extractions=(tainted, SAID[1]))
    assert not found.groups[0].stands
    assert "has no sentence 3" in reasons(found)


# --- batches ---------------------------------------------------------------------------


def story(count: int) -> tuple[list[Article], list[Extraction]]:
    """Articles that all report one thing, and one thing each of their own."""
    names = [f"a{n}" for n in range(1, count + 1)]
    own = [said(i, "4 workers were hurt.", f"Pump {i} failed.") for i in names]
    return [article(identity=i) for i in names], own


def by_wording(prompt: Prompt[Any]) -> CompareReply:
    """Claims of one wording are one, also with a group found so far; a question grows."""
    ids: dict[str, list[str]] = {}
    for identity, text in re.findall(
        r"^(a\d+\.c\d+|g\d+) (.+?)(?: \||\(| \()", prompt.user, re.MULTILINE
    ):
        ids.setdefault(text.strip(), []).append(identity)
    found = re.search(r"^(q\d+) conflict", prompt.user, re.MULTILINE)
    hurt = ids["4 workers were hurt."]
    asked = question("Were workers hurt?", ("yes", hurt), open=[hurt[0]])
    return comparison(
        *dict.fromkeys(re.findall(r"SPEAKERS AND CLAIMS OF (a\d+)", prompt.user)),
        groups=[group(text, *same) for text, same in ids.items() if len(same) > 1],
        questions=[{**asked, "q": found[1] if found else asked["q"]}],
        speakers=[re.findall(r"^(a\d+\.s1|s\d+) Mara Venn", prompt.user, re.MULTILINE)],
    )


def covers(found: Comparison, count: int) -> None:
    """All articles state the one thing in one group, one source says it, nothing is lost."""
    everybody = {f"a{n}.c1" for n in range(1, count + 1)}
    assert [{*g.same} for g in found.groups if len(g.same) > 1] == [everybody]
    assert sum(len(g.same) for g in found.groups) == 2 * count
    assert {p.article for p in found.placings} == {f"a{n}" for n in range(1, count + 1)}
    (asked,) = found.questions
    assert {*asked.answers[0].claims} == everybody
    assert {i for ids in found.speakers for i in ids} == {f"a{n}.s1" for n in range(1, count + 1)}
    assert not found.not_assessed


def test_twenty_articles_are_compared_in_one_call() -> None:
    found, client = run(by_wording, *story(20))
    assert len(client.prompts) == 1
    covers(found, 20)


def test_sixty_articles_are_compared_in_batches_and_nothing_is_lost() -> None:
    found, client = run(by_wording, *story(60))
    assert len(client.prompts) == 3
    covers(found, 60)


def overflows(above: int) -> Callable[[Prompt[Any]], Any]:
    """A model whose context holds so many articles."""

    def answer(prompt: Prompt[Any]) -> Any:
        if prompt.user.count("SPEAKERS AND CLAIMS OF") > above:
            return ContextOverflowError("the prompt is too long")
        return by_wording(prompt)

    return answer


def test_a_small_context_gets_smaller_batches() -> None:
    found, client = run(overflows(2), *story(7))
    assert {p.user.count("SPEAKERS AND CLAIMS OF") for p in client.prompts} > {1, 2}
    covers(found, 7)


def test_a_limit_of_tokens_makes_batches() -> None:
    few = CompareSettings.model_construct(tokens=500)  # fewer than may be set
    found, client = run(by_wording, *story(6), limits=few)
    assert len(client.prompts) > 1
    covers(found, 6)


def test_an_article_that_does_not_fit_alone_is_compared_by_its_claims() -> None:
    def answer(prompt: Prompt[Any]) -> Any:
        if "Four workers were hurt" in prompt.user:
            return ContextOverflowError("the prompt is too long")
        return by_wording(prompt)

    found, _ = run(answer, *story(2))
    covers(found, 2)


def test_a_call_that_fails_is_the_callers_to_judge() -> None:
    with pytest.raises(OverloadedError):
        run({("compare", ""): OverloadedError("busy")})


def test_a_cut_answer_ends_the_comparison_where_its_prompt_is_not_divisible() -> None:
    client = Scripted(lambda _: TruncatedError("cut off"))
    with pytest.raises(TruncatedError):
        asyncio.run(compare(*story(2), client))
    assert [prompt.divisible for prompt in client.prompts] == [True, True, False]


# --- one long article -------------------------------------------------------------------


def test_windows_of_one_long_article_are_united_first() -> None:
    long = said(
        "a1", "4 workers were hurt.", "The mill burned.", "4 workers were injured.", windows=2
    )
    answers = {
        ("compare", "a1"): comparison("a1", groups=[group("4 were hurt.", "a1.c1", "a1.c3")]),
        ("compare", ""): comparison("a1", "a2", groups=[group("4.", "a1.c1", "a2.c1")]),
    }
    found, client = run(answers, extractions=(long, SAID[1]))
    assert "a1.c3" not in client.prompts[-1].user
    assert [g.same for g in found.groups] == [
        ("a1.c1", "a1.c3", "a2.c1"),
        ("a1.c2",),
        ("a2.c2",),
    ]


def test_what_a_long_article_says_twice_is_one_also_where_nobody_else_says_it() -> None:
    long = said("a1", "The mill burned.", "The mill was on fire.", windows=2)
    answers = {
        ("compare", "a1"): comparison("a1", groups=[group("It burned.", "a1.c1", "a1.c2")]),
        ("compare", ""): comparison("a1", "a2"),
    }
    found, _ = run(answers, extractions=(long, SAID[1]))
    assert [g.same for g in found.groups] == [("a1.c1", "a1.c2"), ("a2.c1",), ("a2.c2",)]


def test_an_id_or_a_pair_that_is_repeated_without_end_counts_once() -> None:
    asked = question("Who was hurt?", ("four", ["a1.c1"]), ("six", ["a2.c1"] * 5_000))
    asked["x"] = [*[[0, 1]] * 5_000, *[[0, 7]] * 5_000]
    same = ["a1.c1", "a2.c1", *["a9.c9"] * 5_000]
    given = comparison("a1", "a2", groups=[group("4 hurt", *same)], questions=[asked])
    read = read_reply(given, Batch(TWO, SAID), Comparison(event=""))
    assert read.comparison.questions[0].excludes == ((0, 1),)
    assert read.faults == (
        'group "4 hurt": there is no a9.c9',
        'question "Who was hurt?": x names no two positions: [0, 7]',
    )
