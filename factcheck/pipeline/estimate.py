"""Estimate the calls, tokens and cost of a run, without any call.

The prompts of extraction are exact. What the comparison holds depends on their answers,
and is estimated from a trial on five articles: 1.3 claims a sentence, 72 output tokens a
sentence in extraction, 30 a claim in the prompt of the comparison and 23 in its answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.articles import windows
from factcheck.llm import prompts
from factcheck.llm.budget import count_tokens
from factcheck.llm.client import Prompt
from factcheck.llm.prices import cost, estimate_tokens
from factcheck.models import Article, Extraction, StageUse
from factcheck.pipeline.compare import OUTPUT_PER_CLAIM, split
from factcheck.pipeline.edit import OUTPUT_OF_EDIT
from factcheck.pipeline.extract import OUTPUT_PER_SENTENCE, Window, extract_prompt
from factcheck.pipeline.wire import ExtractReply
from factcheck.settings.loader import Settings
from factcheck.settings.report import LimitSettings

CLAIMS_PER_SENTENCE = 1.3
INPUT_PER_CLAIM = 30
INPUT_PER_FINDING = 35


@dataclass(frozen=True)
class Estimate:
    """What each stage will use, and the cost in US dollars, None if unknown."""

    use: tuple[StageUse, ...]
    cost: float | None

    @property
    def calls(self) -> int:
        """All calls, re-asks aside."""
        return sum(stage.calls for stage in self.use)


def estimate(articles: Sequence[Article], settings: Settings, when: datetime) -> Estimate:
    """Estimate a run. Token counts are those of `estimate_tokens`."""
    parts = [
        Window(a, start, stop)
        for a in articles
        for start, stop in windows(a, settings.extract.window)
    ]
    read = [count_prompt(extract_prompt(part)) for part in parts]
    sentences = sum(len(article.sentences) for article in articles)
    claims = round(CLAIMS_PER_SENTENCE * sentences)
    use = [
        StageUse(
            stage="extract",
            calls=len(parts),
            input_tokens=sum(read),
            output_tokens=OUTPUT_PER_SENTENCE * sentences,
        )
    ]
    if len(articles) > 1:
        unread = [Extraction(article=article.id) for article in articles]
        batches = len(split(articles, unread, settings.compare))
        long = len(parts) - len(articles)
        compare, edit = (
            estimate_tokens(prompts.instructions(name))
            for name in ("compare.system", "edit.system")
        )
        texts = sum(estimate_tokens(s.text) for article in articles for s in article.sentences)
        use += [
            StageUse(
                stage="compare",
                calls=batches + (1 if long else 0),
                input_tokens=batches * compare + texts + claims * INPUT_PER_CLAIM,
                output_tokens=OUTPUT_PER_CLAIM * claims,
            ),
            StageUse(
                stage="edit",
                calls=1,
                input_tokens=edit + claims * INPUT_PER_FINDING,
                output_tokens=OUTPUT_OF_EDIT,
            ),
        ]
    return Estimate(use=tuple(use), cost=cost(settings.model, use, when))


def describe_forecast(forecast: Estimate, limits: LimitSettings) -> str:
    """What all would take beside the limits, in a line for people."""
    tokens, dollars = count_tokens(forecast.use), forecast.cost
    rows = (
        (forecast.calls, limits.max_calls, "{:,} calls"),
        (tokens, limits.max_tokens, "{:,} tokens"),
        (dollars or 0.0, limits.max_cost, "${:.2f}"),
    )
    limit = " and ".join(shown.format(most) for _, most, shown in rows if most is not None)
    beyond = any(most is not None and expected > most for expected, most, _ in rows)
    fate = "not all of it fits, the rest is not assessed" if beyond else "it fits"
    price = "" if dollars is None else f", ${dollars:.2f}"
    return (
        f"forecast, if no answer is kept: {forecast.calls:,} calls, "
        f"about {tokens:,} tokens{price}; the limit is {limit}: {fate}."
    )


def hold_back(
    articles: Sequence[Article],
    settings: Settings,
    when: datetime,
    fits: Callable[[Sequence[StageUse]], bool],
) -> tuple[StageUse, ...]:
    """What the stages after the extraction take for as many articles as fit, from the first on.

    So that what can be read within a limit can be compared too; () where that is fewer than two.
    """

    def use(count: int) -> tuple[StageUse, ...]:
        return estimate(articles[:count], settings, when).use

    counts = range(2, len(articles) + 1)
    fitting = bisect_left(counts, 1, key=lambda count: int(not fits(use(count))))
    return use(counts[fitting - 1])[1:] if fitting else ()


def count_prompt(prompt: Prompt[ExtractReply]) -> int:
    """Estimated input tokens of a prompt."""
    return estimate_tokens(f"{prompt.system}\n{prompt.user}")
