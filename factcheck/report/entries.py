"""Findings and issues with their evidence in words: the models of the report in, views out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from factcheck.models import Article, Finding, Issue, Position, Report, Voice
from factcheck.report import words
from factcheck.report.quotes import OWN_MARKS
from factcheck.report.view import Entry, Fact, Link, Passage, Question, Stand

TOLD_IN_QUESTIONS = {"disputed", "updated"}
LEAST_WORDS = 5  # of a sentence that says by itself what it is about
SUMMED_UP = {"more", "part", "stand"}


class Lookup:
    """A report with its parts by id, and what each article is called.

    `voices` leads from a claim to its voice on the finding that it is at home in; `picked` are the
    claims that a model picked to quote.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.articles = {article.id: article for article in report.articles}
        self.names = article_names(report.articles)
        self.findings = {finding.id: finding for finding in report.findings}
        self.issues = {issue.id: issue for issue in report.issues}
        self.sources = {source.id: source for source in report.sources}
        self.speakers = {name: source for source in report.sources for name in source.speakers}
        self.claims = {claim.id: claim for claim in report.claims}
        self.remarks = {note.id: note.text for note in report.first_page.notes}
        weighed = (pick for pick in report.first_page.contested if pick.weighing)
        self.remarks |= {pick.issue: pick.weighing for pick in weighed}
        self.voices: dict[str, Voice] = {}
        for voice in (voice for finding in report.findings for voice in finding.voices):
            if voice.claim and (voice.relation == "same" or voice.claim not in self.voices):
                self.voices[voice.claim] = voice
        self.picked = {claim for pick in report.first_page.contested for claim in pick.claims}
        self.outlets = sum(group.counts for group in report.groups)

    def list_voices_of(self, claims: Iterable[str]) -> list[Voice]:
        """The voices of claims, of those that are in a finding."""
        return [self.voices[claim] for claim in claims if claim in self.voices]

    def translated(self, finding: Finding) -> str:
        """That words quoted in a finding are translated, "" where an article has them so."""
        languages = dict.fromkeys(self.articles[voice.article].language for voice in finding.voices)
        if "en" in languages or not OWN_MARKS.intersection(finding.text):
            return ""
        return f"words translated from {words.join_items(map(words.language_name, languages))}"

    def order(self, voice: Voice) -> tuple[bool, bool, bool]:
        """What is quoted first: whole sentences, sources that one could ring, what is in English.

        Neither an unnamed source nor eyewitnesses can be rung.
        """
        source = self.sources.get(voice.source or "")
        named = source is not None and source.role not in {"anonymous", "witness"}
        scrap = len(voice.quotes[0].split()) < LEAST_WORDS
        return scrap, not named, self.articles[voice.article].language != "en"


def article_names(articles: Sequence[Article]) -> dict[str, str]:
    """What each article is called, by id: its outlet, with day or time where that is not enough.

    By the id where nothing else tells them apart, or the outlet is not known.
    """
    names: dict[str, str] = {}
    for candidates in zip(*map(list_names, articles), strict=True):
        named = zip(articles, candidates, strict=True)
        rest = {article.id: name for article, name in named if article.id not in names}
        counts = Counter(rest.values())
        names |= {ident: name for ident, name in rest.items() if name and counts[name] == 1}
    return {article.id: names[article.id] for article in articles}


def list_names(article: Article) -> tuple[str, str, str, str]:
    """An article by its outlet, with the day, with the time, and with its id; "" for unknown."""
    outlet, when = article.outlet, article.published
    day = f"{outlet}, {when:%-d %B}" if outlet and when else ""
    time = f"{day} {when:%H:%M}" if day and article.published_precision == "minute" else ""
    return outlet, day, time, f"{outlet or 'unknown outlet'} ({article.id})"


