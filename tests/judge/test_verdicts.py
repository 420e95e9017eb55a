"""Verified, disputed, single-source, unconfirmed, updated, as said: who counts, and how firmly."""

from __future__ import annotations

import pytest

from factcheck.judge.identity import distinct_origins
from factcheck.judge.verdicts import (
    Case,
    capitalize,
    describe_carriage,
    join_labels,
    join_names,
)
from factcheck.models import ClaimKind, Origin, Side, Verdict
from factcheck.report.words import text_of
from tests.judge.world import (
    CROWD,
    EXPERT,
    FIRE,
    HOSPITAL,
    MEDIA,
    NO_FIRE,
    PALACE,
    POLICE,
    PRESS,
    REBELS,
    UNNAMED,
    VIDEO,
    WITNESS,
    Beside,
    Says,
    Who,
    agree,
    codes,
    dispute,
    group,
    labels,
    question,
    stand,
    with_paper,
)


@pytest.mark.parametrize(
    ("why", "claims", "verdict"),
    [
        ("one outlet alone", [Says(FIRE)], "single-source"),
        ("two outlets in their own voice", [Says(FIRE), Says(FIRE)], "verified"),
        ("two sources of two sides", [Says(FIRE, POLICE), Says(FIRE, HOSPITAL)], "verified"),
        (
            "four carriers of one side",
            [Says(FIRE, PALACE), Says(FIRE, PRESS), Says(FIRE, PALACE), Says(FIRE, PRESS)],
            "single-source",
        ),
        (
            "an outlet that repeats a named source",
            [Says(FIRE, PALACE), Says(FIRE, of=PALACE)],
            "single-source",
        ),
        (
            "a relay of the same source",
            [Says(FIRE, PALACE), Says(FIRE, PALACE, via=("TASK agency",))],
            "single-source",
        ),
        (
            "one agency under two lengths of its name",
            [Says(FIRE, via=("TASK",)), Says(FIRE, via=("the TASK news agency",))],
            "single-source",
        ),
        ("two agencies", [Says(FIRE, via=("TASK",)), Says(FIRE, via=("VPB",))], "verified"),
        (
            "unspecified media beside a named source",
            [Says(FIRE, POLICE), Says(FIRE, MEDIA)],
            "single-source",
        ),
        (
            "one clip, however many describe it",
            [Says(FIRE, VIDEO), Says(FIRE, Who("footage", role="document")), Says(FIRE, VIDEO)],
            "single-source",
        ),
        ("a clip beside a named source", [Says(FIRE, VIDEO), Says(FIRE, POLICE)], "verified"),
        (
            "cautious accounts alone",
            [Says(FIRE, POLICE, modality="hedged"), Says(FIRE, HOSPITAL, modality="hedged")],
            "unconfirmed",
        ),
        ("one unnamed source", [Says(FIRE, UNNAMED)], "unconfirmed"),
        (
            "unnamed sources of two outlets",
            [Says(FIRE, UNNAMED), Says(FIRE, UNNAMED)],
            "unconfirmed",
        ),
        (
            "an unnamed source is never the second",
            [Says(FIRE, POLICE), Says(FIRE, UNNAMED)],
            "single-source",
        ),
        ("a named eyewitness is", [Says(FIRE, POLICE), Says(FIRE, WITNESS)], "verified"),
        ("so is a crowd of them", [Says(FIRE, POLICE), Says(FIRE, CROWD)], "verified"),
        ("which is not the sure one", [Says(FIRE, CROWD), Says(FIRE, UNNAMED)], "unconfirmed"),
        ("nor when it is alone", [Says(FIRE, CROWD)], "unconfirmed"),
        (
            "beside a witness of the same paper it may be no other",
            [(Says(FIRE, WITNESS), Says(FIRE, CROWD))],
            "single-source",
        ),
        ("beside one of another it is", [Says(FIRE, WITNESS), Says(FIRE, CROWD)], "verified"),
        (
            "a cautious account beside a firm one",
            [Says(FIRE, POLICE), Says(FIRE, WITNESS, modality="hedged")],
            "verified",
        ),
        (
            "the firm one may not be the unnamed one",
            [Says(FIRE, UNNAMED), Says(FIRE, POLICE, modality="hedged")],
            "unconfirmed",
        ),
        (
            "an announcement is firm",
            [Says(FIRE, POLICE, modality="planned"), Says(FIRE, HOSPITAL, modality="planned")],
            "verified",
        ),
    ],
)
def test_verified_needs_two_named_origins_one_of_them_firm(
    why: str, claims: list[Says | tuple[Says, ...]], verdict: Verdict
) -> None:
    finding = agree(*claims).finding()
    assert finding.verdict == verdict, (why, finding.reasons)
    assert len(finding.claims) == len(claims)


