"""Put comparisons together: batches of one story, and propositions found to be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from factcheck.models import Answer, Comparison, Group, Question
from factcheck.pipeline.compare_prompt import Batch

T = TypeVar("T")


def add_batch(
    found: Comparison, new: Comparison, batch: Batch, twins: Mapping[str, tuple[str, ...]]
) -> Comparison:
    """What was found so far, with what a batch adds: groups and questions grow.

    A claim that stands alone becomes a group of one, or of all the times that its article
    makes it, so that later batches see it.
    """
    groups = list(found.groups)
    for group in new.groups:
        shared = [old for old in groups if {*old.same} & {*group.same}]
        if shared:
            groups[groups.index(shared[0])] = join_groups([*shared, group])
            groups = [old for old in groups if old not in shared[1:]]
        else:
            groups.append(group)
    at_home = {claim for group in groups for claim in group.same}
    for claim in (claim for extraction in batch.extractions for claim in extraction.claims):
        if claim.id not in at_home:
            same = twins.get(claim.id, (claim.id,))
            groups.append(Group(text=claim.text, same=same))
            at_home |= {*same}
    return Comparison(
        event=found.event or new.event,
        placings=(*found.placings, *new.placings),
        speakers=(*found.speakers, *new.speakers),
        sides=(*found.sides, *new.sides),
        groups=tuple(groups),
        questions=join_questions(found.questions, new.questions),
        not_assessed=(*found.not_assessed, *new.not_assessed),
    )


def unite_groups(comparison: Comparison, twins: Sequence[Sequence[Sequence[str]]]) -> Comparison:
    """The comparison with some propositions united, each given by its claims.

    A claim that stands in no group is a proposition of its own.
    """
    groups = list(comparison.groups)
    for propositions in twins:
        one = [group for group in groups if any({*group.same} & {*p} for p in propositions)]
        held = {claim for group in one for claim in group.same}
        one += [Group(text="", same=tuple(p)) for p in propositions if not held & {*p}]
        if len(one) < 2:
            continue
        first = next((group for group in one if group.text), one[0])
        joined = join_groups([first, *(group for group in one if group is not first)])
        groups = [group for group in groups if group not in one]
        groups.append(joined)
    return comparison.model_copy(update={"groups": tuple(groups)})


def join_groups(several: Sequence[Group]) -> Group:
    """Groups as one, in the words of the first."""
    same = unique(group.same for group in several)
    more = tuple(i for i in unique(group.more for group in several) if i not in same)
    part = unique(group.part for group in several)
    return Group(
        text=several[0].text,
        same=same,
        more=more,
        part=tuple(i for i in part if i not in (*same, *more)),
        echoes=unique(group.echoes for group in several),
        stands=tuple(stand for group in several for stand in group.stands),
        flags=unique(group.flags for group in several),
    )


def join_questions(earlier: Sequence[Question], later: Sequence[Question]) -> tuple[Question, ...]:
    """Questions of the same words as one, of the later kind, with the positions of both."""
    found = {question.text: question for question in earlier}
    for question in later:
        old = found.get(question.text)
        found[question.text] = question if old is None else join_question(old, question)
    return tuple(found.values())


def join_question(old: Question, new: Question) -> Question:
    """A question with what a later answer adds; its positions keep their numbers."""
    answers = []
    for number in range(max(len(old.answers), len(new.answers))):
        both = [q.answers[number] for q in (old, new) if number < len(q.answers)]
        claims, near = unique(one.claims for one in both), unique(one.near for one in both)
        answers.append(Answer(label=both[0].label, claims=claims, near=near))
    return Question(
        text=old.text,
        kind=new.kind,
        answers=tuple(answers),
        excludes=unique((old.excludes, new.excludes)),
        open=unique((old.open, new.open)),
        settled=old.settled if new.settled is None else new.settled,
    )


def unique(several: Iterable[Sequence[T]]) -> tuple[T, ...]:
    """All items of some sequences, each once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(several)))
