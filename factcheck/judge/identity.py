"""Decide who is one: speakers as sources, interests as sides, articles as outlets.

Two identities, kept apart. For display, two entries are one source only where the
comparison says so or their names are equal, never two of one article, never a person with
an institution. For the count, identity is wider: whatever speaks with one interest is one
origin, since in doubt a count must be too low. Works on fields alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from factcheck.models import (
    Article,
    Claim,
    Comparison,
    Extraction,
    Genre,
    NotAssessed,
    Origin,
    OriginKind,
    OutletGroup,
    Remark,
    Source,
    Speaker,
)

NO_OUTLET_OF_ITS_OWN: Mapping[Genre, str] = {
    "opinion": "a column or comment: its author's view",
    "press-release": "a press release: its sender's word",
    "party-organ": "published by a side of the matter",
    "paywall": "cut off for subscribers",
}
"""Genres whose own voice is no independent outlet's, with the reason; the genre is its code."""

SAME_OUTLET = Remark(code="same-outlet", text="the same outlet")
BOTH_UNKNOWN = Remark(code="unknown-outlets", text="both outlets are unknown")
JOINT = Remark(code="joint", text="one text, by the comparison")
ONE_ARTICLE = Remark(code="one-article", text="two speakers of one article")
OTHER_KIND = Remark(code="other-kind", text="of different kinds, or unnamed")
UNITED = Remark(code="one-name", text="the same name, or taken for one by the comparison")

SENT = frozenset({"press-release", "party-organ"})
"""Genres whose own voice is that of a body with an interest."""

SEPARATORS = str.maketrans(",/()|", "     ")
"""What stands between the names of a byline."""

FOR_THEMSELVES = frozenset({"expert", "witness", "document", "anonymous", "media"})
"""Roles that speak for no side, whatever body they belong to."""


