"""Collect the evidence: which article says what to a finding, on whose word, and what counts.

Every voice shows all sentences that were cited for it, in the order in which they were
cited, under the name that its own article gives the speaker. A voice that does not count
as evidence says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.identity import Identity
from factcheck.judge.outlets import Outlets, is_one_name
from factcheck.judge.speakers import is_unnamed
from factcheck.judge.timeline import is_before
from factcheck.models import (
    Article,
    Claim,
    Group,
    Origin,
    Relation,
    Remark,
    Said,
    Speaker,
    Stand,
    Voice,
)

PART = Remark(code="part", text="says only a part of it")
STAND = Remark(
    code="stand",
    text="found when the articles were compared, beside their claims: it does not raise a verdict",
)
AUTHOR = Remark(code="author", text="a column: its author's view")
CUT = Remark(code="cut-off", text="a page that is cut off for subscribers")
ECHO = Remark(code="echo", text="passes on what another source of it said")
UNSURE = Remark(code="unsure-document", text="what it shows is only put with caution")
REPEATS = Remark(
    code="repeats-source",
    text="own voice beside a source of the same: taken for that source's word",
)
CROWD = Remark(
    code="crowd-beside-witness",
    text="unnamed eyewitnesses beside one of the same outlet: perhaps no others",
)
NOT_UPSTREAM = "takes it from {}, whose own article was not found to say it"


@dataclass(frozen=True)
class Evidence:
    """All that is looked up: identities, claims and speakers by id.

    `home` leads from a claim to all members of the group that it is at home in; `echoes` are
    the claims that only pass another's word on.
    """

    identity: Identity
    claims: Mapping[str, Claim]
    speakers: Mapping[str, Speaker]
    home: Mapping[str, tuple[str, ...]]
    echoes: frozenset[str] = frozenset()

    @property
    def outlets(self) -> Outlets:
        """Which articles are one."""
        return self.identity.outlets

    def article(self, identity: str) -> Article:
        """The article with this id."""
        return self.outlets.articles[identity]

    def is_before(self, one: str, other: str) -> bool:
        """Whether an article was certainly published before another, by their ids."""
        return is_before(self.article(one), self.article(other))

    def origin(self, claim: Claim) -> Origin:
        """Who answers for a claim, in the group that it is at home in."""
        members = [self.claims[i] for i in self.home.get(claim.id, (claim.id,))]
        return answer_for(claim, members, self)[0]


def collect_voices(group: Group, evidence: Evidence) -> tuple[Voice, ...]:
    """Every article's word on a group's proposition: its claims by relation, then stands."""
    relations: dict[str, Relation] = {
        **dict.fromkeys(group.same, "same"),
        **dict.fromkeys(group.more, "more"),
        **dict.fromkeys(group.part, "part"),
    }
    members = [evidence.claims[i] for i in relations]
    voices = [to_claim_voice(c, relations[c.id], members, evidence) for c in members]
    voices += [to_stand_voice(stand, evidence) for stand in group.stands]
    return tuple(weigh(voice, voices, group.echoes, evidence) for voice in voices)


def to_claim_voice(
    claim: Claim,
    relation: Relation,
    members: Sequence[Claim],
    evidence: Evidence,
) -> Voice:
    """A claim as a voice, among all that are members of one group."""
    origin, note = answer_for(claim, members, evidence)
    return to_voice(
        claim,
        evidence,
        claim=claim.id,
        relation=relation,
        stance="retracts" if claim.kind == "retract" else "asserts",
        via=claim.via,
        modality=claim.modality,
        asof=claim.asof,
        after=evidence.speakers[claim.follows].name if claim.follows else "",
        origin=origin,
        note=note,
        flags=claim.flags,
    )


def answer_for(
    claim: Claim, members: Sequence[Claim], evidence: Evidence
) -> tuple[Origin, Remark | None]:
    """Who answers for a claim, and what is to be noted of it.

    What a relay has and its upstream article in the set has not is the relay's, not its
    source's; several relays of one upstream are one, since they may have it from there.
    """
    outlets = evidence.outlets
    own = [m.article for m in members if m.speaker is None and not m.via]
    origin, upstream = evidence.identity.origin(claim, own), find_upstream(claim, outlets)
    if upstream is None or (claim.speaker is not None and origin.kind != "anonymous"):
        return origin, None
    if any(outlets.group_of[other.article] == upstream for other in members):
        return origin, None
    relay = next(m.article for m in members if find_upstream(m, outlets) == upstream)
    key = evidence.identity.origin_of(relay, claim.speaker).key
    here = evidence.identity.origin_of(claim.article, claim.speaker)
    text = NOT_UPSTREAM.format(outlets.groups[upstream].label)
    return here.model_copy(update={"key": key}), Remark(code="not-upstream", text=text)


def find_upstream(claim: Claim, outlets: Outlets) -> int | None:
    """The outlet of the set that a claim says it came through, if there is one.

    An agency sends more than what one paper printed, so its copy in the set is none.
    """
    article = outlets.find_article(claim.via[-1]) if claim.via else None
    if article is None or is_one_name(claim.via[-1], outlets.articles[article].agency):
        return None
    return outlets.group_of[article]


def to_stand_voice(stand: Stand, evidence: Evidence) -> Voice:
    """A stand that the comparison found beside the claims, as a voice."""
    return to_voice(
        stand,
        evidence,
        claim=None,
        relation="stand",
        stance="asserts" if stand.stance == "supports" else stand.stance,
        modality="firm",
        origin=evidence.identity.origin_of(stand.article, stand.speaker),
    )


def to_voice(told: Claim | Stand, evidence: Evidence, **fields: object) -> Voice:
    """A voice with its quotes, and the name and function that its article gives the speaker."""
    entry = evidence.speakers[told.speaker] if told.speaker else None
    article = evidence.article(told.article)
    return Voice.model_validate(
        {
            "article": told.article,
            "name": entry.name if entry else "",
            "function": entry.function if entry else "",
            "source": evidence.identity.source_of[entry.id].id if entry else None,
            "sentences": told.sentences,
            "quotes": tuple(article.sentence(n).text for n in told.sentences),
            "text": told.text,
            "counted": False,
            **fields,
        }
    )


# --- what counts ------------------------------------------------------------------


def is_asserting(voice: Voice) -> bool:
    """Whether a voice asserts all of the finding, by a claim of its article."""
    return voice.stance == "asserts" and voice.relation in {"same", "more"}


def weigh(
    voice: Voice, voices: Sequence[Voice], echoes: Collection[str], evidence: Evidence
) -> Voice:
    """The voice with whether it counts as evidence, and why not; `echoes` are claims by id."""
    own_cut_off = voice.source is None and evidence.article(voice.article).genre == "paywall"
    reasons = (
        (voice.relation == "part", PART),
        (voice.relation == "stand", STAND),
        (voice.claim in echoes, ECHO),
        (voice.origin.kind == "author", AUTHOR),
        (own_cut_off, CUT),
        (voice.origin.kind == "document" and voice.modality == "hedged", UNSURE),
        (repeats_source(voice, voices, evidence.outlets), REPEATS),
        (repeats_followed(voice, voices, evidence), REPEATS),
        (may_include_witness(voice, voices, evidence), CROWD),
    )
    note = next((note for applies, note in reasons if applies), None)
    return voice.model_copy(update={"counted": note is None, "note": note or voice.note})


def repeats_source(voice: Voice, voices: Sequence[Voice], outlets: Outlets) -> bool:
    """Whether an outlet's own voice repeats a source, so that it is not evidence.

    It has lost the attribution if its article, or a text that it carries too, has the same from
    that source, or if it goes on with that source's account, here or in another of its articles.
    That it cites the source elsewhere tells nothing: what reporters saw would else never count
    once a spokesman had said it.
    """
    if voice.origin.kind != "outlet" or voice.stance != "asserts":
        return False
    return any(
        (other.source is not None or (other.after and not voice.after))
        and is_asserting(other)
        and (
            outlets.carries_text(voice.article, other.article)
            or voice.origin.key == other.origin.key
            or (other.after and outlets.group_of[voice.article] == outlets.group_of[other.article])
        )
        for other in voices
    )


def repeats_followed(voice: Voice, voices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether the organ of a side goes on with the account of a source that says the same."""
    claim = evidence.claims.get(voice.claim or "")
    if voice.origin.kind != "side" or claim is None or claim.follows is None:
        return False
    key, _ = evidence.identity.interest_of[claim.follows]
    return key != voice.origin.key and any(
        other.origin.key == key and is_asserting(other) for other in voices
    )


