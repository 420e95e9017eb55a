"""Compare the values that several articles give for what seems to be one thing.

Two values are set side by side only if they measure alike, and if the words around
them are much the same: a number alone says nothing about what it counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations, pairwise

from factcheck.articles.marks import is_correction
from factcheck.language.agreement import compare
from factcheck.language.names import names
from factcheck.language.quantities import TIMES, Quantity, quantities
from factcheck.language.times import Moment, moments
from factcheck.language.units import dimension
from factcheck.language.words import WEEKDAYS, fold, split_table, split_values, stem, stems, words
from factcheck.sidebyside.lines import (
    Line,
    Pair,
    has_number,
    is_english,
    is_generic,
    rarity,
    share_terms,
    weigh,
)
from factcheck.sidebyside.models import Agreement, Amount, Comparison, Place, Said

_MOST = 40  # quantities of a sentence: one with more of them is a table, and tells of none
_AROUND = 70  # characters on both sides of a number that tell what it is a number of
# Shares of the rarer words around two numbers that have to be the same; differing values
# need more, for nothing but these words says that they belong together.
_SAME_VALUE, _OTHER_VALUE = 0.3, 0.6
# In sentences that are close to each other as wholes, and for tolls, less is enough.
_IN_ALIKE = 0.6
_LEAST_SHARED = 2
# Shared words in a title, and the longest stretch of little words printed between two.
_SHOWN, _GAP = 5, 12
_A_DAY = timedelta(days=1)
_HARM = split_values(
    {
        "dead": "kill die dead death deadli fatal fatali toll lost bodi victim",
        "hurt": "injur wound hurt hospit casualti",
        "held": "arrest detain custodi held charg jail",
        "missing": "miss evacu displac flee fled homeless",
        "safe": "rescu surviv save escap unhurt",
    }
)
# Such counts stand everywhere and compare nothing.
_EVERYDAY = split_table(
    "time thing way side place question exampl step reason word sentenc year block magnum dispatch"
)
# "36-year-old" and a weekday stand around any number.
_ANYWHERE = split_table("year old today yesterday").union(WEEKDAYS)
_LETTERS = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"[^\w ,'’-]")
_SPANS = frozenset({"s", "month"})
_FIRST = re.compile(r"\b(?:first|last|final|next|another|other) $", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_REST = re.compile(r" (?:other|more|further|additional)\b", re.IGNORECASE)
_UNITS = {"people": "people", "%": "percent", "USD": "dollars", "EUR": "euros", "GBP": "pounds"}


@dataclass(frozen=True, slots=True)
class _Value:
    """A quantity in its sentence, with the stems around it and the harm that it counts.

    `alone` tells whether no other quantity of the sentence measures or counts the same,
    `part` whether it counts a part only: "two other people", "the first 17 passes".
    """

    line: Line
    quantity: Quantity
    around: frozenset[str]
    harm: str
    alone: bool
    part: bool

    @property
    def values(self) -> tuple[object, ...]:
        """The interval with its unit, equal for the same value."""
        return self.quantity.low, self.quantity.high, self.quantity.unit


def compare_values(
    lines: Sequence[Line], close: Mapping[Pair, float], said: Said
) -> tuple[Comparison, ...]:
    """The values to compare, those that differ first; ids `n1`, `n2`, …

    At least two articles in each, one value an article. "The same" values are listed
    too: they tell that outlets agree on a number, not that it is right.
    """
    values = [value for line in lines if _is_readable(line) for value in _read_values(line)]
    rare = rarity([line.stems for line in lines])
    order: tuple[Agreement, ...] = ("differ", "compatible", "the-same")
    alike = {(lines[a].key, lines[b].key) for a, b in close}
    found = [(_rate_agreement(group), group) for group in _group_values(values, rare, alike)]
    # Tolls first: of other values that differ, many are of two things after all.
    found.sort(key=lambda one: (order.index(one[0]), not one[1][0].harm, -len(one[1])))
    return tuple(
        Comparison(
            id=f"n{number}",
            counts=_describe_counted(group, rare),
            agreement=agreement,
            amounts=tuple(_to_amount(value, said) for value in _add_twins(group)),
        )
        for number, (agreement, group) in enumerate(found, start=1)
    )


def _add_twins(group: Sequence[_Value]) -> list[_Value]:
    """The values, and those of further articles with the very sentence of one of them."""
    found = {value.line.article.id: value for value in group}
    for value in group:
        for twin in value.line.twins:
            found.setdefault(twin.article.id, replace(value, line=twin))
    return [*found.values()]


def _is_readable(line: Line) -> bool:
    """Whether the values of a sentence are its outlet's; a correction names wrong ones too."""
    text = line.sentence.text
    told = not (is_generic(text) or is_correction(text))
    return told and is_english(line.article) and has_number(text)


