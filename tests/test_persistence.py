"""What was written by any version is read, brought up to date step by step, or clearly refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factcheck import read_side_by_side
from factcheck.digest.models import Edition
from factcheck.models import Checkpoint, Claim, DataModel, Extraction, NotAssessed, Remark, Report
from factcheck.persistence import (
    UPGRADES,
    UnreadableError,
    read_document,
    schema_of,
    upgrade,
    write_document,
)
from factcheck.sidebyside import SideBySide
from tests.earlier import before, read_back
from tests.publish.samples import (
    full_edition,
    morning_edition,
    reading_edition,
    singles_edition,
)
from tests.samples import sample_report

ROOT = Path(__file__).parent.parent
CHECKPOINT = Checkpoint(extractions=(Extraction(article="a1"),))
KNOWN = ("report", "reading", "edition", "article", "checkpoint")


def test_what_is_written_is_read_back() -> None:
    assert read_document(Checkpoint, write_document(CHECKPOINT)) == CHECKPOINT
    assert json.loads(write_document(CHECKPOINT))["schema"] == schema_of(Checkpoint)


def test_each_step_leads_one_number_further() -> None:
    def second(document: dict[str, Any]) -> dict[str, Any]:
        return {"name": document["title"]}

    def third(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "shout": document["name"].upper()}

    steps = {"x/1": second, "x/2": third}
    assert upgrade({"schema": "x/1", "title": "a"}, "x/3", steps) == {
        "schema": "x/3",
        "name": "a",
        "shout": "A",
    }
    assert upgrade({"schema": "x/3", "title": "a"}, "x/3", steps) == {"schema": "x/3", "title": "a"}


def test_a_document_without_a_number_is_of_the_first() -> None:
    steps = {"x/1": lambda document: document}
    assert upgrade({"a": 1}, "x/2", steps) == {"a": 1, "schema": "x/2"}


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ("x/1", "older"),
        ("x/9", "newer"),
        ("y/3", "damaged"),
        ("x/three", "damaged"),
        (f"x/{'9' * 5_000}", "damaged"),
        ("x", "damaged"),
        (3, "damaged"),
        (None, "damaged"),
    ],
)
def test_where_no_step_leads_the_fault_is_told(schema: object, fault: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        upgrade({"schema": schema}, "x/3", {})
    assert raised.value.fault == fault


def test_a_step_that_meets_something_else_than_it_expects_calls_it_damaged() -> None:
    def step(document: dict[str, Any]) -> dict[str, Any]:
        return {"extractions": document["readings"]}

    kind, _, number = schema_of(Checkpoint).rpartition("/")
    older = f"{kind}/{int(number) - 1}"
    with pytest.raises(UnreadableError, match="lacks what its schema holds"):
        read_document(Checkpoint, json.dumps({"schema": older}), {older: step})


def test_notes_of_earlier_schemas_get_a_code() -> None:
    old = {"schema": "factcheck.report/2", "articles": [], "manifest": {"notes": ["It failed."]}}
    assert upgrade(old, "factcheck.report/3", UPGRADES)["manifest"]["notes"] == [
        {"code": "earlier", "text": "It failed."}
    ]


CODELESS = {
    "factcheck.checkpoint": 2,
    "factcheck.report": 3,
    "factcheck.reading": 2,
    "factcheck.edition": 2,
}
"""The number of the last schema with sentences that had no code."""


def checked() -> Checkpoint:
    doubt = Remark(code="name-missing", text="the name is not in the article")
    claim = Claim(
        id="a1.c1",
        article="a1",
        text="It rained.",
        kind="fact",
        core=True,
        sentences=(1,),
        speaker=None,
        flags=(doubt,),
    )
    left = NotAssessed(stage="extract", text="It snowed.", reason=doubt)
    return Checkpoint(
        extractions=(Extraction(article="a1", claims=(claim,), not_assessed=(left,)),)
    )


@pytest.mark.parametrize(
    "now",
    [
        checked(),
        sample_report(),
        read_side_by_side(ROOT / "seeds"),
        *(make() for make in (morning_edition, full_edition, singles_edition, reading_edition)),
    ],
    ids=["checkpoint", "report", "reading", "morning", "full", "singles", "reading-edition"],
)
def test_sentences_of_the_schema_before_get_a_code(now: DataModel) -> None:
    kind = schema_of(type(now)).rpartition("/")[0]
    document = json.loads(write_document(now))
    older = before(document, f"{kind}/{CODELESS[kind]}")
    assert older != {**document, "schema": older["schema"]}
    found = read_document(type(now), json.dumps(older))
    assert json.loads(write_document(found)) == read_back(document)
    assert isinstance(found, Checkpoint | Report | SideBySide | Edition)


@pytest.mark.parametrize(
    ("schema", "old", "place", "value"),
    [
        ("article", {"outlet_from": "file name"}, ("outlet_from",), "file-name"),
        ("article", {"dropped": [{"reason": "junk tail"}]}, ("dropped", 0, "reason"), "junk-tail"),
        (
            "checkpoint",
            {"extractions": [{"genre": "press_release"}]},
            ("extractions", 0, "genre"),
            "press-release",
        ),
        (
            "reading",
            {
                "articles": [],
                "manifest": {},
                "clusters": [{"rows": [{"strength": None}, {"strength": "in part"}]}],
            },
            ("clusters", 0, "rows", 1, "strength"),
            "in-part",
        ),
        (
            "edition",
            {"stories": [], "coverage": {"left": [{"reason": "not reached"}]}},
            ("coverage", "left", 0, "reason"),
            "not-reached",
        ),
    ],
)
def test_values_of_earlier_schemas_are_written_as_now(
    schema: str, old: dict[str, Any], place: tuple[str | int, ...], value: str
) -> None:
    found: Any = upgrade(old, f"factcheck.{schema}/2", UPGRADES)
    for step in place:
        found = found[step]
    assert found == value


def test_every_step_starts_from_a_schema_of_ours() -> None:
    assert {schema.split("/")[0] for schema in UPGRADES} <= {f"factcheck.{k}" for k in KNOWN}
