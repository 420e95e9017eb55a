"""Read the configured sources: the articles that came, and what was not reached.

Files are read in place; feeds, pages and lists of URLs go through the guarded fetcher. One
bad source never stops the others: it is a line of the coverage. Nothing is stored here.
"""

from __future__ import annotations

import asyncio
import glob
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from factcheck.articles.read import files_in, read_file
from factcheck.boundary import is_failure, log_failure
from factcheck.digest.models import SourceKind
from factcheck.digest.newsroom import Newsroom
from factcheck.fetch.articles import is_of_page, make_article, set_outlet
from factcheck.fetch.feeds import read_feed
from factcheck.fetch.fetcher import Fetcher
from factcheck.fetch.models import Entry, Feed, Fetched, NotFetched, Request
from factcheck.fetch.urls import canonical_url, shown
from factcheck.files import read_text
from factcheck.language.visible import clean_name
from factcheck.models import Article, Excluded, Remark
from factcheck.settings.digest import SourceSettings
from factcheck.settings.loader import Settings

Validators = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Arrival:
    """An article as it came; `key` tells it from all others, whatever its text becomes.

    It is the address of the article, else where it lies. `also` are other keys that it is known
    by, `formerly` is that of earlier versions of the program. `place` is where a file with an
    address lies, `as_text` tells that the text is that of the feed, and not of a page.
    """

    key: str
    article: Article
    also: tuple[str, ...] = ()
    formerly: str = ""
    place: str = ""
    as_text: bool = False


