"""Which outlets count, with the times of their articles, and which do not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from types import MappingProxyType

from factcheck.judge.outlets import is_credited
from factcheck.models import Article, Excluded, OutletGroup


def list_counted(
    groups: Iterable[OutletGroup],
    articles: Mapping[str, Article],
    cite: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """The outlets that count, each with the times of its articles in one zone, and their numbers.

    A day is told once for each outlet, once in all if there is but one; a year once. Where the
    articles print several zones, the one that is used is named once, and a clock without one is
    called local. A time that is of another day there stands in its own zone.
    """
    zone, credited = commonest_zone(articles.values()), list_credited(articles.values())
    days = {a.published.date() for a in articles.values() if a.published}
    years: set[int] = set()
    several = (
        len({a.published.utcoffset() for a in articles.values() if a.published and is_exact(a)}) > 1
    )
    named = [f" {zone.tzname(None)}"] if several else []
    last: date | None = None
    for group in groups:
        if not group.counts:
            continue
        times: list[str] = []
        last = last if len(days) == 1 else None
        for article in (articles[i] for i in group.articles):
            if article.published is None:
                number = cite.get(article.id, "")
                if article.id in credited:
                    number = f"time unknown, {credited[article.id]} {number}".rstrip()
                times += [number] if number else []
                continue
            exact = is_exact(article)
            here = article.published.astimezone(zone) if exact else article.published
            moved = here.date() != article.published.date()
            here = article.published if moved else here
            day = f"{here:%-d %B}" if here.date() != last else ""
            year = f"{here:%Y}" if here.year not in years else ""
            clock = "" if article.published_precision == "day" else f"{here:%H:%M}"
            if clock and several:
                own = f" {name_offset(here)}" if moved else "" if exact else " local"
                clock += own or (named.pop() if named else "")
            live = "live," if article.genre == "live" and clock else ""
            time = " ".join(filter(None, [live, day, year, clock])) or f"{here:%-d %B}"
            until = f"to {article.updated:%-d %B}" if article.updated else ""
            parts = (time, until, credited.get(article.id), cite.get(article.id))
            times.append(" ".join(filter(None, parts)))
            last = here.date()
            years.add(here.year)
        if not any(articles[i].published or i in credited for i in group.articles):
            times.insert(0, "time unknown")
        yield f"{group.label} ({', '.join(times)})"


def name_offset(moment: datetime) -> str:
    """The offset of a moment from UTC, as "UTC-03:00"."""
    return str(timezone(moment.utcoffset() or timedelta()))


def is_exact(article: Article) -> bool:
    """Whether an article prints the time at which it appeared, with its zone."""
    known = article.published is not None and article.zone_known
    return known and article.published_precision == "minute"


def commonest_zone(articles: Iterable[Article]) -> timezone:
    """The offset that most articles print, one other than UTC before it.

    Of equals that in the language of most.
    """
    printed = [
        (offset, article.language)
        for article in articles
        if article.published
        and article.zone_known
        and (offset := article.published.utcoffset()) is not None
    ]
    languages = Counter(language for _, language in printed)
    counts = Counter(offset for offset, _ in printed if offset) or Counter(o for o, _ in printed)
    weights = {o: (counts[o], languages[language]) for o, language in printed if o in counts}
    return timezone(max(weights, key=lambda o: weights[o])) if weights else UTC


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
            yield f"{group.label} count as one ({group.reasons[0].text})"
    for item in excluded:
        why = item.detail or item.reason.replace("-", " ")
        yield f"{item.outlet or item.source} ({why})"
