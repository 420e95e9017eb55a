"""Which article says what, on whose word, and what counts as evidence."""

from __future__ import annotations

from typing import Any

import pytest

from factcheck.judge.evidence import REPEATS
from factcheck.judge.identity import GOES_ON
from factcheck.models import ClaimKind, Genre, Group, Remark
from factcheck.report.words import text_of, texts
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

# --- what is shown ----------------------------------------------------------------------------


def test_a_voice_shows_what_was_cited_in_the_order_in_which_it_was() -> None:
    world = agree((Says("It rained.", POLICE), Says(FIRE, POLICE, cites=(1, 2))))
    stands = (stand("a1", "qualifies", by="a1.s1", at=2, text="Only a little."),)
    voices = world.but(groups=(group("a1.c2", stands=stands),)).finding("a1.c2").voices
    assert [(v.relation, v.stance, v.sentences, v.quotes, v.text) for v in voices] == [
        ("same", "asserts", (4, 1, 2), (FIRE, "It rained.", "Sentence 2 of Ledger."), FIRE),
        ("stand", "qualifies", (2,), ("Sentence 2 of Ledger.",), "Only a little."),
    ]
    assert [(v.claim, v.modality) for v in voices] == [("a1.c2", "firm"), (None, "firm")]


def test_a_voice_keeps_all_that_its_claim_says() -> None:
    who = Who("Ana Roth", function="spokeswoman", person=True)
    claim = Says(
        FIRE,
        who,
        modality="hedged",
        via=("TASK", "VPB"),
        asof="noon",
        flags=(Remark(code="doubt", text="doubt"),),
    )
    (voice,) = agree(claim).finding().voices
    assert (voice.article, voice.name, voice.function, voice.source) == (
        "a1",
        "Ana Roth",
        "spokeswoman",
        "s1",
    )
    assert (voice.modality, voice.via, voice.asof, texts(voice.flags)) == (
        "hedged",
        ("TASK", "VPB"),
        "noon",
        ("doubt",),
    )
    assert (voice.counted, text_of(voice.note)) == (True, "")


def test_own_voice_has_no_name_and_no_source() -> None:
    (voice,) = agree(Says(FIRE)).finding().voices
    assert (voice.name, voice.function, voice.source) == ("", "", None)


def test_voices_come_by_relation_then_stands() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE), Says("It rained.")).but(
        groups=(group("a3.c1", more=("a2.c1",), part=("a1.c1",), stands=(stand("a4", "doubts"),)),)
    )
    assert [(v.article, v.relation) for v in world.finding("a3.c1").voices] == [
        ("a3", "same"),
        ("a2", "more"),
        ("a1", "part"),
        ("a4", "stand"),
    ]


# --- what counts ------------------------------------------------------------------------------


def test_saying_more_supports_and_saying_a_part_does_neither() -> None:
    world = agree(Says(FIRE, POLICE), Says("A fire broke out at the mill and spread.", HOSPITAL))
    more = world.but(groups=(group("a1.c1", more=("a2.c1",)),)).finding()
    part = world.but(groups=(group("a1.c1", part=("a2.c1",)),)).finding()
    assert (more.verdict, part.verdict) == ("verified", "single-source")
    assert (more.outlets, part.outlets) == (2, 1)
    assert (part.voices[1].counted, text_of(part.voices[1].note)) == (
        False,
        "says only a part of it",
    )


SHUT = "The mill is shut."
OTT = Who("Sergeant Ott", side="police", person=True)


@pytest.mark.parametrize("hours", [(8, 10), (10, 8), (None, None)])
@pytest.mark.parametrize(
    ("why", "told", "counts"),
    [
        ("of its own", (Says(FIRE),), True),
        ("beside another account of the source", (Says(FIRE), Says(SHUT, POLICE)), True),
        ("after another source", (Says(FIRE, of=HOSPITAL),), True),
        ("after the source", (Says(FIRE, of=POLICE),), False),
        ("after somebody of its side", (Says(FIRE, of=OTT),), False),
    ],
)
def test_own_voice_counts_unless_it_goes_on_with_the_account_of_the_named_source(
    hours: tuple[int | None, int | None], why: str, told: tuple[Says, ...], *, counts: bool
) -> None:
    finding = agree(told, Says(FIRE, POLICE), hours=hours).finding()
    assert finding.verdict == ("verified" if counts else "single-source"), why
    assert finding.voices[0].counted == counts
    assert text_of(finding.voices[0].note) == ("" if counts else REPEATS.text)


