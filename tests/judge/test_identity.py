"""Who is one: speakers as sources, interests as sides, articles as outlets."""

from __future__ import annotations

import itertools
from time import process_time
from typing import Any

import pytest

from factcheck.judge.identity import identify, show_origin
from factcheck.judge.outlets import DisjointSets, fold, name_parts
from factcheck.judge.speakers import unite_speakers
from factcheck.models import Comparison, Origin, Placing, Side, Speaker
from factcheck.report.words import join_texts, texts
from tests.judge.world import (
    EXPERT,
    FIRE,
    HOSPITAL,
    POLICE,
    UNNAMED,
    VIDEO,
    WITNESS,
    Says,
    Who,
    World,
    agree,
    group,
    labels,
    with_paper,
)

PODOLYAK = Who("Mykhailo Podolyak", side="Ukraine", person=True, function="aide to the president")
ZELENSKY = Who("Volodymyr Zelensky", side="Ukraine", person=True, function="President")
OFFICE = Who("the President's Office", side="Ukraine")


def names(world: World) -> list[str]:
    """The names of the sources, in order."""
    return [source.name for source in world.identity().sources]


# --- shown as one -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "one", "other", "count"),
    [
        ("an institution by its name", POLICE, POLICE, 1),
        ("case and article aside", Who("The Palace"), Who("the palace"), 1),
        ("spaces aside", Who("Orle  town"), Who("orle town"), 1),
        ("a person by the full name", PODOLYAK, PODOLYAK, 1),
        ("a person by other functions", PODOLYAK, Who("Mykhailo Podolyak", person=True), 1),
        ("a single word is no name of a person", *[Who("Lind", person=True)] * 2, 2),
        ("two people of one side", PODOLYAK, ZELENSKY, 2),
        ("a person and an institution", Who("Roe House", person=True), Who("Roe House"), 2),
        ("a person named with another", PODOLYAK, Who("Volodymyr Zelensky", person=True), 2),
        ("unnamed sources", UNNAMED, UNNAMED, 2),
        ("a clip by what it is called", VIDEO, VIDEO, 2),
        ("an eyewitness by what one is called", *[Who("a man", role="witness")] * 2, 2),
        (
            "an institution and its document",
            Who("the council"),
            Who("the council", role="document"),
            2,
        ),
    ],
)
def test_equal_names_alone_make_one_source(why: str, one: Who, other: Who, count: int) -> None:
    assert len(names(agree(Says(FIRE, one), Says(FIRE, other)))) == count, why


def test_thousands_of_speakers_are_no_matter_of_hours() -> None:
    fixed = {"article": "a1", "role": "official", "person": True}
    many = {f"s{n}": Speaker(id=f"s{n}", name=f"Person {n}", **fixed) for n in range(6_000)}
    start = process_time()
    sources, refused = unite_speakers(many, Comparison())
    assert process_time() - start < 30  # pair by pair it takes minutes
    assert (len(sources), refused) == (6_000, ())


@pytest.mark.parametrize("other", [ZELENSKY, OFFICE])
def test_podolyak_is_one_with_neither_zelensky_nor_an_institution_but_one_interest(
    other: Who,
) -> None:
    world = agree(Says(FIRE, PODOLYAK), Says(FIRE, other))
    assert names(world) == ["Mykhailo Podolyak", other.name]
    assert world.verdict() == "single-source"
    assert [(v.name, v.function) for v in world.finding().voices] == [
        ("Mykhailo Podolyak", "aide to the president"),
        (other.name, other.function),
    ]


def test_compare_unites_under_the_fullest_name_of_a_person_with_all_the_others() -> None:
    short = Who("Zelensky", person=True, also=("the president",))
    world = agree(Says(FIRE, short), Says(FIRE, ZELENSKY), speakers=(("a1.s1", "a2.s1"),))
    (source,) = world.identity().sources
    assert (source.id, source.name, source.function) == ("s1", "Volodymyr Zelensky", "President")
    assert source.also == ("Zelensky", "the president")
    assert source.speakers == ("a1.s1", "a2.s1")
    assert (source.role, source.person) == ("official", True)
    assert source.side == "counted with Ukraine"
    assert texts(source.united_by) == ("the same name, or taken for one by the comparison",)
    assert world.judged().not_assessed == ()
    assert [v.name for v in world.finding().voices] == ["Zelensky", "Volodymyr Zelensky"]
    assert [v.source for v in world.finding().voices] == ["s1", "s1"]


def test_a_person_goes_by_the_name_and_the_side_that_most_articles_give() -> None:
    printed = Who("Nadia Al-Khatib", person=True, role="party", side="Yusuf Demirhan")
    world = agree(
        Says(FIRE, Who("Nadia El Khatib", person=True, role="party", side="Yusuf D.")),
        Says(FIRE, printed),
        Says(FIRE, printed),
        speakers=(("a1.s1", "a2.s1", "a3.s1"),),
    )
    (source,) = world.identity().sources
    assert (source.name, source.side) == ("Nadia Al-Khatib", "Yusuf Demirhan")


def test_compare_unites_institutions_under_their_first_name() -> None:
    world = agree(
        Says(FIRE, Who("Met")),
        Says(FIRE, Who("Metropolitan Police")),
        speakers=(("a1.s1", "a2.s1"),),
    )
    (source,) = world.identity().sources
    assert (source.name, source.also) == ("Met", ("Metropolitan Police",))


