"""The marks by which a line shows that it is not part of the story.

Every pattern covers a whole line, and none holds for what could be a sentence of the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.articles.agencies import ANY_AGENCY
from factcheck.language.words import split_table
from factcheck.models import DropReason

_NAME = r"[A-ZÀ-ÞĆČĐĞİŁŐŘŚŞŠŹŻŽА-ЯІЇЄҐ][\w.’'-]*"


def compile_block(alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern for whole lines, of the alternatives on the lines of a block."""
    parts = (line.strip() for line in alternatives.strip().splitlines())
    return re.compile(rf"^(?:{'|'.join(parts)})$", flags)


_LONGEST = 600  # characters; a longer line is a paragraph whatever its wording
# "Read more" and "also read" in other languages.
_MORE = (
    r"(?:(?:à )?lire (?:aussi|également)|mehr (?:dazu|zum thema)|lesen sie auch|le[ea] también"
    r"|te puede interesar|leggi anche|lees (?:ook|meer|verder)|leia (?:também|mais)"
    r"|läs (?:mer|också|även)|l(?:æ|e)s (?:også|mere?)|czytaj (?:też|także|więcej)"
    r"|читайте та(?:кож|кже)|διαβάστε (?:επίσης|ακόμα)|اقرأ أيضا[\u064b]?)"
)
_LISTS = compile_block(rf"""
    {_MORE}\s?:?
    most (?:read|popular|viewed|shared)(?: (?:from|in|on|today|this week)\b.{{0,40}})?:?
    (?:related|recommended|trending|top|latest) (?:articles?|stories|story|news|topics|videos?):?
    (?:related|recommended|more) (?:content|links|posts|reading|headlines|coverage):?
    more (?:on this story|news|stories|articles|from \w.{{0,40}}):?
    (?:recommended(?: for you)?|trending(?: now)?|also read|see also|read (?:more|also|next)):?
    (?:you (?:may|might) also like|don['’]t miss|editors?['’]?s? picks?):?
""")
_EDITION = compile_block(r"""
    [\w’'-]{3,40},? (?:\d(?:st|nd|rd|th)|first|second|third|fourth) lead\b[^.!?]{0,60}
    \((?:updates?|adds?|recasts?|refiles?|rewrites?|repeats?|releads?)\b[^()]{0,200}\)
    (?-i:(?=.*\b[A-Z]{2,6}-?\d{3,5}\b)(?=.*\b[A-Z]{2,6}/[A-Z]{2,6}\b)[A-Z\d /-]+(?:priority \d)?)
    (?-i:(?=.*\b[A-Z]{2,5}\d{3,5}\b)(?!.*[A-Z]{5})[A-Z\d /:.-]+)
    (?-i:[A-Z]{2,5}-\d\d-\d\d-\d\d \d{4}\b[A-Z ]{0,20}|:[A-Z]{4,}: ?[A-Z\d /-]{3,80})
    (?-i:\d(?:ST|ND|RD|TH) LEAD\b.{0,60}|(?:[A-Z]{2,4} )?\d{6}Z? [A-Z]{3} \d\d)
    (?-i:EDS?|EDITORS):(?!.*\bcorrect).{3,200}
""")
_SLUG = re.compile(r"^[A-Z]{2}[A-Z0-9]*(?:[-/][A-Z0-9]+)+(?:\s?\([^()]{0,40}\))?$")
# Who has a story to tell is asked for it: "Got a story? Ring the newsdesk." Not who knows more of
# this one: the police may ask for that.
_ASKED = (
    r"(?:(?:have you )?(?:got|have) (?:a|any) (?:story|news)"
    r"|hast du einen tipp|haben sie (?:einen )?tipp"
    r"|(?:vous avez|avez-vous) une histoire"
    r"|¿?tienes? una (?:historia|noticia)|hai una (?:storia|notizia)"
    r"|har du (?:ett |et )?nyhetstips?|heb (?:je|jij|u) een verhaal)\b[^?.!]{0,60}\? "
    r"(?:ring|call|phone|contact|e-?mail|mail|message|write|tell|send|drop|get in touch|let us|tip"
    r"|melden|ruf|schreib|contactez|écrivez|appelez|envoyez|escr[ií]b|llam|envía|cuént"
    r"|scriv|chiama|contatta|mejl|skriv|hör|bel|laat)\w*"
)
_TEASER = compile_block(
    rf"{_MORE}\s?[:|>»\u203a].{{1,160}}"
    rf"|{_ASKED}.{{1,160}}"
    r"""
    (?:more|mehr|plus|más|altro|meer|mere?|mais) (?!.*\d ?(?:\||$))[^:|.!?]{2,40}: (?-i:[^a-z\d|])[^|]{3,120}(?:\| ?(?-i:[^a-z\d| ])[^|]{3,120})+
    read (?:the )?(?:full|original|complete|entire|whole) (?:article|story|report|piece|post)\W*
    read (?:the )?(?:full|original|complete|entire|whole) ?\w* (?:here|on|at) ?.{0,60}
    (?:read more|also read|see also|read also|read next)\s?[:|>»].{1,160}
    (?:related|watch|listen|explained)\s?[:|>»].{1,160}
    read more (?:about|on|here|at|from)\b.{0,80}
    (?:sign up|subscribe|register)(?: now| here| today)?[.!]?
    (?:sign up|subscribe)(?: now| here| today)? (?:for|to|from)\b[^“”"]{0,160}
    (?:try|join us|become a (?:member|subscriber)|s['’]abonner|abonnez-vous|abbonati|suscríbete|assine|jetzt)\b[^“”".:;]{0,40} (?:[£$€]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[£$€]|euros?\b))[^“”".:;]{0,40}
    register(?: now| here| today)? (?:for|to) (?:access|comment|continue|free|get|our|read|receive|the newsletter|unlock|view)\b[^“”"]{0,150}
    (?:click|tap) here\b.{0,120}
    (?:follow|like|join) us (?:on|at|in)\b.{0,120}
    download (?:the|our) .{0,40}\bapp\b.{0,80}
    get (?:the|our|all the) .{0,80}newsletters?\b.{0,80}
    [^“”"]{0,120}\b(?:in|to) your inbox\b.{0,60}
"""  # noqa: E501 - one alternative a line
)
_CREDIT = compile_block(
    rf"""
    \(?(?:(?:[Aa]dditional|[Ff]urther) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) (?:and \w+ )?by .{{2,240}}
    \(?(?:Compiled|Edited|Translated|Written) by {_NAME}.{{0,120}}
    \(?[Ww]ith (?:additional )?(?:reporting|inputs?|contributions|files) (?:by|from) .{{2,200}}
    (?:.{{2,100}}, )?{_NAME}.{{1,80}} contributed (?:to this (?:report|story|article)|reporting).{{0,60}}
    (?:This (?:story|article|report)|The (?:story|article)) (?:was|is|has been) (?:provided|supplied|distributed) by .{{2,120}}
    This (?:story|article|report) (?:was |first |originally )+(?:published|appeared) (?:by|in|on) .{{2,90}}
    The article (?:was )?(?:first|originally) (?:published|appeared) (?:by|in|on) .{{2,90}}
    \(?(?:[Ww]ith|[Ff]rom|[Ss]ource:?|[Vv]ia|Avec) (?:{ANY_AGENCY})(?:(?:,| and|/| &| et) ?(?:{ANY_AGENCY}))*\)?\.?
    [(—–/-]*\s*(?:{ANY_AGENCY})(?:(?:,| and|\s?/| &| et)\s*(?:{ANY_AGENCY}))*\s*[)/]?\.?
    (?:Foto|Bild|Фото)s?: {_NAME} {_NAME}(?: {_NAME})?(?:\s?/\s?[\w ]{{2,30}})?
    A version of this (?:article|story) appear(?:s|ed) in print .{{2,160}}
    無断(?:複製・)?転載(?:を禁じます|禁止)。?
    \(?[A-Z]{{2,10}}\)?:? [a-z]{{2,3}}/[a-z]{{2,3}}(?: [\dA-Z ]{{4,24}})?
    \(?(?:[a-z]{{2,4}}/ ?)+(?:{ANY_AGENCY})?\)?
    \(?(?:Agencias|Agencies|Agences|Agenturen|Agenzie)(?: \([A-Z]{{2,10}}\))?(?: ?/ ?[^\W\d_]{{3,20}})?\)?\.?
    """,  # noqa: E501 - one alternative a line
    re.NOFLAG,
)
# Small words of a credit beside its names; of others it has two at most.
_OF_CREDIT = split_table(
    """a additional agencies agency al all an analysis and article as at been bureau by
    compiled con contributed correspondent correspondents covering da data de del der desk
    di edited editing editor editors el et first for from further graphics has here in
    investigations is la le licence license news newspaper newsroom nonprofit of on
    originally permission photos press produced provided published report reporter reporters
    reporting republished research reserved rights service staff story supplied the this to
    translated und van video von was wire with writer writers writing written y"""
)
_MOST_OTHERS = 2
_SMALL = re.compile(r"(?<![\w’'.@-])[a-zà-ÿ]{2,}(?![\w@])")
_OWNER = compile_block(r"""
    (?:©|\(c\)|copyright(?=\s*(?:©|\(c\)|\d{4}|by\b|[–:,.-]|(?-i:[A-Z]))))(?=.{0,120}(?:\d{4}|reserved|inc\b|ltd|l\.p\.|limited)).{2,400}
    © .{2,80}
    (?-i:(?:\w[\w ’'-]{0,40} is )?[Pp]ublished by (?:the )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|and|the|&))*)\.?
""")  # noqa: E501 - one alternative a line
_SHARE = r"(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|print|x)"
_JUNK = compile_block(rf"""
    source by \[?[\w ]+\]?
    the post .{{2,200}} (?:appeared first|first appeared) on .{{2,100}}
    source link|back to top(?: button)?|share this:?|leave a (?:reply|comment)
    your email address will not be published\..*
    {_SHARE}(?:[ ,|/]+{_SHARE})*
    all rights reserved\b.{{0,200}}
    [a-z]{{2,}}(?:[-_][a-z]{{2,}})+[-_]\d{{1,4}}
    [-–—_=*·•#|\s]{{2,}}
""")
# What a site puts around a text to pass it on or to keep it; no word in two ways, else a long
# row of them would be tried in all.
_TOOL = (
    rf"(?:{_SHARE}|share|save|tweet|bookmark|listen|copy|link|full article|read|min\)?|\(?\d+\)?"
    r"|condividi|copia|stampa|salva|compartir|enviar por correo|comentarios|guardar"
    r"|imprimir|teilen|drucken|merken|partager|imprimer|compartilhar|partilhar|delen|bewaar|dela|spara"
    r"|udostępnij)"
)
_TOOLS = rf"(?=.*[^\W\d_]{{4}}){_TOOL}(?:[ ,|/·•]+{_TOOL})*"
_ON_SITE = r"""
    reuse this content|story saved|skip advertisement|enter your email address
    (?:story|article) continues (?:below|after)\b.{0,40}|after newsletter promotion
    this article is more than \d+ \w+ old|explore more on these topics|see more on: .{2,60}
    (?:advertisement|publicidad|publicité|anzeige|werbung|pubblicità|publicidade)(?: [·|•] .{1,80})?
    (?:advertentie|annons|annonse|reklama|реклама)(?: [·|•] .{1,80})?
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
    (?:view|show|load|\d+) comments?|comments?(?: \(\d+\))?|save for later|log ?in
    share (?:on|via|by) \w+|listen to this article.{0,30}|\d+ min(?:ute)?s? read
    posted in:?.{0,60}|filed under:?.{0,60}|tags?:.{0,120}
    we (?:use|value|and our) (?=.*\b(?:cookies?|privacy|partners|personal data)\b).{0,400}
    by (?:clicking|signing|continuing|using|staying)\b(?=.*\b(?:cookies|privacy|terms)\b).{0,400}
    this (?:site|website) (?:uses|is protected)\b(?=.*\b(?:cookies?|re?captcha|akismet)\b).{0,300}
    (?:nous utilisons|wir verwenden) (?=.*\bcookies\b).{0,400}|please enable javascript.{0,100}
    (?:newsletter )?(?:unsubscribe|abbestellen|abmelden|uitschrijven|darse de baja)(?:\s?[|<].*)?
    (?:was this|did someone) (?:e-?mail )?forward(?:ed)? .{0,40}\b(?:to you|mail)\b.{0,100}
    (?:you(?:['’]re| are)? receiv(?:ed|ing) this|sie erhalten diese[ns]?|u ontvangt deze|vous recevez cet?(?:te)?) (?:e-?mail|mail|newsletter|brief|lettre)\b.{0,300}
    (?:this|diese|cet|questa|deze|este) (?:e-?mail|message|nachricht|courriel|mail|correo)\b(?=.*\b(?:confid|vertr|riserv))(?=.*\b(?:recipients?|intended|attachments?|empfänger|destina[tr]\w+|geadresseerde|öffentlichkeit)\b| (?:is|ist|est|es|è) (?:confi|vertr|riserv)).{0,500}
    (?=.*\b(?:e-?mail|mail|newsletter|correo|courriel)\b)(?:\S+ ){1,12}(?:your|ihrem|uw|votre|tu|su|seu|nel) (?:browser|navegador|navigateur)\W*
    </?[a-z][^<>]*>(?:[^<>]{0,40}</?[a-z][^<>]*>)*
    [^\W\d_][\w &'’-]{1,29}(?: [>\u203a»] [^\W\d_][\w &'’-]{1,29}){1,4}
"""  # noqa: E501 - one alternative a line
_FURNITURE = compile_block(_TOOLS + _ON_SITE)
_WHOLE = 9  # words of a sentence of a story
# Whoever runs a site speaks to its readers, or names what only a site has.
_ADDRESSED = re.compile(
    rf"\b(?:(?i:{_ASKED}|you|your|yours|we|our|us|here|this (?:site|website|page)|newsletters?"
    r"|inbox|app"
    r"|re?captcha|privacy policy|terms of (?:use|service)|nous|notre|nos|vous|votre|wir|unsere?n?"
    r"|uw|usted|nuestr[oa]s?|noi|nostr[oi]|nós|noss[oa]s?)|Sie|Ihre?n?|U(?= ))\b"
)
_SECTION = re.compile(r"[^\W\d_][^\d.!?:;|]{0,29}")
_MIDDOTS = re.compile(r"\s+[·•|]\s+")
_LINK = re.compile(r"[^\d.,:;!?]{3,40}")
_PASSES_ON = re.compile(
    rf"{_TOOL}\b|.*\b(?:newsletters?|nyhetsbrev|nyhedsbrev|nieuwsbrief|boletín|infolettre)$",
    re.IGNORECASE,
)
_METADATA = compile_block(r"""
    (?:https?://|www\.)\S+
    (?:(?:media |press )?contact|kontakt|rückfragen|contatti|contacto)s?: (?=.*(?:@|\d[\d ()/-]{5}|press|media|presse|prensa|stampa))[^.!?]{2,40}, .{2,80}[^.]
    (?:phone|tel|telephone|fax|e-?mail|telefon)\.?: (?=.*(?:@|\d[\d ()/+-]{5}))\S{0,12}[\d@(+][^!?]{2,60}
""")  # noqa: E501 - one alternative a line
# What a mail program puts above a mail that is passed on.
_PASSED_ON = compile_block(r"""
    -{3,}.{0,30}\b(?:forwarded|original[ei]?|reenviado|inoltrato|encaminhada|weitergeleitete?)\b.{0,60}-{3,}
    -{3,}.{0,30}\b(?:ursprüngliche|transféré|d['’]origine|doorgestuurd|oorspronkelijk|przekazana)\b.{0,60}-{3,}
    begin forwarded message:|anfang der weitergeleiteten nachricht:|begin doorgestuurd bericht:
    début du message (?:réexpédié|transféré) ?:|inizio messaggio inoltrato:
""")
_BY_WORDING: tuple[tuple[DropReason, re.Pattern[str]], ...] = (
    ("edition-note", _EDITION),
    ("teaser", _LISTS),
    ("teaser", _TEASER),
    ("credit", _CREDIT),
    ("credit", _OWNER),
    ("junk-tail", _JUNK),
    ("furniture", _FURNITURE),
    ("metadata", _METADATA),
    ("metadata", _PASSED_ON),
)

