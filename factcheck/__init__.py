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
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.api import fact_check, read_side_by_side
    from factcheck.models import Report
    from factcheck.sidebyside import SideBySide

__all__ = ["Report", "SideBySide", "__version__", "fact_check", "read_side_by_side"]
__version__ = "0.1.0"

_HOMES = MappingProxyType(
    {
        "Report": "models",
        "SideBySide": "sidebyside",
        "fact_check": "api",
        "read_side_by_side": "api",
    }
)


def __getattr__(name: str) -> object:
    """Load the parts on first use, so that `factcheck --help` stays quick."""
    if name in _HOMES:
        return getattr(import_module(f"factcheck.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
