"""The estimate of a dry run: exact where it can be, and of the right size elsewhere."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.articles import read_articles
from factcheck.models import Article
from factcheck.pipeline.check import check
from factcheck.pipeline.estimate import Estimate, count_prompt
from factcheck.pipeline.estimate import estimate as estimate_run
from factcheck.settings.loader import Settings
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import ExtractSettings
from tests.newsroom import publish, reads
from tests.scripted import Scripted

NOW = datetime(2026, 3, 3, tzinfo=UTC)
LOCAL = ModelSettings(base_url="http://localhost:1/v1", name="m")
PAID = ModelSettings(name="gpt-4o-mini")


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Article, ...]:
    kept, _ = read_articles([publish(tmp_path / "in")])
    return kept


def estimate(
    articles: tuple[Article, ...], model: ModelSettings = LOCAL, window: int = 120
) -> Estimate:
    extract = ExtractSettings.model_construct(window=window)  # smaller than may be set
    return estimate_run(articles, Settings(model=model, extract=extract), NOW)


def test_the_calls_of_an_estimate_are_those_of_the_run(articles: tuple[Article, ...]) -> None:
    client = Scripted(reads)
    asyncio.run(check(articles, client, created=NOW))
    planned = {use.stage: use.calls for use in estimate(articles).use}
    assert planned == {use.stage: use.calls for use in client.use()}
    assert estimate(articles).calls == 5


def test_the_input_of_extract_is_counted_from_the_very_prompts(
    articles: tuple[Article, ...],
) -> None:
    client = Scripted(reads)
    asyncio.run(check(articles, client, created=NOW))
    sent = sum(count_prompt(prompt) for prompt in client.prompts if prompt.stage == "extract")
    assert estimate(articles).use[0].input_tokens == sent


def test_the_whole_input_is_estimated_within_a_third(articles: tuple[Article, ...]) -> None:
    client = Scripted(reads)
    asyncio.run(check(articles, client, created=NOW))
    sent = sum(count_prompt(prompt) for prompt in client.prompts)
    planned = sum(use.input_tokens for use in estimate(articles).use)
    assert sent == pytest.approx(planned, rel=1 / 3)


def test_one_article_is_only_read(articles: tuple[Article, ...]) -> None:
    assert [(use.stage, use.calls) for use in estimate(articles[:1]).use] == [("extract", 1)]


def test_a_long_article_takes_a_call_for_each_window(articles: tuple[Article, ...]) -> None:
    long = articles[0].model_copy(update={"sentences": articles[0].sentences * 8})
    count = len(long.sentences)
    assert estimate((long,), window=count).calls == 1
    assert estimate((long,), window=count - 1).calls == 2


def test_a_known_price_gives_a_cost_and_an_unknown_one_none(articles: tuple[Article, ...]) -> None:
    cost = estimate(articles, PAID).cost
    assert cost is not None
    assert 0 < cost < 1
    assert estimate(articles, LOCAL).cost is None
    assert estimate(articles, ModelSettings(name="no-such-model-9")).cost is None


def test_more_news_costs_more(articles: tuple[Article, ...]) -> None:
    less, more = estimate(articles[:2], PAID).cost, estimate(articles, PAID).cost
    assert less is not None
    assert more is not None
    assert less < more
