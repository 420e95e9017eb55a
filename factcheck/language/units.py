"""The names of units in four languages, and what each is worth in the base of its dimension.

A table, for a library of units needs a fifth of a second to start and knows none of the
spellings that newspapers use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

# symbol, base of its dimension, worth in that base, spellings ("_" for a space; a plural s is
# added). A US ton counts as a tonne: papers mix them.
_TABLE = """
km | m | 1000 | km kms kilometre kilometer kilomètre kilómetro
m | m | 1 | m metre meter mètre metern metro
cm | m | 0.01 | cm centimetre centimeter centimètre zentimeter centímetro
mm | m | 0.001 | mm millimetre millimeter millimètre milímetro
mile | m | 1609.344 | mile mi milla meile meilen
yard | m | 0.9144 | yard
foot | m | 0.3048 | foot feet ft pied pie fuß
inch | m | 0.0254 | inch inches pouce pulgada zoll
km² | m² | 1000000 | km² km2 sq_km square_kilometre square_kilometer
km² | m² | 1000000 | kilomètre_carré kilomètres_carrés quadratkilometer
km² | m² | 1000000 | kilómetro_cuadrado kilómetros_cuadrados
m² | m² | 1 | m² m2 square_metre square_meter mètre_carré
m² | m² | 1 | mètres_carrés quadratmeter metro_cuadrado metros_cuadrados
mile² | m² | 2589988.11 | square_mile sq_mile
hectare | m² | 10000 | hectare ha hektar hectárea
acre | m² | 4046.8564 | acre
l | l | 1 | l litre liter litern litro
m³ | l | 1000 | m³ m3 cubic_metre cubic_meter mètre_cube
m³ | l | 1000 | mètres_cubes kubikmeter kubikmetern metro_cúbico metros_cúbicos
gallon | l | 3.7854 | gallon
barrel | l | 158.987 | barrel baril barrels fass barril barriles
km/h | m/s | 0.277777777777778 | km/h kph kmh
mph | m/s | 0.44704 | mph
knot | m/s | 0.514444444444444 | knot nœud knoten nudo
tonne | kg | 1000 | tonne ton tonelada tonnen metric_ton metric_tonne
kg | kg | 1 | kg kilo kilogram kilogramme kilogramm kilogramo
gram | kg | 0.001 | g gram gramme gramm gramo
lb | kg | 0.45359237 | lb lbs
stone | kg | 6.35029318 | stone
% | % | 1 | % percent per_cent pct pour_cent prozent
% | % | 1 | por_ciento percentage_point prozentpunkt prozentpunkte point_de_pourcentage
°C | °C | 1 | °c celsius degree_celsius degrees_celsius
°C | °C | 1 | degrés_celsius degré_celsius grad_celsius grados_celsius
°F | °C | 1 | °f fahrenheit degrees_fahrenheit degree_fahrenheit
degree | °C | 1 | degree degré grad grado
MW | MW | 1 | mw megawatt mégawatt megavatio
GW | MW | 1000 | gw gigawatt gigavatio
second | s | 1 | second seconds sec secs seconde secondes sekunde sekunden segundo segundos
minute | s | 60 | minute min mins minuten minuto
hour | s | 3600 | hour hr hrs heure stunde stunden hora
day | s | 86400 | day jour tag tage tagen día
week | s | 604800 | week semaine woche wochen semana
month | month | 1 | month mois monat monate monaten mes meses
year | month | 12 | year year-old years-old an ans année jahr
year | month | 12 | jahre jahren jähriger jährige jährigen jähriges año
decade | month | 120 | decade décennie jahrzehnt jahrzehnte década
USD | USD | 1 | $ us$ usd dollar us_dollar dólar dólares
EUR | EUR | 1 | € eur euro
GBP | GBP | 1 | £ gbp pound sterling livre_sterling livres_sterling pfund libra
JPY | JPY | 1 | ¥ jpy yen
CNY | CNY | 1 | cny yuan renminbi
RUB | RUB | 1 | ₽ rub rouble ruble rubel rublo
UAH | UAH | 1 | ₴ uah hryvnia hrywnja grivna
CHF | CHF | 1 | chf swiss_franc franken franc_suisse francs_suisses
INR | INR | 1 | ₹ rs inr rupee roupie rupie rupien rupia
cent | cent | 1 | cent penny pence centime centimes céntimo
"""
# Spellings that are ordinary words elsewhere: "gab 16 an", "16 an hour", "16 mes amis".
_ONLY_IN = {"an": "fr", "ans": "fr", "mes": "es", "mi": "en", "pie": "es", "pies": "es"}
_NEVER_PLURAL = re.compile(r"[^a-zà-ÿ]|^\w{1,2}$|s$", re.IGNORECASE)
_PER = {
    "s": ("1", "s second seconde sekunde segundo"),
    "h": ("3600", "h hour heure stunde hora"),
    "day": ("86400", "day jour tag día"),
}
_FLOWING = frozenset(("m", "l", "m³", "km", "mile", "tonne", "kg", "foot", "barrel", "gallon"))


def _read_table() -> tuple[dict[str, str], dict[str, tuple[str, Decimal]]]:
    """The symbol of each spelling, and the base and the worth of each symbol."""
    names: dict[str, str] = {}
    worth: dict[str, tuple[str, Decimal]] = {}
    for row in _TABLE.strip().splitlines():
        symbol, base, value, spellings = (cell.strip() for cell in row.split("|"))
        worth[symbol] = base, Decimal(value)
        for spelling in spellings.split():
            name = spelling.replace("_", " ")
            names[name] = symbol
            if not _NEVER_PLURAL.search(name) or (" " in name and not name.endswith("s")):
                names[f"{name}s"] = symbol
    for unit in _FLOWING:
        base, amount = worth[unit]
        for period, (seconds, _) in _PER.items():
            worth[f"{unit}/{period}"] = f"{base}/s", amount / Decimal(seconds)
    return names, worth


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NAMES, _WORTH = _read_table()
_PERIODS = {word: unit for unit, (_, words) in _PER.items() for word in words.split()}
_AFTER = re.compile(rf"[\s-]?(?:d'|de |of )?(?P<unit>{_any_of(_NAMES)})(?![\w²³])", re.IGNORECASE)
_RATE = re.compile(
    rf"\s?(?:/|\ban?\b|\bper\b|\bpar\b|\bpro\b|\bpor\b|\bla\b)\s?(?P<per>{_any_of(_PERIODS)})\b",
    re.IGNORECASE,
)
# "4in", "30C": apart from its digits the word is a preposition, the letter a name.
_GLUED = re.compile(r"(?<=\d)(?:in|C|F)\b")
_BEFORE = re.compile(
    r"(?P<unit>US\$|[$€£¥₽₴₹]|\b(?:USD|EUR|GBP|CHF|RUB|JPY|CNY|UAH|INR|Rs))\.?\s?$", re.IGNORECASE
)


def before(text: str, end: int) -> tuple[str, int] | None:
    """The currency that stands right before a number, and where it begins."""
    match = _BEFORE.search(text, max(0, end - 6), end)
    return (_NAMES[match["unit"].lower()], match.start()) if match else None


def after(text: str, start: int, language: str = "") -> tuple[str, int] | None:
    """The unit that stands right behind a number, "l/s" for a flow, and where it ends.

    `language` is the ISO 639-1 code of the text, "" if it is not known.
    """
    if glued := _GLUED.match(text, start):
        return {"in": "inch", "C": "°C", "F": "°F"}[glued[0]], glued.end()
    match = _AFTER.match(text, start)
    if not match or _ONLY_IN.get(match["unit"].lower(), language) != language:
        return None
    unit, end = _NAMES[match["unit"].lower()], match.end()
    if unit in _FLOWING and (rate := _RATE.match(text, end)):
        return f"{unit}/{_PERIODS[rate['per'].lower()]}", rate.end()
    return unit, end


def is_unit(word: str) -> bool:
    """Whether a word is the name of a unit, such as "Celsius", which is no name of somebody."""
    return word.lower() in _NAMES


def dimension(unit: str) -> str:
    """The unit that this one is converted to for comparison; an unknown one is its own."""
    return _WORTH.get(unit, (unit, Decimal(1)))[0]


def convert(value: Decimal, unit: str) -> Decimal:
    """The value in the base unit of its dimension."""
    if unit == "°F":
        return (value - 32) * 5 / 9
    return value * _WORTH.get(unit, (unit, Decimal(1)))[1]


def size(unit: str) -> Decimal:
    """What one of the unit is worth in its base, for differences such as a rounding."""
    return Decimal(5) / 9 if unit == "°F" else convert(Decimal(1), unit)
