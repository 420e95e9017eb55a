"""Split a paragraph into its sentences, which are verbatim slices of it.

The `sentencex` library finds the boundaries. It takes a quotation for one unit, so it
is shown the paragraph without quotation marks, and the boundaries it finds are carried
back. Then a short list of rules repairs what it gets wrong in news text: a boundary
after "Dr.", after "a.m." with its zone, between "Is it?" and "Smith asked", and missing
ones after a sentence in brackets or before "¿".
"""

from __future__ import annotations

# ruff: noqa: RUF001 - quotation marks and abbreviations of several languages
import re
from bisect import bisect_right
from collections.abc import Iterable

from factcheck.articles.times import ZONE_NAMES
from factcheck.language.calendar import months
from factcheck.language.words import split_table

_QUOTES = "\"“”„‟«»‹›‘’‚'"
_QUOTE = re.compile(f"[{_QUOTES}]")
_CLOSERS = re.compile(r"[\"”“»›’‘')\]]*(?:[ \u00a0\u202f][»›](?=\s|$))?")
LONGEST = 2_000
"""Characters of a sentence; what is longer is no sentence, and is cut at a space."""
LONGEST_PARAGRAPH = 20_000
"""Characters that are looked at together; the time of what finds sentences grows faster."""
_NEAR = 100  # characters on both sides that the rules look at