def test_a_source_that_stands_alone_is_united_by_nothing() -> None:
    (source,) = agree(Says(FIRE, POLICE)).identity().sources
    assert (source.id, source.united_by, source.also, source.side) == ("s1", (), (), "police")
    assert source.function == ""


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (PODOLYAK, OFFICE, "of different kinds, or unnamed"),
        (UNNAMED, ZELENSKY, "of different kinds, or unnamed"),
        (ZELENSKY, UNNAMED, "of different kinds, or unnamed"),
        (POLICE, VIDEO, "of different kinds, or unnamed"),
        (VIDEO, POLICE, "of different kinds, or unnamed"),
    ],
)
def test_a_union_that_cannot_be_is_refused_and_listed(one: Who, other: Who, reason: str) -> None:
    world = agree(Says(FIRE, one), Says(FIRE, other), speakers=(("a1.s1", "a2.s1"),))
    assert names(world) == [one.name, other.name]
    (left,) = world.judged().not_assessed
    assert (left.stage, left.reason.text) == ("compare", reason)
    assert left.text == f"{one.name} (a1) and {other.name} (a2) taken for one source"


def test_two_speakers_of_one_article_are_never_one_even_if_compare_says_so() -> None:
    world = agree((Says(FIRE, PODOLYAK), Says(FIRE, ZELENSKY)), speakers=(("a1.s1", "a1.s2"),))
    assert names(world) == ["Mykhailo Podolyak", "Volodymyr Zelensky"]
    (left,) = world.judged().not_assessed
    assert left.reason.text == "two speakers of one article"


@pytest.mark.parametrize("united", [*itertools.permutations(["a1.s1", "a1.s2", "a2.s1"])])
def test_nor_through_a_chain_over_a_third_article(united: tuple[str, ...]) -> None:
    world = agree(
        (Says(FIRE, PODOLYAK), Says(FIRE, ZELENSKY)),
        Says(FIRE, Who("V. Zelensky", person=True)),
        speakers=(united,),
    )
    source_of = world.identity().source_of
    assert source_of["a1.s1"].id != source_of["a1.s2"].id
    (left,) = world.judged().not_assessed
    assert left.reason.text == "two speakers of one article"
    assert left.text == f"{left.text.split(' (')[0]} (a1) and {left.text.split(' and ')[1]}"
    assert left.text.count("(a1)") == 2


def test_nor_through_two_lists_or_an_equal_name() -> None:
    both = (Says(FIRE, Who("Ann Roe", person=True)), Says(FIRE, Who("Ann Poe", person=True)))
    lists = agree(
        both,
        Says(FIRE, Who("A. Roe", person=True)),
        speakers=(("a1.s1", "a2.s1"), ("a2.s1", "a1.s2")),
    )
    assert [len(s.speakers) for s in lists.identity().sources] == [2, 1]
    equal = agree(both, Says(FIRE, Who("Ann Poe", person=True)), speakers=(("a1.s1", "a2.s1"),))
    assert [s.speakers for s in equal.identity().sources] == [("a1.s1", "a2.s1"), ("a1.s2",)]


def test_every_refused_union_is_listed() -> None:
    world = agree((Says(FIRE, PODOLYAK), Says(FIRE, ZELENSKY)), Says(FIRE, OFFICE))
    world = world.but(speakers=(("a1.s1", "a1.s2"), ("a1.s1", "a2.s1")))
    assert len(world.judged().not_assessed) == 2


def test_what_compare_unites_twice_or_does_not_know_is_no_fault() -> None:
    world = agree(
        Says(FIRE, ZELENSKY),
        Says(FIRE, ZELENSKY),
        speakers=(("a1.s1", "a2.s1"), ("a2.s1", "a1.s1"), ("a9.s9", "a1.s1"), ("a9.s9",)),
    )
    assert names(world) == ["Volodymyr Zelensky"]
    assert world.judged().not_assessed == ()


def test_sources_are_numbered_by_first_mention() -> None:
    world = agree(
        (Says(FIRE, POLICE), Says(FIRE, HOSPITAL)), Says(FIRE, POLICE), Says(FIRE, EXPERT)
    )
    assert [(s.id, s.name) for s in world.identity().sources] == [
        ("s1", "police"),
        ("s2", "Orle hospital"),
        ("s3", "Ida Berg"),
    ]


# --- counted as one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Who("Acme Group"), Who("Pellan Dock")),
        (Who("the Defence Ministry"), Who("the government")),
        (Who("police"), Who("Ana Roth", person=True, function="chief superintendent")),
        (Who("Ivo Pask", person=True, role="expert"), Who("the Institute")),
        (Who("the ministry's report", role="document"), Who("the ministry")),
    ],
)
def test_what_compare_puts_on_one_side_counts_once_and_is_shown_by_its_own_names(
    one: Who, other: Who
) -> None:
    world = agree(Says(FIRE, one), Says(FIRE, other))
    assert world.verdict() == "verified"
    united = world.but(sides=(Side(name="One Body", speakers=("a1.s1", "a2.s1")),))
    finding = united.finding()
    assert finding.verdict == "single-source"
    # A person for whom no article gives a side does not speak for the one that it counts with.
    sides = ["counted with One Body" if who.person else "One Body" for who in (one, other)]
    assert [(o.label, o.side) for o in finding.origins] == [
        (f"{one.name} / {other.name}", sides[0])
    ]
    assert [v.name for v in finding.voices] == [one.name, other.name]
    assert [s.side for s in united.identity().sources] == sides
    assert united.identity().source_of["a2.s1"].side == sides[1]


