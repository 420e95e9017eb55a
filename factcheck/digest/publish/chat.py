"""The text of a chat message of an edition: leads, counts and the link.

Platforms differ in their markup, and few let an escape stand. So characters that mark up
text are replaced by others that look much the same, and nothing in a title can mention
somebody or become a link.
"""

from __future__ import annotations

from factcheck.digest.models import Change, Edition
from factcheck.digest.publish import phrases
from factcheck.language.visible import shorten
from factcheck.report.words import VERDICTS, many

LIMIT = 1_500
WORD_JOINER = "\N{WORD JOINER}"
INERT = str.maketrans(
    {
        "*": "\N{ASTERISK OPERATOR}",
        "_": " ",
        "~": "-",
        "`": "'",
        "|": "/",
        "\\": "/",
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "[": "(",
        "]": ")",
        "#": "No. ",
        # A mention and a bare address are found by the character that follows, and so is
        # <!channel>, which Apprise takes without the <.
        "@": f"@{WORD_JOINER}",
        "!": f"!{WORD_JOINER}",
        "&": "and",
    }
)


def make_message(edition: Edition, link: str) -> str:
    """The message, shorter than 1,500 characters; one line for a quiet edition.

    `link` leads to the page of the edition, "" for none.
    """
    end = [link] if link else []
    opening = f"{edition.title}, {phrases.short_time(edition)}: {phrases.headline(edition)}."
    head = [opening, *phrases.notices(edition)]
    if phrases.quiet(edition):
        return " ".join([*(disarm(shorten(one, 200)) for one in head), *end])
    calls = phrases.calls(edition)
    more = f"; {many(calls, 'call')} to make" if calls else ""
    closing = f"{phrases.arrivals(edition)}{more}."
    for size in (320, 240, 160, 80):
        lines = [disarm(shorten(one, size)) for one in head]
        lines += list_leads(edition, size)
        text = "\n".join([*lines, closing, *end])
        if len(text) < LIMIT:
            break
    return text


def list_leads(edition: Edition, size: int) -> list[str]:
    """What to look at first, numbered."""
    titles = {one.id: one.title for one in edition.all_stories}
    return [
        f"{number}. {disarm(shorten(format_lead(one, titles.get(one.story, '')), size))}"
        for number, one in enumerate(edition.leads, start=1)
    ]


def format_lead(one: Change, title: str) -> str:
    """One change in a line."""
    verdicts = " → ".join(VERDICTS[each] for each in (one.before, one.after) if each)
    told = phrases.detail(one).rstrip(".")
    inside = told if one.steps or one.kind == "edited" else verdicts
    story = f" [{shorten(title, 60)}]" if title and title not in one.text else ""
    return f"{phrases.label(one)}: {one.text}{f' ({inside})' if inside else ''}{story}"


def disarm(text: str) -> str:
    """Replace what a chat platform would read as markup, mention or link."""
    return text.translate(INERT).replace("://", f":{WORD_JOINER}//").replace("www.", "www .")
