"""What an editor must know who reads nothing else, in points, each with the articles it is from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from types import MappingProxyType

from factcheck.judge.identity import GOES_ON
from factcheck.models import Origin, Summary, SummaryKind
from factcheck.models.first_page import split_position
from factcheck.pipeline.rank import SOLID, tell_age
from factcheck.report.first_page.changes import Changes, find_standing, is_moved
from factcheck.report.first_page.contests import Contests
from factcheck.report.first_page.fitting import Limits
from factcheck.report.first_page.lines import Contest
from factcheck.report.first_page.quoting import SIDED, first_name
from factcheck.report.first_page.warnings import list_telling, plain

MOST_UNNAMED = 2  # sources of what is safe that its words do not name
LATER = frozenset({"updates", "retracts"})
PROVEN: tuple[SummaryKind, ...] = ("safe", "latest")  # points that one article may bear out alone
UNSETTLED = frozenset({"attribute", "hold"})
HEADS: Mapping[SummaryKind, str] = MappingProxyType(
    {
        "safe": "Safe to print",
        "latest": "Latest",
        "attribute": "Only with its source",
        "hold": "Not to be printed yet",
        "whole": "",
    }
)


class Brief(Changes, Contests):
    """Makes the points in brief of one report, and of each contested question one of them."""

    def summarize(self, limits: Limits) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What an editor must know who reads nothing else: heads with their points.

        Without those under which a contested question stands.
        """
        apart = self.list_shown(limits) if "repeated" in limits else ()
        points = [one for one in self.report.first_page.rests if find_subject(one) not in apart]
        for kind, head in HEADS.items():
            told = [self.point(one, limits) for one in points if one.kind == kind]
            if told:
                yield head, tuple(told)

    def point(self, point: Summary, limits: Limits) -> str:
        """A point with the articles that it is from; what is safe names its only source.

        What is new has the day of the first article that gives it, where articles are of several.
        """
        text = capitalize(point.text)
        found = [self.findings[i] for i in point.ids if i in self.findings]
        if point.kind == "safe" and not any(one.verdict in SOLID for one in found):
            unnamed = list_unnamed((origin for one in found for origin in one.origins), text)
            text += f" ({' and '.join(unnamed)})" if unnamed else ""
        both = point.kind not in PROVEN
        proof = self.choose_each(point.ids) if both else self.choose_proof(point.ids)
        dated = [one for one in proof if self.articles[one].published]
        day = self.find_first_day(dated) if point.kind == "latest" else ""
        cited = f"{text} {self.cite_all(proof[: limits.get('cited')])}".rstrip()
        return f"{cited}, first printed {day}" if day else cited

    def choose_each(self, identities: Iterable[str]) -> list[str]:
        """The articles of all that a point rests on, such as both answers: by turns from each."""
        given = [self.order_newest(self.list_articles(identity)) for identity in identities]
        firsts = (one for some in zip_longest(*given) for one in some if one)
        return [*dict.fromkeys(firsts)]

    def choose_proof(self, identities: Iterable[str]) -> list[str]:
        """The articles that give what a point mainly says, which its first id does.

        First those that give most of what else it rests on, of these the newest.
        """
        cited = self.leave_replaced([*identities])
        given = [found for i in cited if (found := {*self.list_articles(i)})]
        known = self.order_newest(given[0] if given else ())
        return sorted(known, key=lambda one: -sum(one in found for found in given))

    def leave_replaced(self, identities: Sequence[str]) -> list[str]:
        """Ids without the answers to a question that one of them has replaced.

        An article that gives both may be one that gave them before this was so. Who took an
        answer back says so.
        """
        standing = {
            f"{issue.id}.{find_standing(issue)}": issue.id
            for issue in self.issues.values()
            if is_moved(issue)
        }
        told = {standing[i] for i in identities if i in standing}

        def is_replaced(identity: str) -> bool:
            name, place = split_position(identity)
            if identity in standing or name not in told:
                return False
            positions = self.issues[name].positions[place : place + 1] if place is not None else ()
            return not any(self.list_voices(position)[1] for position in positions)

        return [i for i in identities if not is_replaced(i)]

    def order_newest(self, articles: Iterable[str]) -> list[str]:
        """Some articles, those that were published last before others; what a side prints last."""

        def rank(article: str) -> tuple[bool, float]:
            return self.articles[article].genre in SIDED, -tell_age(self.articles[article])

        return sorted(dict.fromkeys(articles), key=rank)

    def list_articles(self, identity: str) -> Iterator[str]:
        """The articles that give a finding, or answers to a question, as of what changed the last.

        Of a finding that was overtaken, and of an answer that was taken back, those that say so.
        """
        name, place = split_position(identity)
        if finding := self.findings.get(identity):
            later = [voice for voice in finding.voices if voice.stance in LATER]
            said = [voice for voice in finding.voices if voice.stance == "asserts"]
            fully = [voice for voice in said if voice.relation != "part"] or said
            counted = [voice for voice in fully if voice.counted] or fully
            told = later if finding.verdict == "updated" and later else counted
            yield from (voice.article for voice in told)
        elif (issue := self.issues.get(name)) and (place or 0) < len(issue.positions):
            meant = [find_standing(issue)] if is_moved(issue) else range(len(issue.positions))
            chosen = meant if place is None else [place]
            for number in chosen:
                gives, taking = self.list_voices(issue.positions[number])
                yield from (voice.article for voice in taking or gives)

    def list_told(self, kinds: Collection[SummaryKind] = tuple(HEADS)) -> set[str]:
        """The findings and questions that the points tell, those of some kinds."""
        told = (i for one in self.report.first_page.rests if one.kind in kinds for i in one.ids)
        return {name for i in told for name in (i, split_position(i)[0])}

    def list_points(self, issue: str) -> list[Summary]:
        """The points that tell the positions of a question."""
        return [one for one in self.report.first_page.rests if find_subject(one) == issue]

    def head_with_points(self, contest: Contest, limits: Limits) -> Contest:
        """A contested question under the points that tell its positions, with nothing but quotes.

        As it is where no point does.
        """
        points = self.list_points(contest.ref)
        if not points:
            return contest
        quoted = tuple(replace(one, claim="") for one in contest.stances if one.told)
        told = (capitalize(one.text) if quoted else self.point(one, limits) for one in points)
        return replace(contest, question="; ".join(told), stances=quoted, is_told=True)


def find_subject(point: Summary) -> str:
    """The question of which a point tells a position beside something else, "" for none."""
    places = (split_position(i) for i in point.ids)
    asked = (name for name, place in places if place is not None)
    return next(asked, "") if point.kind in UNSETTLED and len(point.ids) > 1 else ""


def capitalize(text: str) -> str:
    """A text with its first letter large."""
    return text[:1].upper() + text[1:]


def list_unnamed(origins: Iterable[Origin], text: str) -> list[str]:
    """The names of origins where a text names none of them, nor whom they speak for; two at most.

    By a word that tells something.
    """
    told = {*plain(text).split()}
    names: dict[str, None] = {}
    for origin in origins:
        label, _, guess = first_name(origin).partition(GOES_ON)
        name = label.partition(" (")[0]
        if plain(name) in plain(text) or told & list_telling(f"{name} {guess} {origin.side}"):
            return []
        names[name] = None
    return [*names][:MOST_UNNAMED]
