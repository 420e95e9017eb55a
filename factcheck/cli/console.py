"""What the command shows on stderr: progress, the plan of a dry run, the summary.

Progress is one line on a terminal, plain lines elsewhere. Nothing here decides anything.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TextIO

from factcheck.errors import InterruptedRunError
from factcheck.language.visible import clean_text
from factcheck.llm.cache import answers_folder
from factcheck.models import Excluded, Manifest, Report
from factcheck.pipeline.assemble import is_degraded
from factcheck.pipeline.estimate import Estimate
from factcheck.pipeline.progress import Step
from factcheck.report.first_page import first_page, plain_text
from factcheck.report.reading import terminal_page
from factcheck.report.words import many, spell
from factcheck.settings.model import ModelSettings
from factcheck.sidebyside import SideBySide

STEPS = {
    "extract": "reading articles",
    "compare": "comparing the articles",
    "edit": "ordering the first page",
}
COLUMNS = 80
ERASE = "\r\x1b[2K"
"""Moves a terminal's cursor to the beginning of its line, and empties the line."""
FRAMES = "-\\|/"


def tell(line: str) -> None:
    """Print one line to stderr; a closed or broken stderr is ignored."""
    with suppress(OSError):
        print(clean_text(line), file=sys.stderr, flush=True)  # noqa: T201 (this is where the command speaks)


def tell_step(step: Step) -> None:
    """Print a step of the progress as a plain line, for logs and pipes."""
    name = STEPS.get(step.stage, step.stage)
    tell(f"{name}: {step.done} of {step.total}" if step.done else f"{name}: {step.total}")


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """One line that is rewritten if stderr is a terminal, else a line for each step.

    The line shows the stage, for how long it goes on, and what the run took so far. It is gone
    at the end; what is told meanwhile stands above it.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield tell_step
        return
    line = ProgressLine(sys.stderr)
    with redirect_stderr(line):
        try:
            yield line.show
        finally:
            line.end()


class ProgressLine(io.TextIOBase):
    """A terminal whose last line is rewritten each second; what is written to it stands above."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._lock = RLock()
        self._ended = Event()
        self._open = False  # whether text stands in the line that goes on
        self._name, self._since, self._spent = "reading files", time.monotonic(), ""
        Thread(target=self._tick, daemon=True).start()

    def show(self, step: Step) -> None:
        """Show a step; the time counts from the first of its stage."""
        name = STEPS.get(step.stage, step.stage)
        with self._lock:
            if step.done == 0:
                self._since = time.monotonic()
            self._name = f"{name}: {step.done} of {step.total}" if step.total > 1 else name
            self._spent = format_spent(step)
            with suppress(OSError):
                self._draw()

    def write(self, text: str) -> int:
        """Write above the line; text that ends no line waits for its end."""
        with self._lock, suppress(OSError):  # nobody has to listen
            self._terminal.write(text if self._open else f"{ERASE}{text}")
            self._open = not text.endswith("\n")
            self._draw()
        return len(text)

    def end(self) -> None:
        """Take the line away."""
        with self._lock, suppress(OSError):
            self._ended.set()
            self._terminal.write(ERASE)
            self._terminal.flush()

    def _tick(self) -> None:
        while not self._ended.wait(1):
            with self._lock, suppress(OSError):
                self._draw()

    def _draw(self) -> None:
        if self._ended.is_set() or self._open:
            return
        seconds = int(time.monotonic() - self._since)
        width = self._find_width() - 1  # a line that is full would go on in the next
        text = f"{FRAMES[seconds % 4]} {self._name} {timedelta(seconds=seconds)} {self._spent}"
        self._terminal.write(f"{ERASE}{text[:width]}")
        self._terminal.flush()

    def _find_width(self) -> int:
        """The columns of the terminal; 80 where it does not say."""
        try:
            return os.get_terminal_size(self._terminal.fileno()).columns or 80
        except (OSError, ValueError):
            return 80


def format_spent(step: Step) -> str:
    """What a run took up to a step: its price, else its tokens; "" for nothing."""
    if not step.tokens:
        return ""
    used = f"{step.tokens:,} tokens" if step.cost is None else format_price(step.cost)
    return f"{used} so far"