def test_own_voice_after_an_unnamed_source_is_that_sources_word() -> None:
    alone = agree(Says(FIRE, of=UNNAMED))
    assert (alone.verdict(), labels(alone.finding())) == (
        "unconfirmed",
        ["Ledger, unattributed, perhaps from a senior official"],
    )
    assert agree(Says(FIRE, of=UNNAMED), Says(FIRE, POLICE)).verdict() == "single-source"


def test_outlets_that_go_on_with_one_account_are_one_origin() -> None:
    finding = agree(Says(FIRE, of=POLICE), Says(FIRE, of=OTT)).finding()
    assert finding.verdict == "single-source"
    assert labels(finding) == [
        f"Ledger{GOES_ON}police / Courier{GOES_ON}Sergeant Ott",
    ]
    apart = agree(Says(FIRE, of=POLICE), Says(FIRE, of=HOSPITAL)).finding()
    assert labels(apart) == [
        "Ledger, unattributed, perhaps from police",
        "Courier, unattributed, perhaps from Orle hospital",
    ]


def test_a_column_speaks_for_itself_whatever_it_goes_on_with() -> None:
    column = with_paper(agree(Says(FIRE, of=POLICE)), 1, genre="opinion", byline="Ida Berg")
    assert column.finding().voices[0].origin.kind == "author"


def test_an_organ_goes_on_with_another_side_and_speaks_for_its_own() -> None:
    own = Who("police union", side="Ledger")
    organ = with_paper(agree(Says(FIRE, of=own)), 1, genre="party-organ").finding()
    assert [(o.label, o.kind) for o in organ.origins] == [("Ledger", "side")]
    other = with_paper(agree(Says(FIRE, of=POLICE), Says(FIRE, POLICE)), 1, genre="party-organ")
    assert (other.verdict(), labels(other.finding())) == ("single-source", ["police"])


def test_what_an_organ_makes_of_the_other_sides_paper_is_denied_by_that_side() -> None:
    form = Who("the form", side="Acme", role="document")
    world = dispute(Says(FIRE, of=form), Says(NO_FIRE, Who("Acme", side="Acme")))
    finding = with_paper(world, 1, genre="party-organ").finding("a1.c1")
    assert (finding.verdict, labels(finding)) == ("disputed", ["Ledger"])
    assert [origin.label for origin in finding.against] == ["Acme"]
    paper = world.finding("a1.c1")  # no organ: it passes on what the form says
    assert labels(paper) == ["Ledger, unattributed, perhaps from the form"]


def test_an_organ_that_goes_on_with_its_own_side_twice_is_not_silenced_by_itself() -> None:
    own = Who("Mara Quist", side="Ledger", role="party", person=True)
    told = (Says(FIRE, of=own), Says(FIRE, of=own))
    world = with_paper(agree(told, groups=(group("a1.c1", "a1.c2"),)), 1, genre="party-organ")
    assert (world.verdict(), labels(world.finding())) == ("single-source", ["Ledger"])


def test_an_article_that_goes_on_with_an_account_does_not_confirm_it_in_its_own_voice() -> None:
    told = (Says(FIRE), Says(FIRE, of=POLICE))
    finding = agree(told, groups=(group("a1.c1", "a1.c2"),)).finding()
    assert labels(finding) == ["Ledger, unattributed, perhaps from police"]


def test_an_outlet_is_no_second_origin_beside_its_account_in_another_article() -> None:
    told = agree(Says(FIRE), Says(FIRE, of=POLICE))
    assert told.verdict() == "verified"
    one = with_paper(told, 2, outlet="Ledger")
    assert (one.verdict(), labels(one.finding())) == (
        "single-source",
        ["Ledger, unattributed, perhaps from police"],
    )


