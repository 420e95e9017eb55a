"""Compare several articles about one event: who agrees, who disputes, what rests on one voice.

The recorded sample run, read back without a model:

>>> from factcheck import fact_check
>>> report = fact_check(["seeds"], replay="cassettes/seeds.yaml")
>>> len(report.articles)
5
>>> sorted({finding.verdict for finding in report.findings} & {"verified", "disputed"})
['disputed', 'verified']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.models import Report
    from factcheck.run import fact_check

__all__ = ["Report", "__version__", "fact_check"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load the parts on first use, so that `factcheck --help` stays quick."""
    if name == "fact_check":
        from factcheck.run import fact_check  # noqa: PLC0415 (start-up)

        return fact_check
    if name == "Report":
        from factcheck.models import Report  # noqa: PLC0415 (start-up)

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
