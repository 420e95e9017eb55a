"""A run that goes on from an earlier one asks for the news alone and loses nothing."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.articles import read_articles
from factcheck.check import Checked, check_on
from factcheck.errors import ContextOverflowError, FactcheckError, UnreachableError
from factcheck.llm import Prompt
from factcheck.merge import ask, likeliest
from factcheck.models import Article, Checkpoint, Claim, Draft, Reading, Sentence, Speaker
from factcheck.onward import rebased
from factcheck.wire import MergeReply
from tests import newsroom
from tests.scripted import Scripted

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def articles(tmp_path: Path) -> dict[str, Article]:
    """The three articles by file name, with ids that last."""
    found, _ = read_articles([newsroom.publish(tmp_path / "in")])
    return {article.source: article for article in found}


def run(
    articles: list[Article],
    earlier: Checkpoint | None = None,
    replaced: dict[str, Article] | None = None,
    door: Scripted | None = None,
) -> tuple[Checked, Scripted]:
    """Check articles, going on from a checkpoint."""
    door = door or Scripted(newsroom.reads)
    work = check_on(articles, door, earlier or Checkpoint(), replaced=replaced or {}, created=NOW)
    return asyncio.run(work), door


def edited(article: Article, identity: str, number: int, text: str) -> Article:
    """The article with another sentence, under another id."""
    sentences = tuple(
        s.model_copy(update={"text": text}) if s.number == number else s for s in article.sentences
    )
    return article.model_copy(update={"id": identity, "sentences": sentences})


def sentence(article: Article, words: str) -> int:
    """The number of the sentence that holds some words."""
    return next(s.number for s in article.sentences if words in s.text)


def verdict(checked: Checked, text: str) -> str:
    """The verdict of the finding with this sentence."""
    return next(f.verdict for f in checked.report.findings if f.text == text)


def test_the_same_articles_again_cost_nothing_and_give_the_same_report(
    articles: dict[str, Article],
) -> None:
    first, _ = run([*articles.values()])
    again, door = run([*articles.values()], first.checkpoint)
    assert door.prompts == []
    assert again.report.findings == first.report.findings
    assert again.report.issues == first.report.issues
    assert again.checkpoint == first.checkpoint


def test_a_new_article_is_read_and_aligned_alone(articles: dict[str, Article]) -> None:
    old = [articles["courier.md"], articles["tide.md"]]
    first, _ = run(old)
    assert verdict(first, newsroom.HURT) == "single-source"
    second, door = run([*old, articles["post.md"]], first.checkpoint)
    extracts = [p.label for p in door.prompts if p.stage == "extract"]
    merges = [p.user for p in door.prompts if p.stage == "merge"]
    assert extracts == [articles["post.md"].id]
    assert len(merges) == 1
    claims = [line for line in merges[0].splitlines() if " | " in line and ".c" in line]
    assert all(line.startswith(articles["post.md"].id) for line in claims)
    assert f" {newsroom.FELL}" in merges[0].partition("FINDINGS SO FAR")[2]
    assert verdict(second, newsroom.HURT) == "disputed"
    fell = next(f for f in second.report.findings if f.text == newsroom.FELL)
    assert len(fell.carried_by) == 3


def test_nobody_is_asked_the_same_finding_twice(articles: dict[str, Article]) -> None:
    old = [articles["courier.md"], articles["tide.md"]]
    first, one = run(old)
    _, two = run([*old, articles["post.md"]], first.checkpoint)

    def asked(door: Scripted) -> set[tuple[str, str]]:
        return {
            (p.label, line.partition(" ")[2])
            for p in door.prompts
            if p.stage == "crosscheck"
            for line in p.user.partition("FINDINGS\n")[2].splitlines()
        }

    assert asked(one)
    assert asked(two)
    assert not asked(one) & asked(two)


def test_an_edit_is_read_anew_and_what_it_kept_stays_where_it_was(
    articles: dict[str, Article],
) -> None:
    courier, tide = articles["courier.md"], articles["tide.md"]
    first, _ = run([courier, tide])
    number = sentence(courier, "closed until Friday")
    after = edited(courier, "a9", number, "The bridge stays closed until Sunday.")
    second, door = run([tide, after], first.checkpoint, {"a9": courier})
    fell = next(f for f in second.report.findings if f.text == newsroom.FELL)
    assert {*fell.carried_by} == {tide.id, "a9"}
    assert fell.verdict == "verified"
    aligned = next(p.user for p in door.prompts if p.stage == "merge")
    claims = [line for line in aligned.splitlines() if line.startswith("a9.c")]
    assert [line for line in claims if " | " in line] == [
        line for line in claims if "closed until Sunday" in line
    ]
    texts = {f.text for f in second.report.findings}
    assert "The bridge stays closed until Sunday." in texts
    assert not any("until Friday" in text for text in texts)


def test_a_changed_figure_is_another_claim(articles: dict[str, Article]) -> None:
    courier, tide = articles["courier.md"], articles["tide.md"]
    first, _ = run([courier, tide])
    number = sentence(courier, newsroom.HURT.rstrip("."))
    after = edited(courier, "a9", number, "Five workers were hurt, the fire brigade said.")
    second, _ = run([tide, after], first.checkpoint, {"a9": courier})
    hurt = next(f for f in second.report.findings if f.text == newsroom.HURT)
    assert hurt.carried_by == (tide.id,)


def test_an_article_that_is_gone_leaves_nothing_behind(articles: dict[str, Article]) -> None:
    first, _ = run([*articles.values()])
    left = [a for a in articles.values() if a.source != "post.md"]
    second, door = run(left, first.checkpoint)
    assert door.prompts == []
    gone = re.compile(rf'"{articles["post.md"].id}[".]')
    assert gone.search(first.checkpoint.model_dump_json())
    assert not gone.search(second.report.model_dump_json())
    assert not gone.search(second.checkpoint.model_dump_json())
    assert verdict(second, newsroom.HURT) == "single-source"


def test_what_an_article_said_to_others_goes_with_it_when_it_is_another_event(
    articles: dict[str, Article],
) -> None:
    tide = articles["tide.md"].id
    old = [articles["courier.md"], articles["tide.md"]]

    def strays(prompt: Prompt[Any]) -> str:
        answer = json.loads(newsroom.reads(prompt))
        if prompt.stage == "merge":
            late = "FINDINGS SO FAR" in prompt.user
            answer |= {"groups": [], "other_event": [tide] if late else []}
        if prompt.stage == "crosscheck" and prompt.label == tide:
            found = prompt.user.partition("FINDINGS\n")[2].split()[0]
            said = {
                "g": found,
                "st": "doubts",
                "s": [2],
                "by": "self",
                "m": "firm",
                "t": "Unclear.",
            }
            answer["answers"] = [said]
        return json.dumps(answer)

    first, _ = run(old, door=Scripted(strays))
    assert [echo.article for echo in first.checkpoint.echoes] == [tide]
    second, _ = run([*old, articles["post.md"]], first.checkpoint, door=Scripted(strays))
    assert [item.reason for item in second.report.excluded] == ["other event"]


def test_a_failed_merge_keeps_the_earlier_alignment(articles: dict[str, Article]) -> None:
    old = [articles["courier.md"], articles["tide.md"]]
    first, _ = run(old)

    def fails(prompt: object) -> object:
        if getattr(prompt, "stage", "") == "merge":
            return UnreachableError("nobody answers")
        return newsroom.reads(prompt)  # type: ignore[arg-type]  # what Scripted hands over

    second, _ = run([*old, articles["post.md"]], first.checkpoint, door=Scripted(fails))  # type: ignore[arg-type]  # same
    fell = [f for f in second.report.findings if f.text == newsroom.FELL]
    assert sorted(len(f.carried_by) for f in fell) == [1, 2]
    assert any("merge failed" in note for note in second.report.manifest.notes)
    third, again = run([*old, articles["post.md"]], second.checkpoint)
    assert [p.stage for p in again.prompts if p.stage != "crosscheck"] == ["merge"]
    assert verdict(third, newsroom.HURT) == "disputed"


def test_a_merge_that_does_not_fit_is_asked_with_fewer_findings() -> None:
    known = [
        Draft(
            id=f"f{n}", text=f"Pier {n} was closed.", kind="fact", core=n < 30, same=(f"a1.c{n}",)
        )
        for n in range(1, 61)
    ]
    new = read("a2", ("Pier 7 was opened.", (1,)))
    sent: list[int] = []

    def small(prompt: Prompt[Any]) -> MergeReply | FactcheckError:
        sent.append(prompt.user.count("Pier") - 1)
        if sent[-1] > 20:
            return ContextOverflowError("too long")
        return MergeReply(event="", speakers=[], sides=[], groups=[], issues=[], other_event=[])

    work = ask([text("a2", "Pier 7 was opened.")], [new], {"a2.c1"}, known, (), Scripted(small))
    asyncio.run(work)
    assert sent == [60, 30, 15]


def test_of_many_earlier_findings_the_likeliest_are_sent() -> None:
    known = [
        Draft(id=f"f{n}", text=words, kind="fact", core=True, same=(f"a1.c{n}",))
        for n, words in enumerate(("It rained.", "The mayor resigned.", "Prices fell."), start=1)
    ]
    new = read("a2", ("The mayor did not resign.", (1,)))
    assert [d.id for d in likeliest(known, new.claims, 1)] == ["f2"]
    assert likeliest(known, new.claims, 3) == known


def test_where_no_new_article_can_be_read_the_old_ones_still_make_a_report(
    articles: dict[str, Article],
) -> None:
    old = [articles["courier.md"], articles["tide.md"]]
    first, _ = run(old)
    door = Scripted({("extract", articles["post.md"].id): UnreachableError("nobody answers")})
    second, _ = run([*old, articles["post.md"]], first.checkpoint, door=door)
    assert [item.reason for item in second.report.excluded] == ["model failed"]
    assert second.report.findings == first.report.findings


# --- an edit in the light of the text before -------------------------------------------------


def text(identity: str, *sentences: str) -> Article:
    """An article of these sentences."""
    return Article(
        id=identity,
        source="orle.md",
        outlet="Orle Times",
        outlet_from="metadata",
        sentences=tuple(Sentence(number=n, text=t) for n, t in enumerate(sentences, start=1)),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def read(identity: str, *claims: tuple[str, tuple[int, ...]], by: str = "") -> Reading:
    """A reading with these claims and the sentences that they cite, all by one speaker."""
    speaker = Speaker(id=f"{identity}.s1", article=identity, name=by, role="official")
    return Reading(
        article=identity,
        speakers=(speaker,) if by else (),
        claims=tuple(
            Claim(
                id=f"{identity}.c{n}",
                article=identity,
                text=words,
                kind="fact",
                core=True,
                sentences=numbers,
                speaker=speaker.id if by else None,
            )
            for n, (words, numbers) in enumerate(claims, start=1)
        ),
    )


BEFORE = text("a1", "Mill burns", "The mill burned.", "Two men were hurt.")
OLD = read("a1", ("The mill burned.", (2,)), ("Two men were hurt.", (3,)), by="police")


def claims(reading: Reading) -> list[tuple[str, tuple[int, ...]]]:
    """What a reading claims, and where."""
    return [(claim.text, claim.sentences) for claim in reading.claims]


def test_what_stands_as_it_was_is_not_worded_anew() -> None:
    after = text("a2", "Mill burns", "It rained.", "The mill burned.", "Three men were hurt.")
    again = read(
        "a2",
        ("It rained.", (2,)),
        ("The Orle mill caught fire and burned.", (3,)),
        ("Three men were hurt.", (4,)),
        by="the police",
    )
    result = rebased(OLD, BEFORE, again, after)
    assert claims(result.reading) == [
        ("It rained.", (2,)),
        ("The mill burned.", (3,)),
        ("Three men were hurt.", (4,)),
    ]
    assert result.names["a1.c1"] == "a2.c2"
    assert "a1.c2" not in result.names
    named = {speaker.id: speaker.name for speaker in result.reading.speakers}
    assert named[str(result.reading.claims[1].speaker)] == "police"


def test_no_claim_is_lost_where_one_of_its_sentences_changed() -> None:
    old = read("a1", ("The mill burned.", (1, 2)), ("Two men were hurt.", (3,)))
    after = text("a2", "Old mill burns", "The mill burned.", "Two men were hurt.")
    again = read("a2", ("The mill burned.", (2,)), ("Two men suffered injuries.", (3,)))
    result = rebased(old, BEFORE, again, after)
    assert claims(result.reading) == [("The mill burned.", (2,)), ("Two men were hurt.", (3,))]
    assert result.names["a1.c1"] == "a2.c1"


def test_what_the_first_reading_passed_over_is_taken_from_the_second() -> None:
    old = read("a1", ("The mill burned.", (2,)))
    again = read("a2", ("The mill burned.", (2,)), ("Two men were hurt.", (3,)))
    after = BEFORE.model_copy(update={"id": "a2"})
    assert claims(rebased(old, BEFORE, again, after).reading) == [
        ("The mill burned.", (2,)),
        ("Two men were hurt.", (3,)),
    ]
