"""Spans tell of runs, stages and calls in counts and names; without the package there are none."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from factcheck import tracing
from factcheck.run import Run
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.endpoint import fails, serving

Spans = list[tuple[str, dict[str, Any], list[str]]]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spans]:
    """What a stand-in for the package is told."""
    told: Spans = []

    class Tracer:
        @contextmanager
        def start_as_current_span(
            self, name: str, *, attributes: dict[str, Any], **options: bool
        ) -> Iterator[Any]:
            assert options == {"record_exception": False, "set_status_on_exception": False}
            statuses: list[str] = []
            told.append((name, attributes, statuses))
            yield SimpleNamespace(set_status=lambda _, why: statuses.append(why))

    trace: Any = ModuleType("opentelemetry.trace")
    trace.get_tracer = lambda _: Tracer()
    trace.StatusCode = SimpleNamespace(ERROR="error")
    tracing._trace.cache_clear()
    monkeypatch.setitem(sys.modules, "opentelemetry", ModuleType("opentelemetry"))
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    yield told
    tracing._trace.cache_clear()


def test_a_run_its_stages_and_its_calls_are_spans_without_any_text(
    tmp_path: Path, spans: Spans
) -> None:
    inbox = newsroom.publish(tmp_path / "in")
    with serving(newsroom.serves) as endpoint:
        flags = {"model.base_url": endpoint.url, "model.name": "m"}
        Run(load_settings(environ={"OPENAI_API_KEY": "sk-KEY"}, flags=flags)).report([inbox])
    names = sorted(name for name, _, _ in spans)
    stages = ["factcheck.compare", "factcheck.edit", "factcheck.extract", "factcheck.report"]
    assert names == ["factcheck.call"] * 5 + stages
    values = {value for _, attributes, _ in spans for value in attributes.values()}
    assert values == {3, "chat", "m"}


def test_a_failed_call_is_marked_by_the_name_of_its_error_alone(
    tmp_path: Path, spans: Spans
) -> None:
    inbox = newsroom.publish(tmp_path / "in")
    with serving([fails(403, "bad key sk-KEY")]) as endpoint:
        flags = {"model.base_url": endpoint.url, "model.name": "m", "model.retries": 0}
        settings = load_settings(environ={"OPENAI_API_KEY": "sk-KEY"}, flags=flags)
        with pytest.raises(Exception, match="key"):
            Run(settings, clock=lambda: datetime(2026, 3, 2, tzinfo=UTC)).report([inbox])
    assert {why for _, _, statuses in spans for why in statuses} <= {
        "AuthenticationError",
        "CallFailedError",
        "CancelledError",
    }
    assert "sk-KEY" not in repr(spans)


def test_without_the_package_a_block_runs_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    tracing._trace.cache_clear()
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with tracing.span("report", articles=2):
        asyncio.run(asyncio.sleep(0))
    tracing.export_spans({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})
    tracing._trace.cache_clear()


def test_nothing_is_loaded_where_nobody_asks_for_spans() -> None:
    code = (
        "import sys; from factcheck.tracing import export_spans; export_spans({}); "
        "sys.exit('opentelemetry' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
