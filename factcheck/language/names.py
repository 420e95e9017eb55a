"""Find the proper names in a text, and those that the evidence for it lacks.

Written for checks that must hardly ever raise a false alarm: what might be an
ordinary word is taken for one, and what might be a spelling of a known name for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from factcheck.language.ordinary_words import OPENERS
from factcheck.language.spelling import POSSESSIVE, TITLES, same_word
from factcheck.language.units import is_unit
from factcheck.language.words import DAYS_AND_MONTHS, STOP, fold, split_table, straight

CONNECTORS = "of|de la|de|del|der|di|da|van der|van den|van|von|al|el|bin|ibn"
_JOINT = re.compile(rf" +(?:(?:{CONNECTORS}) )?")
_CALENDAR = DAYS_AND_MONTHS | split_table(
    "jan feb mar apr jun jul aug sep sept oct nov dec christmas easter"
)
_WORD = r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[^\W_]|['-](?=[^\W_]))*\.?"
_TOKEN = re.compile(rf"{_WORD}|\d[\w-]*|[^\w\s]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\")\]]*\s+|\n\s*|['\"(\[-]\s*)$")


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[str, ...]:
    """The candidates for proper names in a text, each once, in order of appearance.

    Runs of capitalised words with the connectors between them ("Bank of England"),
    words with inner capitals or digits ("HIMARS", "F-16"), and demonyms. A single
    first word of a sentence counts if it is capitalised elsewhere in the text too,
    or if nothing tells that it is an ordinary English word. Weekdays and months are
    left to `times`.
    """
    return _find_names(text, text)


def _find_names(text: str, context: str) -> tuple[str, ...]:
    """The names in a text, where the context tells what is capitalised within sentences."""
    flat = straight(text)
    found: dict[str, None] = {}
    for run in _find_runs(flat):
        if opens_sentence(flat, run[0].start()) and _is_ordinary(run, context):
            run = run[1:]  # noqa: PLW2901 - the same run, trimmed
        kept = _trim(run)
        if kept:
            found.setdefault(_strip(text[kept[0].start() : kept[-1].end()]))
    return tuple(found)


def _strip(name: str) -> str:
    """A name without the possessive and the full stop of its sentence."""
    bare = re.sub(r"['’]s?$", "", name)
    return bare.rstrip(".") if bare.split()[-1].count(".") == 1 else bare


@lru_cache(maxsize=512)
def _list_spellings(flat: str) -> frozenset[str]:
    """The words of a text as they are spelled within sentences, where a capital tells."""
    return frozenset(
        token[0].rstrip(".")
        for token in _TOKEN.finditer(flat)
        if not opens_sentence(flat, token.start())
    )


def opens_sentence(flat: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at this place."""
    return _SENTENCE_START.search(flat[max(0, at - 6) : at]) is not None


def _find_runs(flat: str) -> list[list[re.Match[str]]]:
    """Runs of capitalised tokens, joined by one space or by a connector."""
    runs: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(flat):
        if token[0] == token[0].lower():
            continue
        last = runs[-1][-1] if runs else None
        joined = last and _JOINT.fullmatch(flat, last.end(), token.start())
        if last and joined and not last[0].endswith(("'s", "'")) and not _ends_sentence(last):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _ends_sentence(token: re.Match[str]) -> bool:
    """Whether a full stop after this word ends the sentence rather than an abbreviation."""
    word = token[0]
    abbreviated = word[:-1].lower() in TITLES | {"st", "jr", "sr"}
    return len(word) > 2 and word.count(".") == 1 and not abbreviated


