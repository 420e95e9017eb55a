"""The first page: whose name stands behind a change, and what was taken back."""

from __future__ import annotations

from factcheck.models import Position, Report
from factcheck.report.first_page import Maker
from tests.samples import sample_report

WATER = "شركة مارو للمياه"
"""Marrow Water, as the fourth article calls it."""


def moved(report: Report, before: Position, now: Position) -> Report:
    """The report with a question that moved from one position to another."""
    asked = report.issues[1].model_copy(update={"kind": "change", "positions": (before, now)})
    return report.model_copy(update={"issues": (report.issues[0], asked, *report.issues[2:])})


def told(report: Report) -> tuple[str, str]:
    """The line of the question that moved: its text, and who stands behind it."""
    line = Maker(report).change(report.issues[1].id)
    assert line is not None
    return line.text, line.note


def test_a_change_is_told_by_who_said_it_last_and_stands_by_it() -> None:
    report = sample_report()
    blamed, failed = report.issues[0].positions
    assert blamed.claims == ("a1.c3", "a4.c2")
    assert told(moved(report, failed, blamed))[1] == WATER
    late = blamed.model_copy(update={"claims": ("a4.c2", "a5.c3"), "origins": ()})
    assert told(moved(report, failed, late))[1] == f"the mayor; {WATER}"


def test_a_change_is_told_by_a_source_with_a_name_if_there_is_one() -> None:
    report = sample_report()
    blamed, failed = report.issues[0].positions
    late = blamed.model_copy(update={"claims": ("a4.c2", "a5.c3"), "origins": ()})
    nameless = next(v.source for f in report.findings for v in f.voices if v.claim == "a5.c3")
    sources = tuple(
        source.model_copy(update={"role": "anonymous"}) if source.id == nameless else source
        for source in report.sources
    )
    hidden = moved(report, failed, late).model_copy(update={"sources": sources})
    assert told(hidden)[1] == WATER


def test_a_position_that_nobody_stands_by_any_more_was_taken_back() -> None:
    report = sample_report()
    blamed, failed = report.issues[0].positions
    left = failed.model_copy(update={"withdrawn": ("Petra Lund",), "origins": ()})
    assert "The motor failed (taken back by Petra Lund) → " in told(moved(report, left, blamed))[0]
    assert "taken back" not in told(moved(report, failed, blamed))[0]
