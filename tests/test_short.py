"""The short document: below its first page stand evidence and what has no room there, once."""

from __future__ import annotations

from factcheck.models import Caution, Note, Pick, Report
from factcheck.report import render
from factcheck.report.entries import Lookup
from factcheck.report.first_page import first_page
from factcheck.report.first_page.maker import Maker
from factcheck.report.layout import Page
from factcheck.report.short import MOST_QUOTED, Short, shorten
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


def below(report: Report, **limits: int) -> Short:
    """The short document after a first page that is made with these limits."""
    page = Page(report)
    return shorten(Lookup(report), Maker(report).page(limits), page.chapters, page.matrix)


def test_a_question_that_is_quoted_on_the_first_page_is_not_told_again() -> None:
    report = sample_report()
    contest = first_page(report).contested[0]
    assert contest.question == WHY
    assert all(stance.quote for stance in contest.stances)
    assert WHY not in [one.question for one in short(report).contested]
    assert render(report, "md").count(WHY) == 1


def test_a_question_that_nobody_chose_stands_in_a_line() -> None:
    report = contested_time(sample_report())
    (one,) = short(report).contested_too
    assert one.text == GATE
    labels = [label for label, _ in one.positions]
    assert labels == ["At 2:10", "At 2:20"]
    assert "Dam Inspectorate" in one.positions[0][1]


def test_a_question_without_quotes_above_stands_whole_below() -> None:
    report = sample_report()
    above = Maker(report).page({"quoted": 0})
    assert not any(stance.quote for stance in above.contested[0].stances)
    (one,) = below(report, quoted=0).contested
    assert one.question == f"1: {WHY}"
    assert all(stance.quote and stance.who for stance in one.stances)


def test_of_a_question_that_stands_above_only_the_other_positions_stand_below() -> None:
    report = sample_report()
    above = Maker(report).page({"stances": 1})
    (told,) = above.contested[0].stances
    (one,) = below(report, stances=1).contested
    assert one.question == f"1: {WHY}"
    assert told.claim not in [stance.claim for stance in one.stances]
    assert one.stances


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
    (one,) = below(chosen(report, contested=(pick,)), weighing=0).contested
    assert (one.question, one.stances) == (f"1: {WHY}", ())
    assert one.remark == "Both grant the opening."


def test_what_would_settle_a_question_is_left_to_the_call_that_asks_for_it() -> None:
    report = sample_report()
    pick = report.first_page.contested[0].model_copy(update={"settles": "The gate's log"})
    call = report.first_page.calls[0].model_copy(update={"record": "log", "ids": (pick.issue,)})
    asked, unasked = (
        below(chosen(report, contested=(pick,), calls=calls), contested=0).contested[0]
        for calls in ((call,), ())
    )
    assert (asked.settles, unasked.settles) == ("", "The gate's log")


def test_what_is_solid_has_a_quote_of_each_of_two_origins() -> None:
    report = sample_report()
    for line in short(report).solid:
        finding = next(one for one in report.findings if one.text == line.text)
        sentences = {quote for voice in finding.voices for quote in voice.quotes}
        assert len(line.quotes) == min(2, len({o.key for o in finding.origins}))
        assert len({quote.said_by for quote in line.quotes}) == len(line.quotes)
        for quote in line.quotes:
            told = quote.text.strip("“”").replace("[…]", "").strip()
            assert any(told[:30] in sentence for sentence in sentences)


def test_more_than_enough_solid_findings_stand_in_the_table_alone() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    copies = [finding.model_copy(update={"id": f"f90{n}"}) for n in range(MOST_QUOTED + 1)]
    many = report.model_copy(update={"findings": (*report.findings, *copies)})
    told = short(chosen(many, solid=tuple(one.id for one in copies)))
    assert [one.id for one in told.solid] == [one.id for one in copies[:MOST_QUOTED]]
    assert [row.text for row in told.table] == [*"123456", finding.text]


