"""Edit: ask a model what an editor must see first, and bind what it says to the findings.

One call after the verdicts. The model orders ids, notices what stands there twice, and
words the calls; it judges nothing. Code keeps only ids that exist and whose verdict fits
the section, and flags names and numbers in the model's own words that the lines do not
hold. If the call fails, the first page is made by rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import get_args

from factcheck import prompts
from factcheck.language.excerpt import excerpt
from factcheck.language.missing import missing_numbers
from factcheck.llm.client import ModelClient, Prompt
from factcheck.models import (
    Article,
    Call,
    Caution,
    Finding,
    FirstPage,
    Issue,
    Origin,
    Pick,
    Position,
    Remark,
    Report,
    Verdict,
    Voice,
)
from factcheck.pipeline.checks import doubt_text
from factcheck.pipeline.wire import TO_WIRE, EditReply

SOLID: frozenset[Verdict] = frozenset({"verified", "as-said"})
ALONE: frozenset[Verdict] = frozenset({"single-source"})
MOST = {"changed": 6, "solid": 8, "contested": 6, "alone": 6, "careful": 5, "calls": 6}
MOST_FINDINGS = 110
MOST_CLAIMS = 3  # of a position, one a source
MOST_WORDS = 20  # of a quoted sentence
OUTPUT_OF_EDIT = 1_000  # tokens of an answer


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
    answer = await client.ask(edit_prompt(desk))
    page = desk.to_page(answer.value)
    return Edited(page, desk.to_twins(answer.value))


def edit_prompt(desk: Desk) -> Prompt[EditReply]:
    """The request: instructions, articles, findings and questions as lines, the task."""
    return Prompt(
        stage="edit",
        label="",
        system=prompts.instructions("edit.system"),
        user=prompts.task(
            "edit",
            event=one_line(desk.report.title),
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
        self.findings: dict[str, Finding] = {f.id: f for f in report.findings}
        self.issues: dict[str, Issue] = {i.id: i for i in report.issues}
        self.articles: dict[str, Article] = {a.id: a for a in report.articles}
        self.voices: dict[str, Voice] = {
            voice.claim: voice for f in report.findings for voice in f.voices if voice.claim
        }
        self.total = sum(group.counts for group in report.groups)

    # --- what the model sees -----------------------------------------------------

    def finding_lines(self) -> list[str]:
        """The findings as lines under their verdicts; within a limit those that weigh most."""
        weighty = [finding for finding in self.report.findings if is_weighty(finding)]
        kept = {finding.id for finding in sorted(weighty, key=rank)[:MOST_FINDINGS]}
        lines = []
        for verdict in get_args(Verdict):
            under = [f for f in weighty if f.verdict == verdict and f.id in kept]
            lines += [f"## {verdict}", *map(self.finding_line, under)] if under else []
        return lines

    def finding_line(self, finding: Finding) -> str:
        """One finding as a line."""
        who = "; ".join(show_origin(origin) for origin in finding.origins) or "nobody counts"
        if finding.against:
            who += "; against: " + "; ".join(show_origin(origin) for origin in finding.against)
        parts = [who, *(["background"] if not finding.core else [])]
        parts += [f"{finding.outlets} of {self.total}"] if finding.outlets > 1 else []
        parts = [part.replace("|", "/") for part in (*parts, finding.text)]
        return one_line(" | ".join([finding.id, *parts]))

    def question_lines(self) -> list[str]:
        """The questions as lines, below each its positions; of a conflict with their claims."""
        lines = []
        for issue in self.report.issues:
            settled = "" if issue.settled is None else f" (settled: position {issue.settled})"
            lines.append(one_line(f"{issue.id} | {issue.kind}{settled} | {issue.question}"))
            for number, position in enumerate(issue.positions):
                who = "; ".join(show_origin(origin) for origin in position.origins)
                lines.append(one_line(f"  {number}: {position.label} ({who})"))
                if issue.kind == "conflict":
                    lines += [f"     {self.claim_line(c)}" for c in self.claims_to_show(position)]
            lines += [f"  open: {self.findings[i].text}" for i in issue.open]
        return lines

    def claims_to_show(self, position: Position) -> list[str]:
        """The first claim of each source that takes a position."""
        first: dict[str, str] = {}
        for claim in position.claims:
            voice = self.voices[claim]
            first.setdefault(voice.source or voice.origin.key, claim)
        return [*first.values()][:MOST_CLAIMS]

    def claim_line(self, identity: str) -> str:
        """One claim as a line: who, and the sentence that carries it."""
        voice = self.voices[identity]
        who = voice.name or self.articles[voice.article].label
        named = f"{who}, {voice.function}" if voice.function else who
        quote = excerpt(voice.quotes[0], MOST_WORDS, voice.text)
        return one_line(f"{identity} {named}: “{quote}”")

    # --- what of an answer fits -----------------------------------------------------

    def find_faults(self, reply: EditReply) -> list[str]:
        """Ids that do not exist, and verdicts that do not fit their section."""
        known = {**self.findings, **self.issues}
        named = [
            *reply.changed,
            *reply.solid,
            *(pick.q for pick in reply.contested),
            *reply.alone,
            *(i for caution in reply.careful for i in caution.ids),
            *(i for call in reply.calls for i in call.ids),
            *(i for twins in reply.same for i in twins),
        ]
        faults = [f"there is no {i}" for i in dict.fromkeys(named) if i not in known]
        for section, ids, fits in (
            ("solid", reply.solid, SOLID),
            ("alone", reply.alone, ALONE),
        ):
            faults += [
                f"{i} is {self.findings[i].verdict} and does not fit {section}"
                for i in ids
                if i in self.findings and self.findings[i].verdict not in fits
            ]
        return faults

    def to_page(self, reply: EditReply) -> FirstPage:
        """The first page with only what exists and fits; what does not fit is moved or left out."""
        taken: set[str] = set()
        contested = self.to_picks(reply)
        open_conflicts = [issue for issue in self.report.issues if is_contested(issue)]
        disputed = {f for issue in open_conflicts for f in findings_in(issue)}
        disputed |= {f.id for f in self.report.findings if self.bears_on(f, disputed)}
        changed = keep(reply.changed, self.is_change, taken, MOST["changed"])
        solid = keep(
            reply.solid,
            lambda i: i in self.findings and is_solid(self.findings[i]) and i not in disputed,
            taken,
            MOST["solid"],
        )
        alone = keep(reply.alone, lambda i: self.has_verdict(i, ALONE), taken, MOST["alone"])
        known = {**self.findings, **self.issues}
        careful = tuple(
            Caution(ids=ids, why=one_line(caution.why))
            for caution in reply.careful
            if (ids := tuple(i for i in caution.ids if i in known))
        )
        told = {i for caution in careful for i in caution.ids}
        careful += tuple(Caution(ids=(i,)) for i in self.list_one_sided(reply) if i not in told)
        calls = tuple(
            Call(
                who=one_line(call.who),
                ask=one_line(call.ask),
                record=one_line(call.record),
                ids=tuple(i for i in call.ids if i in known),
            )
            for call in reply.calls
            if call.who.strip() and call.ask.strip()
        )
        page = FirstPage(
            made_by="model",
            rests=one_line(reply.rests),
            changed=changed,
            solid=solid,
            contested=contested,
            alone=alone,
            careful=careful[: MOST["careful"]],
            calls=calls[: MOST["calls"]],
        )
        return page.model_copy(update={"flags": self.find_doubts(page)})

    def to_picks(self, reply: EditReply) -> tuple[Pick, ...]:
        """The open conflicts that were chosen, each with a claim of each position."""
        picks: dict[str, Pick] = {}
        for wire in reply.contested:
            issue = self.issues.get(wire.q)
            if issue is None or not is_contested(issue):
                continue
            chosen = [*wire.picks, *[""] * len(issue.positions)]
            claims = tuple(
                pick if pick in position.claims else position.claims[0]
                for pick, position in zip(chosen, issue.positions, strict=False)
            )
            picks.setdefault(
                wire.q, Pick(issue=wire.q, claims=claims, settles=one_line(wire.settles))
            )
        return tuple(picks.values())[: MOST["contested"]]

    def bears_on(self, finding: Finding, disputed: AbstractSet[str]) -> bool:
        """Whether a finding says all of a disputed one and more, not only what both sides share."""
        voices = (v for i in disputed if i in self.findings for v in self.findings[i].voices)
        told = {voice.claim for voice in voices if voice.relation == "more"}
        return bool(told & {*finding.claims})

    def list_one_sided(self, reply: EditReply) -> list[str]:
        """The chosen questions with one position, which somebody calls open."""
        chosen = (self.issues[pick.q] for pick in reply.contested if pick.q in self.issues)
        return [i.id for i in chosen if i.kind == "conflict" and len(i.positions) == 1]

    def is_change(self, identity: str) -> bool:
        """Whether an id is a question of change, or a finding that was updated."""
        issue, finding = self.issues.get(identity), self.findings.get(identity)
        return (issue is not None and issue.kind == "change") or (
            finding is not None and finding.verdict == "updated"
        )

    def has_verdict(self, identity: str, verdicts: frozenset[Verdict]) -> bool:
        """Whether an id is a finding with one of these verdicts."""
        finding = self.findings.get(identity)
        return finding is not None and finding.verdict in verdicts

    def to_twins(self, reply: EditReply) -> tuple[tuple[str, ...], ...]:
        """Findings of one kind and one polarity of verdict that the model takes for one.

        Not united are findings that stand in different positions of a question, that give
        numbers which do not fit, or that nobody states without more.
        """
        twins = []
        for ids in reply.same:
            known = list(dict.fromkeys(i for i in ids if i in self.findings))
            kinds = {self.findings[i].kind for i in known}
            texts = [self.findings[i].text for i in known]
            alike = len(kinds) == 1 and not other_numbers(texts) and not self.are_opposed(known)
            alike = alike and all(map(self.is_stated, known))
            if len(known) > 1 and alike:
                twins.append(tuple(known))
        return tuple(twins)

    def is_stated(self, identity: str) -> bool:
        """Whether some claim states just this, and not only more."""
        return any(voice.relation == "same" for voice in self.findings[identity].voices)

    def are_opposed(self, findings: Sequence[str]) -> bool:
        """Whether two of these findings stand in different positions of one question."""
        return any(
            sum(bool({*findings} & {*position.findings}) for position in issue.positions) > 1
            for issue in self.report.issues
        )

    def find_doubts(self, page: FirstPage) -> tuple[Remark, ...]:
        """Names and numbers in the model's own words that no line holds."""
        lines = " ".join([*self.finding_lines(), *self.question_lines(), self.report.title])
        own = [page.rests, *(call.who for call in page.calls)]
        own += [uncapitalize(call.ask) for call in page.calls]
        own += [uncapitalize(caution.why) for caution in page.careful]
        return tuple(
            dict.fromkeys(doubt for text in own for doubt in doubt_text(text, lines, "the report"))
        )


