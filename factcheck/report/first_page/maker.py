"""Make the lines of the first page from what was chosen for it.

In: a report. Out: a `Page` of plain texts in the order in which they are read; whoever renders
it adds marks and links. What the model worded is marked as such, all else is from findings and
articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice

from factcheck.language.quantities import numbers_in
from factcheck.models import Finding, Issue, Origin, Position, Remark
from factcheck.pipeline.rank import is_contested
from factcheck.report.first_page.brief import Brief, capitalize
from factcheck.report.first_page.contests import has_shared_taker, list_contested
from factcheck.report.first_page.fitting import LASTING_CHANGES, NO_LIMITS, Limits
from factcheck.report.first_page.lines import Line, Page
from factcheck.report.first_page.outlets import list_counted, list_not_counted
from factcheck.report.first_page.plain import plain_text
from factcheck.report.first_page.quoting import first_name, join
from factcheck.report.first_page.warnings import (
    hidden_texts,
    list_telling,
    misspellings,
    namesakes,
    plain,
)

GOES_WITH_NAME = ("of ", "for ", "from ", "at ", "in ", "and ", "or ", "& ", "(", "–")
"""What behind a name belongs to it: "Rovik of the port refused"."""
MOST_LINE_WORDS = 28  # of the quote of a line
MOST_ABOUT_WORDS = 18
MOST_SOLID = 8  # lines of what stands; the evidence holds more
MOST_ALONE = 8  # lines of what rests on one voice
MOST_NAMESAKES = 2  # lines on people who may be taken for others
MOST_ORIGINS = 2  # who stand behind what is solid


class Maker(Brief):
    """Makes the lines of one report."""

    def page(self, limits: Limits = NO_LIMITS) -> Page:
        """All sections, each within its limit."""
        self.introduced.clear()
        self.quoted.clear()
        self.most = limits.get("evidence", MOST_LINE_WORDS)
        self.words_of_changes = "words_of_changes" not in limits
        page = self.without_notes(limits)
        first = {*self.report.first_page.changed, *(pick.issue for pick in self.picks())}
        notes = sorted(self.report.first_page.notes, key=lambda note: note.id not in first)
        told = [(pick.issue, pick.weighing) for pick in self.picks() if pick.weighing]
        remarks = {note.id: note.text for note in notes[: limits.get("notes")]}
        weighed = remarks | dict(told[: limits.get("weighing")])

        def remark(lines: Iterable[Line]) -> tuple[Line, ...]:
            return tuple(
                replace(line, remark=remarks.pop(line.refs[0], "")) if len(line.refs) == 1 else line
                for line in lines
            )

        page = replace(
            page,
            changed=remark(page.changed),
            solid=remark(page.solid),
            contested=tuple(replace(x, remark=weighed.get(x.ref, "")) for x in page.contested),
            alone=remark(page.alone),
            careful=remark(page.careful),  # what no line above has
        )
        return replace(page, flags=self.find_flags(page))

    def find_flags(self, page: Page) -> tuple[Remark, ...]:
        """What the checks doubt in the words of the model that stand on a page."""
        told = plain(plain_text(page))
        return tuple(f for f in self.report.first_page.flags if plain(f.about) in told)

    def without_notes(self, limits: Limits) -> Page:
        """All sections without what the model adds to their lines."""
        chosen = self.report.first_page
        above = self.list_told() if "repeated" in limits else frozenset()
        moved = [i for i in chosen.changed if i not in above]
        most = limits.get("changed", len(moved))
        changes = [*map(self.change, moved[:most])]
        changes.append(self.changed_too(moved[most:], limits.get("changed_too")))
        changed = tuple(filter(None, changes))
        solid = (self.findings[i] for i in chosen.solid if i in self.findings and i not in above)
        alone = (self.findings[i] for i in chosen.alone if i in self.findings and i not in above)
        told = self.told_by_changes(LASTING_CHANGES)
        values = numbers_in(" ".join(line.text for line in changed))
        alone = (f for f in alone if f.id not in told or self.adds(f, values))
        calls = tuple(
            Line(f"{who}: {c.ask}", c.record, self.known(c.ids), who, by_model=True)
            for c in chosen.calls[: limits.get("calls")]
            if (who := capitalize(c.who))
        )
        contested = self.contests(limits, calls)
        if above:
            contested = (self.head_with_points(one, limits) for one in contested)
        return Page(
            title=self.report.title,
            counted=tuple(list_counted(self.report.groups, self.articles, self.cite)),
            not_counted=tuple(
                list_not_counted(
                    self.report.groups, self.report.articles, self.report.excluded, self.cite
                )
            ),
            rests=tuple(self.summarize(limits)),
            changed=changed,
            solid=tuple(map(self.solid, islice(solid, limits.get("solid", MOST_SOLID)))),
            contested=tuple(contested),
            contested_too=tuple(self.name_left(limits)),
            alone=tuple(map(self.alone, islice(alone, limits.get("alone", MOST_ALONE)))),
            careful=self.careful(limits),
            calls=calls,
            hidden=tuple(hidden_texts(self)),
            made_by_rank=chosen.made_by == "rank",
            goes_on=bool(above),
        )

    def name_left(self, limits: Limits) -> Iterator[str]:
        """The contested questions that do not stand with their positions, some by their number."""
        picks = self.picks()
        left = picks[limits.get("contested", len(picks)) :]
        if "repeated" in limits:
            left = [pick for pick in left if not self.list_points(pick.issue)]
        named = [*map(self.name_contest, left)][: limits.get("contested_too")]
        picked = {pick.issue for pick in picks}
        asked = filter(is_contested, list_contested(self.report))
        others = [issue for issue in asked if issue.id not in picked]
        yield from named
        if more := len(left) - len(named) + len(others):
            yield f"{more} more"

    def told_by_changes(self, most: int | None = None) -> set[str]:
        """The findings that the first lines under "Changed" tell: no other line says them again."""
        chosen = (self.issues.get(i) for i in self.report.first_page.changed[:most])
        return {f for issue in chosen if issue for p in issue.positions for f in p.findings}

    def adds(self, finding: Finding, values: AbstractSet[str]) -> bool:
        """Whether a finding that a change tells has more to say: a figure, or what a model adds."""
        more = finding.id in self.remarks or not numbers_in(finding.text) <= values
        return finding.verdict != "updated" and more

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that stand in the report."""
        return tuple(i for i in ids if i in self.findings or i in self.issues)

    # --- lines -------------------------------------------------------------------------

    def solid(self, finding: Finding) -> Line:
        """A finding that independent origins assert: one in its words, others by name."""
        best = self.find_best(finding.voices, finding.text)
        quote = self.quote(best, finding.text) if best else ""
        if finding.verdict == "as-said":
            told = self.attribute("", best, quote) if best and quote else ""
            note = join([self.name_utterer(finding) + self.tell_reported(finding), told])
            return Line(self.tell(finding), note, (finding.id,))
        first = [o for o in finding.origins if quote and best and o.key == best.origin.key]
        others = [o for o in finding.origins if o.kind != "anonymous" and o not in first]
        shown = others if len(others) <= MOST_ORIGINS + 1 - len(first) else others[:MOST_ORIGINS]
        who = [self.attribute(self.show_in(finding, o), best, quote) for o in first[:1] if best]
        also = [self.show_cited(finding, origin) for origin in shown]
        if more := others[len(shown) :]:
            also.append(f"{len(more)} more")
        told = join(also)
        who.append(f"also {told}" if who and told else told)
        return Line(self.tell(finding), join([*who, self.translated(finding)]), (finding.id,))

    def name_utterer(self, finding: Finding) -> str:
        """Whose statement outlets report, with ", " behind it; two at most.

        "" if the line tells it, or if nobody else does than the outlets.
        """
        told = {*plain(f"{finding.text} {self.tell(finding)}").split()}
        whole = {v.source for v in finding.voices if v.stance == "asserts" and v.relation != "part"}
        names = dict.fromkeys(said.name for said in finding.said if said.source in whole)
        untold = [name for name in names if not told & list_telling(name)]
        few = untold and len(names) <= MOST_ORIGINS
        return f"{' and '.join(untold)}, " if few else ""

    def tell_reported(self, finding: Finding) -> str:
        """How many outlets report a statement, and in which articles.

        These alone where an outlet and a paper that it cites are two ways to one statement.
        """
        several = f"{finding.outlets} of {self.outlets} outlets " if finding.outlets > 1 else ""
        return f"reported by {several}{self.cite_all(finding.carried_by)}"

    def alone(self, finding: Finding) -> Line:
        """A finding on one voice, which leads, with where it is printed.

        And with its words where they are its own in English: what an article only reports says
        nearly the same as the line, and whoever cannot read another language has it in the line.
        """
        who = join(self.show_answering(finding, origin) for origin in finding.origins)
        who = who or "Nobody that counts"
        best = self.find_best(finding.voices, finding.text)
        told, others = "", list(finding.carried_by)
        quote = self.quote(best, finding.text) if best and self.is_own_word(best) else ""
        if best and quote and plain(quote) != plain(finding.text):
            named = self.add_name(who, best) == who
            told = self.place("" if named else self.add_name("", best), best, quote)
            others = [ident for ident in others if ident != best.article]
        where = self.cite_all(others)
        where = f"also {where}" if told and where else where
        who = who[:1].upper() + who[1:]
        note = join((told, where, self.translated(finding)))
        text = self.tell_under(finding, finding.origins[:1])
        return Line(f"{who}: {text}", note, (finding.id,), strong=who)

    def tell_under(self, finding: Finding, origins: Iterable[Origin]) -> str:
        """What a finding says, behind a name: "Rovik: refused", for "Rovik: Rovik refused"."""
        text = self.tell(finding)
        for name in map(first_name, origins):
            left = text.removeprefix(f"{name}: ").removeprefix(f"{name} ")
            text = text if left.startswith(GOES_WITH_NAME) else left
        return text

    def about(self, identities: Iterable[str]) -> str:
        """What a warning without words of the model is about: two findings or questions at most.

        A detail with its answers and who gives them. What stands in a question is told there.
        """
        known = self.known(identities)
        asked = [self.issues[i] for i in known if i in self.issues]
        held = {f for issue in asked for p in issue.positions for f in p.findings}
        texts = []
        for identity in (i for i in known if i not in held):
            if finding := self.findings.get(identity):
                texts.append(finding.text)
                continue
            issue = self.issues[identity]
            answers = " or ".join(self.show_answer(issue, p) for p in issue.positions)
            texts.append(f"{issue.question} {answers}")
        one, *more = texts or [""]
        both = " / ".join([one, *more[:1]])
        return both if len(both.split()) <= MOST_ABOUT_WORDS else one

    def show_answer(self, issue: Issue, position: Position) -> str:
        """A position with the first who takes it; the article where one source takes several."""
        who = next((origin.label for origin in position.origins), "")
        if issue.kind == "slip" and position.articles and has_shared_taker(issue):
            who = self.names[position.articles[0]]
        label = self.label(position)
        return f"{label} ({who})" if who else label

    def careful(self, limits: Limits) -> tuple[Line, ...]:
        """What to check before printing: what the desk warns of, likely mistakes.

        A warning stands without what it warns of, which nobody shall print.
        """
        chosen = [
            Line(text, refs=self.known(c.ids), by_model=bool(c.why))
            for c in self.report.first_page.careful
            if (text := c.why or self.about(c.ids))
        ]
        most = limits.get("careful")
        return (*chosen[:most], *self.people()[: limits.get("people")])

    def people(self) -> list[Line]:
        """People who may be taken for others, or whose name an article has in another way."""
        return [*islice(namesakes(self), MOST_NAMESAKES), *islice(misspellings(self), 1)]