@pytest.mark.parametrize(
    ("why", "one", "other", "verdict"),
    [
        ("one side by name", Who("A", side="Acme"), Who("B", side="the ACME"), "single-source"),
        (
            "a body and its speaker",
            Who("Acme"),
            Who("Ann Roe", side="acme", person=True),
            "single-source",
        ),
        ("a person is no body", Who("Roe", person=True), Who("Ann", side="Roe"), "verified"),
        ("two sides", Who("A", side="Acme"), Who("B", side="Bolt"), "verified"),
        ("no sides", Who("Ann Roe", person=True), Who("Bo Poe", person=True), "verified"),
        (
            "an expert speaks for nobody",
            Who("A", side="Acme"),
            Who("E F", "Acme", "expert", person=True),
            "verified",
        ),
        (
            "nor does a witness",
            Who("A", side="Acme"),
            Who("E F", "Acme", "witness", person=True),
            "verified",
        ),
        ("one clip by name, for the count", VIDEO, VIDEO, "single-source"),
        ("two clips that may be one", VIDEO, Who("footage", role="document"), "single-source"),
        ("nor a body a clip", Who("Acme"), Who("Acme", role="document"), "verified"),
        ("a clip is no body", Who("Acme", role="document"), Who("Acme"), "verified"),
    ],
)
def test_sides_of_the_articles_themselves(why: str, one: Who, other: Who, verdict: str) -> None:
    assert agree(Says(FIRE, one), Says(FIRE, other)).verdict() == verdict, why


def test_documents_of_one_name_are_one_interest() -> None:
    interest_of = agree(Says(FIRE, VIDEO), Says(FIRE, VIDEO)).identity().interest_of
    assert interest_of["a1.s1"] == interest_of["a2.s1"]


def test_one_institution_under_two_side_names_is_one_origin() -> None:
    world = agree(Says(FIRE, Who("palace", "Valdria")), Says(FIRE, Who("court", "Kingdom")))
    assert world.verdict() == "verified"
    united = world.but(speakers=(("a1.s1", "a2.s1"),))
    assert united.verdict() == "single-source"


def test_the_side_is_called_as_compare_calls_it_else_as_most_articles_do() -> None:
    world = agree(
        Says(FIRE, Who("ministry", "the State")),
        Says(FIRE, Who("ministry", "Valdria")),
        Says(FIRE, Who("ministry", "Valdria")),
    )
    assert {o.side for o in world.finding().origins} == {"Valdria"}
    named = world.but(
        sides=(
            Side(name="Crown", speakers=("a3.s1",)),
            Side(name="Throne", speakers=("a1.s1",)),
            Side(name="", speakers=("a2.s1",)),
        )
    )
    assert {o.side for o in named.finding().origins} == {"Crown"}


def test_the_side_of_an_expert_names_no_interest() -> None:
    expert = Who("Ann Roe", "Institute", "expert", person=True)
    (origin,) = agree(Says(FIRE, expert)).finding().origins
    assert (origin.label, origin.side, origin.kind) == ("Ann Roe", "", "speaker")


def test_a_side_named_as_its_speaker_is_not_told_twice() -> None:
    (origin,) = agree(Says(FIRE, Who("The Police", "police"))).finding().origins
    assert (origin.label, origin.side, origin.kind) == ("The Police", "", "side")


def test_no_side_takes_unnamed_voices_nor_what_does_not_exist() -> None:
    world = agree(Says(FIRE, POLICE), Says(FIRE, UNNAMED), Says(FIRE, HOSPITAL))
    sides = (Side(name="X", speakers=("a2.s1", "a1.s1", "a9.s1"), articles=("a9",)),)
    assert world.but(sides=sides).verdict() == "verified"
    assert [(s.name, s.side) for s in world.but(sides=sides).identity().sources] == [
        ("police", "X"),
        ("a senior official", ""),
        ("Orle hospital", "Orle hospital"),
    ]


def test_a_side_of_nobody_that_exists_does_no_harm() -> None:
    world = agree(
        Says(FIRE, POLICE), Says(FIRE, HOSPITAL), sides=(Side(name="X", speakers=("a9.s1",)),)
    )
    assert world.verdict() == "verified"


# --- who answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "label", "kind"),
    [
        (Says(FIRE), "Ledger", "outlet"),
        (Says(FIRE, via=("TASK",)), "TASK", "outlet"),
        (Says(FIRE, via=("Near", "Far")), "Far", "outlet"),
        (Says(FIRE, POLICE), "police", "side"),
        (Says(FIRE, POLICE, via=("TASK",)), "police", "side"),
        (Says(FIRE, EXPERT), "Ida Berg", "speaker"),
        (Says(FIRE, WITNESS), "Jan Holm", "speaker"),
        (Says(FIRE, Who("residents", role="witness")), "residents", "witness"),
        (Says(FIRE, VIDEO), "a video on social media", "document"),
        (Says(FIRE, UNNAMED), "a senior official (Ledger)", "anonymous"),
        (Says(FIRE, UNNAMED, via=("TASK",)), "a senior official (TASK)", "anonymous"),
        (Says(FIRE, Who("media reports", role="media")), "media reports (Ledger)", "anonymous"),
    ],
)
def test_who_answers_for_a_claim(claim: Says, label: str, kind: str) -> None:
    (origin,) = agree(claim).finding().origins
    assert (origin.label, origin.kind) == (label, kind)


