"""Edit: ask a model what an editor must see first, and bind what it says to the findings.

One call after the verdicts. The model orders ids, notices what stands there twice, and
words the calls; it judges nothing. Code keeps only ids that exist and whose verdict fits
the section, and flags names and numbers in the model's own words that the lines do not
hold. If the call fails, the first page is made by rank.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from factcheck import prompts
from factcheck.language.excerpt import excerpt
from factcheck.language.missing import missing_numbers
from factcheck.language.sums import leave_out_results
from factcheck.language.words import straight
from factcheck.llm.client import ModelClient, Prompt
from factcheck.models import (
    Article,
    Call,
    Caution,
    Doubt,
    Finding,
    FirstPage,
    Note,
    Origin,
    Pick,
    Position,
    Report,
    Summary,
    SummaryKind,
    Verdict,
)
from factcheck.pipeline.checks import doubt_sums, doubt_text
from factcheck.pipeline.compare_prompt import on_one_line
from factcheck.pipeline.rank import (
    ALONE,
    MOST,
    SOLID,
    find_alone,
    find_disputed,
    find_solid,
    is_contested,
    list_later,
    rank,
)
from factcheck.pipeline.wire import TO_WIRE, EditReply, WireQuote, WireSummary

MARKS = re.compile(r'[“”„«»"]')
DESCRIBED = re.compile(r"\w+ [a-z]")  # "Chair of the board", and not a name
MOST_FINDINGS = 140
MOST_CLAIMS = 4  # of a position
MOST_WORDS = 28  # of a quoted sentence
MOST_QUOTED_WORDS = 24
OUTPUT_OF_EDIT = 1_500  # tokens of an answer
NO_QUOTE = WireQuote(id="", words="")


@dataclass(frozen=True)
class Edited:
    """The first page, and lists of findings that the model takes for one proposition."""

    page: FirstPage
    twins: tuple[tuple[str, ...], ...] = ()


async def edit(report: Report, client: ModelClient) -> Edited:
    """Ask for the first page of a report.

    Raises the client's `ModelError` if the call fails in the end.
    """
    desk = Desk(report)
    reply = (await client.ask(edit_prompt(desk))).value
    return Edited(desk.to_page(reply), desk.to_twins(reply))


def edit_prompt(desk: Desk) -> Prompt[EditReply]:
    """The request: instructions, articles, findings and questions as lines, the task."""
    return Prompt(
        stage="edit",
        label="",
        system=prompts.instructions("edit.system"),
        user=prompts.task(
            "edit",
            event=on_one_line(desk.report.title),
            articles=[show_article(article) for article in desk.report.articles],
            findings=desk.finding_lines(),
            questions=desk.question_lines(),
        ),
        schema=EditReply,
        check=desk.find_faults,
        answer=OUTPUT_OF_EDIT,
    )


class Desk:
    """A report as the model is shown it, and what of an answer fits it."""

    def __init__(self, report: Report) -> None:
        """Index what is looked up."""
        self.report = report
        self.findings = {f.id: f for f in report.findings}
        self.issues = {i.id: i for i in report.issues}
        self.known = {*self.findings, *self.issues}
        self.articles = {a.id: a for a in report.articles}
        self.voices = {v.claim: v for f in report.findings for v in f.voices if v.claim}
        self.updated = {c for f in report.findings if f.verdict == "updated" for c in f.claims}
        self.total = sum(group.counts for group in report.groups)
        voices = (v for f in report.findings for v in f.voices if v.relation == "more")
        self.since = list_later(report)
        self.fuller = {voice.claim for voice in voices if voice.claim}

    # --- what the model sees -----------------------------------------------------

    def finding_lines(self) -> list[str]:
        """The findings as lines under their verdicts; within a limit those that weigh most."""
        weighty = [finding for finding in self.report.findings if self.is_weighty(finding)]
        first = sorted(weighty, key=lambda finding: (finding.verdict not in SOLID, rank(finding)))
        kept = {finding.id for finding in first[:MOST_FINDINGS]}
        lines = []
        for verdict in get_args(Verdict):
            under = [f for f in weighty if f.verdict == verdict and f.id in kept]
            lines += [f"## {verdict}", *map(self.finding_line, under)] if under else []
        return lines

    def is_weighty(self, finding: Finding) -> bool:
        """Whether a finding may stand on a first page: no lone background, no view, no part.

        What is disputed or updated in a question is told there.
        """
        if finding.issues and finding.verdict in {"disputed", "updated"}:
            return False
        if finding.verdict in {"single-source", "unconfirmed"}:
            adds = finding.kind == "fact" and not self.fuller.isdisjoint(finding.claims)
            return finding.core and (adds or not finding.parent)
        return finding.verdict != "not-judged"

    def finding_line(self, finding: Finding) -> str:
        """One finding as a line."""
        origins = (
            show_origin(origin) + ", with caution" * finding.is_hedged_by(origin)
            for origin in finding.origins
        )
        who = "; ".join(origins) or "nobody counts"
        if finding.against:
            who += "; against: " + "; ".join(show_origin(origin) for origin in finding.against)
        parts = [who, *(["background"] if not finding.core else [])]
        parts += [f"{finding.outlets} of {self.total}"] if finding.outlets > 1 else []
        parts += [self.since[finding.id]] if finding.id in self.since else []
        parts = [part.replace("|", "/") for part in (*parts, finding.text)]
        return on_one_line(" | ".join([finding.id, *parts]))

    def question_lines(self) -> list[str]:
        """The questions as lines, below each its positions; of a conflict with their claims."""
        lines = []
        for issue in self.report.issues:
            settled = "" if issue.settled is None else f" (settled: position {issue.settled})"
            lines.append(on_one_line(f"{issue.id} | {issue.kind}{settled} | {issue.question}"))
            for number, position in enumerate(issue.positions):
                takers = [show_origin(origin) for origin in position.origins]
                left = [f"no longer {name}" for name in position.withdrawn]
                who = "; ".join((*takers, *left))
                lines.append(on_one_line(f"  {number}: {position.label} ({who})"))
                if issue.kind == "conflict":
                    lines += [f"     {self.claim_line(c)}" for c in self.claims_to_show(position)]
            lines += [on_one_line(f"  open: {self.open_line(i)}") for i in issue.open]
        return lines

    def open_line(self, identity: str) -> str:
        """A finding by which somebody calls a question open, with who does."""
        finding = self.findings[identity]
        who = "; ".join(show_origin(origin) for origin in finding.origins)
        return f"{finding.text} ({who})" if who else finding.text

    def claims_to_show(self, position: Position) -> list[str]:
        """The claims to choose from: the first of each source, then others; overtaken ones last."""
        first: dict[str, str] = {}
        claims = sorted(position.claims, key=self.updated.__contains__)
        for claim in claims:
            voice = self.voices[claim]
            first.setdefault(voice.source or voice.origin.key, claim)
        return [*dict.fromkeys((*first.values(), *claims))][:MOST_CLAIMS]

    def claim_line(self, identity: str) -> str:
        """One claim as a line: who, and the sentence that carries it."""
        voice = self.voices[identity]
        who = voice.name or self.articles[voice.article].label
        who += " (with caution)" if voice.modality == "hedged" else ""
        who += " (overtaken)" if identity in self.updated else ""
        named = f"{who}, {voice.function}" if voice.function else who
        quote = excerpt(voice.quotes[0], MOST_WORDS, voice.text)
        return on_one_line(f"{identity} {named}: “{quote}”")

    # --- what of an answer fits -----------------------------------------------------

    def find_faults(self, reply: EditReply) -> list[str]:
        """Ids that do not exist, and verdicts that do not fit their section."""
        named = [
            *reply.changed,
            *reply.solid,
            *(pick.q for pick in reply.contested),
            *reply.alone,
            *(note.id for note in reply.notes),
            *(i for caution in reply.careful for i in caution.ids),
            *(i for call in reply.calls for i in call.ids),
            *(i for twins in reply.same for i in twins),
        ]
        faults = [f"there is no {i}" for i in dict.fromkeys(named) if i not in self.known]
        for section, ids, fits in (("solid", reply.solid, SOLID), ("alone", reply.alone, ALONE)):
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
        changes |= self.since.keys() & (solid | find_alone(self.report))
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
            rests=to_summaries(reply.rests),
            changed=keep(reply.changed, changes, taken, MOST["changed"]),
            solid=keep(reply.solid, solid, taken, MOST["solid"]),
            contested=self.to_picks(reply),
            alone=keep(reply.alone, find_alone(self.report), taken, MOST["alone"]),
            careful=careful[: MOST["careful"]],
            calls=calls[: MOST["calls"]],
        )
        page = page.model_copy(update={"notes": self.to_notes(reply, page)})
        return page.model_copy(update={"flags": self.find_doubts(page)})

    def to_picks(self, reply: EditReply) -> tuple[Pick, ...]:
        """The open conflicts that were chosen, each with a claim of each position."""
        picks: dict[str, Pick] = {}
        for wire in reply.contested:
            issue = self.issues.get(wire.q)
            if issue is None or not is_contested(issue):
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
                    claims=tuple(claim for claim, _ in quoted),
                    quotes=tuple(quote for _, quote in quoted),
                    weighing=on_one_line(wire.weigh),
                    settles=on_one_line(wire.settles),
                ),
            )
        return tuple(picks.values())[: MOST["contested"]]

    def to_quote(self, pick: WireQuote, position: Position) -> tuple[str, str]:
        """The claim to quote for a position, and the words of its sentence that were picked.

        The position's first claim where the one that was picked is none of it.
        """
        if pick.id not in position.claims:
            return position.claims[0], ""
        return pick.id, find_words(self.voices[pick.id].quotes[0], pick.words)

    def to_notes(self, reply: EditReply, page: FirstPage) -> tuple[Note, ...]:
        """The first note to each question, and to each finding that stands on the page."""
        lines = {*self.issues, *page.changed, *page.solid, *page.alone}
        notes: dict[str, Note] = {}
        for wire in reply.notes:
            if wire.id in lines and wire.note.strip():
                notes.setdefault(wire.id, Note(id=wire.id, text=on_one_line(wire.note)))
        return tuple(notes.values())[: MOST["notes"]]

    def keep_known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of findings and questions that exist, each once."""
        return tuple(i for i in dict.fromkeys(ids) if i in self.known)

    def find_disputed(self) -> set[str]:
        """What stands in an open question, or says all of that and more."""
        disputed = find_disputed(self.report)
        voices = (v for i in disputed if i in self.findings for v in self.findings[i].voices)
        fuller = {voice.claim for voice in voices if voice.relation == "more"}
        return disputed | {f.id for f in self.report.findings if fuller & {*f.claims}}

    def list_one_sided(self, reply: EditReply) -> list[str]:
        """The chosen questions with one position, which somebody calls open."""
        chosen = (self.issues[pick.q] for pick in reply.contested if pick.q in self.issues)
        return [i.id for i in chosen if i.kind == "conflict" and len(i.positions) == 1]

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

    def find_doubts(self, page: FirstPage) -> tuple[Doubt, ...]:
        """Names and numbers in the model's own words that no line holds, and sums that fail.

        What a sum that comes out right gives need stand in no line.
        """
        lines = " ".join([*self.finding_lines(), *self.question_lines(), self.report.title])
        names = [call.who for call in page.calls]
        own = [line.text for line in page.rests]
        own += [name for name in names if not DESCRIBED.match(name)]
        lowered = [name for name in names if DESCRIBED.match(name)]
        lowered += [call.ask for call in page.calls]
        lowered += [caution.why for caution in page.careful]
        lowered += [note.text for note in page.notes]
        lowered += [pick.weighing for pick in page.contested]
        told = {**{text: text for text in own}, **{text: uncapitalize(text) for text in lowered}}
        return tuple(
            Doubt(code=doubt.code, text=doubt.text, about=text)
            for text, read in told.items()
            for doubt in (
                *doubt_sums(text),
                *doubt_text(leave_out_results(read), lines, "the report"),
            )
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
    return sentence[start:stop]


def keep(
    ids: Iterable[str], fitting: Collection[str], taken: set[str], most: int
) -> tuple[str, ...]:
    """The first ids that fit and stand nowhere else yet."""
    kept = [i for i in dict.fromkeys(ids) if i in fitting and i not in taken][:most]
    taken.update(kept)
    return tuple(kept)


def to_summaries(reply: WireSummary) -> tuple[Summary, ...]:
    """What an editor must know who reads nothing else, but for what is empty."""
    lines: dict[SummaryKind, str] = {
        "safe": reply.safe,
        "latest": reply.latest,
        "attribute": reply.attribute,
        "hold": reply.hold,
    }
    return tuple(
        Summary(kind=kind, text=on_one_line(text)) for kind, text in lines.items() if text.strip()
    )


def renumber_page(page: FirstPage, ids: Mapping[str, str]) -> FirstPage:
    """The first page with other ids of findings, each id once in a section."""

    def renamed(many: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids.get(one, one) for one in many))

    return page.model_copy(
        update={
            "changed": renamed(page.changed),
            "solid": renamed(page.solid),
            "alone": renamed(page.alone),
            "notes": tuple(n.model_copy(update={"id": ids.get(n.id, n.id)}) for n in page.notes),
            "careful": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.careful),
            "calls": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.calls),
        }
    )


def refit_page(page: FirstPage, report: Report) -> FirstPage:
    """The first page where findings were judged again: what is solid now moves there."""
    solid_now, alone_now = find_solid(report), find_alone(report)
    solid = dict.fromkeys(i for i in (*page.solid, *page.alone) if i in solid_now)
    alone = tuple(i for i in page.alone if i in alone_now)
    return page.model_copy(update={"solid": tuple(solid), "alone": alone})


# --- lines ------------------------------------------------------------------------------


def show_article(article: Article) -> str:
    """One article as a line."""
    time, genre = "time unknown", TO_WIRE[article.genre or "news"]
    if article.published is not None:
        exact = article.published_precision != "day"
        time = f"{article.published:%Y-%m-%d %H:%M}" if exact else f"{article.published:%Y-%m-%d}"
    return on_one_line(f"{article.id} {article.label} | {genre} | {time}")


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for."""
    return f"{origin.label} ({origin.side})" if origin.side else origin.label


def uncapitalize(text: str) -> str:
    """A text without the capitals at the starts of sentences, which make no names of words."""
    return re.sub(r"(?:^|[.;:?!]\s+)\w", lambda match: match[0].lower(), text)
