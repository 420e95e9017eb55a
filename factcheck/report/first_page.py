"""The first page as lines: what an editor must know in two minutes, ready for any format.

In: a report. Out: a `Page` of plain texts in the order in which they are read, at most
`MOST_WORDS` for up to eight articles; whoever renders it adds marks and links. What the
model worded is marked as such, all else is from findings and articles.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from factcheck.models import (
    Article,
    Excluded,
    Finding,
    Issue,
    Origin,
    OutletGroup,
    Pick,
    Position,
    Remark,
    Report,
    Voice,
)

MOST_WORDS = 700
MOST_QUOTE_WORDS = 36
MOST_ABOUT_WORDS = 18
MOST_FUNCTION_WORDS = 6
CUT = " […]"
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


@dataclass(frozen=True, config=DESCRIBED)
class Page:
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

    def words(self) -> int:
        """The words of all that is read."""
        return sum(len(text.split()) for text in self.texts())

    def texts(self) -> Iterator[str]:
        """All texts in the order in which they are read."""
        yield from (self.title, *self.counted, *self.not_counted, self.rests)
        for line in (*self.changed, *self.solid):
            yield f"{line.text} {line.note}"
        for contest in self.contested:
            yield f"{contest.question} {contest.settles}"
            for stance in contest.stances:
                yield f"{stance.claim} {stance.who} {stance.quote} {stance.outlet}"
        for line in (*self.alone, *self.careful, *self.calls):
            yield f"{line.text} {line.note}"


def first_page(report: Report) -> Page:
    """The first page of a report, within its length."""
    return shorten(Maker(report).page())


SHORTER = (
    {"quote": 24},
    {"alone": 4, "solid": 6},
    {"careful": 3, "contested": 5},
    {"settles": 0},
    {"quote": 18, "calls": 5},
    {"alone": 3, "solid": 5},
    {"contested": 4, "careful": 2},
    {"calls": 4, "changed": 4, "solid": 4},
    {"quote": 14, "alone": 2},
    {"quote": 11, "careful": 1},
    {"contested": 3},
)
"""What is given up, step by step, until the page is short enough: lines of sections at most,
words of a quote at most, and what would settle a question where a call asks for that record."""


def shorten(page: Page, most: int = MOST_WORDS) -> Page:
    """The page within a number of words, as far as the steps of `SHORTER` go."""
    for step in SHORTER:
        if page.words() <= most:
            break
        for name, size in step.items():
            if name == "quote":
                page = clip_quotes(page, size)
            elif name == "settles":
                page = leave_to_calls(page)
            else:
                page = replace(page, **{name: getattr(page, name)[:size]})
    return page


def leave_to_calls(page: Page) -> Page:
    """The page without what would settle a question, where a call asks for a record on it."""
    asked = {ref for call in page.calls if call.note for ref in call.refs}
    contested = tuple(replace(c, settles="") if c.ref in asked else c for c in page.contested)
    return replace(page, contested=contested)


def clip_quotes(page: Page, most: int) -> Page:
    """The page with quotes of at most so many words."""
    contested = tuple(
        replace(c, stances=tuple(replace(s, quote=clip_marked(s.quote, most)) for s in c.stances))
        for c in page.contested
    )
    return replace(page, contested=contested)


class Maker:
    """Makes the lines of one report."""

    def __init__(self, report: Report) -> None:
        """Index what is looked up."""
        self.report = report
        self.articles: dict[str, Article] = {a.id: a for a in report.articles}
        self.findings: dict[str, Finding] = {f.id: f for f in report.findings}
        self.issues: dict[str, Issue] = {i.id: i for i in report.issues}
        self.anonymous = {s.id for s in report.sources if s.role == "anonymous"}
        self.voices: dict[str, Voice] = {
            v.claim: v for f in report.findings for v in f.voices if v.claim
        }
        self.total = sum(group.counts for group in report.groups)

    def page(self) -> Page:
        """All sections."""
        chosen = self.report.first_page
        changed = (self.change(i) for i in chosen.changed)
        solid = (self.findings[i] for i in chosen.solid if i in self.findings)
        alone = (self.findings[i] for i in chosen.alone if i in self.findings)
        contested = (self.contest(pick) for pick in chosen.contested if pick.issue in self.issues)
        return Page(
            title=self.report.title,
            counted=tuple(list_counted(self.report.groups, self.articles)),
            not_counted=tuple(
                list_not_counted(self.report.groups, self.report.articles, self.report.excluded)
            ),
            rests=chosen.rests,
            changed=tuple(line for line in changed if line is not None),
            solid=tuple(self.solid(finding) for finding in solid),
            contested=tuple(contested),
            alone=tuple(self.alone(finding) for finding in alone),
            careful=tuple(
                Line(text, refs=self.known(c.ids), note=c.why, by_model=bool(c.why))
                for c in chosen.careful
                if (text := self.about(c.ids))
            ),
            calls=tuple(
                Line(f"{c.who}: {c.ask}", c.record, self.known(c.ids), c.who, by_model=True)
                for c in chosen.calls
            ),
            made_by_rank=chosen.made_by == "rank",
            flags=chosen.flags,
        )

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that stand in the report."""
        return tuple(i for i in ids if i in self.findings or i in self.issues)

    # --- lines -------------------------------------------------------------------------

    def change(self, identity: str) -> Line | None:
        """What changed: a question with its values in order, the standing one strong."""
        issue = self.issues.get(identity)
        if issue is None:
            finding = self.findings.get(identity)
            if finding is None:
                return None
            return Line(finding.text, join(r.text for r in finding.reasons), (identity,))
        standing = len(issue.positions) - 1 if issue.settled is None else issue.settled
        earlier = [self.left(p) for n, p in enumerate(issue.positions) if n != standing]
        last = issue.positions[standing]
        text = f"{issue.question} {' → '.join([*earlier[-2:], last.label])}"
        return Line(text, self.taker(last), (identity,), strong=last.label)

    def taker(self, position: Position) -> str:
        """Who speaks last for a position: a source that can be named before one that cannot."""
        standing = {origin.key for origin in position.origins}
        voices = [self.voices[claim] for claim in position.claims]
        known = [v for v in voices if v.origin.key in standing] or voices
        return self.who(max(known, key=self.weight))

    def weight(self, voice: Voice) -> tuple[bool, bool, float]:
        """Named sources weigh most, then any source, then what was published last."""
        published = self.articles[voice.article].published
        named = voice.source is not None and voice.source not in self.anonymous
        return named, voice.source is not None, published.timestamp() if published else 0.0

    @staticmethod
    def left(position: Position) -> str:
        """A position that no longer stands; whether those who took it took it back."""
        gone = position.withdrawn and not position.origins
        return f"{position.label} (taken back)" if gone else position.label

    def solid(self, finding: Finding) -> Line:
        """A finding that independent origins assert, with them."""
        if finding.verdict == "as-said":
            carried = f"said; reported by {finding.outlets} of {self.total} outlets"
            return Line(finding.text, carried, (finding.id,))
        return Line(finding.text, join(show_origin(o) for o in finding.origins), (finding.id,))

    def alone(self, finding: Finding) -> Line:
        """A finding on one voice, with how many outlets printed it."""
        who = join(show_origin(o) for o in finding.origins) or "nobody that counts"
        printed = f", printed by {finding.outlets} of {self.total}" if finding.outlets > 1 else ""
        return Line(finding.text, f"{who}{printed}", (finding.id,))

    def about(self, ids: Iterable[str]) -> str:
        """What some findings and questions are about."""
        texts = []
        for identity in ids:
            issue, finding = self.issues.get(identity), self.findings.get(identity)
            if issue is not None:
                labels = " or ".join(position.label for position in issue.positions)
                texts.append(f"{issue.question} {labels}")
            elif finding is not None:
                texts.append(finding.text)
        return clip(" / ".join(texts[:2]), MOST_ABOUT_WORDS)

    def contest(self, pick: Pick) -> Contest:
        """A contested question: for each position a claim, its speaker, and a sentence."""
        issue = self.issues[pick.issue]
        picked = [*pick.claims, *[""] * len(issue.positions)]
        stances = [
            self.stance(position, claim)
            for position, claim in zip(issue.positions, picked, strict=False)
        ]
        return Contest(issue.question, tuple(stances), pick.settles, issue.id)

    def stance(self, position: Position, claim: str) -> Stance:
        """One position as the voice of one of its claims."""
        voice = self.voices[claim if claim in position.claims else position.claims[0]]
        article = self.articles[voice.article]
        home = next((i for i in position.findings if self.says(i, voice)), position.findings[0])
        return Stance(
            claim=position.label,
            who=self.who(voice),
            quote=in_marks(clip(voice.quotes[0])),
            outlet=article.outlet or f"unknown outlet ({article.id})",
            language=article.language,
            ref=home,
        )

    def says(self, finding: str, voice: Voice) -> bool:
        """Whether a finding is the home of a voice's claim."""
        return finding in self.findings and voice.claim in self.findings[finding].claims

    def who(self, voice: Voice) -> str:
        """Who speaks: name and function, else the outlet, or the author of a column."""
        if voice.name:
            function = voice.function
            apart = function and function.casefold() not in voice.name.casefold()
            return f"{voice.name}, {clip(function, MOST_FUNCTION_WORDS)}" if apart else voice.name
        return voice.origin.label


