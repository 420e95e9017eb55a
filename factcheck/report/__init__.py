"""Rendering: a `Report` or a `SideBySide` in, HTML, Markdown or JSON out, as text or files.

The JSON is the report itself, so `load_report` reads it back; the other formats
are rendered from it and hold every part of it.
"""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from factcheck.errors import UsageError
from factcheck.files import read_bytes, write_files
from factcheck.models import Document, Report
from factcheck.persistence import Fault, UnreadableError, parse_json, read_document, schema_of
from factcheck.report import layout, markup, reading
from factcheck.report.failures import write_guarded
from factcheck.report.words import join_items
from factcheck.sidebyside.models import SideBySide

Format = Literal["html", "md", "json"]
KINDS: Mapping[str, type[Report] | type[SideBySide]] = MappingProxyType(
    {"factcheck.report": Report, "factcheck.reading": SideBySide}
)

UNREADABLE: Mapping[Fault, str] = MappingProxyType(
    {
        "damaged": "Give the report.json that an earlier run wrote.",
        "older": "Make the report again from the articles.",
        "newer": "Use the version of factcheck that wrote it, or a later one.",
    }
)

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""Links can be opened in a tab; no script runs, and nothing reaches the notebook around it."""

__all__ = ["Format", "load_report", "render", "to_frame", "write_report"]


def render(
    report: Report | SideBySide,
    format: Format,  # noqa: A002 (the word that callers use)
    *,
    full: bool = False,
) -> str:
    """The report or reading as one self-contained document, ending in a newline.

    `full` writes the whole audit as Markdown too, which is else the first page and what had no
    room on it; of a reading the first page and the sets.
    An article, finding or question on which the renderer fails is hidden, see `guarded`.
    Raises UsageError for another format.
    """
    if format not in get_args(Format):
        raise UsageError(f"{format!r} is no format", f"Choose {join_items(get_args(Format))}.")
    if format == "json":
        return report.model_dump_json(by_alias=True, indent=2) + "\n"
    whole = ".full" if full and format == "md" else ""
    write = {"html": markup.html, "md": markup.markdown}[format]

    def document(shown: Report | SideBySide) -> str:
        if isinstance(shown, SideBySide):
            return write(reading.ReadingPage(shown), f"reading{whole}")
        return write(layout.Page(shown), f"report{whole}")

    return write_guarded(report, document, f"writing {format}")


def to_frame(document: Report | SideBySide) -> str:
    """The HTML page as one `iframe` element, closed to the notebook whose cell holds it."""
    page = escape(render(document, "html"))
    return (
        f'<iframe title="{escape(document.title)}" sandbox="{SANDBOX}" srcdoc="{page}" '
        'style="width: 100%; height: 45em; border: 1px solid #8888"></iframe>'
    )


Document.make_page = to_frame


def load_report(path: Path | str) -> Report | SideBySide:
    """Read a `report.json` or a `reading.json`, told apart by the schema that they name.

    Those of earlier versions are brought up to date. Raises UsageError where the file cannot
    be read, is no report, or is of a version that cannot be read.
    """
    hint = UNREADABLE["damaged"]
    path = Path(path)
    try:
        raw = read_bytes(path).decode("utf-8")
        data = parse_json(raw)
    except OSError as error:
        raise UsageError(f"cannot read {path.name}: {error.strerror}", hint) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path.name} is not JSON in UTF-8", hint) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(schema, str):
        raise UsageError(f"{path.name} is not a report: it names no schema", hint)
    model = KINDS.get(schema.rpartition("/")[0])
    if model is None:
        known = join_items(repr(schema_of(one)) for one in KINDS.values())
        raise UsageError(f"{path.name} has the schema {schema!r}, this version reads {known}", hint)
    try:
        return read_document(model, raw)
    except UnreadableError as error:
        raise UsageError(f"{path.name} {error}", UNREADABLE[error.fault]) from error


def write_report(
    report: Report | SideBySide,
    folder: Path | str,
    formats: Iterable[Format],
    *,
    full: bool = False,
) -> list[Path]:
    """Write `report.html`, `report.md`, `report.json` into a folder, made where it is missing.

    A side-by-side reading goes to `reading.html`, `reading.md`, `reading.json`.

    `full` is that of `render`. All formats are written before the first replaces another.
    Raises UsageError where the folder cannot be written to.
    """
    folder = Path(folder)
    name = "reading" if isinstance(report, SideBySide) else "report"
    documents = {
        folder / f"{name}.{format_}": render(report, format_, full=full) for format_ in formats
    }
    try:
        write_files(documents)
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder}: {error.strerror}", "Choose another output folder."
        ) from error
    return list(documents)
