"""The short document, the Markdown: in two minutes up to its calls, in ten to its end.

In: a report. Out: a `Paper`, in which each matter stands once. What an editor must see first is
limited in length; contested questions, what rests on one source and what to check follow in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from factcheck.models import Report
from factcheck.pipeline.rank import MOST, pick_first
from factcheck.report.first_page.brief import PROVEN
from factcheck.report.first_page.changes import is_moved
from factcheck.report.first_page.contests import list_contested, list_takers
from factcheck.report.first_page.fitting import MOST_WORDS, Limits
from factcheck.report.first_page.lines import Line, Page
from factcheck.report.first_page.maker import Maker
from factcheck.report.first_page.paper_maker import PaperMaker
from factcheck.report.first_page.plain import plain_text

MARKS = 24  # of Markdown, that count as words, up to the last call
MOST_ALONE = 11
MOST_NEAR = 2  # findings that bear on one question, each by another
ROOM: Limits = {
    "evidence": 28, "words_of_changes": 0, "solid": MOST["solid"], "stances": 9, "quote": 24,
    "alone": MOST_ALONE, "cited": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """The short document."""

    page: Page
    """All sections, of the calls those that have room in two minutes."""
    withdrawn: Mapping[str, Sequence[str]]
    """By the id of what changed what was taken back, in words."""
    said: Mapping[str, Sequence[str]]
    """By its id what is solid, in the words of one who says it, and who else does."""
    near: Mapping[str, Sequence[Line]]
    """What bears on a contested question, by its id."""
    cautions: Mapping[str, Sequence[Line]]
    """What to check that is about one contested question or one in several versions, by its id."""
    details: tuple[Line, ...]
    """What outlets have in several versions, which need not be a dispute."""
    calls_too: tuple[Line, ...]
    """The other calls."""


def make_paper(report: Report, beside: int = 0) -> Paper:
    """The short document of a report: what it rests on and whom to call, then all of it in full.

    `beside` are the words of notices and warnings that stand above the calls too.
    """
    homes = find_homes(report)
    near = choose_near(report)
    told = {*list_quoted(report), *chain.from_iterable(near.values())}
    changed = (*report.first_page.changed, *find_other_changes(report))
    shown = PaperMaker(choose(report, changed=changed)).choose_details()
    versions = {f for issue in shown for p in issue.positions for f in p.findings}
    brief = {(one.kind, *one.ids) for one in report.first_page.rests if len(one.ids) == 1}
    noted = {note.id for note in report.first_page.notes}
    elsewhere = {*told, *versions} | {ident for _, ident in brief} - noted
    alone = tuple(i for i in report.first_page.alone if i not in elsewhere)
    safe = Maker(report).list_told(PROVEN)
    solid = tuple(i for i in report.first_page.solid if i not in safe)
    maker = PaperMaker(choose(report, alone=alone, changed=changed, solid=solid))
    full = maker.page({**ROOM, "changed": len(report.first_page.changed)})
    above = fit_calls(full, MOST_WORDS - MARKS - beside)
    bearing = {i: tuple(maker.list_near(i, findings)) for i, findings in near.items()}
    details = tuple(maker.line(i) for i in maker.choose_details() if i.kind != "slip")
    homes |= {line.refs[0]: line.refs[0] for line in details}
    cautions: defaultdict[str, list[Line]] = defaultdict(list)
    for line in full.careful:
        about = {homes[ref] for ref in line.refs if ref in homes}
        cautions[about.pop() if len(about) == 1 else ""].append(line)
    careful = tuple(cautions[""])
    quoted = chain.from_iterable((*maker.withdrawn.values(), *maker.said.values()))
    lines = (*details, *chain.from_iterable(bearing.values()), *map(Line, quoted))
    whole = replace(full, careful=(*full.careful, *lines))
    return Paper(
        page=replace(
            full,
            calls=above,
            careful=careful,
            flags=maker.find_flags(whole),
            goes_on=bool(safe),
        ),
        withdrawn=maker.withdrawn,
        said=maker.said,
        near=bearing,
        cautions=cautions,
        details=details,
        calls_too=full.calls[len(above) :],
    )


def choose_near(report: Report) -> dict[str, list[str]]:
    """By its id what bears on each contested question: findings that nothing else tells, once.

    Only those of somebody who takes no position, such as a witness: what a side adds to its own
    says mostly the same again, and a column's word counts for nothing. Few of each.
    """
    chosen, told = report.first_page, {*Maker(report).told_by_changes(), *find_homes(report)}
    told |= {*chosen.changed, *chosen.solid}
    origins = {one.id: {origin.key for origin in one.origins} for one in report.findings}
    parents = {one.id: one.parent for one in report.findings}
    near: dict[str, list[str]] = {}
    for issue in list_contested(report):
        others = {i: frozenset(origins[i] - {*list_takers(issue)}) for i in issue.near}
        left = [i for i in issue.near if i not in told and others[i]]
        left = [i for i in left if parents[i] not in left]
        first = {others[i]: i for i in reversed(left)}
        near[issue.id] = [i for i in left if i in first.values()][:MOST_NEAR]
        told.update(near[issue.id])
    return near


def fit_calls(page: Page, most: int) -> tuple[Line, ...]:
    """The calls that have room in so many words, behind what the story rests on; one at least."""
    top = replace(page, changed=(), solid=(), contested=(), contested_too=(), alone=(), careful=())
    for left in range(len(page.calls), 1, -1):
        shown = replace(top, hidden=(), calls=page.calls[:left])
        if len(plain_text(shown).split()) <= most:
            return shown.calls
    return page.calls[:1]


def find_homes(report: Report) -> dict[str, str]:
    """By id the contested question that tells a question or finding."""
    asked = list_contested(report)
    homes = {f: issue.id for issue in asked for p in issue.positions for f in p.findings}
    homes |= {finding: issue.id for issue in asked for finding in issue.open[:1]}
    return homes | {issue.id: issue.id for issue in asked}


def list_quoted(report: Report) -> Iterator[str]:
    """The findings that contested questions quote: no other line says them again."""
    asked = {issue.id: issue for issue in list_contested(report)}
    chosen = {pick.issue: pick.claims for pick in report.first_page.contested}
    for issue in asked.values():
        claims = {*chosen.get(issue.id, pick_first(issue).claims), *issue.open}
        for finding in report.findings:
            if claims & {finding.id, *finding.claims}:
                yield finding.id


def find_other_changes(report: Report) -> Iterator[str]:
    """The questions that changed or were settled and were not chosen."""
    told = {*report.first_page.changed, *(pick.issue for pick in report.first_page.contested)}
    for issue in report.issues:
        if is_moved(issue) and issue.id not in told and all(one.claims for one in issue.positions):
            yield issue.id


def choose(report: Report, **parts: object) -> Report:
    """The report with other parts of what was chosen for its first page."""
    return report.model_copy(update={"first_page": report.first_page.model_copy(update=parts)})
