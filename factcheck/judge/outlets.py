"""Decide which articles are one outlet, and whose text each of them carries.

A paper is what one newsroom or owner prints. An outlet, for the count, is a text that several
papers carry, or all else that a paper prints. Works on fields alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.models import Article, Comparison, Extraction, Genre, OutletGroup, Placing, Remark

NO_OUTLET_OF_ITS_OWN: Mapping[Genre, str] = {
    "opinion": "a column or comment: its author's view",
    "press-release": "a press release: its sender's word",
    "party-organ": "published by a side of the matter",
    "paywall": "cut off for subscribers",
}
"""Genres whose own voice is no independent outlet's, with the reason; the genre is its code."""

SAME_OUTLET = Remark(code="same-outlet", text="the same outlet")
UNKNOWN_OUTLETS = Remark(code="unknown-outlets", text="their outlets are unknown")
JOINT = Remark(code="joint", text="one text, by the comparison")

SEPARATORS = str.maketrans(",/()|", "     ")
"""What stands between the names of a byline."""

Tie = tuple[str, str, Remark]
"""Two articles that are one, by their ids, and why."""


class DisjointSets:
    """Names in sets that pairs unite; of two sets the leader of the first leads both."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.leader: dict[str, str] = {}
        for one, other in pairs:
            self.leader[self.find(other)] = self.find(one)

    def find(self, name: str) -> str:
        """The leader of the set that a name is in; a new name is a set of its own."""
        self.leader.setdefault(name, name)
        while self.leader[name] != name:
            name = self.leader[name]
        return name


@dataclass(frozen=True)
class Outlets:
    """The articles by id, and which of them are one.

    `group_of` leads from an article to the number of its outlet in `groups`, `paper_of` to the
    first article of its paper, `agencies` to the agency that its whole text is by, `credits` to
    the articles whose text it credits in part. `carriers` are the names of all carriers in words,
    the shortest first.
    """

    articles: Mapping[str, Article]
    groups: tuple[OutletGroup, ...]
    group_of: Mapping[str, int]
    paper_of: Mapping[str, str]
    agencies: Mapping[str, str]
    credits: Mapping[str, frozenset[str]]
    carriers: tuple[frozenset[str], ...]

    def count_outlets(self, articles: Sequence[str]) -> int:
        """How many independent outlets these articles are; columns and organs are none."""
        return len({self.counts_as(a, articles) for a in articles if self.is_independent(a)})

    def is_independent(self, article: str) -> bool:
        """Whether an article speaks as an outlet of its own."""
        return self.articles[article].genre not in NO_OUTLET_OF_ITS_OWN

    def counts_as(self, article: str, among: Sequence[str]) -> int:
        """The number of the outlet that an article counts as, among those that say the same.

        What is credited to an agency in part is the agency's where its text says it too. A text
        that papers share counts with a paper's own article where that paper alone carries both.
        """
        if lent := self.credits[article].intersection(among):
            return self.group_of[min(lent)]
        number = self.group_of[article]
        papers = self.list_papers(number, among)
        own = [a for a in among if self.paper_of[a] in papers and not self.is_shared(a)]
        return self.group_of[own[0]] if own and len(papers) == 1 else number

    def list_papers(self, number: int, among: Iterable[str]) -> set[str]:
        """The papers that some of these articles, if of this outlet, appeared in."""
        return {self.paper_of[a] for a in among if self.group_of[a] == number}

    def is_shared(self, article: str) -> bool:
        """Whether an article's text is one that several papers carry."""
        number = self.group_of[article]
        return len(self.list_papers(number, self.groups[number].articles)) > 1

    def carries_text(self, article: str, other: str) -> bool:
        """Whether an article may hold another's text: its own, a shared or a credited one."""
        shared = self.group_of[article] == self.group_of[other] and self.is_shared(article)
        return article == other or shared or other in self.credits[article]

    def name(self, article: str, among: Sequence[str] = ()) -> str:
        """What to call the outlet of an article, among those that say the same in own voice.

        By its paper, behind the agency if the text is all of that agency; by the agency with all
        its papers where several of these carry an agency's text.
        """
        number = self.group_of[article]
        group = self.groups[number]
        from_agency = any(self.articles[a].agency for a in group.articles)
        if from_agency and len(self.list_papers(number, among)) > 1:
            return group.label
        return self.name_paper(article) or group.label

    def name_paper(self, article: str) -> str:
        """A paper by its name, behind that of the agency if the text is all of that agency."""
        agency, outlet = self.agencies.get(article, ""), self.articles[article].outlet
        apart = agency and outlet and not is_one_name(agency, outlet)
        return f"{agency} ({outlet})" if apart else outlet

    def find_article(self, name: str) -> str | None:
        """The first article whose outlet or agency goes by a name, perhaps with more words."""
        for article in self.articles.values():
            if is_one_name(name, article.outlet) or is_one_name(name, article.agency):
                return article.id
        return None


