"""Read what a page says of itself: JSON-LD, `<meta>` tags, `<time>`, the tail of its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import Any

from factcheck.articles.lines import squeeze
from factcheck.articles.marks import find_agency
from factcheck.articles.outlet import is_kicker, is_media_name

_TYPES = re.compile(r"article|liveblogposting|blogposting", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"archive\.(?:ph|is|today|md|li|fo|vn|org)|(?:the )?(?:internet archive|wayback machine).*",
    re.IGNORECASE,
)
# What scripts of old are wrapped in: "//<![CDATA[ ... //]]>", "<!-- ... -->".
_WRAPPED = re.compile(
    r"\A\s*(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>\s*(?:\*/)?|-->)\s*\Z"
)
_TRANSLATED = re.compile(r"-x-mt|\btranslated-(?:ltr|rtl)\b")
_NAMED_IN = ("a", "span", "div", "b", "strong", "td")  # where a page has its own name
_LONGEST = 1_000_000  # characters of JSON-LD
_TAIL = re.compile(r"\s+[-–—|·•:»«]+\s+|\s*\|\s*|:\s")


def read_page_metadata(tree: Any) -> Iterator[tuple[str, object]]:
    """What the page says of itself, by front matter keys; later pairs win.

    The key `types` has the schema.org types of the article, in lower case, `body` its text as
    only the data have it, which nobody who looks at the page can see.
    """
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        tags.setdefault(key, (meta.get("content") or "").strip())
    scripts = list(_read_nodes(tree))
    # Of the first article that JSON-LD describes.
    h1 = [squeeze(e.text_content()) for e in tree.iter("h1")][:3]
    articles = [found for nodes in scripts for found in _read_articles(nodes)]
    own = (one for one in articles if squeeze(str(one.get("title", ""))) in h1)
    described = next(own, articles[0] if articles else {})
    times = _list_times(tree)
    headlines = [str(described.get("title", "")), tags.get("og:title", "")]
    headlines += [" ".join(h1.text_content().split()) for h1 in list(tree.iter("h1"))[:3]]
    updated = tags.get("article:modified_time") or tags.get("og:updated_time")
    pairs = (
        ("language", tree.get("lang") or ""),
        # For want of the time of publication, as of a live page that tells only its last entry's.
        ("date", updated or ("" if described.get("date") else described.get("updated", ""))),
        ("updated", updated),
        ("date", _read_page_date(scripts)),
        ("title", headlines[2] if len(headlines) > 2 else ""),
        ("date", times[0] if times else ""),
        ("date", tags.get("date") or tags.get("pubdate") or tags.get("datepublished")),
        ("outlet", _read_home_link(tree, tags.get("og:url", ""))),
        ("outlet", described.pop("organization", "")),
        ("outlet", _read_title_tail(tree, headlines)),
        ("outlet", tags.get("application-name")),
        ("outlet", _drop_archive(tags.get("og:site_name", ""))),
        ("title", tags.get("og:title")),
        ("url", tags.get("og:url")),
        ("author", tags.get("author")),
        ("section", tags.get("section")),
        ("section", tags.get("og:article:section") or tags.get("article:section")),
        ("date", tags.get("article:published_time") or tags.get("og:published_time")),
    )
    # A page that was translated in a browser keeps the data of the other language.
    translated = _TRANSLATED.search(f"{tree.get('lang')} {tree.get('class')}") and h1
    shown = [("title", headlines[2])] if translated else []
    for key, value in (*(pair for pair in pairs if pair[1]), *described.items(), *shown):
        yield key, unescape(value) if isinstance(value, str) else value


def _read_page_date(scripts: Sequence[Sequence[dict[str, Any]]]) -> str:
    """The time of a page that JSON-LD describes as no more than a page."""
    pages = (
        node.get("datePublished")
        for nodes in scripts
        for node in nodes
        if str(node.get("@type")).lower().endswith("page")
    )
    return next((date for date in pages if isinstance(date, str)), "")


def _read_nodes(tree: Any) -> Iterator[list[dict[str, Any]]]:
    """What each script of JSON-LD describes; none of what cannot be read."""
    for script in tree.iter("script"):
        text = script.text_content() or ""
        nodes: list[dict[str, Any]] = []
        if "ld+json" in (script.get("type") or "") and len(text) <= _LONGEST:
            with suppress(ValueError, RecursionError):
                bare = _WRAPPED.sub("", text)
                nodes = list(_list_nodes(json.loads(bare, strict=False)))
        yield nodes


def _drop_archive(name: str) -> str:
    """The name of a site, unless it keeps the pages of others."""
    return "" if _ARCHIVE.fullmatch(name.strip()) else name


def _list_times(tree: Any) -> list[str]:
    """The times that elements of the page tell, those from the headline on first."""
    below: list[str] = []
    above: list[str] = []
    told: list[str] | None = None
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            told = below
        elif time := element.get("datetime"):
            aside = next(element.iterancestors("aside", "nav", "footer"), None) is not None
            (above if told is None or aside else told).append(time)
    return [*below, *above]


def _read_articles(nodes: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What JSON-LD tells of each article, of which one is this one's."""
    return filter(None, (dict(_read_article([node])) for node in nodes))


