"""Read the metadata that stands above a text or in a sidecar file, within limits.

Articles are hostile input and YAML is a large language: only strings, lists and keys are
read, never an alias, a deep nesting or more than `LIMIT` characters. What is not valid
YAML (`title: Tram: the line is open`) is read line by line, and the problem is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

LIMIT = 16_384  # characters
_DEPTH = 4
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,30}):(?:[ \t]+(?P<value>.*))?$")
_NOTHING = {"", "~", "null"}


def split_front_matter(text: str) -> tuple[str, str]:
    """The block between `---` lines at the top ("" for none), and the rest of the text."""
    match = _FRONT.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def has_keys(block: str) -> bool:
    """Whether a line of a block is a key: plain texts have `---` lines of their own."""
    return any(_ROW.match(row) for row in block.splitlines())


def read_keys(block: str) -> tuple[Mapping[str, object], str]:
    """The keys of a block by its YAML, else by its lines, and what was wrong with its notation.

    Second comes "" where nothing was. Raises nothing.
    """
    if len(block) > LIMIT:
        return _by_line(block[:LIMIT]), f"longer than {LIMIT} characters"
    import yaml  # noqa: PLC0415 - loaded for files with metadata only

    try:
        _check(yaml.parse(block, Loader=yaml.BaseLoader))
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        return _by_line(block), f"not valid YAML{where}: {problem}"
    if not isinstance(found, dict):
        return _by_line(block), "no list of keys" if block.strip() else ""
    return {str(key): value for key, value in found.items() if str(value) not in _NOTHING}, ""


def list_unused_rows(block: str, used: Collection[str]) -> list[str]:
    """The lines of a block whose key is not among `used`, to be listed as left out."""
    rows, key = [], ""
    for row in filter(str.strip, block.splitlines()):
        match = _ROW.match(row)
        key = match["key"].strip().lower() if match else key
        if key not in used:
            rows.append(" ".join(row.split()))
    return rows


def _check(events: Iterable[object]) -> None:
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


def _by_line(block: str) -> dict[str, object]:
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
