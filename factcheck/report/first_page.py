"""The first page as lines: what an editor must know in two minutes, ready for any format.

In: a report. Out: a `Page` of plain texts in the order in which they are read, at most
`MOST_WORDS` for up to eight articles; whoever renders it adds marks and links. What the
model worded is marked as such, all else is from findings and articles.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timezone
from itertools import repeat
from typing import Self

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from factcheck.judge.identity import show_origin
from factcheck.language.excerpt import excerpt
from factcheck.models import (
    Article,
    Excluded,
    Finding,
    OutletGroup,
    Pick,
    Position,
    Remark,
    Report,
    Source,
    Voice,
)
from factcheck.report.entries import Lookup

MOST_WORDS = 700
MOST_QUOTE_WORDS = 36
MOST_ABOUT_WORDS = 18
MOST_FUNCTION_WORDS = 6
MOST_EARLIER = 2  # values of a change before the standing one
LASTING_CHANGES = 4  # lines under "Changed" that no step of `SHORTER` gives up
MOST_OTHERS = 2  # who take a position beside the one that is quoted
DESCRIBED = ConfigDict(use_attribute_docstrings=True)
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
    outlet: str = ""
    """The outlet that the sentence is from."""
    language: str = "en"
    """The language of the sentence, ISO 639-1."""
    ref: str = ""
    """The id of the claim."""


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


@dataclass(frozen=True)
class Sections:
    """What the first pages of a report and of a reading have in common."""

    def texts(self) -> Iterator[str]:
        """All texts in the order in which they are read."""
        raise NotImplementedError

    def words(self) -> int:
        """The words of all that is read."""
        return sum(len(text.split()) for text in self.texts())

    def give_up(self, name: str, size: int) -> Self:
        """The page with at most so many lines of a section."""
        return replace(self, **{name: getattr(self, name)[:size]})

    def shorten(
        self, steps: Iterable[Mapping[str, int]], clip_quotes: Callable[[Self, int], Self]
    ) -> Self:
        """The page within `MOST_WORDS`, as far as the steps go: what is given up in each."""
        page = self
        for step in steps:
            if page.words() <= MOST_WORDS:
                break
            for name, size in step.items():
                page = clip_quotes(page, size) if name == "quote" else page.give_up(name, size)
        return page


@dataclass(frozen=True, config=DESCRIBED)
class Page(Sections):
    """The first page, section by section."""

    title: str
    """The event in a few words."""
    counted: tuple[str, ...]
    """The outlets that count, with their times."""
    not_counted: tuple[str, ...]
    """What does not count as an outlet, and why."""
    rests: str
    """What the story rests on, in one sentence."""
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

    def texts(self) -> Iterator[str]:
        """All texts in the order in which they are read."""
        yield from (self.title, *self.counted, *self.not_counted, self.rests)
        for line in (*self.changed, *self.solid):
            yield f"{line.text} {line.note}"
        for contest in self.contested:
            yield f"{contest.question} {contest.settles}"
            for stance in contest.stances:
                yield f"{stance.claim} {stance.who} {stance.also} {stance.quote} {stance.outlet}"
        for line in (*self.alone, *self.careful, *self.calls):
            yield f"{line.text} {line.note}"

    def give_up(self, name: str, size: int) -> Self:
        """As above; "settles" is what would settle a question where a call asks for a record.

        "quoted" are the contested questions that keep their quotes, "also" those that name
        who else takes a position.
        """
        if name == "also":
            bare = (
                replace(c, stances=tuple(replace(s, also="") for s in c.stances))
                for c in self.contested[size:]
            )
            return replace(self, contested=(*self.contested[:size], *bare))
        if name == "quoted":
            bare = (without_quotes(contest) for contest in self.contested[size:])
            return replace(self, contested=(*self.contested[:size], *bare))
        if name != "settles":
            return super().give_up(name, size)
        asked = {ref for call in self.calls if call.note for ref in call.refs}
        contested = tuple(replace(c, settles="") if c.ref in asked else c for c in self.contested)
        return replace(self, contested=contested)


def without_quotes(contest: Contest) -> Contest:
    """A contested question with each position and who takes it, without their sentences."""
    return replace(contest, stances=tuple(replace(s, quote="") for s in contest.stances))


def first_page(report: Report) -> Page:
    """The first page of a report, within its length."""
    maker = Maker(report)
    return maker.page().shorten(SHORTER, maker.clip_quotes)


SHORTER = (
    {"quote": 24},
    {"careful": 4},
    {"alone": 5},
    {"solid": 6},
    {"careful": 3},
    {"settles": 0},
    {"quote": 18},
    {"calls": 5},
    {"alone": 4},
    {"solid": 5},
    {"quoted": 4},
    {"also": 3},
    {"quote": 14},
    {"quoted": 3},
    {"solid": 4},
    {"calls": 4},
    {"also": 1},
    {"alone": 3},
    {"quoted": 2},
    {"changed": LASTING_CHANGES},
    {"contested": 5},
    {"also": 0},
    {"alone": 2},
    {"solid": 3},
    {"contested": 4},
    {"quote": 11},
    {"quoted": 1},
    {"calls": 3},
    {"alone": 1},
    {"contested": 3},
)
"""What is given up, step by step, until the page is short enough: lines of sections at most,
words of a quote at most, contested questions with quotes at most, and what would settle a
question where a call asks for that record. Questions themselves go last."""


class Maker(Lookup):
    """Makes the lines of one report."""

    def page(self) -> Page:
        """All sections."""
        chosen, told = self.report.first_page, self.told_by_changes()
        solid = (self.findings[i] for i in chosen.solid if i in self.findings and i not in told)
        alone = (self.findings[i] for i in chosen.alone if i in self.findings and i not in told)
        return Page(
            title=self.report.title,
            counted=tuple(list_counted(self.report.groups, self.articles)),
            not_counted=tuple(
                list_not_counted(self.report.groups, self.report.articles, self.report.excluded)
            ),
            rests=chosen.rests,
            changed=tuple(filter(None, map(self.change, chosen.changed))),
            solid=tuple(map(self.solid, solid)),
            contested=tuple(self.contest(p) for p in chosen.contested if p.issue in self.issues),
            alone=tuple(map(self.alone, alone)),
            careful=self.careful(),
            calls=tuple(
                Line(f"{c.who}: {c.ask}", c.record, self.known(c.ids), c.who, by_model=True)
                for c in chosen.calls
            ),
            made_by_rank=chosen.made_by == "rank",
            flags=chosen.flags,
        )

    def clip_quotes(self, page: Page, most: int) -> Page:
        """The page with quotes of at most so many words; what has none gets none."""
        picks = {pick.issue: pick for pick in self.report.first_page.contested}
        contested = []
        for contest in page.contested:
            short = self.stances(picks[contest.ref], most)
            stances = (
                replace(stance, quote=cut.quote if stance.quote else "")
                for stance, cut in zip(contest.stances, short, strict=True)
            )
            contested.append(replace(contest, stances=tuple(stances)))
        return replace(page, contested=tuple(contested))

    def told_by_changes(self) -> set[str]:
        """The findings that a lasting line under "Changed" tells: no other line says them again."""
        chosen = (self.issues.get(i) for i in self.report.first_page.changed[:LASTING_CHANGES])
        return {f for issue in chosen if issue for p in issue.positions for f in p.findings}

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that stand in the report."""
        return tuple(i for i in ids if i in self.findings or i in self.issues)

    # --- lines -------------------------------------------------------------------------

    def change(self, identity: str) -> Line | None:
        """What changed: a question with its values in order, the standing one strong."""
        if finding := self.findings.get(identity):
            return Line(finding.text, join(r.text for r in finding.reasons), (identity,))
        issue = self.issues.get(identity)
        if issue is None:
            return None
        standing = len(issue.positions) - 1 if issue.settled is None else issue.settled
        values = [label_left(p) for n, p in enumerate(issue.positions) if n != standing]
        earlier = values if len(values) <= MOST_EARLIER else [values[0], "…", values[-1]]
        last = issue.positions[standing]
        text = f"{issue.question} {' → '.join([*earlier, last.label])}"
        verdicts = {self.findings[i].verdict for i in last.findings}
        alone = "; one source" if verdicts == {"single-source"} else ""
        return Line(text, f"{self.takers(last)}{alone}", (identity,), strong=last.label)

    def takers(self, position: Position) -> str:
        """Who stands by a position, two at most: sources that can be named before others."""
        standing = {origin.key for origin in position.origins}
        voices = [self.voices[claim] for claim in position.claims]
        known = [v for v in voices if v.origin.key in standing] or voices
        first: dict[str, Voice] = {}
        for voice in sorted(known, key=self.weight, reverse=True):
            first.setdefault(voice.origin.key, voice)
        best = max(self.weight(voice)[:2] for voice in first.values())
        equal = [voice for voice in first.values() if self.weight(voice)[:2] == best]
        return join(map(show_speaker, equal[:2]))

    def weight(self, voice: Voice) -> tuple[bool, bool, float]:
        """Named sources weigh most, then any source, then what was published last."""
        published = self.articles[voice.article].published
        source = self.sources.get(voice.source or "")
        named = source is not None and source.role != "anonymous"
        return named, source is not None, published.timestamp() if published else 0.0

    def solid(self, finding: Finding) -> Line:
        """A finding that independent origins assert, with them."""
        if finding.verdict == "as-said":
            carried = f"said; reported by {finding.outlets} of {self.outlets} outlets"
            return Line(finding.text, carried, (finding.id,))
        return Line(finding.text, join(map(show_origin, finding.origins)), (finding.id,))

    def alone(self, finding: Finding) -> Line:
        """A finding on one voice, with how many outlets printed it."""
        who = join(map(show_origin, finding.origins)) or "nobody that counts"
        printed = f", printed by {finding.outlets} of {self.outlets}" if finding.outlets > 1 else ""
        return Line(finding.text, f"{who}{printed}", (finding.id,))

    def about(self, ids: Iterable[str]) -> str:
        """What some findings and questions are about, two at most, answers only if they fit."""
        texts = []
        for identity in self.known(ids):
            if finding := self.findings.get(identity):
                texts.append(finding.text)
                continue
            issue = self.issues[identity]
            whole = f"{issue.question} {' or '.join(p.label for p in issue.positions)}"
            texts.append(whole if len(whole.split()) <= MOST_ABOUT_WORDS else issue.question)
        one, *more = texts or [""]
        both = " / ".join([one, *more[:1]])
        return both if len(both.split()) <= MOST_ABOUT_WORDS else one

    def careful(self) -> tuple[Line, ...]:
        """What to check before printing, people of one surname second."""
        chosen = [
            Line(text, refs=self.known(c.ids), note=c.why, by_model=bool(c.why))
            for c in self.report.first_page.careful
            if (text := self.about(c.ids))
        ]
        return (*self.hidden_texts(), *chosen[:1], *self.namesakes(), *chosen[1:])

    def hidden_texts(self) -> Iterator[Line]:
        """The articles with text that speaks to machines, or that no reader sees."""
        for article in self.report.articles:
            kinds = {warning.kind for warning in article.warnings}
            if kinds & {"planted-text", "hidden-text"}:
                text = f"{article.label} holds hidden text, or text for machines; it was left out."
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
                people = " and ".join(map(show_person, [*several.values()][:3]))
                yield Line(f"Not one but {len(several)} people called {surname}: {people}")

    def contest(self, pick: Pick) -> Contest:
        """A contested question: for each position a claim, its speaker, and a sentence."""
        question = self.issues[pick.issue].question
        return Contest(question, self.stances(pick), pick.settles, pick.issue)

    def stances(self, pick: Pick, most: int = MOST_QUOTE_WORDS) -> tuple[Stance, ...]:
        """The positions on a question, with quotes of at most so many words."""
        positions = self.issues[pick.issue].positions
        claims = (*pick.claims, *("" for _ in positions))
        return tuple(map(self.stance, positions, claims, repeat(most)))

    def stance(self, position: Position, claim: str, most: int) -> Stance:
        """One position as the voice of one of its claims."""
        voice = self.voices[claim if claim in position.claims else position.claims[0]]
        article = self.articles[voice.article]
        homes = (i for i in position.findings if voice.claim in self.findings[i].claims)
        others = (o.label for o in position.origins if o.key != voice.origin.key)
        also = ", ".join([*others][:MOST_OTHERS])
        return Stance(
            claim=position.label,
            who=show_speaker(voice),
            also=also,
            quote=in_marks(excerpt(voice.quotes[0], most, f"{position.label} {voice.text}")),
            outlet=article.outlet or f"unknown outlet ({article.id})",
            language=article.language,
            ref=next(homes, position.findings[0]),
        )