def _read_article(nodes: Iterable[dict[str, Any]]) -> Iterator[tuple[str, object]]:
    """Title, author, publisher, time, language and types of an article in JSON-LD.

    An organization among the authors is no author: it is an agency, the outlet, or stands beside
    a person in the byline ("Ada Berg, WNS").
    """
    for node in nodes:
        kinds = node.get("@type")
        types = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
        if not any(_TYPES.search(kind) for kind in types):
            continue
        organization = _join_names(node.get("author"), organizations=True)
        agency = find_agency(organization)
        people = _join_names(node.get("author"), organizations=False)
        publisher = _join_names(node.get("publisher"))
        beside = "" if agency or organization in {publisher, ""} or not people else organization
        section = node.get("articleSection")
        pairs = (
            ("types", " ".join(types)),
            ("title", node.get("headline")),
            ("author", f"{people}, {beside}" if beside else people),
            ("agency", agency),
            ("organization", "" if agency or beside else organization),
            ("outlet", publisher),
            ("date", node.get("datePublished")),
            ("updated", node.get("dateModified")),
            ("language", node.get("inLanguage")),
            ("to_pay", "yes" if str(node.get("isAccessibleForFree")).lower() == "false" else ""),
            ("body", node.get("articleBody")),
            ("section", section[0] if isinstance(section, list) and section else section),
        )
        yield from ((key, value) for key, value in pairs if isinstance(value, str) and value)
        return


def _list_nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 10:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity"):
            yield from _list_nodes(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data[:100]:
            yield from _list_nodes(item, depth + 1)


def _join_names(value: Any, *, organizations: bool | None = None) -> str:
    """The names of people or organizations; of both by default."""
    names = []
    for item in value if isinstance(value, list) else [value]:
        kind = str(item.get("@type", "")) if isinstance(item, dict) else ""
        name = item.get("name") if isinstance(item, dict) else item
        if organizations is not None and kind.endswith("Organization") is not organizations:
            continue
        names += [name] if isinstance(name, str) and name else []
    return ", ".join(dict.fromkeys(names))


def _read_home_link(tree: Any, address: str) -> str:
    """The text of the link to the front page, if the page's title or address has it too."""
    links = (
        link for link in tree.iter("a") if link.get("href") == "/" or link.get("rel") == "home"
    )
    name = next((" ".join(link.text_content().split()) for link in links), "")
    canonical = (link.get("href") or "" for link in tree.iter("link"))
    titles = (title.text_content() for title in tree.iter("title"))
    told = squeeze(" ".join((address, *canonical, *titles)))
    return name if name and len(name.split()) <= 5 and squeeze(name) in told else ""


def _read_title_tail(tree: Any, headlines: list[str]) -> str:
    """What stands beside the headline in the title of the page ("... - VBC News").

    Or at its end, if head or foot of the page has it too, where it words the headline otherwise.
    """
    title = " ".join(next((e.text_content() for e in tree.iter("title")), "").split())
    for headline in filter(None, headlines):
        beside = ""
        if len(title) > len(headline) and title.startswith(headline):
            tail = title[len(headline) :]
            parts = _TAIL.split(tail) if tail[0] in " |:" else []
            beside = parts[-1].strip() if len(parts) > 1 else ""
        elif len(title) > len(headline) and title.endswith(headline):
            before = _TAIL.split(title[: -len(headline)] + " ")[0].strip()
            beside = before if is_media_name(before) and len(before.split()) > 1 else ""
            beside = "" if is_kicker(beside) else beside
        if beside and len(beside.split()) <= 6:
            return beside
    *front, last = (part.strip() for part in _TAIL.split(title))
    around = (e for e in tree.iter("header", "footer") if e.find(".//h1") is None)
    told = squeeze(last) in squeeze(" ".join(e.text_content() for e in around))
    named = told or any(" ".join((e.text or "").split()) == last for e in tree.iter(*_NAMED_IN))
    return last if front and named and is_media_name(last) else ""
