"""Find the numbers of a claim that its evidence lacks; a check on a language model's answers.

Each false alarm costs a call, so it leans to silence; a changed number has to be caught.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter

from factcheck.language import units
from factcheck.language.agreement import ABOUT, compare, same_minute
from factcheck.language.calendar import CLOCK_LANGUAGES, blot
from factcheck.language.number_words import SPOKEN, WORD_VALUES
from factcheck.language.numerals import spoken_values
from factcheck.language.quantities import CLOCK, DATE, ORDINAL, TIMES, YEAR, Quantity, quantities
from factcheck.language.words import split_table, split_values, straight

# "One" is mostly a pronoun.
_WORDS = {word: n for word, n in WORD_VALUES.items() if n > 1}
# What a word of the evidence says about a number without being one, by number.
_IMPLIED = split_values(
    {
        0: """no none nobody nothing zero never without aucun aucune personne kein keine keinen
            niemand nadie ningún ninguna ninguno""",
        2: """both pair pairs couple twin twins duo double doubled twice neither either second deux
            double doublé jumeaux beide beiden zweimal doppelt verdoppelt ambos ambas doble ii""",
        3: """trio triple tripled thrice third triplé troisième dritte dritten dreimal tercer
            tercero tercera iii""",
        4: "quadruple quadrupled fourfold",
        12: """dozen dozens noon midday midi douzaine douzaines mittag mittags dutzend dutzende
            mediodía docena docenas mezzogiorno dozzina dozzine middag dozijn""",
    }
)
_OF = r"(?:of|de|des|du|del|der|von|van|di|dei)\b"
_HALVED = ("half", "halb", "halv", "demi", "medio", "media", "mezz", "meio", "meia")
_PART = Decimal("0.5")
_HALF = split_table("half halved moitié demi hälfte halb halbe mitad medio media")
# What newspapers write in words, tens aside.
_MOST_IN_WORDS = 20
_LONGEST = 24
# Of a long list of numbers those that are nearest are compared, so that time stays linear.
_NEAREST = 50
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# "Million or billion?" asks for the scale, and gives no number.
_SCALES = re.compile(
    r"(?:(?:thousand|million|billion|trillion)\b(?: (?:or|nor|and) |$))+", re.IGNORECASE
)
# "Neunjährig", "driekoppig": what a number word is joined with, in German and Dutch.
_JOINED = re.compile(
    r"(?<=\w{3})(?=(?:jähr|tägig|stündig|monatig|wöchig|köpfig|stöckig|jarig|daags|koppig))"
)
_NUMBER_FIRST = re.compile(
    r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|twee|drie|vijf|zes|zeven|negen|tien)"
    r"(?!und|zehn|zig|ßig|hundert|tausend)(?=[a-zäöüß]{3,}ige?[mnrs]?\b)",
    re.IGNORECASE,
)
"""The number in "viergeschossig", as in any adjective that begins with one."""
# A time of sport in hours, minutes, seconds and parts: "1:57.84", in some languages "1.57,84".
_TIMED = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:(?::| ?min\w{0,4}\.? )(\d\d)[.,:]|\.(\d\d),)(\d{1,3})(?![\d.,:]*\d)"
)
_AND_HALF = re.compile(r"(\w{3,}?)(?:einhalb|[eë]nhalf)\b", re.IGNORECASE)
# "The pupils Owen Marsden (16) und Callum Reeve (15)" are two.
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]*(?: [A-ZÀ-ÖØ-Þ][\w'-]*){0,3}(?:,? \(?\d{1,3}\)?)?"
_AND = r",? (?:and|und|et|y|e|ed|en|och|og|i|oraz|ja|&) "
_LISTED = re.compile(rf"\b{_NAME}(?:, {_NAME}){{0,6}}{_AND}(?=[A-ZÀ-ÖØ-Þ])")
_SCORE = re.compile(r"(?<![\d.,-])\d{1,3}(?:-\d{1,3})+(?![\d-]|[.,]\d)")


def missing_numbers(
    text: str,
    evidence: str,
    language: str = "en",
    evidence_language: str = "en",
    context: str = "",
) -> tuple[str, ...]:
    """The numbers of a claim, as it writes them, for which the evidence has none that fits.

    A number that is equal, or that rounds one of the evidence, fits, and so does what
    the words of the evidence imply ("both", "half", "a decade later"). A number that is
    more precise than that of the evidence does not.

    `context`, the rest of the article, may lend a number that says which thing is meant
    ("the May 9 parade", "Gate 9"), but none in the place of another that the evidence has, unless
    it stands there behind the same name ("Air 231").
    """
    text, evidence = map(_part_times, (text, evidence))
    held = _index_evidence(evidence, evidence_language[:2].lower())
    found = quantities(text, language)
    claimed = [one for one in found if not _is_in_name(one, text)]
    missing = [one for one in claimed if not (_SCALES.fullmatch(one.text) or held.fits(one))]
    loose = [said for said in _list_loose(text, found) if not held.spells(said)]
    if context and (missing or loose):
        context = _part_times(context)
        around = _index_evidence(context, evidence_language[:2].lower())
        named = straight(context)
        missing = [one for one in missing if not _is_named(one, text, named)]
        missing = [one for one in missing if held.has_rival(one, claimed) or not around.fits(one)]
        rivals = held.scores
        loose = [said for said in loose if (rivals and "-" in said) or not around.spells(said)]
    return tuple(dict.fromkeys([one.text for one in missing] + loose))


@lru_cache(maxsize=16)  # of an article once, and not for each of its claims
def _part_times(text: str) -> str:
    """A text with each time of sport in its parts: others say "one minute, 57 seconds"."""
    return _TIMED.sub(lambda m: "; ".join(filter(None, m.groups())), text)


def _is_named(one: Quantity, text: str, context: str) -> bool:
    """Whether a number stands in the context, too, behind the capitalised word before it."""
    before = re.search(r"\b([^\W\d_]+) $", text[: one.start])
    name = f"{before[1]} {text[one.start : one.end]}" if before else ""
    return (
        name[:1].isupper() and re.search(rf"\b{re.escape(straight(name))}\b", context) is not None
    )


def _is_in_name(one: Quantity, text: str) -> bool:
    """Whether a number word has a capital behind another: "Quay Nine" has its own translations."""
    named = re.search(r"\b[A-ZÀ-Þ][^\W\d_]* $", text[: one.start])
    return named is not None and one.text[:1].isupper() and one.text.isalpha()


def _list_loose(text: str, found: Iterable[Quantity]) -> list[str]:
    """What a text writes in numbers without stating an amount: scores, "Gate 9", "gate two"."""
    flat = blot(straight(text), ((one.start, one.end) for one in found))
    scores = _SCORE.findall(flat)
    flat = _SCORE.sub("#", flat)
    words = (word for word in _LETTERS.findall(flat) if word.lower() in _WORDS)
    return [*scores, *_DIGITS.findall(flat), *words]


class _Held:
    """What the evidence holds: its quantities, the numbers it implies, the digits it spells."""

    def __init__(self, evidence: str, language: str) -> None:
        self.language = language
        evidence = _JOINED.sub(" ", _NUMBER_FIRST.sub(r"\1 ", evidence))
        found = quantities(evidence, language)
        # Each number once: a long article repeats them.
        self.quantities = tuple(
            {
                (one.low, one.high, one.unit, one.bound, one.either, one.step): one for one in found
            }.values()
        )
        self.kinds = _sort(self.quantities)
        flat = straight(evidence)
        self.digits = frozenset(_DIGITS.findall(flat))
        self.scores = frozenset(_SCORE.findall(flat))
        self.words = frozenset(word.lower() for word in _LETTERS.findall(flat))
        self.implied = frozenset(_IMPLIED[word] for word in self.words if word in _IMPLIED)
        self.plain = frozenset(_list_plain(self.quantities, _list_loose(flat, found)))
        self.evidence = evidence
        self.ages = frozenset(q.anchor for q in self.quantities if q.unit == "year")
        self.hours = frozenset(q.anchor for q in self.quantities if q.unit == "hour")

    @cached_property
    def spoken(self) -> frozenset[Decimal]:
        """The values of all number words; read for the few numbers that are not found at once."""
        return spoken_values(self.evidence, self.language)

    @cached_property
    def listed(self) -> frozenset[Decimal]:
        """How many names the evidence lists in a row: a claim may count them."""
        lists = _LISTED.findall(straight(self.evidence))
        return frozenset(Decimal(len(re.findall(rf"{_NAME}, ", one)) + 2) for one in lists)

    @cached_property
    def halves(self) -> frozenset[Decimal]:
        """The values of words such as "zehneinhalb" and "tweeënhalf"."""
        wholes = (spoken_values(word, self.language) for word in _AND_HALF.findall(self.evidence))
        return frozenset(value + Decimal("0.5") for values in wholes for value in values)

    def fits(self, one: Quantity) -> bool:
        """Whether the evidence bears out a number of the claim."""
        if one.bound == "between" and one.unit != YEAR:
            ends = (replace(one, low=v, high=v, bound="exact") for v in (one.low, one.high))
            return all(self.fits(end) for end in ends)
        if one.anchor == 1:  # “a minute apart”
            return True
        if any(_fits(one, other) for other in self._near(one)) or self.may_be_worded(one):
            return True
        return self._has_time(one) if one.unit in TIMES else self._implies(one)

    def may_be_worded(self, one: Quantity) -> bool:
        """Whether the language of the evidence may word a number in a way that is not read.

        Clocks, parts and round numbers are read in the languages of `CLOCK_LANGUAGES` alone:
        Italian has "una sessantina" for about 60, Dutch "kwart over drie" for 3:15, Danish
        "halve haller" for half of the halls; other numbers in those of `SPOKEN`: Swedish has
        "fjorton" for 14, Polish "po szesnastu godzinach".
        """
        if self.language in CLOCK_LANGUAGES:
            return False
        few = one.anchor <= 100 and one.anchor % 10 == 0
        if self.language not in SPOKEN and (few or one.anchor <= _MOST_IN_WORDS):
            return True
        rough = one.approximate and few and not one.unit
        part = abs(one.anchor) < 1 or (one.unit == "%" and not _DIGITS.search(one.text))
        return one.unit == CLOCK or part or rough

    def _near(self, one: Quantity) -> Iterator[Quantity]:
        """The quantities of its kind whose values are nearest to it: only those can fit."""
        wanted = [units.dimension(one.unit)]
        wanted += [""] if one.unit in (CLOCK, YEAR) else [] if one.unit else [CLOCK, YEAR]
        for kind in wanted:
            entries = self.kinds.get(kind, [])
            if kind == CLOCK:  # a round dial, and no more minutes than a day has
                yield from (other for _, other in entries)
                continue
            at = bisect_left(entries, units.convert(one.anchor, one.unit), key=itemgetter(0))
            yield from (other for _, other in entries[max(0, at - _NEAREST) : at + _NEAREST])

    def _has_time(self, one: Quantity) -> bool:
        """Whether a time, date, year or ordinal is told in another way."""
        value = one.anchor
        if one.unit == CLOCK:
            hours = {value / 60, value / 60 % 12 or 12}
            told = value % 60 == 0 and bool(hours & (self.plain | self.implied | self.hours))
            return told or f"{int(value // 60)}.{int(value % 60):02}" in self.digits
        if one.unit == DATE:
            return value % 100 in self.plain  # "on the 5th", "le 5"
        if one.unit == YEAR:
            return one.low == one.high and str(int(value)) in self.digits
        return value < 3 or value in self.plain or value in self.implied

    def _implies(self, one: Quantity) -> bool:
        """Whether the number stands there as that of something else, or in another word."""
        value = abs(one.anchor)
        if value in self.plain or (value in self.implied and not one.scaled):
            return True
        if self._is_written(one) or value in self.halves:
            return True
        if one.scaled and not one.unit:  # "9 million" of "9 million euros"
            return any(q.scaled and abs(q.anchor) == value for q in self.quantities)
        if one.unit == "%" and value == 50:
            return not self.words.isdisjoint(_HALF)
        if value == _PART and not _DIGITS.search(one.text):  # "half-barriers", "Halbschranken"
            return any(word.startswith(_HALVED) for word in self.words)
        # "At 31" is an age.
        return not one.unit and value in (self.listed if one.base else self.ages)

    def _is_written(self, one: Quantity) -> bool:
        """Whether the evidence has the number in the same digits, or in words.

        One with a unit or scale only where the evidence left that out ("9 of the 33 million"), or
        by two digits at least where it may word that in a way that is not read.
        """
        digits = {*_DIGITS.findall(one.text)}
        written = bool(digits) and {*map(to_point, digits)} <= {*map(to_point, self.digits)}
        if not (one.unit or one.scaled):
            return written or abs(one.anchor) in self.spoken
        if written and len(digits) > 1:
            return True  # "8 hours 35 minutes" of "8 Stunden 35"
        elided = one.scaled and any(q.scaled and one.unit in {"", q.unit} for q in self.quantities)
        unread = self.language not in CLOCK_LANGUAGES
        if not all(len(number) > 1 for number in digits):  # "9 of the 33 million"
            parts = (rf"(?<![\d.,]){digit} {_OF}[^.\d]{{0,12}}\d" for digit in digits)
            return elided and all(re.search(part, straight(self.evidence)) for part in parts)
        return written and (elided or unread)

    def has_rival(self, one: Quantity, claimed: Sequence[Quantity]) -> bool:
        """Whether the evidence has a number of that kind that the claim leaves out."""
        used = {(q.unit, q.anchor) for q in claimed}
        return any(
            units.dimension(q.unit) == units.dimension(one.unit)
            and (q.unit, q.anchor) not in used
            and (bool(one.unit) or not (one.base and q.base) or one.base == q.base)
            for q in self.quantities
        )

    def spells(self, said: str) -> bool:
        """Whether what is no amount, as in a score or "Gate 9", stands in the evidence too."""
        if "-" in said:
            parts = said.split("-")
            if self.scores:
                return bool({said, "-".join(reversed(parts))} & self.scores)
            return all(self.spells(part) for part in parts)
        low = said.lower()
        if low in self.digits or low in self.words:
            return True
        value = _WORDS.get(low) or (int(low) if low.isdecimal() and len(low) < _LONGEST else 0)
        if value in self.plain | self.spoken or str(value) in self.digits:
            return True
        return value > 0 and value in self.implied


_index_evidence = lru_cache(maxsize=512)(_Held)


def _sort(found: Iterable[Quantity]) -> Mapping[str, list[tuple[Decimal, Quantity]]]:
    """The quantities by kind, in the order of their values; a range stands at both ends."""
    kinds: defaultdict[str, list[tuple[Decimal, Quantity]]] = defaultdict(list)
    for one in found:
        for value in {*one.ends}:
            kinds[units.dimension(one.unit)].append((units.convert(value, one.unit), one))
    for entries in kinds.values():
        entries.sort(key=itemgetter(0))
    return kinds


def _list_plain(found: Iterable[Quantity], loose: Iterable[str]) -> Iterable[Decimal]:
    """The numbers without a unit, and the digits of names and scores."""
    for one in found:
        if one.unit in ("", ORDINAL):
            yield from map(abs, one.ends)
    for said in loose:
        yield from (Decimal(n) for n in said.split("-") if n.isdecimal() and len(n) < _LONGEST)


def to_point(digits: str) -> str:
    """Digits with a point before the decimals, whichever sign their language has."""
    return re.sub(r",(?=\d{1,2}$)", ".", digits)


def _fits(claim: Quantity, other: Quantity) -> bool:
    """Whether a number of the evidence bears out one of a claim, which may be rounder."""
    relation = compare(claim, other)
    if relation == "incomparable":
        return False
    if relation == "equal" or (other.bound == "between" and claim.low in (other.low, other.high)):
        return True
    if relation == "different":
        return False
    if CLOCK in (claim.unit, other.unit):
        return same_minute(claim, other) or (claim.approximate and claim.anchor % 5 == 0)
    if claim.unit in TIMES:
        return claim.low == other.low
    return {*claim.ends} <= {*other.ends} or _is_rounder(claim, other)


def _is_rounder(claim: Quantity, other: Quantity) -> bool:
    """Whether an amount that is compatible with another is no more precise than it."""
    value, near = (units.convert(abs(q.anchor), q.unit) for q in (claim, other))
    step, finer = (q.step * units.size(q.unit) for q in (claim, other))
    if step < finer or (step == finer and claim.unit == other.unit):
        return False
    return abs(value - near) <= max(near * ABOUT, step / 2)
