"""Judge: everything the articles say in, findings with verdicts and reasons out. Code only.

The rules are those of DESIGN "Rules of judgement": pure functions over the voices
on a finding and the contests it stands in. Nothing is called true or false; a
verdict says how many independent origins assert a thing and who asserts the
opposite, and every verdict has its reasons in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.issues import Contest, Stand, Voices, contests, to_issue
from factcheck.models import (
    Claim,
    Draft,
    Echo,
    Finding,
    Issue,
    Merged,
    Origin,
    Reading,
    Said,
    Verdict,
    Voice,
)
from factcheck.sources import Sources
from factcheck.text.cues import denial, negated
from factcheck.text.numbers import comparable, compatible, quantities
from factcheck.voices import Evidence, retractions, routes, statements, voices


@dataclass(frozen=True)
class Ruling:
    """A verdict with its reasons, and the origins for and against."""

    verdict: Verdict
    reasons: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    against: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Case:
    """What bears on one finding."""

    draft: Draft
    heard: tuple[Voice, ...]
    said: tuple[Said, ...]
    routes: int
    carried: tuple[str, ...]
    total: int  # independent outlets in the whole comparison
    outlets: int  # independent outlets that carry it
    against: tuple[Voice, ...] = ()
    open: tuple[str, ...] = ()  # texts of claims that call it open
    withdrawn: frozenset[str] = frozenset()
    taken_back: tuple[str, ...] = ()  # outlets that took it back
    later: tuple[str, ...] = ()  # labels of positions that supersede it
    varies: tuple[str, ...] = ()  # questions on details in which versions of it differ


def judge(
    readings: Sequence[Reading],
    merged: Merged,
    drafts: Sequence[Draft],
    echoes: Sequence[Echo],
    sources: Sources,
) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """Findings in the order of the drafts, and the issues q1, q2, … that they stand in."""
    claims: dict[str, Claim] = {c.id: c for reading in readings for c in reading.claims}
    by_finding: dict[str, tuple[Echo, ...]] = {}
    for echo in echoes:
        by_finding[echo.finding] = (*by_finding.get(echo.finding, ()), echo)
    evidence = Evidence(sources=sources, claims=claims, echoes=by_finding)
    heard: Voices = {draft.id: voices(draft, evidence) for draft in drafts}
    questions = contests(merged, drafts, heard, evidence)
    issues = tuple(
        to_issue(f"q{n}", contest, heard, evidence) for n, contest in enumerate(questions, start=1)
    )
    by_id = {draft.id: draft for draft in drafts}
    findings = tuple(
        to_finding(case_of(draft, heard, questions, by_id, evidence), issues) for draft in drafts
    )
    return findings, issues


# --- what bears on a finding -----------------------------------------------------------


def case_of(
    draft: Draft,
    heard: Voices,
    questions: Sequence[Contest],
    drafts: Mapping[str, Draft],
    evidence: Evidence,
) -> Case:
    """Collect all that the rules ask for about one draft."""
    mine = heard[draft.id]
    places = [(q, s) for q in questions for s in q.stands if draft.id in s.drafts]
    carriers = [v for v in mine if v.stance == "asserts"]
    carried = tuple(dict.fromkeys(v.article for v in carriers))
    taken_back, gone = retractions(mine, evidence)
    withdrawn = frozenset(key for _, stand in places for key in stand.gone) | gone
    later = [
        other.label
        for q, stand in places
        for other in q.stands
        if stand.superseded and other is not stand and not other.superseded
    ]
    held = {v.origin.key for v in carriers if v.counted}
    opposed = [
        *(v for q, stand in places for v in opponents(q, stand, heard, drafts)),
        *(v for v in mine if contradicts(v, draft, evidence)),
    ]
    opens = [i for q, _ in places for i in q.open]
    return Case(
        draft=draft,
        heard=mine,
        said=statements(mine, evidence),
        routes=routes(carriers, evidence),
        carried=carried or tuple(dict.fromkeys(v.article for v in mine)),
        total=len(evidence.sources.groups),
        outlets=evidence.sources.outlets(carried or {v.article for v in mine}),
        against=tuple(v for v in opposed if v.origin.key not in held),
        open=tuple(
            dict.fromkeys(drafts[i].text for i in opens if lapses(i, draft, heard) is False)
        ),
        withdrawn=withdrawn,
        taken_back=taken_back,
        later=tuple(dict.fromkeys(later)),
        varies=tuple(q.text for q, _ in places if q.kind == "detail" and len(q.stands) > 1),
    )


def opponents(
    contest: Contest, stand: Stand, heard: Voices, drafts: Mapping[str, Draft]
) -> list[Voice]:
    """The voices in the other positions of a conflict that dispute a position."""
    if contest.kind != "conflict":
        return []
    return [
        voice
        for other in contest.stands
        if other is not stand
        for identity in other.drafts
        if drafts[identity].kind == "fact"
        for voice in heard[identity]
        if disputes(voice) and voice.origin.key not in other.gone
    ]


def disputes(voice: Voice) -> bool:
    """Whether a voice in another position is a firm word, or a named hedged denial (rule 9)."""
    if not voice.counted or voice.stance != "asserts" or voice.relation not in {"same", "more"}:
        return False
    if voice.origin.kind == "anonymous":
        return False
    named_denial = voice.origin.kind == "side" and negated(voice.text)
    return voice.modality != "hedged" or named_denial


def contradicts(voice: Voice, draft: Draft, evidence: Evidence) -> bool:
    """Whether a crosscheck answer sets a firm word against a draft.

    A denial must show in the cited sentences; another value must be a number of the
    same thing that cannot be reconciled, and not one of another moment.
    """
    if draft.kind != "fact" or voice.modality == "hedged" or voice.origin.kind == "anonymous":
        return False
    article = evidence.sources.articles[voice.article]
    cited = " ".join(article.sentence(n).text for n in voice.sentences)
    if voice.stance == "denies":
        return denial(cited) or negated(cited)
    if voice.stance != "differs" or any(evidence.claims[i].asof for i in draft.same):
        return False
    pairs = [
        (a, b) for a in quantities(draft.text) for b in quantities(voice.text) if comparable(a, b)
    ]
    return any(not compatible(a, b) for a, b in pairs)


def lapses(open_draft: str, draft: Draft, heard: Voices) -> bool:
    """Whether a call for caution has no bearing: it is by the very source that asserts it."""
    askers = {v.origin.key for v in heard[open_draft]}
    return askers <= {v.origin.key for v in heard[draft.id] if v.stance == "asserts"}


# --- the rules -----------------------------------------------------------------------


def rule(case: Case) -> Ruling:
    """The verdict on one finding: the first rule that applies."""
    kind = case.draft.kind
    if kind == "view":
        return Ruling("not-judged", ("A view, prediction or motive: it carries no verdict.",))
    standing = [v for v in case.heard if stands(v, case)]
    if kind == "retract" or not standing:
        return updated(case)
    origins = distinct(v.origin for v in standing if v.counted)
    if kind in {"act", "open"}:
        return as_statement(case, origins)
    if case.later:
        return updated(case, origins)
    if case.against and any(v.counted and v.modality != "hedged" for v in standing):
        return disputed(case, origins)
    return by_count(case, standing, origins)


def stands(voice: Voice, case: Case) -> bool:
    """Whether a voice asserts the finding and has not been withdrawn."""
    return (
        voice.stance == "asserts"
        and voice.relation in {"same", "more"}
        and voice.origin.key not in case.withdrawn
    )


def distinct(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each origin once, by key, the first label kept."""
    found: dict[str, Origin] = {}
    for origin in origins:
        found.setdefault(origin.key, origin)
    return tuple(found.values())


