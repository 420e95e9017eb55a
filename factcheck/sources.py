"""Who is one and the same: speakers across articles, sides, outlets, origins.

In: articles, readings and what merge united. Out: `Sources`, which answers "who
answers for this claim" (`origin`) and "which articles count as one outlet"
(`outlets`). In doubt two are taken for one, since that can only lower a count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from factcheck.models import (
    Article,
    Merged,
    Origin,
    OriginKind,
    OutletGroup,
    Reading,
    Source,
    Speaker,
)
from factcheck.text.copies import near_copies, shared_quote
from factcheck.text.cues import footage
from factcheck.text.names import names, same_name
from factcheck.text.words import fold

QUOTE_WORDS = 6
NOBODY_KEY = "nobody"
FOOTAGE = Origin(key="document:footage", label="footage", kind="document")
CROWD = re.compile(r"\b(?:media|press|reports?|outlets|newspapers|channels|accounts)\b")
"""In lower case, the mark of nobody in particular: "several reports", "independent media"."""
PICTURE = re.compile(
    r"\b(?:videos?|footage|clips?|recordings?|photo(?:graph)?s?|pictures?|images?|stills?|frames?)\b",
    re.IGNORECASE,
)


class Union:
    """Disjoint sets of names that remember why they were united."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.why: dict[str, list[str]] = {}

    def find(self, name: str) -> str:
        """The representative of the set that a name is in."""
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            name = self.parent[name]
        return name

    def join(self, one: str, other: str, why: str = "") -> None:
        """Make two sets one; the smaller representative stays."""
        first, second = sorted((self.find(one), self.find(other)), key=natural)
        if first != second:
            self.parent[second] = first
            self.why[first] = self.why.get(first, []) + self.why.pop(second, [])
            if why and why not in self.why[first]:
                self.why[first].append(why)


def natural(name: str) -> tuple[int, str]:
    """Order a2.s3 before a2.s10 and a10.s1."""
    return (len(name), name)


@dataclass(frozen=True)
class Sources:
    """Identity across articles, as code decided it.

    `source_of` maps speaker ids to sources, `group_of` article ids to the number of
    their outlet group.
    """

    sources: tuple[Source, ...]
    groups: tuple[OutletGroup, ...]
    source_of: Mapping[str, Source]
    group_of: Mapping[str, int]
    articles: Mapping[str, Article]

    def outlets(self, articles: Iterable[str]) -> int:
        """How many independent outlets these articles are."""
        return len({self.group_of[article] for article in articles})

    def outlet_named(self, name: str) -> str | None:
        """The first article of the outlet or agency that goes by this name, if it is in the set."""
        wanted = outlet_key(name)
        for article in self.articles.values():
            if wanted and wanted in {outlet_key(article.outlet), outlet_key(article.agency)}:
                return article.id
        return None

    def outlet_origin(self, article: str) -> Origin:
        """The outlet of an article, as an origin."""
        group = self.group_of[article]
        return Origin(key=f"outlet:{group}", label=self.groups[group].label, kind="outlet")

    def carrier_origin(self, name: str) -> Origin:
        """An outlet or agency named as carrier, as an origin: in the set or outside it."""
        article = self.outlet_named(name)
        if article:
            return self.outlet_origin(article)
        if is_nobody(name):
            return Origin(key=NOBODY_KEY, label=name, kind="anonymous")
        return Origin(key=f"outlet:{outlet_key(name)}", label=name, kind="outlet")

    def origin(self, article: str, speaker: str | None, via: Sequence[str], text: str) -> Origin:
        """Who answers for a claim (docs/rules.md, "Who answers").

        Own voice with a carrier is the furthest carrier's; footage is one document.
        """
        first = self.carrier_origin(via[-1]) if via else self.outlet_origin(article)
        if speaker is not None:
            return self.source_origin(self.source_of[speaker], first)
        return FOOTAGE if footage(text) else first

    def source_origin(self, source: Source, first: Origin) -> Origin:
        """A source answers as its side, else as itself; an unnamed one is one for each outlet.

        `first` is the outlet that had the word first-hand.
        """
        if source.role == "anonymous":
            key = f"side:{source.side}" if source.side else f"anonymous:{first.key}"
            label = f"{short(source.name)} ({source.side or first.label})"
            return Origin(key=key, label=label, kind="anonymous")
        if source.side:
            # An expert's institute tells who is one, but does not speak through the expert.
            alone = source.role in {"expert", "witness"}
            label = short(source.name) if alone else source.side
            kind: OriginKind = "speaker" if alone else "side"
            return Origin(key=f"side:{source.side}", label=label, kind=kind)
        if source.role == "media":
            return self.carrier_origin(source.name)
        if source.role == "document":
            picture = PICTURE.search(source.name)
            return FOOTAGE if picture else own_origin(source, "document")
        return own_origin(source, "speaker")


