"""Pages: an article is an article, a wall is named, the feed helps out where it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factcheck.articles.formats import read_document
from factcheck.fetch import pages
from factcheck.fetch.articles import make_article
from factcheck.fetch.models import Entry, Fetched, NotFetched, PageNote
from factcheck.models import Article, Excluded

URL = "https://post.example/2026/pier-shut"
SENTENCES = (
    "The harbour office shut the old pier at Valmouth on Friday after a beam gave way.",
    "Nobody was on the pier when the beam fell, the office wrote in a notice.",
    "Divers will look at the other beams on Monday and write down what they find.",
    "The ferry to Kelso uses the north quay until the pier has been corrections.",
    "Fishermen asked for a date, and the office said that it had none to give.",
    "A fence stands around the pier and two guards walk along it at night.",
)
CHROME = """<header><nav><a href="/">Home</a> <a href="/login">Log in</a> <a href="/subscribe">
Subscribe</a></nav></header>"""
BOX = """<div class="newsletter-signup"><p>Subscribe now and never miss a story.</p></div>
<aside><p>Already a subscriber? Sign in.</p></aside>"""
COOKIES = """<div id="cookie-banner"><p>We use cookies. You can accept all cookies or change
your consent and privacy choices for our partners.</p><button>Accept</button></div>"""
LOCKED = """<script type="application/ld+json">{"@type": "NewsArticle",
"isAccessibleForFree": "False"}</script>"""


def page(count: int, *, head: str = "", around: str = "", title: str = "The pier is shut") -> str:
    """A page with so many paragraphs of two sentences."""
    pairs = [f"<p>{SENTENCES[n % 6]} {SENTENCES[(n + 1) % 6]} ({n + 1})</p>" for n in range(count)]
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>{CHROME}"
        f"<main><article><h1>{title}</h1>{''.join(pairs)}</article></main>{around}"
        "<footer><p>© The Post</p></footer></body></html>"
    )


def examine(text: str, url: str) -> PageNote:
    """What a page is, by its own main text."""
    lines = read_document(text, "html").lines
    return pages.classify_page(
        text, url, " ".join(line.text for line in lines if line.kind == "text")
    )


@pytest.mark.parametrize("around", ["", BOX, COOKIES, BOX + COOKIES])
@pytest.mark.parametrize("count", [6, 10, 30])
def test_an_article_with_boxes_around_it_is_an_article(count: int, around: str) -> None:
    assert examine(page(count, around=around), URL).kind == "article"


@pytest.mark.parametrize("count", [2, 3])
def test_a_short_article_that_asks_for_nothing_is_an_article(count: int) -> None:
    assert examine(page(count), URL).kind == "article"
    assert examine(page(count, around=COOKIES), URL).kind == "article"


def test_a_long_article_is_one_even_if_its_markup_says_that_it_is_not_free() -> None:
    assert examine(page(12, head=LOCKED, around=BOX), URL).kind == "article"


@pytest.mark.parametrize(
    "head",
    [
        LOCKED,
        '<script type="application/ld+json">{"isAccessibleForFree": false, broken</script>',
        '<meta itemprop="isAccessibleForFree" content="False">',
        '<meta property="article:content_tier" content="locked">',
    ],
    ids=["json-ld", "broken json-ld", "microdata", "meta"],
)
def test_an_opening_that_is_not_free_is_a_paywall(head: str) -> None:
    note = examine(page(3, head=head), URL)
    assert note.kind == "paywall"
    assert "not free" in note.detail


@pytest.mark.parametrize(
    "head", [LOCKED.replace("False", "True"), LOCKED.replace('"False"', "true")]
)
def test_an_opening_that_is_free_is_no_paywall(head: str) -> None:
    assert examine(page(3, head=head), URL).kind == "article"


@pytest.mark.parametrize(
    "offer",
    [
        "Subscribe to continue reading",
        "To read the full story, start a trial",
        "This article is for subscribers only",
        "This content is exclusively for our subscribers.",
        "This article is exclusive to subscribers",
        "Register to read this article",
        "Already a subscriber? Log in",
        "You have used your 5 free articles",
        "Nur für Abonnenten",
        "Cet article est réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "Contenuto riservato agli abbonati",
    ],
)
def test_a_short_text_with_an_offer_to_read_on_is_a_paywall(offer: str) -> None:
    assert examine(page(2, around=f"<div class='gate'><p>{offer}</p></div>"), URL).kind == "paywall"


CONSENT = """<html><head><title>The Post</title></head><body><div><h2>Before you go on</h2>
<p>We and our 812 partners store cookies and process personal data. With your consent we and our
partners may use precise location. You may accept or refuse consent, or change your privacy
choices at any time. Some vendors rely on legitimate interest.</p><button>Accept all</button>
</div></body></html>"""


def test_a_page_that_only_asks_for_consent_is_a_cookie_wall() -> None:
    assert examine(CONSENT, URL).kind == "cookie wall"
    assert examine(
        "<html><body><p>Welcome.</p></body></html>", "https://consent.post.example/x"
    ).kind == ("cookie wall")


def test_an_article_about_cookies_is_an_article() -> None:
    about = (
        "<p>The court said that cookies need consent, and that partners may not guess consent.</p>"
    )
    text = page(3, head='<meta property="og:type" content="article">')
    assert examine(text.replace("</article>", about * 3 + "</article>"), URL).kind == "article"


def test_an_article_about_bot_checks_is_an_article() -> None:
    about = "<p>Please complete the security check, the screen said, and so he did.</p></article>"
    assert examine(page(5).replace("</article>", about), URL).kind == "article"


def test_a_text_that_is_nearly_whole_is_no_paywall() -> None:
    assert examine(page(7, head=LOCKED), URL).kind == "article"


@pytest.mark.parametrize(
    "text",
    [
        "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>",
        "<title>post.example</title><p>Checking your browser before you go on.</p>",
        "<title>post.example</title><script src='https://ct.captcha-delivery.com/c.js'></script>",
        "<title>Access to this page has been denied</title><div id='px-captcha'></div>",
        "<title>Post</title><h1>Please verify you are human</h1>",
    ],
)
def test_a_page_that_wants_a_human_is_a_bot_check(text: str) -> None:
    assert examine(f"<html><head></head><body>{text}</body></html>", URL).kind == "bot check"


def test_the_script_of_a_bot_check_on_an_article_does_no_harm() -> None:
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    assert examine(page(2, head=script), URL).kind == "article"


def test_an_error_page_a_login_and_a_front_page_are_none() -> None:
    lost = "<html><head><title>404 Page not found</title></head><body><p>Try the search.</p></body>"
    assert examine(lost, URL).kind == "error page"
    form = "<form><p>Log in to go on</p><input type='password'></form>"
    assert examine(f"<html><head><title>Post</title></head><body>{form}", URL).kind == "login"
    assert examine(page(3), "https://post.example/").kind == "not an article"
    assert examine("", URL).kind == "not an article"


def test_an_article_about_error_404_is_an_article() -> None:
    assert examine(page(3, title="Why 404 became a word"), URL).kind == "article"


def fetched(
    text: str | bytes, *, content_type: str = "text/html", charset: str = "utf-8"
) -> Fetched:
    content = text.encode() if isinstance(text, str) else text
    url = URL + "?utm_source=rss"
    return Fetched(url, url, content, content_type, charset)


ENTRY = Entry(
    id="n-1",
    url=URL,
    title="Pier shut, feed",
    published=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    author="Ann Lee",
    language="en",
    content="".join(f"<p>{SENTENCES[n % 6]} Note {n} says so too.</p>" for n in range(12)),
)


def article(found: Article | Excluded) -> Article:
    assert isinstance(found, Article), found
    return found


def test_the_page_speaks_before_the_feed() -> None:
    head = """<meta property="og:site_name" content="The Valmouth Post"><meta name="author"
    content="Bo Ray"><meta property="article:published_time" content="2026-11-20T12:05:00Z">"""
    taken = make_article(fetched(page(8, head=head)), ENTRY, outlet="Feed")
    found = article(taken)
    assert (found.id, found.url, found.source) == ("a1", URL, URL)
    assert (found.title, found.outlet, found.byline) == (
        "The pier is shut",
        "The Valmouth Post",
        "Bo Ray",
    )
    assert found.published == datetime(2026, 11, 20, 12, 5, tzinfo=UTC)


def test_the_feed_fills_what_the_page_does_not_tell() -> None:
    found = article(make_article(fetched(page(8)), ENTRY, outlet="The Feed"))
    assert (found.outlet, found.byline, found.published) == ("The Feed", "Ann Lee", ENTRY.published)


def test_the_feed_knows_the_hour_of_a_day_that_the_page_names() -> None:
    head = '<meta property="article:published_time" content="2026-11-21">'
    found = article(make_article(fetched(page(8, head=head)), ENTRY))
    assert found.published == ENTRY.published


def test_without_a_feed_the_host_is_the_outlet() -> None:
    found = article(make_article(fetched(page(8)), None))
    assert (found.outlet, found.published) == ("post.example", None)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/2026/pier?utm_medium=x", "https://post.example/2026/pier"),
        ("https://other.example/pier", URL),
        ("https://post.example/", URL),
        ("http://[broken", URL),
    ],
)
def test_a_page_names_its_own_address_on_its_own_host_only(href: str, expected: str) -> None:
    head = f'<link href="{href}" rel="canonical"><meta property="og:url" content="https://evil.example/x">'
    found = article(make_article(fetched(page(8, head=head)), None))
    assert (found.url, found.outlet) == (expected, "post.example")


@pytest.mark.parametrize(
    "came",
    [
        fetched(page(2, head=LOCKED)),
        fetched(CONSENT),
        fetched(b"%PDF-1.7", content_type="application/pdf"),
        NotFetched(URL, "robots", "robots.txt asks programs not to fetch this"),
    ],
    ids=["paywall", "consent", "pdf", "not fetched"],
)
def test_the_full_text_of_the_feed_stands_in_and_that_is_said(
    came: Fetched | NotFetched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "factcheck")
    taken = make_article(came, ENTRY, outlet="The Feed")
    found = article(taken)
    assert "the full text in the feed is read instead" in caplog.text
    assert (found.title, found.outlet, found.published) == (
        ENTRY.title,
        "The Feed",
        ENTRY.published,
    )
    assert len(found.sentences) == 25
    without = make_article(came, replace(ENTRY, content=""))
    assert isinstance(without, Excluded)
    assert without.detail


def test_a_page_in_an_old_encoding_is_read_by_its_header() -> None:
    text = page(8).replace("Valmouth", "Łódź").replace("©", "(c)").encode("iso-8859-2")
    found = article(make_article(fetched(text, charset="iso-8859-2"), None))
    assert "Łódź" in found.sentences[1].text


def test_a_plain_text_is_an_article() -> None:
    text = "The pier is shut\n\n" + "\n\n".join(SENTENCES)
    found = article(make_article(fetched(text, content_type="text/plain"), None))
    assert len(found.sentences) == 7
