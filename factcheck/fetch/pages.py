"""Pages: HTML in, out whether it is an article, or a paywall, a consent page or the like.

A page with a long text is an article, whatever boxes it carries. Only of short ones the
page's own markup (schema.org `isAccessibleForFree`) or its words decide: what to do to
read on, what to accept, whom to prove human.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from factcheck.articles.formats import read_document
from factcheck.articles.genre import TO_READ_ON
from factcheck.articles.language import count_unspaced_words
from factcheck.fetch.models import PageNote

LONG = 250  # words from which a text is the whole article, not its opening
OPENING = 200  # words that an article shows at most before it has to be paid for
SHORT = 120  # words below which the wording around the text is believed
LEAST = 20  # words below which there is no article at all
CONSENT_SHARE = 0.025  # of all words, on pages that ask for consent and hold nothing else
_LOCKED = re.compile(
    r"[\"']?isAccessibleForFree[\"']?(?:\s*:|\"?\s+content\s*=)\s*[\"']?"
    r"(?:https?://schema\.org/)?(?:false|no)\b"
    r"|article:content_tier[\"']?\s+content\s*=\s*[\"']?(?:locked|metered)",
    re.IGNORECASE,
)
_WALL_CLASS = re.compile(r"paywall|pay-wall|regwall|subscriber-only|premium-wall|piano-offer")
_BOT_TITLE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|pardon our "
    r"interruption|security check|are you a (?:robot|human)|robot check|one moment, please"
    r"|ddos-guard|human verification|verif(?:y|ying) you are human)",
    re.IGNORECASE,
)
_BOT_TEXT = re.compile(
    r"enable javascript and cookies to continue|checking (?:if the site|your browser)"
    r"|(?:verify|confirm|prove)(?:ing)? (?:that )?you(?:'|’)?(?: a)?re (?:a )?(?:not a robot|human)"
    r"|unusual traffic from your|please complete the (?:captcha|security check)",
    re.IGNORECASE,
)
_BOT_MARKUP = re.compile(
    r"cdn-cgi/challenge-platform|cf[-_]chl|captcha-delivery\.com|px-captcha|_Incapsula_Resource"
    r"|awsWafCookieDomainList|sgcaptcha"
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent\w*|personal data|privacy|partners|vendors|tracking|einwillig\w*"
    r"|datenschutz\w*|werbung|zustimm\w*|consentement|confidentialité|partenaires|accepter|consenso"
    r"|privacidad|consentimiento|toestemming|aceptar|accetta\w*)\b",
    re.IGNORECASE,
)
_CONSENT_PLACE = re.compile(r"^(?:consent|cmp|myprivacy|privacy-gate|zustimmung)\b", re.IGNORECASE)
_LOGIN = re.compile(r"\b(?:log ?in|sign ?in|anmeld|connexion|iniciar sesión|accedi)", re.IGNORECASE)
_ERROR = re.compile(
    r"^\W*(?:error )?(?:404|410|50[0-4])\b|\berror (?:404|410|50[0-4])\b"
    r"|(?:page|article|story|content).{0,20}not (?:be )?(?:found|available)"
    r"|not found|no longer (?:available|exists)|nicht gefunden|introuvable|no encontrad|non trovat"
    r"|something went wrong|service unavailable|не найден",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:Article|BlogPosting)[\"']|og:type[\"']\s+content=[\"']article|article:published_time"
)


@dataclass(frozen=True)
class _Page:
    """What the rules look at: `size` is the length of the main text in words."""

    markup: str
    title: str
    visible: str
    body: str
    size: int
    url: str
    has_password: bool
    has_wall: bool

    @property
    def says_article(self) -> bool:
        return _ARTICLE.search(self.markup) is not None


def examine(html_text: str, url: str, *, body: str | None = None) -> PageNote:
    """What a page is; `body` is its main text where the caller has it already.

    Rules are tried from the surest to the least sure; none applies to a long article.
    """
    page = _page(html_text, url, body)
    rules = (_bot_check, _cookie_wall, _long, _paywall, _error, _login, _nothing)
    found = (rule(page) for rule in rules)
    return next((note for note in found if note), PageNote("article"))


def _page(html_text: str, url: str, body: str | None) -> _Page:
    from trafilatura import load_html  # noqa: PLC0415 - slow to import

    if body is None:
        lines = read_document(html_text, "html").lines
        body = " ".join(line.text for line in lines if line.kind == "text")
    tree = load_html(html_text)
    elements = [] if tree is None else [e for e in tree.iter() if isinstance(e.tag, str)]
    for element in [e for e in elements if e.tag in {"script", "style", "template"}]:
        element.text = ""
    return _Page(
        markup=html_text,
        title=" ".join(_text(e) for e in elements if e.tag in {"title", "h1"})[:500],
        visible="" if tree is None else _text(tree)[:100_000],
        body=body,
        size=size(body),
        url=url,
        has_password=any(e.tag == "input" and e.get("type") == "password" for e in elements),
        has_wall=any(_WALL_CLASS.search(f"{e.get('class')} {e.get('id')}") for e in elements),
    )


def size(text: str) -> int:
    """The length in words; scripts that write none count a word for every two characters."""
    return len(text.split()) + count_unspaced_words(text)


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _bot_check(page: _Page) -> PageNote | None:
    if page.size >= SHORT:
        return None
    named = _BOT_TITLE.search(page.title) or _BOT_TEXT.search(page.visible)
    # The scripts alone also stand on pages that let everybody in.
    if named or (_BOT_MARKUP.search(page.markup) and size(page.visible) < LEAST):
        return PageNote("bot check", "the site checks whether a person reads")
    return None


def _cookie_wall(page: _Page) -> PageNote | None:
    place = _CONSENT_PLACE.search(urlsplit(page.url).hostname or "")
    terms = len(_CONSENT.findall(page.body or page.visible))
    words = max(size(page.body or page.visible), 1)
    asks = terms >= 4 and terms / words >= CONSENT_SHARE and words < 3 * LONG
    if place or (asks and not page.says_article):
        return PageNote("cookie wall", "the page asks for consent and holds nothing else")
    return None


def _long(page: _Page) -> PageNote | None:
    return PageNote("article") if page.size >= LONG else None


def _paywall(page: _Page) -> PageNote | None:
    offer = TO_READ_ON.search(page.visible)
    shown = f"{page.size} words are shown"
    if page.size < OPENING and _LOCKED.search(page.markup):
        return PageNote("paywall", f"the page says that it is not free, and {shown}")
    if page.size < SHORT and (offer or page.has_wall):
        words = f"“{offer[0].strip()}”" if offer else "it carries a box for those who do not pay"
        return PageNote("paywall", f"{shown}, and: {words}")
    return None


def _error(page: _Page) -> PageNote | None:
    if page.size < SHORT and _ERROR.search(page.title) and not page.says_article:
        return PageNote("error page", f"its title is “{page.title[:80]}”")
    return None


def _login(page: _Page) -> PageNote | None:
    if page.size < SHORT and page.has_password and _LOGIN.search(page.visible):
        return None if page.says_article else PageNote("login", "the page asks for a password")
    return None


def _nothing(page: _Page) -> PageNote | None:
    if page.size < LEAST:
        return PageNote("not an article", f"its main text has {page.size} words")
    if urlsplit(page.url).path in {"", "/"} and not page.says_article:
        return PageNote("not an article", "it is the front page of a site")
    return None
