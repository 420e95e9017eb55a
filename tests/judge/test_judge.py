"""The judgement as a whole: nothing is lost, and a bad comparison spoils no words of others."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from factcheck.judge import judge
from factcheck.models import Comparison, Group, Placing, Remark, Side
from factcheck.report.words import join_texts, texts
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
    Paper,
    Says,
    World,
    agree,
    codes,
    dispute,
    group,
    question,
    stand,
    with_paper,
)

# --- findings ---------------------------------------------------------------------------------


def test_every_claim_is_at_home_in_exactly_one_finding() -> None:
    world = agree(
        (Says(FIRE, POLICE), Says("The mill is old.")),
        (Says(FIRE), Says("It rained.", EXPERT)),
        Says("A fire broke out at the Orle mill at noon.", POLICE),
    ).but(groups=(group("a1.c1", "a2.c1", more=("a3.c1",)),))
    findings = world.judged().findings
    homes = [claim for finding in findings for claim in finding.claims]
    assert sorted(homes) == ["a1.c1", "a1.c2", "a2.c1", "a2.c2", "a3.c1"]
    assert [(f.id, f.claims[0]) for f in findings] == [
        ("f1", "a1.c1"),
        ("f2", "a1.c2"),
        ("f3", "a2.c2"),
        ("f4", "a3.c1"),
    ]


def test_a_claim_that_stands_alone_is_a_finding_in_its_own_words() -> None:
    (finding,) = agree(Says(FIRE)).but(groups=()).judged().findings
    assert (finding.text, finding.claims, finding.carried_by) == (FIRE, ("a1.c1",), ("a1",))
    assert (finding.parent, finding.issues, finding.flags) == ("", (), ())


def test_a_finding_has_the_words_and_flags_of_its_group() -> None:
    flagged = Group(
        text="The mill burned.", same=("a1.c1",), flags=(Remark(code="doubt", text="a doubt"),)
    )
    (finding,) = agree(Says(FIRE)).but(groups=(flagged,)).judged().findings
    assert (finding.text, texts(finding.flags)) == ("The mill burned.", ("a doubt",))


def test_findings_come_in_the_order_of_their_first_claim() -> None:
    world = agree((Says(FIRE), Says("Rain.")), Says("Rain.")).but(
        groups=(group("a1.c2", "a2.c1", text="rain"), group("a1.c1", text="fire"))
    )
    assert [f.text for f in world.judged().findings] == ["fire", "rain"]
    late = world.but(groups=(group("a2.c1", more=("a1.c1",), text="late"),))
    assert [f.text for f in late.judged().findings] == [FIRE, "Rain.", "late"]


def test_a_group_without_claims_of_its_own_is_a_finding_and_they_stay_at_home() -> None:
    world = agree(Says("12 died, 3 of them crew.", POLICE), Says("12 died at sea.", HOSPITAL))
    world = world.but(groups=(group(text="12 died.", more=("a1.c1", "a2.c1")),))
    core, *others = world.judged().findings
    assert (core.text, core.verdict, core.claims) == ("12 died.", "verified", ("a1.c1", "a2.c1"))
    assert [(f.claims, f.parent) for f in others] == [(("a1.c1",), "f1"), (("a2.c1",), "f1")]


def test_a_group_of_parts_alone_is_none() -> None:
    world = agree(Says(FIRE)).but(groups=(group(part=("a1.c1",)),))
    assert [f.claims for f in world.judged().findings] == [("a1.c1",)]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("fact", "act", "act"), "act"),
        (("act", "fact"), "fact"),
        (("act", "open"), "act"),
        (("fact", "retract", "retract"), "fact"),
        (("retract", "retract"), "retract"),
    ],
)
def test_a_finding_is_of_the_kind_of_most_claims_and_of_equals_a_fact_or_the_first(
    kinds: tuple[str, ...], kind: str
) -> None:
    assert agree(*(Says(FIRE, kind=k) for k in kinds)).finding().kind == kind  # type: ignore[arg-type]


def test_a_finding_is_core_if_any_claim_that_states_it_is() -> None:
    core, background = Says(FIRE), Says(FIRE, core=False)
    assert agree(background, core).finding().core
    assert not agree(background, background).finding().core
    beside = agree(background, core).but(groups=(group("a1.c1", more=("a2.c1",)),))
    assert not beside.finding().core


def test_what_a_comparison_says_of_articles_that_were_left_out_is_left_out() -> None:
    gone = group(
        "a1.c1",
        "a9.c1",
        more=("a9.c2",),
        part=("a9.c3",),
        stands=(stand("a9", "denies"), stand("a1", "qualifies")),
    )
    world = agree(Says(FIRE), Says(NO_FIRE)).but(
        groups=(gone, group("a9.c4", more=("a9.c5",))),
        questions=(question(("a1.c1", "a9.c1"), ("a2.c1",)),),
    )
    finding = world.finding()
    assert (finding.claims, [v.article for v in finding.voices]) == (("a1.c1",), ["a1", "a1"])
    assert len(world.judged().findings) == 2
    assert (finding.verdict, finding.flags) == ("disputed", ())


# --- nesting ----------------------------------------------------------------------------------


def nested(*groups: Group) -> dict[str, str]:
    """The first claim of each finding that has a parent, with its parent's."""
    world = agree(*(Says(f"Claim {n}.") for n in range(5))).but(groups=groups)
    findings = world.judged().findings
    first = {finding.id: finding.claims[0][:2] for finding in findings}
    return {first[f.id]: first[f.parent] for f in findings if f.parent}


