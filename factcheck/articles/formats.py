"""Read the text of a file in one of three formats into a `Document` of lines and metadata.

Plain text and Markdown may open with front matter between `---` lines (its keys are `_KEYS`,
others are listed as dropped), a plain text also with the head of a mail. Articles are hostile
input: of YAML only strings, lists and keys are read, no alias, no deep nesting and at most `LIMIT`
characters. What is not valid YAML is read line by line, and the problem told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import TYPE_CHECKING, Literal

from factcheck.articles.decode import scrub
from factcheck.articles.hidden import cut_hidden_markup, warn_of_characters, warn_of_hidden
from factcheck.articles.html import read_html
from factcheck.articles.lines import Document, Line, mark_rows, read_plain_lines
from factcheck.articles.sentences import LONGEST_PARAGRAPH
from factcheck.articles.times import is_dated, to_stamp
from factcheck.models import ArticleWarning, Dropped

if TYPE_CHECKING:
    from markdown_it.token import Token

Format = Literal["txt", "md", "html"]
FORMATS: Mapping[str, Format] = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}

_KEYS = {
    "title": (
        *("title", "headline", "titel", "titre", "titolo", "título", "titulo", "titular"),
        *("tittel", "rubrik", "tytuł"),
    ),
    "outlet": (
        *("outlet", "publisher", "site", "source", "newspaper", "publication", "masthead"),
        *("testata", "zeitung", "journal", "periódico", "diario", "krant", "tidning", "jornal"),
    ),
    "byline": ("author", "byline", "authors", "autor", "autora", "auteur", "autore", "författare"),
    "published": ("published", "date", "datum", "fecha", "data"),
    "updated": ("updated", "modified"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
    **{key: (key,) for key in ("url", "agency", "types", "to_pay", "sender", "listed", "mail")},
}
_USED = frozenset(key for keys in _KEYS.values() for key in keys)
LIMIT = 16_384  # characters
_DEPTH = 4
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,30}):(?:[ \t]+(?P<value>.*))?$")
_MAIL_HEAD = re.compile(r"\A(?:[A-Z][\w -]{1,20}:[ \t].*\n){2,12}(?=[ \t]*\n)")
OF_MAIL: Mapping[str, str] = {
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "oggetto", "assunto"), "title"),
    **dict.fromkeys(("onderwerp", "ämne", "emne", "temat"), "title"),
    **dict.fromkeys(("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado"), "date"),
    **dict.fromkeys(("data", "inviato", "verzonden", "skickat", "sendt", "wysłano"), "date"),
    **dict.fromkeys(("from", "von", "de", "da", "van", "från", "fra", "od"), "sender"),
    **dict.fromkeys(("to", "an", "à", "para", "a", "aan", "till", "til", "do", "cc"), "to"),
}
"""The rows of the head of a mail in several languages, by the keys of front matter."""
_PASSED_ON = re.compile(r"(?:(?:fwd?|fw|wg|tr|rv|enc|pd|doorst|(?-i:I))\s?:\s*)+", re.IGNORECASE)
_NOTHING = {"", "~", "null"}
_BLANK = re.compile(r"\n[ \t]*\n")
_TABLE_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")


def read_document(text: str, kind: Format) -> Document:
    """The lines and metadata of a text in one of the formats. Raises nothing."""
    warnings = warn_of_characters(text)
    text = scrub(text)
    if kind == "html":
        page = read_html(text)
        told = (*warnings, *page.warnings)
        return replace(page, metadata=unify_keys(page.metadata), warnings=told)
    front = _FRONT.match(text.lstrip("\n"))
    if front and kind == "txt" and not any(map(_ROW.match, front[1].splitlines())):
        front = None  # plain texts have `---` lines of their own
    block, body = (front[1], front.string[front.end() :]) if front else ("", text)
    metadata, problem = _read_keys(block)
    if kind == "txt" and not front and (mail := _read_mail_head(body)):
        block, body = mail[0], body.lstrip("\n")[len(mail[0]) :]
        metadata = mail[1]
    if problem:
        detail = f"the front matter is {problem}; it was read line by line"
        warnings = (*warnings, ArticleWarning(kind="metadata", text=detail, place="front matter"))
    lost = [Dropped(text=row, reason="metadata") for row in _list_unused_rows(block)]
    # The time of the parser grows faster than a paragraph, and no real one is that long.
    if kind == "md":
        body, hidden = cut_hidden_markup(body)
        warnings += warn_of_hidden(hidden, frozenset())
        lost += [Dropped(text=one.text, reason="hidden") for one in hidden]
    if kind == "md" and max(map(len, _BLANK.split(body))) <= LONGEST_PARAGRAPH:
        lines, more = _read_markdown(body)
        lost += more
    else:
        lines = read_plain_lines(body)
    return Document(lines, unify_keys(metadata), tuple(lost), warnings)


def _read_mail_head(text: str) -> tuple[str, dict[str, object]] | None:
    """The head of a mail that a text opens with, and what it tells; None without one."""
    match = _MAIL_HEAD.match(text.lstrip("\n"))
    rows = _read_by_line(match[0]) if match else {}
    found = read_mail_rows(rows)
    return (match[0], found) if match and "title" in found else None


def read_mail_rows(rows: Mapping[str, object]) -> dict[str, object]:
    """The head of a mail by the keys of front matter; who passed a mail on is not its sender."""
    found = {OF_MAIL[key.lower()]: rows[key] for key in rows if key.lower() in OF_MAIL}
    subject = str(found.get("title", ""))
    address = re.sub(r"\[mailto:([^\[\]]*)\]", r"<\1>", str(found.get("sender", "")))
    sender = "" if _PASSED_ON.match(subject) else scrub(parseaddr(address)[0])
    bare = {"title": _PASSED_ON.sub("", subject, count=1)} if subject else {}
    return {**found, **bare, "sender": sender, "mail": "yes"}


def unify_keys(metadata: Mapping[str, object]) -> dict[str, object]:
    """Metadata by the names of `Article`; values that cannot be used are left out."""
    lowered = {str(key).lower().strip(): value for key, value in metadata.items()}
    for key in _KEYS["outlet"]:  # "source: https://..." tells where it stood, not in what paper
        if str(lowered.get(key, "")).startswith(("http://", "https://")):
            lowered.setdefault("url", lowered.pop(key))
    found: dict[str, object] = {}
    for name, keys in _KEYS.items():
        raw = next((lowered[key] for key in keys if lowered.get(key)), None)
        value = to_stamp(raw) if name in {"published", "updated"} else _to_text(raw)
        if value:
            found[name] = value
    return found


def _to_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_to_text, value[:20])))
    return " ".join(scrub(str(value)).split())[:500] if isinstance(value, (str, int, float)) else ""


def _read_keys(block: str) -> tuple[Mapping[str, object], str]:
    """The keys of a block by its YAML, else by its lines; and what is wrong with it, or ""."""
    if len(block) > LIMIT:
        return _read_by_line(block[:LIMIT]), f"longer than {LIMIT} characters"
    import yaml  # noqa: PLC0415 - loaded for files with metadata only

    try:
        _refuse_large(yaml.parse(block, Loader=yaml.BaseLoader))
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        return _read_by_line(block), f"not valid YAML{where}: {problem}"
    if not isinstance(found, dict):
        return _read_by_line(block), "no list of keys" if block.strip() else ""
    return {str(key): value for key, value in found.items() if str(value) not in _NOTHING}, ""


def _list_unused_rows(block: str) -> list[str]:
    """The lines of a block whose key is not used, to be listed as left out."""
    rows, key = [], ""
    for row in filter(str.strip, block.splitlines()):
        match = _ROW.match(row)
        key = match["key"].strip().lower() if match else key
        if key not in _USED:
            rows.append(" ".join(row.split()))
    return rows


def _refuse_large(events: Iterable[object]) -> None:
    """Raise ValueError for aliases, anchors and deep nesting before anything is built."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") and kind.startswith(("Sequence", "Mapping"))
        depth -= kind.endswith("EndEvent") and kind.startswith(("Sequence", "Mapping"))
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise ValueError("anchors and aliases are not read")
        if depth > _DEPTH:
            raise ValueError(f"nested deeper than {_DEPTH} levels")


