"""The report's wording: domain values in, short calm phrases out; the templates use it too."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from babel import Locale

from factcheck.judge.identity import GOES_ON, show_origin
from factcheck.judge.outlets import fold
from factcheck.language.excerpt import excerpt
from factcheck.models import (
    Article,
    Excluded,
    Finding,
    Origin,
    Remark,
    Said,
    Source,
    Verdict,
    Voice,
)
from factcheck.sidebyside.models import SaidBy

VERDICTS: dict[Verdict, str] = {
    "verified": "Verified",
    "disputed": "Disputed",
    "single-source": "Single source",
    "updated": "Updated",
    "unconfirmed": "Unconfirmed",
    "as-said": "As said",
    "not-judged": "No verdict",
}
KINDS = {
    "fact": "",
    "act": "Statement",
    "view": "View",
    "open": "Said to be open",
    "retract": "Taken back",
}
CELLS = {
    "asserts": ("●", "asserts"),
    "denies": ("✕", "denies"),
    "differs": ("≠", "differs"),
    "updates": ("→", "updates"),
    "doubts": ("?", "doubts"),
    "qualifies": ("≈", "qualifies"),
    "retracts": ("↩", "takes back"),
}
MOST_OPENING_WORDS = 8  # of an article without a headline
MOST_PLANTED = 200  # characters of what was planted, in the short document
IN_PART, IN_COLUMN, SILENT = ("◐", "in part"), ("○", "in a column"), ("–", "not matched")
REPORTED = ("◆", "reports a source")
PERHAPS_REPORTED = ("◇", "perhaps from a source")
OTHERWISE, UNKNOWN = ("≠", "says otherwise"), ("?", "calls it unknown")
BEFORE = ("←", "gives what is overtaken")
RECALLED = ("↩", "gives what was taken back")
STANCES = {
    "asserts": "",
    "denies": "Denies",
    "differs": "Gives another account",
    "updates": "Gives a later state",
    "doubts": "Doubts",
    "qualifies": "Qualifies",
    "retracts": "Takes back",
}
AGREEMENTS = {
    "differ": "The values differ: a place to look, which may have a plain reason",
    "compatible": "Compatible: rounding, bounds or units explain the difference",
    "the-same": "The same value",
}
RELATIONS = {
    "same": "",
    "more": "says more",
    "part": "says only a part of this",
    "stand": "found in the comparison, beside the claims",
}
GENRES = {
    "": "",
    "news": "",
    "agency": "agency text",
    "press-release": "press release",
    "opinion": "column or comment",
    "analysis": "analysis",
    "party-organ": "own paper of a side",
    "live": "live page",
    "transcript": "transcript",
    "correction": "correction",
    "paywall": "cut off for subscribers",
}
ORIGIN_KINDS = {
    "document": "document",
    "anonymous": "unnamed",
    "witness": "eyewitnesses",
}
UNLIKE_VOICES = {**ORIGIN_KINDS, "author": "column"}
KIND_NAMES = {"fact": "Fact", **{kind: name for kind, name in KINDS.items() if name}}
EXPLAINED = {"disputed", "unconfirmed", "updated"}
"""Verdicts that mean little without what would settle them."""
SAID_BESIDE = {
    *("one-origin", "origins", "one-report", "contradicted", "view", "not-counted", "open"),
}
"""Codes of reasons that say again what stands beside the verdict, a quote or a question."""
NOT_THAT_IT_IS_SO = "that it was said, not that it is so"
METHOD = (
    "A language model reads each article and says what it claims, on whose word, and in which "
    "numbered sentences. Quotes are looked up by these numbers and are verbatim. Independence, "
    "verdicts, counts and ids are computed by fixed rules. Summaries are worded by the model."
)
HOW = "Every sentence stands as it was printed, chosen and ordered by rank."
LEGEND = {
    "Verified": "two or more independent origins assert it, at least one of them firmly and "
    "by name; nobody firmly asserts the opposite, and no source calls it open.",
    "Disputed": "another side firmly asserts the opposite or another value. "
    "All positions are listed; no winner is picked.",
    "Single source": "one origin answers for it, however many outlets carry it.",
    "Updated": "a later value, a decision or a correction replaces it, or its source has "
    "withdrawn it.",
    "Unconfirmed": "only hedged, relayed or unverified accounts, or sources say it could not "
    "be verified.",
    "As said": f"two or more independent outlets report it: {NOT_THAT_IT_IS_SO}.",
    "No verdict": "opinions, predictions and motives are reported, not judged.",
}


def many(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 outlet", "3 outlets"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def articles_say(number: int) -> str:
    """The subject and verb of a sentence: "1 article says", "3 articles say"."""
    return f"{many(number, 'article')} {'says' if number == 1 else 'say'}"


def tell_unread(excluded: Iterable[Excluded]) -> list[str]:
    """The line that names the inputs that could not be read; none where all could."""
    causes = {"empty", "unreadable", "failed"}
    unread = join_items(one.source for one in excluded if one.reason in causes)
    return [f"Could not be read: {unread}."] if unread else []


def join_items(items: Iterable[str]) -> str:
    """Items as prose: "A, B and C"."""
    *others, last = list(items) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def text_of(remark: Remark | None) -> str:
    """What a remark says to people, "" for none."""
    return remark.text if remark else ""


def join_texts(remarks: Iterable[Remark]) -> str:
    """What several remarks say to people, in one line."""
    return "; ".join(texts(remarks))


def texts(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """What remarks say to people."""
    return tuple(remark.text for remark in remarks)


def spell(value: str) -> str:
    """A value of the JSON in words: "file-name" as "file name"."""
    return value.replace("-", " ")


def name_text(article: Article) -> str:
    """The headline of an article, else how it begins, with the file or address that it is from."""
    if article.title or not article.sentences:
        return article.title or article.source
    opening = excerpt(article.sentences[0].text, MOST_OPENING_WORDS)
    return f"“{opening}” ({article.source.rpartition('/')[2] or article.source})"


def moment(when: datetime | None) -> str:
    """A moment for people, with its offset from UTC; "time unknown" for None.

    Never with the name of a zone, which the JSON of a report does not keep.
    """
    if when is None:
        return "time unknown"
    offset = when.isoformat()[-6:] if when.utcoffset() else ""
    zone = f" UTC{offset}" if when.tzinfo else ""
    return f"{when.day} {when:%B %Y, %H:%M}{zone}"


def format_published(article: Article) -> str:
    """When an article appeared, no more precisely than is known, and when its page was changed."""
    when, later = article.published, article.later_day
    if when is not None and article.published_precision == "day":
        told = f"{when.day} {when:%B %Y}"
    else:
        told = moment(when if when is None or article.zone_known else when.replace(tzinfo=None))
    if article.updated and not later:
        return f"{told}, changed {article.updated:%H:%M}"
    return f"{told}, changed {later.day} {later:%B %Y}" if later else told


def day_only(when: datetime) -> bool:
    """Whether a publication time tells the day alone, as articles often do."""
    return (when.hour, when.minute, when.second) == (0, 0, 0)


def web_link(url: str) -> str:
    """The URL if it is an absolute http(s) one, else "": nothing else may become a link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def origin_name(origin: Origin) -> str:
    """Whom one could ring, the body that they speak for, and the kind where it bears on weight."""
    return ", ".join(filter(None, (show_origin(origin), ORIGIN_KINDS.get(origin.kind, ""))))


