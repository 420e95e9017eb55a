"""Findings and issues as the templates show them: the models of the report in, views out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.models import Article, Claim, Finding, Issue, Position, Report, Said, Source, Voice
from factcheck.report import words
from factcheck.report.view import OWN_VOICE, Entry, Link, Pair, Passage, Question, Stand

EXPLAINED = {"disputed", "unconfirmed", "updated"}
ASKED = {"disputed", "updated"}
SAID_BESIDE = {"one-origin", "origins", "one-report", "contradicted", "view", "not-counted"}
"""Codes of reasons that say again what stands beside the verdict or under a quote."""
SUMMED_UP = {"more", "part", "stand"}


@dataclass(frozen=True)
class Lookup:
    """A report with its parts by id, and what each article is called.

    `voices` leads from a claim to its voice on the finding that it is at home in, `asked`
    from a claim to the questions in which it takes a position.
    """

    report: Report
    articles: dict[str, Article]
    names: dict[str, str]
    findings: dict[str, Finding]
    issues: dict[str, Issue]
    sources: dict[str, Source]
    speakers: dict[str, Source]
    claims: dict[str, Claim]
    voices: dict[str, Voice]
    asked: dict[str, tuple[str, ...]]
    outlets: int


def lookup(report: Report) -> Lookup:
    """Index a report."""
    asked: dict[str, tuple[str, ...]] = {}
    for issue in report.issues:
        for claim in dict.fromkeys(i for place in issue.positions for i in place.claims):
            asked[claim] = (*asked.get(claim, ()), issue.id)
    return Lookup(
        report=report,
        articles={article.id: article for article in report.articles},
        names=article_names(report.articles),
        findings={finding.id: finding for finding in report.findings},
        issues={issue.id: issue for issue in report.issues},
        sources={source.id: source for source in report.sources},
        speakers={name: source for source in report.sources for name in source.speakers},
        claims={claim.id: claim for claim in report.claims},
        voices=voices_at_home(report.findings),
        asked=asked,
        outlets=sum(group.counts for group in report.groups),
    )


def article_names(articles: Sequence[Article]) -> dict[str, str]:
    """What each article is called, by id: its outlet, and the id where that is not enough."""
    outlets = Counter(article.outlet for article in articles)
    return {
        article.id: article.outlet
        if article.outlet and outlets[article.outlet] == 1
        else f"{article.outlet or 'unknown outlet'} ({article.id})"
        for article in articles
    }


def voices_at_home(findings: Iterable[Finding]) -> dict[str, Voice]:
    """Each claim's voice on the finding that it states, else on any."""
    found: dict[str, Voice] = {}
    for finding in findings:
        for voice in finding.voices:
            if voice.claim and (voice.claim not in found or voice.relation == "same"):
                found[voice.claim] = voice
    return found


def anchor(ident: str) -> Link:
    """A link to the thing with this id in the document."""
    return Link(ident, f"#{ident}")


