"""Tell who published an article: names in mastheads, copyright lines and file names."""

from __future__ import annotations

import re
from collections.abc import Collection

from factcheck.language.words import split_table

_FREQUENCY = re.compile(r"\s+\d{2,3}[.,]\d(?:\s?(?:FM|MHz|UKW))?(?=\W|$)", re.IGNORECASE)
"""Where a station is heard, as in "Valley FM 98.2"."""
_KICKER = re.compile(
    r"(?:breaking|latest|live|local|world|top|more|business|sports?|city|regional|national) news$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)[\s:©]*", re.IGNORECASE)
_LEGAL = re.compile(
    r",?\s*\b(?:l\.?p\.?|ltd\.?|limited|inc\.?|llc\.?|plc\.?|gmbh|ag|s\.?a\.?|corp\.?)(?=\W|$).*$",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"[.,|–-]?\s*\b(?:all rights|riproduzione riservata|tous droits|alle rechte|todos los derechos"
    r"|todos os direitos|direitos reservados|wszelkie prawa|alla rättigheter)|\. ",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:^|\bis |\best |\bwird |\bes )(?i:(?:edited and )?published|issued|édité|publié"
    r"|herausgegeben|publicad[oa]|editad[oa]) (?:by|par|von|por) (?P<name>[^.|©]{3,100})",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"^(?:\w*(?:post|times|news|courier|tribune|gazette|herald|journal|agency|press|daily|weekly"
    r"|ledger|observer|chronicle|mail|mirror|standard|telegraph|wire|newswire|examiner|enquirer"
    r"|inquirer|record|register|review|sentinel|star|voice|reporter|bulletin|argus|advertiser"
    r"|dispatch|globe|independent|guardian|monitor|broadcasting|television|tv|radio|fm|magazine"
    r"|zeitung|blatt|anzeiger|rundschau|nachrichten|kurier|bote|presse|morgenpost|express"
    r"|noticias|diario|periódico|gaceta|mundo|heraldo|courrier|voix|phare|dépêche|monde|figaro|matin|soir|país|welt"
    r"|echo|écho|eco|clarion|packet|intelligencer|lantern|mercury|tidende|tidning|posten|bladet|avisen"
    r"|kuriren|dagblad|krant|courant|gazeta|gazzetta|giornale|corriere|messaggero|mattino|jornal|folha|correio|notícias"
    r"|sanomat|noviny|listy|deník|hírlap))$",
    re.IGNORECASE,
)
# One word is a name where it is made of a word and what a paper is: "Sturevikskuriren".
_ONE_WORD = re.compile(
    r"(?!\w*[Aa]ngebote|Verbote|Außen|Vor|Wach|Grenz|Tages|Wochen)"
    r"[A-ZÀ-Þ][^\W\d_]{2,20}(?:kuriren|kurier|anzeiger|zeitung|tageblatt|bote|tidning(?:en)?|tidende"
    r"|posten|bladet|avisen|dagblad|courant|krant|sanomat)"
)
_UNSPACED_MEDIA = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]{1,10}(?:报|報|新聞|新闻|网|網|通讯社|通訊社|通信社|新华社|电视台|電視台"
    r"|放送|广播|廣播|周刊|週刊)"
)
_FIRST = re.compile(
    r"^(?:radio|tv|canal|channel|diario|periódico|gaceta|agence|agencia|agenzia|courrier|gazzetta"
    r"|corriere|giornale|gazeta|jornal|correio|folha|dziennik)$",
    re.IGNORECASE,
)
ARTICLES = split_table("the le la les el der die das de het il")
_SMALL = split_table(
    "of and the de del la le les du des et y und der die das el het il di los für am im"
)
_SHORT_WORD = re.compile(r"[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]", re.IGNORECASE)
"""A word such as "Bay" or "New", which is no abbreviation in a longer name."""
_DESK = re.compile(
    r"[\s,/|–-]*\(?\b(?:news ?room|news ?desk|online|digital|web ?site|redaktion|rédaction"
    r"|redacción|(?:morning|evening|late|early|print|first|final) edition)\b\)?\W*$",
    re.IGNORECASE,
)
_FILE_NOISE = re.compile(
    r"[0-9a-f]{8,}|\d+(?:st|nd|rd|th|am|pm|h)?"
    r"|morning|noon|midday|afternoon|evening|night|late|early"
    r"|final|update[ds]?|correct(?:ion|ed)s?|articles?|stor(?:y|ies)|text|txt|doc(?:ument)?|copy"
    r"|untitled|page|file|news ?item|input|sample|test|draft|new|report|unknown|html?|raw|clean"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)


_HOLDERS = re.compile(
    r"(?:feeds?|items?|e-?mail|mail|messages?|clip(?:ping)?s?|paste[ds]?|index|nodes?|posts?|scans?"
    r"|notes?|downloads?|attachments?|print|saved?|web|inbox|unnamed|sans|titre|ohne|titel|artikel"
    r"|artigos?|art[ií]culos?|articol[oi]|dokument|no|title|p|id|nr|press|release)\d*",
    re.IGNORECASE,
)
"""Words that name what holds a text; a file that is called nothing else tells no outlet."""


def cut_descriptor(masthead: str) -> str:
    """The name in a masthead, without what says behind a dash or a dot what paper it is."""
    return re.split(r"\s[—–|·•]\s", masthead)[0]


def cut_motto(name: str) -> str:
    """The name of a site without what it says of itself: "The Lockgate – news from the weir"."""
    first, *more = re.split(r"\s[—–|·•-]\s", name)
    return first if len(" ".join(more).split()) > len(first.split()) else name