def _read_values(line: Line) -> list[_Value]:
    """The quantities of a sentence that say what they count or measure."""
    text = line.sentence.text
    found = quantities(text, line.article.language)
    kinds = Counter((dimension(one.unit), one.base) for one in found)
    return [
        _Value(
            line=line,
            quantity=one,
            around=_stem_around(text, one),
            harm=_find_harm(text, one),
            alone=kinds[dimension(one.unit), one.base] == 1,
            part=bool(_REST.match(text, one.end) or _FIRST.search(text[: one.start])),
        )
        for one in found[:_MOST]
        if _tells(one)
    ]


def _tells(quantity: Quantity) -> bool:
    """Whether a quantity measures or counts something that can be told from its words."""
    if quantity.low == quantity.high and quantity.low in (0, 1) and not quantity.unit:
        return False
    if quantity.unit in TIMES or dimension(quantity.unit) in _SPANS:
        return False
    return bool(quantity.unit or (quantity.base and quantity.base not in _EVERYDAY))


def _stem_around(text: str, quantity: Quantity) -> frozenset[str]:
    """The stems near a quantity, its own words aside."""
    before = text[max(0, quantity.start - _AROUND) : quantity.start].partition(" ")[2]
    after = text[quantity.end : quantity.end + _AROUND].rpartition(" ")[0]
    if quantity.start <= _AROUND:
        before = text[: quantity.start]
    if quantity.end + _AROUND >= len(text):
        after = text[quantity.end :]
    near = stems(re.sub(r"\d[\d,.]*", " ", f"{before} {after}"))
    return frozenset(term for term in near if len(term) > 1) - _ANYWHERE


def _find_harm(text: str, quantity: Quantity) -> str:
    """What befell those that are counted, by the nearest word for it; "" for nothing."""
    first, last = max(0, quantity.start - 2 * _AROUND), quantity.end + 2 * _AROUND
    nearest = {
        min(abs(match.start() - quantity.end), abs(quantity.start - match.end())): kind
        for match in _LETTERS.finditer(text, first, last)
        if (kind := _HARM.get(stem(match[0].lower())))
    }
    best = min(nearest, default=_AROUND)
    return nearest[best] if best < _AROUND else ""


def _group_values(
    values: Sequence[_Value], rare: Mapping[str, float], alike: Collection[tuple[Place, Place]]
) -> list[list[_Value]]:
    """Values that all belong together by pairs, one an article; the closest pairs first."""
    weights = [weigh(value.around, rare) for value in values]
    scored = [
        (score, n, m)
        for n, m in _pair_across(values)
        for a, b, lighter in [(values[n], values[m], min(weights[n], weights[m]))]
        if (score := _score(a, b, rare, lighter, alike=(a.line.key, b.line.key) in alike))
    ]
    together = {(n, m) for _, n, m in scored}
    groups: list[list[int]] = []
    first: dict[int, int] = {}  # the first group that a value stands in
    for _, n, m in sorted(scored, key=lambda one: (-one[0], one[1:])):
        place = min((first[at] for at in (n, m) if at in first), default=len(groups))
        if place == len(groups):
            groups.append([n, m])
            first[n] = first[m] = place
            continue
        home = groups[place]
        new = m if n in home else n
        # No two values of one article are a pair, so that this keeps it to one an article.
        if all((min(new, at), max(new, at)) in together for at in home):
            home.append(new)
            first[new] = min(place, first.get(new, place))
        elif new not in first and compare(values[n].quantity, values[m].quantity) == "different":
            # Another value than all of the group give, in words that one of them alone shares.
            first[new] = len(groups)
            groups.append([n, m])
    return [[values[at] for at in sorted(group)] for group in groups]


def _pair_across(values: Sequence[_Value]) -> list[Pair]:
    """Each two values of two articles that count the same and share a word around them."""
    held = {
        at: [f"{value.harm} {value.quantity.base} {term}" for term in value.around]
        for at, value in enumerate(values)
    }
    found = {pair for pair, _ in share_terms(held)}
    articles = [value.line.article.id for value in values]
    return sorted((n, m) for n, m in found if articles[n] != articles[m])


