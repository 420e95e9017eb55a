"""Rules of proper names: which words are names, and which names are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.names import missing_names, names
from factcheck.language.spelling import same_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Orle met Ana Roth.", ("Orle", "Ana Roth")),
        ("Yesterday the Bank of England met.", ("Bank of England",)),
        ("Ana Roth’s brother left.", ("Ana Roth",)),
        ("France's President Jean de la Tour spoke.", ("France", "President Jean de la Tour")),
        ("On Tuesday in May the BBC saw F-16 jets.", ("BBC", "F-16")),
        ("Explosions rocked Orle. Damage was minor.", ("Orle",)),
        ("According to Roth, workers left.", ("Roth",)),
        ("Telling Marit Oske took four minutes.", ("Marit Oske",)),
        ("“We won,” said Roth. “I am glad.”", ("Roth",)),
        ("Officials in the U.S. agreed.", ("U.S.",)),
        ("The Russian fleet sailed.", ("Russian",)),
        ("Sanders spoke. People like Sanders.", ("Sanders",)),
        ("nothing here", ()),
    ],
)
def test_names_are_capitals_that_the_sentence_does_not_explain(
    text: str, expected: tuple[str, ...]
) -> None:
    assert names(text) == expected


@given(st.text(max_size=80))
def test_every_name_holds_a_capital_and_comes_once(text: str) -> None:
    found = names(text)
    assert len(set(found)) == len(found)
    assert all(any(letter.isupper() for letter in name) for name in found)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Volodymyr Zelensky", "Zelenskyy"),
        ("President Zelenskiy", "Volodymyr Zelensky"),
        ("Mykhailo Podolyak", "Mykhaïlo Podoliak"),
        ("Serhiy Nykyforov", "Sergii Nikiforov"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        ("Putin", "Vladimir Poutine"),
        ("kyiv", "Kiev"),
        ("J. Smith", "John Smith"),
        ("J.K. Rowling", "Joanne Rowling"),
        ("Dr. Ana Roth", "Roth"),
        ("Ana Roth", "Ana Maria Roth"),
        ("the Kremlin", "Kremlin"),
    ],
)
def test_spelling_titles_initials_and_surnames_alone_make_no_other_name(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("John Smith", "Jane Smith"),
        ("Dmitry Medvedev", "Dmitry Peskov"),
        ("Michelle Obama", "Barack Obama"),
        ("Bank of England", "Bank of Japan"),
        ("Prime Minister", "President"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Roth", ""),
        ("", ""),
    ],
)
def test_other_people_and_places_are_not_the_same(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@given(st.from_regex(r"[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){0,2}", fullmatch=True))
def test_a_name_is_the_same_as_itself_in_any_case(name: str) -> None:
    assert same_name(name, name.upper())


@pytest.mark.parametrize(
    ("claim", "evidence", "known"),
    [
        ("Russian guns hit Odesa.", "Russia shelled the port of Odessa.", ()),
        ("President Ana Roth left Orle.", "She left Orle.", ("Ana Roth is president.",)),
        ("Ukraine’s army withdrew.", "The Ukrainians withdrew.", ()),
        ("The United States agreed.", "The US agreed.", ()),
        ("British ships left.", "Britain sent ships home.", ()),
        ("Explosions were heard.", "Blasts were heard.", ()),
        ("On Tuesday it rained.", "It rained.", ()),
        ("Pro-Orle crowds marched.", "Crowds for Orle marched.", ()),
    ],
)
def test_inflection_abbreviation_and_the_rest_of_the_article_are_no_missing_name(
    claim: str, evidence: str, known: tuple[str, ...]
) -> None:
    assert missing_names(claim, evidence, known) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("Minister Ana Roth denied it.", "The minister denied it.", ("Minister Ana Roth",)),
        ("Boats left Orle for Brane.", "Boats left Orle.", ("Brane",)),
        ("Iran agreed.", "Iraq agreed.", ("Iran",)),
        ("The HIMARS arrived.", "The rockets arrived.", ("HIMARS",)),
    ],
)
def test_a_name_that_nobody_wrote_is_missing(
    claim: str, evidence: str, missing: tuple[str, ...]
) -> None:
    assert missing_names(claim, evidence) == missing


@given(st.text(max_size=80))
def test_a_text_lacks_no_name_of_itself(text: str) -> None:
    assert missing_names(text, text) == ()


def test_days_of_the_week_are_no_names_be_they_one_or_many() -> None:
    assert missing_names("The ground is checked on Mondays.", "it is checked each week") == ()
