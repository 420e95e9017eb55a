"""The last arrow: a `Report` or a `SideBySide` in, HTML, Markdown or JSON out, as text or files.

The JSON is the report itself, so `load_report` reads it back; the other formats
are rendered from it and hold every part of it.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import ValidationError

from factcheck.errors import UsageError
from factcheck.models import SCHEMA, Report
from factcheck.report import layout, markup, reading
from factcheck.report.words import listed
from factcheck.sidebyside.models import SCHEMA as READING_SCHEMA
from factcheck.sidebyside.models import SideBySide

Format = Literal["html", "md", "json"]
KINDS: Mapping[str, type[Report] | type[SideBySide]] = MappingProxyType(
    {SCHEMA: Report, READING_SCHEMA: SideBySide}
)
OLDER = frozenset({"factcheck.report/1"})

__all__ = ["Format", "load_report", "render", "write_report"]


def render(
    report: Report | SideBySide,
    format: Format,  # noqa: A002 (the word that callers use)
    *,
    full: bool = False,
) -> str:
    """The report or reading as one self-contained document, ending in a newline.

    `full` writes the whole audit as Markdown too, which is else the first page, the
    questions, and what more than one article tells.
    """
    write = {"html": markup.html, "md": markup.markdown}.get(format)
    if write and isinstance(report, SideBySide):
        return write(reading.page(report), "reading")
    if write and isinstance(report, Report):
        return write(layout.page(report), "report.full" if full and format == "md" else "report")
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def load_report(path: Path) -> Report | SideBySide:
    """Read a `report.json` or a `reading.json`, told apart by the schema that they name.

    Raises UsageError where the file cannot be read, is no report, or was written
    in another version of the schema.
    """
    hint = "Give the report.json that an earlier run wrote."
    try:
        raw = path.read_text(encoding="utf-8")
        data = json.loads(raw)
    except OSError as error:
        raise UsageError(f"cannot read {path.name}: {error.strerror}", hint) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path.name} is not JSON in UTF-8", hint) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(schema, str):
        raise UsageError(f"{path.name} is not a report: it names no schema", hint)
    if schema in OLDER:
        raise UsageError(
            f"{path.name} was written by an older version ({schema}), which this one does not read",
            "Make the report again from the articles.",
        )
    if schema not in KINDS:
        raise UsageError(
            f"{path.name} has the schema {schema!r}, this version reads {listed(map(repr, KINDS))}",
            "Make the report again, or use the version of factcheck that wrote it.",
        )
    try:
        return KINDS[schema].model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "top level"
        raise UsageError(f"{path.name} is damaged at {place}: {first['msg']}", hint) from error


def write_report(
    report: Report | SideBySide, folder: Path, formats: Iterable[Format], *, full: bool = False
) -> list[Path]:
    """Write `report.html`, `report.md`, `report.json` into a folder, made where it is missing.

    A side-by-side reading goes to `reading.html`, `reading.md`, `reading.json`.

    `full` is that of `render`. All formats are rendered before the first is written.
    Raises UsageError where the folder cannot be written to.
    """
    name = "reading" if isinstance(report, SideBySide) else "report"
    documents = {
        folder / f"{name}.{format_}": render(report, format_, full=full) for format_ in formats
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in documents.items():
            replace(path, text)
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder}: {error.strerror}", "Choose another output folder."
        ) from error
    return list(documents)


def replace(path: Path, text: str) -> None:
    """Put a whole file in place at once, so that nobody ever sees half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