def test_a_verified_finding_names_its_origins() -> None:
    finding = agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL)).finding()
    assert finding.reasons[0].text == ("2 independent origins assert it: police and Orle hospital.")
    assert (text_of(finding.settle), codes(finding)) == ("", ["origins"])


def test_a_single_source_says_how_many_outlets_carry_it_and_what_would_settle_it() -> None:
    world = agree(Says(FIRE, PALACE), Says(FIRE, PALACE), Says("It rained.")).but(
        groups=(group("a1.c1", "a2.c1"),)
    )
    assert world.finding().reasons[0].text == (
        "One origin, the palace (Valdria), carried by 2 of 3 outlets."
    )
    assert text_of(world.finding().settle) == (
        "A second account that does not go back to the palace (Valdria), or a document."
    )
    assert world.finding("a3.c1").reasons[0].text == "One origin, Gazette, carried by one outlet."


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ([Says(FIRE, UNNAMED)], "It rests on unnamed sources alone."),
        ([Says(FIRE, CROWD), Says(FIRE, UNNAMED)], "It rests on unnamed sources alone."),
        ([Says(FIRE, POLICE, modality="hedged")], "It is only put forward with caution."),
        (
            [Says(FIRE, UNNAMED), Says(FIRE, POLICE, modality="hedged")],
            "It is only put forward with caution.",
        ),
    ],
)
def test_an_unconfirmed_finding_says_what_it_lacks(claims: list[Says], text: str) -> None:
    finding = agree(*claims).finding()
    assert (finding.reasons[0].code, finding.reasons[0].text) == ("unsure", text)
    assert text_of(finding.settle) == "A named source with first-hand knowledge, or a document."


@pytest.mark.parametrize(
    ("kind", "claims", "verdict"),
    [
        ("act", [Says("The palace demanded talks.", PALACE, kind="act")] * 2, "as-said"),
        ("act", [Says("The palace demanded talks.", PALACE, kind="act")], "single-source"),
        ("open", [Says("Police could not confirm it.", POLICE, kind="open")] * 2, "as-said"),
        ("open", [Says("Police could not confirm it.", POLICE, kind="open")], "single-source"),
        ("view", [Says("The fire was a warning.", EXPERT, kind="view")] * 2, "as-said"),
        ("view", [Says("The fire was a warning.", EXPERT, kind="view")], "not-judged"),
    ],
)
def test_statements_are_judged_as_said_and_a_view_of_one_outlet_not_at_all(
    kind: ClaimKind, claims: list[Says], verdict: Verdict
) -> None:
    finding = agree(*claims).finding()
    assert (finding.kind, finding.verdict) == (kind, verdict)
    assert text_of(finding.settle) == ""


def test_the_reasons_of_statements() -> None:
    act = Says("The palace demanded talks.", PALACE, kind="act")
    said, alone = agree(act, act).finding(), agree(act).finding()
    view = agree(Says("It was a warning.", EXPERT, kind="view")).finding()
    assert [(r.code, r.text) for f in (said, alone, view) for r in f.reasons] == [
        ("as-said", "Reported by 2 independent outlets: that it was said, not more."),
        ("one-report", "That it was said goes back to one report, carried by one outlet."),
        ("view", "A view, prediction or motive: it carries no verdict."),
    ]
    assert [labels(finding) for finding in (said, alone, view)] == [
        ["the palace"],
        ["the palace"],
        ["Ida Berg"],
    ]


def test_a_statement_through_one_agency_is_said_once() -> None:
    act = Says("The palace demanded talks.", PALACE, kind="act", via=("TASK",))
    assert agree(act, act).verdict() == "single-source"


def test_a_statement_whose_source_took_it_back_is_updated() -> None:
    act = Says("The palace demanded talks.", PALACE, kind="act")
    world = agree(act, Says(act.text, PALACE, kind="retract"), hours=(8, 12))
    assert world.verdict() == "updated"
    assert world.finding().kind == "act"


