"""The marks by which a line shows that it is not part of the story.

Every pattern covers the whole line, and none holds
for a line that could be a sentence of the story: in doubt a line is kept. Each line of
a pattern block below is one alternative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.models import DropReason

# In the order in which they are looked for: the longer of two names first.
_AGENCIES = {
    "Reuters": r"Thomson Reuters|Reuters|REUTERS",
    "AP": r"The Associated Press|Associated Press|AP",
    "AFP": r"Agence[- ]France[- ]Presse|AFP",
    "Bloomberg": r"Bloomberg(?: News)?|BLOOMBERG",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "PA": r"PA Media|Press Association|PA",
    "UPI": r"United Press International|UPI",
    "TASS": r"TASS|Tass",
    "Kyodo": r"Kyodo(?: News)?",
    "Anadolu": r"Anadolu(?: Agency)?",
    "PTI": r"Press Trust of India|PTI",
}
_ONE_NAME = "Interfax-Ukraine Interfax Ukrinform Xinhua Yonhap ANSA EFE ANI IANS Belga"
_AGENCIES |= {name: name for name in ("RIA Novosti", *_ONE_NAME.split())}
ANY_AGENCY = "|".join(_AGENCIES.values())
_NAMED = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in _AGENCIES.items())
_NAME = r"[A-ZÀ-ÞА-ЯІЇЄҐ][\w.’'-]*"


def _block(alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern for whole lines, of the alternatives on the lines of a block."""
    parts = (line.strip() for line in alternatives.strip().splitlines())
    return re.compile(rf"^(?:{'|'.join(parts)})$", flags)


