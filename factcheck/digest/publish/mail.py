"""The mail of an edition: subject, HTML with its style inlined, and plain text.

What changed stands first, then the first page of each story that changed. Gmail clips a
message at 102 KB, so the whole HTML stays below 100,000 bytes: the first pages of the last
stories are left to the page, each with a link in its place. Only where not even the changes
fit, those of the last stories are left out too, and counted.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from css_inline import CSSInliner
from jinja2 import Environment

from factcheck.digest.models import Edition
from factcheck.digest.publish import phrases
from factcheck.digest.publish.parts import PageContext
from factcheck.language.visible import shorten
from factcheck.report.first_page import plain_text
from factcheck.report.markup import environment

Part = Literal["html", "txt"]
LIMIT = 100_000
COLUMNS = 72
SUBJECT = 140
URL = 1_000
LENGTHS = MappingProxyType({"size": 400, "few": 10, "most": 20})
"""Characters of a text, changes of a story, and lines of other lists that stand in a mail."""


@dataclass(frozen=True)
class Mail:
    """A mail without its addresses."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class Room:
    """How many stories a mail has the changes of, and how many the first page of."""

    changes: int
    pages: int


def make_mail(edition: Edition, link: str) -> Mail:
    """The mail; `link` leads to the page of the edition, "" for none.

    An edition with nothing to tell is one line.
    """
    context = PageContext(
        edition=edition, root="", known={edition.id: edition}, leads=edition.leads
    )
    room = fit_room(context, link)
    return Mail(make_subject(edition), to_html(context, link, room), to_text(context, link, room))


def fit_room(context: PageContext, link: str) -> Room:
    """How much fits: first the changes of as many stories as possible, then first pages."""
    changed = context.edition.changed
    stories, pages = len(changed), sum(one.first_page is not None for one in changed)

    def room(parts: int) -> Room:
        return Room(min(parts, stories), max(parts - stories, 0))

    def size(parts: int) -> int:
        return len(to_html(context, link, room(parts)).encode())

    return room(bisect_left(range(1, stories + pages + 1), LIMIT, key=size))


def make_subject(edition: Edition) -> str:
    """Which edition it is, what changed, and whether something is missing."""
    lacks = phrases.lacks(edition)
    missing = f" ({lacks})" if lacks else ""
    head = f"{shorten(edition.title, 60)}, {phrases.short_time(edition)}"
    what = phrases.headline(edition)
    if edition.leads:
        lead = edition.leads[0]
        what = f"{phrases.label(lead)}: {lead.text.rstrip('.')}"
        if lead.kind == "edited" and phrases.detail(lead):
            what += f" ({phrases.detail(lead).rstrip('.')})"
    return shorten(f"{head}{missing}: {what}", SUBJECT)


def wrap(text: str, indent: str = "", first: str = "") -> str:
    """Text in lines of at most 72 columns."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=first or indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def to_html(context: PageContext, link: str, room: Room) -> str:
    """The HTML part, with its style in place."""
    text = _fill("html", context, link, room)
    return CSSInliner(load_remote_stylesheets=False, minify_css=True).inline(text)


def to_text(context: PageContext, link: str, room: Room) -> str:
    """The plain part."""
    return re.sub(r"\n{3,}", "\n\n", _fill("txt", context, link, room).strip()) + "\n"


def _fill(part: Part, context: PageContext, link: str, room: Room) -> str:
    template = _environment(part).get_template(f"digest/mail.{part}.j2")
    return template.render(
        edition=context.edition, context=context, link=link, room=room, **LENGTHS
    )


@cache
def _environment(part: Part) -> Environment:
    """The templates of mails; those of plain text know no markup and so escape nothing."""
    env = environment().overlay(autoescape=part == "html")
    env.globals = {**env.globals, "phrases": phrases}
    env.filters = {
        **env.filters,
        "clip": shorten,
        # A link that is so long that it would crowd out the text is left out.
        "short": lambda url: url if len(url) <= URL else "",
        "wrap": wrap,
        "plain": lambda page: plain_text(page, COLUMNS),
    }
    return env