def test_an_act_that_its_paper_no_longer_reports_is_updated() -> None:
    act = Says("The court held the mayor in custody.", PALACE, kind="act")
    back = Says(act.text, kind="retract")
    world = with_paper(agree(act, back, hours=(8, 12)), 2, outlet="Ledger")
    assert with_paper(world, 1, outlet="Courier").verdict() == "single-source"
    assert with_paper(world, 1, outlet="Ledger").verdict() == "updated"
    beyond = with_paper(with_paper(world, 1, outlet="Ledger"), 2, outlet="Ledger")
    beyond = beyond.but(groups=(group("a1.c1", more=("a2.c1",)),))
    assert beyond.finding().verdict == "single-source", "what was taken back is more than this"
    before = with_paper(agree(act, back, hours=(12, 8)), 2, outlet="Ledger")
    assert with_paper(before, 1, outlet="Ledger").verdict() == "single-source"


def test_what_is_only_taken_back_with_more_on_top_was_told_by_nobody_here() -> None:
    world = agree(Says("12 died, 3 of them crew.", POLICE, kind="retract"))
    world = world.but(groups=(group(text="12 died.", more=("a1.c1",)),))
    finding = world.judged().findings[0]
    assert (finding.text, finding.verdict) == ("12 died.", "updated")
    assert [(r.code, r.text) for r in finding.reasons] == [
        ("withdrawn", "Its source later said otherwise.")
    ]


CLIPS = [Who(f"clip {letter}", role="document") for letter in "ABC"]


def clips(*articles: tuple[Who, ...]) -> list[str]:
    """The origins of what clips show, by the article that describes them."""
    world = agree(*(tuple(Says(FIRE, clip) for clip in described) for described in articles))
    claims = (f"a{a}.c{c}" for a, d in enumerate(articles, 1) for c, _ in enumerate(d, 1))
    return labels(world.but(groups=(group(*claims),)).finding())


A, B, C = CLIPS


@pytest.mark.parametrize(
    ("why", "articles", "origins"),
    [
        ("two of one article", [(A, B)], ["clip A", "clip B"]),
        ("one of each of two articles", [(A,), (B,)], ["clip A"]),
        ("two of the later", [(A,), (B, C)], ["clip B", "clip C"]),
        ("two of the earlier", [(A, B), (C,)], ["clip A", "clip B"]),
        ("of equals the first", [(A, B), (B, C)], ["clip A", "clip B"]),
        ("one name in both", [(A,), (A, B)], ["clip A", "clip B"]),
        ("one told twice is one", [(A, A), (B,)], ["clip A"]),
        ("a named source aside", [(A,), (POLICE,), (B,)], ["clip A", "police"]),
    ],
)
def test_clips_of_the_article_that_has_the_most_stand_for_all(
    why: str, articles: list[tuple[Who, ...]], origins: list[str]
) -> None:
    assert clips(*articles) == origins, why


def test_a_document_of_a_side_is_that_sides() -> None:
    world = agree(Says(FIRE, CLIPS[0]), Says(FIRE, CLIPS[1]), Says(FIRE, POLICE))
    sided = world.but(sides=(Side(name="police", speakers=("a2.s1", "a3.s1")),))
    assert labels(sided.finding()) == ["clip A", "clip B / police"]


