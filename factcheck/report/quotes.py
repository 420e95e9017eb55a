"""Quotations: marks around what is quoted, and the rest of what was said in one breath."""

from __future__ import annotations

import re

from factcheck.language.excerpt import CUT, excerpt
from factcheck.models import Article

OPENING = {'"': '"', "”": "“", "“": "„", "»": "«", "«": "»", "„": "„"}
"""What opens direct speech that a mark ends."""
CLOSING = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "”": "”"}
"""What ends direct speech that a mark opens."""
MOST_MORE = 2  # sentences in which a quotation may go on
SINGLE_OPENING = re.compile(r"(?<!\w)['‘](?=\w)")
SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
OWN_MARKS = frozenset('“”„«»"')


def in_marks(quote: str) -> str:
    """A quote in quotation marks; one with whole pairs of its own stands as it is.

    Where a pair is broken, since its other half stands in another sentence, that half is added;
    a half alone at an end of the sentence is left out.
    """
    if sum(character in OWN_MARKS for character in quote) % 2:
        before, after = (f"{CUT} " * quote.startswith(CUT), f" {CUT}" * quote.endswith(CUT))
        inner = quote.removeprefix(before).removesuffix(after)
        bare = inner.strip("".join(OWN_MARKS) + "\u00a0\u202f ")
        if sum(character in OWN_MARKS for character in bare) % 2 == 0:
            return f"“{before}{bare}{after}”"
        mark = next(character for character in bare if character in OWN_MARKS)
        closes = not is_opening(bare, bare.index(mark))
        kept = f"{before}{bare}{after}"  # what was cut stands within the pair
        return f"{OPENING[mark]}{kept}" if closes else f"{kept}{CLOSING[mark]}"
    bare = quote.removeprefix(f"{CUT} ")
    return quote if not quote or bare[0] in OWN_MARKS else f"“{quote}”"


def clip_marked(quote: str, most: int) -> str:
    """A quote with its marks, cut to so many words."""
    marked = quote.startswith("“") and quote.endswith("”") and quote.count("“") == 1
    return f"“{excerpt(quote[1:-1], most)}”" if marked else excerpt(quote, most)


def quote_whole(article: Article, number: int) -> str:
    """A sentence with the rest of a quotation that begins before it or goes on after it.

    In its own paragraph, and at most `MOST_MORE` sentences each way; else the sentence alone.
    """
    text = article.sentence(number).text
    before, after = list_near(article, number)
    while before and find_broken(text)[0]:
        text = f"{before.pop()} {text}"
    while after and find_broken(text)[1]:
        text = f"{text} {after.pop(0)}"
    return article.sentence(number).text if any(find_broken(text)) else text


def list_near(article: Article, number: int) -> tuple[list[str], list[str]]:
    """At most `MOST_MORE` sentences of its paragraph before a sentence, and behind it."""
    sentence = article.sentence(number)
    near = [
        one
        for one in article.sentences[max(0, number - 1 - MOST_MORE) : number + MOST_MORE]
        if (one.kind, one.paragraph) == (sentence.kind, sentence.paragraph)
    ]
    before = [one.text for one in near if one.number < number]
    return before, [one.text for one in near if one.number > number]


def is_spoken(article: Article, number: int, words: str) -> bool:
    """Whether words of a sentence stand within quotation marks, which may open before it.

    In its own paragraph. Else they are the article's own report of what was said.
    """
    text = article.sentence(number).text
    bare = words.strip(f"{''.join(OWN_MARKS)} ").removeprefix(f"{CUT} ")
    at = text.find(bare.partition(f" {CUT}")[0])
    before = " ".join((*list_near(article, number)[0], text[: max(at, 0)])) + bare[:1]
    return find_broken(SINGLE_CLOSING.sub("”", SINGLE_OPENING.sub("“", before)))[1]


def find_broken(text: str) -> tuple[bool, bool]:
    """Whether a quotation in a text began before it, and whether one goes on after it."""
    began_before, depth = False, 0
    for at, mark in enumerate(text):
        if mark not in OWN_MARKS:
            continue
        if is_opening(text, at):
            depth += 1
        elif depth:
            depth -= 1
        else:
            began_before = True
    return began_before, depth > 0


def is_opening(text: str, at: int) -> bool:
    """Whether the mark at a place of a text opens direct speech, by what stands beside it."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    begins = after.isalnum() or after in tuple("¿¡(…") or (text[at] == "«" and after.isspace())
    return begins and (not before or before.isspace() or before in "([")
