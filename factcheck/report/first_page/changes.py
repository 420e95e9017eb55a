"""What changed, as lines: a value that moved, what was taken back, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from factcheck.models import Finding, Issue, Origin, Position, Voice
from factcheck.pipeline.rank import tell_age
from factcheck.report.first_page.lines import Line, head_text
from factcheck.report.first_page.quoting import (
    SEEMS,
    WITH_CAUTION,
    Quoter,
    first_name,
    join,
    with_guess,
    without_guess,
)
from factcheck.report.first_page.warnings import name_outlet, plain
from factcheck.report.quotes import OWN_MARKS

MOST_VALUES = 3  # before the one that stands
MOST_NEW = 2  # who tells what is new
A_DAY = timedelta(days=1)
RELATIVE_DAY = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)"
    r"|last (?:night|evening))\b",
    re.IGNORECASE,
)
"""A day that only its article knows."""
FROM_TODAY = re.compile(
    r"\b(?:(?:today|yesterday|tomorrow|this|last)\b ?|to(?=night))", re.IGNORECASE
)
"""What tells a day by that of its article: of "tonight" the night is left."""
BRACKETS = re.compile(r" ?\([^()]*\)")
CLOCK = re.compile(
    r"(?:\d{1,2}[:.]\d\d|\d{1,2}(?= ?[ap]))(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|local(?: time)?))?",
    re.IGNORECASE,
)


class Changes(Quoter):
    """Makes the lines under "Changed" of one report.

    `words_of_changes` tells whether they are quoted, what was taken back too.
    """

    words_of_changes = True

    def change(self, identity: str) -> Line | None:
        """What changed: a question with its values in order, the standing one strong.

        Of many earlier values the first and the last stand. A finding is replaced, or new.
        """
        if finding := self.findings.get(identity):
            return self.show_new(finding)
        issue = self.issues.get(identity)
        if issue is None:
            return None
        standing, left = split_positions(issue)
        values = self.show_values(issue)  # which quotes first what was taken back
        note = join(self.show_takers(standing, left))
        gives = [voice.article for voice in self.list_voices(standing)[0]]
        others = [article for article in gives if self.cite[article] not in f"{values} {note}"]
        note = join((note, f"also {self.cite_all(others)}" if note and others else ""))
        return Line(values, note, (identity,), strong=standing.label)

    def show_new(self, finding: Finding) -> Line:
        """A finding that is replaced, or one that moves the story on."""
        if finding.verdict == "updated":
            return Line(self.tell(finding), join(r.text for r in finding.reasons), (finding.id,))
        best = self.find_best(finding.voices, finding.text) if self.words_of_changes else None
        quote = self.quote(best, finding.text) if best else ""
        who = [
            self.attribute(self.show_in(finding, origin), best, quote)
            if best and quote and origin.key == best.origin.key
            else self.show_cited(finding, origin)
            for origin in finding.origins[:MOST_NEW]
        ]
        return Line(self.tell(finding), join((*who, self.first_printed(finding))), (finding.id,))

    def show_values(self, issue: Issue) -> str:
        """What changed or was settled, and its values in order, each as of when it was so."""
        standing, before = split_positions(issue)
        values = [self.show_left(position, standing) for position in choose_values(before)]
        if len(before) > len(values):
            values.insert(1, "…")
        head = head_text(self.heads.get(issue.id, issue.question))
        head = head if issue.kind == "change" else f"Settled: {head}"
        return f"{head} {' → '.join([*values, standing.label])}"

    def cite_position(self, position: Position, named: Iterable[Voice] = ()) -> str:
        """The numbers of the articles that give a value, not of columns or who takes it back.

        Of those who are named, if any: the articles in which these speakers give it.
        """
        return self.cite_all(self.list_giving(position, named))

    def list_giving(self, position: Position, named: Iterable[Voice] = ()) -> list[str]:
        """The articles that `cite_position` cites."""
        gives = self.list_voices(position)[0]
        told = [v for v in gives if self.articles[v.article].genre != "opinion"] or gives
        names = {self.name_speaker(voice) for voice in named}
        own = [voice for voice in told if self.name_speaker(voice) in names]
        return [voice.article for voice in own or told]

    def list_voices(self, position: Position) -> tuple[list[Voice], list[Voice]]:
        """Who gives a position in its claims, and who takes it back."""
        known = [self.claims[claim] for claim in position.claims if claim in self.voices]
        gives = [self.voices[claim.id] for claim in known if claim.kind != "retract"]
        return gives, [self.voices[claim.id] for claim in known if claim.kind == "retract"]

    def show_left(self, position: Position, standing: Position) -> str:
        """A position that does not stand: who took it back, or who says it still.

        Only who says that it was wrong takes it back; a source may also just say otherwise later,
        as after a recount. Nobody takes back what another says. Who says it still is named, with
        who no longer does, where that is nobody who says what stands.
        """
        back = self.list_voices(position)[1]
        gone = {voice.origin.key for voice in back}
        still = [origin for origin in position.origins if origin.key not in gone]
        if still or not back:
            keys = {origin.key for origin in standing.origins}
            own = bool(back) or keys.isdisjoint(origin.key for origin in still)
            if not (own and still):
                return self.show_dated(position)
            who = [self.name_holder(position, still[0])]
            gave_up = position.withdrawn or [*map(self.name_speaker, back)]
            left = [f"{label.split(' / ')[0]} no longer says so" for label in gave_up[:1]]
            return f"{position.label} ({join((*who, *left))})"
        names = [*dict.fromkeys(map(self.name_speaker, back))][:2]
        told = f"taken back by {' and '.join(names)}: do not repeat"
        quoted = self.quote_withdrawn(position) if self.words_of_changes else ()
        return f"{position.label} ({join((told, *quoted))}) {self.cite_position(position)}".strip()

    def name_holder(self, position: Position, origin: Origin) -> str:
        """Who still gives a value, and in which articles."""
        name = first_name(origin)
        voices = [v for v in self.list_voices(position)[0] if v.origin.key == origin.key]
        same = [voice for voice in voices if self.name_speaker(voice) == name] or voices
        dated = [voice for voice in same if voice.asof == position.asof]
        when = self.tell_time(position.asof, position, dated) if dated else ""
        told = f"{with_guess(name)} {self.cite_position(position, dated or same)}".strip()
        return f"{told}, {when}" if when else told

    def quote_withdrawn(self, position: Position) -> Iterator[str]:
        """The words of what was taken back, and of who did: direct speech before a paper's own.

        Of what was taken back those of who did so, if an article has them. What an article only
        reports of who took it back stands as its own words, for they tell of others too.
        """
        gives, back = self.list_voices(position)
        withdrew = {identify_origin(voice.origin) for voice in back}
        gives = [voice for voice in gives if identify_origin(voice.origin) in withdrew] or gives
        for voices in (gives, back) if back else ():
            spoken = [v for v in voices if not OWN_MARKS.isdisjoint(v.quotes[0])] or voices
            if not spoken:
                continue
            best = min(spoken, key=lambda v: (self.is_sided(v), self.rank(v, v.text)))
            quote = self.quote_cited(best) if voices is back else self.quote(best, best.text)
            if not quote:
                continue
            article = self.articles[best.article]
            told = self.attribute(without_guess(self.name_speaker(best)), best, quote)
            if voices is back and best.source and self.is_reported(best, quote):
                own = best.model_copy(update={"source": None, "via": ()})
                told = self.place(name_outlet(article), own, quote)
            short = "takes back" if voices is back else "in short"
            yield told if article.language == "en" else f"{told} ({short}: {best.text})"

    def show_dated(self, position: Position) -> str:
        """A position, as of when it was so where an article tells it, and the articles that do.

        Else all that give it.
        """
        dated = [v for v in self.list_voices(position)[0] if v.asof == position.asof]
        when = self.tell_time(position.asof, position, dated)
        told = f"{position.label} ({when})" if when else position.label
        cited = self.cite_all(voice.article for voice in dated) if when else ""
        return f"{told} {cited or self.cite_position(position)}".strip()

    def tell_time(self, asof: str, position: Position, voices: Iterable[Voice]) -> str:
        """As of when a position was so, "" where its label tells it, however it is spaced.

        Where articles are of several days, with the day of those of `voices` if it is a clock
        alone, and that which it means for its article if it is one like "this morning".
        """
        when, label = ("".join(plain(text).split()) for text in (asof, position.label))
        if when in label:
            return ""
        if RELATIVE_DAY.search(asof) and self.is_of_days:
            known = [self.claims[claim] for claim in position.claims if claim in self.claims]
            held = [claim.held for claim in known if claim.asof == asof and claim.held]
            days = {f"{one:%-d %B}" for one, end in held if end - one <= A_DAY}
            if len(days) != 1:
                return asof
            hour = FROM_TODAY.sub("", BRACKETS.sub("", asof)).strip(" ,")  # "evening"
            return ", ".join(filter(None, (*days, hour)))
        clock = CLOCK.fullmatch(asof)
        day = self.find_first_day(voice.article for voice in voices) if clock else ""
        return f"{day}, {asof}" if day else asof

    def changed_too(self, identities: Iterable[str], most: int | None) -> Line | None:
        """The questions that changed and get no line of their own, in one."""
        told = [i for i in identities if i in self.issues][:most]
        if not told:
            return None
        text = "; ".join(self.show_values(self.issues[i]) for i in told)
        return Line(f"Changed too: {text}", refs=tuple(told))

    def show_takers(self, position: Position, left: Iterable[Position]) -> Iterator[str]:
        """Who stands by a position, one in words: sources that can be named before others.

        Two at most are named, each with the time that he gives; the articles by their numbers where
        nobody is quoted.
        """
        takers = self.find_takers(position, left)
        quote = self.quote(takers[0], position.label) if self.words_of_changes else ""
        for number, voice in enumerate(takers):
            name, when = self.name_taker(voice), self.tell_time(voice.asof, position, [voice])
            shown = quote and number == 0
            if not (when or voice.asof):
                giving = [voice.article] if shown else self.list_giving(position, [voice])
                when = self.find_first_day(giving)
            if shown:
                told = self.attribute(name, voice, quote)
            else:
                told = f"{name} {self.cite_position(position, [voice])}"
            yield f"{told}, {when}" if when else told

    def find_takers(self, position: Position, left: Iterable[Position]) -> list[Voice]:
        """The voices of who stands by a position, one of each: two that weigh most.

        First those of articles that do not also give a position that was left: these bring the
        change, the others told it as one of two answers. A source goes before an outlet, though.
        """
        standing = {origin.key for origin in position.origins}
        voices = self.list_voices_of(position.claims)
        known = [v for v in voices if v.origin.key in standing] or voices
        given = {v.article for one in left for v in self.list_voices(one)[0]}
        bringing = [v for v in known if v.article not in given]
        known = bringing if any(v.source for v in bringing) else [v for v in known if v.source]
        known = known or bringing or voices
        first: dict[str, Voice] = {}
        for voice in sorted(known, key=self.weight, reverse=True):
            first.setdefault(voice.origin.key, voice)
        best, *others = first.values()
        return [best, *[v for v in others if self.weight(v)[:2] == self.weight(best)[:2]][:1]]

    def name_taker(self, voice: Voice) -> str:
        """Who takes a position: an outlet with whose account it seems to go on with."""
        outlet = name_outlet(self.articles[voice.article])
        shown = f"{outlet}{SEEMS}{voice.after}" if voice.after else self.show_speaker(voice)
        return shown + WITH_CAUTION * (voice.modality == "hedged")

    def weight(self, voice: Voice) -> tuple[bool, bool, float]:
        """Named sources weigh most, then any source, then what was published last."""
        source = self.sources.get(voice.source or "")
        named = source is not None and source.role != "anonymous"
        return named, source is not None, tell_age(self.articles[voice.article])

    def first_printed(self, finding: Finding) -> str:
        """The day on which an article first printed it, "" where all articles are of one day."""
        saying = (v for v in finding.voices if v.stance == "asserts" and v.relation != "part")
        day = self.find_first_day(voice.article for voice in saying)
        return f"first printed {day}" if day else ""


def identify_origin(origin: Origin) -> tuple[str, str]:
    """What tells an origin from others: of outlets that count as one also which of them it is."""
    return origin.key, origin.label.partition(" (")[0] if origin.kind == "outlet" else ""


def is_moved(issue: Issue) -> bool:
    """Whether one answer to a question has replaced the others."""
    return issue.kind == "change" or issue.settled is not None


def find_standing(issue: Issue) -> int:
    """The number of the position that stands: what is settled, else the last."""
    return len(issue.positions) - 1 if issue.settled is None else issue.settled


def split_positions(issue: Issue) -> tuple[Position, list[Position]]:
    """The position that stands, and the others."""
    standing = issue.positions[find_standing(issue)]
    return standing, [position for position in issue.positions if position is not standing]


def choose_values(before: Sequence[Position]) -> list[Position]:
    """The values before the one that stands.

    If these are many the first, the last ones, and what somebody withdrew.
    """
    late = len(before) - MOST_VALUES + 1
    return [p for n, p in enumerate(before) if n == 0 or n >= late or p.withdrawn]
