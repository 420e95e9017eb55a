"""The sites, the hostile editions and the large ones that several tests of publishing look at."""

from __future__ import annotations

from typing import Any

from factcheck.digest.models import Edition
from factcheck.digest.publish.site import make_documents
from factcheck.models import Report
from factcheck.sidebyside.models import SideBySide
from tests.publish.samples import (
    FERRY,
    TARIFF,
    edition,
    empty_edition,
    full_edition,
    morning_edition,
)
from tests.samples import sample_report
from tests.sidebyside.world import COURIER, HERALD, read
from tests.test_report import ATTACKS

BIDI = "\N{RIGHT-TO-LEFT OVERRIDE}"
ATTACK = " ".join((*ATTACKS, "@everyone <!channel>", BIDI + "txet", "bell\a", "w" * 300))
FREE = {
    "text",
    "detail",
    "outlet",
    "outlets",
    "said_by",
    "value",
    "asof",
    "question",
    "claim",
    "who",
    "quote",
    "note",
    "settles",
    "rests",
    "counted",
    "not_counted",
    "flags",
    "origin",
    "title",
    "notes",
    "name",
    "problem",
    "source",
    "model",
}


def reports(*idents: str) -> dict[str, Report | SideBySide]:
    """A report for each of these stories, a reading for the school strike."""
    return {ident: read(HERALD, COURIER) if ident == "s5" else sample_report() for ident in idents}


def full_documents(site_url: str = "") -> dict[str, str]:
    """The documents of the full edition alone."""
    past = (morning_edition(), empty_edition())
    return make_documents(full_edition(), past, reports("s1", "s5"), site_url)


def site() -> dict[str, str]:
    """A site after three editions, later documents in place of earlier ones."""
    first, second = empty_edition(), morning_edition()
    pages = make_documents(first, (), {})
    pages |= make_documents(second, (first,), reports("s1", "s2"))
    return pages | full_documents()


def hostile_edition() -> Edition:
    """The full edition with an attack in every free text, and no usable URL."""

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poison(inner, key) for inner in value]
        if key == "url":
            return "javascript:alert(1)"
        return ATTACK if key in FREE and isinstance(value, str) else value

    return Edition.model_validate(poison(full_edition().model_dump(mode="json", by_alias=True)))


def large_edition(stories: int, words: int) -> Edition:
    """A full edition of many stories with long texts."""
    padding = " & ".join(["“long”"] * words)

    def many(number: int) -> dict[str, Any]:
        data = FERRY.model_dump()
        for change in data["changes"]:
            change["text"] += padding
        for quote in [one for change in data["changes"] for one in change["quotes"]]:
            quote["text"] += padding
        data["first_page"]["rests"] = [("Latest", [f"The toll rests on the hospital{padding}"])]
        return {**data, "id": f"s{number}", "title": f"{FERRY.title} {number} {padding}"}

    full = full_edition()
    loud = tuple(many(number) for number in range(1, stories + 1))
    still = tuple(TARIFF.model_copy(update={"id": f"s{n + 9_000}"}) for n in range(stories))
    leads = tuple(one.model_copy(update={"text": one.text + padding}) for one in full.leads)
    return edition(full.id, full.window, leads=leads, stories=(*loud, *still))