# --- disputed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "one", "other", "verdict"),
    [
        ("two sides", Says(FIRE, PALACE), Says(NO_FIRE, REBELS), "disputed"),
        ("two outlets", Says(FIRE), Says(NO_FIRE), "disputed"),
        ("a document", Says(FIRE, PALACE), Says(NO_FIRE, VIDEO), "disputed"),
        ("an eyewitness", Says(FIRE, PALACE), Says(NO_FIRE, WITNESS), "disputed"),
        ("one side twice", Says(FIRE, PALACE), Says(NO_FIRE, PRESS), "single-source"),
        (
            "caution is no contradiction",
            Says(FIRE, PALACE),
            Says("It may have been a leak.", EXPERT, modality="hedged"),
            "single-source",
        ),
        (
            "nor is an outlet's caution",
            Says(FIRE, PALACE),
            Says("It may have been a leak.", modality="hedged"),
            "single-source",
        ),
        (
            "a view is no contradiction",
            Says(FIRE, PALACE),
            Says("It was staged.", REBELS, kind="view"),
            "single-source",
        ),
        (
            "an act can be one",
            Says(FIRE, PALACE),
            Says("Lind says that the fire must be proved.", REBELS, kind="act"),
            "disputed",
        ),
        (
            "a cautious denial by a named party is one",
            Says(FIRE, PALACE),
            Says("There is no evidence of a fire.", REBELS, modality="hedged"),
            "disputed",
        ),
        (
            "and by a named official",
            Says(FIRE, PALACE),
            Says("There is no evidence of a fire.", HOSPITAL, modality="hedged"),
            "disputed",
        ),
        ("an unnamed denial is none", Says(FIRE, PALACE), Says(NO_FIRE, UNNAMED), "single-source"),
        ("nor what media report", Says(FIRE, PALACE), Says(NO_FIRE, MEDIA), "single-source"),
        ("an announcement is firm", Says(FIRE), Says(NO_FIRE, modality="planned"), "disputed"),
    ],
)
def test_disputed_needs_a_firm_word_of_another_side(
    why: str, one: Says, other: Says, verdict: Verdict
) -> None:
    finding = dispute(one, other).finding()
    assert finding.verdict == verdict, (why, finding.reasons)


def test_both_positions_are_disputed_and_none_wins() -> None:
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS))
    first, second = world.finding("a1.c1"), world.finding("a2.c1")
    assert [o.label for o in first.against] == ["Oskar Lind"]
    assert [o.label for o in second.against] == ["the palace"]
    assert first.reasons[0].text == (
        "Asserted by the palace (Valdria); contradicted by Oskar Lind (Free North)."
    )
    assert text_of(first.settle) == (
        "Evidence that depends on none of these: the palace (Valdria) and Oskar Lind (Free North)."
    )
    assert (first.issues, second.issues) == (("q1",), ("q1",))
    assert codes(first) == ["contradicted"]


@pytest.mark.parametrize("other", ["Keinerlei Brand.", "Aucun incendie.", "Пожара не было."])
def test_a_denial_disputes_in_any_language(other: str) -> None:
    world = dispute(Says(FIRE, PALACE), Says(other, REBELS))
    assert (world.verdict("a1.c1"), world.verdict("a2.c1")) == ("disputed", "disputed")


def test_words_that_sound_like_a_denial_dispute_nothing_by_themselves() -> None:
    world = agree(Says(FIRE, PALACE), Says(NO_FIRE, REBELS)).but(groups=())
    assert {f.verdict for f in world.judged().findings} == {"single-source"}


def test_what_others_firmly_contradict_is_disputed_also_where_it_is_only_put_forward() -> None:
    world = dispute(Says(FIRE, PALACE), Says("It was a leak.", EXPERT, modality="hedged"))
    assert world.verdict("a2.c1") == "disputed"


def test_a_side_that_has_left_its_position_disputes_nothing() -> None:
    world = dispute(
        Says(FIRE, REBELS),
        Says(NO_FIRE, PALACE),
        Says(FIRE, PRESS),
        hours=(7, 8, 12),
        asked=question(("a1.c1", "a3.c1"), ("a2.c1",)),
        groups=(group("a1.c1", "a3.c1"),),
    )
    assert world.verdict("a1.c1") == "verified"
    assert world.verdict("a2.c1") == "updated"


def test_a_side_that_changed_to_the_denial_disputes_those_who_still_assert_it() -> None:
    world = dispute(
        Says(FIRE, PALACE),
        Says(NO_FIRE, PRESS),
        Says(FIRE, POLICE),
        hours=(8, 12, 13),
        asked=question(("a1.c1", "a3.c1"), ("a2.c1",)),
        groups=(group("a1.c1", "a3.c1"),),
    )
    finding = world.finding("a1.c1")
    assert finding.verdict == "disputed"
    assert [o.label for o in finding.origins] == ["police"]
    assert [o.label for o in finding.against] == ["palace press service"]


def test_who_asserts_and_denies_without_order_disputes_neither() -> None:
    world = agree(Says(FIRE, PALACE), Says(FIRE, HOSPITAL), Says(NO_FIRE, PRESS)).but(
        groups=(group("a1.c1", "a2.c1"),),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",)),),
    )
    assert world.verdict("a1.c1") == "verified"