def own_origin(source: Source, kind: OriginKind) -> Origin:
    """A source that answers for itself."""
    return Origin(key=f"{kind}:{source.id}", label=short(source.name), kind=kind)


def short(name: str) -> str:
    """A name without what follows its first comma."""
    return name.split(",", maxsplit=1)[0]


def is_nobody(name: str) -> bool:
    """Whether a carrier or source is "media reports" and the like, and so no origin."""
    return bool(CROWD.search(name)) and not full_names(name)


@lru_cache(maxsize=10_000)
def full_names(text: str) -> tuple[str, ...]:
    """The proper names of two words or more in a text."""
    return tuple(name for name in names(text) if len(name.split()) > 1)


def identify(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    merged: Merged,
    owners: Mapping[str, Sequence[str]] | None = None,
) -> Sources:
    """Unite speakers, sides and outlets over all articles.

    `owners` maps an owner to the names of its outlets, which then count as one.
    """
    groups = outlet_groups(articles, owners or {})
    speakers = [speaker for reading in readings for speaker in reading.speakers]
    union = united_speakers(articles, readings, merged)
    side_of = united_sides(speakers, union, merged)
    sources = to_sources(speakers, union, side_of)
    return Sources(
        sources=sources,
        groups=groups,
        source_of={speaker: source for source in sources for speaker in source.speakers},
        group_of={a: number for number, group in enumerate(groups) for a in group.articles},
        articles={article.id: article for article in articles},
    )


# --- outlets --------------------------------------------------------------------


def outlet_key(name: str) -> str:
    """An outlet's name for comparison: "The X News Agency" is "x"."""
    words = fold(name).replace(".", " ").split()
    noise = {"the", "news", "agency", "newspaper", "novosti", "com", "online", "service"}
    kept = [word for word in words if word not in noise]
    return " ".join(kept or words)


def outlet_groups(
    articles: Sequence[Article], owners: Mapping[str, Sequence[str]]
) -> tuple[OutletGroup, ...]:
    """Articles that count as one outlet: one name, one owner, one agency text, near copies."""
    union = Union()
    by_id = {article.id: article for article in articles}
    owner_of = {outlet_key(name): owner for owner, names in owners.items() for name in names}
    for article in articles:
        union.find(article.id)
    for one, other in combinations(articles, 2):
        names = {outlet_key(one.outlet), outlet_key(one.agency)} - {""}
        shared = names & ({outlet_key(other.outlet), outlet_key(other.agency)} - {""})
        owned = {owner_of.get(outlet_key(a.outlet), "") for a in (one, other)}
        if outlet_key(one.outlet) == outlet_key(other.outlet):
            union.join(one.id, other.id, "the same outlet")
        elif shared:
            union.join(one.id, other.id, f"both carry the text of {one.agency or other.agency}")
        elif len(owned) == 1 and "" not in owned:
            union.join(one.id, other.id, f"one owner: {owned.pop()}")
    texts = {a.id: " ".join(s.text for s in a.sentences) for a in articles}
    for first, second, share in near_copies(texts):
        union.join(first, second, f"near copies: {share:.0%} of the wording is shared")
    roots = list(dict.fromkeys(union.find(article.id) for article in articles))
    return tuple(outlet_group(root, union, by_id) for root in roots)


def outlet_group(root: str, union: Union, articles: Mapping[str, Article]) -> OutletGroup:
    """The group of a representative, named by its outlets."""
    members = [article for article in articles.values() if union.find(article.id) == root]
    return OutletGroup(
        articles=tuple(article.id for article in members),
        label=" / ".join(dict.fromkeys(article.outlet for article in members)),
        reason="; ".join(union.why.get(root, [])),
    )


