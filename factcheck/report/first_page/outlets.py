"""Which outlets count, with the times of their articles, and which do not, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, timezone
from itertools import permutations
from types import MappingProxyType

from factcheck.judge.outlets import is_credited
from factcheck.models import Article, Excluded, OutletGroup

CLOCK = re.compile(r"(\d{1,2})(?:[:.]| ?h ?)(\d\d)")


def list_counted(
    groups: Iterable[OutletGroup],
    articles: Mapping[str, Article],
    cite: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """The outlets that count, each with the times of its articles as printed, and their numbers.

    A day is told once for each outlet, once in all if there is but one; a year once. Where the
    clocks are of several zones each has its own, and one without a zone is called local.
    """
    credited = list_credited(articles.values())
    days = {a.published.date() for a in articles.values() if a.published}
    zones = len({name_zone(a) for a in articles.values() if tells_clock(a)}) > 1
    years: set[int] = set()
    last: date | None = None
    for group in groups:
        if not group.counts:
            continue
        times: list[str] = []
        last = last if len(days) == 1 else None
        for article in (articles[i] for i in group.articles):
            when = article.published
            if when is None:
                number = cite.get(article.id, "")
                if article.id in credited:
                    number = f"time unknown, {credited[article.id]} {number}".rstrip()
                times += [number] if number else []
                continue
            day = f"{when:%-d %B}" if when.date() != last else ""
            year = f"{when:%Y}" if when.year not in years else ""
            clock = f"{when:%H:%M}" if tells_clock(article) else ""
            zone = name_zone(article) if clock and zones else ""
            live = "live," if article.genre == "live" and clock else ""
            if live and (span := find_span(article)):
                clock, zone = span, "local" if zone else ""
            time = " ".join(filter(None, [live, day, year, clock, zone])) or f"{when:%-d %B}"
            parts = (time, tell_change(article), credited.get(article.id), cite.get(article.id))
            times.append(" ".join(filter(None, parts)))
            last = when.date()
            years.add(when.year)
        if not any(articles[i].published or i in credited for i in group.articles):
            times.insert(0, "time unknown")
        yield f"{group.label} ({', '.join(times)})"


def tell_change(article: Article) -> str:
    """When a page was last changed: the day, on the day of publication the hour, or ""."""
    if article.updated and article.later_day is None and not find_span(article):
        return f"changed {article.updated:%H:%M}"
    return f"to {article.later_day:%-d %B}" if article.later_day else ""


def find_span(article: Article) -> str:
    """The hours from the first to the last entry of a live page, as it prints them; "" for none.

    Only of a page of one day, whose entries bear clocks alone.
    """
    told = {one.moment for one in article.sentences if one.kind == "body"} - {""}
    clocks = sorted(CLOCK.sub(r"\1:\2", moment).zfill(5) for moment in told)
    alone = len(told) > 1 and all(map(CLOCK.fullmatch, told)) and article.later_day is None
    return f"{clocks[0]} to {clocks[-1]}" if alone else ""


def tells_clock(article: Article) -> bool:
    """Whether an article prints at what hour it appeared."""
    return article.published is not None and article.published_precision == "minute"


def name_zone(article: Article) -> str:
    """The zone of the clock that an article prints, as "UTC-03:00"; "local" if it prints none."""
    if article.published is None or not article.zone_known:
        return "local"
    return str(timezone(article.published.utcoffset() or timedelta()))


def list_credited(articles: Iterable[Article]) -> dict[str, str]:
    """By id what of an article is an agency's: all of it, or a part beside its author's."""
    found: dict[str, str] = {}
    for one, other in permutations(articles, 2):
        if is_credited(other, one):
            name = other.agency or other.byline
            found |= {other.id: f"by {name}", one.id: f"partly {name}"}
    return found


def list_not_counted(
    groups: Iterable[OutletGroup],
    articles: Sequence[Article],
    excluded: Iterable[Excluded],
    cite: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """What does not count as an outlet, and why."""
    labels = {article.id: article.label for article in articles}
    texts = {f"{article.agency} (" for article in articles if article.agency}
    for group in groups:
        if not group.counts:
            numbers = "".join(f" {cite[i]}" for i in group.articles if i in cite)
            yield f"{group.label} ({group.notes[0].text.split(':')[0]}){numbers}"
        elif group.label.startswith(tuple(texts)):
            continue  # "NWA (Ledger, Courier)" says that it is one text
        elif len({labels[i] for i in group.articles}) > 1:
            yield f"{group.label} count as one ({group.reasons[0].text.split(':')[0]})"
    for item in excluded:
        why = item.detail or item.reason.replace("-", " ")
        yield f"{item.outlet or item.source} ({why})"
