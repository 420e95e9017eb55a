"""Find on whose word each sentence of an article stands, as printed.

A quotation that runs on over sentences and paragraphs keeps its source, marked as
carried over; a pronoun is printed with the name before it. Where nothing is found,
nothing is claimed: the article's "own voice" is never inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.language.attribution import Saying, saying
from factcheck.language.copies import find_quoted_spans
from factcheck.language.words import split_table, straight
from factcheck.models import Article, Sentence
from factcheck.sidebyside.models import SaidBy

_PRONOUNS = split_table("he she they it we i his her their its this that these those one who")
# What is no source although it stands where one does: relative words and objects.
_NO_SOURCE = split_table("who which that this it what but and if there him her them me us you i we")
_CLAUSE = re.compile(r"^[^,]+ (?:he|she|they|it|we|i)\b", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(r",? (?:who|which|whose)\b")
_LINKED = re.compile(r"\b(?:who|whom|whose|which|that|what)\b")
_NOBODY = split_table("another Another some Some others Others many Many most Most")
_SEEMING = split_table("appear appears appeared seem seems seemed")
_LONGEST = 18  # words; a longer source is a clause that was misread
# Words that open no name of a source: a verb, or the clause of another sentence.
_VERB = re.compile(r"^(?:who|been|took|[a-z]+(?:ed|ing))\b(?! (?:official|source|police))")
_WHEN = re.compile(
    r",? (?:(?:this|last) (?:week|month|year|morning|evening)|today|yesterday|earlier|later"
    r"|(?:on |late |early )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
_MOSTLY = 0.7  # share of a sentence within quotation marks that makes it a quotation


@dataclass(frozen=True, slots=True)
class _Before:
    """What the sentence before leaves behind: who may go on, and whom "he" may stand for."""

    number: int = 0
    said: SaidBy | None = None
    names: tuple[str, ...] = ()


def attribute(article: Article) -> dict[int, tuple[SaidBy, ...]]:
    """Sentence number to the attributions found in it; {} for an article that is not in English."""
    if article.language[:2] != "en":
        return {}
    found: dict[int, tuple[SaidBy, ...]] = {}
    before = _Before()
    for sentence in article.sentences:
        if sentence.kind == "body":
            said = _attribute_sentence(sentence, before)
            found[sentence.number] = said
            before = _carry_over(sentence, said)
    return found


def is_pronoun(source: str) -> bool:
    """Whether a source is printed as a pronoun, or with a possessive one and without a name."""
    first, _, rest = straight(source).partition(" ")
    return first.lower() in _PRONOUNS and not re.search(r"\b[A-Z]", rest)


def _attribute_sentence(sentence: Sentence, before: _Before) -> tuple[SaidBy, ...]:
    sayings = saying(sentence.text)
    sources = [one for one in sayings if _is_source(one)]
    known = [
        _resolve(one, sentence, before)
        for place, one in enumerate(sources)
        # "Roth said that he hoped": he is Roth, who is listed already.
        if not (_is_personal(one.source) and any(map(_is_named, sources[:place])))
    ]
    if known:
        return tuple({one.source: one for one in reversed(known)}.values())[::-1]
    if before.said and _is_quotation(sentence.text):
        return (before.said.model_copy(update={"carried": True, "cue": ""}),)
    return (SaidBy(source="", kind="direct"),) if sayings and _is_quotation(sentence.text) else ()


def _resolve(one: Saying, sentence: Sentence, before: _Before) -> SaidBy:
    follows = sentence.number == before.number + 1
    near = [name for name in before.names if _may_be(straight(one.source).lower(), name)]
    # "One official" and "his office" are nobody named; only "he" and "she" look back.
    after = near[-1] if follows and near and _is_personal(one.source) else ""
    source = _WHEN.sub("", one.source) or one.source
    return SaidBy(source=source, cue=one.cue, kind=one.kind, after=after)


def _is_named(one: Saying) -> bool:
    return not is_pronoun(one.source) and one.kind != "nominal"


def _is_personal(source: str) -> bool:
    """Whether a source is "he" or "she": a person, and no ministry or country."""
    return straight(source).lower() in ("he", "she")


def _may_be(pronoun: str, name: str) -> bool:
    """Whether "he" or "she" may be a name: not "the Kremlin", and "she" not "Mr. Roth"."""
    first, _, rest = name.partition(" ")
    is_body = first.lower() == "the" and all(word[0].isupper() for word in rest.split())
    other = ("mrs", "ms", "miss") if pronoun == "he" else ("mr",)
    return not is_body and first.lower().rstrip(".") not in other


def _carry_over(sentence: Sentence, said: Sequence[SaidBy]) -> _Before:
    """What this sentence leaves behind for the next."""
    # "The mayor said:" hands over to the quotation in the next sentence.
    opens = sentence.text.rstrip().endswith(":")
    direct = [one for one in said if one.source and (opens or one.kind in ("direct", "relay"))]
    sources = (one.source for one in said if one.source and not is_pronoun(one.source))
    names = (_CLAUSE_AFTER.split(source)[0] for source in sources)
    goes_on = opens or find_quoted_spans(sentence.text)
    return _Before(
        number=sentence.number,
        said=direct[-1] if direct and goes_on else None,
        names=tuple(name for name in names if name not in _NOBODY),
    )


def _is_source(one: Saying) -> bool:
    """Whether an attribution is of words, to a source that tells a reader something."""
    low = straight(one.source).lower()
    if not low or one.kind == "attitude" or one.cue.lower() in _SEEMING:
        return False
    if low in _NO_SOURCE or len(low.split()) > _LONGEST or _VERB.match(straight(one.source)):
        return False
    if _CLAUSE.search(low) and not _LINKED.search(low):
        return False
    # "His remarks" names what is spoken of, not who vouches for the sentence.
    return not (one.kind == "nominal" and is_pronoun(one.source))


def _is_quotation(text: str) -> bool:
    quoted = sum(end - start for start, end in find_quoted_spans(text))
    return quoted >= _MOSTLY * len(text)
