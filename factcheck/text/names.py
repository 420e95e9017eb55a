"""Text goes in; the proper names in it come out, and whether two spellings name the same.

Written for checks that must hardly ever raise a false alarm: what might be an
ordinary word is taken for one, and what might be a spelling of a known name for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from factcheck.text.ordinary import OPENERS
from factcheck.text.words import STOP, fold, listed, straight

_TITLES = listed(
    """mr mrs ms miss dr prof professor sir dame lord lady president premier chancellor minister
    prime foreign defence defense secretary state general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt admiral governor gov senator sen representative rep congressman
    congresswoman mayor judge justice king queen prince princess pope cardinal bishop rev reverend
    chief director ambassador spokesman spokeswoman spokesperson speaker chairman chairwoman
    commissioner deputy vice former ex acting analyst adviser advisor presidential expert
    security police inspector detective sheriff officer""",
)
_CONNECTORS = "of|de la|de|del|der|di|da|van der|van den|van|von|al|el|bin|ibn"
_CALENDAR = listed(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday christmas easter""",
)
_WORD = r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[^\W_]|['-](?=[^\W_]))*\.?"
_TOKEN = re.compile(rf"{_WORD}|\d[\w-]*|[^\w\s]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\")\]]*\s+|\n\s*|['\"(\[-]\s*)$")
_POSSESSIVE = re.compile(r"'s?$")
_VOWELS = str.maketrans("", "", "aeiouyj'-. ")


def names(text: str) -> tuple[str, ...]:
    """The candidates for proper names in a text, each once, in order of appearance.

    Runs of capitalised words with the connectors between them ("Bank of England"),
    words with inner capitals or digits ("HIMARS", "F-16"), and demonyms. A single
    first word of a sentence counts if it is capitalised elsewhere in the text too,
    or if nothing tells that it is an ordinary English word. Weekdays and months are
    left to `times`.
    """
    return _names(text, text)


def _names(text: str, context: str) -> tuple[str, ...]:
    """The names in a text, where the context tells what is capitalised within sentences."""
    flat = straight(text)
    spelled = _spelled(straight(context))
    found: dict[str, None] = {}
    for run in _runs(flat):
        opening = bool(_SENTENCE_START.search(flat[max(0, run[0].start() - 6) : run[0].start()]))
        after = re.match(r" ([a-z]+)", flat[run[-1].end() :])
        if opening and _is_ordinary(run, spelled, after[1] if after else ""):
            run = run[1:]  # noqa: PLW2901 - the same run, trimmed
        kept = _trim(run)
        if kept:
            found.setdefault(_bare(text[kept[0].start() : kept[-1].end()]))
    return tuple(found)


def _bare(name: str) -> str:
    """A name without the possessive and the full stop of its sentence."""
    bare = re.sub(r"['’]s?$", "", name)
    return bare.rstrip(".") if bare.split()[-1].count(".") == 1 else bare


def _spelled(flat: str) -> frozenset[str]:
    """The words of a text as they are spelled within sentences, where a capital tells."""
    return frozenset(
        token[0].rstrip(".")
        for token in _TOKEN.finditer(flat)
        if not _SENTENCE_START.search(flat[max(0, token.start() - 6) : token.start()])
    )


def _runs(flat: str) -> list[list[re.Match[str]]]:
    """Runs of capitalised tokens, joined by one space or by a connector."""
    runs: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(flat):
        if not _is_capitalised(token[0]):
            continue
        between = flat[runs[-1][-1].end() : token.start()] if runs else "."
        joined = re.fullmatch(rf" +(?:(?:{_CONNECTORS}) )?", between)
        if (
            runs
            and joined
            and not runs[-1][-1][0].endswith(("'s", "'"))
            and not _ends(runs[-1][-1])
        ):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _is_capitalised(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _ends(token: re.Match[str]) -> bool:
    """Whether a full stop after this word ends the sentence rather than an abbreviation."""
    word = token[0]
    return (
        word.endswith(".")
        and len(word) > 2
        and word.count(".") == 1
        and (word[:-1].lower() not in _TITLES | {"st", "jr", "sr"})
    )


def _trim(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The run without stop words and calendar words at its ends."""
    while run and _is_plain(run[0][0]):
        run = run[1:]
    while run and _is_plain(run[-1][0]):
        run = run[:-1]
    return run


def _is_ordinary(run: Sequence[re.Match[str]], spelled: frozenset[str], after: str) -> bool:
    """Whether the first word of a sentence has its capital from there; `after` follows the run."""
    word = run[0][0].rstrip(".")
    plain = word.lower()
    if plain in STOP or plain in _CALENDAR:
        return True
    if word.endswith(("'s", "'")) or (plain in _TITLES and len(run) > 1):
        return False
    if plain in OPENERS or (plain in spelled and word not in spelled):
        return True
    if len(run) > 1 or word in spelled or not word[1:].islower():
        return False
    if re.search(r"(?:ly|ing|ed|tion|sion|ment|ness|ity|ists?|ers|ors|ance|ence)$", plain):
        return True
    return plain.endswith("s") and after not in ("is", "was", "has", "says")


def _is_plain(word: str) -> bool:
    """Capitalised words that are no names wherever they stand: I, The, Tuesday, titles of time."""
    plain = word.lower().rstrip(".")
    shouted = word.isupper() and len(word) > 1
    return (plain in STOP and not shouted) or plain in _CALENDAR


# --- comparison ----------------------------------------------------------------


def same_name(a: str, b: str) -> bool:
    """Whether two names can name one person or body, by spelling alone.

    Titles are ignored; a surname fits a full name; initials fit; transliterations
    and one slip in a long name are tolerated. Two different first names, or two
    different surnames, do not fit. An empty name fits none.
    """
    left, right = _core(a), _core(b)
    if not left or not right:
        return False
    if [_key(w) for w in left] == [_key(w) for w in right]:
        return True
    if 1 in (len(left), len(right)) and left[0] == right[0] and left[0] in _FAMILY_FIRST:
        return True
    if not _same_word(left[-1], right[-1]):
        return False
    if len(left) == 1 or len(right) == 1:
        return True
    shorter, longer = sorted((left[:-1], right[:-1]), key=len)
    return _in_order(shorter, longer)


def _in_order(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the given names of one stand in the other, in order, initials included."""
    rest: Iterable[str] = iter(longer)
    return all(any(_same_given(word, other) for other in rest) for word in shorter)


def _same_given(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return _same_word(a, b) or any(a in forms and b in forms for forms in _FORMS)


def _core(name: str) -> tuple[str, ...]:
    """Folded words of a name without titles; of nothing but titles, the titles."""
    bare = re.sub(r"(\w)\.(?=\w\.)", r"\1. ", fold(name))
    said = [_POSSESSIVE.sub("", w.strip(".")) for w in re.findall(r"[\w.'-]+", bare)]
    said = [w for w in said if w and w not in ("the", "of", "and")]
    return tuple(w for w in said if w not in _TITLES) or tuple(said)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """One spelling for the transliterations of a word: Kiev and Kyiv, Podolyak and Podoliak."""
    word = fold(word)
    for pattern, plain in _TRANSLITERATION:
        word = pattern.sub(plain, word)
    return word


_TRANSLITERATION = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^k[iy][iy]?e?[iy]?v$", "kyiv"),
        (r"^peking$", "beijing"),
        (r"[-']", ""),
        (r"(?<=[td])ine$|(?<=[td])in$", "in"),
        (r"(?:iy|yy|ij|yj|ii|yi|ey|ei|ai|ay|i|y|j)$", "i"),
        (r"(?:ia|ya|ja|ija|iya)", "a"),
        (r"(?:iu|yu|ju|ou)", "u"),
        (r"(?:ie|ye|je)", "e"),
        (r"[yj]", "i"),
        (r"kh", "h"),
        (r"(?:tsch|tch|cz)", "ch"),
        (r"w|ff$|v$", "v"),
        (r"ks", "x"),
        # Ukrainian h is Russian g: Serhiy, Sergei.
        (r"(?<=[aeiour])h(?=[aeiour])", "g"),
        (r"(.)\1", r"\1"),
    )
)
# The same person under the Ukrainian and the Russian form of a first name.
_FORMS = tuple(
    frozenset(forms.split())
    for forms in (
        "volodymyr vladimir wladimir",
        "mykola nikolai nikolay",
        "oleksandr aleksandr alexander alexandr",
        "dmytro dmitry dmitri dmitriy dimitri",
        "andriy andrei andrey andrii",
        "mykhailo mikhail michail",
        "oleksiy alexei aleksei alexey aleksey",
        "yevhen evgeny yevgeny evgeni yevgeniy",
        "kyrylo kirill",
        "pavlo pavel",
        "olena elena yelena",
        "michael mike",
        "william bill",
        "robert bob",
        "joseph joe",
        "james jim",
        "thomas tom",
        "anthony tony antony",
    )
)
# Names that put the family first and are often shortened to it.
_FAMILY_FIRST = listed("xi kim li wang zhang mao deng hu lee moon yoon park ma chen")


@lru_cache(maxsize=200_000)
def _same_word(a: str, b: str) -> bool:
    left, right = _key(a), _key(b)
    if left == right:
        return True
    shorter = min(len(left), len(right))
    return shorter >= 6 and left[0] == right[0] and OSA.distance(left, right, score_cutoff=1) <= 1


def missing_names(claim: str, evidence: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the claim that stand neither in the evidence nor in the `known` texts.

    A name is there if each of its words is, by the same stem, the same spelling or a
    related form: "Russian" for "Russia", "the US" for "United States". Titles and
    ordinary words inside a name need no support.
    """
    context = " ".join((evidence, *known))
    held, flat = _vocabulary(context), fold(context)
    return tuple(
        name
        for name in _names(claim, context)
        if not _is_held(name, held) and not re.search(rf"\b{re.escape(fold(name))}\b", flat)
    )


def _vocabulary(text: str) -> frozenset[str]:
    flat = fold(text)
    said = {_POSSESSIVE.sub("", w) for w in re.findall(r"[^\W_](?:[\w'-]*\w)?", flat)}
    said |= {part for word in said for part in word.split("-")}
    said |= {word.replace(".", "") for word in re.findall(r"(?:\w\.){2,}", flat)}
    proper = re.findall(r"(?:\b[A-Z][\w'-]+ (?:of |and |the )?){2,}", straight(text) + " ")
    said |= {"".join(w[0] for w in run.split() if w[0].isupper()).lower() for run in proper}
    # In capitals only: "us" is a word, "US" is not.
    said |= {f"={w.lower()}" for w in re.findall(r"\b[A-Z]{2,}\b", text.replace(".", ""))}
    return frozenset(said)


def _is_held(name: str, held: frozenset[str]) -> bool:
    said = [w for w in re.findall(r"[^\W_](?:[\w'.-]*\w)?", fold(name)) if w not in STOP]
    needed = [_POSSESSIVE.sub("", w).replace(".", "") for w in said]
    needed = [w for w in needed if w not in _TITLES and w not in OPENERS] or needed
    initials = "".join(w[0] for w in needed)
    if len(needed) > 1 and f"={initials}" in held:
        return True
    return all(_word_held(word, held) for word in needed)


def _word_held(word: str, held: frozenset[str]) -> bool:
    if word in held or any(alias in held for alias in _ALIASES.get(word, ())):
        return True
    if "-" in word:
        parts = [part for part in word.split("-") if part not in _PREFIXES]
        return all(_word_held(part, held) for part in parts)
    if len(word) == 1:
        return any(other.startswith(word) for other in held)
    return any(_related(word, other) for other in held if other[0] == word[0])


@lru_cache(maxsize=200_000)
def _related(a: str, b: str) -> bool:
    """Same spelling, or forms of one name: Russia and Russian, Britain and British."""
    if _same_word(a, b):
        return True
    stem = min(len(a), len(b), 4)
    if stem < 4 or a[:4] != b[:4]:
        return False
    return _DEMONYM.sub("", a) == _DEMONYM.sub("", b)


_PREFIXES = listed("pro anti neo non ex pre post mid al el based led backed born")
_DEMONYM = re.compile(
    r"(?:isms?|ists?|ians?|ans?|ns?|ese|ish|i|is|ia|a|e|en|y|s|es|ain|tons?|ic|ics)$"
)
_ALIASES = {
    name: tuple(other for other in group if other != name)
    for group in (
        ("us", "u.s", "usa", "america", "american", "americans", "states", "washington"),
        ("uk", "u.k", "britain", "british", "briton", "britons", "kingdom"),
        ("eu", "e.u", "european", "europe"),
        ("un", "u.n", "nations"),
        ("france", "french"),
        ("germany", "german", "germans"),
        ("netherlands", "dutch", "holland"),
        ("spain", "spanish", "spaniards"),
        ("switzerland", "swiss"),
        ("greece", "greek", "greeks"),
        ("poland", "polish", "poles"),
        ("denmark", "danish", "danes"),
        ("sweden", "swedish", "swedes"),
        ("finland", "finnish", "finns"),
        ("turkey", "turkish", "turks", "turkiye"),
        ("wales", "welsh"),
        ("ireland", "irish"),
        ("thailand", "thai"),
        ("philippines", "philippine", "filipino"),
        ("iraq", "iraqi"),
        ("israel", "israeli", "israelis"),
        ("kyiv", "kiev"),
        ("russia", "russian", "russians", "rf"),
        ("parliament", "parliamentary"),
    )
    for name in group
}
