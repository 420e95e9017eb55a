"""Findings and issues as the templates show them: nouns of the report in, view nouns out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.models import (
    Article,
    Claim,
    Finding,
    Issue,
    IssueKind,
    Position,
    Report,
    Said,
    Source,
    Voice,
)
from factcheck.render import words
from factcheck.render.view import Entry, Link, Pair, Passage, Question, Stand
from factcheck.text.copies import quotes

SHOWN = 3
FOR = {"asserts", "qualifies"}
EXPLAINED = {"disputed", "unconfirmed", "updated"}
FIRMNESS = {"firm": 0, "planned": 1, "hedged": 2}
NEARNESS = {"same": 0, "more": 1, "part": 2, "crosscheck": 3}


@dataclass(frozen=True)
class Lookup:
    """A report with its parts by id, and what each article is called."""

    report: Report
    articles: dict[str, Article]
    names: dict[str, str]
    findings: dict[str, Finding]
    children: dict[str, tuple[Finding, ...]]
    sources: dict[str, Source]
    speakers: dict[str, Source]
    claims: dict[str, Claim]
    outlets: int


def lookup(report: Report) -> Lookup:
    """Index a report."""
    grouped = {article for group in report.groups for article in group.articles}
    return Lookup(
        report=report,
        articles={article.id: article for article in report.articles},
        names=article_names(report.articles),
        findings={finding.id: finding for finding in report.findings},
        children=nested(report),
        sources={source.id: source for source in report.sources},
        speakers={name: source for source in report.sources for name in source.speakers},
        claims={claim.id: claim for claim in report.claims},
        outlets=len(report.groups) + sum(article.id not in grouped for article in report.articles),
    )


def article_names(articles: Sequence[Article]) -> dict[str, str]:
    """What each article is called, by id: its outlet, and the id where others are of it too."""
    outlets = Counter(article.label for article in articles)
    return {
        article.id: article.label
        if outlets[article.label] == 1
        else f"{article.label} ({article.id})"
        for article in articles
    }


def nested(report: Report) -> dict[str, tuple[Finding, ...]]:
    """The children of each finding; one that takes part in a conflict stands on its own."""
    apart = {
        ident
        for issue in report.issues
        if issue.kind == "conflict"
        for ident in (*issue.open, *(i for place in issue.positions for i in place.findings))
    }
    result: dict[str, tuple[Finding, ...]] = {}
    for finding in report.findings:
        if finding.parent and finding.id not in apart:
            result[finding.parent] = (*result.get(finding.parent, ()), finding)
    return result


def anchor(ident: str) -> Link:
    """A link to the thing with this id in the document."""
    return Link(ident, f"#{ident}")


def sentence_links(article: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """Links to sentences of the annotated article."""
    return tuple(Link(str(number), f"#{article}-{number}") for number in numbers)


def strength(voice: Voice) -> tuple[bool, int, int, bool, int]:
    """Sort key, best first: what counts, the firm, the closest, direct speech, the short."""
    spoken = bool(quotes(voice.quote))
    return (
        not voice.counted,
        FIRMNESS[voice.modality],
        NEARNESS[voice.relation],
        not spoken,
        len(voice.quote),
    )


def best_first(voices: tuple[Voice, ...]) -> tuple[list[Voice], list[Voice]]:
    """The voices to show and the rest: the best one of each origin and stance, at most three."""
    ranked = list(first_of_each(sorted(voices, key=strength)))
    best: dict[tuple[str, str], Voice] = {}
    for voice in ranked:
        best.setdefault((voice.stance, voice.origin.key), voice)
    # A position against the finding is never folded away behind three supporters.
    against = [voice for voice in best.values() if voice.stance not in FOR][:1]
    supporting = [voice for voice in best.values() if voice.stance in FOR]
    shown = (supporting[: SHOWN - len(against)] + against) or ranked[:SHOWN]
    return shown, [voice for voice in ranked if voice not in shown]


def first_of_each(ranked: Iterable[Voice]) -> Iterable[Voice]:
    """The voices without those whose sentence the same article already gives to the same effect."""
    seen: set[tuple[str, str, str, str | None]] = set()
    for voice in ranked:
        key = (voice.article, voice.quote, voice.stance, voice.source)
        if key not in seen:
            seen.add(key)
            yield voice


def passage(found: Lookup, voice: Voice, summary: str) -> Passage:
    """One voice; the model's reading of it only where it is not the summary's."""
    article = found.articles[voice.article]
    kinds = {article.sentence(number).kind for number in voice.sentences} - {"body"}
    reading = voice.text if voice.relation != "same" and voice.text != summary else ""
    return Passage(
        quote=voice.quote,
        lang=article.language,
        article=Link(found.names[article.id], f"#{article.id}"),
        who=words.speaker(found.sources.get(voice.source or "")),
        via=words.via(voice.via),
        sentences=sentence_links(article.id, voice.sentences),
        marks=(*sorted(kinds), *words.marks(voice)),
        stance=words.STANCES[voice.stance],
        note=words.weight_note(voice),
        reading=reading,
    )


def said_line(said: Said) -> str:
    """That a source said it, apart from whether it is so; a single outlet's quote tells itself."""
    return f"verified as said ({said.name}; {words.many(said.outlets, 'independent outlet')})"


