"""Decide who answers for what an article says: a side, a speaker, a document, an outlet.

`outlets.py` says which articles are one, `speakers.py` which speakers. Works on fields alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.outlets import Outlets, fold, is_one_name, name_parts, sort_outlets
from factcheck.judge.speakers import (
    is_crowd,
    is_unnamed,
    to_source,
    unite_interests,
    unite_speakers,
)
from factcheck.models import (
    Article,
    Claim,
    Comparison,
    Extraction,
    NotAssessed,
    Origin,
    OriginKind,
    Source,
    Speaker,
)

GOES_ON = ", unattributed, perhaps from "
"""Between an outlet and the source whose account it goes on with, in the label of an origin."""


@dataclass(frozen=True)
class Identity:
    """Who is one, as decided.

    `source_of` leads from a speaker to its source, `interest_of` from a speaker, or an article
    of a side's own organ, to key and name of the interest that it speaks with.
    """

    outlets: Outlets
    sources: tuple[Source, ...]
    source_of: Mapping[str, Source]
    interest_of: Mapping[str, tuple[str, str]]
    refused: tuple[NotAssessed, ...]

    def origin(self, claim: Claim, among: Sequence[str] = ()) -> Origin:
        """Who answers for a claim.

        `among` are the articles that say the same in their own voice. An outlet that goes on
        with a source's account is no second origin beside it, whoever has its word too; the organ
        of a side answers itself for what it makes of another's word.
        """
        origin = self.origin_of(claim.article, claim.speaker, claim.via, among)
        if claim.follows is None or origin.kind != "outlet":
            return origin
        source, (key, _) = self.source_of[claim.follows], self.interest_of[claim.follows]
        label = f"{origin.label}{GOES_ON}{source.name}"
        if is_unnamed(source):
            return Origin(key=f"unnamed:{origin.key}", label=label, kind="anonymous")
        return Origin(key=key, label=label, kind="outlet")

    def origin_of(
        self,
        article: str,
        speaker: str | None,
        via: Sequence[str] = (),
        among: Sequence[str] = (),
    ) -> Origin:
        """Who answers for what an article says on a speaker's word, or in its own voice."""
        if speaker is None:
            return self.carrier(via[-1]) if via else self.own_voice(article, among)
        source, (key, side) = self.source_of[speaker], self.interest_of[speaker]
        column = self.outlets.articles[article].genre == "opinion"
        if column and (is_unnamed(source) or source.role == "document"):
            return self.own_voice(article)  # its author vouches for it
        if is_unnamed(source):
            where = self.carrier(via[-1]) if via else self.outlet(article)
            label = f"{source.name} ({where.label})"
            return Origin(key=f"unnamed:{where.key}", label=label, kind="anonymous")
        kind: OriginKind = "side" if side else "speaker"
        if source.role == "document":
            kind = "document"
        elif is_crowd(source):
            kind = "witness"
        side = "" if fold(side) == fold(source.name) else side
        return Origin(key=key, label=source.name, kind=kind, side=side)

    def own_voice(self, article: str, among: Sequence[str] = ()) -> Origin:
        """An article's own voice: its outlet's, its author's or its sender's."""
        written = self.outlets.articles[article]
        if written.genre != "opinion":
            return self.outlet(article, among)
        author = written.byline or "the author"
        label = f"{author} (column, {self.outlet(article).label})"
        return Origin(key=f"author:{article}", label=label, kind="author")

    def outlet(self, article: str, among: Sequence[str] = ()) -> Origin:
        """The outlet that an article appeared in, or the side whose organ that is.

        A press release goes by its sender: the outlet if a source has that name, else its side,
        unless that is a person, for whom others wrote it. `among` are the articles that say the
        same in their own voice.
        """
        label = self.outlets.name(article, among)
        if article in self.interest_of:
            key, side = self.interest_of[article]
            sent = self.outlets.articles[article].genre == "press-release"
            people = (source.name for source in self.sources if source.person)
            personal = fold(side) in map(fold, people)
            if sent and side and not (self.is_source(label) or (personal and label)):
                label = side
            return Origin(key=key, label=label, kind="side", side=side)
        key = f"outlet:{self.outlets.counts_as(article, among)}"
        return Origin(key=key, label=label, kind="outlet")

    def is_eyewitness(self, source: str | None) -> bool:
        """Whether a source, by its id, is one person who saw it."""
        return any(s.id == source and s.person and s.role == "witness" for s in self.sources)

    def is_source(self, name: str) -> bool:
        """Whether a source goes by this name, as the subsidiary that signs a press release."""
        names = (other for source in self.sources for other in (source.name, *source.also))
        return fold(name) in map(fold, names)

    def carrier(self, name: str) -> Origin:
        """A carrier by its name: an outlet of the set, or one outside it."""
        article, parts = self.outlets.find_article(name), name_parts(name)
        if article is not None:
            paper = is_one_name(name, self.outlets.articles[article].outlet)
            known = self.outlet(article)
            return known if paper else known.model_copy(update={"label": name})
        short = next((other for other in self.outlets.carriers if other <= parts), parts)
        return Origin(key=f"outlet:{' '.join(sorted(short))}", label=name, kind="outlet")


def identify(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    comparison: Comparison,
    *,
    copies: Sequence[tuple[str, str, float]] = (),
    owners: Mapping[str, Sequence[str]] | None = None,
) -> Identity:
    """Decide who is one over all articles.

    `copies` are pairs of article ids with the share of wording that they have in common,
    near copies alone; `owners` maps an owner to the names of its outlets.
    """
    outlets = sort_outlets(articles, extractions, comparison, copies, owners or {})
    speakers = {s.id: s for extraction in extractions for s in extraction.speakers}
    united, refused = unite_speakers(speakers, comparison)
    interests = unite_interests(speakers, united, comparison, outlets)
    sources = tuple(
        to_source(number, entries, outlets.articles, choose_side(entries, interests))
        for number, entries in enumerate(united, start=1)
    )
    return Identity(
        outlets=outlets,
        sources=sources,
        source_of={speaker: source for source in sources for speaker in source.speakers},
        interest_of=interests,
        refused=refused,
    )


def choose_side(entries: Sequence[Speaker], interests: Mapping[str, tuple[str, str]]) -> str:
    """The name of a source's side that most of its articles give, of these the first."""
    return Counter(interests[entry.id][1] for entry in entries).most_common(1)[0][0]


def distinct_origins(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each origin once, by key; its label names all who speak for it, three at most."""
    named: defaultdict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        named[origin.key].append(origin)
    labels = {key: dict.fromkeys(o.label for o in several) for key, several in named.items()}
    return tuple(
        several[0].model_copy(update={"label": " / ".join([*labels[key]][:3])})
        for key, several in named.items()
    )


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for, where its name does not say so."""
    own, side = origin.label.casefold(), origin.side.casefold()
    told = not side or side in own or any(name in side for name in own.split(" / "))
    return origin.label if told else f"{origin.label} ({origin.side})"
