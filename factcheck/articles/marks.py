"""The marks by which a line shows that it is not part of the story.

A line in, a reason (or None) out. Every pattern covers the whole line, and none holds
for a line that could be a sentence of the story: in doubt a line is kept.
"""

from __future__ import annotations

import re

from factcheck.models import DropReason

_NAME = r"[A-ZÀ-ÞА-ЯІЇЄҐ][\w.’'-]*"
_AGENCIES = {
    "Reuters": r"Thomson Reuters|Reuters",
    "AP": r"The Associated Press|Associated Press|AP",
    "AFP": r"Agence[- ]France[- ]Presse|AFP",
    "Bloomberg": r"Bloomberg(?: News)?",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "PA": r"PA(?: Media)?|Press Association",
    "UPI": r"UPI",
    "TASS": r"TASS|Tass",
    "RIA Novosti": r"RIA Novosti",
    "Interfax-Ukraine": r"Interfax-Ukraine",
    "Interfax": r"Interfax",
    "Ukrinform": r"Ukrinform",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "Anadolu": r"Anadolu(?: Agency)?",
    "ANSA": r"ANSA",
    "EFE": r"EFE",
    "PTI": r"PTI",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "Belga": r"Belga",
    "NTB": r"NTB",
    "TT": r"TT",
}
_ANY_AGENCY = "|".join(_AGENCIES.values())

_LISTS = re.compile(
    r"^(?:most (?:read|popular|viewed|shared)(?: (?:from|in|on|today|this week)\b.{0,40})?"
    r"|(?:related|recommended|trending|top|latest|more)(?: (?:articles?|stories|story|news|topics"
    r"|content|links|posts|reading|videos?|on this story|from \w.{0,40}|headlines|coverage))"
    r"|recommended(?: for you)?|trending(?: now)?|also read|see also|read (?:more|also|next)"
    r"|you (?:may|might) also like|don['’]t miss|editors?['’]s? picks?"
    r"|(?:à )?lire aussi|mehr zum thema|lesen sie auch|le(?:e|a) también|читайте також"
    r"|читайте также):?$",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[DropReason, str], ...] = (
    ("edition note", r"\((?:updates?|adds?|recasts?|refiles?|rewrites?|writes through|repeats?"
     r"|releads?|rewords?)\b[^()]{0,200}\)"),
    ("edition note", r"\((?:this|the) (?:story|article) (?:was|has been) (?:refiled|automatically)"
     r"[^()]*\)\.?"),
    ("teaser", r"read (?:the )?(?:full|original|complete|rest of the|entire|whole) ?(?:article|story"
     r"|report|piece|post)?(?: (?:here|on|at|in)\b.{0,60})?[.…»>]*"),
    ("teaser", r"(?:READ MORE|Read more|read more|ALSO READ|Also read|SEE ALSO|See also|WATCH|Watch"
     r"|READ|READ ALSO|Read also|READ NEXT|RELATED|Related|MORE|LISTEN|DON['’]T MISS|EXPLAINED"
     r"|Lire aussi|LIRE AUSSI|Lesen Sie auch|Lea también|Читайте також|Читайте также)"
     r"\s?[:|>»–-].{1,160}"),
    ("teaser", r"(?i:read more (?:about|on|here|at|from)\b.{0,80})"),
    ("teaser", r"(?i:(?:sign up|subscribe|register)(?: now| here| today)?(?: (?:for|to|here|now"
     r"|today)\b[^“”\"]{0,160})?[.!]?)"),
    ("teaser", r"(?i:(?:click|tap) here\b.{0,120}|(?:follow|like|join) us (?:on|at|in)\b.{0,120}"
     r"|download (?:the|our) .{0,40}\bapp\b.{0,80}|get (?:the|our|all the) .{0,80}newsletters?\b.{0,80}"
     r"|.{0,120}\b(?:in|to) your inbox\b.{0,60})"),
    ("credit", r"(?i:\(?(?:additional |further )?(?:reporting|writing|editing|compiled|edited"
     r"|translated|with (?:additional )?reporting|with (?:inputs|contributions) from"
     r"|additional reporting)(?: and (?:writing|editing|reporting))*(?: (?:by|from))?\b"
     r"(?<=by|om) .{2,240}\)?)"),
    ("credit", r"(?:.{2,100}, )?.{2,80} contributed (?:to this (?:report|story|article)"
     r"|reporting)(?: from .{2,40})?\.?"),
    ("credit", r"(?i:(?:this|the) (?:story|article|report|content) (?:was|is|has been)"
     r" (?:provided|supplied|distributed|produced|(?:originally |first )?published)"
     r" (?:to .{2,60} )?(?:by|in|on)\b.{2,120})"),
    ("credit", rf"\(?(?:[Ww]ith|[Ff]rom|[Ss]ource:?|[Vv]ia|Avec|Mit Material von|Con información de)"
     rf"\s+(?:{_ANY_AGENCY})(?:(?:,| and|/| &| et| und| y)\s*(?:{_ANY_AGENCY}))*\)?\.?"),
    ("credit", rf"[(—–/-]*\s*(?:{_ANY_AGENCY})(?:(?:,| and|\s?/| &| et)\s*(?:{_ANY_AGENCY}))*\s*[)/]?\.?"),
    ("junk tail", r"(?i:source by \[?[\w ]+\]?|source link|back to top(?: button)?|share this:?"
     r"|leave a (?:reply|comment)|your email address will not be published\..*"
     r"|(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|email|e-mail|print|x)"
     r"(?:[ ,|/]+(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|email|e-mail"
     r"|print|x))*)"),
    ("junk tail", r"(?i:(?:©|\(c\)|copyright\b)(?=.{0,120}(?:\d{4}|reserved|inc\b|ltd|l\.p\.|©|news"
     r"|limited)).{2,400}|all rights reserved\b.{0,200}|© .{2,80})"),
    ("junk tail", r"[a-z]{2,}(?:[-_][a-z]{2,})+[-_]\d{1,4}"),
    ("junk tail", r"[-–—_=*·•#|\s]{2,}"),
    ("furniture", r"(?i:advertisement|sponsored(?: content)?|skip (?:to|past)\b.{0,40}|loading\W*"
     r"|accept (?:all )?cookies|(?:manage|cookie) (?:cookies|settings|preferences)"
     r"|(?:view|show|load|\d+) comments?|comments?(?: \(\d+\))?|save for later|copy link|log ?in"
     r"|share (?:on|via|by) \w+|share|print|listen to this article.{0,30}|\d+ min(?:ute)?s? read"
     r"|posted in:?.{0,60}|filed under:?.{0,60}|tags?:.{0,120})"),
    ("furniture", r"(?i:(?=.*\b(?:cookies?|privacy (?:policy|notice)|terms of (?:use|service))\b)"
     r"(?:we (?:use|value|and our)|by (?:clicking|signing|continuing|using|staying)|this (?:site|website)"
     r" (?:uses|is protected)|nous utilisons|wir verwenden|please enable).{0,400})"),
    ("furniture", r"</?[a-zA-Z][^<>]*>(?:[^<>]{0,40}</?[a-zA-Z][^<>]*>)*"),
    ("metadata", r"https?://\S+"),
    ("metadata", r"[A-Z]{3,}[A-Z/& -]{0,30}\s+\|\s+[A-Z].{0,40}"),
)  # fmt: skip
_COMPILED = tuple((reason, re.compile(rf"^(?:{pattern})$")) for reason, pattern in _PATTERNS)
_SINGLE_CASE = frozenset({"edition note", "teaser"})