class DisjointSets:
    """Sets of names that can be united; the first name that was added leads its set."""

    def __init__(self) -> None:
        self.leader: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The leader of the set that a name is in; a new name is a set of its own."""
        self.leader.setdefault(name, name)
        while self.leader[name] != name:
            name = self.leader[name]
        return name

    def unite(self, one: str, other: str) -> None:
        """Make two sets one, led by the leader of the first."""
        first, second = self.find(one), self.find(other)
        self.leader[second] = first


@dataclass(frozen=True)
class Identity:
    """Who is one, as decided.

    `source_of` maps speaker ids to sources, `interest_of` speaker ids, and ids of articles
    whose outlet is a side's own organ, to (key, name) of the interest they speak with, `group_of`
    article ids to the number of their outlet group, `paper_of` article ids to the first article
    of their paper, whatever text they carry, `credits` article ids to the articles whose text they
    credit in part, `agencies` those whose whole text is an agency's to its name. `carriers` are
    the names of all carriers in words, the shortest first.
    """

    sources: tuple[Source, ...]
    groups: tuple[OutletGroup, ...]
    carriers: tuple[frozenset[str], ...]
    source_of: Mapping[str, Source]
    interest_of: Mapping[str, tuple[str, str]]
    group_of: Mapping[str, int]
    paper_of: Mapping[str, str]
    credits: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    articles: Mapping[str, Article]
    refused: tuple[NotAssessed, ...] = ()

    def count_outlets(self, articles: Sequence[str]) -> int:
        """How many independent outlets these articles are; columns and organs are none."""
        return len({self.home(a, articles) for a in articles if self.is_outlet(a)})

    def home(self, article: str, among: Sequence[str] = ()) -> int:
        """The outlet group that an article counts with, among those that say the same.

        A text that papers share is independent of what one of them writes itself, but not
        where that paper alone carries it: then it counts with the paper's own article. What
        is credited to an agency in part is taken for the agency's where its text says it too.
        """
        number = self.group_of[article]
        if lent := self.credits[article].intersection(among):
            return self.group_of[min(lent)]
        carrying = {self.paper_of[a] for a in among if self.group_of[a] == number}
        own = [a for a in among if self.paper_of[a] in carrying and not self.is_shared(a)]
        if own and len(carrying) == 1 and self.is_shared(article):
            return self.group_of[own[0]]
        return number

    def is_shared(self, article: str) -> bool:
        """Whether an article's text is one that several papers carry."""
        return len({self.paper_of[a] for a in self.groups[self.group_of[article]].articles}) > 1

    def is_agencys(self, article: str, among: Sequence[str]) -> bool:
        """Whether an article's text is an agency's, and several papers among these carry it."""
        number = self.group_of[article]
        carrying = {self.paper_of[a] for a in among if self.group_of[a] == number}
        return len(carrying) > 1 and any(
            self.articles[a].agency for a in self.groups[number].articles
        )

    def carries_text(self, article: str, other: str) -> bool:
        """Whether an article may hold another's text: its own, a shared or a credited one."""
        shared = self.group_of[article] == self.group_of[other] and self.is_shared(article)
        return article == other or shared or other in self.credits[article]

    def is_outlet(self, article: str) -> bool:
        """Whether an article speaks as an outlet of its own."""
        return self.articles[article].genre not in NO_OUTLET_OF_ITS_OWN

    def origin(self, claim: Claim, among: Sequence[str] = ()) -> Origin:
        """Who answers for a claim: a side, a person, a document, an outlet, a column's author.

        `among` are the articles that say the same in their own voice. An outlet that goes on
        with a source's account is no second origin beside it, whoever has its word too.
        """
        origin = self.origin_of(claim.article, claim.speaker, claim.via, among)
        if claim.follows is None or origin.kind not in {"outlet", "side"}:
            return origin
        source, (key, _) = self.source_of[claim.follows], self.interest_of[claim.follows]
        label = f"{origin.label}, after {source.name}"
        if is_unnamed(source):
            return Origin(key=f"unnamed:{origin.key}", label=label, kind="anonymous")
        return origin if key == origin.key else Origin(key=key, label=label, kind="outlet")

    def origin_of(
        self,
        article: str,
        speaker: str | None,
        via: Sequence[str] = (),
        among: Sequence[str] = (),
    ) -> Origin:
        """Who answers for what an article says on a speaker's word, or in its own voice."""
        first = self.carrier(via[-1]) if via else self.own_voice(article, among)
        if speaker is None:
            return first
        source = self.source_of[speaker]
        if is_unnamed(source) and self.articles[article].genre == "opinion":
            return self.own_voice(article)  # its author vouches for it
        if is_unnamed(source):
            where = first if via else self.outlet(article)
            label = f"{source.name} ({where.label})"
            return Origin(key=f"unnamed:{where.key}", label=label, kind="anonymous")
        key, side = self.interest_of[speaker]
        if source.role == "document":
            return Origin(key=key, label=source.name, kind="document", side=side)
        kind: OriginKind = "side" if side else "speaker"
        return Origin(
            key=key,
            label=source.name,
            kind="witness" if is_crowd(source) else kind,
            side="" if fold(side) == fold(source.name) else side,
        )

    def own_voice(self, article: str, among: Sequence[str] = ()) -> Origin:
        """An article's own voice: its outlet's, its author's or its sender's."""
        written = self.articles[article]
        if written.genre == "opinion":
            author = written.byline or "the author"
            label = f"{author} (column, {self.outlet(article).label})"
            return Origin(key=f"author:{article}", label=label, kind="author")
        return self.outlet(article, among)

    def outlet(self, article: str, among: Sequence[str] = ()) -> Origin:
        """The outlet that an article appeared in, or the side whose organ that is.

        Where several papers carry what an agency's text says, it goes by the agency, and a
        press release by its sender. `among` are the articles that say the same in their own voice.
        """
        number, written = self.home(article, among), self.articles[article]
        shared = number == self.group_of[article] and self.is_agencys(article, among)
        label = ("" if shared else self.name_paper(written)) or self.groups[number].label
        if article in self.interest_of:
            key, side = self.interest_of[article]
            sent = written.genre == "press-release" and side
            return Origin(key=key, label=side if sent else label, kind="side", side=side)
        return Origin(key=f"outlet:{number}", label=label, kind="outlet")

    def name_paper(self, article: Article) -> str:
        """A paper by its name, behind that of the agency if the text is all of that agency."""
        agency, outlet = self.agencies.get(article.id, ""), article.outlet
        apart = agency and outlet and not is_one_name(name_parts(agency), name_parts(outlet))
        return f"{agency} ({outlet})" if apart else outlet

    def carrier(self, name: str) -> Origin:
        """A carrier by its name: an outlet of the set, or one outside it."""
        article, parts = self.article_of_outlet(name), name_parts(name)
        if article is not None:
            known = self.outlet(article)
            paper = is_one_name(parts, name_parts(self.articles[article].outlet))
            return known if paper else known.model_copy(update={"label": name})
        short = next((other for other in self.carriers if other <= parts), parts)
        return Origin(key=f"outlet:{' '.join(sorted(short))}", label=name, kind="outlet")

    def article_of_outlet(self, name: str) -> str | None:
        """The first article whose outlet or agency goes by a name, perhaps with more words.

        What papers share comes last: who cites a paper means what it wrote itself.
        """
        wanted = name_parts(name)
        for article in sorted(self.articles.values(), key=lambda a: self.is_shared(a.id)):
            if any(is_one_name(wanted, name_parts(n)) for n in (article.outlet, article.agency)):
                return article.id
        return None