def _read_by_line(block: str) -> dict[str, object]:
    """`key: value` line by line, without what stands indented."""
    found: dict[str, object] = {}
    for row in block.splitlines():
        match = _ROW.match(row)
        value = (match["value"] or "").strip() if match else ""
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if match and value not in _NOTHING:
            found.setdefault(match["key"].strip(), value)
    return found


def _read_markdown(text: str) -> tuple[tuple[Line, ...], list[Dropped]]:
    """Paragraphs, headings, list items and table rows of a Markdown text, without its markup.

    Raw HTML stays as the text it is. The text of an image becomes a caption. Second come
    the labels of links and of code, which no reader sees.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded for Markdown only

    lines: list[Line] = []
    lost: list[str] = []
    heading = ""
    shared: dict[str, dict[str, dict[str, str]]] = {}
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text, shared)
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    title = heads[0] if heads and tokens[heads[0]].tag == "h1" else 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline":
            found = [*_read_inline(token, heading)]
            if heads and not _is_bold(token):
                found = [replace(line, plain=line.kind == "text") for line in found]
            lines += _read_head(token) or found if at < title else found
            heading = ""
        elif token.type in {"fence", "code_block"}:
            lost.append(token.info)
            lines += read_plain_lines(scrub(token.content))
    for label, link in shared.get("references", {}).items():
        lost.append(f"[{label}]: {link.get('href', '')} {link.get('title', '')}")
    texts = (" ".join(scrub(row).split()) for row in lost)
    return tuple(lines), [Dropped(text=row, reason="metadata") for row in texts if row]


def _read_inline(token: Token, heading: str) -> Iterator[Line]:
    """The lines of one block: its paragraphs, or its rows where it is a table or score box."""
    children = token.children or []
    images = [child.content for child in children if child.type == "image" and child.content]
    yield from (Line(" ".join(scrub(image).split()), kind="caption") for image in images)
    rows = _cut_rows(children, soft="\n")
    if len(rows) > 1 and "|" in rows[1] and _TABLE_RULE.match(rows[1]):
        table = (row.strip("| ") for row in rows if not _TABLE_RULE.match(row))
        yield from (Line(row, kind="row") for row in table if row)
        return
    if heading:
        kind: Literal["title", "heading"] = "title" if heading == "h1" else "heading"
        yield from (Line(row, kind=kind) for row in _cut_rows(children, soft=" "))
        return
    lines = mark_rows([Line(row, gap=number == 0) for number, row in enumerate(rows)])
    if all(line.kind == "text" for line in lines):
        rows = _cut_rows(children, soft=" ")
        lines = [Line(row, gap=number == 0) for number, row in enumerate(rows)]
    yield from lines


def _is_bold(token: Token) -> bool:
    """Whether a whole block is in bold, as a heading without its mark is."""
    kinds = [child.type for child in token.children or [] if child.content or child.nesting]
    return kinds[:1] == ["strong_open"] and kinds.index("strong_close") == len(kinds) - 1


def _read_head(token: Token) -> list[Line]:
    """The rows of a block above the title that holds a masthead and a date; else none."""
    rows = _cut_rows(token.children or [], soft="\n")
    if len(rows) == 1 or not any(map(is_dated, rows)):
        return []
    return [Line(row, gap=number == 0) for number, row in enumerate(rows)]


def _cut_rows(children: Sequence[Token], soft: str) -> list[str]:
    """The text of inline tokens by its hard line breaks; `soft` is what others become."""
    breaks = {"hardbreak": "\n", "softbreak": soft, "image": ""}
    text = "".join(breaks.get(child.type, child.content) for child in children)
    rows = (" ".join(row.split()) for row in scrub(text).split("\n"))  # references bring them back
    return [row for row in rows if row]
