"""Long articles are set side by side in time in proportion, and nothing close is missed."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.spelling import TITLES, name_keys, same_name
from tests.sidebyside.world import article, read

MANY = 1_000
MOST_SECONDS = 60.0


def test_many_values_of_one_kind_are_compared_where_a_rare_word_is_near() -> None:
    letters = ["".join(three) for three in product(ascii_lowercase[:12], repeat=3)]
    lines = [
        f"About {20 + n} people walked past the {word}ox gate in the morning."
        for n, word in enumerate(letters[:MANY])
    ]
    start = process_time()
    found = read(article("a1", "Herald", *lines), article("a2", "Courier", *lines)).comparisons
    assert process_time() - start < MOST_SECONDS
    assert len([one for one in found if one.agreement == "the-same"]) == MANY


WORDS = [
    "Xi",
    "Kim",
    "Kyiv",
    "Kiev",
    "Petrov",
    "Petrow",
    "Olena",
    "Elena",
    "Jinping",
    "J.",
    "Nunez",
]
NAMES = st.lists(st.sampled_from([*WORDS, *sorted(TITLES)[:5]]), max_size=3).map(" ".join)


@given(a=NAMES, b=NAMES)
def test_two_names_that_may_be_one_have_a_key_in_common(a: str, b: str) -> None:
    assert not same_name(a, b) or name_keys(a) & name_keys(b)
