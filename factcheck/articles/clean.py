"""Sort the lines of a document into those of the story and dropped ones, each with a reason.

Their shape and neighbours tell what is a section head, a caption with its credit, or no part of
the story; `head.py` tells what stands above it. In doubt a line is kept as body text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from factcheck.articles import marks
from factcheck.articles.captions import is_capital_credit, is_pictured, mark_captions, split_credit
from factcheck.articles.head import read_head
from factcheck.articles.lines import KEPT, Cleaned, Line, LineKind, Role, is_ended, words
from factcheck.articles.numbered import looks_like_frame
from factcheck.articles.outlet import cut_descriptor
from factcheck.articles.times import (
    is_dated,
    read_time,
    split_clock,
    without_time,
)
from factcheck.models import Dropped

_OPENING, _CLOSING = "“‘\"'«¿¡", "”’\"'»"
_QUOTED_SENTENCE = re.compile(r"[.!?][”\"]\s|[^\W\d_]{3}[.!?] [^\W\d_a-z]|,[”\"»’]\s|[“”\"»],\s")
_SPEAKER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{1,30}:$")
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios?|commenti)(?: \(\d+\))?:?",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\w[\w.-]{1,24}: \S")  # "marden_mum: My son was on it"
_LEAST_STORY = 2  # paragraphs that stand above what readers wrote
_NEXT = 5  # rows in which the first of them is named
_NAME = 3  # words of a name
_BY_KIND: Mapping[LineKind, Role] = {
    "caption": "caption",
    "standfirst": "standfirst",
    "row": "body",
    "entry": "body",
}
_HEADED = frozenset({"body", "caption", "heading"})
_LONGEST_LIST = 200  # lines of a list of other stories
_ITEMS = 3  # short lines in a row that no headings are
_CLOCK_FIRST = re.compile(r"(?:kl\w*|ore)?\W*\d", re.IGNORECASE)
_ENTRIES = 3  # clocks that stand alone or open a head, from which a text is a live page


def clean(lines: Sequence[Line], title: str, outlet: str) -> Cleaned:
    """Sort lines into the story and the rest, by the title and outlet of the metadata, if any."""
    lines = _join_speakers(_cut_tail_credits(lines))
    rows = [line.with_role(_find_role(line)) for line in lines]
    rows = _mark_live_entries(rows)
    rows = read_head(rows, title, outlet)
    for i, row in enumerate(rows):
        if row.role == "open" and (reason := marks.reason_to_drop(row.text)):
            rows[i] = row.with_role(reason)
    for step in (
        _mark_comments,
        _mark_edges,
        mark_captions,
        _mark_repeats,
        _mark_teaser_lists,
        _mark_headings,
    ):
        rows = step(rows)
    if title and all(row.role != "headline" for row in rows):
        rows.insert(0, Line(title, kind="title", role="headline"))
    return Cleaned(
        tuple(row for row in rows if row.role in KEPT),
        tuple(Dropped(text=row.text, reason=row.role) for row in rows if row.role not in KEPT),
        tuple(_list_edge_texts(rows)),
        next((cut_descriptor(row.text) for row in rows if row.role == "masthead"), ""),
        tuple(row.text for row in rows if row.role == "label"),
    )


def _find_role(line: Line) -> Role:
    if line.role != "open":
        return line.role  # its format told it
    if line.kind == "byline":
        return "metadata" if is_dated(line.text) else "byline"
    if line.kind == "text" and is_pictured(line.text):
        return "caption"
    return _BY_KIND.get(line.kind, "open")


def _join_speakers(lines: Sequence[Line]) -> list[Line]:
    """Put the name of a speaker that stands on a line of its own before what is said."""
    result: list[Line] = []
    for line in lines:
        if result and line.kind == "text" and _SPEAKER.match(result[-1].text):
            result[-1] = replace(result[-1], text=f"{result[-1].text} {line.text}")
        else:
            result.append(line)
    return result


def _mark_live_entries(rows: list[Line]) -> list[Line]:
    """Give rows the time of their live entry, which a clock alone or in a heading starts."""
    told = [split_clock(row.text) if row.role == "open" else None for row in rows]
    starts = [
        bool(found and (not found[1] or row.kind == "heading") and _CLOCK_FIRST.match(found[0]))
        for row, found in zip(rows, told, strict=True)
    ]
    if sum(starts) < _ENTRIES:
        return rows
    for i, row in enumerate(rows):  # "10:30 Line open again" among them
        if told[i] and row.gap and _is_like_heading(row):
            starts[i] = True
    moment, result = "", []
    for row, found, start in zip(rows, told, starts, strict=True):
        moment = found[0] if found and start else moment
        role: Role = row.role
        if start and found:
            role = "body" if found[1] else "metadata"
        kind = "entry" if role == "body" and start else row.kind
        result.append(replace(row, moment=row.moment or moment, kind=kind, role=role))
    return result


def _cut_tail_credits(lines: Sequence[Line]) -> list[Line]:
    """Cut "(Reporting by ...)" or "Photo: ..." off the end of a line, to a line of its own."""
    result = []
    for line in lines:
        head, mark, tail = line.text.rpartition(" (")
        caption, credit = split_credit(line.text)
        if credit and (
            line.kind == "caption" or credit.startswith("Credit") or is_pictured(line.text)
        ):
            result += [replace(line, text=caption), Line(credit, gap=False, kind="caption")]
        elif mark and len(words(head)) > 5 and marks.reason_to_drop("(" + tail) == "credit":
            result += [replace(line, text=head), Line("(" + tail, gap=False)]
        else:
            result.append(line)
    return result


def _is_story(row: Line) -> bool:
    """Whether a row is certainly a paragraph of the story."""
    return row.role == "open" and len(row.text.split()) >= 5 and is_ended(row.text)


def _mark_comments(rows: list[Line]) -> list[Line]:
    """What readers wrote below a pasted story: all that follows "3 comments" and a first name."""
    story = 0
    for i, row in enumerate(rows):
        story += _is_story(row)
        if story < _LEAST_STORY or not _COMMENTS.fullmatch(row.text):
            continue
        after = [one.text for one in rows[i + 1 :] if one.role == "open"][:_NEXT]
        if any((len(t.split()) <= _NAME and not is_ended(t)) or _SAYS.match(t) for t in after):
            below = [one.with_role("junk-tail") if one.role == "open" else one for one in rows[i:]]
            return [*rows[:i], *below]
    return rows


def _mark_edges(rows: list[Line]) -> list[Line]:
    """Bylines, times and credits above the story or below it; a stamp also within it."""
    story = [i for i, row in enumerate(rows) if _is_story(row)]
    first, last = (story[0], story[-1]) if story else (0, len(rows))
    return [
        row.with_role(_find_edge_role(row, above=i < first, below=i > last))
        for i, row in enumerate(rows)
    ]


def _find_edge_role(row: Line, *, above: bool, below: bool) -> Role:
    if row.role != "open" or row.kind not in {"text", "byline"}:
        return row.role
    if _is_stamp(row.text):
        return "metadata"
    if (above or below) and marks.is_byline(without_time(row.text)):
        return "byline"
    if above and is_dated(row.text):
        return "metadata"
    if below and marks.is_link_row(row.text):
        return "furniture"
    return "credit" if below and is_capital_credit(row.text) else "open"


def _is_stamp(text: str) -> bool:
    """Whether a line is a publication time and nothing else, wherever it stands."""
    marked = text.lower().startswith(("publi", "updat", "post", "last ", "first publ", "veröff"))
    told = read_time(text) if marked else None
    return told is not None and not told.rest


def _mark_repeats(rows: list[Line]) -> list[Line]:
    """A line that stood before, word for word, is dropped wherever it stands again."""
    seen: set[tuple[str, ...]] = set()
    for i, row in enumerate(rows):
        own = words(row.text)
        if row.role in {*KEPT, "open"} and len(own) >= 5:
            if own in seen and row.role not in {"headline", "standfirst"}:
                rows[i] = row.with_role("repeat")
            seen.add(own)
    return rows


def _mark_teaser_lists(rows: list[Line]) -> list[Line]:
    """Drop titles under "Related Articles"; one title before more of the story may be a heading."""
    stories = [i for i, row in enumerate(rows) if _is_story(row)]
    for i, row in enumerate(rows):
        if row.role != "teaser" or not marks.opens_list(row.text):
            continue
        run = []
        for j in range(i + 1, min(i + _LONGEST_LIST, len(rows))):
            text = rows[j].text
            question = text.endswith("?") and len(text.split()) <= 14
            if rows[j].role == "open" and is_ended(text) and not question:
                break
            if rows[j].role == "open":
                run.append(j)
        while stories and not _is_story(rows[stories[-1]]):
            stories.pop()
        more = bool(stories) and stories[-1] > i
        for j in run if len(run) > 1 or not more else []:
            rows[j] = rows[j].with_role("teaser")
    return rows


def _mark_headings(rows: list[Line]) -> list[Line]:
    """Short lines without a full stop that stand over body text; the rest is body."""
    alike = [row.role == "open" and _is_like_heading(row) for row in rows]
    text = [i for i, r in enumerate(rows) if r.role == "open" and r.kind == "text"]
    last = max((i for i in text if not alike[i]), default=-1)
    roles: list[Role] = ["body" if row.role == "open" else row.role for row in rows]
    for i, row in enumerate(rows):
        if alike[i] and not row.plain and (i < last or row.kind == "heading"):
            roles[i] = "heading"
    kept = [i for i, role in enumerate(roles) if role in KEPT]
    for i in _list_items(rows, roles, kept):
        roles[i] = "body"
    for at, under in pairwise(kept):
        if roles[at] == roles[under] == "heading":
            roles[at] = "body"  # it stands over a heading, not over text, and may say something
    said = max((i for i, role in enumerate(roles) if role in _HEADED), default=-1)
    for i in range(len(rows)):
        if roles[i] == "heading" and i >= said:
            roles[i] = "teaser"  # it stands over nothing but teasers, or over nothing at all
    return [row.with_role(role) for row, role in zip(rows, roles, strict=True)]


def _list_items(rows: list[Line], roles: Sequence[Role], kept: Sequence[int]) -> Iterator[int]:
    """The short lines that are items of a list: those beneath a colon, and several in a row."""
    above = ""
    for short, group in groupby(kept, lambda i: roles[i] == "heading" and rows[i].kind == "text"):
        run = list(group)
        if short and (len(run) >= _ITEMS or above.endswith(":")):
            yield from run
        above = rows[run[-1]].text


def _is_like_heading(row: Line) -> bool:
    if looks_like_frame(row.text) or row.kind == "item":
        return False
    if row.kind in {"heading", "title"}:
        return True
    text = row.text
    size = len(text.split())
    return (
        size <= 12
        and not is_ended(text)
        and not text.endswith(",")
        and not (marks.is_correction(text) and size > 4)
        and not text[0].islower()
        and (text[0].isalnum() or text[0] in _OPENING)
        and text[-1] not in _CLOSING
        and _QUOTED_SENTENCE.search(text) is None
    )


def _list_edge_texts(rows: list[Line]) -> list[str]:
    """What was dropped above the first certain and below the last paragraph, in order."""
    top = next((i for i, row in enumerate(rows) if row.role == "headline"), -1)
    body = [i for i, row in enumerate(rows) if row.role in {"body", "heading"} and i > top]
    told = (i for i in body if rows[i].kind != "text" or _is_story(rows[i].with_role("open")))
    first, last = (next(told, body[0]), body[-1]) if body else (len(rows), len(rows))
    return [
        row.text
        for i, row in enumerate(rows)
        if row.role not in KEPT
        and (i < first or i > last)
        # the credit of a picture is not that of the story
        and not (row.role == "credit" and i and rows[i - 1].role == "caption")
    ]
