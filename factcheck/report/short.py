"""What the short document tells after its first page: what has no room there, each once.

The contested questions with a quote for each position, other questions in a line each, what
rests on one source, and who tells what is solid. All other evidence stands in the whole audit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factcheck.models import Finding, Origin
from factcheck.report import words
from factcheck.report.entries import Lookup
from factcheck.report.first_page import Line, Page, plain_text
from factcheck.report.first_page.maker import OVERTAKEN, Maker, has_shared_taker
from factcheck.report.quotes import in_marks
from factcheck.report.view import Chapter, Question, Row

MOST_NAMED = 2  # origins of a position
MOST_QUOTED = 6  # contested questions; the others get a line each
CONTESTED, CHANGED, CHECK = "Contested", "Changed", "Check before printing"  # chapters


class QuotedPosition(NamedTuple):
    """A position with one quote; `said_by` is the article and who says it there.

    `label` is "" where the first page tells the position and the quote is in English; `quote` is ""
    for none. `who` takes the position too.
    """

    label: str
    quote: str
    said_by: str
    who: str


class QuotedQuestion(NamedTuple):
    """A question with quotes; `remark` is what a model says of it, "" where it stands above.

    `number` is that of the question on the first page, "" for none.
    """

    number: str
    question: str
    positions: tuple[QuotedPosition, ...]
    remark: str


class BriefQuestion(NamedTuple):
    """A question in a line: its positions, each with who takes it; `remark` as above."""

    question: str
    positions: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True)
class Short:
    """The parts of the short document beside its first page.

    `brief` are questions and warnings by the title of their section.
    """

    quoted: tuple[QuotedQuestion, ...]
    brief: Mapping[str, Sequence[BriefQuestion]]
    alone: tuple[Line, ...]
    calls: tuple[Line, ...]
    solid: tuple[Row, ...]


def shorten(
    found: Lookup, first: Page, chapters: Iterable[Chapter], matrix: Iterable[Row]
) -> Short:
    """Choose what the first page leaves, of the chapters and the matrix of a report."""
    return Shortener(found, first).shorten(chapters, matrix)


class Shortener:
    """Tells what the first page leaves; whom somebody speaks for is told once in the document."""

    def __init__(self, found: Lookup, first: Page) -> None:
        """Begin where the first page ends."""
        self.found, self.first = found, first
        self.told = plain_text(first)
        whole = Maker(found.report).page()
        self.cautions = [line for line in whole.careful if line not in first.careful]
        self.calls = tuple(line for line in whole.calls if line not in first.calls)

    def shorten(self, chapters: Iterable[Chapter], matrix: Iterable[Row]) -> Short:
        """All parts, in the order in which they are read."""
        asked = {part.title: part.questions for part in chapters if part.questions}
        every = [one for many in asked.values() for one in many]
        quoted = self.choose_quoted(asked)
        above = {ref for line in (*self.first.changed, *self.first.careful) for ref in line.refs}
        left = [one for one in every if one not in quoted and one.issue.id not in above]
        shown = {one.issue.id for one in (*quoted, *left)}
        brief = {
            self.name_section(title): some
            for title, many in asked.items()
            if (some := [self.tell(one) for one in many if one in left])
        }
        if cautions := [*self.list_cautions(shown)]:
            brief.setdefault(self.name_section(CHECK), []).extend(cautions)
        return Short(
            quoted=tuple(q for q in map(self.quote, quoted) if q.positions or q.remark),
            brief=brief,
            alone=tuple(self.list_alone(every)),
            calls=self.calls,
            solid=tuple(self.list_solid(matrix)),
        )

    def choose_quoted(self, asked: Mapping[str, Sequence[Question]]) -> list[Question]:
        """The questions to quote: contested ones, those of the first page first, and retractions.

        A retraction is quoted where the first page tells it.
        """
        picked = [pick.issue for pick in self.found.report.first_page.contested]
        order = {ident: place for place, ident in enumerate(picked)}
        contested = sorted(
            asked.get(CONTESTED, ()), key=lambda one: order.get(one.issue.id, len(order))
        )
        told = {ref for line in self.first.changed for ref in line.refs}
        return contested[:MOST_QUOTED] + [
            one
            for one in asked.get(CHANGED, ())
            if one.issue.id in told and any(position.withdrawn for position in one.issue.positions)
        ]

    def name_section(self, title: str) -> str:
        """The head of a section, which tells where the first page has one of this kind."""
        above = {
            CONTESTED: ("Also contested", self.first.contested),
            CHANGED: ("Also changed", self.first.changed),
            CHECK: ("Also to check", self.first.careful),
        }
        name, part = above.get(title, ("", ()))
        return name if part else title

    def remark(self, one: Question) -> str:
        """What a model says of a question, and what it warns of, but for what stands above."""
        above = {contest.ref for contest in self.first.contested if contest.remark}
        warnings = (line.note for line in self.cautions if line.refs == (one.issue.id,))
        said = "" if one.issue.id in above else one.remark
        return " ".join(filter(None, (said, *warnings)))

    def quote(self, one: Question) -> QuotedQuestion:
        """A question with a quote for each position that has none above.

        Last who says that it is open, where that does not stand above.
        """
        above = [contest for contest in self.first.contested if contest.ref == one.issue.id]
        stances = [stance for each in above for stance in each.stances]
        told = {stance.claim.removesuffix(OVERTAKEN) for stance in stances}
        shown = {stance.claim.removesuffix(OVERTAKEN) for stance in stances if stance.quote}
        number = str(self.first.contested.index(above[0]) + 1) if above else ""
        quoted: set[str] = set()
        positions = []
        for place, stand in enumerate(one.stands):
            is_open = place == len(one.issue.positions)
            if any(each.open for each in above) if is_open else stand.label in shown:
                continue
            passage = next(iter(stand.passages), None)
            if passage is None or passage.whole in quoted:
                positions.append(QuotedPosition(stand.label, "", "", self.name_takers(one, place)))
                continue
            quoted.add(passage.whole)
            after = passage.who.removeprefix(words.OWN_VOICE).removeprefix(", ")
            who = passage.by or after
            is_told = stand.label in told and passage.lang == "en"
            quote = in_marks(words.clip(passage.whole))
            positions.append(
                QuotedPosition(
                    label="" if is_told else stand.label,
                    quote=f"{passage.stance}: {quote}" if passage.stance else quote,
                    said_by=f"{passage.outlet} ({who})" if who else passage.outlet,
                    who="" if is_told else self.name_takers(one, place, beside=passage.origin),
                )
            )
        return QuotedQuestion(number, one.issue.question, tuple(positions), self.remark(one))

    def tell(self, one: Question) -> BriefQuestion:
        """A question in a line."""
        positions = (
            (stand.label, self.name_takers(one, number)) for number, stand in enumerate(one.stands)
        )
        return BriefQuestion(one.issue.question, tuple(positions), self.remark(one))

    def name_takers(self, one: Question, number: int, *, beside: str = "") -> str:
        """Who takes a position, but for the origin `beside`; else who did, "" for nobody.

        Unnamed sources only where nobody else does; the articles of a slip where one source takes
        several positions.
        """
        if number == len(one.issue.positions):
            return ""  # who says that it is open is quoted
        position = one.issue.positions[number]
        if one.issue.kind == "slip" and has_shared_taker(one.issue):
            return words.join_items(self.found.names[article] for article in position.articles)
        named = [origin for origin in position.origins if origin.kind != "anonymous"]
        takers = named or [*position.origins]
        if takers or beside:
            return self.name([origin for origin in takers if origin.key != beside])
        return f"no longer said by {'; '.join(position.withdrawn)}" if position.withdrawn else ""

    def name(self, origins: Sequence[Origin]) -> str:
        """Two origins, each by its first name, and how many more there are."""
        shown = []
        for origin in origins[:MOST_NAMED]:
            label = origin.label.split(" / ")[0]
            side = "" if label in self.told else origin.side
            self.told += f"\n{label}"
            shown.append(
                words.origin_name(origin.model_copy(update={"label": label, "side": side}))
            )
        more = len(origins) - len(shown)
        return "; ".join([*shown, f"{more} more"] if more else shown)

    def list_cautions(self, shown: Collection[str]) -> Iterator[BriefQuestion]:
        """The warnings left, without the answers to questions that are shown with them.

        What warns of one shown question stands there as its remark.
        """
        for line in self.cautions:
            asked = [self.found.issues[ref].question for ref in line.refs if ref in shown]
            if len(line.refs) != 1 or not asked:
                yield BriefQuestion(" / ".join(asked) or line.text, (), line.note)

    def list_alone(self, asked: Iterable[Question]) -> Iterator[Line]:
        """What rests on one source and was chosen for the first page, but has no room there.

        What is a position of a question that was asked is told there.
        """
        told = {ref for line in self.first.alone for ref in line.refs}
        told |= {f for one in asked for position in one.issue.positions for f in position.findings}
        for ident in self.found.report.first_page.alone:
            if ident not in told:
                finding = self.found.findings[ident]
                remark = self.found.remarks.get(ident, "")
                yield Line(finding.text, self.tell_source(finding), (ident,), remark=remark)

    def tell_source(self, finding: Finding) -> str:
        """Who answers for a finding, and the articles that carry it where these are others."""
        who = self.name(finding.origins)
        carriers = (i for i in finding.carried_by if self.found.articles[i].outlet not in who)
        where = words.join_items(self.found.names[article] for article in carriers)
        return "; ".join(filter(None, (who, where, self.found.translated(finding))))

    def list_solid(self, matrix: Iterable[Row]) -> Iterator[Row]:
        """The rows of what was chosen as solid, in that order, with remarks that are not above."""
        told = {ref: line.remark for line in self.first.solid for ref in line.refs}
        rows = {row.id: row for row in matrix}
        for row in (rows[i] for i in self.found.report.first_page.solid if i in rows):
            remark = "" if told.get(row.id) else self.found.remarks.get(row.id, "")
            yield row._replace(text=f"{row.text} – {remark}" if remark else row.text)
