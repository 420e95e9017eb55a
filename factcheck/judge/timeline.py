"""Order articles by time of publication, as far as what is known of it allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from factcheck.models import Article

WIDEST_ZONE = timedelta(hours=14)


def has_one_zone(articles: Iterable[Article]) -> bool:
    """Whether all articles that print a zone print the same one.

    They tell of one event: a time without a zone is then taken for that zone's.
    """
    timed = (a for a in articles if a.published and a.published_precision == "minute")
    return len({a.published.utcoffset() for a in timed if a.published and a.zone_known}) <= 1


def is_before(one: Article, other: Article, *, one_zone: bool) -> bool:
    """Whether an article was certainly published before another.

    A day is not midnight: two articles of one day are not ordered if one has only the day, and
    nothing of that day comes after a live page, which goes on.
    Times without a zone are compared by the clock with each other, and with those that have
    one if `one_zone` says that all have the same; else only where no zone could change it.
    """
    if one.published is None or other.published is None:
        return False
    goes_on = any(sentence.moment for sentence in one.sentences)
    if goes_on or "day" in {one.published_precision, other.published_precision}:
        return one.published.date() < other.published.date()
    if one.zone_known == other.zone_known:
        return one.published < other.published
    if one_zone:
        return one.published.replace(tzinfo=None) < other.published.replace(tzinfo=None)
    return one.published + WIDEST_ZONE < other.published
