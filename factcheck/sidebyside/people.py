"""List those on whose word the sentences stand, under all their spellings.

Spellings are joined only where they safely name one: a surname with the one full name
that it fits, titles and one slip in a long name aside. The rest stands apart for the
reader to merge. Nobody is counted as independent of anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from factcheck.language.names import names
from factcheck.language.spelling import name_keys, same_name
from factcheck.language.words import fold
from factcheck.models import Remark
from factcheck.sidebyside.models import Mention, Place, Quoted, Said
from factcheck.sidebyside.sayings import is_pronoun

_LEADING = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr)\.? ", re.IGNORECASE)
SPELLING = Remark(code="one-spelling", text="the same name by spelling")


def list_quoted(said: Said) -> tuple[Quoted, ...]:
    """The sources of the attributions, those in most articles first; ids `p1`, `p2`, …"""
    places: dict[str, dict[Place, None]] = {}
    for place, entries in said.items():
        for entry in entries:
            source = entry.after or entry.source
            if source and not is_pronoun(source):
                places.setdefault(find_core_name(source), {})[place] = None
    groups = _unite(list(places))
    found = [(group, [place for name in group for place in places[name]]) for group in groups]
    found.sort(key=lambda one: (-len({article for article, _ in one[1]}), -len(one[1])))
    return tuple(
        Quoted(
            id=f"p{number}",
            name=group[0],
            also=tuple(name for name in group[1:] if name.lower() != group[0].lower()),
            mentions=tuple(
                Mention(article=article, sentence=sentence)
                for article, sentence in dict.fromkeys(mentions)
            ),
            united=SPELLING if len(group) > 1 else None,
        )
        for number, (group, mentions) in enumerate(found, start=1)
    )


@lru_cache(maxsize=4096)
def find_core_name(source: str) -> str:
    """The person's name at the end of a source's first phrase, else the phrase itself."""
    head = re.split(r",|\(| who | – | — ", source)[0].strip()
    named = names(head)
    return named[-1] if named and head.endswith(named[-1]) else head


def _unite(spellings: Sequence[str]) -> list[list[str]]:
    """Groups of spellings, the fullest first in each; surnames after the full names they fit."""
    groups: list[list[str]] = []
    places: defaultdict[str, list[int]] = defaultdict(list)  # of groups, by the keys of the first
    for spelling in sorted(spellings, key=_is_surname):
        near = sorted({place for key in _list_keys(spelling) for place in places.get(key, ())})
        fitting = [groups[place] for place in near if _is_one(spelling, groups[place][0])]
        # A surname that two full names share is nobody's.
        if len(fitting) == 1 or (fitting and not _is_surname(spelling)):
            fitting[0].append(spelling)
            continue
        for key in _list_keys(spelling):
            places[key].append(len(groups))
        groups.append([spelling])
    return [sorted(group, key=lambda name: -len(name.split())) for group in groups]


@lru_cache(maxsize=65_536)
def _list_keys(name: str) -> frozenset[str]:
    """Keys of which two spellings that may be one name have one in common."""
    return (name_keys(name) if _is_personal(name) else frozenset()) | {f"= {_strip(name)}"}


def _is_surname(spelling: str) -> bool:
    return " " not in _strip(spelling) and spelling[:1].isupper()


def _is_one(spelling: str, full: str) -> bool:
    """Whether a spelling and a name with one of its keys are one: equal, or of a fuller name."""
    if _strip(spelling) == _strip(full):
        return True
    either = " " in _strip(spelling) or _is_surname(spelling)
    return either and " " in _strip(full) and same_name(spelling, full)


@lru_cache(maxsize=65_536)
def _is_personal(name: str) -> bool:
    """Whether every word of a name is capitalised, as in a person's."""
    return all(word[0].isupper() for word in _LEADING.sub("", name).split())


@lru_cache(maxsize=65_536)
def _strip(name: str) -> str:
    """The folded name without article and possessive, cached: all pairs are compared."""
    return re.sub(r"['’]s?$", "", _LEADING.sub("", fold(name))).strip()
