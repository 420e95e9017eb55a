"""Articles from the network: what was fetched and its feed entry in, an `Article` out.

The page speaks first, the entry fills gaps. Where the page holds no article (a paywall, a
consent page, no answer at all) and the feed brought the full text, that is read instead.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit

from factcheck.articles.build import article_from_text
from factcheck.articles.decode import decode
from factcheck.articles.formats import Format
from factcheck.boundary import exclude_failed, is_failure
from factcheck.fetch.fetcher import Fetcher
from factcheck.fetch.models import Entry, Fetched, NotFetched, Request
from factcheck.fetch.pages import classify_page
from factcheck.fetch.urls import canonical_url, join_url, shown, strip_tracking
from factcheck.models import Article, Excluded, ExcludeReason
from factcheck.settings.fetch import FetchSettings

log = logging.getLogger(__name__)

KINDS: dict[str, Format] = {
    "": "html",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/xml": "html",
    "text/xml": "html",
    "text/plain": "txt",
    "text/markdown": "md",
}
GUESSED = frozenset({"address", "file-name", "unknown"})
"""What an outlet is only guessed from."""
_CANONICAL = re.compile(r"<link\b[^<>]*\brel=[\"']?canonical[\"'\s][^<>]*>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)


async def fetch_articles(urls: Sequence[str], settings: FetchSettings) -> list[Article | Excluded]:
    """The article of each URL, or why there is none, in their order; nothing is raised."""
    async with Fetcher(settings) as fetcher:
        answers = await fetcher.fetch_all([Request(url) for url in urls])
    # Off the loop: a hostile page can take its time.
    return [await asyncio.to_thread(make_article, answer, None) for answer in answers]


def make_article(
    fetched: Fetched | NotFetched, entry: Entry | None, outlet: str = ""
) -> Article | Excluded:
    """The article of a page, else of its entry, else why there is none. Raises nothing.

    `outlet` is the title of the feed, for pages that do not name their site.
    """
    try:
        taken = _from_page(fetched, entry, outlet)
        if isinstance(taken, Article) or entry is None or not entry.content:
            return taken
        instead = _from_entry(entry, outlet)
    except BaseException as error:
        if not is_failure(error):
            raise
        return exclude_failed(shown(fetched.url), error, "reading")

    if isinstance(instead, Excluded):
        return taken
    why = taken.detail or taken.reason
    log.info("%s: %s; the full text in the feed is read instead", taken.source, why)
    return instead


def _from_page(
    fetched: Fetched | NotFetched, entry: Entry | None, outlet: str
) -> Article | Excluded:
    if isinstance(fetched, NotFetched):
        reason = f"{fetched.reason}: {fetched.detail}"
        return _exclude(shown(fetched.url), reason, "not-reached")
    source = shown(fetched.final_url)
    kind = KINDS.get(fetched.content_type)
    text = decode(fetched.content, fetched.charset) if kind else None
    if kind is None or text is None:
        return _exclude(source, f"{fetched.content_type or 'what came'} is not read, only text")
    url = _canonical(text, fetched.final_url) if kind == "html" else fetched.final_url
    address, digest = strip_tracking(url), sha256(fetched.content).hexdigest()

    def read(**more: str) -> Article | Excluded:
        return article_from_text(
            text, source=source, kind=kind, metadata={"url": address, **more}, raw_sha256=digest
        )

    found = read()
    if isinstance(found, Article) and not found.title and entry and entry.title:
        found = read(title=entry.title)
    if kind == "html":
        sentences = () if isinstance(found, Excluded) else found.sentences
        body = " ".join(s.text for s in sentences if s.kind == "body")
        note = classify_page(text, fetched.final_url, body)
        if note.kind == "not an article" and isinstance(found, Excluded):
            return found.model_copy(update={"detail": f"{note.kind}: {note.detail}"})
        if note.kind != "article":
            kind_of: ExcludeReason = "paywall" if note.kind == "paywall" else "no-article"
            return _exclude(source, f"{note.kind}: {note.detail}", kind_of)
    if isinstance(found, Excluded):
        return found
    return set_outlet(_fill(found, entry) if entry else found, outlet)


def is_of_page(article: Article, fetched: Fetched) -> bool:
    """Whether an article was read from its page, and not from its text in the feed."""
    return article.raw_sha256 == sha256(fetched.content).hexdigest()


def set_outlet(article: Article, outlet: str) -> Article:
    """Replace an outlet that was only guessed, as from a host name, by the one given, if any."""
    named = {"outlet": outlet, "outlet_from": "metadata"}
    guessed = article.outlet_from in GUESSED
    return article.model_copy(update=named) if outlet and guessed else article


def _fill(article: Article, entry: Entry) -> Article:
    """Fill in what only the feed tells."""
    changes = _choose_published(article, entry)
    changes["byline"] = article.byline or entry.author
    told = entry.language[:2].lower()
    if article.language == "und" and re.fullmatch("[a-z]{2}", told):
        changes["language"] = told
    return article.model_copy(update=changes)


def _choose_published(article: Article, entry: Entry) -> dict[str, object]:
    """The feed's time where the page tells none, or only the day of it; else no change."""
    page, told = article.published, entry.published
    if page is None:
        told = told or entry.updated
    elif (
        article.published_precision != "day" or not told or abs(told - page) >= timedelta(hours=36)
    ):
        return {}
    return {"published": told, "published_precision": "minute", "zone_known": True} if told else {}


def _from_entry(entry: Entry, outlet: str) -> Article | Excluded:
    """The article that the feed itself brought."""
    page = f"<html><body><article><h1>{escape(entry.title)}</h1>{entry.content}</article></body>"
    metadata = {
        "title": entry.title,
        "outlet": outlet,
        "author": entry.author,
        "published": entry.published or entry.updated,
        "url": strip_tracking(entry.url),
        "language": entry.language,
    }
    return article_from_text(
        page,
        source=shown(entry.url) or entry.id,
        kind="html",
        metadata={key: value for key, value in metadata.items() if value},
        raw_sha256=sha256(entry.content.encode("utf-8", "replace")).hexdigest(),
    )


def _canonical(text: str, final_url: str) -> str:
    """The address that a page gives as its own, if that lies on the same host."""
    tag = _CANONICAL.search(text[:200_000])
    href = _HREF.search(tag[0]) if tag else None
    link = join_url(final_url, href[1].replace("&amp;", "&")) if href else ""
    same = urlsplit(canonical_url(link)).hostname == urlsplit(canonical_url(final_url)).hostname
    return link if link and same and urlsplit(link).path not in {"", "/"} else final_url


def _exclude(source: str, detail: str, reason: ExcludeReason = "unreadable") -> Excluded:
    return Excluded(source=source, reason=reason, detail=detail)
