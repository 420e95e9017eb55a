"""Decide the verdict on one finding, from who asserts it, who stands against it, and when.

Nothing is called true or false: a verdict says how many independent origins assert a thing
and who firmly asserts the opposite. `docs/rules.md` says the rules in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.judge.evidence import is_asserting
from factcheck.judge.identity import distinct_origins, show_origin
from factcheck.models import ClaimKind, Origin, Remark, Said, Verdict, Voice


@dataclass(frozen=True)
class Case:
    """What bears on one finding.

    `opponents` are the origins in positions that exclude it and those that deny it beside the
    claims, `slips` those that give another value of a detail; `open` the sentences that call it
    open or doubt it; `replaced` the labels of positions that replace it, `perhaps_replaced` of
    those that may do so, for no time tells which came first; `retracted_by` who took it back,
    `recalled` the articles whose report was taken back, `withdrawn` the keys of the origins whose
    word has lapsed, `left` the names of those that left a position; `later` tells that an article
    published after all its voices gives a later state; `details` are questions on versions of it,
    `touches` those that it mentions beside its own point.
    """

    kind: ClaimKind
    voices: tuple[Voice, ...]
    said: tuple[Said, ...]
    routes: int
    outlets: int
    total: int
    opponents: tuple[Origin, ...] = ()
    slips: tuple[Origin, ...] = ()
    open: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    perhaps_replaced: tuple[str, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()
    retracted_by: tuple[str, ...] = ()
    recalled: frozenset[str] = frozenset()
    later: bool = False
    details: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """A verdict with its reasons, and the origins for and against."""

    verdict: Verdict
    reasons: tuple[Remark, ...]
    origins: tuple[Origin, ...] = ()
    against: tuple[Origin, ...] = ()


def rule(case: Case) -> Ruling:
    """The verdict on one finding: the first rule that applies."""
    asserting = [v for v in case.voices if is_asserting(v)]
    standing = [v for v in asserting if v.origin.key not in case.withdrawn]
    origins = distinct_origins(v.origin for v in without_doubles(standing) if v.counted)
    if case.kind in {"view", "act", "open"}:
        standing = [voice for voice in standing if voice.article not in case.recalled]
        return rule_statement(case, standing, origins)
    abandoned = len(standing) < len(asserting) and not origins
    if case.kind == "retract" or case.replaced or case.later or abandoned:
        return rule_updated(case, origins)
    # An organ that only tells what the other side says may well deny it.
    mine = {voice.origin.key for voice in standing if voice.counted or voice.source}
    rivals = distinct_origins((*case.opponents, *case.slips))
    against = tuple(origin for origin in rivals if origin.key not in mine)
    if not origins:
        return rule_nobody(standing)
    if against:
        return rule_disputed(case, origins, against)
    return rule_by_count(case, standing, origins)


def without_doubles(voices: Sequence[Voice]) -> list[Voice]:
    """The voices without documents that may be one: clips that several articles describe.

    Documents are told apart only within an article, so those of the article that has the
    most stand for all.
    """
    documents: dict[str, set[str]] = {}
    for voice in voices:
        if voice.origin.kind == "document" and not voice.origin.side:
            documents.setdefault(voice.article, set()).add(voice.origin.key)
    kept = max(documents.values(), key=len, default=set())
    every = set().union(*documents.values())
    return [v for v in voices if v.origin.key not in every or v.origin.key in kept]


def rule_statement(case: Case, standing: Sequence[Voice], origins: tuple[Origin, ...]) -> Ruling:
    """Acts, views and calls that something is open: judged as things said, not more."""
    if not standing:
        return rule_updated(case, origins)
    if case.routes >= 2:
        text = f"Reported by {case.routes} independent outlets: that it was said, not more."
        return Ruling("as-said", (Remark(code="as-said", text=text),), origins)
    if case.kind == "view":
        text = "A view, prediction or motive: it carries no verdict."
        return Ruling("not-judged", (Remark(code="view", text=text),), origins)
    text = f"That it was said goes back to one report, {describe_carriage(case)}."
    return Ruling("single-source", (Remark(code="one-report", text=text),), origins)


def rule_updated(case: Case, origins: tuple[Origin, ...]) -> Ruling:
    """Taken back, withdrawn or superseded: a later word explains the difference."""
    reasons = [*describe_retraction(case)]
    if case.replaced:
        text = f"Replaced by: {join_names(case.replaced)}."
        reasons.append(Remark(code="replaced", text=text))
    if case.later:
        reasons.append(Remark(code="later-state", text="A later article gives a later state."))
    if not reasons:
        names = join_names(case.left) or "Its source"
        reasons.append(Remark(code="withdrawn", text=f"{names} later said otherwise."))
    return Ruling("updated", tuple(reasons), origins)


def rule_nobody(standing: Sequence[Voice]) -> Ruling:
    """Nobody's word counts: a column alone, a page cut off, what only repeats another's word."""
    notes = dict.fromkeys(voice.note for voice in standing if voice.note)
    reasons = tuple(Remark(code="not-counted", text=f"{capitalize(note.text)}.") for note in notes)
    if all(voice.origin.kind == "author" for voice in standing):
        return Ruling("not-judged", reasons)
    return Ruling("unconfirmed", reasons)


def rule_disputed(case: Case, origins: tuple[Origin, ...], against: tuple[Origin, ...]) -> Ruling:
    """Another side asserts what excludes it; no winner is picked."""
    own, other = join_labels(origins), join_labels(against)
    reasons = [Remark(code="contradicted", text=f"Asserted by {own}; contradicted by {other}.")]
    keys = {origin.key for origin in against}
    if keys & {origin.key for origin in case.slips}:
        text = "Outlets differ on a detail that can be checked: one of them is probably an error."
        reasons.append(Remark(code="slip", text=text))
    beside = {v.origin.key for v in case.voices if v.stance in {"denies", "differs"}}
    if beside & keys:
        text = "A contradiction was found beside the claims, when the articles were compared."
        reasons.append(Remark(code="stand-against", text=text))
    return Ruling(
        "disputed", (*reasons, *describe_doubts(case), *describe_retraction(case)), origins, against
    )


def rule_by_count(case: Case, standing: Sequence[Voice], origins: tuple[Origin, ...]) -> Ruling:
    """Verified, unconfirmed or single-source, by who asserts it and how firmly."""
    counted = [voice for voice in standing if voice.counted]
    named = tuple(origin for origin in origins if origin.kind != "anonymous")
    unsure = {"anonymous", "witness"}
    sure = [v for v in counted if v.modality != "hedged" and v.origin.kind not in unsure]
    remarks = (
        *describe_order(case),
        *describe_doubts(case),
        *describe_retraction(case),
        *describe_details(case),
        *describe_notes(case),
    )
    if not sure:
        text = (
            "It rests on unnamed sources alone."
            if all(voice.origin.kind in unsure for voice in counted)
            else "It is only put forward with caution."
        )
        return Ruling("unconfirmed", (Remark(code="unsure", text=text), *remarks), origins)
    names = join_labels(named)
    verdict: Verdict = "verified"
    who = Remark(code="origins", text=f"{len(named)} independent origins assert it: {names}.")
    if len(named) < 2:
        verdict = "single-source"
        who = Remark(code="one-origin", text=f"One origin, {names}, {describe_carriage(case)}.")
    weak = case.open or (case.perhaps_replaced and verdict == "verified")
    return Ruling("unconfirmed" if weak else verdict, (who, *remarks), origins)


# --- in words -----------------------------------------------------------------------


def describe_carriage(case: Case) -> str:
    """How many of the independent outlets carry it."""
    if case.outlets <= 1:
        return "carried by one outlet"
    return f"carried by {case.outlets} of {case.total} outlets"


def describe_doubts(case: Case) -> tuple[Remark, ...]:
    """What sources say about it being open."""
    return tuple(Remark(code="open", text=f"Called open: {text}") for text in case.open)


def describe_order(case: Case) -> tuple[Remark, ...]:
    """What may have replaced it, where no time tells which came first."""
    return tuple(
        Remark(
            code="order-unknown",
            text=f"Perhaps replaced by: {label}; no time tells which is later.",
        )
        for label in case.perhaps_replaced
    )


def describe_retraction(case: Case) -> tuple[Remark, ...]:
    """Who took it back, if somebody did."""
    if not case.retracted_by:
        return ()
    text = f"Taken back by {join_names(case.retracted_by)}."
    return (Remark(code="retracted", text=text),)


def describe_details(case: Case) -> tuple[Remark, ...]:
    """Questions on which versions of it differ, and those that it only mentions."""
    return (
        *(Remark(code="versions", text=f"Versions of a detail differ: {q}") for q in case.details),
        *(Remark(code="touches", text=f"Mentions what is in question: {q}") for q in case.touches),
    )


def describe_notes(case: Case) -> tuple[Remark, ...]:
    """What is weak about those who assert it, each reason once.

    A relay counts, though its source does not say it; who is not counted is told with how many.
    """
    notes = Counter((v.note, v.counted) for v in case.voices if v.note and v.stance == "asserts")
    return tuple(
        Remark(code="relay", text=f"A relay {note.text}.")
        if counted
        else Remark(code="not-counted", text=f"Not counted ({times} ×): {note.text}.")
        for (note, counted), times in notes.items()
    )


def describe_settlement(case: Case, ruling: Ruling) -> Remark | None:
    """What would settle a weak or disputed finding; None for the others."""
    names = join_labels((*ruling.origins, *ruling.against))
    second = f"A second account that does not go back to {names}, or a document."
    first_hand = "A named source with first-hand knowledge, or a document."
    weak: dict[Verdict, Remark] = {
        "disputed": Remark(
            code="independent-evidence",
            text=f"Evidence that depends on none of these: {names}.",
        ),
        "single-source": Remark(code="second-account", text=second),
        "unconfirmed": Remark(code="named-source", text=first_hand),
    }
    return weak.get(ruling.verdict) if case.kind == "fact" else None


def join_labels(origins: Iterable[Origin]) -> str:
    """Origins as people list them, each with the side that it speaks for."""
    return join_names([show_origin(origin) for origin in origins])


def join_names(names: Iterable[str]) -> str:
    """Names as people list them: "A, B and C"."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"


def capitalize(text: str) -> str:
    """A sentence with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]
