"""Crosscheck: what does an article say to the findings that it did not raise?

In: an article, its reading, the drafts of all findings. Out: echoes. The findings
are ranked by how likely three sentences on end of the article address them, core
ones first, and the top `ask` go into one call. An echo never upgrades a verdict;
support that names somebody, or a figure, that the article never names is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from factcheck import prompts
from factcheck.articles import numbered, windows
from factcheck.extract import cited, is_own_voice, speaker_id, unsupported
from factcheck.llm import Door, Prompt
from factcheck.models import Article, Asked, Draft, Echo, NotAssessed, Question, Reading, Stance
from factcheck.text.figures import missing_figures
from factcheck.text.rank import relevance
from factcheck.wire import Reply, WireAnswer

STANCES: dict[str, Stance] = {
    "supports": "asserts",
    "denies": "denies",
    "differs": "differs",
    "qualifies": "qualifies",
    "doubts": "doubts",
}


@dataclass(frozen=True)
class Crosschecked:
    """What one article was asked, what it says, and which answers were not used."""

    asked: Asked
    echoes: tuple[Echo, ...] = ()
    refused: tuple[NotAssessed, ...] = ()


async def crosscheck(  # noqa: PLR0913 (the first four are the task, the rest limits)
    article: Article,
    reading: Reading,
    drafts: Sequence[Draft],
    door: Door,
    *,
    questions: Sequence[Question] = (),
    done: frozenset[str] = frozenset(),
    ask: int = 60,
    window: int = 120,
) -> Crosschecked:
    """Ask an article about the findings of others. Raises the door's `ModelError`.

    `done` are drafts, by id, that it was asked about before: they keep their place among
    the top `ask`, and are not asked again.
    """
    known = answered(reading, questions)
    drafts = [draft for draft in drafts if not known & {*draft.same}]
    spans = windows(article, window)
    asked = [
        [d for d in chosen(article, reading, drafts, *span)[:ask] if d.id not in done]
        for span in spans
    ]
    parts = await asyncio.gather(
        *(
            ask_window(article, reading, some, door, span)
            for span, some in zip(spans, asked, strict=True)
        )
    )
    results = [result for part in parts for result in part]
    return Crosschecked(
        asked=Asked(article=article.id, drafts=tuple(sorted({d.id for d in chain(*asked)}))),
        echoes=tuple(result for result in results if isinstance(result, Echo)),
        refused=tuple(result for result in results if isinstance(result, NotAssessed)),
    )


async def ask_window(
    article: Article,
    reading: Reading,
    asked: Sequence[Draft],
    door: Door,
    span: tuple[int, int],
) -> list[Echo | NotAssessed]:
    """Ask one stretch of an article, sentences from and to, about some findings."""
    if not asked:
        return []
    answer = await door.ask(crosscheck_prompt(article, reading, asked, *span))
    return [to_echo(article, reading, asked, wire) for wire in answer.value.answers]


def answered(reading: Reading, questions: Sequence[Question]) -> set[str]:
    """The claims in conflicts to which the article has its own answer: nothing is left to ask."""
    own = {claim.id for claim in reading.claims}
    positions = [
        {c for side in q.sides for c in side.claims} for q in questions if q.kind == "conflict"
    ]
    return {claim for taken in positions if taken & own for claim in taken}


def chosen(
    article: Article, reading: Reading, drafts: Sequence[Draft], start: int, stop: int
) -> list[Draft]:
    """The findings that the article did not raise, most likely addressed first, core before rest.

    Elaborations of a finding are left out: their parent is asked. So are views,
    which carry no verdict.
    """
    own = {claim.id for claim in reading.claims}
    foreign = [
        draft
        for draft in drafts
        if not own & {*draft.same, *draft.more, *draft.part}
        and draft.kind in {"fact", "act", "open"}
        and not draft.parent
    ]
    sentences = [s.text for s in article.sentences[start - 1 : stop]]
    scores = relevance([draft.text for draft in foreign], sentences, article.language)
    ranked = sorted(
        zip(foreign, scores, strict=True), key=lambda pair: (not pair[0].core, -round(pair[1], 6))
    )
    return [draft for draft, _ in ranked]


def crosscheck_prompt(
    article: Article, reading: Reading, asked: Sequence[Draft], start: int, stop: int
) -> Prompt[Reply]:
    """The request: the same beginning as in extract, then the findings."""
    return Prompt(
        stage="crosscheck",
        label=article.id,
        system=prompts.instructions("system"),
        user=prompts.task(
            "crosscheck",
            article=numbered(article, start, stop),
            speakers=[speaker.name for speaker in reading.speakers],
            findings=asked,
        ),
        schema=Reply,
        check=lambda reply: problems(reply, asked),
    )


def problems(reply: Reply, asked: Sequence[Draft]) -> list[str]:
    """Only findings that were asked about can be answered."""
    known = {draft.id for draft in asked}
    return [f"there is no finding {a.g}" for a in reply.answers if a.g not in known]


def to_echo(
    article: Article, reading: Reading, asked: Sequence[Draft], wire: WireAnswer
) -> Echo | NotAssessed:
    """The answer as an echo, or why it is not used."""
    finding = next((draft for draft in asked if draft.id == wire.g), None)
    numbers = tuple(n for n in sorted(set(wire.s)) if 1 <= n <= len(article.sentences))
    fault = "it names no sentence" if not numbers else ""
    if finding is None:
        fault = f"there is no finding {wire.g}"
    elif numbers and not known_source(article, reading, wire.by):
        fault = f"it is on the word of {wire.by or 'nobody'}, who is no source of the article"
    elif numbers and wire.st == "supports":
        fault = unfounded(article, finding, numbers)
    text = finding.text if finding else wire.t
    if fault or finding is None:
        return NotAssessed(
            stage="crosscheck",
            article=article.id,
            sentences=numbers,
            text=text or "(empty)",
            reason=f"the model's answer ({wire.st}) was refused: {fault}",
        )
    return Echo(
        finding=finding.id,
        article=article.id,
        stance=STANCES[wire.st],
        sentences=numbers,
        speaker=speaker_id(article, wire.by, reading.speakers),
        modality=wire.m,
        text=" ".join(wire.t.split()),
    )


def known_source(article: Article, reading: Reading, by: str) -> bool:
    """Whether `by` is the article itself or somebody in its speaker table."""
    return is_own_voice(article, by) or speaker_id(article, by, reading.speakers) is not None


def unfounded(article: Article, finding: Draft, numbers: Sequence[int]) -> str:
    """Why support cannot be right: a name or figure that the article does not hold; "" if none."""
    _, names = unsupported(article, finding.text, numbers)
    if names:
        return f"the article never names {', '.join(names)}"
    figures = missing_figures(finding.text, cited(article, numbers))
    if figures and article.language == "en":
        return f"the sentences do not hold {', '.join(figures)}"
    return ""
