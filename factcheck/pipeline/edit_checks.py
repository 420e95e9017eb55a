"""Doubts about a model's own words on the first page: names, numbers and sums."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from factcheck.language.missing import missing_numbers
from factcheck.language.sums import leave_out_results, leave_out_worked_out
from factcheck.language.times import moments
from factcheck.models import Claim, Doubt, FirstPage, Remark
from factcheck.models.first_page import split_position
from factcheck.pipeline.checks import doubt_sums, doubt_text, doubt_words
from factcheck.pipeline.edit_prompt import Listing

DESCRIBED = re.compile(r"\w+ [a-z]")  # "Chair of the board", and not a name
A_WEEK = timedelta(days=7)


class PageChecker:
    """Compares the words of first pages with the lines of one report."""

    def __init__(self, listing: Listing) -> None:
        self.listing, self.report = listing, listing.report
        self.findings = listing.findings
        self.issues = {i.id: i for i in self.report.issues}

    def find_doubts(self, page: FirstPage) -> tuple[Doubt, ...]:
        """Names and numbers in the model's own words that no line holds, and sums that fail.

        What a sum that comes out right gives need stand in no line. A line may be a sentence in
        another language: what its claim says in English counts as well.
        """
        days = (a.published for a in self.report.articles if a.published)
        lines = " ".join(
            (
                *(f"{day:%-d %B %Y}." for day in days),
                *self.listing.finding_lines(),
                *self.listing.question_lines(),
                *(finding.text for finding in self.report.findings),
                *(claim.text for claim in self.report.claims),
                *(day for claim in self.report.claims for day in self.tell_days(claim)),
                self.report.title,
            )
        )
        names = [call.who for call in page.calls]
        lowered = [name for name in names if DESCRIBED.match(name)]
        lowered += [point.text for point in page.rests]
        lowered += [call.ask for call in page.calls]
        lowered += [caution.why for caution in page.careful]
        lowered += [note.text for note in (*page.heads, *page.notes)]
        lowered += [text for pick in page.contested for text in (pick.head, pick.weighing)]
        lowered += [english for pick in page.contested for english in pick.translations]
        told = {name: name for name in names if not DESCRIBED.match(name)}
        told |= {text: uncapitalize(text) for text in lowered}
        bearing = {point.text: point.ids for point in page.rests}
        bearing |= {caution.why: caution.ids for caution in page.careful}
        for text, ids in bearing.items():
            told[text] = leave_out_worked_out(told[text], self.tell_evidence(ids))
        doubts: list[Doubt] = []
        for text, read in told.items():
            missing = doubt_text(leave_out_results(read), lines, "the report")
            doubts += to_doubts((*doubt_sums(text), *missing), text)
        return (*doubts, *self.doubt_points(page, {doubt.about for doubt in doubts}))

    def doubt_points(self, page: FirstPage, doubted: Collection[str]) -> Iterator[Doubt]:
        """Numbers of a point that nothing has which it rests on, where it is not doubted yet."""
        for point in page.rests:
            if point.ids and point.text not in doubted:
                evidence = f"{self.report.title} {self.tell_evidence(point.ids)}"
                read = leave_out_worked_out(leave_out_results(point.text), evidence)
                numbers = missing_numbers(read, evidence)
                yield from to_doubts(doubt_words(numbers, (), "what it rests on"), point.text)

    def tell_evidence(self, ids: Iterable[str]) -> str:
        """All words of findings and questions, with the days of their articles."""
        ids = [split_position(i)[0] for i in ids]
        asked = [self.issues[i] for i in ids if i in self.issues]
        found = {i for i in ids if i in self.findings}
        found |= {i for issue in asked for p in issue.positions for i in p.findings}
        found |= {i for issue in asked for i in (*issue.open, *issue.near)}
        words = [issue.question for issue in asked]
        words += [position.label for issue in asked for position in issue.positions]
        for finding in (self.findings[i] for i in sorted(found) if i in self.findings):
            words.append(finding.text)
            for voice in finding.voices:
                day = self.listing.articles[voice.article].published
                words += [voice.text, voice.asof, *voice.quotes]
                words += [f"{day:%-d %B %Y}"] if day else []
        claims = {c for i in found if i in self.findings for c in self.findings[i].claims}
        told = [claim for claim in self.report.claims if claim.id in claims]
        words += [text for claim in told for text in (claim.text, claim.when, claim.asof)]
        words += (day for claim in told for day in self.tell_days(claim))
        return ". ".join(filter(None, words))

    def tell_days(self, claim: Claim) -> Iterator[str]:
        """The dates that a claim may mean by the days it names, as its article was published.

        A weekday may be the last one or the next.
        """
        published = self.listing.articles[claim.article].published
        for moment in moments(f"{claim.text}. {claim.when}. {claim.asof}", published):
            if published and moment.earliest:
                yield f"{moment.earliest:%-d %B %Y}"
                yield f"{moment.earliest + A_WEEK:%-d %B %Y}"


def to_doubts(remarks: Iterable[Remark], about: str) -> list[Doubt]:
    """Doubts of the checks with the words that they are about."""
    return [Doubt(code=one.code, text=one.text, about=about) for one in remarks]


def uncapitalize(text: str) -> str:
    """A text without the capitals at the starts of sentences, which make no names of words."""
    return re.sub(r"(?:^|[.;:?!]\s+)\w", lambda match: match[0].lower(), text)