def test_a_text_is_quoted_once() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    twin = finding.model_copy(update={"id": "f900"})
    both = report.model_copy(update={"findings": (*report.findings, twin)})
    first, again = short(chosen(both, solid=(ident, "f900"))).solid
    assert all(quote.text for quote in first.quotes)
    assert [quote.said_by for quote in again.quotes] == [quote.said_by for quote in first.quotes]
    assert not any(quote.text for quote in again.quotes)


def test_what_changed_is_quoted_value_by_value() -> None:
    report = sample_report()
    (told,) = [one for one in short(report).changed if one.ref in {i.id for i in report.issues}]
    issue = next(one for one in report.issues if one.id == told.ref)
    assert [stance.claim for stance in told.stances] == [p.label for p in issue.positions]
    for stance, position in zip(told.stances, issue.positions, strict=True):
        outlets = {one.outlet for one in report.articles if one.id in position.articles}
        assert any(outlet in stance.who for outlet in outlets)


def test_what_takes_a_value_back_is_quoted_beside_what_it_takes_back() -> None:
    report = sample_report()
    (told,) = [one for one in short(report).changed if one.ref in {i.id for i in report.issues}]
    issue = next(one for one in report.issues if one.id == told.ref)
    claim = issue.positions[0].claims[0]
    findings = tuple(
        one.model_copy(
            update={
                "voices": tuple(
                    v.model_copy(update={"stance": "retracts"}) if v.claim == claim else v
                    for v in one.voices
                )
            }
        )
        for one in report.findings
    )
    labels = [
        one.claim
        for one in short(report.model_copy(update={"findings": findings})).changed[0].stances
    ]
    assert labels[0] == "taken back"


def test_lines_beyond_the_limits_are_counted() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.alone
    finding = next(one for one in report.findings if one.id == ident)
    copies = [finding.model_copy(update={"id": f"f90{n}"}) for n in range(20)]
    many = report.model_copy(update={"findings": (*report.findings, *copies)})
    told = short(chosen(many, alone=tuple(one.id for one in copies)))
    above = first_page(chosen(many, alone=tuple(one.id for one in copies))).alone
    assert len(above) + len(told.alone) + told.left == 20


def test_questions_that_are_no_disputes_stand_in_a_line_with_what_the_model_notes() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.question == RISE)
    page = chosen(
        report,
        notes=(Note(id=issue.id, text="Both may be one."),),
    )
    (told,) = [one for one in short(page).careful if one.text == RISE]
    assert told.positions[0][0] == "By two metres"
    assert told.remark == "Both may be one."


def test_what_rests_on_one_source_stands_below_only_without_room_above() -> None:
    report = sample_report()
    above = {ref for line in first_page(report).alone for ref in line.refs}
    others = {ref for line in short(report).alone for ref in line.refs}
    assert not above & others
    asked = {f for one in report.issues for p in one.positions for f in p.findings}
    assert not others & asked
    assert {*report.first_page.alone} <= above | others | asked


def test_a_slip_names_the_articles_where_one_source_takes_two_positions() -> None:
    report = sample_report()
    slip = next(one for one in report.issues if one.kind == "slip")
    one, other = slip.positions
    same = slip.model_copy(
        update={"positions": (one, other.model_copy(update={"origins": one.origins}))}
    )
    issues = tuple(same if each.id == slip.id else each for each in report.issues)
    page = chosen(report.model_copy(update={"issues": issues}), careful=())
    (told,) = [one for one in short(page).careful if one.text == slip.question]
    assert told.positions == (("1961", "Ellery Ledger, 4 May"), ("1916", "Coast Post"))
    warned = chosen(page, careful=(Caution(ids=(slip.id,)),))
    (line,) = first_page(warned).careful
    assert line.text.endswith("1961 (Ellery Ledger, 4 May) or 1916 (Coast Post)")


