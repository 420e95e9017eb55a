"""The names of units as texts write them, and what they are worth in one base unit each."""

from __future__ import annotations

import re
from decimal import Decimal

# unit, base, worth in the base, spellings. A US ton counts as a tonne: papers mix them.
_TABLE = (
    ("km", "m", "1000", "km kms kilometre kilometres kilometer kilometers"),
    ("m", "m", "1", "m metre metres meter meters"),
    ("cm", "m", "0.01", "cm centimetre centimetres centimeter centimeters"),
    ("mm", "m", "0.001", "mm millimetre millimetres millimeter millimeters"),
    ("mile", "m", "1609.344", "mile miles mi"),
    ("yard", "m", "0.9144", "yard yards"),
    ("foot", "m", "0.3048", "foot feet ft"),
    ("inch", "m", "0.0254", "inch inches"),
    ("km/h", "km/h", "1", "km/h kph kmh"),
    ("mph", "km/h", "1.609344", "mph"),
    ("knot", "km/h", "1.852", "knot knots"),
    ("hectare", "ha", "1", "hectare hectares ha"),
    ("acre", "ha", "0.40469", "acre acres"),
    ("tonne", "kg", "1000", "tonne tonnes ton tons"),
    ("kg", "kg", "1", "kg kilo kilos kilogram kilograms kilogramme kilogrammes"),
    ("gram", "kg", "0.001", "g gram grams gramme grammes"),
    ("lb", "kg", "0.45359", "lb lbs"),
    ("litre", "l", "1", "litre litres liter liters"),
    ("gallon", "l", "3.7854", "gallon gallons"),
    ("barrel", "l", "158.987", "barrel barrels"),
    ("%", "%", "1", "% percent pct"),
    ("°C", "°C", "1", "°c celsius"),
    ("°F", "°C", "1", "°f fahrenheit"),
    ("degree", "°C", "1", "degree degrees"),
    ("MW", "MW", "1", "mw megawatt megawatts"),
    ("GW", "MW", "1000", "gw gigawatt gigawatts"),
    ("second", "s", "1", "second seconds"),
    ("minute", "s", "60", "minute minutes min mins"),
    ("hour", "s", "3600", "hour hours hr hrs"),
    ("day", "s", "86400", "day days"),
    ("week", "s", "604800", "week weeks"),
    ("month", "month", "1", "month months"),
    ("year", "month", "12", "year years"),
    ("decade", "month", "120", "decade decades"),
    ("people", "people", "1", "people persons person"),
    ("USD", "USD", "1", "$ us$ usd dollar dollars"),
    ("EUR", "EUR", "1", "€ eur euro euros"),
    ("GBP", "GBP", "1", "£ gbp pound pounds sterling"),
    ("JPY", "JPY", "1", "¥ jpy yen"),
    ("CNY", "CNY", "1", "cny yuan renminbi"),
    ("RUB", "RUB", "1", "₽ rub rouble roubles ruble rubles"),
    ("UAH", "UAH", "1", "₴ uah hryvnia hryvnias"),
    ("CHF", "CHF", "1", "chf"),
    ("INR", "INR", "1", "rs inr rupee rupees"),
    ("cent", "cent", "1", "cent cents pence"),
)
NAMES = {name: unit for unit, _, _, names in _TABLE for name in names.split()}
NAMES |= {
    "per cent": "%",
    "percentage point": "%",
    "percentage points": "%",
    "degrees celsius": "°C",
    "degrees fahrenheit": "°F",
    "kilometres per hour": "km/h",
    "kilometers per hour": "km/h",
    "miles per hour": "mph",
    "us dollars": "USD",
    "square kilometres": "km²",
    "square kilometers": "km²",
    "sq km": "km²",
    "square miles": "mile²",
    "square metres": "m²",
    "square meters": "m²",
    "metric tons": "tonne",
    "metric tonnes": "tonne",
}
BASES = {unit: (base, Decimal(worth)) for unit, base, worth, _ in _TABLE}
BASES |= {
    "km²": ("m²", Decimal(10**6)),
    "m²": ("m²", Decimal(1)),
    "mile²": ("m²", Decimal(2589988)),
}
_LONGEST_FIRST = "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))
AFTER = re.compile(rf"(?:\s|-)?(?P<unit>{_LONGEST_FIRST})(?![\w²])", re.IGNORECASE)
BEFORE = re.compile(r"(?P<unit>US\$|[$€£¥₽₴]|\b(?:USD|EUR|GBP|CHF|RUB|Rs))\.?\s?$", re.IGNORECASE)


def base(unit: str) -> str:
    """The unit that this one is converted to for comparison; an unknown one is its own."""
    return BASES[unit][0] if unit in BASES else unit


def convert(value: Decimal, unit: str) -> Decimal:
    """The value in its base unit."""
    if unit == "°F":
        return (value - 32) * 5 / 9
    return value * BASES[unit][1] if unit in BASES else value