def test_unnamed_sources_of_one_outlet_are_one_and_of_two_are_two() -> None:
    other = Who("a diplomat", role="anonymous", person=True)
    assert len(agree((Says(FIRE, UNNAMED), Says(FIRE, other))).finding().origins) == 1
    two = agree(Says(FIRE, UNNAMED), Says(FIRE, other))
    assert len({o.key for o in two.finding().origins}) == 2
    one = agree(Says(FIRE, UNNAMED, via=("TASK",)), Says(FIRE, other, via=("TASK agency",)))
    assert len({o.key for o in one.finding().origins}) == 1


def test_a_column_is_its_authors_and_names_its_outlet() -> None:
    world = with_paper(agree(Says(FIRE)), 1, genre="opinion", byline="Ann Roe")
    origin = world.finding().voices[0].origin
    assert (origin.label, origin.kind) == ("Ann Roe (column, Ledger)", "author")
    assert with_paper(world, 1, byline="").finding().voices[0].origin.label == (
        "the author (column, Ledger)"
    )


def test_its_author_answers_for_the_unnamed_source_of_a_column() -> None:
    world = with_paper(agree(Says(FIRE, UNNAMED)), 1, genre="opinion", byline="Ann Roe")
    paper = Who("the log", role="document", side="Valdria")
    read = with_paper(agree(Says(FIRE, paper)), 1, genre="opinion", byline="Ann Roe")
    assert read.finding().voices[0].origin.kind == "author", "what it makes of a document"
    assert [v.origin.label for v in world.finding().voices] == ["Ann Roe (column, Ledger)"]
    assert world.verdict() == "not-judged"


def test_two_columns_are_two_authors() -> None:
    world = with_paper(
        with_paper(agree(Says(FIRE), Says(FIRE)), 1, genre="opinion"), 2, genre="opinion"
    )
    assert len({v.origin.key for v in world.finding().voices}) == 2


def test_a_named_source_in_a_column_answers_for_itself() -> None:
    world = with_paper(agree(Says(FIRE, POLICE), Says(FIRE, HOSPITAL)), 1, genre="opinion")
    assert (world.verdict(), world.finding().outlets) == ("verified", 1)


def test_the_own_voice_of_a_partys_organ_is_its_sides() -> None:
    organ = agree(Says(FIRE), Says(FIRE, Who("Ana Roth", side="Dockers' Union", person=True)))
    organ = with_paper(organ, 1, genre="party-organ")
    world = organ.but(sides=(Side(name="Dockers' Union", speakers=("a2.s1",), articles=("a1",)),))
    finding = world.finding()
    assert (finding.verdict, finding.outlets) == ("single-source", 1)
    assert [(o.label, o.side, o.kind) for o in finding.origins] == [
        ("Ledger / Ana Roth", "Dockers' Union", "side")
    ]


@pytest.mark.parametrize("genre", ["press-release", "party-organ"])
def test_a_press_release_or_organ_speaks_as_the_body_of_its_name(genre: str) -> None:
    world = agree(Says(FIRE), Says(FIRE, Who("Bo Poe", side="Pellan Dock", person=True)))
    sent = with_paper(world, 1, genre=genre, outlet="Pellan Dock")
    assert with_paper(world, 1, outlet="Pellan Dock").verdict() == "verified"
    finding = sent.finding()
    assert (finding.verdict, finding.outlets) == ("single-source", 1)
    assert [o.label for o in finding.origins] == ["Pellan Dock / Bo Poe"]
    assert finding.voices[0].counted


def test_a_reprint_of_a_press_release_and_what_came_through_its_sender_are_its_senders() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE, via=("Pellan Dock",)), Says(FIRE, HOSPITAL))
    sent = with_paper(world, 1, genre="press-release", outlet="Pellan Dock")
    sent = sent.but(copies=(("a1", "a2", 0.9),))
    assert labels(sent.finding()) == ["Pellan Dock / Courier", "Orle hospital"]
    assert sent.finding().voices[2].origin.kind == "side"
    two = with_paper(sent, 2, genre="press-release", outlet="Wire")
    assert labels(two.finding()) == ["Pellan Dock / Wire", "Orle hospital"]


def test_senders_of_two_press_releases_are_two_and_a_reprint_lends_its_name_to_none() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE), Says(FIRE, Who("Courier")))
    world = with_paper(world, 1, genre="press-release", outlet="Pellan Dock")
    world = with_paper(world, 3, genre="press-release", outlet="Acme")
    finding = world.but(copies=(("a1", "a2", 0.9),)).finding()
    assert labels(finding) == ["Pellan Dock / Courier", "Acme", "Courier"]


def test_an_article_of_a_side_is_called_by_its_outlet() -> None:
    world = agree(Says(FIRE), Says(FIRE), sides=(Side(name="Crown", articles=("a1", "a2")),))
    finding = world.finding()
    assert finding.verdict == "single-source"
    assert [(o.label, o.side, o.kind) for o in finding.origins] == [
        ("Ledger / Courier", "Crown", "side")
    ]