# --- called open -----------------------------------------------------------------------------


def test_what_somebody_calls_open_is_not_verified() -> None:
    world = agree(
        Says(FIRE, POLICE), Says(FIRE, HOSPITAL), Says("It could not be verified.", kind="open")
    ).but(
        groups=(group("a1.c1", "a2.c1"),),
        questions=(question(("a1.c1", "a2.c1"), excludes=(), opens=("a3.c1",)),),
    )
    finding = world.finding()
    assert finding.verdict == "unconfirmed"
    assert finding.reasons[1].text == "Called open: It could not be verified."
    assert world.issue().open == (world.finding("a3.c1").id,)
    assert world.finding("a3.c1").issues == ("q1",)


def test_one_origin_whose_word_is_called_open_is_unconfirmed() -> None:
    world = dispute(
        Says(FIRE, POLICE),
        Says("It could not be verified.", kind="open"),
        asked=question(("a1.c1",), excludes=(), opens=("a2.c1",)),
    )
    assert (world.verdict(), codes(world.finding())) == ("unconfirmed", ["one-origin", "open"])


def test_an_open_call_by_the_very_source_that_asserts_it_has_no_bearing() -> None:
    world = dispute(
        Says(FIRE, POLICE),
        Says("Police did not say how it began.", POLICE, kind="open"),
        asked=question(("a1.c1",), excludes=(), opens=("a2.c1",)),
    )
    assert (world.verdict(), codes(world.finding())) == ("single-source", ["one-origin"])


def test_an_open_call_beside_a_detail_or_change_has_no_bearing() -> None:
    world = dispute(
        Says(FIRE, POLICE),
        Says("Smoke rose.", HOSPITAL),
        Says("It could not be verified.", kind="open"),
        asked=question(("a1.c1",), ("a2.c1",), kind="detail", excludes=(), opens=("a3.c1",)),
    )
    assert world.verdict() == "single-source"


def test_a_disputed_finding_says_who_calls_it_open() -> None:
    world = dispute(
        Says(FIRE, PALACE),
        Says(NO_FIRE, REBELS),
        Says("It could not be verified.", kind="open"),
        asked=question(("a1.c1",), ("a2.c1",), opens=("a3.c1",)),
    )
    assert codes(world.finding()) == ["contradicted", "open"]


@pytest.mark.parametrize(
    ("why", "genre", "by", "verdict"),
    [
        ("an outlet", "", None, "unconfirmed"),
        ("a column", "opinion", None, "single-source"),
        ("a named source in a column", "opinion", EXPERT, "unconfirmed"),
        ("a page cut off", "paywall", None, "unconfirmed"),
    ],
)
def test_an_open_call_of_a_column_is_shown_and_leaves_nothing_open(
    why: str, genre: str, by: Who | None, verdict: Verdict
) -> None:
    world = dispute(
        Says(FIRE, POLICE),
        Says("It could not be verified.", by, kind="open"),
        asked=question(("a1.c1",), excludes=(), opens=("a2.c1",)),
    )
    world = with_paper(world, 2, genre=genre)
    assert world.verdict() == verdict, why
    assert world.issue().open == (world.finding("a2.c1").id,)


@pytest.mark.parametrize(
    ("why", "genre", "by", "verdict"),
    [
        ("an outlet", "", None, "unconfirmed"),
        ("a column", "opinion", None, "verified"),
        ("a named source in a column", "opinion", "a3.s1", "unconfirmed"),
    ],
)
def test_a_doubt_of_a_column_beside_the_claims_leaves_nothing_open(
    why: str, genre: str, by: str | None, verdict: Verdict
) -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL), Says("It rained.", EXPERT))
    world = world.but(groups=(group("a1.c1", "a2.c1", stands=(stand("a3", "doubts", by=by),)),))
    assert with_paper(world, 3, genre=genre).verdict() == verdict, why


# --- stands beside the claims --------------------------------------------------------------------


