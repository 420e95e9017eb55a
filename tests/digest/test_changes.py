"""What an edition tells of a story: one change for one thing, by what the reports hold."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from factcheck.digest.changes import explain_verdict, find_changes
from factcheck.digest.compared import Compared
from factcheck.digest.edits import compare_texts
from factcheck.digest.models import Change
from factcheck.digest.telling import list_one_voice
from factcheck.digest.zones import convert_zone
from factcheck.models import Report
from factcheck.report.first_page import first_page
from factcheck.report.words import text_of
from tests.digest.world import Paper, Says, World, question
from tests.judge.world import Who

POLICE = Who("police", "Orle")
MAYOR = Who("Ada Brun", "Orle town", person=True, function="mayor")
OWNER = Who("Acme", role="party")
BURNED = Says("The Orle mill burned on Monday.", POLICE)
STORED = Says("Acme stored oil in the Orle mill.", MAYOR)
CLEAN = Says("Acme did not store oil in the Orle mill.", OWNER)


def told(before: World | None, after: World) -> list[Change]:
    """The changes from one world to the next, which has more papers."""
    first = before.report() if before else None
    second = after.report(first, len(first.findings) if first else 0)
    return list(find_changes(compared(first, second)))


def compared(first: Report | None, second: Report) -> Compared:
    """Two reports as one story; what is not in the first is new."""
    known = {a.id for a in first.articles} if first else set()
    new = frozenset(a.id for a in second.articles if a.id not in known)
    return Compared("s1", first, second, new)


def kinds(found: list[Change]) -> list[str]:
    """The kinds of changes, in order."""
    return [change.kind for change in found]


ONE = World(papers=(Paper("Post", (BURNED, STORED), 8),))
POSITIONS = (("yes", ("a1.c2",)), ("no", ("a2.c1",)))
DENIED = question("Was oil stored in the mill?", *POSITIONS)
TWO = replace(ONE.and_paper(Paper("Times", (CLEAN,), 12)), questions=(DENIED,))


def test_what_stands_in_one_origin_is_told_with_all_outlets_that_carry_it() -> None:
    papers = tuple(Paper(f"Paper {n}", (Says(BURNED.text),), 8) for n in range(1, 7))
    report = World(papers).report()
    [first, *_] = report.findings
    shortened = first.origins[0].model_copy(
        update={"kind": "outlet", "label": "Paper 1 / Paper 2 / Paper 3"}
    )
    carried = {"origins": (shortened,), "carried_by": tuple(a.id for a in report.articles)}
    finding = first.model_copy(update={**carried, "kind": "fact", "verdict": "single-source"})
    told = explain_verdict(finding, compared(None, report)).text
    assert told.startswith("Only in Paper 1, ")
    assert "Paper 6" in told


def test_a_label_that_is_a_sentence_has_one_full_stop() -> None:
    labels = (("Oil was stored.", ("a1.c2",)), ("No oil in the U.S.", ("a2.c1",)))
    after = replace(TWO, questions=(question("Was oil stored in the mill?", *labels),))
    [detail] = [text_of(c.detail) for c in told(ONE, after) if c.kind == "disputed"]
    assert ".." not in detail.replace("U.S..", "")
    assert "Oil was stored. " in detail


# --- changes -----------------------------------------------------------------------------


def test_nothing_new_is_no_change() -> None:
    assert told(ONE, ONE) == []
    assert told(TWO, TWO) == []


def test_a_denial_makes_one_change_with_both_sides() -> None:
    [change] = told(ONE, TWO)
    assert (change.kind, change.text) == ("disputed", STORED.text)
    assert (change.before, change.after) == ("single-source", "disputed")
    assert "Orle town (Ada Brun): yes. Acme: no." in text_of(change.detail)
    assert [quote.outlet for quote in change.quotes] == ["Post", "Times"]


def test_a_dispute_that_goes_on_is_told_once_however_it_is_worded() -> None:
    three = TWO.and_paper(Paper("Radio", (Says("It rained.", core=False),), 13))
    again = question("Did Acme keep oil there?", ("it did", ("a1.c2",)), ("never", ("a2.c1",)))
    assert told(TWO, three) == []
    assert told(TWO, replace(three, questions=(again,))) == []


def test_a_new_position_on_a_question_is_a_change() -> None:
    guard = Says("A guard stored oil in the Orle mill.", Who("the union", role="party"))
    wider = question(
        "Was oil stored in the mill?",
        ("yes", ("a1.c2",)),
        ("no", ("a2.c1",)),
        ("a guard did", ("a3.c1",)),
    )
    after = replace(TWO.and_paper(Paper("Radio", (guard,), 14)), questions=(wider,))
    [change] = told(TWO, after)
    assert change.kind == "contested"
    assert "the union: a guard did." in text_of(change.detail)


def test_a_question_that_is_settled_is_a_change_and_contests_nothing() -> None:
    admits = Says("Acme stored oil in the Orle mill after all.", OWNER)
    settled = question(
        "Was oil stored in the mill?",
        ("yes", ("a1.c2", "a3.c1")),
        ("no", ("a2.c1",)),
        settled=0,
    )
    after = replace(TWO.and_paper(Paper("Radio", (admits,), 14)), questions=(settled,))
    found = told(TWO, after)
    change = found[0]
    assert (change.kind, change.text) == ("settled", settled.text)
    assert text_of(change.detail).startswith("Settled: yes (Orle town (Ada Brun) and Acme, in Post")
    assert [step.value for step in change.steps] == ["no", "yes"]
    assert not {*kinds(found)} & {"disputed", "contested"}
    assert told(after, after) == []


def test_a_likely_slip_is_a_detail_to_check_and_told_once() -> None:
    papers = tuple(
        Paper(outlet, (Says(f"The mill was built in {year}."),), 8)
        for outlet, year in (("Post", 1887), ("Times", 1878))
    )
    slip = question("When was it built?", ("1887", ("a1.c1",)), ("1878", ("a2.c1",)), kind="slip")
    [change] = told(None, World(papers=papers, questions=(slip,)))
    assert (change.kind, change.text) == ("slip", "When was it built?")
    assert "Post: 1887. Times: 1878." in text_of(change.detail)


def test_a_second_origin_verifies() -> None:
    confirms = Says(STORED.text, Who("the fire inspector", "Inspectorate"))
    after = replace(ONE.and_paper(Paper("Times", (confirms,), 12)), same=(("a1.c2", "a2.c1"),))
    [change] = told(ONE, after)
    assert (change.kind, change.before, change.after) == ("verified", "single-source", "verified")
    assert change.quotes[0].outlet == "Times", "the news stands first"


def test_one_more_outlet_on_the_same_word_is_carried_wider() -> None:
    after = replace(ONE.and_paper(Paper("Times", (STORED,), 12)), same=(("a1.c2", "a2.c1"),))
    assert kinds(told(ONE, after)) == ["carried"]


def test_that_one_more_outlet_has_what_is_verified_is_no_news() -> None:
    confirms = Says(STORED.text, Who("the fire inspector", "Inspectorate"))
    two = replace(ONE.and_paper(Paper("Times", (confirms,), 12)), same=(("a1.c2", "a2.c1"),))
    three = two.and_paper(Paper("Echo", (STORED,), 13))
    after = replace(three, same=(("a1.c2", "a2.c1", "a3.c1"),))
    assert [f.verdict for f in after.report().findings if f.text == STORED.text] == ["verified"]
    assert kinds(told(two, after)) == []


def test_a_claim_that_was_verified_before_is_no_news_in_another_finding() -> None:
    says = Says(STORED.text, Who("the fire inspector", "Inspectorate"))
    two = replace(ONE.and_paper(Paper("Times", (says,), 12)), same=(("a1.c2", "a2.c1"),))
    before, after = two.report(), two.report()
    moved = tuple(
        f.model_copy(update={"id": "f99"}) if f.verdict == "verified" else f for f in after.findings
    )
    assert len({f.id for f in moved} - {f.id for f in before.findings}) == 1
    after = after.model_copy(update={"findings": moved})
    assert "verified" not in kinds(list(find_changes(compared(before, after))))


def test_a_dispute_that_ends_is_settled() -> None:
    alone = World(papers=(TWO.papers[0], Paper("Times", (), 12)))
    assert "settled" in kinds(told(TWO, alone))


def test_what_no_text_says_after_an_edit_is_gone_and_what_only_moved_is_not() -> None:
    first, second = ONE.report(), World(papers=(Paper("Post", (BURNED,), 8),)).report()
    case = Compared("s1", first, second, frozenset())
    assert kinds(list(find_changes(case))) == []
    [old] = ONE.articles()
    edit = compare_texts(old, old.model_copy(update={"sentences": old.sentences[:-1]}))
    assert [c.kind for c in find_changes(case, [edit])] == [
        "edited"
    ]  # which shows what it took out
    unseen = replace(edit, weight="wording")
    assert [c.text for c in find_changes(case, [unseen]) if c.kind == "gone"] == [STORED.text]


TOLLS = ("12 people died.", "14 people died.", "At least 17 people died.")


def toll(hours: tuple[int, ...], *, asof: bool = True) -> World:
    """Papers of these hours with the tolls, and what the comparison asks of them."""
    papers = tuple(
        Paper(f"Paper {hour}", (Says(text, POLICE, asof=f"{hour}:00" if asof else ""),), hour)
        for hour, text in zip(hours, TOLLS, strict=False)
    )
    answers = tuple(
        (text.removesuffix(" people died.").lower(), (f"a{n}.c1",))
        for n, text in enumerate(TOLLS[: len(hours)], start=1)
    )
    asked = question("How many people died?", *answers, kind="change")
    return World(papers=papers, questions=(asked,))


def test_a_value_that_moves_is_a_line_of_steps_in_the_order_of_time() -> None:
    [moved] = [c for c in told(toll((8, 12)), toll((8, 12, 15))) if c.kind == "moved"]
    assert [step.value for step in moved.steps] == ["12", "14", "at least 17"]
    assert [step.new for step in moved.steps] == [False, False, True]
    assert text_of(moved.detail) == "Latest: at least 17 (Orle (police), in Paper 15)."


def test_where_the_order_of_two_values_is_not_known_both_are_the_latest() -> None:
    world = toll((8, 8), asof=False)
    [moved] = [c for c in told(None, world) if c.kind == "moved"]
    assert text_of(moved.detail).startswith(
        "Latest: 14 (Orle (police), in Paper 8); 12 (Orle (police), in Paper 8)."
    )
    assert "is not known" in text_of(moved.detail)


def test_what_an_outlet_takes_back_is_a_correction() -> None:
    back = Says("The mill was insured.", kind="retract")
    first = World(papers=(Paper("Post", (Says("The mill was insured."),), 8),))
    after = replace(first.and_paper(Paper("Post", (back,), 12)), same=(("a1.c1", "a2.c1"),))
    [change] = [c for c in told(first, after) if c.kind == "corrected"]
    assert text_of(change.detail) == "Taken back by Post."


def test_an_edit_that_takes_something_back_is_one_correction_in_any_language() -> None:
    said, back = Says("The mill was insured."), Says("The mill was insured.", kind="retract")
    before = World(papers=(Paper("Post", (said,), 8), Paper("Poste", (said,), 8)))
    together = replace(before, same=(("a1.c1", "a2.c1"),))
    first = together.report()
    notice = replace(back, cites=("Rectificatif : le moulin n’était pas assuré.",))
    papers = (Paper("Post", (said,), 8), Paper("Poste", (notice,), 12))
    second = replace(together, papers=papers).report(first, 1)
    edit = compare_texts(before.articles()[1], World(papers=papers).articles()[1])
    assert edit.weight == "content"
    case = Compared("s1", first, second, frozenset({"a2"}))
    [change] = [c for c in find_changes(case, [edit]) if c.kind in {"corrected", "edited"}]
    assert (change.kind, change.text) == ("corrected", "Poste: The mill was insured.")
    assert [quote.role for quote in change.quotes] == ["before", "after"]
    again = Compared("s1", second, second, frozenset({"a2"}))
    assert "corrected" not in kinds(list(find_changes(again)))


def test_who_takes_another_position_now_has_changed_it() -> None:
    sent = Says("Acme sent nobody.", OWNER)
    did = Says("Acme sent two people.", OWNER)
    asked = question("Did Acme send anybody?", ("nobody", ("a1.c1",)), ("two", ("a2.c1",)))
    first = World(papers=(Paper("Post", (sent,), 8),))
    after = replace(first.and_paper(Paper("Times", (did,), 12)), questions=(asked,))
    [change] = [c for c in told(first, after) if c.kind == "corrected"]
    assert text_of(change.detail) == "Acme before: nobody. Now: two."
    assert "corrected" not in kinds(told(after, after))


def test_a_new_story_tells_its_disputes_before_all_else() -> None:
    found = told(None, TWO)
    assert kinds(found)[0] == "disputed"
    assert {c.before for c in found} == {None}
    assert BURNED.text in {c.text for c in found if c.kind == "new"}


def test_every_change_names_a_finding_of_its_report() -> None:
    known = {f.id for f in TWO.report(ONE.report(), 2).findings}
    found = told(ONE, TWO)
    assert found
    assert {c.finding for c in found} <= known


# --- quotes ------------------------------------------------------------------------------


def test_a_quote_is_the_sentence_that_was_cited_first() -> None:
    second, first = "Oil was in the mill, she said.", "“We saw 12 barrels,” said the mayor."
    cited = Says("Oil was in the mill.", MAYOR, cites=(second, first))
    report = World(papers=(Paper("Post", (cited,), 8),)).report()
    [finding] = report.findings
    assert finding.voices[0].quotes == (second, first)
    [change] = find_changes(compared(None, report))
    assert change.quotes[0].text == second


def test_a_quote_stands_under_the_name_that_its_own_article_gives() -> None:
    plain = Who("the mayor of Orle", "Orle town")
    after = replace(
        ONE.and_paper(Paper("Times", (Says(STORED.text, plain),), 12)),
        same=(("a1.c2", "a2.c1"),),
    )
    [change] = told(ONE, after)
    assert {quote.outlet: quote.said_by for quote in change.quotes} == {
        "Times": "the mayor of Orle",
        "Post": "Ada Brun, mayor",
    }


# --- lasting numbers ------------------------------------------------------------------------


def test_findings_keep_their_numbers_and_new_ones_go_on_counting() -> None:
    second = TWO.report(ONE.report(), 7)
    assert {f.text: f.id for f in second.findings} == {
        BURNED.text: "f1",
        STORED.text: "f2",
        CLEAN.text: "f8",
    }
    assert {i for p in second.issues[0].positions for i in p.findings} == {"f2", "f8"}


def test_a_finding_keeps_its_number_by_its_claims_when_it_is_worded_anew() -> None:
    other = Says("There was oil in the mill.", POLICE)
    after = replace(ONE.and_paper(Paper("Times", (other,), 12)), same=(("a2.c1", "a1.c2"),))
    report = after.report(ONE.report(), 2)
    assert {f.id: f.text for f in report.findings} == {"f1": BURNED.text, "f2": other.text}


def test_a_finding_none_of_whose_claims_is_left_keeps_its_number_by_its_words() -> None:
    first = ONE.report()
    edited = tuple(
        f.model_copy(update={"claims": (f"a9.c{n}",)}) for n, f in enumerate(first.findings)
    )
    earlier = first.model_copy(update={"findings": edited[::-1]})
    assert [f.id for f in ONE.report(earlier, 7).findings] == ["f1", "f2"]


def test_a_number_that_was_used_is_never_used_again() -> None:
    other = World(papers=(Paper("Post", (), 8), Paper("Times", (CLEAN,), 9)))
    assert [f.id for f in other.report(ONE.report(), 2).findings] == ["f3"]


def test_new_numbers_leave_the_rest_of_a_question_as_it_is() -> None:
    world = replace(TWO, questions=(question(DENIED.text, *POSITIONS, kind="change", settled=1),))
    [plain] = world.report().issues
    [issue] = world.report(None, 7).issues
    assert issue.settled == 1
    assert issue.model_copy(update={"positions": plain.positions}) == plain
    assert [p.model_copy(update={"findings": ()}) for p in issue.positions] == [
        p.model_copy(update={"findings": ()}) for p in plain.positions
    ]
    assert [p.superseded for p in issue.positions] == [True, False]
    assert {f for p in issue.positions for f in p.findings} == {"f9", "f10"}


# --- the first page ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, "Post (2 March 2026 10:00 [1])"),
        ({"published_precision": "day"}, "Post (2 March 2026 [1])"),
        ({"zone_known": False}, "Post (2 March 2026 08:00 [1])"),
    ],
)
def test_the_first_page_has_times_in_the_zone_of_the_edition(
    known: dict[str, object], told: str
) -> None:
    report = World(papers=(Paper("Post", (BURNED,), 8),)).report()
    [article] = report.articles
    report = report.model_copy(update={"articles": (article.model_copy(update=known),)})
    assert first_page(convert_zone(report, ZoneInfo("Europe/Helsinki"))).counted == (told,)


# --- one voice ------------------------------------------------------------------------------


def test_one_voice_lists_core_facts_that_still_rest_on_one_origin_and_since_when() -> None:
    found = list_one_voice(ONE.report(), {"f1": "e1"})
    assert [(one.text, one.origin, one.since) for one in found] == [
        (BURNED.text, "Orle (police)", "e1"),
    ]
