"""Detect the language of an article, as a code of ISO 639-1.

A vote of function words, and for other scripts the script itself with the letters that
only one language has. Libraries for this were tried: they take a third of a second to
import or carry numpy, to tell 80 languages apart that news in one story never mixes.
"""

from __future__ import annotations

import re
from collections import Counter

from factcheck.models import ArticleWarning

UNKNOWN = "und"

_WORDS = {
    "en": "the of and to in that is was for on with as at by from it said has have had were not",
    "fr": "le la les des du et une est dans que qui pour sur avec pas sont au aux ont été de un en",
    "de": "der die das und ist nicht mit den dem ein eine von zu auf für sich auch wurde hat sind",
    "es": "el los las del y una es por que en con para se no fue han como más al lo de la a un o",
    "it": "il lo gli della di e che un una per con non è sono del nel alla dei anche ha la a in",
    "pt": "o os as do da dos das e que não uma para com em um foi são ao pela mais de a se",
    "nl": "de het een van en in dat is niet met op voor zijn te aan ook door bij werd heeft",
    "pl": "w i z na się nie że do jest to jak po od przez oraz za który są było dla",
    "sv": "och att det som är på för en ett med av inte har den till var från om men vid",
    "da": "og at det er på for en et med af ikke har den til var fra som men ved efter",
    "no": "og at det er på for en et med av ikke har den til var fra som men ved etter",
    "fi": "ja on ei se että oli hän ovat joka mukaan myös mutta kun ole sen kuin",
    "cs": "a se na je že v s z do to by ale jako jsou pro byl za od po který",
    "hr": "je i u na se da su za od koji koja nije bi će kao što te nakon iz rekla rekao",
    "ro": "și de la în a cu care din nu pe o un este pentru că sunt mai fost au",
    "hu": "a az és hogy nem is egy volt azt ez meg csak már szerint de mint vagy",
    "tr": "ve bir bu için ile da de olarak daha çok olan gibi kadar sonra ancak ise",
}
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("ru", r"[\u0400-\u04ff]"),
)
_KNOWN_LETTER = re.compile(
    "|".join((r"[a-z\u00aa-\u024f\u1e00-\u1eff]", *(pattern for _, pattern in _SCRIPTS))),
    re.IGNORECASE,
)
# Thai to Burmese, Khmer, Tai Le to Buginese, Tai Tham to Balinese, Javanese.
_UNSPACED = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u1950-\u1a1f\u1a20-\u1b7f\ua980-\ua9df\uaa60-\uaadf]"
)
_UNSPLIT = re.compile(r"[\u0e00-\u0fff]")  # Thai, Lao, Tibetan: no mark ends a sentence
_KANA_OR_HAN = re.compile(r"[\u3040-\u9fff]")
# A letter beside a full stop is an initial, or of an abbreviation: "A.Ş.", "Hasan K."
_VOTER = re.compile(r"(?<!\.)\b[^\W\d_]\b(?!\.)|[^\W\d_]{2,}")
_CLEAR = 0.1  # of the words, which plainly speak for the language of a text
_FEW = 5  # words that do not
_CYRILLIC = (("uk", "іїєґ"), ("bg", "ъщ"), ("ru", "ыэё"))


def detect_language(text: str, declared: str = "") -> str:
    """The ISO 639-1 code of the language of `text`, or "und" where nothing tells.

    Reads the first 6,000 characters; the same text always gives the same answer. A language that
    is `declared` stands against one that only few words speak for.
    """
    sample = text[:6000].replace("İ", "i").lower()  # else a mark that parts it from its word
    if code := _detect_by_script(sample):
        return code
    words = Counter(_VOTER.findall(sample))
    votes = {code: sum(words[word] for word in known.split()) for code, known in _WORDS.items()}
    best = max(votes, key=lambda code: votes[code])
    thin = votes[best] < max(_FEW, _CLEAR * words.total())
    if thin and declared in votes and votes[declared] >= votes[best] / 2:
        return declared
    return best if votes[best] >= max(1, 0.04 * words.total()) else UNKNOWN


def count_words(text: str) -> int:
    """How many words a text has, about; in scripts without spaces by the number of letters."""
    parts = len(text.split())
    if text.isascii():
        return parts
    return parts + len(_KANA_OR_HAN.findall(text)) // 2 + len(_UNSPACED.findall(text)) // 4


def is_unsplit(text: str) -> bool:
    """Whether most of a text is in a script in which no mark ends a sentence."""
    sample = text[:6000]
    unsplit = len(_UNSPLIT.findall(sample))
    return unsplit > 0 and unsplit > 0.4 * len("".join(sample.split()))


def warn_of_script(text: str) -> tuple[ArticleWarning, ...]:
    """What a reader must know of how well a text in its script can be read."""
    letters = "".join(filter(str.isalpha, text[:6000].lower()))
    known = len(_KNOWN_LETTER.findall(letters))
    if is_unsplit(text):
        problem = (
            "sentences of this script cannot be told apart: each paragraph, or part of a long one, "
            "counts as one, and numbers and names in it are checked less well"
        )
    elif known < 0.6 * len(letters):
        problem = (
            "numbers, names and attributions are not recognised in the language of this script"
        )
    else:
        return ()
    return (ArticleWarning(kind="language", text=problem, place="the text"),)


def _detect_by_script(sample: str) -> str:
    """The language whose script most of the letters are in, "" for Latin ones."""
    letters = sum(map(str.isalpha, sample))
    for code, pattern in _SCRIPTS:
        if len(re.findall(pattern, sample)) > letters * (0.1 if code == "ja" else 0.4):
            return _detect_cyrillic(sample) if code == "ru" else code
    return ""


def _detect_cyrillic(sample: str) -> str:
    """Ukrainian, Russian or Bulgarian, by the letters the others lack."""
    counts = {code: sum(sample.count(char) for char in own) for code, own in _CYRILLIC}
    if counts["uk"] == counts["ru"] == 0:
        return "bg" if counts["bg"] else "ru"
    return "uk" if counts["uk"] > counts["ru"] else "ru"
