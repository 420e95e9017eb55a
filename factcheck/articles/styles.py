"""Read as much CSS as tells whether a text is shown: declarations, rules, what they hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Style = Mapping[str, str]

_LIMIT = 200_000  # characters of one style sheet
_MOST = 2_000  # rules
_FAINT = r"(?:0?\.0(?:[0-4]\d*|50*)?|0|[0-5]%|[\d.]+e-\d+%?)"  # opacity at which nothing is seen
_TINY = r"(?:[01](?:\.\d+)?(?:px|pt)|0?\.\d+(?:px|pt)|0?\.[01]\d*r?em|0(?:[a-z]+|%)?)(?=[/ ]|$)"
# From 400 pixels on a text is off the screen.
_FAR = r"-(?:[4-9]\d\d|\d{4,}|\d+e\d|\d{2,}(?=\.?\d*r?em)|\d{3,}(?=\.?\d*(?:%|v[wh])))"
_SIDES = r"(?:left|top|right|bottom|margin-left|margin-top|text-indent)"
# What hides a text, in declarations that stand on a line each as "name:value".
_WAYS = tuple(
    (way, re.compile(pattern, re.MULTILINE))
    for way, pattern in (
        ("display:none", r"^display:none$"),
        ("visibility:hidden", r"^(?:content-)?visibility:(?:hidden|collapse)$"),
        ("opacity:0", rf"^opacity:{_FAINT}$|^filter:.*opacity\({_FAINT}\)"),
        ("letters of no size", rf"^font(?:-size)?:(?:[\w-]+ )*?{_TINY}"),
        (
            "off the screen",
            rf"^{_SIDES}:{_FAR}|^(?:left|text-indent):\d{{4,}}|translate.*{_FAR}|scale\(0(?!\.)",
        ),
        (
            "clipped away",
            (
                r"^clip:rect\((?:[01](?:px)?[, ]*)+\)|^clip-path:inset\((?:[5-9]\d|100)%"
                r"|^clip-path:(?:circle\(0|polygon\(0(?:px)? 0(?:px)?, ?0)"
            ),
        ),
        (
            "clipped away",
            (
                r"\A(?=[^\0]*^overflow(?:-y)?:(?:hidden|clip)$)"
                r"[^\0]*^(?:max-)?(?:height|width):(?:0[a-z%]*|1px)$"
            ),
        ),
    )
)
_MARK = re.compile(r"[.#][\w-]+|\[[\w-]+(?:=(?:[\w-]+|\"[^\"\]]*\"|'[^'\]]*'))?\]")
_SIMPLE = re.compile(rf"^(?P<tag>[a-z][\w-]*|\*)?(?P<rest>(?:{_MARK.pattern})*)$")
_WRAPPED = re.compile(r":(?:is|where)\(([^(),\s]*)\)")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\([^\n])")
_INNER = r"\{[^{}]*\}?"
_BLOCK = rf"\{{(?:[^{{}}]|\{{(?:[^{{}}]|{_INNER})*\}}?)*(?:\}}|\Z)"
# What opens a rule for any screen, so that what stands in it is read; else a whole rule.
_AT_RULE = re.compile(
    r"@(?:media\s+(?:only\s+)?(?:screen|all)\s*|(?:supports|layer)[^{};@]*)\{"
    rf"|@[^{{}};@]*(?:;|{_BLOCK}|\Z|(?=[}}@]))"
)
_NAMES = {"white": "#ffffff", "black": "#000000", "transparent": "transparent"}


@dataclass(frozen=True)
class Rule:
    """Simple selectors from the outermost to the element itself, and the declarations."""

    path: tuple[tuple[str, frozenset[str]], ...]
    style: Style

    def matches(self, element: Any) -> bool:
        """Whether the rule is for an element; every combinator counts as "inside"."""
        *outer, last = self.path
        if not _fits(element, last):
            return False
        for ancestor in element.iterancestors() if outer else ():
            if outer and _fits(ancestor, outer[-1]):
                outer.pop()
        return not outer


def read_style(text: str) -> dict[str, str]:
    """Declarations by name, in lower case."""
    rows = (row.partition(":") for row in _cut_comments(text[:5000]).split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, _, value in rows
        if value.strip()
    }


def read_rules(text: str) -> Iterator[Rule]:
    """The rules of a style sheet for any screen and state."""
    sheet = _WRAPPED.sub(r"\1", _AT_RULE.sub("", _cut_comments(text[:_LIMIT])))
    for block in sheet.split("}")[:_MOST]:
        around, _, body = block.rpartition("{")
        selectors = _join_nested(around)
        style = read_style(body) if selectors else {}
        for selector in selectors.split(",")[:50] if style else ():
            path = _read_path(selector)
            if path:
                yield Rule(path, style)


def _join_nested(selectors: str) -> str:
    """The selectors of a rule with those of the rules around it; "" where these are several."""
    *outer, own = (level.rpartition(";")[2].strip() for level in selectors.split("{"))
    if any("," in level for level in outer):
        return ""
    return ",".join(" ".join([*outer, one.strip()]).replace(" &", "") for one in own.split(","))


def index_rules(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Rules by a mark of the element that they are for: an id, a class or a tag."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        tag, marks = rule.path[-1]
        found.setdefault(max(marks, default=tag), []).append(rule)
    return found


def find_style(element: Any, rules: Mapping[str, list[Rule]]) -> Style:
    """The declarations for an element; of pages the background alone: some hide at first."""
    style: dict[str, str] = {}
    for mark in (element.tag, *sorted(_list_marks(element))):
        for rule in rules.get(mark, ()):
            if rule.matches(element):
                style |= rule.style
    if element.tag in {"html", "body", "main", "article"}:
        style = {name: value for name, value in style.items() if name.startswith("background")}
    if element.tag == "font" and element.get("color"):
        style["color"] = element.get("color")
    return {**style, **read_style(element.get("style") or "")}


def hiding(style: Style, shade: str) -> str:
    """How a style hides text on a colour (`shade`, "" if unknown); "" where it does not."""
    told = "\n".join(f"{name}:{value}" for name, value in style.items())
    way = next((way for way, pattern in _WAYS if pattern.search(told)), "")
    colour = _read_colour(style.get("color", ""))
    blended = colour == "transparent" or bool(colour and colour == shade)
    return way or ("the colour of what is behind it" if blended else "")


def background(style: Style) -> str:
    """The colour behind a text by its own style, "unknown" for pictures, "" for none."""
    told = style.get("background-color") or style.get("background") or ""
    if not told or told in {"none", "transparent", "inherit", "initial"}:
        return ""
    colour = _read_colour(told.split()[0]) if "url(" not in told and "gradient" not in told else ""
    return colour or "unknown"


def _read_colour(text: str) -> str:
    """A colour as #rrggbb or "transparent"; "" for what is not read."""
    if text in _NAMES:
        return _NAMES[text]
    parts = re.match(r"(?:rgb|hsl)a?\(([^)]*)\)", text)
    if parts:
        values = re.split(r"[\s,/]+", parts[1].strip())
        if len(values) == 4 and re.fullmatch(_FAINT, values[3]):
            return "transparent"
        if text.startswith("rgb") and all(value.isdigit() for value in values[:3]):
            return "#" + "".join(f"{min(int(value[:4]), 255):02x}" for value in values[:3])
        return ""
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        return "#" + "".join(2 * char for char in text[1:])
    return text if re.fullmatch(r"#[0-9a-f]{6}|[a-z]{3,20}", text) else ""


