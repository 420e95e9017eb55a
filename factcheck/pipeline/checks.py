"""Check what a model answered against the sentences that it cites.

A check doubts, it does not overrule: what is doubted is asked again once, and stays with
the doubt as a flag if the model stands by it. The doubts are worded for the model and for
a reader of the report alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from factcheck.language.agreement import compare
from factcheck.language.missing import missing_numbers
from factcheck.language.names import missing_names
from factcheck.language.quantities import CLOCK, quantities
from factcheck.language.quantity import Quantity
from factcheck.language.words import stems
from factcheck.models import Article, Claim, Remark
from factcheck.pipeline.wire import WireClaim

ZONE = re.compile(r"\b(?:GMT|UTC|[A-Z]{1,2}ST|CES?T)\b")
LEAST_SHARED = 0.3
NEARER_BY = 0.25
"""Shares of a claim's words, weighed by rarity, that stand in a sentence: set on three events
so that one honest claim in two hundred is doubted (docs/quality.md)."""


def doubt_claim(article: Article, claim: WireClaim) -> list[Remark]:
    """Numbers and names of a claim that neither its sentences nor the article hold.

    In a language other than English names are translated, and not held against a claim.
    """
    language = article.language
    evidence, whole = join_cited(article, claim.s), article_text(article)
    numbers = missing_numbers(claim.t, evidence, evidence_language=language, context=whole)
    names = missing_names(claim.t, evidence) if language == "en" else ()
    names = missing_names(claim.t, whole, known=(claim.by,)) if names else ()
    return doubt_words(numbers, names, "the article", "the article as written")


def doubt_places(
    article: Article, claims: Sequence[WireClaim], start: int, stop: int
) -> list[Remark | None]:
    """For each claim a doubt if its words stand in another sentence than it cites.

    Looked at are the sentences from `start` to `stop`, both included.

    Words count the more the fewer of these claims have them, for a self-contained claim
    names the event. Claims are in English, so nothing is said of an article that is not.
    """
    if article.language != "en":
        return [None] * len(claims)
    sentences = article.sentences[start - 1 : stop]
    bags = {s.number: {*stems(f"{s.section} {s.text}")} for s in sentences}
    common = Counter(stem for claim in claims for stem in {*stems(claim.t)})
    return [doubt_place(claim, bags, common, len(claims)) for claim in claims]


def doubt_place(
    claim: WireClaim, bags: dict[int, set[str]], common: Counter[str], count: int
) -> Remark | None:
    """The doubt that another sentence carries a claim rather than those that it cites."""
    weights = {stem: math.log(1 + count / common[stem]) for stem in {*stems(claim.t)}}
    whole = sum(weights.values())
    cited = [n for n in claim.s if n in bags]
    if not whole or not cited:
        return None
    shared = {
        n: sum(weights[stem] for stem in weights.keys() & bag) / whole for n, bag in bags.items()
    }
    own = max(shared[n] for n in cited)
    elsewhere = {n: s for n, s in shared.items() if all(abs(n - m) > 1 for m in cited)}
    best = max(elsewhere, key=lambda n: elsewhere[n], default=0)
    if own < LEAST_SHARED and elsewhere.get(best, 0) - own >= NEARER_BY:
        text = f"sentence {best} seems to carry it, rather than those cited"
        return Remark(code="other-sentence", text=text)
    return None


def doubt_group(text: str, members: Sequence[Claim], cited: str, names: str) -> list[Remark]:
    """Numbers of a shared proposition that none of its claims holds, names that nobody says.

    `cited` are the sentences behind the claims, `names` all claims and speakers of the
    comparison, for a proposition may name what its claims only imply.
    """
    said = " ".join(f"{claim.text} {claim.when} {claim.asof}" for claim in members)
    numbers = missing_numbers(text, f"{said} {cited}")
    return doubt_words(numbers, missing_names(text, names), "a claim of the group", "any claim")


def doubt_members(members: Sequence[Claim]) -> list[Remark]:
    """Pairs of claims of one proposition that give other numbers of the same thing.

    Clock times are compared where both claims name a zone, or neither does.
    """
    held = [(claim, quantities(claim.text)) for claim in members]
    zoned = {claim.id for claim in members if ZONE.search(claim.text)}
    return [
        Remark(
            code="other-numbers",
            text=f"{one.id} and {other.id} give other numbers: {a.text}, {b.text}",
        )
        for (one, mine), (other, theirs) in combinations(held, 2)
        for a in mine
        for b in theirs
        if (a.unit, a.base) == (b.unit, b.base)
        and not (a.unit == CLOCK and (one.id in zoned) != (other.id in zoned))
        and not any(fit(a, c) for c in theirs)
        and not any(fit(b, c) for c in mine)
    ]


def fit(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be one: equal, or in keeping with each other."""
    return compare(one, other) in {"equal", "compatible"}


def doubt_text(text: str, evidence: str, where: str) -> list[Remark]:
    """Numbers and names of a text in English that the evidence, also in English, lacks."""
    numbers, names = missing_numbers(text, evidence), missing_names(text, evidence)
    return doubt_words(numbers, names, where, where)


def doubt_words(
    numbers: Iterable[str], names: Iterable[str], no_number_in: str, no_name_in: str
) -> list[Remark]:
    """A doubt for each number and each name that is nowhere where it should be."""
    return [
        Remark(code="number-missing", text=f'the number "{number}" is not in {no_number_in}')
        for number in numbers
    ] + [
        Remark(code="name-missing", text=f'the name "{name}" is not in {no_name_in}')
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
