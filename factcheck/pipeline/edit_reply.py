"""What of an answer of the edit stage fits the report: ids, sections, picked words.

Code keeps only ids that exist and whose verdict fits the section.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from factcheck.language.missing import missing_numbers
from factcheck.language.words import straight
from factcheck.models import (
    Call,
    Caution,
    Finding,
    FirstPage,
    Issue,
    Note,
    Pick,
    Position,
    Summary,
    SummaryKind,
    Verdict,
)
from factcheck.models.first_page import split_position
from factcheck.pipeline.compare_prompt import on_one_line
from factcheck.pipeline.edit_checks import PageChecker
from factcheck.pipeline.edit_prompt import Listing, list_quotable
from factcheck.pipeline.rank import (
    ALONE,
    MOST,
    SOLID,
    find_alone,
    find_disputed,
    find_solid,
    is_contested,
    is_open,
)
from factcheck.pipeline.wire import EditReply, WireLine, WireQuote, WireSummary

MARKS = re.compile(r'[“”„«»"]')
MOST_QUOTED_WORDS = 24
UNSAFE: frozenset[Verdict] = frozenset({"disputed", "unconfirmed", "not-judged"})
NO_QUOTE = WireQuote(id="", words="", en="")


class ReplyReader:
    """Reads answers on one report."""

    def __init__(self, listing: Listing) -> None:
        self.listing, self.report = listing, listing.report
        self.findings = listing.findings
        self.issues = {i.id: i for i in self.report.issues}
        self.known = {*self.findings, *self.issues}

    def find_faults(self, reply: EditReply) -> list[str]:
        """Ids that do not exist, and verdicts that do not fit their section."""
        solid, alone = ([line.id for line in part] for part in (reply.solid, reply.alone))
        points = [point for some in reply.rests.by_kind().values() for point in some]
        named = [
            *(i for point in points for i in point.ids if not self.keep_bearing([i])),
            *(line.id for line in reply.changed),
            *solid,
            *(pick.q for pick in reply.contested),
            *alone,
            *(note.id for note in reply.notes),
            *(self.find_question(i) for caution in reply.careful for i in caution.ids),
            *(self.find_question(i) for call in reply.calls for i in call.ids),
            *(i for twins in reply.same for i in twins),
        ]
        faults = [f"there is no {i}" for i in dict.fromkeys(named) if i not in self.known]
        for section, ids, fits in (("solid", solid, SOLID), ("alone", alone, ALONE)):
            faults += [
                f"{i} is {self.findings[i].verdict} and does not fit {section}"
                for i in dict.fromkeys(ids)
                if i in self.findings and self.findings[i].verdict not in fits
            ]
        return faults

    def to_page(self, reply: EditReply) -> FirstPage:
        """The first page with only what exists and fits; what does not fit is moved or left out."""
        taken: set[str] = set()
        changes = {issue.id for issue in self.report.issues if issue.kind == "change"}
        changes |= {f.id for f in self.report.findings if f.verdict == "updated"}
        solid = find_solid(self.report) - self.find_disputed()
        changes |= self.listing.since.keys() & (solid | find_alone(self.report))
        careful = tuple(
            Caution(ids=ids, why=on_one_line(caution.why))
            for caution in reply.careful
            if (ids := self.keep_known(caution.ids))
        )
        told = {i for caution in careful for i in caution.ids}
        careful += tuple(Caution(ids=(i,)) for i in self.list_one_sided(reply) if i not in told)
        calls = tuple(
            Call(
                who=on_one_line(call.who),
                ask=on_one_line(call.ask),
                record=on_one_line(call.record),
                ids=self.keep_known(call.ids),
            )
            for call in reply.calls
            if call.who.strip() and call.ask.strip()
        )
        page = FirstPage(
            made_by="model",
            rests=tuple(self.to_summaries(reply.rests)),
            changed=keep(reply.changed, changes, taken, MOST["changed"]),
            solid=keep(reply.solid, solid, taken, MOST["solid"]),
            contested=self.to_picks(reply),
            alone=keep(reply.alone, find_alone(self.report), taken, MOST["alone"]),
            careful=careful[: MOST["careful"]],
            calls=calls[: MOST["calls"]],
        )
        page = page.model_copy(
            update={"heads": to_heads(reply, page), "notes": self.to_notes(reply, page)}
        )
        return page.model_copy(update={"flags": PageChecker(self.listing).find_doubts(page)})

    def to_summaries(self, reply: WireSummary) -> Iterator[Summary]:
        """The points that rest on findings or questions of the report, in the order of the page.

        What is disputed, doubted or only in comments is not safe to print, but has a source.
        """
        points = [
            Summary(kind=self.place(kind, ids), text=to_head(point.t), ids=ids)
            for kind, some in reply.by_kind().items()
            for point in some
            if point.t.strip() and (ids := self.keep_bearing(point.ids))
        ]
        for kind in reply.by_kind():
            yield from (point for point in points if point.kind == kind)

    def place(self, kind: SummaryKind, ids: Iterable[str]) -> SummaryKind:
        """Where a point stands that rests on these findings and questions."""
        unsafe = all(
            self.findings[i].verdict in UNSAFE
            if i in self.findings
            else is_open(self.issues[split_position(i)[0]])
            for i in ids
        )
        return "attribute" if kind == "safe" and unsafe else kind

    def to_picks(self, reply: EditReply) -> tuple[Pick, ...]:
        """The open conflicts that were chosen, each with a claim of each position."""
        picks: dict[str, Pick] = {}
        for wire in reply.contested:
            issue = self.issues.get(wire.q)
            if issue is None or not self.is_live(issue):
                continue
            chosen = [*wire.picks, *[NO_QUOTE] * len(issue.positions)]
            quoted = [
                self.to_quote(pick, position)
                for pick, position in zip(chosen, issue.positions, strict=False)
            ]
            picks.setdefault(
                wire.q,
                Pick(
                    issue=wire.q,
                    head=to_head(wire.head),
                    claims=tuple(claim for claim, _, _ in quoted),
                    quotes=tuple(words for _, words, _ in quoted),
                    translations=tuple(english for _, _, english in quoted),
                    weighing=on_one_line(wire.weigh),
                    settles=on_one_line(wire.settles),
                ),
            )
        return tuple(picks.values())[: MOST["contested"]]

    def to_quote(self, pick: WireQuote, position: Position) -> tuple[str, str, str]:
        """The claim to quote for a position, the words of its sentence, and these in English.

        The position's first claim where the one that was picked is none of it.
        """
        if pick.id not in position.claims:
            return position.claims[0], "", ""
        voice = self.listing.voices[pick.id]
        found = (find_words(quote, pick.words) for quote in list_quotable(voice))
        words = next(filter(None, found), "")
        foreign = self.listing.articles[voice.article].language != "en"
        return pick.id, words, on_one_line(pick.en) if words and foreign else ""

    def to_notes(self, reply: EditReply, page: FirstPage) -> tuple[Note, ...]:
        """The first note to each question, and to each finding that stands on the page."""
        lines = {*self.issues, *page.changed, *page.solid, *page.alone}
        notes: dict[str, Note] = {}
        for wire in reply.notes:
            if wire.id in lines and wire.note.strip():
                notes.setdefault(wire.id, Note(id=wire.id, text=on_one_line(wire.note)))
        return tuple(notes.values())[: MOST["notes"]]

    def keep_known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of findings and questions that exist, each once; of a position its question's."""
        return tuple(i for i in dict.fromkeys(map(self.find_question, ids)) if i in self.known)

    def find_question(self, identity: str) -> str:
        """The id of the question whose position an id means, else the id itself."""
        return split_position(identity)[0] if self.find_position(identity) else identity

    def keep_bearing(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of findings, questions and their positions ("q3.1") that exist, each once."""
        return tuple(i for i in dict.fromkeys(ids) if i in self.known or self.find_position(i))

    def find_position(self, identity: str) -> Position | None:
        """The position of a question that an id such as "q3.1" means."""
        issue, place = split_position(identity)
        positions = self.issues[issue].positions if issue in self.issues else ()
        return positions[place] if place is not None and place < len(positions) else None

    def find_disputed(self) -> set[str]:
        """What stands in an open question, or says all of that and more."""
        disputed = find_disputed(self.report)
        voices = (v for i in disputed if i in self.findings for v in self.findings[i].voices)
        fuller = {voice.claim for voice in voices if voice.relation == "more"}
        return disputed | {f.id for f in self.report.findings if fuller & {*f.claims}}

    def list_one_sided(self, reply: EditReply) -> list[str]:
        """The chosen conflicts with one position that is maintained: to be checked, no dispute."""
        chosen = (self.issues[pick.q] for pick in reply.contested if pick.q in self.issues)
        return [
            i.id
            for i in chosen
            if i.kind == "conflict" and i.settled is None and not self.is_live(i)
        ]

    def is_live(self, issue: Issue) -> bool:
        """Whether a question is open between two positions at least that are maintained."""
        maintained = [
            position
            for position in issue.positions
            if any(self.findings[i].verdict != "updated" for i in position.findings)
        ]
        return is_contested(issue) and len(maintained) > 1

    def to_twins(self, reply: EditReply) -> tuple[tuple[str, ...], ...]:
        """Findings of one kind and one polarity of verdict that the model takes for one.

        Not united are findings that stand in different positions of a question, that give
        numbers which do not fit, or that nobody states without more.
        """
        twins = []
        for ids in reply.same:
            known = [self.findings[i] for i in dict.fromkeys(ids) if i in self.findings]
            alike = len({finding.kind for finding in known}) == 1 and not other_numbers(known)
            alike = alike and all(map(is_stated, known)) and not self.are_opposed(known)
            if len(known) > 1 and alike:
                twins.append(tuple(finding.id for finding in known))
        return tuple(twins)

    def are_opposed(self, findings: Iterable[Finding]) -> bool:
        """Whether two of these findings stand in different positions of one question."""
        ids = {finding.id for finding in findings}
        return any(
            sum(bool(ids & {*position.findings}) for position in issue.positions) > 1
            for issue in self.report.issues
        )


def other_numbers(findings: Sequence[Finding]) -> bool:
    """Whether the sentence of one finding has a number that another lacks."""
    return any(missing_numbers(one.text, other.text) for one in findings for other in findings)


def is_stated(finding: Finding) -> bool:
    """Whether some claim states just this, and not only more."""
    return any(voice.relation == "same" for voice in finding.voices)


def find_words(sentence: str, words: str) -> str:
    """The words of a sentence that were picked, as it has them; "" where it does not.

    Whole words, however quotation marks, dashes and spaces are written.
    """
    sought = straight(words).strip(" .,;:…\"'").split()
    if not 0 < len(sought) <= MOST_QUOTED_WORDS:
        return ""
    together = r"\s+".join(map(re.escape, sought))
    found = re.search(rf"(?<!\w){together}(?!\w)", straight(sentence))
    if not found:
        return ""
    start, stop = found.span()
    if len(MARKS.findall(sentence[start:stop])) % 2:  # one of a pair stands just beside
        if before := re.search(rf"{MARKS.pattern}\s?$", sentence[:start]):
            start = before.start()
        elif after := re.match(rf"\s?{MARKS.pattern}", sentence[stop:]):
            stop += after.end()
        elif MARKS.match(sentence[start]):
            start += 1
    return sentence[start:stop]


def keep(
    lines: Iterable[WireLine], fitting: Collection[str], taken: set[str], most: int
) -> tuple[str, ...]:
    """The first ids that fit and stand nowhere else yet."""
    ids = dict.fromkeys(line.id for line in lines)
    kept = [i for i in ids if i in fitting and i not in taken][:most]
    taken.update(kept)
    return tuple(kept)


def to_heads(reply: EditReply, page: FirstPage) -> tuple[Note, ...]:
    """The lines of a page in a few words: of findings, and what stands before values."""
    shown = {*page.changed, *page.solid, *page.alone}
    told: dict[str, str] = {}
    for line in (*reply.changed, *reply.solid, *reply.alone):
        if line.id in shown and (head := to_head(line.head)):
            told.setdefault(line.id, head)
    return tuple(Note(id=i, text=head) for i, head in told.items())


def to_head(text: str) -> str:
    """A line in a few words, or what stands before the answers to a question; without a stop."""
    head = on_one_line(text).rstrip(": ")
    abbreviated = head.endswith(".") and "." in head.split()[-1][:-1]  # "8:31 p.m."
    return head if abbreviated else head.rstrip(". ")