def list_counted(groups: Iterable[OutletGroup], articles: Mapping[str, Article]) -> Iterator[str]:
    """The outlets that count, each with the times of its articles, a day told once."""
    day = ""
    for group in groups:
        if not group.counts:
            continue
        times = []
        for article in (articles[i] for i in group.articles):
            if article.published is None:
                continue
            own = f"{article.published:%-d %B %Y}"
            clock = "" if article.published_precision == "day" else f"{article.published:%H:%M}"
            times.append(" ".join(filter(None, [own if own != day else "", clock])) or own)
            day = own
        yield f"{group.label} ({', '.join(times) or 'time unknown'})"


def list_not_counted(
    groups: Iterable[OutletGroup], articles: Sequence[Article], excluded: Iterable[Excluded]
) -> Iterator[str]:
    """What does not count as an outlet, and why."""
    labels = {article.id: article.label for article in articles}
    for group in groups:
        if not group.counts:
            yield f"{group.label}: {'; '.join(note.text for note in group.notes)}"
        elif len({labels[i] for i in group.articles}) > 1:
            yield f"{group.label} count as one: {group.reasons[0].text}"
    for item in excluded:
        yield f"{item.source}: {item.detail or item.reason.replace('-', ' ')}"
    for article in articles:
        if any(warning.kind == "planted-text" for warning in article.warnings):
            yield f"{article.label}: holds planted text, which was left out"


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for, where its name does not say so."""
    own, side = origin.label.casefold(), origin.side.casefold()
    told = not side or side in own or any(name in side for name in own.split(" / "))
    return origin.label if told else f"{origin.label} ({origin.side})"


def clip(sentence: str, most: int = MOST_QUOTE_WORDS) -> str:
    """A sentence, or the words of it that fit, with a mark where it was cut."""
    words = sentence.removesuffix(CUT).split()
    if len(words) <= most:
        return sentence
    return f"{' '.join(words[:most])}{CUT}"


def in_marks(quote: str) -> str:
    """A quote in quotation marks; one that holds marks of its own stands as it is."""
    return quote if not quote or OWN_MARKS & {*quote} else f"“{quote}”"


def clip_marked(quote: str, most: int) -> str:
    """A quote with its marks, cut to so many words."""
    marked = quote.startswith("“") and quote.endswith("”") and quote.count("“") == 1
    return f"“{clip(quote[1:-1], most)}”" if marked else clip(quote, most)


def join(names: Iterable[str]) -> str:
    """Names in a row."""
    return "; ".join(dict.fromkeys(name for name in names if name))


def sections(page: Page) -> Sequence[tuple[str, tuple[Line, ...]]]:
    """The sections that are lists of lines, with their heads, in order."""
    return (
        ("Changed", page.changed),
        ("Solid", page.solid),
        ("One source, however often printed", page.alone),
        ("Check before printing", page.careful),
        ("Call", page.calls),
    )


def plain_text(page: Page, width: int = 80) -> str:
    """The first page as plain text within so many columns, for a terminal or a mail."""
    lines = [*fill(page.title, width), ""]
    if page.counted:
        lines += fill(f"Counts: {' · '.join(page.counted)}", width)
    if page.not_counted:
        lines += fill(f"Not an outlet of its own: {' · '.join(page.not_counted)}", width)
    if page.rests:
        lines += ["", *fill(page.rests, width)]
    for title, part in sections(page)[:2]:
        lines += show_lines(title, part, width)
    if page.contested:
        lines += ["", "CONTESTED"]
    for contest in page.contested:
        lines += fill(contest.question, width, "- ")
        for stance in contest.stances:
            quote = f": {stance.quote} ({stance.outlet})" if stance.quote else ""
            lines += fill(f"{stance.claim} – {stance.who}{quote}", width, "  * ")
        if contest.settles:
            lines += fill(f"Would settle it: {contest.settles}", width, "    ")
    for title, part in sections(page)[2:]:
        lines += show_lines(title, part, width)
    return "\n".join(lines) + "\n"


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
