"""Find the parts of a clause around a verb of saying: who speaks in it, and what is said.

The source stands before the verb, behind it or is left to be understood: "Roth said", "said
Roth", ", adding".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.language.phrases import (
    AUXILIARY,
    BE,
    DETERMINERS,
    LEADING,
    Range,
    Tokens,
    find_right_phrase,
    low_at,
    skip_adverbial,
    stops,
)
from factcheck.language.verbs import VERBS
from factcheck.language.words import split_table

_MODAL = split_table(
    """would will could can may might must should did does do didn't doesn't don't wouldn't won't
    couldn't can't""",
)
_PLURAL = split_table(
    """they we i you who which people police officials many some others most men women those
    percent third quarter half two three four five six seven eight nine ten several""",
)
CORE = split_table("say argue insist claim believe suggest")
_TOLD = split_table("tell remind inform assure")
# Past forms that do not end in "ed", by which a predicate is recognised.
_PAST = split_table(
    """went came took made got gave left held stood rose struck fell won lost met kept led brought
    sent put set cut hit ran began wrote drew broke chose drove fought threw shot let spent paid sat
    built grew heard saw says said""",
)
_PERSONAL = split_table("he she they we i you")
_CLAUSE = split_table("that it he she they we i you there this to")
_TELLING = split_table("tell remind inform assure advise ask warn interview")
_WITHIN = DETERMINERS | split_table("of at in on for with from and")
_OBJECT_ENDS = split_table("that to how what why about if whether he she they it i we of there")


def agrees(tokens: Tokens, at: int, form: str, source: Range) -> bool:
    """Whether the subject fits the form: "say" wants a plural or a modal before it."""
    if form != "base" or any(tokens[i].low in _MODAL for i in range(source[1], at)):
        return True
    # "Friends of Roth say": the plural may stand further left.
    first = source[0] if tokens[at].low in CORE else source[1] - 1
    said = (tokens[i].low for i in range(first, source[1]))
    return any(low in _PLURAL or low.isdigit() or re.search(r"[^sui']s$", low) for low in said)


def find_inverted(tokens: Tokens, at: int, lemma: str) -> Range | None:
    """The source behind the verb: '"…," said Roth', 'It rained, says the mayor.'"""
    if at == 0 or lemma in _TOLD:
        return None
    left, group = tokens[at - 1], VERBS[tokens[at].low][2]
    follows = left.quoted or (at > 1 and left.text == "," and tokens[at - 2].quoted)
    dashed = left.text == "-" and any(token.quoted for token in tokens[:at])
    marked = left.quoted or dashed or left.text in ",?!'\""
    source = find_right_phrase(tokens, at + 1)
    if source is None or not marked or not (group == "say" or (group == "act" and follows)):
        return None
    closed = source[1] >= len(tokens) or tokens[source[1]].text in ",.;"
    clause = _opens_clause(tokens, source[0]) and not (left.quoted and lemma == "say")
    if clause or not (closed or left.quoted) or any(tokens[i].low in BE for i in range(*source)):
        return None
    # "Roth, a lawyer, said rain stopped play": what follows is the content.
    if not follows and any(_is_predicate(tokens, i) for i in range(source[0] + 1, source[1])):
        return None
    return _with_apposition(tokens, source)


def _opens_clause(tokens: Tokens, at: int) -> bool:
    """Whether a clause or an adverbial opens here rather than a source: 'he', 'of the find'."""
    low = tokens[at].low.partition("'")[0]
    return low in _CLAUSE or low in LEADING or low == "of"


def _with_apposition(tokens: Tokens, source: Range) -> Range:
    """'Roth, a lawyer in Orle.': the apposition up to the next comma belongs to the source.

    And the name in "its secretary, Ana Roth.".
    """
    end = source[1]
    if low_at(tokens, end) == "," and tokens[source[0]].low in DETERMINERS:
        named = end + 1
        while named < len(tokens) and tokens[named].text[0].isupper():
            named += 1
        if named > end + 1 and (named == len(tokens) or tokens[named].text in ",.;"):
            return source[0], named
    if low_at(tokens, end) == "," and low_at(tokens, end + 1) in ("a", "an", "the", "who", "whose"):
        end += 1
        while not stops(tokens, end):
            end += 1
        return source[0], end
    return source


def find_implied(tokens: Tokens, at: int, named: Sequence[Range]) -> Range | None:
    """The source of a participle (', adding that'): the last one named, else the subject."""
    if named:
        return named[-1]
    # "At a fair in Orle, on Sunday, the mayor drew …": the first that has a predicate.
    starts = (0, *(i + 1 for i in range(min(at, 16)) if tokens[i].text == ","))
    return next((found for start in starts if (found := _find_subject(tokens, start, at))), None)


def _find_subject(tokens: Tokens, start: int, at: int) -> Range | None:
    """The noun phrase from `start` on that a predicate closes before `at`."""
    end = start
    while end < at and not stops(tokens, end) and not _is_predicate(tokens, end):
        end += 1
        if end - start == 1 and tokens[start].low in _PERSONAL:
            return start, end
    closed = end < at and _is_predicate(tokens, end)
    fits = closed and start < end <= start + 8
    return (start, end) if fits and tokens[start].low not in LEADING else None


def _is_predicate(tokens: Tokens, at: int) -> bool:
    low = tokens[at].low
    return low in BE | AUXILIARY | _PAST or (low.endswith("ed") and tokens[at].text[0].islower())


def find_content(tokens: Tokens, at: int, lemma: str, source: Range) -> Range:
    """What is said: behind the verb, or before the source where the verb closes the clause."""
    first, end = source[0], skip_object(tokens, at, lemma)
    later = any(token.quoted for token in tokens[at:])
    if first > 0 and tokens[first - 1].quoted and low_at(tokens, at + 1) not in ("that", ":"):
        return (0, len(tokens) if later else first)
    opened = first > 1 and tokens[first - 1].text in ",-?!"
    if opened and stops(tokens, end) and low_at(tokens, end) != ":":
        return (0, len(tokens) if low_at(tokens, end) == "," else first)
    return find_after_verb(tokens, at, lemma)


def skip_object(tokens: Tokens, at: int, lemma: str) -> int:
    """The place behind the adverbials of a verb, and behind whom it was told."""
    start = _skip_particle(tokens, at)
    if lemma not in _TELLING:
        return skip_adverbial(tokens, start)
    end = start
    while (
        end - start <= 10
        and not stops(tokens, end)
        and (end == start or low_at(tokens, end) not in _OBJECT_ENDS)
    ):
        end += 1
    return _find_object_end(tokens, start, end)


def _find_object_end(tokens: Tokens, start: int, end: int) -> int:
    """Where a clause without "that" begins behind whom it was told, at the latest at `end`.

    "Told reporters the tower was safe", "told a crowd Roth had won": at a determiner or name.
    """
    for at in range(start + 1, end):
        named = tokens[at].text[0].isupper() and tokens[at - 1].text[0].islower()
        if tokens[at].low in DETERMINERS or (named and tokens[at - 1].low not in _WITHIN):
            return end if tokens[at - 1].low in _WITHIN else at
    return end


def _skip_particle(tokens: Tokens, at: int) -> int:
    """The place behind the verb, "out" in "point out" and "call out" included."""
    return at + 2 if low_at(tokens, at + 1) == "out" else at + 1


def find_after_verb(tokens: Tokens, at: int, lemma: str) -> Range:
    """What follows the verb, without its object, adverbials and "that"."""
    start, behind = _skip_particle(tokens, at), skip_object(tokens, at, lemma)
    opens = behind < len(tokens) and (
        low_at(tokens, behind) == "that" or tokens[behind].text in ',:"'
    )
    if opens or lemma in _TELLING:
        start = behind
    while start < len(tokens) and low_at(tokens, start) in ("that", ",", ":"):
        start += 1
    return min(start, len(tokens)), len(tokens)
