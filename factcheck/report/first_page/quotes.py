"""Quotation marks around what is quoted."""

from __future__ import annotations

from factcheck.language.excerpt import CUT, excerpt

OPENING = {'"': '"', "”": "“", "“": "„", "»": "«", "«": "»", "„": "„"}
"""What opens direct speech that a mark ends."""
CLOSING = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "”": "”"}
"""What ends direct speech that a mark opens."""
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
        closes = bare[bare.index(mark) - 1] != " "
        kept = f"{before}{bare}{after}"  # what was cut stands within the pair
        return f"{OPENING[mark]}{kept}" if closes else f"{kept}{CLOSING[mark]}"
    bare = quote.removeprefix(f"{CUT} ")
    return quote if not quote or bare[0] in OWN_MARKS else f"“{quote}”"


def clip_marked(quote: str, most: int) -> str:
    """A quote with its marks, cut to so many words."""
    marked = quote.startswith("“") and quote.endswith("”") and quote.count("“") == 1
    return f"“{excerpt(quote[1:-1], most)}”" if marked else excerpt(quote, most)