def entry(found: Lookup, finding: Finding, position_of: str = "") -> Entry:
    """One finding in full.

    Under a position of an issue (`position_of`), its opponents are folded, for
    they have a position of their own, and it does not point to the issue again.
    """
    shown, more = best_first(finding.voices)
    if position_of and any(voice.stance in FOR for voice in shown):
        more += [voice for voice in shown if voice.stance not in FOR]
        shown = [voice for voice in shown if voice.stance in FOR]
    names = [found.names[article] for article in finding.carried_by]
    judged = finding.verdict != "not-judged"
    return Entry(
        id=finding.id,
        style=finding.verdict,
        verdict=words.verdict(finding),
        tag=words.KINDS[finding.kind],
        shown=tuple(passage(found, voice, finding.text) for voice in shown),
        more=tuple(passage(found, voice, finding.text) for voice in more),
        summary=finding.text,
        origins=words.origin_count(finding.origins) if judged else "",
        carried=words.carried(finding, names, found.outlets),
        against="; ".join(map(words.origin_name, finding.against)),
        explain=finding.verdict in EXPLAINED,
        said=tuple(said_line(said) for said in finding.said if said.verified),
        reasons=finding.reasons,
        settle=finding.settle,
        parent=(anchor(finding.parent),) if finding.parent else (),
        issues=tuple(anchor(issue) for issue in finding.issues if issue != position_of),
        children=tuple(entry(found, child) for child in found.children.get(finding.id, ())),
    )


def best_passages(found: Lookup, findings: list[Finding]) -> tuple[tuple[Link, Passage], ...]:
    """The best passage of each finding that stands in full elsewhere."""
    return tuple(
        (anchor(finding.id), passage(found, best_first(finding.voices)[0][0], finding.text))
        for finding in findings
    )


def takers(found: Lookup, position: Position, kind: IssueKind, *, alone: bool) -> tuple[Pair, ...]:
    """Who takes a position; left to its finding where that one stands below it `alone`."""
    left = "Earlier word of" if kind == "change" else "Withdrawn by"
    facts = (
        Pair("Taken by", "" if alone else "; ".join(map(words.origin_name, position.origins))),
        Pair("In", "" if alone else words.listed(found.names[name] for name in position.articles)),
        Pair("Moment", position.asof),
        Pair(left, "; ".join(position.withdrawn)),
    )
    return tuple(fact for fact in facts if fact.value)


def stand(found: Lookup, issue: Issue, position: Position, here: set[str]) -> Stand:
    """One position; findings whose place is `here` stand in full."""
    members = sorted(
        (found.findings[ident] for ident in position.findings), key=lambda one: -one.outlets
    )
    whole = [finding for finding in members if finding.id in here]
    alone = (
        len(members) == len(whole) == 1
        and set(position.origins) == set(whole[0].origins)
        and set(position.articles) == set(whole[0].carried_by)
    )
    return Stand(
        label=position.label,
        takers=takers(found, position, issue.kind, alone=alone),
        entries=tuple(entry(found, finding, issue.id) for finding in whole),
        passages=best_passages(found, [one for one in members if one.id not in here]),
    )


def question(found: Lookup, issue: Issue, homes: dict[str, str]) -> Question:
    """An issue; each finding stands in full at its one home, so nothing is shown twice."""
    here = {ident for ident, home in homes.items() if home == issue.id}
    stands = []
    for position in issue.positions:
        stands.append(stand(found, issue, position, here))
        here -= set(position.findings)
    unknown = [found.findings[ident] for ident in issue.open]
    return Question(
        id=issue.id,
        kind=words.ISSUES[issue.kind],
        text=issue.question,
        stands=tuple(stands),
        open_entries=tuple(entry(found, one, issue.id) for one in unknown if one.id in here),
        open_passages=best_passages(found, [one for one in unknown if one.id not in here]),
        notes=issue.notes,
    )
