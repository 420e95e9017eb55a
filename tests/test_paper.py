"""Lines with what they rest on, and what stands below a first page: each matter once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

from factcheck.models import Caution, Claim, Doubt, Issue, Note, Pick, Report, Summary, SummaryKind
from factcheck.report import render
from factcheck.report.first_page import first_page, plain_text
from factcheck.report.first_page.fitting import MOST_WORDS
from factcheck.report.first_page.lines import Line, Page
from factcheck.report.first_page.maker import Maker
from factcheck.report.first_page.paper import ROOM, find_homes, make_paper
from factcheck.report.first_page.paper_maker import MOST_DETAILS, MOST_NAMED, PaperMaker
from factcheck.report.quotes import in_marks
from tests.samples import sample_report

GATE = "At what time did the gate open?"
WHY = "Why did the flood gate open?"
RISE = "By how much did the water rise?"


def whole(report: Report) -> Page:
    """The lines of a report, of no limited length."""
    return Maker(report).page()


def paper(report: Report) -> Page:
    """The sections of the Markdown up to what had no room among the first ones."""
    return make_paper(report).page


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
    asked = next(one for one in report.issues if one.question == GATE)
    held = {finding for position in asked.positions for finding in position.findings}
    issues = tuple(
        one.model_copy(update={"settled": None}) if one is asked else one for one in report.issues
    )
    findings = tuple(
        one.model_copy(update={"verdict": "disputed"}) if one.id in held else one
        for one in report.findings
    )
    return report.model_copy(update={"issues": issues, "findings": findings})


def test_each_matter_stands_once() -> None:
    report = contested_time(sample_report())
    issue = next(one for one in report.issues if one.question == GATE)
    first = report.first_page.contested[0].model_copy(
        update={"weighing": "Both grant the opening."}
    )
    more = Pick(issue=issue.id, claims=("a5.c6", "a2.c6"), weighing="Ten minutes apart.")
    text = render(chosen(report, contested=(first, more)), "md")
    for told in (WHY, GATE, "Both grant the opening.", "Ten minutes apart."):
        assert text.count(told) == 1
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert len(heads) == len({*heads})


def test_all_that_was_chosen_stands_in_the_document() -> None:
    report = contested_time(sample_report())
    chosen_here, made = report.first_page, make_paper(report)
    page = made.page
    assert [line.refs[0] for line in page.solid] == [*chosen_here.solid]
    assert [line.refs[0] for line in page.changed] == [*chosen_here.changed]
    told_calls = [line.text for line in (*page.calls, *made.calls_too)]
    assert told_calls == [f"{call.who}: {call.ask}" for call in chosen_here.calls]
    asked = tuple(Line(one.question, refs=(one.ref,)) for one in page.contested)
    near = (line for lines in made.near.values() for line in lines)
    assert {*chosen_here.alone} <= {
        r for line in (*page.alone, *page.changed, *asked, *near) for r in told(line)
    }


def test_what_bears_on_a_contested_question_stands_with_it_and_nowhere_else() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    ident = next(i for i in report.first_page.alone if i not in told(Line("", refs=(pick.issue,))))
    issue = next(one for one in report.issues if one.id == pick.issue)
    side = issue.positions[0].origins[0]
    single = next(one for one in report.findings if one.id == ident)
    same = single.model_copy(update={"id": "f901", "origins": (side,)})
    column = single.model_copy(update={"id": "f902", "origins": ()})
    both = single.model_copy(update={"id": "f903", "origins": (side, *single.origins)})
    report = report.model_copy(update={"findings": (*report.findings, same, column, both)})
    report = chosen(report, notes=(Note(id=ident, text="By one gauge alone."),))
    near = (ident, "f901", "f902", report.first_page.solid[0])
    issues = tuple(
        one.model_copy(update={"near": near}) if one.id == pick.issue else one
        for one in report.issues
    )
    made = make_paper(report.model_copy(update={"issues": issues}))
    (contest,) = made.page.contested
    (line,) = made.near[contest.ref]
    below = tuple(
        one.model_copy(update={"parent": ident}) if one.id == "f903" else one
        for one in report.findings
    )
    wider = tuple(
        one.model_copy(update={"near": ("f903", ident)}) if one.id == pick.issue else one
        for one in report.issues
    )
    nested = make_paper(report.model_copy(update={"issues": wider, "findings": below}))
    assert [each.refs for each in nested.near[contest.ref]] == [(ident,)], "nor what it holds"
    assert (line.refs, line.remark) == ((ident,), "By one gauge alone.")
    name = single.origins[0].label
    thrice = tuple(
        single.model_copy(update={"id": f"f91{n}", "text": f"{name} saw it {n} times."})
        for n in range(1, 4)
    )
    more = report.model_copy(update={"findings": (*report.findings, *thrice)})
    ids = tuple(each.id for each in thrice)
    asked = tuple(
        one.model_copy(update={"near": ids}) if one.id == pick.issue else one
        for one in report.issues
    )
    lines = make_paper(more.model_copy(update={"issues": asked})).near[contest.ref]
    assert [each.refs for each in lines] == [("f911",)], "one of each"
    assert lines[0].text.endswith(": saw it 1 times."), "without the name once more"
    assert ident not in {ref for line in made.page.alone for ref in line.refs}
    text = render(report.model_copy(update={"issues": issues}), "md")
    assert f"        - {line.text[:30]}" in text.partition("    - Bears on it:")[2]
    assert "Bears on it:" in render(report.model_copy(update={"issues": issues}), "html")
    full = render(report.model_copy(update={"issues": issues}), "md", full=True)
    assert f"Bears on it: [{single.text[:20]}" in full


def told(line: Line) -> set[str]:
    """The findings that a line tells."""
    issues = {one.id: one for one in sample_report().issues}
    asked = [issues[ref] for ref in line.refs if ref in issues]
    held = {f for one in asked for p in one.positions for f in p.findings}
    return {*line.refs, *held, *(f for one in asked for f in one.open[:1])}


def test_a_contested_question_stands_whole_with_all_its_positions() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.question == WHY)
    silt = issue.positions[1].model_copy(
        update={"label": "Silt held it", "findings": ("f9",), "claims": ("a5.c3",)}
    )
    issues = tuple(
        one.model_copy(update={"positions": (*one.positions, silt)}) if one is issue else one
        for one in report.issues
    )
    pick = report.first_page.contested[0].model_copy(
        update={"settles": "The log of the gate", "weighing": "Both grant it."}
    )
    pick = pick.model_copy(update={"claims": (*pick.claims, "a5.c3")})
    call = report.first_page.calls[0].model_copy(update={"record": "Log", "ids": (issue.id,)})
    more = report.model_copy(update={"issues": issues})
    (contest,) = paper(chosen(more, contested=(pick,), calls=(call,))).contested
    assert len(contest.stances) == len(issue.positions) + 1
    assert (contest.question, contest.remark) == (WHY, "Both grant it.")
    assert contest.settles == "The log of the gate"


def test_a_position_stands_in_the_words_of_who_takes_it_else_in_those_of_the_comparison() -> None:
    report = sample_report()
    (contest,) = paper(report).contested
    quoted = [stance for stance in contest.stances if stance.quote]
    assert quoted
    assert {stance.claim for stance in quoted} == {""}
    issue = next(one for one in report.issues if one.id == contest.ref)
    bare = PaperMaker(report).page({**ROOM, "quoted": 0}).contested[0]
    assert [stance.claim for stance in bare.stances] == [one.label for one in issue.positions]


def test_what_was_taken_back_stands_in_words_below() -> None:
    report, issue = with_withdrawal(sample_report())
    made = make_paper(report)
    words = made.withdrawn[issue.id]
    assert "".join(words).count("“") == 2
    (above,) = [one for one in made.page.changed if one.refs == (issue.id,)]
    assert "taken back by" in above.text
    assert "“" not in above.told()
    assert f"   - {words[0][:40]}" in render(report, "md").partition("## Changed")[2]


def test_the_summary_stands_point_by_point() -> None:
    points = ('Cause: "wind; rain" (mayor; council) or ice', "Dead: 2 (police) or 3 (hospital)")
    rests = (("Safe", ("A crash",)), ("Disputed", points))
    page = Page("", (), (), rests, (), (), (), (), (), ())
    assert "\nSafe: A crash\nDisputed:\n- Cause" in plain_text(page)


def test_a_warning_about_one_contested_question_stands_with_it() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    issue = next(one for one in report.issues if one.id == pick.issue)
    other = report.first_page.alone[0]
    about = Caution(ids=(issue.positions[0].findings[0], other), why="Name the clerk.")
    made = make_paper(chosen(report, careful=(about, Caution(ids=(other,), why="Another."))))
    assert [line.text for line in made.cautions[issue.id]] == ["Name the clerk."]
    assert [line.text for line in made.page.careful if line.by_model] == ["Another."]
    text = render(chosen(report, careful=(about,)), "md")
    assert text.count("Name the clerk.") == 1
    assert "   - Check: Name the clerk." in text.partition("## Contested")[2]


def test_what_a_contested_question_tells_is_no_line_of_one_source() -> None:
    report = sample_report()
    pick = report.first_page.contested[0]
    issue = next(one for one in report.issues if one.id == pick.issue)
    twice = issue.positions[0].findings[0]
    alone = chosen(report, alone=(twice, *report.first_page.alone))
    assert twice not in {ref for line in paper(alone).alone for ref in line.refs}
    bare = chosen(alone, contested=(), rests=()).model_copy(update={"issues": ()})
    assert twice in {ref for line in paper(bare).alone for ref in line.refs}


def test_an_outlet_that_goes_on_with_an_account_is_quoted_under_its_own_name() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    source = next(voice for voice in finding.voices if voice.source)
    article = next(one for one in report.articles if one.id == source.article)
    outlet = source.origin.model_copy(update={"label": article.outlet, "kind": "outlet"})
    other = source.origin.model_copy(update={"label": "The Other Paper", "kind": "outlet"})
    for after in (source.source, ""):
        update = {"source": None, "name": "", "after": after, "origin": outlet}
        own = source.model_copy(update=update)
        going = edited(report, ident, {"voices": (own,), "origins": (other,)})
        (line,) = make_paper(chosen(going, solid=(ident,))).said[ident]
        assert line.startswith(article.outlet)
        assert "The Other Paper" not in line


def test_all_notes_stand_with_what_they_are_about() -> None:
    report = sample_report()
    ids = (report.first_page.changed[0], report.first_page.solid[0])
    told = tuple(Note(id=i, text=f"Mind {i}{' and so on' * 300}.") for i in ids)
    page = paper(chosen(report, notes=told))
    lines = {line.refs[0]: line.remark for line in (*page.changed, *page.solid)}
    assert [lines[one.id] for one in told] == [one.text for one in told]


def test_contested_questions_that_nobody_chose_stand_with_their_positions() -> None:
    report = contested_time(sample_report())
    _, other = paper(report).contested
    assert other.question == GATE
    assert all(stance.quote for stance in other.stances)
    issue = next(one for one in report.issues if one.id == other.ref)
    single = issue.model_copy(update={"positions": issue.positions[:1], "excludes": ()})
    for said, shown in (((), False), ((report.findings[0].id,), True)):
        one = single.model_copy(update={"open": said, "kind": "conflict"})
        issues = tuple(one if each.id == one.id else each for each in report.issues)
        asked = paper(report.model_copy(update={"issues": issues})).contested
        assert (GATE in {each.question for each in asked}) == shown
        assert all(each.open for each in asked if each.question == GATE)


def test_a_question_of_which_one_answer_is_overtaken_is_contested_if_chosen_or_called_open() -> (
    None
):
    report = contested_time(sample_report())
    asked = next(one for one in report.issues if one.question == GATE)
    overtaken = tuple(
        one.model_copy(update={"verdict": "updated"})
        if one.id in asked.positions[0].findings
        else one
        for one in report.findings
    )
    past = report.model_copy(update={"findings": overtaken})
    called = tuple(
        one.model_copy(update={"open": (report.findings[0].id,)}) if one.id == asked.id else one
        for one in report.issues
    )
    pick = Pick(issue=asked.id, claims=tuple(one.claims[0] for one in asked.positions))
    for made, shown in (
        (report, True),
        (past, False),
        (past.model_copy(update={"issues": called}), True),
        (chosen(past, contested=(pick,)), True),
    ):
        assert (asked.id in {one.ref for one in paper(made).contested}) == shown


def test_a_scrap_that_nobody_picked_stands_with_what_it_says() -> None:
    report = contested_time(sample_report())
    for quote, told in (("They did.", True), ("The flood gate opened at ten past two.", False)):
        findings = tuple(
            one.model_copy(
                update={
                    "voices": tuple(
                        v.model_copy(update={"quotes": (quote, *v.quotes[1:])}) for v in one.voices
                    )
                }
            )
            for one in report.findings
        )
        made = make_paper(report.model_copy(update={"findings": findings})).page
        gate = next(one for one in made.contested if one.question == GATE)
        assert all(bool(one.says) == told for one in gate.stances if one.language == "en")


def test_what_is_solid_stands_in_the_words_of_one_who_says_it_and_names_the_others() -> None:
    report = sample_report()
    words = make_paper(report).said
    findings = {one.id: one for one in report.findings}
    assert words
    for ident, lines in words.items():
        said = {q for voice in findings[ident].voices for q in voice.quotes}
        quoted = re.findall(r"“(.+?)”", " ".join(lines))
        assert all(any(one.split(" […]")[0] in each for each in said) for one in quoted)
        assert not any("“" in line for line in lines[1:])
    assert any(line.startswith("also ") for lines in words.values() for line in lines[1:])


def test_calls_that_have_no_room_on_the_first_page_stand_below() -> None:
    report = sample_report()
    call = report.first_page.calls[0]
    calls = tuple(call.model_copy(update={"ask": f"Question {n}? " * 40}) for n in range(6))
    text = render(chosen(report, calls=calls), "md")
    above, _, below = text.partition("\n## Also call\n")
    assert first_page(chosen(report, calls=calls)).calls
    for n in range(6):
        assert (f"Question {n}?" in above) != (f"Question {n}?" in below)


def test_what_is_solid_is_quoted_verbatim_under_the_name_of_who_says_it() -> None:
    report = sample_report()
    findings = {one.id: one for one in report.findings}
    quoted = 0
    for line in whole(report).solid:
        finding = findings[line.refs[0]]
        if found := re.match(r"(.+?): “(.+?)”", line.note):
            who, words = found.groups()
            voices = [v for v in finding.voices if any(words[:30] in quote for quote in v.quotes)]
            assert voices
            names = [v.name.removeprefix("the ") for v in voices]
            assert any(name.casefold() in who.casefold() for name in names)
            quoted += 1
    assert quoted


def test_a_text_is_quoted_once() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    twin = finding.model_copy(update={"id": "f900", "voices": finding.voices[:1]})
    single = edited(report, ident, {"voices": finding.voices[:1]})
    both = single.model_copy(update={"findings": (*single.findings, twin)})
    first, again = whole(chosen(both, solid=(ident, "f900"))).solid
    assert "“" in first.note
    assert "“" not in again.note
    assert again.note  # by name at least


def test_a_sentence_that_also_tells_what_is_disputed_is_quoted_last() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    said = [v for v in finding.voices if v.counted and v.stance == "asserts"]
    assert len({v.article for v in said}) > 1
    maker = Maker(report)
    assert not maker.find_best(said, finding.text), "nothing is quoted yet"
    maker.most = 28
    best = maker.find_best(said, finding.text)
    assert best
    other = finding.model_copy(
        update={"id": "f901", "verdict": "disputed", "voices": (best,), "issues": ()}
    )
    more = report.model_copy(update={"findings": (*report.findings, other)})
    maker = Maker(more)
    maker.most = 28
    other_one = maker.find_best(said, finding.text)
    assert other_one
    assert other_one.article != best.article


def test_who_can_be_quoted_for_what_is_overtaken_alone_is_named_beside_another() -> None:
    report = sample_report()
    ident, finding = next(
        (one.id, one)
        for one in report.findings
        if one.id in report.first_page.solid and len(one.origins) > 1
    )
    first = next(v for v in finding.voices if v.origin.key == finding.origins[0].key)
    shaken = finding.model_copy(
        update={"id": "f901", "verdict": "updated", "issues": (), "voices": (first,)}
    )
    alone = tuple(
        v for v in finding.voices if v.origin.key != first.origin.key or v.claim == first.claim
    )
    told = edited(report, ident, {"voices": alone})
    told = told.model_copy(update={"findings": (*told.findings, shaken)})
    words = first.quotes[0][:20]
    assert any(words in line for line in make_paper(report).said[ident])
    said = make_paper(told).said[ident]
    assert not any(words in line for line in said)
    assert any(first.origin.label.partition(" (")[0] in line for line in said)


def with_withdrawal(report: Report) -> tuple[Report, Issue]:
    """The report with a value that its source takes back, and the question of it."""
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
    return taken, issue


def test_who_takes_a_value_back_is_quoted_beside_what_it_takes_back() -> None:
    taken, issue = with_withdrawal(sample_report())
    line = next(one for one in whole(taken).changed if one.refs == (issue.id,))
    before, _, after = line.text.partition(" → ")
    given, taking = r"; [\w ()]+, per \[\d\]: “[^“]+”", r"; Ellery Ledger: “[^“]+” \[\d\]"
    assert re.search(rf"\(taken back by .+: do not repeat{given}{taking}\)", before)
    assert "“" not in after
    bare = Maker(taken).page({"words_of_changes": 0}).changed
    assert not any("“" in one.told() for one in bare)


def test_what_stands_after_a_change_is_quoted_and_what_is_new() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.id in report.first_page.changed)
    voice = Maker(report).voices[issue.positions[-1].claims[0]]
    new = report.first_page.alone[0]
    told = whole(chosen(report, changed=(issue.id, new), solid=())).changed
    assert voice.quotes[0] in told[0].note
    finding = next(one for one in report.findings if one.id == new)
    assert any(each.quotes[0] in told[1].note for each in finding.voices)


def test_a_detail_is_told_with_its_answers_and_what_the_model_notes() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.question == RISE)
    noted = chosen(report, careful=(), notes=(Note(id=issue.id, text="Both may be one."),))
    (line,) = [one for one in make_paper(noted).details if one.refs == (issue.id,)]
    assert line.text.startswith(f"{RISE} By two metres (")
    assert line.remark == "Both may be one."


def test_an_answer_to_a_detail_stands_with_the_others_alone() -> None:
    report = chosen(sample_report(), careful=(), changed=(), contested=())
    issue = next(one for one in report.issues if one.question == RISE)
    answer = issue.positions[0].findings[0]
    lone = edited(report, answer, {"verdict": "single-source"})
    above = chosen(lone, alone=(answer, *report.first_page.alone), solid=())
    assert issue.id in {line.refs[0] for line in make_paper(above).details}
    told = {ref for line in make_paper(above).page.alone for ref in line.refs}
    assert told
    assert answer not in told
    asked = chosen(above, changed=(issue.id,))
    assert issue.id not in {line.refs[0] for line in make_paper(asked).details}


def test_a_note_stands_by_one_line() -> None:
    report = sample_report()
    ident = report.first_page.alone[0]
    note, warning = Note(id=ident, text="By one gauge alone."), Caution(ids=(ident,), why="Ring.")
    page = whole(chosen(report, notes=(note,), careful=(warning,), changed=(), contested=()))
    told = [line.remark for line in (*page.alone, *page.careful) if ident in line.refs]
    assert told == [note.text, ""]
    warned = whole(chosen(report, notes=(note,), careful=(warning,), alone=(), contested=()))
    assert [one.remark for one in warned.careful if one.refs == (ident,)] == [note.text]


def test_details_beyond_the_limit_are_left_to_the_audit() -> None:
    report = chosen(sample_report(), careful=())
    issue = next(one for one in report.issues if one.question == RISE)
    copies = tuple(issue.model_copy(update={"id": f"q90{n}"}) for n in range(MOST_DETAILS + 2))
    many = report.model_copy(update={"issues": copies, "first_page": report.first_page})
    told = make_paper(chosen(many, changed=(), contested=())).details
    assert len([line for line in told if line.text.startswith(RISE)]) == MOST_DETAILS


def test_a_warning_says_what_to_do_and_one_without_words_what_the_answers_are() -> None:
    report = sample_report()
    rise = next(one for one in report.issues if one.question == RISE)
    slip = next(one for one in report.issues if one.kind == "slip")
    warnings = (Caution(ids=(rise.id,), why="Say whose."), Caution(ids=(slip.id,)))
    made = make_paper(chosen(report, changed=(), careful=warnings))
    assert [one.text for one in made.cautions[rise.id]] == ["Say whose."]
    assert rise.id in {one.refs[0] for one in made.details}
    (line,) = [one for one in made.page.careful if one.refs == (slip.id,)]
    assert line.text.startswith(f"{slip.question} 1961 (")
    assert not [one for one in made.page.careful if RISE in one.text]


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
    assert line.text.endswith("1961 ([1]); 1916 ([2])")


def test_what_rests_on_one_source_is_quoted_with_the_numbers_of_the_articles() -> None:
    report = sample_report()
    numbers = {one.id: f"[{n}]" for n, one in enumerate(report.articles, 1)}
    lines = whole(report).alone
    assert lines
    for line in lines:
        finding = next(one for one in report.findings if one.id == line.refs[0])
        assert {number for number in numbers.values() if number in line.note} == {
            numbers[i] for i in finding.carried_by
        }
        spoken = [quote for v in finding.voices for quote in v.quotes if quote[0] == "“"]
        assert ("“" in line.note) == bool(spoken)
        assert all(quote in line.note for quote in spoken)
    marked = ["“" in line.note for line in lines]
    assert any(marked)
    assert not all(marked), "what an article only reports"


def test_a_note_stands_by_its_line() -> None:
    report = sample_report()
    note = Note(id=report.first_page.changed[0], text="Measured by the gauge at the weir.")
    noted = chosen(report, notes=(note,))
    assert [line.remark for line in paper(noted).changed if note.id in line.refs] == [note.text]


def test_words_in_marks_that_no_english_article_has_are_told_to_be_translated() -> None:
    report = sample_report()
    single = {ref for line in paper(report).alone for ref in line.refs}
    finding = next(f for f in report.findings if f.id in single)
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
    (line,) = whole(chosen(changed, solid=(ident,))).solid
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
    (line,) = whole(chosen(changed, solid=(ident,))).solid
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
    contest = whole(chosen(german, contested=(picked,))).contested[0]
    assert "“das Tor war offen” (the gate was open)" in [one.told for one in contest.stances]


def test_the_document_has_room_up_to_its_calls_and_all_that_stands_behind_them() -> None:
    report = sample_report()
    calls = tuple(
        report.first_page.calls[0].model_copy(update={"ask": f"Question {n}? " * 9})
        for n in range(6)
    )
    warnings = tuple(Caution(ids=(), why=f"Warning {n} " * 40) for n in range(8))
    full = chosen(report, calls=calls, careful=warnings)
    top, short = paper(full), first_page(full)
    above = re.split(r"\n## (?!Call\b)", render(full, "md"))[0]
    assert len(above.split()) <= MOST_WORDS
    assert len(top.calls) >= len(short.calls)
    assert len([line for line in top.careful if line.text.startswith("Warning")]) == 8
    assert len(short.careful) < len(top.careful)
    assert len(make_paper(full, beside=600).page.calls) == 1


def test_who_takes_something_back_is_quoted_with_all_that_is_cited() -> None:
    report = sample_report()
    voice = report.findings[0].voices[0]
    article = next(one for one in report.articles if one.id == voice.article)
    first, second = article.sentences[3:5]
    several = voice.model_copy(
        update={
            "source": None,
            "sentences": (second.number, first.number),
            "quotes": (second.text, first.text),
        }
    )
    maker = Maker(report)
    maker.most = 9
    assert maker.quote_cited(several) == in_marks(f"{first.text} {second.text}")
    spoken = several.model_copy(
        update={
            "source": voice.source,
            "sentences": (first.number, first.number + 3),
            "quotes": ("The police say otherwise now.", "“We were wrong.”"),
        }
    )
    told = "“The police say otherwise now. […] “We were wrong.””"
    assert maker.quote_cited(spoken) == told, "a source's words, not what stands between"
    alone = voice.model_copy(
        update={"sentences": (first.number,), "quotes": (first.text,), "source": None}
    )
    maker.most = 99
    assert maker.quote(alone, "") == "", "it stands there already"
    apart = several.model_copy(
        update={"sentences": (second.number, 1), "quotes": (second.text, article.sentences[0].text)}
    )
    assert maker.quote_cited(apart) == in_marks(second.text), "not with what stands elsewhere"


def test_the_language_of_a_quote_is_told_where_it_is_not_english() -> None:
    report = sample_report()
    voice = next(v for f in report.findings for v in f.voices if v.source is None)
    german = tuple(
        one.model_copy(update={"language": "de"}) if one.id == voice.article else one
        for one in report.articles
    )
    cite = Maker(report).cite[voice.article]
    foreign = Maker(report.model_copy(update={"articles": german}))
    assert Maker(report).place("Post", voice, "“x”") == f"Post: “x” {cite}"
    assert foreign.place("Post", voice, "“x”") == f"Post, in German: “x” {cite}"
    assert foreign.place("", voice, "“x”") == f"in German: “x” {cite}"


def test_who_answers_for_a_line_is_not_named_twice() -> None:
    report = sample_report()
    finding = next(f for f in report.findings if f.id in report.first_page.alone)
    name = finding.origins[0].label
    for head in (f"{name}: nobody was hurt", f"{name} nobody was hurt"):
        headed = chosen(report, heads=(Note(id=finding.id, text=head),))
        (line,) = (one for one in whole(headed).alone if one.refs == (finding.id,))
        assert line.text == f"{line.strong}: nobody was hurt"


def test_the_first_page_says_how_many_contested_questions_it_leaves_out() -> None:
    report = contested_time(sample_report())
    assert whole(report).contested_too == ("1 more",)
    assert Maker(report).page({"contested": 0}).contested_too[-1] == "1 more"
    assert Maker(report).page({"contested": 0, "contested_too": 0}).contested_too == ("2 more",)
    assert paper(report).contested_too == ()
    assert "Contested too: 1 more" in plain_text(whole(report))


def test_a_question_without_claims_and_a_pick_that_is_no_dispute_do_no_harm() -> None:
    report = sample_report()
    bare = tuple(
        one.model_copy(
            update={"positions": tuple(p.model_copy(update={"claims": ()}) for p in one.positions)}
        )
        if one.kind == "conflict"
        else one
        for one in report.issues
    )
    empty = chosen(report, contested=()).model_copy(update={"issues": bare})
    assert make_paper(empty).page.contested == ()
    detail = next(one for one in report.issues if one.kind == "detail")
    pick = Pick(issue=detail.id, claims=tuple(p.claims[0] for p in detail.positions))
    assert detail.id in {one.ref for one in paper(chosen(report, contested=(pick,))).contested}


def test_ten_questions_are_one_list_with_their_positions_under_them() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "conflict")
    more = tuple(issue.model_copy(update={"id": f"q9{n}"}) for n in range(10))
    text = render(report.model_copy(update={"issues": (*report.issues, *more)}), "md")
    part = text.partition("## Contested")[2].partition("\n## ")[0]
    tokens = [token.type for token in MarkdownIt("commonmark").parse(part)]
    assert tokens.count("ordered_list_open") == 1
    assert tokens.count("bullet_list_open") == 11


def test_what_the_checks_doubt_in_a_near_line_is_told() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "conflict")
    (ident, *_) = (
        f.id
        for f in report.findings
        if f.verdict == "single-source" and f.id not in told(Line("", refs=(issue.id,)))
    )
    issues = tuple(
        one.model_copy(update={"near": (ident,)}) if one is issue else one for one in report.issues
    )
    head = "The valve leaked 99 litres"
    flag = Doubt(code="number-missing", text="no such number", about=head)
    doubted = chosen(report, heads=(Note(id=ident, text=head),), flags=(flag,), alone=())
    made = make_paper(doubted.model_copy(update={"issues": issues}))
    assert [one.text for one in made.page.flags] == ["no such number"]


def test_a_statement_is_told_with_how_many_report_it_and_others_by_their_number() -> None:
    report = sample_report()
    said = make_paper(report).said
    spoken = next(f for f in report.findings if f.id in said and f.verdict == "as-said")
    assert "reported by " in said[spoken.id][-1]
    solid = next(f for f in report.findings if f.id in said and f.verdict == "verified")
    more = tuple(
        solid.origins[0].model_copy(update={"key": f"k{n}", "label": f"Body {n}"}) for n in range(6)
    )
    many = edited(report, solid.id, {"origins": (*solid.origins, *more)})
    told = make_paper(many).said[solid.id]
    assert told[-1].endswith(f"; {len(solid.origins) + len(more) - MOST_NAMED} more")
    assert len(told) == 2
    assert told[1].count(";") == MOST_NAMED - 1


def test_a_clock_is_told_with_the_day_of_who_gives_it() -> None:
    report = sample_report()
    maker = Maker(report)
    position = report.issues[0].positions[0]
    voices = {
        article: next(v for f in report.findings for v in f.voices if v.article == article)
        for article in ("a1", "a5")
    }
    days = {i: f"{maker.articles[i].published:%-d %B}" for i in voices}
    for article, voice in voices.items():
        assert maker.tell_time("9 p.m.", position, [voice]) == f"{days[article]}, 9 p.m."
        assert maker.tell_time("19.40", position, [voice]) == f"{days[article]}, 19.40"
        assert maker.tell_time("2024", position, [voice]) == "2024"
    assert days["a1"] != days["a5"]


def test_a_warning_is_told_with_its_articles_where_these_are_few() -> None:
    report = sample_report()
    asked = find_homes(report)
    apart = (f for f in report.findings if f.id not in asked)
    single = next(f for f in apart if len({v.article for v in f.voices}) == 1)
    cautions = (
        Caution(ids=(single.id,), why=f"Mind {single.id}."),
        Caution(ids=tuple(one.id for one in report.findings), why="Mind all."),
    )
    made = make_paper(chosen(report, careful=cautions))
    lines = (*made.page.careful, *(line for some in made.cautions.values() for line in some))
    notes = {line.text: line.note for line in lines}
    number = [a.id for a in report.articles].index(single.voices[0].article) + 1
    assert notes[f"Mind {single.id}."] == f"[{number}]"
    assert notes["Mind all."] == ""
    text = render(chosen(report, careful=cautions), "md")
    assert f"Mind {single.id}. ([{number}])" in text


def test_words_that_nobody_picked_are_told_in_short_where_they_are_not_english() -> None:
    report = contested_time(sample_report())
    foreign = tuple(one.model_copy(update={"language": "de"}) for one in report.articles)
    made = make_paper(report.model_copy(update={"articles": foreign}))
    gate = next(one for one in made.page.contested if one.question == GATE)
    assert all(stance.says.startswith("in short: ") for stance in gate.stances)
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    assert not any("(in short: " in line for line in made.said[ident]), "the line itself says it"
    voices = tuple(v.model_copy(update={"text": "Boats lay moored there."}) for v in finding.voices)
    other = edited(report, ident, {"voices": voices}).model_copy(update={"articles": foreign})
    quoted = [line for line in make_paper(other).said[ident] if "“" in line]
    assert quoted
    assert all(line.endswith("(in short: Boats lay moored there.)") for line in quoted)


def test_a_headline_is_quoted_after_a_sentence_of_the_text() -> None:
    report = sample_report()
    (ident, *_) = report.first_page.solid
    finding = next(one for one in report.findings if one.id == ident)
    voices = [v for v in finding.voices if v.counted and v.stance == "asserts"]
    maker = Maker(report)
    maker.most = 28
    best = maker.find_best(voices, finding.text)
    assert best
    article = next(one for one in report.articles if one.id == best.article)
    lines = tuple(
        one.model_copy(update={"kind": "headline"}) if one.number == best.sentences[0] else one
        for one in article.sentences
    )
    titled = article.model_copy(update={"sentences": lines})
    articles = tuple(titled if one is article else one for one in report.articles)
    maker = Maker(report.model_copy(update={"articles": articles}))
    maker.most = 28
    other = maker.find_best(voices, finding.text)
    assert other
    assert other is not best


def test_what_bears_on_two_questions_is_told_by_who_is_of_no_side_in_the_one() -> None:
    report = sample_report()
    asked = next(one for one in report.issues if one.kind == "conflict")
    other = asked.model_copy(update={"id": "q90", "near": ("f901",)})
    (taker, *_) = asked.positions[0].origins
    third = taker.model_copy(update={"key": "third", "label": "Third Body"})
    moved = asked.positions[0].model_copy(update={"origins": (third,)})
    other = other.model_copy(update={"positions": (moved, *asked.positions[1:])})
    single = next(f for f in report.findings if f.verdict == "single-source")
    both = single.model_copy(update={"id": "f901", "origins": (taker, third)})
    issues = tuple(
        one.model_copy(update={"near": ("f901",)}) if one is asked else one for one in report.issues
    )
    made = make_paper(
        report.model_copy(update={"findings": (*report.findings, both), "issues": (*issues, other)})
    )
    (line,) = made.near[asked.id]
    assert line.text.startswith("Third Body")


def point(report: Report, text: str, *ids: str) -> str:
    """How a safe point stands on the page."""
    rests = (Summary(kind="safe", text=text, ids=ids),)
    ((_, (told,)),) = whole(chosen(report, rests=rests)).rests
    return told


def test_a_point_cites_its_articles_and_names_the_only_source_of_what_is_safe() -> None:
    report = sample_report()
    alone = next(f for f in report.findings if f.verdict == "single-source" and f.origins)
    solid = next(f for f in report.findings if f.verdict == "verified")
    name = alone.origins[0].label.partition(" (")[0]
    cites = [f"[{n}]" for n, a in enumerate(report.articles, 1) if a.id in alone.carried_by]
    told = point(report, "the gate leaked", alone.id)
    assert told.startswith(f"The gate leaked ({name}) [")
    assert set(told.split()) & set(cites)
    assert name not in point(report, "the gate leaked", alone.id, solid.id)
    assert point(report, f"the gate leaked, says {name}", alone.id).count(name) == 1


def test_a_point_on_what_changed_cites_what_stands_and_what_was_taken_back() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "change")
    cite = {article.id: f"[{n}]" for n, article in enumerate(report.articles, 1)}
    standing = issue.positions[-1 if issue.settled is None else issue.settled]
    told = point(report, "it moved", issue.id)
    assert {cite[article] for article in standing.articles} <= {*told.split()}
    first = issue.positions[0]
    only = {cite[a] for a in first.articles} - {cite[a] for a in standing.articles}
    taken_back = {c.article for c in report.claims if c.kind == "retract" and c.id in first.claims}
    assert not only & {*told.split()} - {cite[article] for article in taken_back}


def test_every_question_that_changed_or_was_settled_is_told() -> None:
    report = sample_report()
    moved = {i.id for i in report.issues if i.kind == "change" or i.settled is not None}
    assert moved
    made = make_paper(chosen(report, changed=(), contested=()))
    assert moved <= {ref for line in made.page.changed for ref in line.refs}


def test_a_chosen_line_that_a_change_tells_stands_where_it_has_a_figure_more() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "change")
    ident = issue.positions[-1].findings[0]
    for text, kept in ((issue.positions[-1].label, False), ("It had 7,431 valves", True)):
        found = edited(report, ident, {"verdict": "single-source", "text": text})
        page = paper(chosen(found, changed=(issue.id,), alone=(ident,), heads=(), notes=()))
        assert (ident in {ref for line in page.alone for ref in line.refs}) == kept


def test_a_point_cites_the_articles_of_what_it_mainly_says_first_those_that_give_more() -> None:
    report = sample_report()
    maker = Maker(report)
    given = {f.id: {*maker.list_articles(f.id)} for f in report.findings if f.origins}
    pairs = [(one, other) for one in given for other in given if one != other]
    first, other = next(p for p in pairs if given[p[0]] > given[p[1]])
    proof = maker.choose_proof((first, other))
    assert {*proof} == given[first]
    assert {*proof[: len(given[other])]} == given[other]
    first, other = next(p for p in pairs if not given[p[0]] & given[p[1]])
    assert {*maker.choose_proof((first, other))} == given[first]
    issue = next(i for i in report.issues if i.kind == "conflict" and len(i.positions) > 1)
    assert {*maker.choose_proof([f"{issue.id}.0"])} <= {*issue.positions[0].articles}


def test_a_turn_is_proved_by_who_gives_what_stands_now_and_not_by_who_once_gave_both() -> None:
    report = sample_report()
    moved = next(one for one in report.issues if one.kind == "change")
    last = len(moved.positions) - 1
    maker = Maker(report)
    for ids in ([f"{moved.id}.0", f"{moved.id}.{last}"], [moved.id, f"{moved.id}.{last}"]):
        assert maker.leave_replaced(ids) == [f"{moved.id}.{last}"]
    assert maker.choose_proof([f"{moved.id}.0", f"{moved.id}.{last}"]) == maker.choose_proof(
        [f"{moved.id}.{last}"]
    )
    asked = next(i for i in report.issues if i.kind == "conflict" and i.settled is None)
    for left in ([f"{moved.id}.0"], [f"{asked.id}.0", f"{asked.id}.1"]):
        assert maker.leave_replaced(left) == left, "nothing stands in its place here"
    first = moved.positions[0].claims[0]
    claims = tuple(
        one.model_copy(update={"kind": "retract"}) if one.id == first else one
        for one in report.claims
    )
    both = [f"{moved.id}.0", f"{moved.id}.{last}"]
    maker = Maker(report.model_copy(update={"claims": claims}))
    assert maker.leave_replaced(both) == both, "who takes an answer back tells the turn"


def test_foreign_words_stand_with_what_they_say_and_not_with_what_is_shared() -> None:
    report = sample_report()
    ident = next(i for i in report.first_page.solid if i in {f.id for f in report.findings})
    finding = next(f for f in report.findings if f.id == ident)
    german = tuple(a.model_copy(update={"language": "de"}) for a in report.articles)
    more = tuple(
        v.model_copy(update={"relation": "more", "text": "It broke in February."})
        for v in finding.voices
    )
    told = edited(report.model_copy(update={"articles": german}), ident, {"voices": more})
    quoted = make_paper(told).said[ident]
    assert any("(in short: It broke in February.)" in line for line in quoted)
    assert not any(f"(in short: {finding.text})" in line for line in quoted)


def test_what_is_said_in_several_sentences_stands_with_the_claim_if_the_quote_has_half_of_it() -> (
    None
):
    report = sample_report()
    finding = next(f for f in report.findings if f.id in report.first_page.solid and f.origins)
    text = report.articles[0].sentence(2).text
    for says, shown in ((text, False), ("Seven laboratories later confirmed it all.", True)):
        voices = tuple(
            v.model_copy(
                update={
                    "article": report.articles[0].id,
                    "sentences": (2, 3)[: 1 + shown],
                    "quotes": (text, report.articles[0].sentence(3).text)[: 1 + shown],
                    "text": says,
                }
            )
            for v in finding.voices
        )
        told = make_paper(edited(report, finding.id, {"voices": voices, "text": "It was so."}))
        assert any("(in short: " in line for line in told.said[finding.id]) is shown


def test_who_says_only_a_part_of_a_statement_is_not_named_for_it() -> None:
    report = sample_report()
    finding = next(f for f in report.findings if f.said and f.said[0].source)
    said = finding.model_copy(update={"text": "It was told."})
    part = tuple(
        v.model_copy(update={"relation": "part"}) if v.source == said.said[0].source else v
        for v in said.voices
    )
    assert said.said[0].name in Maker(report).name_utterer(said)
    assert not Maker(report).name_utterer(said.model_copy(update={"voices": part}))


def test_what_is_solid_is_quoted_from_a_report_before_a_headline() -> None:
    report = sample_report()
    ident, finding = next(
        (f.id, f) for f in report.findings if f.id in report.first_page.solid and len(f.origins) > 1
    )
    maker = PaperMaker(report)
    maker.most = 40
    first = finding.origins[0]
    best = maker.find_best_of(finding, first)
    assert best
    assert not any(maker.rank_proof(first, best))
    heads = tuple(
        a.model_copy(
            update={
                "sentences": tuple(s.model_copy(update={"kind": "headline"}) for s in a.sentences)
            }
        )
        if a.id == best.article
        else a
        for a in report.articles
    )
    headed = PaperMaker(report.model_copy(update={"articles": heads}))
    headed.most = 40
    best = headed.find_best_of(finding, first)
    assert best
    assert headed.rank_proof(first, best) == (False, False, True, False)
    nameless = first.model_copy(update={"kind": "anonymous"})
    assert maker.rank_proof(first, best) < maker.rank_proof(nameless, best)
    foreign = next(v for f in report.findings for v in f.voices if v.article == "a4")
    assert maker.rank_proof(first, foreign)[-1]
    assert ident in make_paper(report).said


def test_both_answers_of_a_dispute_are_cited_and_what_a_side_prints_last() -> None:
    report = sample_report()
    issue = next(i for i in report.issues if i.kind == "conflict" and len(i.positions) > 1)
    ids = (f"{issue.id}.0", f"{issue.id}.1")
    cite = {one.id: f"[{n}]" for n, one in enumerate(report.articles, 1)}
    rests = (Summary(kind="attribute", text="It leaked or not", ids=ids),)
    ((_, (told,)),) = whole(chosen(report, rests=rests)).rests
    for position in issue.positions[:2]:
        assert {cite[a] for a in position.articles} & {*told.split()}
    maker = Maker(report)
    ahead = maker.order_newest(a.id for a in report.articles)
    organ = tuple(
        a.model_copy(update={"genre": "party-organ"}) if a.id == ahead[0] else a
        for a in report.articles
    )
    sided = Maker(report.model_copy(update={"articles": organ}))
    assert sided.order_newest(ahead[:2]) == [ahead[1], ahead[0]]


def test_what_an_article_says_in_passing_of_a_dispute_is_told_with_it() -> None:
    report = sample_report()
    (question, *_) = (one.ref for one in make_paper(report).page.contested)
    issue = next(one for one in report.issues if one.id == question)
    finding = next(f for f in report.findings if f.id == issue.positions[0].findings[0])
    sides = {o.key for p in issue.positions for o in p.origins}
    voice = next(v for f in report.findings for v in f.voices if v.origin.key not in sides)
    passing = voice.model_copy(
        update={"relation": "stand", "stance": "denies", "claim": None, "text": "It never leaked."}
    )
    told = edited(report, finding.id, {"voices": (*finding.voices, passing)})
    lines = [line.text for line in make_paper(told).near[question]]
    assert any(", in passing [" in line and line.endswith(": It never leaked.") for line in lines)
    taker = passing.model_copy(update={"origin": issue.positions[0].origins[0]})
    own = edited(report, finding.id, {"voices": (*finding.voices, taker)})
    assert "It never leaked." not in render(own, "md")


def test_what_the_brief_says_is_safe_is_not_solid_once_more() -> None:
    report = sample_report()
    first, *others = report.first_page.solid
    assert "## Solid\n" in render(chosen(report, rests=()), "md")
    kinds: tuple[tuple[SummaryKind, bool], ...] = (
        ("safe", True),
        ("latest", True),
        ("attribute", False),
    )
    for kind, told in kinds:
        brief = chosen(report, rests=(Summary(kind=kind, text="It fell", ids=(first,)),))
        lines = [line.refs[0] for line in make_paper(brief).page.solid]
        assert lines == [*([] if told else [first]), *others]
        assert ("## Also solid\n" in render(brief, "md")) == told


def test_a_sentence_proves_two_solid_lines_and_is_quoted_under_the_first() -> None:
    report = sample_report()
    first, second = report.first_page.solid[:2]
    proof = next(one for one in report.findings if one.id == first)
    made = make_paper(edited(report, second, {"voices": proof.voices, "origins": proof.origins}))
    quoted, referred = made.said[first], made.said[second]
    assert not any("as quoted under" in line for line in quoted)
    assert any(line.endswith("], as quoted under 1") for line in referred)
    assert not {*quoted} & {line for line in referred if "“" in line}


def test_each_side_of_a_dispute_stands_with_its_day_where_articles_are_of_several() -> None:
    report = sample_report()
    assert all(
        stance.cite.endswith((" of 4 May", " of 5 May"))
        for contest in make_paper(report).page.contested
        for stance in contest.stances
    )
    one_day = tuple(
        a.model_copy(update={"published": report.articles[0].published}) for a in report.articles
    )
    page = make_paper(report.model_copy(update={"articles": one_day})).page
    assert not any(" May" in s.cite for contest in page.contested for s in contest.stances)


def test_a_question_with_one_answer_stands_apart_from_what_is_contested() -> None:
    report = sample_report()
    issue = next(i for i in report.issues if i.kind == "conflict" and i.open)
    assert "## Open, with one answer" not in render(report, "md")
    lone = issue.model_copy(update={"positions": issue.positions[:1], "excludes": ()})
    others = tuple(lone if one is issue else one for one in report.issues)
    told = render(chosen(report.model_copy(update={"issues": others}), contested=()), "md")
    assert f"**{issue.question}**" in told.partition("## Open, with one answer\n")[2]
    assert f"**{issue.question}**" not in told.partition("## Open, with one answer\n")[0]


def test_who_says_it_still_on_a_later_day_is_cited_with_the_words() -> None:
    report = sample_report()
    maker = PaperMaker(report)
    issue = next(i for i in report.issues if i.kind == "conflict")
    position = next(p for p in issue.positions if "a1.c3" in p.claims)
    voice = maker.voices["a1.c3"]
    again = voice.model_copy(update={"claim": "a5.c3", "article": "a5"})
    maker.voices["a5.c3"] = again
    both = position.model_copy(update={"claims": ("a1.c3", "a5.c3")})
    assert maker.cite_again(voice, both) == ", also [5] of 5 May"
    assert not maker.cite_again(again, both), "the newest itself"
    assert not maker.cite_again(voice, position.model_copy(update={"claims": ("a1.c3",)}))
    fifth = maker.articles["a5"]
    maker.articles = {**maker.articles, "a5": fifth.model_copy(update={"outlet": "Echo"})}
    assert not maker.cite_again(voice, both), "another paper with the same text"
    maker.articles = {**maker.articles, "a5": fifth}
    other = again.origin.model_copy(update={"key": "another"})
    maker.voices["a5.c3"] = again.model_copy(update={"origin": other})
    assert not maker.cite_again(voice, both)


def test_a_side_is_quoted_by_what_it_still_says() -> None:
    report = sample_report()
    issue, position = next(
        (i, p) for i in report.issues for p in i.positions if len({*p.claims}) > 1
    )
    first = position.claims[0]
    home = next(f for f in report.findings if first in f.claims)
    gone = home.model_copy(update={"claims": (first,), "verdict": "updated"})
    lone = position.model_copy(update={"findings": ("f901",)})
    wider = report.model_copy(
        update={"findings": (*report.findings, gone.model_copy(update={"id": "f901"}))}
    )
    assert PaperMaker(wider).choose_voice(lone, first).claim != first
    assert issue.positions


def test_what_is_solid_and_touches_a_dispute_says_so() -> None:
    report = sample_report()
    (question, *_) = (one.ref for one in make_paper(report).page.contested)
    solid = next(i for i in report.first_page.solid if i in {f.id for f in report.findings})
    near = tuple(
        one.model_copy(update={"near": (solid,)}) if one.id == question else one
        for one in report.issues
    )
    told = make_paper(report.model_copy(update={"issues": near})).page.solid
    asked = next(one.question for one in report.issues if one.id == question)
    noted = [line.refs[0] for line in told if asked in line.note]
    assert noted == [solid]
