"""The short document, the Markdown: in two minutes up to its calls, in ten to its end.

In: a report. Out: a `Paper`, in which each matter stands once. What an editor must see first is
limited in length; contested questions, what rests on one source and what to check follow in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from factcheck.language.excerpt import stems
from factcheck.language.quantities import TIMES, numbers_in, quantities
from factcheck.models import Finding, Issue, Origin, Pick, Position, Report, Voice
from factcheck.pipeline.rank import MOST, pick_first
from factcheck.report.first_page.brief import PROVEN
from factcheck.report.first_page.changes import RELATIVE_DAY, is_moved
from factcheck.report.first_page.contests import has_shared_taker, list_contested, list_takers
from factcheck.report.first_page.fitting import MOST_WORDS, Limits
from factcheck.report.first_page.lines import Line, Page
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.quoting import is_scrap, join
from factcheck.report.quotes import in_marks

MARKS = 24  # of Markdown, that count as words, up to the last call
MOST_ALONE = 11
MOST_FIGURES = 5
ONE_LINE = 100_000  # columns, so that no figure is broken
LEAST_COUNT = 20  # of people or things, that is a figure
MOST_SOLID_TOO = 5  # lines of what else is solid
MOST_DETAILS = 8  # that no warning is about
MOST_NEAR = 2  # findings that bear on one question, each by another
MOST_PASSING = 2  # that are told of it in passing
PASSING = frozenset({"asserts", "denies", "differs"})
MOST_ELSEWHERE = 1 / 3  # of a claim on several sentences: its words that the quote may not have
MOST_NAMED = 5  # who say it, with these
MOST_FOREIGN_WORDS = 60
MOST_SOLID_WORDS = 45  # of each of them: the words that prove it may stand last
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
    figures: tuple[Line, ...]
    """Figures that stand nowhere above, each with who gives it."""
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
    told |= homes.keys()
    homes |= {line.refs[0]: line.refs[0] for line in details}
    cautions: defaultdict[str, list[Line]] = defaultdict(list)
    for line in full.careful:
        about = {homes[ref] for ref in line.refs if ref in homes}
        cautions[about.pop() if len(about) == 1 else ""].append(line)
    careful = tuple(cautions[""])
    quoted = chain.from_iterable((*maker.withdrawn.values(), *maker.said.values()))
    above_all = {*told, *alone, *maker.told_by_changes(), *report.first_page.solid}
    rest = maker.also_solid({*above_all, *safe, *report.first_page.changed})
    too = tuple(islice(rest, MOST_SOLID_TOO))
    lines = (*details, *too, *chain.from_iterable(bearing.values()), *map(Line, quoted))
    whole = replace(full, careful=(*full.careful, *lines))
    return Paper(
        page=replace(
            full,
            calls=above,
            solid=(*full.solid, *too),
            careful=careful,
            flags=maker.find_flags(whole),
            goes_on=bool(safe),
        ),
        withdrawn=maker.withdrawn,
        said=maker.said,
        near=bearing,
        cautions=cautions,
        details=details,
        figures=tuple(maker.figures(whole, above_all)),
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


class PaperMaker(Maker):
    """Makes the lines that stand in full."""

    in_full = True
    most_foreign = MOST_FOREIGN_WORDS

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        chosen = report.first_page
        self.asked = {*chosen.changed, *(pick.issue for pick in chosen.contested)}
        self.warned = {ident for caution in chosen.careful if caution.why for ident in caution.ids}
        self.withdrawn: dict[str, Sequence[str]] = {}
        self.said: dict[str, Sequence[str]] = {}
        self.proofs: dict[tuple[str, str], int] = {}

    def picks(self) -> list[Pick]:
        """All contested questions: those that were chosen first."""
        chosen = super().picks()
        told = {pick.issue for pick in chosen}
        others = (one for one in list_contested(self.report) if one.id not in told)
        return [*chosen, *map(pick_first, others)]

    def list_near(self, question: str, near: Iterable[str]) -> Iterator[Line]:
        """What bears on a contested question, each with who of no side says it.

        First what articles say of it in passing, without a claim of their own that takes a side.
        """
        sides = {*list_takers(self.issues[question])}
        yield from islice(self.list_passing(self.issues[question], sides), MOST_PASSING)
        for finding in (self.findings[ident] for ident in near):
            third = next(one for one in finding.origins if one.key not in sides)
            text = f"{self.show_cited(finding, third)}: {self.tell_under(finding, [third])}"
            remark = self.remarks.get(finding.id, "")
            yield Line(text, self.translated(finding), (finding.id,), remark=remark)

    def list_passing(self, issue: Issue, sides: Collection[str]) -> Iterator[Line]:
        """What others than who takes a side say in passing of what is contested, in few words."""
        told = set()
        for ident in dict.fromkeys(f for position in issue.positions for f in position.findings):
            for voice in self.findings[ident].voices:
                new = voice.relation == "stand" and voice.text and voice.text not in told
                if new and voice.stance in PASSING and voice.origin.key not in sides:
                    told.add(voice.text)
                    who = f"{self.show_taker(voice)}, in passing {self.cite[voice.article]}"
                    yield Line(f"{who}: {voice.text}", refs=(ident,))

    def careful(self, _: Limits) -> tuple[Line, ...]:
        """What the model warns of, likely mistakes, what outlets have in other ways."""
        warned = [
            Line(one.why, self.cite_warned(one.ids), self.known(one.ids), by_model=True)
            for one in self.report.first_page.careful
            if one.why
        ]
        slips = (self.line(issue) for issue in self.choose_details() if issue.kind == "slip")
        return (*warned, *self.people(), *slips)

    def change(self, identity: str) -> Line | None:
        """What changed; what was taken back, and what is new, is quoted apart."""
        quotes: list[str] = []
        if issue := self.issues.get(identity):
            quotes = [q for position in issue.positions for q in self.quote_withdrawn(position)]
        elif (finding := self.findings.get(identity)) and finding.verdict != "updated":
            best = self.find_best(finding.voices, finding.text)
            if best and (quote := self.quote_cited(best)):
                quotes = [self.attribute(self.show_in(finding, best.origin), best, quote)]
        told = {*chain.from_iterable(self.withdrawn.values())}
        self.withdrawn[identity] = [quote for quote in quotes if quote not in told]
        return super().change(identity)

    def solid(self, finding: Finding) -> Line:
        """What is solid, and apart the words of one who says it; then by name, then by number."""
        most, self.most = self.most, MOST_SOLID_WORDS
        best = [(o, v) for o in finding.origins if (v := self.find_best_of(finding, o))]
        best.sort(key=lambda one: self.rank_proof(*one))
        quotes = (self.quote_for(finding, origin) for origin, _ in best)
        told = dict(islice(filter(None, quotes), 1))
        self.most = most
        named = [self.show_cited(finding, o) for o in finding.origins if o.key not in told]
        named = named[: MOST_NAMED - len(told)]
        left = len(finding.origins) - len(told) - len(named)
        others = join((*named, f"{left} more" if left > 0 else ""))
        others = f"also {others}" if told and others else others
        if finding.verdict == "as-said":
            who = "" if told else self.name_utterer(finding)
            others = join((others, who + self.tell_reported(finding)))
        self.said[finding.id] = [one for one in (*told.values(), others) if one]
        note = join((self.translated(finding), self.tell_touched(finding)))
        return Line(self.tell(finding), note, (finding.id,))

    def tell_touched(self, finding: Finding) -> str:
        """The contested question that a finding touches, for who prints it as solid."""
        near = (one for one in list_contested(self.report) if finding.id in one.near)
        touched = next(near, None)
        return f"bears on what is contested: {touched.question}" if touched else ""

    def cite_warned(self, identities: Iterable[str]) -> str:
        """The articles of what a warning is about, where they are not most of all."""
        known = self.known(identities)
        asked = [p for i in known if i in self.issues for p in self.issues[i].positions]
        called = [f for i in known if i in self.issues for f in self.issues[i].open]
        found = [self.findings[i] for i in (*known, *called) if i in self.findings]
        told = [v.article for one in found for v in one.voices if v.relation != "part"]
        cited = self.cite_all([*told, *(article for p in asked for article in p.articles)])
        return cited if 2 * len(cited.split()) <= len(self.articles) else ""

    def also_solid(self, told: Collection[str]) -> Iterator[Line]:
        """What is verified of the event, no view, and neither told, nor above or below what is.

        Nor what a question is about or what bears on one: that stands with it or nowhere. Nor what
        the words of the solid lines tell, but for a few.
        """
        quoted = stems(" ".join(chain.from_iterable(self.said.values())))
        known = {*told}.union(*(issue.near for issue in self.report.issues))
        children: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.report.findings:
            children[one.parent].add(one.id)
        for one in sorted(self.report.findings, key=lambda finding: -finding.outlets):
            near = {one.id, one.parent, *children[one.id]} - {""}
            stated = one.verdict == "verified" and one.kind != "view" and not one.issues
            words = stems(one.text)
            new = len(words - quoted) > MOST_ELSEWHERE * len(words)
            if one.core and stated and new and not near & known:
                known |= near
                yield Line(f"{self.tell(one)} {self.cite_all(one.carried_by)}", refs=(one.id,))

    def figures(self, above: Page, told: Collection[str]) -> Iterator[Line]:
        """Lines of single sources with a figure that nothing above has, most printed first."""
        known = numbers_in(plain_text(above, ONE_LINE))
        alone = (f for f in self.report.findings if f.core and f.verdict == "single-source")
        alone = (f for f in alone if not f.parent or self.findings[f.parent].verdict != "verified")
        new = (f for f in alone if f.id not in told and not numbers_in(f.text) <= known)
        left = filter(has_figure, new)
        return map(self.alone, sorted(left, key=lambda one: -one.outlets)[:MOST_FIGURES])

    def choose_details(self) -> list[Issue]:
        """Versions, and likely mistakes that no warning is about; those with a note first."""
        told = {"slip": self.asked | self.warned, "detail": self.asked}
        unsettled = (i for i in self.report.issues if i.settled is None and i.kind in told)
        details = [i for i in unsettled if i.id not in told[i.kind]]
        return sorted(details, key=lambda one: one.id not in self.remarks)[:MOST_DETAILS]

    def line(self, issue: Issue) -> Line:
        """A question with its answers and who gives them, and what the model adds to it."""
        answers = (f"{self.label(p)} ({self.name_takers(issue, p)})" for p in issue.positions)
        text, remark = f"{issue.question} {join(answers)}", self.remarks.get(issue.id, "")
        return Line(text, refs=(issue.id,), remark=remark)

    def quote_for(self, finding: Finding, origin: Origin) -> tuple[str, str] | None:
        """The key of an origin and the words in which it asserts a finding, in English too.

        Also words that stand under another head: who proves what must be seen there. Words that
        another solid line quotes stand there.
        """
        best = self.find_best_of(finding, origin, finding.text)
        if not best:
            return None
        quote = in_marks(self.cut(best, finding.text))
        number = len(self.said) + 1
        above = self.proofs.setdefault((best.article, quote), number)
        if above != number:
            named = self.add_name(self.show_in(finding, origin), best)
            return origin.key, f"{named} {self.cite_place(best)}, as quoted under {above}"
        told = self.attribute(self.show_in(finding, origin), best, quote)
        clear = self.is_clear(best, f"{self.tell(finding)} {finding.text}", quote)
        return origin.key, told if clear else f"{told} (in short: {best.text})"

    def is_clear(self, voice: Voice, line: str, quote: str) -> bool:
        """Whether a line and a quote below it tell what a voice says, but for a few words.

        A sentence in English that is all a claim rests on says it by itself.
        """
        english = self.articles[voice.article].language == "en"
        if english and len(voice.sentences) == 1 and not is_scrap(voice):
            return True
        claimed = stems(voice.text)
        told = stems(line) | stems(quote) if english else stems(line)
        return len(claimed - told) <= MOST_ELSEWHERE * len(claimed)

    def find_best_of(self, finding: Finding, origin: Origin, subject: str = "") -> Voice | None:
        """The voice of an origin to quote for a finding."""
        voices = (voice for voice in finding.voices if voice.origin.key == origin.key)
        return self.find_best(voices, subject)

    def rank_proof(self, origin: Origin, voice: Voice) -> tuple[bool, bool, bool, bool]:
        """What is quoted last for what is solid.

        Who has no name; words that also tell what is disputed or overtaken; what stands in a
        headline, in a column or in what a side publishes; what is in another language.
        """
        weak = self.is_headline(voice) or self.is_sided(voice)
        foreign = self.articles[voice.article].language != "en"
        return origin.kind == "anonymous", self.is_shaken(voice), weak, foreign

    def name_takers(self, issue: Issue, position: Position) -> str:
        """Who takes a position, two by name; who did, where nobody does any more.

        The articles where one source takes several, as in a slip.
        """
        if has_shared_taker(issue):
            return self.cite_all(position.articles)
        names = [self.cite_taker(position, origin) for origin in position.origins]
        names = names or [f"{label} no longer says so" for label in position.withdrawn]
        more = len(names) - MOST_ORIGINS
        return join([*names[:MOST_ORIGINS], f"{more} more" if more > 0 else ""])


def has_figure(finding: Finding) -> bool:
    """Whether a fact has a measure, a sum or a large count of something.

    A time, an age or a number of years is none, nor is what holds of a day that only its article
    knows.
    """
    figures = [q for q in quantities(finding.text) if q.unit not in {*TIMES, "hour", "year"}]
    told = any(q.unit or (q.base and (q.low or 0) >= LEAST_COUNT) for q in figures)
    return finding.kind == "fact" and told and not RELATIVE_DAY.search(finding.text)
