"""Find the captions among the lines of a plain text: what stands beside the credit of a picture.

A caption is kept once, as a caption; its repeats and the credit are dropped.
"""

from __future__ import annotations

import re

from factcheck.articles.agencies import ANY_AGENCY
from factcheck.articles.lines import Line, is_ended, words
from factcheck.articles.marks import compile_block

_PICTURE = r"(?:photo|photograph|picture|image|credit)s?"
_IMAGE_CREDIT = compile_block(rf"""
    \(?(?:via |{_PICTURE}(?: by)?:? |© |\(c\) |/ ?)\s*\w.{{0,60}}
    (?:\w[\w.’'-]*[ /]+){{0,5}}(?:{ANY_AGENCY}|getty)(?: images)?(?:\s?(?:/|via)\s?[\w ./]{{2,40}})?
    (?:\w[\w.’'-]*[ /]+){{1,5}}(?:images|pictures|photos?)
    \(?ap photo/.{{2,60}}
""")
_SHOWN = r"(?:image|pic|picture|photo|foto|bild|imagen|pie de foto|caption|légende|bildtext)s?"
_PICTURED = compile_block(rf"""
    [^()\[\]]{{10,300}} [(\[](?:image|pic|picture|photo|foto|bild|imagen)s?: [^()\[\]]{{2,60}}[)\]]
    [(\[]{_SHOWN}(?:: [^()\[\]]{{2,300}}[)\]]|[)\]] .{{2,300}})
""")
_CREDIT_AT_END = re.compile(
    rf"(?<=[.!?”\w])\s+(?:{_PICTURE}(?: by)?: .{{2,60}}"
    r"|\((?:ap|reuters|afp|getty)\b[^()]{0,60}\)|© .{2,60})$"
    r"|(?<=[.!?”»])\s+/ ?(?-i:[A-ZÀ-Þ])[^/!?]{1,50}$"
    r"|(?<=\w|\.)(?-i:Credit(?:[A-Z]|\.\.\.))[^.]{2,60}$",
    re.IGNORECASE,
)
# "ENDS" closes a press release.
_CAPITALS = re.compile(
    r"^(?!(?:ENDS?|ENDE|EINDE|FIN|FINE|SLUT|KONIEC|MORE|STOP)$)"
    r"[A-Z]{2,10}(?:\s?/\s?[A-Z][\w ]{2,30}| via [A-Z][\w ]{2,30})?$"
)


def mark_captions(rows: list[Line]) -> list[Line]:
    """A line beside an image credit is a caption; so is one that stands twice."""
    for i, row in enumerate(rows):
        if i and _is_credit_below(rows[i - 1], row):
            rows[i] = row.with_role("credit")
            _mark_group(rows, i - 1)
    for i in range(len(rows) - 1):
        one, two = rows[i], rows[i + 1]
        captions = "caption" in {one.role, two.role} and _same(one.text, two.text)
        twice = one.role == two.role == "open" and words(one.text) == words(two.text)
        if {one.role, two.role} <= {"open", "caption"} and (captions or twice):
            rows[i], rows[i + 1] = _keep_longer(one, two)
    return rows


def is_pictured(line: str) -> bool:
    """Whether a line says in brackets that it describes a picture: "[Photo] The mill"."""
    return _PICTURED.match(line) is not None


def _is_credit_below(above: Line, row: Line) -> bool:
    """Whether a row is the credit of the picture that the row above describes."""
    if not (_is_image_credit(row.text) or is_capital_credit(row.text)):
        return False
    attached = not row.gap and above.role in {"open", "caption"}
    return row.kind == "caption" or (attached and row.role in {"open", "credit"})


def _mark_group(rows: list[Line], last: int) -> None:
    """Mark the caption that ends at `last`, and the lines attached to it: repeats, alt texts."""
    if rows[last].role not in {"open", "caption"} or len(rows[last].text.split()) > 60:
        return
    rows[last] = rows[last].with_role("caption")
    for i in range(last, max(last - 2, 0), -1):
        above = rows[i - 1]
        if rows[i].kind != "text" or rows[i].gap or above.role != "open":
            return
        short = len(above.text.split()) <= 8 and not is_ended(above.text)
        if _same(above.text, rows[last].text):
            rows[i - 1], rows[last] = _keep_longer(above, rows[last])
        elif short:
            rows[i - 1] = above.with_role("repeat")
        elif above.gap and len(above.text.split()) <= 50:
            rows[i - 1] = above.with_role("caption")
        else:
            return


def _same(one: str, two: str) -> bool:
    """Whether two neighbouring lines say the same: the shorter is nearly in the longer."""
    short, long = sorted((words(one), words(two)), key=len)
    if len(short) < 4 or 3 * len(short) < len(long):
        return False
    numbers = {w for w in short if w.isdigit()} - set(long)
    return not numbers and sum(w in long for w in short) >= 0.9 * len(short)


def _keep_longer(one: Line, two: Line) -> tuple[Line, Line]:
    """Keep the longer of two like lines as a caption; as body if it is as long as a paragraph."""
    first = len(one.text) >= len(two.text)
    kept, other = (one, two) if first else (two, one)
    long = len(kept.text.split()) > 45 and kept.role == "open"
    rows = (kept.with_role("open" if long else "caption"), other.with_role("repeat"))
    return rows if first else (rows[1], rows[0])


def _is_image_credit(line: str) -> bool:
    """Whether a line can be the credit of a picture ("AFP via Getty Images")."""
    short = len(line) <= 120 and len(line.split()) <= 8 and not line.endswith((".", "!", "?", "”"))
    return short and _IMAGE_CREDIT.match(line) is not None


def is_capital_credit(line: str) -> bool:
    """Whether a line is one name in capitals, which only beside a caption is a credit."""
    return _CAPITALS.match(line) is not None


def split_credit(line: str) -> tuple[str, str]:
    """A caption without the credit at its end, and that credit ("" where it has none)."""
    match = _CREDIT_AT_END.search(line, max(0, len(line) - 90))
    return (line[: match.start()], match.group().strip()) if match else (line, "")
