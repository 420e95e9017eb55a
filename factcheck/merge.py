"""Merge: the claims of all articles in, what is the same across them out (`Merged`).

One call for up to `batch` claims; more are aligned in batches, core claims first,
with the `batch` likeliest of the findings so far fed forward. The model proposes groups and
questions by claim id; code checks the ids and keeps unlike figures apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck import prompts
from factcheck.drafts import drafts, joined
from factcheck.errors import ContextOverflowError
from factcheck.llm import Door, Prompt
from factcheck.models import (
    Article,
    Claim,
    Draft,
    Group,
    Merged,
    NotAssessed,
    Question,
    Reading,
    Side,
    Speaker,
)
from factcheck.text.figures import figures, missing_figures
from factcheck.text.names import missing_names
from factcheck.text.rank import relevance
from factcheck.wire import MergeReply, WireGroup, WireIssue

FEWEST = 20
"""Earlier findings below which a merge that does not fit is given up."""


async def merge(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    door: Door,
    *,
    batch: int = 400,
    earlier: Merged | None = None,
    aligned: frozenset[str] = frozenset(),
) -> Merged:
    """Align the claims of all readings. Raises the door's `ModelError`.

    `earlier` is what is known of the claims in `aligned`, by id: only the others are
    sent, and join or contest what was found before.
    """
    claims = [claim for reading in readings for claim in reading.claims]
    before = [claim for claim in claims if claim.id in aligned]
    ordered = [claim for claim in claims if claim.id not in aligned]
    if len(ordered) > batch:
        ordered.sort(key=lambda claim: not claim.core)
    merged = earlier or Merged()
    for start in range(0, len(ordered), batch):
        now = {claim.id for claim in ordered[start : start + batch]}
        done = before + ordered[:start]
        known = likeliest(drafts(done, merged), ordered[start : start + batch], batch)
        reply = await ask(articles, readings, now, known, merged.questions, door)
        merged = joined(merged, to_merged(claims, readings, reply))
    return merged


async def ask(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    now: set[str],
    known: Sequence[Draft],
    questions: Sequence[Question],
    door: Door,
) -> MergeReply:
    """The model's answer; what does not fit is asked with half as many earlier findings."""
    try:
        answer = await door.ask(merge_prompt(articles, readings, now, known, questions))
    except ContextOverflowError:
        if len(known) < FEWEST:
            raise
        claims = [claim for reading in readings for claim in reading.claims if claim.id in now]
        fewer = likeliest(known, claims, len(known) // 2)
        return await ask(articles, readings, now, fewer, questions, door)
    return answer.value


def likeliest(known: Sequence[Draft], claims: Sequence[Claim], most: int) -> list[Draft]:
    """The earlier findings that new claims most likely bear on, core ones first, in their order."""
    if len(known) <= most:
        return [*known]
    scores = relevance([draft.text for draft in known], [claim.text for claim in claims])
    ranked = sorted(
        zip(known, scores, strict=True), key=lambda pair: (not pair[0].core, -round(pair[1], 6))
    )
    kept = {draft.id for draft, _ in ranked[:most]}
    return [draft for draft in known if draft.id in kept]


def merge_prompt(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    now: set[str],
    known: Sequence[Draft],
    questions: Sequence[Question] = (),
) -> Prompt[MergeReply]:
    """The request for the claims whose ids are in `now`, with earlier findings and questions."""
    published = {a.id: f"{a.published:%Y-%m-%d %H:%M %Z}" if a.published else "" for a in articles}
    outlets = {a.id: a.outlet for a in articles}
    blocks = [
        {
            "id": reading.article,
            "outlet": outlets[reading.article],
            "published": published[reading.article] or "time unknown",
            "speakers": [speaker_line(speaker) for speaker in reading.speakers],
            "claims": [
                claim_line(claim, reading.speakers) for claim in reading.claims if claim.id in now
            ],
        }
        for reading in readings
    ]
    allowed = now | {draft.same[0] for draft in known}
    claims = {claim.id: claim for reading in readings for claim in reading.claims}
    return Prompt(
        stage="merge",
        label="all articles",
        system=prompts.instructions("merge.system"),
        user=prompts.task(
            "merge",
            articles=blocks,
            earlier=[f"{d.same[0]} {d.text}" for d in known],
            questions=[question_line(question, known) for question in questions],
        ),
        schema=MergeReply,
        check=lambda reply: problems(reply, allowed, claims),
    )


def speaker_line(speaker: Speaker) -> str:
    """A speaker as the model sees it."""
    side = f", {speaker.side}" if speaker.side else ""
    others = [name for name in speaker.also if name.casefold() not in speaker.name.casefold()]
    also = f"; also {', '.join(others)}" if others else ""
    return f"{speaker.id} {speaker.name} ({speaker.role}{side}{also})"


def claim_line(claim: Claim, speakers: Iterable[Speaker]) -> str:
    """A claim as the model sees it: id, text, by whom, and remarks that differ from the usual."""
    names = {speaker.id: short_name(speaker) for speaker in speakers}
    by = names[claim.speaker] if claim.speaker else "own voice"
    kind = {"fact": "", "retract": "taken back"}.get(claim.kind, claim.kind)
    modality = "" if claim.modality == "firm" else claim.modality
    asof = f"as of {claim.asof}" if claim.asof else ""
    when = claim.when if claim.when and claim.when.casefold() not in claim.text.casefold() else ""
    remarks = ", ".join(remark for remark in (kind, modality, when, asof) if remark)
    return f"{claim.id} {claim.text} | {by}" + (f" | {remarks}" if remarks else "")


def question_line(question: Question, known: Sequence[Draft]) -> str:
    """An earlier question as the model sees it: text, kind, positions with a finding of each."""
    homes = {claim: draft.same[0] for draft in known for claim in draft.same}
    sides = "; ".join(
        f"{side.label} ({next((homes[c] for c in side.claims if c in homes), 'not listed')})"
        for side in question.sides
    )
    return f"{question.text} | {question.kind} | {sides}"


def short_name(speaker: Speaker) -> str:
    """The shortest part of a speaker's long name that the article uses by itself."""
    parts = [name for name in speaker.also if name in speaker.name and len(name) > 2]
    return min([speaker.name, *parts], key=len)


# --- checks -------------------------------------------------------------------


def problems(reply: MergeReply, allowed: set[str], claims: Mapping[str, Claim]) -> list[str]:
    """What is wrong enough with an answer to ask again, in words for the model."""
    named = [i for g in reply.groups for i in (*g.same, *g.more, *g.part)]
    named += [i for issue in reply.issues for i in (*issue.open, *position_ids(issue))]
    found = [f"there is no claim {identity}" for identity in sorted({*named} - allowed)]
    counts = Counter(i for group in reply.groups for i in {*group.same})
    found += [f"{i} is in same of {n} groups" for i, n in sorted(counts.items()) if n > 1]
    for group in reply.groups:
        odd = unlike(group.same, claims)
        if odd:
            found.append(f'group "{group.t}": other numbers in {", ".join(odd)}')
    for issue in reply.issues:
        twice = Counter(i for position in issue.pos for i in {*position.ids})
        found += [f'issue "{issue.q}": {i} is in {n} positions' for i, n in twice.items() if n > 1]
    return found


def position_ids(issue: WireIssue) -> list[str]:
    """All claim ids in the positions of an issue."""
    return [identity for position in issue.pos for identity in position.ids]


def unlike(members: Sequence[str], claims: Mapping[str, Claim]) -> list[str]:
    """Members whose figures have nothing in common with the first that has any."""
    with_figures = [
        (identity, figures(claims[identity].text)) for identity in members if identity in claims
    ]
    with_figures = [(identity, found) for identity, found in with_figures if found]
    if not with_figures:
        return []
    first = with_figures[0][1]
    return [identity for identity, found in with_figures[1:] if not first & found]


# --- from wire to nouns ---------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """The ids that an answer may name."""

    claims: Mapping[str, Claim]
    speakers: frozenset[str]
    sides: frozenset[str]
    articles: frozenset[str]


def to_merged(claims: Sequence[Claim], readings: Sequence[Reading], reply: MergeReply) -> Merged:
    """Keep what the ids allow; say what was left out."""
    speakers = [speaker for reading in readings for speaker in reading.speakers]
    known = Known(
        claims={claim.id: claim for claim in claims},
        speakers=frozenset(speaker.id for speaker in speakers),
        sides=frozenset(speaker.side for speaker in speakers if speaker.side),
        articles=frozenset(reading.article for reading in readings),
    )
    left: list[NotAssessed] = []
    groups = to_groups(reply.groups, known, left)
    return Merged(
        event=" ".join(reply.event.split()),
        speakers=unions(reply.speakers, known.speakers),
        sides=unions(reply.sides, known.sides),
        groups=groups,
        questions=tuple(to_question(issue, known) for issue in reply.issues),
        other_event=tuple(i for i in reply.other_event if i in known.articles),
        not_assessed=tuple(left),
    )


def unions(groups: Iterable[Iterable[str]], known: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The groups cut down to known names, those of two or more."""
    cut = (tuple(dict.fromkeys(name for name in group if name in known)) for group in groups)
    return tuple(group for group in cut if len(group) > 1)


def to_groups(
    wires: Sequence[WireGroup], known: Known, left: list[NotAssessed]
) -> tuple[Group, ...]:
    """Groups with known ids, each id in `same` once, unlike figures taken out."""
    taken: set[str] = set()
    groups = []
    for wire in wires:
        same = [i for i in dict.fromkeys(wire.same) if i in known.claims and i not in taken]
        for odd in unlike(same, known.claims):
            same.remove(odd)
            claim = known.claims[odd]
            reason = f'not counted with "{wire.t}": it has other numbers'
            left.append(
                NotAssessed(
                    stage="merge",
                    article=claim.article,
                    sentences=claim.sentences,
                    text=claim.text,
                    reason=reason,
                )
            )
        taken |= {*same}
        beside = [*dict.fromkeys((*wire.more, *wire.part))]
        loose = [i for i in beside if i in known.claims and i not in same]
        if same:
            groups.append(
                Group(
                    text=canonical(wire.t, [known.claims[i] for i in same]),
                    same=tuple(same),
                    more=tuple(i for i in loose if i in wire.more),
                    part=tuple(i for i in loose if i in wire.part and i not in wire.more),
                )
            )
    return tuple(groups)


def canonical(text: str, members: Sequence[Claim]) -> str:
    """The model's sentence if each member holds its numbers and names, else the shortest member."""
    sentence = " ".join(text.split())
    bodies = [f"{claim.text} {claim.when} {claim.asof}" for claim in members]
    everything = " ".join(bodies)
    sound = sentence and not any(missing_figures(sentence, body) for body in bodies)
    if sound and not missing_names(sentence, everything):
        return sentence
    return min((claim.text for claim in members), key=len)


def to_question(issue: WireIssue, known: Known) -> Question:
    """A question with the positions that known claims take."""
    sides = [
        Side(label=position.p, claims=tuple(i for i in position.ids if i in known.claims))
        for position in issue.pos
    ]
    return Question(
        text=issue.q,
        kind=issue.kind,
        sides=tuple(side for side in sides if side.claims),
        open=tuple(i for i in issue.open if i in known.claims),
    )
