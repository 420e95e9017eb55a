"""What the short document tells after its first page: the evidence, and what has no room there.

The sections are those of the first page, made without its limits, less what stands there: quotes
for what is solid and for what changed, the other contested questions, what else rests on one
source, is to be checked or asked. All other evidence stands in the whole audit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from factcheck.judge.identity import show_origin
from factcheck.language.excerpt import excerpt, stems
from factcheck.models import Finding, Issue, Origin, Position, Voice
from factcheck.report import words
from factcheck.report.entries import Lookup
from factcheck.report.first_page import Contest, Line, Page, Stance, plain_text
from factcheck.report.first_page.maker import (
    Maker,
    choose_values,
    find_sides,
    find_standing,
    has_shared_taker,
)
from factcheck.report.first_page.naming import WITH_CAUTION
from factcheck.report.first_page.warnings import plain
from factcheck.report.quotes import in_marks, quote_whole
from factcheck.report.view import Chapter, Question, Row

MOST_NAMED = 2  # origins of a position
MOST_QUOTES = 2  # for what is solid: two origins make it so
MOST_QUOTED = 6  # solid findings; others stand in the table alone
MOST_ROWS = 10
MOST_QUOTE_WORDS = 36
SCRAP_WORDS, SCRAP_LETTERS = 8, 60  # of a sentence that may not say by itself what it is about
MOST_BRIEF = 3  # questions of a kind that nobody chose
MOST_ALONE = 6  # findings on one source
MOST_CAREFUL = 6
ALL = 99
CONTESTED, CHANGED = "contested", "changed"  # ids of chapters
T = TypeVar("T")


class Quote(NamedTuple):
    """A part of a sentence, verbatim in marks; `said_by` is the article and who says it there.

    `text` is "" for one that was quoted before.
    """

    said_by: str
    text: str


class Quoted(NamedTuple):
    """A finding with quotes; `who` are others who say it, "" for nobody.

    `remark` is what a model adds, "" where it stands above.
    """

    id: str
    text: str
    quotes: tuple[Quote, ...]
    who: str = ""
    remark: str = ""


class Brief(NamedTuple):
    """A question or warning in a line: its positions, each with who takes it."""

    text: str
    positions: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True)
class Short:
    """The parts of the short document beside its first page.

    `table` has a row for all that is solid, that of a quoted finding with its number as text;
    `contested` are questions whose quotes or remarks have no room above, `contested_too` some
    that nobody chose; `changed` are the changes of the first page, `changed_too` others. `left`
    is how many lines the whole audit has beside these.
    """

    solid: tuple[Quoted, ...]
    table: tuple[Row, ...]
    changed: tuple[Contest, ...]
    changed_too: tuple[Brief, ...]
    contested: tuple[Contest, ...]
    contested_too: tuple[Brief, ...]
    alone: tuple[Line, ...]
    careful: tuple[Brief, ...]
    calls: tuple[Line, ...]
    left: int


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
        self.told = plain(plain_text(first))
        self.whole = Maker(found.report).page({"stances": ALL})
        self.changed = dict.fromkeys(found.report.first_page.changed)
        self.left = 0
        self.quoted: set[str] = set()

    def shorten(self, chapters: Iterable[Chapter], matrix: Iterable[Row]) -> Short:
        """All parts, in the order in which they are read."""
        asked = {part.id: part.questions for part in chapters if part.questions}
        careful = {ref for line in self.first.careful for ref in line.refs}
        chosen = careful | self.changed.keys() | {one.ref for one in self.whole.contested}
        others = {
            part: [one for one in many if one.issue.id not in chosen]
            for part, many in asked.items()
        }
        solid = tuple(map(self.quote_solid, self.list_solid()[:MOST_QUOTED]))
        table = self.keep([*self.list_rows(solid, {row.id: row for row in matrix})], MOST_ROWS)
        changes = tuple(self.list_changed())
        changed_too = self.keep(others.pop(CHANGED, []), MOST_BRIEF)
        contested = tuple(self.list_contested())
        contested_too = self.keep(others.pop(CONTESTED, []), MOST_BRIEF)
        # What a model says something of weighs more than what code found.
        rest = (one for many in others.values() for one in many)
        ranked = sorted(rest, key=lambda one: not self.remark(one.issue.id))
        details = self.keep(ranked, MOST_CAREFUL)
        briefly = (*changed_too, *contested_too, *details)
        shown = chosen | {one.issue.id for one in briefly}
        return Short(
            solid=solid,
            table=table,
            changed=changes,
            changed_too=tuple(map(self.tell, changed_too)),
            contested=contested,
            contested_too=tuple(map(self.tell, contested_too)),
            alone=self.keep([*self.list_alone(shown)], MOST_ALONE),
            careful=(*map(self.tell, details), *self.list_cautions(shown)),
            calls=tuple(line for line in self.whole.calls if line not in self.first.calls),
            left=self.left,
        )

    def keep(self, many: Sequence[T], most: int) -> tuple[T, ...]:
        """The first of many; the others are counted as left."""
        self.left += len(many[most:])
        return tuple(many[:most])

    def list_solid(self) -> list[Finding]:
        """What was chosen as solid."""
        chosen = self.found.report.first_page.solid
        return [self.found.findings[i] for i in chosen if i in self.found.findings]

    def list_rows(self, quoted: Sequence[Quoted], rows: Mapping[str, Row]) -> Iterator[Row]:
        """The table of what is solid: by number what is quoted, else with what a model adds."""
        numbers = {one.id: str(number) for number, one in enumerate(quoted, 1)}
        for row in (rows[one.id] for one in self.list_solid() if one.id in rows):
            remark = self.remark(row.id)
            text = f"{row.text} – {remark}" if remark else row.text
            yield row._replace(text=numbers.get(row.id, text))

    # --- evidence for what stands above -------------------------------------------------

    def quote_solid(self, finding: Finding) -> Quoted:
        """A solid finding with a quote of each of two origins, and who else says it.

        What says most of it in its words comes first, in English before other languages.
        """
        counted = [v for v in finding.voices if v.counted and v.stance == "asserts"]
        first: dict[str, Voice] = {}
        for voice in sorted(counted, key=lambda voice: self.rank(voice, finding.text)):
            first.setdefault(voice.origin.key, voice)
        quoted = [*first.values()][:MOST_QUOTES]
        keys = {voice.origin.key for voice in quoted}
        return Quoted(
            finding.id,
            finding.text,
            tuple(self.quote(voice, finding.text) for voice in quoted),
            self.name([origin for origin in finding.origins if origin.key not in keys]),
            self.remark(finding.id),
        )

    def rank(self, voice: Voice, subject: str) -> tuple[bool, bool, int]:
        """What is quoted first for a subject, of those who say the same: no scraps, English."""
        scrap, _, foreign = self.found.order(voice)
        return scrap, foreign, -len(stems(self.cut(voice, subject)) & stems(subject))

    def cut(self, voice: Voice, subject: str) -> str:
        """A voice's first sentence, cut; all that it is cited for where that one is a scrap.

        Not of a source: what stands beside its words may be somebody else's.
        """
        article = self.found.articles[voice.article]
        cited = sorted(zip(voice.sentences, voice.quotes, strict=True))
        every = words.join_quotes(article, [n for n, _ in cited], [quote for _, quote in cited])
        first = voice.quotes[0]
        scrap = len(first.split()) < SCRAP_WORDS and len(first) < SCRAP_LETTERS
        if scrap and voice.source is None and len(every.split()) <= MOST_QUOTE_WORDS:
            return every
        return excerpt(quote_whole(article, voice.sentences[0]), MOST_QUOTE_WORDS, subject)

    def list_changed(self) -> Iterator[Contest]:
        """The changes that were chosen: their values in order, each with a sentence."""
        for ref in self.changed:
            if finding := self.found.findings.get(ref):
                saying = [voice for voice in finding.voices if voice.stance == "asserts"]
                voice = min(saying or finding.voices, key=self.found.order)
                one = (self.stance("", voice, finding.text),)
                yield Contest(finding.text, one, ref=ref, remark=self.remark(ref))
            elif issue := self.found.issues.get(ref):
                values = tuple(self.quote_values(issue))
                yield Contest(issue.question, values, ref=ref, remark=self.remark(ref))

    def quote_values(self, issue: Issue) -> Iterator[Stance]:
        """The values of what changed, each with a sentence, and with one that takes it back."""
        standing = issue.positions[find_standing(issue)]
        before = [position for position in issue.positions if position is not standing]
        for position in (*choose_values(before), standing):
            voices = [self.found.voices[c] for c in position.claims if c in self.found.voices]
            ranked = sorted(voices, key=lambda v: (not v.counted, *self.found.order(v)))
            said = [voice for voice in ranked if voice.stance != "retracts"]
            back = [voice for voice in ranked if voice.stance == "retracts"]
            yield from (self.stance(position.label, voice, voice.text) for voice in said[:1])
            yield from (self.stance("taken back", voice, voice.text) for voice in back[:1])

    def stance(self, claim: str, voice: Voice, subject: str) -> Stance:
        """What a voice is quoted for, with its article and who says it there."""
        quote = self.quote(voice, subject)
        return Stance(claim, quote.said_by, quote=quote.text, outlet=quote.said_by)

    def quote(self, voice: Voice, subject: str) -> Quote:
        """What a voice is quoted for, and whose it is; no text where that was quoted before."""
        source = self.found.sources.get(voice.source or "")
        after = f"probably after {voice.after}" if voice.after else ""
        who = voice.name or (source.name if source else after)
        outlet = self.found.names[voice.article]
        caution = WITH_CAUTION * (voice.modality == "hedged")
        said_by = (f"{outlet} ({who})" if who else outlet) + caution
        text = in_marks(self.cut(voice, subject))
        again = text in self.quoted
        self.quoted.add(text)
        return Quote(said_by, "" if again else text)

    # --- what has no room above ----------------------------------------------------------

    def list_contested(self) -> Iterator[Contest]:
        """The contested questions that were chosen, less the positions quoted above.

        Those of the first page have their number there.
        """
        above = {contest.ref: contest for contest in self.first.contested}
        numbers = {ref: f"{number}: " for number, ref in enumerate(above, 1)}
        asked = {ref for call in self.whole.calls if call.note for ref in call.refs}
        for whole in self.whole.contested:
            shown = above.get(whole.ref)
            told = {stance.claim for stance in shown.stances if stance.told} if shown else set()
            stances = tuple(stance for stance in whole.stances if stance.claim not in told)
            issue = self.found.issues[whole.ref]
            self.left += len(issue.positions) - len(find_sides(issue))
            settled = whole.ref in asked or (shown and shown.settles)
            left = replace(
                whole,
                question=numbers.get(whole.ref, "") + whole.question,
                stances=stances,
                open="" if shown and shown.open else whole.open,
                remark=self.remark(whole.ref),
                settles="" if settled else whole.settles,
            )
            if left.stances or left.remark or left.open or left.settles:
                yield left

    def tell(self, one: Question) -> Brief:
        """A question in a line."""
        positions = [(p.label, self.name_takers(one.issue, p)) for p in one.issue.positions]
        if one.issue.open:
            says = self.found.findings[one.issue.open[0]]
            positions.append(("not known", self.name(says.origins)))
        return Brief(one.issue.question, tuple(positions), self.remark(one.issue.id))

    def remark(self, identity: str) -> str:
        """What a model says of a question or finding and warns of, but for what stands above."""
        said = self.found.remarks.get(identity, "")
        warnings = (line.note for line in self.left_cautions() if line.refs == (identity,))
        return " ".join(t for t in (said, *warnings) if t and plain(t) not in self.told)

    def left_cautions(self) -> list[Line]:
        """The warnings that have no room above."""
        return [line for line in self.whole.careful if line not in self.first.careful]

    def name_takers(self, issue: Issue, position: Position) -> str:
        """Who takes a position, else who did, "" for nobody.

        Unnamed sources only where nobody else does; the articles of a slip where one source takes
        several positions.
        """
        if issue.kind == "slip" and has_shared_taker(issue):
            return words.join_items(self.found.names[article] for article in position.articles)
        named = [origin for origin in position.origins if origin.kind != "anonymous"]
        if takers := named or [*position.origins]:
            return self.name(takers)
        left = dict.fromkeys(label.split(" / ")[0] for label in position.withdrawn)
        return f"no longer said by {'; '.join(left)}" if left else ""

    def name(self, origins: Sequence[Origin]) -> str:
        """Two origins, each by its first name, and how many more there are."""
        shown = []
        for origin in origins[:MOST_NAMED]:
            label = origin.label.split(" / ")[0]
            side = "" if plain(label) in self.told else origin.side
            self.told += f" {plain(label)}"
            shown.append(show_origin(origin.model_copy(update={"label": label, "side": side})))
        more = len(origins) - len(shown)
        return "; ".join([*shown, f"{more} more"] if more else shown)

    def list_cautions(self, shown: Collection[str]) -> Iterator[Brief]:
        """The warnings left, without the answers to questions that are shown with them.

        What warns of one question or change that is shown stands there as its remark.
        """
        for line in self.left_cautions():
            if len(line.refs) == 1 and line.refs[0] in shown:
                continue
            issues = [self.found.issues[ref] for ref in line.refs if ref in self.found.issues]
            asked = [issue.question for issue in issues if issue.id in shown]
            yield Brief(" / ".join(asked) or line.text, (), line.note)

    def list_alone(self, shown: Collection[str]) -> Iterator[Line]:
        """What rests on one source and was chosen for the first page, but has no room there.

        Or whose note has none. What is a position of a question that is shown is told there.
        """
        above = {ref for line in self.first.alone for ref in line.refs}
        asked = (self.found.issues[ref] for ref in shown if ref in self.found.issues)
        told = {f for issue in asked for position in issue.positions for f in position.findings}
        for ident in self.found.report.first_page.alone:
            finding, remark = self.found.findings.get(ident), self.remark(ident)
            if finding and (remark if ident in above else ident not in told):
                yield Line(finding.text, self.tell_source(finding), (ident,), remark=remark)

    def tell_source(self, finding: Finding) -> str:
        """Who answers for a finding, and the articles that carry it where these are others."""
        who = self.name(finding.origins)
        outlets = {i: self.found.articles[i].outlet for i in finding.carried_by}
        carriers = (i for i, outlet in outlets.items() if not (outlet and outlet in who))
        where = words.join_items(self.found.names[article] for article in carriers)
        return "; ".join(filter(None, (who, where, self.found.translated(finding))))
