"""The short document: its first page, and what stands below for who has ten minutes.

In: a report. Out: two `Page`s in the same form. The first is limited in length up to the calls;
what stands behind these is there in full. The second has what had no room: further lines, and
what the contested questions have beyond those above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.models import Finding, FirstPage, Issue, Pick, Position, Report
from factcheck.pipeline.rank import is_contested
from factcheck.report.entries import Lookup
from factcheck.report.first_page.contests import has_shared_taker
from factcheck.report.first_page.fitting import MOST_WORDS, SHORTER, Limits, Step, fit_page
from factcheck.report.first_page.lines import Contest, Line, Page
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.naming import join
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.warnings import hidden_texts

ROOM: Limits = {"evidence": 48, "stances": 9}
BEHIND = frozenset({"alone", "careful", "people"})
FEW_CALLS: tuple[Step, ...] = (("calls", 3), ("calls", 2))
TO_CALLS: tuple[Step, ...] = (
    *(step for step in SHORTER if step[0] not in BEHIND and step not in FEW_CALLS),
    *FEW_CALLS,
)
"""What is given up until a page is short enough up to its last call."""
MARKS = 10  # of Markdown, that count as words, up to the last call
MOST_SOLID = 9  # lines of both pages
MOST_ALONE = 14
MOST_DETAILS = 4  # that no warning is about
MOST_OTHERS = 3  # contested questions that nobody chose


def make_top(report: Report) -> Page:
    """The first page, within its length as far as the calls; what stands behind them in full."""
    page = fit_page(Maker(report).page, tell_to_calls, TO_CALLS, MOST_WORDS - MARKS)
    chosen = report.first_page
    told = Maker(report).told_by_changes()
    alone = tuple(i for i in chosen.alone if i not in told)[:MOST_ALONE]
    behind = {"alone": alone, "changed": (), "solid": (), "contested": ()}
    rest = report.model_copy(update={"first_page": chosen.model_copy(update=behind)})
    full = PaperMaker(rest, chosen).page()
    hidden = tuple(hidden_texts(Lookup(report)))
    notes = tuple(tell_notes(chosen, (*page.changed, *page.solid)))
    return replace(page, alone=full.alone, careful=(*hidden, *full.careful, *notes))


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
    return plain_text(replace(page, alone=(), careful=()))


def make_paper(report: Report, first: Page) -> Page:
    """What was chosen for a first page and does not stand on it, up to its calls."""
    told = {ref for part in (first.changed, first.solid) for one in part for ref in one.refs}
    rest = report.model_copy(update={"first_page": leave_told(report, first, told)})
    page = PaperMaker(rest, report.first_page).page()
    above = {one.ref: one for one in first.contested if is_quoted(one)}
    contested = (
        leave_shown(one, above[one.ref]) if one.ref in above else one for one in page.contested
    )
    return replace(page, contested=tuple(filter(None, contested)), alone=(), careful=())


def leave_shown(one: Contest, above: Contest) -> Contest | None:
    """What a contested question has beyond what is shown of it above; None for nothing."""
    claims = {stance.claim for stance in above.stances}
    rest = replace(
        one,
        question=above.question,
        stances=tuple(stance for stance in one.stances if stance.claim not in claims),
        open="" if above.open else one.open,
        remark="" if above.remark else one.remark,
        settles="" if above.settles else one.settles,
    )
    return rest if rest.stances or rest.open or rest.remark or rest.settles else None


def is_quoted(contest: Contest) -> bool:
    """Whether some position of a question stands in somebody's words."""
    return any(stance.told for stance in contest.stances)


def leave_told(report: Report, first: Page, told: set[str]) -> FirstPage:
    """What was chosen, without what the first page tells."""
    chosen = report.first_page
    asked = {line.text for line in first.calls}
    solid = [i for i in chosen.solid if i not in told]
    return chosen.model_copy(
        update={
            "changed": tuple(i for i in chosen.changed if i not in told),
            "solid": tuple(solid[: MOST_SOLID - len(first.solid)]),
            "calls": tuple(one for one in chosen.calls if f"{one.who}: {one.ask}" not in asked),
        }
    )


class PaperMaker(Maker):
    """Makes the lines that stand below a first page."""

    def __init__(self, report: Report, chosen: FirstPage) -> None:
        """Index a report whose first page holds the rest of what was chosen."""
        super().__init__(report)
        self.asked = {*chosen.changed, *(pick.issue for pick in chosen.contested)}
        self.asked |= {ident for caution in chosen.careful for ident in caution.ids}
        self.notes = {note.id: note.text for note in chosen.notes}

    def page(self, limits: Limits = ROOM) -> Page:
        """All sections; contested questions that nobody chose stand with their answers."""
        page = super().page({"solid": MOST_SOLID, "alone": MOST_ALONE, **limits})
        others = [i for i in self.report.issues if is_contested(i) and i.id not in self.asked]
        return replace(page, contested_too=tuple(map(self.show, others[:MOST_OTHERS])))

    def choose_sides(self, issue: Issue) -> Sequence[Position]:
        """All positions of a question."""
        return issue.positions

    def tell(self, finding: Finding) -> str:
        """What a finding says, in full."""
        return finding.text

    def name_contest(self, _: Pick, issue: Issue) -> str:
        """What is contested, as a question."""
        return issue.question

    def careful(self, _: Limits) -> tuple[Line, ...]:
        """What the model warns of, likely mistakes, what outlets have in other ways."""
        warned = [
            Line(one.why, refs=self.known(one.ids), by_model=True)
            for one in self.report.first_page.careful
            if one.why
        ]
        bare = {i for one in self.report.first_page.careful if not one.why for i in one.ids}
        details = [i for i in self.report.issues if is_detail(i)]
        details = [i for i in details if i.id in bare or i.id not in self.asked]
        details.sort(key=lambda one: one.id not in self.remarks)
        told = (Line(self.show(one), refs=(one.id,)) for one in details[:MOST_DETAILS])
        return (*warned, *self.people(), *told)

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


def is_detail(issue: Issue) -> bool:
    """Whether outlets have something in ways that need not be a dispute, and nothing settled it."""
    return issue.kind in {"slip", "detail"} and issue.settled is None
