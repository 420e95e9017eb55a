"""Estimate the calls, tokens and cost of a run, without any call.

The prompts of extraction are exact. What the comparison holds depends on their answers,
and is estimated from a trial on five articles: 1.3 claims a sentence, 72 output tokens a
sentence in extraction, 30 a claim in the prompt of the comparison and 23 in its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck import prompts
from factcheck.articles import windows
from factcheck.llm.client import Prompt
from factcheck.llm.prices import cost, estimate_tokens
from factcheck.models import Article, Extraction, StageUse
from factcheck.pipeline.check import Options
from factcheck.pipeline.compare import split
from factcheck.pipeline.extract import Window, extract_prompt
from factcheck.pipeline.wire import ExtractReply
from factcheck.settings.loader import ModelSettings

CLAIMS_PER_SENTENCE = 1.3
INPUT_PER_CLAIM = 30
OUTPUT_PER_SENTENCE = 72
OUTPUT_PER_CLAIM = 23
INPUT_PER_FINDING = 35
OUTPUT_OF_EDIT = 1_000


@dataclass(frozen=True)
class Estimate:
    """What each stage will use, and the cost in US dollars, None if unknown."""

    use: tuple[StageUse, ...]
    cost: float | None

    @property
    def calls(self) -> int:
        """All calls, re-asks aside."""
        return sum(stage.calls for stage in self.use)


def estimate(
    articles: Sequence[Article], options: Options, model: ModelSettings, when: datetime
) -> Estimate:
    """Estimate a run. Token counts are those of `estimate_tokens`."""
    parts = [Window(a, start, stop) for a in articles for start, stop in windows(a, options.window)]
    read = [count_tokens(extract_prompt(part)) for part in parts]
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
        batches = len(split(articles, unread, options.limits))
        long = len(parts) - len(articles)
        instructions = estimate_tokens(prompts.instructions("compare.system"))
        texts = sum(estimate_tokens(s.text) for article in articles for s in article.sentences)
        use.append(
            StageUse(
                stage="compare",
                calls=batches + (1 if long else 0),
                input_tokens=batches * instructions + texts + claims * INPUT_PER_CLAIM,
                output_tokens=OUTPUT_PER_CLAIM * claims,
            )
        )
        use.append(
            StageUse(
                stage="edit",
                calls=1,
                input_tokens=estimate_tokens(prompts.instructions("edit.system"))
                + claims * INPUT_PER_FINDING,
                output_tokens=OUTPUT_OF_EDIT,
            )
        )
    return Estimate(use=tuple(use), cost=cost(model.name, model.base_url, use, when))


def count_tokens(prompt: Prompt[ExtractReply]) -> int:
    """Estimated input tokens of a prompt."""
    return estimate_tokens(f"{prompt.system}\n{prompt.user}")