_LONGEST = 600  # characters; a longer line is a paragraph whatever its wording
_LISTS = _block(r"""
    most (?:read|popular|viewed|shared)(?: (?:from|in|on|today|this week)\b.{0,40})?:?
    (?:related|recommended|trending|top|latest) (?:articles?|stories|story|news|topics|videos?):?
    (?:related|recommended|more) (?:content|links|posts|reading|headlines|coverage):?
    more (?:on this story|news|stories|articles|from \w.{0,40}):?
    (?:recommended(?: for you)?|trending(?: now)?|also read|see also|read (?:more|also|next)):?
    (?:you (?:may|might) also like|don['’]t miss|editors?['’]?s? picks?):?
    (?:à )?lire aussi|mehr zum thema|lesen sie auch|le[ea] también|читайте та(?:кож|кже):?
""")
_EDITION = _block(r"""
    [\w’'-]{3,40},? (?:\d(?:st|nd|rd|th)|first|second|third|fourth) lead\b[^.!?]{0,60}
    \((?:updates?|adds?|recasts?|refiles?|rewrites?|repeats?|releads?)\b[^()]{0,200}\)
    (?-i:(?=.*\b[A-Z]{2,6}-?\d{3,5}\b)(?=.*\b[A-Z]{2,6}/[A-Z]{2,6}\b)[A-Z\d /-]+(?:priority \d)?)
    (?-i:\d(?:ST|ND|RD|TH) LEAD\b.{0,60}|(?:[A-Z]{2,4} )?\d{6}Z? [A-Z]{3} \d\d)
    (?-i:EDS?|EDITORS):(?!.*\bcorrect).{3,200}
""")
_SLUG = re.compile(r"^[A-Z]{2}[A-Z0-9]*(?:[-/][A-Z0-9]+)+(?:\s?\([^()]{0,40}\))?$")
_TEASER = _block(r"""
    read (?:the )?(?:full|original|complete|entire|whole) (?:article|story|report|piece|post)\W*
    read (?:the )?(?:full|original|complete|entire|whole) ?\w* (?:here|on|at) ?.{0,60}
    (?:read more|also read|see also|read also|read next)\s?[:|>»].{1,160}
    (?:related|watch|listen|explained)\s?[:|>»].{1,160}
    (?:lire aussi|lesen sie auch|le[ea] también|читайте та(?:кож|кже))\s?[:|>»].{1,160}
    read more (?:about|on|here|at|from)\b.{0,80}
    (?:sign up|subscribe|register)(?: now| here| today)?[.!]?
    (?:sign up|subscribe|register)(?: now| here| today)? (?:for|to)\b[^“”"]{0,160}
    (?:click|tap) here\b.{0,120}
    (?:follow|like|join) us (?:on|at|in)\b.{0,120}
    download (?:the|our) .{0,40}\bapp\b.{0,80}
    get (?:the|our|all the) .{0,80}newsletters?\b.{0,80}
    [^“”"]{0,120}\b(?:in|to) your inbox\b.{0,60}
""")
_CREDIT = _block(
    rf"""
    \(?(?:(?:[Aa]dditional|[Ff]urther) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) (?:and \w+ )?by .{{2,240}}
    \(?(?:Compiled|Edited|Translated|Written) by {_NAME}.{{0,120}}
    \(?[Ww]ith (?:additional )?(?:reporting|inputs?|contributions|files) (?:by|from) .{{2,200}}
    (?:.{{2,100}}, )?{_NAME}.{{1,80}} contributed (?:to this (?:report|story|article)|reporting).{{0,60}}
    Th(?:is|e) (?:story|article|report) (?:was|is|has been) (?:provided|supplied|distributed) by .{{2,120}}
    Th(?:is|e) (?:story|article|report) (?:was |first |originally )+(?:published|appeared) (?:by|in|on) .{{2,90}}
    \(?(?:[Ww]ith|[Ff]rom|[Ss]ource:?|[Vv]ia|Avec) (?:{ANY_AGENCY})(?:(?:,| and|/| &| et) ?(?:{ANY_AGENCY}))*\)?\.?
    [(—–/-]*\s*(?:{ANY_AGENCY})(?:(?:,| and|\s?/| &| et)\s*(?:{ANY_AGENCY}))*\s*[)/]?\.?
    \(?[A-Z]{{2,10}}\)?:? [a-z]{{2,3}}/[a-z]{{2,3}}(?: [\dA-Z ]{{4,24}})?
    \(?(?:Agencias|Agencies|Agences|Agenturen|Agenzie)\)?\.?
    """,  # noqa: E501 - one alternative a line
    re.NOFLAG,
)
_OWNER = _block(r"""
    (?:©|\(c\)|copyright(?=\s*(?:©|\(c\)|\d{4}|by\b|[–:,.-]|(?-i:[A-Z]))))(?=.{0,120}(?:\d{4}|reserved|inc\b|ltd|l\.p\.|limited)).{2,400}
    © .{2,80}
    (?-i:(?:\w[\w ’'-]{0,40} is )?[Pp]ublished by (?:the )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|and|the|&))*)\.?
""")  # noqa: E501 - one alternative a line
_SHARE = r"(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|print|x)"
_JUNK = _block(rf"""
    source by \[?[\w ]+\]?
    the post .{2, 200} (?:appeared first|first appeared) on .{2, 100}
    source link|back to top(?: button)?|share this:?|leave a (?:reply|comment)
    your email address will not be published\..*
    {_SHARE}(?:[ ,|/]+{_SHARE})*
    all rights reserved\b.{{0,200}}
    [a-z]{{2,}}(?:[-_][a-z]{{2,}})+[-_]\d{{1,4}}
    [-–—_=*·•#|\s]{{2,}}
""")
_FURNITURE = _block(r"""
    (?:advertisement|publicidad|publicité|anzeige|werbung|pubblicità|publicidade)(?: [·|•] .{1,80})?
    (?:advertentie|annons|annonse|reklama|реклама)(?: [·|•] .{1,80})?
    compartir|partager|teilen|condividi|compartilhar|partilhar|delen|dela|udostępnij
    (?:compartir|partager|condividi|compartilhar|partilhar) (?:en|sur|su|em|no|na) .{1,40}
    sponsored(?: content)?|skip (?:to|past)\b.{0,40}|loading\W*
    accept (?:all )?cookies|(?:i )?(?:accept|reject|allow|decline|agree)(?: all)?
    sign (?:in|up|out)|log ?out|register|my account|menu|search
    selecting [“"'‘].{1,40} enables\b.{0,300}
    (?:manage|cookie) (?:cookies|settings|preferences|choices)
    [\w’' ]{1,40} uses? (?:(?:strictly )?necessary )?(?:and analytics )?cookies\b.{0,300}
    you can (?:change|manage|set) your (?:cookie |privacy )?(?:settings|preferences)\b.{0,200}
    \d[\d.,]*[km]? (?:views?|shares?|reads?|likes?)
    you(?:['’]ve| have) (?:read|used|reached) .{1,30}\bfree (?:articles?|stories)\b.{0,60}
    (?:view|show|load|\d+) comments?|comments?(?: \(\d+\))?|save for later|copy link|log ?in
    share (?:on|via|by) \w+|share|print|listen to this article.{0,30}|\d+ min(?:ute)?s? read
    posted in:?.{0,60}|filed under:?.{0,60}|tags?:.{0,120}
    we (?:use|value|and our) (?=.*\b(?:cookies?|privacy|partners|personal data)\b).{0,400}
    by (?:clicking|signing|continuing|using|staying)\b(?=.*\b(?:cookies|privacy|terms)\b).{0,400}
    this (?:site|website) (?:uses|is protected)\b(?=.*\b(?:cookies?|re?captcha|akismet)\b).{0,300}
    (?:nous utilisons|wir verwenden) (?=.*\bcookies\b).{0,400}|please enable javascript.{0,100}
    </?[a-z][^<>]*>(?:[^<>]{0,40}</?[a-z][^<>]*>)*
    [^\W\d_][\w &'’-]{1,29}(?: [>\u203a»] [^\W\d_][\w &'’-]{1,29}){1,4}
""")
_WHOLE = 9  # words of a sentence of a story
# Whoever runs a site speaks to its readers, or names what only a site has.
_ADDRESSED = re.compile(
    r"\b(?:(?i:you|your|yours|we|our|us|here|this (?:site|website|page)|newsletters?|inbox|app"
    r"|re?captcha|privacy policy|terms of (?:use|service)|nous|notre|nos|vous|votre|wir|unsere?n?"
    r"|usted|nuestr[oa]s?|noi|nostr[oi]|nós|noss[oa]s?)|Sie|Ihre?n?)\b"
)
_SECTION = re.compile(r"[^\W\d_][^\d.!?:;|]{0,29}")
_METADATA = _block(r"(?:https?://|www\.)\S+")
_BY_WORDING: tuple[tuple[DropReason, re.Pattern[str]], ...] = (
    ("edition-note", _EDITION),
    ("teaser", _LISTS),
    ("teaser", _TEASER),
    ("credit", _CREDIT),
    ("credit", _OWNER),
    ("junk-tail", _JUNK),
    ("furniture", _FURNITURE),
    ("metadata", _METADATA),
)

