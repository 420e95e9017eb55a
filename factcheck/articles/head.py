"""Read the head of a text: masthead, stamps, slug, labels, headline, standfirst, byline.

Plain text has no structure but its lines. What stands above the first paragraph is told
apart by its shape and neighbours; in doubt it stays a line of the story, which is citable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.articles import marks
from factcheck.articles.genre import find_label
from factcheck.articles.language import count_words
from factcheck.articles.lines import FULL_STOPS, Line, Role, is_ended, words
from factcheck.articles.masthead import (
    DEEPEST,
    TELLS_PAPER,
    describes_paper,
    is_masthead,
    mark_name_below,
    take_masthead,
)
from factcheck.articles.numbered import is_forged, looks_like_frame
from factcheck.articles.outlet import is_media_name
from factcheck.articles.times import is_dated, without_time

_LABEL = 2  # words of what may be the name of a section, or a headline
_DECK = 60  # words of deck and captions above a stamp or byline
_PATH = re.compile("\\s[>\u203a\u00bb\u25b8\u2022|/]\\s|[\u203a\u25b8]$")  # as in "Home > News"
_NAME = 4  # words of the name of a paper
_MENU = 4  # rows in which the sections of a site stand under its name


def read_head(rows: Sequence[Line], title: str, outlet: str) -> list[Line]:
    """The rows with the roles of the head; `title` and `outlet` are those of the metadata."""
    found = list(rows)
    lead = _find_lead(found)
    own = words(title) or None
    titles = (i for i, r in enumerate(found[:8]) if r.kind == "title" or words(r.text) == own)
    index = _take_issue_name(found, next(titles, None), lead)
    _mark_plain_roles(found, lead if index is None else max(index, lead), index)
    _mark_decks(found, lead, index)
    candidates = [i for i in range(lead) if i != index and _is_candidate(found[i])]
    candidates = _skip_path(found, candidates, outlet, lead)
    if title:  # "JOINT STATEMENT" over a joint statement
        candidates = [i for i in candidates if not _repeats(found, i, title)]
    if candidates and (index is None or candidates[0] < index):
        more = len(candidates) > 1 or index is not None or bool(title)
        if is_masthead(found, candidates[0], outlet, lead, more=more):
            candidates = take_masthead(found, candidates)
    if index is None:
        index = _choose_heading(found, lead)
    if index is None and not title:
        index = _choose_headline(found, candidates)
    if index is not None:
        found[index] = found[index].with_role("headline")
        if not outlet:
            mark_name_below(found, index)
    if index is not None or title:
        _mark_standfirst(found, index, candidates)
    return _mark_repeats(found, index, title)


def _repeats(rows: Sequence[Line], index: int, title: str) -> bool:
    """Whether a line has words of the title alone and is no name of a paper that it opens with."""
    own, told = words(rows[index].text), words(title)
    named = own == told[: len(own)] and len(own) < len(told) and describes_paper(rows, index)
    return {*own} <= {*told} and not named


def _mark_plain_roles(rows: list[Line], stop: int, index: int | None) -> None:
    """What the rows above the story are by themselves; the section of a menu is no label."""
    for i, row in enumerate(rows[:stop]):
        if row.role == "open" and i != index:
            menu = 0 < i < _MENU and not row.gap and marks.is_menu(row.text)
            rows[i] = row.with_role("furniture" if menu else find_plain_role(row))
    for i, row in enumerate(rows[:stop]):
        if row.role == "label" and _is_in_menu(rows, i):
            rows[i] = row.with_role("furniture")


def _is_in_menu(rows: Sequence[Line], index: int) -> bool:
    """Whether a label is one of the sections of a site: "News", "Opinion", a line for each."""

    def is_section(row: Line) -> bool:
        return row.role in {"open", "furniture", "label"} and row.text.isalpha()

    below = rows[index + 1 : index + 3]
    return (index > 1 and is_section(rows[index - 1])) or (
        len(below) > 1 and all(map(is_section, below))
    )


def _take_issue_name(rows: list[Line], title: int | None, lead: int) -> int | None:
    """The index of the headline, the one heading below a title that names the paper."""
    headings = [i for i, row in enumerate(rows) if row.kind == "heading"]
    if title is None or len(headings) != 1 or not title + 1 < headings[0] < lead:
        return title
    name, headline = rows[title], rows[headings[0]]
    between = rows[title + 1 : headings[0]]
    longer = len(headline.text.split()) > len(name.text.split()) <= _NAME
    named = is_media_name(name.text) or any(TELLS_PAPER.search(row.text) for row in between)
    if not (longer and named) or any(find_plain_role(row) != "metadata" for row in between):
        return title
    rows[title] = name.with_role("masthead")
    return headings[0]


def _skip_path(rows: list[Line], candidates: list[int], outlet: str, lead: int) -> list[int]:
    """The candidates without a path to a section that stands above the name of the paper."""
    if len(candidates) < 2 or not _PATH.search(rows[candidates[0]].text):
        return candidates
    first, second = candidates[:2]
    named = is_masthead(rows, first, outlet, lead, more=True)
    if named or not is_masthead(rows, second, outlet, lead, more=True):
        return candidates
    rows[first] = rows[first].with_role("furniture")
    return candidates[1:]


def _mark_decks(rows: list[Line], lead: int, index: int | None) -> None:
    """Sentences that stand above a stamp or byline, a deck or a caption, as standfirsts."""
    first = _find_paragraph(rows, 0)
    for i in range(lead if first is None else first, lead):
        if rows[i].role == "open" and i != index and rows[i].kind == "text":
            rows[i] = rows[i].with_role("standfirst")


def _choose_heading(rows: Sequence[Line], lead: int) -> int | None:
    """The one heading above the first paragraph of a page that has no title, as in a newsletter."""
    headings = [i for i, row in enumerate(rows[:lead]) if row.kind == "heading"]
    return (
        headings[0] if len(headings) == 1 and len(rows[headings[0]].text.split()) > _LABEL else None
    )


def _choose_headline(rows: list[Line], candidates: Sequence[int]) -> int | None:
    """Find the headline where the metadata has none: no name of a section, nor a path to it."""
    telling = [i for i in candidates if _is_telling(rows[i].text)] or candidates
    if telling and len(rows[telling[0]].text.split()) == _LABEL:
        telling = [i for i in telling if len(rows[i].text.split()) > _LABEL + 1] or telling
    if len(telling) > 2 and _is_kicker_over(rows[telling[0]].text, rows[telling[1]].text):
        telling = telling[1:]
    index = next((i for i in telling[:1] if _is_headline(rows, i)), None)
    for i in candidates[: candidates.index(index)] if index is not None else ():
        path = _PATH.search(rows[i].text)
        rows[i] = rows[i].with_role("furniture" if path else "standfirst")
    return index


def _is_kicker_over(text: str, headline: str) -> bool:
    """Whether a line in capitals stands over a longer headline that is not; a deck is below it."""
    longer = len(headline.split()) > len(text.split())
    return text.isupper() and longer and not headline.isupper()


def _find_lead(rows: Sequence[Line]) -> int:
    """The index of the first paragraph, below any stamp or byline near it; 0 or 1 without one."""
    lead = _find_paragraph(rows, 0)
    for i, row in enumerate(rows[: DEEPEST + 4]):
        between = sum(len(one.text.split()) for one in rows[lead:i])
        if _is_stamp(row) and (lead is None or (i > lead and between <= _DECK)):
            lead = _find_paragraph(rows, i + 1)
    return min(1, len(rows)) if lead is None else lead


def _is_stamp(row: Line) -> bool:
    """Whether a row of plain text tells by itself when or by whom a text was published."""
    if row.kind != "text" or is_ended(row.text) or is_forged(row.text):
        return False
    return is_dated(row.text) or marks.is_byline(without_time(row.text))


def _find_paragraph(rows: Sequence[Line], start: int) -> int | None:
    """The first row from `start` on that looks like a paragraph; None if none near it does."""
    for i, row in enumerate(rows[: DEEPEST + start][start:], start):
        size = count_words(row.text)
        if row.kind in {"row", "entry"} or (looks_like_frame(row.text) and size > 12):
            return i
        whole = is_ended(row.text.rstrip("?!")) and not row.text.endswith((":", ";"))
        stamp = find_plain_role(row) != "open"
        if (whole and size >= 5 and not stamp) or size > 30:
            return i
    return None


def find_plain_role(row: Line) -> Role:
    """What a row of the head is by itself: a slug, a label, a stamp or a byline."""
    text = row.text
    if row.kind == "title" or is_forged(text):
        return "open"
    if row.kind == "text" and find_label(text):
        return "label"
    reason = marks.reason_to_drop(text)
    if reason:
        return reason
    if marks.is_slug(text) and not is_media_name(text.replace("-", " ")):
        return "edition-note"
    if marks.is_byline(without_time(text)):
        return "byline"
    return "metadata" if is_dated(text) else "open"


def _is_candidate(row: Line) -> bool:
    text = row.text
    return (
        row.role == "open"
        and row.kind == "text"
        and len(text.split()) <= 30
        and not text.endswith((*FULL_STOPS, ";", ","))
        and not is_forged(text)
        and not (marks.is_correction(text) and len(text.split()) > 4)
        and any(char.isalpha() for char in text)
    )


def _is_headline(rows: Sequence[Line], index: int) -> bool:
    """Whether a line stands over a text rather than in it."""
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    if below is None or count_words(row.text) < 2 or row.text.endswith("”"):
        return False
    shorter = 2 * len(row.text) < len(below.text)
    return below.gap or shorter or below.role != "open" or _is_candidate(below)


def _is_telling(text: str) -> bool:
    """Whether a line may say something, other than a section's name or the path to it."""
    size = count_words(text)
    return size > 1 and not (text.isupper() and size < 3) and not _PATH.search(text)


