"""New articles and those of the window go in; the scored pairs come out.

The score is the cosine of two articles, less for days between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np

from factcheck.digest.grouping.items import WINDOW, Item, Link
from factcheck.digest.grouping.neighbours import candidates
from factcheck.digest.grouping.terms import weigh

# Pairs that score less say nothing to the grouping and are not kept.
_LEAST = 0.01
# Shorter texts may be the same without telling of the same event: "Live updates".
_COPY_LENGTH = 60
# Of the sentences of the longer text so many are in both, and so many at least.
_COPIED, _FEWEST_SHARED = 0.6, 4
# The space is looked for first, which is fast; texts have single ones by then.
_END = re.compile(r" (?<=[.!?] )")
# What is left of a score, as a power of e, for articles that are as far apart as they may be.
_FAR = -1.0
_SECONDS = 86_400


def links(new: Sequence[Item], window: Sequence[Item]) -> tuple[Link, ...]:
    """The scores of the new articles with those of the window and with each other.

    Keys are unique. An article of the window that comes again as a new one, because it was
    edited, is scored again; its earlier links are void. A copy of another article is linked
    to the copy before it only, with a score of 1. The order of the items makes no
    difference, and a pair that is no candidate has no link.
    """
    fresh = {item.key for item in new}
    items = sorted([*new, *(w for w in window if w.key not in fresh)], key=lambda i: i.key)
    copies, originals = _copies(items)
    found = [
        Link(min(first, key), max(first, key), 1.0)
        for key, first in copies.items()
        if key in fresh or first in fresh
    ]
    return (*_score([items[at] for at in originals], fresh), *found)


def _copies(items: Sequence[Item]) -> tuple[dict[str, str], list[int]]:
    """Articles that are copies of an earlier one in the window, each with the last copy before it.

    By key; second come the places of all others. A copy has the same words, or most of its
    sentences word for word: hundreds of reprints must not make common what they tell.
    """
    homes: dict[bytes, int] = {}  # each text and sentence, with the first article that has it
    parts: dict[int, frozenset[bytes]] = {}
    last: dict[int, Item] = {}
    copies: dict[str, str] = {}
    at_last = datetime.max.replace(tzinfo=UTC)
    for at in sorted(range(len(items)), key=lambda at: items[at].published or at_last):
        item, mine = items[at], _parts(items[at])
        home = _home(mine, homes, parts)
        if home is not None and not _apart(last[home], item):
            copies[item.key] = last[home].key
            last[home] = item
        else:
            parts[at], last[at] = mine, item
            homes |= {part: at for part in mine if part not in homes}
    return copies, sorted(parts)


def _parts(item: Item) -> frozenset[bytes]:
    """The text as a whole and its longer sentences, each as a hash."""
    body = " ".join(item.text.split())
    words = f"{' '.join(item.title.split())} {body}".strip()
    sentences = [one for one in _END.split(body) if len(one) >= _COPY_LENGTH]
    whole = [words] if len(words) >= _COPY_LENGTH else []
    said = (one.encode("utf-8", "replace") for one in (*whole, *sentences))
    return frozenset(blake2b(one, digest_size=8).digest() for one in said)


def _home(
    mine: frozenset[bytes], homes: Mapping[bytes, int], parts: Mapping[int, frozenset[bytes]]
) -> int | None:
    """The article that these parts are a copy of, None for none."""
    shared = Counter(homes[part] for part in mine if part in homes)
    best = max(shared, key=lambda at: (shared[at], -at), default=None)
    if best is None:
        return None
    longer = max(len(mine), len(parts[best]))
    enough = shared[best] >= _FEWEST_SHARED and shared[best] >= _COPIED * longer
    return best if enough or mine == parts[best] else None


def _apart(a: Item, b: Item) -> bool:
    return bool(a.published and b.published and abs(a.published - b.published) > WINDOW)


def _score(items: Sequence[Item], fresh: set[str]) -> tuple[Link, ...]:
    """The links between candidates of which one is fresh at least."""
    new = np.array([at for at, item in enumerate(items) if item.key in fresh], dtype=np.int64)
    if not len(new):
        return ()
    text = weigh(items)
    day = np.array([i.published.timestamp() / _SECONDS if i.published else np.nan for i in items])
    a, b, cosine = candidates(text, day, new)
    gap = np.nan_to_num(np.abs(day[a] - day[b])) / WINDOW.days
    score = np.minimum(cosine * np.exp(_FAR * gap), 0.999)
    kept = score >= _LEAST
    keys = np.array([item.key for item in items], dtype=object)
    return tuple(map(Link, keys[a[kept]], keys[b[kept]], score[kept].round(5).tolist()))
