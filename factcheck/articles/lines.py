"""The lines of a document before and after cleaning, and how lines of plain text are told apart.

`Line` is one paragraph, heading or caption as the file has it; `Document` is what a
format reader returns, `Cleaned` what cleaning makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from factcheck.articles.marks import are_sections, is_byline, is_slug
from factcheck.language.words import split_table
from factcheck.models import ArticleWarning, Dropped, DropReason, SentenceKind

LineKind = Literal[
    "text", "item", "title", "standfirst", "heading", "caption", "byline", "row", "entry"
]
Part = Literal[SentenceKind, "heading"]
Role = DropReason | Part | Literal["open"]
KEPT: Mapping[Role, Part] = {kind: kind for kind in get_args(Part)}

FULL_STOPS = tuple(".。।॥۔։።။។៕᠃᠉꧉")  # noqa: RUF001 (marks of other scripts)
"""What ends a sentence that is no question, in all scripts."""
# Marks of notes behind a stop: "[2]", "[^2]", "[b]".
_NOTES = r"(?:\s?\[(?:\^?\d{1,3}|[a-z]{1,2})\]|[\u00b9\u00b2\u00b3\u2070-\u2079])*"
_ENDED = re.compile(rf"[{''.join(FULL_STOPS)}!?！？؟…:;][\"”»’')\]」』]*{_NOTES}$")  # noqa: RUF001 (as above)
_ROW = re.compile(
    r"^(?=.{3,80}$)[^\W\d_][^.!?;:]*(?:\s[–-]?\d{1,3}(?:\s*\([^()]*\))?|\([^()]*\d\))$"
)
_PAGE = re.compile(  # the number of a page in print: "Page 1 of 2"
    r"(?:page|seite|página|pagina|strona|sida|side) \d{1,3}"
    r" ?(?:of|/|von|sur|de|di|van|z|av) ?\d{1,3}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_WIDE = re.compile(r" {2,}|\t+")
_TOP = 8  # lines among which the menu of a site can stand
_RULE = re.compile(r"[\W_]*")  # "-----": it ends a paragraph
_HYPHENED = re.compile(r"\b[^\W_]+-[^\W_]+")
_SENTENCE = re.compile(r"\w{3}[.!?][\"”»]?\s")
_CONJUNCTIONS = split_table(
    """und oder bzw. beziehungsweise sowie bis wie als and or to en of et ou och eller og i a y o
    e til samt ja tai"""
)
_LONGEST_ROW = 300  # characters of a row at whose end a word is parted
LIST_ITEM = re.compile(r"^(?:[-*•▪◦]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Line:
    """One line: its text on one row, whether a blank line stood before it, its kind.

    `kind` is "text" where the format does not tell; "row" is a row of a table or score
    box, "entry" the head of a live entry, and `moment` the time of that entry. `role` is what
    cleaning found it to be so far, "open" where it found nothing out. `plain` says that the format
    tells headings and that this line is none, however short it is.
    """

    text: str
    gap: bool = True
    kind: LineKind = "text"
    moment: str = ""
    role: Role = "open"
    plain: bool = False

    def with_role(self, role: Role) -> Line:
        """The line in this role."""
        return replace(self, role=role)


@dataclass(frozen=True)
class Document:
    """A file as read; `told` are dropped lines that may say who published it and when."""

    lines: tuple[Line, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[ArticleWarning, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cleaned:
    """The lines of the story, all in roles of `KEPT`, and what was dropped.

    `edges` are dropped lines above and below it, `masthead` is the name that stands over the
    text, `labels` name its kind.
    """

    story: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    edges: tuple[str, ...]
    masthead: str = ""
    labels: tuple[str, ...] = ()


def read_plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a plain text; lines wrapped at a fixed width become one again."""
    raws = text.split("\n")
    rows = [" ".join(raw.split()) for raw in raws]
    width = _find_wrap_width(rows)
    lines: list[tuple[list[str], bool, Role]] = []  # the rows of each, whether it has a gap
    hyphened = set(_HYPHENED.findall(text.lower()))
    story: list[str] = []  # the rows of the line that may go on
    gap, last, turned = True, "", False
    for raw, row in zip(raws, rows, strict=True):
        if not row:
            gap = True
            continue
        if len(lines) < _TOP and are_sections(_WIDE.split(raw.strip())):
            lines.append(([row], gap, "furniture"))  # the menu of a site
            gap, last = False, ""
            continue
        if _PAGE.fullmatch(row):
            lines.append(([row], gap, "junk-tail"))
            turned = bool(last)
            continue
        over = turned and row[0].islower() and not is_ended(last)
        goes_on = over or (not (gap or turned) and _goes_on(story, last, row, width))
        if goes_on and not LIST_ITEM.match(row):
            _append_row(story, row, hyphened)
        else:
            story = [row]
            lines.append((story, gap, "open"))
        gap, last, turned = False, row, False
    return tuple(mark_rows([Line(" ".join(parts), gap, role=role) for parts, gap, role in lines]))


