"""Which articles an edition counts to which story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, func, insert, select

from factcheck.digest.store.inbox import CHUNK
from factcheck.digest.store.schema import FINISHED, editions, memberships, number_of


def members(db: Connection, edition: str) -> dict[int, list[int]]:
    """The articles of each story of an edition, by their ids."""
    found: dict[int, list[int]] = {}
    rows = db.execute(
        select(memberships.c.story, memberships.c.article)
        .where(memberships.c.edition == edition)
        .order_by(memberships.c.story, memberships.c.article)
    )
    for story, article in rows:
        found.setdefault(story, []).append(article)
    return found


def find_lost(
    db: Connection, edition: str, known: Mapping[int, Iterable[int]], articles: Iterable[int]
) -> tuple[dict[int, list[int]], dict[int, str]]:
    """The stories that some articles were last in, and that an edition has no more.

    First their articles, then the last edition that had each. `known` are the articles of each
    story of the edition; only finished ones before it count.
    """
    kept = {article for several in known.values() for article in several}
    wanted = sorted({*articles} - kept)
    earlier = (
        select(memberships.c.article, memberships.c.story, memberships.c.edition, editions.c.number)
        .join(editions, editions.c.id == memberships.c.edition)
        .where(FINISHED, editions.c.number < number_of(edition))
        .order_by(editions.c.number)
    )
    last: dict[int, tuple[int, str, int]] = {}
    for start in range(0, len(wanted), CHUNK):
        few = wanted[start : start + CHUNK]
        for row in db.execute(earlier.where(memberships.c.article.in_(few))):
            last[row.article] = (row.number, row.edition, row.story)
    found: dict[int, list[int]] = {}
    sources: dict[int, str] = {}
    for _, source, story in sorted({*last.values()}, reverse=True):
        if story not in known and story not in found:
            found[story] = [one for one in members(db, source)[story] if one not in kept]
            sources[story] = source
            kept |= {*found[story]}
    return found, sources


def set_members(db: Connection, edition: str, stories: Mapping[int, Iterable[int]]) -> None:
    """Store which articles an edition counts to which story."""
    db.execute(delete(memberships).where(memberships.c.edition == edition))
    rows = [
        {"edition": edition, "story": story, "article": article}
        for story, several in stories.items()
        for article in several
    ]
    if rows:
        db.execute(insert(memberships), rows)


def last_number(db: Connection) -> int:
    """The highest number that a story of a finished edition has, 0 without any."""
    finished = editions, editions.c.id == memberships.c.edition
    return db.scalar(select(func.max(memberships.c.story)).join(*finished).where(FINISHED)) or 0
