"""Stable ids of stories from one edition to the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.digest.grouping import Merge, Split, Story, follow


def group(letters: str) -> frozenset[str]:
    return frozenset(letters)


def test_first_edition_numbers_stories_largest_first() -> None:
    found = follow([group("a"), group("bcd")], {}, 7)
    assert found.stories == (Story("s7", group("bcd")), Story("s8", group("a")))
    assert found.new == ("s7", "s8")
    assert found.next_number == 9
    assert (found.merges, found.splits) == ((), ())


def test_a_story_that_grows_or_shrinks_keeps_its_id() -> None:
    found = follow([group("abcx"), group("e")], {"s1": group("abc"), "s2": group("de")}, 3)
    assert found.stories == (Story("s1", group("abcx")), Story("s2", group("e")))
    assert (found.merges, found.splits, found.new) == ((), (), ())


def test_merged_stories_take_the_id_of_the_larger_one() -> None:
    found = follow([group("abcde")], {"s1": group("ab"), "s2": group("cde")}, 3)
    assert found.stories == (Story("s2", group("abcde")),)
    assert found.merges == (Merge(("s1",), "s2"),)
    assert found.next_number == 3


def test_the_larger_part_of_a_split_story_keeps_the_id() -> None:
    found = follow([group("ab"), group("cde")], {"s1": group("abcde")}, 2)
    assert found.stories == (Story("s1", group("cde")), Story("s2", group("ab")))
    assert found.splits == (Split("s1", ("s2",)),)
    assert found.merges == ()


def test_equal_parts_are_settled_by_the_older_story() -> None:
    found = follow([group("abcd")], {"s10": group("cd"), "s9": group("ab")}, 11)
    assert found.stories[0].id == "s9"
    assert found.merges == (Merge(("s10",), "s9"),)


def test_articles_that_left_the_window_are_no_split_and_their_story_no_merge() -> None:
    found = follow([group("b")], {"s1": group("ab"), "s2": group("cd")}, 3)
    assert found.stories == (Story("s1", group("b")),)
    assert (found.merges, found.splits) == ((), ())


def test_an_article_that_moves_to_a_known_story_is_no_split() -> None:
    found = follow([group("ab"), group("cdef")], {"s1": group("abc"), "s2": group("def")}, 3)
    assert {one.id: one.articles for one in found.stories} == {
        "s1": group("ab"),
        "s2": group("cdef"),
    }
    assert (found.merges, found.splits) == ((), ())


GROUPS = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def groups_of(homes: list[int]) -> list[frozenset[str]]:
    return [
        frozenset(letter for letter, home in zip("abcdefgh", homes, strict=True) if home == one)
        for one in sorted(set(homes))
    ]


@given(GROUPS, GROUPS)
def test_every_article_has_one_story_and_no_id_is_used_twice(
    before: list[int], after: list[int]
) -> None:
    first = follow(groups_of(before), {}, 1)
    known = {story.id: story.articles for story in first.stories}
    found = follow(groups_of(after), known, first.next_number)
    ids = [story.id for story in found.stories]
    assert len(set(ids)) == len(ids)
    assert sorted(a for story in found.stories for a in story.articles) == list("abcdefgh")
    gone = {name for merge in found.merges for name in merge.stories}
    assert gone == set(known) - set(ids)
    assert all(merge.into in ids for merge in found.merges)
    assert {part for split in found.splits for part in split.parts} <= set(found.new)


@given(GROUPS)
def test_the_same_groups_again_change_nothing(homes: list[int]) -> None:
    first = follow(groups_of(homes), {}, 1)
    known = {story.id: story.articles for story in first.stories}
    again = follow(list(reversed(groups_of(homes))), known, first.next_number)
    assert again.stories == first.stories
    assert (again.merges, again.splits, again.new) == ((), (), ())