def passage(found: Lookup, voice: Voice, summary: str = "") -> Passage:
    """One voice with all that it is cited for.

    The model's summary of it stands there only where it says more, less or something else
    than the finding, or where the quote is not in English; never twice beside `summary`.
    """
    article = found.articles[voice.article]
    source = found.sources.get(voice.source or "")
    kinds = {article.sentence(number).kind for number in voice.sentences} - {"body"}
    differs = voice.relation in SUMMED_UP or voice.stance != "asserts"
    summed_up = differs or article.language[:2] != "en"
    return Passage(
        quote=voice.quotes[0],
        context=words.join_quotes(article, voice.sentences[1:], voice.quotes[1:]),
        lang=article.language,
        article=article.id,
        outlet=found.names[article.id],
        sentences=voice.sentences,
        who=words.speaker(voice.name, voice.function, source, voice.after),
        via=words.via(voice.via),
        marks=(*sorted(kinds), *words.marks(voice)),
        stance=words.STANCES[voice.stance],
        note=words.weight_note(voice),
        reading=voice.text if summed_up and voice.text != summary else "",
        checks=words.checks(voice.flags),
    )


def passages(found: Lookup, voices: Iterable[Voice], summary: str = "") -> tuple[Passage, ...]:
    """Voices in their order; what several claims give in the same way stands once."""
    return tuple(dict.fromkeys(passage(found, voice, summary) for voice in voices))


def entry(found: Lookup, finding: Finding, children: Mapping[str, Sequence[Finding]]) -> Entry:
    """One finding in full, with the findings that stand within it."""
    names = [found.names[article] for article in finding.carried_by]
    judged = finding.verdict != "not-judged" and (finding.origins or finding.verdict != "updated")
    # What a question shows as it is here is left to the question.
    issues = [found.issues[one] for one in finding.issues if finding.verdict in TOLD_IN_QUESTIONS]
    claims = {
        claim for issue in issues for position in issue.positions for claim in position.claims
    }
    asked = [v for v in finding.voices if v.relation == "same" and v.claim in claims]
    others = [voice for voice in finding.voices if voice not in asked]
    return Entry(
        finding=finding,
        asked=passages(found, asked, finding.text),
        shown=passages(found, others, finding.text),
        origins=words.origin_count(finding.origins) if judged else "",
        carried=words.format_carried(finding, found.outlets),
        carriers=words.join_items(names) if len(names) > 1 else "",
        children=tuple(entry(found, child, children) for child in children.get(finding.id, ())),
        remark=found.remarks.get(finding.id, ""),
    )


def finding_links(found: Lookup, idents: Iterable[str]) -> tuple[Link, ...]:
    """Links to findings, each with its verdict."""
    return tuple(
        Link(f"{ident} ({words.VERDICTS[found.findings[ident].verdict].lower()})", f"#{ident}")
        for ident in idents
    )


def stand(found: Lookup, issue: Issue, number: int) -> Stand:
    """One position, with the voices of its own claims alone.

    First the one that was picked, then those that count, in the order in which one quotes; last
    those that take it back.
    """
    position = issue.positions[number]
    voices = sorted(
        found.list_voices_of(position.claims),
        key=lambda voice: (
            voice.claim not in found.picked,
            voice.stance == "retracts",
            not voice.counted,
            *found.order(voice),
        ),
    )
    return Stand(
        label=position.label,
        mark="replaced" if position.superseded else "stands" if issue.settled == number else "",
        takers=takers(found, position),
        passages=passages(found, voices),
        findings=finding_links(found, position.findings),
    )


def takers(found: Lookup, position: Position) -> tuple[Fact, ...]:
    """Who takes a position, in which articles, as of when, and who has left it."""
    facts = (
        ("Taken by", words.origin_names(position.origins)),
        ("In", words.join_items(found.names[name] for name in position.articles)),
        ("As of", position.asof),
        ("No longer said by", "; ".join(position.withdrawn)),
    )
    return tuple(fact for fact in facts if fact[1])


def open_stand(found: Lookup, issue: Issue) -> Stand:
    """Who says that a question is open, as a position of its own."""
    claims = (claim for ident in issue.open for claim in found.findings[ident].claims)
    links = finding_links(found, issue.open)
    return Stand("Not established", "", (), passages(found, found.list_voices_of(claims)), links)


def question(found: Lookup, issue: Issue) -> Question:
    """An issue with all its positions."""
    stands = (stand(found, issue, number) for number in range(len(issue.positions)))
    unsettled = (open_stand(found, issue),) if issue.open else ()
    near = tuple(Link(found.findings[ident].text, f"#{ident}") for ident in issue.near)
    return Question(issue, (*stands, *unsettled), found.remarks.get(issue.id, ""), near)
