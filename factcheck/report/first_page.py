"""The first page as lines: what an editor must know in two minutes, ready for any format.

In: a report. Out: a `Page` of plain texts in the order in which they are read, at most
`MOST_WORDS` for up to eight articles; whoever renders it adds marks and links. What the
model worded is marked as such, all else is from findings and articles.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, timezone
from itertools import islice, permutations
from types import MappingProxyType
from typing import TypeVar

from babel import Locale
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass
from rapidfuzz.distance import Levenshtein

from factcheck.judge.identity import show_origin
from factcheck.judge.outlets import is_credited
from factcheck.language.excerpt import CUT, excerpt
from factcheck.language.words import fold
from factcheck.models import (
    Article,
    Caution,
    Excluded,
    Finding,
    Issue,
    Origin,
    OutletGroup,
    Position,
    Remark,
    Report,
    Source,
    SummaryKind,
    Voice,
)
from factcheck.report.entries import Lookup

MOST_WORDS = 700  # as plain text, with heads and marks: two minutes of reading
MOST_QUOTE_WORDS = 36
MOST_ABOUT_WORDS = 18
MOST_FUNCTION_WORDS = 9
MOST_SIDE_WORDS = 6
MOST_SOLID = 8  # lines of what stands; the evidence holds more
MOST_ALONE = 6  # lines of what rests on one voice
LASTING_CHANGES = 4  # lines under "Changed" that no step of `SHORTER` gives up
WITH_CAUTION = ", with caution"
OVERTAKEN = " (overtaken)"
MOST_NAMESAKES = 2  # lines on people who may be taken for others
MOST_VALUES = 2  # before the one that stands
MOST_OTHERS = 2  # who take a position beside the one that is quoted
MOST_ORIGINS = 2  # who stand behind what is solid
DESCRIBED = ConfigDict(use_attribute_docstrings=True)
Limits = Mapping[str, int]
Step = tuple[str, int]
NO_LIMITS: Limits = MappingProxyType({})
OPENING = {'"': '"', "”": "“", "“": "„", "»": "«", "«": "»", "„": "„"}
"""What opens direct speech that a mark ends."""
CLOSING = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "”": "”"}
"""What ends direct speech that a mark opens."""
HEADS: Mapping[SummaryKind, str] = MappingProxyType(
    {
        "safe": "Safe to print",
        "latest": "Latest",
        "attribute": "Only with its source",
        "hold": "Not to be printed yet",
        "whole": "",
    }
)
BY_RANK = "Ordered by rank: no model chose what stands here."
BY_MODEL = (
    "A model chose and ordered what stands here, and worded what it rests on, the notes (after a"
    " dash, in italics), the warnings and the calls; verdicts, names, values and quotes are from"
    " the findings."
)
OWN_MARKS = frozenset('“”„«»"')


@dataclass(frozen=True, config=DESCRIBED)
class Line:
    """One line: a text, what stands behind it in brackets, and the ids it rests on."""

    text: str
    """What the line says."""
    note: str = ""
    """What stands behind it in brackets."""
    refs: tuple[str, ...] = ()
    """The ids that it rests on."""
    strong: str = ""
    """The part of the text to stand out, such as a newest value."""
    by_model: bool = False
    """Whether a model worded it."""
    remark: str = ""
    """What a model adds to it."""

    def told(self) -> str:
        """All of the line as plain text."""
        noted = f"{self.text} ({self.note})" if self.note else self.text
        return f"{noted} – {self.remark}" if self.remark else noted


@dataclass(frozen=True, config=DESCRIBED)
class Stance:
    """One position: a plain claim, who takes it, and one sentence of an article."""

    claim: str
    """The position, in a few words."""
    who: str
    """Who takes it."""
    also: str = ""
    """Who else takes it."""
    quote: str = ""
    """A sentence of an article, verbatim but for what is cut."""
    says: str = ""
    """What a sentence that is not in English says, in the words of a model."""
    outlet: str = ""
    """The outlet that the sentence is from."""
    language: str = "en"
    """The language of the sentence, ISO 639-1."""
    ref: str = ""
    """The id of the claim."""

    @property
    def told(self) -> str:
        """The quote, or else what the sentence says."""
        return self.quote or self.says

    @property
    def source(self) -> str:
        """The outlet, and the language where a model tells what the sentence says; "" for none."""
        if not self.told:
            return ""
        return (
            self.outlet
            if self.quote
            else f"{self.outlet}, in {language_name(self.language)}, in short"
        )


@dataclass(frozen=True, config=DESCRIBED)
class Contest:
    """A contested question with its positions, and what would settle it."""

    question: str
    """What is contested."""
    stances: tuple[Stance, ...]
    """Its positions."""
    settles: str = ""
    """What would settle it."""
    ref: str = ""
    """The id of the question or finding."""
    open: str = ""
    """Who says that it is not known, and in what words."""
    remark: str = ""
    """What a model adds to it."""


@dataclass(frozen=True, config=DESCRIBED)
class Page:
    """The first page, section by section."""

    title: str
    """The event in a few words."""
    counted: tuple[str, ...]
    """The outlets that count, with their times."""
    not_counted: tuple[str, ...]
    """What does not count as an outlet, and why."""
    rests: tuple[tuple[str, str], ...]
    """What the story rests on: lines with their heads, "" for none."""
    changed: tuple[Line, ...]
    """Latest values, and what was taken back."""
    solid: tuple[Line, ...]
    """What independent origins agree on."""
    contested: tuple[Contest, ...]
    """Open questions with their positions."""
    alone: tuple[Line, ...]
    """What rests on one origin."""
    careful: tuple[Line, ...]
    """What to check before printing."""
    calls: tuple[Line, ...]
    """Whom to ask, and for what."""
    made_by_rank: bool = False
    """Whether code ordered it, since no model did."""
    flags: tuple[Remark, ...] = ()
    """What the checks doubt in words of the model."""

    @property
    def made(self) -> str:
        """Who chose and worded what stands here."""
        return BY_RANK if self.made_by_rank else BY_MODEL


P = TypeVar("P")


def first_page(report: Report) -> Page:
    """The first page of a report, within its length."""
    return fit_page(Maker(report).page, plain_text, SHORTER)


def fit_page(make: Callable[[Limits], P], show: Callable[[P], str], steps: Sequence[Step]) -> P:
    """The page that `show` tells in `MOST_WORDS`, made with as few of the steps as that takes."""

    def count_words(taken: int) -> int:
        return len(show(make(dict(steps[:taken]))).split())

    enough = bisect_left(range(len(steps)), -MOST_WORDS, key=lambda taken: -count_words(taken))
    return make(dict(steps[:enough]))


SHORTER: tuple[Step, ...] = (
    ("quote", 24), ("says", 0), ("settles", 0), ("also", 2), ("quote", 18), ("notes", 8),
    ("quoted", 4), ("also", 1), ("careful", 4), ("quoted", 3), ("notes", 6), ("solid", 7),
    ("also", 0), ("quote", 14), ("changed", 5), ("alone", 5), ("quoted", 2), ("calls", 5),
    ("contested", 5), ("solid", 6), ("changed", LASTING_CHANGES), ("notes", 4), ("careful", 3),
    ("alone", 4), ("quoted", 1), ("calls", 4), ("notes", 2), ("solid", 5), ("contested", 4),
    ("alone", 3), ("quoted", 0), ("careful", 2), ("calls", 3), ("open", 0), ("notes", 0),
    ("solid", 4), ("alone", 2), ("contested", 3), ("solid", 3), ("alone", 1), ("calls", 2),
)  # fmt: skip
"""What is given up, step by step, until the page is short enough: lines of a section at most;
words of a quote, what a model adds to lines ("notes"), who says that a question is open ("open"),
contested questions with quotes ("quoted") or with others who take a position ("also"), what a
sentence in another language says ("says"), and what would settle a question where a call asks for
that record ("settles"). Questions themselves go last."""


class Maker(Lookup):
    """Makes the lines of one report.

    Function and side of a person or body are told once on a page: `introduced` holds whose.
    """

    def __init__(self, report: Report) -> None:
        """Index a report, of which nobody is introduced yet."""
        super().__init__(report)
        self.introduced: set[tuple[str, str]] = set()

    def page(self, limits: Limits = NO_LIMITS) -> Page:
        """All sections, each within its limit."""
        self.introduced.clear()
        page = self.without_notes(limits)
        notes = self.report.first_page.notes[: limits.get("notes")]
        remarks = {note.id: note.text for note in notes}

        def remark(lines: Iterable[Line]) -> tuple[Line, ...]:
            return tuple(
                replace(line, remark=remarks.get(line.refs[0], "")) if len(line.refs) == 1 else line
                for line in lines
            )

        return replace(
            page,
            changed=remark(page.changed),
            solid=remark(page.solid),
            contested=tuple(replace(x, remark=remarks.get(x.ref, "")) for x in page.contested),
            alone=remark(page.alone),
        )

    def without_notes(self, limits: Limits) -> Page:
        """All sections without what the model adds to their lines."""
        chosen, told = self.report.first_page, self.told_by_changes()
        solid = (self.findings[i] for i in chosen.solid if i in self.findings)
        alone = (self.findings[i] for i in chosen.alone if i in self.findings and i not in told)
        most = limits.get("changed", len(chosen.changed))
        changes = map(self.change, chosen.changed[:most])
        changed = tuple(filter(None, (*changes, self.settled(chosen.changed[most:]))))
        calls = tuple(
            Line(f"{c.who}: {c.ask}", c.record, self.known(c.ids), c.who, by_model=True)
            for c in chosen.calls[: limits.get("calls")]
        )
        return Page(
            title=self.report.title,
            counted=tuple(list_counted(self.report.groups, self.articles)),
            not_counted=tuple(
                list_not_counted(self.report.groups, self.report.articles, self.report.excluded)
            ),
            rests=tuple((HEADS[line.kind], line.text) for line in chosen.rests),
            changed=changed,
            solid=tuple(map(self.solid, islice(solid, limits.get("solid", MOST_SOLID)))),
            contested=tuple(self.contests(limits, calls)),
            alone=tuple(map(self.alone, islice(alone, limits.get("alone", MOST_ALONE)))),
            careful=self.careful(limits.get("careful")),
            calls=calls,
            made_by_rank=chosen.made_by == "rank",
            flags=chosen.flags,
        )

    def told_by_changes(self) -> set[str]:
        """The findings that a lasting line under "Changed" tells: no other line says them again."""
        chosen = (self.issues.get(i) for i in self.report.first_page.changed[:LASTING_CHANGES])
        return {f for issue in chosen if issue for p in issue.positions for f in p.findings}

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that stand in the report."""
        return tuple(i for i in ids if i in self.findings or i in self.issues)

    # --- lines -------------------------------------------------------------------------

    def change(self, identity: str) -> Line | None:
        """What changed: a question with its values in order, the standing one strong.

        Of many earlier values the first and the last stand. A finding is replaced, or new.
        """
        if finding := self.findings.get(identity):
            if finding.verdict == "updated":
                return Line(finding.text, join(r.text for r in finding.reasons), (identity,))
            who = join(self.show_in(finding, o) for o in finding.origins[:MOST_ORIGINS])
            note = "; ".join(filter(None, (who, f"since {self.first_day(finding)}")))
            return Line(finding.text, note, (identity,))
        issue = self.issues.get(identity)
        if issue is None:
            return None
        last = issue.positions[find_standing(issue)]
        return Line(self.show_values(issue), self.takers(last), (identity,), strong=last.label)

    def show_values(self, issue: Issue) -> str:
        """A question that changed, and its values in order, each as of when it was so."""
        standing = find_standing(issue)
        values = [self.show_left(p) for n, p in enumerate(issue.positions) if n != standing]
        if len(values) > MOST_VALUES:
            values = [values[0], "…", values[-1]]
        return f"{issue.question} {' → '.join([*values, show_dated(issue.positions[standing])])}"

    def show_left(self, position: Position) -> str:
        """A position that does not stand; who took it back, or says so no longer, if nobody does.

        Only who says that it was wrong takes it back; a source may also just say otherwise later.
        """
        if not position.withdrawn or position.origins:
            return show_dated(position)
        claims = (self.claims[claim] for claim in position.claims)
        back = [self.voices[c.id] for c in claims if c.kind == "retract" and c.id in self.voices]
        who = [self.name_speaker(voice) for voice in back]
        how = "taken back by" if who else "no longer said by"
        names = dict.fromkeys(who or (label.split(" / ")[0] for label in position.withdrawn))
        return f"{position.label} ({how} {' and '.join([*names][:2])})"

    def name_speaker(self, voice: Voice) -> str:
        """Who speaks, by the united name alone: a source, else an outlet or a column's author."""
        source = self.sources.get(voice.source or "")
        return source.name if source else voice.origin.label

    def settled(self, identities: Iterable[str]) -> Line | None:
        """The settled questions that get no line of their own, in one: what stands, what fell."""
        settled = [i for i in identities if i in self.issues]
        told = [i for i in settled if self.issues[i].settled is not None]
        if not told:
            return None
        text = "; ".join(self.show_values(self.issues[i]) for i in told)
        return Line(f"Settled too: {text}", refs=tuple(told))

    def takers(self, position: Position) -> str:
        """Who stands by a position, two at most: sources that can be named before others."""
        standing = {origin.key for origin in position.origins}
        voices = [self.voices[claim] for claim in position.claims]
        known = [v for v in voices if v.origin.key in standing] or voices
        first: dict[str, Voice] = {}
        for voice in sorted(known, key=self.weight, reverse=True):
            first.setdefault(voice.origin.key, voice)
        best, *others = first.values()
        equal = [voice for voice in others if self.weight(voice)[:2] == self.weight(best)[:2]]
        return join(
            self.show_speaker(voice) + WITH_CAUTION * (voice.modality == "hedged")
            for voice in (best, *equal[:1])
        )

    def weight(self, voice: Voice) -> tuple[bool, bool, float]:
        """Named sources weigh most, then any source, then what was published last."""
        published = self.articles[voice.article].published
        source = self.sources.get(voice.source or "")
        named = source is not None and source.role != "anonymous"
        return named, source is not None, published.timestamp() if published else 0.0

    def solid(self, finding: Finding) -> Line:
        """A finding that independent origins assert, with those that have a name."""
        if finding.verdict == "as-said":
            carried = f"as a statement: {finding.outlets} of {self.outlets} outlets report it"
            return Line(finding.text, carried, (finding.id,))
        named = [origin for origin in finding.origins if origin.kind != "anonymous"]
        origins = [self.show_in(finding, origin) for origin in named[:MOST_ORIGINS]]
        if more := named[MOST_ORIGINS:]:
            origins.append(f"and {len(more)} more")
        return Line(finding.text, join(origins), (finding.id,))

    def show_in(self, finding: Finding, origin: Origin) -> str:
        """An origin by one of its names, and whether it says the finding only with caution."""
        label = origin.label.split(" / ")[0]
        if voice := self.find_person(finding, origin, label):
            return self.show_speaker(voice) + WITH_CAUTION * finding.is_hedged_by(origin)
        first = self.introduce(label, origin.side)
        side = excerpt(origin.side, MOST_SIDE_WORDS) if first else ""
        shown = show_origin(origin.model_copy(update={"label": label, "side": side}))
        return shown + WITH_CAUTION * finding.is_hedged_by(origin)

    def find_person(self, finding: Finding, origin: Origin, name: str) -> Voice | None:
        """The voice of the person of that name who is an origin of a finding."""
        voices = (voice for voice in finding.voices if voice.origin.key == origin.key)
        sources = ((voice, self.sources.get(voice.source or "")) for voice in voices)
        return next((v for v, one in sources if one and one.person and one.name == name), None)

    def introduce(self, name: str, side: str) -> bool:
        """Note that it is told who this is; whether it was not told before."""
        first = (name, side) not in self.introduced
        self.introduced.add((name, side))
        return first

    def alone(self, finding: Finding) -> Line:
        """A finding on one voice, which leads, with the day and how many outlets printed it."""
        who = join(self.show_in(finding, o) for o in finding.origins) or "Nobody that counts"
        printed = f"printed by {finding.outlets} of {self.outlets}" if finding.outlets > 1 else ""
        note = ", ".join(filter(None, (self.first_day(finding), printed)))
        who = who[:1].upper() + who[1:]
        return Line(f"{who}: {finding.text}", note, (finding.id,), strong=who)

    def first_day(self, finding: Finding) -> str:
        """The day on which a counted voice first told it, "" where all articles are of one day."""
        days = {a.published.date() for a in self.report.articles if a.published}
        voices = [voice for voice in finding.voices if voice.counted] or finding.voices
        told = [when.date() for v in voices if (when := self.articles[v.article].published)]
        return f"{min(told):%-d %B}" if told and len(days) > 1 else ""

    def about(self, caution: Caution) -> str:
        """What a warning is about: two findings or questions at most.

        A detail with its answers and who gives them. What stands in a question is told there.
        """
        known = self.known(caution.ids)
        asked = [self.issues[i] for i in known if i in self.issues]
        held = {f for issue in asked for p in issue.positions for f in p.findings}
        texts = []
        for identity in (i for i in known if i not in held):
            if finding := self.findings.get(identity):
                texts.append(finding.text)
                continue
            issue = self.issues[identity]
            slip = issue.kind == "slip" or not caution.why
            answers = " or ".join(self.show_answer(p) for p in issue.positions)
            texts.append(f"{issue.question} {answers}" if slip else issue.question)
        one, *more = texts or [""]
        both = " / ".join([one, *more[:1]])
        return both if len(both.split()) <= MOST_ABOUT_WORDS else one

    def show_answer(self, position: Position) -> str:
        """A position with the first who takes it."""
        who = next((origin.label for origin in position.origins), "")
        return f"{position.label} ({who})" if who else position.label

    def careful(self, most: int | None = None) -> tuple[Line, ...]:
        """What to check before printing; `most` counts what the desk says, not what code found."""
        chosen = [
            Line(text, refs=self.known(c.ids), note=c.why, by_model=bool(c.why))
            for c in self.report.first_page.careful
            if (text := self.about(c))
        ]
        people = (*[*self.namesakes()][:MOST_NAMESAKES], *[*self.misspellings()][:1])
        return (*self.hidden_texts(), *people, *chosen[:most])

    def hidden_texts(self) -> Iterator[Line]:
        """The articles with text that speaks to machines, or that no reader sees.

        What it says is not repeated here; a hidden copy of what the article shows is no matter.
        """
        for article in self.report.articles:
            shown = plain(" ".join(sentence.text for sentence in article.sentences))
            kinds = {w.kind for w in article.warnings if plain(w.text) not in shown}
            kinds |= {w.kind for w in article.warnings} & {"planted-text"}
            if kinds & {"planted-text", "hidden-text"}:
                what = "text for machines" if "planted-text" in kinds else "hidden text"
                text = f"{name_outlet(article)} holds {what}; it was left out."
                yield Line(text, refs=(article.id,))

    def namesakes(self) -> Iterator[Line]:
        """People of one surname whom a reader may take for one."""
        by_surname: dict[str, dict[str, Source]] = {}
        for source in self.report.sources:
            words = source.name.split()
            named = source.role != "anonymous" and words[-1:] and words[-1][0].isupper()
            if source.person and named and len(words) > 1:
                by_surname.setdefault(words[-1].casefold(), {}).setdefault(source.name, source)
        for several in by_surname.values():
            if len(several) > 1:
                surname = next(iter(several)).split()[-1]
                people = [
                    ", ".join(filter(None, (one.name, shorten_function(one.function))))
                    for one in [*several.values()][:3]
                ]
                told = f"Not one but {len(several)} people called {surname}"
                yield Line(f"{told}: {'; '.join(people)}")

    def misspellings(self) -> Iterator[Line]:
        """People whom an article calls by another first or last name than the others do."""
        for source in self.report.sources:
            known = plain(source.name).split()
            if not source.person or len(known) < 2:
                continue
            voices = (v for f in self.report.findings for v in f.voices if v.source == source.id)
            other: dict[str, str] = {}
            for voice in voices:
                words = plain(voice.name).split()
                if len(words) == len(known) and is_variant(known, words):
                    other.setdefault(voice.name, name_outlet(self.articles[voice.article]))
            for name, where in other.items():
                yield Line(f"{source.name} is called {name} by {where}.", refs=(source.id,))

    def show_speaker(self, voice: Voice) -> str:
        """Who speaks by the united name: a source, else an outlet or the author of a column.

        A person with function and side, once on a page.
        """
        source = self.sources.get(voice.source or "")
        if source is None:
            return voice.origin.label
        if not source.person or not self.introduce(source.name, voice.origin.side):
            return source.name
        function, side = shorten_function(voice.function or source.function), voice.origin.side
        told = {*plain(source.name).split()}
        function = ", ".join(p for p in function.split(", ") if not {*plain(p).split()} <= told)
        told = {*plain(f"{source.name} {function}").split()}
        apart = side and not told & {word for word in plain(side).split() if len(word) > 2}
        body = f" ({excerpt(side, MOST_SIDE_WORDS)})" if apart else ""
        return f"{source.name}, {function}{body}" if function else f"{source.name}{body}"

    def contests(self, limits: Limits, calls: Sequence[Line]) -> Iterator[Contest]:
        """The contested questions: for each position a claim, its speaker, and a sentence.

        What would settle a question is left out first where a call asks for a record.
        """
        asked = {ref for call in calls if call.note for ref in call.refs}
        chosen = [p for p in self.report.first_page.contested if p.issue in self.issues]
        for number, pick in enumerate(chosen[: limits.get("contested")]):
            issue = self.issues[pick.issue]
            quoting = number < limits.get("quoted", 99)
            most = limits.get("quote", MOST_QUOTE_WORDS) * quoting
            says = quoting and "says" not in limits
            others = MOST_OTHERS * (number < limits.get("also", 99))
            stances = tuple(
                self.stance(position, claim, most=most, says=says, others=others)
                for position, claim in zip(issue.positions, pick.claims, strict=False)
                if not is_idle(issue, position)
            )
            settled = "settles" in limits and pick.issue in asked
            yield Contest(
                issue.question,
                stances,
                settles="" if settled else pick.settles,
                ref=pick.issue,
                open=self.show_open(issue) if "open" not in limits else "",
            )

    def show_open(self, issue: Issue) -> str:
        """Who first says that a question cannot be answered, and what is said; "" for nobody."""
        if not issue.open:
            return ""
        finding = self.findings[issue.open[0]]
        voice = next((v for v in finding.voices if v.counted), finding.voices[0])
        return f"{self.show_speaker(voice)}: {finding.text}"

    def stance(
        self,
        position: Position,
        claim: str,
        *,
        most: int,
        says: bool,
        others: int,
    ) -> Stance:
        """One position as the voice of one of its claims, quoted with `most` words at most.

        `says` asks for what a sentence says that is not in English; `others` is how many more
        takers are named. What was replaced in another question is told as overtaken.
        """
        voice = self.voices[claim if claim in position.claims else position.claims[0]]
        article = self.articles[voice.article]
        homes = (i for i in position.findings if voice.claim in self.findings[i].claims)
        others_named = (o for o in position.origins if o.kind != "anonymous")
        also = [o.label for o in others_named if o.key != voice.origin.key]
        who = self.show_speaker(voice)
        who += WITH_CAUTION * (voice.modality == "hedged")
        english = article.language == "en"
        overtaken = all(self.findings[f].verdict == "updated" for f in position.findings)
        return Stance(
            claim=position.label + OVERTAKEN * overtaken,
            who=who,
            also=", ".join(also[:others]),
            quote=in_marks(excerpt(voice.quotes[0], most, voice.text)) if most and english else "",
            says=voice.text if says and not english else "",
            outlet=name_outlet(article),
            language=article.language,
            ref=next(homes, position.findings[0]),
        )