# "Ledger staff and IPN", "dpa/Redaktion": who writes for a paper, and the agency beside them.
_BESIDE = r"(?:\s?[/+&]\s?|, | (?:and|und|et|y|e|en|och|og|with|mit|avec|con|med|met) )"
_WIRE = r"(?:[A-Z]{2,6}|dpa|(?i:agencies|agenturen|agences|agencias|agenzie|wires))"
_STAFF = (
    rf"(?:{_NAME} ){{0,3}}(?i:staff(?: writers?| reporters?)?|newsroom|reporters|redaktion(?:en)?"
    r"|rédaction|redacción|redactie|redazione)"
)
_WITH_STAFF = rf"(?:{_STAFF}(?:{_BESIDE}{_WIRE}){{1,3}}|(?:{_WIRE}{_BESIDE}){{1,3}}{_STAFF})"
_BYLINE = re.compile(
    r"^(?:(?:[Bb]y|BY|[Pp]ar|[Vv]on|VON|[Pp]or|[Dd]i|[Dd]oor|[Aa]f|[Aa]v|[Pp]rzez"
    r"|Words by|Written by):?"
    r"|(?:[Vv]an onze|[Vv]on unser(?:em|er)|[Dd]e (?:notre|nuestr[oa])|[Dd]al(?:la)? nostr[oa]"
    r"|[Ff]rom our) [A-Za-zÀ-ÿ]+"
    r"|(?:[Aa]utor(?:in|ka)?|[Aa]uthor|Words|Byline|BYLINE):)\s+"
    rf"(?:{_WITH_STAFF}$|{_NAME}|dpa)"
    rf"(?:[ ,&|/–-]+(?:{_NAME}|dpa|and|und|et|y|in|e|en|de|van|von|der|for|the|of|at"
    r"|with|with agencies|avec|con|mit))*"
    r"(?: (?:and|et|und|y|e|en) (?:staff(?: reporters?)?|(?:notre |nuestra |la |de |die )?"
    r"(?:rédaction|redaktion|Redaktion|redacción|redactie|redazione))(?: \([^()]{2,30}\))?)?"
    # "(with ptp)", ", our correspondent in Orle": what stands behind a name.
    r"(?:,? \(?(?:with|mit|avec|con|com|met) [A-Za-z]{2,6}\)?)?(?:\.|, [a-zà-ÿ][^.!?;:]{4,70})?$"
)
_WITH_POST = re.compile(
    rf"{_NAME}(?: {_NAME}){{1,3}}, (?:{_NAME} ){{0,3}}(?i:(?:editor|reporter|correspondent(?:in)?"
    r"|korrespondent(?:in)?|redakteur(?:in)?|correspondante?|corresponsal|redactora?|redattore))"
    rf"|{_WITH_STAFF}"
)
_CORRECTION = re.compile(
    r"^[\[(*_]*(?:correct(?:ions?|s|ed)|clarification|erratum|editor['’]?s?['’]? note"
    r"|rectificatif|berichtigung|korrektur|an earlier version|a previous version"
    r"|this (?:story|article|report|piece) (?:has been|was) (?:corrected|amended|updated))\b",
    re.IGNORECASE,
)


