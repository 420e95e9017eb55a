"""Make the lines of the first page from what was chosen for it.

In: a report. Out: a `Page` of plain texts in the order in which they are read; whoever renders
it adds marks and links. What the model worded is marked as such, all else is from findings and
articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from factcheck.language.calendar import dates, months, weekdays
from factcheck.language.excerpt import excerpt
from factcheck.models import (
    Caution,
    Finding,
    Issue,
    Pick,
    Position,
    SummaryKind,
    Voice,
)
from factcheck.report.first_page.fitting import LASTING_CHANGES, NO_LIMITS, Limits
from factcheck.report.first_page.lines import Contest, Line, Page, Stance
from factcheck.report.first_page.naming import WITH_CAUTION, Namer, join
from factcheck.report.first_page.outlets import list_counted, list_not_counted
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.warnings import (
    hidden_texts,
    misspellings,
    name_outlet,
    namesakes,
    plain,
)
from factcheck.report.quotes import in_marks, quote_whole

MOST_QUOTE_WORDS = 36
MOST_ABOUT_WORDS = 18
MOST_SOLID = 8  # lines of what stands; the evidence holds more
MOST_ALONE = 6  # lines of what rests on one voice
OVERTAKEN = " (overtaken)"
MOST_NAMESAKES = 2  # lines on people who may be taken for others
MOST_VALUES = 3  # before the one that stands
MOST_STANCES = 4  # on one question
MOST_OTHERS = 2  # who take a position beside the one that is quoted
MOST_ORIGINS = 2  # who stand behind what is solid
HEADS: Mapping[SummaryKind, str] = MappingProxyType(
    {
        "safe": "Safe to print",
        "latest": "Latest",
        "attribute": "Only with its source",
        "hold": "Not to be printed yet",
        "whole": "",
    }
)


class Maker(Namer):
    """Makes the lines of one report."""

    def page(self, limits: Limits = NO_LIMITS) -> Page:
        """All sections, each within its limit."""
        self.introduced.clear()
        page = self.without_notes(limits)
        first = {*self.report.first_page.changed, *(pick.issue for pick in self.picks())}
        notes = sorted(self.report.first_page.notes, key=lambda note: note.id not in first)
        weighed = [(pick.issue, pick.weighing) for pick in self.picks() if pick.weighing]
        remarks = {note.id: note.text for note in notes[: limits.get("notes")]}
        remarks |= dict(weighed[: limits.get("weighing")])

        def remark(lines: Iterable[Line]) -> tuple[Line, ...]:
            return tuple(
                replace(line, remark=remarks.get(line.refs[0], "")) if len(line.refs) == 1 else line
                for line in lines
            )

        page = replace(
            page,
            changed=remark(page.changed),
            solid=remark(page.solid),
            contested=tuple(replace(x, remark=remarks.get(x.ref, "")) for x in page.contested),
            alone=remark(page.alone),
            careful=remark(page.careful),
        )
        told = plain(plain_text(page))
        flags = self.report.first_page.flags
        return replace(page, flags=tuple(flag for flag in flags if plain(flag.about) in told))

    def without_notes(self, limits: Limits) -> Page:
        """All sections without what the model adds to their lines."""
        chosen, told = self.report.first_page, self.told_by_changes()
        solid = (self.findings[i] for i in chosen.solid if i in self.findings)
        alone = (self.findings[i] for i in chosen.alone if i in self.findings and i not in told)
        most = limits.get("changed", len(chosen.changed))
        changes = map(self.change, chosen.changed[:most])
        changed = tuple(
            filter(
                None, (*changes, self.changed_too(chosen.changed[most:], limits.get("changed_too")))
            )
        )
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
            contested_too=tuple(
                self.issues[pick.issue].question
                for pick in self.picks()[limits.get("contested", len(chosen.contested)) :]
            )[: limits.get("contested_too")],
            alone=tuple(map(self.alone, islice(alone, limits.get("alone", MOST_ALONE)))),
            careful=self.careful(limits.get("careful")),
            calls=calls,
            made_by_rank=chosen.made_by == "rank",
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
            note = "; ".join(filter(None, (who, f"first told {self.first_day(finding)}")))
            return Line(finding.text, note, (identity,))
        issue = self.issues.get(identity)
        if issue is None:
            return None
        last = issue.positions[find_standing(issue)]
        return Line(self.show_values(issue), self.takers(last), (identity,), strong=last.label)

    def show_values(self, issue: Issue) -> str:
        """A question that changed, and its values in order, each as of when it was so."""
        standing = issue.positions[find_standing(issue)]
        before = [position for position in issue.positions if position is not standing]
        values = [self.show_left(position, standing) for position in choose_values(before)]
        if len(before) > len(values):
            values.insert(1, "…")
        return f"{issue.question} {' → '.join([*values, self.show_dated(standing)])}"

    def show_left(self, position: Position, standing: Position) -> str:
        """A position that does not stand: who took it back, or says so no longer, or says it still.

        Only who says that it was wrong takes it back; a source may also just say otherwise later.
        Nobody takes back what another says. Who says it still is named beside that, with who no
        longer does, and where that is nobody who says what stands.
        """
        claims = (self.claims[claim] for claim in position.claims)
        back = [self.voices[c.id] for c in claims if c.kind == "retract" and c.id in self.voices]
        gone = {voice.origin.key for voice in back}
        still = [origin for origin in position.origins if origin.key not in gone]
        if still or not (back or position.withdrawn):
            keys = {origin.key for origin in standing.origins}
            own = bool(back) or keys.isdisjoint(origin.key for origin in still)
            who = [origin.label.split(" / ")[0] for origin in still[:1] if own]
            left = [f"no longer {label.split(' / ')[0]}" for label in position.withdrawn[:1]]
            return self.show_dated(position, join((*who, *left)) if who else "")
        who = [self.name_speaker(voice) for voice in back]
        how = "taken back by" if who else "no longer said by"
        names = dict.fromkeys(who or (label.split(" / ")[0] for label in position.withdrawn))
        told = f"{how} {' and '.join([*names][:2])}{': do not repeat' * bool(who)}"
        return f"{position.label} ({join([told, *self.quote_withdrawn(position, back)])})"

    def quote_withdrawn(self, _: Position, __: Sequence[Voice]) -> Iterable[str]:
        """The words of what was taken back, and of who did: here a line has no room for them."""
        return ()

    def show_dated(self, position: Position, who: str = "") -> str:
        """A position, who says it, and as of when it was so where an article tells it.

        With the day of the article where the words name none and the story has several days: it
        may tell of the day before.
        """
        when = "" if plain(position.asof) in plain(position.label) else position.asof
        if when and not names_day(when):
            day = self.find_day(position.claims)
            when = f"{when}, told {day}" if day else when
        note = ", ".join(filter(None, (who, when)))
        return f"{position.label} ({note})" if note else position.label

    def changed_too(self, identities: Iterable[str], most: int | None) -> Line | None:
        """The questions that changed and get no line of their own, in one."""
        told = [i for i in identities if i in self.issues][:most]
        if not told:
            return None
        text = "; ".join(self.show_values(self.issues[i]) for i in told)
        return Line(f"Changed too: {text}", refs=tuple(told))

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
            (name_outlet(self.articles[voice.article]) if voice.after else self.show_speaker(voice))
            + WITH_CAUTION * (voice.modality == "hedged")
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
            carried = f"reported by {finding.outlets} of {self.outlets} outlets"
            return Line(finding.text, carried, (finding.id,))
        named = [origin for origin in finding.origins if origin.kind != "anonymous"]
        shown = named if len(named) <= MOST_ORIGINS + 1 else named[:MOST_ORIGINS]
        origins = [self.show_in(finding, origin) for origin in shown]
        if more := named[len(shown) :]:
            origins.append(f"{len(more)} more")
        return Line(finding.text, join([*origins, self.translated(finding)]), (finding.id,))

    def alone(self, finding: Finding) -> Line:
        """A finding on one voice, which leads, with the day and how many outlets printed it."""
        who = join(self.show_answering(finding, origin) for origin in finding.origins)
        who = who or "Nobody that counts"
        printed = f"printed by {finding.outlets} of {self.outlets}" if finding.outlets > 1 else ""
        day = self.first_day(finding)
        told = (f"first told {day}" if day else "", printed, self.translated(finding))
        note = ", ".join(filter(None, told))
        who = who[:1].upper() + who[1:]
        return Line(f"{who}: {finding.text}", note, (finding.id,), strong=who)

    def first_day(self, finding: Finding) -> str:
        """The day on which an article first told it, "" where all articles are of one day."""
        saying = (v for v in finding.voices if v.stance == "asserts" and v.relation != "part")
        return self.find_first_day(voice.article for voice in saying)

    def find_day(self, claims: Iterable[str]) -> str:
        """The day on which an article first told one of some claims, "" as in `first_day`."""
        told = (self.claims[claim] for claim in claims)
        return self.find_first_day(claim.article for claim in told if claim.kind != "retract")

    def find_first_day(self, articles: Iterable[str]) -> str:
        """The first day of some articles.

        "" where one of them has no date, or those of the report are all of one day.
        """
        days = {a.published.date() for a in self.report.articles if a.published}
        told = [self.articles[article].published for article in articles]
        known = [when.date() for when in told if when]
        all_known = bool(known) and len(known) == len(told)
        return f"{min(known):%-d %B}" if all_known and len(days) > 1 else ""

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
            answers = " or ".join(self.show_answer(issue, p) for p in issue.positions)
            texts.append(f"{issue.question} {answers}" if slip else issue.question)
        one, *more = texts or [""]
        both = " / ".join([one, *more[:1]])
        return both if len(both.split()) <= MOST_ABOUT_WORDS else one

    def show_answer(self, issue: Issue, position: Position) -> str:
        """A position with the first who takes it; the article where one source takes several."""
        who = next((origin.label for origin in position.origins), "")
        if issue.kind == "slip" and position.articles and has_shared_taker(issue):
            who = self.names[position.articles[0]]
        return f"{position.label} ({who})" if who else position.label

    def careful(self, most: int | None = None) -> tuple[Line, ...]:
        """What to check before printing; `most` counts what the desk says, not what code found."""
        chosen = [
            Line(text, refs=self.known(c.ids), note=c.why, by_model=bool(c.why))
            for c in self.report.first_page.careful
            if (text := self.about(c))
        ]
        people = (*[*namesakes(self)][:MOST_NAMESAKES], *[*misspellings(self)][:1])
        return (*hidden_texts(self), *people, *chosen[:most])

    def contests(self, limits: Limits, calls: Sequence[Line]) -> Iterator[Contest]:
        """The contested questions: for each position a claim, its speaker, and a sentence.

        What would settle a question is left out first where a call asks for a record.
        """
        asked = {ref for call in calls if call.note for ref in call.refs}
        for number, pick in enumerate(self.picks()[: limits.get("contested")]):
            issue = self.issues[pick.issue]
            quoting = number < limits.get("quoted", 99)
            most = limits.get("quote", MOST_QUOTE_WORDS) * quoting
            says = quoting and "says" not in limits
            sides = find_sides(issue)[: limits.get("stances", MOST_STANCES)]
            others = MOST_OTHERS * (number < limits.get("also", 99))
            stances = tuple(
                self.stance(issue, position, claim, most=most, says=says, others=others)
                for position, claim in zip(issue.positions, pick.claims, strict=False)
                if position in sides
            )
            settled = "settles" in limits and pick.issue in asked
            yield Contest(
                issue.question,
                stances,
                settles="" if settled else pick.settles,
                ref=pick.issue,
                open=self.show_open(issue) if "open" not in limits else "",
            )

    def picks(self) -> list[Pick]:
        """The contested questions that were chosen."""
        return [pick for pick in self.report.first_page.contested if pick.issue in self.issues]

    def show_open(self, issue: Issue) -> str:
        """Who first says that a question cannot be answered, and what is said; "" for nobody."""
        if not issue.open:
            return ""
        finding = self.findings[issue.open[0]]
        voice = next((v for v in finding.voices if v.counted), finding.voices[0])
        return f"{self.show_speaker(voice)}: {finding.text}"

    def stance(
        self,
        issue: Issue,
        position: Position,
        claim: str,
        *,
        most: int,
        says: bool,
        others: int,
    ) -> Stance:
        """One position as the voice of one of its claims, in the words that were picked.

        Else in a sentence of it that is in English, with `most` words at most; 0 for no quote.
        `says` asks for what is not in English in English too; `others` is how many more
        takers are named. What was replaced in another question is told as overtaken.
        """
        voice = self.choose_voice(position, claim)
        article = self.articles[voice.article]
        homes = (i for i in position.findings if voice.claim in self.findings[i].claims)
        others_named = (o for o in position.origins if o.kind != "anonymous")
        also = [o.label for o in others_named if o.key != voice.origin.key]
        who = self.show_speaker(voice)
        own = voice.source is None and not voice.after
        if own and (who == article.outlet or not article.outlet):
            who = self.names[article.id]
        who += WITH_CAUTION * (voice.modality == "hedged")
        english = article.language == "en"
        words = self.choose_words(
            voice, self.picked_words.get((issue.id, voice.claim or ""), ""), most
        )
        in_english = (
            self.translations.get((issue.id, voice.claim or ""), "") if words else voice.text
        )
        overtaken = all(self.findings[f].verdict == "updated" for f in position.findings)
        return Stance(
            claim=position.label + OVERTAKEN * overtaken,
            who=who,
            also=", ".join(also[:others]),
            quote=in_marks(words) if most else "",
            says=in_english if says and not english else "",
            outlet=self.names[article.id],
            language=article.language,
            ref=next(homes, position.findings[0]),
        )

    def choose_voice(self, position: Position, picked: str) -> Voice:
        """The voice of a position to quote: what was picked, if it is of one who takes it.

        Else the first of one who does, a source before a paper, so that a paper which only tells
        on what another says does not stand for it.
        """
        takers = {origin.key for origin in position.origins}
        first = picked if picked in position.claims else position.claims[0]
        chosen = self.voices[first]
        others = [self.voices[claim] for claim in position.claims if claim in self.voices]
        taking = [voice for voice in others if voice.origin.key in takers]
        if chosen.origin.key in takers or not taking:
            return chosen
        return min(taking, key=lambda voice: voice.source is None)

    def choose_words(self, voice: Voice, picked: str, most: int) -> str:
        """What a voice is quoted for: the words that were picked, else its sentence in English."""
        article = self.articles[voice.article]
        if picked or article.language != "en":
            return picked
        return excerpt(quote_whole(article, voice.sentences[0]), most, voice.text)


def has_shared_taker(issue: Issue) -> bool:
    """Whether one origin takes two positions of a question: articles quote it differently."""
    takers = [origin.key for position in issue.positions for origin in position.origins]
    return len(takers) > len({*takers})


def find_standing(issue: Issue) -> int:
    """The number of the position that stands: what is settled, else the last."""
    return len(issue.positions) - 1 if issue.settled is None else issue.settled


def choose_values(before: Sequence[Position]) -> list[Position]:
    """The values before the one that stands.

    If these are many the first, the last ones, and what somebody withdrew.
    """
    late = len(before) - MOST_VALUES + 1
    return [p for n, p in enumerate(before) if n == 0 or n >= late or p.withdrawn]


def names_day(when: str) -> bool:
    """Whether an English moment names its day: a day of the week, a month, a date."""
    words = plain(when).split()
    dated = any(word in months("en") or word in weekdays("en") for word in words)
    return dated or bool(dates(when, "en"))


def find_sides(issue: Issue) -> list[Position]:
    """The positions that oppose another, all where none does.

    Not what the fire chief says the bangs were beside "no explosion".
    """
    opposed = {number for pair in issue.excludes for number in pair}
    return [p for n, p in enumerate(issue.positions) if not opposed or n in opposed]
