"""Voices: which article says what to a finding, on whose word, and whether it counts.

In: drafts, readings, echoes and `Sources`. Out: for each draft its voices, with a
verbatim sentence each. Rules of independence are applied here, before anything
is judged; each voice that does not count says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from factcheck.models import (
    Article,
    Claim,
    Draft,
    Echo,
    Origin,
    Relation,
    Said,
    Voice,
)
from factcheck.sources import NOBODY_KEY, Sources
from factcheck.text.copies import quotes
from factcheck.text.figures import figures
from factcheck.text.words import stems

NEAR = 2  # sentences between which an attribution is taken to hold

LOST = "own voice beside a named source of the same: taken for that source's word"
PART = "says only a part of it"
SECOND = "found on a second reading, which does not raise a verdict"
RELAY = "passed on as “reports”, without a source of its own"


@dataclass(frozen=True)
class Evidence:
    """All that the rules need to look things up."""

    sources: Sources
    claims: Mapping[str, Claim]
    echoes: Mapping[str, tuple[Echo, ...]]

    def published(self, article: str) -> datetime | None:
        """When an article was published, if known."""
        return self.sources.articles[article].published


def voices(draft: Draft, evidence: Evidence) -> tuple[Voice, ...]:
    """Every article's word on a draft, those that count first marked, in claim order."""
    found = [
        *(claim_voice(evidence.claims[i], "same", evidence) for i in draft.same),
        *(claim_voice(evidence.claims[i], "more", evidence) for i in draft.more),
        *(claim_voice(evidence.claims[i], "part", evidence) for i in draft.part),
        *(echo_voice(echo, evidence) for echo in evidence.echoes.get(draft.id, ())),
    ]
    return tuple(weighed(voice, found, draft, evidence) for voice in found)


def claim_voice(claim: Claim, relation: Relation, evidence: Evidence) -> Voice:
    """A claim as a voice on a draft."""
    sources = evidence.sources
    article = sources.articles[claim.article]
    source = sources.source_of[claim.speaker].id if claim.speaker else None
    return Voice(
        article=claim.article,
        claim=claim.id,
        relation=relation,
        stance="retracts" if claim.kind == "retract" else "asserts",
        source=source,
        via=claim.via,
        modality=claim.modality,
        sentences=claim.sentences,
        quote=shown(article, claim.sentences, claim.text),
        origin=sources.origin(claim.article, claim.speaker, claim.via, claim.text),
        counted=True,
        text=claim.text,
    )


def echo_voice(echo: Echo, evidence: Evidence) -> Voice:
    """A crosscheck answer as a voice on a draft."""
    sources = evidence.sources
    article = sources.articles[echo.article]
    source = sources.source_of[echo.speaker].id if echo.speaker else None
    cited = " ".join(article.sentence(n).text for n in echo.sentences)
    return Voice(
        article=echo.article,
        claim=None,
        relation="crosscheck",
        stance=echo.stance,
        source=source,
        via=echo.via,
        modality=echo.modality,
        sentences=echo.sentences,
        quote=shown(article, echo.sentences, echo.text or cited),
        origin=sources.origin(echo.article, echo.speaker, echo.via, echo.text or cited),
        counted=True,
        text=echo.text,
    )


def shown(article: Article, numbers: Sequence[int], about: str) -> str:
    """The cited sentence to show first, verbatim: that with the figures of what it is cited for.

    Then direct speech, then the nearest in words.
    """
    wanted, given = set(stems(about)), figures(about)

    def worth(number: int) -> tuple[bool, int, bool, float, int]:
        sentence = article.sentence(number)
        have = set(stems(sentence.text))
        overlap = len(wanted & have) / max(1, len(wanted))
        spoken = bool(quotes(sentence.text)) and overlap >= 1 / 3
        held = len(given & figures(sentence.text))
        return (sentence.kind == "body", held, spoken, overlap, -number)

    return article.sentence(max(numbers, key=worth)).text


# --- what counts ------------------------------------------------------------------


def weighed(voice: Voice, all_voices: Sequence[Voice], draft: Draft, evidence: Evidence) -> Voice:
    """The voice with `counted` and `note` as the rules of independence have it."""
    note = ""
    if voice.relation == "part":
        note = PART
    elif voice.relation == "crosscheck":
        note = SECOND
    elif voice.origin.key == NOBODY_KEY:
        note = RELAY
    elif lost_attribution(voice, all_voices, draft, evidence):
        note = LOST
    return voice.model_copy(update={"counted": not note, "note": note})


