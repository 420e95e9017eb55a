"""Find the numbers that a text writes in digits or words, with their values and places.

Number words are read by text2num (English, French, German, Spanish, Italian, Dutch,
Portuguese, Danish); the decimal sign of a language comes from Babel. What is added here
are scales behind digits ("2,1 Mio."), dozens, halves, shares, and what only looks like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from factcheck.language import number_words as known
from factcheck.language.words import STOP, find_locale, straight

# Longer rows of digits are identifiers, and work to calculate with.
_LONGEST = 24
_AND_A_HALF = re.compile(r"[\s-](?:and a half|et demie?|y medi[oa])\b", re.IGNORECASE)
_FEW = "|".join(word for word, n in known.COUNTS.items() if n < 5)
_WHOLE = "|".join(word for word, n in known.COUNTS.items() if n > 2)
# "More than a third were at work", where no "of" follows.
_BOUNDED = "|".join(
    rf"(?<={word} a {share})\b"
    for word in ["than", "about", "nearly", "almost", "over", "around", "roughly", "least"]
    for share in ("third", "quarter", "fifth")
)
_SHARE = re.compile(
    rf"\b(?:(?P<over>{_FEW})[ -])"
    rf"(?P<under>{'|'.join(known.SHARES)})"
    r"(?:(?<=tiers)\b|(?<=tel)\b|(?<=parte)s?\b|s\b(?!-)|(?= (?:of|des?|du|der|del)\b)|(?= d')"
    rf"|{_BOUNDED})"
    rf"|\b(?P<some>{'|'.join(known.COUNTS)}|[1-9]\d?) (?:in|out of|sur|de cada|von) (?:every )?"
    rf"(?P<all>{_WHOLE}|[3-68]|[12]0|100)\b(?![.,]?\d|%)"
    r"(?! (?:year|month|week|day|hour|minute|an|mois|jour|semaine|heure|año|mes|día|hora)s?\b)"
    r"|\b(?P<half>half)(?= (?:of|the|its|their|his|her|all)\b)|\b(?P<moitié>moitié|hälfte|mitad)\b",
    re.IGNORECASE,
)
_POINT = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+|,\d{1,2}(?![\d,]))?"
)
_COMMA = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+|\.\d{1,2}(?![\d.]))?"
# Aircraft, summits, diseases and addresses hold digits and count nothing.
_NAME = (
    r"(?:https?://|www\.)\S+"
    r"|(?!(?:usd|eur|gbp|chf|rs)\d|(?:mid|pre|post|early|late|under|over)-)"
    r"[^\W\d_]+-?\d[\w-]*"
)
_TOKENS = {
    comma: re.compile(rf"(?P<name>{_NAME})|(?P<digits>{form})|(?P<word>[^\W\d_]+)", re.IGNORECASE)
    for comma, form in ((False, _POINT), (True, _COMMA))
}
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|er|ère|ème|e|º|ª)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A written number, with its place.

    `step` is the unit of its last digit that was not rounded away, `scale` the worth of
    the word that closes it ("million"). `bare` marks a number without separator, decimals
    or scale, which may be a year, `digits` one that is not in words; `vague` a plural such
    as "hundreds", of which the value is a lower bound; `rough` one that says "about" by
    itself ("une vingtaine"); `share` a part of a whole, whose value is in percent. `beyond` is
    the end of what was read with it further on, as in "an hour and a half", 0 for its own.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    scale: Decimal = Decimal(1)
    bare: bool = False
    digits: bool = False
    vague: bool = False
    rough: bool = False
    ordinal: bool = False
    share: bool = False
    beyond: int = 0

    @property
    def scaled(self) -> bool:
        """Whether a word such as "million" closes it."""
        return self.scale != 1


class _Token:
    """A word as text2num wants to see it."""

    __slots__ = ("apart", "end", "kind", "low", "start", "word")

    def __init__(self, match: re.Match[str], gap: str) -> None:
        self.kind, self.word = match.lastgroup, match[0]
        self.low = self.word.lower()
        if match.string.startswith("'", match.end()):
            self.word = self.low = known.ELIDED.get(self.low, self.low)
        self.start, self.end = match.span()
        self.apart = gap not in ("", " ", "-")

    def text(self) -> str:
        return self.word

    def text_lowercase(self) -> str:
        return self.low

    def nt_separated(self, _: object) -> bool:
        return self.apart

    def not_a_number_part(self) -> bool:
        return self.kind != "word" or self.low in ("virgule", "coma", "komma", "point", "o")


@lru_cache(maxsize=8192)
def numerals(text: str, language: str = "en") -> tuple[Numeral, ...]:
    """All numbers of a text, in order; offsets are those of the given text.

    Pronouns ("one of them"), articles ("une", "ein") and digits inside names ("G7",
    "F-16") are left out; ordinals are marked.
    """
    flat, code = straight(text), language[:2].lower()
    shares = [_share(match) for match in _SHARE.finditer(flat)]
    flat = _SHARE.sub(lambda match: "_" * len(match[0]), flat)
    found = shares + _Reader(flat, code).read()
    return tuple(sorted(found, key=lambda one: one.start))


def spoken_values(text: str, language: str) -> frozenset[Decimal]:
    """The values of all number words of a text, whatever is made of them: "las doce" holds 12."""
    spoken = _Reader(straight(text), language[:2].lower()).spoken
    return frozenset(value for _, value, _ in spoken.values())


def _share(match: re.Match[str]) -> Numeral:
    """A share of a whole as a percentage."""
    if match["some"]:
        some, every = match["some"].lower(), match["all"].lower()
        over, under = known.COUNTS.get(some) or int(some), known.COUNTS.get(every) or int(every)
    elif match["under"]:
        over, under = known.COUNTS[match["over"].lower()], known.SHARES[match["under"].lower()]
    else:
        return Numeral(*match.span(), Decimal(50), Decimal(1), share=True)
    exact = Decimal(100 * over) / under
    step = Decimal(1) if 100 % under == 0 else Decimal(5)
    return Numeral(*match.span(), exact.quantize(Decimal("0.01")), step, share=True)


@lru_cache(maxsize=64)
def has_decimal_comma(code: str) -> bool:
    """Whether a language writes 7,90 for 7.90."""
    locale = find_locale(code)
    symbols = locale.number_symbols if locale else {}
    return bool(symbols.get("latn", symbols).get("decimal") == ",")


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, flat: str, code: str) -> None:
        self.flat, self.code = flat, code
        self.comma = has_decimal_comma(code)
        self.tokens: list[_Token] = []
        last = 0
        for match in _TOKENS[self.comma].finditer(flat):
            self.tokens.append(_Token(match, flat[last : match.start()]))
            last = match.end()
        self.spoken = self._find_spoken()

    def _find_spoken(self) -> dict[int, tuple[int, Decimal, bool]]:
        """Numbers in words by the place of their first token: place after, value, ordinal."""
        if self.code not in known.SPOKEN or not self.tokens:
            return {}
        from text_to_num import find_numbers  # noqa: PLC0415 - not to be paid by --help

        return {
            one.start: (one.end, Decimal(int(one.value)), one.is_ordinal)
            for one in find_numbers(self.tokens, self.code, 0.0)
            if one.value < 1e15
        }

    def read(self) -> list[Numeral]:
        found: list[Numeral] = []
        at = 0
        while at < len(self.tokens):
            one = self._number(at)
            if one is None:
                at += 1
                continue
            if match := _AND_A_HALF.match(self.flat, one.end):
                one = self._add_half(one, self._past(at, match.end()), match.end())
            found.append(one)
            at = self._past(at, one.beyond or one.end)
        return found

    def _past(self, at: int, end: int) -> int:
        """The place of the first token behind this end."""
        while at < len(self.tokens) and self.tokens[at].start < end:
            at += 1
        return at

    def _add_half(self, one: Numeral, at: int, end: int) -> Numeral:
        """Read "two and a half", up to `end`, with the scale that may stand at `at`."""
        factor, after = self._scale(at) if one.scale == 1 else (1, at)
        scale = one.scale * factor
        value, step = (one.value + one.scale / 2) * factor, scale / 10
        end = self.tokens[after - 1].end if after > at else end
        return replace(
            one, value=value, step=step, scale=scale, end=end, bare=one.bare and after == at
        )

    def _number(self, at: int) -> Numeral | None:
        kind = self.tokens[at].kind
        if kind == "digits":
            return self._digits(at)
        if kind != "word":
            return None
        readers = (self._vague, self._dozens, self._half, self._article, self._words)
        return next((one for reader in readers if (one := reader(at))), None)

    def _low(self, at: int) -> str:
        """The word at a place that follows the one before it without punctuation, or ""."""
        if at >= len(self.tokens) or self.tokens[at].apart:
            return ""
        return self.tokens[at].low if self.tokens[at].kind == "word" else ""

    def _span(self, at: int, after: int) -> tuple[int, int]:
        return self.tokens[at].start, self.tokens[after - 1].end

    def _digits(self, at: int) -> Numeral | None:
        token = self.tokens[at]
        raw = token.word.replace(" ", "")
        if len(raw) > _LONGEST:
            return None
        value = _value(raw, comma=self.comma)
        if _ORDINAL_END.match(self.flat, token.end) and raw.isdigit():
            return Numeral(token.start, token.end, value, Decimal(1), ordinal=True)
        scale, after = self._scale(at + 1)
        step = _step(value)
        if scale != 1 and value < 100:
            # "20 million" may be 19.6 million: what is rounded is the number before the scale.
            step = min(step, Decimal(1))
        bare = scale == 1 and token.word.isdigit()
        start, end = self._span(at, after)
        if self._low(after - 1) in known.SHORT_SCALES and self.flat.startswith(".", end):
            end += 1
        value, step = value * scale, step * scale
        return Numeral(start, end, value, step, Decimal(scale), bare=bare, digits=True)

    def _scale(self, after: int) -> tuple[int, int]:
        """The product of the scale words from a place on, and the place after them."""
        scale = 1
        while word := self._low(after):
            factor = known.SCALES.get(word, 0)
            if word == "billion" and self.code in known.LONG_BILLION:
                factor = 10**12
            if not factor or scale * factor > 10**15:
                break
            scale, after = scale * factor, after + 1
        return scale, after

    def _vague(self, at: int) -> Numeral | None:
        """Read a lower bound: "hundreds", "dizaines de milliers", "several hundred"."""
        low, after = self.tokens[at].low, at + 1
        if low in known.SEVERAL:
            following = self._low(at + 1)
            number = 2 * known.MULTIPLES.get(following, 0) or known.VAGUE.get(following, 0)
            after += 1
        elif low == "miles" and self.code != "es":
            return None
        else:
            number = known.VAGUE.get(low, 0)
            of = self._low(at + 1) in ("of", "de", "von") and known.VAGUE.get(self._low(at + 2), 0)
            if of:
                number, after = number * of, at + 3
            elif low == "tens":
                return None
        value = Decimal(number)
        return Numeral(*self._span(at, after), value, value, vague=True) if number else None

    def _dozens(self, at: int) -> Numeral | None:
        """Read "a dozen", "two dozen", "une vingtaine", "a pair of"."""
        count, after = Decimal(1), at + 1
        if at in self.spoken and not self.spoken[at][2]:
            after, count, _ = self.spoken[at]
        elif self.tokens[at].low not in known.BEFORE_DOZENS:
            after = at
        word = self.tokens[after].low if after == at else self._low(after)
        alone = word in ("pair", "couple") and self._low(after + 1) != "of"
        if alone or word not in known.DOZENS:
            return None
        value = count * known.DOZENS[word]
        rough = word not in known.COUNTED_OUT
        step = Decimal(known.DOZENS[word] if rough else 1)
        return Numeral(*self._span(at, after + 1), value, step, rough=rough)

    def _half(self, at: int) -> Numeral | None:
        """Read "half a million", "half a mile", "un demi-million", "media hora", "anderthalb"."""
        opened = self.tokens[at].low in known.ARTICLES and self._low(at + 1) in known.HALVES
        first = at + 1 if opened else at
        word = self.tokens[first].low
        if word not in known.HALVES or (word == "media" and self.code != "es"):
            return None
        following = first + 2 if self._low(first + 1) in known.ARTICLES else first + 1
        scale, after = self._scale(following)
        if scale == 1 and not self._low(following):
            return None
        span, worth = self._span(at, after), Decimal(scale)
        return Numeral(*span, Decimal(known.HALVES[word]) * scale, worth / 10, worth)

    def _article(self, at: int) -> Numeral | None:
        """Read "a hundred", and the article of "an hour and a half", "une heure et demie"."""
        if self.tokens[at].low not in known.ARTICLES:
            return None
        if at + 1 in self.spoken and not self.tokens[at + 1].apart and self.code == "en":
            _, value, ordinal = self.spoken[at + 1]
            if not ordinal and value >= 100 and (number := self._words(at + 1)):
                return replace(number, start=self.tokens[at].start)
        if at + 1 == len(self.tokens) or self._low(at + 1) in known.SCALES:
            return None
        match = _AND_A_HALF.match(self.flat, self.tokens[at + 1].end)
        span, value = self._span(at, at + 1), Decimal("1.5")
        return Numeral(*span, value, Decimal("0.1"), beyond=match.end()) if match else None

    def _words(self, at: int) -> Numeral | None:
        """What text2num found at a place, if it is a number at all."""
        if at not in self.spoken:
            return None
        after, value, ordinal = self.spoken[at]
        span = self._span(at, after)
        if ordinal:
            return Numeral(*span, value, Decimal(1), ordinal=True) if value > 2 else None
        if 17 <= value <= 20 and after in self.spoken and not self.tokens[after].apart:
            end, rest, is_ordinal = self.spoken[after]
            if not is_ordinal and 10 <= rest < 100:
                return Numeral(*self._span(at, end), value * 100 + rest, Decimal(1), bare=True)
        if value == 1 and not self._is_one(at, after):
            return None
        last = self.tokens[after - 1].low
        scale, beyond = self._scale(after)
        if scale != 1:
            value, span = value * scale, (span[0], self.tokens[beyond - 1].end)
        worth = Decimal(known.SCALES.get(last, 1) if scale == 1 else scale)
        step = worth if value % worth == 0 else Decimal(1)
        if worth == 1:
            step = _step(value)
        return Numeral(*span, value, step, worth)

    def _is_one(self, at: int, after: int) -> bool:
        """Whether "one" is a number: mostly it is a pronoun, elsewhere an article."""
        if self.code != "en":
            return self._low(after) in known.SCALES
        before = self.tokens[at - 1].low if at and not self.tokens[at].apart else ""
        following = self._low(after)
        if before in known.PRONOUN_BEFORE:
            return False
        return bool(following) and following not in STOP and following not in known.NOT_COUNTED


def _value(raw: str, *, comma: bool) -> Decimal:
    """The value of digits in the notation of their language."""
    group, point = (".", ",") if comma else (",", ".")
    if point not in raw and re.search(rf"{re.escape(group)}\d{{1,2}}$", raw):
        # The sign of the other notation before one or two digits groups nothing.
        group, point = point, group
    return Decimal(raw.replace(group, "").replace(point, "."))


def _step(value: Decimal) -> Decimal:
    """The unit of the last digit that was not rounded away: 0.1 for 36.4, 100 for 1200."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent)
    if value < 100:
        return Decimal(1)
    plain = f"{value:f}"
    return Decimal(10) ** (len(plain) - len(plain.rstrip("0")))
