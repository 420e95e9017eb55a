"""Calls to make: a report in, the questions that would settle its weak findings out.

Only for core facts that are disputed, unconfirmed or on one voice; the widest carried
first, for those will be copied next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from factcheck.digest.models import Call, OneVoice
from factcheck.models import Finding, Origin, Report, Source
from factcheck.render.words import listed

MOST = 6
ALIKE = 2
"""Calls for one kind of document; whoever has it can be asked for the rest."""
WEAK = ("disputed", "unconfirmed", "single-source")
DOCUMENTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.IGNORECASE), document)
    for words, document in (
        (
            "dead|die[ds]?|kill|death|injur|hurt|wound|hospital|casualt|missing|rescued",
            "the list kept by the hospital, the coroner or the rescue service",
        ),
        ("inspect|licen[cs]|permit|safety|warn(?:ed|ing)", "the inspection report"),
        (
            "tonn?e|litre|barrel|nitrate|chemical|stored|cargo",
            "the delivery notes and the register",
        ),
        ("weld|repair|contractor|maintenance", "the work orders and permits"),
        ("arrest|charg|indict|detain|suspect|custody", "the police log or the charge sheet"),
        ("court|judge|ruling|verdict|sentenc|lawsuit|sued", "the court file"),
        ("order|decree|ban(?:s|ned)?\\b|law|sanction|regulation", "the text of the order itself"),
        ("vote|elect|ballot|majority", "the official count"),
        ("video|footage|photo|image|drone", "the original file, with its time and place"),
        (
            "million|billion|price|cost|profit|revenue|budget|dollar|euro|pound|[$€£]",
            "the filing, contract or budget",
        ),
        ("magnitude|earthquake|storm|flood|temperature", "the record of the monitoring service"),
        ("fire|explo|crash|collaps|derail|sank|capsiz", "the log of the emergency service"),
        ("flight|train|ferry|plane|airport|port\\b", "the operator's log"),
    )
)


def calls(report: Report, story: str) -> tuple[Call, ...]:
    """The calls for one story, at most `MOST`: disputed first, then what a document settles."""
    weak = [
        f
        for f in report.findings
        if f.core and f.kind == "fact" and f.verdict in WEAK and not f.parent
    ]
    weak.sort(key=lambda f: (f.verdict != "disputed", stake(f), -f.outlets))
    found: dict[object, Call] = {}
    for finding in weak:
        call = to_call(finding, report, story)
        # One dispute, one call: the same people are not asked twice about it.
        both = frozenset(o.key for o in (*finding.origins, *finding.against))
        alike = sum(other.document == call.document != "" for other in found.values())
        if finding.verdict == "disputed":
            found.setdefault(both, call)
        elif alike < ALIKE:
            found[finding.id] = call
    return tuple(found.values())[:MOST]


def stake(finding: Finding) -> int:
    """How much hangs on a finding: casualties first, what no document tells last."""
    kind = document(finding.text)
    at = [name for _, name in DOCUMENTS].index(kind) if kind else len(DOCUMENTS)
    own_voice = all(origin.kind == "outlet" for origin in finding.origins)
    return at + len(DOCUMENTS) * own_voice


def to_call(finding: Finding, report: Report, story: str) -> Call:
    """The call for one finding."""
    return Call(
        story=story,
        finding=finding.id,
        text=finding.text,
        question=question(finding),
        whom=whom(finding, report),
        document=document(finding.text),
        verdict=finding.verdict,
    )


def question(finding: Finding) -> str:
    """What to ask; it never suggests an answer."""
    if finding.verdict == "disputed":
        return "What do you rest this on, and who can confirm it that is not on your side?"
    kinds = {origin.kind for origin in finding.origins}
    if "outlet" in kinds:
        return "Whose word is this, and did a second person confirm it?"
    if "anonymous" in kinds:
        return "Can anybody say this by name?"
    return "Do you know this first-hand, and what do you know?"


def whom(finding: Finding, report: Report) -> str:
    """Whom to ask: those in dispute, the desk behind an unnamed word, else who has not spoken."""
    if finding.verdict == "disputed":
        return listed([origin.label for origin in (*finding.origins, *finding.against)])
    desks = [desk(origin, finding, report) for origin in finding.origins]
    if any(desks):
        return listed([name for name in desks if name])
    others = [source.name for source in unheard(finding, report)][:3]
    if others:
        return listed(others, "or")
    names = listed([origin.label for origin in finding.origins])
    return f"somebody on the spot who does not speak for {names}" if names else "a named witness"


def desk(origin: Origin, finding: Finding, report: Report) -> str:
    """The outlet that vouches for an origin which is its own voice or unnamed; "" for others."""
    if origin.kind not in {"outlet", "anonymous"}:
        return ""
    outlets = {article.id: article.outlet for article in report.articles}
    named = [outlets[v.article] for v in finding.voices if v.origin.key == origin.key]
    return f"the desk of {named[0]}" if named else ""


def unheard(finding: Finding, report: Report) -> Sequence[Source]:
    """Sources of the story who would know and have not spoken to this, one a side.

    The widest quoted stand first.
    """
    heard = {voice.source for voice in finding.voices}
    sides = {origin.label for origin in finding.origins}
    able = [
        source
        for source in report.sources
        if source.role in {"official", "expert", "witness"}
        and source.id not in heard
        and source.name not in sides
        and not (source.side and source.side in sides)
    ]
    able.sort(key=lambda source: -len(source.speakers))
    return tuple({source.side or source.id: source for source in reversed(able)}.values())[::-1]


def document(text: str) -> str:
    """The kind of document that would settle a sentence, "" where nothing tells."""
    return next((name for words, name in DOCUMENTS if words.search(text)), "")


def one_voice(report: Report, since: Mapping[str, str]) -> tuple[OneVoice, ...]:
    """Core facts on one origin, widest carried first; `since` is the first edition by finding."""
    outlets = {article.id: article.outlet for article in report.articles}
    weak = [
        f
        for f in report.findings
        if f.core and f.kind == "fact" and f.verdict == "single-source" and not f.parent
    ]
    return tuple(
        OneVoice(
            finding=f.id,
            text=f.text,
            origin=listed([origin.label for origin in f.origins]) or "nobody who counts",
            outlets=tuple(dict.fromkeys(outlets[a] for a in f.carried_by)),
            since=since.get(f.id, ""),
        )
        for f in sorted(weak, key=lambda f: -f.outlets)
    )
