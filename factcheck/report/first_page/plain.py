"""The first page as plain text, for a terminal or a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from factcheck.report.first_page.lines import Line, Page


def plain_text(page: Page, width: int = 80) -> str:
    """The first page as plain text within so many columns, for a terminal or a mail."""
    lines = [*fill(page.title, width), ""]
    lines += list_outlets(page.counted, "Outlets that count", (), width)
    if page.rests:
        lines += ["", *(row for one in page.rests for row in show_summary(*one, width)), ""]
    lines += list_outlets((), "", page.not_counted, width)
    lines += [row for text in page.hidden for row in fill(f"Warning: {text}", width)]
    moved = show_lines(page.head("changed"), page.changed, width)
    moved += show_lines(page.head("solid"), page.solid, width)
    asked = show_contests(page, width) + show_lines("Call", page.calls, width)
    lines += asked + moved if page.goes_on else moved + asked
    lines += show_lines("One source, however often printed", page.alone, width)
    lines += show_lines("Check before printing", page.careful, width)
    return "\n".join(lines) + "\n"


def show_contests(page: Page, width: int) -> list[str]:
    """The contested questions with their positions, as plain text."""
    lines = ["", "CONTESTED"] if page.contested else []
    for contest in page.contested:
        lines += fill(f"{contest.head} {contest.brief}".rstrip(), width, "- ")
        for stance in () if contest.brief else contest.stances:
            quote = f"{stance.before} {stance.told} {stance.after}".rstrip() if stance.told else ""
            also = f"; also {stance.also}" if stance.also else ""
            who = f"{stance.claim} – {stance.who}" if stance.claim else stance.who
            lines += fill(f"{who}{quote}{also}", width, "  * ")
        if contest.open:
            lines += fill(contest.open, width, "  * ")
        if contest.remark:
            lines += fill(f"– {contest.remark}", width, "    ")
        if contest.settles:
            lines += fill(f"Would settle it: {contest.settles}", width, "    ")
    if page.contested_too:
        lines += fill(f"Contested too: {'; '.join(page.contested_too)}", width, "- ")
    return lines


def list_outlets(
    counted: Sequence[str], head: str, not_counted: Sequence[str], width: int
) -> list[str]:
    """What counts as an outlet, under a head, and what does not, as plain text."""
    heads = ((head, counted), ("Not an outlet of its own", not_counted))
    texts = (f"{title}: {' · '.join(names)}" for title, names in heads if names)
    return [row for text in texts for row in fill(text, width)]


def show_summary(head: str, points: Sequence[str], width: int) -> list[str]:
    """A line of what the story rests on, as plain text; several points below its head."""
    lead = f"{head}:" if head else ""
    if len(points) == 1:
        return fill(f"{lead} {points[0]}".lstrip(), width)
    return [*fill(lead, width), *(row for one in points for row in fill(one, width, "- "))]


def show_lines(title: str, part: Sequence[Line], width: int) -> list[str]:
    """A section of lines as plain text, with a blank line and its head before it."""
    if not part:
        return []
    rows = (row for line in part for row in fill(line.told(), width, "- "))
    return ["", title.upper(), *rows]


def fill(text: str, width: int, lead: str = "") -> list[str]:
    """A text as lines of at most so many columns, those after the first set in.

    What steers a terminal, or turns the direction of reading, is left out.
    """
    inert = "".join(character for character in text if character.isprintable())
    return textwrap.wrap(
        inert, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