def cut_name(title: str, name: str) -> str:
    """A title without the name of its paper behind a bar: "Mill burns | The Post"."""
    front, _, last = title.rpartition(" | ")
    return front if front and last.strip().casefold() == name.casefold() else title


def is_media_name(text: str) -> bool:
    """Whether a short line is the name of a paper, a station or an agency by its wording."""
    if _UNSPACED_MEDIA.fullmatch(text) or _ONE_WORD.fullmatch(text):
        return True
    words = _name_words(text)
    if len(words) < 2:
        return False
    last = re.sub(r"[\s(]+$", "", _DESK.sub("", " ".join(words))).split() or words
    titled = words[0].lower() in ARTICLES and _MEDIA.match(words[1])
    return bool(titled or _MEDIA.match(last[-1]) or _FIRST.match(words[0]))


def is_kicker(text: str) -> bool:
    """Whether a line reads like the name of a paper, and is that of a section: "BREAKING NEWS"."""
    return _KICKER.match(text) is not None


def is_titled(text: str) -> bool:
    """Whether a short line is spelled like a name that an article begins: "The Ambrey Packet"."""
    words = _name_words(text)
    return len(words) > 1 and words[0].lower() in ARTICLES


def _name_words(text: str) -> list[str]:
    """The words of a line that is spelled like a name: six at most, all with a capital."""
    plain = _FREQUENCY.sub("", re.sub(r"\([^()]*\)", " ", text))
    words = re.findall(r"[^\W_][\w.’'&-]*", plain)
    if not 1 <= len(words) <= 6 or text.endswith((".", "!", "?", ":", ",", ";")):
        return []
    bare = (re.sub(r"^[dl]['’]", "", word) or word for word in words)
    named = all(word[0].isupper() or word.lower() in _SMALL for word in bare)
    return words if named else []


def is_foreign_name(text: str, common: Collection[str]) -> bool:
    """Whether a line of several words is spelled like a name, and none of them is a common one.

    A headline is made of what the story tells; the name of a paper is not. `common` holds the
    words that the story writes small.
    """
    words = [word.lower() for word in _name_words(text)]
    telling = [word for word in words if word not in _SMALL and len(word) > 2]
    return len(words) > 1 and bool(telling) and not set(telling) & set(common)


def format_outlet(text: str) -> str:
    """A name as it is printed over a text, without its desk and without capitals.

    "RADIO MARROW (NEWSROOM)", "RADIO MARROW" and "RADIO MARROW 98.2" are one; "BBC NEWS" is
    "BBC News".
    """
    name = _FREQUENCY.sub("", " ".join(text.split()))
    bare = _DESK.sub("", name)
    name = (bare.strip(" ,/|–—-()[]") if bare != name else "") or name
    if name.upper() != name:
        return name
    words = name.split(" ")
    leads = len(words) < 3  # "BBC NEWS", but "NEW YORK TIMES"
    return " ".join(_lower_word(word, first=i == 0, leads=leads) for i, word in enumerate(words))


def _lower_word(word: str, *, first: bool, leads: bool) -> str:
    if word.lower() in _SMALL:
        return word.capitalize() if first else word.lower()
    if re.search(r"[-'’]", word):
        return re.sub(r"[^\W\d_]{2,}", lambda part: part[0].capitalize(), word)
    short = len(word) < 4 and ((first and leads) or not _SHORT_WORD.fullmatch(word))
    return word if short or not word.isalpha() else word.capitalize()


def find_copyright_owner(line: str) -> str:
    """Whose copyright a line claims, without years, legal forms and reserved rights."""
    if not _COPYRIGHT.match(line):
        return ""
    text = _RESERVED.split(_COPYRIGHT.sub("", line))[0]
    text = re.sub(r"\b(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\b", " ", text)
    text = re.sub(r"^\s*by\b", "", _LEGAL.sub("", " ".join(text.split())))
    text = text.strip(" ,.;|-–")
    return text if 0 < len(text.split()) <= 6 and text[:1].isalnum() else ""


def find_publisher(line: str) -> str:
    """Who publishes a paper by a line such as "The Voice is published by the League"."""
    match = _PUBLISHED.search(line[:300])
    if not match:
        return ""
    name = re.sub(r"(?i)^(?:the|la|le|les|der|die|das|el)\s+", "", match["name"].strip())
    return name if name and name[0].isupper() and len(name.split()) <= 10 else ""


def read_file_name(source: str) -> str:
    """The outlet that a file is named after ("02-orle-post-late.txt"); "" if none is plausible."""
    stem = re.sub(r"\.\w{1,5}$", "", source.replace("\\", "/").rsplit("/", 1)[-1])
    words = re.sub(r"[\s_.,()\[\]+-]+", " ", stem).strip().split()
    while words and _is_noise(words, 0):
        words.pop(0)
    while words and _is_noise(words, len(words) - 1):
        words.pop()
    name = " ".join(word for word in words if not word.isdigit())
    if all(map(_HOLDERS.fullmatch, name.split())):
        return ""
    plausible = re.search(r"[^\W\d_]{3,}", name) and not re.search(r"\d{3}|[^\w\s’'&-]", name)
    return name if plausible and len(name.split()) <= 6 else ""


def _is_noise(words: list[str], index: int) -> bool:
    rest = " ".join(words[index : index + 2]).lower()
    word = words[index].lower()
    numbered = re.sub(r"\d+$", "", word)  # "article1"
    kept = word == "evening" and re.match(r"evening \w*(?:post|news|standard|times)", rest)
    return not kept and _FILE_NOISE.fullmatch(numbered or word) is not None
