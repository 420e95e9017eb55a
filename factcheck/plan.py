"""Plan: articles in, an estimate of calls, tokens and cost out, without any call.

The text of the extract prompts is exact. What later stages hold depends on the
answers, and is estimated from a trial on five articles: 1.3 claims a sentence,
72 output tokens a sentence in extract, 23 a claim in merge and crosscheck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck import prompts
from factcheck.articles import windows
from factcheck.config import ModelSettings
from factcheck.cost import cost, estimate_tokens
from factcheck.extract import Window, extract_prompt
from factcheck.llm import Prompt
from factcheck.models import Article, StageUse
from factcheck.stages import Options
from factcheck.wire import Reply

CLAIMS_PER_SENTENCE = 1.3
TOKENS_PER_CLAIM_LINE = 32
TOKENS_PER_FINDING_LINE = 22
OUTPUT_PER_SENTENCE = 72
OUTPUT_PER_CLAIM = 23
FINDINGS_PER_CLAIM = 0.6


@dataclass(frozen=True)
class Plan:
    """The estimate: what each stage will use, and the cost in US dollars, None if unknown."""

    use: tuple[StageUse, ...]
    cost: float | None

    @property
    def calls(self) -> int:
        """All calls, re-asks aside."""
        return sum(stage.calls for stage in self.use)


def plan(
    articles: Sequence[Article], options: Options, model: ModelSettings, when: datetime
) -> Plan:
    """Estimate a run. Token counts are those of `estimate_tokens`."""
    parts = [Window(a, start, stop) for a in articles for start, stop in windows(a, options.window)]
    read = [prompt_tokens(extract_prompt(part)) for part in parts]
    sentences = sum(len(article.sentences) for article in articles)
    claims = round(CLAIMS_PER_SENTENCE * sentences)
    asked = min(options.ask, round(claims * FINDINGS_PER_CLAIM))
    batches = max(1, -(-claims // options.batch))
    instructions = estimate_tokens(prompts.instructions("merge.system"))
    use = [
        StageUse(
            stage="extract",
            calls=len(parts),
            input_tokens=sum(read),
            output_tokens=OUTPUT_PER_SENTENCE * sentences,
        )
    ]
    if len(articles) > 1:
        use += [
            StageUse(
                stage="merge",
                calls=batches,
                input_tokens=batches * instructions + claims * TOKENS_PER_CLAIM_LINE,
                output_tokens=OUTPUT_PER_CLAIM * claims // 2,
            ),
            StageUse(
                stage="crosscheck",
                calls=len(parts),
                input_tokens=sum(read) + len(parts) * asked * TOKENS_PER_FINDING_LINE,
                output_tokens=OUTPUT_PER_CLAIM * claims // 2,
            ),
        ]
    return Plan(use=tuple(use), cost=cost(model.name, model.base_url, use, when))


def prompt_tokens(prompt: Prompt[Reply]) -> int:
    """Estimated input tokens of a prompt."""
    return estimate_tokens(f"{prompt.system}\n{prompt.user}")
