"""A sentence goes in; who says what in it comes out, by rules of English news prose.

No parser: a cue (a verb of saying, "according to", a noun such as "claim") is looked
up in a table, the source is the noun phrase that its position gives, the content is
what remains of the clause. `benchmarks/quality.py` measures it on PolNeAR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from factcheck.text.contents import after_verb, content_of
from factcheck.text.copies import quoted_spans
from factcheck.text.phrases import (
    AUXILIARY,
    BE,
    CALENDAR,
    DETERMINERS,
    LEADING,
    VERBS,
    Range,
    Tokens,
    can_speak,
    is_be,
    left_phrase,
    low_at,
    past_adverbial,
    phrase_start,
    right_phrase,
    skip_left,
    stops,
    tokens_of,
)
from factcheck.text.verbs import ADJECTIVES, NOUNS, PASSIVE, UNSURE
from factcheck.text.words import listed

Kind = Literal["direct", "indirect", "according", "passive", "nominal", "relay", "attitude"]

_MODAL = listed(
    """would will could can may might must should did does do didn't doesn't don't wouldn't won't
    couldn't can't""",
)
_PLURAL = listed("they we i you who which people police officials many some others most men women")
_OWNERS = listed("his her their its my our your")
_ASKED = listed("asked pressed questioned")
_QUOTING = listed("quoted cited quoting citing")
_COMPLEMENT = listed("to that as of by for about if in whether why how what")
_CORE = listed("say argue insist claim believe suggest")
_PREPOSITIONS = listed("of for with by from in on at under against over into after without amid")
_GERUND = listed("by in after without")
_ADJECTIVAL = re.compile(r"(?:[a-z]{2}ian|ish|ese|[a-z]{3}ic|ive|[a-z]{3}al|ing)$")
_ALONE = listed("asked accused criticized criticised blamed praised told quoted called described")
_CLAUSE = listed("that it he she they we i you there this to")
# No rule applies to any other word.
_CUES = frozenset(VERBS) | PASSIVE | NOUNS | ADJECTIVES | _ASKED | _QUOTING
_CUES |= listed("according reportedly supposedly")


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
    """An attribution as ranges of tokens."""

    source: Range | None
    cue: Range
    content: Range
    kind: Kind


def saying(text: str) -> tuple[Saying, ...]:
    """The attributions of one sentence, in order of their cues.

    A relay gives two: in "Tass quoted the ministry as saying" both Tass and the
    ministry are sources. Cues inside quotations are left to the quotation. A
    quotation without a cue is one of kind "direct" without a source.
    """
    tokens = tokens_of(text)
    found: list[_Found] = []
    for at, token in enumerate(tokens):
        if token.is_word and not token.quoted:
            found += _at(tokens, at, found)
    if not found:
        return _bare(text)
    said = (_saying(text, tokens, one) for one in found)
    return tuple(one for one in said if one.start < one.end)


def _at(tokens: Tokens, at: int, before: Sequence[_Found]) -> Sequence[_Found]:
    """The attributions whose cue begins at this token: those of the first rule that applies."""
    if tokens[at].low not in _CUES:
        return ()
    for rule in _RULES:
        found = rule(tokens, at, before)
        if found:
            return found
    return ()


# --- rules: a place and what was found before it go in, attributions come out ------


def _opening(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'Asked whether it rained, …' and 'Said Roth, "…"' at the head of a sentence."""
    low, after = tokens[at].low, low_at(tokens, at + 1)
    if at:
        return ()
    if low in _ASKED and after in ("if", "whether", "about", "why", "how", "by", "what", "on"):
        end = 1
        while not stops(tokens, end):
            end += 1
        return (_Found(None, (0, 1), (1, end), "passive"),)
    source = right_phrase(tokens, 1) if low in ("said", "says", "wrote") else None
    if source and tokens[source[0]].text[0].isupper():
        return (_Found(source, (0, 1), (source[1], len(tokens)), _kind(tokens)),)
    return ()