def distinct_origins(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each origin once, by key; its label names all who speak for it, three at most."""
    first: dict[str, Origin] = {}
    labels: dict[str, dict[str, None]] = {}
    for origin in origins:
        first.setdefault(origin.key, origin)
        labels.setdefault(origin.key, {})[origin.label] = None
    return tuple(
        origin.model_copy(update={"label": " / ".join([*labels[key]][:3])})
        for key, origin in first.items()
    )


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for, where its name does not say so."""
    own, side = origin.label.casefold(), origin.side.casefold()
    told = not side or side in own or any(name in side for name in own.split(" / "))
    return origin.label if told else f"{origin.label} ({origin.side})"


def is_unnamed(source: Source | Speaker) -> bool:
    """Whether nobody could ring this source: it is not named to the reader."""
    return source.role in {"anonymous", "media"}


def is_crowd(source: Source | Speaker) -> bool:
    """Whether a source is several eyewitnesses at once."""
    return source.role == "witness" and not source.person


def fold(name: str) -> str:
    """A name for comparison: case, spaces and a leading article aside."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def name_parts(name: str) -> frozenset[str]:
    """The words of an outlet's name, for comparison."""
    return frozenset(fold(name).replace(".", " ").split())


def is_one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names in words are one, perhaps one with more words."""
    return bool(one and other) and (one <= other or other <= one)


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
    articles = place(articles, extractions, comparison)
    speakers = {s.id: s for extraction in extractions for s in extraction.speakers}
    persons, refused = unite_speakers(speakers, comparison)
    sources = to_sources(speakers, persons, {a.id: a.language for a in articles})
    papers, groups = group_outlets(articles, comparison, copies, owners or {})
    interests = unite_interests(speakers, persons, comparison, articles, papers, groups)
    source_of = {speaker: source for source in sources for speaker in source.speakers}
    return Identity(
        sources=tuple(with_side(source, interests) for source in sources),
        groups=groups,
        carriers=name_carriers(extractions),
        paper_of=papers,
        credits=list_credits(articles),
        agencies=name_agencies(articles),
        source_of={i: with_side(source, interests) for i, source in source_of.items()},
        interest_of=interests,
        group_of={a: number for number, group in enumerate(groups) for a in group.articles},
        articles={article.id: article for article in articles},
        refused=refused,
    )


def with_side(source: Source, interests: Mapping[str, tuple[str, str]]) -> Source:
    """The source with the name of the side that it counts with."""
    return source.model_copy(update={"side": interests[source.speakers[0]][1]})


# --- articles and outlets ---------------------------------------------------------


def place(
    articles: Sequence[Article], extractions: Sequence[Extraction], comparison: Comparison
) -> tuple[Article, ...]:
    """The articles with outlet and genre: what code read plainly, then what the model says.

    The genre is that of the article's own extraction, which no other article can spoil;
    the comparison alone may add that it is a party's organ. A file name is the last
    resort for an outlet.
    """
    placings = {placing.article: placing for placing in comparison.placings}
    genres = {extraction.article: extraction.genre for extraction in extractions}
    placed = []
    for article in articles:
        placing = placings.get(article.id)
        update: dict[str, object] = {}
        if placing and placing.outlet and article.outlet_from not in {"metadata", "text"}:
            update |= {"outlet": placing.outlet, "outlet_from": "text"}
        genre = article.genre or genres.get(article.id, "")
        if placing and placing.genre == "party-organ" and genre in {"", "news"}:
            genre = placing.genre
        placed.append(article.model_copy(update={**update, "genre": genre}))
    return tuple(placed)


def group_outlets(
    articles: Sequence[Article],
    comparison: Comparison,
    copies: Sequence[tuple[str, str, float]],
    owners: Mapping[str, Sequence[str]],
) -> tuple[dict[str, str], tuple[OutletGroup, ...]]:
    """The paper of each article, and what counts as one outlet, in order of first article.

    An outlet is a text that several papers carry, or all else that a paper prints: papers
    that share one agency's text are still two in what they write themselves. A paper goes by
    its first article, and is one with all papers of its owner.
    """
    papers, texts = DisjointSets(), DisjointSets()
    reasons = []
    for one, other, reason in same_papers(articles, owners):
        papers.unite(one, other)
        reasons.append((one, other, reason))
    for one, other, reason in same_texts(articles, comparison, copies):
        texts.unite(one, other)
        reasons.append((one, other, reason))
    paper_of = {article.id: papers.find(article.id) for article in articles}
    carrying: dict[str, set[str]] = {}
    for identity, paper in paper_of.items():
        carrying.setdefault(texts.find(identity), set()).add(paper)
    members: dict[tuple[bool, str], list[Article]] = {}
    for article in articles:
        text = texts.find(article.id)
        shared = len(carrying[text]) > 1
        members.setdefault((shared, text if shared else paper_of[article.id]), []).append(article)
    return paper_of, tuple(
        to_group(group, reasons, shared=shared) for (shared, _), group in members.items()
    )


def same_papers(
    articles: Sequence[Article], owners: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, Remark]]:
    """Pairs of articles that one paper or owner published, each with the reason."""
    owner_of = {fold(name): owner for owner, names in owners.items() for name in names}
    for one, other in combinations(articles, 2):
        if fold(one.outlet) == fold(other.outlet):
            yield one.id, other.id, SAME_OUTLET if one.outlet else BOTH_UNKNOWN
        owner = owner_of.get(fold(one.outlet))
        if owner and owner == owner_of.get(fold(other.outlet)):
            yield one.id, other.id, Remark(code="one-owner", text=f"one owner: {owner}")


def same_texts(
    articles: Sequence[Article],
    comparison: Comparison,
    copies: Sequence[tuple[str, str, float]],
) -> Iterator[tuple[str, str, Remark]]:
    """Pairs of articles that carry one text, each with the reason.

    What the comparison calls joint within one paper tells nothing of the text.
    """
    for one, other in combinations(articles, 2):
        agencies = {fold(one.agency), fold(other.agency)} - {""}
        carried = {fold(one.agency), fold(one.outlet)} & {fold(other.agency), fold(other.outlet)}
        if agencies & carried:
            text = f"both carry the text of {one.agency or other.agency}"
            yield one.id, other.id, Remark(code="one-agency", text=text)
    for one_id, other_id, share in copies:
        text = f"near copies: {share:.0%} of the wording is shared"
        yield one_id, other_id, Remark(code="near-copies", text=text)
    outlets = {article.id: fold(article.outlet) for article in articles}
    for placing in comparison.placings:
        for other_id in placing.joint:
            both = [outlets[i] for i in (placing.article, other_id) if i in outlets]
            if len(both) == 2 and both[0] != both[1]:
                yield placing.article, other_id, JOINT


def list_credits(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """For each article the others that carry the text of an agency which its byline credits.

    As "Interpress" in "Ada Berg e Interpress", where another article is by Interpress: some of
    what the first says may be the agency's.
    """
    return {
        one.id: frozenset(o.id for o in articles if o is not one and is_credited(o, one))
        for one in articles
    }


def name_agencies(articles: Sequence[Article]) -> dict[str, str]:
    """The agency of each article whose whole text is one's: no person stands in its byline.

    A byline of one word is an agency's too where another article's ends with it behind a person.
    """
    signed = (a for a in articles if a.agency and fold(a.byline) in {"", fold(a.agency)})
    bylines = [fold(article.byline).split() for article in articles]
    last = {words[-1] for words in bylines if len(words) > 1}
    credited = (a for a in articles if not a.agency and fold(a.byline) in last)
    return {**{a.id: a.byline for a in credited}, **{a.id: a.agency for a in signed}}


def is_credited(one: Article, other: Article) -> bool:
    """Whether what one article is by or from stands beside a person in the other's byline."""
    words = {*fold(other.byline).translate(SEPARATORS).split()}
    names = ({*fold(one.agency).split()}, {fold(one.byline)} - {""})
    return any(name and name <= words and len(words) > len(name) + 1 for name in names)


def to_group(
    articles: Sequence[Article], reasons: Iterable[tuple[str, str, Remark]], *, shared: bool
) -> OutletGroup:
    """One outlet group, named by its outlets; `reasons` say which articles are one and why.

    `shared` tells that it is a text which several papers carry.
    """
    ids = {article.id for article in articles}
    within = (reason for one, other, reason in reasons if {one, other} <= ids)
    aside = [article.genre for article in articles if article.genre in NO_OUTLET_OF_ITS_OWN]
    unknown = [article.id for article in articles if not article.outlet]
    names = dict.fromkeys(article.outlet for article in articles if article.outlet)
    if unknown:
        names[f"unknown outlet{'s' if len(unknown) > 1 else ''} ({', '.join(unknown)})"] = None
    return OutletGroup(
        articles=tuple(article.id for article in articles),
        label=name_text([*names], articles) if shared else " / ".join(names),
        reasons=tuple(dict.fromkeys(within)),
        counts=len(aside) < len(articles),
        notes=tuple(
            Remark(code=genre, text=NO_OUTLET_OF_ITS_OWN[genre]) for genre in dict.fromkeys(aside)
        ),
    )


def name_text(papers: Sequence[str], articles: Iterable[Article]) -> str:
    """What to call a text that papers share: by its agency, if that is none of them."""
    agency = next((article.agency for article in articles if article.agency), "")
    named = agency and fold(agency) not in {fold(paper) for paper in papers}
    return f"{agency} ({', '.join(papers)})" if named else " / ".join(papers)


def name_carriers(extractions: Iterable[Extraction]) -> tuple[frozenset[str], ...]:
    """The names of all carriers in words, the shortest first: "TASS" before "TASS agency"."""
    claims = (claim for extraction in extractions for claim in extraction.claims)
    names = {name_parts(name) for claim in claims for name in claim.via} - {frozenset()}
    return tuple(sorted(names, key=lambda parts: (len(parts), sorted(parts))))


# --- speakers ------------------------------------------------------------------------


def unite_speakers(
    speakers: Mapping[str, Speaker], comparison: Comparison
) -> tuple[dict[str, list[str]], tuple[NotAssessed, ...]]:
    """Speaker ids by source, led by the first; and the unions that cannot be."""
    members: dict[str, list[str]] = {i: [i] for i in speakers}
    leader = {i: i for i in speakers}
    refused = []

    def join(one: str, other: str) -> tuple[Speaker, Speaker] | None:
        """Unite what is one with each; else two that cannot be one."""
        first, second = members[leader[one]], members[leader[other]]
        if first is second:
            return None
        pairs = ((speakers[a], speakers[b]) for a in first for b in second)
        clash = next((pair for pair in pairs if not can_be_one(*pair)), None)
        if clash is None:
            for speaker in second:
                leader[speaker] = leader[one]
            del members[second[0]]
            first.extend(second)
        return clash

    for named in comparison.speakers:
        known = [i for i in named if i in speakers]
        refused += [not_one(*pair) for other in known[1:] if (pair := join(known[0], other))]
    for entry, second in combinations(speakers.values(), 2):
        if have_one_name(entry, second):
            join(entry.id, second.id)
    return members, tuple(refused)


def can_be_one(one: Speaker, other: Speaker) -> bool:
    """Whether two entries may be one source: two of one article never are, nor unnamed ones."""
    return (
        one.article != other.article
        and one.person == other.person
        and (one.role == "document") == (other.role == "document")
        and not (is_unnamed(one) or is_unnamed(other))
    )


def have_one_name(one: Speaker, other: Speaker) -> bool:
    """Whether two entries bear the same full name; a single word is no name of a person.

    What an eyewitness or a document is called need not be a name.
    """
    if {one.role, other.role} & {"document", "witness"} or fold(one.name) != fold(other.name):
        return False
    return not one.person or len(one.name.split()) > 1


def not_one(one: Speaker, other: Speaker) -> NotAssessed:
    """A union that the comparison made and that cannot be."""
    same_article = one.article == other.article
    reason = ONE_ARTICLE if same_article else OTHER_KIND
    text = f"{one.name} ({one.article}) and {other.name} ({other.article}) taken for one source"
    return NotAssessed(stage="compare", text=text, reason=reason)


def to_sources(
    speakers: Mapping[str, Speaker],
    members: Mapping[str, Sequence[str]],
    languages: Mapping[str, str],
) -> tuple[Source, ...]:
    """The sources s1, s2, … in order of first mention.

    A person goes under the fullest name, a body under that of an article in English, if any.
    """
    sources = []
    for number, ids in enumerate(members.values(), start=1):
        entries = [speakers[i] for i in ids]
        first = (
            max(entries, key=lambda entry: fullness(entry, entries))
            if entries[0].person
            else min(entries, key=lambda e: languages[e.article] != "en")
        )
        names = (name for entry in entries for name in (entry.name, *entry.also))
        united = len(ids) > 1
        sources.append(
            Source(
                id=f"s{number}",
                name=first.name,
                function=next((e.function for e in (first, *entries) if e.function), ""),
                person=first.person,
                also=tuple(dict.fromkeys(name for name in names if name != first.name)),
                role=first.role,
                speakers=tuple(ids),
                united_by=(UNITED,) if united else (),
            )
        )
    return tuple(sources)


def fullness(entry: Speaker, entries: Sequence[Speaker]) -> tuple[bool, bool, int, int, int]:
    """How full the name of a person is, among those of one source.

    A first and last name come before a description ("Acme's chief executive"), one name before
    what begins like no name ("the mayor"), more words before fewer, what more articles print
    before what one does.
    """
    first, *others = entry.name.split() or [""]
    named = first[:1].isupper()
    full = named and bool(others) and others[-1][:1].isupper()
    printed = sum(fold(entry.name) == fold(other.name) for other in entries)
    return full, named, len(others), printed, len(entry.name)


# --- interests -----------------------------------------------------------------------


def unite_interests(
    speakers: Mapping[str, Speaker],
    members: Mapping[str, Sequence[str]],
    comparison: Comparison,
    articles: Iterable[Article],
    papers: Mapping[str, str],
    groups: Sequence[OutletGroup],
) -> dict[str, tuple[str, str]]:
    """For each speaker, and each organ of a side: key and name of the interest it speaks with.

    United are entries of one source, what the comparison puts on one side, and those whose
    article names the same side or names it as they are called; a press release or a party's
    organ is one with the body of its name and with all of its outlet; documents of one name
    are one. The name is "" for those who speak for nobody else.
    """
    sets, known = DisjointSets(), {article.id: article for article in articles}
    for ids in members.values():
        for speaker in ids:
            sets.unite(ids[0], speaker)
    for entry in speakers.values():
        for body in bodies_of(entry):
            sets.unite(entry.id, body)
    organs = {i for side in comparison.sides for i in side.articles if i in known}
    organs |= {i for i, article in known.items() if article.genre in SENT}
    for lead, sent in with_all_copies(organs, papers, groups):
        sets.unite(lead, sent)
        organs |= {sent}
        if known[sent].genre in SENT and known[sent].outlet:
            sets.unite(sent, f"side {fold(known[sent].outlet)}")
    called: list[tuple[str, str]] = []
    for side in comparison.sides:
        ids = [i for i in side.speakers if i in speakers and not is_unnamed(speakers[i])]
        ids += [i for i in side.articles if i in known]
        for identity in ids[1:]:
            sets.unite(ids[0], identity)
        called += [(ids[0], side.name)] if ids and side.name else []
    names = {sets.find(identity): name for identity, name in reversed(called)}
    names = {**commonest_sides(speakers.values(), sets), **names}
    return {
        i: (f"interest:{sets.find(i)}", own_side(speakers.get(i)) or names.get(sets.find(i), ""))
        for i in (*speakers, *organs)
    }


def own_side(speaker: Speaker | None) -> str:
    """The body that a person speaks for by the article, whatever larger interest that is."""
    named = speaker is not None and speaker.person and speaker.role not in FOR_THEMSELVES
    return speaker.side if speaker is not None and named else ""


def with_all_copies(
    organs: AbstractSet[str], papers: Mapping[str, str], groups: Iterable[OutletGroup]
) -> list[tuple[str, str]]:
    """Each article of a side's organ, and each copy of what a side sent, with the first of it."""
    whole = [
        [i for i in papers if papers[i] == paper]
        for paper in dict.fromkeys(papers[i] for i in papers if i in organs)
    ]
    whole += [[*group.articles] for group in groups if organs & {*group.articles}]
    return [(several[0], i) for several in whole for i in several]


def bodies_of(speaker: Speaker) -> tuple[str, ...]:
    """What a speaker counts as one with: the side that it names, itself if it is a body."""
    if speaker.role == "document":
        return (f"document {fold(speaker.name)}",)
    if speaker.role in FOR_THEMSELVES:
        return ()
    names = (speaker.side, "" if speaker.person else speaker.name)
    return tuple(f"side {fold(name)}" for name in names if name)


def commonest_sides(speakers: Iterable[Speaker], sets: DisjointSets) -> dict[str, str]:
    """For each united interest the name of the side that its articles give most often."""
    counts: dict[str, Counter[str]] = {}
    for speaker in speakers:
        if speaker.side and speaker.role not in FOR_THEMSELVES:
            counts.setdefault(sets.find(speaker.id), Counter())[speaker.side] += 1
    return {leader: count.most_common(1)[0][0] for leader, count in counts.items()}