_PICTURE = r"(?:photo|photograph|picture|image|credit)s?"
_IMAGE_CREDIT = _block(rf"""
    \(?(?:via |{_PICTURE}(?: by)?:? |© |\(c\) )\s*\w.{{0,60}}
    (?:\w[\w.’'-]*[ /]+){{0,5}}(?:{ANY_AGENCY}|getty)(?: images)?(?:\s?(?:/|via)\s?[\w ./]{{2,40}})?
    (?:\w[\w.’'-]*[ /]+){{1,5}}(?:images|pictures|photos?)
    \(?ap photo/.{{2,60}}
""")
_CREDIT_AT_END = re.compile(
    rf"(?<=[.!?”\w])\s+(?:{_PICTURE}(?: by)?: .{{2,60}}"
    r"|\((?:ap|reuters|afp|getty)\b[^()]{0,60}\)|© .{2,60})$"
    r"|(?<=\w|\.)(?-i:Credit(?:[A-Z]|\.\.\.))[^.]{2,60}$",
    re.IGNORECASE,
)
# "ENDS" closes a press release.
_CAPITALS = re.compile(
    r"^(?!(?:ENDS?|ENDE|EINDE|FIN|FINE|SLUT|KONIEC|MORE|STOP)$)"
    r"[A-Z]{2,10}(?:\s?/\s?[A-Z][\w ]{2,30}| via [A-Z][\w ]{2,30})?$"
)
_BYLINE = re.compile(
    r"^(?:(?:[Bb]y|BY|[Pp]ar|[Vv]on|VON|[Pp]or|[Dd]i|[Dd]oor|[Aa]f|[Aa]v|[Pp]rzez"
    r"|Words by|Written by):?"
    r"|(?:[Vv]an onze|[Vv]on unser(?:em|er)|[Dd]e (?:notre|nuestr[oa])|[Dd]al(?:la)? nostr[oa]"
    r"|[Ff]rom our) [A-Za-zÀ-ÿ]+"
    r"|(?:[Aa]utor(?:in|ka)?|[Aa]uthor|Words|Byline|BYLINE):)\s+"
    rf"{_NAME}(?:[ ,&|–-]+(?:{_NAME}|and|und|et|y|in|e|en|de|van|von|der|for|the|of|at|with"
    r"|with agencies|avec|con|mit))*"
    r"(?: (?:and|et|und|y|e|en) (?:staff(?: reporters?)?|(?:notre |nuestra |la |de |die )?"
    r"(?:rédaction|redaktion|Redaktion|redacción|redactie|redazione))(?: \([^()]{2,30}\))?)?"
    # "(with ptp)", ", our correspondent in Orle": what stands behind a name.
    r"(?:,? \(?(?:with|mit|avec|con|com|met) [A-Za-z]{2,6}\)?)?(?:\.|, [a-zà-ÿ][^.!?;:]{4,70})?$"
)
_CORRECTION = re.compile(
    r"^[\[(*_]*(?:correct(?:ions?|s|ed)|clarification|erratum|editor['’]?s?['’]? note"
    r"|rectificatif|berichtigung|korrektur|an earlier version|a previous version"
    r"|this (?:story|article|report|piece) (?:has been|was) (?:corrected|amended|updated))\b",
    re.IGNORECASE,
)


