"""Choose the calls to make: whom to ask what, about a contested question or a single word.

Only those who stand behind a position or a finding are named, by the fields of the
report; what to ask is the contested question itself, or on what their word rests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from factcheck.digest.compared import is_headlined, name_origin
from factcheck.digest.contests import choose_finding, held
from factcheck.digest.models import Call, OneVoice
from factcheck.models import Finding, Origin, Report
from factcheck.report.words import listed

MOST = 6
ALIKE = 2
"""Calls to the same people; once on the line they can be asked for the rest."""
GROUNDS = "On what does this rest, and who else can confirm it?"


def calls(report: Report, story: str) -> tuple[Call, ...]:
    """The calls for one story, at most `MOST`: contested questions, then single words."""
    found: list[Call] = []
    asked: Counter[str] = Counter()
    for call in (*contested_calls(report, story), *finding_calls(report, story)):
        if call.whom and asked[call.whom] < ALIKE:
            asked[call.whom] += 1
            found.append(call)
    return tuple(found[:MOST])


def contested_calls(report: Report, story: str) -> Iterable[Call]:
    """One call to all sides of each question that is contested now."""
    for issue in report.issues:
        positions = held(issue)
        if issue.kind == "conflict" and len(positions) > 1:
            finding = choose_finding(issue, report.findings)
            origins = [origin for position in positions for origin in position.origins]
            yield to_call(finding, story, issue.question, whom(origins, report))


def finding_calls(report: Report, story: str) -> Iterable[Call]:
    """Weak facts outside of these questions, to whoever stands behind them.

    Core ones and those in a headline; disputed ones first, what an outlet alone says last.
    """
    asked = {
        finding
        for issue in report.issues
        if issue.kind == "conflict" and len(held(issue)) > 1
        for position in issue.positions
        for finding in position.findings
    }
    articles = {article.id: article for article in report.articles}
    weak = [
        f
        for f in report.findings
        if f.kind == "fact"
        and f.verdict in {"disputed", "unconfirmed", "single-source"}
        and not f.parent
        and f.id not in asked
        and (f.core or is_headlined(f, articles))
    ]
    weak.sort(
        key=lambda f: (
            f.verdict != "disputed",
            all(origin.kind == "outlet" for origin in f.origins),
            -f.outlets,
        )
    )
    for finding in weak:
        yield to_call(finding, story, GROUNDS, whom((*finding.origins, *finding.against), report))


def to_call(finding: Finding, story: str, question: str, who: str) -> Call:
    """The call about a finding."""
    return Call(
        story=story,
        finding=finding.id,
        text=finding.text,
        question=question,
        whom=who,
        verdict=finding.verdict,
    )


def whom(origins: Sequence[Origin], report: Report) -> str:
    """Whom to ask: each origin by name, the desk behind an unnamed or an own voice."""
    first = {origin.key: origin for origin in reversed(origins)}
    keys = dict.fromkeys(origin.key for origin in origins)
    return listed(dict.fromkeys(callee(first[key], report) for key in keys))


def callee(origin: Origin, report: Report) -> str:
    """Whom to ring for one origin."""
    if origin.kind in {"outlet", "anonymous"}:
        outlets = {article.id: article.label for article in report.articles}
        desks = (
            outlets[voice.article]
            for finding in report.findings
            for voice in finding.voices
            if voice.origin.key == origin.key
        )
        return f"the desk of {next(desks, origin.label)}"
    if origin.kind == "document" and not origin.side:
        return f"whoever keeps {origin.label}"
    return name_origin(origin)


def one_voice(report: Report, since: Mapping[str, str]) -> tuple[OneVoice, ...]:
    """Core facts that still rest on one origin, widest carried first.

    `since` is the first edition by finding; what only this edition brings is no news of
    that kind.
    """
    outlets = {article.id: article.label for article in report.articles}
    weak = [
        f
        for f in report.findings
        if f.core
        and f.kind == "fact"
        and f.verdict == "single-source"
        and not f.parent
        and f.id in since
    ]
    return tuple(
        OneVoice(
            finding=f.id,
            text=f.text,
            origin=listed(map(name_origin, f.origins)) or "nobody who counts",
            outlets=tuple(dict.fromkeys(outlets[a] for a in f.carried_by)),
            since=since[f.id],
        )
        for f in sorted(weak, key=lambda f: -f.outlets)
    )
