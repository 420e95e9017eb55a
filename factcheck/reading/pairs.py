"""Lines go in; which sentences of different articles say much the same, and how much, come out.

Only pairs that share enough rare stems are compared in full, so that the cost grows
with what the articles have in common and not with the square of their length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from factcheck.reading.lines import Line, is_english, rarity
from factcheck.text.similar import idf, similarity

# Chosen on real triplets (docs/reading.md): below IN_PART every other pair was wrong.
NEARLY, MUCH, IN_PART = 0.75, 0.55, 0.40
_WORTH_A_LOOK = 0.22
_MARKS = 3

Pair = tuple[int, int]


def close_pairs(lines: Sequence[Line]) -> dict[Pair, float]:
    """Places of two lines of different articles to how much they say the same, 0 to 1.

    Only pairs of IN_PART and above; the first place is the lower one.
    """
    english = [at for at, line in enumerate(lines) if line.informative and is_english(line.article)]
    rare = rarity([lines[at].stems for at in english])
    weights = idf(lines[at].sentence.text for at in english)
    found = {
        (a, b): similarity(lines[a].sentence.text, lines[b].sentence.text, weights)
        for a, b in _candidates(lines, english, rare)
    }
    return {pair: value for pair, value in found.items() if value >= IN_PART}


def _candidates(
    lines: Sequence[Line], places: Sequence[int], rare: Mapping[str, float]
) -> list[Pair]:
    """Pairs whose shared stems weigh enough beside those of the lighter one."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at in places:
        for stem in lines[at].stems:
            holders[stem].append(at)
    shared: defaultdict[Pair, float] = defaultdict(float)
    for stem, held in holders.items():
        weight = rare[stem]
        for n, a in enumerate(held):
            for b in held[n + 1 :]:
                if lines[a].article is not lines[b].article:
                    shared[a, b] += weight
    total = {at: sum(rare[stem] for stem in lines[at].stems) for at in places}
    return [
        pair
        for pair, weight in shared.items()
        if weight >= _WORTH_A_LOOK * max(total[pair[0]], total[pair[1]])
    ]