def sentence_links(article: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """Links to sentences of the annotated article."""
    return tuple(Link(str(number), f"#{article}-{number}") for number in numbers)


def passage(found: Lookup, voice: Voice, summary: str = "") -> Passage:
    """One voice with all that it is cited for.

    The model's summary of it stands there only where it says more, less or something else
    than the finding, or where the quote is not in English; never twice beside `summary`.
    """
    article = found.articles[voice.article]
    kinds = {article.sentence(number).kind for number in voice.sentences} - {"body"}
    differs = voice.relation in SUMMED_UP or voice.stance != "asserts"
    summed_up = differs or article.language[:2] != "en"
    return Passage(
        quote=words.joined(article, voice.sentences, voice.quotes),
        lang=article.language,
        article=Link(found.names[article.id], f"#{article.id}"),
        who=words.speaker(voice.name, voice.function, found.sources.get(voice.source or "")),
        via=words.via(voice.via),
        sentences=sentence_links(article.id, voice.sentences),
        marks=(*sorted(kinds), *words.marks(voice)),
        stance=words.STANCES[voice.stance],
        note=words.weight_note(voice),
        reading=voice.text if summed_up and voice.text != summary else "",
        checks=words.checks(voice.flags),
    )


def passages(found: Lookup, voices: Iterable[Voice], summary: str = "") -> tuple[Passage, ...]:
    """Voices in their order; what several claims give in the same way stands once."""
    return tuple(dict.fromkeys(passage(found, voice, summary) for voice in voices))


def is_asked(found: Lookup, finding: Finding, voice: Voice) -> bool:
    """Whether the evidence is the question's, which shows this voice as it is here."""
    questions = {*found.asked.get(voice.claim or "", ())} & {*finding.issues}
    return finding.verdict in ASKED and voice.relation == "same" and bool(questions)


def said_line(said: Said) -> str:
    """That a source said it, apart from whether it is so; a single outlet's quote tells itself."""
    outlets = words.many(said.outlets, "independent outlet")
    return f"verified as said ({said.name}; {outlets}): {words.NOT_THAT_IT_IS_SO}"


def entry(found: Lookup, finding: Finding, children: dict[str, list[Finding]]) -> Entry:
    """One finding in full, with the findings that stand within it."""
    names = [found.names[article] for article in finding.carried_by]
    judged = finding.verdict != "not-judged" and (finding.origins or finding.verdict != "updated")
    asked = [voice for voice in finding.voices if is_asked(found, finding, voice)]
    others = [voice for voice in finding.voices if voice not in asked]
    return Entry(
        id=finding.id,
        style=finding.verdict,
        verdict=words.verdict(finding),
        tag=words.KINDS[finding.kind],
        shown=passages(found, others, finding.text),
        asked=passages(found, asked, finding.text),
        summary=finding.text,
        checks=words.checks(finding.flags),
        origins=words.origin_count(finding.origins) if judged else "",
        carried=words.carried(finding, found.outlets),
        carriers=words.listed(names) if len(names) > 1 else "",
        against=words.origin_names(finding.against),
        explain=finding.verdict in EXPLAINED,
        said=tuple(said_line(said) for said in finding.said if said.verified),
        remarks=tuple(r.text for r in finding.reasons if r.code not in SAID_BESIDE),
        settle=words.text_of(finding.settle),
        parent=(anchor(finding.parent),) if finding.parent else (),
        issues=tuple(map(anchor, finding.issues)),
        kind=finding.kind,
        claims=finding.claims,
        outlets=tuple(dict.fromkeys(voice.article for voice in finding.voices)),
        speakers=tuple(dict.fromkeys(voice.source or OWN_VOICE for voice in finding.voices)),
        children=tuple(entry(found, child, children) for child in children.get(finding.id, ())),
    )


def finding_links(found: Lookup, idents: Iterable[str]) -> tuple[Link, ...]:
    """Links to findings, each with its verdict."""
    return tuple(
        Link(f"{ident} ({words.verdict(found.findings[ident]).lower()})", f"#{ident}")
        for ident in idents
    )


def stand(found: Lookup, issue: Issue, number: int) -> Stand:
    """One position, with the voices of its own claims alone, first those that count."""
    position = issue.positions[number]
    taking = (found.voices[claim] for claim in position.claims if claim in found.voices)
    voices = sorted(taking, key=lambda voice: not voice.counted)
    return Stand(
        label=position.label,
        mark=words.position_marks(position, stands=issue.settled == number),
        takers=takers(found, position),
        passages=passages(found, voices),
        findings=finding_links(found, position.findings),
    )


def takers(found: Lookup, position: Position) -> tuple[Pair, ...]:
    """Who takes a position, in which articles, as of when, and who has left it."""
    facts = (
        Pair("Taken by", words.origin_names(position.origins)),
        Pair("In", words.listed(found.names[name] for name in position.articles)),
        Pair("As of", position.asof),
        Pair("No longer said by", "; ".join(position.withdrawn)),
    )
    return tuple(fact for fact in facts if fact.value)


def open_stand(found: Lookup, issue: Issue) -> tuple[Stand, ...]:
    """Who says that a question is open, as a position of its own; none where nobody does."""
    findings = [found.findings[ident] for ident in issue.open]
    claims = (claim for finding in findings for claim in finding.claims)
    voices = (found.voices[claim] for claim in claims if claim in found.voices)
    if not findings:
        return ()
    links = finding_links(found, issue.open)
    return (Stand("Said to be open", "", (), passages(found, voices), links),)


def question(found: Lookup, issue: Issue) -> Question:
    """An issue with all its positions."""
    stands = tuple(stand(found, issue, number) for number in range(len(issue.positions)))
    return Question(
        id=issue.id,
        text=issue.question,
        stands=(*stands, *open_stand(found, issue)),
        notes=tuple(note.text for note in issue.notes),
        values=stands if issue.kind == "change" else (),
    )