def other_numbers(texts: Sequence[str]) -> bool:
    """Whether one of these sentences has a number that another lacks."""
    return any(missing_numbers(one, other) for one in texts for other in texts)


def keep(
    ids: Iterable[str], fits: Callable[[str], bool], taken: set[str], most: int
) -> tuple[str, ...]:
    """The first ids that fit and stand nowhere else yet."""
    kept: list[str] = []
    for identity in ids:
        if fits(identity) and identity not in taken and len(kept) < most:
            taken.add(identity)
            kept.append(identity)
    return tuple(kept)


def renumber_page(page: FirstPage, ids: Mapping[str, str]) -> FirstPage:
    """The first page with other ids of findings, each id once in a section."""

    def renamed(many: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids.get(one, one) for one in many))

    return page.model_copy(
        update={
            "changed": renamed(page.changed),
            "solid": renamed(page.solid),
            "alone": renamed(page.alone),
            "careful": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.careful),
            "calls": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.calls),
        }
    )


def refit_page(page: FirstPage, report: Report) -> FirstPage:
    """The first page where findings were judged again: what is solid now moves there."""
    solid_now = {finding.id for finding in report.findings if is_solid(finding)}
    alone_now = {finding.id for finding in report.findings if finding.verdict in ALONE}
    solid = (i for i in (*page.solid, *page.alone) if i in solid_now)
    alone = (i for i in page.alone if i in alone_now)
    return page.model_copy(update={"solid": tuple(dict.fromkeys(solid)), "alone": tuple(alone)})


