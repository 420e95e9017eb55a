"""An edition in, one mail out: subject, HTML with its style inlined, and plain text.

Gmail clips a message at 102 KB, so the whole HTML stays below 100,000 bytes: what an
editor misses least is left to the page first, and the mail says how much that is.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from factcheck.digest.models import Edition
from factcheck.digest.publish import chat, phrases
from factcheck.digest.publish.clean import cleaned
from factcheck.digest.publish.pages import edition_page
from factcheck.digest.publish.parts import Desk
from factcheck.digest.publish.view import EditionPage
from factcheck.report.markup import environment

if TYPE_CHECKING:
    from jinja2 import Environment

LIMIT = 100_000
COLUMNS = 72
SUBJECT = 140
URL = 1_000
SCHEMES = ("https://", "http://", "file://")


@dataclass(frozen=True)
class Mail:
    """A mail without its addresses."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class Room:
    """How much of each part a mail holds.

    `quotes` are those of a change, `corrections` those of a correction or an edit; `others`
    are values that moved, corrections, and places to look; `chars` is the length of one
    text.
    """

    singles: int = 40
    quiet: int = 60
    voices: int = 5
    quotes: int = 2
    corrections: int = 2
    calls: int = 8
    changes: int = 12
    others: int = 12
    stories: int = 100
    chars: int = 700


# Each takes from what is missed least of what the one before holds.
ROOMS = (
    Room(),
    Room(singles=0),
    Room(singles=0, quiet=20, voices=1),
    Room(singles=0, quiet=10, voices=0, changes=5),
    Room(singles=0, quiet=10, voices=0, changes=3, quotes=1),
    Room(singles=0, quiet=10, voices=0, changes=3, quotes=0),
    Room(singles=0, quiet=5, voices=0, changes=2, quotes=0, chars=300, calls=3, others=4),
    Room(0, 0, 0, quotes=0, calls=2, changes=1, others=2, chars=250),
    Room(0, 0, 0, quotes=0, corrections=0, calls=2, changes=2, others=2, chars=250),
    Room(0, 0, 0, quotes=0, corrections=0, calls=1, changes=1, others=1, chars=160, stories=40),
    Room(0, 0, 0, quotes=0, corrections=0, calls=1, changes=1, others=1, chars=120, stories=10),
    Room(0, 0, 0, stories=0, chars=80),
)


def mail(edition: Edition, link: str) -> Mail:
    """The mail; `link` leads to the page of the edition, "" for none.

    A quiet edition is one line.
    """
    edition = cleaned(edition)
    zone = phrases.zone_of(edition)
    page = edition_page(Desk(edition=edition, zone=zone, root="", known={edition.id: edition}))
    href = link if link.startswith(SCHEMES) and len(link) <= URL else ""
    quiet = phrases.quiet(edition)
    for room in ROOMS:
        html = _html(page, href, room, quiet=quiet)
        if len(html.encode()) < LIMIT:
            break
    text = _environment().get_template("digest/mail.txt.j2")
    body = text.render(page=page, link=href, room=room, quiet=quiet)
    return Mail(subject(edition), html, body.strip() + "\n")


def subject(edition: Edition) -> str:
    """Which edition it is, what changed, and whether something is missing."""
    missing = " (incomplete)" if edition.status == "degraded" else ""
    missing = " (no fact-check)" if edition.engine == "reading" else missing
    head = f"{phrases.shorten(edition.title, 60)}, {chat.local(edition, phrases.zone_of(edition))}"
    what = phrases.headline(edition)
    if edition.leads:
        lead = edition.leads[0]
        what = f"{phrases.label(lead)}: {lead.text.rstrip('.')}"
    return phrases.shorten(f"{head}{missing}: {what}", SUBJECT)


def short_url(url: str) -> str:
    """A link that is not so long that it crowds out the text; else ""."""
    return url if len(url) <= URL else ""


def wrap(text: str, indent: str = "", first: str = "") -> str:
    """Text in lines of at most 72 columns."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=first or indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _html(page: EditionPage, link: str, room: Room, *, quiet: bool) -> str:
    from css_inline import CSSInliner  # noqa: PLC0415 (start-up)

    template = _html_environment().get_template("digest/mail.html.j2")
    text = template.render(page=page, link=link, room=room, quiet=quiet)
    return CSSInliner(load_remote_stylesheets=False, minify_css=True).inline(text)


@cache
def _html_environment() -> Environment:
    env = environment().overlay()
    env.filters = {**env.filters, "clip": phrases.shorten, "short": short_url}
    return env


@cache
def _environment() -> Environment:
    """The environment of plain text, which knows no markup and so escapes nothing."""
    env = environment().overlay(autoescape=False)
    env.filters = {**env.filters, "clip": phrases.shorten, "short": short_url, "wrap": wrap}
    return env
