"""Make the lines of the short document: what stands in full, and what else is told there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from factcheck.language.excerpt import stems
from factcheck.models import Finding, Issue, Origin, Pick, Position, Report, Voice
from factcheck.pipeline.rank import pick_first
from factcheck.report.first_page.contests import has_shared_taker, list_contested, list_takers
from factcheck.report.first_page.fitting import Limits
from factcheck.report.first_page.lines import Line
from factcheck.report.first_page.maker import MOST_ORIGINS, Maker
from factcheck.report.first_page.quoting import is_scrap, join
from factcheck.report.quotes import in_marks

MOST_DETAILS = 8  # that no warning is about
MOST_PASSING = 2  # that are told of it in passing
PASSING = frozenset({"asserts", "denies", "differs"})
MOST_ELSEWHERE = 1 / 3  # of a claim on several sentences: its words that the quote may not have
MOST_NAMED = 5  # who say it, with these
MOST_FOREIGN_WORDS = 60
MOST_SOLID_WORDS = 45  # of each of them: the words that prove it may stand last


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