def reason_to_drop(line: str) -> DropReason | None:
    """Why a line is not part of the story by its own wording; None where it may be.

    A correction notice is always part of it: it says what was wrong. So is a whole sentence that
    speaks to nobody, of cookies or of who has to register.
    """
    if len(line) > _LONGEST or is_correction(line):
        return None
    found = next((reason for reason, pattern in _BY_WORDING if pattern.match(line)), None)
    if found in {"furniture", "teaser"} and len(line.split()) >= _WHOLE and line.endswith("."):
        return found if _ADDRESSED.search(line) else None
    return found


def is_slug(line: str) -> bool:
    """Whether a line is an agency's name for a story: "MARRICK-DAM (UPDATE 2)"."""
    return _SLUG.match(line) is not None or _EDITION.match(line) is not None


def are_sections(names: Sequence[str]) -> bool:
    """Whether what stands in a row names the sections of a site: "City", "Port", "Sport".

    Three at least, each of three words at most, with a capital and without figures.
    """
    return len(names) > 2 and all(
        name[:1].isupper() and len(name.split()) <= 3 and _SECTION.fullmatch(name) for name in names
    )


def is_menu(line: str) -> bool:
    """Whether a line under a paper's name has sections with marks between them.

    Those of its site, or the one that the text stands in: "News / Region / 2nd lead".
    """
    path = line.split(" / ")
    within = len(path) > 1 and all(len(part.split()) <= 3 for part in path)
    return (within and _SECTION.match(path[0]) is not None) or are_sections(
        [name.strip() for name in line.split("|")]
    )


def opens_list(line: str) -> bool:
    """Whether a line stands over links to other stories ("Related Articles")."""
    return _LISTS.match(line) is not None


def is_correction(line: str) -> bool:
    """Whether a line is, or opens, a correction notice."""
    return _CORRECTION.match(line) is not None


def is_image_credit(line: str) -> bool:
    """Whether a line can be the credit of a picture ("AFP via Getty Images")."""
    short = len(line) <= 120 and len(line.split()) <= 8 and not line.endswith((".", "!", "?", "”"))
    return short and _IMAGE_CREDIT.match(line) is not None


def is_capital_credit(line: str) -> bool:
    """Whether a line is one name in capitals, which only beside a caption is a credit."""
    return _CAPITALS.match(line) is not None


def split_credit(line: str) -> tuple[str, str]:
    """A caption without the credit at its end, and that credit ("" where it has none)."""
    match = _CREDIT_AT_END.search(line, max(0, len(line) - 90))
    return (line[: match.start()], match.group().strip()) if match else (line, "")


def is_byline(line: str) -> bool:
    """Whether a line can be a byline; only above the story is it one."""
    return len(line.split()) <= 14 and _BYLINE.match(line) is not None


def find_agency(text: str) -> str:
    """The first known agency that a credit names, by its usual short name; else ""."""
    found = ((name, pattern.search(text)) for name, pattern in _NAMED)
    hits = [(match.start(), -len(match[0]), name) for name, match in found if match]
    return min(hits)[2] if hits else ""