def label_left(position: Position) -> str:
    """A position that no longer stands; who took it back, if nobody takes it any more."""
    if not position.withdrawn or position.origins:
        return position.label
    return f"{position.label} (taken back by {' and '.join(position.withdrawn[:2])})"


def show_person(source: Source) -> str:
    """A person with the function, cut short."""
    function = excerpt(source.function, MOST_FUNCTION_WORDS)
    return f"{source.name}, {function}" if function else source.name


def show_speaker(voice: Voice) -> str:
    """Who speaks: name and function, else the outlet, or the author of a column."""
    if not voice.name:
        return voice.origin.label
    function = excerpt(voice.function, MOST_FUNCTION_WORDS)
    apart = function and voice.function.casefold() not in voice.name.casefold()
    return f"{voice.name}, {function}" if apart else voice.name


def list_counted(groups: Iterable[OutletGroup], articles: Mapping[str, Article]) -> Iterator[str]:
    """The outlets that count, each with the times of its articles in one zone.

    A day is told once, the year with the first.
    """
    zone = commonest_zone(articles.values())
    last: datetime | None = None
    for group in groups:
        if not group.counts:
            continue
        times = []
        for article in (articles[i] for i in group.articles):
            if article.published is None:
                continue
            exact = article.zone_known and article.published_precision == "minute"
            here = article.published.astimezone(zone) if exact else article.published
            day = f"{here:%-d %B}" if last is None or here.date() != last.date() else ""
            year = f"{here:%Y}" if last is None or here.year != last.year else ""
            clock = "" if article.published_precision == "day" else f"{here:%H:%M}"
            live = "live from" if article.genre == "live" and clock else ""
            times.append(" ".join(filter(None, [live, day, year, clock])) or f"{here:%-d %B}")
            last = here
        yield f"{group.label} ({', '.join(times) or 'time unknown'})"