# --- speakers and sides -----------------------------------------------------------


def united_speakers(
    articles: Sequence[Article], readings: Sequence[Reading], merged: Merged
) -> Union:
    """Speakers that are one source: by merge, by name, by a shared verbatim quote."""
    speakers = {s.id: s for reading in readings for s in reading.speakers}
    union = Union()
    for identity in speakers:
        union.find(identity)
    for group in merged.speakers:
        named = [i for i in group if i in speakers and speakers[i].role != "anonymous"]
        for other in named[1:]:
            union.join(named[0], other, "taken for one by the model")
    quoted = quoted_words(articles, readings)
    for one, two in combinations(speakers.values(), 2):
        if one.article == two.article:
            continue
        if one.role != "anonymous" != two.role and one_person(one, two):
            union.join(one.id, two.id, "the same name")
        elif one.id in quoted and two.id in quoted:
            shared = shared_quote(quoted[one.id], quoted[two.id], QUOTE_WORDS)
            if shared:
                union.join(one.id, two.id, f"the same words: “{shared}”")
    return union


def one_person(one: Speaker, other: Speaker) -> bool:
    """Whether two entries name one person or institution (spelling and titles aside).

    Short names alone do not: "cities around Russia" are not Russia.
    """
    if "document" in {one.role, other.role}:
        return False
    if fold(one.name).removeprefix("the ") == fold(other.name).removeprefix("the "):
        return True
    return any(
        same_name(a, b) for a in full_names(one.name)[-1:] for b in full_names(other.name)[-1:]
    )


def quoted_words(articles: Sequence[Article], readings: Sequence[Reading]) -> dict[str, str]:
    """Speaker id to the sentences that only its claims cite, with quotation marks kept."""
    by_id = {article.id: article for article in articles}
    texts: dict[str, str] = {}
    for reading in readings:
        users: dict[int, set[str | None]] = {}
        for claim in reading.claims:
            for number in claim.sentences:
                users.setdefault(number, set()).add(claim.speaker)
        for number in sorted(users):
            if len(users[number]) == 1 and (speaker := next(iter(users[number]))):
                sentence = by_id[reading.article].sentence(number).text
                texts[speaker] = f"{texts.get(speaker, '')}\n{sentence}".strip()
    return texts


def united_sides(speakers: Sequence[Speaker], union: Union, merged: Merged) -> dict[str, str]:
    """Side name to the name of the united side, the commonest.

    One by spelling, through speakers that are one source, or by merge.
    """
    count = Counter(speaker.side for speaker in speakers if speaker.side)
    sides = Union()
    for speaker in speakers:
        if speaker.side:
            sides.join(speaker.side, f"spelled {fold(speaker.side).removeprefix('the ')}")
            sides.join(speaker.side, f"source {union.find(speaker.id)}")
    for group in merged.sides:
        for name in group[1:]:
            sides.join(group[0], name)
    commonest: dict[str, str] = {}
    for name, _ in sorted(count.items(), key=lambda item: (-item[1], len(item[0]), item[0])):
        commonest.setdefault(sides.find(name), name)
    return {name: commonest[sides.find(name)] for name in count}


def to_sources(
    speakers: Sequence[Speaker], union: Union, side_of: Mapping[str, str]
) -> tuple[Source, ...]:
    """The united speakers as sources s1, s2, …, in order of first mention."""
    roots: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        roots.setdefault(union.find(speaker.id), []).append(speaker)
    return tuple(
        to_source(f"s{number}", members, tuple(union.why.get(root, ())), side_of)
        for number, (root, members) in enumerate(roots.items(), start=1)
    )


def to_source(
    identity: str, members: Sequence[Speaker], why: tuple[str, ...], side_of: Mapping[str, str]
) -> Source:
    """One source: named as its first entry, a named role before an anonymous one."""
    named = [member for member in members if member.role != "anonymous"] or list(members)
    first = named[0]
    others = [name for member in members for name in (member.name, *member.also)]
    side = next((side_of[member.side] for member in members if member.side), "")
    return Source(
        id=identity,
        name=first.name,
        also=tuple(name for name in dict.fromkeys(others) if name != first.name),
        role=first.role,
        side=side,
        speakers=tuple(member.id for member in members),
        united_by=why,
    )