def _goes_on(story: Sequence[str], last: str, row: str, width: int) -> bool:
    """Whether a row goes on with the line above it, whose rows are `story`.

    By the width; else by a small letter or a quotation below a line with a whole sentence.
    """
    if not last or _RULE.fullmatch(row) or _RULE.fullmatch(last):
        return False
    wanted = len(last) + 1 + len(row.split(maxsplit=1)[0])
    full = wanted > 0.9 * width and len(last) <= 1.05 * width
    small = row[0].islower() and not is_ended(last)
    # Polish puts no single letter at the end of a line.
    early = small and len(last) > 0.63 * width
    quoted = row[0] in "“„«" and is_ended(row) and not is_ended(last)
    amid = (small or quoted) and not is_byline(row) and any(map(_SENTENCE.search, story[-2:]))
    return (width > 0 and (full or early)) or amid or _parts_word(last, row)


def _parts_word(last: str, row: str) -> bool:
    """Whether a row ends in the first part of a word: "Tues-" over "day cut a fine"."""
    return row[0].islower() and last[-1:] == "-" and last[-2:-1].isalpha()


def _append_row(rows: list[str], row: str, hyphened: Collection[str]) -> None:
    """Add a row to a line and join a parted word; not "Sicherheits-" over "und Ordnungsamt"."""
    word, *rest = row.split(maxsplit=1)
    long = len(rows[-1]) > _LONGEST_ROW
    if long or word in _CONJUNCTIONS or not _parts_word(rows[-1], row):
        rows.append(row)
        return
    first = rows[-1].rsplit(maxsplit=1)[-1]
    whole = _HYPHENED.search((first + word).lower())
    known = "-" in first[:-1] or (whole is not None and whole[0] in hyphened)
    rows[-1] = (rows[-1] if known else rows[-1][:-1]) + word
    rows += rest


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """Mark the rows of score boxes and tables: lines that end in a figure, beside another one."""
    like = [
        line.kind == "text" and _ROW.match(line.text) is not None and not is_slug(line.text)
        for line in lines
    ]
    marked = []
    for i, line in enumerate(lines):
        above = i > 0 and like[i - 1] and not line.gap
        below = i + 1 < len(lines) and like[i + 1] and not lines[i + 1].gap
        marked.append(replace(line, kind="row") if like[i] and (above or below) else line)
    return marked


def is_ended(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(text) is not None


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, for comparing: lower case, without punctuation; cached."""
    return tuple(_WORD.findall(text.lower()))


def squeeze(text: str) -> str:
    """The letters and digits of a text alone, in lower case, by which texts are known again."""
    return re.sub(r"\W+", "", text).lower()


def _find_wrap_width(rows: list[str]) -> int:
    """The width at which a text is wrapped, 0 where every line is a paragraph.

    Most wrapped lines have no room for the next word; a few lines, such as an imprint, are longer.
    """
    pairs = [(a, b) for a, b in pairwise(rows) if a and b]
    lengths = sorted(len(row) for row in rows if row)
    width = lengths[-1 - len(lengths) // 10] if lengths else 0
    if not pairs or width > 120:
        return 0
    full = sum(len(a) + 1 + len(b.split()[0]) > 0.95 * width and not is_ended(a) for a, b in pairs)
    return width if full >= max(2, 0.4 * len(pairs)) else 0
