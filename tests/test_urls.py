"""URLs beside files and texts, from Python and the command line, past the guard of fetching."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck import Report, afact_check, fact_check, read_side_by_side
from factcheck.errors import NO_ARTICLES, NoArticlesError
from factcheck.settings.fetch import FetchSettings
from factcheck.settings.loader import Settings
from factcheck.settings.model import ModelSettings
from tests.endpoint import Endpoint
from tests.fetch.site import Page, Web
from tests.fetch.site import serving as serving_pages
from tests.newsroom import ARTICLES
from tests.shell import Shell

MARKDOWN = {"content-type": "text/markdown; charset=utf-8"}


@pytest.fixture
def web(folder: Path) -> Iterator[Web]:
    """The articles of the folder, each at /<its name>, on this machine."""
    pages = {f"/{name}": Page((folder / name).read_bytes(), headers=MARKDOWN) for name in ARTICLES}
    pages["/page.html"] = Page(
        b"<html><head><title>Harl Bridge shut</title><meta property='og:site_name' "
        b"content='Quay Post'></head><body><article><h1>Harl Bridge shut</h1>"
        + b"".join(
            b"<p>Line %d: a crane fell onto Harl Bridge on Monday and lies there still, across "
            b"both lanes of the road to Ostel.</p>" % number
            for number in range(1, 9)
        )
        + b"</article></body></html>",
        headers={"content-type": "text/html"},
    )
    with serving_pages(pages) as served:
        yield served


def settings(web: Web, base_url: str = "http://127.0.0.1:1/v1") -> Settings:
    fetch = FetchSettings(private=(f"127.0.0.1:{web.port}",), robots=False)
    return Settings(model=ModelSettings(name="m", base_url=base_url), fetch=fetch)


def at(web: Web, *names: str) -> list[str]:
    return [f"http://127.0.0.1:{web.port}/{name}" for name in names]


def test_urls_give_what_the_same_files_give(folder: Path, web: Web, endpoint: Endpoint) -> None:
    chosen = settings(web, endpoint.url)
    of_urls = fact_check(at(web, *sorted(ARTICLES)), settings=chosen)
    of_files = fact_check(folder, settings=chosen)
    assert of_urls.findings == of_files.findings
    assert [a.url for a in of_urls.articles] == at(web, *sorted(ARTICLES))
    assert [a.text_sha256 for a in of_urls.articles] == [a.text_sha256 for a in of_files.articles]


def test_urls_stand_among_paths_and_texts_in_the_order_given(folder: Path, web: Web) -> None:
    [url] = at(web, "post.md")
    text = "A crane fell onto Harl Bridge.\n\nIt lies there still, said the harbour office."
    reading = read_side_by_side([text, url, folder / "tide.md", url], settings=settings(web))
    names = ["", "Lowland Post", "Evening Tide"]
    assert [article.outlet for article in reading.articles] == names
    assert [article.id for article in reading.articles] == ["a1", "a2", "a3"]
    assert web.asked == ["127.0.0.1/post.md"]


def test_a_page_is_read_as_the_digest_reads_it(web: Web) -> None:
    [article] = read_side_by_side(at(web, "page.html"), settings=settings(web)).articles
    assert (article.outlet, article.title) == ("Quay Post", "Harl Bridge shut")
    assert len(article.sentences) == 9


def test_urls_are_fetched_where_an_event_loop_runs(web: Web, endpoint: Endpoint) -> None:
    chosen = settings(web, endpoint.url)
    urls = at(web, "post.md", "tide.md")

    async def notebook() -> tuple[Report, Report]:
        return fact_check(urls, settings=chosen), await afact_check(urls, settings=chosen)

    one, other = asyncio.run(notebook())
    assert one.articles == other.articles
    assert len(one.articles) == 2


def test_what_is_not_there_is_left_out_with_the_reason(folder: Path, web: Web) -> None:
    [gone] = at(web, "nothing.html?key=hunter22")
    reading = read_side_by_side([folder / "tide.md", gone], settings=settings(web))
    [left] = reading.excluded
    assert (left.source, left.reason) == (at(web, "nothing.html")[0], "not-reached")
    assert "answered 404" in left.detail
    assert "hunter22" not in reading.model_dump_json()


def test_an_address_that_the_guard_refuses_is_not_asked(web: Web) -> None:
    with pytest.raises(NoArticlesError, match="loopback address: add"):
        read_side_by_side(at(web, "post.md"))
    with pytest.raises(NoArticlesError, match="not listed"):
        read_side_by_side(
            "HTTPS://news.example/a", settings=Settings(fetch=FetchSettings(hosts=("h.example",)))
        )
    assert web.asked == []


def test_the_command_takes_urls(shell: Shell, folder: Path, web: Web) -> None:
    config = folder.parent / "factcheck.toml"
    config.write_text(f'[fetch]\nprivate = ["127.0.0.1:{web.port}"]\nrobots = false\n')
    asked = [*at(web, "post.md", "courier.md"), "in/tide.md"]
    done = shell("report", *asked, "--engine", "reading", "-o", "out")
    assert done.code == 0, done.err
    assert (folder.parent / "out" / "reading.html").is_file()
    config.write_text("")
    refused = shell("report", *asked[:1], "-o", "out")
    assert refused.code == NO_ARTICLES
    assert "fetch.private" in refused.err
