"""The working paper: all that was chosen for a first page, each matter once, with its evidence.

In: a report. Out: a `Page` like the first one, but of no limited length: a quote with each line
of what is solid, with each position and each retraction, and the answers to each detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from factcheck.language.excerpt import CUT, excerpt, stems
from factcheck.models import Finding, Issue, Position, Report, Voice
from factcheck.pipeline.rank import is_contested
from factcheck.report import words
from factcheck.report.first_page.fitting import Limits
from factcheck.report.first_page.lines import Line, Page
from factcheck.report.first_page.maker import (
    MOST_ORIGINS,
    Maker,
    find_standing,
    has_shared_taker,
)
from factcheck.report.first_page.naming import WITH_CAUTION, join
from factcheck.report.quotes import OWN_MARKS, in_marks, quote_whole

ROOM: Limits = {"solid": 8, "alone": 14, "settles": 0}
MOST_WORDS = 28  # of a quote
SCRAP_WORDS, SCRAP_LETTERS = 8, 60  # of a sentence that may not say by itself what it is about
MOST_ABOUT = 2  # questions or findings of a warning
MOST_DETAILS = 6  # that no warning is about
MOST_OTHERS = 3  # contested questions that nobody chose


class PaperMaker(Maker):
    """Makes the paper of one report."""

    def __init__(self, report: Report) -> None:
        """Index a report, of which nothing is quoted yet."""
        super().__init__(report)
        self.quoted: set[str] = set()
        self.shaken = {
            (voice.article, voice.sentences[0])
            for finding in report.findings
            if finding.verdict in {"disputed", "updated"}
            for voice in finding.voices
        }

    def paper(self) -> Page:
        """All sections; contested questions that nobody chose stand with their answers."""
        self.quoted.clear()
        page = self.page(ROOM)
        chosen = {pick.issue for pick in self.picks()}
        told = chosen | {ref for line in (*page.changed, *page.careful) for ref in line.refs}
        others = [i.id for i in self.report.issues if is_contested(i) and i.id not in told]
        return replace(
            page,
            contested_too=tuple(map(self.show, others[:MOST_OTHERS])),
            alone=tuple(self.join_lines(page.alone)),
        )

    def join_lines(self, lines: Iterable[Line]) -> list[Line]:
        """Lines on one source; what the same articles have from the same source stands together.

        Not what is said with caution beside what is not; what a model adds to keeps its own line.
        """
        joined: dict[object, Line] = {}
        for line in lines:
            finding = self.findings[line.refs[0]]
            said = (v for v in finding.voices if v.counted and v.stance == "asserts")
            who = frozenset((v.source or v.article, v.after, v.modality) for v in said)
            key = (who, line.note) if who and not line.remark else line.refs
            if before := joined.get(key):
                text, refs = f"{before.text} {finding.text}", (*before.refs, *line.refs)
                joined[key] = replace(before, text=text, refs=refs)
            else:
                joined[key] = line
        return [*joined.values()]

    # --- lines, with what the first page has no room for ---------------------------------

    def change(self, identity: str) -> Line | None:
        """What changed, with the words of who gives what stands."""
        line = super().change(identity)
        if line is None:
            return None
        if issue := self.issues.get(identity):
            last = issue.positions[find_standing(issue)]
            held = (self.voices[claim] for claim in last.claims if claim in self.voices)
            voices, subject = [*held], last.label
        else:
            finding = self.findings[identity]
            voices, subject = [*finding.voices], finding.text
        said = [voice for voice in voices if voice.stance == "asserts"]
        best = min(said, key=lambda voice: self.rank(voice, subject), default=None)
        return replace(line, note=join([line.note, self.quote(best, subject) if best else ""]))

    def solid(self, finding: Finding) -> Line:
        """What independent origins assert: one in its words, others by name."""
        counted = [v for v in finding.voices if v.counted and v.stance == "asserts"]
        if finding.verdict == "as-said" or not counted:
            return super().solid(finding)
        best = min(counted, key=lambda voice: self.rank(voice, finding.text))
        quote = self.quote(best, finding.text)
        others = [o for o in finding.origins if not (quote and o.key == best.origin.key)]
        line = super().solid(finding.model_copy(update={"origins": tuple(others)}))
        also = f"also {line.note}" if quote and line.note else line.note
        return Line(line.text, join([quote, also]), line.refs)

    def alone(self, finding: Finding) -> Line:
        """What rests on one voice, with the articles that carry it beside the voice's own."""
        line = super().alone(finding)
        own = {i: self.articles[i].outlet or "" for i in finding.carried_by}
        told = [i for i, outlet in own.items() if outlet and line.strong.startswith(outlet)]
        who = line.strong.replace(own[told[0]], self.names[told[0]], 1) if told else line.strong
        where = words.join_items(self.names[i] for i in own if i not in told[:1])
        note = join([where, self.translated(finding)])
        return Line(f"{who}: {finding.text}", note, line.refs, who)

    def quote_withdrawn(self, position: Position, back: Sequence[Voice]) -> Iterator[str]:
        """The words of what was taken back, and of who did: direct speech before a paper's own."""
        if not back:
            return
        said = (self.voices[claim] for claim in position.claims if claim in self.voices)
        first = [voice for voice in said if voice.stance == "asserts"]
        for voices in (first, back):
            spoken = [v for v in voices if not OWN_MARKS.isdisjoint(v.quotes[0])] or voices
            if spoken:
                yield self.quote(min(spoken, key=lambda voice: self.rank(voice, voice.text)))

    def choose_words(self, voice: Voice, picked: str, _: int) -> str:
        """A whole sentence in English that is no longer than a quote, else what was picked."""
        whole = super().choose_words(voice, "", MOST_WORDS)
        return picked if picked and (CUT in whole or not whole) else whole

    def careful(self, _: int | None = None) -> tuple[Line, ...]:
        """What to check: what the model warns of, and what about; questions with their answers.

        Then what outlets have in other ways or count otherwise, each matter once.
        """
        chosen = self.report.first_page
        asked = {*chosen.changed, *(pick.issue for pick in self.picks())}
        lines = list(super().careful(0))
        for caution in chosen.careful:
            about = [*self.list_about(caution.ids, asked)][:MOST_ABOUT]
            asked.update(about)
            told = join(self.show(ident).removesuffix(".") for ident in about)
            refs = tuple(about)
            if caution.why:
                lines.append(Line(caution.why, told, refs, by_model=True))
            elif told:
                lines.append(Line(told, refs=refs))
        details = [one for one in self.report.issues if is_detail(one) and one.id not in asked]
        details.sort(key=lambda one: one.id not in self.remarks)
        lines += [Line(self.show(one.id), refs=(one.id,)) for one in details[:MOST_DETAILS]]
        return tuple(lines)

    def list_about(self, ids: Iterable[str], asked: set[str]) -> Iterator[str]:
        """The questions that a warning is about, then findings that these do not hold.

        Of questions that stand elsewhere only where it is about nothing else.
        """
        known = self.known(ids)
        held = {f for i in known if i in self.issues for f in self.held_by(self.issues[i])}
        left = [i for i in known if i not in held and i not in asked]
        yield from sorted(left or known[:1], key=lambda ident: ident not in self.issues)

    def held_by(self, issue: Issue) -> Iterator[str]:
        """The findings in the positions of a question."""
        return (ident for position in issue.positions for ident in position.findings)

    def show(self, identity: str) -> str:
        """A question with its answers and who gives them; a finding with who says it."""
        if finding := self.findings.get(identity):
            said = [v for v in finding.voices if v.stance == "asserts" and v.relation != "part"]
            who = join(voice.origin.label for voice in (said or finding.voices)[:MOST_ORIGINS])
            return f"{who}: {finding.text}"
        issue = self.issues[identity]
        answers = (f"{p.label} ({self.name_takers(issue, p)})" for p in issue.positions)
        return f"{issue.question} {'; '.join(answers)}"

    def name_takers(self, issue: Issue, position: Position) -> str:
        """Who takes a position, two by name; who did, where nobody does any more.

        The articles where one source takes several, as in a slip.
        """
        names = [origin.label.split(" / ")[0] for origin in position.origins]
        if has_shared_taker(issue):
            names = [self.names[article] for article in position.articles]
        names = names or [f"no longer {label}" for label in position.withdrawn]
        more = len(names) - MOST_ORIGINS
        return join([*names[:MOST_ORIGINS], f"{more} more" if more > 0 else ""])

    # --- quotes ----------------------------------------------------------------------------

    def quote(self, voice: Voice, subject: str = "") -> str:
        """The words of a voice, with the article and who says it there; "" for words told before.

        Where they are many those nearest to the subject, by default what they are cited for.
        """
        text = in_marks(self.cut(voice, subject or voice.text))
        again = text in self.quoted
        self.quoted.add(text)
        return "" if again else f"{self.show_place(voice)}: {text}"

    def rank(self, voice: Voice, subject: str) -> tuple[bool, bool, bool, bool, int]:
        """What is quoted first: no sentence that tells what is disputed or overtaken beside it.

        Then no scraps, English, whole sentences, and most words of the subject.
        """
        scrap, _, foreign = self.order(voice)
        text = self.cut(voice, subject)
        shaken = (voice.article, voice.sentences[0]) in self.shaken
        return shaken, scrap, foreign, CUT in text, -len(stems(text) & stems(subject))

    def cut(self, voice: Voice, subject: str) -> str:
        """A voice's first sentence, cut; all that it is cited for where that one is a scrap.

        Not of a source: what stands beside its words may be somebody else's.
        """
        article = self.articles[voice.article]
        cited = sorted(zip(voice.sentences, voice.quotes, strict=True))
        every = words.join_quotes(article, [n for n, _ in cited], [quote for _, quote in cited])
        first = voice.quotes[0]
        scrap = len(first.split()) < SCRAP_WORDS and len(first) < SCRAP_LETTERS
        if scrap and voice.source is None and len(every.split()) <= MOST_WORDS:
            return every
        return excerpt(quote_whole(article, voice.sentences[0]), MOST_WORDS, subject)

    def show_place(self, voice: Voice) -> str:
        """The article of a voice, and the source that it names."""
        source = self.sources.get(voice.source or "")
        who = voice.name or (source.name if source else "")
        outlet = self.names[voice.article]
        return (f"{outlet} ({who})" if who else outlet) + WITH_CAUTION * (
            voice.modality == "hedged"
        )


def is_detail(issue: Issue) -> bool:
    """Whether outlets have something in ways that need not be a dispute, and nothing settled it."""
    return issue.kind in {"slip", "detail"} and issue.settled is None