def lost_attribution(
    voice: Voice, all_voices: Sequence[Voice], draft: Draft, evidence: Evidence
) -> bool:
    """Own voice beside a named source of the same thing usually lost its attribution.

    It counts only if it was published before every account of that source and no
    sentence within two of it is attributed to the same source. Background is
    common knowledge: there only the second condition is asked. What an outlet says of
    its own checks ("could not be verified") is its own.
    """
    own = voice.source is None and voice.stance == "asserts" and not voice.via
    if not own or draft.kind != "fact":
        return False
    named = [
        other
        for other in all_voices
        if other.source is not None
        and other.stance == "asserts"
        and other.relation in {"same", "more"}
        and other.origin != voice.origin
    ]
    if not named:
        return False
    if any(beside(voice, other.origin, evidence) for other in named):
        return True
    return draft.core and not all(earlier(voice, other, evidence) for other in named)


def beside(voice: Voice, origin: Origin, evidence: Evidence) -> bool:
    """Whether a sentence within two of the voice's is attributed to that origin."""
    for claim in evidence.claims.values():
        if claim.article != voice.article or claim.speaker is None:
            continue
        theirs = evidence.sources.origin(claim.article, claim.speaker, claim.via, claim.text)
        if theirs == origin and gap(claim.sentences, voice.sentences) <= NEAR:
            return True
    return False


def gap(one: Iterable[int], other: Iterable[int]) -> int:
    """The least distance between two sets of sentence numbers."""
    others = list(other)
    return min(abs(a - b) for a in one for b in others)


def earlier(voice: Voice, other: Voice, evidence: Evidence) -> bool:
    """Whether the voice was certainly published before the other."""
    mine, theirs = comparable_times(
        evidence.published(voice.article), evidence.published(other.article)
    )
    return mine is not None and theirs is not None and mine < theirs


def comparable_times(
    one: datetime | None, other: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Two times of publication, or None twice if one is only the day of the other.

    A date without an hour is kept as midnight UTC.
    """
    if one is None or other is None:
        return one, other
    days = [t for t in (one, other) if t.astimezone(UTC).time() == time(0)]
    if days and one.astimezone(UTC).date() == other.astimezone(UTC).date():
        return None, None
    return one, other


def retractions(
    mine: Sequence[Voice], evidence: Evidence
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Who took the content back, and the origins whose word has lapsed by that.

    A published correction ends the word of its own outlet or speaker and every
    account known to be earlier; who repeats it after the last one stands by it.
    """
    notices = [v for v in mine if v.stance == "retracts"]
    gone = {v.origin.key for v in notices}
    accounts = [v for v in mine if v.stance == "asserts"]
    gone |= {v.origin.key for v in accounts if any(earlier(v, n, evidence) for n in notices)}
    gone -= {v.origin.key for v in accounts if all(earlier(n, v, evidence) for n in notices)}
    return tuple(dict.fromkeys(v.origin.label for v in notices)), frozenset(gone)


# --- who said it --------------------------------------------------------------------


def route(voice: Voice, evidence: Evidence) -> str:
    """What a statement came through: its furthest carrier, else the outlet itself."""
    if voice.via:
        return evidence.sources.carrier_origin(voice.via[-1]).key
    return evidence.sources.outlet_origin(voice.article).key


def statements(found: Sequence[Voice], evidence: Evidence) -> tuple[Said, ...]:
    """For each source that asserts it: who carries the statement; two routes verify it as said.

    A crosscheck answer adds a carrier and never the second route (see `SECOND`).
    """
    by_source: dict[str, list[Voice]] = {}
    for voice in found:
        if voice.source and voice.stance == "asserts":
            by_source.setdefault(voice.source, []).append(voice)
    names = {source.id: source.name for source in evidence.sources.sources}
    return tuple(
        Said(
            source=source,
            name=names[source],
            articles=tuple(dict.fromkeys(voice.article for voice in carriers)),
            outlets=(outlets := routes(carriers, evidence)),
            verified=outlets >= 2,
        )
        for source, carriers in by_source.items()
    )


def routes(carriers: Iterable[Voice], evidence: Evidence) -> int:
    """How many independent ways a statement came, crosscheck answers aside, at least one."""
    firsthand = [v for v in carriers if v.relation in {"same", "more"}]
    return max(1, len({route(voice, evidence) for voice in firsthand}))