def test_a_document_that_an_outlet_puts_with_caution_is_no_origin() -> None:
    firm, hedged = Says(FIRE, VIDEO), Says(FIRE, VIDEO, modality="hedged")
    assert agree(Says(FIRE, POLICE), firm).verdict() == "verified"
    assert agree(Says(FIRE, POLICE), hedged).verdict() == "single-source"


def test_own_voice_in_an_article_that_tells_the_account_repeats_it_whenever_published() -> None:
    both = (Says(FIRE), Says(FIRE, POLICE, at=30))
    for hours in ((8, 10), (10, 8)):
        world = agree(both, Says(FIRE, POLICE), hours=hours)
        world = world.but(groups=(group("a1.c1", "a1.c2", "a2.c1"),))
        assert labels(world.finding()) == ["police"]


def test_own_voice_in_an_article_that_tells_the_account_repeats_it() -> None:
    both = (Says(FIRE), Says(FIRE, POLICE, at=30))
    world = agree(both, Says("Rain.")).but(groups=(group("a1.c1", "a1.c2"),))
    assert (world.verdict(), labels(world.finding())) == ("single-source", ["police"])
    more = world.but(groups=(group("a1.c1", more=("a1.c2",)),))
    assert labels(more.finding()) == ["police"]


@pytest.mark.parametrize(
    ("why", "genre", "kind", "note"),
    [
        ("an outlet", "news", "fact", REPEATS.text),
        ("a press release", "press-release", "fact", ""),
        ("a party's organ", "party-organ", "fact", ""),
        ("an outlet that takes it back", "news", "retract", ""),
    ],
)
def test_only_what_an_outlet_asserts_is_taken_for_a_named_sources_word(
    why: str, genre: Genre, kind: ClaimKind, note: str
) -> None:
    world = agree((Says(FIRE, kind=kind), Says(FIRE, POLICE)))
    world = with_paper(world, 1, genre=genre).but(groups=(group("a1.c1", "a1.c2"),))
    voice = world.finding().voices[0]
    assert (text_of(voice.note), voice.counted) == (note, not note), why


@pytest.mark.parametrize("source", [UNNAMED, MEDIA, VIDEO, CROWD, EXPERT])
def test_own_voice_repeats_whatever_source_its_article_has_the_same_from(source: Who) -> None:
    world = agree((Says(FIRE), Says(FIRE, source))).but(groups=(group("a1.c1", "a1.c2"),))
    assert "Ledger" not in labels(world.finding())


def test_what_an_article_has_from_unnamed_media_confirms_nobody_by_its_own_voice() -> None:
    world = agree(Says(FIRE, POLICE), (Says(FIRE), Says(FIRE, MEDIA)))
    finding = world.but(groups=(group("a1.c1", "a2.c1", "a2.c2"),)).finding()
    assert finding.verdict == "single-source"


def test_own_voice_repeats_only_who_states_it_by_a_claim() -> None:
    world = agree((Says(FIRE), Says("Something burned.", POLICE)))
    part = world.but(groups=(group("a1.c1", part=("a1.c2",)),))
    beside = world.but(groups=(group("a1.c1", stands=(stand("a1", "supports", by="a1.s1"),)),))
    more = world.but(groups=(group("a1.c1", more=("a1.c2",)),))
    assert [labels(w.finding()) for w in (part, beside, more)] == [
        ["Ledger"],
        ["Ledger"],
        ["police"],
    ]


def test_a_column_and_a_page_cut_off_do_not_count_and_say_why() -> None:
    world = agree(Says(FIRE), Says(FIRE, HOSPITAL))
    world = world.but(groups=(group("a1.c1"),))
    column = with_paper(world, 1, genre="opinion").finding().voices[0]
    page = with_paper(world, 1, genre="paywall").finding().voices[0]
    assert (column.counted, text_of(column.note)) == (False, "a column: its author's view")
    assert (page.counted, text_of(page.note)) == (False, "a page that is cut off for subscribers")


