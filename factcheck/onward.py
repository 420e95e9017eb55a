"""Going on: what an earlier run found about the same event in, what still holds of it out.

An article that is as it was is not read again, a claim that was aligned is not aligned
again, and nobody is asked the same thing twice. An edited article comes as another one
that replaces the first: what stands in both texts keeps its claims, and these their place
among the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from factcheck.models import (
    Article,
    Asked,
    Checkpoint,
    Claim,
    Draft,
    Echo,
    Group,
    Merged,
    Question,
    Reading,
    Side,
    Speaker,
)
from factcheck.text.restated import restated

T = TypeVar("T", Group, Draft)


def onward(
    earlier: Checkpoint, readings: Mapping[str, Reading], names: Mapping[str, str]
) -> Checkpoint:
    """The checkpoint for the articles that are there now, by `readings`.

    `names` are the claims and speakers of edited articles, from their old id to that in
    the edit. What hangs on articles that are gone is left out: their claims, echoes, and
    what they were asked.
    """
    old = {reading.article: reading for reading in earlier.readings}
    known = {claim.id for reading in readings.values() for claim in reading.claims}
    known |= {speaker.id for reading in readings.values() for speaker in reading.speakers}

    def ids(many: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for i in many if (name := names.get(i, i)) in known))

    stayed = {article for article, reading in old.items() if readings.get(article) == reading}
    return Checkpoint(
        readings=tuple(old[article] for article in old if article in stayed),
        merged=still_merged(earlier.merged, ids, stayed),
        drafts=tuple(d for d in (cut(draft, ids) for draft in earlier.drafts) if d.same),
        echoes=tuple(echo for echo in earlier.echoes if echo.article in stayed),
        asked=tuple(asked for asked in earlier.asked if asked.article in stayed),
        refused=tuple(item for item in earlier.refused if item.article in stayed),
    )


def aligned(earlier: Checkpoint) -> frozenset[str]:
    """The claims, by id, that the earlier run compared with each other."""
    return frozenset(claim for draft in earlier.drafts for claim in draft.same)


def to_drafts(earlier: Checkpoint, drafts: Sequence[Draft]) -> dict[str, str]:
    """Which draft of now each earlier draft is, by id: the home of its first claim."""
    homes = {claim: draft.id for draft in drafts for claim in draft.same}
    found = {old.id: next((homes[c] for c in old.same if c in homes), "") for old in earlier.drafts}
    return {old: new for old, new in found.items() if new}


def echoes_for(earlier: Checkpoint, now: Mapping[str, str], drafts: Sequence[Draft]) -> list[Echo]:
    """The earlier echoes on the drafts of now; none where the article has its own claim by now."""
    own = {d.id: {claim.partition(".")[0] for claim in d.same} for d in drafts}
    moved = [
        echo.model_copy(update={"finding": now[echo.finding]})
        for echo in earlier.echoes
        if echo.finding in now
    ]
    return [echo for echo in moved if echo.article not in own[echo.finding]]


def asked_of(earlier: Checkpoint, now: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The drafts of now that each article was asked about before."""
    return {
        asked.article: frozenset(now[draft] for draft in asked.drafts if draft in now)
        for asked in earlier.asked
    }


def all_asked(before: Mapping[str, frozenset[str]], new: Iterable[Asked]) -> tuple[Asked, ...]:
    """What every article was asked up to now."""
    found = dict(before)
    for asked in new:
        found[asked.article] = found.get(asked.article, frozenset()) | {*asked.drafts}
    return tuple(Asked(article=a, drafts=tuple(sorted(ids))) for a, ids in found.items())


# --- edits ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rebased:
    """What an edited article claims, and the ids in it of what it had before."""

    reading: Reading
    names: Mapping[str, str]


