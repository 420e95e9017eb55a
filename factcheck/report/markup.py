"""Page in, text of a format out: two Jinja environments that escape whatever is not marked safe.

In HTML, Jinja's autoescape does it. In Markdown, `finalize` sends every value through
`escape_markdown`, so that no template can forget it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from factcheck.language.visible import clean_line, clean_text
from factcheck.report import words
from factcheck.resources import folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from factcheck.report.layout import Page
    from factcheck.report.reading import ReadingPage

# What CommonMark, GitHub, GitLab and Obsidian (== and %%) read as markup within a line. What can
# begin no link is found whole and stands as it is: the mark of what is cut, the number of a source,
# words that a paper puts into a quote. So do sums in dollars, and "_" within a word.
INLINE = re.compile(
    r"\[(?:…|\d{1,2}|[A-Za-z][A-Za-z' ]{2,60})\](?![\[(:])|(?<=.)\[\d{1,2}\](?=:(?:\s|$))"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\$(?!\d)|[\\`*\[\]<>|~]|%(?=%)|(?<=%)%|=(?==)|(?<==)=|&(?=#?\w+;)|:(?=//)|(?<=www)\.",
    re.IGNORECASE,
)
CITE = re.compile(r"\[(\d{1,2})\]")
# Words that are written from right to left: what stands beside them keeps its place.
LEFTWARD = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[\s.,-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*"
)
LEADING = re.compile(r"^(?:[#+\-=]|\d{1,9}(?=[.)](?:\s|$)))")


def escape_markdown(text: str) -> str:
    """Text as one line of inert Markdown."""
    flat = INLINE.sub(
        lambda match: match[0] if len(match[0]) > 1 else "\\" + match[0], clean_line(text)
    )
    return LEADING.sub(
        lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", flat
    )


def code_span(text: str) -> str:
    """Text as one line of Markdown code, in more backticks than it holds: nothing needs escaping.

    CommonMark reads nothing between the backticks, so a command can be copied as it stands.
    """
    flat = clean_line(text)
    if not flat:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    edge = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{edge}{flat}{edge}{fence}"


def markdown_url(url: str) -> str:
    """A place in the document or a checked http(s) URL; it cannot end the link it stands in."""
    if url.startswith("#"):
        return "#" + quote(url[1:], safe="-._")
    return quote(words.web_link(url), safe=":/?#@!$&*+,;=%~-._")


def _clean(value: object) -> object:
    """A value without characters that act unseen; markup that is made here is left alone."""
    return clean_text(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """The HTML environment. Autoescape is on for every file, whatever its name ends in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    env = Environment(
        loader=FileSystemLoader(folder("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"csp_hash": csp_hash, "cites": link_cites}
    env.globals["words"] = words
    return env


def link_cites(text: str, articles: Sequence[str]) -> Markup:
    """Text in which the number of a source leads to the article of this number, if it has one.

    Words from right to left are set apart, so that they move nothing else in the line.
    """
    from markupsafe import Markup, escape  # noqa: PLC0415 (start-up)

    def link(match: re.Match[str]) -> str:
        known = articles[int(match[1]) - 1 : int(match[1])] if int(match[1]) else ()
        return f'<a class="cite" href="#{escape(known[0])}">{match[0]}</a>' if known else match[0]

    told = LEFTWARD.sub(r"<bdi>\g<0></bdi>", str(escape(clean_text(text))))
    return Markup(CITE.sub(link, told))  # noqa: S704 (escaped here)


@cache
def text_environment() -> Environment:
    """The Markdown environment: every value goes through `escape_markdown` unless marked safe."""
    from markupsafe import Markup  # noqa: PLC0415 (start-up)

    def safe(value: object) -> Markup:
        return value if isinstance(value, Markup) else Markup(escape_markdown(str(value)))  # noqa: S704 (escaped here)

    # Autoescape stays on: it leaves Markup alone, and macros return Markup only under it.
    env = environment().overlay(finalize=safe)
    env.globals = {**env.globals, "hashes": lambda level: Markup("#" * level)}  # noqa: S704 (no text)
    env.filters = {
        **env.filters,
        "url": lambda url: Markup(markdown_url(url)),  # noqa: S704 (escaped there)
        "code": lambda text: Markup(code_span(text)),  # noqa: S704 (inert there)
    }
    return env


def csp_hash(script: str) -> str:
    """What a content security policy calls an inline script by, without the quotes."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


def html(page: Page | ReadingPage, template: str = "report") -> str:
    """The page as one self-contained HTML document, by the template of this name."""
    return environment().get_template(f"{template}.html.j2").render(page=page)


def markdown(page: Page | ReadingPage, template: str = "report") -> str:
    """The page as Markdown that also reads as plain text, by the template of this name."""
    text = text_environment().get_template(f"{template}.md.j2").render(page=page)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
