"""Hundreds of copies of one report: each is a carrier, and only what differs is compared."""

from __future__ import annotations

from datetime import UTC, datetime

from factcheck.articles import article_from_text
from factcheck.models import Article
from factcheck.sidebyside import read_side_by_side
from factcheck.sidebyside.lines import read_lines, set_twins_apart
from factcheck.sidebyside.models import SideBySide

NOW = datetime(2026, 3, 3, tzinfo=UTC)
FELL = "A crane fell onto the northern pier of Harl Bridge on Monday morning, divers reported."
HURT = "The falling crane injured 14 people who were waiting at the ferry landing in Harl."
MANY = 30


def copies(count: int) -> list[Article]:
    """So many articles with two very sentences and one of their own."""
    made = []
    for number in range(1, count + 1):
        own = f"Our reporter Anna{chr(96 + number % 26)} Vos wrote down street {number}00 herself."
        text = f"{FELL}\n\n{HURT}\n\n{own}"
        article = article_from_text(
            text, source=str(number), article_id=f"a{number}", metadata={"outlet": f"Post {number}"}
        )
        assert isinstance(article, Article)
        made.append(article)
    return made


def reading(count: int) -> SideBySide:
    """The reading of so many copies."""
    return read_side_by_side(copies(count), created=NOW)


def test_every_copy_has_its_row_and_its_amount() -> None:
    found = reading(MANY)
    for number in (1, 2):
        [cluster] = [one for one in found.clusters if one.rows[0].sentences == (number,)]
        assert [row.article for row in cluster.rows] == [f"a{n}" for n in range(1, MANY + 1)]
        assert {row.sentences for row in cluster.rows} == {(number,)}
        assert len(cluster.copies) == MANY
    [injured] = [one for one in found.comparisons if "people" in one.counts]
    assert injured.agreement == "the-same"
    assert {amount.article for amount in injured.amounts} == {f"a{n}" for n in range(1, MANY + 1)}


def test_more_copies_change_nothing_but_who_carries() -> None:
    few, many = reading(8), reading(MANY)
    assert [one.counts for one in few.comparisons] == [one.counts for one in many.comparisons]
    assert [one.strength for one in few.clusters[:2]] == [o.strength for o in many.clusters[:2]]
    placed = {(row.article, n) for c in many.clusters for row in c.rows for n in row.sentences}
    alone = {(one.article, one.sentence) for one in many.singles}
    assert not placed & alone


def test_what_is_compared_does_not_grow_with_copies_that_add_nothing() -> None:
    kept = [
        len([x for x in set_twins_apart(read_lines(copies(n))) if x.sentence.text == FELL])
        for n in (40, 80)
    ]
    assert kept[0] == kept[1]