# Abbreviations that are always followed by the rest of their name or number; one in lower case
# stands for those with a capital too.
_NEVER_LAST = {
    "en": "Adm Brig Capt Cmdr Col Cpl Det Dr Fr Ft Gen Gov Hon Insp Lt Maj Messrs Mr Mrs Ms Mt"
    " Pres Prof Pte Pvt Rep Reps Rev Sen Sens Sgt Supt vs cf approx",
    "fr": "M MM Mme Mlle Mgr Me Dr Pr St Ste av bd env art cf no",
    "de": "Dr Prof Hr Fr Frl Nr Abs Art Gen St Mio Mrd Hl bzw ca vgl geb z.B u.a d.h Bhf Hbf",
    "es": "Sr Sra Srta Sres Dr Dra Prof Gral Cap Cnel D Dña Dª Excmo Excma Ilmo Ilma núm art"
    " Lic Ing",
    "uk": "м с вул пл просп ім проф акад ген січ лют бер квіт трав черв лип серп вер жовт лист"
    " груд див т о ст млн млрд тис",
    "ru": "г ул пл просп им проф акад ген янв февр фев мар апр авг сент сен окт нояб ноя дек см"
    " ст млн млрд тыс д",
    "it": "on sig sig.ra sigg dott dott.ssa prof prof.ssa avv ing geom arch gen cap sen mons S",
    "nl": "dhr mevr mw dr drs ir ing prof burg st nr ca bijv mln mld",
    "pt": "sr sra srs dr dra prof profa eng enga arq av gen cel cap ten sgt S D exmo exma",
    "pl": "św ul al os pl gen płk ppłk mjr kpt por asp insp ks bp abp prof dr inż mgr im tzw tj"
    " np tys mln mld mec hab m.in m st ok prok",
    "cs": "ul nám sv prof doc ing dr mgr gen plk kpt tzv např",
    "sv": "dr prof kl ca bl.a t.ex dvs nr",
    "da": "dr prof hr fr kl ca bl.a f.eks nr adv",
    "no": "dr prof kl ca bl.a f.eks nr adv",
    "ro": "dl dna dr prof str sf gen lt nr ing av",
    "hu": "dr ifj id özv prof szt ún",
    "ar": "د أ",
    "el": "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω κ κα δρ",
    "tr": "av dr prof doç sn alb gen yrd cad sok mah",
}
# Those that are only before a figure: "o godz. 5.50", but "trwało 8 godz. Policja ...".
_BEFORE_FIGURE = {
    "pl": "godz", "cs": "hod", "hu": "kb", "it": "n nn pag tel", "da": "inkl ekskl maks omkr",
    "de": "inkl exkl zzgl abzgl evtl mind gest einschl verh",
}  # fmt: skip
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.\s?m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    rf"(?:(?:{'|'.join(ZONE_NAMES)})\b"
    r"|(?!The|This|That|Some|Any|No)[A-Z]\w+(?: [A-Z]\w+)? (?:[Tt]ime|[Dd]aylight|[Ss]tandard)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?!,? (?:is|was|will|has|had|he|she|it|they)\b))"
)
_SAID = (
    r"(?:asked|said|says|told|wrote|added|replied|tweeted|shouted|cried|demanded|asks|exclaimed"
    r"|continued)"
)
_ATTRIBUTION = re.compile(
    r"(?!(?:He|She|They|It|We|I|You|Who|The)\b)[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|van|von|al))"
    rf"{{0,3}} {_SAID}\b(?! that\b)"
)
_BRACKETED = re.compile(r"(?:^|[.!?…][\"”’]?\s)\([^()]*[.!?][\"”’]?\)(?=\s+[\"“‘(]?\w)")
_INVERTED = re.compile(r"[.!?…][\"”»]?(?=\s+[«“\"]?[¿¡])")
# "… without being ill. Mr Reuter", which is no abbreviation here; "caution is C. “Callum".
_WORD_ENDS = re.compile(
    r"(?<= )(?!vs|cf|approx)[a-z]{2,}\."
    r"(?= (?:Mr|Mrs|Ms|Dr|He|She|They|We|It|The|This|That|But|And)\b)"
)
# A currency or the hours behind a number, before a capital: "1,5 mio. kr. Ejeren tier".
_AMOUNT_ENDS = re.compile(
    r"\d[\s\u00a0]?(?:[^\W\d_]{2,4}\.?[\s\u00a0])?(?:руб|грн|kr|hod)\.(?=\s+[«„“\"]?[^\W\d_])"
)
# "Er kam nicht. 14 Leute warteten": where numbers have full stops the library joins the two.
_FIGURE_NEXT = re.compile(r"(?<=\s)[a-z\u00df-\u017f]{4,}\.(?= \d)")
_JOINED_BEFORE_FIGURE = frozenset({"de", "da", "cs", "fi"})
_LETTER_ENDS = re.compile(r"(?<=[a-z] [A-Z]\.)(?= [“«„][A-Z])")
_CJK_NUMBER = re.compile(r"[。！？](?=\d)")
_CJK_CLOSED = re.compile(r"[。！？][”’」』]+(?=[^\s”’」』，、。）と])")
# 「…。」と述べた, 。”他说。
_CJK_SAID = re.compile(r"と|って|[\u4e00-\u9fff·]{1,10}(?:[说說道]|表示)[。，,]")
# In Khmer, but not in its "and so on", which is written with two of them.
_KHMER_ENDS = re.compile(r"[\u17d4\u17d5](?!\u179b\u17d4)(?=\s*[\u1780-\u17ff])")
# Boundaries that the library overlooks, such as after "(A sentence.)" and before "¿".
_MISSED = (
    *(_BRACKETED, _INVERTED, _WORD_ENDS, _LETTER_ENDS, _AMOUNT_ENDS),
    *(_CJK_CLOSED, _CJK_NUMBER, _KHMER_ENDS),
)
# "o.a.", "d. h.", "c.": letters, each with a full stop.
_DOTTED = re.compile(r"(?:^|[\s(])(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]\.$")
_CAPITAL = "[A-ZÀ-ÞΑ-ΩА-ЯІЇЄҐ]"
_INITIAL = re.compile(rf"(?:^|[\s-]){_CAPITAL}\.$")
_INITIAL_NEXT = re.compile(rf"{_CAPITAL}\.(?!\w{{2}})")
_HYPHENED = re.compile(rf"{_CAPITAL}\w*\.?-{_CAPITAL}\.$")
# "its lawyer, J.D. | Ames", which may be a degree too: "with an M.A. | She taught".
_DEGREE = re.compile(r"\s(?!(?:an?|the|his|her) )[a-z]+,? [BJM]\.[ADS]\.$")
_NAME_NEXT = re.compile(r"(?!(?:An?|The|He|She|It|They|We|I|But|And|In)\b)[A-Z]")
# "según J. | Pérez", whom the library parts in these languages; not "el plan B. | La alcaldesa".
_PARTED = frozenset({"es", "fr", "it", "da"})
_LONE = re.compile(r"(?:^|[\s(])[a-zà-ÿ]{2,} [A-ZÀ-Þ]\.$")
_OPENERS = split_table(
    """el la los las un una unos unas en por para se no ni y pero su sus es al con de del le les
    une des du il elle on ce cette et mais son sa ses dans pour sur avec au nous lo i gli per di
    nel non è e ma si ha den det han hun på og men der da som vi med for også her ingen nadie
    personne nessuno"""
)
_LIST_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
# Languages that write ordinal numbers with a full stop: "14. Januar", "3. Brand".
_DOTTED_ORDINALS = "bs cs da de et fi fo hr hu is lv nb nn no pl sk sl sr tr"
_ORDINAL = re.compile(r"(?:^|\s)(?P<before>[^\W\d_]*)\s?\b(?P<number>\d{1,4})\.$")
_AMOUNT = re.compile(r"\d[\s\u00a0\u202f]?(?:[^\W\d_]{2,4}\.?\s)?[^\W\d_]{1,5}\.$")  # "1,5 mill."
_BEFORE_ORDINAL = "der die das den dem des vom zum zur am im beim"  # in German
_SPACED_DOTS = re.compile(r"(?:\. ?){2,}\.?$|…$")