def find_standing(issue: Issue) -> int:
    """The number of the position that stands: what is settled, else the last."""
    return len(issue.positions) - 1 if issue.settled is None else issue.settled


def show_dated(position: Position) -> str:
    """A position, and as of when it was so where an article says it."""
    return f"{position.label} ({position.asof})" if position.asof else position.label


def is_idle(issue: Issue, position: Position) -> bool:
    """Whether a position opposes nobody and is taken by who takes another one.

    As what the fire chief says the bangs were beside "no explosion".
    """
    me = issue.positions.index(position)
    keys = {origin.key for origin in position.origins}
    others = [p for p in issue.positions if p is not position]
    opposes = any(me in pair for pair in issue.excludes)
    return not opposes and any(keys <= {o.key for o in p.origins} for p in others)


def name_outlet(article: Article) -> str:
    """The outlet of an article, never a path."""
    return article.outlet or f"unknown outlet ({article.id})"


def is_variant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names differ in one word, which begins alike: "Marc" and "Marcel".

    One letter more or less is another way to write the name: "Podolyak" and "Podoliak".
    """
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    alike = len(apart) == 1 and apart[0][0][0] == apart[0][1][0]
    return alike and Levenshtein.distance(*apart[0]) > 1


def shorten_function(function: str) -> str:
    """A title or function; of a long one what stands before it goes on."""
    if len(function.split()) <= MOST_FUNCTION_WORDS:
        return function
    first = re.split(r",|\s(?:in|at|for|who|with|and)\s", function)[0]
    return excerpt(first, MOST_FUNCTION_WORDS)


def list_counted(groups: Iterable[OutletGroup], articles: Mapping[str, Article]) -> Iterator[str]:
    """The outlets that count, each with the times of its articles in one zone.

    A day is told once for each outlet, once in all if there is but one; a year once.
    """
    zone, credited = commonest_zone(articles.values()), list_credited(articles.values())
    days = {a.published.date() for a in articles.values() if a.published}
    years: set[int] = set()
    last: date | None = None
    for group in groups:
        if not group.counts:
            continue
        times: list[str] = []
        last = last if len(days) == 1 else None
        for article in (articles[i] for i in group.articles):
            if article.published is None:
                times += [f"time unknown, {credited[article.id]}"] if article.id in credited else []
                continue
            exact = article.zone_known and article.published_precision == "minute"
            here = article.published.astimezone(zone) if exact else article.published
            day = f"{here:%-d %B}" if here.date() != last else ""
            year = f"{here:%Y}" if here.year not in years else ""
            clock = "" if article.published_precision == "day" else f"{here:%H:%M}"
            live = "live from" if article.genre == "live" and clock else ""
            time = " ".join(filter(None, [live, day, year, clock])) or f"{here:%-d %B}"
            times.append(" ".join(filter(None, [time, credited.get(article.id)])))
            last = here.date()
            years.add(here.year)
        yield f"{group.label} ({', '.join(times) or 'time unknown'})"


def commonest_zone(articles: Iterable[Article]) -> timezone:
    """The offset that most articles print, one other than UTC before it.

    Of equals that in the language of most.
    """
    printed = [
        (offset, article.language)
        for article in articles
        if article.published
        and article.zone_known
        and (offset := article.published.utcoffset()) is not None
    ]
    languages = Counter(language for _, language in printed)
    counts = Counter(offset for offset, _ in printed if offset) or Counter(o for o, _ in printed)
    weights = {o: (counts[o], languages[language]) for o, language in printed if o in counts}
    return timezone(max(weights, key=lambda o: weights[o])) if weights else UTC


def list_credited(articles: Iterable[Article]) -> dict[str, str]:
    """By id what of an article is an agency's: all of it, or a part beside its author's."""
    found: dict[str, str] = {}
    for one, other in permutations(articles, 2):
        if is_credited(other, one):
            name = other.agency or other.byline
            found |= {other.id: f"by {name}", one.id: f"partly {name}"}
    return found


def list_not_counted(
    groups: Iterable[OutletGroup], articles: Sequence[Article], excluded: Iterable[Excluded]
) -> Iterator[str]:
    """What does not count as an outlet, and why."""
    labels = {article.id: article.label for article in articles}
    texts = {f"{article.agency} (" for article in articles if article.agency}
    for group in groups:
        if not group.counts:
            yield f"{group.label} ({group.notes[0].text.split(':')[0]})"
        elif group.label.startswith(tuple(texts)):
            continue  # "NWA (Ledger, Courier)" says that it is one text
        elif len({labels[i] for i in group.articles}) > 1:
            yield f"{group.label} count as one ({group.reasons[0].text})"
    for item in excluded:
        why = item.detail or item.reason.replace("-", " ")
        yield f"{item.outlet or item.source} ({why})"


def plain(text: str) -> str:
    """The words of a text without accents, case and marks, for comparison."""
    return " ".join(re.findall(r"\w+", fold(text)))


def language_name(code: str) -> str:
    """The English name of a language by its code, the code itself if there is none."""
    return str(Locale.parse("en").languages.get(code, code))


def in_marks(quote: str) -> str:
    """A quote in quotation marks; one with whole pairs of its own stands as it is.

    Where a pair is broken, since its other half stands in another sentence, that half is added;
    a half alone at an end of the sentence is left out.
    """
    if sum(character in OWN_MARKS for character in quote) % 2:
        before, after = (f"{CUT} " * quote.startswith(CUT), f" {CUT}" * quote.endswith(CUT))
        inner = quote.removeprefix(before).removesuffix(after)
        bare = inner.strip("".join(OWN_MARKS) + "\u00a0\u202f ")
        if sum(character in OWN_MARKS for character in bare) % 2 == 0:
            return f"“{before}{bare}{after}”"
        mark = next(character for character in bare if character in OWN_MARKS)
        closes = bare[bare.index(mark) - 1] != " "
        kept = f"{before}{bare}{after}"  # what was cut stands within the pair
        return f"{OPENING[mark]}{kept}" if closes else f"{kept}{CLOSING[mark]}"
    bare = quote.removeprefix(f"{CUT} ")
    return quote if not quote or bare[0] in OWN_MARKS else f"“{quote}”"


def clip_marked(quote: str, most: int) -> str:
    """A quote with its marks, cut to so many words."""
    marked = quote.startswith("“") and quote.endswith("”") and quote.count("“") == 1
    return f"“{excerpt(quote[1:-1], most)}”" if marked else excerpt(quote, most)


def join(names: Iterable[str]) -> str:
    """Names in a row."""
    return "; ".join(dict.fromkeys(name for name in names if name))


def plain_text(page: Page, width: int = 80) -> str:
    """The first page as plain text within so many columns, for a terminal or a mail."""
    lines = [*fill(page.title, width), ""]
    lines += list_outlets(page.counted, "Counts", page.not_counted, width)
    if page.rests:
        told = (f"{head}: {text}" if head else text for head, text in page.rests)
        lines += ["", *(row for text in told for row in fill(text, width))]
    lines += show_lines("Changed", page.changed, width) + show_lines("Solid", page.solid, width)
    if page.contested:
        lines += ["", "CONTESTED"]
    for contest in page.contested:
        lines += fill(contest.question, width, "- ")
        for stance in contest.stances:
            quote = f". {stance.source}: {stance.told}" if stance.told else ""
            also = f"; also {stance.also}" if stance.also else ""
            lines += fill(f"{stance.claim} – {stance.who}{also}{quote}", width, "  * ")
        if contest.open:
            lines += fill(f"Not known, says {contest.open}", width, "  * ")
        if contest.remark:
            lines += fill(f"– {contest.remark}", width, "    ")
        if contest.settles:
            lines += fill(f"Would settle it: {contest.settles}", width, "    ")
    lines += show_lines("One source, however often printed", page.alone, width)
    lines += show_lines("Check before printing", page.careful, width)
    lines += show_lines("Call", page.calls, width)
    return "\n".join(lines) + "\n"


def list_outlets(
    counted: Sequence[str], head: str, not_counted: Sequence[str], width: int
) -> list[str]:
    """What counts as an outlet, under a head, and what does not, as plain text."""
    heads = ((head, counted), ("Not an outlet of its own", not_counted))
    texts = (f"{title}: {' · '.join(names)}" for title, names in heads if names)
    return [row for text in texts for row in fill(text, width)]


def show_lines(title: str, part: Sequence[Line], width: int) -> list[str]:
    """A section of lines as plain text, with a blank line and its head before it."""
    if not part:
        return []
    rows = (row for line in part for row in fill(line.told(), width, "- "))
    return ["", title.upper(), *rows]


def fill(text: str, width: int, lead: str = "") -> list[str]:
    """A text as lines of at most so many columns, those after the first set in.

    What steers a terminal, or turns the direction of reading, is left out.
    """
    inert = "".join(character for character in text if character.isprintable())
    return textwrap.wrap(
        inert, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
