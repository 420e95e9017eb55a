"""The rules of judgement: what bears on one finding in, its verdict with reasons out.

Pure functions; docs/rules.md says them in words. Nothing is called true or false: a
verdict says how many independent origins assert a thing and who asserts the
opposite, and every verdict has its reasons in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.models import Draft, Origin, Said, Verdict, Voice


@dataclass(frozen=True)
class Ruling:
    """A verdict with its reasons, and the origins for and against."""

    verdict: Verdict
    reasons: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    against: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Case:
    """What bears on one finding."""

    draft: Draft
    heard: tuple[Voice, ...]
    said: tuple[Said, ...]
    routes: int
    carried: tuple[str, ...]
    total: int  # independent outlets in the whole comparison
    outlets: int  # independent outlets that carry it
    against: tuple[Voice, ...] = ()
    open: tuple[str, ...] = ()  # texts of claims that call it open
    withdrawn: frozenset[str] = frozenset()
    taken_back: tuple[str, ...] = ()  # outlets that took it back
    later: tuple[str, ...] = ()  # labels of positions that supersede it
    varies: tuple[str, ...] = ()  # questions on details in which versions of it differ


def rule(case: Case) -> Ruling:
    """The verdict on one finding: the first rule that applies."""
    kind = case.draft.kind
    if kind == "view":
        return Ruling("not-judged", ("A view, prediction or motive: it carries no verdict.",))
    standing = [v for v in case.heard if stands(v, case)]
    if kind == "retract" or not standing:
        return updated(case)
    origins = distinct(v.origin for v in standing if v.counted)
    if kind in {"act", "open"}:
        return as_statement(case, origins)
    if case.later:
        return updated(case, origins)
    if case.against and any(v.counted and v.modality != "hedged" for v in standing):
        return disputed(case, origins)
    return by_count(case, standing, origins)


def stands(voice: Voice, case: Case) -> bool:
    """Whether a voice asserts the finding and has not been withdrawn."""
    return (
        voice.stance == "asserts"
        and voice.relation in {"same", "more"}
        and voice.origin.key not in case.withdrawn
    )


def distinct(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each origin once, by key, the first label kept."""
    found: dict[str, Origin] = {}
    for origin in origins:
        found.setdefault(origin.key, origin)
    return tuple(found.values())


def updated(case: Case, origins: tuple[Origin, ...] = ()) -> Ruling:
    """Taken back, withdrawn or superseded: a later word explains the difference."""
    reasons = []
    if case.taken_back:
        reasons.append(f"Taken back by {listed(case.taken_back)}.")
    left = distinct(v.origin for v in case.heard if v.origin.key in case.withdrawn)
    moved = [origin.label for origin in left if origin.label not in case.taken_back]
    if moved and not case.taken_back:
        reasons.append(f"{listed(moved)} later said otherwise.")
    if case.later:
        reasons.append(f"A later value replaces it: {listed(case.later)}.")
    return Ruling("updated", tuple(reasons) or ("Taken back.",), origins)


def as_statement(case: Case, origins: tuple[Origin, ...]) -> Ruling:
    """Acts and calls that something is open: judged as things said or done in public."""
    if case.routes >= 2:
        reason = f"Reported by {case.routes} independent outlets: that it was said, not more."
        return Ruling("as-said", (reason,), origins)
    reason = f"That it was said rests on one report; {carriage(case)}."
    return Ruling("single-source", (reason,), origins)


def disputed(case: Case, origins: tuple[Origin, ...]) -> Ruling:
    """Firmly asserted, and somebody of another side as firmly asserts another version."""
    against = distinct(v.origin for v in case.against)
    own = listed([o.label for o in origins]) or "nobody firmly"
    other = listed([o.label for o in against])
    reasons = [f"Asserted by {own}; contradicted by {other}."]
    if any(v.relation == "crosscheck" for v in case.against):
        reasons.append("A contradiction was found when the articles were read a second time.")
    return Ruling("disputed", tuple(reasons), origins, against)


def by_count(case: Case, standing: Sequence[Voice], origins: tuple[Origin, ...]) -> Ruling:
    """Verified, unconfirmed or single-source, by who asserts it and how firmly."""
    counted = [v for v in standing if v.counted]
    sure = [v for v in counted if v.modality != "hedged" and v.origin.kind != "anonymous"]
    if len(origins) >= 2 and sure and not case.open:
        names = listed([o.label for o in origins])
        reason = f"{number_word(len(origins))} independent origins assert it: {names}."
        versions = (f"Versions of a detail differ: {question}" for question in case.varies)
        return Ruling("verified", (reason, *versions, *weaknesses(case)), origins)
    if case.open or not sure:
        why = [by_whom(origins, case) if sure else unsure(counted or standing)]
        against = distinct(v.origin for v in case.against)
        if against:
            why.append(f"Firmly contradicted by {listed([o.label for o in against])}.")
        return Ruling("unconfirmed", (*why, *doubts(case), *weaknesses(case)), origins, against)
    return Ruling("single-source", (by_whom(origins, case), *weaknesses(case)), origins)


def by_whom(origins: Sequence[Origin], case: Case) -> str:
    """Who asserts it, and how many outlets carry it."""
    names = listed([o.label for o in origins])
    many = "One origin" if len(origins) == 1 else f"{number_word(len(origins))} origins"
    return f"{many}, {names}, {carriage(case)}."


def unsure(counted: Sequence[Voice]) -> str:
    """Why none of the voices is a firm word of a named source."""
    if all(v.origin.kind == "anonymous" for v in counted):
        return "It rests on unnamed sources alone."
    if all(v.modality == "hedged" for v in counted):
        return "It is only put forward with caution."
    return "It rests on cautious or unnamed accounts alone."


# --- words -------------------------------------------------------------------------------


def listed(names: Sequence[str]) -> str:
    """Names as people list them: "A, B and C"."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"


def number_word(number: int) -> str:
    """Two, three, … ten at the start of a sentence; digits from eleven."""
    words = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number] if number < len(words) else str(number)


def carriage(case: Case) -> str:
    """How many of the independent outlets carry it."""
    if case.outlets <= 1:
        return "carried by one outlet"
    return f"carried by {case.outlets} of {case.total} outlets"


def doubts(case: Case) -> tuple[str, ...]:
    """What sources say about it being open."""
    return tuple(f"Called open: {text}" for text in case.open)


def weaknesses(case: Case) -> tuple[str, ...]:
    """Why voices that assert it were not counted, each reason once with the outlets."""
    found: dict[str, int] = {}
    for voice in case.heard:
        if voice.note and voice.stance == "asserts":
            found[voice.note] = found.get(voice.note, 0) + 1
    return tuple(f"Not counted ({number} ×): {note}." for note, number in found.items())


def settle(case: Case, ruling: Ruling) -> str:
    """What would settle a weak or disputed finding; "" for the others."""
    if case.draft.kind != "fact":
        return ""
    names = listed([o.label for o in ruling.origins])
    if ruling.verdict == "disputed":
        both = listed([o.label for o in (*ruling.origins, *ruling.against)])
        return f"Evidence that depends on none of {both}: a document, footage, or a witness."
    if ruling.verdict == "single-source":
        return f"A second account that does not go back to {names}, or a document."
    if ruling.verdict == "unconfirmed":
        return "A named source with first-hand knowledge, or a document."
    return ""