_IMAGE_CREDIT = re.compile(
    rf"^(?:\(?(?:via |photo(?:graph)?(?:s)?(?: by)?:? |picture:? |image:? |credit:? |© |\(c\) )\s*"
    rf"{_NAME}.{{0,60}}"
    rf"|(?:{_NAME}[ /]+){{0,5}}(?:{_ANY_AGENCY}|Getty(?: Images)?|{_NAME} (?:Images|Pictures|Photos?))"
    r"(?:\s?(?:/|via)\s?[\w ./]{2,40})?|\(?AP Photo/.{2,60})\)?$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"^[A-Z]{2,10}(?:\s?/\s?[A-Z][\w ]{2,30}| via [A-Z][\w ]{2,30})?$")
_BYLINE = re.compile(
    rf"^(?:By|BY|Par|Von|Por|Words by|Written by)\s+{_NAME}(?:[ ,&|–-]+(?:{_NAME}|and|und|et|y|in|de|van"
    r"|von|der|for|the|of|at|with|with agencies))*$"
)
_CORRECTION = re.compile(
    r"^[\[(*_]*(?:correct(?:ion|s|ed|ions)|clarification|erratum|editor['’]?s?['’]? note|rectificatif"
    r"|berichtigung|korrektur|an earlier version|a previous version"
    r"|this (?:story|article|report|piece) (?:has been|was) (?:corrected|amended|updated))\b",
    re.IGNORECASE,
)


def reason_to_drop(line: str) -> DropReason | None:
    """Why a line is not part of the story by its own wording; None where it may be.

    A correction notice is always part of it: it says what was wrong.
    """
    if is_correction(line):
        return None
    if opens_list(line):
        return "teaser"
    lowered = line[:1].upper() + line[1:]
    for reason, pattern in _COMPILED:
        if pattern.match(line) or (reason in _SINGLE_CASE and pattern.match(lowered.lower())):
            return reason
    return None


def opens_list(line: str) -> bool:
    """Whether a line stands over links to other stories ("Related Articles")."""
    return _LISTS.match(line) is not None


def is_correction(line: str) -> bool:
    """Whether a line is, or opens, a correction notice."""
    return _CORRECTION.match(line) is not None


def is_image_credit(line: str) -> bool:
    """Whether a line can be the credit of a picture ("AFP via Getty Images")."""
    return len(line.split()) <= 8 and _IMAGE_CREDIT.match(line) is not None


def is_capital_credit(line: str) -> bool:
    """Whether a line is one name in capitals, which only beside a caption is a credit."""
    return _CAPITALS.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line can be a byline; only above the story is it one."""
    return len(line.split()) <= 14 and _BYLINE.match(line) is not None


def agency_in(text: str) -> str:
    """The first known agency that a credit names, by its usual short name; else ""."""
    hits = []
    for name, pattern in _AGENCIES.items():
        match = re.search(rf"\b(?:{pattern})\b", text)
        match = match or re.search(rf"\b{name.upper()}\b", text)
        if match:
            hits.append((match.start(), -len(match.group()), name))
    return min(hits)[2] if hits else ""
