"""Write data models so that later versions can read them, and read what earlier ones wrote.

What is written carries the number of its schema, `factcheck.report/6`. Reading is lenient:
fields that this version does not know are ignored, fields that were added since have a
default, and a document of an earlier schema goes through one function a version. A field
that is renamed, removed or given other values needs a new number and a step in `UPGRADES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from factcheck.models import Article, Checkpoint, DataModel

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]
Fault = Literal["damaged", "older", "newer"]
Model = TypeVar("Model", bound=DataModel)

UNNUMBERED: Mapping[type[DataModel], str] = MappingProxyType(
    {Article: "factcheck.article/2", Checkpoint: "factcheck.checkpoint/3"}
)
"""The schemas of models that hold none themselves: their number is written beside their fields.
A document without one is of the first."""


def to_remark(text: str) -> Document | None:
    """A sentence of an earlier schema as a remark; None for ""."""
    return {"code": "earlier", "text": text} if text else None


def code_sentences(holder: Document, field: str) -> None:
    """Turn a sentence, or a list of them, into remarks, which have a code beside the sentence."""
    told = holder.get(field)
    if isinstance(told, str):
        holder[field] = to_remark(told)
    elif told:
        holder[field] = [to_remark(one) for one in told if one]


def code_joined(holder: Document, field: str) -> None:
    """Turn a field of joined sentences, "reason", into a list of remarks, "reasons"."""
    told = to_remark(holder.pop(field, ""))
    holder[f"{field}s"] = [told] if told else []


def hyphenate(holder: Document, field: str) -> None:
    """Write a value, "file name" or "press_release", with hyphens."""
    if isinstance(holder.get(field), str):
        holder[field] = holder[field].replace(" ", "-").replace("_", "-")


def find_objects(document: Document, path: Iterable[str]) -> list[Document]:
    """All objects at the end of a path; a list on the path stands for each of its items."""
    found = [document]
    for name in path:
        values = [one.get(name) or [] for one in found]
        found = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return found


def rewrite_summary(change: Callable[[Any], list[Any]], *pages: str) -> Upgrade:
    """The step that writes in another way what first pages in places such as "stories" rest on."""

    def step(document: Document) -> Document:
        for path in pages:
            for page in find_objects(document, path.split(".")):
                page["rests"] = change(page.get("rests") or [])
        return document

    return step


def split_points(text: str, *, whole: bool) -> list[str]:
    """What stands between the semicolons of a text that are in no brackets or quotation marks.

    The text itself where it is a whole one, of sentences.
    """
    if whole:
        return [text]
    points = (point.strip() for point in POINT.findall(STOP.sub("", text)))
    return [point[:1].upper() + point[1:] for point in points if point]


POINT = re.compile(r"""(?:\([^)]{0,300}\)|"[^"]{0,300}"|“[^”]{0,300}”|[^;])+""")
STOP = re.compile(r"(?<!\.\w)\.$")  # but of "8 p.m."


def rewrite(*, values: str = "", sentences: str = "", joined: str = "") -> Upgrade:
    """The step that hyphenates values and codes sentences in places such as "claims.flags"."""

    def step(document: Document) -> Document:
        changes = (hyphenate, values), (code_sentences, sentences), (code_joined, joined)
        for change, places in changes:
            for place in places.split():
                *path, field = place.split(".")
                for holder in find_objects(document, path):
                    change(holder, field)
        return document

    return step