@pytest.mark.parametrize(
    ("carrier", "same"),
    [
        ("Courier", True),
        ("the COURIER", True),
        ("Courier newspaper", True),
        ("Cour.", False),
        ("Post", False),
    ],
)
def test_a_carrier_in_the_set_is_that_outlet_perhaps_with_more_words(
    carrier: str, *, same: bool
) -> None:
    world = agree(Says(FIRE, via=(carrier,)), Says(FIRE))
    assert (world.verdict() == "single-source") == same


def test_a_carrier_may_be_the_agency_of_an_article() -> None:
    world = with_paper(agree(Says(FIRE, via=("TASK news agency",)), Says(FIRE)), 2, agency="TASK")
    assert labels(world.finding()) == ["TASK news agency / TASK (Courier)"]


def test_a_paper_that_is_cited_goes_by_its_own_name() -> None:
    finding = agree(Says(FIRE, via=("Courier newspaper",)), Says(FIRE)).finding()
    assert labels(finding) == ["Courier"]


def test_an_agency_that_is_cited_goes_by_its_name_and_sends_more_than_one_paper_printed() -> None:
    world = agree(Says(FIRE, via=("TASK",)), Says("It rained."), groups=())
    finding = with_paper(world, 2, agency="TASK").finding()
    assert labels(finding) == ["TASK"]
    assert finding.voices[0].note is None


def test_what_one_paper_adds_to_a_shared_text_goes_by_the_paper_or_by_whose_text_it_is() -> None:
    world = agree(Says(FIRE), Says("It rained."), groups=(), copies=SHARED)
    assert labels(with_paper(world, 2, agency="WNS").finding()) == ["Ledger"]
    assert labels(with_paper(world, 1, agency="WNS").finding()) == ["WNS (Ledger)"]
    assert labels(with_paper(world, 1, agency="Ledger agency").finding()) == ["Ledger"]
    signed = with_paper(world, 1, agency="WNS", byline="Ada Berg and WNS")
    assert labels(signed.finding()) == ["Ledger"]


def test_a_byline_that_another_article_credits_beside_a_person_is_an_agencys() -> None:
    world = with_paper(agree(Says(FIRE), Says("It rained."), groups=()), 1, byline="Interpress")
    assert labels(world.finding()) == ["Ledger"]
    crediting = with_paper(world, 2, byline="Ada Berg e Interpress")
    assert labels(crediting.finding()) == ["Interpress (Ledger)"]
    colleagues = with_paper(with_paper(world, 1, byline="Ada Berg"), 2, byline="Tom Hill, Ada Berg")
    assert labels(colleagues.finding()) == ["Ledger"]


def test_a_press_release_goes_by_its_sender_whoever_printed_it() -> None:
    sent = agree((Says(FIRE), Says("It is shut.", Who("the palace", side="Valdria"))))
    sent = with_paper(sent, 1, genre="press-release").but(
        sides=(Side(name="Valdria", speakers=("a1.s1",), articles=("a1",)),)
    )
    assert labels(sent.finding()) == ["Valdria"]
    crown = with_paper(sent, 1, genre="press-release", outlet="The Palace")
    assert labels(crown.finding()) == ["The Palace"], "who speaks is not the body above"
    runner = Who("Ida Berg", side="Ida Berg", person=True)
    hers = agree((Says(FIRE), Says("It is shut.", runner))).but(
        sides=(Side(name="Ida Berg", speakers=("a1.s1",), articles=("a1",)),)
    )
    lawyers = with_paper(hers, 1, genre="press-release", outlet="Holm Chambers")
    assert labels(lawyers.finding()) == ["Holm Chambers"], "nor is it a person's own word"


def test_carriers_outside_the_set_are_one_under_longer_and_shorter_names() -> None:
    claims = [
        Says(FIRE, via=(name,)) for name in ("TASK news agency", "TASK", "the TASK agency", "VPB")
    ]
    finding = agree(*claims).finding()
    assert labels(finding) == ["TASK news agency / TASK / the TASK agency", "VPB"]


def test_words_of_a_carriers_name_in_any_order_are_that_name() -> None:
    claims = [Says(FIRE, via=(name,)) for name in ("Agency TASK", "TASK agency")]
    assert len(agree(*claims).finding().origins) == 1


def test_a_carrier_without_a_name_is_no_outlet_of_the_set() -> None:
    world = agree(Says(FIRE, via=("",)), Says(FIRE))
    assert labels(world.finding()) == ["", "Courier"]


