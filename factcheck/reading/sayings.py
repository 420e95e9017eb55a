"""The sentences of an article go in; on whose word each stands, as printed, comes out.

A quotation that runs on over sentences and paragraphs keeps its source, marked as
carried over; a pronoun is printed with the name before it. Where nothing is found,
nothing is claimed: the article's "own voice" is never inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.models import Article, Sentence
from factcheck.reading.models import SaidBy
from factcheck.text.attribution import Saying, saying
from factcheck.text.copies import quoted_spans
from factcheck.text.words import listed, straight

_PRONOUNS = listed("he she they it we i his her their its this that these those one who")
_RELATIVE = listed("who which that this it what but and if there")
_SEEMING = listed("appear appears appeared seem seems seemed")
_LONGEST = 18  # words; a longer source is a clause that was misread
_REACH = 3  # sentences back to the name that a pronoun may stand for
_MOSTLY = 0.7  # share of a sentence within quotation marks that makes it a quotation


@dataclass(frozen=True, slots=True)
class _Before:
    """What the sentences so far leave behind: the last source, the last name, where it stood."""

    said: SaidBy | None = None
    quoting: bool = False
    name: str = ""
    number: int = 0


def attributed(article: Article) -> dict[int, tuple[SaidBy, ...]]:
    """Sentence number to the attributions found in it; () where there are none.

    English only: other languages give () throughout.
    """
    if article.language[:2] != "en":
        return {}
    found: dict[int, tuple[SaidBy, ...]] = {}
    before = _Before()
    for sentence in article.sentences:
        if sentence.kind == "body":
            said = _said(sentence, before)
            found[sentence.number] = said
            before = _after(sentence, said, before)
    return found


def is_pronoun(source: str) -> bool:
    """Whether a source is printed as a pronoun, or begins with a possessive one."""
    return straight(source).lower().partition(" ")[0] in _PRONOUNS


def _said(sentence: Sentence, before: _Before) -> tuple[SaidBy, ...]:
    sayings = saying(sentence.text)
    known = [_found(one, sentence, before) for one in sayings if _is_source(one)]
    if known:
        return tuple({one.source: one for one in reversed(known)}.values())[::-1]
    if before.said and before.quoting and _is_quotation(sentence.text):
        return (before.said.model_copy(update={"carried": True, "cue": ""}),)
    return (SaidBy(source="", kind="direct"),) if sayings and _is_quotation(sentence.text) else ()


def _found(one: Saying, sentence: Sentence, before: _Before) -> SaidBy:
    near = before.name and sentence.number - before.number <= _REACH
    after = before.name if near and is_pronoun(one.source) else ""
    return SaidBy(source=one.source, cue=one.cue, kind=one.kind, after=after)


def _after(sentence: Sentence, said: Sequence[SaidBy], before: _Before) -> _Before:
    """What this sentence leaves behind for the next."""
    direct = [one for one in said if one.source and one.kind in ("direct", "relay")]
    names = [_name(one.source) for one in said if one.source and not is_pronoun(one.source)]
    fresh = [one for one in said if not one.carried]
    last = direct[-1] if direct else None
    return _Before(
        said=last,
        quoting=bool(last) and bool(quoted_spans(sentence.text) or not fresh),
        name=names[-1] if names else before.name,
        number=sentence.number if names else before.number,
    )


def _is_source(one: Saying) -> bool:
    """Whether an attribution is of words, to a source that tells a reader something."""
    low = straight(one.source).lower()
    if not low or one.kind == "attitude" or one.cue.lower() in _SEEMING:
        return False
    if low in _RELATIVE or len(low.split()) > _LONGEST:
        return False
    # "His remarks" names what is spoken of, not who vouches for the sentence.
    return not (one.kind == "nominal" and is_pronoun(one.source))


def _name(source: str) -> str:
    """A source without the clause that follows it."""
    return re.split(r",? (?:who|which|whose)\b", source)[0]


def _is_quotation(text: str) -> bool:
    flat = straight(text)
    quoted = sum(end - start for start, end in quoted_spans(text))
    return quoted >= _MOSTLY * len(flat)
