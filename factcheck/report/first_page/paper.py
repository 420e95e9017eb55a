"""The short document, the Markdown: in two minutes up to its calls, in ten to its end.

In: a report. Out: a `Paper`, in which each matter stands once. What an editor must see first is
limited in length; contested questions, what rests on one source and what to check follow in full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from factcheck.language.quantities import DATE, ORDINAL, YEAR, numbers_in, quantities
from factcheck.models import Finding, FirstPage, Issue, Pick, Position, Report
from factcheck.pipeline.rank import is_contested
from factcheck.report.entries import Lookup
from factcheck.report.first_page.contests import OVERTAKEN, has_shared_taker
from factcheck.report.first_page.fitting import MOST_WORDS, Limits, Step, fit_page
from factcheck.report.first_page.lines import Line, Page, Stance
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.naming import join
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.warnings import hidden_texts

MARKS = 10  # of Markdown, that count as words, up to the last call
MOST_SOLID = 9
MOST_ALONE = 14
MOST_WITHDRAWN = 3
MOST_FIGURES = 8
ONE_LINE = 100_000  # columns, so that no figure is broken
LEAST_COUNT = 20  # of people or things, that is a figure
MOST_DETAILS = 4  # that no warning is about
MOST_OTHERS = 3  # contested questions that nobody chose
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
    withdrawn: tuple[Line, ...]
    """What was taken back, in the words of who said it and of who takes it back."""
    details: tuple[Line, ...]
    """What outlets have in several versions that may all hold."""
    figures: tuple[Line, ...]
    """Figures that stand nowhere above, each with who gives it."""
    rest: Page
    """What changed, what is solid and whom to call, as far as it had no room above."""


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
    notes = tuple(tell_notes(chosen, (*above.changed, *above.solid, *left.changed, *left.solid)))
    cautions: defaultdict[str, list[Line]] = defaultdict(list)
    for line in full.careful:
        about = {homes[ref] for ref in line.refs if ref in homes}
        cautions[about.pop() if len(about) == 1 else ""].append(line)
    page = replace(
        full,
        changed=above.changed,
        solid=above.solid,
        calls=above.calls,
        careful=(*hidden_texts(Lookup(report)), *cautions[""], *notes),
    )
    details = tuple(maker.details())
    whole = replace(
        page,
        changed=(*above.changed, *left.changed),
        solid=(*above.solid, *left.solid),
        careful=(*full.careful, *notes, *details),
    )
    return Paper(
        page=replace(page, flags=maker.find_flags(whole)),
        cautions=cautions,
        withdrawn=tuple(islice(maker.withdrawn(chosen.changed), MOST_WITHDRAWN)),
        details=details,
        figures=tuple(maker.figures(whole)),
        rest=left,
    )


def find_homes(report: Report) -> dict[str, str]:
    """By id the contested question that tells a question or finding, of those that were chosen."""
    picked = {pick.issue for pick in report.first_page.contested}
    asked = [issue for issue in report.issues if issue.id in picked]
    homes = {f: issue.id for issue in asked for p in issue.positions for f in p.findings}
    return homes | {issue.id: issue.id for issue in asked}


def choose(report: Report, **parts: object) -> Report:
    """The report with other parts of what was chosen for its first page."""
    return report.model_copy(update={"first_page": report.first_page.model_copy(update=parts)})


def tell_notes(chosen: FirstPage, lines: Sequence[Line]) -> Iterator[Line]:
    """What the model adds to lines that had no room for it, each with what it is about."""
    notes = {note.id: note.text for note in chosen.notes}
    heads = {note.id: note.text for note in chosen.heads}
    for line in lines:
        for ref in line.refs:
            if ref in notes and not line.remark:
                yield Line(heads.get(ref, line.text), refs=(ref,), remark=notes[ref])


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

    def page(self, limits: Limits = ROOM) -> Page:
        """All sections; contested questions that nobody chose stand with their answers."""
        page = super().page(limits)
        others = [i for i in self.report.issues if is_contested(i) and i.id not in self.asked]
        return replace(page, contested_too=tuple(map(self.show, others[:MOST_OTHERS])))

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

    def careful(self, _: Limits) -> tuple[Line, ...]:
        """What the model warns of, likely mistakes, what outlets have in other ways."""
        warned = [
            Line(one.why, refs=self.known(one.ids), by_model=True)
            for one in self.report.first_page.careful
            if one.why
        ]
        slips = (self.line(issue) for issue in self.choose_details() if issue.kind == "slip")
        return (*warned, *self.people(), *slips)

    def withdrawn(self, changed: Iterable[str]) -> Iterator[Line]:
        """What was taken back in some questions, as quotes, each once."""
        told: set[str] = set()
        for issue in (self.issues[ident] for ident in changed if ident in self.issues):
            quotes = [q for p in issue.positions for q in self.quote_withdrawn(p) if q not in told]
            told.update(quotes)
            if quotes:
                yield Line(f"{self.name_change(issue)} {join(quotes)}", refs=(issue.id,))

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
