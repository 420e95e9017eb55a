"""Lines and who says them go in; the sentences that quote a denial or a rejection come out.

Places to look, never conflicts: what is denied is not looked for. So a denial has to
be an act of speech about something said or done; a service that is denied, a bill that
is rejected and a family dispute are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from factcheck.reading.lines import Line, is_english
from factcheck.reading.models import Denial, SaidBy
from factcheck.text.copies import quotes
from factcheck.text.cues import denial, hedges
from factcheck.text.words import straight

_CLAIM = (
    r"(?:claims?|charges?|allegations?|accusations?|suggestions?|criticisms?|characteri[sz]ations?"
    r"|arguments?|notions?|assertions?|reports?|rumou?rs?|accounts?|versions?|statements?"
    r"|findings?|story|stories|insinuations?|speculations?|complaints?|questions?|concerns?"
    r"|contentions?|implications?|theor(?:y|ies)|conclusions?|comparisons?|labels?|fears?|blame"
    r"|responsibility|involvement|wrongdoing|talk)"
)
_MANNER = (
    r"(?:vehemently |strongly |flatly |firmly |repeatedly |categorically |also |immediately "
    r"|quickly |swiftly |angrily |later |has |have |had |again |consistently )*"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Somebody denies; not "did not deny", "to deny", "was denied", "denied them entry".
        rf"(?<!not )(?<!n't )(?<!to )(?<!be )(?<!been )(?<!was )(?<!were )(?<!are )(?<!previously )"
        rf"(?<!can )(?<!could )(?<!would )(?<!may )(?<!cannot )(?<!of )\b{_MANNER}"
        r"(?P<cue>den(?:ied|ies)|(?<=have )deny|(?<=s )deny|(?<=, )denying|(?<=while )denying)\b"
        r"(?! (?:to|by|from|under|on|at|him|her|them|us|people|service|entry|access|bail|benefits"
        r"|the (?:right|request|petition|motion|appeal|application|permit)|a (?:request|motion|visa"
        r"|permit|spot)|requests?|motions?)\b)",
        # Somebody rejects what was said.
        r"(?<!not )(?<!n't )(?<!to )(?<!cannot )\b(?P<cue>(?:reject|dismiss|disput|refut|rebut|rebuff"
        rf"|repudiat|debunk)(?:ed|s|es|ing|ted))\b (?:(?:[\w'’-]+ ){{0,5}}?{_CLAIM}|that)\b",
        r"(?P<cue>(?:dismiss|reject)(?:ed|es|s|ing)) (?:[\w'’-]+ ){1,6}?as\b(?! (?:being|the|if|though|soon|well|part))",
        rf"\b{_CLAIM} (?:was|were|has been|have been) (?P<cue>denied|rejected|dismissed|disputed)\b",
        r"\b(?P<cue>push(?:ed|es|ing)? back (?:at|against|on))\b",
        r"\b(?P<cue>(?:issued|in) (?:an? |the )?(?:\w+ )?denial)\b",
        rf"\bcall(?:s|ed|ing)? (?:[\w'’-]+ ){{1,5}}?\W?"
        r"(?P<cue>false|untrue|a lie|lies|baseless|absurd|ridiculous|nonsense)\b",
    )
)
# Denials that count only where they are somebody's words.
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!if they had )(?<!if he had )(?P<cue>nothing to do with|\bno (?:part|role|hand|involvement) in|not involved in"
        r"|not (?:behind|responsible for)|no (?:information|knowledge) (?:about|of)"
        r"|no (?:evidence|indication|truth) (?:of|that|to|for))\b",
        r"\b(?:is|are|was|were|be|as|been|it|that) (?:a |an |pure |entirely |all |completely |totally )*"
        r"(?P<cue>not true|untrue|false|baseless|unfounded|groundless|fabricat(?:ed|ions?)|fake news)\b",
        r"\b(?P<cue>false[ -]flag|(?:absolutely|completely|totally|categorically) (?:false|untrue))\b",
    )
)
_OWN = re.compile(
    r"(?<!if )(?<!if he )(?<!because )(?<!when )\b(?P<cue>(?:we|i) (?:did not|didn't|have never"
    r"|(?:are|am|were|was) not \w+ing))\b(?<!going)(?<!running)(?<!asking)(?<!saying)(?<!trying)"
    r"(?! (?:know|want|need|think|believe|understand|see|seen|comment|hear|heard|get|got|feel|felt"
    r"|been|going|forget|like|expect|expected|imagine|seen|met|agree|mean|care|yet|talking|looking"
    r"|paid|thought|had|received|decided|made|realize|given|saying|trying|asking)\b)",
    re.IGNORECASE,
)


def denials(
    lines: Sequence[Line], said: Mapping[tuple[str, int], tuple[SaidBy, ...]]
) -> tuple[Denial, ...]:
    """The denials and rejections that the articles quote, in their order; ids `d1`, `d2`, …"""
    found = [
        (line, cue)
        for line in lines
        if is_english(line.article)
        and (cue := denial_cue(line.sentence.text, said=bool(said.get(line.key))))
    ]
    return tuple(
        Denial(
            id=f"d{number}",
            article=line.article.id,
            sentence=line.sentence.number,
            cue=cue,
            said=said.get(line.key, ()),
            hedges=hedges(line.sentence.text),
        )
        for number, (line, cue) in enumerate(found, start=1)
    )


def denial_cue(text: str, *, said: bool) -> str:
    """The words by which a sentence denies or rejects something, "" if it does not.

    `said` tells whether the sentence is attributed: some words deny only as somebody's.
    """
    if not denial(text):
        return ""
    flat = straight(text)
    quoted = quotes(text)
    for pattern in _PATTERNS + (_SAID if said or quoted else ()):
        if match := pattern.search(flat):
            return match["cue"]
    own = (_OWN.search(straight(quote)) for quote in quoted)
    return next((match["cue"] for match in own if match), "")