def rebased(old: Reading, before: Article, new: Reading, after: Article) -> Rebased:
    """Read an edit in the light of the text before: only what changed is taken anew.

    A claim whose sentences all stand as they were stays as it was read then: a second
    reading words it otherwise, and would make it look like news.
    """
    moved = unchanged_sentences(before, after)
    speakers, names = all_speakers(old.speakers, new)
    kept = [
        claim.model_copy(
            update={
                "sentences": tuple(moved[n] for n in claim.sentences),
                "speaker": names.get(claim.speaker) if claim.speaker else None,
            }
        )
        for claim in old.claims
        if {*claim.sentences} <= moved.keys()
    ]
    lost = [claim for claim in old.claims if not {*claim.sentences} <= moved.keys()]
    # What is told by sentences that no claim is left of has to be taken from the new reading.
    told = {n for claim in kept for n in claim.sentences}
    told -= {moved[n] for claim in lost for n in claim.sentences if n in moved}
    fresh = [claim for claim in new.claims if not {*claim.sentences} <= told]
    again = same_claims(kept, fresh, {s.id: s.id for s in speakers})
    fresh = [claim for claim in fresh if claim.id not in again.values()]
    same = same_claims(lost, fresh, names)
    ordered = sorted((*kept, *fresh), key=lambda claim: claim.sentences)
    ids = {claim.id: f"{after.id}.c{n}" for n, claim in enumerate(ordered, start=1)}
    claims = tuple(
        claim.model_copy(update={"id": ids[claim.id], "article": after.id}) for claim in ordered
    )
    names |= {claim.id: ids[claim.id] for claim in kept}
    names |= {one: ids[two] for one, two in same.items()}
    update = {"speakers": speakers, "claims": claims}
    return Rebased(new.model_copy(update=update), names)


def unchanged_sentences(before: Article, after: Article) -> dict[int, int]:
    """The sentences that stand in both texts, by their number in each."""
    old, new = ([" ".join(s.text.split()) for s in a.sentences] for a in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {
        before.sentences[block.a + n].number: after.sentences[block.b + n].number
        for block in blocks
        for n in range(block.size)
    }


def all_speakers(
    old: Sequence[Speaker], new: Reading
) -> tuple[tuple[Speaker, ...], dict[str, str]]:
    """The speakers of an edit and those only known from before, and the new ids of these."""
    found = list(new.speakers)
    by_name = {speaker.name.casefold(): speaker.id for speaker in new.speakers}
    names = {}
    for speaker in old:
        name = speaker.name.casefold()
        if name not in by_name:
            by_name[name] = f"{new.article}.s{len(found) + 1}"
            update = {"id": by_name[name], "article": new.article}
            found.append(speaker.model_copy(update=update))
        names[speaker.id] = by_name[name]
    return tuple(found), names


def same_claims(
    old: Sequence[Claim], new: Sequence[Claim], speakers: Mapping[str, str]
) -> dict[str, str]:
    """Claims that an article and its edit share; each is used once, the likest first."""
    pairs = sorted(
        (
            (likeness, one.id, two.id)
            for one in old
            for two in new
            if (likeness := unchanged(one, two, speakers))
        ),
        key=lambda pair: -pair[0],
    )
    found: dict[str, str] = {}
    for _, one, two in pairs:
        if one not in found and two not in found.values():
            found[one] = two
    return found


def unchanged(one: Claim, two: Claim, speakers: Mapping[str, str]) -> float:
    """How like two claims are, 0 to 100; 0 unless they are one statement of one speaker."""
    speaker = speakers.get(one.speaker) if one.speaker else None
    return restated(one.text, two.text) if one.kind == two.kind and speaker == two.speaker else 0.0


# --- what is left of the nouns -----------------------------------------------------------

Ids = Callable[[Iterable[str]], tuple[str, ...]]


def still_merged(merged: Merged, ids: Ids, stayed: set[str]) -> Merged:
    """The alignment without what is gone; a group or side that nobody is left in goes too."""
    groups = (cut(group, ids) for group in merged.groups)
    return Merged(
        event=merged.event,
        speakers=tuple(group for one in merged.speakers if len(group := ids(one)) > 1),
        sides=merged.sides,
        groups=tuple(group for group in groups if group.same),
        questions=tuple(cut_question(question, ids) for question in merged.questions),
        other_event=tuple(article for article in merged.other_event if article in stayed),
        not_assessed=tuple(item for item in merged.not_assessed if item.article in stayed),
    )


def cut(one: T, ids: Ids) -> T:
    """A group or draft with the claims that are left."""
    left = {"same": ids(one.same), "more": ids(one.more), "part": ids(one.part)}
    return one.model_copy(update=left)


def cut_question(question: Question, ids: Ids) -> Question:
    """A question with the positions that somebody is left in."""
    sides = (Side(label=side.label, claims=ids(side.claims)) for side in question.sides)
    return Question(
        text=question.text,
        kind=question.kind,
        sides=tuple(side for side in sides if side.claims),
        open=ids(question.open),
    )
