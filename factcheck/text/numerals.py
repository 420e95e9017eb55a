"""Text goes in; the numbers written in it come out, in digits or words, with their places.

What a number measures is the business of `numbers`; which of them a claim may not
invent, that of `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.text.words import STOP, bag, listed, straight

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_ONES.split())}
TENS = {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
# After a currency sign only: otherwise metres, and bytes.
MONEY_SHORT = {"m": 10**6, "mm": 10**6, "b": 10**9}
VAGUE = {"scores": 20, **{f"{word}s": value for word, value in SCALES.items()}}
DECIMAL_COMMA = listed("bg cs da de el es fi fr hu it nl no pl pt ro ru sk sv tr uk")

_POINT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?"
_COMMA = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?"
# Aircraft, summits, diseases and addresses hold digits and count nothing.
_NAME = (
    r"(?:https?://|www\.)\S+"
    r"|(?!(?:usd|eur|gbp|chf|rs)\d|(?:mid|pre|post|early|late|under|over)-)"
    r"[^\W\d_]+-?\d[\w-]*"
)
_TOKENS = {
    comma: re.compile(rf"(?P<name>{_NAME})|(?P<digits>{form})|(?P<word>[a-z]+)", re.IGNORECASE)
    for comma, form in ((False, _POINT), (True, _COMMA))
}
_MONEY = re.compile(r"(?:[$€£¥₽₴]|usd|eur|gbp|chf|rs)\s?$", re.IGNORECASE)
_PRONOUN_BEFORE = listed("the this that no any every each some which another at day")
_NOT_COUNTED = listed("another thing day such way is was has had would will")
# The words that open a number; most sentences hold none, and looking further is slow.
_OPENING = frozenset(
    (*SMALL, *TENS, *VAGUE, *listed("tens several few half a an the")),
)
_ARTICLES = listed("a an the")
_DIGIT = re.compile(r"\d")
_LIKELY = (_OPENING - _ARTICLES) | frozenset((*SCALES, *listed("pair couple")))

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A written number. `step` is the unit of its last written digit, "1" for words.

    `scale` is the worth of the word that closes it ("million"), 1 for none.
    `vague` marks a plural such as "hundreds", whose value is only a lower bound.
    `bare` marks digits without separator, decimals or scale, which may be a year.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    vague: bool = False
    bare: bool = False
    scale: Decimal = Decimal(1)


def numerals(text: str, language: str = "en") -> Iterator[Numeral]:
    """All numbers in the text, in order; offsets are those of the given text.

    "two", "twenty-one", "a dozen", "half a million", "300 million", "1,200", "a pair of".
    Ordinals, the pronoun "one", and digits inside names ("G7", "F-16") are left out.
    """
    flat = straight(text)
    if not (_DIGIT.search(flat) or not _LIKELY.isdisjoint(bag(flat))):
        return
    tokens = list(_TOKENS[language[:2].lower() in DECIMAL_COMMA].finditer(flat))
    at = 0
    while at < len(tokens):
        read = _read(flat, tokens, at, comma=language[:2].lower() in DECIMAL_COMMA)
        if read is None:
            at += 1
            continue
        numeral, at = read
        yield numeral


def _read(
    flat: str, tokens: Sequence[Token], at: int, *, comma: bool
) -> tuple[Numeral, int] | None:
    token = tokens[at]
    if token.lastgroup == "digits":
        return _digits(flat, tokens, at, comma=comma)
    low = token[0].lower()
    if token.lastgroup == "name" or low not in _OPENING:
        return None
    if low in _ARTICLES and (at + 1 == len(tokens) or tokens[at + 1][0].lower() not in _LIKELY):
        return None
    return _vague(flat, tokens, at) or _part(flat, tokens, at) or _spelled(flat, tokens, at)


def _digits(
    flat: str, tokens: Sequence[Token], at: int, *, comma: bool
) -> tuple[Numeral, int] | None:
    token = tokens[at]
    if re.match(r"(?:st|nd|rd|th)\b", flat[token.end() :]):
        return None
    raw = token["digits"].replace(" ", "")
    plain = raw.replace(".", "").replace(",", ".") if comma else raw.replace(",", "")
    value, step = Decimal(plain), _step(plain)
    scale, after = _scale(flat, tokens, at + 1, money=bool(_MONEY.search(flat[: token.start()])))
    if scale != 1:
        # "20 million" may be 19.6 million: what is rounded is the number before the scale.
        step = min(step, Decimal(1)) if value < 100 else step
    end = tokens[after - 1].end()
    bare = scale == 1 and raw.isdigit() and " " not in token["digits"]
    span = token.start(), end
    return Numeral(*span, value * scale, step * scale, bare=bare, scale=Decimal(scale)), after


def _step(plain: str) -> Decimal:
    """The unit of the last digit that was not rounded away: 0.1 for 36.4, 100 for 1200."""
    if "." in plain:
        return Decimal(1).scaleb(-len(plain.split(".")[1]))
    zeros = len(plain) - len(plain.rstrip("0"))
    return Decimal(10**zeros) if len(plain) > 2 and int(plain) else Decimal(1)


def _scale(flat: str, tokens: Sequence[Token], at: int, *, money: bool) -> tuple[int, int]:
    """The product of the scale words from `at` on, and the place after them."""
    scale = 1
    while at < len(tokens) and _joined(flat, tokens, at):
        word = (tokens[at]["word"] or "").lower()
        short = SHORT | MONEY_SHORT if money else SHORT
        factor = SCALES.get(word) or short.get(word)
        if not factor:
            break
        scale, at = scale * factor, at + 1
    return scale, at


def _joined(flat: str, tokens: Sequence[Token], at: int) -> bool:
    return flat[tokens[at - 1].end() : tokens[at].start()] in ("", " ", "-")


def _words(flat: str, tokens: Sequence[Token], at: int, count: int) -> list[str]:
    """Up to `count` lowercased words from `at` on that follow each other without punctuation."""
    found: list[str] = []
    for here in range(at, min(at + count, len(tokens))):
        if not tokens[here]["word"] or (found and not _joined(flat, tokens, here)):
            break
        found.append(tokens[here]["word"].lower())
    return found


def _vague(flat: str, tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Amounts with a lower bound only: "hundreds", "tens of thousands", "several hundred"."""
    said = _words(flat, tokens, at, 3)
    if said[0] not in VAGUE and said[0] not in ("tens", "several", "few"):
        return None
    if said[0] in ("several", "few"):
        return _several(tokens, at, said)
    value, after = Decimal(VAGUE.get(said[0], 10)), at + 1
    if len(said) == 3 and said[1] == "of" and said[2] in VAGUE:
        value, after = value * VAGUE[said[2]], at + 3
    elif said[0] == "tens":
        return None
    span = tokens[at].start(), tokens[after - 1].end()
    return Numeral(*span, value, value, vague=True), after


