"""Check what a model answered against the sentences that it cites.

A check doubts, it does not overrule: what is doubted is asked again once, and stays with
the doubt as a flag if the model stands by it. The doubts are worded for the model and for
a reader of the report alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations, pairwise

from factcheck.language.agreement import compare
from factcheck.language.amounts import Quantity
from factcheck.language.cognates import beginnings, foreign_names, marks
from factcheck.language.missing import missing_numbers
from factcheck.language.names import missing_names
from factcheck.language.quantities import CLOCK, quantities
from factcheck.language.sums import written_sums
from factcheck.language.words import straight
from factcheck.models import Article, Claim, Remark
from factcheck.pipeline.wire import WireClaim, WireSpeaker

ZONE = re.compile(r"\b(?:GMT|UTC|[A-Z]{1,2}ST|CES?T)\b")
QUOTED = re.compile(r'"[^"]*"')
DIGIT = re.compile(r"\d")
LEAST_SHARED = 0.4
NEARER_BY = 0.1
"""Shares of a claim's words, weighed by rarity, that stand in a sentence."""
IN_ORDER = 0.75
"""Share of an answer's claims that follow the text, from which on its order tells something."""


def doubt_claim(article: Article, claim: WireClaim, whole: str) -> list[Remark]:
    """Numbers and names of a claim that neither its sentences nor the article hold.

    `whole` is the `article_text`, made once for all claims.
    """
    language, evidence = article.language, join_cited(article, claim.s)
    numbers = missing_numbers(claim.t, evidence, evidence_language=language, context=whole)
    if language != "en":
        nearby = join_cited(article, expand(claim.s))
        names = foreign_names(claim.t, nearby, whole, language, known=claim.by)
    elif names := missing_names(claim.t, evidence):
        names = missing_names(claim.t, whole, known=(claim.by,))
    return doubt_words(numbers, names, "the sentences cited", "the article as written")


def expand(numbers: Iterable[int]) -> list[int]:
    """Sentence numbers with those before and behind, in order."""
    return sorted({n + step for n in numbers for step in (-1, 0, 1)})


def doubt_places(
    article: Article, claims: Sequence[WireClaim], start: int, stop: int
) -> list[Remark | None]:
    """For each claim a doubt if its words stand rather where the order of claims leads to.

    Claims follow the text. One that cites sentences far from those of the claims around it
    is out of order, which happens; it is doubted if its words and numbers are not in those
    sentences either, in whatever language: they count by how they begin and by value, the
    more the fewer of these claims have them. Looked at are the sentences from `start` to
    `stop`, both included.
    """
    cited = [[n for n in claim.s if start <= n <= stop] or [start] for claim in claims]
    rising = sum(min(one) <= min(following) for one, following in pairwise(cited))
    if rising < IN_ORDER * (len(claims) - 1):
        return [None] * len(claims)
    shown = {
        s.number: marks(f"{s.section} {s.text}", article.language)
        for s in article.sentences[start - 1 : stop]
    }
    said = [marks(claim.t, "en") for claim in claims]
    common = Counter(mark for each in said for mark in each)
    weights = {mark: math.log(1 + len(claims) / count) for mark, count in common.items()}
    places = zip(cited, [[start], *cited], [*cited[1:], [stop]], said, strict=False)
    return [
        doubt_place(own, min(before), max(after), share_marks(each, shown, weights))
        for own, before, after, each in places
    ]


def share_marks(
    said: AbstractSet[str], shown: Mapping[int, AbstractSet[str]], weights: Mapping[str, float]
) -> dict[int, float]:
    """For each sentence its share of what a claim has in common with any of them."""
    found = said & frozenset[str]().union(*shown.values())
    # Sets come in any order, and plain sums would differ with it in their last digit.
    whole = math.fsum(weights[mark] for mark in found)
    weight = {n: math.fsum(weights[mark] for mark in found & has) for n, has in shown.items()}
    return {n: own / whole for n, own in weight.items() if whole}


def doubt_place(
    cited: Sequence[int], first: int, last: int, shares: Mapping[int, float]
) -> Remark | None:
    """The doubt that sentences from `first` to `last` carry a claim, not those that it cites."""
    expected = range(first - 1, last + 2)
    if not shares or first > last or any(n in expected for n in cited):
        return None
    own = max(shares[n] for n in cited)
    best = max(expected, key=lambda n: shares.get(n, 0))
    if own >= LEAST_SHARED or (own and shares.get(best, 0) - own < NEARER_BY):
        return None
    if not shares.get(best):
        best = max(shares, key=lambda n: shares[n])
    text = f"sentence {best} seems to carry it, rather than those cited"
    return Remark(code="other-sentence", text=text)


