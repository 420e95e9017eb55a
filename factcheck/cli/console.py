"""What the command shows on stderr: progress, the plan of a dry run, the summary.

Bars on a terminal, plain lines elsewhere. Nothing here decides anything.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from factcheck.language.visible import clean_text
from factcheck.models import Excluded, Manifest, Report
from factcheck.pipeline.check import Progress, is_degraded
from factcheck.pipeline.estimate import Estimate
from factcheck.sidebyside import SideBySide

STEPS = {
    "extract": "reading articles",
    "compare": "comparing the articles",
    "edit": "ordering the first page",
}
COLUMNS = 80


def tell(line: str) -> None:
    """One line on stderr; nobody has to listen there, the run goes on without."""
    with suppress(OSError):
        print(clean_text(line), file=sys.stderr, flush=True)  # noqa: T201 (this is where the command speaks)


class Lines:
    """Progress as plain lines, for logs and pipes."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.total: dict[str, int] = {}

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""
        self.total[stage] = total
        tell(f"{STEPS.get(stage, stage)}: {total}")

    def advance(self, stage: str) -> None:
        """One step is done."""
        self.done[stage] += 1
        tell(f"{STEPS.get(stage, stage)}: {self.done[stage]} of {self.total[stage]}")


@contextmanager
def progress() -> Iterator[Progress]:
    """Bars if stderr is a terminal, else lines."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console  # noqa: PLC0415 (start-up)
    from rich.progress import (  # noqa: PLC0415 (start-up)
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as Bars  # noqa: PLC0415 (start-up)

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        class OnBars:
            """Progress as bars."""

            def start(self, stage: str, total: int) -> None:
                """A stage begins."""
                tasks[stage] = bars.add_task(STEPS.get(stage, stage), total=total)

            def advance(self, stage: str) -> None:
                """One step is done."""
                bars.advance(tasks[stage])

        yield OnBars()


def plan(estimate: Estimate) -> None:
    """The estimate of a dry run, one line a stage."""
    for use in estimate.use:
        tell(
            f"{use.stage}: {count(use.calls, 'call')}, about {use.input_tokens:,} tokens in, "
            f"{use.output_tokens:,} out"
        )
    no_price = "unknown (no price for this model)"
    price = no_price if estimate.cost is None else price_of(estimate.cost)
    tell(f"in all: {count(estimate.calls, 'call')}, cost {price}. Nothing was sent.")


def price_of(dollars: float) -> str:
    """A price for people."""
    return "less than $0.01" if 0 < dollars < 0.01 else f"about ${dollars:.2f}"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 call", "11 calls"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def summary(report: Report) -> None:
    """The first page of the report, then what it lacks and what it took."""
    from factcheck.report.first_page import first_page, plain_text  # noqa: PLC0415 (start-up)

    for skipped in report.skipped:
        if skipped.reason == "planted":
            places = ", ".join(map(str, skipped.sentences))
            tell(
                f"warning: {source_of(report, skipped.article)} addresses a machine or poses as "
                f"another article (left out: sentence {places})."
            )
    tell(f"\n{plain_text(first_page(report), COLUMNS)}")
    lacking(report)
    tell(used(report.manifest))


def source_of(report: Report, article: str) -> str:
    """The input that an article came from."""
    return next(one.source for one in report.articles if one.id == article)


def lacking(report: Report) -> None:
    """What is not in the report, and why."""
    left_out(report.excluded)
    if report.not_assessed:
        tell(f"not assessed: {count(len(report.not_assessed), 'item')}, listed in the report.")
    for note in report.manifest.notes:
        tell(note)
    if is_degraded(report):
        tell("The report is incomplete because calls failed; the same command tries them again.")


def left_out(excluded: Sequence[Excluded]) -> None:
    """The inputs that are not part of the comparison, and why."""
    for item in excluded:
        tell(f"left out: {item.source} ({item.reason}{': ' + item.detail if item.detail else ''})")


def reading(result: SideBySide, setup_hints: Sequence[str]) -> None:
    """What was set side by side; that this is no fact-check, and how to get one."""
    tell(
        f"{count(len(result.articles), 'article')} side by side: "
        f"{count(len(result.clusters), 'set')} of close sentences, "
        f"{count(len(result.comparisons), 'number')} to compare, "
        f"{count(len(result.denials), 'denial')} quoted."
    )
    left_out(result.excluded)
    tell("No fact-check was made: no model read the articles, and nothing is judged. To get one:")
    for way in setup_hints:
        tell(f"- {way}")


def used(manifest: Manifest) -> str:
    """Calls, tokens and price of a run, as one line."""
    calls = sum(stage.calls for stage in manifest.use)
    cached = sum(stage.cached for stage in manifest.use)
    tokens_in = sum(stage.input_tokens for stage in manifest.use)
    tokens_out = sum(stage.output_tokens for stage in manifest.use)
    source = "recorded answers" if manifest.replayed else "the model"
    kept = f", {count(cached, 'answer')} from the cache" if cached else ""
    price = "" if manifest.cost is None else f", {price_of(manifest.cost)}"
    return (
        f"{count(calls, 'call')} to {source}{kept}, "
        f"{tokens_in:,} tokens in, {tokens_out:,} out{price}."
    )
