"""Lines go in; the articles that share almost no names with the others come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from factcheck.sidebyside.lines import Line
from factcheck.sidebyside.models import Stranger

_LEAST_NAMES = 5
# Stories about one event share a third of the words of their names and more.
_SHARE = 0.12


def strangers(lines: Sequence[Line]) -> tuple[Stranger, ...]:
    """The articles that may be about something else, in their order.

    The words of the names in each article are looked up in all others. An article with
    few names is not judged by them, and of two articles neither is the stranger alone.
    """
    held: dict[str, set[str]] = {}
    for line in lines:
        own = held.setdefault(line.article.id, set())
        own |= {mark for mark in line.marks if not mark[0].isdigit()}
    holders = Counter(name for own in held.values() for name in own)
    found = []
    for article, own in held.items():
        shared = sorted(name for name in own if holders[name] > 1)
        if len(own) >= _LEAST_NAMES and len(shared) < _SHARE * len(own):
            found.append(Stranger(article=article, shared=tuple(shared), names=len(own)))
    return tuple(found)
