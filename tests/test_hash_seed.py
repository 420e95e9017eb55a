"""Strings hash differently in each run, and sets come in another order: no output shows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
# The values themselves, to their last digit, and in their order: documents show it only where
# two of them are all but equal.
CODE = """
import factcheck
from factcheck.digest.numbering import find_spots
from factcheck.language.cognates import marks
from factcheck.pipeline.checks import share_marks
from factcheck.sidebyside.lines import read_lines
from factcheck.sidebyside.pairs import score_close_pairs
from tests.samples import sample_report
from tests.sidebyside.world import COURIER, HERALD, JOURNAL, STRANGER, read

reading = factcheck.read_side_by_side(["seeds"])
for made in (reading, read(HERALD, COURIER, JOURNAL, STRANGER)):
    print(made.model_dump_json(exclude={"manifest"}))
    print(*score_close_pairs(read_lines(made.articles)).items(), sep="\\n")
for one, other in zip(reading.articles, reading.articles[1:]):
    shown = {s.number: marks(s.text, other.language) for s in other.sentences}
    said = frozenset().union(*(marks(s.text, one.language) for s in one.sentences))
    print(share_marks(said, shown, {mark: 1 / len(mark) for mark in said}))
report = sample_report()
print(*find_spots(report.findings, report, report.model_copy(update={"articles": ()})), sep="\\n")
"""


def test_the_output_does_not_hang_on_the_order_of_sets() -> None:
    runs = [
        subprocess.Popen(  # noqa: S603 (our own code)
            [sys.executable, "-c", CODE],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "2")
    ]
    one, other = (run.communicate()[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert one == other