def _fits(element: Any, simple: tuple[str, frozenset[str]]) -> bool:
    tag, marks = simple
    return tag in {"", "*", element.tag} and marks <= _list_marks(element)


def _list_marks(element: Any) -> set[str]:
    own = {"." + name for name in (element.get("class") or "").split()}
    for name, value in element.items():
        own |= {f"[{name}]", f"[{name}={value}]"}
    return own | {"#" + element.get("id")} if element.get("id") else own


def _read_path(selector: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The simple selectors of a selector; () for one that is not read."""
    path = []
    for part in re.split(r"[\s>+~]+", selector.strip()):
        match = _SIMPLE.match(part)
        if not match or not part or part == "*":
            return ()
        path.append(
            (match["tag"] or "", frozenset(_mark(m[0]) for m in _MARK.finditer(match["rest"])))
        )
    return tuple(path)


def _mark(told: str) -> str:
    """A class or id as it stands, an attribute without the quotation marks of its value."""
    return re.sub("[\"']", "", told) if told[0] == "[" else told


def _cut_comments(text: str) -> str:
    """CSS without comments, and with its escaped letters as they are."""
    return _ESCAPE.sub(_unescape, re.sub(r"/\*.*?(?:\*/|\Z)", " ", text, flags=re.DOTALL))


def _unescape(escape: re.Match[str]) -> str:
    """The letter of an escape; one that is no part of a name as an underscore."""
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    letter = chr(code) if code < 0x110000 else ""
    return letter if re.fullmatch(r"[\w-]", letter) else "_"