@contextmanager
def saying_what_is_kept(kept: Callable[[], str]) -> Iterator[None]:
    """Turn Ctrl-C into an `InterruptedRunError` whose hint says what is kept of the run."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise InterruptedRunError("interrupted", kept()) from error


def announce_batch(model: ModelSettings) -> None:
    """Say what to expect of a run whose requests are sent in batches."""
    if model.batch:
        tell(
            "batch: the requests of each stage go out together at half price and are answered "
            "within a day, often sooner; after Ctrl-C the same command collects the answers."
        )


def describe_kept(record: Path | None, replay: Path | None, *, cache: bool) -> Callable[[], str]:
    """Return what tells, once the run is interrupted, what is kept of it and how to go on."""
    if replay is not None:
        return lambda: "Nothing was sent and nothing is lost: the same command begins anew."
    kept = f"Answers so far are kept in {answers_folder()}: " if cache else ""
    if record is None:
        lost = "No answer is kept (--no-cache): the same command asks for everything again."
        return lambda: f"{kept}the same command goes on from here." if cache else lost
    partial = record.parent / f"{record.name}.partial"  # also of a path that ends in no name
    before = read_mtime(partial)

    def of_recording() -> str:
        now = read_mtime(partial)
        written = f"What was recorded is kept in {partial}" if now != before else "No recording"
        anew = f"{written}; the same command records everything anew."
        return f"{anew} {kept}without --record it goes on from here." if cache else anew

    return of_recording


def read_mtime(path: Path) -> int | None:
    """When a file was written, in nanoseconds; None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def show_estimate(estimate: Estimate) -> None:
    """Print the estimate of a dry run, one line a stage."""
    for use in estimate.use:
        tell(
            f"{use.stage}: {many(use.calls, 'call')}, about {use.input_tokens:,} tokens in, "
            f"{use.output_tokens:,} out"
        )
    no_price = "unknown (no price for this model)"
    price = no_price if estimate.cost is None else format_price(estimate.cost)
    calls = many(estimate.calls, "call")
    tell(f"in all, if no answer is kept: {calls}, cost {price}. Nothing was sent.")


def format_price(dollars: float) -> str:
    """A price for people."""
    return "less than $0.01" if 0 < dollars < 0.01 else f"about ${dollars:.2f}"


def show_summary(report: Report) -> None:
    """Print the first page of the report, then what it lacks and what it used."""
    for skipped in report.skipped:
        if skipped.reason == "planted":
            places = ", ".join(map(str, skipped.sentences))
            source = next(one.source for one in report.articles if one.id == skipped.article)
            tell(
                f"warning: {source} addresses a machine or poses as "
                f"another article (left out: sentence {places})."
            )
    tell(f"\n{plain_text(first_page(report), COLUMNS)}")
    show_missing(report)
    tell(format_use(report.manifest))


def show_missing(report: Report) -> None:
    """Print what is not in the report, and why."""
    show_left_out(report.excluded)
    if report.not_assessed:
        tell(f"not assessed: {many(len(report.not_assessed), 'item')}, listed in the report.")
    for note in report.manifest.notes:
        tell(note.text)
    if is_degraded(report):
        limited = any(note.code.endswith("-limit") for note in report.manifest.notes)
        why = "a limit was reached" if limited else "calls failed"
        tell(f"The report is incomplete because {why}; the same command goes on from there.")


def show_left_out(excluded: Sequence[Excluded]) -> None:
    """Print the inputs that are not part of the comparison, and why."""
    for item in excluded:
        detail = f": {item.detail}" if item.detail else ""
        tell(f"left out: {item.source} ({spell(item.reason)}{detail})")


def show_reading(result: SideBySide, setup_hints: Sequence[str]) -> None:
    """Print the first page of the reading; that this is no fact-check, and how to get one."""
    tell(f"\n{terminal_page(result, COLUMNS)}")
    tell(
        f"{many(len(result.articles), 'article')} side by side: "
        f"{many(len(result.clusters), 'set')}, {many(len(result.comparisons), 'number')}, "
        f"{many(len(result.denials), 'denial')}."
    )
    show_left_out(result.excluded)
    tell("No fact-check was made, and nothing is judged. To get one:")
    for way in setup_hints:
        tell(f"- {way}")


def format_use(manifest: Manifest) -> str:
    """Calls, tokens and price of a run, as one line."""
    calls, cached, tokens_in, tokens_out = (
        sum(getattr(stage, field) for stage in manifest.use)
        for field in ("calls", "cached", "input_tokens", "output_tokens")
    )
    source = "recorded answers" if manifest.replayed else "the model"
    kept = f", {many(cached, 'answer')} from the cache" if cached else ""
    price = "" if manifest.cost is None else f", {format_price(manifest.cost)}"
    return (
        f"{many(calls, 'call')} to {source}{kept}, "
        f"{tokens_in:,} tokens in, {tokens_out:,} out{price}."
    )