def reason_to_drop(line: str) -> DropReason | None:
    """Why a line is not part of the story by its own wording; None where it may be.

    A correction notice is always part of it, as is a whole sentence that speaks to nobody, of
    cookies or of who has to register.
    """
    if len(line) > _LONGEST or is_correction(line):
        return None
    line = line[1:-1] if line.startswith("[") and line.endswith("]") else line
    found = next((reason for reason, pattern in _BY_WORDING if pattern.match(line)), None)
    if found in {"furniture", "teaser"} and len(line.split()) >= _WHOLE and line.endswith("."):
        return found if _ADDRESSED.search(line) else None
    return None if found == "credit" and _tells_more(line) else found


def _tells_more(line: str) -> bool:
    """Whether what opens as a credit is a sentence: "Copyright Office staff told …"."""
    if line[:1] in "©(" or not line.endswith((".", "!", "?", ".”")):
        return False
    owned = line[:9].lower() == "copyright"
    text = line[10:].partition(". ")[0] if owned else line
    others = [word for word in _SMALL.findall(text) if word not in _OF_CREDIT]
    return len(others) > _MOST_OTHERS and not (owned and not text[:1].isupper())


def is_story_sentence(text: str) -> bool:
    """Whether a text is sentences of some length that speak to nobody who reads the page."""
    whole = len(text.split()) >= _WHOLE and text.rstrip('”’"»)').endswith((".", "!", "?"))
    return whole and not _ADDRESSED.search(text) and not reason_to_drop(text)