def commonest_zone(articles: Iterable[Article]) -> timezone:
    """The offset that most articles print, one other than UTC before it."""
    printed = [
        offset
        for article in articles
        if article.published
        and article.zone_known
        and (offset := article.published.utcoffset()) is not None
    ]
    counts = Counter(offset for offset in printed if offset) or Counter(printed)
    return timezone(counts.most_common(1)[0][0]) if counts else UTC


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
        yield f"{item.source} ({item.detail or item.reason.replace('-', ' ')})"


def in_marks(quote: str) -> str:
    """A quote in quotation marks; one that holds a pair of its own stands as it is.

    A mark whose other half stands in another sentence is left out at the quote's end.
    """
    marks = [character for character in quote if character in OWN_MARKS]
    if len(marks) == 1:
        quote = quote.strip(f"{marks[0]} \u00a0\u202f")
        marks = [mark for mark in marks if mark in quote]
    return quote if not quote or marks else f"“{quote}”"


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
        lines += ["", *fill(page.rests, width)]
    lines += show_lines("Changed", page.changed, width) + show_lines("Solid", page.solid, width)
    if page.contested:
        lines += ["", "CONTESTED"]
    for contest in page.contested:
        lines += fill(contest.question, width, "- ")
        for stance in contest.stances:
            quote = f". {stance.outlet}: {stance.quote}" if stance.quote else ""
            also = f"; also {stance.also}" if stance.also else ""
            lines += fill(f"{stance.claim} – {stance.who}{also}{quote}", width, "  * ")
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
    texts = (f"{line.text} ({line.note})" if line.note else line.text for line in part)
    return ["", title.upper(), *(row for text in texts for row in fill(text, width, "- "))]


def fill(text: str, width: int, lead: str = "") -> list[str]:
    """A text as lines of at most so many columns, those after the first set in.

    What steers a terminal, or turns the direction of reading, is left out.
    """
    inert = "".join(character for character in text if character.isprintable())
    return textwrap.wrap(
        inert, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
