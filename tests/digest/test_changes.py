"""What an edition tells of a story: one change for one thing, by what the reports hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factcheck.digest.calls import calls, one_voice
from factcheck.digest.changes import changes
from factcheck.digest.compared import Compared
from factcheck.digest.edits import edit_of
from factcheck.digest.models import Change
from factcheck.digest.numbering import numbered
from factcheck.models import Manifest, Question, Report, Side
from tests.story import Paper, Says, Who, World

NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)
POLICE = Who("police", "Orle")
MAYOR = Who("Mayor Ada Brun", "Orle town")
OWNER = Who("Acme", "Acme", "party")
BURNED = Says("The Orle mill burned on Monday.", POLICE)
STORED = Says("Acme stored oil in the Orle mill.", MAYOR)
CLEAN = Says("Acme did not store oil in the Orle mill.", OWNER)


def report(world: World, earlier: Report | None = None, last: int = 0) -> Report:
    """The report of a world, its findings numbered on from an earlier one."""
    findings, issues = world.judged()
    sources = world.sources()
    return numbered(
        Report(
            title="Fire in Orle",
            articles=world.articles(),
            groups=sources.groups,
            sources=sources.sources,
            claims=tuple(c for reading in world.readings() for c in reading.claims),
            findings=findings,
            issues=issues,
            manifest=Manifest(factcheck="0", engine="model", created=NOW),
        ),
        earlier,
        last,
    )


def told(before: World | None, after: World) -> list[Change]:
    """The changes from one world to the next, which has more papers."""
    first = report(before) if before else None
    second = report(after, first, len(first.findings) if first else 0)
    known = {a.id for a in first.articles} if first else set()
    new = frozenset(a.id for a in second.articles if a.id not in known)
    return list(changes(Compared("s1", first, second, new)))


def kinds(found: list[Change]) -> list[str]:
    """The kinds of changes, in order."""
    return [change.kind for change in found]


ONE = World(papers=(Paper("Post", (BURNED, STORED), 8),))
DENIED = Question(
    text="Was oil stored in the mill?",
    kind="conflict",
    sides=(Side(label="yes", claims=("a1.c2",)), Side(label="no", claims=("a2.c1",))),
)
TWO = World(papers=(*ONE.papers, Paper("Times", (CLEAN,), 12)), questions=(DENIED,))


# --- changes -----------------------------------------------------------------------------


def test_nothing_new_is_no_change() -> None:
    assert told(ONE, ONE) == []


def test_a_denial_makes_one_change_with_both_sides() -> None:
    [change] = told(ONE, TWO)
    assert (change.kind, change.text) == ("disputed", STORED.text)
    assert (change.before, change.after) == ("single-source", "disputed")
    assert "Mayor Ada Brun: yes. Acme: no." in change.detail
    assert [quote.outlet for quote in change.quotes] == ["Post", "Times"]


def test_a_dispute_that_goes_on_is_told_once() -> None:
    three = replace(
        TWO, papers=(*TWO.papers, Paper("Radio", (Says("It rained.", core=False),), 13))
    )
    assert told(TWO, three) == []


def test_a_new_position_on_a_question_is_a_change() -> None:
    guard = Says("A guard stored oil in the Orle mill.", Who("the union", "union", "party"))
    question = replace_side(DENIED, Side(label="a guard did", claims=("a3.c1",)))
    papers = (*TWO.papers, Paper("Radio", (guard,), 14))
    [change] = told(TWO, replace(TWO, papers=papers, questions=(question,)))
    assert change.kind == "contested"
    assert "the union: a guard did." in change.detail


def replace_side(question: Question, side: Side) -> Question:
    """A question with one more position."""
    return question.model_copy(update={"sides": (*question.sides, side)})


def test_a_second_origin_verifies() -> None:
    confirms = Says(STORED.text, Who("the fire inspector", "Inspectorate"))
    after = World(papers=(*ONE.papers, Paper("Times", (confirms,), 12)), same=(("a1.c2", "a2.c1"),))
    [change] = told(ONE, after)
    assert (change.kind, change.before, change.after) == ("verified", "single-source", "verified")
    assert change.quotes[0].outlet == "Times", "the news stands first"


def test_one_more_outlet_on_the_same_word_is_carried_wider() -> None:
    after = World(papers=(*ONE.papers, Paper("Times", (STORED,), 12)), same=(("a1.c2", "a2.c1"),))
    assert kinds(told(ONE, after)) == ["carried"]


def test_a_dispute_that_ends_is_settled() -> None:
    alone = World(papers=(TWO.papers[0], Paper("Times", (), 12)))
    assert "settled" in kinds(told(TWO, alone))


def test_what_no_text_says_after_an_edit_is_gone_and_what_only_moved_is_not() -> None:
    first, second = report(ONE), report(World(papers=(Paper("Post", (BURNED,), 8),)))
    case = Compared("s1", first, second, frozenset())
    assert kinds(list(changes(case))) == []
    [old] = ONE.articles()
    edit = edit_of(old, old.model_copy(update={"sentences": old.sentences[:1]}))
    assert [c.text for c in changes(case, [edit]) if c.kind == "gone"] == [STORED.text]


@pytest.mark.parametrize("hours", [(8, 12, 15), (15, 8, 12)])
def test_a_value_that_moves_is_a_line_of_steps_in_the_order_of_time(
    hours: tuple[int, int, int],
) -> None:
    texts = {8: "12 people died.", 12: "14 people died.", 15: "At least 17 people died."}
    papers = tuple(
        Paper(f"Paper {hour}", (Says(texts[hour], POLICE, asof=f"{hour}:00"),), hour)
        for hour in hours
    )
    sides = tuple(
        Side(label=texts[hour].removesuffix(" people died.").lower(), claims=(f"a{n}.c1",))
        for n, hour in enumerate(hours, start=1)
    )
    question = Question(text="How many people died?", kind="change", sides=sides)
    before = World(papers=papers[:2], questions=(question,))
    moved = [
        c for c in told(before, World(papers=papers, questions=(question,))) if c.kind == "moved"
    ]
    assert [step.value for step in moved[0].steps] == ["12", "14", "at least 17"]
    assert [step.new for step in moved[0].steps] == [hour == hours[2] for hour in sorted(hours)]
    assert moved[0].detail == "Latest: at least 17 (police, in Paper 15)."


def test_what_an_outlet_takes_back_is_a_correction() -> None:
    back = Says("The mill was insured.", kind="retract")
    first = World(papers=(Paper("Post", (Says("The mill was insured."),), 8),))
    after = World(papers=(*first.papers, Paper("Post", (back,), 12)), same=(("a1.c1", "a2.c1"),))
    change = next(c for c in told(first, after) if c.kind == "corrected")
    assert change.detail == "Post takes this back."


def test_a_new_story_tells_its_disputes_before_all_else() -> None:
    found = told(None, TWO)
    assert kinds(found)[0] == "disputed"
    assert {c.before for c in found} == {None}
    assert BURNED.text in {c.text for c in found if c.kind == "new"}


def test_every_change_names_a_finding_of_its_report() -> None:
    known = {f.id for f in report(TWO, report(ONE), 2).findings}
    assert {c.finding for c in told(ONE, TWO)} <= known


# --- lasting numbers ------------------------------------------------------------------------


def test_findings_keep_their_numbers_and_new_ones_go_on_counting() -> None:
    first = report(ONE)
    second = report(TWO, first, 7)
    assert {f.text: f.id for f in second.findings} == {
        BURNED.text: "f1",
        STORED.text: "f2",
        CLEAN.text: "f8",
    }
    assert {i for p in second.issues[0].positions for i in p.findings} == {"f2", "f8"}


def test_a_number_that_was_used_is_never_used_again() -> None:
    first = report(ONE)
    other = World(papers=(Paper("Post", (), 8), Paper("Times", (CLEAN,), 9)))
    assert [f.id for f in report(other, first, 2).findings] == ["f3"]


# --- calls to make --------------------------------------------------------------------------


def test_a_dispute_is_one_call_to_both_sides() -> None:
    disputed = [call for call in calls(report(TWO), "s1") if call.verdict == "disputed"]
    assert [call.whom for call in disputed] == ["Mayor Ada Brun and Acme"]


def test_an_unnamed_word_is_asked_of_its_desk() -> None:
    unnamed = Says("The mill was empty.", Who("a source", role="anonymous"))
    found = calls(report(World(papers=(Paper("Post", (unnamed,), 8),))), "s1")
    assert [call.whom for call in found] == ["the desk of Post"]


def test_one_voice_leads_to_a_source_that_has_not_spoken() -> None:
    inspectorate = Who("Inspectorate", "Inspectorate")
    inspector = Says("Inspectors visit every mill.", inspectorate, core=False)
    found = calls(report(World(papers=(Paper("Post", (STORED, inspector), 8),))), "s1")
    assert found[0].whom == "Inspectorate"


def test_where_nobody_of_the_story_would_know_an_office_is_named() -> None:
    [call] = calls(report(World(papers=(Paper("Post", (STORED,), 8),))), "s1")
    assert call.whom == "the authority that registers it, or a supplier"


def test_what_is_verified_or_background_needs_no_call() -> None:
    background = Says("The mill was built in 1910.", core=False)
    found = calls(report(World(papers=(Paper("Post", (background,), 8),))), "s1")
    assert found == ()


def test_the_document_fits_what_is_claimed() -> None:
    hurt = Says("Nine people were injured.", POLICE)
    [call] = calls(report(World(papers=(Paper("Post", (hurt,), 8),))), "s1")
    assert "hospital" in call.document


def test_one_voice_lists_core_facts_that_still_rest_on_one_origin_and_since_when() -> None:
    found = one_voice(report(ONE), {"f1": "e1"})
    assert [(one.text, one.origin, one.since) for one in found] == [
        (BURNED.text, "police", "e1"),
    ]
