"""Articles with their versions, their scored links, and the validators of pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from factcheck.boundary import log_failure
from factcheck.digest.models import Arrival, to_number
from factcheck.digest.store.database import read_body
from factcheck.digest.store.schema import (
    articles,
    brought,
    editions,
    links,
    names,
    next_number,
    pages,
    put_row,
    versions,
)
from factcheck.errors import StoreError
from factcheck.models import Article, Excluded
from factcheck.persistence import write_document

CHUNK = 500
"""Articles that one query names, for databases limit that."""
AS_TEXT = "#text"
"""What is added to a feed for articles that were read from its own text, and not from a page."""
TITLE = re.compile(r'"title":\s*("(?:[^"\\]|\\.)+")')
"""The headline in the JSON of an article, where there is one."""
NEWEST = 20
"""Articles at one path that an address with another query is compared with."""


@dataclass(frozen=True)
class Held:
    """The latest text of an article, and the one before that an edition told of, if any.

    `id` is that of the article over all its texts. `arrival` tells whether the edition for which
    it was loaded brings the article, or another text of it. The `article` has the id `a7` of its
    version.
    """

    id: int
    article: Article
    source: str
    arrival: Arrival = "new"
    before: Article | None = None


def find_home(db: Connection, key: str) -> int | None:
    """The article that is known by a key, the newest where a file name was used again."""
    named = db.scalar(select(names.c.article).where(names.c.key == key))
    return named or db.scalar(select(articles.c.id).where(articles.c.key == key))


def find_owner(db: Connection, home: int) -> str:
    """The source that an article is read from."""
    return db.scalar(select(articles.c.source).where(articles.c.id == home)) or ""


def set_owner(db: Connection, home: int, source: str) -> None:
    """Read an article from another source from now on."""
    db.execute(update(articles).where(articles.c.id == home).values(source=source))


def load_latest(db: Connection, home: int) -> Row[*tuple[Any, ...]] | None:
    """The row of the latest text of an article."""
    query = select(versions).where(versions.c.article == home)
    return db.execute(query.order_by(versions.c.id.desc()).limit(1)).first()


def add_article(db: Connection, key: str, source: str) -> int:
    """A new article; a key that another one has, for its file name was used again, is counted."""
    home = next_number(db, articles.c.id)
    taken = select(articles.c.id).where(articles.c.key == key)
    free = key if db.scalar(taken) is None else f"{key}#{home}"
    db.execute(insert(articles).values(id=home, key=free, source=source, scored=""))
    return home


def keep_name(db: Connection, key: str, home: int) -> None:
    """Another key that an article is known by from now on."""
    put_row(db, names, {"key": key}, article=home)


def move(db: Connection, home: int, key: str) -> None:
    """Make a new key that of an article: it is looked at again there; it is known by both."""
    old = db.scalar(select(articles.c.key).where(articles.c.id == home))
    db.execute(update(articles).where(articles.c.id == home).values(key=key))
    keep_name(db, old or key, home)


def add_text(
    db: Connection, home: int, article: Article, seen: datetime, edition: str | None = None
) -> None:
    """A text of an article, told of by an edition or by none."""
    number = next_number(db, versions.c.id)
    named = article.model_copy(update={"id": f"a{number}"})
    db.execute(
        insert(versions).values(
            id=number,
            article=home,
            text_sha256=article.text_sha256,
            seen=seen,
            published=article.published,
            edition=edition,
            body=write_document(named),
        )
    )


def list_brought(db: Connection, home: int) -> dict[str, str]:
    """The hash of the text of an article that each way brought last."""
    rows = db.execute(select(brought).where(brought.c.article == home))
    return {row.source: row.text_sha256 for row in rows}


def set_brought(db: Connection, home: int, source: str, text_sha256: str) -> None:
    """Note the text of an article that a source brought."""
    put_row(db, brought, {"article": home, "source": source}, text_sha256=text_sha256)


def find_text(db: Connection, article: Article) -> int | None:
    """The article by which the outlet brought this very text; another one carries it anew."""
    rows = db.execute(select(versions).where(versions.c.text_sha256 == article.text_sha256))
    texts = ((row.article, to_article(row)) for row in rows)
    return next((home for home, known in texts if known and known.label == article.label), None)


def load_texts(db: Connection, ids: Sequence[int]) -> list[tuple[int, Article]]:
    """The latest texts of some articles that can be read back, newest first."""
    rows = db.execute(select(versions).where(versions.c.id.in_(_latest(ids)))).all() if ids else ()
    found = ((row.article, to_article(row)) for row in sorted(rows, key=lambda row: -row.id))
    return [(home, known) for home, known in found if known is not None]


def list_same_path(db: Connection, key: str) -> Sequence[int]:
    """The newest articles whose address differs in its query alone."""
    path = key.partition("?")[0]
    if not path.startswith("http"):
        return ()
    beside = or_(articles.c.key == path, articles.c.key.startswith(path + "?", autoescape=True))
    newest = select(articles.c.id).where(beside).order_by(articles.c.id.desc()).limit(NEWEST)
    return db.scalars(newest).all()


def list_titled(db: Connection, since: datetime) -> dict[str, list[int]]:
    """The articles of which a text came since then, by the headline of their latest one."""
    rows = db.execute(
        select(versions.c.article, versions.c.body)
        .where(versions.c.id.in_(_latest()))
        .where(versions.c.seen >= since)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        title = TITLE.search(row.body)
        if title:
            found.setdefault(json.loads(title[1]), []).append(row.article)
    return found


def list_keys(db: Connection) -> frozenset[str]:
    """The keys of all articles."""
    return frozenset((*db.scalars(select(articles.c.key)), *db.scalars(select(names.c.key))))


def list_recent(db: Connection, since: datetime, now: datetime) -> dict[str, list[str]]:
    """The addresses of articles published, or else seen, since then, by all their sources."""
    found: dict[str, dict[str, None]] = {}
    rows = db.execute(
        select(articles.c.source, brought.c.source, articles.c.key)
        .join(versions, versions.c.article == articles.c.id)
        .outerjoin(brought, brought.c.article == articles.c.id)
        .where(versions.c.id.in_(_latest()), articles.c.key.startswith("http"))
        .where(func.coalesce(versions.c.published, versions.c.seen) >= since)
        .where(came_since(since, now))
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
        .where(versions.c.id.in_(_latest()))
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
            select(versions, articles.c.source, articles.c.key)
            .join(articles, articles.c.id == versions.c.article)
            .where(versions.c.id.in_(_latest(wanted[start : start + CHUNK])))
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
        found.append(Held(row.article, article, row.source, arrival, earlier))
    return found, left


def to_article(row: Row[*tuple[Any, ...]]) -> Article | None:
    """The article in a row of `versions`; None, and a line in the log, where it is damaged."""
    try:
        return read_body(Article, row.body, f"the text a{row.id} of article {row.article}")
    except StoreError as error:
        log_failure(error, "reading a stored article")
        return None


def find_homes(db: Connection, texts: Iterable[str]) -> dict[str, int]:
    """The article that each text, by its id `a7`, belongs to."""
    wanted = versions.c.id.in_([to_number(text) for text in texts])
    rows = db.execute(select(versions.c.id, versions.c.article).where(wanted))
    return {f"a{row.id}": row.article for row in rows}


def _latest(ids: Sequence[int] = ()) -> Select[tuple[int]]:
    latest = select(func.max(versions.c.id)).group_by(versions.c.article)
    return latest.where(versions.c.article.in_(ids)) if ids else latest


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
    """Mark texts, by their article ids `a7`, as told of by an edition."""
    for text in texts:
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