def _score(
    a: _Value, b: _Value, rare: Mapping[str, float], lighter: float, *, alike: bool
) -> float:
    """How surely two values that count the same are of one thing, 0 for not.

    `lighter` is the weight of the words around that value where they weigh less.
    """
    shared = a.around & b.around - {a.quantity.base}
    share = weigh(shared, rare) / lighter if lighter else 0.0
    same = a.values == b.values
    least = (_SAME_VALUE if same else _OTHER_VALUE) * (_IN_ALIKE if alike or a.harm else 1)
    # Most pairs end here: what follows takes longer.
    if share < least or len(shared) < _LEAST_SHARED:
        return 0.0
    relation = compare(a.quantity, b.quantity)
    if relation == "incomparable":
        return 0.0
    agree = relation != "different"
    # Of two scores or shares in a sentence, code cannot tell which one another value meets.
    near = agree and None not in a.values and None not in b.values
    if not (same or near or (a.alone and b.alone)):
        return 0.0
    if not agree and (a.part != b.part or not (a.harm or _have_one_owner(a, b, alike=alike))):
        return 0.0
    return share + same if agree or len(shared) > _LEAST_SHARED else 0.0


def _have_one_owner(a: _Value, b: _Value, *, alike: bool) -> bool:
    """Whether two differing values are likely one person's or firm's, by the last names before.

    Tolls apart, most values that differ are those of two players, games or polls. Where a
    name is missing, the sentences have to be close to each other, and of nobody's "he".
    """
    before = [value.line.sentence.text[: value.quantity.start] for value in (a, b)]
    left, right = (set(words(fold(" ".join(names(text)[-1:])))) for text in before)
    if left and right:
        return bool(left & right)
    return alike and not any(map(_THIRD_PERSON.search, before))


def _rate_agreement(group: Sequence[_Value]) -> Agreement:
    if len({value.values for value in group}) == 1:
        return "the-same"
    pairs = combinations((value.quantity for value in group), 2)
    return "differ" if any(compare(a, b) == "different" for a, b in pairs) else "compatible"


def _describe_counted(group: Sequence[_Value], rare: Mapping[str, float]) -> str:
    """What is counted, and the shared words around it as they stand in the first sentence.

    "people killed: “fire … Orle harbour”"; gaps are marked, nothing is rewritten.
    """
    first, shared = group[0], frozenset.intersection(*(value.around for value in group))
    shared -= {first.quantity.base}
    what = _name_counted(first)
    best = frozenset(sorted(shared, key=lambda term: (-rare.get(term, 0.0), term))[:_SHOWN])
    excerpt = _cut_excerpt(first, best)
    return f"{what}: “{excerpt}”" if what and excerpt else what or excerpt


def _name_counted(value: _Value) -> str:
    """The unit or the noun that a value counts, as printed, with what befell them."""
    text, quantity = value.line.sentence.text, value.quantity
    said = _LETTERS.findall(text, quantity.end, quantity.end + _AROUND)
    noun = next((word for word in said if stem(word.lower()) == quantity.base), "")
    printed = re.search(r"[^\W\d_]+$", quantity.text)
    unit = _UNITS.get(quantity.unit or quantity.base) or (
        printed[0] if quantity.unit and printed else ""
    )
    fate = value.harm if quantity.base == "people" else ""
    return ", ".join(filter(None, (unit or noun, fate)))


def _cut_excerpt(value: _Value, terms: frozenset[str]) -> str:
    """The words of these stems near a value, in the order of the text; "…" for what is between."""
    text = value.line.sentence.text
    start, end = value.quantity.start - _AROUND, value.quantity.end + _AROUND
    found: list[re.Match[str]] = []
    seen: set[str] = set()
    for word in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text):
        held = set(stems(word[0])) & terms
        if start <= word.start() and word.end() <= end and held - seen:
            seen |= held
            found.append(word)
    parts = [found[0][0]] if found else []
    for before, word in pairwise(found):
        between = text[before.end() : word.start()]
        near = len(between) <= _GAP and not (stems(between) or _BROKEN.search(between))
        parts.append(between + word[0] if near else f" … {word[0]}")
    return " ".join("".join(parts).split())


def _to_amount(value: _Value, said: Said) -> Amount:
    """A value with the moment that stands nearest to it in its sentence."""
    found = moments(value.line.sentence.text, value.line.article.published)
    moment = min(found, key=lambda one: abs(one.start - value.quantity.start), default=None)
    return Amount(
        article=value.line.article.id,
        sentence=value.line.sentence.number,
        text=value.quantity.text,
        bound=value.quantity.bound,
        asof=moment.text if moment else "",
        day=_find_day(moment) if moment else "",
        said=said.get(value.line.key, ()),
    )


def _find_day(moment: Moment) -> str:
    """The day of a moment that is resolved to one, as YYYY-MM-DD, else ""."""
    if moment.earliest is None or moment.latest is None:
        return ""
    return moment.earliest.date().isoformat() if moment.latest - moment.earliest <= _A_DAY else ""
