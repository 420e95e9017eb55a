"""Findings keep their numbers over editions, wherever a report names them."""

from __future__ import annotations

from factcheck.digest.numbering import replace_ids
from factcheck.report import render
from tests.samples import sample_report


def test_every_place_that_names_a_finding_follows_its_number() -> None:
    report = sample_report()
    near = tuple(one.id for one in report.findings[:2])
    issues = tuple(one.model_copy(update={"near": near}) for one in report.issues)
    asked = report.model_copy(update={"issues": issues})
    moved = {one.id: f"f{700 + n}" for n, one in enumerate(report.findings)}
    again = replace_ids(asked, moved)
    assert [one.near for one in again.issues] == [tuple(moved[i] for i in near)] * len(issues)
    known = {one.id for one in again.findings}
    for issue in again.issues:
        named = {*issue.near, *issue.open, *(f for p in issue.positions for f in p.findings)}
        assert named <= known
    assert "f700" in render(again, "html")
