"""What the edit stage is shown: a report as lines, the findings and the questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from factcheck.judge.identity import GOES_ON, show_origin
from factcheck.language.excerpt import excerpt
from factcheck.models import Article, Finding, Origin, Position, Report, Verdict, Voice
from factcheck.pipeline.compare_prompt import join_fields, on_one_line
from factcheck.pipeline.rank import SOLID, list_later, rank, tell_age
from factcheck.pipeline.wire import TO_WIRE

MOST_FINDINGS = 140
MOST_CLAIMS = 4  # of a position
MOST_OF_ONE = 3  # of a position that one source takes
MOST_WORDS = 48  # of a quoted sentence
LEAST_WORDS = 5  # of one that may say by itself what it is about
HEADS: Mapping[Verdict, str] = MappingProxyType({"not-judged": "column"})
"""Facts that are not judged are those that only comments assert."""
SAYING = frozenset({"same", "more"})
"""Relations of those who say all of a finding."""
BY_SOURCE = frozenset({"single-source", "not-judged"})
"""Verdicts under which the lines of one source stand together."""
AFTER = ", after "
"""Between an outlet and the source whose account it seems to go on with."""


class Listing:
    """A report as the model is shown it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.findings = {f.id: f for f in report.findings}
        self.articles = {a.id: a for a in report.articles}
        self.voices = {v.claim: v for f in report.findings for v in f.voices if v.claim}
        self.updated = {c for f in report.findings if f.verdict == "updated" for c in f.claims}
        self.retracted = {c.id for c in report.claims if c.kind == "retract"}
        self.times = {c.id: when for c in report.claims if (when := c.when or c.asof)}
        self.persons = {source.id for source in report.sources if source.person}
        self.total = sum(group.counts for group in report.groups)
        self.since = list_later(report)
        voices = (v for f in report.findings for v in f.voices if v.relation == "more")
        self.fuller = {voice.claim for voice in voices if voice.claim}
        self.introduced = set[tuple[str, str]]()

    def finding_lines(self) -> list[str]:
        """The findings as lines under their verdicts; within a limit those that weigh most."""
        weighty = [finding for finding in self.report.findings if self.is_weighty(finding)]
        first = sorted(weighty, key=lambda finding: (finding.verdict not in SOLID, rank(finding)))
        kept = {finding.id for finding in first[:MOST_FINDINGS]}
        self.introduced.clear()
        lines = []
        for verdict in get_args(Verdict):
            under = [f for f in weighty if f.verdict == verdict and f.id in kept]
            if under:
                lines.append(f"## {HEADS.get(verdict, verdict)}")
                if verdict in BY_SOURCE:
                    lines += self.lines_by_source(under)
                else:
                    lines += [self.finding_line(f, self.introduce_sources(f)) for f in under]
        return lines

    def is_weighty(self, finding: Finding) -> bool:
        """Whether a finding may stand on a first page: no lone background, no view, no part.

        What a question tells is shown there, but for what may stand as solid or alone; what only
        a comment asserts is shown to warn of it.
        """
        if finding.issues and finding.verdict in {"disputed", "updated", "unconfirmed"}:
            return False
        if finding.verdict == "not-judged":
            return finding.kind == "fact" and finding.core and not finding.issues
        if finding.verdict in {"single-source", "unconfirmed"}:
            adds = finding.kind == "fact" and not self.fuller.isdisjoint(finding.claims)
            return finding.core and (adds or not finding.parent)
        return True

    def lines_by_source(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Findings as lines below who says them."""
        by_source: dict[str, list[Finding]] = {}
        for finding in findings:
            by_source.setdefault(self.name_sources(finding), []).append(finding)
        for some in by_source.values():
            yield on_one_line(f"= {self.introduce_sources(some[0])}")
            yield from map(self.finding_line, some)

    def name_sources(self, finding: Finding) -> str:
        """Who says a finding and who denies it; of what counts for nothing whose word it is."""
        origins = [
            show_briefly(origin) + ", with caution" * finding.is_hedged_by(origin)
            for origin in finding.origins
        ]
        if not origins and finding.verdict == "not-judged":
            saying = (voice for voice in finding.voices if voice.relation in SAYING)
            origins = [*dict.fromkeys(voice.origin.label for voice in saying)]
        who = "; ".join(origins) or "nobody counts"
        if finding.against:
            who += "; against: " + "; ".join(show_briefly(origin) for origin in finding.against)
        return who

    def introduce_sources(self, finding: Finding) -> str:
        """Who says a finding, a person by function where the listing first names him."""
        told = self.name_sources(finding)
        voices = {v.name: v for v in finding.voices if v.source in self.persons}
        for origin in finding.origins:
            voice = voices.get(origin.label)
            if voice and self.introduce(voice):
                told = told.replace(voice.name, f"{voice.name}, {voice.function}", 1)
        return told

    def finding_line(self, finding: Finding, who: str = "") -> str:
        """One finding as a line."""
        return join_fields(
            finding.id,
            who,
            "" if finding.core else "background",
            f"{finding.outlets} of {self.total}" if finding.outlets > 1 else "",
            self.since.get(finding.id, ""),
            self.tell_day(finding),
            finding.text,
        )

    def tell_day(self, finding: Finding) -> str:
        """When a fact was so, as the first claim that tells it does; else nothing."""
        told = (self.times[claim] for claim in finding.claims if claim in self.times)
        when = next(told, "")
        return f"when: {when}" if when and when not in finding.text else ""

    def question_lines(self) -> list[str]:
        """The questions as lines, below each its positions; of a conflict with their claims."""
        self.introduced.clear()
        lines: list[str] = []
        quoted: dict[str, str] = {}
        opened: dict[str, str] = {}
        for issue in self.report.issues:
            settled = "" if issue.settled is None else f" (settled: {issue.id}.{issue.settled})"
            lines.append(on_one_line(f"{issue.id} | {issue.kind}{settled} | {issue.question}"))
            for number, position in enumerate(issue.positions):
                takers = [show_briefly(origin) for origin in position.origins]
                gone = (self.voices[c].origin.label for c in self.retracted & {*position.claims})
                back = {name for label in gone for name in label.split(" / ")}
                left = [
                    f"{'earlier' if back.isdisjoint(who.split(' / ')) else 'withdrawn by'} {who}"
                    for who in position.withdrawn
                ]
                printed = [self.articles[i].label for i in position.articles]
                where = f"in {', '.join(dict.fromkeys(printed))}"
                who = "; ".join((*takers, *left, *([where] if issue.kind == "slip" else [])))
                lines.append(on_one_line(f"{issue.id}.{number}: {position.label} ({who})"))
                if issue.kind == "conflict":
                    shown = self.claims_to_show(position)
                    lines += self.claim_lines(shown, quoted)
                    quoted |= dict.fromkeys(shown, issue.id)
                lines += self.later_lines(position)
            for identity in issue.open:
                told = (
                    f"as under {opened[identity]}"
                    if identity in opened
                    else self.open_line(identity)
                )
                opened.setdefault(identity, issue.id)
                lines.append(on_one_line(f"open: {told}"))
        return lines

    def open_line(self, identity: str) -> str:
        """A finding by which somebody calls a question open, with who does."""
        finding = self.findings[identity]
        who = "; ".join(show_briefly(origin) for origin in finding.origins)
        return f"{finding.text} ({who})" if who else finding.text

    def later_lines(self, position: Position) -> Iterator[str]:
        """What a later article says of an account that a position was part of, each once."""
        voices = (voice for one in position.findings for voice in self.findings[one].voices)
        later = (voice for voice in voices if voice.stance == "updates" and voice.text)
        for voice in {voice.text: voice for voice in later}.values():
            who = voice.name or self.articles[voice.article].label
            yield f"   {on_one_line(f'later, {who}: {voice.text}')}"

    def claims_to_show(self, position: Position) -> list[str]:
        """The claims to choose from: the newest of each source, then others; overtaken ones last.

        So that a side can be quoted as it speaks now.
        """
        first: dict[str, str] = {}
        ages = {c: tell_age(self.articles[self.voices[c].article]) for c in position.claims}
        claims = sorted(ages, key=lambda claim: (claim in self.updated, -ages[claim]))
        for claim in claims:
            voice = self.voices[claim]
            first.setdefault(voice.source or voice.origin.key, claim)
        most = MOST_CLAIMS if len(first) > 1 else MOST_OF_ONE
        return [*dict.fromkeys((*first.values(), *claims))][:most]

    def introduce(self, voice: Voice) -> bool:
        """Whether a speaker's function is told here: where the listing first quotes who has it."""
        key = (voice.name, voice.function)
        new = bool(voice.function) and key not in self.introduced
        self.introduced.add(key)
        return new

    def claim_lines(self, claims: Sequence[str], quoted: Mapping[str, str]) -> Iterator[str]:
        """Claims as lines: who, and the sentence that carries it, "same" for that above.

        Of a claim that was `quoted` under another question, under which.
        """
        before = ""
        for identity in claims:
            voice = self.voices[identity]
            who = voice.name or self.articles[voice.article].label
            who += " (with caution)" if voice.modality == "hedged" else ""
            who += " (overtaken)" if identity in self.updated else ""
            named = f"{who}, {voice.function}" if self.introduce(voice) else who
            words = " ".join(list_quotable(voice))
            quote = f"“{excerpt(words, MOST_WORDS, voice.text)}”"
            told = "same" if quote == before else quote
            told = f"as under {quoted[identity]}" if identity in quoted else told
            line = on_one_line(f"{identity} {named}: {told}")
            yield f"   {line}"
            before = quote


def list_quotable(voice: Voice) -> list[str]:
    """The sentences of a claim to choose words from: the carrying one.

    All of them, in the order of the article, where that one is of a few words: "They did."
    """
    if len(voice.quotes[0].split()) >= LEAST_WORDS:
        return [voice.quotes[0]]
    return [quote for _, quote in sorted(zip(voice.sentences, voice.quotes, strict=True))]


def show_briefly(origin: Origin) -> str:
    """An origin with the side that it speaks for, in few words."""
    return show_origin(origin).replace(GOES_ON, AFTER)


def show_article(article: Article) -> str:
    """One article as a line."""
    time, genre = "time unknown", TO_WIRE[article.genre or "news"]
    if article.published is not None:
        exact = article.published_precision != "day"
        time = f"{article.published:%Y-%m-%d %H:%M}" if exact else f"{article.published:%Y-%m-%d}"
    return on_one_line(f"{article.id} {article.label} | {genre} | {time}")
