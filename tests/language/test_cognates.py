"""What a claim in English has in common with an article in another language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.cognates import foreign_names, marks
from factcheck.language.names import missing_names

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "foreign_claims.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")


def doubted(language: str, claim: str, at: int) -> tuple[str, ...]:
    """The names of a claim that the invented article of a language cannot have meant."""
    sentences = [sentence for code, sentence, _ in ROWS if code == language]
    cited = " ".join(sentences[max(0, at - 1) : at + 2])
    return foreign_names(claim, cited, " ".join(sentences), language)


def test_few_honest_names_are_doubted_where_nearly_all_are_written_otherwise() -> None:
    found = set()
    for language in LANGUAGES:
        claims = [claim for code, _, claim in ROWS if code == language]
        assert len(claims) >= 18
        found |= {(language, *doubted(language, c, at)) for at, c in enumerate(claims)}
    assert found - {(language,) for language in LANGUAGES} == {
        ("de", "Lake Constance"),
        ("de", "Bavarian Broadcasting"),
        ("fr", "Saints"),
        ("fr", "White House"),
        ("fr", "Basel"),
        ("fr", "Antwerp"),
        ("fr", "Beijing"),
        ("es", "Antwerp"),
        ("es", "Holy Week"),
        ("es", "Ombudsman"),
        ("nl", "Lille"),
        ("nl", "Pentecost"),
        ("nl", "Hague"),
        ("nl", "House of Representatives"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("The court heard Odalys Brenkamp on Monday.", "Odalys Brenkamp"),
        ("Finance Minister Odalys Brenkamp agreed.", "Finance Minister Odalys Brenkamp"),
        ("The works in Quillstadt cost 12 million.", "Quillstadt"),
        ("Odalys Brenkamp appealed.", "Odalys Brenkamp"),
        ("The gate of the Quillstadt was shut.", "Quillstadt"),
    ],
)
def test_a_name_that_no_language_makes_of_what_stands_there_is_doubted(
    language: str, claim: str, name: str
) -> None:
    assert doubted(language, claim, 5) == (name,)


@pytest.mark.parametrize(
    ("language", "sentence", "claim", "name"),
    [
        ("de", "Jutta Halbwachs schwieg.", "Jutta Morawetz was silent.", "Jutta Morawetz"),
        ("fr", "Solène Archambault a démissionné.", "Solène Vidal resigned.", "Solène Vidal"),
        ("es", "Habló Begoña Urrutia.", "Begoña Cifuentes spoke.", "Begoña Cifuentes"),
        ("it", "Lo dice Ivo Tessarin.", "Ivo Gambetta says so.", "Ivo Gambetta"),
        ("pt", "Anselmo Vilhena recusou.", "Anselmo Quadros refused.", "Anselmo Quadros"),
        ("nl", "Marleen Wouters zweeg.", "Marleen Hoekstra was silent.", "Marleen Hoekstra"),
    ],
)
def test_another_family_name_behind_a_first_name_is_doubted(
    language: str, sentence: str, claim: str, name: str
) -> None:
    assert foreign_names(claim, sentence, sentence, language) == (name,)


@pytest.mark.parametrize(
    ("language", "sentence", "claim"),
    [
        ("de", "In Wien brannte es.", "A fire broke out in Vienna."),
        ("fr", "Il vient d’Autriche.", "He comes from Austria."),
        ("it", "Lo scienziato olandese tace.", "A Dutch scientist is silent."),
        ("pt", "Foi a Marrocos.", "She went to Morocco."),
        ("nl", "Hij woont in Keulen.", "He lives in Cologne."),
        ("es", "Viajó a Nueva York.", "She travelled to New York."),
        ("it", "Il vertice dell’OTAN e della UE.", "Leaders of NATO and EU states met."),
        ("pt", "A Câmara do Porto recusou.", "Porto City Council refused."),
        ("pt", "O Porto é grande.", "Porto City Council is large."),
        ("de", "Die Ostsee steigt.", "Water rises in the Baltic Sea."),
        ("de", "In Haus 4 ging keine Sirene.", "No siren sounded in House 4."),
        ("it", "La scuola è in Inghilterra.", "The school is in England."),
        ("sv", "Det irländska bolaget teg.", "The Irish company was silent."),
        ("fr", "Elle vit en Écosse.", "She lives in Scotland."),
        ("ru", "Пётр Сомов уехал в Вену.", "Pyotr Somov left for Vienna."),
    ],
)
def test_what_may_be_translated_is_no_foreign_name(
    language: str, sentence: str, claim: str
) -> None:
    assert foreign_names(claim, sentence, sentence, language) == ()


def test_another_city_than_the_one_that_the_article_names_is_doubted() -> None:
    text = "In Prag brannte es am Montag."
    assert foreign_names("A fire broke out in Vienna.", text, text, "de") == ("Vienna",)


def test_a_speaker_of_the_claim_needs_no_support() -> None:
    text = "Das sagte er am Montag."
    claim = "Police saw Odalys Brenkamp."
    assert foreign_names(claim, text, text, "de", known="Odalys Brenkamp") == ()


def test_words_are_known_by_how_they_begin_and_numbers_by_value() -> None:
    german = marks("Elf Patienten der Intensivstation, 1.200 Briefe", "de")
    english = marks("11 patients in intensive care got 1,200 letters", "en")
    assert german & english == {"pati", "inte", "11", "1200"}


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(("de", "zh", "xx", "")))
def test_no_more_names_are_foreign_than_are_missing(claim: str, text: str, language: str) -> None:
    latin = f"{text} und noch etwas mehr dazu, damit die Schrift feststeht, in der es steht"
    assert {*foreign_names(claim, text, latin, language)} <= {*missing_names(claim, latin)}
