"""The report's wording: domain values in, short calm phrases out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from factcheck.models import Article, Finding, Origin, Source, Voice
from factcheck.render.view import Pair

VERDICTS = {
    "verified": "Verified",
    "disputed": "Disputed",
    "single-source": "Single source",
    "updated": "Updated",
    "unconfirmed": "Unconfirmed",
    "as-said": "Verified as said",
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
    "doubts": ("?", "doubts"),
    "qualifies": ("≈", "qualifies"),
    "retracts": ("↩", "takes back"),
}
IN_PART, SILENT = ("◐", "in part"), ("–", "silent")
STANCES = {
    "asserts": "",
    "denies": "Denies",
    "differs": "Gives another account",
    "doubts": "Doubts",
    "qualifies": "Qualifies",
    "retracts": "Takes back",
}
RELATIONS = {
    "same": "",
    "more": "says more than this",
    "part": "says part of this",
    "crosscheck": "found on a second reading",
}
ISSUES = {
    "conflict": "The positions exclude each other",
    "detail": "Versions that may be reconciled",
    "change": "The same thing at different moments",
    "slip": "A likely slip: outlets differ in their own voice",
}
ORIGIN_KINDS = {"document": "document", "anonymous": "unnamed", "outlet": "own voice"}
LEGEND = (
    Pair(
        "Verified",
        "two or more independent origins assert it, at least one of them firmly and by name; "
        "nobody firmly asserts the opposite, and no source calls it open.",
    ),
    Pair(
        "Disputed",
        "another side firmly asserts the opposite or another value. "
        "All positions are listed; no winner is picked.",
    ),
    Pair("Single source", "one origin answers for it, however many outlets carry it."),
    Pair("Updated", "a later value or a published correction explains the difference."),
    Pair(
        "Unconfirmed",
        "only hedged, relayed or unverified accounts, or sources say it could not be verified.",
    ),
    Pair("Verified as said", "two or more independent outlets carry that it was said."),
    Pair("No verdict", "opinions, predictions and motives are reported, not judged."),
)


def many(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 outlet", "3 outlets"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Items as prose: "A, B and C"."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def moment(when: datetime | None) -> str:
    """A publication time for people, with its offset from UTC; "not known" for None.

    Never with the name of a zone, which the JSON of a report does not keep.
    """
    if when is None:
        return "not known"
    if day_only(when):
        return f"{when.day} {when:%B %Y}"
    offset = when.isoformat()[-6:] if when.utcoffset() else ""
    zone = f" UTC{offset}" if when.tzinfo else ""
    return f"{when.day} {when:%B %Y, %H:%M}{zone}"


def published(article: Article) -> str:
    """When an article was published, as far as that is known."""
    when = article.published
    if when is None:
        return "not known"
    if article.published_precision == "day":
        return f"{when.day} {when:%B %Y}"
    return moment(when if article.zone_known else when.replace(tzinfo=None))


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
    """An origin with its kind where that bears on its weight."""
    kind = ORIGIN_KINDS.get(origin.kind, "")
    return f"{origin.label} ({kind})" if kind else origin.label


def origin_count(origins: Sequence[Origin]) -> str:
    """Who answers for it, as in "2 origins: Russia; Ukraine", or that nobody counts."""
    if not origins:
        return "No origin counts"
    return f"{many(len(origins), 'origin')}: {'; '.join(map(origin_name, origins))}"


def carried(finding: Finding, names: Sequence[str], total: int) -> str:
    """How many independent outlets carry a finding, and which articles these are."""
    if not names:
        return "carried by no outlet"
    share = f"carried by {finding.outlets} of {many(total, 'outlet')}"
    # The passage beside it names a single carrier already.
    return share if len(names) == 1 else f"{share}: {listed(names)}"


def speaker(source: Source | None) -> str:
    """Who speaks, whom for, and what kind of source it is where that bears on its weight."""
    if source is None:
        return "in its own voice"
    known = source.role in {"anonymous", "document", "witness"}
    extra = [source.side if source.side != source.name else "", source.role if known else ""]
    inside = ", ".join(part for part in extra if part)
    return f"{source.name} ({inside})" if inside else source.name


def via(carriers: Sequence[str]) -> str:
    """The outlets that an account came through, nearest first."""
    return f"via {', which has it from '.join(carriers)}" if carriers else ""


def verdict(finding: Finding) -> str:
    """The verdict in words."""
    return VERDICTS[finding.verdict]


def marks(voice: Voice) -> tuple[str, ...]:
    """What qualifies a voice: its certainty and how it relates to the finding."""
    modality = {"firm": "", "hedged": "hedged", "planned": "planned"}[voice.modality]
    return tuple(filter(None, (modality, RELATIONS[voice.relation])))


def weight_note(voice: Voice) -> str:
    """Why a voice does not count, or what is weak about it."""
    if voice.counted or voice.stance != "asserts":
        return voice.note
    return f"Does not count: {voice.note}" if voice.note else "Does not count as an origin"