def test_what_says_more_or_only_a_part_stands_below() -> None:
    assert nested(group("a1.c1", more=("a2.c1",), part=("a3.c1",))) == {"a2": "a1", "a3": "a1"}


def test_a_finding_stands_below_only_with_all_its_claims() -> None:
    pair = group("a2.c1", "a3.c1")
    assert nested(group("a1.c1", more=("a2.c1",)), pair) == {}
    assert nested(group("a1.c1", more=("a2.c1", "a3.c1")), pair) == {"a2": "a1"}


def test_a_finding_stands_below_the_largest_other() -> None:
    small, large = group("a1.c1", more=("a5.c1",)), group("a2.c1", "a3.c1", more=("a5.c1",))
    assert nested(small, large) == {"a5": "a2"}
    assert nested(large, small) == {"a5": "a2"}
    wide = group("a1.c1", more=("a5.c1", "a4.c1", "a3.c1"))
    assert nested(wide, group("a2.c1", more=("a5.c1",)))["a5"] == "a1"


def test_nesting_makes_no_circle() -> None:
    for order in permutations(
        [
            group("a1.c1", more=("a2.c1",)),
            group("a2.c1", more=("a3.c1",)),
            group("a3.c1", more=("a1.c1",)),
        ]
    ):
        parents = nested(*order)
        assert len(parents) == 2
        for child in parents:
            above = child
            for _ in range(3):
                above = parents.get(above, "")
            assert above == ""
    assert nested(group("a1.c1", more=("a1.c1",))) == {}


# --- nothing silent -----------------------------------------------------------------------------


def test_what_cannot_be_used_is_listed_unions_first() -> None:
    world = dispute((Says(FIRE, POLICE), Says("Rain.", HOSPITAL)), asked=question(("a1.c1",)))
    world = world.but(speakers=(("a1.s1", "a1.s2"),))
    assert [n.reason.text for n in world.judged().not_assessed] == [
        "two speakers of one article",
        "it has one position, and nobody else calls it open",
    ]


def test_an_empty_set_is_judged_too() -> None:
    judged = judge((), (), Comparison())
    assert (judged.findings, judged.issues, judged.not_assessed) == ((), (), ())