# --- by rank ---------------------------------------------------------------------------


def rank_page(report: Report) -> FirstPage:
    """The first page by rank, without a model: what most independent outlets carry first."""
    ranked = sorted(report.findings, key=rank)
    open_conflicts = [issue for issue in report.issues if is_contested(issue)]
    disputed = {f for issue in open_conflicts for f in findings_in(issue)}
    slips = [issue for issue in report.issues if issue.kind == "slip"]

    def first(fits: Callable[[Finding], bool], most: int) -> tuple[str, ...]:
        fitting = (f for f in ranked if fits(f) and f.core and not f.parent)
        return tuple([f.id for f in fitting if f.id not in disputed][:most])

    return FirstPage(
        made_by="rank",
        changed=tuple(i.id for i in report.issues if i.kind == "change")[: MOST["changed"]],
        solid=first(is_solid, MOST["solid"]),
        contested=tuple(
            Pick(issue=issue.id, claims=tuple(p.claims[0] for p in issue.positions))
            for issue in open_conflicts[: MOST["contested"]]
        ),
        alone=first(lambda finding: finding.verdict in ALONE, MOST["alone"]),
        careful=tuple(Caution(ids=(issue.id,)) for issue in slips[: MOST["careful"]]),
        calls=tuple(
            Call(who=list_origins(issue), ask=issue.question, ids=(issue.id,))
            for issue in open_conflicts[: MOST["calls"]]
        ),
    )