def test_the_table_holds_all_that_was_chosen_as_solid_in_that_order() -> None:
    report = sample_report()
    order = tuple(reversed(report.first_page.solid))
    note = Note(id=order[0], text="Counted by the gauge.")
    told = short(chosen(report, solid=order, notes=(note,)))
    assert [row.id for row in told.table] == [*order]
    assert not any(one.remark for one in told.solid)  # it stands above
    assert not any("Counted by the gauge." in row.text for row in told.table)


def test_a_warning_about_several_questions_names_them_and_leaves_their_answers_to_them() -> None:
    report = sample_report()
    rise, time = (next(one for one in report.issues if one.question == q) for q in (RISE, GATE))
    warning = Caution(ids=(rise.id, time.id), why="Say whose.")
    many = tuple(Caution(ids=("f1",), why=f"Reason {n} " + "and so on " * 60) for n in range(4))
    page = chosen(report, careful=(*many, warning))
    told = short(page).careful
    assert [one.text for one in told if one.remark == "Say whose."] == [f"{RISE} / {GATE}"]


def test_calls_without_room_above_stand_below() -> None:
    report = sample_report()
    call = report.first_page.calls[0]
    calls = tuple(call.model_copy(update={"ask": f"Question {n}? " * 40}) for n in range(6))
    page = chosen(report, calls=calls)
    above, others = first_page(page).calls, short(page).calls
    assert others
    assert [line.text for line in (*above, *others)] == [f"{c.who}: {c.ask}" for c in calls]


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


def test_a_scrap_is_quoted_with_what_else_is_cited_in_the_order_of_the_article() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voice = finding.voices[0]
    article = next(one for one in report.articles if one.id == voice.article)
    first, second = (
        article.sentences[1].model_copy(update={"text": "The gate was open."}),
        (article.sentences[2].model_copy(update={"text": "He saw it."})),
    )
    told = article.model_copy(
        update={"sentences": (article.sentences[0], first, second, *article.sentences[3:])}
    )
    cited = voice.model_copy(
        update={
            "sentences": (second.number, first.number),
            "quotes": (second.text, first.text),
            "source": None,
        }
    )
    changed = report.model_copy(
        update={
            "articles": tuple(told if one.id == told.id else one for one in report.articles),
            "findings": tuple(
                one.model_copy(update={"voices": (cited,)}) if one.id == ident else one
                for one in report.findings
            ),
        }
    )
    (line,) = short(chosen(changed, solid=(ident,))).solid
    assert line.quotes[0].text == "“The gate was open. He saw it.”"


def test_what_else_a_source_is_cited_for_is_not_put_under_its_name() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voice = next(v for v in finding.voices if v.source)
    cited = voice.model_copy(
        update={"sentences": (2, 1), "quotes": ("He saw it.", "“No,” said another.")}
    )
    changed = report.model_copy(
        update={
            "findings": tuple(
                one.model_copy(update={"voices": (cited,)}) if one.id == ident else one
                for one in report.findings
            )
        }
    )
    (line,) = short(chosen(changed, solid=(ident,))).solid
    assert "said another" not in line.quotes[0].text


def test_all_that_was_chosen_is_told_above_or_below() -> None:
    report = sample_report()
    first = report.first_page
    note = Note(id=first.alone[0], text="Measured by the gauge at the weir.")
    page = chosen(report, changed=(*first.changed, first.alone[-1]), notes=(note,))
    told = below(page, changed=0, alone=1, notes=0)
    assert {one.ref for one in told.changed} == {*page.first_page.changed}
    assert [line.remark for line in told.alone if line.refs == (note.id,)] == [note.text]
    warning = Caution(ids=(first.contested[0].issue,), why="Ask both.")
    told = below(chosen(report, careful=(warning,)), careful=0)
    assert [one.remark for one in told.contested] == ["Ask both."]


def test_a_note_that_stands_above_stands_there_alone() -> None:
    report = sample_report()
    text = (
        "A note that is longer than a line of eighty columns, which is where plain text is wrapped."
    )
    noted = chosen(report, notes=(Note(id=report.first_page.changed[0], text=text),))
    assert render(noted, "md").count(text) == 1
