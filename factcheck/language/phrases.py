"""Cut a sentence into tokens, and find the noun phrases around a verb.

The groundwork of `attribution`: no parser, only the words across which an English
noun phrase does not run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factcheck.language.copies import find_quoted_spans
from factcheck.language.verbs import VERBS
from factcheck.language.words import DAYS_AND_MONTHS, split_table, straight

Range = tuple[int, int]

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Lt|Col|St|Jr|Sr|Prof|Sgt|Capt|Rev)\."
    r"|(?:[A-Za-z]\.){2,}|[A-Z]\.(?= [A-Z])"
    r"|[^\W_]+(?:[.,'&/-][^\W_]+)*|[^\w\s]",
)
# Party, state and age in parentheses stand between a name and its verb.
_ASIDE = re.compile(r"\([^()]{1,40}\)")
BE = split_table("is are was were be been being am")
# "ORLE, May 3 (Tass) - ", "Orle (AP) - ": the place of writing is nobody's name.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.' -]{3,}(?:, [\w. ]{2,20}){0,2}|[A-Z][\w.' ,-]{2,30}(?=\([A-Z][\w ./]+\)))"
    r"\s*(?:\([A-Z][\w ./]+\))?\s*-{1,3}\s"
)
AUXILIARY = split_table(
    """has have had did does do not didn't doesn't don't hasn't haven't hadn't never also later
    then would will could can may might must should won't wouldn't can't couldn't often once ever
    again still even just now however already sometimes always soon first recently himself herself
    themselves both all simply only well further initially yet since earlier""",
)
_PRONOUNS = split_table("he she they it we i you who which")
# A noun phrase does not run across these words to its left.
_BOUNDARY = split_table(
    """but while although though because as when if after before since where whether than so yet
    what how why until unless and or nor then is are was were be has have had will would can
    could may might should did does do not to that even""",
)
LEADING = split_table(
    """but and so yet still however meanwhile then in on at during after before earlier later also
    for as when while since now today yesterday instead by with though from which whom that
    if once according""",
)
CALENDAR = DAYS_AND_MONTHS | split_table(
    "morning afternoon evening night week month year today yesterday"
)
DETERMINERS = split_table("the a an his her their its my our your this these those no any such")
# "An adviser to Roth", "a person close to the talks".
_LINKED_BY_TO = split_table(
    """close adviser advisers advisor advisors aide aides ambassador ambassadors envoy envoys
    secretary assistant assistants counsel candidate""",
)
_OCCASIONS = split_table(
    """statement interview speech address post tweet report letter briefing conference call email
    video broadcast message""",
)
_BEHIND = split_table("that in on during when as after who while at to because")
_ADVERBIAL = split_table(
    "in on during at to after before while from by via through last this earlier"
)


class Token(NamedTuple):
    """A word or mark with its place; `quoted` within a quotation, `low` lowercased.

    A named tuple, for a sentence has dozens and they are the quickest to make.
    """

    text: str
    low: str
    start: int
    end: int
    quoted: bool
    is_word: bool


Tokens = Sequence[Token]


def cut_tokens(text: str) -> list[Token]:
    """The words and marks of a sentence; short parentheses are left out."""
    flat = _DATELINE.sub(_blank, straight(text), count=1) if text[:1].isupper() else straight(text)
    flat = _ASIDE.sub(_blank, flat)
    quoted = bytearray(len(flat))
    for start, end in find_quoted_spans(text):
        if not _is_title(text[start:end]):
            quoted[start:end] = b"q" * (end - start)
    found: list[Token] = []
    for match in _TOKEN.finditer(flat):
        word, (start, end) = match[0], match.span()
        low, is_word = word.lower(), word[0].isalnum()
        found.append(Token(word, low, start, end, bool(quoted[start]), is_word))
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_title(quote: str) -> bool:
    """Whether the quotation is the title of a work: all its longer words are capitalised."""
    said = re.findall(r"[^\W\d_]+", quote)
    return 1 < len(said) <= 8 and all(w[0].isupper() or len(w) <= 3 for w in said)


def low_at(tokens: Tokens, at: int) -> str:
    """The lowercased token at a place, "" outside the sentence."""
    return tokens[at].low if 0 <= at < len(tokens) else ""


def is_be(tokens: Tokens, at: int) -> bool:
    """Whether a form of "be" ends at this place, adverbs after it aside."""
    return low_at(tokens, skip_left(tokens, at)) in BE


def skip_left(tokens: Tokens, at: int) -> int:
    """The place left of the auxiliaries and adverbs that end at `at`."""
    while (
        at >= 0
        and not tokens[at].quoted
        and (tokens[at].low in AUXILIARY or _is_adverb(tokens, at))
    ):
        at -= 1
    return at


def _is_adverb(tokens: Tokens, at: int) -> bool:
    """Whether the word is an adverb such as "flatly", and no name such as Kelly or Italy."""
    word = tokens[at].text
    return word.endswith("ly") and len(word) > 4 and word[0].islower()


def stops(tokens: Tokens, at: int) -> bool:
    """Whether a clause ends here: the end, a quotation, or punctuation."""
    if not 0 <= at < len(tokens) or tokens[at].quoted:
        return True
    if tokens[at].text == "." and at + 1 < len(tokens):
        # An abbreviation, unless a new sentence begins.
        return tokens[at + 1].text[:1].isupper()
    return not tokens[at].is_word and not _is_inner(tokens, at)


def _is_inner(tokens: Tokens, at: int) -> bool:
    """Whether a mark belongs to a word or number: "$5", "the crews' fear", but no dash or comma."""
    glued = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
    if tokens[at].text == "'" and at and not glued:
        return tokens[at - 1].end == tokens[at].start and tokens[at - 1].low.endswith("s")
    return tokens[at].text in "$%[]&@#/" or (tokens[at].text == "-" and glued)


def find_left_phrase(tokens: Tokens, at: int) -> Range | None:
    """The noun phrase that ends at the verb at `at`, an apposition before it included."""
    last = skip_left(tokens, at - 1)
    if last > 0 and tokens[last].low == "that":
        last -= 1
    if last < 0 or tokens[last].quoted:
        return None
    if tokens[last].low in _PRONOUNS:
        return last, last + 1
    if tokens[last].text in ",-":
        return _find_apposition(tokens, last)
    is_word = tokens[last].is_word or tokens[last].text == "%"
    if not is_word or tokens[last].low in _BOUNDARY | LEADING:
        return None
    first = find_phrase_start(tokens, last)
    return first, _without_adverbial(tokens, first, last + 1)


def _without_adverbial(tokens: Tokens, first: int, end: int) -> int:
    """Where a phrase ends before "in a statement" or "on Monday", which stood before its verb."""
    for at in range(end - 2, max(first, end - 5), -1):
        low = tokens[at].low
        if low in ("in", "on", "at", "during") and tokens[end - 1].low in _OCCASIONS | CALENDAR:
            return _without_adverbial(tokens, first, at)
    return end


def find_phrase_start(tokens: Tokens, last: int) -> int:
    """Where the noun phrase that ends at `last` begins."""
    first = last
    while first > 0 and not stops(tokens, first - 1) and not _bars(tokens, first - 1):
        first -= 1
    while first < last and (tokens[first].low in LEADING or _is_adverb(tokens, first)):
        # "In Kyiv officials said" is left whole; "On Tuesday officials said" is not.
        first += 1
        while first < last and tokens[first].low in CALENDAR:
            first += 1
    return first


def _bars(tokens: Tokens, at: int) -> bool:
    low = tokens[at].low
    if low in ("and", "or"):
        # "Roth and Smith said" is one phrase, "it rained and Smith said" is not.
        return not (tokens[at - 1].text[:1].isupper() and tokens[at + 1].text[:1].isupper())
    if low == "to" and low_at(tokens, at - 1) in _LINKED_BY_TO:
        return False
    if low in _BOUNDARY:
        return True
    verb = VERBS.get(low)
    return verb is not None and verb[1] == "past" and low_at(tokens, at - 1) not in DETERMINERS


def _find_apposition(tokens: Tokens, last: int) -> Range | None:
    """The phrase with its apposition, as in 'Roth, the mayor, said': `last` is the mark."""
    opening, mark = last, tokens[last].text
    found: Range | None = None
    for _ in range(3):
        opening -= 1
        while opening > 0 and (
            not stops(tokens, opening) or (mark == "-" and tokens[opening].text == ",")
        ):
            opening -= 1
        head = opening - 1
        marked = opening > 0 and tokens[opening].text == mark and not tokens[opening].quoted
        if not marked or not tokens[head].is_word or tokens[head].quoted:
            return found
        first = find_phrase_start(tokens, head)
        if low_at(tokens, first - 1) in LEADING and found:
            return found
        found = (first, last)
        if tokens[first].text[:1].isupper() or tokens[first].low in DETERMINERS:
            return found
    return found


_LONGEST = 80  # words in a phrase; to go on would make hostile text slow


def find_right_phrase(tokens: Tokens, at: int) -> Range | None:
    """The noun phrase that begins at `at`, up to punctuation or a clause."""
    end = at
    while end - at < _LONGEST and not stops(tokens, end) and tokens[end].low not in _BEHIND:
        end += 1
    while end > at and tokens[end - 1].low in CALENDAR:
        end -= 1
    return (at, end) if end > at else None


def skip_adverbial(tokens: Tokens, at: int) -> int:
    """The place behind 'in a statement', 'on Tuesday', 'to reporters'."""
    if low_at(tokens, at) in CALENDAR or low_at(tokens, at) in _ADVERBIAL:
        end = at
        while end - at <= 8 and not stops(tokens, end) and low_at(tokens, end) != "that":
            end += 1
        if end - at <= 8:
            return end
    return at
