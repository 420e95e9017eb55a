"""Find who says what in a sentence, by rules of English news prose.

No parser: a cue (a verb of saying, "according to", a noun such as "claim") is looked
up in a table, the source is the noun phrase that its position gives, the content is
what remains of the clause. What is passed on is a relay, which shows both, the carrier
first. `benchmarks/quality.py` measures it on PolNeAR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from factcheck.language.clauses import (
    agrees,
    find_after_verb,
    find_content,
    find_implied,
    find_inverted,
)
from factcheck.language.copies import find_quoted_spans
from factcheck.language.phrases import (
    BE,
    DETERMINERS,
    Range,
    Tokens,
    cut_tokens,
    find_left_phrase,
    find_phrase_start,
    find_right_phrase,
    is_be,
    low_at,
    skip_left,
    stops,
)
from factcheck.language.verbs import NOUNS, PASSIVE, UNSURE, VERBS
from factcheck.language.words import bag, split_table

Kind = Literal["direct", "indirect", "according", "passive", "nominal", "relay", "attitude"]

_QUOTING = split_table("quoted cited quoting citing")
_OWNERS = split_table("his her their its my our your")
_ASKED = split_table("asked pressed questioned")
_COMPLEMENT = split_table("to that as of by for about if in whether why how what")
_PREPOSITIONS = split_table(
    "of for with by from in on at under against over into after without amid"
)
_GERUND = split_table("by in after without")
_ADJECTIVAL = re.compile(r"(?:[a-z]{2}ian|ish|ese|[a-z]{3}ic|ive|ing)$")
# No rule applies to any other word.
_CUES = frozenset(VERBS) | PASSIVE | NOUNS | _ASKED | _QUOTING | {"according"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution: on whose word, by which cue, and where the content stands.

    `source` is "" where the sentence does not name one (a bare quotation, a passive).
    Kind "attitude" is held rather than said ("wants", "hopes"): weaker evidence that
    the content is somebody's word.
    `start` and `end` delimit the content; it may embrace the source and the cue, as
    in '"A," she said, "B."'. `source_at` and `cue_at` are places, -1 for none.
    """

    source: str
    cue: str
    kind: Kind
    start: int
    end: int
    source_at: int = -1
    cue_at: int = -1


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution as ranges of tokens; None for a source that is not named."""

    source: Range | None
    cue: Range
    content: Range
    kind: Kind


@lru_cache(maxsize=4096)
def saying(text: str) -> tuple[Saying, ...]:
    """The attributions of one sentence, in order of their cues.

    A relay gives two: in "Tass quoted the ministry as saying" both Tass and the
    ministry are sources. Cues inside quotations are left to the quotation. A
    quotation without a cue is one of kind "direct" without a source.
    """
    found: list[_Found] = []
    # A fifth of the sentences hold no cue, and cutting them into tokens is slow.
    tokens = () if _CUES.isdisjoint(bag(text)) else cut_tokens(text)
    for at, token in enumerate(tokens):
        if token.low in _CUES and not token.quoted and (not found or at >= found[-1].cue[1]):
            found += next(filter(None, (rule(tokens, at, found) for rule in _RULES)), ())
    if not found:
        return _list_bare(text)
    said = (_to_saying(text, tokens, one) for one in found)
    return tuple(one for one in said if one.start < one.end or text.rstrip().endswith(":"))


# --- rules: a place and what was found before it go in, attributions come out ------


def _read_according(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'According to Roth, …' and '…, according to Roth.'"""
    if tokens[at].low != "according" or low_at(tokens, at + 1) != "to":
        return ()
    end = at + 2
    while not stops(tokens, end):
        end += 1
    if end == at + 2 or low_at(tokens, at + 2) in ("schedule", "plan", "plans"):
        return ()
    # At the head of a sentence the content follows, else it stands before.
    content = (end, len(tokens)) if at <= 1 else (0, at)
    return (_Found((at + 2, end), (at, at + 2), content, "according"),)


