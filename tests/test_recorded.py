"""The whole pipeline through the real client, from the recorded runs (see cassettes/README.md).

What stands here is what an editor demands of these two reports, not the whole of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from factcheck import fact_check
from factcheck.models import Finding, Issue, Report
from factcheck.render import render

ROOT = Path(__file__).parent.parent
FOLDERS = {"seeds": ROOT / "seeds", "ferry": ROOT / "tests" / "stories" / "ferry"}


@cache
def replayed(name: str) -> Report:
    """The report of a recorded run."""
    return fact_check([FOLDERS[name]], replay=ROOT / "cassettes" / f"{name}.yaml")


def about(report: Report, *words: str) -> list[Finding]:
    """The findings whose sentence holds all these words."""
    return [f for f in report.findings if all(word in f.text.casefold() for word in words)]


def conflicts(report: Report) -> list[Issue]:
    """The issues of kind conflict."""
    return [issue for issue in report.issues if issue.kind == "conflict"]


def sides(issue: Issue) -> set[str]:
    """The labels of all origins that take a position."""
    return {origin.label for position in issue.positions for origin in position.origins}


both = pytest.mark.parametrize("name", sorted(FOLDERS))


@both
def test_the_recording_is_played_whole(name: str) -> None:
    assert not [note for note in replayed(name).manifest.notes if "not asked for" in note]


@both
def test_two_replays_give_the_same_bytes(name: str) -> None:
    replayed.cache_clear()
    again = fact_check([FOLDERS[name]], replay=ROOT / "cassettes" / f"{name}.yaml")
    for form in ("html", "md", "json"):
        assert render(replayed(name), form) == render(again, form)


@both
def test_at_most_two_calls_an_article_and_one(name: str) -> None:
    report = replayed(name)
    read = len(report.articles) + sum(e.reason == "other event" for e in report.excluded)
    assert sum(use.calls for use in report.manifest.use) <= 2 * read + 1


@both
def test_every_quote_is_verbatim(name: str) -> None:
    report = replayed(name)
    texts = {a.id: {s.number: s.text for s in a.sentences} for a in report.articles}
    for voice in (voice for finding in report.findings for voice in finding.voices):
        assert voice.quote in {texts[voice.article][n] for n in voice.sentences}


@both
def test_no_claim_and_no_sentence_is_lost(name: str) -> None:
    report = replayed(name)
    homes = sorted(claim for finding in report.findings for claim in finding.claims)
    assert homes == sorted(claim.id for claim in report.claims)
    told = {(c.article, n) for c in report.claims for n in c.sentences}
    told |= {(s.article, n) for s in report.skipped for n in s.sentences}
    told |= {(i.article, n) for i in report.not_assessed for n in i.sentences}
    body = {(a.id, s.number) for a in report.articles for s in a.sentences if s.kind != "headline"}
    assert body <= told


# --- seeds: the alleged drone attack on the Kremlin -----------------------------------------


def test_the_question_who_did_it_is_asked_once_with_both_sides() -> None:
    asked = [i for i in conflicts(replayed("seeds")) if {"Russia", "Ukraine"} <= sides(i)]
    (issue,) = [i for i in asked if "kremlin" in i.question.casefold()]
    assert len(issue.positions) >= 3
    assert issue.open


@pytest.mark.parametrize(
    "words",
    [
        ("injur",),
        ("hurt",),
        ("casualt",),
        ("harm",),
        ("damage",),
        ("schedule",),
        ("timetable",),
        ("not in the",),
        ("elsewhere",),
        ("shot", "down"),
        ("unharmed",),
    ],
    ids="-".join,
)
def test_nothing_is_verified_on_the_word_of_the_kremlin_alone(words: tuple[str, ...]) -> None:
    for finding in about(replayed("seeds"), *words):
        if finding.core and finding.kind == "fact":
            assert finding.verdict != "verified", finding.text


def test_methods_and_times_are_details() -> None:
    for issue in replayed("seeds").issues:
        if any(word in issue.question.casefold() for word in ("when ", "how ", "what time")):
            assert issue.kind != "conflict", issue.question


def test_statements_are_verified_as_said() -> None:
    said = {s.name.casefold() for f in replayed("seeds").findings for s in f.said if s.verified}
    assert any("kremlin" in name or "press" in name for name in said)
    assert any("zelensk" in name for name in said)


def test_spelling_variants_are_one_person() -> None:
    names = [source.name.casefold() for source in replayed("seeds").sources]
    for stem in ("zelensk", "podol", "volodin", "blinken", "peskov"):
        assert sum(stem in name and "spokesman" not in name for name in names) <= 1 + (
            stem == "peskov"
        ), stem


# --- ferry: copies, tolls, corrections, unnamed sources, strays, hostile text ---------------


def test_the_article_about_something_else_is_left_out_with_the_reason() -> None:
    (stray,) = replayed("ferry").excluded
    assert (stray.source, stray.reason) == ("06-dravonia-budget.txt", "other event")


def test_the_agency_and_its_near_copy_count_as_one_outlet() -> None:
    report = replayed("ferry")
    names = {a.id: a.source[:2] for a in report.articles}
    groups = [sorted(names[a] for a in group.articles) for group in report.groups]
    assert ["01", "02"] in groups


def test_a_toll_that_moved_is_updated_and_not_disputed() -> None:
    report = replayed("ferry")
    deaths = [
        f
        for f in report.findings
        if (f.kind == "fact" and "dead" in f.text) or "died" in f.text or "killed" in f.text
    ]
    assert deaths
    assert all(finding.verdict != "disputed" for finding in deaths), deaths
    assert "updated" in {finding.verdict for finding in deaths}


def test_a_corrected_figure_is_updated() -> None:
    wrong = [f for f in about(replayed("ferry"), "310") if f.kind in {"fact", "retract"}]
    assert wrong
    assert {finding.verdict for finding in wrong} == {"updated"}


def test_the_inspection_is_disputed_between_operator_and_union() -> None:
    disputed = [f for f in about(replayed("ferry"), "inspect") if f.verdict == "disputed"]
    labels = {o.label.casefold() for f in disputed for o in (*f.origins, *f.against)}
    assert any("ostrey" in label for label in labels)
    assert any("union" in label for label in labels)


def test_what_only_unnamed_people_say_is_unconfirmed() -> None:
    welding = [f for f in about(replayed("ferry"), "welding") if f.kind == "fact"]
    assert welding
    assert {finding.verdict for finding in welding} == {"unconfirmed"}


def test_hostile_text_changes_nothing_and_stays_inert() -> None:
    report = replayed("ferry")
    hostile = next(a.id for a in report.articles if a.source.startswith("08"))
    verified = [f for f in report.findings if f.verdict == "verified"]
    assert verified
    assert all(set(f.carried_by) != {hostile} for f in verified)
    page = render(report, "html")
    assert "<script" not in page.casefold()
    assert 'href="javascript:' not in page.casefold()


def test_the_french_article_takes_part() -> None:
    report = replayed("ferry")
    french = next(a for a in report.articles if a.language == "fr")
    shared = [f for f in report.findings if french.id in f.carried_by and f.outlets > 1]
    assert len(shared) >= 3