# --- outlets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "more", "reason"),
    [
        ({"outlet": "The ledger"}, {}, "the same outlet"),
        ({"agency": "Ledger"}, {}, "both carry the text of Ledger"),
        ({}, {"owners": {"Holding": ["the LEDGER", "Courier"]}}, "one owner: Holding"),
        ({}, {"owners": {"Holding": ["Ledger, 12 March", "Courier"]}}, "one owner: Holding"),
        ({}, {"copies": (("a1", "a2", 0.427),)}, "near copies: 43% of the wording is shared"),
        (
            {},
            {"placings": (Placing(article="a2", joint=("a1",)),)},
            "one text, by the comparison",
        ),
    ],
)
def test_outlets_that_are_not_independent_count_once_and_say_why(
    changes: dict[str, Any], more: dict[str, Any], reason: str
) -> None:
    world = agree(Says(FIRE), Says(FIRE))
    assert (world.verdict(), world.finding().outlets) == ("verified", 2)
    tied = with_paper(world, 2, **changes).but(**more)
    finding = tied.finding()
    assert (finding.verdict, finding.outlets) == ("single-source", 1)
    assert finding.carried_by == ("a1", "a2")
    (outlet,) = tied.identity().outlets.groups
    assert (outlet.articles, join_texts(outlet.reasons), outlet.counts) == (
        ("a1", "a2"),
        reason,
        True,
    )
    assert outlet.label == " / ".join(dict.fromkeys(paper.outlet for paper in tied.papers))


def test_one_agencys_text_in_two_outlets_is_one() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE))
    world = with_paper(with_paper(world, 1, agency="TASK"), 2, agency="task")
    assert [g.articles for g in world.identity().outlets.groups] == [("a1", "a2"), ("a3",)]
    assert join_texts(world.identity().outlets.groups[0].reasons) == "both carry the text of TASK"
    first = with_paper(agree(Says(FIRE), Says(FIRE)), 1, agency="Courier")
    assert (
        join_texts(first.identity().outlets.groups[0].reasons) == "both carry the text of Courier"
    )


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ({"byline": "Interpress"}, {"byline": "Ada Berg e Interpress"}, "single-source"),
        ({"agency": "INP"}, {"byline": "Ada Berg, mit inp"}, "single-source"),
        ({"agency": "INP"}, {"byline": "INP, Ada Berg"}, "single-source"),
        ({"agency": "INP"}, {"byline": "Ada Berg/INP"}, "single-source"),
        ({"agency": "INP"}, {"byline": "Ada Berg (INP)"}, "single-source"),
        ({"agency": "Inter Press"}, {"byline": "Ada Berg with Inter Press"}, "single-source"),
        ({"agency": "Inter Press"}, {"byline": "Inter Press staff"}, "verified"),
        ({"byline": "Staff"}, {"byline": "Staff reporter"}, "verified"),
        ({"byline": "Ada Berg"}, {"byline": "Ada Berg and Olo Brandt"}, "verified"),
        ({"byline": ""}, {"byline": "Ada Berg and Olo Brandt"}, "verified"),
    ],
)
def test_what_is_credited_to_an_agency_in_part_is_the_agencys_where_its_text_says_it(
    first: dict[str, str], second: dict[str, str], verdict: str
) -> None:
    world = with_paper(with_paper(agree(Says(FIRE), Says(FIRE)), 1, **first), 2, **second)
    assert len(world.identity().outlets.groups) == 2
    assert world.verdict() == verdict


def test_what_it_says_beside_others_is_its_own() -> None:
    world = with_paper(agree(Says("It rained."), Says(FIRE), Says(FIRE)), 1, agency="INP")
    world = with_paper(world, 2, byline="Ada Berg, mit inp")
    found = world.but(groups=(group("a2.c1", "a3.c1"),)).judged().findings
    assert next(f.verdict for f in found if "a2.c1" in f.claims) == "verified"


def test_other_owners_and_agencies_tie_nothing() -> None:
    world = agree(Says(FIRE), Says(FIRE), owners={"A": ["Ledger"], "B": ["Courier"]})
    world = with_paper(with_paper(world, 1, agency="TASK"), 2, agency="VPB")
    assert [join_texts(g.reasons) for g in world.identity().outlets.groups] == ["", ""]
    assert world.verdict() == "verified"
    place = {"A": ["Ledger, Glasgow", "Courier"]}  # another paper of that name
    world = agree(Says(FIRE), Says(FIRE), owners=place)
    assert world.verdict() == "verified"


def test_unknown_outlets_are_one() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE))
    world = with_paper(with_paper(world, 1, outlet=""), 3, outlet="")
    first, second = world.identity().outlets.groups
    assert first.articles == ("a1", "a3")
    assert join_texts(first.reasons) == "their outlets are unknown"
    assert first.label == "unknown outlets"
    one = with_paper(world, 3, outlet="Gazette")
    assert one.identity().outlets.groups[0].label == "unknown outlet"
    named = one.but(copies=(("a1", "a2", 1.0),))
    assert named.identity().outlets.groups[0].label == "Courier / unknown outlet"
    assert (second.articles, second.label) == (("a2",), "Courier")


def test_copies_make_chains_and_give_each_reason_once() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE), Says(FIRE)).but(
        copies=(("a2", "a4", 0.5), ("a1", "a2", 0.5), ("a1", "a2", 0.5)),
    )
    text, own = world.identity().outlets.groups
    assert (text.articles, own.articles) == (("a1", "a2", "a4"), ("a3",))
    assert join_texts(text.reasons) == "near copies: 50% of the wording is shared"


SHARED = (("a1", "a2", 0.9),)


def test_papers_that_share_a_text_are_two_in_what_they_write_themselves() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE)).but(copies=SHARED)
    world = with_paper(world, 3, outlet="Courier")
    text, own = world.identity().outlets.groups
    assert (text.articles, own.articles) == (("a1", "a2"), ("a3",))
    finding = world.finding()
    assert (finding.verdict, finding.outlets) == ("verified", 2)
    assert labels(finding) == ["Ledger / Courier", "Courier"]