DOCUMENT = (
    "articles.outlet_from articles.genre articles.dropped.reason articles.warnings.kind "
    "excluded.reason skipped.reason"
)
PAGES_OF_EDITION = (
    "stories.first_page",
    "singles.first_page",
    "stories.history.first_page",
    "singles.history.first_page",
)
UPGRADES: Mapping[str, Upgrade] = MappingProxyType(
    {
        "factcheck.article/1": rewrite(values="outlet_from genre dropped.reason warnings.kind"),
        "factcheck.checkpoint/1": rewrite(values="extractions.genre extractions.skipped.reason"),
        "factcheck.report/2": rewrite(values=DOCUMENT, sentences="manifest.notes"),
        "factcheck.reading/1": rewrite(
            values=f"{DOCUMENT} clusters.strength clusters.basis clusters.rows.strength "
            "clusters.rows.basis comparisons.agreement comparisons.bound "
            "comparisons.amounts.agreement comparisons.amounts.bound",
            sentences="manifest.notes",
        ),
        "factcheck.edition/1": rewrite(
            values="coverage.left.reason",
            sentences="notes stories.notes singles.notes stories.history.notes "
            "singles.history.notes",
        ),
        "factcheck.checkpoint/2": rewrite(
            sentences="extractions.claims.flags extractions.not_assessed.reason"
        ),
        "factcheck.report/3": rewrite(
            sentences="findings.flags findings.settle findings.voices.note findings.voices.flags "
            "first_page.flags claims.flags sources.united_by not_assessed.reason",
            joined="groups.reason groups.note",
        ),
        "factcheck.reading/2": rewrite(
            sentences="quoted.united", joined="groups.reason groups.note"
        ),
        "factcheck.edition/2": rewrite(
            sentences="leads.detail stories.changes.detail stories.first_page.flags "
            "singles.changes.detail singles.first_page.flags stories.history.changes.detail "
            "stories.history.first_page.flags singles.history.changes.detail "
            "singles.history.first_page.flags",
            joined="coverage.sources.problem",
        ),
        "factcheck.report/4": rewrite_summary(
            lambda text: [{"kind": "whole", "text": text}] if text else [], "first_page"
        ),
        "factcheck.edition/3": rewrite_summary(
            lambda text: [["", text]] if text else [], *PAGES_OF_EDITION
        ),
        "factcheck.report/5": rewrite_summary(
            lambda lines: [
                {**line, "text": point}
                for line in lines
                for point in split_points(line["text"], whole=line["kind"] == "whole")
            ],
            "first_page",
        ),
        "factcheck.edition/4": rewrite_summary(
            lambda lines: [[head, split_points(text, whole=not head)] for head, text in lines],
            *PAGES_OF_EDITION,
        ),
    }
)
"""From the schema of a document to the step that makes it one of the next number. A step gets
the document as JSON and may change it; the number is set here."""


class UnreadableError(ValueError):
    """A document that this version cannot read, with the reason as the end of a sentence."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault


def schema_of(model: type[DataModel]) -> str:
    """The schema that this version writes of a model."""
    field = model.model_fields.get("schema_")
    return UNNUMBERED[model] if field is None else str(field.default)


def write_document(value: DataModel) -> str:
    """A model as JSON on one line, with its schema."""
    body = value.model_dump(mode="json", by_alias=True)
    return json.dumps({"schema": schema_of(type(value)), **body}, ensure_ascii=False)


def read_document(model: type[Model], text: str, steps: Mapping[str, Upgrade] = UPGRADES) -> Model:
    """The model in a JSON text, whichever version wrote it; raises `UnreadableError`."""
    document = parse_json(text)
    if not isinstance(document, dict):
        raise UnreadableError("damaged", "is damaged: it is no object")
    try:
        current = upgrade(document, schema_of(model), steps)
        if "schema_" not in model.model_fields:
            current.pop("schema", None)
        return model.model_validate(current, extra="ignore")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "top level"
        raise UnreadableError("damaged", f"is damaged at {place}: {first['msg']}") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableError("damaged", "is damaged: it lacks what its schema holds") from error


def parse_json(text: str) -> Any:
    """The value of a JSON text; raises `UnreadableError` if it is none."""
    try:
        value = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise UnreadableError("damaged", "is damaged: it is not JSON") from error
    return value


def upgrade(document: Document, wanted: str, steps: Mapping[str, Upgrade]) -> Document:
    """The document in the schema that is wanted, or `UnreadableError` if nothing leads there."""
    kind, _, number = wanted.rpartition("/")
    schema = document.get("schema", f"{kind}/1")
    while schema != wanted:
        own_kind, _, own_number = str(schema).rpartition("/")
        if own_kind != kind or not (own_number.isdecimal() and len(own_number) < 9):
            raise UnreadableError("damaged", f"has the schema {repr(schema)[:60]}, not {wanted!r}")
        if int(own_number) > int(number):
            raise UnreadableError("newer", f"was written by a later version ({schema})")
        if schema not in steps:
            reason = f"was written by an older version ({schema}), which this one does not read"
            raise UnreadableError("older", reason)
        document = steps[schema](document)
        schema = document["schema"] = f"{kind}/{int(own_number) + 1}"
    return document
