"""Order articles by time of publication, as far as what is known of it allows."""

from __future__ import annotations

from datetime import timedelta

from factcheck.models import Article

WIDEST_ZONE = timedelta(hours=14)


def is_before(one: Article, other: Article) -> bool:
    """Whether an article was certainly published before another.

    A day is not midnight: two articles of one day are not ordered if one has only the day.
    Two times without a zone are taken for one zone, since the articles tell of one event;
    one without and one with a zone are ordered where no zone could change it.
    """
    if one.published is None or other.published is None:
        return False
    if "day" in {one.published_precision, other.published_precision}:
        return one.published.date() < other.published.date()
    if one.zone_known == other.zone_known:
        return one.published < other.published
    return one.published + WIDEST_ZONE < other.published
