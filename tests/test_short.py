"""The short document: below its first page stands what has no room there, each once."""

from __future__ import annotations

from factcheck.models import Caution, Note, Pick, Report
from factcheck.report import render
from factcheck.report.entries import Lookup
from factcheck.report.first_page import first_page
from factcheck.report.first_page.maker import Maker
from factcheck.report.layout import Page
from factcheck.report.short import Short, shorten
from tests.samples import sample_report

GATE = "At what time did the gate open?"
WHY = "Why did the flood gate open?"
RISE = "By how much did the water rise?"


def short(report: Report) -> Short:
    return Page(report).short


def chosen(report: Report, **changes: object) -> Report:
    """The report with another first page."""
    return report.model_copy(update={"first_page": report.first_page.model_copy(update=changes)})


def contested_time(report: Report) -> Report:
    """The report with the time of the gate in dispute, which the first page does not choose."""
    issues = [
        one.model_copy(update={"settled": None}) if one.question == GATE else one
        for one in report.issues
    ]
    return report.model_copy(update={"issues": tuple(issues)})


def test_a_question_that_is_quoted_on_the_first_page_is_not_told_again() -> None:
    report = sample_report()
    contest = first_page(report).contested[0]
    assert contest.question == WHY
    assert all(stance.quote for stance in contest.stances)
    assert WHY not in [one.question for one in short(report).quoted]
    assert render(report, "md").count(WHY) == 1


def test_a_question_without_quotes_above_has_one_for_each_position_with_whose_it_is() -> None:
    (one,) = short(contested_time(sample_report())).quoted
    assert one.question == GATE
    first, second = one.positions
    assert (first.label, first.said_by) == (
        "At 2:10",
        "Ellery Ledger, 5 May (the Dam Inspectorate)",
    )
    assert (second.label, second.said_by) == ("At 2:20", "Coast Post")
    assert "twenty past two" in second.quote
    assert second.quote.startswith("“")


def test_who_takes_a_position_beside_who_is_quoted_is_named_once() -> None:
    (one,) = short(contested_time(sample_report())).quoted
    assert [position.who for position in one.positions] == ["Ellery Ledger", ""]


def test_what_the_model_says_of_a_question_stands_once() -> None:
    report = sample_report()
    pick = report.first_page.contested[0].model_copy(update={"weighing": "Both grant the opening."})
    assert render(chosen(report, contested=(pick,)), "md").count("Both grant the opening.") == 1
    timed = contested_time(report)
    issue = next(one for one in timed.issues if one.question == GATE)
    picked = Pick(issue=issue.id, claims=("a5.c6", "a2.c6"), weighing="Ten minutes apart.")
    text = render(chosen(timed, contested=(pick, picked)), "md")
    assert text.count("Ten minutes apart.") == 1


def test_what_the_model_says_of_a_question_stands_below_where_its_quotes_stand_above() -> None:
    report = sample_report()
    pick = report.first_page.contested[0].model_copy(update={"weighing": "Both grant the opening."})
    picked = chosen(report, contested=(pick,))
    page, above = Page(picked), Maker(picked).page({"weighing": 0})
    assert all(stance.quote for stance in above.contested[0].stances)
    (one,) = shorten(Lookup(picked), above, page.chapters, page.matrix).quoted
    assert (one.number, one.positions, one.remark) == ("1", (), "Both grant the opening.")


def test_questions_that_are_no_disputes_stand_in_a_line_with_what_the_model_notes() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.question == RISE)
    page = chosen(
        report,
        notes=(Note(id=issue.id, text="Both may be one."),),
    )
    told = short(page).brief["Versions that may be reconciled"]
    assert [one.question for one in told] == [RISE]
    assert told[0].positions[0][0] == "By two metres"
    assert told[0].remark == "Both may be one."


def test_what_rests_on_one_source_stands_below_only_without_room_above() -> None:
    report = sample_report()
    above = {ref for line in first_page(report).alone for ref in line.refs}
    below = {ref for line in short(report).alone for ref in line.refs}
    assert not above & below
    asked = {f for one in report.issues for p in one.positions for f in p.findings}
    assert not below & asked
    assert {*report.first_page.alone} <= above | below | asked