def doubt_speaker(
    article: Article,
    claim: WireClaim,
    by: WireSpeaker,
    others: Iterable[WireSpeaker],
    named: AbstractSet[str],
) -> Remark | None:
    """The doubt that another speaker says it, whom the cited sentences name outside of quotes.

    And neither they nor those beside them name the speaker, whom the article names elsewhere:
    `named` is how the words of the whole article begin.
    """
    names = beginnings(" ".join((by.n, *by.also)))
    if names & beginnings(join_cited(article, expand(claim.s))):
        return None
    if not names & named:
        return None
    cited = beginnings(QUOTED.sub("", straight(join_cited(article, claim.s))))
    for other in others:
        last = other.n.split()[-1] if other.p and other.n.split() else ""
        if last and not last[0].isupper():
            continue  # "a resident" is named by any resident
        said = beginnings(last or other.n)
        if said and said <= cited and not said <= names:
            text = f"the cited sentences name {other.n}, and none near them names {by.n}"
            return Remark(code="other-speaker", text=text)
    return None


def doubt_group(text: str, members: Sequence[Claim], cited: str, names: str) -> list[Remark]:
    """Numbers of a shared proposition that none of its claims holds, names that nobody says.

    `cited` are the sentences behind the claims, `names` all claims and speakers of the
    comparison, for a proposition may name what its claims only imply.
    """
    said = " ".join(f"{claim.text} {claim.when} {claim.asof}" for claim in members)
    numbers = missing_numbers(text, f"{said} {cited}")
    return doubt_words(numbers, missing_names(text, names), "a claim of the group", "any claim")


def doubt_members(members: Sequence[Claim], text: str) -> list[Remark]:
    """Claims of one proposition that give other numbers of the same thing, each in one doubt.

    Not where the proposition itself has both (a sum and its yearly part). Clock times are compared
    where both claims name a zone, or neither does, and where they are not whole hours apart: what
    a paper tells by the clock of another country is the same moment.
    """
    held = [(claim, quantities(claim.text)) for claim in members]
    zoned = {claim.id for claim in members if ZONE.search(claim.text)}
    told = {one.anchor for one in quantities(text)}
    doubts: list[Remark] = []
    doubted: set[str] = set()
    for (one, mine), (other, theirs) in combinations(held, 2):
        pairs = (
            (a, b)
            for a in mine
            for b in theirs
            if (a.unit, a.base) == (b.unit, b.base)
            and not (
                a.unit == CLOCK
                and ((one.id in zoned) != (other.id in zoned) or are_hours_apart(a, b))
            )
            and not any(fit(a, c) for c in theirs)
            and not any(fit(b, c) for c in mine)
            and not {a.anchor, b.anchor} <= told
        )
        found = None if {one.id, other.id} & doubted else next(pairs, None)
        if found:
            a, b = found
            doubted |= {one.id, other.id}
            said = f"{one.id} and {other.id} give other numbers: {a.text}, {b.text}"
            doubts.append(Remark(code="other-numbers", text=said))
    return doubts


def are_hours_apart(one: Quantity, other: Quantity) -> bool:
    """Whether two clock times are whole hours apart."""
    if one.low is None or other.low is None:
        return False
    return (one.low - other.low) % 60 == 0


def fit(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be one: equal, or in keeping with each other.

    A time in words may be of any minute near it: "a quarter to eleven" of 22:47.
    """
    worded = one.unit == CLOCK and not all(map(DIGIT.search, (one.text, other.text)))
    rough = replace(one, approximate=True) if worded else one
    return compare(rough, other) in {"equal", "compatible"}


def doubt_text(text: str, evidence: str, where: str) -> list[Remark]:
    """Numbers and names of a text in English that the evidence, also in English, lacks."""
    numbers, names = missing_numbers(text, evidence), missing_names(text, evidence)
    return doubt_words(numbers, names, where)


def doubt_sums(text: str) -> list[Remark]:
    """Sums that a text writes out and that do not come out."""
    wrong = [one for one in written_sums(text) if not one.holds]
    return [Remark(code="sum-wrong", text=f'"{one.text}" does not come out') for one in wrong]


def doubt_words(
    numbers: Iterable[str], names: Iterable[str], where: str, names_where: str = ""
) -> list[Remark]:
    """A doubt for each number and each name that is nowhere where it should be."""
    return [
        Remark(code="number-missing", text=f'the number "{number}" is not in {where}')
        for number in numbers
    ] + [
        Remark(code="name-missing", text=f'the name "{name}" is not in {names_where or where}')
        for name in names
    ]


def join_cited(article: Article, numbers: Iterable[int]) -> str:
    """The cited sentences with the heads and the times of entries that they stand under."""
    sentences = [article.sentence(n) for n in numbers if 1 <= n <= len(article.sentences)]
    return " ".join(f"{s.section} {s.moment} {s.text}" for s in sentences)


def article_text(article: Article) -> str:
    """All that the model was shown of an article."""
    heads = {head for s in article.sentences for head in (s.section, s.moment)}
    words = [article.outlet, article.title, str(article.published or ""), *sorted(heads)]
    return " ".join([*words, *(sentence.text for sentence in article.sentences)])
