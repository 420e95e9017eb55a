"""Read the metadata of an article: front matter, and the keys by which any metadata is known.

Articles are hostile input: of YAML only strings, lists and keys are read, no alias, no deep
nesting and at most `LIMIT` characters. What is not valid YAML is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from factcheck.articles.decode import scrub
from factcheck.articles.times import to_stamp
from factcheck.language.words import split_values

_KEYS = {
    "title": "title headline titel titre titolo título titulo titular tittel rubrik tytuł",
    "outlet": "outlet publisher site source newspaper publication masthead testata zeitung journal"
    " periódico diario krant tidning jornal",
    "byline": "author byline authors autor autora auteur autore författare",
    "published": "published date datum fecha data",
    "updated": "updated modified",
    "language": "language lang",
    "section": "section category",
    **{key: key for key in ("url", "agency", "types", "to_pay", "sender", "listed", "mail")},
}
"""The keys of front matter by the names of `Article`, in the order in which they count."""
_USED = frozenset(split_values(_KEYS))
LIMIT = 16_384  # characters
_DEPTH = 4
ROW = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,30}):(?:[ \t]+(?P<value>.*))?$")
_NOTHING = {"", "~", "null"}
# As clippers for note-taking write names: "[[Jutta Reimers]]", "[[people/reimers|Jutta Reimers]]".
_NOTE_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")


def unify_keys(metadata: Mapping[str, object]) -> dict[str, object]:
    """Metadata by the names of `Article`; values that cannot be used are left out."""
    lowered = {str(key).lower().strip(): value for key, value in metadata.items()}
    for key in _KEYS[
        "outlet"
    ].split():  # "source: https://..." tells where it stood, not in what paper
        if str(lowered.get(key, "")).startswith(("http://", "https://")):
            lowered.setdefault("url", lowered.pop(key))
    found: dict[str, object] = {}
    for name, keys in _KEYS.items():
        raw = next((lowered[key] for key in keys.split() if lowered.get(key)), None)
        read = {"published": to_stamp, "updated": to_stamp, "url": _to_url}.get(name, _to_text)
        if value := read(raw):
            found[name] = value
    return found


def _to_url(value: object) -> str:
    """An address; "" for one that cannot be taken apart, such as "http://[::"."""
    url = _to_text(value)
    try:
        urlsplit(url)
    except ValueError:
        return ""
    return url


def _to_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_to_text, value[:20])))
    if not isinstance(value, (str, int, float)):
        return ""
    return " ".join(_NOTE_LINK.sub(r"\1", scrub(str(value))).split())[:500]


def read_keys(block: str) -> tuple[Mapping[str, object], str]:
    """The keys of a block by its YAML, else by its lines; and what is wrong with it, or ""."""
    if len(block) > LIMIT:
        return read_by_line(block[:LIMIT]), f"longer than {LIMIT} characters"
    import yaml  # noqa: PLC0415 - loaded for files with metadata only

    try:
        _refuse_large(yaml.parse(block, Loader=yaml.BaseLoader))
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        return read_by_line(block), f"not valid YAML{where}: {problem}"
    if not isinstance(found, dict):
        return read_by_line(block), "no list of keys" if block.strip() else ""
    return {str(key): value for key, value in found.items() if str(value) not in _NOTHING}, ""


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


def read_by_line(block: str) -> dict[str, object]:
    """`key: value` line by line, without what stands indented."""
    found: dict[str, object] = {}
    for row in block.splitlines():
        match = ROW.match(row)
        value = (match["value"] or "").strip() if match else ""
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if match and value not in _NOTHING:
            found.setdefault(match["key"].strip(), value)
    return found


def list_unused_rows(block: str) -> list[str]:
    """The lines of a block whose key is not used, to be listed as left out."""
    rows, key = [], ""
    for row in filter(str.strip, block.splitlines()):
        match = ROW.match(row)
        key = match["key"].strip().lower() if match else key
        if key not in _USED:
            rows.append(" ".join(row.split()))
    return rows
