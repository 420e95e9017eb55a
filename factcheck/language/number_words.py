"""The number words of eight languages, with their values, and the words around them that matter.

text2num reads the plain ones; what it does not know stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.language.words import split_table, split_values

SCALES = split_values(
    {
        10**3: "thousand k tausend tsd mil mila mille duizend",
        10**6: """million millions mn mln mio millionen millón millones milioni miljoen milhões
            milhão""",
        10**9: """billion billions bn bln milliard milliards mrd md milliarde milliarden miliardi
            miljard bilhões bilhão""",
        10**12: "trillion trillions tn trn billionen billón billones",
    }
)
# Italian tens that lost their last letter before a vowel: "trent'anni".
ELIDED = {"vent": "venti", "cent": "cento"} | {
    f"{tens}t": f"{tens}ta"
    for tens in ("tren", "quaran", "cinquan", "sessan", "settan", "ottan", "novan")
}
# Scales that may end with a full stop.
SHORT_SCALES = split_table("mio mrd tsd md mln bn mn")
# Where a "billion" has twelve noughts.
LONG_BILLION = split_table("fr de es it nl da")
DOZENS = split_values(
    {
        2: "pair couple", 10: "dizaine decena", 12: "dozen douzaine dutzend docena",
        14: "fortnight", 15: "quinzaine", 20: "vingtaine veintena", 30: "trentaine",
        40: "quarantaine", 50: "cinquantaine", 60: "soixantaine", 100: "centaine centenar",
        1000: "millier millar",
    }
)  # fmt: skip
# What "several" stands before; "hundred" is a scale behind words only.
MULTIPLES = {**DOZENS, **SCALES, **split_values({100: "hundred cent cents hundert"})}
COUNTED_OUT = split_table("dozen douzaine dutzend docena pair fortnight")
VAGUE = split_values(
    {
        10: "tens", 20: "dizaines decenas", 24: "dozens douzaines dutzende dutzenden docenas",
        40: "scores", 100: "hundreds centaines hunderte hunderten cientos centenares",
        1000: "thousands milliers tausende tausenden miles", 10**4: "zehntausende",
        10**5: "hunderttausende", 10**6: "millions millionen millones", 10**9: "billions",
    }
)  # fmt: skip
SEVERAL = split_table("several few quelques plusieurs einige mehrere varios varias")
HALVES = split_values(
    {
        "0.5": "half demi demie halbe halben halber halbes medio media",
        "1.5": "anderthalb eineinhalb anderhalf anderhalve",
        "2.5": "zweieinhalb",
        "3.5": "dreieinhalb",
    }
)
ARTICLES = split_table("a an un une ein eine einen einer una")
BEFORE_DOZENS = ARTICLES | split_table("the la das")
SHARES = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "tiers": 3,
    "quart": 4, "cinquième": 5, "dixième": 10, "drittel": 3, "viertel": 4, "fünftel": 5,
    "zehntel": 10, "terceras parte": 3,
    "cuartas parte": 4, "tercio": 3, "cuarto": 4, "quinto": 5, "décimo": 10,
}  # fmt: skip
SMALL_NUMBERS: Mapping[str, Sequence[str]] = {
    code: words.split()
    for code, words in {
        "en": "one two three four five six seven eight nine ten eleven twelve",
        "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze",
        "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    }.items()
}
"""The words for one to twelve, by language."""
SMALL_VALUES = {word: n for words in SMALL_NUMBERS.values() for n, word in enumerate(words, 1)}
COUNTS = {
    **SMALL_VALUES,
    **dict.fromkeys((*ARTICLES, "uno", "einem"), 1),
    "twenty": 20,
    "vingt": 20,
}
PRONOUN_BEFORE = split_table("the this that no any every each some which another at day")
NOT_COUNTED = split_table("another thing day such way is was has had would will")
SPOKEN = split_table("en fr de es it nl pt da")
"""The languages whose number words are read."""
_BELOW_HUNDRED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
WORD_VALUES = dict(zip(_BELOW_HUNDRED.split(), (*range(20), *range(20, 100, 10)), strict=True))
"""The values of the English words below a hundred."""
NUMBER_WORDS = frozenset(WORD_VALUES) | split_table(
    "nought hundred thousand million billion trillion"
)