# --- names ------------------------------------------------------------------------


def fold(name: str) -> str:
    """A name for comparison: case, spaces and a leading article aside."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def name_parts(name: str) -> frozenset[str]:
    """The words of an outlet's name, for comparison."""
    return frozenset(fold(name).replace(".", " ").split())


def is_one_name(one: str, other: str) -> bool:
    """Whether two names of outlets are one, perhaps one with more words."""
    first, second = name_parts(one), name_parts(other)
    return bool(first and second) and (first <= second or second <= first)


# --- who is one -------------------------------------------------------------------


def sort_outlets(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    comparison: Comparison,
    copies: Sequence[tuple[str, str, float]],
    owners: Mapping[str, Sequence[str]],
) -> Outlets:
    """Decide which articles are one outlet; arguments as for `judge`."""
    articles = place_articles(articles, extractions, comparison)
    paper_of, groups = group_outlets(articles, comparison, copies, owners)
    carriers = {name_parts(name) for e in extractions for c in e.claims for name in c.via}
    return Outlets(
        articles={article.id: article for article in articles},
        groups=groups,
        group_of={a: number for number, group in enumerate(groups) for a in group.articles},
        paper_of=paper_of,
        agencies=name_agencies(articles),
        credits={
            one.id: frozenset(o.id for o in articles if o is not one and is_credited(o, one))
            for one in articles
        },
        carriers=tuple(
            sorted(carriers - {frozenset()}, key=lambda parts: (len(parts), sorted(parts)))
        ),
    )


def place_articles(
    articles: Iterable[Article], extractions: Iterable[Extraction], comparison: Comparison
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
        placing = placings.get(article.id, Placing(article=article.id))
        genre = article.genre or genres.get(article.id, "")
        if placing.genre == "party-organ" and genre in {"", "news"}:
            genre = placing.genre
        update: dict[str, object] = {"genre": genre}
        if placing.outlet and article.outlet_from not in {"metadata", "text"}:
            update |= {"outlet": placing.outlet, "outlet_from": "text"}
        placed.append(article.model_copy(update=update))
    return tuple(placed)


def group_outlets(
    articles: Sequence[Article],
    comparison: Comparison,
    copies: Sequence[tuple[str, str, float]],
    owners: Mapping[str, Sequence[str]],
) -> tuple[dict[str, str], tuple[OutletGroup, ...]]:
    """The paper of each article, and what counts as one outlet, in order of first article.

    Papers that share one agency's text are still two in what they write themselves. A paper goes
    by its first article, and is one with all papers of its owner.
    """
    of_paper = [*tie_papers(articles, owners)]
    of_text = [*tie_texts(articles, comparison, copies)]
    papers, texts = (DisjointSets(tie[:2] for tie in ties) for ties in (of_paper, of_text))
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
        to_group(group, [*of_paper, *of_text], shared=shared)
        for (shared, _), group in members.items()
    )