@dataclass(frozen=True)
class Delivered:
    """What one source brought.

    `source` tells it from all others (`name_source`). `found` counts what it holds, also what is
    known and was not looked at again. `unchanged` are the keys of pages that are as they were.
    `gone` are those of pages that are there no more, and whether the server is sure of it.
    `problems` say what was not reached, `notes` what is odd. `validators` are those of the
    answers, by URL.
    """

    name: str = ""
    kind: SourceKind = "feed"
    source: str = ""
    found: int = 0
    arrivals: tuple[Arrival, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: Mapping[str, bool] = field(default_factory=dict)
    left: tuple[Excluded, ...] = ()
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    validators: Validators = field(default_factory=dict)


@dataclass(frozen=True)
class SourceContext:
    """What sources are read with.

    `keys` are the articles that the store holds, `recent` the addresses of those of each feed
    that are looked at again for edits, `validators` what servers said last.
    """

    newsroom: Newsroom
    fetcher: Fetcher
    keys: frozenset[str]
    recent: Mapping[str, Sequence[str]]
    validators: Validators


async def read_source(source: SourceSettings, reach: SourceContext) -> Delivered:
    """What one source brings; one that fails is a line of the coverage."""
    kind, name, identity = name_source(source)
    try:
        if kind == "feed":
            brought = await deliver_feed(source, identity, reach)
        elif kind == "urls":
            brought = await deliver_list(source, reach)
        else:
            brought = await asyncio.to_thread(deliver_files, source, name, reach)
    except BaseException as error:
        if not is_failure(error):
            raise
        brought = make_problem(code="failed", text=log_failure(error, "reading the source"))
    arrivals = tuple(
        replace(one, article=set_outlet(one.article, source.outlet)) for one in brought.arrivals
    )
    return replace(brought, name=name, kind=kind, source=identity, arrivals=arrivals)


def make_problem(*, code: str, text: str) -> Delivered:
    """The result of a source that brought nothing, with the reason."""
    return Delivered(problems=(Remark(code=code, text=text),))


def name_source(source: SourceSettings) -> tuple[SourceKind, str, str]:
    """The kind of a source, its name for people, and its identity.

    That tells it from all others, whatever it is called, and is never shown.
    """
    kind: SourceKind = "urls"
    if source.folder is not None:
        kind, name, identity = "folder", source.folder.name, source.folder.as_posix()
    elif source.files:
        kind, name, identity = "files", source.files, source.files
    elif source.feed:
        kind, name, query = "feed", shown(source.feed), urlsplit(canonical_url(source.feed)).query
        identity = name + ("?" + query if query else "")
    elif isinstance(source.urls, Path):
        name, identity = source.urls.name, source.urls.as_posix()
    else:
        name, identity = "URLs", source.name or "URLs"
    return kind, source.name or name, identity


# --- files ----------------------------------------------------------------------------


def deliver_files(source: SourceSettings, name: str, reach: SourceContext) -> Delivered:
    """The articles of a folder or of a pattern."""
    try:
        found, closed = list_files(source, reach.newsroom.folder, reach.newsroom.settings)
    except NotADirectoryError as error:
        return make_problem(code="missing", text=str(error))
    except OSError as error:
        return make_problem(code="unreadable", text=f"cannot be read: {error.strerror}")
    read = [read_file(path, f"{name}/{place}") for place, path in found]
    shut = [one.model_copy(update={"source": f"{clean_name(name)}/{one.source}"}) for one in closed]
    keys = [name_file(path, reach.newsroom.folder) for _, path in found]
    return Delivered(
        found=len(found),
        arrivals=tuple(
            Arrival(canonical_url(a.url) or key, a, formerly=f"file:{a.source}", place=key)
            for a, key in zip(read, keys, strict=True)
            if isinstance(a, Article)
        ),
        left=(*shut, *(item for item in read if isinstance(item, Excluded))),
    )


def name_file(path: Path, folder: Path) -> str:
    """The key of a file: where it lies, from the folder of factcheck.toml if it is in there."""
    place = os.path.abspath(path)  # noqa: PTH100 (a link is not followed)
    inside = os.path.join(os.path.abspath(folder), "")  # noqa: PTH100, PTH118 (as above)
    told = os.fsencode(place.removeprefix(inside)).decode("utf-8", "backslashreplace")
    return f"file:{Path(told).as_posix()}"


def list_files(
    source: SourceSettings, folder: Path, settings: Settings
) -> tuple[list[tuple[str, Path]], list[Excluded]]:
    """Files with the names that a reader knows them by, and folders not looked into.

    What the digest itself wrote is no article. Raises `NotADirectoryError` where there is no
    such folder, `OSError` where it is shut.
    """
    closed: list[Excluded] = []
    if source.folder is not None:
        if not (folder / source.folder).is_dir():
            raise NotADirectoryError("the folder does not exist")
        found, closed = files_in(folder / source.folder)
    else:
        places = sorted(glob.glob(source.files, root_dir=folder, recursive=True))  # noqa: PTH207 (the pattern may be absolute)
        files = ((Path(place).name, folder / place) for place in places)
        found = [one for one in files if not os.path.isdir(one[1])]  # noqa: PTH112 (which raises for a path too long)
    own = os.path.join(os.path.realpath(folder / settings.digest.output), "")  # noqa: PTH118 (real paths are texts)
    return [one for one in found if not os.path.realpath(one[1]).startswith(own)], closed


# --- the web ----------------------------------------------------------------------------


async def deliver_feed(source: SourceSettings, identity: str, reach: SourceContext) -> Delivered:
    """The articles that a feed names: those not known, and young ones again for edits.

    Young ones are looked at again also where the feed is as it was, or names them no more.
    """
    answer = await reach.fetcher.fetch(make_request(source.feed, reach))
    if isinstance(answer, NotFetched):
        return make_problem(code=answer.reason.lower().replace(" ", "-"), text=answer.detail)
    feed = Feed()
    if not answer.not_modified:
        feed = await asyncio.to_thread(
            parse_feed, answer, reach.newsroom.settings, reach.newsroom.now
        )
    recent = {canonical_url(url): url for url in reach.recent.get(identity, ())}
    young = [
        e
        for e in feed.entries
        if (e.published or e.updated or reach.newsroom.now) >= reach.newsroom.oldest
    ]
    wanted = [
        e
        for e in young
        if canonical_url(e.url) not in reach.keys
        or canonical_url(e.url) in recent
        or (e.updated or e.published or reach.newsroom.oldest) >= reach.newsroom.recheck
    ]
    named = {canonical_url(e.url) for e in feed.entries}
    wanted += [Entry(id=url, url=url) for key, url in recent.items() if key not in named]
    taken = await fetch_entries(
        wanted, reach, via=answer.final_url, outlet=feed.title, feed=identity
    )
    broken = (Remark(code="feed", text=feed.problem),) if feed.problem else ()
    # A feed that has nothing new is not sent again: so only once all that it named was read.
    validators = dict(taken.validators) | ({} if taken.left else to_validators(answer))
    return replace(
        taken,
        found=len(wanted if answer.not_modified else young),
        problems=(*broken, *taken.problems),
        notes=(Remark(code="feed", text=feed.note),) if feed.note else (),
        validators=validators,
    )


def parse_feed(answer: Fetched, settings: Settings, now: datetime) -> Feed:
    """The feed in an answer, with as many entries as are read of one."""
    most = settings.fetch.max_entries
    found = answer.content, answer.final_url, answer.content_type
    return read_feed(*found, now=now, max_entries=most)


async def deliver_list(source: SourceSettings, reach: SourceContext) -> Delivered:
    """The articles at a list of URLs, which may stand in a file."""
    try:
        urls = list_urls(source, reach.newsroom.folder)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        return make_problem(code="unreadable", text=f"the list cannot be read: {reason}")
    return await fetch_entries([Entry(id=url, url=url) for url in urls], reach)


def list_urls(source: SourceSettings, folder: Path) -> list[str]:
    """Addresses, each once: those that are set, or in a file, where `#` opens a remark."""
    if not isinstance(source.urls, Path):
        return [*dict.fromkeys(source.urls)]
    text = read_text(folder / source.urls)
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [*dict.fromkeys(line for line in lines if line and not line.startswith("#"))]


async def fetch_entries(
    entries: Sequence[Entry],
    reach: SourceContext,
    *,
    via: str = "",
    outlet: str = "",
    feed: str = "",
) -> Delivered:
    """Fetch what entries name, each address once; `feed` tells their numbers from those of others.

    An entry that has no address, or shares it with others, is read from the feed alone.
    """
    once = {find_key(entry, feed): entry for entry in entries}
    asked = {key: make_request(e.url, reach, via=via) for key, e in once.items() if e.has_page}
    answers = await reach.fetcher.fetch_all([*asked.values()])
    found = dict(zip(asked, answers, strict=True))
    arrivals: list[Arrival] = []
    unchanged: list[str] = []
    left: list[Excluded] = []
    validators: dict[str, tuple[str, str]] = {}
    for key, entry in once.items():
        answer = found.get(key) or NotFetched(entry.id, "bad URL", "the entry has no address")
        if isinstance(answer, Fetched) and answer.not_modified:
            unchanged.append(key)
            continue
        known = isinstance(answer, NotFetched) and key in reach.keys and entry.has_page
        told = replace(entry, content="") if known else entry  # what is known of it stands
        # Off the loop: a hostile page can take its time.
        taken = await asyncio.to_thread(make_article, answer, told, outlet)
        if isinstance(taken, Excluded):
            left.append(taken)
            continue
        arrivals.append(make_arrival(key, taken, entry, answer, feed))
        if isinstance(answer, Fetched):
            validators |= to_validators(answer)
    lost = {key: one.reason for key, one in found.items() if isinstance(one, NotFetched)}
    # Of a site that finds none of several pages nobody knows whether they are gone.
    sure = {"gone"} if len(lost) == len(found) > 1 else {"gone", "not found"}
    gone = {key: why == "gone" for key, why in lost.items() if why in sure and key in reach.keys}
    unreached = [item for item in left if item.reason == "not-reached"]
    text = f"{len(unreached)} of {len(asked)} pages not reached"
    return Delivered(
        found=len(entries),
        arrivals=tuple(arrivals),
        unchanged=tuple(unchanged),
        gone=gone,
        left=tuple(left),
        problems=(Remark(code="pages-not-reached", text=text),) if unreached else (),
        validators=validators,
    )


def find_key(entry: Entry, feed: str) -> str:
    """The key of an entry: its address, else its number in the feed."""
    if entry.has_page:
        return canonical_url(entry.url) or entry.url
    return f"entry:{feed}#{entry.id}"


def make_arrival(
    key: str, article: Article, entry: Entry, answer: Fetched | NotFetched, feed: str
) -> Arrival:
    """An article with all the keys that it came with."""
    if not entry.has_page:
        return Arrival(key, article, formerly=entry.id, as_text=True)
    page = isinstance(answer, Fetched) and is_of_page(article, answer)
    led = (answer.final_url, article.url) if isinstance(answer, Fetched) and page else ()
    number = f"{feed}#{entry.id}" if feed and canonical_url(entry.id) != key else ""
    also = dict.fromkeys((*map(canonical_url, led), number))
    return Arrival(
        key, article, tuple(one for one in also if one not in {"", key}), as_text=not page
    )


def make_request(url: str, reach: SourceContext, *, via: str = "") -> Request:
    """A request that a server need not answer in full where nothing is new."""
    etag, modified = reach.validators.get(canonical_url(url), ("", ""))
    return Request(url, etag=etag, last_modified=modified, via=via)


def to_validators(answer: Fetched) -> dict[str, tuple[str, str]]:
    """What makes the next request for this URL conditional."""
    if not (answer.etag or answer.last_modified):
        return {}
    return {canonical_url(answer.url): (answer.etag, answer.last_modified)}
