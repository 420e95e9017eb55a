"""Fold text for comparison, and cut it into words and stems. All other modules here build on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.language.visible import normalize_text

if TYPE_CHECKING:
    from babel import Locale

Value = TypeVar("Value")

# Quotation marks, dashes and spaces by code point, for many look alike. One character for
# one, so that offsets into the original text stay valid.
_MARKS = (
    "\u2018\u2019\u201b\u02bc\u00b4\u0060"
    "\u201c\u201d\u201e\u201f\u00ab\u00bb"
    "\u2010\u2011\u2012\u2013\u2014\u2212"
    "\u00a0\u2009\u202f"
)
STRAIGHT = dict(zip(_MARKS, "'" * 6 + '"' * 6 + "-" * 6 + " " * 3, strict=True))
# Ten times as fast as `str.translate`, and it runs on every sentence.
_CURLY = re.compile(f"[{_MARKS}]")
# Letters that Unicode does not decompose.
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"},
)
_ASCII_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+\d*(?:'[a-z]+)*")
_LETTERS = re.compile(r"[a-z]+")
# Ideographs and kana stand alone: those scripts put no space between words.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff]"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_\u3040-\u30ff\u4e00-\u9fff]+\d*(?:'[^\W\d_]+)*",
)


def split_table(table: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(table.split())


def split_values(table: Mapping[Value, str]) -> dict[str, Value]:
    """The words of a table with the value that each stands under."""
    return {word: value for value, words in table.items() for word in words.split()}


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_AND_MONTHS = frozenset((*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS))) | split_table(
    "january february march april may june july august september october november december"
)
"""The English names of days, one or many, and months."""
STOP = split_table(
    """a about above after again against all also am among an and any are aren't as at be because
    been before being below between both but by can can't could couldn't did didn't do does
    doesn't doing don't down during each even ever few for from further had hadn't has hasn't
    have haven't having he he'd he'll he's her here hers herself him himself his how i i'd i'll
    i'm i've if in into is isn't it it's its itself just let's may me might more most must my
    myself no nor not now of off on once only or other ought our ours ourselves out over own
    per said same say says shall she she'd she'll she's should shouldn't so some still such than
    that that's the their theirs them themselves then there there's these they they'd they'll
    they're they've this those though through to too under until up upon us very was wasn't we
    we'd we'll we're we've were weren't what what's when where which while who whom whose why
    will with won't would wouldn't yet you you'd you'll you're you've your yours yourself
    """,
)


def straight(text: str) -> str:
    """Typographic quotes, dashes and spaces as plain ones; the length does not change."""
    if text.isascii() and "`" not in text:
        return text
    return _CURLY.sub(lambda mark: STRAIGHT[mark[0]], text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text without accents, case and typographic quotes, for comparison.

    Folding a folded text changes nothing. The length may change.
    """
    if text.isascii():
        return straight(text).lower()
    # Folding case can bring accents forth and the other way round, as in the Turkish dotted I.
    cased = normalize_text("NFKD", straight(text)).casefold()
    bare = "".join(c for c in normalize_text("NFKD", cased) if not unicodedata.combining(c))
    return straight(bare.translate(UNDECOMPOSED))


def words(text: str) -> list[str]:
    """Lowercased words in order; accents are kept, hyphenated compounds are split.

    Apostrophes stay inside a word ("don't"), separators inside a number ("1,200"),
    and a unit glued to a number is a word of its own ("155mm" is two).
    """
    if text.isascii():
        return _ASCII_TOKEN.findall(straight(text).lower())
    return TOKEN.findall(normalize_text("NFC", straight(text)).lower())


@lru_cache(maxsize=8192)
def bag(text: str) -> frozenset[str]:
    """The runs of unaccented letters in a text, lowercased: to ask quickly what cannot match it."""
    return frozenset(_LETTERS.findall(text.lower()))


@lru_cache(maxsize=8192)
def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """Stems of the words that are no English stop words, in order, folded; cached.

    `language` is an ISO 639-1 code such as "fr" or "pt-BR"; where there is no
    Snowball stemmer for it, the words themselves come back, folded.
    """
    code = language[:2].lower()
    return tuple(stem(word, code) for word in words(text) if word not in STOP)


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "en") -> str:
    """The folded stem of one lowercased word, cached, since words recur."""
    stemmer = _stemmer(language)
    if language == "fr":
        word = re.sub(r"^(?:[cdjlmnst]|qu)'", "", word)
    return fold(stemmer.stemWord(word) if stemmer else word)


def find_locale(language: str) -> Locale | None:
    """What Unicode's CLDR knows of a language by its code, None if nothing."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not to be paid by --help

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=40)
def _stemmer(language: str) -> Any:  # the library has no types
    import Stemmer  # noqa: PLC0415 - not to be paid by --help

    try:
        return Stemmer.Stemmer(language)
    except KeyError:
        return None
