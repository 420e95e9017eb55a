"""New articles and those of the window go in; the scored pairs come out.

The score is the cosine of two articles, less what each of them has in common with just any
article of the window, and less for days between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from factcheck.digest.grouping.items import WINDOW, Item, Link

# Pairs that score less say nothing to the grouping and are not kept.
_LEAST = 0.01
# Shorter texts may be the same without telling of the same event: "Live updates".
_COPY_LENGTH = 60
# A small window is taken to hold so many articles more that have nothing in common with it:
# with two or three, what they share is what they are about.
_OTHERS = 100
# What is left of a score, as a power of e, for articles that are as far apart as they may be.
_FAR = -1.0
_SECONDS = 86_400


def links(new: Sequence[Item], window: Sequence[Item]) -> tuple[Link, ...]:
    """The scores of the new articles with those of the window and with each other.

    Keys are unique. An article of the window that comes again as a new one, because it was
    edited, is scored again; its earlier links are void. A copy of another article's text
    is linked to the first one only, with a score of 1. The order of the items makes no
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
    return (*_scored([items[at] for at in originals], fresh), *found)


def _copies(items: Sequence[Item]) -> tuple[dict[str, str], list[int]]:
    """Articles with the words of an earlier one in the window, by key; and all others."""
    first: dict[bytes, Item] = {}
    copies: dict[str, str] = {}
    originals: list[int] = []
    at_last = datetime.max.replace(tzinfo=UTC)
    for at in sorted(range(len(items)), key=lambda at: items[at].published or at_last):
        item = items[at]
        words = " ".join(f"{item.title}\n{item.text}".split())
        text = blake2b(words.encode("utf-8", "replace"), digest_size=16).digest()
        known = first.get(text)
        if known and len(words) >= _COPY_LENGTH and not _apart(known, item):
            copies[item.key] = known.key
        else:
            first[text] = item
            originals.append(at)
    return copies, sorted(originals)


def _apart(a: Item, b: Item) -> bool:
    return bool(a.published and b.published and abs(a.published - b.published) > WINDOW)


def _scored(items: Sequence[Item], fresh: set[str]) -> tuple[Link, ...]:
    """The links between candidates of which one is fresh at least."""
    import numpy as np  # noqa: PLC0415 - heavy, and --help must not wait for it and the rest

    from factcheck.digest.grouping.neighbours import candidates  # noqa: PLC0415
    from factcheck.digest.grouping.terms import weigh  # noqa: PLC0415

    new = np.array([at for at, item in enumerate(items) if item.key in fresh], dtype=np.int64)
    if not len(new):
        return ()
    text = weigh(items)
    day = np.array([i.published.timestamp() / _SECONDS if i.published else np.nan for i in items])
    a, b, cosine = candidates(text, day, new)
    itself = np.asarray(text.multiply(text).sum(axis=1)).ravel()
    usual = np.sqrt(np.maximum(text @ np.asarray(text.sum(axis=0)).ravel() - itself, 0))
    common = np.minimum(usual[a] * usual[b] / (len(items) - 1 + _OTHERS), 0.99)
    gap = np.nan_to_num(np.abs(day[a] - day[b])) / WINDOW.days
    score = np.clip((cosine - common) / (1 - common) * np.exp(_FAR * gap), 0, 0.999)
    kept = score >= _LEAST
    pairs = zip(a[kept].tolist(), b[kept].tolist(), score[kept].round(5).tolist(), strict=True)
    return tuple(Link(items[x].key, items[y].key, one) for x, y, one in pairs)
