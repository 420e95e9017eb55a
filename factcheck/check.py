"""The whole flow on one page: articles in, `Report` out.

    read ─▶ extract ─▶ merge ─▶ crosscheck ─▶ judge ─▶ Report

`2n + 1` calls to the model for n articles, those of a stage at the same time. An
article whose calls fail in the end is reported as such, and the report is made of
the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from factcheck import __version__, prompts
from factcheck.drafts import drafts
from factcheck.errors import NoArticlesError
from factcheck.judge import judge
from factcheck.llm import Door
from factcheck.models import (
    Article,
    Checkpoint,
    Draft,
    Echo,
    Excluded,
    Manifest,
    Merged,
    NotAssessed,
    Reading,
    Report,
)
from factcheck.onward import (
    all_asked,
    asked_of,
    echoes_for,
    onward,
    rebased,
    to_drafts,
)
from factcheck.sources import identify
from factcheck.stages import (
    FAILED,
    NOT_MERGED,
    Options,
    Progress,
    Silent,
    Work,
    crosscheck_all,
    extract_all,
    merge_all,
)


@dataclass(frozen=True)
class Checked:
    """A report, and the checkpoint from which a later run goes on."""

    report: Report
    checkpoint: Checkpoint


async def check(
    articles: Sequence[Article],
    door: Door,
    *,
    excluded: Sequence[Excluded] = (),
    options: Options | None = None,
    progress: Progress | None = None,
    created: datetime,
) -> Report:
    """Compare articles about one event.

    `created` is the time that the report carries; who runs the model adds its name
    and price to the manifest. Raises `NoArticlesError` if there
    is no article, and the `ModelError` of the first article if none could be read.
    """
    checked = await check_on(
        articles,
        door,
        Checkpoint(),
        excluded=excluded,
        options=options,
        progress=progress,
        created=created,
    )
    return checked.report


async def check_on(  # noqa: PLR0913 (all but three have defaults)
    articles: Sequence[Article],
    door: Door,
    earlier: Checkpoint,
    *,
    replaced: Mapping[str, Article] = MappingProxyType({}),
    whole_only: bool = False,
    excluded: Sequence[Excluded] = (),
    options: Options | None = None,
    progress: Progress | None = None,
    created: datetime,
) -> Checked:
    """Compare articles, going on from what an earlier run found about the same event.

    Articles are known by id; `replaced` leads from the id of an edit to the article that
    it replaces. The model is asked about what is new alone. Whoever drops a report that
    was not merged says `whole_only`, and pays for no crosscheck of it. Raises like `check`.
    """
    work = Work(door, options or Options(), progress or Silent())
    if not articles:
        raise NoArticlesError(
            "There is no article to compare.", "Give files or folders of .txt, .md or .html."
        )
    readings, failed = await extract_all(articles, work, earlier.readings)
    articles, readings = with_texts_before(articles, readings, replaced, earlier.readings)
    readings, names = with_edits(articles, readings, replaced, earlier.readings)
    earlier = onward(earlier, readings, names)
    merged, notes = await merge_all(articles, list(readings.values()), work, earlier)

    strays = other_events(articles, readings, merged)
    articles = [article for article in articles if article.id not in strays]
    kept = [readings[article.id] for article in articles]
    found = drafts([claim for reading in kept for claim in reading.claims], merged)
    now = to_drafts(earlier, found)
    before = asked_of(earlier, now)
    answers = (
        []
        if whole_only and not_merged(notes)
        else await crosscheck_all(articles, kept, found, merged.questions, work, before)
    )
    here = {article.id for article in articles}
    kept_echoes = [echo for echo in echoes_for(earlier, now, found) if echo.article in here]
    material = Material(
        articles=tuple(articles),
        excluded=(*excluded, *failed, *strays.values()),
        readings=tuple(kept),
        merged=merged,
        drafts=tuple(found),
        echoes=(*kept_echoes, *(echo for answer in answers for echo in answer.echoes)),
        refused=(*earlier.refused, *(item for answer in answers for item in answer.refused)),
        notes=tuple(notes),
    )
    checkpoint = Checkpoint(
        readings=tuple(readings.values()),
        merged=merged,
        # What was not compared has to be, the next time.
        drafts=earlier.drafts if not_merged(notes) else material.drafts,
        echoes=material.echoes,
        asked=all_asked(before, [answer.asked for answer in answers]),
        refused=tuple(item for item in material.refused if not item.reason.startswith(FAILED)),
    )
    return Checked(to_report(material, work, created), checkpoint)


@dataclass(frozen=True)
class Material:
    """All that a report is made of, once the model has been asked for the last time."""

    articles: tuple[Article, ...]
    excluded: tuple[Excluded, ...]
    readings: tuple[Reading, ...]
    merged: Merged
    drafts: tuple[Draft, ...]
    echoes: tuple[Echo, ...]
    refused: tuple[NotAssessed, ...]
    notes: tuple[str, ...]


def to_report(material: Material, work: Work, created: datetime) -> Report:
    """Judge, and put the report together: code only."""
    articles, merged, readings = material.articles, material.merged, material.readings
    sources = identify(articles, readings, merged, work.options.owners)
    findings, issues = judge(readings, merged, material.drafts, material.echoes, sources)
    left = [item for reading in readings for item in reading.not_assessed]
    return Report(
        title=merged.event or next((a.title for a in articles if a.title), "One event"),
        articles=articles,
        excluded=material.excluded,
        groups=sources.groups,
        sources=sources.sources,
        claims=tuple(claim for reading in readings for claim in reading.claims),
        skipped=tuple(skip for reading in readings for skip in reading.skipped),
        findings=findings,
        issues=issues,
        not_assessed=(*left, *merged.not_assessed, *material.refused),
        manifest=Manifest(
            factcheck=__version__,
            engine="model",
            created=created,
            prompts=prompts.hashes(),
            use=work.door.use(),
            notes=material.notes,
        ),
    )


def with_texts_before(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    replaced: Mapping[str, Article],
    known: Sequence[Reading],
) -> tuple[list[Article], dict[str, Reading]]:
    """The articles that have a reading; an edit that could not be read is its text before."""
    old = {reading.article: reading for reading in known}
    found = dict(readings)
    kept = []
    for article in articles:
        before = replaced.get(article.id)
        if article.id in readings:
            kept.append(article)
        elif before is not None and before.id in old:
            kept.append(before)
            found[before.id] = old[before.id]
    return kept, found


def with_edits(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    replaced: Mapping[str, Article],
    known: Sequence[Reading],
) -> tuple[dict[str, Reading], dict[str, str]]:
    """The readings, those of edits in the light of the text before; and the new names of ids."""
    old = {reading.article: reading for reading in known}
    found = dict(readings)
    names: dict[str, str] = {}
    for article in articles:
        before = replaced.get(article.id)
        if before is not None and before.id in old and article.id not in old:
            result = rebased(old[before.id], before, readings[article.id], article)
            found[article.id] = result.reading
            names |= result.names
    return found, names


def other_events(
    articles: Sequence[Article], readings: Mapping[str, Reading], merged: Merged
) -> dict[str, Excluded]:
    """Articles about something else: the model says so and they share no finding with others."""
    homes = {claim: n for n, group in enumerate(merged.groups) for claim in group.same}

    def groups(article: str) -> set[int]:
        return {homes[claim.id] for claim in readings[article].claims if claim.id in homes}

    strays = {}
    for article in articles:
        others = {g for other in articles if other.id != article.id for g in groups(other.id)}
        if article.id in merged.other_event and not groups(article.id) & others:
            strays[article.id] = Excluded(
                source=article.source,
                reason="other event",
                detail="it shares no finding with the other articles",
            )
    return strays if len(strays) < len(articles) - 1 else {}


def not_merged(notes: Sequence[str]) -> bool:
    """Whether the claims of new articles were not compared, by the notes of a report."""
    return any(note.startswith(NOT_MERGED) for note in notes)


def degraded(report: Report) -> bool:
    """Whether a report lacks an article or a stage because calls failed."""
    failed = any(item.reason == "model failed" for item in report.excluded)
    stage = any(item.reason.startswith(FAILED) for item in report.not_assessed)
    return failed or stage or not_merged(report.manifest.notes)
