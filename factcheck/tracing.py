"""Spans of OpenTelemetry for a run, its stages and its model calls; nothing without the package.

The extra `factcheck[otel]` brings it. Attributes are counts, names of stages and of the model:
no text of an article or an answer, no address with a key, no message of an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[None]:
    """The span `factcheck.<name>` around a block."""
    trace = _trace()
    if trace is None:
        yield
        return
    tracer = trace.get_tracer("factcheck")
    # The message of an exception may hold text of an article or an address: its name is enough.
    with tracer.start_as_current_span(
        f"factcheck.{name}",
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield
        except BaseException as error:
            current.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise


def export_spans(environ: Mapping[str, str]) -> None:
    """Send spans where OTEL_EXPORTER_OTLP_ENDPOINT says, if it does and the extra is there."""
    trace = _trace() if any(environ.get(name) for name in ENDPOINTS) else None
    if trace is None:
        return
    try:
        sdk = import_module("opentelemetry.sdk.trace")
        export = import_module("opentelemetry.sdk.trace.export")
        http = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError:
        return
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(http.OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


@cache
def _trace() -> Any:
    """The module that makes spans, None where it is not installed."""
    try:
        return import_module("opentelemetry.trace")
    except ImportError:
        return None
