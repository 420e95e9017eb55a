"""Which sentences are set side by side, and in what order."""

from __future__ import annotations

from itertools import combinations

import pytest

from factcheck.models import Article
from factcheck.report.reading_entries import quotation
from factcheck.sidebyside.lines import read_lines
from factcheck.sidebyside.models import Cluster
from factcheck.sidebyside.pairs import score_close_pairs
from tests.sidebyside.world import COURIER, HERALD, JOURNAL, article, read

FILLER = "Nothing else of any importance was heard from anybody in that remote place."
NO_QUOTES = str.maketrans("", "", "“”")
RUMOUR = "Another remark about an unrelated gathering of beekeepers stands right here."


def closeness(one: str, other: str) -> float:
    """How close two sentences in the middle of two articles are."""
    ones = article("a1", "A", FILLER, FILLER, one)
    others = article("a2", "B", RUMOUR, RUMOUR, other)
    return max(score_close_pairs(read_lines([ones, others])).values(), default=0.0)


def with_sentence(name: str, number: int) -> list[Cluster]:
    """The clusters of the two English articles that hold a sentence."""
    return [
        cluster
        for cluster in read(HERALD, COURIER).clusters
        if any(row.article == name and number in row.sentences for row in cluster.rows)
    ]


@pytest.mark.parametrize(("one", "other"), [(2, 1), (3, 2), (4, 3), (7, 4)])
def test_sentences_that_say_much_the_same_stand_together(one: int, other: int) -> None:
    (cluster,) = with_sentence("a1", one)
    assert {(row.article, row.sentences) for row in cluster.rows} == {
        ("a1", (one,)),
        ("a2", (other,)),
    }


def test_sentences_that_share_names_alone_do_not() -> None:
    found = read(
        article(
            "a1", "A", "Mayor Ada Brandt of Orle opened a new school in Kestrel Bay on Monday."
        ),
        article(
            "a2", "B", "Ada Brandt of Orle and Kestrel Bay fishermen argue over lobster quotas."
        ),
    )
    assert found.clusters == ()


@pytest.mark.parametrize(("name", "number"), [("a1", 10), ("a2", 6), ("a1", 1)])
def test_captions_headlines_and_teasers_form_no_cluster(name: str, number: int) -> None:
    assert with_sentence(name, number) == []


def test_the_first_sentences_of_two_articles_need_less_in_common() -> None:
    one = "The council of Orle voted on Monday to close the ferry line to Kestrel Bay."
    two = "Orle will lose its ferry line to Kestrel Bay after the council took a decision."

    opening = read_lines([article("a1", "A", one, FILLER), article("a2", "B", two, RUMOUR)])
    (first,) = score_close_pairs(opening).values()
    assert first > closeness(one, two) > 0


def test_words_that_both_quote_count_for_more() -> None:
    one = "The mayor of Orle called the plan “a gift to the shipping lobby” and left the hall."
    two = "For Ada Brandt the plan is “a gift to the shipping lobby”, nothing else."
    unquoted = closeness(one.translate(NO_QUOTES), two.translate(NO_QUOTES))
    assert closeness(one, two) > 1.2 * unquoted > 0


def test_near_verbatim_wording_is_marked_as_a_possible_copy() -> None:
    (quote,) = with_sentence("a1", 4)
    (lead,) = with_sentence("a1", 2)
    assert quote.copies == ("a1", "a2")
    assert quote.strength == "nearly-the-same-words"
    assert lead.copies == ()


def test_only_the_first_row_is_compared_with_nothing() -> None:
    for cluster in read(HERALD, COURIER).clusters:
        assert [row.strength is None for row in cluster.rows] == [True, False]


def test_the_most_carried_stands_first() -> None:
    third = article("a3", "Third", COURIER.sentence(1).text, "It rained on Wednesday in Orle.")
    found = read(HERALD, COURIER, third)
    sizes = [len(cluster.rows) for cluster in found.clusters]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 3
    assert [cluster.id for cluster in found.clusters] == [f"k{n + 1}" for n in range(len(sizes))]


def test_a_cluster_that_two_outlets_carry_stands_before_two_articles_of_one() -> None:
    twin = HERALD.model_copy(update={"id": "a3"})
    first = read(HERALD, twin, COURIER).clusters[0]
    assert {row.article for row in first.rows} == {"a1", "a2", "a3"}


def test_an_article_has_one_row_in_a_cluster() -> None:
    for cluster in read(HERALD, COURIER, JOURNAL).clusters:
        names = [row.article for row in cluster.rows]
        assert len(names) == len(set(names))


def test_a_second_sentence_of_an_article_joins_its_row() -> None:
    whole = "The rusty cable was never inspected, Brandt said, and the widows will get a pension."
    one = article(
        "a1",
        "A",
        "The rusty cable was never inspected by anybody, Ada Brandt said.",
        "The bells rang.",
        "The widows will get a pension from the town, Brandt said.",
    )
    (cluster,) = read(one, article("a2", "B", whole)).clusters
    assert {row.article: row.sentences for row in cluster.rows} == {"a1": (1, 3), "a2": (1,)}
    assert "[…] The widows" in quotation(one, (1, 3))
    assert "[…]" not in quotation(one, (1, 2))


def test_between_languages_names_and_numbers_are_matched_and_it_is_said() -> None:
    found = read(COURIER, JOURNAL).clusters
    (cluster,) = [one for one in found if one.basis == "names-and-numbers"]
    assert [(row.article, row.sentences) for row in cluster.rows] == [("a2", (2,)), ("a3", (2,))]
    assert cluster.strength == "in-part"


@pytest.mark.parametrize(("one", "other"), list(combinations((HERALD, COURIER, JOURNAL), 2)))
def test_the_order_of_two_articles_does_not_change_what_stands_together(
    one: Article, other: Article
) -> None:
    def together(*articles: Article) -> set[frozenset[tuple[str, tuple[int, ...]]]]:
        return {
            frozenset((row.article, row.sentences) for row in cluster.rows)
            for cluster in read(*articles).clusters
        }

    assert together(one, other) == together(other, one)


def test_what_no_cluster_holds_is_listed_as_standing_alone() -> None:
    found = read(HERALD, COURIER)
    alone = {(one.article, one.sentence): one for one in found.singles}
    assert alone["a1", 9].hedges == ("allegedly",)
    assert ("a1", 2) not in alone
    assert ("a1", 10) not in alone


def test_a_source_that_two_sentences_end_on_is_not_what_they_tell() -> None:
    ending = "according to Nordpress, the privately owned agency in Kestrel Bay."
    one = article("a1", "A", FILLER, FILLER, f"The harbour at Orle froze over, {ending}")
    other = article("a2", "B", RUMOUR, RUMOUR, f"A whale was seen near Brane, {ending}")
    same = article("a3", "C", RUMOUR, RUMOUR, f"The harbour of Orle is frozen, {ending}")
    assert read(one, other).clusters == ()
    assert len(read(one, same).clusters) == 1