def test_a_slip_names_the_articles_where_one_source_takes_two_positions() -> None:
    report = sample_report()
    slip = next(one for one in report.issues if one.kind == "slip")
    one, other = slip.positions
    same = slip.model_copy(
        update={"positions": (one, other.model_copy(update={"origins": one.origins}))}
    )
    issues = tuple(same if each.id == slip.id else each for each in report.issues)
    page = chosen(report.model_copy(update={"issues": issues}), careful=())
    (told,) = short(page).brief["Check before printing"]
    assert told.positions == (("1961", "Ellery Ledger, 4 May"), ("1916", "Coast Post"))
    warned = chosen(page, careful=(Caution(ids=(slip.id,)),))
    (line,) = first_page(warned).careful
    assert line.text.endswith("1961 (Ellery Ledger, 4 May) or 1916 (Coast Post)")


def test_the_table_holds_all_that_was_chosen_as_solid_in_that_order() -> None:
    report = sample_report()
    order = tuple(reversed(report.first_page.solid))
    note = Note(id=order[0], text="Counted by the gauge.")
    rows = short(chosen(report, solid=order, notes=(note,))).solid
    assert [row.id for row in rows] == [*order]
    assert not any("Counted by the gauge." in row.text for row in rows)  # it stands above


def test_a_warning_about_several_questions_names_them_and_leaves_their_answers_to_them() -> None:
    report = sample_report()
    rise, time = (next(one for one in report.issues if one.question == q) for q in (RISE, GATE))
    warning = Caution(ids=(rise.id, time.id), why="Say whose.")
    many = tuple(Caution(ids=("f1",), why=f"Reason {n} " + "and so on " * 60) for n in range(9))
    page = chosen(report, careful=(*many, warning))
    told = short(page).brief["Also to check"]
    assert [one.question for one in told if one.remark == "Say whose."] == [f"{RISE} / {GATE}"]


def test_calls_without_room_above_stand_below() -> None:
    report = sample_report()
    call = report.first_page.calls[0]
    calls = tuple(call.model_copy(update={"ask": f"Question {n}? " * 40}) for n in range(6))
    page = chosen(report, calls=calls)
    above, below = first_page(page).calls, short(page).calls
    assert below
    assert [line.text for line in (*above, *below)] == [f"{c.who}: {c.ask}" for c in calls]


def test_words_in_marks_that_no_english_article_has_are_told_to_be_translated() -> None:
    report = sample_report()
    finding = next(f for f in report.findings if f.id in report.first_page.alone)
    said = finding.model_copy(update={"text": "The mayor called it “a mess”."})
    others = tuple(
        one.model_copy(update={"language": "de"}) if one.id in said.carried_by else one
        for one in report.articles
    )
    findings = tuple(said if one.id == said.id else one for one in report.findings)
    german = report.model_copy(update={"findings": findings, "articles": others})
    told = "words translated from German"
    assert told in render(german, "md")
    assert told not in render(report.model_copy(update={"findings": findings}), "md")
    plain = tuple(finding if one.id == said.id else one for one in report.findings)
    assert told not in render(german.model_copy(update={"findings": plain}), "md")


def test_the_quotes_of_a_position_that_stands_above_go_without_its_words() -> None:
    report = sample_report()
    page, above = Page(report), Maker(report).page({"quoted": 0})
    assert not any(stance.quote for stance in above.contested[0].stances)
    (one,) = shorten(Lookup(report), above, page.chapters, page.matrix).quoted
    assert (one.number, one.question) == ("1", WHY)
    assert [position.label for position in one.positions] == ["", ""]  # who calls it open is above
    assert one.positions[1].said_by.startswith("Coast Post")


def test_a_retraction_that_stands_above_is_quoted() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.id in report.first_page.changed)
    assert issue.question not in [one.question for one in short(report).quoted]
    left = issue.positions[0].model_copy(update={"origins": (), "withdrawn": ("Olo Brandt",)})
    changed = issue.model_copy(update={"positions": (left, *issue.positions[1:])})
    issues = tuple(changed if one.id == issue.id else one for one in report.issues)
    told = short(report.model_copy(update={"issues": issues})).quoted
    assert [one.question for one in told if one.number == ""] == [issue.question]
    assert all(position.quote for position in told[-1].positions)


def test_the_words_that_were_picked_stand_above_and_the_whole_sentence_below() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    words = "Nobody touched that gate"
    picked = chosen(report, contested=(pick.model_copy(update={"quotes": ("", words)}),))
    assert first_page(picked).contested[0].stances[1].quote == f"“{words}”"
    page, above = Page(picked), Maker(picked).page({"quoted": 0})
    (one,) = shorten(Lookup(picked), above, page.chapters, page.matrix).quoted
    assert words in one.positions[1].quote
    assert one.positions[1].quote != f"“{words}”"
