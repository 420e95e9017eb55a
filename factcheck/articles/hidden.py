"""Find text that a page or a plain text hides from people, so that it is never a sentence.

Pages hide text by attributes, by inline styles, by rules in their `<style>` elements and by
the usual classes for screen readers; plain text hides it in characters that are not shown.
What is hidden by a style sheet that is only linked cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factcheck.articles.elements import read_text, remove
from factcheck.articles.lines import squeeze
from factcheck.articles.styles import background, find_style, hiding, index_rules, read_rules
from factcheck.language.visible import shorten
from factcheck.models import ArticleWarning

MOST = 20  # warnings of one article
_LEAST = 5  # words from which hidden text is worth a warning
_READER_ONLY = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|a11y-hidden|off-?screen"
    r"|hidden-text|is-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"(?:^|\s)(?:d-none|hidden|hide)(?:\s|$)")
_RESPONSIVE = re.compile(r"(?:^|\s)(?:\w+:[\w-]+|d-\w+-\w+)(?:\s|$)")
_FALLBACK = frozenset(
    {"audio", "canvas", "iframe", "noembed", "noframes", "noscript", "rp", "template", "video"}
)
"""Elements whose text no browser shows: it stands in for what is shown in its place."""
_CONTROLS = frozenset({"datalist", "select", "textarea"})
_CODE = re.compile(r"^\s*\[(?:if|end)|[{}<>]|https?://|enable javascript|[=;]\s*$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(
    r"<(?P<name>div|p|span|section|article|aside|details|font|small|b|i|em|strong)\b"
    r"(?=[^<>]{0,300}(?:style|class|hidden|color)\b)[^<>]{1,500}>.{0,5000}?</(?P=name)>",
    re.DOTALL | re.IGNORECASE,
)
"""HTML in a Markdown text that may be hidden."""
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_FLAGS = re.compile("\U0001f3f4[\U000e0061-\U000e007a0-9]{2,6}\U000e007f")
_TURNED = re.compile("[\u202d\u202e]")
_UNSEEN = re.compile("[\u200b\u2060-\u2064\u180e\ufeff](?=.)")
_MIXED = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[\u0400-\u04ff\u0370-\u03ff])[^\W\d_]{3,}\b")


@dataclass(frozen=True)
class Hidden:
    """A text that a page hides, and how and where it does."""

    text: str
    place: str


def take_hidden(tree: Any) -> list[Hidden]:
    """Take everything hidden out of a parsed page, templates too."""
    sheets = [style.text or "" for style in tree.iter("style")]
    rules = index_rules(rule for sheet in sheets[:50] for rule in read_rules(sheet))
    linked = any("stylesheet" in (link.get("rel") or "") for link in tree.iter("link"))
    taken = []
    shades: dict[Any, str] = {}
    root = tree.getroottree().getroot()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in {"head", "script", "style"}:
            continue
        if element.getroottree().getroot() is not root:
            continue  # something around it was taken out
        style = find_style(element, rules)
        shade = shades.get(element.getparent(), "" if linked else "#ffffff")
        shades[element] = background(style) or shade
        way = _find_way(element, style, shades[element])
        if way and element.getparent() is not None:
            text = read_text(element)
            if text and element.tag not in _CONTROLS:
                name = (element.get("id") or element.get("class") or "")[:60]
                taken.append(Hidden(text, f"{way} in <{element.tag} {name}".rstrip() + ">"))
            remove(element)
    return taken


def warn_of_hidden(taken: list[Hidden], shown: frozenset[str]) -> tuple[ArticleWarning, ...]:
    """Warnings for hidden texts of some length that do not only repeat what is shown."""
    told = [
        one
        for one in taken
        if len(one.text.split()) >= _LEAST
        and not _CODE.search(one.text)
        and squeeze(one.text) not in shown
    ]
    found = [
        ArticleWarning(kind="hidden-text", text=shorten(one.text), place=one.place)
        for one in told[:MOST]
    ]
    if len(told) > MOST:
        rest = f"{len(told) - MOST} more hidden texts"
        found.append(ArticleWarning(kind="hidden-text", text=rest, place="the page"))
    return tuple(found)


def warn_of_characters(text: str) -> tuple[ArticleWarning, ...]:
    """Warnings for characters that hide text, turn it round or imitate others."""
    bare = _FLAGS.sub("", text)
    found = []
    for match in list(_TAGS.finditer(bare))[:MOST]:
        spelled = "".join(chr(ord(char) - 0xE0000) for char in match.group())
        found.append(_warn("hidden-text", spelled, "tag characters", bare, match))
    turned, unseen, mixed = ([*p.finditer(bare)] for p in (_TURNED, _UNSEEN, _MIXED))
    words = ", ".join(dict.fromkeys(match.group() for match in mixed[:10]))
    for kind, matches, say in (
        ("encoding", turned, f"{len(turned)} characters that turn the direction of the text"),
        ("encoding", unseen, f"{len(unseen)} characters that cannot be seen"),
        ("script", mixed, f"words with letters of two scripts: {words}"),
    ):
        if matches:
            found.append(_warn(kind, say, "first", bare, matches[0]))
    return tuple(found)


def _warn(kind: Any, say: str, how: str, text: str, match: re.Match[str]) -> ArticleWarning:
    line = text.count("\n", 0, match.start()) + 1
    return ArticleWarning(kind=kind, text=shorten(say), place=f"{how} in line {line}")


def read_comments(text: str) -> Iterator[Hidden]:
    """The prose in the comments of a page, which its parser leaves out."""
    for match in _COMMENT.finditer(text):
        comment = " ".join(match[1][:5_000].split())
        if len(comment.split()) >= _LEAST and not _CODE.search(comment):
            yield Hidden(comment, "a comment")


def cut_hidden_markup(text: str) -> tuple[str, list[Hidden]]:
    """A Markdown text without what its comments and HTML hide from readers, and that."""
    taken = list(read_comments(text))

    def cut(match: re.Match[str]) -> str:
        from trafilatura import load_html  # noqa: PLC0415 - slow to import

        tree = load_html(f"<html><body>{match[0]}</body></html>")
        found = [] if tree is None else take_hidden(tree)
        taken.extend(found)
        return match[0] if tree is None or not found else " ".join(tree.itertext())

    return _ELEMENT.sub(cut, _COMMENT.sub("", text)), taken


def _find_way(element: Any, style: Mapping[str, str], shade: str) -> str:
    """How an element is hidden, "" where it is shown."""
    classes = element.get("class") or ""
    if element.tag in _FALLBACK | _CONTROLS:
        return f"a <{element.tag}>"
    if element.get("hidden") is not None or (
        element.tag == "dialog" and element.get("open") is None
    ):
        return "hidden"
    if _READER_ONLY.search(classes):
        return "for screen readers only"
    if _NOT_SHOWN.search(classes) and not _RESPONSIVE.search(classes):
        return "by its class"
    return hiding(style, shade)
