"""Calls to make: a report in, the questions that would settle its weak findings out.

Only for facts that are disputed, unconfirmed or on one voice, and that belong to the event or
stand in a headline; those with most at stake first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.digest.compared import headlined, speakers
from factcheck.digest.models import Call, OneVoice
from factcheck.models import Finding, Report, Source
from factcheck.render.words import listed

MOST = 6
ALIKE = 2
"""Calls for one kind of document; whoever has it can be asked for the rest."""
WEAK = ("disputed", "unconfirmed", "single-source")


@dataclass(frozen=True)
class Matter:
    """A kind of thing that is claimed: by which words, what to ask, whom, for what document.

    `knows` are words in the names of those who would know; `office` stands in for them
    where the story has none that has not spoken.
    """

    words: str
    question: str
    knows: str
    office: str
    document: str


MATTERS = (
    Matter(
        "dead|die[ds]?|kill|death|injur|hurt|wound|hospital|casualt|missing|rescued",
        "How many do you count, and as of when?",
        "hospital|clinic|coroner|police|rescue|fire|ambulance|coast guard|red cross",
        "the hospital, the police or the rescue service",
        "the list kept by the hospital, the coroner or the rescue service",
    ),
    Matter(
        "inspect|licen[cs]|permit|safety|warn(?:ed|ing)",
        "When was it looked at, by whom, and with what result?",
        "inspect|authority|regulator|ministry|agency|board",
        "the authority that inspects",
        "the inspection report",
    ),
    Matter(
        "tonn?e|litre|barrel|nitrate|chemical|stored|cargo",
        "What was there, how much, and by which record?",
        "authority|customs|register|inspect|supplier|ministry|harbour",
        "the authority that registers it, or a supplier",
        "delivery notes and the register",
    ),
    Matter(
        "weld|repair|contractor|maintenance",
        "Who worked there, when, and on whose order?",
        "police|inspect|union|contractor|witness|docker|worker",
        "whoever worked there",
        "the work orders and permits",
    ),
    Matter(
        "arrest|charg|indict|detain|suspect|custody",
        "Who is held or sought, and on what charge?",
        "police|prosecut|court|attorney|lawyer",
        "the police, the prosecution, or the lawyer of the accused",
        "the police log or the charge sheet",
    ),
    Matter(
        "court|judge|ruling|verdict|sentenc|lawsuit|sued",
        "What does the decision say, and is it final?",
        "court|judge|attorney|lawyer|prosecut",
        "the court, or a lawyer of either party",
        "the court file",
    ),
    Matter(
        "order|decree|ban(?:s|ned)?\\b|law|sanction|regulation",
        "Is there a text of it, and since when does it hold?",
        "ministry|government|council|mayor|city|authority|parliament",
        "the office that issued it",
        "the text of the order itself",
    ),
    Matter(
        "vote|elect|ballot|majority",
        "What does the official count say?",
        "commission|council|parliament|electoral|clerk",
        "the electoral office",
        "the official count",
    ),
    Matter(
        "video|footage|photo|image|drone",
        "Who recorded it, where and when?",
        "witness|resident|analyst|expert",
        "whoever recorded it",
        "the original file, with its time and place",
    ),
    Matter(
        "million|billion|price|cost|profit|revenue|budget|dollar|euro|pound|[$€£]",
        "Which figure stands in the books, and for which period?",
        "treasury|ministry|auditor|bank|council",
        "the auditor or the treasury",
        "the filing, contract or budget",
    ),
    Matter(
        "fire|explo|crash|collaps|derail|sank|capsiz|earthquake|storm|flood",
        "When and how did it begin, by your log?",
        "fire|police|rescue|coast guard|harbour|weather|witness|resident|seism",
        "the emergency service, or somebody who saw it",
        "the log of the emergency or monitoring service",
    ),
    Matter(
        "flight|train|ferry|plane|airport|port\\b",
        "Since when does it hold, and until when?",
        "operator|port|airport|railway|harbour|line",
        "the operator",
        "the operator's log",
    ),
)
OTHER = Matter("", "Do you know this first-hand, and what do you know?", "", "", "")


def calls(report: Report, story: str) -> tuple[Call, ...]:
    """The calls for one story, at most `MOST`: disputed first, then what most hangs on."""
    articles = {article.id: article for article in report.articles}
    weak = [
        f
        for f in report.findings
        if f.kind == "fact"
        and f.verdict in WEAK
        and not f.parent
        and (f.core or headlined(f, articles))
    ]
    weak.sort(key=lambda f: (f.verdict != "disputed", stake(f), -f.outlets))
    found: dict[object, Call] = {}
    for finding in weak:
        call = to_call(finding, report, story)
        # One dispute, one call: the same people are not asked twice about it.
        both = frozenset(o.key for o in (*finding.origins, *finding.against))
        alike = sum(other.document == call.document for other in found.values())
        if finding.verdict == "disputed":
            found.setdefault(both, call)
        elif alike < ALIKE:
            found[finding.id] = call
    return tuple(found.values())[:MOST]


def stake(finding: Finding) -> int:
    """How much hangs on a finding: casualties first, what no document tells last."""
    kind = matter(finding.text)
    at = MATTERS.index(kind) if kind in MATTERS else len(MATTERS)
    own_voice = all(origin.kind == "outlet" for origin in finding.origins)
    return at + len(MATTERS) * own_voice


def matter(text: str) -> Matter:
    """The kind of thing that a sentence claims."""
    for one in MATTERS:
        if re.search(rf"\b(?:{one.words})", text, re.IGNORECASE):
            return one
    return OTHER


def to_call(finding: Finding, report: Report, story: str) -> Call:
    """The call for one finding."""
    return Call(
        story=story,
        finding=finding.id,
        text=finding.text,
        question=question(finding),
        whom=whom(finding, report),
        document=matter(finding.text).document,
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
    return matter(finding.text).question


def whom(finding: Finding, report: Report) -> str:
    """Whom to ask: those in dispute, the desk behind an unnamed word, else who would know."""
    names = speakers(finding.voices, report)
    if finding.verdict == "disputed":
        return listed([names.get(o.key, o.label) for o in (*finding.origins, *finding.against)])
    kinds = {origin.kind for origin in finding.origins}
    if kinds & {"outlet", "anonymous"}:
        outlets = {article.id: article.label for article in report.articles}
        keys = {o.key for o in finding.origins if o.kind in {"outlet", "anonymous"}}
        desks = [outlets[v.article] for v in finding.voices if v.origin.key in keys]
        if desks:
            return f"the desk of {desks[0]}"
    about = matter(finding.text)
    able = [short(source.name) for source in unheard(finding, report, about.knows)][:2]
    held = listed([names.get(o.key, o.label) for o in finding.origins])
    otherwise = about.office or f"somebody who was there and does not speak for {held}"
    return listed(able, "or") or otherwise


def unheard(finding: Finding, report: Report, knows: str) -> list[Source]:
    """Sources of the story who would know this and have not spoken to it, one a side."""
    heard = {voice.source for voice in finding.voices}
    sides = {origin.label for origin in finding.origins}
    able = [
        source
        for source in report.sources
        if source.role in {"official", "expert", "witness", "other", "party"}
        and knows
        and re.search(rf"\b(?:{knows})", " ".join((source.name, *source.also)), re.IGNORECASE)
        and source.id not in heard
        and source.name not in sides
        and not (source.side and source.side in sides)
    ]
    able.sort(key=lambda source: -len(source.speakers))
    return list({source.side or source.id: source for source in reversed(able)}.values())[::-1]


def short(name: str) -> str:
    """A name without what follows a comma: a list of names has commas of its own."""
    return name.partition(",")[0]


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
            origin=listed([speakers(f.voices, report).get(o.key, o.label) for o in f.origins])
            or "nobody who counts",
            outlets=tuple(dict.fromkeys(outlets[a] for a in f.carried_by)),
            since=since[f.id],
        )
        for f in sorted(weak, key=lambda f: -f.outlets)
    )
