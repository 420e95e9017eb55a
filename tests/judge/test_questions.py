"""Which position stands, who left one, who stands against whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.models import Answer, Group, IssueKind, Question, Verdict
from factcheck.report.words import text_of
from tests.judge.world import (
    EXPERT,
    FIRE,
    HOSPITAL,
    NO_FIRE,
    PALACE,
    POLICE,
    PRESS,
    REBELS,
    UNNAMED,
    VIDEO,
    Paper,
    Says,
    Who,
    World,
    agree,
    codes,
    dispute,
    group,
    labels,
    question,
    stand,
    with_paper,
)

# --- who excludes whom --------------------------------------------------------------------------


def three(*excludes: tuple[int, int]) -> World:
    """Three positions, of the palace, of the rebels, and of an expert."""
    return agree(
        Says("Ukraine flew the drones.", PALACE),
        Says("We did not fly them.", REBELS),
        Says("Partisans may well have.", EXPERT),
        groups=(),
        questions=(question(("a1.c1",), ("a2.c1",), ("a3.c1",), excludes=excludes),),
    )


@pytest.mark.parametrize(
    ("excludes", "verdicts"),
    [
        ((), ["single-source"] * 3),
        (((0, 1),), ["disputed", "disputed", "single-source"]),
        (((1, 0),), ["disputed", "disputed", "single-source"]),
        (((0, 1), (0, 2)), ["disputed"] * 3),
        (((1, 2), (2, 1)), ["single-source", "disputed", "disputed"]),
        (((1, 1), (0, 7)), ["single-source"] * 3),
    ],
)
def test_positions_exclude_each_other_only_as_compare_says(
    excludes: tuple[tuple[int, int], ...], verdicts: list[Verdict]
) -> None:
    world = three(*excludes)
    assert [world.verdict(f"a{n}.c1") for n in (1, 2, 3)] == verdicts


def test_who_is_against_is_told_for_each_position() -> None:
    world = three((0, 1), (0, 2))
    assert [o.label for o in world.finding("a1.c1").against] == ["Oskar Lind", "Ida Berg"]
    assert [o.label for o in world.finding("a2.c1").against] == ["the palace"]
    assert world.issue().excludes == ((0, 1), (0, 2))


def test_two_explanations_of_one_side_do_not_dispute_each_other() -> None:
    world = agree(
        Says("It was sabotage.", PALACE),
        Says("It was an accident.", PRESS),
        groups=(),
        questions=(question(("a1.c1",), ("a2.c1",)),),
    )
    assert [world.verdict("a1.c1"), world.verdict("a2.c1")] == ["single-source"] * 2


def test_two_people_of_one_side_who_contradict_each_other_are_in_dispute() -> None:
    una, hugh = (Who(name, side="the trust", person=True) for name in ("Una Lane", "Hugh Brook"))
    asked = question(("a1.c1",), ("a2.c1",))
    world = agree(Says(FIRE, una), Says(NO_FIRE, hugh), groups=(), questions=(asked,))
    assert [world.verdict("a1.c1"), world.verdict("a2.c1")] == ["disputed"] * 2
    assert [o.label for o in world.finding("a1.c1").against] == ["Hugh Brook"]
    trust = Who("the trust", side="the trust")
    for other in (una, trust):
        world = agree(Says(FIRE, una), Says(NO_FIRE, other), groups=(), questions=(asked,))
        assert world.verdict("a1.c1") == "single-source", "a body may speak for itself and change"
    world = agree(Says(FIRE, trust), Says(NO_FIRE, hugh), groups=(), questions=(asked,))
    assert world.verdict("a1.c1") == "single-source"


@pytest.mark.parametrize("kind", ["detail", "change"])
def test_details_and_changes_dispute_nothing(kind: IssueKind) -> None:
    asked = question(("a1.c1",), ("a2.c1",), kind=kind)
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS), asked=asked)
    assert [world.verdict("a1.c1"), world.verdict("a2.c1")] == ["single-source"] * 2
    assert world.issue().kind == kind


def test_who_is_against_it_in_two_questions_is_named_once() -> None:
    world = agree(
        Says(FIRE, REBELS),
        Says(NO_FIRE, PALACE),
        Says(NO_FIRE, PRESS),
        groups=(),
        questions=(
            question(("a1.c1",), ("a2.c1", "a3.c1")),
            question(("a1.c1",), ("a3.c1",), text="Did it burn?"),
        ),
    )
    assert [o.label for o in world.finding().against] == ["the palace / palace press service"]


def test_an_origin_is_against_it_once_however_often_it_says_so() -> None:
    world = agree(
        Says(FIRE, PALACE),
        Says(NO_FIRE, REBELS),
        Says(NO_FIRE, REBELS),
        groups=(),
        questions=(question(("a1.c1",), ("a2.c1", "a3.c1")),),
    )
    assert len(world.finding().against) == 1


# --- what can be used ---------------------------------------------------------------------------


def test_a_question_with_one_position_and_nobody_open_is_listed() -> None:
    world = dispute(Says(FIRE, PALACE), asked=question(("a1.c1",), excludes=()))
    judged = world.judged()
    assert judged.issues == ()
    assert [(n.stage, n.text, n.reason.text) for n in judged.not_assessed] == [
        ("compare", "Was there a fire?", "it has one position, and nobody else calls it open")
    ]


def test_whoever_takes_the_only_position_does_not_make_it_a_question_by_calling_it_open() -> None:
    unknown = Says("Nobody knows who lit it.", PALACE, kind="open")
    asked = question(("a1.c1",), excludes=(), opens=("a1.c2",))
    assert dispute((Says(FIRE, PALACE), unknown), asked=asked).judged().issues == ()
    other = question(("a1.c1",), excludes=(), opens=("a2.c1",))
    world = dispute(Says(FIRE, PALACE), replace(unknown, by=POLICE), asked=other)
    assert len(world.judged().issues) == 1


GONE = "a position of articles that were left out, or of a column alone: its author's view"
ONE = "it has one position, and nobody else calls it open"


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        (
            question(("a1.c1",), (), ("a9.c9",)),
            [("Was there a fire? position 2", GONE), ("Was there a fire?", ONE)],
        ),
        (question(opens=("a1.c1",), excludes=()), [("Was there a fire?", ONE)]),
        (question(("a1.c1",), opens=("a9.c9",), excludes=()), [("Was there a fire?", ONE)]),
        (question(), [("Was there a fire?", ONE)]),
    ],
)
def test_positions_that_no_claim_takes_do_not_make_a_question_and_are_listed(
    asked: Question, listed: list[tuple[str, str]]
) -> None:
    judged = dispute(Says(FIRE, PALACE), asked=asked).judged()
    assert judged.issues == ()
    assert [(n.text, n.reason.text) for n in judged.not_assessed] == listed
    assert {n.stage for n in judged.not_assessed} == {"compare"}


def test_a_question_that_cannot_be_used_does_not_stop_the_next() -> None:
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS))
    world = world.but(questions=(question(("a1.c1",)), *world.questions))
    assert [issue.id for issue in world.judged().issues] == ["q1"]
    assert world.verdict() == "disputed"


def test_pairs_and_the_settled_position_are_renumbered_where_positions_fall_away() -> None:
    asked = question((), ("a1.c1",), ("a2.c1",), excludes=((0, 1), (1, 2)), settled=2)
    issue = dispute(Says(FIRE, REBELS), Says(NO_FIRE, PALACE), asked=asked).issue()
    assert (issue.excludes, issue.settled) == (((0, 1),), 1)
    assert [p.label for p in issue.positions] == ["position 1", "position 2"]


@pytest.mark.parametrize(
    ("stands", "kind", "settled"),
    [
        (Says(NO_FIRE, REBELS), "conflict", None),
        (Says(NO_FIRE, EXPERT), "detail", None),
        (Says(NO_FIRE, UNNAMED), "slip", None),
        (Says(NO_FIRE, REBELS), "change", 1),
        (Says(NO_FIRE, HOSPITAL), "conflict", 1),
        (Says(NO_FIRE, VIDEO), "conflict", 1),
        (Says(NO_FIRE), "conflict", 1),
        (Says(NO_FIRE, of=REBELS), "conflict", None),
        (Says(NO_FIRE, of=HOSPITAL), "conflict", 1),
        ((Says(NO_FIRE, REBELS), Says(NO_FIRE, PRESS)), "conflict", 1),
    ],
)
def test_a_dispute_is_settled_by_the_side_that_gives_way_or_by_who_may_decide(
    stands: Says | tuple[Says, ...], kind: IssueKind, settled: int | None
) -> None:
    ids = ("a2.c1", "a2.c2") if isinstance(stands, tuple) else ("a2.c1",)
    asked = question(("a1.c1",), ids, kind=kind, settled=1)
    issue = dispute(Says(FIRE, PALACE), stands, asked=asked).issue()
    assert (issue.kind, issue.settled) == (kind if settled is None else "change", settled)


def test_the_side_that_said_otherwise_settles_a_dispute_whoever_it_is() -> None:
    asked = question(("a1.c1",), ("a2.c1",), settled=1)
    issue = dispute(Says(FIRE, REBELS), Says(NO_FIRE, REBELS), asked=asked).issue()
    assert (issue.kind, issue.settled) == ("change", 1)


def test_what_was_settled_in_favour_of_a_position_of_nobody_is_not_settled() -> None:
    asked = question((), ("a1.c1",), ("a2.c1",), excludes=((1, 2),), settled=0)
    issue = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS), asked=asked).issue()
    assert (issue.kind, issue.settled) == ("conflict", None)


def test_an_issue_shows_all_positions_with_who_takes_them_and_where() -> None:
    world = agree(
        Says(FIRE, PALACE, asof="noon"),
        Says(FIRE, PRESS),
        Says(NO_FIRE, REBELS),
        Says("Not verified.", kind="open"),
        groups=(group("a1.c1", "a2.c1"),),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",), opens=("a4.c1",)),),
    )
    issue = world.issue()
    first, second = issue.positions
    assert (issue.id, issue.question, issue.kind) == ("q1", "Was there a fire?", "conflict")
    assert (first.label, first.claims, first.articles) == (
        "position 0",
        ("a1.c1", "a2.c1"),
        ("a1", "a2"),
    )
    assert first.findings == (world.finding("a1.c1").id,)
    assert ([o.label for o in first.origins], first.asof) == (
        ["the palace / palace press service"],
        "noon",
    )
    assert ([o.label for o in second.origins], second.asof) == (["Oskar Lind"], "")
    assert issue.open == (world.finding("a4.c1").id,)
    assert (first.withdrawn, first.superseded, issue.settled, issue.notes) == ((), False, None, ())


def test_the_moment_of_a_position_is_the_first_that_a_claim_gives() -> None:
    world = agree(
        Says("4 died.", POLICE),
        Says("4 died.", POLICE, asof="9 am"),
        Says("7 died.", POLICE, asof="noon"),
        groups=(),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",), kind="change", excludes=()),),
    )
    assert [p.asof for p in world.issue().positions] == ["9 am", "noon"]


def test_whether_and_how_many_are_two_issues_and_a_finding_names_both() -> None:
    world = agree(
        Says("12 people died.", POLICE),
        Says("14 people died.", HOSPITAL),
        Says("Nobody died.", REBELS),
        groups=(),
        questions=(
            question(("a1.c1", "a2.c1"), ("a3.c1",), text="Did people die?"),
            question(("a1.c1",), ("a2.c1",), kind="detail", text="How many?"),
        ),
    )
    assert world.finding("a1.c1").issues == ("q1", "q2")
    assert world.finding("a3.c1").issues == ("q1",)
    assert [o.label for o in world.finding("a1.c1").against] == ["Oskar Lind"]


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "genre", "by", "verdict"),
    [
        ("an outlet's own voice", "", None, "disputed"),
        ("a column's own voice", "opinion", None, "single-source"),
        ("a named source in a column", "opinion", REBELS, "disputed"),
    ],
)
def test_the_own_voice_of_a_column_takes_no_position(
    why: str, genre: str, by: Who | None, verdict: Verdict
) -> None:
    world = with_paper(dispute(Says(FIRE, PALACE), Says(NO_FIRE, by)), 2, genre=genre)
    judged = world.judged()
    assert world.verdict() == verdict, why
    lost = [("Was there a fire? position 1", GONE), ("Was there a fire?", ONE)]
    taken = verdict == "disputed"
    assert [(n.text, n.reason.text) for n in judged.not_assessed] == ([] if taken else lost)
    assert world.finding("a2.c1").issues == (("q1",) if taken else ())
    assert world.finding("a2.c1").verdict == ("disputed" if taken else "not-judged")


def test_a_position_that_a_column_shares_is_that_of_the_others_and_not_listed() -> None:
    world = dispute(
        Says(FIRE, PALACE),
        Says(NO_FIRE),
        Says(NO_FIRE, REBELS),
        asked=question(("a1.c1",), ("a2.c1", "a3.c1")),
    )
    world = with_paper(world, 2, genre="opinion")
    position = world.issue().positions[1]
    assert (position.claims, position.articles) == (("a3.c1",), ("a3",))
    assert [o.label for o in position.origins] == ["Oskar Lind"]
    assert world.judged().not_assessed == ()


def test_lost_positions_are_listed_for_each_question() -> None:
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE))
    again = world.questions[0].model_copy(update={"text": "Did it burn?"})
    world = with_paper(world.but(questions=(*world.questions, again)), 2, genre="opinion")
    assert [n.text for n in world.judged().not_assessed] == [
        "Was there a fire? position 1",
        "Was there a fire?",
        "Did it burn? position 1",
        "Did it burn?",
    ]


def test_the_position_of_a_column_replaces_nothing_and_settles_nothing() -> None:
    world = dispute(
        Says(FIRE, PALACE),
        Says(NO_FIRE, REBELS),
        Says("A leak."),
        hours=(8, 8, 12),
        asked=question(("a1.c1",), ("a2.c1",), ("a3.c1",), settled=2),
    )
    assert world.verdict() == "updated"
    world = with_paper(world, 3, genre="opinion")
    assert (world.verdict(), world.issue().kind, world.issue().settled) == (
        "disputed",
        "conflict",
        None,
    )
    assert [n.text for n in world.judged().not_assessed] == ["Was there a fire? position 2"]


# --- leaving a position ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "hours", "kind", "first"),
    [
        ("later", (8, 12), "conflict", "updated"),
        ("earlier", (12, 8), "conflict", "single-source"),
        ("at one time", (8, 8), "conflict", "single-source"),
        ("unknown", (None, None), "conflict", "single-source"),
        ("a slip too", (8, 12), "slip", "updated"),
    ],
)
def test_an_origin_that_later_takes_another_position_withdraws_its_word(
    why: str, hours: tuple[int | None, int | None], kind: IssueKind, first: Verdict
) -> None:
    asked = question(("a1.c1",), ("a2.c1",), kind=kind)
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, PRESS), hours=hours, asked=asked)
    assert world.verdict("a1.c1") == first, why
    left = world.issue().positions[0].withdrawn
    assert left == (("the palace",) if first == "updated" else ())
    if first == "updated":
        assert world.finding().reasons[0].text == "the palace later said otherwise."
        assert world.issue().positions[0].origins == ()
        assert world.verdict("a2.c1") == "single-source"


def test_positions_that_do_not_exclude_each_other_are_not_left() -> None:
    asked = question(("a1.c1",), ("a2.c1",), excludes=())
    world = dispute(Says(FIRE, PALACE), Says("Smoke.", PRESS), hours=(8, 12), asked=asked)
    assert world.issue().positions[0].withdrawn == ()


def test_who_keeps_saying_it_has_not_left_it() -> None:
    world = agree(
        Says(FIRE, PALACE),
        Says(NO_FIRE, PRESS),
        Says(FIRE, PALACE),
        hours=(8, 12, 15),
        groups=(),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",)),),
    )
    assert [p.withdrawn for p in world.issue().positions] == [(), ()]


def test_a_way_there_and_back_leaves_the_first_and_the_second_for_the_third() -> None:
    world = agree(
        Says("Two.", POLICE),
        Says("Three.", POLICE),
        Says("Four.", POLICE),
        hours=(8, 9, 10),
        groups=(),
        questions=(question(("a1.c1",), ("a2.c1",), ("a3.c1",), excludes=((0, 1), (1, 2))),),
    )
    assert [bool(p.withdrawn) for p in world.issue().positions] == [True, True, False]


def test_others_hold_the_position_that_one_has_left() -> None:
    world = agree(
        Says(FIRE, PALACE),
        Says(NO_FIRE, PRESS),
        Says(FIRE, POLICE),
        hours=(8, 12, 9),
        groups=(group("a1.c1", "a3.c1"),),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",)),),
    )
    first = world.issue().positions[0]
    assert ([o.label for o in first.origins], first.withdrawn) == (["police"], ("the palace",))
    assert [o.label for o in world.finding("a2.c1").against] == ["police"]


# --- what replaces what -------------------------------------------------------------------------


def toll(first: Says, second: Says, hours: tuple[int | None, int | None] = (None, None)) -> World:
    """A running toll in two outlets."""
    asked = question(("a1.c1",), ("a2.c1",), kind="change", excludes=(), text="How many died?")
    return dispute(first, second, hours=hours, asked=asked)


FOUR, SEVEN = Says("4 people died.", POLICE), Says("7 people died.", HOSPITAL)


def held(first: int, last: int) -> Says:
    """A value of some moment between two hours."""
    return Says("Some died.", POLICE, held=(first, last))


@pytest.mark.parametrize(
    ("why", "first", "second", "hours", "verdict"),
    [
        ("later publication", FOUR, SEVEN, (9, 13), "updated"),
        ("earlier publication", FOUR, SEVEN, (13, 9), "single-source"),
        ("one time of publication", FOUR, SEVEN, (9, 9), "single-source"),
        ("unknown times", FOUR, SEVEN, (None, None), "single-source"),
        (
            "times as of",
            Says("4 died.", POLICE, asof="9 am"),
            Says("7 died.", HOSPITAL, asof="1 pm"),
            (None, None),
            "updated",
        ),
        ("one time as of", FOUR, Says("7 died.", HOSPITAL, asof="1 pm"), (None, None), "updated"),
        ("the earlier as of", Says("4.", POLICE, asof="9 am"), SEVEN, (None, None), "updated"),
        (
            "as of, and published the same way",
            Says("4 died.", POLICE, asof="9 am"),
            SEVEN,
            (9, 13),
            "updated",
        ),
        (
            "as of, and published the other way",
            Says("4 died.", POLICE, asof="9 am"),
            Says("7 died.", HOSPITAL, asof="1 pm"),
            (13, 9),
            "single-source",
        ),
        ("moments", held(8, 9), held(11, 12), (None, None), "updated"),
        ("moments go before publication", held(8, 9), held(11, 12), (13, 9), "updated"),
        ("moments the other way", held(11, 12), held(8, 9), (None, None), "single-source"),
        ("they too before publication", held(11, 12), held(8, 9), (9, 13), "single-source"),
        ("moments that touch", held(8, 9), held(9, 10), (None, None), "updated"),
        ("moments that overlap", held(8, 10), held(9, 11), (9, 13), "single-source"),
        ("a moment of one alone: publication", held(11, 12), SEVEN, (9, 13), "updated"),
        ("of the other alone", FOUR, held(8, 9), (9, 13), "updated"),
        (
            "as of, and moments the other way",
            replace(held(11, 12), asof="noon"),
            replace(held(8, 9), asof="9 am"),
            (9, 13),
            "single-source",
        ),
        (
            "as of, and moments that overlap",
            replace(held(8, 10), asof="morning"),
            replace(held(9, 11), asof="today"),
            (13, 9),
            "updated",
        ),
    ],
)
def test_a_later_value_replaces_an_earlier_one_only_where_the_order_is_known(
    why: str, first: Says, second: Says, hours: tuple[int | None, int | None], verdict: Verdict
) -> None:
    world = toll(first, second, hours)
    assert world.verdict("a1.c1") == verdict, why
    assert world.verdict("a2.c1") == "single-source"
    positions = world.issue().positions
    assert [p.superseded for p in positions] == [verdict == "updated", False]
    if verdict == "updated":
        assert world.finding().reasons[0].text == "Replaced by: position 1."
        assert world.issue().notes == ()
    else:
        (note,) = world.issue().notes
        assert (note.code, note.text) == (
            "order-unknown",
            "Which is later, “position 0” or the last, is not known.",
        )


def test_what_a_later_value_may_have_replaced_is_not_verified() -> None:
    four = Says("4 people died.")
    papers = (Paper("Ledger", (four,)), Paper("Courier", (four,)), Paper("Post", (SEVEN,)))
    asked = question(("a1.c1", "a2.c1"), ("a3.c1",), kind="change", excludes=())
    world = World(papers=papers, groups=(group("a1.c1", "a2.c1"),), questions=(asked,))
    assert world.verdict("a1.c1") == "unconfirmed"
    reasons = world.finding("a1.c1").reasons
    assert [reason.code for reason in reasons] == ["origins", "order-unknown"]
    assert reasons[1].text == "Perhaps replaced by: position 1; no time tells which is later."
    assert world.verdict("a3.c1") == "single-source"


def test_a_day_is_not_midnight() -> None:
    world = toll(FOUR, SEVEN, (0, 9))
    assert world.verdict() == "updated"
    assert with_paper(world, 1, precision="day").verdict() == "single-source"


def test_an_article_that_tells_both_knows_their_order() -> None:
    world = World(
        papers=(Paper("Ledger", (FOUR, SEVEN)),),
        questions=(question(("a1.c1",), ("a1.c2",), kind="change", excludes=()),),
    )
    assert (world.verdict("a1.c1"), world.verdict("a1.c2")) == ("updated", "single-source")


def test_an_article_that_tells_both_with_the_moments_the_other_way_does_not() -> None:
    world = World(
        papers=(Paper("Ledger", (held(11, 12), held(8, 9))),),
        questions=(question(("a1.c1",), ("a1.c2",), kind="change", excludes=()),),
    )
    assert (world.verdict("a1.c1"), world.verdict("a1.c2")) == ("single-source",) * 2
    assert [n.code for n in world.issue().notes] == ["order-unknown"]


@pytest.mark.parametrize(
    ("why", "hours", "superseded"),
    [
        ("all tellers came later than the last", (13, 9, 14), False),
        ("one came before it", (8, 9, 14), True),
        ("of one nothing is known, so the as-of time stands", (13, 9, None), True),
    ],
)
def test_only_times_that_all_say_the_opposite_outweigh_an_as_of_time(
    why: str, hours: tuple[int | None, ...], *, superseded: bool
) -> None:
    world = agree(
        replace(FOUR, asof="9 am"),
        SEVEN,
        FOUR,
        hours=hours,
        groups=(),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",), kind="change", excludes=()),),
    )
    assert world.issue().positions[0].superseded == superseded, why


def test_all_values_before_the_last_are_replaced_by_it() -> None:
    world = agree(
        FOUR,
        SEVEN,
        Says("9 died.", POLICE),
        hours=(8, 9, 10),
        groups=(),
        questions=(question(("a1.c1",), ("a2.c1",), ("a3.c1",), kind="change", excludes=()),),
    )
    assert [p.superseded for p in world.issue().positions] == [True, True, False]
    assert world.finding("a2.c1").reasons[0].text == "Replaced by: position 2."


def test_one_value_that_is_told_before_and_after_the_last_is_replaced() -> None:
    world = agree(
        FOUR,
        SEVEN,
        FOUR,
        hours=(8, 9, 10),
        groups=(),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",), kind="change", excludes=()),),
    )
    assert world.issue().positions[0].superseded


@pytest.mark.parametrize("kind", ["conflict", "change", "detail", "slip"])
def test_a_settled_question_has_changed_and_the_standing_position_is_judged_by_count(
    kind: IssueKind,
) -> None:
    world = agree(
        Says("Lunde scored.", REBELS),
        Says("Vance scored.", POLICE),
        Says("Vance scored.", HOSPITAL),
        Says("It is under review.", kind="open"),
        groups=(group("a2.c1", "a3.c1"),),
        questions=(
            question(("a2.c1", "a3.c1"), ("a1.c1",), kind=kind, settled=0, opens=("a4.c1",)),
        ),
    )
    assert (world.issue().kind, world.issue().settled) == ("change", 0)
    assert world.verdict("a2.c1") == "verified"
    assert world.verdict("a1.c1") == "updated"
    assert world.finding("a1.c1").reasons[0].text == "Replaced by: position 0."
    assert [p.superseded for p in world.issue().positions] == [False, True]


def test_a_replaced_value_keeps_its_origins_for_the_record() -> None:
    finding = toll(FOUR, SEVEN, (9, 13)).finding()
    assert (labels(finding), text_of(finding.settle)) == (["police"], "")
    assert codes(finding) == ["replaced"]


# --- groups of claims that all say more ---------------------------------------------------------


def core(*positions: tuple[str, ...]) -> World:
    """A core that three claims share, each with something on top."""
    world = agree(
        Says("12 died, 3 of them crew.", POLICE),
        Says("12 died, 5 of them crew.", HOSPITAL),
        Says("Nobody died.", REBELS),
        Says("12 died in all.", EXPERT),
    )
    return world.but(
        groups=(group(text="12 died.", more=("a1.c1", "a2.c1", "a4.c1")),),
        questions=(question(*positions),),
    )


def verdict_of_core(world: World) -> Verdict:
    """The verdict on the shared core."""
    return next(f.verdict for f in world.judged().findings if f.text == "12 died.")


def test_a_core_that_nobody_states_alone_takes_the_position_that_two_articles_take() -> None:
    world = core(("a1.c1", "a2.c1"), ("a3.c1",))
    assert verdict_of_core(world) == "disputed"
    finding = next(f for f in world.judged().findings if f.text == "12 died.")
    assert (finding.issues, finding.claims) == (("q1",), ("a1.c1", "a2.c1", "a4.c1"))


def test_it_takes_none_that_one_article_takes_or_on_which_its_claims_differ() -> None:
    assert verdict_of_core(core(("a1.c1",), ("a3.c1",))) == "verified"
    assert verdict_of_core(core(("a1.c1",), ("a2.c1",))) == "verified"
    assert verdict_of_core(core(("a3.c1",), ("a1.c1",))) == "verified"


def test_a_core_whose_claims_differ_is_excluded_by_what_excludes_each_of_them() -> None:
    three = ("a1.c1",), ("a2.c1",), ("a3.c1",)
    both = core(*three).but(questions=(question(*three, excludes=((0, 2), (1, 2))),))
    assert verdict_of_core(both) == "disputed"
    finding = next(f for f in both.judged().findings if f.text == "12 died.")
    assert finding.issues == ("q1",)
    one = core(*three).but(questions=(question(*three, excludes=((0, 1), (1, 2))),))
    assert verdict_of_core(one) == "verified"


def test_a_core_is_replaced_with_the_one_position_that_it_takes_not_with_one_of_several() -> None:
    one = question(("a1.c1", "a2.c1"), ("a3.c1",), kind="change", settled=1)
    assert verdict_of_core(core().but(questions=(one,))) == "updated"
    several = question(("a1.c1",), ("a2.c1",), ("a3.c1",), settled=2)
    assert verdict_of_core(core().but(questions=(several,))) == "verified"


def test_a_core_is_not_replaced_with_a_position_that_few_of_its_claims_take() -> None:
    world = agree(*(Says(f"12 died, {n} of them crew.") for n in range(4)), Says("Nobody died."))
    four = tuple(f"a{n}.c1" for n in range(1, 5))
    world = world.but(groups=(group(text="12 died.", more=four),))
    for some, verdict in ((four[:2], "verified"), (four[:3], "updated")):
        asked = question(some, ("a5.c1",), settled=1)
        assert verdict_of_core(world.but(questions=(asked,))) == verdict


def test_a_core_is_not_disputed_by_what_excludes_few_of_its_claims() -> None:
    world = agree(
        *(Says(f"Police fired {n} times.") for n in range(4)), Says("They fired 9 times.")
    )
    four = tuple(f"a{n}.c1" for n in range(1, 5))
    world = world.but(groups=(group(text="12 died.", more=four),))
    for some, verdict in ((four[:2], "verified"), (four[:3], "disputed")):
        assert verdict_of_core(world.but(questions=(question(some, ("a5.c1",)),))) == verdict


def test_what_somebody_states_is_not_excluded_by_what_excludes_more_than_it() -> None:
    three = ("a1.c1",), ("a2.c1",), ("a3.c1",)
    world = core(*three).but(
        groups=(group("a4.c1", more=("a1.c1", "a2.c1"), text="12 died."),),
        questions=(question(*three, excludes=((0, 2), (1, 2))),),
    )
    assert verdict_of_core(world) == "verified"


def test_what_somebody_states_is_excluded_by_what_excludes_one_of_the_claims_that_state_it() -> (
    None
):
    three = ("a1.c1",), ("a2.c1",), ("a3.c1",)
    world = core(*three).but(
        groups=(group("a1.c1", "a2.c1", text="12 died."),),
        questions=(question(*three, excludes=((0, 2),)),),
    )
    assert verdict_of_core(world) == "disputed"


def test_what_a_stand_tells_as_overtaken_disputes_nothing_any_more() -> None:
    world = agree(Says("Police fired twice.", POLICE), Says("7 shots.", EXPERT), hours=(8, 12))
    asked = question(("a1.c1",), ("a2.c1",))
    taken_back = stand("a2", "updates", by="a2.s1", text="Police dropped their account.")
    for stands, verdicts in (((), ["disputed"] * 2), ((taken_back,), ["updated", "single-source"])):
        judged = world.but(groups=(group("a1.c1", stands=stands),), questions=(asked,))
        assert [judged.verdict("a1.c1"), judged.verdict("a2.c1")] == verdicts


def test_a_paper_that_says_otherwise_later_leaves_the_text_that_it_shared() -> None:
    world = dispute(Says(FIRE), Says("The mill stands."), Says(FIRE), hours=(8, 12, 9))
    world = world.but(
        copies=(("a1", "a3", 0.9),), questions=(question(("a1.c1", "a3.c1"), ("a2.c1",)),)
    )
    assert world.verdict() == "disputed"
    assert with_paper(world, 2, outlet="Gazette").verdict() == "updated"


def test_only_a_paper_that_says_otherwise_since_takes_a_shared_text_back() -> None:
    world = dispute(Says(FIRE), Says("The mill stands."), Says(FIRE), hours=(8, 12, 9))
    world = world.but(
        copies=(("a1", "a3", 0.9),), questions=(question(("a1.c1", "a3.c1"), ("a2.c1",)),)
    )
    world = with_paper(world, 2, outlet="Gazette")
    [issue] = world.judged().issues
    assert issue.positions[0].withdrawn == ("Gazette",)


def test_an_article_beside_an_agency_that_it_credits_is_not_the_agency_leaving_its_word() -> None:
    asked = question(("a1.c1",), ("a2.c1",), kind="slip")
    world = agree(Says(FIRE), Says(FIRE), hours=(8, 12), questions=(asked,))
    for byline, left in (("Ada Berg, mit inp", ()), ("", ())):
        credited = with_paper(with_paper(world, 1, agency="INP"), 2, byline=byline)
        assert credited.judged().issues[0].positions[0].withdrawn == left


def test_why_it_is_updated_names_only_who_left_it() -> None:
    world = dispute(Says(FIRE), Says(NO_FIRE), Says(FIRE), hours=(8, 12, 9))
    world = with_paper(world, 2, outlet="Gazette").but(
        copies=(("a1", "a3", 0.9),),
        groups=(group("a1.c1", "a3.c1"),),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",)),),
    )
    assert [r.text for r in world.finding().reasons] == ["Gazette later said otherwise."]


def test_who_only_passes_anothers_word_on_disputes_nothing() -> None:
    world = dispute(Says(FIRE, POLICE), Says(NO_FIRE, HOSPITAL), Says(NO_FIRE, PALACE))
    denied = group("a2.c1", "a3.c1", text=NO_FIRE).model_copy(update={"echoes": ("a3.c1",)})
    world = world.but(groups=(denied,), questions=(question(("a1.c1",), ("a2.c1", "a3.c1")),))
    assert [origin.label for origin in world.finding().against] == ["Orle hospital"]


def test_a_slip_disputes_what_is_about_the_detail_not_what_is_one_whatever_it_is() -> None:
    world = agree(Says("The fire in Mill Road.", POLICE), Says("The fire in Mill Street."))
    slip = question(("a1.c1",), ("a2.c1",), kind="slip")
    assert world.but(questions=(slip,)).verdict() == "verified"
    assert world.but(questions=(slip,), groups=()).verdict() == "disputed"


def test_what_only_touches_a_question_is_not_disputed_in_it_and_says_so() -> None:
    world = dispute(
        (Says(FIRE, POLICE), Says("The fire burned 5 houses.", POLICE)), Says(NO_FIRE, HOSPITAL)
    )
    asked = question(("a1.c1", "a1.c2"), ("a2.c1",))
    assert world.but(questions=(asked,)).finding("a1.c2").verdict == "disputed"
    first = Answer(label="yes", claims=("a1.c1",), near=("a1.c2",))
    asked = asked.model_copy(update={"answers": (first, asked.answers[1])})
    touching = world.but(questions=(asked,)).finding("a1.c2")
    assert touching.verdict == "single-source"
    assert [r.text for r in touching.reasons if r.code == "touches"] == [
        "Mentions what is in question: Was there a fire?"
    ]
    assert world.but(questions=(asked,)).finding("a1.c1").verdict == "disputed"
    assert world.but(questions=(asked,)).issue().near == (touching.id,)
    both = first.model_copy(update={"claims": ("a1.c1", "a1.c2")})
    told = asked.model_copy(update={"answers": (both, asked.answers[1])})
    assert world.but(questions=(told,)).issue().near == ()


def test_an_agency_leaves_its_word_also_in_another_paper() -> None:
    world = dispute(Says(FIRE), Says(NO_FIRE), hours=(8, 12))
    assert world.verdict() == "disputed"
    world = with_paper(with_paper(world, 1, agency="WNS"), 2, agency="WNS")
    assert world.verdict() == "updated"


def test_a_version_of_a_detail_does_not_replace_another() -> None:
    world = dispute(
        Says("2 died.", POLICE), Says("3 died, with 1 in hospital.", HOSPITAL), hours=(8, 12),
        asked=question(("a1.c1",), ("a2.c1",), kind="change"),
    )  # fmt: skip
    assert world.verdict() == "updated"
    detail = question(("a1.c1",), ("a2.c1",), kind="detail", excludes=())
    both = world.but(questions=(*world.questions, detail))
    assert both.verdict() == "single-source"
    third = both.but(
        papers=(*both.papers, both.papers[0]),
        questions=(question(("a1.c1", "a3.c1"), ("a2.c1",), kind="change"), detail),
    )
    assert third.verdict() == "updated", "not all that it says is a version"
    change = both.judged().issues[0]
    assert [position.superseded for position in change.positions] == [False, False]


def test_in_a_slip_no_paper_leaves_what_another_printed_of_a_shared_text() -> None:
    slip = question(("a1.c1",), ("a2.c1",), kind="slip")
    world = dispute(Says(FIRE), Says(NO_FIRE), hours=(8, 12), asked=slip)
    world = with_paper(with_paper(world, 1, agency="WNS"), 2, agency="WNS")
    assert [position.withdrawn for position in world.issue().positions] == [(), ()]
    assert world.verdict("a1.c1") != "updated"


def test_what_a_column_alone_states_has_at_stake_what_says_more() -> None:
    world = dispute(
        Says(FIRE, PALACE), Says(FIRE, REBELS), Says(NO_FIRE, PRESS), Says("It burned."),
        hours=(8, 8, 12, 8), asked=question(("a1.c1", "a2.c1"), ("a3.c1",), kind="change"),
    )  # fmt: skip
    core = Group(text="It burned.", same=("a4.c1",), more=("a1.c1", "a2.c1"))
    world = with_paper(world.but(groups=(core,)), 4, genre="opinion")
    assert world.finding("a4.c1").verdict == "updated"


def test_what_another_paper_has_from_an_agency_does_not_replace_the_agencys_own_word() -> None:
    world = dispute(Says(FIRE), Says(NO_FIRE, via=("WNS",)), hours=(8, 12))
    world = with_paper(world, 1, agency="WNS")
    assert [position.withdrawn for position in world.issue().positions] == [(), ()]


def test_a_paper_leaves_its_own_word_also_by_what_it_has_from_an_agency() -> None:
    world = dispute(Says(FIRE), Says(NO_FIRE, via=("WNS",)), hours=(8, 12))
    world = with_paper(with_paper(world, 1, outlet="Gazette"), 2, outlet="Gazette")
    assert [position.withdrawn for position in world.issue().positions] == [("Gazette",), ()]


@pytest.mark.parametrize(("kind", "shown"), [("slip", 1), ("detail", 1), ("conflict", 0)])
def test_only_a_detail_may_be_one_that_no_claim_is_about(kind: IssueKind, shown: int) -> None:
    world = dispute(Says("Jan, 27, was shot.", POLICE), Says("Jan, 37, was shot.", HOSPITAL))
    answers = tuple(Answer(label=i, claims=(), near=(f"{i}.c1",)) for i in ("a1", "a2"))
    asked = Question(text="How old is Jan?", kind=kind, answers=answers, excludes=((0, 1),))
    assert len(world.but(questions=(asked,)).judged().issues) == shown


def test_a_detail_that_no_claim_is_about_is_shown_by_those_that_hold_it() -> None:
    world = dispute(Says("Jan, 27, was shot.", POLICE), Says("Jan, 37, was shot.", HOSPITAL))
    answers = (
        Answer(label="27", claims=(), near=("a1.c1",)),
        Answer(label="37", claims=(), near=("a2.c1",)),
    )
    slip = Question(text="How old is Jan?", kind="slip", answers=answers, excludes=((0, 1),))
    world = world.but(questions=(slip,))
    assert [position.claims for position in world.issue().positions] == [("a1.c1",), ("a2.c1",)]
    assert world.finding("a1.c1").verdict == "single-source"
    assert world.finding("a1.c1").issues == ()


def test_what_a_decision_overtook_stands_against_nothing_in_another_question() -> None:
    world = dispute(
        Says("Somebody in the house fired first.", POLICE),
        Says("An officer stumbled.", HOSPITAL),
        Says("Nobody in the house fired.", PALACE),
    )
    who = question(("a1.c1",), ("a2.c1",), text="How did the first shot come about?")
    house = question(("a1.c1",), ("a3.c1",), text="Did anybody in the house fire?")
    assert world.but(questions=(who, house)).finding("a2.c1").verdict == "disputed"
    decided = house.model_copy(update={"settled": 1})
    world = world.but(questions=(who, decided))
    assert world.finding("a1.c1").verdict == "updated"
    assert world.finding("a2.c1").verdict == "single-source"


def test_a_source_leaves_its_word_not_the_paper_that_went_on_with_it() -> None:
    world = dispute(Says(FIRE, of=POLICE), Says(NO_FIRE, POLICE), hours=(8, 12))
    assert world.judged().issues[0].positions[0].withdrawn == ("police",)


def test_what_is_settled_replaces_only_what_it_excludes_if_that_is_told() -> None:
    three = ("a1.c1",), ("a2.c1",), ("a3.c1",)
    world = dispute(
        Says("183 people stood on it.", POLICE),
        Says("183 people did not stand on it.", HOSPITAL),
        Says("131 people stood on it.", PALACE),
    )
    told = question(*three, excludes=((0, 1), (0, 2)), settled=2)
    for asked, left in ((told, False), (told.model_copy(update={"excludes": ()}), True)):
        positions = world.but(questions=(asked,)).issue().positions
        assert [position.superseded for position in positions] == [True, left, False]


def test_a_paper_that_says_otherwise_later_leaves_nothing_for_the_source_that_it_told_on() -> None:
    for of, left in ((None, ("Courier",)), (POLICE, ())):
        world = dispute(Says(FIRE, of=of), Says(NO_FIRE), hours=(8, 12))
        world = with_paper(with_paper(world, 1, outlet="Courier"), 2, outlet="Courier")
        assert world.judged().issues[0].positions[0].withdrawn == left
