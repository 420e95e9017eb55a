"""Tell the numbers that belong to a name, a score or a range from those that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.language import units
from factcheck.language.amounts import find_counted_noun, is_plural
from factcheck.language.numerals import Numeral

_RANGE = re.compile(
    r"(?:[ -]?[^\W\d_%]{1,10}|%)?(?: - |-\s?| to | or | à | ou | bis | oder | a | o )[$€£]?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[ -]?[^\W\d_]{1,10})? (?:and|et|und|y) [$€£]?", re.IGNORECASE)
_BETWEEN_WORD = re.compile(r"\b(?:between|entre|zwischen)\s*[$€£]?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|de|von|vom)\s*[$€£]?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:article|chapter|flight|channel|section|page|phase|route|highway|title|boeing|airbus"
    r"|apollo|resolution|number|numéro|nummer|número|no\.?|nos\.|n°|nr\.|room|formula|type|mark|unit"
    r"|reactor|gate|platform|pier|berth|terminal|porte|tor|puerta|canal|kanal|gleis|quai|schacht"
    r"|(?-i:Day|Hall|Dock|Bay|Line|Radio|Group|Sector|Zone|Block|Pump|Furnace|Tower|Bus|Tram|Lock"
    r"|Windows|Agenda|Area|Level|Category|Covid|Studio|Station|World War)"
    r")[ -]$",
    re.IGNORECASE,
)
# "3-1", "555-0101", "10-by-12", "24/7"; "12 Elm Road"; "a 5-4 ruling".
SCORE = re.compile(
    r"(?<!\d)\d+(?:/\d+)+\b|(?<![\d.])\.\d+\b"
    r"|\b\d+(?:-| to )\d+(?=[ -](?:vote|decision|ruling|win|lead|victory|loss|majority|defeat)\b)",
    re.IGNORECASE,
)

_STREET = re.compile(
    r" (?:[NSEW]\. )?(?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Blvd|Road|Rd|Lane)\b"
)
_GLUED_BEFORE = re.compile(r"\w-$")
_GLUED_AFTER = re.compile(r"-(?:\d|by-)")
_NAME_AFTER = re.compile(r"[ ][A-Z][^\W\d_]+s\b(?! [a-z]+s\b)")
_VERB = re.compile(r"\s(?:is|was|has|had|will|lies|stands)\b")
_WINDOW = 40


def is_in_name(flat: str, number: Numeral) -> bool:
    """Whether a number is part of a name, an address or a code: "Gate 9", "Three Sluices"."""
    before = flat[max(0, number.start - _WINDOW) : number.start]
    if (number.bare or number.value <= 20) and _NUMBERED.search(before):
        return True
    if number.digits:
        return bool(_STREET.match(flat, number.end))
    if not flat[number.start].isupper():
        return False
    match = _NAME_AFTER.match(flat, number.end)
    if not match:
        return False
    opens = not before.strip() or before.rstrip()[-1] in ".!?:;\"'([-"
    return not opens or bool(_VERB.match(flat, match.end()))


def is_glued(flat: str, number: Numeral) -> bool:
    """Whether digits hang on a hyphen: scores, telephone numbers, "Catch-22"."""
    if not number.bare or number.ordinal or not number.digits:
        return False
    before = _GLUED_BEFORE.search(flat, max(0, number.start - 2), number.start)
    return bool(before or _GLUED_AFTER.match(flat, number.end))


def is_range(flat: str, pair: Sequence[Numeral]) -> bool:
    """Whether two numerals are the ends of a range: "12 to 14 boats", "between 12 and 14"."""
    if len(pair) < 2 or any(n.vague or n.ordinal or n.share for n in pair):
        return False
    first, second = pair
    if second.start - first.end > 20 or first.value >= second.value:
        return False
    between = flat[first.end : second.start]
    before = flat[max(0, first.start - 12) : first.start]
    if _BETWEEN.fullmatch(between):
        return bool(_BETWEEN_WORD.search(before))
    if between.strip() == "-" and first.bare and second.bare and not _range_of_digits(flat, second):
        return False
    return bool(_RANGE.fullmatch(between)) and not ("-" not in between and _FROM.search(before))


def _range_of_digits(flat: str, second: Numeral) -> bool:
    """Whether "12-14" counts something: scores do not."""
    word = find_counted_noun(flat, second.end, "")
    return bool(units.after(flat, second.end)) or is_plural(word)
