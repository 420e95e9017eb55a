"""Collect the evidence: which article says what to a finding, on whose word, and what counts.

Every voice shows all sentences that were cited for it, in the order in which they were
cited, under the name that its own article gives the speaker. A voice that does not count
as evidence says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.identity import Identity, is_unnamed
from factcheck.judge.timeline import is_before
from factcheck.models import (
    Article,
    Claim,
    Group,
    Relation,
    Said,
    Speaker,
    Stance,
    Stand,
    Voice,
)

NEAR = 2  # sentences between which an attribution is taken to hold

PART = "says only a part of it"
STAND = "found when the articles were compared, beside their claims: it does not raise a verdict"
AUTHOR = "a column: its author's view"
CUT = "a page that is cut off for subscribers"
REPEATS = "own voice beside a named source of the same: taken for that source's word"
NOT_UPSTREAM = "differs from its source {}, which does not say it"


@dataclass(frozen=True)
class Evidence:
    """All that is looked up: identities, claims and speakers by id."""

    identity: Identity
    claims: Mapping[str, Claim]
    speakers: Mapping[str, Speaker]

    def article(self, identity: str) -> Article:
        """The article with this id."""
        return self.identity.articles[identity]


def collect_voices(group: Group, evidence: Evidence) -> tuple[Voice, ...]:
    """Every article's word on a group's proposition: its claims by relation, then stands."""
    relations: tuple[tuple[Relation, tuple[str, ...]], ...] = (
        ("same", group.same),
        ("more", group.more),
        ("part", group.part),
    )
    members = [(evidence.claims[i], relation) for relation, ids in relations for i in ids]
    voices = [
        *(claim_voice(claim, relation, members, evidence) for claim, relation in members),
        *(stand_voice(stand, evidence) for stand in group.stands),
    ]
    stating = group.same or group.more
    core = all(claim.core for claim, _ in members if claim.id in stating)
    return tuple(weigh(voice, voices, evidence, core=core) for voice in voices)


def claim_voice(
    claim: Claim,
    relation: Relation,
    members: Sequence[tuple[Claim, Relation]],
    evidence: Evidence,
) -> Voice:
    """A claim as a voice; what a relay alone has is its own, not its source's."""
    origin, note = evidence.identity.origin(claim), ""
    upstream = upstream_of(claim, evidence)
    if upstream is not None and claim.speaker is None:
        group_of = evidence.identity.group_of
        says_it = any(group_of[other.article] == group_of[upstream] for other, _ in members)
        if not says_it:
            note = NOT_UPSTREAM.format(origin.label)
            origin = evidence.identity.own_voice(claim.article)
    stance: Stance = "retracts" if claim.kind == "retract" else "asserts"
    return to_voice(
        evidence,
        article=claim.article,
        speaker=claim.speaker,
        sentences=claim.sentences,
        claim=claim.id,
        relation=relation,
        stance=stance,
        via=claim.via,
        modality=claim.modality,
        asof=claim.asof,
        origin=origin,
        note=note,
        text=claim.text,
        flags=claim.flags,
    )


def upstream_of(claim: Claim, evidence: Evidence) -> str | None:
    """The article of the set that a claim says it came through, if there is one."""
    if not claim.via:
        return None
    article = evidence.identity.article_of_outlet(claim.via[-1])
    group_of = evidence.identity.group_of
    return article if article and group_of[article] != group_of[claim.article] else None


def stand_voice(stand: Stand, evidence: Evidence) -> Voice:
    """A stand that the comparison found beside the claims, as a voice."""
    return to_voice(
        evidence,
        article=stand.article,
        speaker=stand.speaker,
        sentences=stand.sentences,
        claim=None,
        relation="stand",
        stance="asserts" if stand.stance == "supports" else stand.stance,
        modality="firm",
        origin=evidence.identity.origin_of(stand.article, stand.speaker),
        text=stand.text,
    )