def _according(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'According to Roth, …' and '…, according to Roth.'"""
    if tokens[at].low != "according" or low_at(tokens, at + 1) != "to":
        return ()
    end = at + 2
    while not stops(tokens, end):
        end += 1
    if end == at + 2 or low_at(tokens, at + 2) in ("schedule", "plan", "plans"):
        return ()
    # At the head of a sentence the content follows, else it stands before.
    heads = at <= 1 or tokens[at - 1].text in ":;"
    content = (end, len(tokens)) if heads else (0, at)
    return (_Found((at + 2, end), (at, at + 2), content, "according"),)


def _relay(tokens: Tokens, at: int, before: Sequence[_Found]) -> Sequence[_Found]:
    """'Tass quoted the ministry as saying': the carrier, and the one it quotes."""
    if tokens[at].low not in _QUOTING or is_be(tokens, at - 1):
        return ()
    end = at + 1
    while not stops(tokens, end) and low_at(tokens, end) != "as":
        end += 1
    if low_at(tokens, end) != "as" or not low_at(tokens, end + 1).endswith("ing"):
        return ()
    carrier = left_phrase(tokens, at) or (before[-1].source if before else None)
    closing = end + 3 >= len(tokens) or past_adverbial(tokens, end + 2) + 1 >= len(tokens)
    content = (0, carrier[0] if carrier else at) if closing else (end + 2, len(tokens))
    return (
        _Found(carrier, (at, at + 1), content, "relay"),
        _Found((at + 1, end), (end, end + 2), content, "relay"),
    )


def _passive(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'was quoted as saying', 'is believed to', 'it is said that', 'was accused of'."""
    be, after = skip_left(tokens, at - 1), low_at(tokens, at + 1)
    asked = tokens[at].low in _ASKED and low_at(tokens, at - 1) in ("when", "if", "while")
    passive = tokens[at].low in PASSIVE and low_at(tokens, be) in BE
    alone = low_at(tokens, at) in _ALONE
    if not (asked or passive) or (after not in _COMPLEMENT and not alone):
        return ()
    quoted_as = after == "as" and low_at(tokens, at + 2).endswith("ing")
    source = left_phrase(tokens, be) if quoted_as else None
    if after == "by":
        source = right_phrase(tokens, at + 2)
    start = at + 3 if quoted_as else at + 1
    cue = (at if asked else be, at + 1)
    return (_Found(source, cue, (start, len(tokens)), "passive"),)


def _nominal(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'the ministry's claim that', 'his warning of', 'reports that'."""
    after = low_at(tokens, at + 1)
    if tokens[at].low not in NOUNS or after not in ("that", "of", "about", "to", "on"):
        return ()
    for owner in range(at - 1, max(-1, at - 5), -1):
        low = tokens[owner].low
        if stops(tokens, owner):
            break
        if low.endswith(("'s", "s'")) or low in _OWNERS:
            first = owner if low in _OWNERS else phrase_start(tokens, owner)
            return (_Found((first, owner + 1), (at, at + 1), (at + 1, len(tokens)), "nominal"),)
    if after == "that":
        return (_Found(None, (at, at + 1), (at + 2, len(tokens)), "nominal"),)
    return ()


def _adjective(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'The mayor was confident that'."""
    if tokens[at].low not in ADJECTIVES or not is_be(tokens, at - 1):
        return ()
    subject = left_phrase(tokens, skip_left(tokens, at - 1))
    if subject is None or tokens[subject[0]].low == "it":
        return ()
    return (_Found(subject, (at, at + 1), (at + 1, len(tokens)), "indirect"),)


def _adverb(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'Reportedly': on the word of nobody named."""
    if tokens[at].low not in ("reportedly", "supposedly"):
        return ()
    return (_Found(None, (at, at + 1), (at + 1, len(tokens)), "passive"),)


def _infinitive(tokens: Tokens, at: int, _: Sequence[_Found]) -> Sequence[_Found]:
    """'They plan to urge the council', 'support for the plan': whose word it is stays open."""
    low, after = tokens[at].low, low_at(tokens, at + 1)
    form, group = VERBS.get(low, ("", "", ""))[1:]
    urged = form == "base" and group in ("say", "act") and low_at(tokens, at - 1) == "to"
    held = low in NOUNS and (after == "for" or (after == "of" and low not in VERBS))
    if not (urged or held) or low in UNSURE:
        return ()
    return (_Found(None, (at, at + 1), (at + 1, len(tokens)), "attitude"),)


def _verb(tokens: Tokens, at: int, before: Sequence[_Found]) -> Sequence[_Found]:
    """A verb of the tables as predicate, participle or behind its content."""
    low = tokens[at].low
    if low not in VERBS or low in UNSURE:
        return ()
    lemma, form, group = VERBS[low]
    if _is_noun(tokens, at, form):
        return ()
    content: Range = after_verb(tokens, at, lemma)
    kind: Kind = "attitude" if group == "hold" else _kind(tokens)
    if form == "ing" and not is_be(tokens, at - 1):
        source = _implied(tokens, at, before) if group != "show" else None
    elif inverted := _inverted(tokens, at, lemma):
        source = inverted
        resumed = any(token.quoted for token in tokens[inverted[1] + 1 :])
        content = (0, len(tokens) if resumed else at)
    else:
        verb = skip_left(tokens, at - 1) if form == "ing" else at
        source = left_phrase(tokens, verb)
        if source is None:
            return _coordinated(tokens, at, before, _Found(None, (at, at + 1), content, kind))
        if not _agrees(tokens, at, form, source):
            return ()
        content = content_of(tokens, at, lemma, source)
        if group == "show" and low_at(tokens, source[0]) in ("it", "there"):
            return (_Found(None, (at, at + 1), content, "passive"),)
    return (_Found(source, (at, at + 1), content, kind),) if source else ()


def _coordinated(
    tokens: Tokens, at: int, before: Sequence[_Found], found: _Found
) -> Sequence[_Found]:
    """A second predicate, '… and vowed to return': by the source before it, if one is known."""
    last = low_at(tokens, skip_left(tokens, at - 1))
    form = VERBS[tokens[at].low][1]
    if last not in ("and", "but", "or", ",") or form not in ("past", "s"):
        return ()
    return (replace(found, source=_implied(tokens, at, before)),)


def _is_noun(tokens: Tokens, at: int, form: str) -> bool:
    """Whether the word is no finite verb here: 'the claim', 'alleged thieves', 'to say'."""
    left = low_at(tokens, at - 1)
    if left in DETERMINERS or left.endswith("'s") or left in _PREPOSITIONS:
        return form != "ing" or left not in _GERUND
    if form == "ing":
        return left in ("as", "that", "no")
    if form == "past":
        return is_be(tokens, at - 1)
    if _ADJECTIVAL.search(left) or (form == "base" and left in ("to", "")):
        return True
    # "Reacting to the mayor's claims, …": a plural noun ends its phrase.
    first = phrase_start(tokens, at - 1) if at else 0
    closes = stops(tokens, at + 1) and low_at(tokens, at + 1) not in ('"', ":")
    opened = first > 0 and (tokens[first - 1].quoted or tokens[first - 1].text in ",-")
    return form == "s" and closes and not opened and first > 0


def _agrees(tokens: Tokens, at: int, form: str, source: Range) -> bool:
    """Whether the subject fits the form: "say" wants a plural or a modal before it."""
    if form != "base" or any(tokens[i].low in _MODAL for i in range(source[1], at)):
        return True
    # "Friends of Roth say": the plural may stand further left.
    first = source[0] if tokens[at].low in _CORE else source[1] - 1
    return any(
        low in _PLURAL or low.isdigit() or re.search(r"[^sui']s$", low)
        for low in (tokens[i].low for i in range(first, source[1]))
    )


def _inverted(tokens: Tokens, at: int, lemma: str) -> Range | None:
    """The source behind the verb: '"…," said Roth', 'It rained, says the mayor.'"""
    left = tokens[at - 1] if at else None
    group = VERBS[tokens[at].low][2]
    if left is None:
        return None
    follows = left.quoted or (at > 1 and left.text == "," and tokens[at - 2].quoted)
    if not (group == "say" or (group == "act" and follows)):
        return None
    source = right_phrase(tokens, at + 1)
    dashed = left.text == "-" and any(token.quoted for token in tokens[:at])
    if source is None or not (left.quoted or dashed or left.text in ",?!'\""):
        return None
    opening = tokens[source[0]].low
    if opening in _CLAUSE and not (left.quoted and lemma == "say"):
        return None
    closed = source[1] >= len(tokens) or tokens[source[1]].text in ",.;"
    if not (closed or left.quoted) or any(tokens[i].low in BE for i in range(*source)):
        return None
    return _with_apposition(tokens, source)


def _with_apposition(tokens: Tokens, source: Range) -> Range:
    """'Roth, a lawyer in Orle.': the apposition up to the next comma belongs to the source."""
    end = source[1]
    if low_at(tokens, end) == "," and low_at(tokens, end + 1) in ("a", "an", "the", "who", "whose"):
        end += 1
        while not stops(tokens, end):
            end += 1
        return source[0], end
    return source


def _implied(tokens: Tokens, at: int, before: Sequence[_Found]) -> Range | None:
    """The source of a participle (', adding that'): the last one named, else the subject."""
    named = [found.source for found in before if found.source]
    if named:
        return named[-1]
    start = end = _subject_start(tokens, at)
    while end < at and not stops(tokens, end) and tokens[end].low not in BE | AUXILIARY:
        if end > start and tokens[end].low.endswith("ed"):
            break
        end += 1
    fits = start < end < at and end - start <= 8 and can_speak(tokens, start, end)
    return (start, end) if fits else None


def _subject_start(tokens: Tokens, at: int) -> int:
    """Where the first clause begins, 'On Tuesday,' and 'But' before it left out."""
    if tokens[0].low not in LEADING and tokens[0].low not in CALENDAR:
        return 0
    comma = next((i for i in range(min(at, 8)) if tokens[i].text == ","), -1)
    return comma + 1 if comma > 0 else 1


# The first that applies to a word is taken.
_RULES = (
    _opening,
    _according,
    _relay,
    _passive,
    _verb,
    _nominal,
    _adjective,
    _adverb,
    _infinitive,
)


def _kind(tokens: Tokens) -> Kind:
    return "direct" if any(token.quoted for token in tokens) else "indirect"


def _bare(text: str) -> tuple[Saying, ...]:
    """The quotations of a sentence without any cue."""
    spans = quoted_spans(text)
    return tuple(
        Saying("", "", "direct", start, end)
        for start, end in spans
        if len(text[start:end].split()) >= 6 or end - start > len(text) / 2
    )


def _saying(text: str, tokens: Tokens, found: _Found) -> Saying:
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
