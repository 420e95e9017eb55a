"""Write data models so that later versions can read them, and read what earlier ones wrote.

What is written carries the number of its schema, `factcheck.report/4`. Reading is lenient:
fields that this version does not know are ignored, fields that were added since have a
default, and a document of an earlier schema goes through one function a version. A field
that is renamed, removed or given other values needs a new number and a step in `UPGRADES`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from factcheck.models import Article, Checkpoint, DataModel

Document = dict[str, Any]
Fault = Literal["damaged", "older", "newer"]
Model = TypeVar("Model", bound=DataModel)

UNNUMBERED: Mapping[type[DataModel], str] = MappingProxyType(
    {Article: "factcheck.article/2", Checkpoint: "factcheck.checkpoint/3"}
)
"""The schemas of models that hold none themselves: their number is written beside their fields.
A document without one is of the first."""


def code_notes(holder: Document) -> None:
    """Make notes that were sentences alone remarks, which have a code beside it."""
    holder["notes"] = [to_remark(note) for note in holder.get("notes", ())]


def to_remark(text: str) -> Document | None:
    """A sentence of an earlier schema as a remark; None for ""."""
    return {"code": "earlier", "text": text} if text else None


def code_texts(holders: Iterable[Document], *fields: str) -> None:
    """Make sentences of some fields, or tuples of them, remarks."""
    for holder in holders:
        for field in fields:
            told = holder.get(field)
            if isinstance(told, str):
                holder[field] = to_remark(told)
            elif told:
                holder[field] = [to_remark(one) for one in told if one]


def code_several(holders: Iterable[Document], *fields: tuple[str, str]) -> None:
    """Make a field that held sentences joined one that holds remarks, under its new name."""
    for holder in holders:
        for old, new in fields:
            told = to_remark(holder.pop(old, ""))
            holder[new] = [told] if told else []


def hyphenate(holders: Iterable[Document], *fields: str) -> None:
    """Write values of some fields, "file name" or "press_release", with hyphens."""
    for holder in holders:
        for field in fields:
            if isinstance(holder.get(field), str):
                holder[field] = holder[field].replace(" ", "-").replace("_", "-")


def upgrade_article(article: Document) -> Document:
    """An article of /1 with values in kebab-case."""
    hyphenate([article], "outlet_from", "genre")
    hyphenate(article.get("dropped", ()), "reason")
    hyphenate(article.get("warnings", ()), "kind")
    return article


def upgrade_checkpoint(checkpoint: Document) -> Document:
    """A checkpoint of /1 with values in kebab-case."""
    for extraction in checkpoint.get("extractions", ()):
        hyphenate([extraction], "genre")
        hyphenate(extraction.get("skipped", ()), "reason")
    return checkpoint


def upgrade_report(report: Document) -> Document:
    """A report of /2 with remarks for notes, and values in kebab-case."""
    code_notes(report["manifest"])
    for article in report["articles"]:
        upgrade_article(article)
    hyphenate(report.get("excluded", ()), "reason")
    hyphenate(report.get("skipped", ()), "reason")
    return report


def upgrade_reading(reading: Document) -> Document:
    """A reading of /1 with remarks for notes, and values in kebab-case."""
    upgrade_report(reading)
    for cluster in reading.get("clusters", ()):
        hyphenate([cluster, *cluster["rows"]], "strength", "basis")
    for comparison in reading.get("comparisons", ()):
        hyphenate([comparison, *comparison["amounts"]], "agreement", "bound")
    return reading


def upgrade_edition(edition: Document) -> Document:
    """An edition of /1 with remarks for notes, and values in kebab-case."""
    stories = (*edition["stories"], *edition.get("singles", ()))
    for one in (edition, *stories, *(past for s in stories for past in s.get("history", ()))):
        code_notes(one)
    hyphenate(edition["coverage"].get("left", ()), "reason")
    return edition


def upgrade_checkpoint_2(checkpoint: Document) -> Document:
    """A checkpoint of /2 with codes for flags, and for why something was not assessed."""
    for extraction in checkpoint.get("extractions", ()):
        code_texts(extraction.get("claims", ()), "flags")
        code_texts(extraction.get("not_assessed", ()), "reason")
    return checkpoint


def upgrade_report_3(report: Document) -> Document:
    """A report of /3 with codes for flags, notes, reasons and what would settle it."""
    code_texts([*report["findings"], report.get("first_page", {}), *report["claims"]], "flags")
    code_texts(report["findings"], "settle")
    code_texts((v for f in report["findings"] for v in f["voices"]), "note", "flags")
    code_texts(report["sources"], "united_by")
    code_texts(report.get("not_assessed", ()), "reason")
    return code_groups(report)


def code_groups(document: Document) -> Document:
    """A report or reading with codes for what makes articles one outlet, or none."""
    code_several(document["groups"], ("reason", "reasons"), ("note", "notes"))
    return document


def upgrade_reading_2(reading: Document) -> Document:
    """A reading of /2 with codes for what makes articles one outlet, and spellings one name."""
    code_texts(reading.get("quoted", ()), "united")
    return code_groups(reading)


def upgrade_edition_2(edition: Document) -> Document:
    """An edition of /2 with codes for what happened, and for what was not reached."""
    stories = (*edition["stories"], *edition.get("singles", ()))
    for one in (*stories, *(past for s in stories for past in s.get("history", ()))):
        code_texts(one.get("changes", ()), "detail")
        code_texts([one.get("first_page") or {}], "flags")
    code_texts(edition.get("leads", ()), "detail")
    code_several(edition["coverage"]["sources"], ("problem", "problems"))
    return edition


UPGRADES: Mapping[str, Callable[[Document], Document]] = MappingProxyType(
    {
        "factcheck.article/1": upgrade_article,
        "factcheck.checkpoint/1": upgrade_checkpoint,
        "factcheck.report/2": upgrade_report,
        "factcheck.reading/1": upgrade_reading,
        "factcheck.edition/1": upgrade_edition,
        "factcheck.checkpoint/2": upgrade_checkpoint_2,
        "factcheck.report/3": upgrade_report_3,
        "factcheck.reading/2": upgrade_reading_2,
        "factcheck.edition/2": upgrade_edition_2,
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


def read_document(
    model: type[Model],
    text: str,
    upgrades: Mapping[str, Callable[[Document], Document]] | None = None,
) -> Model:
    """The model in a JSON text, whichever version wrote it; raises `UnreadableError`."""
    document = parse_json(text)
    if not isinstance(document, dict):
        raise UnreadableError("damaged", "is damaged: it is no object")
    steps = UPGRADES if upgrades is None else upgrades
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


def upgrade(
    document: Document, wanted: str, steps: Mapping[str, Callable[[Document], Document]]
) -> Document:
    """The document in the schema that is wanted, or `UnreadableError` if nothing leads there."""
    kind, _, number = wanted.rpartition("/")
    schema = document.get("schema", f"{kind}/1")
    while schema != wanted:
        own_kind, _, own_number = str(schema).rpartition("/")
        if own_kind != kind or not own_number.isdecimal():
            raise UnreadableError("damaged", f"has the schema {schema!r}, not {wanted!r}")
        if int(own_number) > int(number):
            raise UnreadableError("newer", f"was written by a later version ({schema})")
        if schema not in steps:
            reason = f"was written by an older version ({schema}), which this one does not read"
            raise UnreadableError("older", reason)
        document = steps[schema](document)
        schema = document["schema"] = f"{kind}/{int(own_number) + 1}"
    return document