def is_slug(line: str) -> bool:
    """Whether a line is an agency's name for a story: "MARRICK-DAM (UPDATE 2)"."""
    return _SLUG.match(line) is not None or _EDITION.match(line) is not None


def are_sections(names: Sequence[str]) -> bool:
    """Whether three or more names are those of sections of a site: "City", "Port", "Sport"."""
    return len(names) > 2 and all(
        name[:1].isupper() and len(name.split()) <= 3 and _SECTION.fullmatch(name) for name in names
    )


def is_menu(line: str) -> bool:
    """Whether a line has sections of a site, or a path: "City | Port | Sport", "News / Region"."""
    path = line.split(" / ")
    within = len(path) > 1 and all(len(part.split()) <= 3 for part in path)
    return (within and _SECTION.match(path[0]) is not None) or are_sections(
        [name.strip() for name in line.split("|")]
    )


def is_link_row(line: str) -> bool:
    """Whether a line can be the links below a story: "Share this · Tip the desk · Our letter".

    Three or more short parts, of which one is of what a site puts around a text.
    """
    parts = _MIDDOTS.split(line)
    return len(parts) > 2 and all(map(_LINK.fullmatch, parts)) and any(map(_PASSES_ON.match, parts))


def is_passed_on(line: str) -> bool:
    """Whether a line is what a mail program puts above a mail that is passed on."""
    return _PASSED_ON.match(line) is not None


def opens_list(line: str) -> bool:
    """Whether a line stands over links to other stories ("Related Articles")."""
    return _LISTS.match(line) is not None


def is_correction(line: str) -> bool:
    """Whether a line is, or opens, a correction notice."""
    return _CORRECTION.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line can be a byline; only above the story is it one."""
    short = len(line.split()) <= 14
    return short and (_BYLINE.match(line) is not None or names_post(line))


def names_post(line: str) -> bool:
    """Whether a line is a name and what its owner does for a paper: "A. Roth, Political Editor"."""
    return _WITH_POST.fullmatch(line) is not None and not _BYLINE.match(line)


def find_staff_agency(byline: str) -> str:
    """The agency in capitals beside whoever writes for a paper; "" where a byline has none."""
    beside = re.sub(_STAFF, "", byline) if re.fullmatch(_WITH_STAFF, byline) else ""
    found = re.search(r"[A-Z]{3,6}", beside)
    return found[0] if found else ""
