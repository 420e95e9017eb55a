"""Find the words that signal doubt, negation or denial.

Plain lists of English cues. They are used to look again, to rank and to lower a
weight, never to reach a verdict by themselves; attribution is in `attribution`.
"""

from __future__ import annotations

import re

from factcheck.language.copies import quotes
from factcheck.language.words import stems, straight

# Lowercased text is searched three times as fast as with IGNORECASE.
_HEDGE = re.compile(
    r"\b(?:(?:could|can)(?: ?not|n't) (?:yet |immediately |independently )*be"
    r" (?:yet |immediately |independently )*(?:verified|confirmed|established|checked)"
    r"|(?:not|n't) (?:yet |immediately |independently |been |be |fully )*"
    r"(?:verified|confirmed|established|clear|known)"
    r"|not (?:yet |immediately )*possible to (?:\w+ly )?(?:verify|confirm)"
    r"|no way to (?:\w+ly )?(?:verify|confirm)"
    r"|(?:may|might|could) (?:also |well |not |only |soon )*(?:have|be)"
    r"|alleg(?:ed|edly|ations?|es?|ing)|reportedly|apparent(?:ly)?|purport(?:ed|edly|s)"
    r"|suppos(?:ed|edly)|so-called|ostensibl[ey]|presumabl[ey]|seemingly|suspected|rumou?r(?:ed|s)?"
    r"|un(?:confirmed|verified|proven|substantiated|clear|certain|known|likely)"
    r"|(?:believed|thought|understood) to|said to (?:be|have)"
    r"|(?:appear|seem)(?:s|ed)? to|claim(?:s|ed|ing)? to have"
    r"|if (?:confirmed|true|verified)|would be|would have|possibl[ey]|probabl[ey]|perhaps|maybe"
    r"|likely|potential(?:ly)?|suggest(?:s|ed|ing)? that|estimat(?:e[sd]?|ing))\b",
)
_NOT = re.compile(
    r"\b(?:not|never|neither|nor|cannot|without|nobody|none|nothing|nowhere|no one|no longer)\b"
    r"|n't\b"
    r"|\bno (?!doubt\b|(?:more|less|fewer|later) than\b|matter\b)\w+"
    r"|\b(?:denie[sd]|deny|denying|denial|refut(?:e[sd]?|ing)|reject(?:s|ed|ing)?"
    r"|dismiss(?:es|ed|ing)?|disput(?:e[sd]?|ing)|disavow(?:s|ed)?|disown(?:s|ed)?"
    r"|fail(?:s|ed|ing)? to"
    r"|refus(?:e[sd]?|ing)|declin(?:e[sd]?|ing) to|unharmed|uninjured|unhurt|unaffected"
    r"|unscathed|lack(?:s|ed|ing)?"
    r"|rule[sd]? out|falsely|untrue|unfounded|baseless|far from"
    r"|unable to|absence of|free of)\b",
)
# "Not only", "could not be clearer" and tags negate nothing.
_NOT_NEGATION = re.compile(
    r"\bnot (?:only|just|merely|simply|least|to mention)\b|\bwhether or not\b|\bno(?:t)? doubt\b"
    r"|\bwithout (?:a )?doubt\b|\bif not\b|\bwhy not\b|\bnothing (?:but|less than|short of)\b"
    r"|\bcannot but\b|\bno sooner\b|\bnot unlike\b",
)
# What is said or alleged, and so can be rejected; an offer, a bill and a bid cannot be denied.
_CLAIM = (
    r"(?:claims?|charges?|allegations?|accusations?|suggestions?|criticisms?|characteri[sz]ations?"
    r"|arguments?|notions?|assertions?|reports?|rumou?rs?|accounts?|versions?|statements?"
    r"|findings?|story|stories|insinuations?|speculations?|complaints?|questions?|concerns?"
    r"|contentions?|implications?|theor(?:y|ies)|conclusions?|figures|comparisons?|labels?|fears?"
    r"|blame|responsibility|involvement|wrongdoing|talk)"
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
_REJECTED = rf"(?:(?:[\w'-]+ ){{0,5}}?{_CLAIM}|that)\b"
_NO_SHARE = (
    r"(?P<cue>nothing to do with|no (?:part|role|hand|involvement) in"
    r"|(?:(?:is|are|was|were) )?not (?:involved|behind|responsible for)"
    r"|no (?:information|knowledge) (?:about|of)|no (?:evidence|indication|truth) (?:of|that|to))"
)
_UNTRUE = r"(?P<cue>not true|untrue|baseless|unfounded|groundless|fabricat(?:ed|ions?)|fake news)"
_QUOTED_DENIALS = (
    rf"\b{_DENIES}{_DENIED_THINGS}",
    rf"\b{_REJECTS} {_REJECTED}",
    r"\b(?P<cue>(?:dismiss|reject)(?:ed|es|s|ing)) (?:[\w'-]+ ){1,6}?as\b(?! (?:being|the|if))",
    rf"\b{_CLAIM} (?:was|were|has been|have been) (?P<cue>rejected|dismissed|disputed)\b",
    r"\b(?P<cue>push(?:ed|es|ing)? back (?:at|against|on))\b",
    r"\bcall(?:s|ed|ing)? (?:[\w'-]+ ){1,5}?\W?(?P<cue>false|untrue|a lie|lies|absurd|nonsense)\b",
)
# These deny only as somebody's words.
_ONLY_AS_SAID = (
    rf"\b{_NO_SHARE}\b",
    r"\b(?P<cue>false[ -]flag|(?:absolutely|completely|totally|categorically) (?:false|untrue))\b",
    rf"\b(?:is|are|was|were|be|as|been|it|that) (?:(?:an?|pure|entirely|all) )*{_UNTRUE}\b",
)
_OWN_ACT = (
    r"\b(?P<cue>(?:we|i) (?:did not|didn't|have never"
    r"|(?:are|am|were|was) not (?:attack|hid|ly|plann|us|target|support|help|fund|block)ing))\b"
    r"(?! (?:know|have|want|need|think|believe|understand|see|seen|comment|hear|heard|get|feel|been"
    r"|even|forget|like|expect|imagine|met|agree|mean|care)\b)"
)
# "Did not deny", "to deny", "was denied", a court's ruling and "if they had nothing to do with
# it" deny nothing.
_BARRED = re.compile(
    r"\b(?:courts?|judges?|jur(?:y|ies)|tribunals?)\b[^.;]{0,40}$"
    r"|(?:\b(?:not|to|be|been|was|were|are|previously|can|could|would|may|cannot|of)"
    r"|n't|\bif(?: \w+ had| he| she)?|\b(?:because|when)) $",
    re.IGNORECASE,
)


# One of these stands in every denial; most sentences hold none, and are not searched further.
_HINT = re.compile(
    r"den[iy]|rej|dism|disput|refut|rebu|repud|debunk|push|call|n't|\bno[t ]|noth|never|true|false"
    r"|less|unfounded|fabric|fake"
)


def hedges(text: str) -> tuple[str, ...]:
    """The words of a text that withhold certainty, lowercased, in order: "alleged", "may have"."""
    return tuple(match[0] for match in _HEDGE.finditer(straight(text).lower()))


def is_negated(text: str) -> bool:
    """Whether a clause is negated: "not", "no casualties", "denied" …, but not by "not only"."""
    flat = _NOT_NEGATION.sub(" ", straight(text).lower())
    return _NOT.search(flat) is not None


def polarity_differs(claim: str, evidence: str) -> bool:
    """Whether one of two texts negates what the other affirms; in doubt, no.

    True only if exactly one of them is negated, hedges aside, and the words of the
    claim nearly all stand in the evidence: then a lost or an added "not" is likely.
    """
    if is_negated(claim) == is_negated(evidence):
        return False
    said, held = (set(stems(_NOT.sub(" ", straight(t).lower()))) for t in (claim, evidence))
    return len(said) >= 3 and len(said & held) >= 0.8 * len(said)


def denial_cue(text: str, *, said: bool) -> str:
    """The words by which a sentence denies or rejects something, "" if it does not.

    Also a plain "did not" inside a quotation. "Rejected an offer", a refusal to comment and
    "no reply" deny nothing. `said` tells whether the sentence is attributed: some words deny
    only as somebody's.
    """
    flat = straight(text)
    if not _HINT.search(flat.lower()):
        return ""
    quoted = quotes(text)
    patterns = _QUOTED_DENIALS + (_ONLY_AS_SAID if said or quoted else ())
    places = [(pattern, flat) for pattern in patterns]
    places += [(_OWN_ACT, straight(quote)) for quote in quoted]
    for pattern, place in places:
        for match in re.finditer(pattern, place, re.IGNORECASE):
            if not _BARRED.search(place[: match.start()]):
                return match["cue"]
    return ""
