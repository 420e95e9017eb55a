"""Compare several articles about one event: who agrees, who disputes, what rests on one voice.

The recorded sample run, read back without a model:

>>> from factcheck import fact_check
>>> report = fact_check(["seeds"], replay="cassettes/seeds.yaml")
>>> len(report.articles)
5
>>> sorted({finding.verdict for finding in report.findings} & {"verified", "disputed"})
['disputed', 'verified']

What can be had without any model, which is no fact-check:

>>> from factcheck import read_side_by_side
>>> read_side_by_side("seeds").title
'Side-by-side reading: no fact-check was made'
"""

from __future__ import annotations

from importlib import import_module
from logging import NullHandler, getLogger
from types import MappingProxyType
from typing import TYPE_CHECKING

from factcheck import errors

if TYPE_CHECKING:
    from factcheck.api import afact_check, fact_check, read_side_by_side
    from factcheck.articles import article_from_text
    from factcheck.models import Article, Report
    from factcheck.pipeline.progress import Step
    from factcheck.report import load_report, render, to_frame, write_report
    from factcheck.settings.loader import Settings
    from factcheck.sidebyside import SideBySide

__all__ = [
    "Article",
    "Report",
    "Settings",
    "SideBySide",
    "Step",
    "__version__",
    "afact_check",
    "article_from_text",
    "errors",
    "fact_check",
    "load_report",
    "read_side_by_side",
    "render",
    "to_frame",
    "write_report",
]
__version__ = "0.1.0"

_HOMES = MappingProxyType(
    {
        "Article": "models",
        "Report": "models",
        "Settings": "settings.loader",
        "SideBySide": "sidebyside",
        "Step": "pipeline.progress",
        "afact_check": "api",
        "article_from_text": "articles",
        "fact_check": "api",
        "load_report": "report",
        "read_side_by_side": "api",
        "render": "report",
        "to_frame": "report",
        "write_report": "report",
    }
)

# A library is silent until the program that uses it says where its log goes.
getLogger(__name__).addHandler(NullHandler())


def __getattr__(name: str) -> object:
    """Load the parts on first use, so that `factcheck --help` stays quick."""
    if name in _HOMES:
        return getattr(import_module(f"factcheck.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
