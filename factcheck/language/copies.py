"""Measure how much of one text stands in another, and find the quotations that texts share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from factcheck.language.visible import normalize_text
from factcheck.language.words import TOKEN, straight, words

# Opening mark, what may stand in the quotation, closing mark. Single marks are apostrophes
# too, so they have to stand at the edge of a word.
_QUOTED = re.compile(
    # Scraped text mixes curly and straight marks in one quotation.
    r"[“\"](?P<double>[^“”\"„]*)(?:[”\"]|(?<=[.,!?…])“(?=\s)|(?=[“„])|$)"
    r"|(?:``|'')(?P<typed>(?:[^'`]|'(?!'))*)(?:''|$)"
    r"|„(?P<low>[^“”„]*)(?:[“”]|$)"
    r"|«(?P<guillemet>[^«»]*)(?:»|$)"
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|’(?=\w))*)’(?!\w)"
    r"|(?<![\w'])'(?P<plain>(?=\w)(?:[^']|'(?=\w))*)'(?![\w'])",
)
# Where none of the opening marks stands, nothing else need be looked for.
_MARKED = re.compile(r"[“\"„«`]|''|(?<![\w'])['‘]")


def containment(a: str, b: str, n: int = 5) -> float:
    """The share, 0 to 1, of the distinct n-grams of words of the shorter text in the longer.

    0 where the shorter one has fewer than n words. Copies stand at 0.3 and above
    (docs/rules.md, "Who is one").
    """
    left, right = _grams(a, n), _grams(b, n)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def near_copies(texts: Mapping[str, str], threshold: float = 0.3) -> list[tuple[str, str, float]]:
    """Pairs of ids whose texts contain each other's 5-grams, with the containment.

    In the order of the mapping. What is shared is counted as bits of one number, so that
    hundreds of articles, unrelated or all copies of one, cost little more than reading them.
    """
    grams = {key: _grams(text, 5) for key, text in texts.items()}
    counts = Counter(gram for found in grams.values() for gram in found)
    place = {gram: at for at, gram in enumerate(one for one in counts if counts[one] > 1)}
    held = [
        (key, _bits((place[gram] for gram in found if gram in place), len(place)), len(found))
        for key, found in grams.items()
    ]
    scored = (
        (a, b, (left & right).bit_count() / min(size, other))
        for (a, left, size), (b, right, other) in combinations(held, 2)
        if left & right
    )
    return [copy for copy in scored if copy[2] >= threshold]


def _bits(places: Iterable[int], size: int) -> int:
    """A number with a bit at each of these places, all below `size`."""
    held = bytearray(size // 8 + 1)
    for place in places:
        held[place // 8] |= 1 << place % 8
    return int.from_bytes(held, "little")


def _grams(text: str, n: int) -> frozenset[tuple[str, ...]]:
    said = words(text)
    return frozenset(zip(*(said[at:] for at in range(n)), strict=False))


def quotes(text: str) -> tuple[str, ...]:
    """The quotations of a text, verbatim, without their marks, in order.

    Curly, straight, low and single marks and guillemets, also over several
    sentences. One that is never closed runs to the next opening mark or the end of
    its line. Quotations within quotations are not listed apart.
    """
    lines = text.splitlines() if _MARKED.search(text) else ()
    found = (match.groups() for line in lines for match in _QUOTED.finditer(line))
    told = (next(part for part in parts if part is not None).strip() for parts in found)
    return tuple(quote for quote in told if quote)


def find_quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where the quotations of a sentence stand, marks included, also those cut off by its ends.

    A closing mark without an opening one ends a quotation that began before the sentence.
    """
    spans = [match.span() for match in _QUOTED.finditer(text)] if _MARKED.search(text) else []
    if "”" not in text and '"' not in text:
        return spans
    closing = re.match(r'[^“”„"]*(?:”|(?<=[\w.,?!…])"(?=\s|$))', text)
    if closing and (text[closing.end() - 1] == "”" or text.count('"') % 2):
        end = closing.end()
        later = _QUOTED.finditer(text, end)
        return [(0, end), *(match.span() for match in later)]
    return spans


def find_shared_quote(a: str, b: str, least: int) -> str:
    """The longest run of words, `least` or more, in quotations of both, as `a` spells it; or ""."""
    best = ""
    best_length = least - 1
    said_b = [_locate_words(quote)[1] for quote in quotes(b)]
    for quote in quotes(a):
        flat, said_a, places = _locate_words(quote)
        for other in said_b:
            run = SequenceMatcher(None, said_a, other, autojunk=False).find_longest_match()
            if run.size > best_length:
                best = flat[places[run.a][0] : places[run.a + run.size - 1][1]]
                best_length = run.size
    return best


def _locate_words(text: str) -> tuple[str, list[str], list[tuple[int, int]]]:
    """The text in composed form, its words lowercased, and where they stand in it."""
    flat = normalize_text("NFC", text)
    found = list(TOKEN.finditer(straight(flat)))
    return flat, [match[0].lower() for match in found], [match.span() for match in found]