def beside(stance: Beside, by: str | None = None, text: str = "") -> tuple[str, list[str]]:
    """Verdict and codes of what two origins assert, with a stand of a third article on it."""
    world = agree(
        Says(FIRE, POLICE), Says(FIRE, HOSPITAL), (Says("It rained.", REBELS), Says("Ash.", PRESS))
    ).but(
        groups=(group("a1.c1", "a2.c1", stands=(stand("a3", stance, by=by, text=text),)),),
    )
    finding = world.finding()
    return finding.verdict, codes(finding)


@pytest.mark.parametrize(
    ("stance", "by", "verdict"),
    [
        ("denies", None, "disputed"),
        ("denies", "a3.s1", "disputed"),
        ("differs", "a3.s1", "disputed"),
        ("doubts", "a3.s1", "unconfirmed"),
        ("doubts", None, "unconfirmed"),
        ("qualifies", "a3.s1", "verified"),
        ("supports", "a3.s1", "verified"),
        ("updates", "a3.s1", "verified"),
    ],
)
def test_a_stand_can_dispute_or_keep_from_being_verified(
    stance: Beside, by: str | None, verdict: Verdict
) -> None:
    assert beside(stance, by)[0] == verdict


def test_a_dispute_by_a_stand_says_that_it_was_found_beside_the_claims() -> None:
    assert beside("denies") == ("disputed", ["contradicted", "stand-against"])
    assert beside("differs") == ("disputed", ["contradicted", "stand-against"])
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS))
    also = world.but(groups=(group("a1.c1", stands=(stand("a2", "doubts", by="a2.s1"),)),))
    assert codes(also.finding()) == ["contradicted", "open"]


def test_a_doubt_is_shown_in_its_own_words_or_those_of_the_article() -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained.", REBELS))
    told = world.but(groups=(group("a1.c1", stands=(stand("a2", "doubts", text="Not seen."),)),))
    bare = world.but(groups=(group("a1.c1", stands=(stand("a2", "doubts"),)),))
    two = stand("a2", "doubts").model_copy(update={"sentences": (2, 1)})
    both = world.but(groups=(group("a1.c1", stands=(two,)),))
    assert both.finding().reasons[1].text == "Called open: Sentence 2 of Courier. It rained."
    assert told.finding().reasons[1].text == "Called open: Not seen."
    assert bare.finding().reasons[1].text == "Called open: It rained."


def test_the_words_of_a_dispute_beside_the_claims() -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained."))
    finding = world.but(groups=(group("a1.c1", stands=(stand("a2", "denies"),)),)).finding()
    assert [remark.text for remark in finding.reasons] == [
        "Asserted by police; contradicted by Courier.",
        "A contradiction was found beside the claims, when the articles were compared.",
    ]


def test_a_doubt_by_who_asserts_it_has_no_bearing() -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained.", POLICE))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "doubts", by="a2.s1"),)),))
    assert world.verdict() == "single-source"


def test_supports_carries_and_is_never_the_second_origin() -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained.", HOSPITAL))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "supports", by="a2.s1"),)),))
    finding = world.finding()
    assert (finding.verdict, finding.outlets) == ("single-source", 2)
    assert finding.carried_by == ("a1", "a2")
    assert finding.reasons[1].text == (
        "Not counted (1 ×): found when the articles were compared, beside their claims: "
        "it does not raise a verdict."
    )


def test_a_supporting_stand_laid_to_the_other_side_takes_no_dispute_away() -> None:
    world = dispute(Says(FIRE, PALACE), Says(NO_FIRE, REBELS))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "supports", by="a2.s1"),)),))
    assert world.verdict() == "disputed"


def test_an_organ_that_tells_what_the_other_side_says_still_denies_it() -> None:
    world = dispute(Says(FIRE, PALACE), (Says(NO_FIRE), Says(FIRE, of=PALACE)))
    world = with_paper(world.but(groups=(group("a1.c1", "a2.c2"),)), 2, genre="party-organ")
    assert [voice.counted for voice in world.finding().voices] == [True, False]
    assert world.verdict() == "disputed"


@pytest.mark.parametrize("who", [UNNAMED, MEDIA])
def test_a_denying_stand_of_somebody_unnamed_disputes_nothing(who: Who) -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained.", who))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "denies", by="a2.s1"),)),))
    assert world.verdict() == "single-source"


