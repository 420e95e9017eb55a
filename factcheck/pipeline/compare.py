"""Compare: ask a model what is one and what is contested across all articles.

One call sees every article's sentences, speakers and claims. A story that is too large for
one call is compared in batches, each told what was found so far; an article that was read
in several windows is first united with itself. Ids, sentences and speakers that do not
exist are refused and listed; what is doubted is asked again once and then carries a flag.
A claim's words, speaker and sentences stay those of its own extraction, whatever is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.errors import ContextOverflowError, TruncatedError
from factcheck.llm import prompts
from factcheck.llm.client import ModelClient, Prompt
from factcheck.llm.prices import estimate_tokens
from factcheck.models import Article, Comparison, Extraction, Speaker
from factcheck.pipeline.compare_prompt import Batch, add_found, show_article
from factcheck.pipeline.compare_reply import read_reply
from factcheck.pipeline.compared import add_batch
from factcheck.pipeline.wire import CompareReply
from factcheck.settings.report import CompareSettings

OUTPUT_PER_CLAIM = 23
"""Tokens of an answer for a claim that is compared; measured, see `pipeline/estimate.py`."""


async def compare(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    client: ModelClient,
    limits: CompareSettings | None = None,
) -> Comparison:
    """Compare articles with their extractions, in the same order.

    Raises the client's `ModelError` if a batch cannot be answered in the end.
    """
    job = Job(
        client=client,
        limits=limits or CompareSettings(),
        speakers={s.id: s for extraction in extractions for s in extraction.speakers},
        twins=await unite_windows(articles, extractions, client),
    )
    found = Comparison()
    for batch in split(articles, extractions, job.limits):
        found = await compare_batch(batch, found, job)
    return found


@dataclass(frozen=True)
class Job:
    """What all batches need: whom to ask, how much at once, all speakers, claims made twice."""

    client: ModelClient
    limits: CompareSettings
    speakers: Mapping[str, Speaker]
    twins: Mapping[str, tuple[str, ...]]


async def unite_windows(
    articles: Sequence[Article], extractions: Sequence[Extraction], client: ModelClient
) -> dict[str, tuple[str, ...]]:
    """Claims that an article read in several windows makes twice: the first leads to all.

    Only claims on the same word are one; if the call fails, none are.
    """
    twins: dict[str, tuple[str, ...]] = {}
    for article, extraction in zip(articles, extractions, strict=True):
        if extraction.windows < 2:
            continue
        batch = Batch((article,), (extraction,), alone=True)
        try:
            reply = (await client.ask(compare_prompt(batch, Comparison()))).value
        except (TruncatedError, ContextOverflowError):
            continue
        speaker_of = {claim.id: claim.speaker for claim in extraction.claims}
        for group in read_reply(reply, batch, Comparison()).comparison.groups:
            by_speaker: dict[str | None, list[str]] = {}
            for claim in group.same:
                by_speaker.setdefault(speaker_of[claim], []).append(claim)
            twins |= {ids[0]: tuple(ids) for ids in by_speaker.values() if len(ids) > 1}
    return twins


def split(
    articles: Sequence[Article], extractions: Sequence[Extraction], limits: CompareSettings
) -> list[Batch]:
    """Batches in the order of the articles, each within the limits or of one article."""
    batches: list[list[tuple[Article, Extraction]]] = [[]]
    size = 0
    for pair in zip(articles, extractions, strict=True):
        tokens = estimate_tokens(show_article(*pair, Batch((), ())))
        full = len(batches[-1]) >= limits.articles or size + tokens > limits.tokens
        if batches[-1] and full:
            batches.append([])
            size = 0
        batches[-1].append(pair)
        size += tokens
    return [Batch(tuple(a for a, _ in b), tuple(e for _, e in b)) for b in batches if b]


async def compare_batch(batch: Batch, found: Comparison, job: Job) -> Comparison:
    """What was found so far with what one batch adds; a batch that does not fit is halved."""
    asked = add_found(batch, found, job.speakers, job.twins, job.limits.tokens // 2)
    try:
        answer = await job.client.ask(compare_prompt(asked, found))
    except (TruncatedError, ContextOverflowError):
        if len(batch.articles) > 1:
            middle = len(batch.articles) // 2
            for part in (slice(None, middle), slice(middle, None)):
                half = Batch(batch.articles[part], batch.extractions[part])
                found = await compare_batch(half, found, job)
            return found
        if batch.bare:
            raise
        return await compare_batch(replace(batch, bare=True), found, job)
    read = read_reply(answer.value, asked, found)
    return add_batch(found, read.comparison, batch, job.twins)


def compare_prompt(batch: Batch, found: Comparison) -> Prompt[CompareReply]:
    """The request for one batch: instructions, articles with claims, what was found, the task."""
    return Prompt(
        stage="compare",
        label=batch.articles[0].id if batch.alone else "",
        system=prompts.instructions("compare.system"),
        user=prompts.task(
            "compare",
            articles=[
                {"text": show_article(article, extraction, batch)}
                for article, extraction in zip(batch.articles, batch.extractions, strict=True)
            ],
            found=batch.found,
            alone=batch.alone,
        ),
        schema=CompareReply,
        check=lambda reply: read_reply(reply, batch, found).problems,
        answer=OUTPUT_PER_CLAIM * sum(len(one.claims) for one in batch.extractions),
        divisible=len(batch.articles) > 1 or not batch.bare,
        covering=True,
    )