def test_a_named_source_on_a_page_cut_off_counts() -> None:
    world = with_paper(agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL)), 1, genre="paywall")
    assert (world.verdict(), world.finding().outlets) == ("verified", 1)


# --- relays -----------------------------------------------------------------------------------


def relay(*claims: Says, same: tuple[str, ...] = ("a1.c1",)) -> World:
    """Relays of the Monitor, which is the last article and says something else."""
    world = agree(*claims, Says("It rained.")).but(groups=(group(*same),))
    return with_paper(world, len(world.papers), outlet="Monitor")


def test_what_a_relay_alone_has_is_not_laid_at_its_sources_door() -> None:
    finding = relay(Says(FIRE, via=("Monitor",))).finding()
    assert (finding.verdict, labels(finding)) == ("single-source", ["Ledger"])
    taken = "takes it from Monitor, whose own article was not found to say it"
    assert text_of(finding.voices[0].note) == taken
    assert finding.voices[0].counted
    assert [(r.code, r.text) for r in finding.reasons[1:]] == [("relay", f"A relay {taken}.")]


def test_nor_on_an_unnamed_word() -> None:
    finding = relay(Says(FIRE, UNNAMED, via=("Monitor",))).finding()
    assert labels(finding) == ["a senior official (Ledger)"]


def test_a_named_source_answers_for_what_a_relay_has_from_it() -> None:
    finding = relay(Says(FIRE, POLICE, via=("Monitor",))).finding()
    assert (labels(finding), text_of(finding.voices[0].note)) == (["police"], "")


def test_an_unnamed_voice_that_a_relay_alone_has_is_not_the_relays_own() -> None:
    world = relay(Says(FIRE, UNNAMED, via=("Monitor",)), Says(FIRE, UNNAMED, via=("Monitor",)))
    both = world.but(groups=(group("a1.c1", "a2.c1"),))
    assert labels(both.finding()) == ["a senior official (Ledger) / a senior official (Courier)"]
    world = relay(Says(FIRE, UNNAMED, via=("Monitor",)), Says(FIRE, via=("Monitor",)))
    both = world.but(groups=(group("a1.c1", "a2.c1"),))
    assert labels(both.finding()) == ["a senior official (Ledger)", "Courier"]


def test_a_relay_of_a_partys_organ_answers_for_its_extra_too() -> None:
    world = with_paper(relay(Says(FIRE, via=("Monitor",))), 2, genre="party-organ")
    assert labels(world.finding()) == ["Ledger"]


def test_several_relays_of_one_source_are_one_origin() -> None:
    both = relay(
        Says(FIRE, via=("Monitor",)), Says(FIRE, via=("Monitor",)), same=("a1.c1", "a2.c1")
    )
    assert (both.verdict(), labels(both.finding())) == ("single-source", ["Ledger / Courier"])
    other = relay(Says(FIRE, via=("TASK",)), Says(FIRE, via=("Monitor",)), same=("a1.c1", "a2.c1"))
    assert labels(other.finding()) == ["TASK", "Courier"]


def test_a_relay_of_what_its_source_says_is_that_source() -> None:
    world = relay(Says(FIRE, via=("Monitor",)))
    said = world.but(groups=(group("a1.c1", "a2.c1"),))
    assert labels(said.finding()) == ["Monitor"]
    assert text_of(said.finding().voices[0].note) == ""
    partly = world.but(groups=(group("a1.c1", part=("a2.c1",)),))
    assert labels(partly.finding()) == ["Monitor"]


def test_a_relay_of_its_own_outlet_is_none() -> None:
    assert labels(agree(Says(FIRE, via=("Ledger",))).finding()) == ["Ledger"]
    assert text_of(agree(Says(FIRE, via=("Ledger",))).finding().voices[0].note) == ""


def test_in_a_question_a_relays_extra_is_its_own_too() -> None:
    world = dispute(Says(NO_FIRE, via=("Gazette",)), Says(FIRE, POLICE), Says(FIRE))
    assert [o.label for o in world.issue().positions[0].origins] == ["Ledger"]
    assert [o.label for o in world.finding("a2.c1").against] == ["Ledger"]
    both = world.but(groups=(group("a1.c1", "a3.c1"),))
    assert [o.label for o in both.issue().positions[0].origins] == ["Gazette"]


