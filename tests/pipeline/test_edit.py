"""Edit: what an answer may choose, what is moved or left out, twins, and the page by rank."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.articles import read_articles
from factcheck.errors import TruncatedError
from factcheck.llm.client import Prompt
from factcheck.models import Report, Summary
from factcheck.pipeline.assemble import find_successors
from factcheck.pipeline.check import check
from factcheck.pipeline.edit import edit, refit_page
from factcheck.pipeline.edit_checks import PageChecker
from factcheck.pipeline.edit_prompt import Listing
from factcheck.pipeline.edit_reply import ReplyReader, find_words
from factcheck.pipeline.rank import rank_page, tell_age
from factcheck.pipeline.wire import EditReply, WireQuote
from tests.newsroom import FELL, HURT, publish, reads
from tests.samples import sample_report
from tests.scripted import Said, Scripted

NOTHING: dict[str, Any] = {"safe": [], "latest": [], "attribute": [], "hold": []}
EMPTY: dict[str, Any] = {
    "rests": NOTHING,
    "same": [],
    "changed": [],
    "solid": [],
    "contested": [],
    "alone": [],
    "notes": [],
    "careful": [],
    "calls": [],
}


def reply(**keys: Any) -> EditReply:
    """An answer to edit."""
    return EditReply.model_validate({**EMPTY, **keys})


def lines(*ids: str) -> list[dict[str, str]]:
    """Lines of an answer, without heads."""
    return [{"id": one, "head": ""} for one in ids]


def run(folder: Path, *answers: Said) -> tuple[Report, Scripted]:
    """The report on three small articles, with these answers to edit."""
    articles, _ = read_articles([publish(folder)])
    given = list(answers)

    def model(prompt: Prompt[Any]) -> Said:
        if prompt.stage != "edit":
            return reads(prompt)
        return given.pop(0) if len(given) > 1 else given[0]

    client = Scripted(model)
    created = datetime(2026, 3, 3, tzinfo=UTC)
    return asyncio.run(check(articles, client, created=created)).report, client


def id_of(report: Report, text: str) -> str:
    """The id of the finding with this sentence."""
    [found] = [f.id for f in report.findings if f.text == text]
    return found


@pytest.fixture
def plain(tmp_path: Path) -> Report:
    """The report with an empty first page."""
    return run(tmp_path / "plain", reply())[0]


def test_the_model_sees_findings_with_their_verdicts_and_both_sides_of_questions(
    tmp_path: Path,
) -> None:
    _, client = run(tmp_path / "in", reply())
    shown = client.prompts[-1].user
    assert f"## verified\nf1 | Harl Courier; Lowland Post; Evening Tide | 3 of 3 | {FELL}" in shown
    assert "q1 | conflict | Was anybody hurt?" in shown
    assert "the crane company: “Nobody was hurt, the crane company said.”" in shown


def test_ids_stand_in_the_order_of_the_model_each_once(tmp_path: Path, plain: Report) -> None:
    fell, shut = id_of(plain, FELL), plain.findings[1].id
    report, _ = run(
        tmp_path / "in",
        reply(
            solid=lines(fell, fell),
            alone=lines(shut),
            contested=[{"q": "q1", "head": "", "picks": [], "weigh": "", "settles": ""}],
            careful=[{"ids": [shut, shut], "why": "One voice."}],
        ),
    )
    page = report.first_page
    assert page.made_by == "model"
    assert (page.solid, page.alone) == ((fell,), (shut,))
    assert page.careful[0].ids == (shut,)
    assert [pick.issue for pick in page.contested] == ["q1"]
    assert all(pick.claims for pick in page.contested)


def test_nothing_that_does_not_exist_or_fit_gets_onto_the_page(
    tmp_path: Path, plain: Report
) -> None:
    fell, hurt = id_of(plain, FELL), id_of(plain, HURT)
    bad = reply(
        solid=lines(hurt, "f99", fell),
        alone=lines(fell),
        changed=lines("q1", fell),
        contested=[{"q": "q9", "head": "", "picks": [], "weigh": "", "settles": ""}],
        careful=[{"ids": ["f99"], "why": "none"}],
        calls=[{"who": " ", "ask": "What?", "record": "", "ids": []}],
    )
    report, client = run(tmp_path / "in", bad)
    page = report.first_page
    assert (page.solid, page.alone, page.changed) == ((fell,), (), ())
    assert (page.contested, page.careful, page.calls) == ((), (), ())
    problems = " ".join(client.prompts[-1].check(bad))
    assert "there is no f99" in problems
    assert f"{hurt} is disputed and does not fit solid" in problems


def test_a_head_is_kept_for_lines_of_the_page_and_doubted_like_other_words(
    tmp_path: Path, plain: Report
) -> None:
    fell, shut = id_of(plain, FELL), plain.findings[1].id
    told = reply(
        solid=[{"id": fell, "head": " The  sign of 1887 fell. "}, {"id": fell, "head": "Again"}],
        alone=[{"id": shut, "head": ""}],
        changed=[{"id": "q1", "head": "No line of the page"}],
    )
    page = run(tmp_path / "in", told)[0].first_page
    assert [(note.id, note.text) for note in page.heads] == [(fell, "The sign of 1887 fell")]
    assert ["1887" in flag.text for flag in page.flags] == [True]


def test_a_pick_that_takes_another_position_is_replaced_by_one_that_takes_it(
    tmp_path: Path, plain: Report
) -> None:
    first, second = plain.issues[0].positions
    swapped = {
        "q": "q1",
        "head": "Fall of  the sign:",
        "picks": [
            {"id": second.claims[0], "words": "", "en": ""},
            {"id": first.claims[0], "words": "", "en": ""},
        ],
        "weigh": "Both  grant\nthe fall.",
        "settles": "the log",
    }
    page = run(tmp_path / "in", reply(contested=[swapped]))[0].first_page
    assert page.contested[0].claims == (first.claims[0], second.claims[0])
    assert page.contested[0].settles == "the log"
    assert page.contested[0].head == "Fall of the sign"
    assert page.contested[0].weighing == "Both grant the fall."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the sign had fallen", "the sign had fallen"),
        ('"the  sign had\nfallen."', "the sign had fallen"),
        ("the sign may have fallen", ""),
        ("he sign had fallen", ""),
        ("sign had", "sign had"),
        ("", ""),
        ("the sign " * 30, ""),
    ],
)
def test_picked_words_are_those_of_the_sentence_or_none(words: str, found: str) -> None:
    assert find_words("Ada Berg said that the sign had fallen.", words) == found


def test_picked_words_are_written_as_the_article_writes_them() -> None:
    assert find_words("“Nobody’s gate – ours,” she said.", '"Nobody\'s gate - ours"') == (
        "Nobody’s gate – ours"
    )


@pytest.mark.parametrize(
    ("sentence", "words", "found"),
    [
        (
            "« Pas à nous », dit Verdelle hier.",
            "« Pas à nous », dit Verdelle",
            "« Pas à nous », dit Verdelle",
        ),
        ('She said: "It fell. I saw it."', 'said: "It fell. I saw it', 'said: "It fell. I saw it'),
        ('"It fell," she said.', "It fell,", "It fell"),
        ('He told her "it fell" then.', 'her "it fell', 'her "it fell"'),
    ],
)
def test_picked_words_keep_both_marks_of_a_pair(sentence: str, words: str, found: str) -> None:
    assert find_words(sentence, words) == found


def test_the_words_of_a_pick_are_kept_with_its_claim(tmp_path: Path, plain: Report) -> None:
    claims = [position.claims[0] for position in plain.issues[0].positions]
    voices = {voice.claim: voice for f in plain.findings for voice in f.voices}
    words = [" ".join(voices[claim].quotes[0].split()[:4]).strip(" .,") for claim in claims]
    picks = [
        {"id": claim, "words": each, "en": ""} for claim, each in zip(claims, words, strict=True)
    ]
    contested = [{"q": "q1", "head": "", "picks": picks, "weigh": "", "settles": ""}]
    page = run(tmp_path / "in", reply(contested=contested))[0].first_page
    assert page.contested[0].quotes == tuple(words)
    picks[0]["words"] = "words of nobody"
    page = run(tmp_path / "in", reply(contested=contested))[0].first_page
    assert page.contested[0].quotes == ("", words[1])


def test_a_translation_is_kept_beside_words_of_another_language_alone(plain: Report) -> None:
    german = tuple(one.model_copy(update={"language": "de"}) for one in plain.articles)
    position = plain.issues[0].positions[0]
    voices = {voice.claim: voice for f in plain.findings for voice in f.voices}
    words = voices[position.claims[0]].quotes[0].strip(".")
    pick = WireQuote(id=position.claims[0], words=words, en="It fell,\n they say.")
    for articles, kept in ((german, "It fell, they say."), (plain.articles, "")):
        report = plain.model_copy(update={"articles": articles})
        reader = ReplyReader(Listing(report))
        assert reader.to_quote(pick, position) == (position.claims[0], words, kept)
        nowhere = pick.model_copy(update={"words": "words of nobody"})
        assert reader.to_quote(nowhere, position) == (position.claims[0], "", "")


def test_names_and_numbers_that_no_line_holds_are_flagged(tmp_path: Path) -> None:
    call = {"who": "Odalys Brenkamp", "ask": "Who paid the 400 crowns?", "record": "", "ids": []}
    rests = {**NOTHING, "safe": [{"t": "All rests on Quillstadt.", "ids": ["f1"]}]}
    page = run(tmp_path / "in", reply(rests=rests, calls=[call]))[0].first_page
    flags = " ".join(flag.text for flag in page.flags)
    assert all(word in flags for word in ("Odalys Brenkamp", "400", "Quillstadt"))
    assert page.calls[0].who == "Odalys Brenkamp", "flagged, and not overruled"


def test_the_day_of_an_article_is_known_and_another_is_not(plain: Report) -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC)
    articles = tuple(one.model_copy(update={"published": day}) for one in plain.articles)
    report = plain.model_copy(update={"articles": articles})
    page = plain.first_page
    for text, codes in (
        ("It was on 2 March 2026.", []),
        ("It was on 17 May 2031.", ["number-missing"]),
    ):
        told = page.model_copy(update={"rests": (Summary(kind="safe", text=text),)})
        doubts = PageChecker(Listing(report)).find_doubts(told)
        assert [doubt.code for doubt in doubts if doubt.about == text] == codes


def test_what_a_claim_says_in_english_is_known_where_the_lines_are_in_another_language(
    plain: Report,
) -> None:
    claim = plain.claims[0].model_copy(update={"text": "27,400 people marched, by Quillstadt."})
    report = plain.model_copy(update={"claims": (claim, *plain.claims[1:])})
    text = "It has 27,400 in Quillstadt."
    told = plain.first_page.model_copy(update={"rests": (Summary(kind="safe", text=text),)})
    for one, codes in ((plain, ["number-missing", "name-missing"]), (report, [])):
        doubts = PageChecker(Listing(one)).find_doubts(told)
        assert [doubt.code for doubt in doubts if doubt.about == text] == codes


def test_a_note_stands_by_a_line_of_the_page_once_and_is_checked_like_other_words(
    tmp_path: Path, plain: Report
) -> None:
    fell, shut = id_of(plain, FELL), plain.findings[1].id
    notes = [
        {"id": fell, "note": "the crane  company\nsays of it"},
        {"id": fell, "note": "a second"},
        {"id": "q1", "note": "as Quillstadt says"},
        {"id": shut, "note": "a line that is not on the page"},
        {"id": "f99", "note": "of nothing"},
    ]
    chosen = reply(
        solid=lines(fell),
        contested=[{"q": "q1", "head": "", "picks": [], "weigh": "", "settles": ""}],
        notes=notes,
    )
    report, client = run(tmp_path / "in", chosen)
    page = report.first_page
    assert [(n.id, n.text) for n in page.notes] == [
        (fell, "the crane company says of it"),
        ("q1", "as Quillstadt says"),
    ]
    assert any("Quillstadt" in flag.text for flag in page.flags)
    assert "there is no f99" in " ".join(client.prompts[-1].check(chosen))


@pytest.mark.parametrize(
    ("weigh", "codes"),
    [
        ("It took 40 + 20 = 60 minutes.", ["number-missing"]),
        ("It took 40 minutes, and 40 + 40 = 80.", []),
        ("It took 40 minutes, and 40 + 40 = 81.", ["sum-wrong", "number-missing"]),
    ],
    ids=["a term from nowhere", "a sum", "a wrong sum"],
)
def test_a_sum_needs_terms_of_the_report_and_has_to_come_out(
    weigh: str, codes: list[str], tmp_path: Path
) -> None:
    contested = [{"q": "q1", "head": "", "picks": [], "weigh": weigh, "settles": ""}]
    report, _ = run(tmp_path / "in", reply(contested=contested))
    assert [flag.code for flag in report.first_page.flags] == codes


def test_twins_are_united_and_judged_again(tmp_path: Path, plain: Report) -> None:
    fell = id_of(plain, FELL)
    other = next(f for f in plain.findings if f.text.startswith("Traffic between"))
    forty = next(f for f in plain.findings if "forty minutes" in f.text)
    twins = [[fell, other.id], [fell, forty.id]]
    report, _ = run(tmp_path / "in", reply(same=twins, solid=lines(fell)))
    assert len(report.findings) == len(plain.findings) - 1
    united = next(f for f in report.findings if f.text == FELL)
    assert {*other.claims} <= {*united.claims}
    assert report.first_page.solid == (united.id,)


def test_what_is_united_is_found_again_beside_a_core_that_nobody_states_alone(
    plain: Report,
) -> None:
    one, two, *others = plain.findings
    core = one.model_copy(
        update={
            "id": "f98",
            "text": "A core.",
            "claims": (*one.claims, *two.claims),
            "voices": tuple(
                voice.model_copy(update={"relation": "more"})
                for voice in (*one.voices, *two.voices)
            ),
        }
    )
    both = one.model_copy(update={"id": "f99", "claims": (*one.claims, *two.claims)})
    both = both.model_copy(update={"voices": (*one.voices, *two.voices)})
    before = plain.model_copy(update={"findings": (core, one, two, *others)})
    after = plain.model_copy(
        update={"findings": (both, core.model_copy(update={"id": "f97"}), *others)}
    )
    found = find_successors(before, after)
    assert (found[one.id], found[two.id], found["f98"]) == ("f99", "f99", "f97")
    assert all(found[other.id] == other.id for other in others)


def read(report: Report) -> ReplyReader:
    return ReplyReader(Listing(report))


def test_a_source_that_later_says_otherwise_is_not_listed_as_taking_back(plain: Report) -> None:
    issue = plain.issues[0]
    ada = issue.positions[0].origins[0].label
    left = issue.positions[0].model_copy(update={"withdrawn": (ada, "Bo")})
    issues = (issue.model_copy(update={"positions": (left, *issue.positions[1:])}),)
    moved = plain.model_copy(update={"issues": issues})
    claims = tuple(
        one.model_copy(update={"kind": "retract"}) if one.id == left.claims[0] else one
        for one in plain.claims
    )
    for report, told in (
        (moved, f"earlier {ada}; earlier Bo"),
        (moved.model_copy(update={"claims": claims}), f"withdrawn by {ada}; earlier Bo"),
    ):
        lines = [one for one in Listing(report).question_lines() if one.startswith("q1.0: ")]
        assert lines[0].endswith(f"; {told})")


def test_the_questions_are_listed_alike_each_time() -> None:
    listing = Listing(sample_report())
    first = listing.question_lines()
    functions = [voice.function for voice in listing.voices.values() if voice.function]
    assert any(function in line for function in functions for line in first)
    assert listing.question_lines() == first


def test_who_takes_a_whole_account_back_is_told_under_each_position_of_it() -> None:
    report = sample_report()
    position = report.issues[0].positions[0]
    told = {"stance": "updates", "name": "police", "text": "They drop their account."}
    findings = tuple(
        one.model_copy(update={"voices": (*one.voices, one.voices[0].model_copy(update=told))})
        if one.id in position.findings
        else one
        for one in report.findings
    )
    lines = Listing(report.model_copy(update={"findings": findings})).question_lines()
    assert lines.count("   later, police: They drop their account.") == 1


def test_of_each_source_its_newest_words_are_listed_first() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "conflict")
    position = max(issue.positions, key=lambda one: len(one.claims))
    listing = Listing(report)
    assert len(position.claims) > 1

    def age(claim: str) -> float:
        return tell_age(listing.articles[listing.voices[claim].article])

    ages = [age(claim) for claim in listing.claims_to_show(position)]
    taken = {listing.voices[c].source or listing.voices[c].origin.key for c in position.claims}
    for source in taken:
        of_one = [
            age(c)
            for c in listing.claims_to_show(position)
            if (listing.voices[c].source or listing.voices[c].origin.key) == source
        ]
        assert of_one == sorted(of_one, reverse=True)
    turned = position.model_copy(update={"claims": position.claims[::-1]})
    assert sorted(ages) == sorted(map(age, listing.claims_to_show(turned)))


def test_a_sentence_of_a_few_words_is_listed_with_those_beside_it_and_quoted_from_all(
    plain: Report,
) -> None:
    position = plain.issues[0].positions[0]
    claim = position.claims[0]
    for quotes, shown, picked in (
        (("They did.", "Somebody sat on the alarm."), "Somebody sat on the alarm. They did.", True),
        (("They did all of it well.", "Somebody sat."), "They did all of it well.", False),
    ):
        findings = tuple(
            one.model_copy(
                update={
                    "voices": tuple(
                        v.model_copy(update={"quotes": quotes, "sentences": (2, 1)})
                        if v.claim == claim
                        else v
                        for v in one.voices
                    )
                }
            )
            for one in plain.findings
        )
        reader = read(plain.model_copy(update={"findings": findings}))
        lines = reader.listing.question_lines()
        assert any(f"{claim} " in line and f"“{shown}”" in line for line in lines)
        words = quotes[1].rstrip(".")
        pick = WireQuote(id=claim, words=words, en="")
        assert reader.to_quote(pick, position)[1] == (words if picked else "")


def test_a_warning_or_call_about_a_position_is_about_its_question(plain: Report) -> None:
    said = reply(
        careful=[{"ids": ["q1.0", "q1", "q1.7"], "why": "Say whose."}],
        calls=[{"who": "Ada", "ask": "Why?", "record": "", "ids": ["q1.1"]}],
    )
    page = read(plain).to_page(said)
    assert [one.ids for one in page.careful] == [("q1",)]
    assert [one.ids for one in page.calls] == [("q1",)]
    assert read(plain).find_faults(said) == ["there is no q1.7"]


def test_a_verified_fact_is_listed_with_its_time_where_it_does_not_tell_it() -> None:
    report = sample_report()
    finding = next(one for one in report.findings if one.verdict == "verified")
    for when, told in (("Sunday", True), (finding.text.split()[0], False), ("", False)):
        claims = tuple(
            one.model_copy(update={"when": when}) if one.id in finding.claims else one
            for one in report.claims
        )
        listing = Listing(report.model_copy(update={"claims": claims}))
        assert (f"| when: {when} |" in listing.finding_line(finding)) == told
    lone = finding.model_copy(update={"verdict": "single-source"})
    assert "| when: " not in listing.finding_line(lone)


def test_the_answers_to_a_slip_are_listed_with_the_outlets_that_print_them() -> None:
    report = sample_report()
    slip = next(one for one in report.issues if one.kind == "slip")
    lines = Listing(report.model_copy(update={"issues": (slip,)})).question_lines()
    labels = {one.id: one.label for one in report.articles}
    for number, position in enumerate(slip.positions):
        where = ", ".join(dict.fromkeys(labels[one] for one in position.articles))
        (line,) = [one for one in lines if one.startswith(f"{slip.id}.{number}: ")]
        assert line.endswith(f"; in {where})")


def test_what_stands_under_two_questions_is_quoted_once() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "conflict" and one.open)
    once = Listing(report.model_copy(update={"issues": (issue,)})).question_lines()
    again = issue.model_copy(update={"id": "q9"})
    twice = Listing(report.model_copy(update={"issues": (issue, again)})).question_lines()
    told = [line for line in once if line[:4] in {"open", "   a"}]
    below = [line for line in twice[len(once) :] if line[:4] in {"open", "   a"}]
    assert twice[: len(once)] == once
    assert len(told) == len(below) > 2
    assert all(line.endswith(f": as under {issue.id}") for line in below)


def test_a_core_that_nobody_states_alone_is_no_twin(plain: Report) -> None:
    one, two, *_ = (f for f in plain.findings if f.kind == "fact")
    more = tuple(voice.model_copy(update={"relation": "more"}) for voice in one.voices)
    core = one.model_copy(update={"voices": more})
    two = two.model_copy(update={"text": one.text})
    reader = read(plain.model_copy(update={"findings": (one, two), "issues": ()}))
    assert reader.to_twins(reply(same=[[one.id, two.id]])) == ((one.id, two.id),)
    reader = read(plain.model_copy(update={"findings": (core, two), "issues": ()}))
    assert reader.to_twins(reply(same=[[one.id, two.id]])) == ()


def test_a_page_is_fitted_to_what_was_judged_again(plain: Report) -> None:
    fell = id_of(plain, FELL)
    weak = next(f.id for f in plain.findings if f.verdict == "single-source")
    page = plain.first_page.model_copy(update={"solid": (weak,), "alone": (fell, weak)})
    fitted = refit_page(page, plain)
    assert (fitted.solid, fitted.alone) == ((fell,), (weak,))


@pytest.mark.parametrize("of_positions", [True, False])
def test_positions_of_one_question_are_no_twins(
    tmp_path: Path, plain: Report, *, of_positions: bool
) -> None:
    ids = [p.findings[0] for p in plain.issues[0].positions]
    twins = ids if of_positions else [ids[0], "f99"]
    report, _ = run(tmp_path / "in", reply(same=[twins]))
    assert len(report.findings) == len(plain.findings)


def test_a_call_that_fails_is_the_callers_to_judge(plain: Report) -> None:
    with pytest.raises(TruncatedError):
        asyncio.run(edit(plain, Scripted({("edit", ""): TruncatedError("cut off")})))


def test_by_rank_what_most_independent_origins_say_comes_first(plain: Report) -> None:
    page = rank_page(plain)
    assert page.made_by == "rank"
    assert page.solid == (id_of(plain, FELL),)
    assert [pick.issue for pick in page.contested] == ["q1"]
    assert page.calls[0].ask == "Was anybody hurt?"
    assert not {*page.solid} & {*page.alone}


def test_a_question_is_no_dispute_where_one_side_has_dropped_its_answer(plain: Report) -> None:
    chosen = reply(contested=[{"q": "q1", "head": "", "picks": [], "weigh": "", "settles": ""}])
    page = read(plain).to_page(chosen)
    assert ([pick.issue for pick in page.contested], page.careful) == (["q1"], ())
    dropped = plain.issues[0].positions[0].findings
    findings = tuple(
        f.model_copy(update={"verdict": "updated"}) if f.id in dropped else f
        for f in plain.findings
    )
    page = read(plain.model_copy(update={"findings": findings})).to_page(chosen)
    assert page.contested == ()
    assert [caution.ids for caution in page.careful] == [("q1",)]


def test_a_view_is_nothing_solid_however_many_report_it(plain: Report) -> None:
    fell = next(f for f in plain.findings if f.id == id_of(plain, FELL))
    assert fell.verdict == "verified"
    chosen = reply(solid=lines(fell.id))
    assert read(plain).to_page(chosen).solid == (fell.id,)
    view = fell.model_copy(update={"verdict": "as-said", "kind": "view"})
    others = tuple(view if f.id == fell.id else f for f in plain.findings)
    assert read(plain.model_copy(update={"findings": others})).to_page(chosen).solid == ()


def test_a_point_rests_on_what_exists_and_what_is_disputed_is_not_safe(
    tmp_path: Path, plain: Report
) -> None:
    fell, hurt = id_of(plain, FELL), id_of(plain, HURT)
    points = [
        {"t": "A crane fell.", "ids": [fell, fell, "f99"]},
        {"t": "Two were hurt", "ids": [hurt]},
        {"t": "It was said to be dangerous", "ids": ["q1", "q1.1", "q1.7", "q9.0"]},
        {"t": "Of nothing", "ids": ["f99"]},
        {"t": " ", "ids": [fell]},
    ]
    late = [{"t": "The news", "ids": [fell]}]
    said = reply(rests={**NOTHING, "safe": points, "latest": late})
    report, client = run(tmp_path / "in", said)
    assert [(one.kind, one.text, one.ids) for one in report.first_page.rests] == [
        ("safe", "A crane fell", (fell,)),
        ("latest", "The news", (fell,)),
        ("attribute", "Two were hurt", (hurt,)),
        ("attribute", "It was said to be dangerous", ("q1", "q1.1")),
    ]
    problems = client.prompts[-1].check(said)
    assert {"there is no f99", "there is no q1.7", "there is no q9.0"} <= {*problems}
    assert "there is no q1.1" not in problems


def test_a_number_of_a_point_has_to_be_in_what_it_rests_on(plain: Report) -> None:
    claim = plain.claims[-1].model_copy(update={"text": "27,400 people marched."})
    report = plain.model_copy(update={"claims": (*plain.claims[:-1], claim)})
    (home,) = [one.id for one in report.findings if claim.id in one.claims]
    other = next(one.id for one in report.findings if claim.id not in one.claims)
    for ids, codes in (((home,), []), ((home, other), []), ((other,), ["number-missing"])):
        point = Summary(kind="safe", text="Marchers: 27,400", ids=ids)
        page = report.first_page.model_copy(update={"rests": (point,)})
        assert [one.code for one in PageChecker(Listing(report)).find_doubts(page)] == codes


@pytest.mark.parametrize(
    ("when", "codes"),
    [("Friday", []), ("next Wednesday", []), ("", ["number-missing"]), ("May", ["number-missing"])],
)
def test_the_date_of_a_weekday_that_a_claim_names_is_known(
    plain: Report, when: str, codes: list[str]
) -> None:
    sunday = datetime(2026, 3, 8, 18, tzinfo=UTC)
    articles = tuple(one.model_copy(update={"published": sunday}) for one in plain.articles)
    claims = tuple(
        one.model_copy(update={"text": "It fell.", "when": when}) for one in plain.claims
    )
    report = plain.model_copy(update={"articles": articles, "claims": claims})
    day = "Wednesday, 11 March" if "Wed" in when else "Friday, 6 March"
    ids = tuple(one.id for one in report.findings)
    point = Summary(kind="safe", text=f"It fell on {day}", ids=ids)
    page = report.first_page.model_copy(update={"rests": (point,)})
    assert [one.code for one in PageChecker(Listing(report)).find_doubts(page)] == codes
