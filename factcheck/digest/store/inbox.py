"""What an edition is made of: the articles of its window, their scored pairs, and validators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from factcheck.digest.models import Arrival, to_number
from factcheck.digest.store.articles import AS_TEXT, GONE, select_latest, to_article
from factcheck.digest.store.schema import (
    articles,
    brought,
    editions,
    links,
    names,
    pages,
    put_row,
    versions,
)
from factcheck.models import Article, Excluded

CHUNK = 500
"""Articles that one query names, for databases limit that."""


@dataclass(frozen=True)
class Held:
    """The latest text of an article, and the one before that an edition told of, if any.

    `id` is that of the article over all its texts, `withdrawn` tells that this edition is the
    first to tell that its page is gone. `arrival` tells whether the edition for which
    it was loaded brings the article, or another text of it. The `article` has the id `a7` of its
    version.
    """

    id: int
    article: Article
    source: str
    arrival: Arrival = "new"
    before: Article | None = None
    withdrawn: bool = False


def list_keys(db: Connection) -> frozenset[str]:
    """The keys of all articles."""
    return frozenset((*db.scalars(select(articles.c.key)), *db.scalars(select(names.c.key))))


def list_recent(
    db: Connection, since: datetime, now: datetime, oldest: datetime
) -> dict[str, list[str]]:
    """The addresses of articles published, or else seen, since then, by all their sources.

    Also of those since `oldest` of which no page was read so far, only their text in a feed.
    """
    found: dict[str, dict[str, None]] = {}
    way = brought.alias()
    by = select(way.c.article).where(way.c.article == articles.c.id)
    as_text = way.c.source.endswith(AS_TEXT, autoescape=True)
    unread = and_(by.where(as_text).exists(), ~by.where(~as_text).exists())
    told = func.coalesce(versions.c.published, versions.c.seen)
    rows = db.execute(
        select(articles.c.source, brought.c.source, articles.c.key)
        .join(versions, versions.c.article == articles.c.id)
        .outerjoin(brought, brought.c.article == articles.c.id)
        .where(versions.c.id.in_(select_latest()), articles.c.key.startswith("http"))
        .where(
            or_(
                and_(told >= since, came_since(since, now)),
                and_(told >= oldest, came_since(oldest, now), unread),
            )
        )
        .order_by(articles.c.id)
    )
    for owner, other, key in rows:
        for source in {owner, (other or owner).removesuffix(AS_TEXT)}:
            found.setdefault(source, {})[key] = None
    return {source: [*keys] for source, keys in found.items()}


def list_window(db: Connection, since: datetime, now: datetime) -> list[int]:
    """The articles whose latest text came since then, or that no edition told of, by id."""
    rows = db.scalars(
        select(versions.c.article)
        .where(versions.c.id.in_(select_latest()))
        .where(or_(came_since(since, now), versions.c.edition.is_(None)))
        .order_by(versions.c.article)
    )
    return list(rows)


def came_since(since: datetime, now: datetime) -> ColumnElement[bool]:
    """Whether a text came since then.

    One that came after `now` came under a wrong clock. It came no later than the edition after
    the one that told of it, which tells when that was if it was made by a better clock.
    """
    telling = select(editions.c.number).where(editions.c.id == versions.c.edition)
    long_told = exists().where(
        editions.c.body.is_not(None),
        editions.c.made < since,
        editions.c.number > telling.correlate(versions).scalar_subquery(),
    )
    return and_(versions.c.seen >= since, or_(versions.c.seen <= now, ~long_told))


def load_held(
    db: Connection, ids: Iterable[int], edition: str, later: AbstractSet[str] = frozenset()
) -> tuple[list[Held], dict[int, Excluded]]:
    """These articles as an edition has them, in the order in which their texts came.

    `before` is only given where this edition is the first to tell of the latest text; what
    editions of `later` told of counts as told by nobody. Second come the articles that cannot
    be read back, by id.
    """
    wanted = sorted({*ids})
    rows = [
        row
        for start in range(0, len(wanted), CHUNK)
        for row in db.execute(
            select(versions, articles.c.source, articles.c.key, articles.c.gone)
            .join(articles, articles.c.id == versions.c.article)
            .where(versions.c.id.in_(select_latest(wanted[start : start + CHUNK])))
        )
    ]
    rows.sort(key=lambda row: int(row.id))
    here = {edition, *later}
    before = load_told_before(db, {*wanted}, here)
    found: list[Held] = []
    left: dict[int, Excluded] = {}
    for row in rows:
        article = to_article(row)
        if article is None:
            detail = "the stored article cannot be read back"
            name = row.key.removeprefix("file:")
            left[row.article] = Excluded(source=name, reason="failed", detail=detail)
            continue
        told = row.edition not in {None, *here}
        earlier = None if told else before.get(row.article)
        arrival: Arrival = "known" if told else "edited" if earlier is not None else "new"
        withdrawn = row.gone in {GONE, *here}
        found.append(Held(row.article, article, row.source, arrival, earlier, withdrawn))
    return found, left


def find_article_ids(db: Connection, texts: Iterable[str]) -> dict[str, int]:
    """The article that each text, by its id `a7`, belongs to."""
    wanted = versions.c.id.in_([to_number(text) for text in texts])
    rows = db.execute(select(versions.c.id, versions.c.article).where(wanted))
    return {f"a{row.id}": row.article for row in rows}


def load_told_before(
    db: Connection, wanted: AbstractSet[int], here: AbstractSet[str]
) -> dict[int, Article]:
    """For each article the latest text that an edition other than these told of."""
    found: dict[int, Article] = {}
    # Few articles are ever edited, and `ids` may be many: the database picks the few.
    edited = select(versions.c.article).group_by(versions.c.article).having(func.count() > 1)
    rows = db.execute(
        select(versions.c.id, versions.c.article, versions.c.body)
        .where(versions.c.article.in_(edited))
        .where(versions.c.edition.is_not(None))
        .where(versions.c.edition.not_in(here))
        .order_by(versions.c.id)
    )
    for row in rows:
        article = to_article(row) if row.article in wanted else None
        if article is not None:
            found[row.article] = article
    return found


def mark_told(db: Connection, texts: Iterable[str], edition: str) -> None:
    """Mark texts, by their article ids `a7`, as told of by an edition, and what is withdrawn."""
    told = {*texts}
    gone = select(versions.c.id, versions.c.article).join(articles).where(articles.c.gone == GONE)
    for row in db.execute(gone).all():
        if f"a{row.id}" in told:
            db.execute(update(articles).where(articles.c.id == row.article).values(gone=edition))
    for text in told:
        db.execute(
            update(versions)
            .where(versions.c.id == to_number(text), versions.c.edition.is_(None))
            .values(edition=edition)
        )


# --- how close articles are ---------------------------------------------------------------


def load_links(
    db: Connection, ids: Iterable[int]
) -> tuple[list[tuple[int, int, float]], dict[int, str]]:
    """The scored pairs among these articles; those of others have left the window and go.

    Second comes the text of each article for which its pairs were scored, "" for none.
    """
    wanted = {*ids}
    rows = db.execute(select(links.c.one, links.c.other, links.c.score)).all()
    gone = {i for a, b, _ in rows for i in (a, b)} - wanted
    replace_links(db, dict.fromkeys(gone, ""), [])  # one that comes back is scored anew
    kept = [(a, b, score) for a, b, score in rows if not {a, b} & gone]
    return kept, {
        row.id: row.scored for row in db.execute(select(articles.c.id, articles.c.scored))
    }


def replace_links(
    db: Connection, texts: Mapping[int, str], pairs: Sequence[tuple[int, int, float]]
) -> None:
    """Replace all pairs of some articles, given each with the text that they were scored for."""
    for one, text in texts.items():
        db.execute(links.delete().where(or_(links.c.one == one, links.c.other == one)))
        db.execute(update(articles).where(articles.c.id == one).values(scored=text))
    if pairs:
        rows = [{"one": a, "other": b, "score": score} for a, b, score in pairs]
        db.execute(insert(links), rows)


# --- conditional requests -----------------------------------------------------------------


def load_validators(db: Connection) -> dict[str, tuple[str, str]]:
    """ETag and Last-Modified by URL, as the servers gave them last."""
    return {row.url: (row.etag, row.last_modified) for row in db.execute(select(pages))}


def keep_validators(
    db: Connection, found: Mapping[str, tuple[str, str]], fetched: datetime
) -> None:
    """Store ETag and Last-Modified by URL, for the next conditional request."""
    for url, (etag, modified) in found.items():
        put_row(db, pages, {"url": url}, etag=etag, last_modified=modified, fetched=fetched)
