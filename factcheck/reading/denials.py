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

# What is said or alleged, and so can be rejected; an offer, a bill and a bid cannot be denied.
_CLAIM = (
    r"(?:claims?|charges?|allegations?|accusations?|suggestions?|criticisms?|characteri[sz]ations?"
    r"|arguments?|notions?|assertions?|reports?|rumou?rs?|accounts?|versions?|statements?"
    r"|findings?|story|stories|insinuations?|speculations?|complaints?|questions?|concerns?"
    r"|contentions?|implications?|theor(?:y|ies)|conclusions?|comparisons?|labels?|fears?|blame"
    r"|responsibility|involvement|wrongdoing|talk)"
)
_DENIES = r"(?P<cue>den(?:ied|ies)|(?<=have )deny|(?<=s )deny|(?<=, )denying|(?<=while )denying)\b"
# Somebody is denied something, or denied a thing.
_DENIED_THINGS = (
    r"(?! (?:to|by|from|under|on|at|him|her|them|us|people|service|entry|access|bail|benefits"
    r"|the (?:right|request|petition|motion|appeal|application|permit)"
    r"|(?:a|both|all) (?:requests?|motions?|visas?|permit|spot)|requests?|motions?)\b)"
)
_REJECTS = (
    r"(?P<cue>(?:reject|dismiss|disput|refut|rebut|rebuff|repudiat|debunk)(?:ed|s|es|ing|ted))"
)
_OBJECT = rf"(?:(?:[\w'-]+ ){{0,5}}?{_CLAIM}|that)\b"
_NO_SHARE = (
    r"(?P<cue>nothing to do with|no (?:part|role|hand|involvement) in|not involved in"
    r"|not (?:behind|responsible for)|no (?:information|knowledge) (?:about|of)"
    r"|no (?:evidence|indication|truth) (?:of|that|to|for))"
)
_UNTRUE = (
    r"(?P<cue>not true|untrue|false|baseless|unfounded|groundless|fabricat(?:ed|ions?)|fake news)"
)
_PATTERNS = (
    rf"\b{_DENIES}{_DENIED_THINGS}",
    rf"\b{_REJECTS} {_OBJECT}",
    r"\b(?P<cue>(?:dismiss|reject)(?:ed|es|s|ing)) (?:[\w'-]+ ){1,6}?as\b(?! (?:being|the|if))",
    rf"\b{_CLAIM} (?:was|were|has been|have been) (?P<cue>rejected|dismissed|disputed)\b",
    r"\b(?P<cue>push(?:ed|es|ing)? back (?:at|against|on))\b",
    r"\bcall(?:s|ed|ing)? (?:[\w'-]+ ){1,5}?\W?(?P<cue>false|untrue|a lie|lies|absurd|nonsense)\b",
)
# These deny only as somebody's words.
_SAID = (
    rf"\b{_NO_SHARE}\b",
    r"\b(?P<cue>false[ -]flag|(?:absolutely|completely|totally|categorically) (?:false|untrue))\b",
    rf"\b(?:is|are|was|were|be|as|been|it|that) (?:(?:an?|pure|entirely|all) )*{_UNTRUE}\b",
)
_OWN = re.compile(
    r"\b(?P<cue>(?:we|i) (?:did not|didn't|have never"
    r"|(?:are|am|were|was) not (?:attack|hid|ly|plann|us|target|support|help|fund|block)ing))\b"
    r"(?! (?:know|want|need|think|believe|understand|see|seen|comment|hear|heard|get|feel|been|even"
    r"|forget|like|expect|imagine|met|agree|mean|care)\b)",
    re.IGNORECASE,
)
# "Did not deny", "to deny", "was denied" and "if they had nothing to do with it" deny nothing.
_BARRED = re.compile(
    r"(?:\b(?:not|to|be|been|was|were|are|previously|can|could|would|may|cannot|of|courts? have)"
    r"|n't|\bif(?: \w+ had| he| she)?|\b(?:because|when)) $",
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
    flat, quoted = straight(text), quotes(text)
    for pattern in _PATTERNS + (_SAID if said or quoted else ()):
        for match in re.finditer(pattern, flat, re.IGNORECASE):
            if not _BARRED.search(flat[: match.start()]):
                return match["cue"]
    return next((cue for quote in quoted if (cue := _own(straight(quote)))), "")


def _own(quote: str) -> str:
    """The words by which the speaker of a quotation denies to have done something."""
    match = _OWN.search(quote)
    return match["cue"] if match and not _BARRED.search(quote[: match.start()]) else ""
