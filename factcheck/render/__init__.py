"""The last arrow: a `Report` in, HTML, Markdown or JSON out, as text or as files.

The JSON is the report itself, so `load_report` reads it back; the other formats
are rendered from it and hold every part of it.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from factcheck.errors import UsageError
from factcheck.models import SCHEMA, Report
from factcheck.render import markup
from factcheck.render.layout import page

Format = Literal["html", "md", "json"]

__all__ = ["Format", "load_report", "render", "write_report"]


def render(report: Report, format: Format) -> str:  # noqa: A002 (the word that callers use)
    """The report as one self-contained document, ending in a newline."""
    if format == "html":
        return markup.html(page(report))
    if format == "md":
        return markup.markdown(page(report))
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def load_report(path: Path) -> Report:
    """Read a `report.json`.

    Raises UsageError where the file cannot be read, is no report, or was written
    in another version of the schema.
    """
    hint = "Give the report.json that an earlier run wrote."
    try:
        raw = path.read_text(encoding="utf-8")
        data = json.loads(raw)
    except OSError as error:
        raise UsageError(f"cannot read {path.name}: {error.strerror}", hint) from error
    except ValueError as error:
        raise UsageError(f"{path.name} is not JSON in UTF-8", hint) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(schema, str):
        raise UsageError(f"{path.name} is not a report: it names no schema", hint)
    if schema != SCHEMA:
        raise UsageError(
            f"{path.name} has the schema {schema!r}, this version reads {SCHEMA!r}",
            "Make the report again, or use the version of factcheck that wrote it.",
        )
    try:
        return Report.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "top level"
        raise UsageError(f"{path.name} is damaged at {place}: {first['msg']}", hint) from error


def write_report(report: Report, folder: Path, formats: Iterable[Format]) -> list[Path]:
    """Write `report.html`, `report.md`, `report.json` into a folder, made where it is missing.

    All formats are rendered before the first is written. Raises UsageError where
    the folder cannot be written to.
    """
    documents = {folder / f"report.{format_}": render(report, format_) for format_ in formats}
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