def _read_relay(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'Tass quoted the ministry as saying': the carrier, and the one it quotes."""
    if tokens[at].low not in _QUOTING or is_be(tokens, at - 1):
        return ()
    end = at + 1
    while not stops(tokens, end) and low_at(tokens, end) != "as":
        end += 1
    if low_at(tokens, end) != "as" or not low_at(tokens, end + 1).endswith("ing"):
        return ()
    content = (end + 2, len(tokens))
    return (
        _Found(find_left_phrase(tokens, at), (at, at + 1), content, "relay"),
        _Found((at + 1, end), (end, end + 2), content, "relay"),
    )


def _read_passive(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'was quoted as saying', 'is believed to', 'it is said that', 'was accused of'."""
    be, after = skip_left(tokens, at - 1), low_at(tokens, at + 1)
    asked = tokens[at].low in _ASKED and low_at(tokens, at - 1) in ("when", "if", "while")
    passive = tokens[at].low in PASSIVE and low_at(tokens, be) in BE
    if not (asked or passive) or after not in _COMPLEMENT:
        return ()
    quoted_as = after == "as" and low_at(tokens, at + 2).endswith("ing")
    source = find_left_phrase(tokens, be) if quoted_as else None
    if after == "by":
        source = find_right_phrase(tokens, at + 2)
    start = at + 3 if quoted_as else at + 1
    cue = (at if asked else be, at + 1)
    return (_Found(source, cue, (start, len(tokens)), "passive"),)


def _read_nominal(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'the ministry's claim that', 'his warning of', 'reports that'."""
    after = low_at(tokens, at + 1)
    if tokens[at].low not in NOUNS or after not in ("that", "of", "about", "to", "on"):
        return ()
    for owner in range(at - 1, max(-1, at - 5), -1):
        low = tokens[owner].low
        if low.endswith(("'s", "s'")) or low in _OWNERS:
            first = owner if low in _OWNERS else find_phrase_start(tokens, owner)
            return (_Found((first, owner + 1), (at, at + 1), (at + 1, len(tokens)), "nominal"),)
    if after == "that":
        return (_Found(None, (at, at + 1), (at + 2, len(tokens)), "nominal"),)
    return ()


def _read_infinitive(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'They plan to urge the council', 'support for the plan': whose word it is stays open."""
    low, after = tokens[at].low, low_at(tokens, at + 1)
    form, group = VERBS.get(low, ("", "", ""))[1:]
    urged = form == "base" and group in ("say", "act") and low_at(tokens, at - 1) == "to"
    held = low in NOUNS and (after == "for" or (after == "of" and low not in VERBS))
    if not (urged or held) or low in UNSURE:
        return ()
    return (_Found(None, (at, at + 1), (at + 1, len(tokens)), "attitude"),)


def _read_verb(tokens: Tokens, at: int, before: Sequence[_Found]) -> Sequence[_Found]:
    """A verb of the tables as predicate, participle or behind its content."""
    low = tokens[at].low
    if low not in VERBS or (low in UNSURE and (low, low_at(tokens, at + 1)) != ("points", "out")):
        return ()
    lemma, form, group = VERBS[low]
    if _is_noun(tokens, at, form):
        return ()
    content: Range = find_after_verb(tokens, at, lemma)
    kind: Kind = "attitude" if group == "hold" else _find_kind(tokens)
    if form == "ing" and not is_be(tokens, at - 1):
        implied = find_implied(tokens, at, _list_named(before))
        source = implied if group != "show" else None
    elif source := find_inverted(tokens, at, lemma):
        resumed = any(token.quoted for token in tokens[source[1] + 1 :])
        content = (0, len(tokens) if resumed else at)
    else:
        verb = skip_left(tokens, at - 1) if form == "ing" else at
        source = find_left_phrase(tokens, verb)
        if source is None:
            return _read_coordinated(tokens, at, before, _Found(None, (at, at + 1), content, kind))
        if not agrees(tokens, at, form, source):
            return ()
        content = find_content(tokens, at, lemma, source)
        if group == "show" and low_at(tokens, source[0]) in ("it", "there"):
            return (_Found(None, (at, at + 1), content, "passive"),)
    return (_Found(source, (at, at + 1), content, kind),)


def _list_named(before: Sequence[_Found]) -> list[Range]:
    """The sources so far who speak: the owner of a claim or view is only mentioned."""
    return [found.source for found in before if found.source and found.kind != "nominal"]


def _read_coordinated(
    tokens: Tokens, at: int, before: Sequence[_Found], found: _Found
) -> Sequence[_Found]:
    """A second predicate, '… and vowed to return': by the source before it, if one is known."""
    last = low_at(tokens, skip_left(tokens, at - 1))
    form = VERBS[tokens[at].low][1]
    if last not in ("and", "but", "or", ",") or form not in ("past", "s"):
        return ()
    return (replace(found, source=find_implied(tokens, at, _list_named(before))),)


def _is_noun(tokens: Tokens, at: int, form: str) -> bool:
    """Whether the word is no finite verb here: 'the claim', 'alleged thieves', 'to say'."""
    left = low_at(tokens, at - 1)
    if left in DETERMINERS or left.endswith("'s") or left in _PREPOSITIONS:
        return form != "ing" or left not in _GERUND
    if form == "ing":
        return left in ("as", "that", "no")
    if form == "past":
        return is_be(tokens, at - 1)
    if form == "s" and (left.endswith("ed") or left == "written"):
        return True  # "unanswered questions"
    if _ADJECTIVAL.search(left) or (form == "base" and left in ("to", "")):
        return True
    # "Reacting to the mayor's claims, …": a plural noun ends its phrase.
    first = find_phrase_start(tokens, at - 1) if at else 0
    closes = stops(tokens, at + 1) and low_at(tokens, at + 1) not in ('"', ":")
    opened = first > 0 and (tokens[first - 1].quoted or tokens[first - 1].text in ",-")
    return form == "s" and closes and not opened and first > 0


# The first that applies to a word is taken.
_RULES = (
    _read_according,
    _read_relay,
    _read_passive,
    _read_verb,
    _read_nominal,
    _read_infinitive,
)


def _find_kind(tokens: Tokens) -> Kind:
    return "direct" if any(token.quoted for token in tokens) else "indirect"


def _list_bare(text: str) -> tuple[Saying, ...]:
    """The quotations of a sentence without any cue."""
    spans = find_quoted_spans(text)
    return tuple(
        Saying("", "", "direct", start, end)
        for start, end in spans
        if len(text[start:end].split()) >= 6 or end - start > len(text) / 2
    )


def _to_saying(text: str, tokens: Tokens, found: _Found) -> Saying:
    def place(span: Range) -> Range:
        inside = tokens[span[0] : span[1]]
        return (inside[0].start, inside[-1].end) if inside else (len(text), len(text))

    source = place(found.source) if found.source else (-1, -1)
    cue, content = place(found.cue), place(found.content)
    return Saying(
        source=text[source[0] : source[1]] if found.source else "",
        cue=text[cue[0] : cue[1]],
        kind=found.kind,
        start=content[0],
        end=content[1],
        source_at=source[0],
        cue_at=cue[0],
    )
