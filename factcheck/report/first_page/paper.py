"""What stands below a first page for who has ten minutes: the rest of what was chosen for it.

In: a report and its first page. Out: a `Page` in the same form, of no limited length, with what
had no room on the first: the words that carry its lines, then further lines. Nothing is told
twice but a question whose quotes had no room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from factcheck.models import Finding, FirstPage, Issue, Pick, Position, Report
from factcheck.pipeline.rank import is_contested
from factcheck.report.first_page.changes import find_standing
from factcheck.report.first_page.contests import has_shared_taker
from factcheck.report.first_page.fitting import Limits
from factcheck.report.first_page.lines import Contest, Line, Page
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.naming import join
from factcheck.report.quotes import OWN_MARKS

ROOM: Limits = {"evidence": 32, "settles": 0}
MOST_SOLID = 9  # lines of both pages
MOST_ALONE = 14
MOST_DETAILS = 4  # that no warning is about
MOST_OTHERS = 3  # contested questions that nobody chose


def make_paper(report: Report, first: Page) -> Page:
    """What was chosen for a first page and does not stand on it."""
    told = {
        ref
        for part in (first.changed, first.solid, first.alone)
        for one in part
        for ref in one.refs
    }
    told |= {one.ref for one in first.contested if is_quoted(one)}
    rest = report.model_copy(update={"first_page": leave_told(report, first, told)})
    maker = PaperMaker(rest, report.first_page)
    page = maker.page(ROOM)
    careful = tuple(line for line in page.careful if line not in first.careful)
    shown = {one.ref: one for one in first.contested}
    remarks = {pick.issue: pick.weighing for pick in report.first_page.contested}
    weighed = (
        Contest(one.question, (), ref=ref, remark=remarks.get(ref, ""))
        for ref, one in shown.items()
        if ref in told and not one.remark
    )
    contested = (*(one for one in weighed if one.remark), *page.contested)
    return replace(
        page,
        changed=(*leave_bare(maker.prove_all(first.changed)), *page.changed),
        solid=(*maker.prove_all(first.solid), *page.solid),
        contested=contested,
        alone=(*leave_bare(maker.prove_all(first.alone)), *page.alone),
        careful=careful,
    )


def leave_bare(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that hold a quote."""
    return (line for line in lines if not OWN_MARKS.isdisjoint(line.text + line.note))


def is_quoted(contest: Contest) -> bool:
    """Whether some position of a question stands in somebody's words."""
    return any(stance.told for stance in contest.stances)


def leave_told(report: Report, first: Page, told: set[str]) -> FirstPage:
    """What was chosen, without what the first page tells."""
    chosen = report.first_page
    changed = Maker(report).told_by_changes() | told
    warned = {line.text for line in first.careful}
    shown = {ref for line in first.careful for ref in line.refs}
    asked = {line.text for line in first.calls}
    room = MOST_SOLID - len(first.solid), MOST_ALONE - len(first.alone)
    return chosen.model_copy(
        update={
            "changed": tuple(i for i in chosen.changed if i not in told),
            "solid": tuple(i for i in chosen.solid if i not in told)[: room[0]],
            "contested": tuple(one for one in chosen.contested if one.issue not in told),
            "alone": tuple(i for i in chosen.alone if i not in changed)[: room[1]],
            "careful": tuple(
                one
                for one in chosen.careful
                if (one.why not in warned if one.why else not shown.issuperset(one.ids))
            ),
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

    def page(self, limits: Limits = ROOM) -> Page:
        """All sections; contested questions that nobody chose stand with their answers."""
        page = super().page({"solid": MOST_SOLID, "alone": MOST_ALONE, **limits})
        others = [i for i in self.report.issues if is_contested(i) and i.id not in self.asked]
        return replace(page, contested_too=tuple(map(self.show, others[:MOST_OTHERS])))

    def prove_all(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The words that carry the lines of a section that had no room for any of them.

        Each text stands once there, also where a further line quotes it.
        """
        bare = [line for line in lines if OWN_MARKS.isdisjoint(line.note)]
        self.quoted.clear()
        yield from map(self.prove, bare if len(bare) == len(lines) else ())

    def prove(self, line: Line) -> Line:
        """A finding with the words that carry it, or the words of what changed and was taken back.

        A line about several questions has those of each.
        """
        [identity, *_] = line.refs
        if finding := self.findings.get(identity):
            return Line(finding.text, join(self.prove_finding(finding)), line.refs)
        told = (self.prove_change(self.issues[ref]) for ref in line.refs)
        return Line(join(told), refs=line.refs)

    def prove_finding(self, finding: Finding) -> Iterator[str]:
        """Who asserts a finding, and one more origin that counts, in words not told before."""
        best = self.find_best(finding.voices, finding.text)
        others = (v for v in finding.voices if best and v.counted and v.origin != best.origin)
        for voice in filter(None, (best, self.find_best(others, finding.text))):
            quote = self.quote(voice, finding.text)
            told = self.attribute(self.show_speaker(voice), voice, quote) if quote else ""
            yield told or self.show_cited(finding, voice.origin)

    def prove_change(self, issue: Issue) -> str:
        """The words of what was taken back in a question and of what stands; "" without any."""
        standing = issue.positions[find_standing(issue)]
        before = (one for one in issue.positions if one is not standing)
        told = (
            *chain.from_iterable(map(self.quote_withdrawn, before)),
            *self.show_takers(standing),
        )
        quotes = [text for text in told if not OWN_MARKS.isdisjoint(text)]
        return f"{self.name_change(issue)} {join(quotes)}" if quotes else ""

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
