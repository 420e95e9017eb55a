"""Check what a model answered against the sentences that it cites.

A check doubts, it does not overrule: what is doubted is asked again once, and stays with
the doubt as a flag if the model stands by it. The doubts are worded for the model and for
a reader of the report alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.models import Article, Claim
from factcheck.pipeline.wire import WireClaim
from factcheck.text.figures import missing_figures
from factcheck.text.names import missing_names


def doubt_claim(article: Article, claim: WireClaim) -> list[str]:
    """Numbers and names of a claim that neither its sentences nor the article hold.

    In a language other than English names are translated, and not held against a claim.
    """
    if article.language != "en":
        return []
    evidence = cited_text(article, claim.s)
    whole = article_text(article)
    numbers = [n for n in missing_figures(claim.t, evidence) if missing_figures(n, whole)]
    names = missing_names(claim.t, evidence)
    names = missing_names(claim.t, whole, known=(claim.by,)) if names else ()
    return [f'the number "{number}" is not in the article' for number in numbers] + [
        f'the name "{name}" is not in the article as written' for name in names
    ]


def doubt_group(text: str, members: Sequence[Claim]) -> list[str]:
    """Numbers and names of a shared proposition that none of its claims holds."""
    said = " ".join(f"{claim.text} {claim.when} {claim.asof}" for claim in members)
    numbers = missing_figures(text, said)
    names = missing_names(text, said)
    return [f'the number "{number}" is in no claim of the group' for number in numbers] + [
        f'the name "{name}" is in no claim of the group' for name in names
    ]


def cited_text(article: Article, numbers: Iterable[int]) -> str:
    """The cited sentences with the heads that they stand under."""
    sentences = [article.sentence(n) for n in numbers if 1 <= n <= len(article.sentences)]
    return " ".join(f"{s.section} {s.text}" for s in sentences)


def article_text(article: Article) -> str:
    """All that the model was shown of an article."""
    heads = {sentence.section for sentence in article.sentences}
    words = [article.outlet, article.title, str(article.published or ""), *sorted(heads)]
    return " ".join([*words, *(sentence.text for sentence in article.sentences)])
