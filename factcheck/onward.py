"""Going on: what an earlier run found about the same event in, what still holds of it out.

An article that is as it was is not read again, a claim that was aligned is not aligned
again, and nobody is asked the same thing twice. An edited article comes as another one
that replaces the first: claims that stand in both, word for word or nearly so, keep
their place among the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from factcheck.models import (
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
    earlier: Checkpoint, readings: Mapping[str, Reading], replaced: Mapping[str, str]
) -> Checkpoint:
    """The checkpoint for the articles that are there now, by `readings`.

    `replaced` leads from an article to its edit. What hangs on articles that are gone
    is left out: their claims, echoes, and what they were asked.
    """
    old = {reading.article: reading for reading in earlier.readings}
    names = renamed(old, readings, replaced)
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


def renamed(
    old: Mapping[str, Reading], new: Mapping[str, Reading], replaced: Mapping[str, str]
) -> dict[str, str]:
    """Claims and speakers of edited articles, from their old id to that in the edit."""
    names: dict[str, str] = {}
    for before, after in replaced.items():
        if before in old and after in new:
            names |= same_speakers(old[before].speakers, new[after].speakers)
            names |= same_claims(old[before].claims, new[after].claims, names)
    return names


def same_speakers(old: Iterable[Speaker], new: Iterable[Speaker]) -> dict[str, str]:
    """Speakers of the same name in an article and its edit."""
    by_name = {speaker.name.casefold(): speaker.id for speaker in new}
    return {s.id: by_name[s.name.casefold()] for s in old if s.name.casefold() in by_name}


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