def is_solid(finding: Finding) -> bool:
    """Whether a finding may stand as solid: that many report a view makes it no fact."""
    return finding.verdict in SOLID and finding.kind != "view"


def is_weighty(finding: Finding) -> bool:
    """Whether a finding may stand on a first page: no view, no detail, no lone background.

    What is disputed or updated in a question is told there.
    """
    if finding.issues and finding.verdict in {"disputed", "updated"}:
        return False
    if finding.verdict in {"single-source", "unconfirmed"}:
        return finding.core and not finding.parent
    return finding.verdict != "not-judged"


def rank(finding: Finding) -> tuple[object, ...]:
    """Most weight first: the event itself, then what more origins and outlets carry."""
    return (
        not finding.core,
        bool(finding.parent),
        finding.kind == "view",
        -len(finding.origins),
        -finding.outlets,
        int(finding.id.removeprefix("f")),
    )


def is_contested(issue: Issue) -> bool:
    """Whether a question is open between two positions at least."""
    return issue.kind == "conflict" and issue.settled is None and len(issue.positions) > 1


def list_origins(issue: Issue) -> str:
    """Who takes the positions of a question, as people list them."""
    names = dict.fromkeys(o.label for p in issue.positions for o in p.origins)
    return " and ".join(names)


def findings_in(issue: Issue) -> tuple[str, ...]:
    """The findings in the positions of a question."""
    return tuple(dict.fromkeys(f for position in issue.positions for f in position.findings))


# --- lines ------------------------------------------------------------------------------


def show_article(article: Article) -> str:
    """One article as a line."""
    time = "time unknown" if article.published is None else f"{article.published:%Y-%m-%d %H:%M}"
    if article.published is not None and article.published_precision == "day":
        time = f"{article.published:%Y-%m-%d}"
    return one_line(f"{article.id} {article.label} | {TO_WIRE[article.genre or 'news']} | {time}")


def show_origin(origin: Origin) -> str:
    """An origin with the side that it speaks for."""
    return f"{origin.label} ({origin.side})" if origin.side else origin.label


def uncapitalize(text: str) -> str:
    """A text without the capitals at the starts of sentences, which make no names of words."""
    return re.sub(r"(?:^|[.;:?!]\s+)\w", lambda match: match[0].lower(), text)


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())