def test_what_repeats_a_named_source_does_not_count_as_a_relay_either() -> None:
    told = (Says(FIRE, via=("Monitor",)), Says(FIRE, POLICE))
    world = agree(told, Says("It rained.")).but(groups=(group("a1.c1", "a1.c2"),))
    finding = with_paper(world, 2, outlet="Monitor").finding()
    assert (finding.verdict, codes(finding)) == ("single-source", ["one-origin", "not-counted"])


# --- who carries it -----------------------------------------------------------------------------


def test_reprints_and_copies_carry_and_count_once() -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, POLICE), copies=(("a1", "a2", 1.0),))
    finding = world.finding()
    assert (finding.carried_by, finding.outlets) == (("a1", "a2"), 1)
    assert finding.said[0].verified is False


def test_content_and_saying_are_both_derived() -> None:
    finding = agree(Says(FIRE, PALACE), Says(FIRE, PALACE)).finding()
    (said,) = finding.said
    assert finding.verdict == "single-source"
    assert (said.source, said.name, said.outlets, said.verified) == ("s1", "the palace", 2, True)
    assert said.articles == ("a1", "a2")


def test_each_named_source_is_verified_as_said_by_itself() -> None:
    world = agree((Says(FIRE, PALACE), Says(FIRE, PALACE)), Says(FIRE, POLICE), Says(FIRE, UNNAMED))
    world = world.but(groups=(group("a1.c1", "a1.c2", "a2.c1", "a3.c1"),))
    assert [(s.name, s.articles, s.outlets, s.verified) for s in world.finding().said] == [
        ("the palace", ("a1",), 1, False),
        ("police", ("a2",), 1, False),
    ]


@pytest.mark.parametrize(
    ("why", "one", "other", "routes"),
    [
        ("two outlets", Says(FIRE, PALACE), Says(FIRE, PALACE), 2),
        ("one agency", *[Says(FIRE, PALACE, via=("TASK",))] * 2, 1),
        ("one first agency", *[Says(FIRE, PALACE, via=(near, "TASK")) for near in ("X", "Y")], 1),
        ("two agencies", Says(FIRE, PALACE, via=("VPB",)), Says(FIRE, PALACE, via=("TASK",)), 2),
        ("through the other", Says(FIRE, PALACE, via=("Courier",)), Says(FIRE, PALACE), 1),
        ("first-hand and an agency", Says(FIRE, PALACE), Says(FIRE, PALACE, via=("TASK",)), 2),
        ("taken back by it", Says(FIRE, PALACE), Says(FIRE, PALACE, kind="retract"), 1),
    ],
)  # fmt: skip
def test_it_is_said_by_as_many_independent_routes(
    why: str, one: Says, other: Says, routes: int
) -> None:
    assert agree(one, other).finding().said[0].outlets == routes, why


def test_a_column_a_part_and_a_stand_are_no_second_route() -> None:
    world = agree(Says(FIRE, PALACE), Says(FIRE, PALACE))
    column = with_paper(world, 2, genre="opinion").finding().said[0]
    part = world.but(groups=(group("a1.c1", part=("a2.c1",)),)).finding().said[0]
    supports = (stand("a2", "supports", by="a2.s1"),)
    beside = world.but(groups=(group("a1.c1", stands=supports),)).finding().said[0]
    assert [s.outlets for s in (column, part, beside)] == [1, 1, 1]
    assert [s.articles for s in (column, part, beside)] == [("a1", "a2")] * 3
    more = world.but(groups=(group("a1.c1", more=("a2.c1",)),)).finding().said[0]
    assert more.outlets == 2


def test_what_only_a_column_says_still_came_one_way() -> None:
    assert with_paper(agree(Says(FIRE, PALACE)), 1, genre="opinion").finding().said[0].outlets == 1


