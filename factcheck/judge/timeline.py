"""Order articles by time of publication, as far as what is known of it allows."""

from __future__ import annotations

from datetime import timedelta

from factcheck.models import Article

WIDEST_ZONE = timedelta(hours=14)
"""As far from UTC as any zone is."""


def is_before(one: Article, other: Article) -> bool:
    """Whether an article was certainly published before another.

    A day is not midnight: two articles of one day are not ordered if one has only the day, and
    nothing of that day comes after a live page, which goes on, nor of the days up to that of an
    update. Times without a zone are compared by the clock with each other, and with those that
    have one only where no zone could change it.
    """
    if one.published is None or other.published is None:
        return False
    if one.later_day is not None:
        return one.later_day.date() < other.published.date()
    goes_on = any(sentence.moment for sentence in one.sentences)
    if goes_on or "day" in {one.published_precision, other.published_precision}:
        return one.published.date() < other.published.date()
    if one.zone_known == other.zone_known:
        return one.published < other.published
    return one.published + WIDEST_ZONE < other.published
