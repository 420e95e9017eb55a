"""Text in feeds: HTML or plain text in, plain text and full texts out."""

from __future__ import annotations

import html
import re

from factcheck.articles.decode import scrub

LONGEST_TITLE, LONGEST_SUMMARY = 500, 2_000
CONTENT_WORDS, SUMMARY_WORDS = 100, 250
"""Words from which a field meant for the article, or for its summary, holds all of it."""
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|continue reading|read (?:more|on|the (?:full|rest))"
    r"|keep reading|full (?:story|article)|weiterlesen|mehr lesen|lire la suite|leer más"
    r"|seguir leyendo|continua a leggere|lees (?:meer|verder))\W*(?:\w+\W+){0,12}$",
    re.IGNORECASE,
)


def to_plain_text(markup: str, longest: int = LONGEST_SUMMARY) -> str:
    """The text of a piece of HTML in one line, at most so many characters."""
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", markup[: 20 * longest])))
    return to_one_line(text, longest)


def to_one_line(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text in one line without what cannot be seen, at most so many characters."""
    line = " ".join(scrub(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def find_full_text(content: str, summary: str) -> str:
    """The HTML of a full article among the two fields of an entry; "" if there is none."""
    for markup, least in ((content, CONTENT_WORDS), (summary, SUMMARY_WORDS)):
        text = html.unescape(_TAG.sub(" ", markup))
        if len(text.split()) >= least and not _CUT.search(text[-200:]):
            return markup
    return ""