def origin_names(origins: Iterable[Origin]) -> str:
    """Origins in a row, each with its side and kind."""
    return "; ".join(map(origin_name, origins))


def origin_count(origins: Sequence[Origin]) -> str:
    """Who answers for it, as in "2 origins: Russia; Ukraine", or that nobody counts."""
    if not origins:
        return "No origin counts"
    return f"{many(len(origins), 'origin')}: {origin_names(origins)}"


def format_carried(finding: Finding, total: int) -> str:
    """How many independent outlets carry a finding."""
    if not finding.carried_by:
        return "carried by no outlet"
    if not finding.outlets:
        return "carried by no independent outlet"
    return f"carried by {finding.outlets} of {many(total, 'outlet')}"


def format_said(said: Said) -> str:
    """That a source said it, apart from whether it is so; a single outlet's quote tells itself."""
    outlets = many(said.outlets, "independent outlet")
    return f"verified as said ({said.name}; {outlets}): {NOT_THAT_IT_IS_SO}"


OWN_VOICE = "own voice"


def speaker(name: str, function: str, source: Source | None, after: str = "") -> str:
    """Who speaks, as the article itself calls them, then the name known from elsewhere."""
    if source is None:
        return f"{OWN_VOICE}{GOES_ON}{after}" if after else OWN_VOICE
    known = f" (= {source.name})" if name and fold(name) != fold(source.name) else ""
    told = name and function.casefold().endswith(name.casefold())  # "the city's fire service"
    return ", ".join(filter(None, ("" if told else name or source.name, function))) + known


def format_said_by(said: Sequence[SaidBy]) -> str:
    """On whose word, as printed; relays and double attributions are all shown."""
    named = []
    for one in (one for one in said if one.source):
        before = f" (named before: {one.after})" if one.after else ""
        carried = ", carried over from the sentence before" if one.carried else ""
        named.append(f"{one.source}{before}{carried}")
    if said and not named:
        return "a quotation; its source is not named in the sentence"
    return f"said by: {'; '.join(named)}" if named else "no attribution found"


def via(carriers: Sequence[str]) -> str:
    """The outlets that an account came through, nearest first."""
    return f"via {', which has it from '.join(carriers)}" if carriers else ""


def marks(voice: Voice) -> tuple[str, ...]:
    """What qualifies a voice: who it is, its certainty, how it relates to the finding."""
    modality = "" if voice.modality == "firm" else voice.modality
    asof = f"as of {voice.asof}" if voice.asof else ""
    told = voice.note and voice.relation == "part"
    relation = "" if told else RELATIONS[voice.relation]
    kind = UNLIKE_VOICES.get(voice.origin.kind, "")
    return tuple(filter(None, (kind, modality, asof, relation)))


def weight_note(voice: Voice) -> str:
    """Why a voice does not count, or what is weak about it."""
    if voice.relation == "stand":  # its mark tells the rest
        return "Does not count as an origin" if voice.stance == "asserts" else ""
    if voice.counted or voice.stance != "asserts":
        return text_of(voice.note)
    if voice.note:
        return f"Does not count: {voice.note.text}"
    return "Does not count as an origin"


def language_name(code: str) -> str:
    """The English name of a language by its code, the code itself if there is none."""
    return str(Locale.parse("en").languages.get(code, code))


def checks(flags: Iterable[Remark]) -> tuple[str, ...]:
    """Doubts of the checks that the model stood by, for whoever prints it."""
    return tuple(f"check this: {flag.text}" for flag in flags)


def join_quotes(article: Article, numbers: Sequence[int], quotes: Sequence[str]) -> str:
    """Sentences in the order given, with a mark where others stand between them; "" for none.

    A headline and the sentence after it do not read on either.
    """
    text = quotes[0] if quotes else ""
    for before, number, quote in zip(numbers[:-1], numbers[1:], quotes[1:], strict=True):
        kinds = {article.sentence(before).kind, article.sentence(number).kind}
        near = number == before + 1 and len(kinds) == 1
        text += f" {quote}" if near else f" […] {quote}"
    return text
