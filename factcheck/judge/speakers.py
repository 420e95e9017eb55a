"""Decide which speakers are one: as sources for display, as interests for the count.

For display, two entries are one source only where the comparison says so or their names are
equal, never two of one article, never a person with an institution. For the count, identity is
wider: whatever speaks with one interest is one origin, since in doubt a count must be too low.
Works on fields alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from factcheck.judge.outlets import DisjointSets, Outlets, fold
from factcheck.models import Article, Comparison, NotAssessed, Remark, Source, Speaker

ONE_ARTICLE = Remark(code="one-article", text="two speakers of one article")
OTHER_KIND = Remark(code="other-kind", text="of different kinds, or unnamed")
UNITED = Remark(code="one-name", text="the same name, or taken for one by the comparison")

SENT = frozenset({"press-release", "party-organ"})
"""Genres whose own voice is that of a body with an interest."""

FOR_THEMSELVES = frozenset({"expert", "witness", "document", "anonymous", "media"})
"""Roles that speak for no side, whatever body they belong to."""


def is_unnamed(source: Source | Speaker) -> bool:
    """Whether nobody could ring this source: it is not named to the reader.

    Media are not, but for a person of theirs, such as a reporter on the spot.
    """
    return source.role == "anonymous" or (source.role == "media" and not source.person)


def is_crowd(source: Source | Speaker) -> bool:
    """Whether a source is several eyewitnesses at once."""
    return source.role == "witness" and not source.person


# --- sources ----------------------------------------------------------------------


def unite_speakers(
    speakers: Mapping[str, Speaker], comparison: Comparison
) -> tuple[list[list[Speaker]], tuple[NotAssessed, ...]]:
    """The speakers of each source, in order of the first; and the unions that cannot be."""
    source_of = {i: [speaker] for i, speaker in speakers.items()}
    refused = []

    def join(one: str, other: str) -> tuple[Speaker, Speaker] | None:
        """Unite what is one with each; else two that cannot be one."""
        first, second = source_of[one], source_of[other]
        if first is second:
            return None
        for a in first:
            for b in second:
                if not can_be_one(a, b):
                    return a, b
        first += second
        source_of.update((speaker.id, first) for speaker in second)
        return None

    for named in comparison.speakers:
        known = [i for i in named if i in speakers]
        refused += [refuse_union(*pair) for other in known[1:] if (pair := join(known[0], other))]
    for entry, other in pair_names(speakers.values()):
        join(entry.id, other.id)
    return [each for i, each in source_of.items() if each[0].id == i], tuple(refused)


def can_be_one(one: Speaker, other: Speaker) -> bool:
    """Whether two entries may be one source: two of one article never are, nor unnamed ones."""
    return (
        one.article != other.article
        and one.person == other.person
        and (one.role == "document") == (other.role == "document")
        and not (is_unnamed(one) or is_unnamed(other))
    )


def pair_names(speakers: Iterable[Speaker]) -> list[tuple[Speaker, Speaker]]:
    """The pairs of entries that bear the same full name; a single word is no name of a person.

    What an eyewitness or a document is called need not be a name.
    """
    alike: defaultdict[str, list[Speaker]] = defaultdict(list)
    for entry in speakers:
        full = not entry.person or len(entry.name.split()) > 1
        if full and entry.role not in {"document", "witness"}:
            alike[fold(entry.name)].append(entry)
    return [pair for entries in alike.values() for pair in combinations(entries, 2)]


def refuse_union(one: Speaker, other: Speaker) -> NotAssessed:
    """A union that the comparison made and that cannot be."""
    reason = ONE_ARTICLE if one.article == other.article else OTHER_KIND
    text = f"{one.name} ({one.article}) and {other.name} ({other.article}) taken for one source"
    return NotAssessed(stage="compare", text=text, reason=reason)


def to_source(
    number: int, entries: Sequence[Speaker], articles: Mapping[str, Article], side: str
) -> Source:
    """The source of some entries, with the side that it counts with.

    A person goes under the fullest name, a body under that of an article in English, if any.
    """
    if entries[0].person:
        first = max(entries, key=lambda entry: rate_fullness(entry, entries))
    else:
        first = min(entries, key=lambda entry: articles[entry.article].language != "en")
    names = (name for entry in entries for name in (entry.name, *entry.also))
    return Source(
        id=f"s{number}",
        name=first.name,
        function=next((e.function for e in (first, *entries) if e.function), ""),
        person=first.person,
        also=tuple(dict.fromkeys(name for name in names if name != first.name)),
        role=first.role,
        side=side,
        speakers=tuple(entry.id for entry in entries),
        united_by=(UNITED,) if len(entries) > 1 else (),
    )


def rate_fullness(entry: Speaker, entries: Sequence[Speaker]) -> tuple[bool, bool, int, int, int]:
    """How full the name of a person is, among those of one source.

    A first and last name come before a description ("Acme's chief executive"), one name before
    what begins like no name ("the mayor"), what more articles print before what one does, more
    words before fewer.
    """
    first, *others = entry.name.split() or [""]
    named = first[:1].isupper()
    full = named and bool(others) and others[-1][:1].isupper()
    printed = sum(fold(entry.name) == fold(other.name) for other in entries)
    return full, named, printed, len(others), len(entry.name)


# --- interests --------------------------------------------------------------------


def unite_interests(
    speakers: Mapping[str, Speaker],
    sources: Iterable[Sequence[Speaker]],
    comparison: Comparison,
    outlets: Outlets,
) -> dict[str, tuple[str, str]]:
    """For each speaker, and each organ of a side: key and name of the interest it speaks with.

    United are entries of one source, what the comparison puts on one side, and those whose
    article names the same side or names it as they are called; a press release or a party's
    organ is one with the body of its name and with all of its outlet; documents of one name
    are one. The name is "" for those who speak for nobody else.
    """
    articles = outlets.articles
    copies = list_copies(comparison, outlets)
    sides = []
    for side in comparison.sides:
        ids = [i for i in side.speakers if i in speakers and not is_unnamed(speakers[i])]
        sides.append((side.name, [*ids, *(i for i in side.articles if i in articles)]))
    placed = [(ids[0], i) for _, ids in sides for i in ids]
    united = [(entries[0].id, entry.id) for entries in sources for entry in entries]
    sent = [articles[i] for _, i in copies if articles[i].genre in SENT and articles[i].outlet]
    bodies = [(article.id, name_body(article.outlet)) for article in sent]
    bodies += tie_bodies(speakers.values(), placed={i for _, i in placed})
    sets = DisjointSets([*united, *bodies, *copies, *placed])
    names = find_commonest_sides(speakers.values(), sets)
    names |= {sets.find(ids[0]): name for name, ids in reversed(sides) if name and ids}
    own = {i: name_persons_side(s, names, sets) for i, s in speakers.items() if s.person}
    return {
        i: (f"interest:{sets.find(i)}", own.get(i, names.get(sets.find(i), "")))
        for i in (*speakers, *(copy for _, copy in copies))
    }


def name_persons_side(person: Speaker, names: Mapping[str, str], sets: DisjointSets) -> str:
    """The side of a person by its article, else of that with which the comparison counts it.

    A sister, or an expert whom a company pays, counts with a side and does not speak for it.
    """
    other = names.get(sets.find(person.id), "")
    return find_own_side(person) or (f"counted with {other}" if other else "")


def list_copies(comparison: Comparison, outlets: Outlets) -> list[tuple[str, str]]:
    """The articles of each outlet that prints a side's word, behind the first."""
    organs = {i for side in comparison.sides for i in side.articles}
    organs |= {i for i, article in outlets.articles.items() if article.genre in SENT}
    printed = [group.articles for group in outlets.groups if organs & {*group.articles}]
    return [(several[0], copy) for several in printed for copy in several]


