"""Read what a program or a user names, files and addresses alike, into articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factcheck.articles import read_articles
from factcheck.articles.inputs import ReadableInput, Url
from factcheck.articles.read import refuse_missing
from factcheck.errors import NoArticlesError
from factcheck.loops import run_to_end
from factcheck.models import Article, Excluded
from factcheck.settings.fetch import FetchSettings


def read_inputs(
    inputs: Sequence[ReadableInput | Url], settings: FetchSettings
) -> tuple[tuple[Article, ...], tuple[Excluded, ...]]:
    """The articles that can be read, and what was left out. Raises if there are none.

    Where a path does not exist, what is wrong with any address is told with it.
    """
    bad = []
    if urls := [one.url for one in inputs if isinstance(one, Url)]:
        from factcheck.fetch.urls import explain_bad_url  # noqa: PLC0415 (start-up)

        bad = list(filter(None, map(explain_bad_url, urls)))
    refuse_missing((one for one in inputs if isinstance(one, Path)), bad)
    articles, excluded = read_articles(fetch_urls(inputs, settings))
    if not articles:
        reasons = "; ".join(
            ": ".join(filter(None, (item.source, item.reason, item.detail))) for item in excluded
        )
        raise NoArticlesError(
            f"No article could be read ({reasons or 'nothing was given'}).",
            "Give files or folders of .txt, .md or .html, or URLs, with news text in them.",
        )
    return articles, excluded


def fetch_urls(
    inputs: Sequence[ReadableInput | Url], settings: FetchSettings
) -> list[ReadableInput]:
    """The inputs with each URL replaced by what stands there, and one that is named twice once."""
    urls = list(dict.fromkeys(one.url for one in inputs if isinstance(one, Url)))
    if not urls:
        return [one for one in inputs if not isinstance(one, Url)]
    from factcheck.fetch.articles import fetch_articles  # noqa: PLC0415 (start-up)

    fetched = dict(zip(urls, run_to_end(fetch_articles(urls, settings)), strict=True))
    stands = (fetched.pop(one.url, None) if isinstance(one, Url) else one for one in inputs)
    return [one for one in stands if one is not None]
