"""The flow behind a scripted client: what a report holds, and what it lacks where calls fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from factcheck.articles import read_articles
from factcheck.errors import (
    AuthenticationError,
    FactcheckError,
    ModelNotFoundError,
    NoArticlesError,
    NoKeyError,
    OverloadedError,
    RefusedError,
    TruncatedError,
)
from factcheck.llm.client import Answer, ModelClient, Prompt
from factcheck.models import Article, Finding, Report, StageUse
from factcheck.pipeline.assemble import is_degraded
from factcheck.pipeline.check import check
from tests.newsroom import FELL, HURT, UNHURT, answer, publish, reads
from tests.scripted import Said, Scripted

T = TypeVar("T", bound=BaseModel)
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Article, ...]:
    kept, _ = read_articles([publish(tmp_path / "in")])
    return kept


def run(articles: tuple[Article, ...], client: ModelClient) -> Report:
    return asyncio.run(check(articles, client, created=NOW)).report


def but(stage: str, label: str, said: Said | Callable[[str], str]) -> Callable[[Prompt[Any]], Said]:
    """The usual model, except for one call."""

    def model(prompt: Prompt[Any]) -> Said:
        if (prompt.stage, prompt.label) != (stage, label):
            return reads(prompt)
        return said(prompt.user) if callable(said) else said

    return model


def verdicts(report: Report) -> dict[str, str]:
    return {finding.text: finding.verdict for finding in report.findings}


# --- a whole run ------------------------------------------------------------------------


def test_three_articles_become_findings_with_verdicts(articles: tuple[Article, ...]) -> None:
    report = run(articles, Scripted(reads))
    found = verdicts(report)
    assert found[FELL] == "verified"
    assert found["Buses take the long road through Ostel instead, which adds forty minutes."] == (
        "single-source"
    )
    assert [(i.question, len(i.positions)) for i in report.issues] == [("Was anybody hurt?", 2)]
    assert report.title == "A crane falls onto a bridge"
    assert not is_degraded(report)


def test_no_claim_is_lost_or_counted_twice(articles: tuple[Article, ...]) -> None:
    report = run(articles, Scripted(reads))
    assert len(report.claims) == 11
    homes = [identity for finding in report.findings for identity in finding.claims]
    assert sorted(homes) == sorted(claim.id for claim in report.claims)


def test_every_sentence_is_in_a_claim_skipped_or_listed(articles: tuple[Article, ...]) -> None:
    report = run(articles, Scripted(reads))
    told = {(item.article, n) for item in report.claims for n in item.sentences}
    told |= {(item.article, n) for item in report.skipped for n in item.sentences}
    told |= {(item.article, n) for item in report.not_assessed for n in item.sentences}
    body = {(a.id, s.number) for a in articles for s in a.sentences if s.kind != "headline"}
    assert body <= told
    assert any(item.text.startswith("Meanwhile") for item in report.not_assessed)


def test_n_articles_take_n_plus_two_calls(articles: tuple[Article, ...]) -> None:
    client = Scripted(reads)
    report = run(articles, client)
    assert [prompt.stage for prompt in client.prompts] == [
        *["extract"] * 3,
        "compare",
        "edit",
    ]
    assert {use.stage: use.calls for use in report.manifest.use} == {
        "extract": 3,
        "compare": 1,
        "edit": 1,
    }


@dataclass
class Slow:
    """A client that lets others in while it answers, and notes how many were inside at most."""

    inside: int = 0
    seen: list[tuple[str, int]] = field(default_factory=list)

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        self.inside += 1
        for _ in range(10):
            await asyncio.sleep(0)
        self.seen.append((prompt.stage, self.inside))
        for _ in range(10):
            await asyncio.sleep(0)
        self.inside -= 1
        return Answer(prompt.schema.model_validate_json(reads(prompt)))

    def use(self) -> tuple[StageUse, ...]:
        return ()


def test_the_calls_of_a_stage_are_under_way_together(articles: tuple[Article, ...]) -> None:
    client = Slow()
    run(articles, client)
    assert client.seen == [
        *[("extract", 3)] * 3,
        ("compare", 1),
        ("edit", 1),
    ]


# --- calls that fail ------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["a1", "a2", "a3"])
def test_an_article_whose_call_fails_is_named_and_the_rest_is_compared(
    articles: tuple[Article, ...], lost: str
) -> None:
    report = run(articles, Scripted(but("extract", lost, RefusedError("no, thank you"))))
    (left,) = report.excluded
    source = next(article.source for article in articles if article.id == lost)
    assert (left.source, left.reason) == (source, "model-failed")
    assert "no, thank you" in left.detail
    assert len(report.articles) == 2
    assert verdicts(report)[FELL] == "verified"
    assert is_degraded(report)


def test_a_failed_comparison_leaves_every_claim_for_itself_and_says_so(
    articles: tuple[Article, ...],
) -> None:
    report = run(articles, Scripted(but("compare", "", OverloadedError("busy"))))
    assert len(report.findings) == len(report.claims) == 11
    assert "verified" not in verdicts(report).values()
    assert [note.code for note in report.manifest.notes] == ["not-compared"]
    assert "busy" in report.manifest.notes[0].text
    assert not report.manifest.compared
    assert report.first_page.made_by == "rank"
    assert is_degraded(report)


def test_if_the_last_call_fails_the_first_page_is_made_by_rank(
    articles: tuple[Article, ...],
) -> None:
    report = run(articles, Scripted(but("edit", "", TruncatedError("cut off"))))
    assert [note.code for note in report.manifest.notes] == ["edit-failed"]
    assert report.manifest.notes[0].text.endswith("since its call failed: cut off")
    assert report.first_page.made_by == "rank"
    assert verdicts(report)[FELL] == "verified"
    assert [findings[i].text for i in report.first_page.solid for findings in [by_id(report)]] == [
        FELL
    ]
    assert [pick.issue for pick in report.first_page.contested] == ["q1"]


def by_id(report: Report) -> dict[str, Finding]:
    return {finding.id: finding for finding in report.findings}


def test_when_every_article_fails_the_error_says_how_many_and_why_the_first(
    articles: tuple[Article, ...],
) -> None:
    def model(prompt: Prompt[Any]) -> Said:
        return RefusedError(f"refused {prompt.label}", "Try another.")

    with pytest.raises(RefusedError) as caught:
        run(articles, Scripted(model))
    said = f"none of the 3 articles could be read; {articles[0].source}: refused a1"
    assert (caught.value.message, caught.value.hint) == (said, "Try another.")


def test_when_the_only_article_fails_its_error_is_raised(articles: tuple[Article, ...]) -> None:
    with pytest.raises(RefusedError) as caught:
        run(articles[:1], Scripted(but("extract", "a1", RefusedError("refused a1"))))
    assert caught.value.message == "refused a1"


@pytest.mark.parametrize("error", [NoKeyError, AuthenticationError, ModelNotFoundError])
def test_an_error_that_every_call_would_meet_is_raised_as_it_is(
    articles: tuple[Article, ...], error: type[FactcheckError]
) -> None:
    client = Scripted(lambda _: error("hopeless"))
    with pytest.raises(error, match="hopeless"):
        run(articles, client)
    assert {prompt.stage for prompt in client.prompts} == {"extract"}


@pytest.mark.parametrize("error", [AuthenticationError, ModelNotFoundError])
@pytest.mark.parametrize("stage", ["extract", "compare", "edit"])
def test_one_call_that_is_refused_among_others_ends_no_run(
    articles: tuple[Article, ...], stage: str, error: type[FactcheckError]
) -> None:
    label = {"extract": "a1"}.get(stage, "")

    def model(prompt: Prompt[Any]) -> Said:
        refused = prompt.stage == stage and (not label or prompt.label == label)
        return error("refused by what stands before the server") if refused else reads(prompt)

    report = run(articles, Scripted(model))
    assert len(report.excluded) == (stage == "extract")
    assert report.manifest.compared is (stage != "compare")
    assert report.findings


def test_no_article_at_all_is_an_error() -> None:
    with pytest.raises(NoArticlesError):
        run((), Scripted(reads))


def test_a_single_article_is_read_and_compared_with_nothing(
    articles: tuple[Article, ...],
) -> None:
    client = Scripted(reads)
    report = run(articles[:1], client)
    assert [prompt.stage for prompt in client.prompts] == ["extract"]
    assert set(verdicts(report).values()) == {"single-source"}
    assert [note.code for note in report.manifest.notes] == ["one-article"]
    assert not is_degraded(report)


# --- another event ----------------------------------------------------------------------------


def strange(articles: tuple[Article, ...], *, related: bool) -> Report:
    """The model calls a2 another event, which shares no finding with the others, or does."""

    def merge(user: str) -> str:
        value = json.loads(answer(user))
        for placed in value["articles"]:
            if placed["a"] == "a2":
                placed["genre"] = "other_event"
        if not related:
            for group in value["groups"]:
                group["same"] = [i for i in group["same"] if not i.startswith("a2.")]
        return json.dumps(value)

    return run(articles, Scripted(but("compare", "", merge)))


def test_an_article_about_another_event_is_left_out_and_listed(
    articles: tuple[Article, ...],
) -> None:
    report = strange(articles, related=False)
    assert [(item.source, item.reason) for item in report.excluded] == [("post.md", "other-event")]
    assert [article.id for article in report.articles] == ["a1", "a3"]
    assert UNHURT not in verdicts(report)
    assert HURT in verdicts(report)
    assert not is_degraded(report)


def test_an_article_that_shares_a_finding_stays_whatever_the_model_says(
    articles: tuple[Article, ...],
) -> None:
    report = strange(articles, related=True)
    assert not report.excluded
    assert len(report.articles) == 3


def test_nothing_points_at_an_article_that_was_left_out(articles: tuple[Article, ...]) -> None:
    report = strange(articles, related=False)
    assert "a2" not in {claim.article for claim in report.claims}
    assert not any(part.startswith("a2.") for f in report.findings for part in f.claims)
    assert not any(voice.article == "a2" for f in report.findings for voice in f.voices)
    assert not any(
        speaker.startswith("a2.") for source in report.sources for speaker in source.speakers
    )
    assert all("a2" not in group.articles for group in report.groups)