def may_include_witness(voice: Voice, voices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether a crowd of eyewitnesses may be the one that its outlet, or its text, has as well."""
    outlets = evidence.outlets
    return voice.origin.kind == "witness" and any(
        is_asserting(other)
        and other.source != voice.source
        and evidence.identity.is_eyewitness(other.source)
        and (
            outlets.group_of[voice.article] == outlets.group_of[other.article]
            or outlets.carries_text(voice.article, other.article)
        )
        for other in voices
    )


def list_repeated(voices: Iterable[Voice]) -> frozenset[str]:
    """The claims that only repeat another's word on the very thing that they state."""
    return frozenset(
        voice.claim
        for voice in voices
        if voice.claim and voice.relation == "same" and voice.note in (ECHO, REPEATS)
    )


def can_be_held_against(origin: Origin, article: str, evidence: Evidence) -> bool:
    """Whether this word, of this article, may dispute another.

    An unnamed voice, a column, and the own voice of a page that is cut off may not.
    """
    cut_off = origin.kind == "outlet" and evidence.article(article).genre == "paywall"
    return origin.kind not in {"anonymous", "author"} and not cut_off


# --- who said it --------------------------------------------------------------------


def collect_statements(voices: Sequence[Voice], evidence: Evidence) -> tuple[Said, ...]:
    """For each named source that asserts it, who carries the statement.

    Two independent routes verify it as said. A stand adds a carrier, never the second route.
    """
    sources = {source.id: source for source in evidence.identity.sources}
    told: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.source and voice.stance == "asserts":
            told[voice.source].append(voice)
    return tuple(
        Said(
            source=source,
            name=sources[source].name,
            articles=tuple(dict.fromkeys(voice.article for voice in carriers)),
            outlets=(routes := count_routes(carriers, evidence)),
            verified=routes >= 2,
        )
        for source, carriers in told.items()
        if not is_unnamed(sources[source])
    )


def count_routes(carriers: Iterable[Voice], evidence: Evidence) -> int:
    """How many independent ways a statement came, through claims alone; at least one."""
    identity = evidence.identity
    independent = evidence.outlets.is_independent
    told = [voice for voice in carriers if is_asserting(voice) and independent(voice.article)]
    first_hand = [voice.article for voice in told if not voice.via]
    routes = {
        identity.carrier(voice.via[-1]).key
        if voice.via
        else identity.outlet(voice.article, first_hand).key
        for voice in told
    }
    return max(1, len(routes))
