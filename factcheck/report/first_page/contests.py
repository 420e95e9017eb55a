"""The contested questions as positions: who takes each, in which words, and from which article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

from factcheck.language.excerpt import excerpt
from factcheck.models import Issue, Pick, Position, Report, Voice
from factcheck.pipeline.rank import is_open, tell_age
from factcheck.report.first_page.fitting import Limits
from factcheck.report.first_page.lines import Contest, Line, Stance
from factcheck.report.first_page.quoting import WITH_CAUTION, Quoter, is_going_on, is_scrap
from factcheck.report.first_page.warnings import plain
from factcheck.report.quotes import in_marks, quote_whole

MOST_QUOTE_WORDS = 36
MOST_STANCES = 4  # on one question
MOST_OTHERS = 2  # who take a position beside the one that is quoted
OVERTAKEN = " (overtaken)"


class Contests(Quoter):
    """Makes the contested questions of one report.

    `in_full` tells whether all positions stand, and in whose words whatever the language.
    `picked_words` leads from a question and a claim to the words that a model picked to quote, and
    to these in English, "" for none.
    """

    in_full = False

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.picked_words = {
            (pick.issue, claim): (quote, english)
            for pick in report.first_page.contested
            for claim, quote, english in zip_longest(
                pick.claims, pick.quotes, pick.translations, fillvalue=""
            )
        }

    def contests(self, limits: Limits, calls: Sequence[Line]) -> Iterator[Contest]:
        """The contested questions: for each position a claim, its speaker, and a sentence.

        What would settle a question is left out first where a call asks for a record.
        """
        asked = {ref for call in calls if call.note for ref in call.refs}
        for number, pick in enumerate(self.picks()[: limits.get("contested")]):
            issue = self.issues[pick.issue]
            quoting = number < limits.get("quoted", 99)
            most = limits.get("quote", MOST_QUOTE_WORDS) * quoting
            sides = self.choose_sides(issue)[: limits.get("stances", MOST_STANCES)]
            others = MOST_OTHERS * (number < limits.get("also", 99))
            stances = tuple(
                self.stance(issue, position, claim, most=most, others=others)
                for position, claim in zip(issue.positions, pick.claims, strict=False)
                if position in sides
            )
            settled = "settles" in limits and pick.issue in asked
            yield Contest(
                self.name_contest(pick),
                drop_repeated(stances),
                settles="" if settled else pick.settles,
                ref=pick.issue,
                open=self.show_open(issue) if "open" not in limits else "",
            )

    def choose_sides(self, issue: Issue) -> Sequence[Position]:
        """The positions of a question that are shown: no overtaken ones where two others are left.

        In full all of them: what a side first said stands as overtaken.
        """
        sides = find_sides(issue)
        live = [position for position in sides if not self.is_overtaken(position)]
        return issue.positions if self.in_full else live if len(live) > 1 else sides

    def is_overtaken(self, position: Position) -> bool:
        """Whether all that a position says was replaced in another question."""
        return all(self.findings[f].verdict == "updated" for f in position.findings)

    def label(self, position: Position) -> str:
        """What a position answers, and whether that was replaced in another question."""
        return position.label + OVERTAKEN * self.is_overtaken(position)

    def name_contest(self, pick: Pick) -> str:
        """What is contested, in a word or two if a model gave them; in full as a question."""
        question = self.issues[pick.issue].question
        return question if self.in_full else pick.head or question

    def picks(self) -> list[Pick]:
        """The contested questions that were chosen."""
        return [pick for pick in self.report.first_page.contested if pick.issue in self.issues]

    def list_shown(self, limits: Limits) -> list[str]:
        """The contested questions that have room for their positions."""
        return [pick.issue for pick in self.picks()][: limits.get("contested")]

    def show_open(self, issue: Issue) -> str:
        """Who says that a question cannot be answered, and what is said; "" for nobody.

        Of several somebody who takes no position, of these whoever says it last.
        """
        sides = {*list_takers(issue)}
        calls = []
        for finding in (self.findings[ident] for ident in issue.open):
            voice = next((v for v in finding.voices if v.counted), finding.voices[0])
            late = tell_age(self.articles[voice.article])
            calls.append((voice.origin.key not in sides, late, finding, voice))
        if not calls:
            return ""
        *_, finding, voice = max(calls, key=itemgetter(0, 1))
        told = plain(finding.text).startswith(plain(self.name_speaker(voice)))
        who = "Open" if told else f"Open, says {self.show_taker(voice)}"
        return f"{who}: {finding.text} {self.cite[voice.article]}"

    def stance(
        self, issue: Issue, position: Position, claim: str, *, most: int, others: int
    ) -> Stance:
        """One position as the voice of one of its claims, in the words that were picked.

        Else in a sentence of it that is in English, with `most` words at most; 0 for no quote.
        What is not in English, or says too little by itself, stands in English too; `others` is
        how many more takers are named. What was replaced in another question is told as overtaken.
        In full with the day of the article, where these are of several, and in nothing but the
        words of who takes it where these are quoted.
        """
        voice = self.choose_voice(position, claim)
        article = self.articles[voice.article]
        homes = (i for i in position.findings if voice.claim in self.findings[i].claims)
        unnamed = voice.origin.kind == "anonymous"
        takers = [o for o in position.origins if unnamed or o.kind != "anonymous"]
        takers.sort(key=lambda origin: origin.kind == "anonymous")
        also = [self.cite_taker(position, o) for o in takers if o.key != voice.origin.key]
        if unnamed:  # who can be rung is named in any case
            others = max(others, 1)
        who = self.show_taker(voice) + WITH_CAUTION * (voice.modality == "hedged")
        cite = self.cite_place(voice)
        if self.in_full and (day := self.find_first_day([article.id])):
            cite += f" of {day}{self.cite_again(voice, position)}"
        english = article.language == "en"
        clear = english
        words, in_english = self.picked_words.get((issue.id, voice.claim or ""), ("", ""))
        if not words:
            quoted = english or self.in_full
            sentence = quote_whole(article, voice.sentences[0])
            words = excerpt(sentence, most, voice.text) if quoted else ""
            in_english = f"in short: {voice.text}" if words else voice.text
            clear = english and not (self.in_full and is_scrap(voice))
        quote = in_marks(words) if most else ""
        told = self.in_full and quote and not self.is_overtaken(position)
        return Stance(
            claim="" if told else self.label(position),
            who=who,
            also=", ".join(also[:others]),
            quote=quote,
            says=in_english if most and not clear else "",
            outlet=self.names[article.id],
            cite=cite,
            reported=bool(words and most) and self.is_reported(voice, words),
            language=article.language,
            ref=next(homes, position.findings[0]),
        )

    def cite_again(self, voice: Voice, position: Position) -> str:
        """Where who is quoted says it too: the newest article of a later day, "" for none.

        Not in what another outlet prints of the same text.
        """
        claims = [c for c in position.claims if self.claims[c].kind != "retract"]
        shared = (one.articles for one in self.report.groups if voice.article in one.articles)
        label = self.articles[voice.article].label
        copies = {i for some in shared for i in some if self.articles[i].label != label}
        said = [
            one.article
            for one in (voice, *self.list_voices_of(claims))
            if (one.source, one.origin.key) == (voice.source, voice.origin.key)
            and one.article not in copies
        ]
        newest = max(said, key=lambda article: tell_age(self.articles[article]))
        first, last = (self.find_first_day([article]) for article in (voice.article, newest))
        return f", also {self.cite[newest]} of {last}" if last and last != first else ""

    def choose_voice(self, position: Position, picked: str) -> Voice:
        """The voice of a position to quote: what was picked, if it is of one who takes it.

        Else the first of one who does, a source before a paper, so that a paper which only tells
        on what another says does not stand for it; so too where nobody could ring who was picked.
        What a column says of a source, and what was replaced, stand for it only where nothing else
        does.
        """
        takers = {origin.key for origin in position.origins}
        first = picked if picked in position.claims else position.claims[0]
        chosen = self.voices[first]
        others = self.list_voices_of(position.claims)
        taking = [voice for voice in others if voice.origin.key in takers]
        live = [v for v in taking if not self.is_weak_word(v, position)]
        if live and self.is_weak_word(chosen, position):
            return min(live, key=lambda voice: voice.source is None)
        named = [voice for voice in taking if voice.origin.kind != "anonymous"]
        better = named if chosen.origin.kind == "anonymous" else []
        if is_going_on(chosen):
            better = [voice for voice in named if voice.source]
        if not taking or (chosen.origin.key in takers and not better):
            return chosen
        return min(better or named or taking, key=lambda voice: voice.source is None)

    def is_weak_word(self, voice: Voice, position: Position) -> bool:
        """Whether a column tells it, or what it says was replaced in another question."""
        homes = (self.findings[f] for f in position.findings)
        replaced = any(one.verdict == "updated" for one in homes if voice.claim in one.claims)
        return replaced or self.articles[voice.article].genre == "opinion"


def list_contested(report: Report) -> list[Issue]:
    """The contested questions that stand in full.

    Not one of which a single answer is left, the others overtaken, if nobody calls it open and the
    model did not choose it: that is told as changed.
    """
    chosen = {pick.issue for pick in report.first_page.contested}
    overtaken = {one.id for one in report.findings if one.verdict == "updated"}
    return [
        issue
        for issue in filter(is_open, report.issues)
        if issue.id in chosen
        or issue.open
        or sum(not overtaken.issuperset(one.findings) for one in issue.positions) > 1
    ]


def drop_repeated(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    """The positions without those of a speaker whose words stand in another of his."""

    def holds(other: Stance, one: Stance) -> bool:
        inner, outer = (s.quote.strip('“”"') for s in (one, other))
        longer = len(outer) > len(inner) or stances.index(other) < stances.index(one)
        return (
            bool(inner)
            and (one.who, one.cite) == (other.who, other.cite)
            and (longer and inner in outer)
        )

    left = tuple(s for s in stances if not any(holds(o, s) for o in stances if o is not s))
    return left if len(left) > 1 else tuple(stances)


def list_takers(issue: Issue) -> list[str]:
    """The keys of the origins that take the positions of a question, in order."""
    return [origin.key for position in issue.positions for origin in position.origins]


def has_shared_taker(issue: Issue) -> bool:
    """Whether one origin takes two positions of a question: articles quote it differently."""
    takers = list_takers(issue)
    return len(takers) > len({*takers})


def find_sides(issue: Issue) -> list[Position]:
    """The positions that oppose another, all where none does; one of each side where two are.

    Not what the fire chief says the bangs were beside "no explosion".
    """
    opposed = {number for pair in issue.excludes for number in pair}
    sides = [p for n, p in enumerate(issue.positions) if not opposed or n in opposed]
    first: dict[object, Position] = {}
    for number, position in enumerate(sides):
        takers = frozenset(origin.key for origin in position.origins)
        first.setdefault(takers or number, position)
    return [*first.values()] if len(first) > 1 else sides