def to_voice(
    evidence: Evidence,
    *,
    article: str,
    speaker: str | None,
    sentences: tuple[int, ...],
    **fields: object,
) -> Voice:
    """A voice with its quotes, and the name and function that its article gives the speaker."""
    entry = evidence.speakers[speaker] if speaker else None
    return Voice.model_validate(
        {
            "article": article,
            "name": entry.name if entry else "",
            "function": entry.function if entry else "",
            "source": evidence.identity.source_of[speaker].id if speaker else None,
            "sentences": sentences,
            "quotes": tuple(evidence.article(article).sentence(n).text for n in sentences),
            "counted": False,
            **fields,
        }
    )


# --- what counts ------------------------------------------------------------------


def weigh(voice: Voice, voices: Sequence[Voice], evidence: Evidence, *, core: bool) -> Voice:
    """The voice with whether it counts as evidence, and why not."""
    note = voice.note
    if voice.relation == "part":
        note = PART
    elif voice.relation == "stand":
        note = STAND
    elif voice.origin.kind == "author":
        note = AUTHOR
    elif voice.origin.kind == "outlet" and evidence.article(voice.article).genre == "paywall":
        note = CUT
    elif repeats_source(voice, voices, evidence, core=core):
        note = REPEATS
    counted = not note or note == voice.note
    return voice.model_copy(update={"counted": counted, "note": note})


def repeats_source(
    voice: Voice, voices: Sequence[Voice], evidence: Evidence, *, core: bool
) -> bool:
    """Whether an outlet's own voice stands beside a named source from which it may have it.

    It counts only if it was published before every account of that source, and no sentence
    within two of it is that source's. Background is common knowledge: there only the second
    condition holds.
    """
    if voice.origin.kind != "outlet" or voice.source is not None or voice.stance != "asserts":
        return False
    named = [
        other
        for other in voices
        if other.source is not None
        and other.stance == "asserts"
        and other.relation in {"same", "more"}
        and other.origin.kind != "anonymous"
    ]
    if any(is_beside(voice, other, evidence) for other in named):
        return True
    mine = evidence.article(voice.article)
    return core and any(not is_before(mine, evidence.article(other.article)) for other in named)


def is_beside(voice: Voice, other: Voice, evidence: Evidence) -> bool:
    """Whether a sentence within two of the voice's is attributed to the other's origin."""
    return any(
        evidence.identity.origin(claim).key == other.origin.key
        and gap(claim.sentences, voice.sentences) <= NEAR
        for claim in evidence.claims.values()
        if claim.article == voice.article and claim.speaker is not None
    )


def gap(one: Iterable[int], other: Iterable[int]) -> int:
    """The least distance between two sets of sentence numbers."""
    others = list(other)
    return min(abs(a - b) for a in one for b in others)


# --- who said it --------------------------------------------------------------------


def collect_statements(voices: Sequence[Voice], evidence: Evidence) -> tuple[Said, ...]:
    """For each named source that asserts it, who carries the statement.

    Two independent routes verify it as said. A stand adds a carrier, never the second route.
    """
    names = {source.id: source for source in evidence.identity.sources}
    by_source: dict[str, list[Voice]] = {}
    for voice in voices:
        if voice.source and voice.stance == "asserts" and not is_unnamed(names[voice.source]):
            by_source.setdefault(voice.source, []).append(voice)
    statements = []
    for source, carriers in by_source.items():
        outlets = count_routes(carriers, evidence)
        statements.append(
            Said(
                source=source,
                name=names[source].name,
                articles=tuple(dict.fromkeys(voice.article for voice in carriers)),
                outlets=outlets,
                verified=outlets >= 2,
            )
        )
    return tuple(statements)


def count_routes(carriers: Iterable[Voice], evidence: Evidence) -> int:
    """How many independent ways a statement came, through claims alone; at least one."""
    identity = evidence.identity
    routes = {
        (identity.carrier(voice.via[-1]) if voice.via else identity.outlet(voice.article)).key
        for voice in carriers
        if voice.relation in {"same", "more"}
        and voice.stance == "asserts"
        and identity.is_outlet(voice.article)
    }
    return max(1, len(routes))
