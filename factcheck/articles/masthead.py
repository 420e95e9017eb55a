"""Tell the masthead of a text, the name of its paper, from the lines beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.articles.lines import Line, words
from factcheck.articles.numbered import looks_like_frame
from factcheck.articles.outlet import (
    ARTICLES,
    cut_descriptor,
    is_foreign_name,
    is_kicker,
    is_media_name,
)

DEEPEST = 12  # rows in which a head can stand
_BELOW = 5  # rows from the headline to what stands below it
_STAMPS = frozenset({"metadata", "byline"})
# Where headlines are written small, so that capitals throughout and an article make a name.
_ROMANCE = re.compile(r"^(?:l['’]|(?:le|la|les|el|los|las|il|lo|gli|o|os)\b)", re.IGNORECASE)
# What a paper is, beneath its name: "The daily of the coast", "Organ of the union".
TELLS_PAPER = re.compile(
    r"\b(?:(?:daily|weekly|monthly|newspaper|newsletter|bulletin|organ|journal|paper) (?:of|for|in)"
    r"|(?:bulletin|boletín|bollettino|notiziario|revista) d\w{1,4}|nyhetsbrev (?:för|for)"
    r"|\w*(?:zeitung|blatt|rundbrief|mitteilungen) (?:der|des|für|aus)"
    r"|(?:founded|est\.|since)(?: in)? 1[89]\d\d|tageszeitung|wochenzeitung|zeitung für|heimatblatt"
    r"|(?:quotidien|hebdomadaire|journal|diario|semanario|periódico|jornal) d[eu']?\w{0,2}"
    r"|(?:quotidiano|settimanale) d\w{1,4}|(?:dagblad|weekblad) (?:voor|van))\b",
    re.IGNORECASE,
)
_OPENING = 12  # letters before what a paper is: "The quarterly bulletin of"
_NO_NAME = re.compile(r"[“”\"«»?!]")
_DATELINE = re.compile(r"\(([A-Z]{2,10})\)\s*[-–—]")


def is_masthead(rows: Sequence[Line], index: int, outlet: str, lead: int, *, more: bool) -> bool:
    """Whether a line is the name of the paper; `more` says that a headline may follow."""
    text = cut_descriptor(rows[index].text)
    if index > 2 or len(text.split()) > 7 or looks_like_frame(text) or _NO_NAME.search(text):
        return False
    common = _list_common_words(rows, lead)
    named = more and (is_media_name(text) or _ROMANCE.match(text) is not None)
    if (named and is_foreign_name(text, common)) or (outlet and words(text) == words(outlet)):
        return True
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None:
        return False
    attached = not below.gap and below.role in {"metadata", "edition-note", "label", "furniture"}
    dateline = _DATELINE.search(rows[lead].text[:120]) if lead < len(rows) else None
    if dateline and dateline[1] in re.findall(r"\w+", text):
        return attached or more
    if is_media_name(text):
        return attached or (more and below.gap)
    attached = attached or describes_paper(rows, index)
    return attached and more and text[:1].isupper() and _is_short_name(text, common)


def describes_paper(rows: Sequence[Line], index: int) -> bool:
    """Whether the line right beneath a name tells what paper it is: "Bulletin of the union"."""
    below = rows[index + 1] if index + 1 < len(rows) else None
    told = TELLS_PAPER.search(below.text) if below is not None and not below.gap else None
    return told is not None and told.start() <= _OPENING


def _is_short_name(text: str, common: set[str]) -> bool:
    """Whether a line over a date may be a name: one word, "The Voice", unusual capitals."""
    size = len(text.split())
    own = {word.lower() for word in re.findall(r"[^\W\d_]{4,}", text)}
    apart = text.isupper() and bool(own) and not own & common
    return size <= 3 and (size == 1 or text.split(maxsplit=1)[0].lower() in ARTICLES or apart)


def _list_common_words(rows: Sequence[Line], lead: int) -> set[str]:
    """The words that the story writes small somewhere: a paper that it cites is no such word."""
    found = (word for row in rows[lead:] for word in re.findall(r"[^\W\d_][\w’'-]*", row.text))
    return {word for word in found if word[0].islower()}


def take_masthead(rows: list[Line], candidates: Sequence[int]) -> list[int]:
    """Mark the first candidate as the masthead; return the others that may be the headline."""
    first, *rest = candidates
    rows[first] = rows[first].with_role("masthead")
    if rest and rest[0] == first + 1 and TELLS_PAPER.search(rows[rest[0]].text) and len(rest) > 1:
        rows[rest[0]] = rows[rest[0]].with_role("standfirst")
        rest = rest[1:]
    above = _count_above_headline(rows, first, rest)
    for i in rest[:above]:
        rows[i] = rows[i].with_role("standfirst")
    return rest[above:]


def _count_above_headline(rows: Sequence[Line], masthead: int, candidates: Sequence[int]) -> int:
    """How many candidates stand over a stamp, where the headline is below it.

    They tell what the paper is, or the section; one line on each side may be headline and deck.
    """
    stamps = (i for i in range(masthead + 1, len(rows[:DEEPEST])) if rows[i].role == "metadata")
    stamp = next(stamps, None)
    if stamp is None:
        return 0
    attached = all(not row.gap for row in rows[masthead + 1 : stamp])
    above = sum(i < stamp for i in candidates) if attached else 0
    left = candidates[above:]
    shouted = left and rows[left[0]].text.isupper() and not rows[candidates[0]].text.isupper()
    described = above and TELLS_PAPER.search(rows[candidates[above - 1]].text)
    if above and len(left) < 2 and not (shouted or described):
        return 0
    section = len(left) > 1 and len(rows[left[0]].text.split()) == 1 and rows[left[1]].gap
    above += bool(section and rows[left[0]].text.isupper() and left[0] > stamp)
    return above if above < len(candidates) else 0


def mark_name_below(rows: list[Line], index: int) -> None:
    """Make the name of a paper below the headline the masthead, if none stands above.

    As in an archive. It stands beside a stamp or byline, or in capitals unlike the headline.
    """
    if any(row.role == "masthead" for row in rows[:index]):
        return
    for i in range(index + 1, min(index + _BELOW, len(rows) - 1)):
        name, before, after = rows[i], rows[i - 1], rows[i + 1]
        if name.role in _STAMPS:
            continue
        above, below = before.role in _STAMPS, after.role in _STAMPS
        attached = (above and not name.gap) or (below and not after.gap)
        loud = name.text.isupper() and not rows[index].text.isupper()
        named = is_media_name(name.text) and not is_kicker(name.text)
        if name.role == "open" and named and (attached or loud):
            rows[i] = name.with_role("masthead")
        return
