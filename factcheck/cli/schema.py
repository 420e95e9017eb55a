"""The JSON Schemas of what the program writes, as they stand in `docs/schema/`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from factcheck.digest.models import Edition
from factcheck.models import Report
from factcheck.sidebyside.models import SideBySide

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: dict[Literal["report", "reading", "edition"], type[BaseModel]] = {
    "report": Report,
    "reading": SideBySide,
    "edition": Edition,
}


def schema(args: Namespace) -> int:
    """Print the JSON Schema of a document."""
    sys.stdout.write(schema_text(args.document))
    return 0


class Untitled(GenerateJsonSchema):
    """Without a title for each field, which would only repeat its name."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 (the interface)
        """Never."""
        return False


def schema_text(document: Literal["report", "reading", "edition"]) -> str:
    """The JSON Schema of a document, indented, ending in a newline.

    It allows fields that it does not name: a later version may add some, and who reads a
    document ignores what they do not know.
    """
    found = DOCUMENTS[document].model_json_schema(
        by_alias=True, mode="serialization", schema_generator=Untitled
    )
    for part in (found, *found.get("$defs", {}).values()):
        if part.get("additionalProperties") is False:
            del part["additionalProperties"]
    return json.dumps({"$schema": DIALECT, **found}, indent=2, ensure_ascii=False) + "\n"