def test_what_bears_on_a_finding_is_told_once() -> None:
    world = agree(
        Says(FIRE, PALACE),
        Says(NO_FIRE, REBELS),
        Says("Not verified.", kind="open"),
        groups=(),
        questions=(
            question(("a1.c1",), ("a2.c1",), opens=("a3.c1",)),
            question(("a1.c1",), ("a2.c1",), opens=("a3.c1",), text="Did it burn?"),
        ),
    )
    assert codes(world.finding()) == ["contradicted", "open"]
    assert len(world.finding().against) == 1
    twice = world.but(
        questions=tuple(
            q.model_copy(update={"kind": "detail", "text": "?"}) for q in world.questions
        )
    )
    assert codes(twice.finding()) == ["one-origin", "versions"]


# --- a comparison that means harm ---------------------------------------------------------------


FACTS = agree(
    (Says(FIRE, POLICE), Says("The palace denies it.", PALACE)),
    (Says(FIRE, HOSPITAL), Says("It rained.")),
    (Says(NO_FIRE, REBELS), Says("An official agrees.", UNNAMED)),
    (Says("Police stole the grain.", via=("Ledger",)),),
)
SPEAKERS = ("a1.s1", "a1.s2", "a2.s1", "a3.s1", "a3.s2")
CLAIMS = ("a1.c1", "a1.c2", "a2.c1", "a2.c2", "a3.c1", "a3.c2", "a4.c1")
HOSTILE: dict[str, dict[str, Any]] = {
    "all outlets are one": {"placings": (Placing(article="a1", joint=("a2", "a3", "a4")),)},
    "all are organs of a side": {
        "placings": tuple(Placing(article=f"a{n}", genre="party-organ") for n in (1, 2, 3, 4)),
        "sides": (Side(name="liars", articles=("a1", "a2", "a3", "a4")),),
    },
    "all speakers are one": {"speakers": (SPEAKERS,)},
    "all are of one side": {"sides": (Side(name="liars", speakers=SPEAKERS),)},
    "all claims are one": {"groups": (group(*CLAIMS, text="Police stole the grain."),)},
    "a false claim is grouped with others": {
        "groups": (group("a4.c1", "a1.c1", "a2.c1", text="Police stole the grain."),)
    },
    "stands are laid to others": {
        "groups": (
            group(
                "a1.c1",
                "a2.c1",
                stands=(
                    stand("a1", "denies", by="a1.s1", text="Police deny it."),
                    stand("a2", "denies", by="a2.s1", text="The hospital denies it."),
                    stand("a3", "supports", by="a3.s1"),
                ),
            ),
        )
    },
    "all claims exclude each other": {
        "questions": (question(*((c,) for c in CLAIMS), excludes=((0, 2), (0, 4), (2, 4), (6, 0))),)
    },
    "all is settled": {"questions": (question(("a4.c1",), CLAIMS[:-1], settled=0),)},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_what_is_said_of_others_keeps_words_speaker_and_sentences(
    changes: dict[str, Any],
) -> None:
    world = FACTS.but(groups=()).but(**changes)
    articles = {article.id: article for article in world.articles()}
    claims = {c.id: c for e in world.extractions() for c in e.claims}
    speakers = {s.id: s for e in world.extractions() for s in e.speakers}
    seen = set()
    for finding in world.judged().findings:
        for voice in finding.voices:
            sentences = articles[voice.article].sentences
            assert voice.quotes == tuple(sentences[n - 1].text for n in voice.sentences)
            if voice.claim is None:
                continue
            claim = claims[voice.claim]
            who = speakers[claim.speaker].name if claim.speaker else ""
            assert (voice.article, voice.text, voice.sentences, voice.name) == (
                claim.article,
                claim.text,
                claim.sentences,
                who,
            )
            seen.add(voice.claim)
    assert seen == set(CLAIMS)


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_two_people_are_never_shown_as_one(changes: dict[str, Any]) -> None:
    sources = FACTS.but(groups=()).but(**changes).identity().sources
    assert all(len({i.split(".")[0] for i in s.speakers}) == len(s.speakers) for s in sources)
    assert {"Oskar Lind", "a senior official"} <= {source.name for source in sources}


def test_unions_that_take_outlets_and_sides_for_one_only_lower_the_count_and_say_so() -> None:
    honest = FACTS.but(groups=(group("a1.c1", "a2.c1"),))
    assert honest.verdict() == "verified"
    one_side = honest.but(**HOSTILE["all are of one side"])
    assert one_side.verdict() == "single-source"
    assert one_side.finding().origins[0].side == "liars"
    one_outlet = honest.but(**HOSTILE["all outlets are one"])
    assert one_outlet.verdict() == "verified"
    assert (
        join_texts(one_outlet.identity().outlets.groups[0].reasons) == "one text, by the comparison"
    )
    assert one_outlet.finding().outlets == 1


def test_a_planted_theft_is_its_carriers_and_disputes_in_no_other_name() -> None:
    planted = FACTS.but(groups=()).finding("a4.c1")
    assert (planted.verdict, [o.label for o in planted.origins]) == ("single-source", ["Herald"])
    contested = FACTS.but(groups=(), **HOSTILE["all claims exclude each other"])
    assert "Herald" in [o.label for o in contested.finding("a1.c1").against]
    assert "Ledger" not in [o.label for o in contested.finding("a1.c1").against]


def test_false_stands_show_the_sentence_that_does_not_say_it_and_verify_nothing() -> None:
    world = FACTS.but(**HOSTILE["stands are laid to others"])
    finding = world.finding()
    assert finding.verdict == "verified"  # its own speakers cannot be set against themselves
    assert [(v.name, v.quotes) for v in finding.voices if v.relation == "stand"] == [
        ("police", (FIRE,)),
        ("Orle hospital", (FIRE,)),
        ("Oskar Lind", (NO_FIRE,)),
    ]


def test_a_stand_laid_to_another_can_dispute_and_says_where_it_was_found() -> None:
    false = stand("a2", "denies", by="a2.s1", text="The hospital denies it.")
    world = FACTS.but(groups=(group("a1.c1", stands=(false,)),))
    assert codes(world.finding()) == ["contradicted", "stand-against"]


# --- one whole story ----------------------------------------------------------------------------


def test_a_story_in_all_its_parts() -> None:
    world = World(
        papers=(
            Paper(
                "Ledger",
                (Says("Drones hit the palace.", PALACE), Says("We did it.", REBELS, kind="act")),
            ),
            Paper(
                "Courier",
                (Says("Drones hit it.", PRESS), Says("It could not be verified.", kind="open")),
            ),
            Paper(
                "Gazette",
                (Says("We did not do it.", REBELS), Says("It was staged.", EXPERT, kind="view")),
            ),
        ),
        groups=(group("a1.c1", "a2.c1", text="Drones hit the palace."),),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",), opens=("a2.c2",)),),
    )
    judged = world.judged()
    assert [(f.id, f.verdict) for f in judged.findings] == [
        ("f1", "disputed"),
        ("f2", "single-source"),
        ("f3", "single-source"),
        ("f4", "disputed"),
        ("f5", "not-judged"),
    ]
    assert codes(judged.findings[0]) == ["contradicted", "open"]
    assert all(finding.reasons for finding in judged.findings)
    assert with_paper(world, 3, genre="opinion").finding("a1.c1").verdict == "disputed"


def test_copies_of_one_text_take_no_position_for_what_they_only_share() -> None:
    world = agree(Says("Two men set fire to the mill."), Says("Youths set it alight."))
    world = world.but(
        groups=(group(more=("a1.c1", "a2.c1")), group("a3.c1", text=NO_FIRE)),
        questions=(question(("a1.c1", "a2.c1"), ("a3.c1",)),),
        papers=(*world.papers, agree(Says(NO_FIRE), Says(NO_FIRE), Says(NO_FIRE)).papers[2]),
    )
    assert world.judged().findings[0].verdict == "disputed"
    copied = world.but(copies=(("a1", "a2", 1.0),))
    assert copied.judged().findings[0].verdict != "disputed"
