"""Lasting numbers of stories from one edition to the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.digest.grouping import follow


def group(letters: str) -> frozenset[str]:
    return frozenset(letters)


def test_first_edition_numbers_stories_largest_first() -> None:
    assert follow([group("a"), group("bcd")], {}, 7) == {7: group("bcd"), 8: group("a")}


def test_a_story_that_grows_or_shrinks_keeps_its_number() -> None:
    found = follow([group("abcx"), group("e")], {1: group("abc"), 2: group("de")}, 3)
    assert found == {1: group("abcx"), 2: group("e")}


def test_merged_stories_take_the_number_of_the_larger_one() -> None:
    found = follow([group("abcde")], {1: group("ab"), 2: group("cde")}, 3)
    assert found == {2: group("abcde")}


def test_the_larger_part_of_a_split_story_keeps_the_number() -> None:
    found = follow([group("ab"), group("cde")], {1: group("abcde")}, 2)
    assert found == {1: group("cde"), 2: group("ab")}


def test_equal_parts_are_settled_by_the_older_story() -> None:
    assert follow([group("abcd")], {10: group("cd"), 9: group("ab")}, 11) == {9: group("abcd")}


def test_articles_that_left_the_window_leave_the_others_their_number() -> None:
    assert follow([group("b")], {1: group("ab"), 2: group("cd")}, 3) == {1: group("b")}


def test_an_article_may_move_to_a_known_story() -> None:
    found = follow([group("ab"), group("cdef")], {1: group("abc"), 2: group("def")}, 3)
    assert found == {1: group("ab"), 2: group("cdef")}


GROUPS = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def groups_of(homes: list[int]) -> list[frozenset[str]]:
    return [
        frozenset(letter for letter, home in zip("abcdefgh", homes, strict=True) if home == one)
        for one in sorted(set(homes))
    ]


@given(GROUPS, GROUPS)
def test_every_article_has_one_story_and_a_new_number_was_never_used(
    before: list[int], after: list[int]
) -> None:
    first = follow(groups_of(before), {}, 1)
    number = len(first) + 1
    found = follow(groups_of(after), first, number)
    assert sorted(a for articles in found.values() for a in articles) == list("abcdefgh")
    new = sorted(found.keys() - first.keys())
    assert new == [*range(number, number + len(new))]
    assert all(found[story] & first[story] for story in found.keys() & first.keys())


@given(GROUPS)
def test_the_same_groups_again_change_nothing(homes: list[int]) -> None:
    first = follow(groups_of(homes), {}, 1)
    assert follow(list(reversed(groups_of(homes))), first, len(first) + 1) == first