def test_a_denying_stand_is_not_its_speakers_saying_it() -> None:
    world = agree(Says(FIRE, PALACE), Says("It rained.", REBELS))
    world = world.but(groups=(group("a1.c1", stands=(stand("a2", "denies", by="a2.s1"),)),))
    assert [s.name for s in world.finding().said] == ["the palace"]
    assert world.finding().carried_by == ("a1",)


# --- taken back ---------------------------------------------------------------------------------

WRONG, RIGHT = "The ferry carried 310 passengers.", "The ferry carried 130 passengers."


def test_a_correction_ends_the_word_of_its_own_outlet_and_of_those_that_told_it_before() -> None:
    world = agree(Says(WRONG), Says(WRONG), Says(WRONG, kind="retract"), hours=(9, 10, 12))
    finding = world.finding()
    assert (finding.verdict, finding.origins) == ("updated", ())
    assert [r.text for r in finding.reasons] == ["Taken back by Gazette."]


@pytest.mark.parametrize("hours", [(12, 9), (None, 9), (9, None), (9, 9)])
def test_who_is_not_known_to_have_told_it_before_stands_by_it(
    hours: tuple[int | None, int | None],
) -> None:
    finding = agree(Says(WRONG), Says(WRONG, kind="retract"), hours=hours).finding()
    assert (finding.verdict, codes(finding)) == ("single-source", ["one-origin", "retracted"])


def test_an_outlet_that_tells_it_again_after_the_correction_stands_by_it() -> None:
    world = agree(
        Says(WRONG),
        Says(WRONG, kind="retract"),
        Says(WRONG),
        hours=(9, 12, 15),
        owners={"Holding": ["Ledger", "Gazette"]},
    )
    assert world.verdict() == "single-source"


def test_a_source_takes_its_own_word_back_and_not_that_of_another() -> None:
    world = agree(Says(WRONG, POLICE), Says(WRONG, HOSPITAL), Says(WRONG, POLICE, kind="retract"))
    finding = world.finding()
    assert (finding.verdict, labels(finding)) == ("single-source", ["Orle hospital"])
    assert "Taken back by police." in [r.text for r in finding.reasons]


def test_an_outlets_correction_does_not_end_the_word_of_a_named_source() -> None:
    world = agree(Says(WRONG, POLICE), Says(WRONG, kind="retract"), hours=(9, 12))
    assert labels(world.finding()) == ["police"]


def test_a_correction_ends_what_came_through_the_outlet() -> None:
    world = agree(Says(WRONG, via=("Courier",)), Says(WRONG, kind="retract"))
    assert world.verdict() == "updated"


def test_taking_back_more_than_it_says_does_not_end_it_and_a_part_does() -> None:
    world = agree(Says(WRONG), Says(WRONG, kind="retract"), hours=(9, 12))
    more = world.but(groups=(group("a1.c1", more=("a2.c1",)),))
    part = world.but(groups=(group("a1.c1", part=("a2.c1",)),))
    assert (more.verdict(), part.verdict()) == ("single-source", "updated")
    assert codes(more.finding()) == ["one-origin"]


def test_what_nobody_but_a_correction_tells_is_updated() -> None:
    finding = agree(Says(WRONG, kind="retract")).finding()
    assert (finding.kind, finding.verdict, codes(finding)) == ("retract", "updated", ["retracted"])
    assert finding.carried_by == ("a1",)


def test_what_was_taken_back_disputes_nothing_and_holds_no_position() -> None:
    world = agree(
        Says(WRONG),
        (Says(RIGHT), Says(WRONG, kind="retract")),
        Says(RIGHT),
        hours=(9, 12, 13),
        groups=(group("a1.c1", "a2.c2"), group("a2.c1", "a3.c1")),
        questions=(question(("a1.c1",), ("a2.c1",)),),
    )
    assert (world.verdict("a2.c1"), world.verdict("a1.c1")) == ("verified", "updated")
    wrong = world.issue().positions[0]
    assert (wrong.origins, wrong.withdrawn) == ((), ("Ledger",))


def test_a_retraction_in_a_position_is_not_that_position() -> None:
    world = agree(
        Says(RIGHT, POLICE),
        Says(WRONG, HOSPITAL, kind="retract"),
        groups=(),
        questions=(question(("a2.c1",), ("a1.c1",)),),
    )
    assert (world.issue().positions[0].origins, world.verdict()) == ((), "single-source")


