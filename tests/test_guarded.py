"""A part of a report that breaks the renderer is hidden in its place; the rest is shown."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from factcheck.language import visible
from factcheck.models import Report, Summary
from factcheck.report import Format, markup, render
from factcheck.report.failures import HIDDEN, write_guarded
from factcheck.sidebyside import SideBySide
from tests.samples import sample_report
from tests.sidebyside.world import COURIER, HERALD, read

BREAKS = "Breaks the renderer"


@pytest.fixture(autouse=True)
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A renderer that fails on some words."""

    def fails(clean: Any) -> Any:
        def cleaned(text: str) -> str:
            if BREAKS in text:
                raise ZeroDivisionError
            return str(clean(text))

        return cleaned

    monkeypatch.setattr(markup, "clean_text", fails(visible.clean_text))
    monkeypatch.setattr(markup, "clean_line", fails(visible.clean_line))


def with_broken(part: str) -> Report:
    """The sample with words that break the renderer in one part."""
    report = sample_report()
    found: dict[str, Any] = {
        "article": {
            "articles": (
                report.articles[0].model_copy(update={"title": BREAKS, "byline": BREAKS}),
                *report.articles[1:],
            )
        },
        "finding": {
            "findings": (
                report.findings[0].model_copy(update={"text": BREAKS}),
                *report.findings[1:],
            )
        },
        "question": {
            "issues": (
                report.issues[0].model_copy(update={"question": BREAKS}),
                *report.issues[1:],
            )
        },
        "first page": {
            "first_page": report.first_page.model_copy(
                update={"rests": (Summary(kind="safe", text=BREAKS),)}
            )
        },
    }
    return report.model_copy(update=found[part])


@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize("part", ["article", "finding", "question", "first page"])
def test_a_part_that_breaks_the_renderer_is_hidden_and_the_rest_is_shown(
    part: str, format_: Format, caplog: pytest.LogCaptureFixture
) -> None:
    report = with_broken(part)
    with caplog.at_level(logging.ERROR, "factcheck"):
        text = render(report, format_, full=True)
    assert BREAKS not in text
    assert "Traceback" in caplog.text
    assert report.findings[4].text.partition(" ")[0] in text
    assert report.articles[2].outlet in text
    assert BREAKS in json.loads(render(report, "json")).__repr__()


def test_an_article_that_breaks_the_reading_is_hidden() -> None:
    sentence = HERALD.sentences[3].model_copy(update={"text": BREAKS})
    odd = HERALD.model_copy(
        update={"sentences": (*HERALD.sentences[:3], sentence, *HERALD.sentences[4:])}
    )
    reading = read(odd, COURIER)
    assert isinstance(reading, SideBySide)
    text = render(reading, "html")
    assert BREAKS not in text
    assert HIDDEN.strip("[]") in text
    assert COURIER.outlet in text


@pytest.mark.parametrize("size", [8, 64, 512])
def test_the_renders_that_find_a_broken_finding_grow_with_the_logarithm_of_their_number(
    size: int,
) -> None:
    report = sample_report()
    many = [report.findings[0].model_copy(update={"id": f"f{n}"}) for n in range(size)]
    many[size // 3] = many[size // 3].model_copy(update={"text": BREAKS})
    renders = 0

    def write(shown: Report | SideBySide) -> str:
        nonlocal renders
        renders += 1
        assert isinstance(shown, Report)
        assert not any(BREAKS in one.text for one in shown.findings)
        return "".join(one.text for one in shown.findings)

    text = write_guarded(report.model_copy(update={"findings": tuple(many)}), write, "writing")
    assert text.count(HIDDEN) == 1
    assert renders <= 2 * size.bit_length() + 10
