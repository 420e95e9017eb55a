"""Settings of a report: what it may take, how it is read and compared, where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from factcheck.settings.table import Place, Table

ReportFormat = Literal["html", "md", "json"]


class LimitSettings(Table):
    """What one report or edition may take of a model at most: calls, US dollars, tokens."""

    max_calls: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    max_tokens: Annotated[int, Field(ge=0)] | None = None

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return (self.max_calls, self.max_cost, self.max_tokens) != (None, None, None)


class ReportSettings(LimitSettings):
    """`[report]`: what is written, into which folder, and what it may take."""

    formats: Annotated[tuple[ReportFormat, ...], Field(min_length=1)] = ("html", "md", "json")
    output: Place = Path("report")


class ReadingSettings(Table):
    """`[reading]`: the ports of this machine on which a model server is looked for.

    Only after a side-by-side reading, to tell how to get the fact-check; () looks for none.
    """

    ports: tuple[Annotated[int, Field(ge=1, le=65_535)], ...] = (11434, 8080, 8000, 1234)


class OutletSettings(Table):
    """`[outlets]`: owners, each with its outlets, which then count as one voice."""

    owners: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ExtractSettings(Table):
    """`[extract]`: the longest stretch of an article read in one call, in sentences."""

    window: Annotated[int, Field(ge=16)] = 120


class CompareSettings(Table):
    """`[compare]`: how many articles, and tokens of them, are compared in one call.

    A larger story is compared in batches, each told what was found so far.
    """

    articles: Annotated[int, Field(ge=2)] = 20
    tokens: Annotated[int, Field(ge=2_000)] = 60_000
