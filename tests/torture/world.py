"""The documents that odd texts are put into."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from factcheck.digest.models import Edition
from factcheck.models import Report
from factcheck.sidebyside import SideBySide
from tests.publish.samples import full_edition
from tests.publish.world import FREE
from tests.samples import sample_report
from tests.sidebyside.world import COURIER, HERALD, read

NOW = datetime(2026, 3, 3, tzinfo=UTC)
REPORT_FREE = (
    "text quote outlet title byline label question name also note notes settle detail side agency "
    "section quotes flags function asof when via withdrawn rests ask record source"
)


def poisoned(value: Any, odd: str, free: frozenset[str], key: str = "") -> Any:
    """A document with an odd text in every field of free text, and an odd address."""
    if isinstance(value, dict):
        return {name: poisoned(inner, odd, free, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, odd, free, key) for inner in value]
    if key == "url":
        return f"javascript:{odd}"
    return odd if key in free and isinstance(value, str) else value


def odd_report(odd: str) -> Report:
    """The sample report, full of an odd text."""
    data = sample_report().model_dump(mode="json", by_alias=True)
    return Report.model_validate(poisoned(data, odd, frozenset(REPORT_FREE.split())))


def odd_reading(odd: str) -> SideBySide:
    """A reading of articles full of an odd text."""
    changed = [
        article.model_copy(
            update={
                "title": odd,
                "byline": odd,
                "url": f"javascript:{odd}",
                "sentences": tuple(
                    s.model_copy(update={"text": f"{s.text} {odd}", "section": odd})
                    for s in article.sentences
                ),
            }
        )
        for article in (HERALD, COURIER)
    ]
    return read(*changed, hints=[odd])


def odd_edition(odd: str) -> Edition:
    """The full edition, full of an odd text."""
    data = full_edition().model_dump(mode="json", by_alias=True)
    return Edition.model_validate(poisoned(data, odd, frozenset(FREE)))
