"""Pages: HTML in, out whether it is an article, or a paywall, a consent page or the like.

A page with a long text is an article, whatever boxes it carries. Only of short ones the
page's own markup (schema.org `isAccessibleForFree`) or its words decide: what to do to
read on, what to accept, whom to prove human.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from factcheck.articles.elements import read_classes
from factcheck.articles.genre import OPENING, find_offer
from factcheck.articles.language import count_words
from factcheck.fetch.models import PageNote

LONG = 250  # words from which a text is the whole article, not its opening
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
    """What the rules look at beside the main text; `offer` are words that ask for money."""

    title: str
    visible: str
    offer: str
    has_password: bool
    has_wall: bool


def classify_page(html_text: str, url: str, body: str) -> PageNote:
    """What a page is; `body` is its main text, "" for none."""
    return next(_find_kinds(html_text, url, body), PageNote("article"))


def _find_kinds(html_text: str, url: str, body: str) -> Iterator[PageNote]:
    """What a page can be, from the surest to the least sure; nothing for a short article."""
    page, place, size = _read_page(html_text), urlsplit(url), count_words(body)
    short = size < SHORT
    # The scripts alone also stand on pages that let everybody in.
    bare = _BOT_MARKUP.search(html_text) and count_words(page.visible) < LEAST
    if short and (_BOT_TITLE.search(page.title) or _BOT_TEXT.search(page.visible) or bare):
        yield PageNote("bot check", "the site checks whether a person reads")
    says_article = _ARTICLE.search(html_text)
    told = body or page.visible
    terms, words = len(_CONSENT.findall(told)), max(count_words(told), 1)
    asks = terms >= 4 and terms / words >= CONSENT_SHARE and words < 3 * LONG
    if _CONSENT_PLACE.search(place.hostname or "") or (asks and not says_article):
        yield PageNote("cookie wall", "the page asks for consent and holds nothing else")
    if size >= LONG:
        yield PageNote("article")
    shown = f"{size} words are shown"
    if size < OPENING and _LOCKED.search(html_text):
        yield PageNote("paywall", f"the page says that it is not free, and {shown}")
    if short and (page.offer or page.has_wall):
        box = f"“{page.offer}”" if page.offer else "it carries a box for those who do not pay"
        yield PageNote("paywall", f"{shown}, and: {box}")
    if short and not says_article and _ERROR.search(page.title):
        yield PageNote("error page", f"its title is “{page.title[:80]}”")
    if short and not says_article and page.has_password and _LOGIN.search(page.visible):
        yield PageNote("login", "the page asks for a password")
    if size < LEAST:
        yield PageNote("not an article", f"its main text has {size} words")
    if place.path in {"", "/"} and not says_article:
        yield PageNote("not an article", "it is the front page of a site")


def _read_page(html_text: str) -> _Page:
    from trafilatura import load_html  # noqa: PLC0415 - slow to import

    tree = load_html(html_text)
    elements = [] if tree is None else [e for e in tree.iter() if isinstance(e.tag, str)]
    for element in [e for e in elements if e.tag in {"script", "style", "template"}]:
        element.text = ""
    return _Page(
        title=" ".join(_text(e) for e in elements if e.tag in {"title", "h1"})[:500],
        visible="" if tree is None else _text(tree)[:100_000],
        offer="" if tree is None else find_offer("\n".join(tree.itertext())[:100_000]),
        has_password=any(e.tag == "input" and e.get("type") == "password" for e in elements),
        has_wall=any(_WALL_CLASS.search(read_classes(e)) for e in elements),
    )


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())
