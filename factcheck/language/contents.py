"""A verb of saying and its source go in; where the content of what is said stands comes out."""

from __future__ import annotations

from factcheck.language.phrases import DETERMINERS, Range, Tokens, low_at, past_adverbial, stops
from factcheck.language.words import split_table

_TELLING = split_table("tell remind inform assure advise ask warn interview")
_WITHIN = DETERMINERS | split_table("of at in on for with from and")
_OBJECT_ENDS = split_table("that to how what why about if whether he she they it i we of there")


def content_of(tokens: Tokens, at: int, lemma: str, source: Range) -> Range:
    """What is said: behind the verb, or before the source where the verb closes the clause."""
    first, end = source[0], past_object(tokens, at, lemma)
    later = any(token.quoted for token in tokens[at:])
    if first > 0 and tokens[first - 1].quoted and low_at(tokens, at + 1) not in ("that", ":"):
        return (0, len(tokens) if later else first)
    opened = first > 1 and tokens[first - 1].text in ",-?!"
    if opened and stops(tokens, end) and low_at(tokens, end) != ":":
        return (0, len(tokens) if low_at(tokens, end) == "," else first)
    return after_verb(tokens, at, lemma)


def past_object(tokens: Tokens, at: int, lemma: str) -> int:
    """The place behind the adverbials of a verb, and behind whom it was told."""
    start = _past_particle(tokens, at)
    if lemma not in _TELLING:
        return past_adverbial(tokens, start)
    end = start
    while (
        end - start <= 10
        and not stops(tokens, end)
        and (end == start or low_at(tokens, end) not in _OBJECT_ENDS)
    ):
        end += 1
    return _object_end(tokens, start, end)


def _object_end(tokens: Tokens, start: int, end: int) -> int:
    """Where a clause without "that" begins behind whom it was told, at the latest at `end`.

    "Told reporters the tower was safe", "told a crowd Roth had won": at a determiner or name.
    """
    for at in range(start + 1, end):
        named = tokens[at].text[0].isupper() and tokens[at - 1].text[0].islower()
        if tokens[at].low in DETERMINERS or (named and tokens[at - 1].low not in _WITHIN):
            return end if tokens[at - 1].low in _WITHIN else at
    return end


def _past_particle(tokens: Tokens, at: int) -> int:
    """The place behind the verb, "out" in "point out" and "call out" included."""
    return at + 2 if low_at(tokens, at + 1) == "out" else at + 1


def after_verb(tokens: Tokens, at: int, lemma: str) -> Range:
    """What follows the verb, without its object, adverbials and "that"."""
    start, behind = _past_particle(tokens, at), past_object(tokens, at, lemma)
    opens = behind < len(tokens) and (
        low_at(tokens, behind) == "that" or tokens[behind].text in ',:"'
    )
    if opens or lemma in _TELLING:
        start = behind
    while start < len(tokens) and low_at(tokens, start) in ("that", ",", ":"):
        start += 1
    return min(start, len(tokens)), len(tokens)