def _trim(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The run without stop words and calendar words at its ends."""
    while run and _is_plain(run[0][0]):
        run = run[1:]
    while run and _is_plain(run[-1][0]):
        run = run[:-1]
    return run


_COMMON_ENDING = re.compile(
    r"(?:ly|ing|ed|tion|sion|ment|ness|ity|ists?|ers|ors|ance|ence|ency|ancy"
    r"|ship|hood|isms?|ology|ics|ful|less|ous|able|ible|ive|dom)$"
)


def _is_ordinary(run: Sequence[re.Match[str]], context: str) -> bool:
    """Whether the first word of a sentence has its capital from there, the context considered."""
    word = run[0][0].rstrip(".")
    plain = word.lower()
    shouted = word.isupper() and len(word) > 1
    if not shouted and (plain in STOP or POSSESSIVE.sub("", plain) in _CALENDAR):
        return True
    if shouted or word.endswith(("'s", "'")) or (plain in TITLES and len(run) > 1):
        return False
    return plain.split("-")[0] in OPENERS or _is_common(run, _list_spellings(straight(context)))


def _is_common(run: Sequence[re.Match[str]], spelled: frozenset[str]) -> bool:
    """Whether the first word of the run is common in a text that spells its words like this."""
    word = run[0][0].rstrip(".")
    plain = word.lower()
    if plain in spelled and word not in spelled:
        return True
    if word in spelled or not word[1:].islower():
        return False
    if len(run) > 1:  # "Telling Marit Oske"
        return plain.endswith(("ing", "ed"))
    # "Partisanship" where the text has "partisan".
    kin = len(plain) > 6 and any(w.islower() and w[:6] == plain[:6] for w in spelled)
    return kin or plain.endswith("s") or _COMMON_ENDING.search(plain) is not None


def _is_plain(word: str) -> bool:
    """Capitalised words that are no names wherever they stand: I, The, Tuesday, titles of time."""
    plain = POSSESSIVE.sub("", word.lower().rstrip("."))
    shouted = word.isupper() and len(word) > 1
    return (plain in STOP and not shouted) or plain in _CALENDAR


def missing_names(claim: str, evidence: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the claim that stand neither in the evidence nor in the `known` texts.

    A name is there if each of its words is, by the same stem, the same spelling or a
    related form: "Russian" for "Russia", "the US" for "United States". Titles and
    ordinary words inside a name need no support.
    """
    context = " ".join((evidence, *known))
    held, flat = _list_words(context), fold(context)
    return tuple(
        name
        for name in _find_names(claim, context)
        if not (is_unit(name) or _is_held(name, held))
        and not re.search(rf"\b{re.escape(fold(name))}\b", flat)
    )


@lru_cache(maxsize=512)
def _list_words(text: str) -> frozenset[str]:
    flat = fold(text)
    said = {POSSESSIVE.sub("", w) for w in re.findall(r"[^\W_](?:[\w'-]*\w)?", flat)}
    said |= {part for word in said for part in word.split("-")}
    said |= {word.replace(".", "") for word in re.findall(r"(?:\w\.){2,}", flat)}
    proper = re.findall(r"(?:\b[A-Z][\w'-]+ (?:of |and |the )?){2,}", straight(text) + " ")
    said |= {"".join(w[0] for w in run.split() if w[0].isupper()).lower() for run in proper}
    # In capitals only: "us" is a word, "US" is not.
    said |= {f"={w.lower()}" for w in re.findall(r"\b[A-Z]{2,}\b", text.replace(".", ""))}
    return frozenset(said - {"", "us"})


def _is_held(name: str, held: frozenset[str]) -> bool:
    said = [w for w in re.findall(r"[^\W_](?:[\w'.-]*\w)?", fold(name)) if w not in STOP - {"us"}]
    needed = [POSSESSIVE.sub("", w).replace(".", "") for w in said]
    needed = [w for w in needed if w not in TITLES and w not in OPENERS] or needed
    initials = "".join(w[0] for w in needed)
    if len(needed) > 1 and f"={initials}" in held:
        return True
    return all(_is_word_held(word, held) for word in needed)


def _is_word_held(word: str, held: frozenset[str]) -> bool:
    plural = (word[: -len(end)] for end in ("es", "s") if word.endswith(end) and len(word) > 4)
    forms = (word, *plural, *_ALIASES.get(word, ()))
    if any(form in held or f"={form}" in held for form in forms):
        return True
    if "-" in word:
        parts = [part for part in word.split("-") if part not in _PREFIXES]
        return all(_is_word_held(part, held) for part in parts)
    if len(word) == 1:
        return any(other.startswith(word) for other in held)
    return any(_are_related(word, other) for other in held if other[0] == word[0])


@lru_cache(maxsize=200_000)
def _are_related(a: str, b: str) -> bool:
    """Same spelling, or forms of one name: Russia and Russian, Britain and British."""
    if same_word(a, b):
        return True
    stem = min(len(a), len(b), 4)
    if stem < 4 or a[:4] != b[:4]:
        return False
    return _DEMONYM.sub("", a) == _DEMONYM.sub("", b)


_PREFIXES = split_table("pro anti neo non ex pre post mid al el based led backed born")
_DEMONYM = re.compile(
    r"(?:isms?|ists?|ians?|ans?|ns?|ese|ish|i|is|ia|a|e|en|y|s|es|ain|tons?|ic|ics)$"
)
_ALIASES = {
    name: tuple(other for other in group if other != name)
    for group in (
        ("us", "usa", "america", "american", "americans", "states"),
        ("uk", "britain", "british", "kingdom"),
        ("eu", "european", "europe"),
        ("un", "nations"),
    )
    for name in group
}