def updated(case: Case, origins: tuple[Origin, ...] = ()) -> Ruling:
    """Taken back, withdrawn or superseded: a later word explains the difference."""
    reasons = []
    if case.taken_back:
        reasons.append(f"Taken back by {listed(case.taken_back)}.")
    left = distinct(v.origin for v in case.heard if v.origin.key in case.withdrawn)
    moved = [origin.label for origin in left if origin.label not in case.taken_back]
    if moved and not case.taken_back:
        reasons.append(f"{listed(moved)} later said otherwise.")
    if case.later:
        reasons.append(f"A later value replaces it: {listed(case.later)}.")
    return Ruling("updated", tuple(reasons) or ("Taken back.",), origins)


def as_statement(case: Case, origins: tuple[Origin, ...]) -> Ruling:
    """Acts and calls that something is open: judged as things said or done in public."""
    if case.routes >= 2:
        reason = f"Reported by {case.routes} independent outlets: that it was said, not more."
        return Ruling("as-said", (reason,), origins)
    reason = f"As a statement it has one route into these articles; {carriage(case)}."
    return Ruling("single-source", (reason,), origins)


def disputed(case: Case, origins: tuple[Origin, ...]) -> Ruling:
    """Firmly asserted, and somebody of another side as firmly asserts another version."""
    against = distinct(v.origin for v in case.against)
    own = listed([o.label for o in origins]) or "nobody firmly"
    other = listed([o.label for o in against])
    reasons = [f"Asserted by {own}; contradicted by {other}."]
    if any(v.relation == "crosscheck" for v in case.against):
        reasons.append("A contradiction was found when the articles were read a second time.")
    return Ruling("disputed", tuple(reasons), origins, against)