def split_sentences(paragraph: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of one paragraph, verbatim, without the white space around them.

    `language` is an ISO 639-1 code; unknown ones are split by general rules. Joining
    the result gives the paragraph again, up to white space. A quotation of several
    sentences is split; "he said" stays with the sentence that its comma closes.
    """
    if len(paragraph) > LONGEST_PARAGRAPH:
        pieces = cut_long(paragraph, LONGEST_PARAGRAPH)
        return tuple(one for piece in pieces for one in split_sentences(piece, language))
    cuts = set(_find_boundaries(paragraph, language))
    cuts = {_after_closers(paragraph, cut) for cut in cuts}
    cuts |= {match.end() for missed in _MISSED for match in missed.finditer(paragraph)}
    if language in _JOINED_BEFORE_FIGURE:
        cuts |= {match.end() for match in _FIGURE_NEXT.finditer(paragraph)}
    good = [cut for cut in sorted(cuts) if _is_boundary(paragraph, cut, language)]
    return tuple(_cut_at(paragraph, good))


def _find_boundaries(paragraph: str, language: str) -> list[int]:
    """Offsets in the paragraph after which `sentencex` sees a new sentence."""
    from sentencex import segment  # noqa: PLC0415 - loaded when the first article is read

    bare = _QUOTE.sub(lambda mark: mark[0] if _in_word(mark) else "", paragraph)
    # How many characters of `bare` stand before each mark that is left out.
    marks = [mark.start() for mark in _QUOTE.finditer(paragraph) if not _in_word(mark)]
    before = [mark - number for number, mark in enumerate(marks)]
    offsets, position = [], 0
    for piece in segment(language, bare):
        end = position + len(piece.rstrip())
        position += len(piece)
        if piece.strip() and end <= len(bare):
            offsets.append(end + bisect_right(before, end - 1))
    return offsets


def _in_word(mark: re.Match[str]) -> bool:
    """Whether this is no quotation mark but an apostrophe inside a word."""
    before = mark.string[mark.start() - 1 : mark.start()]
    return before.isalnum() and mark.string[mark.end() : mark.end() + 1].isalnum()


def _after_closers(text: str, cut: int) -> int:
    """The offset behind the quotation marks and brackets that close a sentence.

    A mark after white space opens the next one, but for the spaced guillemet of French.
    """
    match = _CLOSERS.match(text, cut)
    end = match.end() if match else cut
    return end if end == len(text) or text[end].isspace() else cut


def _is_boundary(text: str, cut: int, language: str) -> bool:
    """Whether a sentence may end here; the rules are the repairs named above."""
    before = text[max(0, cut - _NEAR) : cut].rstrip()
    after = text[cut : cut + _NEAR].lstrip()
    if not after or not before:
        return False
    if not any(char.isalnum() for char in after) or after[0] in ",;:)]”»ºª":
        return False
    is_lower = after[0].islower()
    return not (
        _ends_in_abbreviation(before, after, language)
        # no sentence begins small behind "o.a.", "d. h.", "1,5 mill.", a letter or an ellipsis
        or (is_lower and any(one.search(before) for one in (_DOTTED, _AMOUNT, _SPACED_DOTS)))
        or _ordinal_goes_on(before, after, language)
        # "2:30 a.m." and its zone, place or day
        or (_CLOCK.search(before) and (is_lower or _AFTER_CLOCK.match(after)))
        or _quote_goes_on(before, after)
        or _bracket_goes_on(text, cut)
        or (before[-1] in "”’」』" and _CJK_SAID.match(after) and not _is_announced(text, cut))
        or _initial_goes_on(before, after)
        or _lone_initial_goes_on(before, after, language)
        or _LIST_NUMBER.fullmatch(before) is not None
    )


def _ends_in_abbreviation(before: str, after: str, language: str) -> bool:
    last = re.split(r"[\s(“\"«‘'\[-]", before)[-1]
    if not last.endswith("."):
        return False
    known = _NEVER_LAST.get("no" if language in {"nb", "nn"} else language, "").split()
    if after[0].isdigit():
        known += _BEFORE_FIGURE.get(language, "").split()
    return last[:-1] in known or last[:-1].lower() in known


def _initial_goes_on(before: str, after: str) -> bool:
    """Whether a name would be parted at an initial: "A. | S.", "K.-H. | Müller", "J. | -P."."""
    return bool(
        (_INITIAL.search(before) and _INITIAL_NEXT.match(after))
        or _HYPHENED.search(before)
        or (after[0] == "-" and _INITIAL_NEXT.match(after, 1))
        or (_DEGREE.search(before) and _NAME_NEXT.match(after))
    )


def _lone_initial_goes_on(before: str, after: str, language: str) -> bool:
    """Whether a letter behind a word written small is the initial of the name that follows."""
    letter = language in _PARTED and _LONE.search(before)
    name = re.split(r"[^\w-]", after, maxsplit=1)[0]
    return bool(letter) and name[:1].isupper() and name.lower() not in _OPENERS


def _is_announced(text: str, cut: int) -> bool:
    """Whether the quotation that ends here follows a colon, so that its speaker is named before."""
    opened = max(text.rfind(mark, max(0, cut - LONGEST), cut) for mark in "“‘「『")
    return text[max(0, opened - 1) : opened] == "："


def _ordinal_goes_on(before: str, after: str, language: str) -> bool:
    """Whether a number with a full stop counts the word behind it."""
    number = _ORDINAL.search(before) if language in _DOTTED_ORDINALS.split() else None
    if number is None:
        return False
    if after[0].islower() or len(number["number"]) > 2:
        return after[0].islower()
    counted = language == "de" and number["before"].lower() in _BEFORE_ORDINAL.split()
    return counted or re.split(r"[\W\d_]", after, maxsplit=1)[0].lower() in months(language)


def _quote_goes_on(before: str, after: str) -> bool:
    """Whether "Is it over?" is followed by "he asked", "— сказав він" or "Smith asked"."""
    opening, closed = after.lstrip("—–- "), before[-1] in "\"”“»’'"
    if opening[:1].islower() and (closed or after[0] in "—–-"):
        return True  # 'This is great.' she said
    asked = before.rstrip("\"”“»’' \u00a0\u202f")[-1:] in "!?…"
    return closed and asked and _ATTRIBUTION.match(after) is not None


def _bracket_goes_on(text: str, cut: int) -> bool:
    """Whether "(Marlowe 23, Lunde | 114)" would be parted: a figure that closes a bracket."""
    if not re.match(r"\s*\d{1,4}\)", text[cut : cut + _NEAR]):
        return False
    opened = text[max(0, cut - _NEAR) : cut]
    return opened.count("(") > opened.count(")")


def _cut_at(text: str, cuts: list[int]) -> Iterable[str]:
    start = 0
    for cut in [*cuts, len(text)]:
        yield from cut_long(text[start:cut].strip())
        start = cut


def cut_long(piece: str, longest: int = LONGEST) -> Iterable[str]:
    """A text, such as a line taken for a sentence, in pieces of at most so many characters."""
    start = 0
    while len(piece) - start > longest:
        end = start + longest
        space = piece.rfind(" ", start + longest // 2, end)
        end = space if space > 0 else end
        yield piece[start:end].strip()
        start = end
    if piece[start:].strip():
        yield piece[start:].strip()
