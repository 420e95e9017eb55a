"""What an article tells of itself where metadata does not: lines in, provenance out.

A dateline, an agency's credit, a copyright line, a byline, a publication time. Reads
only the story's opening and what was dropped above and below it, so a picture's credit
or an agency that the story quotes is never taken for its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.articles import marks
from factcheck.articles.agencies import agency_in
from factcheck.articles.times import Told, told_time

_DATELINE = re.compile(
    r"^(?:(?=[A-ZÀ-ÞА-Я]{2})[^()/“”]{2,60}[ ,.])?(?:\((?P<name>[A-Z][\w.&' -]{1,30})\)"
    r"|/(?P<slashed>[A-Z][\w.&' -]{1,30})/)\s*(?:[—–-]+|\.)\s"
)
_NO_OUTLET = re.compile(r"^(?:updated?|photos?|video|opinion|analysis|exclusive)$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)[\s:©]*", re.IGNORECASE)
_LEGAL = re.compile(
    r",?\s*\b(?:l\.?p\.?|ltd\.?|limited|inc\.?|llc\.?|plc\.?|gmbh|ag|s\.?a\.?|corp\.?)(?=\W|$).*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(([A-Z]{2,10})\)")


@dataclass(frozen=True)
class Provenance:
    """What the text tells; "" and None where it does not."""

    outlet: str = ""
    agency: str = ""
    byline: str = ""
    published: datetime | None = None


def provenance(lead: str, edges: Sequence[str]) -> Provenance:
    """Outlet, agency, byline and time by the first paragraph and the dropped edges.

    The outlet is the owner of the copyright, else the outlet in the byline, else the
    agency of the dateline: then nothing tells that anybody else printed it. A first
    publication counts before an update.
    """
    dateline = _dateline(lead)
    byline, beside = _byline(edges)
    agency = dateline or next(filter(None, map(_credited, edges)), "")
    outlet = next(filter(None, map(_owner, edges)), "") or beside or dateline
    return Provenance(outlet, agency, byline, _published(edges))


def _dateline(lead: str) -> str:
    """The agency in "(Name) -", "PLACE (Name) -" or "PLACE, date /Name/." at the start."""
    match = _DATELINE.match(lead)
    name = (match["name"] or match["slashed"]).strip() if match else ""
    if not name or _NO_OUTLET.match(name):
        return ""
    return agency_in(name) or name


def _credited(line: str) -> str:
    """The agency that a dropped line credits; a name in capitals counts as one."""
    told = told_time(line)
    text = told.rest if told else line
    if marks.is_capital_credit(text):
        return agency_in(text) or text.split()[0]
    if marks.reason_to_drop(line) != "credit":
        return ""
    bracketed = _BRACKETED.search(line)
    return agency_in(line) or (bracketed[1] if bracketed else "")


def _owner(line: str) -> str:
    """Whose copyright a line claims, without years, legal forms and reserved rights."""
    if not _COPYRIGHT.match(line):
        return ""
    text = re.split(r"[.,|–-]?\s*all rights|\. ", _COPYRIGHT.sub("", line), flags=re.IGNORECASE)[0]
    text = re.sub(r"\b(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\b", " ", text)
    text = re.sub(r"^\s*by\b", "", _LEGAL.sub("", " ".join(text.split())))
    text = text.strip(" ,.;|-–")
    return text if 0 < len(text.split()) <= 6 and text[:1].isalnum() else ""


def _byline(edges: Sequence[str]) -> tuple[str, str]:
    """The names in the first byline, and the outlet after a comma ("By A. B., The C")."""
    for line in edges:
        told = told_time(line)
        text = (told.rest if told else line).strip()
        if not marks.is_byline(text):
            continue
        names = text.split(maxsplit=1)[1] if " " in text else ""
        name, _, rest = names.partition(", ")
        outlet = (
            rest
            if rest and not re.search(r"(?i)correspond|editor|report|writer|\band\b|,", rest)
            else ""
        )
        return (name if outlet else names), (agency_in(outlet) or outlet)
    return "", ""


def _published(edges: Sequence[str]) -> datetime | None:
    told = [found for found in map(_stamp, edges) if found]
    first = next((found for found in told if not found.updated), None)
    return (first or told[0]).time if told else None


def _stamp(line: str) -> Told | None:
    told = told_time(line)
    return told if told and len(told.rest.split()) <= 8 and not line.startswith("(") else None