def _mark_standfirst(rows: list[Line], index: int | None, candidates: Sequence[int]) -> None:
    """The lines above the first paragraph; of headings below the headline one that says much.

    A line here may be the headline itself, under a name that was taken for one: it has to
    be citable, so it is never a section head.
    """
    start = -1 if index is None else index
    headings = (i for i in range(start) if rows[i].kind == "heading")
    for i in (*candidates, *(i for i in headings if not looks_like_frame(rows[i].text))):
        if rows[i].role == "open":
            rows[i] = rows[i].with_role("standfirst")
    for i in range(start + 1, min(start + 4, len(rows))) if index is not None else ():
        row = rows[i]
        if row.role in {"metadata", "byline", "label", "repeat", "caption", "credit"}:
            continue
        next_head = i + 1 < len(rows) and rows[i + 1].kind == "heading"
        long = len(row.text.split()) >= 6 or next_head
        heading = row.kind == "heading" and not looks_like_frame(row.text)
        if row.role == "open" and heading and long:
            rows[i] = row.with_role("standfirst")
        return


def _mark_repeats(rows: list[Line], index: int | None, title: str) -> list[Line]:
    """Drop what repeats the headline right below it."""
    start = 0 if index is None else index + 1
    known = set(words(title if index is None else rows[index].text))
    for i, row in enumerate(rows[start : start + 6], start):
        own = words(row.text)
        same = len(own) >= 3 and len(known) > 2 and sum(w in known for w in own) >= 0.85 * len(own)
        if row.role in {"open", "standfirst"} and same and not is_ended(row.text.rstrip("?!")):
            rows[i] = row.with_role("repeat")
    return rows
