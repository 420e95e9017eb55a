"""On whose word a sentence stands."""

from __future__ import annotations

import pytest

from factcheck.sidebyside.models import Quoted, SaidBy
from factcheck.sidebyside.sayings import attribute
from tests.sidebyside.world import COURIER, HERALD, article, read


def sources(*texts: str) -> list[tuple[SaidBy, ...]]:
    """The attributions of each sentence of an article."""
    return list(attribute(article("a1", "A", *texts)).values())


def test_a_source_is_given_as_printed() -> None:
    ((found,),) = sources("The river is still rising, harbour master Nils Aber said on Monday.")
    assert found.source == "harbour master Nils Aber"
    assert not found.carried


def test_a_running_quotation_is_carried_over_and_marked() -> None:
    said = attribute(HERALD)
    assert [one.source for one in said[5]] == ["Jon Fell, a baker"]
    assert [one.carried for number in (4, 5, 6) for one in said[number]] == [False, True, True]


def test_a_sentence_behind_a_quotation_is_not_carried_over() -> None:
    said = sources("“The tower is safe,” said Nils Aber.", "The river has risen for six days now.")
    assert said[1] == ()


def test_a_relay_shows_both() -> None:
    (said,) = sources("The news agency Nordpress quoted Ada Brandt as saying that it was over.")
    assert [one.source for one in said] == ["The news agency Nordpress", "Ada Brandt"]


def test_a_pronoun_is_shown_with_the_name_before_it() -> None:
    said = sources("Nils Aber said that the river was rising.", "He said that the dam would hold.")
    assert [(one.source, one.after) for one in said[1]] == [("He", "Nils Aber")]


def test_a_colon_hands_over_to_the_quotation_below() -> None:
    said = sources("The builder Nils Aber said:", "“The tower is safe and will stay so.”")
    assert [(one.source, one.carried) for one in said[1]] == [("The builder Nils Aber", True)]


def test_he_is_no_ministry_and_she_no_mister() -> None:
    said = sources(
        "Mr. Aber said that the dam would hold.",
        "He said that it was over.",
        "The Harbour Office said that the river was rising.",
        "He said that it was over.",
        "Mr. Aber said that the dam would hold.",
        "She said that it was over.",
    )
    assert [said[place][0].after for place in (1, 3, 5)] == ["Mr. Aber", "", ""]


@pytest.mark.parametrize("source", ["He", "One official", "His office"])
def test_only_a_person_named_in_the_sentence_before_is_looked_back_to(source: str) -> None:
    said = sources(
        "Mr. Aber said that the dam would hold.",
        "The river rose by two metres in the night.",
        f"{source} said that it was over.",
    )
    assert [one.after for one in said[2]] == [""]


def test_a_pronoun_behind_its_name_is_not_listed_again() -> None:
    (said,) = sources("Nils Aber said that the dam would hold, and that he told the town so.")
    assert [one.source for one in said] == ["Nils Aber"]


def test_a_source_with_a_name_needs_no_name_from_before() -> None:
    said = sources("Nils Aber said it was over.", "Her deputy, Ida Holm, said it was not.")
    assert [(one.source, one.after) for one in said[1]] == [("Her deputy, Ida Holm", "")]


def test_hopes_and_appearances_are_no_attributions() -> None:
    assert sources("The river appeared to be rising again in Orle.") == [()]


def test_other_languages_are_not_guessed_at() -> None:
    french = article("a1", "A", "La maire a dit que tout allait bien.", language="fr")
    assert attribute(french) == {}


def named(*texts: str) -> list[Quoted]:
    """The sources of one article for each text."""
    return list(read(*(article(f"a{n}", f"O{n}", text) for n, text in enumerate(texts))).quoted)


def test_spellings_that_differ_in_case_only_are_one() -> None:
    (found,) = named("The Dyke Guild said it would hold.", "It will hold, the Dyke Guild said.")
    assert found.also == ()


def test_a_surname_joins_the_one_full_name_that_it_fits() -> None:
    found = {one.name: one for one in read(HERALD, COURIER).quoted}
    (brandt,) = [one for name, one in found.items() if "Brandt" in name]
    assert "Ada Brandt" in brandt.name
    assert "Brandt" in brandt.also
    assert {place.article for place in brandt.mentions} == {"a1", "a2"}


def test_a_surname_of_two_people_joins_neither() -> None:
    found = named(
        "Ada Brandt said that it was over.",
        "Olaf Brandt said that it was not over.",
        "Brandt said that nobody knew.",
    )
    assert sorted(one.name for one in found) == ["Ada Brandt", "Brandt", "Olaf Brandt"]


def test_a_slip_in_a_long_name_is_the_same_name() -> None:
    found = named(
        "Mikhail Sobolevsky said that it was over.", "Mikhail Sobolevski said it was over."
    )
    assert len(found) == 1