def _several(tokens: Sequence[Token], at: int, said: Sequence[str]) -> tuple[Numeral, int] | None:
    if said[1:2] == [] or said[1] not in SCALES:
        return None
    value = Decimal(2 * SCALES[said[1]])
    return Numeral(tokens[at].start(), tokens[at + 1].end(), value, value, vague=True), at + 2


def _part(flat: str, tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Numbers that open with an article or "half": a pair, a couple, half a million, half."""
    said = _words(flat, tokens, at, 3)
    if said[0] in ("a", "the") and said[2:3] == ["of"] and said[1] in ("pair", "couple", "handful"):
        if said[1] == "handful":
            return None
        return Numeral(tokens[at].start(), tokens[at + 1].end(), Decimal(2), Decimal(1)), at + 2
    if said[0] != "half":
        return None
    first = at + 2 if said[1:2] == ["a"] else at + 1
    scale, after = _scale(flat, tokens, first, money=False)
    if scale == 1:
        scale, after = 1, at + 1
    span = tokens[at].start(), tokens[after - 1].end()
    return Numeral(*span, Decimal("0.5") * scale, Decimal(scale) / 10), after


def _spelled(flat: str, tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Number words: "two", "twenty-one", "one hundred and five", "a dozen", "three million"."""
    start, sum_ = at, _Sum()
    if _words(flat, tokens, at, 1)[0] in ("a", "an"):
        sum_, at = _Sum(group=Decimal(1)), at + 1
        if at >= len(tokens) or (tokens[at]["word"] or "").lower() not in SCALES:
            return None
    while at < len(tokens) and (at == start or _joined(flat, tokens, at)):
        longer = _extend(sum_, _words(flat, tokens, at, 3))
        if longer is None:
            break
        sum_, used = longer
        at += used
    if sum_.group is None or not _counts(flat, tokens, start, at, sum_.total + sum_.group):
        return None
    step = Decimal(1) if sum_.group or sum_.step == 12 else sum_.step
    span = tokens[start].start(), tokens[at - 1].end()
    scale = Decimal(SCALES.get(tokens[at - 1]["word"].lower(), 1))
    return Numeral(*span, sum_.total + sum_.group, step, scale=scale), at


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number read so far: "two thousand three hundred" is total 2000, group 300."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    step: Decimal = Decimal(1)


def _extend(sum_: _Sum, said: list[str]) -> tuple[_Sum, int] | None:
    """The number with the next word read, and how many words that took; None at its end."""
    group, word = sum_.group, said[0] if said else ""
    if said == ["and", "a", "half"] and group:
        return replace(sum_, group=group + Decimal("0.5")), 3
    if word == "and" and group is not None and said[1:] and said[1] in SMALL | TENS:
        return (sum_, 1) if (group or sum_.total) and group % 100 == 0 else None
    if word in SMALL | TENS and _fits(word, group):
        return replace(sum_, group=(group or 0) + Decimal((SMALL | TENS)[word])), 1
    if word == "hundred" and group:
        return replace(sum_, group=group * 100), 1
    if word in SCALES and group:
        total = sum_.total + group * SCALES[word]
        return _Sum(total, Decimal(0), Decimal(SCALES[word])), 1
    return None


def _fits(word: str, group: Decimal | None) -> bool:
    """Whether the word continues the number: five after twenty or hundred, not after three."""
    if group is None:
        return True
    if word in TENS:
        return group % 100 == 0
    return group % 100 == 0 or (group % 100 in TENS.values() and 0 < SMALL[word] < 10)


def _counts(flat: str, tokens: Sequence[Token], start: int, end: int, value: Decimal) -> bool:
    """Whether it is a number at all: "one" mostly is a pronoun."""
    if value != 1 or end - start > 1:
        return True
    before = _words(flat, tokens, start - 1, 1) if start and _joined(flat, tokens, start) else []
    after = _words(flat, tokens, end, 1) if end < len(tokens) and _joined(flat, tokens, end) else []
    if before and before[0] in _PRONOUN_BEFORE:
        return False
    return bool(after) and after[0] not in STOP and after[0] not in _NOT_COUNTED
