"""One table for each rule of judgement and each trap (docs/rules.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.models import Echo, Verdict
from tests.story import Paper, Says, Who, World, echo, question

KREMLA = Who("the palace", side="Valdria")
PRESS = Who("palace press service", side="Valdria")
REBELS = Who("rebel spokesman Oskar Lind", side="Free North")
POLICE = Who("police")
HOSPITAL = Who("Orle hospital", side="Orle hospital")
WITNESS = Who("baker Jan Holm", role="witness")
UNNAMED = Who("a senior official", role="anonymous")
VIDEO = Who("a video on social media", role="document")
EXPERT = Who("analyst Ida Berg", role="expert")

FIRE = "A fire broke out at the Orle mill."
NOFIRE = "No fire broke out at the Orle mill."


def papers(*claims: Says | tuple[Says, ...], hours: tuple[int | None, ...] = ()) -> World:
    """One outlet for each argument; all first claims are the same proposition."""
    names = ["Ledger", "Courier", "Gazette", "Herald", "Monitor"]
    sheets = [claim if isinstance(claim, tuple) else (claim,) for claim in claims]
    times = hours or (None,) * len(sheets)
    return World(
        papers=tuple(
            Paper(name, sheet, hour=hour)
            for name, sheet, hour in zip(names, sheets, times, strict=False)
        ),
        same=(tuple(f"a{n}.c1" for n in range(1, len(sheets) + 1)),),
    )


@pytest.mark.parametrize(
    ("why", "claims", "verdict"),
    [
        ("one outlet alone", [Says(FIRE)], "single-source"),
        ("two outlets in their own voice", [Says(FIRE), Says(FIRE)], "verified"),
        ("two sources of two sides", [Says(FIRE, POLICE), Says(FIRE, HOSPITAL)], "verified"),
        (
            "five carriers of one press office",
            [Says(FIRE, KREMLA), Says(FIRE, PRESS), Says(FIRE, KREMLA), Says(FIRE, PRESS)],
            "single-source",
        ),
        (
            "own voice beside a named source is a lost attribution",
            [Says(FIRE, KREMLA), Says(FIRE), Says(FIRE)],
            "single-source",
        ),
        (
            "a relay is no origin",
            [Says(FIRE, KREMLA), Says(FIRE, KREMLA, via=("TASK agency",))],
            "single-source",
        ),
        (
            "two outlets that carry one agency are one origin",
            [Says(FIRE, via=("TASK",)), Says(FIRE, via=("the TASK news agency",))],
            "single-source",
        ),
        (
            "media reports are no origin",
            [Says(FIRE, POLICE), Says(FIRE, via=("media reports",))],
            "single-source",
        ),
        (
            "footage is one document however many outlets describe it",
            [
                Says("A video shows smoke over the Orle mill.", VIDEO),
                Says("Footage shows smoke over the Orle mill."),
                Says("A clip shows smoke over the Orle mill."),
            ],
            "single-source",
        ),
        (
            "cautious accounts alone",
            [Says(FIRE, POLICE, modality="hedged"), Says(FIRE, HOSPITAL, modality="hedged")],
            "unconfirmed",
        ),
        ("one unnamed source", [Says(FIRE, UNNAMED)], "unconfirmed"),
        (
            "unnamed sources of two outlets are still unnamed",
            [Says(FIRE, UNNAMED), Says(FIRE, UNNAMED)],
            "unconfirmed",
        ),
        (
            "an unnamed source supports a named one",
            [Says(FIRE, POLICE), Says(FIRE, UNNAMED)],
            "verified",
        ),
        (
            "a cautious account supports a firm one",
            [Says(FIRE, POLICE), Says(FIRE, WITNESS, modality="hedged")],
            "verified",
        ),
        (
            "an announcement is firm",
            [Says(FIRE, POLICE, modality="planned"), Says(FIRE, HOSPITAL, modality="planned")],
            "verified",
        ),
    ],
)
def test_verified_needs_two_independent_origins(
    why: str, claims: list[Says], verdict: Verdict
) -> None:
    finding = papers(*claims).finding("a1.c1")
    assert finding.verdict == verdict, (why, finding.reasons)


@pytest.mark.parametrize(
    ("kind", "claims", "verdict"),
    [
        ("act", [Says("The palace demanded talks.", KREMLA, kind="act")] * 2, "as-said"),
        ("act", [Says("The palace demanded talks.", KREMLA, kind="act")], "single-source"),
        ("open", [Says("Police could not confirm a fire.", POLICE, kind="open")] * 2, "as-said"),
        ("view", [Says("The fire was a warning.", EXPERT, kind="view")] * 2, "not-judged"),
    ],
)
def test_statements_are_judged_as_said_and_views_not_at_all(
    kind: str, claims: list[Says], verdict: Verdict
) -> None:
    finding = papers(*claims).finding("a1.c1")
    assert (finding.kind, finding.verdict) == (kind, verdict)


def test_a_statement_through_one_agency_is_said_once() -> None:
    act = Says("The palace demanded talks.", KREMLA, kind="act", via=("TASK",))
    assert papers(act, act).finding("a1.c1").verdict == "single-source"


def test_content_and_saying_are_both_derived() -> None:
    finding = papers(Says(FIRE, KREMLA), Says(FIRE, KREMLA)).finding("a1.c1")
    (said,) = finding.said
    assert finding.verdict == "single-source"
    assert (said.name, said.outlets, said.verified) == ("the palace", 2, True)


# --- disputes ---------------------------------------------------------------------------


def dispute(one: Says, other: Says, *more: Says, hours: tuple[int | None, ...] = ()) -> World:
    """Two positions on one question, each in its own outlet; more claims stand alone."""
    names = ["Ledger", "Courier", "Gazette", "Herald"]
    times = hours or (None,) * 4
    sheets = [one, other, *more]
    return World(
        papers=tuple(
            Paper(name, (claim,), hour=hour)
            for name, claim, hour in zip(names, sheets, times, strict=False)
        ),
        questions=(question("Was there a fire?", ("a1.c1",), ("a2.c1",)),),
    )


@pytest.mark.parametrize(
    ("why", "one", "other", "verdict"),
    [
        ("two sides", Says(FIRE, KREMLA), Says(NOFIRE, REBELS), "disputed"),
        ("one side twice", Says(FIRE, KREMLA), Says(NOFIRE, PRESS), "single-source"),
        (
            "caution is no contradiction",
            Says(FIRE, KREMLA),
            Says("There may have been a leak.", EXPERT, modality="hedged"),
            "single-source",
        ),
        (
            "a view is no contradiction",
            Says(FIRE, KREMLA),
            Says("The fire was staged.", REBELS, kind="view"),
            "single-source",
        ),
        (
            "a hedged denial of a named institution disputes",
            Says(FIRE, KREMLA),
            Says("There was no fire at the Orle mill.", REBELS, modality="hedged"),
            "disputed",
        ),
        ("an unnamed denial does not", Says(FIRE, KREMLA), Says(NOFIRE, UNNAMED), "single-source"),
    ],
)
def test_disputed_needs_a_firm_word_of_another_side(
    why: str, one: Says, other: Says, verdict: Verdict
) -> None:
    finding = dispute(one, other).finding("a1.c1")
    assert finding.verdict == verdict, (why, finding.reasons)


def test_what_is_only_put_forward_with_caution_is_not_disputed_but_unconfirmed() -> None:
    world = dispute(Says(FIRE, KREMLA), Says("It was a leak.", EXPERT, modality="hedged"))
    leak = world.finding("a2.c1")
    assert leak.verdict == "unconfirmed"
    assert "Firmly contradicted by Valdria." in leak.reasons


def test_an_expert_does_not_speak_for_the_institute() -> None:
    expert = Who("Ida Berg of the Sable Institute", side="Sable Institute", role="expert")
    hedged = Says("It was not a fire.", expert, modality="hedged")
    assert dispute(Says(FIRE, KREMLA), hedged).finding("a1.c1").verdict == "single-source"


def test_a_second_reading_does_not_turn_own_voice_into_a_lost_attribution() -> None:
    world = papers(Says(FIRE), (Says("The mill is old.", POLICE),)).but(
        same=(("a1.c1",),), echoes=(echo("f1", "a2", "asserts", 1, speaker="a2.s1"),)
    )
    assert [o.label for o in world.finding("a1.c1").origins] == ["Ledger"]


def test_both_positions_of_a_conflict_are_disputed_and_none_wins() -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, REBELS))
    first, second = world.finding("a1.c1"), world.finding("a2.c1")
    assert [o.label for o in first.against] == ["Free North"]
    assert [o.label for o in second.against] == ["Valdria"]
    assert [p.label for p in world.issue().positions] == ["position 0", "position 1"]


@pytest.mark.parametrize("kind", ["detail"])
def test_details_never_dispute(kind: str) -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, REBELS))
    asked = world.questions[0].model_copy(update={"kind": kind})
    assert world.but(questions=(asked,)).finding("a1.c1").verdict == "single-source"


def test_a_verified_finding_says_that_versions_of_a_detail_differ() -> None:
    world = papers(Says(FIRE, POLICE), Says(FIRE, HOSPITAL), Says("A stove smoked.", WITNESS)).but(
        same=(("a1.c1", "a2.c1"),),
        questions=(question("Fire or smoke?", ("a1.c1",), ("a3.c1",), kind="detail"),),
    )
    finding = world.finding("a1.c1")
    assert finding.verdict == "verified"
    assert "Versions of a detail differ: Fire or smoke?" in finding.reasons


def test_outlet_against_outlet_is_a_slip_not_a_dispute() -> None:
    world = dispute(Says("The mill has 3 floors."), Says("The mill has 4 floors."))
    assert world.issue().kind == "slip"
    assert world.finding("a1.c1").verdict == "single-source"


def test_details_that_outlets_give_with_other_figures_are_a_slip() -> None:
    world = dispute(Says("The war began in 2022."), Says("The war began in 2021."))
    asked = world.questions[0].model_copy(update={"kind": "detail"})
    assert world.but(questions=(asked,)).issue().kind == "slip"


def test_bounds_and_roundings_are_a_detail() -> None:
    world = dispute(
        Says("About 130 people were rescued.", POLICE),
        Says("128 people were rescued.", HOSPITAL),
    )
    assert world.issue().kind == "detail"
    assert world.finding("a1.c1").verdict == "single-source"


def test_other_numbers_of_two_sides_are_disputed() -> None:
    world = dispute(
        Says("12 people died.", POLICE),
        Says("14 people died.", HOSPITAL),
    )
    assert world.finding("a1.c1").verdict == "disputed"


def test_a_question_called_open_leaves_it_unconfirmed() -> None:
    world = World(
        papers=(
            Paper("Ledger", (Says(FIRE, POLICE),)),
            Paper("Courier", (Says(FIRE, HOSPITAL),)),
            Paper("Gazette", (Says("The fire could not be verified.", kind="open"),)),
        ),
        same=(("a1.c1", "a2.c1"),),
        questions=(question("Was there a fire?", ("a1.c1",), opens=("a3.c1",)),),
    )
    finding = world.finding("a1.c1")
    assert finding.verdict == "unconfirmed"
    assert "Called open: The fire could not be verified." in finding.reasons


def test_one_dispute_seen_from_two_ends_is_one_issue() -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, REBELS))
    again = question("Did nothing burn?", ("a2.c1",), ("a1.c1",))
    assert len(world.but(questions=(*world.questions, again)).judged()[1]) == 1


def test_whether_and_how_many_are_two_issues() -> None:
    world = World(
        papers=(
            Paper("Ledger", (Says("12 people died.", POLICE),)),
            Paper("Courier", (Says("14 people died.", HOSPITAL),)),
            Paper("Gazette", (Says("Nobody died.", REBELS),)),
        ),
        questions=(
            question("Did people die?", ("a1.c1", "a2.c1"), ("a3.c1",)),
            question("How many died?", ("a1.c1",), ("a2.c1",)),
        ),
    )
    assert len(world.judged()[1]) == 2


# --- independence ------------------------------------------------------------------------


COPY = (
    "The mill on the river caught fire shortly after noon and burned for three hours, "
    "while crews from two counties pumped water from the weir and the road to Orle was shut."
)


@pytest.mark.parametrize(
    ("why", "one", "other", "owners"),
    [
        ("near copies", Paper("A", (Says(COPY),)), Paper("B", (Says(COPY),)), {}),
        (
            "one agency's text",
            Paper("A", (Says(FIRE),), agency="VPB"),
            Paper("VPB", (Says("Orle mill: fire broke out."),)),
            {},
        ),
        (
            "one owner",
            Paper("A", (Says(FIRE),)),
            Paper("B", (Says("Orle mill: fire broke out."),)),
            {"Holding": ["A", "B"]},
        ),
        (
            "one name",
            Paper("The Post", (Says(FIRE),)),
            Paper("Post", (Says("Orle mill: fire broke out."),)),
            {},
        ),
    ],
)
def test_outlets_that_are_not_independent_count_once(
    why: str, one: Paper, other: Paper, owners: dict[str, list[str]]
) -> None:
    world = World(papers=(one, other), same=(("a1.c1", "a2.c1"),), owners=dict(owners))
    finding = world.finding("a1.c1")
    assert (finding.verdict, finding.outlets) == ("single-source", 1), why
    (group,) = world.sources().groups
    assert group.reason


def test_speakers_who_share_a_verbatim_quote_are_one_source() -> None:
    quote = "“We have no information at all about the so-called night fires,” {} said."
    one = Says("Lind has no information.", REBELS, sentence=quote.format("Lind"))
    other = Says("An official has no information.", UNNAMED, sentence=quote.format("an official"))
    (source,) = papers(one, other).sources().sources
    assert source.role == "official"
    assert "the same words" in source.united_by[0]


def test_one_institution_under_two_side_names_is_one_origin() -> None:
    world = papers(Says(FIRE, KREMLA), Says(FIRE, Who("the palace office", side="Kingdom")))
    united = world.but(speakers=(("a1.s1", "a2.s1"),))
    assert united.finding("a1.c1").verdict == "single-source"
    assert world.finding("a1.c1").verdict == "verified"


@pytest.mark.parametrize(
    ("why", "hours", "beside", "verdict"),
    [
        ("published before the named account", (8, 10), (), "verified"),
        ("published after it", (10, 8), (), "single-source"),
        ("times unknown", (None, None), (), "single-source"),
        (
            "the same source stands within two sentences",
            (8, 10),
            (Says("The mill is shut.", POLICE, at=4),),
            "single-source",
        ),
    ],
)
def test_own_voice_beside_a_named_source(
    why: str, hours: tuple[int | None, int | None], beside: tuple[Says, ...], verdict: Verdict
) -> None:
    world = papers((Says(FIRE, at=2), *beside), Says(FIRE, POLICE), hours=hours)
    assert world.finding("a1.c1").verdict == verdict, why


def test_own_voice_on_background_counts_beside_a_named_source() -> None:
    own = Says("The mill opened in 1890.", core=False)
    named = Says("The mill opened in 1890.", POLICE, core=False)
    assert papers(own, named).finding("a1.c1").verdict == "verified"


def test_a_part_and_a_second_reading_carry_but_never_verify() -> None:
    world = papers(Says(FIRE, POLICE), (Says("Something burned.", HOSPITAL),))
    part = world.but(same=(("a1.c1",),), part={"a1.c1": ("a2.c1",)}).finding("a1.c1")
    answer = echo("f1", "a2", "asserts", 1)
    second = world.but(same=(), echoes=(answer,)).finding("a1.c1")
    assert (part.verdict, second.verdict) == ("single-source", "single-source")
    assert (part.outlets, second.outlets) == (2, 2)


def test_saying_more_supports() -> None:
    more = Says("A fire broke out at the Orle mill and spread.", HOSPITAL)
    world = papers(Says(FIRE, POLICE), more)
    world = world.but(same=(("a1.c1",),), more={"a1.c1": ("a2.c1",)})
    assert world.finding("a1.c1").verdict == "verified"


# --- crosscheck ----------------------------------------------------------------------------


def test_a_denial_found_on_the_second_reading_disputes_if_the_sentence_denies() -> None:
    base = World(
        papers=(Paper("Ledger", (Says(FIRE, POLICE),)), Paper("Courier", (Says(NOFIRE, REBELS),)))
    )
    denied = base.but(echoes=(echo("f1", "a2", "denies", 1, NOFIRE, speaker="a2.s1"),))
    claimed = base.but(echoes=(echo("f1", "a2", "denies", 2, NOFIRE, speaker="a2.s1"),))
    assert denied.finding("a1.c1").verdict == "disputed"
    assert claimed.finding("a1.c1").verdict == "single-source"


def test_a_denial_is_contradicted_by_who_asserts_the_thing_not_by_another_denial() -> None:
    base = World(
        papers=(Paper("Ledger", (Says(NOFIRE, REBELS),)), Paper("Courier", (Says(FIRE, POLICE),)))
    )
    fire = base.but(echoes=(echo("f1", "a2", "denies", 1, FIRE, speaker="a2.s1"),))
    again = base.but(echoes=(echo("f1", "a2", "denies", 1, NOFIRE, speaker="a2.s1"),))
    assert fire.finding("a1.c1").verdict == "disputed"
    assert again.finding("a1.c1").verdict == "single-source"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("9 people died.", "disputed"), ("More than 3 people died.", "single-source")],
)
def test_another_value_disputes_only_if_the_numbers_cannot_agree(
    text: str, verdict: Verdict
) -> None:
    world = World(
        papers=(
            Paper("Ledger", (Says("4 people died.", POLICE),)),
            Paper("Courier", (Says("A hall burned.", HOSPITAL),)),
        ),
        echoes=(echo("f1", "a2", "differs", 1, text, speaker="a2.s1"),),
    )
    assert world.finding("a1.c1").verdict == verdict


@pytest.mark.parametrize(
    ("why", "answer"),
    [
        ("qualification", echo("f1", "a2", "qualifies", 1, "Only 3 people died.")),
        ("doubt", echo("f1", "a2", "doubts", 1, "It is unclear whether 4 people died.")),
        ("a rounding", echo("f1", "a2", "differs", 1, "About 4 people died.")),
        ("a cautious account", echo("f1", "a2", "differs", 1, "9 people died.", modality="hedged")),
        ("another measure", echo("f1", "a2", "differs", 1, "The hall is 9 metres high.")),
    ],
)
def test_what_is_no_contradiction(why: str, answer: Echo) -> None:
    world = World(
        papers=(
            Paper("Ledger", (Says("4 people died.", POLICE),)),
            Paper("Courier", (Says("A hall burned.", HOSPITAL),)),
        ),
        echoes=(answer,),
    )
    assert world.finding("a1.c1").verdict == "single-source", why


def test_a_value_of_another_moment_is_no_contradiction() -> None:
    world = World(
        papers=(
            Paper("Ledger", (Says("4 people died.", POLICE, asof="09:00"),)),
            Paper("Courier", (Says("A hall burned.", HOSPITAL),)),
        ),
        echoes=(echo("f1", "a2", "differs", 1, "9 people died.", speaker="a2.s1"),),
    )
    assert world.finding("a1.c1").verdict == "single-source"


def test_silence_is_no_contradiction() -> None:
    world = papers(Says(FIRE, POLICE), Says("The mill is old.")).but(same=())
    assert world.finding("a1.c1").against == ()


def test_paraphrase_and_translation_count_as_the_same_words_would() -> None:
    world = papers(Says(FIRE, POLICE), Says("Flames took the mill of Orle.", HOSPITAL))
    french = replace(world.papers[1], language="fr")
    assert world.finding("a1.c1").verdict == "verified"
    other = world.but(papers=(world.papers[0], french))
    assert other.finding("a1.c1").verdict == "verified"


# --- time ------------------------------------------------------------------------------------


def test_an_origin_that_later_says_otherwise_withdraws_its_word() -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, PRESS), hours=(8, 12))
    assert world.finding("a1.c1").verdict == "updated"
    assert world.issue().positions[0].withdrawn == ("Valdria",)
    assert world.finding("a2.c1").verdict == "single-source"


def test_later_versions_of_a_detail_withdraw_nothing() -> None:
    world = dispute(Says("Jammers stopped it.", KREMLA), Says("Radar did.", PRESS), hours=(8, 12))
    asked = world.questions[0].model_copy(update={"kind": "detail"})
    assert world.but(questions=(asked,)).finding("a1.c1").verdict == "single-source"


def test_nothing_is_withdrawn_when_times_are_unknown() -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, PRESS))
    assert world.finding("a1.c1").verdict == "single-source"


def toll(one: Says, other: Says, hours: tuple[int | None, int | None]) -> World:
    """A running toll in two outlets."""
    world = dispute(one, other, hours=hours)
    asked = question("How many died?", ("a1.c1",), ("a2.c1",), kind="change")
    return world.but(questions=(asked,))


@pytest.mark.parametrize(
    ("why", "hours", "asofs", "verdict"),
    [
        ("later publication", (9, 13), ("", ""), "updated"),
        ("later as-of time", (14, 14), ("09:00", "13:00"), "updated"),
        ("unknown times never supersede", (None, None), ("", ""), "single-source"),
    ],
)
def test_a_later_value_supersedes(
    why: str, hours: tuple[int | None, int | None], asofs: tuple[str, str], verdict: Verdict
) -> None:
    world = toll(
        Says("4 people died.", POLICE, asof=asofs[0]),
        Says("7 people died.", HOSPITAL, asof=asofs[1]),
        hours,
    )
    assert world.finding("a1.c1").verdict == verdict, why
    assert world.finding("a2.c1").verdict == "single-source"


def test_both_values_at_one_time_in_one_article_are_a_dispute() -> None:
    world = World(
        papers=(
            Paper(
                "Ledger",
                (Says("4 people died.", POLICE), Says("7 people died.", HOSPITAL)),
                hour=9,
            ),
        ),
        questions=(question("How many died?", ("a1.c1",), ("a1.c2",), kind="change"),),
    )
    assert world.finding("a1.c1").verdict == "disputed"


def test_a_correction_takes_its_own_word_back() -> None:
    wrong = "The ferry carried 310 passengers."
    world = papers(Says(wrong), Says(wrong, kind="retract"), hours=(9, 12))
    assert world.finding("a1.c1").verdict == "updated"
    assert "Taken back by Courier." in world.finding("a1.c1").reasons


def test_what_a_correction_took_back_disputes_nothing() -> None:
    wrong, right = "The ferry carried 310 passengers.", "The ferry carried 130 passengers."
    world = World(
        papers=(
            Paper("Ledger", (Says(wrong),), hour=9),
            Paper("Courier", (Says(right), Says(wrong, kind="retract")), hour=12),
            Paper("Gazette", (Says(right),), hour=13),
        ),
        same=(("a1.c1", "a2.c2"), ("a2.c1", "a3.c1")),
        questions=(question("How many passengers?", ("a1.c1",), ("a2.c1",)),),
    )
    assert world.finding("a2.c1").verdict == "verified"
    assert world.issue().positions[0].origins == ()
    assert world.issue().notes == ("“position 0” was taken back by Courier.",)


def test_who_repeats_it_after_the_correction_stands_by_it() -> None:
    wrong = "The ferry carried 310 passengers."
    world = papers(Says(wrong, kind="retract"), Says(wrong), hours=(9, 12))
    assert world.finding("a2.c1").verdict == "single-source"


# --- nothing is lost ---------------------------------------------------------------------------


def test_every_claim_is_at_home_in_exactly_one_finding() -> None:
    world = papers(
        (Says(FIRE, POLICE), Says("The mill is old.")),
        (Says(FIRE), Says("It rained.", EXPERT)),
        Says("A fire broke out at the Orle mill at noon.", POLICE),
    ).but(same=(("a1.c1", "a2.c1"),), more={"a1.c1": ("a3.c1",)})
    findings, _ = world.judged()
    homes = sorted(claim for finding in findings for claim in finding.claims)
    assert homes == ["a1.c1", "a1.c2", "a2.c1", "a2.c2", "a3.c1"]
    child = next(f for f in findings if f.claims == ("a3.c1",))
    assert child.parent == world.finding("a1.c1").id


def test_every_verdict_has_a_reason_and_every_voice_a_verbatim_quote() -> None:
    world = dispute(Says(FIRE, KREMLA), Says(NOFIRE, REBELS), Says("It was staged.", kind="view"))
    texts = {s.text for article in world.articles() for s in article.sentences}
    for finding in world.judged()[0]:
        assert all(finding.reasons)
        assert {voice.quote for voice in finding.voices} <= texts
