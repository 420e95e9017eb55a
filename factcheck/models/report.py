"""The report, which holds all that was found, and how it was made."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from factcheck.models.article import Article, Excluded
from factcheck.models.base import DataModel, Document, Remark
from factcheck.models.claim import Claim, NotAssessed, Skipped
from factcheck.models.finding import Finding, Issue, OutletGroup, Source
from factcheck.models.first_page import FirstPage


class StageUse(DataModel):
    """What one stage used."""

    stage: str
    """The stage."""
    calls: int = 0
    """Calls that were made."""
    reasks: int = 0
    """Calls among them that asked again."""
    cached: int = 0
    """Answers that came from the cache."""
    input_tokens: int = 0
    """Tokens sent."""
    output_tokens: int = 0
    """Tokens received."""
    cost: float | None = None
    """In US dollars, null where no price is known."""


class Manifest(DataModel):
    """How the report was made."""

    factcheck: str
    """The version of the program."""
    engine: Literal["model", "reading"]
    """A fact-check by a model, or a side-by-side reading without one."""
    created: datetime
    """When the run began."""
    model: str = ""
    """The name of the model, "" for none."""
    endpoint: str = ""
    """The address of the endpoint, without credentials."""
    answer_format: str = ""
    """The answer format that the endpoint took."""
    prompts: dict[str, str] = Field(default_factory=dict)
    """The first 12 hex digits of the SHA-256 of each prompt, by its name."""
    use: tuple[StageUse, ...] = ()
    """What each stage used."""
    cost: float | None = None
    """In US dollars, null where unknown."""
    replayed: bool = False
    """Whether the answers came from a recording."""
    notes: tuple[Remark, ...] = ()
    """What the report lacks, and what to know of the run."""
    compared: bool = True
    """False where the comparison failed, so that every claim stands alone."""


class Report(Document):
    """Everything that was found; the versioned source of all formats."""

    schema_: Literal["factcheck.report/6"] = Field(default="factcheck.report/6", alias="schema")
    """The kind of this document and the number of its schema."""
    title: str
    """The event in a few words."""
    articles: tuple[Article, ...]
    """The articles that were compared."""
    excluded: tuple[Excluded, ...] = ()
    """Inputs that were left out."""
    groups: tuple[OutletGroup, ...]
    """Which articles count as one outlet."""
    sources: tuple[Source, ...]
    """Who speaks, over all articles."""
    claims: tuple[Claim, ...]
    """What each article states."""
    skipped: tuple[Skipped, ...] = ()
    """Sentences that carry no claim."""
    findings: tuple[Finding, ...]
    """Each proposition with its evidence and verdict."""
    issues: tuple[Issue, ...] = ()
    """What is contested."""
    not_assessed: tuple[NotAssessed, ...] = ()
    """What the report does not rest on, and why."""
    first_page: FirstPage = FirstPage()
    """What to know in two minutes."""
    manifest: Manifest
    """The version, the model, the prompts, and what the run used."""

    model_config = ConfigDict(populate_by_name=True)