def tie_papers(articles: Sequence[Article], owners: Mapping[str, Sequence[str]]) -> Iterator[Tie]:
    """Articles that one paper or owner published.

    A paper goes by its name, or as a report tells its articles apart: "The Gazette, 17 October".
    """
    names = {fold(name): owner for owner, several in owners.items() for name in several}
    parted = ((name.partition(", "), owner) for name, owner in names.items())
    dated = {paper: owner for (paper, _, day), owner in parted if any(map(str.isdigit, day))}
    owner_of = dated | names
    for one, other in combinations(articles, 2):
        if fold(one.outlet) == fold(other.outlet):
            yield one.id, other.id, SAME_OUTLET if one.outlet else UNKNOWN_OUTLETS
        owner = owner_of.get(fold(one.outlet))
        if owner and owner == owner_of.get(fold(other.outlet)):
            yield one.id, other.id, Remark(code="one-owner", text=f"one owner: {owner}")


def tie_texts(
    articles: Sequence[Article],
    comparison: Comparison,
    copies: Sequence[tuple[str, str, float]],
) -> Iterator[Tie]:
    """Articles that carry one text.

    What the comparison calls joint within one paper tells nothing of the text.
    """
    for one, other in combinations(articles, 2):
        names = {fold(one.agency), fold(one.outlet)} & {fold(other.agency), fold(other.outlet)}
        if names & {fold(one.agency), fold(other.agency)} - {""}:
            text = f"both carry the text of {one.agency or other.agency}"
            yield one.id, other.id, Remark(code="one-agency", text=text)
    for one_id, other_id, share in copies:
        text = f"near copies: {share:.0%} of the wording is shared"
        yield one_id, other_id, Remark(code="near-copies", text=text)
    outlets = {article.id: fold(article.outlet) for article in articles}
    for placing in comparison.placings:
        for other_id in placing.joint:
            known = placing.article in outlets and other_id in outlets
            if known and outlets[placing.article] != outlets[other_id]:
                yield placing.article, other_id, JOINT


def to_group(articles: Sequence[Article], ties: Iterable[Tie], *, shared: bool) -> OutletGroup:
    """One outlet, named by its papers; `shared` tells that it is a text which several carry."""
    ids = {article.id for article in articles}
    within = (reason for one, other, reason in ties if {one, other} <= ids)
    aside = [article.genre for article in articles if article.genre in NO_OUTLET_OF_ITS_OWN]
    return OutletGroup(
        articles=tuple(article.id for article in articles),
        label=name_outlet(articles, shared=shared),
        reasons=tuple(dict.fromkeys(within)),
        counts=len(aside) < len(articles),
        notes=tuple(
            Remark(code=genre, text=NO_OUTLET_OF_ITS_OWN[genre]) for genre in dict.fromkeys(aside)
        ),
    )


def name_outlet(articles: Sequence[Article], *, shared: bool) -> str:
    """An outlet by its papers; a text that papers share by its agency, if that is none of them."""
    names = [*dict.fromkeys(article.outlet for article in articles if article.outlet)]
    if unknown := sum(not article.outlet for article in articles):
        names.append("unknown outlets" if unknown > 1 else "unknown outlet")
    agency = next((article.agency for article in articles if article.agency), "")
    if shared and agency and fold(agency) not in map(fold, names):
        return f"{agency} ({', '.join(names)})"
    return " / ".join(names)


# --- agencies ---------------------------------------------------------------------


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
    """Whether what one article is by or from stands beside a person in the other's byline.

    As "Interpress" in "Ada Berg e Interpress": some of what it says may be the agency's.
    """
    words = {*fold(other.byline).translate(SEPARATORS).split()}
    names = ({*fold(one.agency).split()}, {fold(one.byline)} - {""})
    return any(name and name <= words and len(words) > len(name) + 1 for name in names)
