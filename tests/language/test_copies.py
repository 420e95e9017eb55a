"""Rules of copies: containment, near copies, quotations and what they share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.copies import containment, find_shared_quote, near_copies, quotes

LONG = "the old bridge over the river was closed on monday because its pillars had moved"
OTHER = "nobody in the valley remembers a summer in which the wells ran dry so very early"


def test_a_part_of_a_text_is_wholly_contained_in_it_both_ways() -> None:
    part = " ".join(LONG.split()[2:10])
    assert containment(part, LONG) == containment(LONG, part) == 1.0


def test_texts_without_five_words_in_common_or_at_all_share_nothing() -> None:
    assert containment(LONG, OTHER) == 0.0
    assert containment("four words are few", LONG) == 0.0


@given(
    st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30)
)
def test_containment_is_a_symmetric_share(a: list[str], b: list[str]) -> None:
    left, right = " ".join(a), " ".join(b)
    assert 0.0 <= containment(left, right) == containment(right, left) <= 1.0


def test_near_copies_are_found_whatever_else_stands_around_them() -> None:
    texts = {"z": LONG, "m": OTHER, "a": f"{OTHER[:30]} and then {LONG.upper()}!"}
    assert near_copies(texts) == [("z", "a", containment(texts["z"], texts["a"]))]


def test_the_threshold_is_inclusive() -> None:
    half = " ".join([*LONG.split()[:10], "x", "y", "z", "v", "w", "u"])
    share = containment(LONG, half)
    assert [pair[:2] for pair in near_copies({"a": LONG, "b": half}, share)] == [("a", "b")]
    assert near_copies({"a": LONG, "b": half}, share + 0.01) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It fell. We ran.” he said, “twice”.", ("It fell. We ran.", "twice")),
        ('She said "no" and "never".', ("no", "never")),
        ("Il a dit « non merci ».", ("non merci",)),
        ("Er sagte „nein“ dazu.", ("nein",)),
        ("It was ‘the men’s fault’, he said.", ("the men’s fault",)),
        ("It was 'the men's fault', he said.", ("the men's fault",)),
        ("The men's and the women's boats", ()),
        ("“It went on\nand on.”", ("It went on",)),
        ("“[He] never came, Roth said, and “not once” did she call.", None),
    ],
)
def test_quotations_are_found_in_all_marks(text: str, expected: tuple[str, ...] | None) -> None:
    if expected is None:
        assert quotes(text)[-1] == "not once"
    else:
        assert quotes(text) == expected


@given(st.text(alphabet="ab “”\"'«».", max_size=60))
def test_a_quotation_stands_verbatim_in_its_text(text: str) -> None:
    assert all(quote and quote in text for quote in quotes(text))


def test_a_shared_quotation_is_given_as_the_first_text_spells_it() -> None:
    a = "“We will not leave Our homes, ever,” said Roth."
    b = 'Roth told us: "Believe me: we will not leave our homes. Never."'
    assert find_shared_quote(a, b, least=6) == "We will not leave Our homes"


def test_short_runs_and_words_outside_quotations_are_not_shared() -> None:
    a = "“We will not leave,” said Roth."
    assert find_shared_quote(a, "“We will not leave.”", least=6) == ""
    assert find_shared_quote(a, "“We will not leave.”", least=4) == "We will not leave"
    assert find_shared_quote(LONG, LONG, least=6) == ""
