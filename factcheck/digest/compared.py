"""One story in two editions, indexed for comparing them, and quotes from it.

A quote is all that was cited for one voice, in the order in which it was cited, under the
name that its own article gives the speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from factcheck.digest.models import Change, ChangeKind, Quote, Role
from factcheck.judge.identity import show_origin
from factcheck.models import Article, Claim, Finding, Issue, Origin, Position, Report, Voice
from factcheck.report.first_page.quoting import with_guess

QUOTES = 4


class Compared:
    """One story in two editions; `before` is None for a story that is new.

    `new` are the article ids that this edition brings, `known` claims that were told
    under another story. `homes` and `voices` lead from a claim to the finding that it
    states and to its voice there. `stood` and `stands` are the sentences of then and of now,
    each with its outlet. `issues` are those of now, each with that of the last edition,
    `taken_back` what new texts take back that their origin had not taken back before.
    """

    def __init__(
        self,
        story: str,
        before: Report | None,
        after: Report,
        new: AbstractSet[str],
        known: AbstractSet[str] = frozenset(),
    ) -> None:
        """Index what is looked up all the time."""
        self.story, self.before, self.after, self.new, self.known = story, before, after, new, known
        self.old_findings = {f.id: f for f in (before.findings if before else ())}
        self.findings = {f.id: f for f in after.findings}
        self.articles = {a.id: a for a in after.articles}
        self.homes: dict[str, Finding] = {}
        self.voices: dict[str, Voice] = {}
        for finding in after.findings:
            for voice in finding.voices:
                if voice.claim and voice.relation == "same":
                    self.homes[voice.claim], self.voices[voice.claim] = finding, voice
        self.stood = list_sentences(before.articles if before else ())
        self.stands = list_sentences(after.articles)
        self.issues = [(issue, self.find_old(issue)) for issue in after.issues]
        self.taken_back = [*self.find_taken_back()]

    def find_old(self, issue: Issue) -> Issue | None:
        """The issue of the last edition that asks the same, by its words or its findings.

        A comparison words a question anew each time; a question that is settled now may
        have been of another kind.
        """
        mine = positions_of(issue)
        for old in self.before.issues if self.before else ():
            theirs = positions_of(old)
            if old.question.casefold() == issue.question.casefold():
                return old
            if old.kind != issue.kind and issue.settled is None:
                continue
            if mine & theirs and len(mine & theirs) >= min(2, len(mine), len(theirs)):
                return old
        return None

    def find_taken_back(self) -> Iterable[tuple[Claim, Voice]]:
        """The claims of new retractions, with their voices."""
        for claim in self.after.claims:
            voice = self.voices.get(claim.id)
            if voice is None or claim.kind != "retract" or claim.article not in self.new:
                continue
            old = self.old_findings.get(self.homes[claim.id].id)
            known = {v.origin.label for v in old.voices if v.stance == "retracts"} if old else ()
            if voice.origin.label not in known:
                yield claim, voice

    def is_news(self, voice: Voice) -> bool:
        """Whether this edition brings it: an edit brings what it changed, not the rest."""
        if voice.article not in self.new:
            return False
        words = list_cited(self.articles[voice.article].label, voice)
        return not words or not words <= self.stood

    def outlets(self, articles: Iterable[str]) -> tuple[str, ...]:
        """The outlets of some articles, each once."""
        return tuple(dict.fromkeys(self.articles[a].label for a in articles))

    def change(self, kind: ChangeKind, finding: Finding, **fields: Any) -> Change:
        """A change that concerns a finding, which fills the fields that are not given."""
        told = {"text": finding.text, "core": finding.core, "after": finding.verdict} | fields
        return Change(kind=kind, story=self.story, finding=finding.id, **told)


def list_sentences(articles: Iterable[Article]) -> frozenset[tuple[str, str]]:
    """All sentences with their outlets, white space aside."""
    return frozenset((a.label, " ".join(s.text.split())) for a in articles for s in a.sentences)


def list_cited(outlet: str, voice: Voice) -> frozenset[tuple[str, str]]:
    """What was cited for a voice, as in `list_sentences`."""
    return frozenset((outlet, " ".join(text.split())) for text in voice.quotes)


def positions_of(issue: Issue) -> set[str]:
    """The findings in the positions of an issue."""
    return {finding for position in issue.positions for finding in position.findings}


def name_origin(origin: Origin) -> str:
    """The name of an origin: the body that it speaks for, with the person or office."""
    told, label = show_origin(origin) == origin.label, with_guess(origin.label)
    return label if told else f"{origin.side} ({label})"


def is_headlined(finding: Finding, articles: Mapping[str, Article]) -> bool:
    """Whether an article has a finding in its headline, however much it is background to others."""
    return any(
        articles[voice.article].sentence(number).kind == "headline"
        for voice in finding.voices
        if voice.article in articles and voice.stance == "asserts"
        for number in voice.sentences
    )


# --- quotes -----------------------------------------------------------------------------------


def make_quote(article: Article, text: str, said_by: str = "", role: Role = "") -> Quote:
    """Words of an article with where they stand."""
    return Quote(
        article=article.id,
        outlet=article.label,
        text=text,
        url=article.url,
        published=article.published,
        said_by=said_by,
        language=article.language,
        role=role,
    )


def quote_voice(voice: Voice, article: Article) -> Quote:
    """The sentence that carries a voice, under the name that its article gives the speaker."""
    names = voice.function.casefold().startswith(voice.name.casefold())
    names |= voice.function.casefold().endswith(voice.name.casefold())
    parts = ("" if names else voice.name, voice.function)
    said_by = ", ".join(part for part in parts if part) or voice.name
    return make_quote(article, voice.quotes[0], said_by)


def quote_position(position: Position, case: Compared) -> tuple[Quote, ...]:
    """The words of those who take a position."""
    return quote_voices((case.voices[c] for c in position.claims if c in case.voices), case)


def quote_issue(issue: Issue, case: Compared) -> tuple[Quote, ...]:
    """One quote a position, then more in turn."""
    each = [quote_position(position, case) for position in issue.positions]
    turns = [q[n] for n in range(QUOTES) for q in each if n < len(q)]
    return tuple(dict.fromkeys(turns))[:QUOTES]


def quote_voices(voices: Iterable[Voice], case: Compared) -> tuple[Quote, ...]:
    """Voices as quotes: the news first, then who counts; one for each outlet and stance."""
    ranked = sorted(
        (v for v in voices if v.article in case.articles),
        key=lambda v: (not case.is_news(v), not v.counted),
    )
    found: dict[tuple[str, str], Quote] = {}
    for voice in ranked:
        article = case.articles[voice.article]
        found.setdefault((article.label, voice.stance), quote_voice(voice, article))
    return tuple(found.values())[:QUOTES]
