"""Read what a page says of itself: JSON-LD, `<meta>` tags, `<time>`, the tail of its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import Any

from factcheck.articles.agencies import find_agency
from factcheck.articles.decode import scrub
from factcheck.articles.elements import HEADS, is_comment_box, match_class, read_text
from factcheck.articles.lines import squeeze
from factcheck.articles.marks import is_byline
from factcheck.articles.outlet import is_kicker, is_media_name
from factcheck.articles.times import without_time

_TYPES = re.compile(r"article|liveblogposting|blogposting", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"archive\.(?:ph|is|today|md|li|fo|vn|org)|(?:the )?(?:internet archive|wayback machine).*",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://(?:www\.|web\.)?")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_KEPT_AT = re.compile(
    r"^(?:(?:https?:)?//(?:web\.)?archive\.\w+)?/(?:web/)?\d[\d.-]{3,20}(?:[a-z]{2}_)?/(?=https?:)"
)
"""What an archive puts before the address of a page that it keeps."""
_DATED = (
    *("date", "pubdate", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dc.date", "dcterms.issued"),
)
_AUTHOR = match_class("(?:byline|authors?|signature|reader-credits)(?:[_-]+name)?")
_DECK = 400  # letters between a headline and its story
_SPACES = range(1, 4)  # in a name that only the class of its box tells
# What scripts of old are wrapped in: "//<![CDATA[ ... //]]>", "<!-- ... -->".
_WRAPPED = re.compile(
    r"\A\s*(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>\s*(?:\*/)?|-->)\s*\Z"
)
_TRANSLATED = re.compile(r"-x-mt|\btranslated-(?:ltr|rtl)\b")
_NAMED_IN = ("a", "span", "div", "b", "strong", "td")  # where a page has its own name
_LONGEST = 1_000_000  # characters of JSON-LD
_TAIL = re.compile(r"\s+[-–—|·•:»«]+\s+|\s*\|\s*|:\s")


def read_page_metadata(tree: Any) -> dict[str, object]:
    """What the page says of itself, by front matter keys; JSON-LD is believed before `<meta>`.

    The key `types` has the schema.org types of the article, in lower case, `body` its text as
    only the data have it, which nobody who looks at the page can see.
    """
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        tags.setdefault(key, (meta.get("content") or "").strip())
    nodes = list(_read_nodes(tree))
    articles = list(filter(None, map(_read_article, nodes)))
    heads = list(map(read_text, list(tree.iter("h1"))[:3]))
    # Of several articles that JSON-LD describes the one whose headline the page shows.
    shown = list(map(squeeze, heads))
    own = (one for one in articles if squeeze(one.get("title", "")) in shown)
    described = next(own, articles[0] if articles else {})
    headlines = [described.get("title", ""), tags.get("og:title", ""), *heads]
    updated = tags.get("article:modified_time") or tags.get("og:updated_time", "")
    address = _find_address(tree, tags.get("og:url", ""))
    section = tags.get("og:article:section") or tags.get("article:section", "")
    section = section or tags.get("section", "")
    home = _read_home_link(tree, address)
    tail = _read_title_tail(tree, headlines, section)
    site = tags.get("og:site_name", "")
    site = "" if _ARCHIVE.fullmatch(site.strip()) else site
    if _HOST.fullmatch(site):  # "hill-post.example", where the page says "Hill Post"
        site = next((n for n in (home, tail) if n and squeeze(n) in squeeze(site)), site)
    outlets = (site, tags.get("application-name"), tail, described.pop("organization", ""), home)
    dates = (
        *(tags.get("article:published_time"), tags.get("og:published_time")),
        *map(tags.get, _DATED),
        *_list_times(tree)[:1],
        _read_page_date(nodes),
        # For want of the time of publication, as of a live page that tells only its last entry's.
        *(updated, described.get("updated")),
    )
    found: dict[str, str | None] = {
        "language": tree.get("lang"),
        "title": tags.get("og:title") or next(iter(heads), ""),
        "outlet": next(filter(None, outlets), ""),
        "author": tags.get("author") or _read_author_box(tree),
        "date": next(filter(None, dates), ""),
        "updated": updated,
        "url": address,
        "section": section,
        **described,
    }
    # A page that was translated in a browser keeps the data of the other language.
    if heads and _TRANSLATED.search(f"{tree.get('lang')} {tree.get('class')}"):
        found["title"] = heads[0]
    return {key: unescape(value) for key, value in found.items() if value}


def _read_page_date(nodes: Sequence[dict[str, Any]]) -> str:
    """The time of a page that JSON-LD describes as no more than a page."""
    pages = (n.get("datePublished") for n in nodes if str(n.get("@type")).lower().endswith("page"))
    return next((date for date in pages if isinstance(date, str)), "")


def _read_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """What the scripts of JSON-LD describe, without what cannot be read."""
    for script in tree.iter("script"):
        text = script.text_content() or ""
        if "ld+json" in (script.get("type") or "") and len(text) <= _LONGEST:
            with suppress(ValueError, RecursionError):
                yield from _list_nodes(json.loads(_WRAPPED.sub("", text), strict=False))


def open_archive(tree: Any) -> Iterator[str]:
    """Undo what an archive adds to a page, its bars and addresses; yield the texts of the bars."""
    for element in tree.iter("a", "link"):
        if (bare := _KEPT_AT.sub("", element.get("href") or "")) != (element.get("href") or ""):
            element.set("href", scrub(bare))
    bars = dict.fromkeys(e for e in tree.iter("div") if _is_archive_bar(e))
    for bar in bars:
        if any(around in bars for around in bar.iterancestors()):
            continue
        fields = (field.get("value") or "" for field in bar.iter("input"))
        address = next((one for one in fields if one.startswith("http")), "")
        tree.append(tree.makeelement("link", rel="canonical", href=scrub(address)))
        yield " ".join(" ".join(bar.xpath(".//text()[not(parent::script|parent::style)]")).split())
        bar.drop_tree()


def _is_archive_bar(element: Any) -> bool:
    name = element.get("id") or ""
    shown = element.text_content() if name == "HEADER" else ""
    bar = name.startswith("wm-ipp") or _ARCHIVE.search(shown) is not None
    return bar and next(element.iterdescendants("h1"), None) is None


def _find_address(tree: Any, told: str) -> str:
    """The address of a page by itself: `told`, its canonical link, that of a reader's view."""
    links = [told, *(e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical")]
    links += [e.get("href") for e in tree.iter("a") if "reader-domain" in (e.get("class") or "")]
    whole = (link for link in links if link and link.startswith(("http://", "https://")))
    return next((link for link in whole if not _ARCHIVE.match(_SCHEME.sub("", link))), "")


def _list_times(tree: Any) -> list[str]:
    """The times that the page tells, those of the article below the headline first."""
    below: list[str] = []
    above: list[str] = []
    known: dict[Any, bool | None] = {}
    title = home = None
    for element in tree.iter("h1", "time", "span"):
        if element.tag == "h1" and title is None:
            title, home = element, next(element.iterancestors("article"), None)
        published = (element.get("itemprop") or "").lower() == "datepublished"
        text = element.get("content") or element.text_content()[:60] if published else ""
        time = element.get("datetime") or text
        if not time or not (published or element.tag == "time") or _is_apart(element, known):
            continue
        around = [*element.iterancestors()]
        aside = any(e.tag in {"aside", "nav", "footer"} for e in around)
        if title is None or aside:
            above.append(time)
        elif home is None or home in around:
            below.append(time)
    return [*below, *above]


def _is_apart(element: Any, known: dict[Any, bool | None]) -> bool:
    """Whether an element is in a quotation, a comment or a box of another story; cached."""
    for around in element.iterancestors():
        if around not in known:
            known[around] = _leads_away(around)
        if (away := known[around]) is not None:
            return away
    return False


def _leads_away(box: Any) -> bool | None:
    """Whether a box holds another's words, or its first head is a link; None without a head."""
    if box.tag == "blockquote" or is_comment_box(box):
        return True
    head = next(box.iterdescendants(*HEADS), None)
    if head is None:
        return None
    links = (*head.iter("a"), *head.iterancestors("a"))
    return head.tag != "h1" and any("#" not in (a.get("href") or "#") for a in links)


def _read_author_box(tree: Any) -> str:
    """The name in the first box for an author between headline and story, unless it says "By"."""
    known: dict[Any, bool | None] = {}
    below, said = False, 0
    for element in tree.iter("h1", "p", "div", "span", "a", "address"):
        below = below or element.tag == "h1"
        said += len(element.text_content()) if below and element.tag == "p" else 0
        marked = " ".join(element.get(name) or "" for name in ("class", "itemprop", "rel"))
        if said > _DECK:
            break
        if below and _AUTHOR.search(marked) and not _is_apart(element, known):
            name = without_time(read_text(element)).strip()
            if name.count(" ") in _SPACES and is_byline(f"By {name}"):
                return "" if is_byline(name) else name
    return ""


def _read_article(node: dict[str, Any]) -> dict[str, str]:
    """Title, author, publisher, time, language and types of an article in JSON-LD, else nothing.

    An organization among the authors is no author: it is an agency, the outlet, or stands beside
    a person in the byline ("Ada Berg, WNS").
    """
    kinds = node.get("@type")
    types = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if not any(map(_TYPES.search, types)):
        return {}
    organization = _join_names(node.get("author"), organizations=True)
    agency = find_agency(organization)
    people = _join_names(node.get("author"), organizations=False)
    publisher = _join_names(node.get("publisher"))
    beside = "" if agency or organization in {publisher, ""} or not people else organization
    section = node.get("articleSection")
    found = {
        "types": " ".join(types),
        "title": node.get("headline"),
        "author": f"{people}, {beside}" if beside else people,
        "agency": agency,
        "organization": "" if agency or beside else organization,
        "outlet": publisher,
        "date": node.get("datePublished"),
        "updated": node.get("dateModified"),
        "language": node.get("inLanguage"),
        "to_pay": "yes" if str(node.get("isAccessibleForFree")).lower() == "false" else "",
        "body": node.get("articleBody"),
        "section": section[0] if isinstance(section, list) and section else section,
    }
    return {key: value for key, value in found.items() if isinstance(value, str) and value}


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
    root = re.match(r"https?://[^/]+", address)
    homes = {"/", *((root[0], f"{root[0]}/") if root else ())}
    links = (e for e in tree.iter("a") if e.get("href") in homes or e.get("rel") == "home")
    name = next(map(read_text, links), "")
    canonical = (link.get("href") or "" for link in tree.iter("link"))
    titles = (title.text_content() for title in tree.iter("title"))
    told = squeeze(" ".join((address, *canonical, *titles)))
    return name if name and len(name.split()) <= 5 and squeeze(name) in told else ""


def _read_title_tail(tree: Any, headlines: list[str], section: str) -> str:
    """What stands beside the headline in the title of the page ("... - VBC News").

    Or at its end, if head or foot of the page has it too, where it words the headline otherwise.
    """
    title = next(map(read_text, tree.iter("title")), "")
    for headline in filter(None, headlines):
        beside = ""
        if len(title) > len(headline) and title.startswith(headline):
            tail = title[len(headline) :]
            parts = [part.strip() for part in _TAIL.split(tail)] if tail[0] in " |:" else []
            names = [p for p in parts[1:] if not (is_kicker(p) or is_byline(p) or p == section)]
            media = [name for name in names if is_media_name(name)]
            beside = (media or names or [""])[-1]
        elif len(title) > len(headline) and title.endswith(headline):
            before = _TAIL.split(title[: -len(headline)] + " ")[0].strip()
            named = is_media_name(before) and " " in before and not is_kicker(before)
            beside = before if named else ""
        if beside and len(beside.split()) <= 6:
            return beside
    *front, last = (part.strip() for part in _TAIL.split(title))
    around = (e for e in tree.iter("header", "footer") if e.find(".//h1") is None)
    told = squeeze(last) in squeeze(" ".join(e.text_content() for e in around))
    named = told or any(" ".join((e.text or "").split()) == last for e in tree.iter(*_NAMED_IN))
    return last if front and named and is_media_name(last) else ""
