"""Settings of the digest: its sources, its store, and what an edition is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from factcheck.settings.report import LimitSettings
from factcheck.settings.table import Place, Table
from factcheck.settings.urls import check_url


class SourceSettings(Table):
    """`[[digest.sources]]`: where articles come from; exactly one of the first four.

    `folder` and `files` (a glob pattern) are paths from the folder of factcheck.toml;
    `feed` is the URL of an RSS, Atom or JSON feed; `urls` are addresses of articles, or the
    path of a file with one a line. `name` and `outlet` stand in for what the source does
    not tell of itself.
    """

    folder: Place | None = None
    files: str = ""
    feed: str = ""
    urls: tuple[str, ...] | Place = ()
    name: str = ""
    outlet: str = ""

    @model_validator(mode="after")
    def check_kind(self) -> Self:
        """A source is of one kind."""
        if sum(bool(kind) for kind in (self.folder, self.files, self.feed, self.urls)) != 1:
            raise ValueError("a source has one of folder, files, feed, urls")
        return self


class DigestSettings(LimitSettings):
    """`[digest]`: what an edition is made of, and where it goes.

    `store` is a SQLAlchemy URL; it and `output` count from the folder of factcheck.toml. `days`
    count from the latest article of a story, `recheck` is in hours.
    """

    sources: tuple[SourceSettings, ...] = ()
    store: str = "sqlite:///factcheck.db"
    output: Place = Path("digest")
    site_url: str = ""
    title: str = "Digest"
    days: Annotated[int, Field(ge=1, le=365)] = 14
    min_articles: Annotated[int, Field(ge=2)] = 2
    recheck: Annotated[float, Field(ge=0, le=8_760)] = 48
    confirm_stories: bool = True

    @field_validator("site_url")
    @classmethod
    def check_site_url(cls, value: str) -> str:
        """An http or https URL, or none."""
        return check_url(value) if value else ""