def test_a_shared_text_adds_nothing_to_the_own_report_of_the_paper_that_alone_carries_it() -> None:
    world = agree(Says(FIRE), Says("Rain."), Says(FIRE)).but(
        copies=SHARED, groups=(group("a1.c1", "a3.c1"),)
    )
    finding = with_paper(world, 3, outlet="Ledger").finding()
    assert (finding.verdict, finding.outlets) == ("single-source", 1)
    assert with_paper(world, 3, outlet="Courier").verdict() == "verified"


def test_what_the_comparison_calls_joint_within_a_paper_ties_no_texts() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE)).but(
        copies=SHARED, placings=(Placing(article="a2", joint=("a3",)),)
    )
    assert len(with_paper(world, 3, outlet="Courier").identity().outlets.groups) == 2
    assert len(world.identity().outlets.groups) == 1


def test_each_outlet_group_gives_its_own_reasons() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE), Says(FIRE)).but(
        owners={"Holding": ["Ledger", "Courier"], "Other": ["Gazette", "Herald"]}
    )
    assert [join_texts(g.reasons) for g in world.identity().outlets.groups] == [
        "one owner: Holding",
        "one owner: Other",
    ]
    twice = world.but(copies=(("a1", "a2", 0.5), ("a3", "a4", 0.5)))
    near = "near copies: 50% of the wording is shared"
    assert [join_texts(g.reasons) for g in twice.identity().outlets.groups] == [
        f"one owner: Holding; {near}",
        f"one owner: Other; {near}",
    ]


def test_articles_that_do_not_exist_are_joint_with_nobody() -> None:
    world = agree(Says(FIRE), Says(FIRE), placings=(Placing(article="a1", joint=("a9",)),))
    assert len(world.identity().outlets.groups) == 2


@pytest.mark.parametrize(
    ("genre", "counts", "note"),
    [
        ("opinion", False, "a column or comment: its author's view"),
        ("press-release", False, "a press release: its sender's word"),
        ("party-organ", False, "published by a side of the matter"),
        ("paywall", False, "cut off for subscribers"),
        ("news", True, ""),
        ("analysis", True, ""),
        ("", True, ""),
    ],
)
def test_genres_that_are_no_outlet_say_so(genre: str, *, counts: bool, note: str) -> None:
    (outlet,) = with_paper(agree(Says(FIRE)), 1, genre=genre).identity().outlets.groups
    assert (outlet.counts, join_texts(outlet.notes)) == (counts, note)


def test_an_outlet_with_one_column_still_counts_by_its_news() -> None:
    world = agree(Says(FIRE), Says(FIRE), owners={"Holding": ["Ledger", "Courier"]})
    world = with_paper(world, 2, genre="opinion")
    (outlet,) = world.identity().outlets.groups
    assert (outlet.counts, join_texts(outlet.notes)) == (
        True,
        "a column or comment: its author's view",
    )
    assert world.finding().outlets == 1


def test_an_outlet_gives_each_of_its_reasons_not_to_count() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE), copies=(("a1", "a2", 1), ("a2", "a3", 1)))
    for number, genre in enumerate(("opinion", "paywall", "opinion"), start=1):
        world = with_paper(world, number, genre=genre)
    (outlet,) = world.identity().outlets.groups
    assert outlet.counts is False
    assert (
        join_texts(outlet.notes)
        == "a column or comment: its author's view; cut off for subscribers"
    )


def test_outlets_that_do_not_count_are_not_among_the_total() -> None:
    world = with_paper(
        agree(Says(FIRE, POLICE), Says(FIRE, POLICE), Says(FIRE, POLICE)), 3, genre="opinion"
    )
    assert world.finding().reasons[0].text == "One origin, police, carried by 2 of 2 outlets."


@pytest.mark.parametrize(
    ("outlet_from", "said", "outlet"),
    [
        ("metadata", "Times", "Ledger"),
        ("text", "Times", "Ledger"),
        ("address", "Times", "Times"),
        ("file-name", "Times", "Times"),
        ("file-name", "", "Ledger"),
    ],
)
def test_compare_names_an_outlet_only_where_a_file_name_did(
    outlet_from: str, said: str, outlet: str
) -> None:
    world = agree(Says(FIRE), placings=(Placing(article="a1", outlet=said),))
    world = with_paper(world, 1, outlet_from=outlet_from)
    placed = world.identity().outlets.articles["a1"]
    assert placed.outlet == outlet
    assert placed.outlet_from == ("text" if outlet == "Times" else outlet_from)


@pytest.mark.parametrize(
    ("own", "said", "genre"),
    [
        ("", "party-organ", "party-organ"),
        ("news", "party-organ", "party-organ"),
        ("opinion", "party-organ", "opinion"),
        ("news", "opinion", "news"),
        ("", "paywall", ""),
        ("opinion", "news", "opinion"),
    ],
)
def test_a_genre_is_the_articles_own_and_compare_may_only_add_a_partys_organ(
    own: str, said: Any, genre: str
) -> None:
    world = agree(Says(FIRE), placings=(Placing(article="a1", genre=said),))
    assert with_paper(world, 1, genre=own).identity().outlets.articles["a1"].genre == genre


def test_an_article_that_was_not_read_has_no_genre() -> None:
    (article,) = identify(agree(Says(FIRE)).articles(), (), Comparison()).outlets.articles.values()
    assert article.genre == ""


