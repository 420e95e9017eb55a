"""A word such as "quoted" or "according" goes in; who carries a saying, and whose it is, come out.

The rules of `attribution` for what is passed on: a relay shows both, the carrier first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from factcheck.language.phrases import (
    BE,
    Range,
    Tokens,
    find_left_phrase,
    is_be,
    low_at,
    right_phrase,
    skip_left,
    stops,
)
from factcheck.language.verbs import SPEAKERS
from factcheck.language.words import split_table

Kind = Literal["direct", "indirect", "according", "passive", "nominal", "relay", "attitude"]
QUOTING = split_table("quoted cited quoting citing")


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution as ranges of tokens; None for a source that is not named."""

    source: Range | None
    cue: Range
    content: Range
    kind: Kind


def according(tokens: Tokens, at: int, _: Sequence[Found]) -> Sequence[Found]:
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
    return (Found((at + 2, end), (at, at + 2), content, "according"),)


def relay(tokens: Tokens, at: int, before: Sequence[Found]) -> Sequence[Found]:
    """'Tass quoted the ministry as saying': the carrier, and the one it quotes."""
    if tokens[at].low not in QUOTING or is_be(tokens, at - 1):
        return ()
    end = at + 1
    while not stops(tokens, end) and low_at(tokens, end) != "as":
        end += 1
    if low_at(tokens, end) != "as" or not low_at(tokens, end + 1).endswith("ing"):
        return _citing(tokens, at, before)
    content = (end + 2, len(tokens))
    return (
        Found(find_left_phrase(tokens, at), (at, at + 1), content, "relay"),
        Found((at + 1, end), (end, end + 2), content, "relay"),
    )


def _citing(tokens: Tokens, at: int, before: Sequence[Found]) -> Sequence[Found]:
    """'It rained, Tass reported, citing the ministry': the one cited, if it can speak."""
    cited = right_phrase(tokens, at + 1) if tokens[at].low.endswith("ing") else None
    if cited is None or not any(tokens[i].low in SPEAKERS for i in range(*cited)):
        return ()
    content = before[-1].content if before else (cited[1], len(tokens))
    return (Found(cited, (at, at + 1), content, "relay"),)


def find_quoted_by(tokens: Tokens, at: int, _: Sequence[Found]) -> Sequence[Found]:
    """'Roth was quoted by Tass as saying', 'Roth was quoted as saying by Tass': both."""
    be = skip_left(tokens, at - 1)
    if tokens[at].low not in QUOTING or low_at(tokens, be) not in BE:
        return ()
    source, by = find_left_phrase(tokens, be), at + 1
    while by <= at + 3 and low_at(tokens, by) != "by":
        by += 1
    carrier = right_phrase(tokens, by + 1)
    saying_at = at + 2 if by == at + 3 else carrier[1] + 1 if carrier else -1
    if not (source and carrier and low_at(tokens, saying_at).endswith("ing")):
        return ()
    follows = max(saying_at + 1, carrier[1])
    content = (follows, len(tokens)) if follows + 1 < len(tokens) else (0, source[0])
    return (
        Found(carrier, (be, at + 1), content, "relay"),
        Found(source, (saying_at - 1, saying_at + 1), content, "relay"),
    )