@pytest.mark.parametrize("genre", ["opinion", "paywall"])
def test_a_denying_stand_of_a_column_or_a_page_cut_off_disputes_nothing(genre: str) -> None:
    world = agree(Says(FIRE, POLICE), Says("It rained."))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "denies"),)),))
    assert world.verdict() == "disputed"
    assert with_paper(world, 2, genre=genre).verdict() == "single-source"


def test_a_denying_stand_of_the_side_that_asserts_it_disputes_nothing() -> None:
    world = agree(Says(FIRE, PALACE), Says("It rained.", PRESS))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "denies", by="a2.s1"),)),))
    assert world.verdict() == "single-source"


def test_nor_that_of_who_asserts_it_in_a_claim_that_does_not_count() -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL), Says("It rained.", HOSPITAL))
    denied = group("a1.c1", "a2.c1", stands=(stand("a3", "denies", by="a3.s1"),))
    assert world.but(groups=(denied,)).verdict() == "verified"
    echo = denied.model_copy(update={"echoes": ("a2.c1",)})
    assert world.but(groups=(echo,)).verdict() == "single-source"


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [
        ((8, 12), "updated"),
        ((12, 8), "single-source"),
        ((None, None), "single-source"),
        ((8, 8), "single-source"),
    ],
)
def test_a_stand_updates_only_from_a_later_article(
    hours: tuple[int | None, int | None], verdict: Verdict
) -> None:
    world = agree(Says("4 died.", POLICE), Says("It rained."), hours=hours)
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "updates", text="7 died."),)),))
    assert world.verdict() == verdict
    told = [(r.code, r.text) for r in world.finding().reasons]
    later = ("later-state", "A later article gives a later state.")
    assert (told == [later]) == (verdict == "updated")


def test_a_stand_updates_only_what_all_told_before() -> None:
    world = agree(Says("4 died.", POLICE), Says("4 died."), Says("Rain."), hours=(8, 14, 12))
    later = stand("a3", "updates", text="7 died.")
    assert world.but(groups=(group("a1.c1", "a2.c1", stands=(later,)),)).verdict() != "updated"
    assert world.but(groups=(group("a1.c1", part=("a2.c1",), stands=(later,)),)).verdict() == (
        "updated"
    )


def test_an_article_whose_own_claim_is_replaced_does_not_dispute_by_telling_it_again() -> None:
    toll = dispute(
        Says("Two died.", POLICE),
        Says("Three died.", HOSPITAL),
        hours=(8, 12),
        asked=question(("a1.c1",), ("a2.c1",), kind="change", excludes=()),
    )
    echo = stand("a1", "differs", by="a1.s1", text="Two died.")
    world = toll.but(groups=(group("a2.c1", stands=(echo,)),))
    assert world.verdict("a2.c1") == "single-source"
    unknown = with_paper(with_paper(world, 1, hour=None), 2, hour=None)
    assert unknown.verdict("a2.c1") == "disputed"


def test_who_left_the_other_position_does_not_dispute_by_a_stand() -> None:
    world = dispute(
        (Says(NO_FIRE, PALACE),),
        Says(FIRE, PRESS),
        Says(FIRE, POLICE),
        hours=(8, 12, 13),
        asked=question(("a1.c1",), ("a2.c1", "a3.c1")),
        groups=(group("a3.c1", stands=(stand("a1", "denies", by="a1.s1"),)),),
    )
    assert world.verdict("a3.c1") == "single-source"


# --- slips and details ---------------------------------------------------------------------------


def test_a_slip_marks_both_values_and_keeps_them_from_being_verified() -> None:
    world = agree(
        Says("The mill dates from 1887."),
        Says("The mill dates from 1887."),
        Says("The mill dates from 1878."),
    ).but(
        groups=(group("a1.c1", "a2.c1"),),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",), kind="slip"),),
    )
    finding = world.finding()
    assert finding.verdict == "disputed"
    assert codes(finding) == ["contradicted", "slip"]
    assert finding.reasons[1].text == (
        "Outlets differ on a detail that can be checked: one of them is probably an error."
    )
    assert codes(world.finding("a3.c1")) == ["contradicted", "slip"]
    assert world.issue().kind == "slip"