# --- small parts ------------------------------------------------------------------------------


def test_carriers_are_listed_the_shortest_first() -> None:
    via = ("z y x", "b", "e d", "a", "c", "d", "y z", "")
    carriers = agree(Says(FIRE, via=via)).identity().outlets.carriers
    assert [" ".join(sorted(parts)) for parts in carriers] == [
        *("a", "b", "c", "d", "d e", "y z", "x y z")
    ]


def test_sets_are_led_by_the_leader_of_the_first() -> None:
    sets = DisjointSets([("a", "b"), ("c", "b")])
    assert {name: sets.find(name) for name in "abcd"} == {"a": "c", "b": "c", "c": "c", "d": "d"}


def test_names_are_compared_without_case_spaces_and_article() -> None:
    assert (fold(" The  Big ONE "), fold("Then")) == ("big one", "then")
    assert name_parts("the V.B.C. News") == {"v", "b", "c", "news"}


@pytest.mark.parametrize("words", ["the deputy mayor of the city", "Acme's chief executive"])
def test_a_person_is_called_by_a_name_before_a_longer_description(words: str) -> None:
    described = Who(words, person=True)
    world = agree(Says(FIRE, described), Says(FIRE, Who("Paula Okoro", person=True))).but(
        speakers=(("a1.s1", "a2.s1"),)
    )
    assert [source.name for source in world.identity().sources] == ["Paula Okoro"]


def test_a_person_is_called_as_most_articles_spell_it_not_by_the_longest_name() -> None:
    people = [Who(name, person=True) for name in ("Marcel Delvoy", "Marc Delvoy", "Marc Delvoy")]
    world = agree(*(Says(FIRE, who) for who in people)).but(speakers=(("a1.s1", "a2.s1", "a3.s1"),))
    assert [source.name for source in world.identity().sources] == ["Marc Delvoy"]


def test_a_text_that_papers_share_is_called_by_its_agency() -> None:
    world = agree(Says(FIRE), Says(FIRE)).but(copies=SHARED)
    assert world.identity().outlets.groups[0].label == "Ledger / Courier"
    assert (
        with_paper(world, 2, agency="WNS").identity().outlets.groups[0].label
        == "WNS (Ledger, Courier)"
    )


def test_an_agencys_text_speaks_under_its_name_beside_what_a_paper_writes_itself() -> None:
    world = agree(Says(FIRE), Says(FIRE), Says(FIRE)).but(copies=SHARED)
    world = with_paper(with_paper(world, 1, agency="WNS"), 3, outlet="Courier")
    assert labels(world.finding()) == ["WNS (Ledger, Courier)", "Courier"]


def test_a_body_is_called_as_an_article_in_english_calls_it() -> None:
    world = agree(Says(FIRE, Who("Gesundheitsamt")), Says(FIRE, Who("health office"))).but(
        speakers=(("a1.s1", "a2.s1"),)
    )
    assert [s.name for s in world.identity().sources] == ["Gesundheitsamt"]
    world = with_paper(world, 1, language="de")
    assert [s.name for s in world.identity().sources] == ["health office"]


def test_behind_a_person_stands_the_body_of_the_article_behind_a_body_the_interest() -> None:
    head = Who("Wolfram Dietz", side="health office", person=True)
    ministry = Who("health ministry", side="health ministry")
    world = agree(Says(FIRE, head), Says(FIRE, ministry), Says(FIRE, Who("Office"))).but(
        sides=(Side(name="State", speakers=("a1.s1", "a2.s1", "a3.s1")),)
    )
    assert [v.origin.side for v in world.finding().voices] == ["health office", "State", "State"]
    assert len(world.finding().origins) == 1
    witness = Who("Jan Holm", side="health office", role="witness", person=True)
    [origin] = agree(Says(FIRE, witness)).finding().origins
    assert origin.side == ""


@pytest.mark.parametrize(
    ("label", "side", "shown"),
    [
        ("Ana Roth", "miners' union", "Ana Roth (miners' union)"),
        ("Ana Roth", "", "Ana Roth"),
        ("Halvik Fire Service", "fire service", "Halvik Fire Service"),
        ("fire service / Bo Poe", "Halvik fire service", "fire service / Bo Poe"),
    ],
)
def test_a_side_is_told_where_the_name_does_not_say_it(label: str, side: str, shown: str) -> None:
    assert show_origin(Origin(key="k", label=label, kind="side", side=side)) == shown


def test_a_person_whom_the_comparison_places_apart_is_not_of_the_body_that_employs_her() -> None:
    keeper = Who("Ida Lund", side="city museum", person=True)
    museum = Who("city museum", side="city museum")
    email = Who("Ida Lund's e-mail", role="document")
    told = (Says(FIRE, keeper), Says(FIRE, museum), Says("It rained.", email))
    world = agree(*told, groups=(group("a1.c1", "a2.c1"),))
    assert world.verdict() == "single-source"
    apart = Side(name="Ida Lund", speakers=("a1.s1", "a3.s1"))
    assert world.but(sides=(apart,)).verdict() == "verified"
    spokeswoman = Side(name="city museum", speakers=("a1.s1", "a2.s1"))
    assert world.but(sides=(spokeswoman,)).verdict() == "single-source"