def by_count(case: Case, standing: Sequence[Voice], origins: tuple[Origin, ...]) -> Ruling:
    """Verified, unconfirmed or single-source, by who asserts it and how firmly."""
    counted = [v for v in standing if v.counted]
    sure = [v for v in counted if v.modality != "hedged" and v.origin.kind != "anonymous"]
    if len(origins) >= 2 and sure and not case.open:
        names = listed([o.label for o in origins])
        reason = f"{number_word(len(origins))} independent origins assert it: {names}."
        versions = (f"Versions of a detail differ: {question}" for question in case.varies)
        return Ruling("verified", (reason, *versions, *weaknesses(case)), origins)
    if case.open or not sure:
        why = [by_whom(origins, case) if sure else unsure(counted or standing)]
        against = distinct(v.origin for v in case.against)
        if against:
            why.append(f"Firmly contradicted by {listed([o.label for o in against])}.")
        return Ruling("unconfirmed", (*why, *doubts(case), *weaknesses(case)), origins, against)
    return Ruling("single-source", (by_whom(origins, case), *weaknesses(case)), origins)


def by_whom(origins: Sequence[Origin], case: Case) -> str:
    """Who asserts it, and how many outlets carry it."""
    names = listed([o.label for o in origins])
    many = "One origin" if len(origins) == 1 else f"{number_word(len(origins))} origins"
    return f"{many}, {names}, {carriage(case)}."


def unsure(counted: Sequence[Voice]) -> str:
    """Why none of the voices is a firm word of a named source."""
    if all(v.origin.kind == "anonymous" for v in counted):
        return "It rests on unnamed sources alone."
    if all(v.modality == "hedged" for v in counted):
        return "It is only put forward with caution."
    return "It rests on cautious or unnamed accounts alone."


# --- words -------------------------------------------------------------------------------


def listed(names: Sequence[str]) -> str:
    """Names as people list them: "A, B and C"."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"


def number_word(number: int) -> str:
    """Two, three, … ten at the start of a sentence; digits from eleven."""
    words = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number] if number < len(words) else str(number)


def carriage(case: Case) -> str:
    """How many of the independent outlets carry it."""
    if case.outlets <= 1:
        return "carried by one outlet"
    return f"carried by {case.outlets} of {case.total} outlets"


def doubts(case: Case) -> tuple[str, ...]:
    """What sources say about it being open."""
    return tuple(f"Called open: {text}" for text in case.open)


def weaknesses(case: Case) -> tuple[str, ...]:
    """Why voices that assert it were not counted, each reason once with the outlets."""
    found: dict[str, int] = {}
    for voice in case.heard:
        if voice.note and voice.stance == "asserts":
            found[voice.note] = found.get(voice.note, 0) + 1
    return tuple(f"Not counted ({number} ×): {note}." for note, number in found.items())


def settle(case: Case, ruling: Ruling) -> str:
    """What would settle a weak or disputed finding; "" for the others."""
    if case.draft.kind != "fact":
        return ""
    names = listed([o.label for o in ruling.origins])
    if ruling.verdict == "disputed":
        both = listed([o.label for o in (*ruling.origins, *ruling.against)])
        return f"Evidence that depends on none of {both}: a document, footage, or a witness."
    if ruling.verdict == "single-source":
        return f"A second account that does not go back to {names}, or a document."
    if ruling.verdict == "unconfirmed":
        return "A named source with first-hand knowledge, or a document."
    return ""


def to_finding(case: Case, issues: Sequence[Issue]) -> Finding:
    """The case as it stands in the report."""
    ruling = rule(case)
    mine = [
        issue.id
        for issue in issues
        if case.draft.id in (*issue.open, *(i for p in issue.positions for i in p.findings))
    ]
    return Finding(
        id=case.draft.id,
        text=case.draft.text,
        kind=case.draft.kind,
        core=case.draft.core,
        claims=case.draft.same,
        verdict=ruling.verdict,
        reasons=ruling.reasons,
        settle=settle(case, ruling),
        origins=ruling.origins,
        against=ruling.against,
        carried_by=case.carried,
        outlets=case.outlets,
        voices=case.heard,
        said=case.said,
        issues=tuple(mine),
        parent=case.draft.parent,
    )