def test_an_outlet_with_a_firm_word_beside_its_retraction_keeps_its_position() -> None:
    world = agree(
        (Says(WRONG, POLICE), Says("Lind was wrong.", POLICE, kind="retract")),
        Says(RIGHT, HOSPITAL),
        groups=(),
        questions=(question(("a1.c1", "a1.c2"), ("a2.c1",)),),
    )
    assert world.verdict("a2.c1") == "disputed"


@pytest.mark.parametrize(
    ("hours", "left"), [((9, 12, 13), True), ((12, 9, 13), False), ((9, 9, 13), False)]
)
def test_who_takes_an_answer_back_leaves_it_however_many_sentences_said_it(
    hours: tuple[int, int, int],
    left: bool,  # noqa: FBT001
) -> None:
    world = agree(
        (Says(WRONG, POLICE), Says("All of it was safe.", POLICE)),
        Says(WRONG, POLICE, kind="retract"),
        Says(RIGHT, HOSPITAL),
        hours=hours,
        groups=(group("a1.c1", "a2.c1"),),
        speakers=(("a1.s1", "a2.s1"),),
        questions=(question(("a1.c1", "a1.c2", "a2.c1"), ("a3.c1",)),),
    )
    wrong = world.issue().positions[0]
    assert (len(wrong.withdrawn), len(wrong.origins)) == ((1, 0) if left else (0, 1))
    assert world.verdict("a1.c2") == ("updated" if left else "disputed")


def test_nothing_of_this_asks_what_a_group_is_called() -> None:
    world = agree(Says(FIRE, PALACE), Says(FIRE, PRESS))
    named = world.but(
        groups=(Group(text="Nobody denies that no fire broke out.", same=("a1.c1", "a2.c1")),)
    )
    assert named.verdict() == world.verdict()


@pytest.mark.parametrize(
    ("why", "changes", "labelled"),
    [
        ("two papers", {}, ["Ledger", "police"]),
        ("near copies", {"copies": (("a1", "a2", 0.9),)}, ["police"]),
        ("one paper at two times", {"one": {"outlet": "Courier"}}, ["Courier", "police"]),
        ("credited in part", {"one": {"byline": "Ada Berg and TASK"}}, ["police"]),
    ],
)
def test_own_voice_that_may_carry_the_text_which_names_the_source_repeats_it(
    why: str, changes: dict[str, Any], labelled: list[str]
) -> None:
    world = with_paper(agree(Says(FIRE), Says(FIRE, POLICE)), 2, agency="TASK")
    world = with_paper(world, 1, **changes.get("one", {})).but(copies=changes.get("copies", ()))
    assert labels(world.finding()) == labelled, why


def test_who_only_passes_on_anothers_word_is_no_second_origin() -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL))
    echoed = world.but(groups=(group("a1.c1", "a2.c1").model_copy(update={"echoes": ("a1.c1",)}),))
    finding = echoed.finding()
    assert (world.verdict(), finding.verdict, finding.outlets) == ("verified", "single-source", 2)
    assert labels(finding) == ["Orle hospital"]
    assert text_of(finding.voices[0].note) == "passes on what another source of it said"


def test_what_was_taken_back_stands_against_nothing_also_beside_what_was_replaced() -> None:
    papers = (
        Says(FIRE, POLICE),
        (Says(WRONG, PALACE), Says("Nobody is there.", PALACE)),
        (Says(WRONG, PALACE, kind="retract"), Says("The crew is there.", PALACE)),
    )
    asked = question(("a1.c1",), ("a2.c1", "a2.c2"))
    moved = question(("a2.c2",), ("a3.c2",), kind="change", excludes=())
    back = group("a2.c1", "a3.c1", text=WRONG)
    world = agree(*papers, hours=(9, 9, 12), groups=(back,), questions=(asked,))
    assert world.verdict("a1.c1") == "disputed"
    assert world.but(questions=(asked, moved)).verdict("a1.c1") == "single-source"