def test_versions_of_a_detail_dispute_nothing_and_are_told() -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL), Says("A stove smoked.", WITNESS)).but(
        groups=(group("a1.c1", "a2.c1"),),
        questions=(question(("a1.c1",), ("a3.c1",), kind="detail", text="Fire or smoke?"),),
    )
    finding = world.finding()
    assert finding.verdict == "verified"
    assert [r.text for r in finding.reasons if r.code == "versions"] == [
        "Versions of a detail differ: Fire or smoke?"
    ]


def test_silence_is_no_contradiction() -> None:
    world = agree(Says(FIRE, POLICE), Says("The mill is old.")).but(groups=())
    assert world.finding().against == ()


def test_planned_against_done_disputes_only_if_compare_says_so() -> None:
    done, planned = (
        Says("It reopened.", POLICE),
        Says("It will reopen.", REBELS, modality="planned"),
    )
    silent = dispute(done, planned, asked=question(("a1.c1",), ("a2.c1",), excludes=()))
    told = dispute(done, planned)
    assert (silent.verdict(), told.verdict()) == ("single-source", "disputed")


# --- nobody whose word counts ------------------------------------------------------------------


def test_what_a_column_alone_says_is_not_judged() -> None:
    world = with_paper(agree(Says(FIRE)), 1, genre="opinion")
    finding = world.finding()
    assert (finding.verdict, finding.reasons[0].text) == (
        "not-judged",
        "A column: its author's view.",
    )
    assert (codes(finding), text_of(finding.settle), finding.origins) == (["not-counted"], "", ())


def test_what_a_page_cut_off_alone_says_is_unconfirmed() -> None:
    world = with_paper(agree(Says(FIRE)), 1, genre="paywall")
    assert (world.verdict(), world.finding().outlets) == ("unconfirmed", 0)
    both = with_paper(
        with_paper(agree(Says(FIRE), Says(FIRE)), 1, genre="opinion"), 2, genre="paywall"
    )
    assert both.verdict() == "unconfirmed"
    assert codes(both.finding()) == ["not-counted", "not-counted"]


def test_what_only_repeats_a_source_that_changed_its_word_is_updated() -> None:
    world = dispute(
        Says(FIRE, PALACE),
        Says(NO_FIRE, PRESS),
        Says(FIRE, of=PALACE),
        hours=(8, 12, 9),
        groups=(group("a1.c1", "a3.c1"),),
    )
    finding = world.finding()
    assert (finding.verdict, codes(finding)) == ("updated", ["withdrawn"])


# --- how things are worded ------------------------------------------------------------------------


def origin(key: str, label: str, side: str = "") -> Origin:
    return Origin(key=key, label=label, kind="speaker", side=side)


def test_an_origin_is_listed_once_under_three_of_its_names() -> None:
    names = ["ministry", "minister", "ministry", "embassy", "consul"]
    (only,) = distinct_origins(origin("k", name) for name in names)
    assert only.label == "ministry / minister / embassy"


def test_names_are_listed_as_people_do() -> None:
    assert [join_names([*"ABC"]), join_names([*"AB"]), join_names(["A", "A"]), join_names([])] == [
        "A, B and C",
        "A and B",
        "A",
        "",
    ]
    assert join_labels([origin("1", "Ann", "Acme"), origin("2", "Acme", "Acme")]) == (
        "Ann (Acme) and Acme"
    )
    assert (capitalize("a Bit"), capitalize("")) == ("A Bit", "")


def test_no_outlet_at_all_still_reads_as_one() -> None:
    case = Case(kind="fact", voices=(), said=(), routes=1, outlets=0, total=0)
    assert describe_carriage(case) == "carried by one outlet"


def test_voices_that_do_not_count_are_told_with_how_many() -> None:
    after = Says(FIRE, of=POLICE)
    finding = agree(Says(FIRE, POLICE), after, after).finding()
    (text,) = (r.text for r in finding.reasons if r.code == "not-counted")
    assert text.startswith("Not counted (2 ×): own voice beside a source of the same: ")


def test_one_interest_under_two_names_is_one_origin_named_by_both() -> None:
    world = agree(
        Says(FIRE, POLICE),
        Says(FIRE, HOSPITAL),
        sides=(Side(name="Orle county", speakers=("a1.s1", "a2.s1")),),
    )
    finding = world.finding()
    assert finding.verdict == "single-source"
    assert finding.reasons[0].text == (
        "One origin, police / Orle hospital (Orle county), carried by 2 of 2 outlets."
    )
