"""The first page as lines: what an editor must know in two minutes, ready for any format.

In: a report. Out: a `Page` of plain texts in the order in which they are read, at most
`MOST_WORDS` for up to eight articles; whoever renders it adds marks and links. What the
model worded is marked as such, all else is from findings and articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.articles.numbered import shown_time
from factcheck.models import Article, Finding, Issue, Origin, Pick, Position, Report, Voice

MOST_WORDS = 700
MOST_QUOTE_WORDS = 36


@dataclass(frozen=True)
class Line:
    """One line: a text, what stands behind it in brackets, and the ids it rests on.

    `strong` is the part to stand out (a newest value); `by_model` tells a model's words.
    """

    text: str
    note: str = ""
    refs: tuple[str, ...] = ()
    strong: str = ""
    by_model: bool = False


@dataclass(frozen=True)
class Stance:
    """One position: a plain claim, who takes it, and one sentence of an article."""

    claim: str
    who: str
    quote: str = ""
    outlet: str = ""
    language: str = "en"
    ref: str = ""


@dataclass(frozen=True)
class Contest:
    """A contested question with its positions, and what would settle it."""

    question: str
    stances: tuple[Stance, ...]
    settles: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Page:
    """The first page, section by section."""

    title: str
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    rests: str
    changed: tuple[Line, ...]
    solid: tuple[Line, ...]
    contested: tuple[Contest, ...]
    alone: tuple[Line, ...]
    careful: tuple[Line, ...]
    calls: tuple[Line, ...]
    made_by_rank: bool = False
    flags: tuple[str, ...] = ()

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
    """The first page of a report, cut to its length from the end of the longest sections."""
    return shorten(Maker(report).page())


def shorten(page: Page, most: int = MOST_WORDS) -> Page:
    """The page within a number of words: longest sections lose their last line first.

    Changes and calls stay; a contested question goes only when all else is short.
    """
    while page.words() > most:
        sizes = {"alone": len(page.alone) - 2, "solid": len(page.solid) - 4}
        sizes |= {"careful": len(page.careful) - 2, "contested": len(page.contested) - 4}
        name = max(sizes, key=lambda key: sizes[key])
        if sizes[name] <= 0:
            break
        page = replace(page, **{name: getattr(page, name)[:-1]})
    return page


class Maker:
    """Makes the lines of one report."""

    def __init__(self, report: Report) -> None:
        """Index what is looked up."""
        self.report = report
        self.articles: dict[str, Article] = {a.id: a for a in report.articles}
        self.findings: dict[str, Finding] = {f.id: f for f in report.findings}
        self.issues: dict[str, Issue] = {i.id: i for i in report.issues}
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
            counted=tuple(self.counted()),
            not_counted=tuple(self.not_counted()),
            rests=chosen.rests,
            changed=tuple(line for line in changed if line is not None),
            solid=tuple(self.solid(finding) for finding in solid),
            contested=tuple(contested),
            alone=tuple(self.alone(finding) for finding in alone),
            careful=tuple(
                Line(text, refs=c.ids, note=c.why, by_model=bool(c.why))
                for c in chosen.careful
                if (text := self.about(c.ids))
            ),
            calls=tuple(
                Line(f"{call.who}: {call.ask}", call.record, call.ids, call.who, by_model=True)
                for call in chosen.calls
            ),
            made_by_rank=chosen.made_by == "rank",
            flags=chosen.flags,
        )

    # --- the articles -----------------------------------------------------------------

    def counted(self) -> Iterator[str]:
        """The outlets that count, each with the times of its articles."""
        for group in self.report.groups:
            if group.counts:
                members = [self.articles[i] for i in group.articles]
                times = [shown_time(a) for a in members if a.published is not None]
                many = f", {len(members)} articles" if len(members) > 1 else ""
                yield f"{group.label}{many} ({'; '.join(times) or 'time unknown'})"

    def not_counted(self) -> Iterator[str]:
        """What does not count as an outlet, and why."""
        for group in self.report.groups:
            if not group.counts:
                yield f"{group.label}: {group.note}"
            elif len(group.articles) > 1:
                yield f"{group.label} count as one: {group.reason}"
        for item in self.report.excluded:
            yield f"{item.source}: {item.detail or item.reason}"
        for article in self.report.articles:
            if any(warning.kind == "planted text" for warning in article.warnings):
                yield f"{article.label}: holds planted text, which was left out"

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
        earlier = [p.label for n, p in enumerate(issue.positions) if n != standing]
        last = issue.positions[standing]
        asof = f", as of {last.asof}" if last.asof else ""
        text = f"{issue.question} {' → '.join([*earlier, last.label])}"
        return Line(text, f"{self.takers(last)}{asof}", (identity,), strong=last.label)

    def takers(self, position: Position) -> str:
        """Who takes a position, persons by name."""
        return join(dict.fromkeys(self.who(self.voices[c]) for c in position.claims))

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
        return " / ".join(texts[:2])

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
            quote=clip(voice.quotes[0]),
            outlet=article.label,
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
            return f"{voice.name}, {function}" if apart else voice.name
        return voice.origin.label


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for."""
    return f"{origin.label} ({origin.side})" if origin.side else origin.label


def clip(sentence: str, most: int = MOST_QUOTE_WORDS) -> str:
    """A sentence, or the words of it that fit, with a mark where it was cut."""
    words = sentence.split()
    return sentence if len(words) <= most else f"{' '.join(words[:most])} […]"


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
