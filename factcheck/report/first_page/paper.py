"""The short document, the Markdown: in two minutes up to its calls, in ten to its end.

In: a report. Out: a `Paper`, in which each matter stands once. What an editor must see first is
limited in length; contested questions, what rests on one source and what to check follow in full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.language.excerpt import excerpt
from factcheck.language.quantities import DATE, ORDINAL, YEAR, numbers_in, quantities
from factcheck.models import Finding, FirstPage, Issue, Origin, Pick, Position, Report, Voice
from factcheck.pipeline.rank import is_contested
from factcheck.report.entries import Lookup
from factcheck.report.first_page.contests import OVERTAKEN, has_shared_taker
from factcheck.report.first_page.fitting import MOST_WORDS, Limits, Step, fit_page
from factcheck.report.first_page.lines import Line, Page, Stance, head_text
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.naming import join
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.warnings import hidden_texts
from factcheck.report.quotes import quote_whole

MARKS = 24  # of Markdown, that count as words, up to the last call
MOST_SOLID = 9
MOST_ALONE = 14
MOST_FIGURES = 8
ONE_LINE = 100_000  # columns, so that no figure is broken
LEAST_COUNT = 20  # of people or things, that is a figure
MOST_DETAILS = 8  # that no warning is about
MOST_VOICES = 2  # that are quoted for what is solid
MOST_SOLID_WORDS = 28  # of each of them
RELATIVE_DAY = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|last night)\b", re.IGNORECASE)
ROOM: Limits = {"evidence": 48, "stances": 9, "alone": MOST_ALONE, "quote": 24}
HEAD: Limits = {"evidence": 0, "solid": MOST_SOLID, "changed_too": 0}
TO_CALLS: tuple[Step, ...] = (
    ("words_of_changes", 0), ("notes", 6), ("notes", 5), ("calls", 5), ("notes", 4), ("solid", 8),
    ("changed", 7), ("notes", 3), ("calls", 4), ("solid", 7), ("notes", 2), ("changed", 6),
    ("notes", 1), ("calls", 3), ("solid", 6), ("notes", 0), ("changed", 5), ("solid", 5),
    ("changed", 4), ("solid", 4), ("calls", 2), ("changed", 3), ("solid", 3), ("calls", 1),
    ("changed", 2), ("solid", 2),
)  # fmt: skip
"""What is given up until the document is short enough up to its last call, as in `SHORTER`."""


@dataclass(frozen=True)
class Paper:
    """The short document."""

    page: Page
    """What an editor must see first, then the contested questions, one source, and warnings."""
    cautions: Mapping[str, Sequence[Line]]
    """What to check that is about one contested question, by its id."""
    details: tuple[Line, ...]
    """What outlets have in several versions that may all hold."""
    changed: tuple[Line, ...]
    """What was taken back in words, and what else changed."""
    solid: tuple[Line, ...]
    """All that is solid, in its order, in the words of those who say it."""
    figures: tuple[Line, ...]
    """Figures that stand nowhere above, each with who gives it."""
    calls: tuple[Line, ...]
    """Whom to call, as far as it had no room above."""


def make_paper(report: Report) -> Paper:
    """The short document of a report: within its length as far as the calls, the rest in full."""
    chosen = report.first_page
    head = choose(report, contested=(), alone=(), careful=())
    above = fit_page(
        lambda limits: Maker(head).page({**HEAD, **limits}),
        tell_to_calls,
        TO_CALLS,
        MOST_WORDS - MARKS,
    )
    homes = find_homes(report)
    told = {*Maker(report).told_by_changes(), *homes}
    alone = tuple(ident for ident in chosen.alone if ident not in told)
    maker = PaperMaker(choose(report, changed=(), solid=(), alone=alone, calls=()), chosen)
    full = maker.page(ROOM)
    left = leave_told(head, above)
    cautions: defaultdict[str, list[Line]] = defaultdict(list)
    for line in full.careful:
        about = {homes[ref] for ref in line.refs if ref in homes}
        cautions[about.pop() if len(about) == 1 else ""].append(line)
    page = replace(
        full,
        changed=above.changed,
        solid=above.solid,
        calls=above.calls,
        careful=(*hidden_texts(Lookup(report)), *cautions[""]),
    )
    details = tuple(maker.details())
    changed = tuple(maker.more_changed(above.changed, left.changed))
    solid = tuple(maker.more_solid((*above.solid, *left.solid)))
    whole = replace(
        page,
        changed=(*above.changed, *changed),
        solid=(*above.solid, *solid),
        careful=(*full.careful, *details),
    )
    return Paper(
        page=replace(page, flags=maker.find_flags(whole)),
        cautions=cautions,
        details=details,
        changed=changed,
        solid=solid,
        figures=tuple(maker.figures(whole)),
        calls=left.calls,
    )


def find_homes(report: Report) -> dict[str, str]:
    """By id the contested question that tells a question or finding."""
    asked = [issue for issue in report.issues if is_open(issue)]
    homes = {f: issue.id for issue in asked for p in issue.positions for f in p.findings}
    homes |= {finding: issue.id for issue in asked for finding in issue.open[:1]}
    return homes | {issue.id: issue.id for issue in asked}


def is_open(issue: Issue) -> bool:
    """Whether a question is contested, also if one answer is all that there is."""
    return is_contested(issue) or (issue.kind == "conflict" and bool(issue.open))


def choose(report: Report, **parts: object) -> Report:
    """The report with other parts of what was chosen for its first page."""
    return report.model_copy(update={"first_page": report.first_page.model_copy(update=parts)})


def tell_to_calls(page: Page) -> str:
    """A page as plain text up to its last call."""
    return plain_text(replace(page, contested=(), contested_too=(), alone=(), careful=()))


def leave_told(head: Report, above: Page) -> Page:
    """What was chosen to stand above the contested questions, and had no room there."""
    chosen = head.first_page
    told = {ref for part in (above.changed, above.solid) for one in part for ref in one.refs}
    asked = {line.text for line in above.calls}
    solid = [ident for ident in chosen.solid if ident not in told]
    rest = choose(
        head,
        changed=tuple(ident for ident in chosen.changed if ident not in told),
        solid=tuple(solid[: MOST_SOLID - len(above.solid)]),
        calls=tuple(one for one in chosen.calls if f"{one.who}: {one.ask}" not in asked),
    )
    return Maker(rest).page(HEAD)


class PaperMaker(Maker):
    """Makes the lines that stand in full."""

    def __init__(self, report: Report, chosen: FirstPage) -> None:
        """Index a report whose first page holds a part of what was chosen."""
        super().__init__(report)
        self.asked = {*chosen.changed, *(pick.issue for pick in chosen.contested)}
        self.asked |= {ident for caution in chosen.careful for ident in caution.ids}
        self.note_of = {note.id: note.text for note in chosen.notes}

    def picks(self) -> list[Pick]:
        """All contested questions: those that were chosen first."""
        chosen = super().picks()
        told = {*self.report.first_page.changed, *(pick.issue for pick in chosen)}
        others = (one for one in self.report.issues if is_open(one) and one.id not in told)
        return [*chosen, *map(pick_first, others)]

    def choose_sides(self, issue: Issue) -> Sequence[Position]:
        """All positions of a question."""
        return issue.positions

    def name_contest(self, _: Pick, issue: Issue) -> str:
        """What is contested, as a question."""
        return issue.question

    def stance(
        self, issue: Issue, position: Position, claim: str, *, most: int, others: int
    ) -> Stance:
        """One position, in nothing but the words of who takes it where these are quoted."""
        stance = super().stance(issue, position, claim, most=most, others=others)
        kept = not stance.quote or stance.claim.endswith(OVERTAKEN)
        return stance if kept else replace(stance, claim="")

    def choose_words(self, voice: Voice, picked: str, most: int) -> str:
        """What a voice is quoted for: the words that were picked, else its sentence."""
        article = self.articles[voice.article]
        return picked or excerpt(quote_whole(article, voice.sentences[0]), most, voice.text)

    def careful(self, _: Limits) -> tuple[Line, ...]:
        """What the model warns of, likely mistakes, what outlets have in other ways."""
        warned = [
            Line(one.why, refs=self.known(one.ids), by_model=True)
            for one in self.report.first_page.careful
            if one.why
        ]
        slips = (self.line(issue) for issue in self.choose_details() if issue.kind == "slip")
        return (*warned, *self.people(), *slips)

    def more_changed(self, above: Iterable[Line], left: Iterable[Line]) -> Iterator[Line]:
        """What was taken back, in words; notes without room above; and what else changed."""
        self.words_of_changes = True
        told: set[str] = set()
        for line in above:
            ref = line.refs[0]
            issue = self.issues.get(ref)
            every = [q for p in issue.positions for q in self.quote_withdrawn(p)] if issue else []
            quotes = [quote for quote in every if quote not in told]
            told.update(quotes)
            remark = "" if line.remark else self.note_of.get(ref, "")
            if quotes or remark:
                name = self.name_change(issue) if issue else line.text
                yield Line(f"{name} {join(quotes)}".rstrip(": "), refs=(ref,), remark=remark)
        for line in filter(None, (self.change(one.refs[0]) for one in left)):
            yield replace(line, remark=self.note_of.get(line.refs[0], ""))

    def more_solid(self, lines: Iterable[Line]) -> Iterator[Line]:
        """What is solid in the words of two who say it, with notes that had no room above.

        Who would be quoted with words that stand elsewhere is named.
        """
        self.most = MOST_SOLID_WORDS
        for line in lines:
            finding = self.findings[line.refs[0]]
            quotes = {o.key: self.quote_for(finding, o) for o in finding.origins}
            quoted = [quote for quote in quotes.values() if quote][:MOST_VOICES]
            named = [self.show_cited(finding, o) for o in finding.origins if not quotes[o.key]]
            told = join((*quoted, *named[: MOST_VOICES - len(quoted)]))
            note = "" if line.remark else self.note_of.get(finding.id, "")
            yield Line(f"{head_text(line.text)} {told}", refs=line.refs, remark=note)

    def details(self) -> Iterator[Line]:
        """What outlets have in several versions that may all hold."""
        return (self.line(issue) for issue in self.choose_details() if issue.kind != "slip")

    def figures(self, above: Page) -> Iterator[Line]:
        """Lines of single sources with a figure that nothing above has, most printed first."""
        known = numbers_in(plain_text(above, ONE_LINE))
        told = {ref for line in above.alone for ref in line.refs}
        alone = (f for f in self.report.findings if f.core and f.verdict == "single-source")
        new = (f for f in alone if f.id not in told and not numbers_in(f.text) <= known)
        left = filter(has_figure, new)
        return map(self.alone, sorted(left, key=lambda one: -one.outlets)[:MOST_FIGURES])

    def choose_details(self) -> list[Issue]:
        """The likely mistakes and versions that no warning is about, those with a note first."""
        bare = {i for one in self.report.first_page.careful if not one.why for i in one.ids}
        details = [i for i in self.report.issues if is_detail(i)]
        details = [i for i in details if i.id in bare or i.id not in self.asked]
        return sorted(details, key=lambda one: one.id not in self.remarks)[:MOST_DETAILS]

    def line(self, issue: Issue) -> Line:
        """A question in a line, with what the model adds to it."""
        return Line(self.show(issue), refs=(issue.id,), remark=self.remarks.get(issue.id, ""))

    def quote_for(self, finding: Finding, origin: Origin) -> str:
        """The words in which an origin asserts a finding, in English too; "" for told ones."""
        voices = [voice for voice in finding.voices if voice.origin.key == origin.key]
        best = self.find_best(voices, finding.text)
        quote = self.quote(best, finding.text) if best else ""
        if not best or not quote:
            return ""
        english = self.articles[best.article].language == "en"
        told = self.attribute(self.show_in(finding, origin), best, quote)
        return told if english else f"{told} ({best.text})"

    def show(self, issue: Issue) -> str:
        """A question with its answers and who gives them."""
        positions = self.leave_overtaken(issue.positions)
        answers = (f"{self.label(p)} ({self.name_takers(issue, p)})" for p in positions)
        return f"{issue.question} {join(answers)}"

    def name_takers(self, issue: Issue, position: Position) -> str:
        """Who takes a position, two by name; who did, where nobody does any more.

        The articles where one source takes several, as in a slip.
        """
        if has_shared_taker(issue):
            return self.cite_all(position.articles)
        names = [self.cite_taker(position, origin) for origin in position.origins]
        names = names or [f"no longer {label}" for label in position.withdrawn]
        more = len(names) - MOST_ORIGINS
        return join([*names[:MOST_ORIGINS], f"{more} more" if more > 0 else ""])


def pick_first(issue: Issue) -> Pick:
    """A question that nobody chose, with the first claim of each position."""
    return Pick(issue=issue.id, claims=tuple(one.claims[0] for one in issue.positions))


def has_figure(finding: Finding) -> bool:
    """Whether a fact has a measure, a sum, a clock time or a large count of something.

    An age or a number of years is none, nor is what holds of a day that only its article knows.
    """
    figures = [q for q in quantities(finding.text) if q.unit not in {DATE, ORDINAL, YEAR, "year"}]
    told = any(q.unit or (q.base and (q.low or 0) >= LEAST_COUNT) for q in figures)
    return finding.kind == "fact" and told and not RELATIVE_DAY.search(finding.text)


def is_detail(issue: Issue) -> bool:
    """Whether outlets have something in ways that need not be a dispute, and nothing settled it."""
    return issue.kind in {"slip", "detail"} and issue.settled is None
