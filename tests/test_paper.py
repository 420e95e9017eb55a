"""The working paper: each matter that was chosen stands once, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from factcheck.models import Caution, Claim, Note, Pick, Report
from factcheck.report import render
from factcheck.report.first_page import first_page
from factcheck.report.first_page.lines import Page
from factcheck.report.first_page.paper import MOST_DETAILS, PaperMaker
from tests.samples import sample_report

GATE = "At what time did the gate open?"
WHY = "Why did the flood gate open?"
RISE = "By how much did the water rise?"


def paper(report: Report) -> Page:
    return PaperMaker(report).paper()


def chosen(report: Report, **changes: object) -> Report:
    """The report with another first page."""
    return report.model_copy(update={"first_page": report.first_page.model_copy(update=changes)})


def edited(report: Report, finding_id: str, changes: Mapping[str, object]) -> Report:
    """The report with another finding."""
    findings = tuple(
        one.model_copy(update=changes) if one.id == finding_id else one for one in report.findings
    )
    return report.model_copy(update={"findings": findings})


def contested_time(report: Report) -> Report:
    """The report with the time of the gate in dispute."""
    issues = [
        one.model_copy(update={"settled": None}) if one.question == GATE else one
        for one in report.issues
    ]
    return report.model_copy(update={"issues": tuple(issues)})


def test_each_matter_stands_once() -> None:
    report = contested_time(sample_report())
    issue = next(one for one in report.issues if one.question == GATE)
    first = report.first_page.contested[0].model_copy(
        update={"weighing": "Both grant the opening."}
    )
    more = Pick(issue=issue.id, claims=("a5.c6", "a2.c6"), weighing="Ten minutes apart.")
    text = render(chosen(report, contested=(first, more)), "md").partition("## Working paper")[2]
    for told in (WHY, GATE, "Both grant the opening.", "Ten minutes apart."):
        assert text.count(told) == 1
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert len(heads) == len({*heads})


def test_a_contested_question_that_nobody_chose_stands_in_a_line_with_its_answers() -> None:
    report = contested_time(sample_report())
    (line,) = paper(report).contested_too
    assert line.startswith(f"{GATE} At 2:10 (")
    assert f"- {line[:40]}" in render(report, "md").replace("\\", "")


def test_all_that_was_chosen_is_told() -> None:
    report = sample_report()
    page, told = report.first_page, paper(report)
    assert [ref for line in told.changed for ref in line.refs] == [*page.changed]
    assert [line.refs[0] for line in told.solid] == [*page.solid]
    assert [one.ref for one in told.contested] == [pick.issue for pick in page.contested]
    assert [line.text for line in told.calls] == [f"{call.who}: {call.ask}" for call in page.calls]
    asked = {f for one in report.issues for p in one.positions for f in p.findings}
    assert {*page.alone} <= {ref for line in told.alone for ref in line.refs} | asked


def test_the_paper_stands_below_the_first_page_and_tells_the_calls_that_have_no_room_there() -> (
    None
):
    report = sample_report()
    call = report.first_page.calls[0]
    calls = tuple(call.model_copy(update={"ask": f"Question {n}? " * 40}) for n in range(6))
    text = render(chosen(report, calls=calls), "md")
    above, _, below = text.partition("\n## Working paper\n")
    assert first_page(chosen(report, calls=calls)).calls
    for n in range(6):
        assert (f"Question {n}?" in above) != (f"Question {n}?" in below)


def test_what_is_solid_is_quoted_verbatim_under_the_name_of_who_says_it() -> None:
    report = sample_report()
    findings = {one.id: one for one in report.findings}
    quoted = 0
    for line in paper(report).solid:
        finding = findings[line.refs[0]]
        if found := re.match(r"(.+?): “(.+?)”", line.note):
            who, words = found.groups()
            voices = [v for v in finding.voices if any(words[:30] in quote for quote in v.quotes)]
            assert voices
            assert any(not v.name or v.name in who for v in voices)
            quoted += 1
    assert quoted


def test_a_text_is_quoted_once() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    twin = finding.model_copy(update={"id": "f900", "voices": finding.voices[:1]})
    single = edited(report, ident, {"voices": finding.voices[:1]})
    both = single.model_copy(update={"findings": (*single.findings, twin)})
    first, again = paper(chosen(both, solid=(ident, "f900"))).solid
    assert "“" in first.note
    assert "“" not in again.note
    assert again.note  # by name at least


def test_a_sentence_that_also_tells_what_is_disputed_is_quoted_last() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    said = [v for v in finding.voices if v.counted and v.stance == "asserts"]
    assert len({v.article for v in said}) > 1
    maker = PaperMaker(report)
    best = min(said, key=lambda voice: maker.rank(voice, finding.text))
    other = finding.model_copy(
        update={"id": "f901", "verdict": "disputed", "voices": (best,), "issues": ()}
    )
    more = report.model_copy(update={"findings": (*report.findings, other)})
    maker = PaperMaker(more)
    assert min(said, key=lambda voice: maker.rank(voice, finding.text)).article != best.article


def test_who_takes_a_value_back_is_quoted_beside_what_it_takes_back() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.id in report.first_page.changed)
    ident = issue.positions[0].claims[0]

    def back(claim: Claim) -> Claim:
        return claim.model_copy(update={"kind": "retract"}) if claim.id == ident else claim

    said = issue.positions[-1].claims[0]  # stands in for what was said first
    withdrawn = issue.positions[0].model_copy(update={"claims": (said, ident), "origins": ()})
    asked = issue.model_copy(update={"positions": (withdrawn, *issue.positions[1:])})
    taken = report.model_copy(
        update={
            "claims": tuple(map(back, report.claims)),
            "issues": tuple(asked if one.id == issue.id else one for one in report.issues),
        }
    )
    line = next(one for one in paper(taken).changed if one.refs == (issue.id,))
    before, _, after = line.text.partition(" → ")
    assert re.search(r"taken back by .+: do not repeat; .+: “.+”; .+: “.+”", before)
    assert "“" not in after


def test_what_stands_after_a_change_is_quoted_and_what_is_new() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.id in report.first_page.changed)
    maker = PaperMaker(report)
    voice = maker.voices[issue.positions[-1].claims[0]]
    new = report.first_page.alone[0]
    told = paper(chosen(report, changed=(issue.id, new), solid=())).changed
    assert voice.quotes[0] in told[0].note
    finding = next(one for one in report.findings if one.id == new)
    assert any(each.quotes[0] in told[1].note for each in finding.voices)


def test_a_detail_is_told_with_its_answers_and_what_the_model_notes() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.question == RISE)
    noted = chosen(report, careful=(), notes=(Note(id=issue.id, text="Both may be one."),))
    (line,) = [one for one in paper(noted).careful if one.refs == (issue.id,)]
    assert line.text.startswith(f"{RISE} By two metres (")
    assert line.remark == "Both may be one."


def test_details_beyond_the_limit_are_left_to_the_audit() -> None:
    report = chosen(sample_report(), careful=())
    issue = next(one for one in report.issues if one.question == RISE)
    copies = tuple(issue.model_copy(update={"id": f"q90{n}"}) for n in range(MOST_DETAILS + 2))
    many = report.model_copy(update={"issues": copies, "first_page": report.first_page})
    told = paper(chosen(many, changed=(), contested=())).careful
    assert len([line for line in told if line.text.startswith(RISE)]) == MOST_DETAILS


def test_a_warning_leads_what_it_is_about_questions_with_their_answers() -> None:
    report = sample_report()
    rise = next(one for one in report.issues if one.question == RISE)
    slip = next(one for one in report.issues if one.kind == "slip")
    warning = Caution(ids=(rise.id, slip.id), why="Say whose.")
    line = paper(chosen(report, careful=(warning,))).careful[0]
    assert (line.text, line.refs) == ("Say whose.", (rise.id, slip.id))
    assert line.note.startswith(f"{RISE} By two metres (")
    assert f"; {slip.question} 1961 (" in line.note
    assert not [one for one in paper(report).careful if not one.text]


def test_a_warning_about_a_finding_names_who_says_it() -> None:
    report = sample_report()
    finding = next(one for one in report.findings if one.id in report.first_page.alone)
    warned = chosen(report, careful=(Caution(ids=(finding.id,), why="One voice."),))
    (line,) = [one for one in paper(warned).careful if one.text == "One voice."]
    assert f"{line.note}." == f"{finding.voices[0].origin.label}: {finding.text}"


def test_a_slip_names_the_articles_where_one_source_takes_two_positions() -> None:
    report = sample_report()
    slip = next(one for one in report.issues if one.kind == "slip")
    one, other = slip.positions
    same = slip.model_copy(
        update={"positions": (one, other.model_copy(update={"origins": one.origins}))}
    )
    issues = tuple(same if each.id == slip.id else each for each in report.issues)
    page = chosen(report.model_copy(update={"issues": issues}), careful=())
    (line,) = [each for each in paper(page).careful if each.refs == (slip.id,)]
    assert line.text.endswith("1961 (Ellery Ledger, 4 May); 1916 (Coast Post)")


def test_what_rests_on_one_source_names_the_articles() -> None:
    report = sample_report()
    names = PaperMaker(report).names
    for line in paper(report).alone:
        finding = next(one for one in report.findings if one.id == line.refs[0])
        told = f"{line.text} {line.note}"
        outlets = {one.id: one.outlet for one in report.articles}
        assert all(names[i] in told or (outlets[i] or "?") in told for i in finding.carried_by)


def test_what_one_source_says_in_the_same_articles_stands_together() -> None:
    report = sample_report()
    finding = next(one for one in report.findings if one.id in report.first_page.alone)
    more = [finding.model_copy(update={"id": f"f90{n}", "text": f"More {n}."}) for n in (1, 2)]
    both = report.model_copy(update={"findings": (*report.findings, *more)})
    (line,) = paper(chosen(both, alone=(finding.id, "f901"), changed=(), notes=())).alone
    assert line.refs == (finding.id, "f901")
    assert line.text.endswith(f": {finding.text} More 1.")
    note = Note(id="f901", text="Said twice.")
    page = chosen(both, alone=(finding.id, "f901", "f902"), changed=(), notes=(note,))
    refs = [each.refs for each in paper(page).alone]
    assert refs == [(finding.id, "f902"), ("f901",)]


@pytest.mark.parametrize(
    "other", [{"source": "s99"}, {"modality": "hedged"}, {"counted": False}, {"after": "a clerk"}]
)
def test_what_another_says_or_with_caution_stands_in_a_line_of_its_own(
    other: Mapping[str, object],
) -> None:
    report = sample_report()
    finding = next(one for one in report.findings if one.id in report.first_page.alone)
    voices = tuple(voice.model_copy(update=other) for voice in finding.voices)
    twins = [finding.model_copy(update={"id": f"f90{n}", "voices": voices}) for n in (1, 2)]
    both = report.model_copy(update={"findings": (*report.findings, *twins)})
    lines = paper(chosen(both, alone=(finding.id, "f901", "f902"), changed=(), notes=())).alone
    assert lines[0].refs == (finding.id,)
    assert (len(lines) == 2) == (other != {"counted": False})  # nobody's word is nobody else's


def test_a_note_stands_by_its_line() -> None:
    report = sample_report()
    note = Note(id=report.first_page.changed[0], text="Measured by the gauge at the weir.")
    noted = chosen(report, notes=(note,))
    assert [line.remark for line in paper(noted).changed if note.id in line.refs] == [note.text]


def test_words_in_marks_that_no_english_article_has_are_told_to_be_translated() -> None:
    report = sample_report()
    finding = next(f for f in report.findings if f.id in report.first_page.alone)
    said = edited(report, finding.id, {"text": "The mayor called it “a mess”."})
    others = tuple(
        one.model_copy(update={"language": "de"}) if one.id in finding.carried_by else one
        for one in report.articles
    )
    told = "words translated from German"
    assert told in render(said.model_copy(update={"articles": others}), "md")
    assert told not in render(said, "md")
    assert told not in render(report.model_copy(update={"articles": others}), "md")


def test_a_scrap_is_quoted_with_what_else_is_cited_in_the_order_of_the_article() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voice = finding.voices[0]
    article = next(one for one in report.articles if one.id == voice.article)
    first = article.sentences[1].model_copy(update={"text": "The gate was open."})
    second = article.sentences[2].model_copy(update={"text": "He saw it."})
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
    changed = edited(report, ident, {"voices": (cited,)}).model_copy(
        update={
            "articles": tuple(told if one.id == told.id else one for one in report.articles),
        }
    )
    (line,) = paper(chosen(changed, solid=(ident,))).solid
    assert "“The gate was open. He saw it.”" in line.note


def test_what_else_a_source_is_cited_for_is_not_put_under_its_name() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voice = next(v for v in finding.voices if v.source)
    cited = voice.model_copy(
        update={"sentences": (2, 1), "quotes": ("He saw it.", "“No,” said another.")}
    )
    changed = edited(report, ident, {"voices": (cited,)})
    (line,) = paper(chosen(changed, solid=(ident,))).solid
    assert "said another" not in line.note


def test_words_of_another_language_stand_with_their_translation() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    claims = {claim.id: claim for claim in report.claims}
    article = claims[pick.claims[0]].article
    foreign = tuple(
        one.model_copy(update={"language": "de"}) if one.id == article else one
        for one in report.articles
    )
    german = report.model_copy(update={"articles": foreign})
    words = ("das Tor war offen", *[""] * (len(pick.claims) - 1))
    english = ("the gate was open", *[""] * (len(pick.claims) - 1))
    picked = pick.model_copy(update={"quotes": words, "translations": english})
    contest = paper(chosen(german, contested=(picked,))).contested[0]
    assert "“das Tor war offen” (the gate was open)" in [one.told for one in contest.stances]


def test_a_short_english_sentence_is_quoted_whole_and_a_long_one_as_it_was_picked() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    maker = PaperMaker(report)
    voice = maker.voices[pick.claims[0]]
    sentence = maker.articles[voice.article].sentence(voice.sentences[0])
    assert len(sentence.text.split()) < 28
    words = " ".join(sentence.text.split()[:3])
    assert sentence.text in maker.choose_words(voice, words, 5)
    long = sentence.model_copy(update={"text": sentence.text + " and so on" * 20})
    article = maker.articles[voice.article]
    sentences = tuple(long if one.number == long.number else one for one in article.sentences)
    maker.articles[article.id] = article.model_copy(update={"sentences": sentences})
    assert maker.choose_words(voice, words, 5) == words


def test_the_table_tells_in_words_what_its_legend_does_not() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voices = tuple(voice.model_copy(update={"modality": "hedged"}) for voice in finding.voices)
    table = render(report, "md").partition("## Who says what is solid")[2]
    assert "with caution" not in table
    hedged = render(edited(report, ident, {"voices": voices}), "md")
    assert "with caution" in hedged.partition("## Who says what is solid")[2]