def tie_bodies(speakers: Iterable[Speaker], placed: Container[str]) -> Iterator[tuple[str, str]]:
    """Each speaker with the side that it names, a body and a document with all of its name.

    Where the comparison has placed a person on a side, that is the one: an employee who accuses
    the body that she works for speaks for herself.
    """
    for speaker in speakers:
        side = find_own_side(speaker)
        if side and not (speaker.person and speaker.id in placed):
            yield speaker.id, name_body(side)
        if speaker.role == "document":
            yield speaker.id, f"document {fold(speaker.name)}"
        elif not speaker.person and speaker.role not in FOR_THEMSELVES:
            yield speaker.id, name_body(speaker.name)


def name_body(name: str) -> str:
    """A body by its name, among speakers and articles that go by their ids."""
    return f"side {fold(name)}"


def find_commonest_sides(speakers: Iterable[Speaker], sets: DisjointSets) -> dict[str, str]:
    """For each united interest the name of the side that its articles give most often."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for speaker in speakers:
        if side := find_own_side(speaker):
            counts[sets.find(speaker.id)][side] += 1
    return {leader: count.most_common(1)[0][0] for leader, count in counts.items()}


def find_own_side(speaker: Speaker) -> str:
    """The side that a speaker speaks for by its article, whatever larger interest that is."""
    return "" if speaker.role in FOR_THEMSELVES else speaker.side
