"""Articles with their keys and their texts: what an article is known by, and what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from factcheck.boundary import log_failure
from factcheck.digest.store.database import read_body
from factcheck.digest.store.schema import articles, brought, names, next_number, put_row, versions
from factcheck.errors import StoreError
from factcheck.models import Article
from factcheck.persistence import write_document

AS_TEXT = "#text"
"""What is added to a feed for articles that were read from its own text, and not from a page."""
TITLE = re.compile(r'"title":\s*("(?:[^"\\]|\\.)+")')
"""The headline in the JSON of an article, where there is one."""
MISSED, GONE = "missed", "gone"
"""What is known of a page that is not there: not found for the first time, or gone for good."""
NEWEST = 20
"""Articles at one path that an address with another query is compared with."""


def find_id(db: Connection, key: str) -> int | None:
    """The article that is known by a key, the newest where a file name was used again."""
    named = db.scalar(select(names.c.article).where(names.c.key == key))
    return named or db.scalar(select(articles.c.id).where(articles.c.key == key))


def find_owner(db: Connection, article_id: int) -> str:
    """The source that an article is read from."""
    return db.scalar(select(articles.c.source).where(articles.c.id == article_id)) or ""


def set_owner(db: Connection, article_id: int, source: str) -> None:
    """Read an article from another source from now on."""
    db.execute(update(articles).where(articles.c.id == article_id).values(source=source))


def load_latest(db: Connection, article_id: int) -> Row[*tuple[Any, ...]] | None:
    """The row of the latest text of an article."""
    query = select(versions).where(versions.c.article == article_id)
    return db.execute(query.order_by(versions.c.id.desc()).limit(1)).first()


def add_article(db: Connection, key: str, source: str) -> int:
    """A new article; a key that another one has, for its file name was used again, is counted."""
    article_id = next_number(db, articles.c.id)
    taken = select(articles.c.id).where(articles.c.key == key)
    free = key if db.scalar(taken) is None else f"{key}#{article_id}"
    db.execute(insert(articles).values(id=article_id, key=free, source=source, scored=""))
    return article_id


def keep_name(db: Connection, key: str, article_id: int) -> None:
    """Another key that an article is known by from now on."""
    put_row(db, names, {"key": key}, article=article_id)


def move_article(db: Connection, article_id: int, key: str) -> None:
    """Make a new key that of an article: it is looked at again there; it is known by both."""
    old = db.scalar(select(articles.c.key).where(articles.c.id == article_id))
    db.execute(update(articles).where(articles.c.id == article_id).values(key=key))
    keep_name(db, old or key, article_id)


def add_text(
    db: Connection, article_id: int, article: Article, seen: datetime, edition: str | None = None
) -> None:
    """A text of an article, told of by an edition or by none."""
    number = next_number(db, versions.c.id)
    named = article.model_copy(update={"id": f"a{number}"})
    db.execute(
        insert(versions).values(
            id=number,
            article=article_id,
            text_sha256=article.text_sha256,
            seen=seen,
            published=article.published,
            edition=edition,
            body=write_document(named),
        )
    )


def list_brought(db: Connection, article_id: int) -> dict[str, str]:
    """The hash of the text of an article that each way brought last."""
    rows = db.execute(select(brought).where(brought.c.article == article_id))
    return {row.source: row.text_sha256 for row in rows}


def set_brought(
    db: Connection, article_id: int, source: str, article: Article, *, whole: bool
) -> None:
    """Note the text of an article that a source brought, also the `whole` of it."""
    body = write_document(article) if whole else ""
    found = {"text_sha256": article.text_sha256, "body": body}
    put_row(db, brought, {"article": article_id, "source": source}, **found)


def load_brought(db: Connection, article_id: int, source: str) -> Article | None:
    """The text of an article that a source brought last; None where it is not kept."""
    row = db.execute(select(brought).filter_by(article=article_id, source=source)).first()
    if row is None or row.body:
        return to_article(row) if row else None
    kept = select(versions).filter_by(article=article_id, text_sha256=row.text_sha256)
    version = db.execute(kept.order_by(versions.c.id.desc()).limit(1)).first()
    return to_article(version) if version else None


def note_gone(db: Connection, article_id: int, *, sure: bool) -> None:
    """Note that the page from which an article was read is gone, or was missed once."""
    state = db.scalar(select(articles.c.gone).where(articles.c.id == article_id))
    if state in {"", MISSED} and any(AS_TEXT not in by for by in list_brought(db, article_id)):
        now = GONE if sure or state else MISSED
        db.execute(update(articles).where(articles.c.id == article_id).values(gone=now))


def note_there(db: Connection, ids: Container[int]) -> None:
    """Note that the pages of some articles are there."""
    for article_id in db.scalars(select(articles.c.id).where(articles.c.gone != "")).all():
        if article_id in ids:
            db.execute(update(articles).where(articles.c.id == article_id).values(gone=""))


def find_text(db: Connection, article: Article) -> int | None:
    """The article by which the outlet brought this very text; another one carries it anew."""
    rows = db.execute(select(versions).where(versions.c.text_sha256 == article.text_sha256))
    texts = ((row.article, to_article(row)) for row in rows)
    return next(
        (article_id for article_id, known in texts if known and known.label == article.label), None
    )


def load_texts(db: Connection, ids: Sequence[int]) -> list[tuple[int, Article]]:
    """The latest texts of some articles that can be read back, newest first."""
    rows = (
        db.execute(select(versions).where(versions.c.id.in_(select_latest(ids)))).all()
        if ids
        else ()
    )
    found = ((row.article, to_article(row)) for row in sorted(rows, key=lambda row: -row.id))
    return [(article_id, known) for article_id, known in found if known is not None]


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
        .where(versions.c.id.in_(select_latest()))
        .where(versions.c.seen >= since)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        title = TITLE.search(row.body)
        if title:
            found.setdefault(json.loads(title[1]), []).append(row.article)
    return found


def select_latest(ids: Sequence[int] = ()) -> Select[tuple[int]]:
    """The number of the latest text of each article, or of each of some."""
    newest = select(func.max(versions.c.id)).group_by(versions.c.article)
    return newest.where(versions.c.article.in_(ids)) if ids else newest


def to_article(row: Row[*tuple[Any, ...]]) -> Article | None:
    """The article in a row that holds one; None, and a line in the log, where it is damaged."""
    try:
        return read_body(Article, row.body, f"a text of article {row.article}")
    except StoreError as error:
        log_failure(error, "reading a stored article")
        return None
