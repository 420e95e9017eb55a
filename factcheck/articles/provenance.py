"""Read what an article tells of itself where metadata does not.

A dateline, an agency's credit, a copyright line, a byline, a publication time. Reads
only the story's opening and what was dropped above and below it, so a picture's credit
or an agency that the story quotes is never taken for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from factcheck.articles import marks
from factcheck.articles.agencies import find_agency, find_signed_agency
from factcheck.articles.captions import is_capital_credit
from factcheck.articles.outlet import (
    find_copyright_owner,
    find_publisher,
    format_outlet,
    is_media_name,
    is_titled,
)
from factcheck.articles.times import (
    ZONE_NAMES,
    Stamp,
    is_dated,
    read_stamp,
    read_stamp_within,
    read_time,
    without_time,
)

_DATELINE = re.compile(
    r"^(?:(?=[A-ZÀ-ÞА-Я]{2})[^()/“”]{2,60}[ ,.])?(?:\((?P<name>[A-Z][\w.&' -]{1,30})\)"
    r"|/(?P<slashed>[A-Z][\w.&' -]{1,30})/)\s*(?:[—–-]+|\.)\s"
)
_NO_OUTLET = re.compile(r"^(?:updated?|photos?|video|opinion|analysis|exclusive)$", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([A-Z]{2,10})\)")


@dataclass(frozen=True)
class Provenance:
    """What the text tells; "" and None where it does not.

    `outlet` is the name that the text carries at its head, `owner` the one that it names
    elsewhere (copyright, publisher, the agency of the dateline); `publisher` is who
    publishes it by its own words; `changed` is the time of an update.
    """

    outlet: str = ""
    owner: str = ""
    publisher: str = ""
    agency: str = ""
    byline: str = ""
    published: Stamp | None = None
    changed: Stamp | None = None


_BARS = re.compile(r"\s+[|·•–—]\s+")
_PARTS = re.compile(rf"{_BARS.pattern}|[,.]\s+")
# A credit for a part: "Reuters contributed to this report", "(Avec AFP)".
_HELP = re.compile(
    r"(?<!\.)\b(?:contribut\w*|additional|with|avec|mit|con|com|met)\b", re.IGNORECASE
)


def read_provenance(lead: str, edges: Sequence[str], masthead: str) -> Provenance:
    """Outlet, agency, byline and time by masthead, first paragraph and dropped edges.

    The outlet is the masthead, the name in a stamp or the outlet in the byline; its owner
    is that of the copyright, the publisher, else the agency of the dateline: then nothing
    tells that anybody else printed it. A first publication counts before an update.
    """
    dateline = _read_dateline(lead)
    byline, beside = _read_byline(edges)
    line, credited = next(filter(itemgetter(1), ((e, _read_credit(e)) for e in edges)), ("", ""))
    agency = dateline or credited or find_signed_agency(beside)
    helped = not dateline and _HELP.search(line) is not None
    publisher = next(filter(None, map(find_publisher, edges)), "")
    stamped = next(filter(None, map(_read_stamp_name, edges)), "")
    named = dateline.casefold() in re.findall(r"\w+", masthead.casefold())
    head = dateline if dateline and named else masthead
    published, changed = _read_times(edges)
    return Provenance(
        outlet=format_outlet(head or stamped or beside),
        owner=next(filter(None, map(find_copyright_owner, edges)), "") or publisher or dateline,
        publisher=publisher,
        agency=agency,
        byline=byline or (f"with {agency}" if helped else ""),
        published=published,
        changed=changed,
    )


def _read_stamp_name(line: str) -> str:
    """The name of the paper in "ERO News | Online | Tuesday, March 17, 2026 | 19:45".

    Or in "By A. B. · The Courier, 17 March 2026" and "The Courier  Tuesday 17 March"; before a
    bar also a name that no list has, if an article begins it: "The Ambrey Packet | 9 June 2026".
    """
    if not read_time(line):
        return ""
    told = (*_PARTS.split(line), without_time(line).strip())
    named = next((one for one in told if is_media_name(one) and not marks.is_byline(one)), "")
    first, *more = _BARS.split(line)
    return named or (first if more and is_titled(first) else "")


def _read_dateline(lead: str) -> str:
    """The agency in "(Name) -", "PLACE (Name) -" or "PLACE, date /Name/." at the start."""
    match = _DATELINE.match(lead)
    name = (match["name"] or match["slashed"]).strip() if match else ""
    if not name or _NO_OUTLET.match(name):
        return ""
    return find_agency(name) or name


def _read_credit(line: str) -> str:
    """The agency that a dropped line credits.

    A name in capitals counts as one beside a time ("VPB | 12 May") or as the initials of what
    follows; alone it may be a label ("LIVE", "BREAKING / ORLE") or a control mark ("NNNN"), and
    beside a time it may be that of a zone, or two letters that name a field ("PD 12 May 2026").
    """
    text = without_time(line)
    if is_capital_credit(text):
        name, _, full = text.partition(" / ")
        initials = "".join(word[0] for word in full.split())
        beside = is_dated(line) and len(name) > 2 and name not in ZONE_NAMES
        return find_agency(text) or (name if beside or name == initials else "")
    if marks.reason_to_drop(line) != "credit":
        return ""
    bracketed = _BRACKETED.search(line)
    return find_agency(line) or (bracketed[1] if bracketed else "")


def _read_byline(edges: Sequence[str]) -> tuple[str, str]:
    """The names in the first byline, and the outlet after a comma ("By A. B., The C")."""
    parts = (part for line in edges for part in _list_parts(line))
    for part in parts:
        text = without_time(part).strip()
        if not marks.is_byline(text):
            continue
        names = text if marks.names_post(text) else text.partition(" ")[2].strip()
        name, _, rest = names.partition(", ")
        role = re.search(r"(?i)correspond|editor|report|writer|\band\b|,", rest)
        named = is_media_name(rest) or is_titled(rest) or find_agency(rest)
        outlet = rest if named and not role else ""
        return (name if outlet else names), (find_agency(outlet) or outlet)
    return "", ""


def _list_parts(line: str) -> Iterable[str]:
    """A line and its parts between bars; the parts first where a time would take their marks."""
    parts = _BARS.split(line)
    return dict.fromkeys((*parts, line) if read_time(line) else (line, *parts))


def _read_times(edges: Sequence[str]) -> tuple[Stamp | None, Stamp | None]:
    """When it was published, by an update only for want of another time, and when changed."""
    lines = [line for line in edges if not line.startswith("(")]
    read = (read_stamp(line, most=8) or read_stamp_within(line) for line in lines)
    told = [one for one in read if one]
    changed = next((one.changed for one in told if one.changed), None)
    return min(told, key=lambda one: one.updated).stamp if told else None, changed
