"""What a claim in English shares with a text in another language; no dictionary is needed.

Related words begin alike (Commission, Kommission), names keep their consonants (Cologne, Köln),
numbers keep their value, and Unicode's CLDR tells what languages call countries and cities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import fuzz

from factcheck.language.names import CONNECTORS, missing_names, opens_sentence
from factcheck.language.numerals import numerals
from factcheck.language.ordinary_words import OPENERS
from factcheck.language.spelling import TITLES
from factcheck.language.words import STOP, find_locale, fold, straight, words

_BEGINNING = 4
_LEAST_CONSONANTS = 3
_ALIKE = 80
_PARTS = {"engl": "angl ingh ingl enge", "scot": "schot ecos esco scoz esko", "wale": "gale gall"}
"""How parts of a country begin in other languages, which Unicode's tables do not have."""
_PEOPLES = {"iris": "irel", "swis": "swit", "fili": "phil"}
"""How a people begins that is named otherwise than its country or language."""
_LONG_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBERED = re.compile(r" \d")
_NEXT_WORD = re.compile(rf" (?:(?:{CONNECTORS}) )?([^\W\d_])")
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouyhj"), **dict.fromkeys("cqg", "k"), "x": "ks"})
_SOUNDS |= str.maketrans("bvwz", "fffs")


@lru_cache(maxsize=8192)
def beginnings(text: str) -> frozenset[str]:
    """How the words of a text begin, English stop words aside."""
    said = (word for word in words(straight(text).replace("'", " ")) if word not in STOP)
    return frozenset(_begin(word) for word in said if len(word) > 2 and not word[0].isdigit())


def marks(text: str, language: str) -> frozenset[str]:
    """How the words of a text begin, and its numbers by value."""
    return beginnings(text) | {f"{n.value.normalize():f}" for n in numerals(text, language)}


def foreign_names(
    claim: str, cited: str, article: str, language: str, known: str = ""
) -> tuple[str, ...]:
    """The names of a claim in English that an article in another language cannot have meant.

    `cited` are the sentences that the claim rests on and those beside them: there a name may
    stand in another form. `known` names need no support. What may be translated is passed
    over: a single word that opens a sentence or bears a number ("House 4"), and what follows the
    name of a place ("Porto City Council"). Nothing is said of an article in another script.
    """
    names = missing_names(claim, article, (known,))
    if not names or 2 * len(re.findall(r"[a-z]", fold(article))) < len(article):
        return ()
    flat, held = straight(claim), _Held(cited, article, language)
    places = ((name, flat.find(straight(name))) for name in names)
    return tuple(
        name
        for name, at in places
        if (" " in name or not (opens_sentence(flat, at) or _NUMBERED.match(flat, at + len(name))))
        and held.lacks(name)
    )


class _Held:
    """The names that a text in another language may have, in whatever form."""

    def __init__(self, cited: str, article: str, language: str) -> None:
        self.article = article
        self.begun = beginnings(article)
        self.consonants = {_consonants(word) for word in _list_capitalised(cited)}
        self.called = _list_called(language)

    def lacks(self, name: str) -> bool:
        """Whether the last words of a name are unknown, and belong to the name of a person."""
        said = _list_capitalised(name)
        last = [*takewhile(lambda word: not self.has(word), reversed(said))]
        before = said[: len(said) - len(last)]
        return bool(last) and (not before or self.is_of_person(before[-1]))

    def has(self, word: str) -> bool:
        """Whether a word of a name stands in the article, in this form or another."""
        plain = fold(word)
        if word.isupper() or len(plain) < _BEGINNING or plain in TITLES | OPENERS:
            return True
        if {_begin(plain), *self.called.get(_begin(plain), ())} & self.begun:
            return True
        return any(_sound_alike(_consonants(word), other) for other in self.consonants)

    def is_of_person(self, word: str) -> bool:
        """Whether it is a title, or the article mostly has a capitalised word behind it."""
        if fold(word) in TITLES:
            return True
        behind = re.findall(rf"\b{re.escape(word)}\b(.{{0,12}})", straight(self.article))
        together = sum(bool((n := _NEXT_WORD.match(text)) and n[1].isupper()) for text in behind)
        return together > 0 and 2 * together >= len(behind)


def _list_capitalised(text: str) -> list[str]:
    return [word for word in _LONG_WORD.findall(text) if word[0].isupper()]


def _begin(word: str) -> str:
    return fold(word)[:_BEGINNING]


@lru_cache(maxsize=50_000)
def _consonants(word: str) -> str:
    """The consonants of a word, those that languages exchange as one: "kln" for Köln."""
    soft = re.sub(r"c(?=[eiy])", "s", fold(word)).replace("ph", "f")
    return re.sub(r"(.)\1+", r"\1", soft.translate(_SOUNDS))


def _sound_alike(one: str, other: str) -> bool:
    if one == other:
        return len(one) > 1
    if len(one) > _LEAST_CONSONANTS and one in other:  # Saxony, Niedersachsen
        return True
    long = min(len(one), len(other)) >= _LEAST_CONSONANTS
    return long and one[0] == other[0] and fuzz.ratio(one, other) >= _ALIKE


@lru_cache(maxsize=16)
def _list_called(language: str) -> Mapping[str, set[str]]:
    """How names of countries, languages and cities begin in a language, by their English ones."""
    called = defaultdict(set, {part: {*map(_begin, said.split())} for part, said in _PARTS.items()})
    for english, local in _list_places(language):
        begun = {_begin(word) for word in words(local)}
        for word in words(english):
            called[_begin(word)] |= begun
    for people, country in _PEOPLES.items():
        called[people] |= called[country]
    return called


def _list_places(language: str) -> Iterator[tuple[str, str]]:
    here, english = find_locale(language[:2]), find_locale("en")
    if not here or not english:
        return
    for ours, theirs in (
        (english.territories, here.territories),
        (english.languages, here.languages),
    ):
        yield from ((ours[code], name) for code, name in theirs.items() if code in ours)
    for zone, names in here.time_zones.items():
        yield zone.rpartition("/")[2].replace("_", " "), names.get("city", "")
