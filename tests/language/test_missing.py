"""Rules of the check that every number of a claim stands in its sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.missing import missing_numbers


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Two boats sank.", "Both boats sank."),
        ("Two boats sank.", "The pair sank within minutes."),
        ("One boat sank.", "A boat sank."),
        ("Half of the boats sank.", "50% of the boats sank."),
        ("A quarter of the fleet sank.", "25% of the fleet sank."),
        ("It sank at 2:30 p.m.", "It sank at 2:30."),
        ("It sank at 14:30.", "It sank at 2:30."),
        ("It sank at 6:00.", "It sank from six hours on."),
        ("It sank on May 9.", "It sank on the ninth of May."),
        ("It sank on 3 May 2023.", "It sank (2023-05-03)."),
        ("He came second.", "He lost."),
        ("Over 300 came.", "Three hundred or more came."),
        ("The 12-year-old swam.", "Aged twelve, she swam."),
        ("0 died.", "Nobody died."),
    ],
)
def test_what_the_evidence_implies_is_not_missing(claim: str, evidence: str) -> None:
    assert missing_numbers(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("Three boats sank.", "Two boats sank.", ("Three",)),
        ("It cost $30 million.", "It cost $36 million.", ("$30 million",)),
        ("It cost 36 million.", "It cost 36.", ("36 million",)),
        ("It sank at 2:30 p.m.", "It sank at 2:30 a.m.", ("2:30 p.m.",)),
        ("It sank at 2 p.m.", "It sank at two in the morning.", ("2 p.m.",)),
        ("They shot 3 people.", "They shot two in the morning.", ("3 people",)),
        ("It sank on May 8, 2022.", "It sank on May 9, 2021.", ("May 8, 2022",)),
        ("A dozen sank.", "Some sank.", ("A dozen",)),
        ("Two thirds sank.", "Some sank.", ("Two thirds",)),
        ("23 people were treated.", "14 people were treated.", ("23 people",)),
        ("9,000 homes are dark.", "9,500 homes are dark.", ("9,000",)),
        ("Built in 1971.", "Built in 1968.", ("1971",)),
        ("It fell at 5.31pm.", "It fell at 5.21pm.", ("5.31pm",)),
        ("A cost of €14m.", "A cost of €41m.", ("€14m",)),
        ("A cost of $41m.", "A cost of €41m.", ("$41m",)),
        ("City won 3-1.", "City won 2-1 after leading 1-0.", ("3-1",)),
        ("The crush was at Gate 8.", "The crush was at Gate 9.", ("8",)),
        ("About 1,250 came.", "About 1,200 came.", ("About 1,250",)),
    ],
)
def test_a_number_that_the_evidence_lacks_is_named(
    claim: str, evidence: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(claim, evidence) == missing


@pytest.mark.parametrize(
    ("claim", "evidence", "language"),
    [
        ("Twelve people died.", "Douze personnes ont péri.", "fr"),
        ("It began at 5:45 a.m.", "Le feu a pris à 5 h 45.", "fr"),
        ("It cost 2.1 million euros.", "Es kostete 2,1 Mio. Euro.", "de"),
        ("It began at half past seven.", "Es begann um halb acht.", "de"),
        ("1,150 residents left.", "Se fueron 1.150 vecinos.", "es"),
        ("A 9-year-old girl fell.", "Ein neunjähriges Mädchen stürzte.", "de"),
        ("The visit lasted 3 days.", "Der dreitägige Besuch endete.", "de"),
        ("A family of 4 fled.", "Die vierköpfige Familie floh.", "de"),
        ("A 12-year-old boy fell.", "De twaalfjarige jongen viel.", "nl"),
        ("He drove for 10.5 hours.", "Er fuhr zehneinhalb Stunden.", "de"),
        ("He drove for 2.5 hours.", "Hij reed tweeënhalf uur.", "nl"),
        ("He drove for 8 hours 35 minutes.", "Er fuhr 8 Stunden 35.", "de"),
        ("It has run for 30 years.", "Va avanti da trent'anni.", "it"),
        ("It took a minute and a half.", "Het duurde anderhalve minuut.", "nl"),
        ("It cut 19.4 million at 7:00.", "Um 7 Uhr 19,4 Millionen gestrichen.", "de"),
        ("It cut 19.4 million at 7:00.", "À 7 heures 19,4 millions ont disparu.", "fr"),
        ("Her first call came at 22:02.", "The mayor's first call came at 22 h 02.", "en"),
    ],
)
def test_the_evidence_is_read_in_its_own_language(claim: str, evidence: str, language: str) -> None:
    assert missing_numbers(claim, evidence, evidence_language=language) == ()


def test_the_context_lends_a_number_that_says_which_thing_is_meant() -> None:
    claim, article = "The queue at Gate 9 was long.", "It happened at Gate 9. The queue was long."
    assert missing_numbers(claim, "The queue was long.") == ("9",)
    assert missing_numbers(claim, "The queue was long.", context=article) == ()


def test_the_context_lends_a_number_in_the_place_of_another_behind_the_same_name() -> None:
    article, cited = "Strzała 418 landed late.", "148 people were on board."
    claim = "148 people were on board flight Strzała {}."
    assert missing_numbers(claim.format(418), cited, context=article) == ()
    assert missing_numbers(claim.format(419), cited, context=article) == ("419",)
    assert missing_numbers("418 people were on board.", cited, context=article) == ("418 people",)


def test_the_context_lends_no_number_in_the_place_of_another() -> None:
    article = "Three drones were seen. Two drones fell."
    assert missing_numbers("Three drones fell.", "Two drones fell.", context=article) == ("Three",)


@given(st.text(alphabet="0123456789 ,.:-thundredmillionapPM%$", max_size=80))
def test_a_text_lacks_nothing_of_itself(text: str) -> None:
    assert missing_numbers(text, text) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "language"),
    [
        ("The ratio is 1 to 2.", "the ratio was one to two, rotas would show", "en"),
        ("9 in 10 stopped work.", "nine in ten stopped work", "en"),
        ("9 in 10 stopped work.", "nueve de cada diez pararon", "es"),
        ("7 out of 10 agree.", "sieben von zehn stimmen zu", "de"),
        ("It was given at 1737 GMT.", "warnings at 1737 and 1739 GMT", "en"),
        ("The alert came on 5 March.", "l’alerte n’est arrivée que le 5.", "fr"),
        ("The alert came on 5 March.", "dass die Meldung erst am 5. kam", "de"),
        ("The alert came on 5 March.", "no llegó hasta el 5", "es"),
    ],
)
def test_a_ratio_and_a_bare_day_are_borne_out(claim: str, evidence: str, language: str) -> None:
    assert missing_numbers(claim, evidence, evidence_language=language) == ()


def test_another_ratio_and_another_day_are_missing() -> None:
    assert missing_numbers("The ratio is 1 to 4.", "the ratio was one to two") == ("1 to 4",)
    assert missing_numbers("It came on 6 March.", "le 5", evidence_language="fr") == ("6 March.",)


@pytest.mark.parametrize(
    ("language", "said", "claim"),
    [
        ("it", "L'intrusione è stata scoperta sabato alle nove e dieci.", "It was found at 9.10."),
        ("it", "Una sessantina di persone è venuta.", "About 60 people came."),
        ("nl", "Om kwart over drie stonden de bestanden online.", "They were online at 3:15."),
        ("nl", "Het eerste alarm ging om tien voor één.", "The first alarm came at 0:50."),
        ("pt", "Chegou às oito e meia com uma dúzia de colegas.", "He came at 8.30 with about 10."),
        ("sv", "Minst åtta personer och fjorton poliser har vårdats.", "14 officers were treated."),
        ("da", "De har tømt halve haller for mindre.", "Half halls were emptied for less."),
        (
            "pl",
            "Wypuszczono ją w nocy, po szesnastu godzinach.",
            "She left after 16 hours.",
        ),
        ("fi", "Kolme laukausta ammuttiin.", "3 shots were fired."),
        ("es", "Había bacterias en nueve de las doce muestras.", "9 of the 12 samples had it."),
        ("es", "La factura es de 30 docenas.", "The invoice is for 30 dozen."),
        ("de", "Am Mittag saßen sie noch auf dem Gehweg.", "At midday they still sat there."),
        ("de", "Die Gewalt begann gegen 19.40 Uhr.", "The violence began towards 19.40."),
        ("en", "The violence began towards 19.40.", "It began at 19:40."),
        ("de", "Das Telefon ist von 8 bis 18 Uhr besetzt.", "It is open from 8 to 18 o’clock."),
        ("de", "Das Telefon ist von 8 bis 18 Uhr besetzt.", "The line is open from 8 to 18."),
    ],
)
def test_what_a_language_may_word_in_a_way_that_is_not_read_is_no_doubt(
    language: str, said: str, claim: str
) -> None:
    assert missing_numbers(claim, said, "en", language) == ()


@pytest.mark.parametrize(
    ("language", "said", "claim"),
    [
        ("sv", "Minst åtta personer har vårdats.", "34 officers were treated."),
        ("pl", "Zatrzymano 23 osoby.", "87 people were held."),
        ("es", "Había bacterias en nueve de las doce muestras.", "9 of the 13 samples had it."),
        ("es", "Duró doce horas.", "It took 12 days."),
        ("de", "Am Mittag saßen sie noch auf dem Gehweg.", "At 11 they still sat there."),
    ],
)
def test_what_no_language_words_so_is_still_doubted(language: str, said: str, claim: str) -> None:
    assert missing_numbers(claim, said, "en", language) != ()


@pytest.mark.parametrize("language", ["it", "nl", "pt"])
def test_other_numbers_are_doubted_in_any_language(language: str) -> None:
    said = {
        "it": "Sono morte 412 persone, altre trentadue sono ferite.",
        "nl": "Er zijn 412 mensen omgekomen, tweeëndertig anderen zijn gewond.",
        "pt": "Morreram 412 pessoas, outras trinta e duas ficaram feridas.",
    }[language]
    assert missing_numbers("412 people died and 32 were hurt.", said, "en", language) == ()
    assert missing_numbers("421 people died.", said, "en", language) == ("421 people",)
    assert missing_numbers("34 people were hurt.", said, "en", language) == ("34 people",)


def test_another_number_in_a_compound_is_missing() -> None:
    found = missing_numbers(
        "An 8-year-old girl fell.", "Ein neunjähriges Mädchen stürzte.", "en", "de"
    )
    assert found == ("8-year-old",)


def test_a_scale_alone_is_no_number() -> None:
    assert missing_numbers("Was it million or billion?", "The fall was 240 crowns.") == ()
    assert missing_numbers("It was 240 million.", "The fall was 240 crowns.") == ("240 million",)


@pytest.mark.parametrize(
    ("claim", "said", "language"),
    [
        (
            "It cost 7.9 million with the pontoon.",
            "It cost 6.4 million; with its pontoon, 7.9.",
            "en",
        ),
        ("The result was 7.9 million.", "Il risultato scende da 7,9 a 4,1 milioni.", "it"),
        ("It fell short by 63 million, 7 million of it in May.", "7 des 63 millions en mai.", "fr"),
        ("Gusts reached 63 kilometres per hour.", "De windstoten van 63 kilometer per uur.", "nl"),
    ],
)
def test_a_unit_or_scale_may_be_left_out_or_worded_in_another_language(
    claim: str, said: str, language: str
) -> None:
    assert missing_numbers(claim, said, "en", language) == ()
    wrong = claim.replace("7.9", "9.7").replace("63", "36")
    assert missing_numbers(wrong, said, "en", language) != ()


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("The loss was 3 million.", "3 plants closed; the loss was 41 million."),
        ("The group lost 5 million.", "The group's 5 directors said that it lost 41 million."),
    ],
)
def test_a_digit_of_something_else_lends_no_million(claim: str, said: str) -> None:
    assert missing_numbers(claim, said)


def test_a_half_may_be_worded_in_another_language() -> None:
    assert missing_numbers("Half of the halls were cleared.", "Halve haller.", "en", "da") == ()
    assert missing_numbers("50 % of the halls were cleared.", "Halve haller.", "en", "da") != ()


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("1.57,84", "pt"),
        ("1:57,84", "de"),
        ("1:57.84", "en"),
        ("1 min 57,84", "sv"),
        ("une minute 57 secondes et 84 centièmes", "fr"),
    ],
)
def test_a_time_of_sport_is_read_part_by_part(told: str, language: str) -> None:
    evidence = f"{told}, 16 Bexara"
    assert missing_numbers("She ran 1:57.84 on the 16th.", evidence, "en", language) == ()
    assert missing_numbers("She ran 1:57.48 on the 16th.", evidence, "en", language)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("A 14-year-old did it.", "Das war einem Vierzehnjährigen zu danken."),
        ("A 24-hour strike began.", "Ein vierundzwanzigstündiger Streik begann."),
        ("The half-barriers closed.", "Die Halbschranken schlossen."),
    ],
)
def test_a_number_within_a_german_word_is_read_whole(claim: str, evidence: str) -> None:
    assert missing_numbers(claim, evidence, "en", "de") == ()
    assert missing_numbers(claim, "Das war so.", "en", "de")


def test_a_number_word_within_a_name_is_no_number() -> None:
    assert missing_numbers("The centre at Quay Nine closes.", "The Kade Negen centre closes.") == ()
    assert missing_numbers("Nine closed.", "The centre closes.") == ("Nine",)
    assert missing_numbers("At Quay nine closed.", "The centre closes.") == ("nine",)


def test_a_sum_may_be_told_without_its_currency() -> None:
    assert missing_numbers("9 million is shared.", "It costs 9 million euros.") == ()
    assert missing_numbers("9 million is shared.", "It costs 8 million euros.") == ("9 million",)


@pytest.mark.parametrize(
    ("claim", "evidence", "language", "missing"),
    [
        ("2 pupils died.", "Tot sind die Schüler Ada Roth (16) und Ben Li (15).", "de", ()),
        ("3 pupils died.", "Ada Roth, Ben Li et Carla Mo sont morts.", "fr", ()),
        ("2 pupils died.", "Ada Roth, Ben Li et Carla Mo sont morts.", "fr", ("2",)),
        ("2 pupils died.", "Ada Roth died, and many cried.", "en", ("2",)),
        ("2% of pupils died.", "Ada Roth and Ben Li died.", "en", ("2%",)),
    ],
)
def test_a_claim_may_count_the_names_that_stand_in_a_row(
    claim: str, evidence: str, language: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(claim, evidence, "en", language) == missing
