"""A sentence goes in; who says what in it comes out, by rules of English news prose.

No parser: a cue (a verb of saying, "according to", a noun such as "claim") is looked
up in a table, the source is the noun phrase that its position gives, the content is
what remains of the clause. `benchmarks/quality.py` measures it on PolNeAR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from factcheck.text.copies import quoted_spans
from factcheck.text.verbs import ACT, ADJECTIVES, NOUNS, PASSIVE, SAY, SHOW, UNSURE, forms
from factcheck.text.words import listed, straight

Kind = Literal["direct", "indirect", "according", "passive", "nominal", "relay"]
Range = tuple[int, int]

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Lt|Col|St|Jr|Sr|Prof|Sgt|Capt|Rev)\.|(?:[A-Za-z]\.){2,}|[A-Z]\.(?= [A-Z])"
    r"|[^\W_]+(?:[.,'&/-][^\W_]+)*|[^\w\s]",
)
# Party, state and age in parentheses stand between a name and its verb.
_ASIDE = re.compile(r"\([^()]{1,40}\)")
_BE = listed("is are was were be been being am")
_AUXILIARY = listed(
    """has have had did does do not didn't doesn't don't hasn't haven't hadn't never also later
    then would will could can may might must should won't wouldn't can't couldn't often once ever
    again still even just now already sometimes always soon first recently himself herself
    themselves both all simply only well further initially""",
)
_MODAL = listed(
    """would will could can may might must should did does do didn't doesn't don't wouldn't won't
    couldn't can't""",
)
_PRONOUNS = listed("he she they it we i you who which")
_PLURAL = listed("they we i you who which people police officials many some others most men women")
# A noun phrase does not run across these words to its left.
_BOUNDARY = listed(
    """but while although though because as when if after before since where whether than so yet
    what how why until unless and or nor then is are was were be has have had will would can
    could may might should did does do not to that even""",
)
_LEADING = listed(
    """but and so yet still however meanwhile then in on at during after before earlier later also
    for as when while since now today yesterday instead by with though from which whom that
    if once according""",
)
_CALENDAR = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december morning afternoon evening night week
    month year today yesterday""",
)
_DETERMINERS = listed("the a an his her their its my our your these those no any such")
_TELLING = listed("tell remind inform assure advise ask warn interview")
_OBJECT_ENDS = listed("that to how what why about if whether he she they it i we of there")
_ADVERBIAL = listed("in on during at to after before while from by via through last this earlier")
_VERBS = {
    **{form: (lemma, kind, "show") for form, (lemma, kind) in forms(SHOW).items()},
    **{form: (lemma, kind, "act") for form, (lemma, kind) in forms(ACT).items()},
    **{form: (lemma, kind, "say") for form, (lemma, kind) in forms(SAY).items()},
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution: on whose word, by which cue, and where the content stands.

    `source` is "" where the sentence does not name one (a bare quotation, a passive).
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
class _Token:
    text: str
    low: str
    start: int
    end: int
    quoted: bool
    is_word: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution as ranges of tokens."""

    source: Range | None
    cue: Range
    content: Range
    kind: Kind


Tokens = Sequence[_Token]


def saying(text: str) -> tuple[Saying, ...]:
    """The attributions of one sentence, in order of their cues.

    A relay gives two: in "Tass quoted the ministry as saying" both Tass and the
    ministry are sources. Cues inside quotations are left to the quotation. A
    quotation without a cue is one of kind "direct" without a source.
    """
    tokens = _tokens(text)
    found: list[_Found] = []
    for at, token in enumerate(tokens):
        if token.is_word and not token.quoted:
            found += _at(tokens, at, found)
    if not found:
        return _bare(text)
    return tuple(_saying(text, tokens, one) for one in found)


def _at(tokens: Tokens, at: int, before: Sequence[_Found]) -> list[_Found]:
    """The attributions whose cue begins at this token."""
    low = tokens[at].low
    if low == "according" and _low(tokens, at + 1) == "to":
        return _according(tokens, at)
    if low in ("quoted", "cited", "quoting", "citing") and not _is_be(tokens, at - 1):
        relay = _relay(tokens, at, before)
        if relay:
            return relay
    if at == 0 and (opening := _opening(tokens)):
        return [opening]
    if low in PASSIVE and (passive := _passive(tokens, at)):
        return [passive]
    if low in _VERBS and low not in UNSURE:
        verb = _verb(tokens, at, before)
        return [verb] if verb else []
    if low in NOUNS:
        nominal = _nominal(tokens, at)
        return [nominal] if nominal else []
    if low in ADJECTIVES and _is_be(tokens, at - 1):
        subject = _left(tokens, at - 1)
        return [_Found(subject, (at, at + 1), (at + 1, len(tokens)), "indirect")] if subject else []
    if low in ("reportedly", "allegedly", "supposedly"):
        return [_Found(None, (at, at + 1), (at + 1, len(tokens)), "passive")]
    return []


# --- tokens --------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    flat = _ASIDE.sub(lambda aside: " " * len(aside[0]), straight(text))
    spans = [span for span in quoted_spans(text) if not _is_title(text[span[0] : span[1]])]
    return [
        _Token(
            text=match[0],
            low=match[0].lower(),
            start=match.start(),
            end=match.end(),
            quoted=any(start <= match.start() < end for start, end in spans),
            is_word=match[0][0].isalnum(),
        )
        for match in _TOKEN.finditer(flat)
    ]


def _is_title(quote: str) -> bool:
    """Whether the quotation is the title of a work: all its longer words are capitalised."""
    said = re.findall(r"[^\W\d_]+", quote)
    return (
        1 < len(said) <= 8
        and all(w[0].isupper() or len(w) <= 3 for w in said)
        and (said[0][0].isupper() and said[-1][0].isupper())
    )


def _low(tokens: Tokens, at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _is_be(tokens: Tokens, at: int) -> bool:
    return _low(tokens, _skip_left(tokens, at)) in _BE


def _skip_left(tokens: Tokens, at: int) -> int:
    """The place left of the auxiliaries and adverbs that end at `at`."""
    while (
        at >= 0
        and not tokens[at].quoted
        and (
            tokens[at].low in _AUXILIARY
            or (tokens[at].low.endswith("ly") and len(tokens[at].low) > 4)
        )
    ):
        at -= 1
    return at


def _stops(tokens: Tokens, at: int) -> bool:
    """Whether a clause ends here: the end, a quotation, or punctuation."""
    if not 0 <= at < len(tokens) or tokens[at].quoted:
        return True
    if tokens[at].text == "." and at + 1 < len(tokens):
        # An abbreviation, unless a new sentence begins.
        return tokens[at + 1].text[:1].isupper()
    return not tokens[at].is_word and not _is_inner(tokens, at)


def _is_inner(tokens: Tokens, at: int) -> bool:
    """Whether a mark belongs to a word or number: "$5", "al-Sabah", but no dash or comma."""
    glued = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
    return tokens[at].text in "$%[]&@#/" or (tokens[at].text == "-" and glued)


# --- sources -------------------------------------------------------------------


def _left(tokens: Tokens, at: int) -> Range | None:
    """The noun phrase that ends at the verb at `at`, an apposition before it included."""
    last = _skip_left(tokens, at - 1)
    if last < 0 or tokens[last].quoted:
        return None
    if tokens[last].low in _PRONOUNS:
        return last, last + 1
    if tokens[last].text in ",-":
        return _apposed(tokens, last)
    if not tokens[last].is_word:
        return None
    first = _phrase_start(tokens, last)
    return (first, last + 1) if first <= last else None


def _phrase_start(tokens: Tokens, last: int) -> int:
    """Where the noun phrase that ends at `last` begins."""
    first = last
    while first > 0 and not _stops(tokens, first - 1) and not _bars(tokens, first - 1):
        first -= 1
    while first < last and (tokens[first].low in _LEADING or tokens[first].low.endswith("ly")):
        # "In Kyiv officials said" is left whole; "On Tuesday officials said" is not.
        first += 1
        while first < last and tokens[first].low in _CALENDAR:
            first += 1
    return first


def _bars(tokens: Tokens, at: int) -> bool:
    low = tokens[at].low
    if low == "and" or low == "or":
        # "Roth and Smith said" is one phrase, "it rained and Smith said" is not.
        return not (tokens[at - 1].text[:1].isupper() and tokens[at + 1].text[:1].isupper())
    if low in _BOUNDARY:
        return True
    verb = _VERBS.get(low)
    return verb is not None and verb[1] == "past" and _low(tokens, at - 1) not in _DETERMINERS


def _apposed(tokens: Tokens, last: int) -> Range | None:
    """The phrase with its apposition, as in 'Roth, the mayor, said': `last` is the mark."""
    opening, mark = last, tokens[last].text
    for _ in range(3):
        opening -= 1
        while opening > 0 and (
            not _stops(tokens, opening) or (mark == "-" and tokens[opening].text == ",")
        ):
            opening -= 1
        if opening <= 0 or tokens[opening].text != mark or tokens[opening].quoted:
            return None
        head = opening - 1
        first = _phrase_start(tokens, head)
        if not tokens[head].is_word or tokens[head].quoted:
            return None
        # "Roth, now 81 and living in Orle, Brane, said": go on to the head.
        if tokens[first].low not in _APPOSING and not tokens[first].low.isdigit():
            return first, last
    return None


_APPOSING = listed("now who which whose then formerly aged whom including")


def _right(tokens: Tokens, at: int) -> Range | None:
    """The noun phrase that begins at `at`, up to punctuation or a clause."""
    end = at
    while not _stops(tokens, end) and tokens[end].low not in (
        "that",
        "in",
        "on",
        "during",
        "when",
        "as",
        "after",
        "who",
        "while",
        "at",
        "to",
        "because",
    ):
        end += 1
    while end > at and tokens[end - 1].low in _CALENDAR:
        end -= 1
    return (at, end) if end > at else None


# --- rules ---------------------------------------------------------------------


def _opening(tokens: Tokens) -> _Found | None:
    """'Asked whether it rained, …' and 'Said Roth, "…"' at the head of a sentence."""
    low, after = tokens[0].low, _low(tokens, 1)
    if low in ("asked", "pressed", "questioned") and after in (
        "if",
        "whether",
        "about",
        "why",
        "how",
    ):
        end = 1
        while not _stops(tokens, end):
            end += 1
        return _Found(None, (0, 1), (1, end), "passive")
    source = _right(tokens, 1) if low in ("said", "says", "wrote") else None
    if source and tokens[source[0]].text[0].isupper():
        return _Found(source, (0, 1), (source[1], len(tokens)), _kind(tokens))
    return None


def _according(tokens: Tokens, at: int) -> list[_Found]:
    end = at + 2
    while not _stops(tokens, end):
        end += 1
    source = (at + 2, end)
    if source[0] == source[1]:
        return []
    # At the head of a sentence the content follows, else it stands before.
    content = (end, len(tokens)) if at <= 1 else (0, at)
    return [_Found(source, (at, at + 2), content, "according")]


def _relay(tokens: Tokens, at: int, before: Sequence[_Found]) -> list[_Found]:
    """'Tass quoted the ministry as saying': the carrier, and the one it quotes."""
    end = at + 1
    while not _stops(tokens, end) and _low(tokens, end) != "as":
        end += 1
    if _low(tokens, end) != "as" or not _low(tokens, end + 1).endswith("ing"):
        return []
    carrier = _left(tokens, at) or (before[-1].source if before else None)
    content = (end + 2, len(tokens)) if end + 3 < len(tokens) else (0, at)
    if carrier and end + 3 >= len(tokens):
        content = (0, carrier[0])
    return [
        _Found(carrier, (at, at + 1), content, "relay"),
        _Found((at + 1, end), (end, end + 2), content, "relay"),
    ]


def _passive(tokens: Tokens, at: int) -> _Found | None:
    """'was quoted as saying', 'is believed to', 'it is said that', 'was accused of'."""
    be = _skip_left(tokens, at - 1)
    if _low(tokens, be) not in _BE:
        return None
    after = _low(tokens, at + 1)
    if after not in ("to", "that", "as", "of", "by", "for", "about", "if", "in"):
        return None
    subject = _left(tokens, be)
    quoted_as = after == "as" and _low(tokens, at + 2).endswith("ing")
    source = subject if quoted_as else None
    if after == "by":
        source = _right(tokens, at + 2)
    start = at + 3 if quoted_as else at + 1
    return _Found(source, (be, at + 1), (start, len(tokens)), "passive")


def _nominal(tokens: Tokens, at: int) -> _Found | None:
    """'the ministry's claim that', 'his warning of'."""
    if _low(tokens, at + 1) not in ("that", "of", "about", "to", "on"):
        return None
    owner = at - 1
    while owner >= 0 and at - owner <= 3 and not _stops(tokens, owner):
        low = tokens[owner].low
        if low.endswith(("'s", "s'")) or low in ("his", "her", "their", "its", "my", "our"):
            first = _phrase_start(tokens, owner) if "'" in low else owner
            content = (at + 1, len(tokens))
            return _Found((first, owner + 1), (at, at + 1), content, "nominal")
        owner -= 1
    if _low(tokens, at + 1) == "that":
        return _Found(None, (at, at + 1), (at + 2, len(tokens)), "nominal")
    return None


def _verb(tokens: Tokens, at: int, before: Sequence[_Found]) -> _Found | None:
    lemma, form, group = _VERBS[tokens[at].low]
    if _is_noun(tokens, at, form):
        return None
    if form == "ing" and not _is_be(tokens, at - 1):
        source = _implied(tokens, at, before)
        if source is None or group == "show":
            return None
        return _Found(source, (at, at + 1), _after(tokens, at, lemma), _kind(tokens))
    inverted = _inverted(tokens, at, lemma)
    if inverted:
        content = (0, at)
        resumed = inverted[1] + 1
        if resumed < len(tokens) and any(t.quoted for t in tokens[resumed:]):
            content = (0, len(tokens))
        return _Found(inverted, (at, at + 1), content, _kind(tokens))
    source = _left(tokens, at)
    if source is None or not _agrees(tokens, at, form, source):
        return None
    if group == "show" and _low(tokens, source[0]) in ("it", "there"):
        return _Found(None, (at, at + 1), (at + 1, len(tokens)), "passive")
    content = _content(tokens, at, lemma, source)
    return _Found(source, (at, at + 1), content, _kind(tokens))


def _is_noun(tokens: Tokens, at: int, form: str) -> bool:
    """Whether the word is no finite verb here: 'the claim', 'alleged thieves', 'to say'."""
    left = _low(tokens, at - 1)
    if left in _DETERMINERS or left.endswith("'s") or left in ("of", "for", "with", "by", "from"):
        return True
    if form == "past":
        return _is_be(tokens, at - 1) and not _low(tokens, at - 1) == ""
    return form == "base" and (left == "to" or left == "")


def _agrees(tokens: Tokens, at: int, form: str, source: Range) -> bool:
    """Whether the subject fits the form: "say" wants a plural or a modal before it."""
    if form != "base":
        return True
    modal = any(tokens[i].low in _MODAL for i in range(source[1], at))
    phrase = [tokens[i].low for i in range(*source)]
    return modal or any(
        low in _PLURAL or low.isdigit() or re.search(r"[^sui']s$", low) for low in phrase
    )


def _inverted(tokens: Tokens, at: int, lemma: str) -> Range | None:
    """The source behind the verb: '"…," said Roth', 'It rained, says the mayor.'"""
    left = tokens[at - 1] if at else None
    if left is None or _VERBS[tokens[at].low][2] != "say":
        return None
    if not left.quoted and left.text not in ",?!'\"":
        return None
    source = _right(tokens, at + 1)
    if source is None or tokens[source[0]].low in ("that", "he", "she") and lemma != "say":
        return None
    closed = source[1] >= len(tokens) or tokens[source[1]].text in ",.;" or left.quoted
    if not closed:
        return None
    return _with_apposition(tokens, source)


def _with_apposition(tokens: Tokens, source: Range) -> Range:
    """'Roth, a lawyer in Orle.': the apposition up to the next comma belongs to the source."""
    end = source[1]
    if _low(tokens, end) == "," and _low(tokens, end + 1) in ("a", "an", "the", "who", "whose"):
        end += 1
        while not _stops(tokens, end):
            end += 1
        return source[0], end
    return source


def _implied(tokens: Tokens, at: int, before: Sequence[_Found]) -> Range | None:
    """The source of a participle (', adding that'): the last one named, else the subject."""
    named = [found.source for found in before if found.source]
    if named:
        return named[-1]
    end = 0
    while end < at and not _stops(tokens, end) and tokens[end].low not in _BE | _AUXILIARY:
        if end and tokens[end].low.endswith("ed"):
            break
        end += 1
    first = 1 if tokens[0].low in _LEADING else 0
    return (first, end) if first < end < at and end - first <= 8 else None


def _kind(tokens: Tokens) -> Kind:
    return "direct" if any(token.quoted for token in tokens) else "indirect"


# --- contents ------------------------------------------------------------------


def _content(tokens: Tokens, at: int, lemma: str, source: Range) -> Range:
    """What is said: behind the verb, or before the source where the verb closes the clause."""
    end = _past_adverbial(tokens, at + 1)
    first = source[0]
    opened = first > 1 and (tokens[first - 1].quoted or tokens[first - 1].text in ",-?!")
    if opened and _stops(tokens, end) and not (end < len(tokens) and tokens[end].text == ":"):
        rest = range(end, len(tokens))
        resumed = any(tokens[i].quoted for i in rest) or (
            _low(tokens, end) == "," and not any(tokens[i].quoted for i in range(first))
        )
        return (0, len(tokens)) if resumed else (0, first)
    return _after(tokens, at, lemma)


def _past_adverbial(tokens: Tokens, at: int) -> int:
    """The place behind 'in a statement', 'on Tuesday', 'to reporters'."""
    if _low(tokens, at) in _CALENDAR or _low(tokens, at) in _ADVERBIAL:
        end = at
        while not _stops(tokens, end) and _low(tokens, end) != "that":
            end += 1
        if end - at <= 8:
            return end
    return at


def _after(tokens: Tokens, at: int, lemma: str) -> Range:
    start = at + 1
    if lemma in _TELLING:
        end = start
        while not _stops(tokens, end) and (end == start or _low(tokens, end) not in _OBJECT_ENDS):
            end += 1
        if end - start <= 10:
            start = end
    else:
        behind = _past_adverbial(tokens, start)
        if behind < len(tokens) and (
            _low(tokens, behind) == "that" or tokens[behind].text in ',:"'
        ):
            start = behind
    while start < len(tokens) and _low(tokens, start) in ("that", ",", ":"):
        start += 1
    return min(start, len(tokens)), len(tokens)


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
