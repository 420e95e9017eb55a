"""What all data models have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

Numbers = Annotated[tuple[int, ...], Field(min_length=1)]


class DataModel(BaseModel):
    """Base of all domain models: immutable, no unknown fields, the line under a field describes it.

    These descriptions stand in the published schemas, `docs/schema/`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Document(DataModel):
    """Base of what a run gives back: a notebook shows its page.

    The models do not know how a page is made. `factcheck.report`, which does, hands it in as
    `make_page` when it is loaded.
    """

    make_page: ClassVar[Callable[[Any], str] | None] = None

    def _repr_html_(self) -> str | None:
        """The page for a notebook, which shows the plain text where there is none."""
        return None if self.make_page is None else self.make_page()


class Remark(DataModel):
    """A sentence for a reader, with a code that programs go by."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    """What is said, for programs, in kebab-case; stable between versions, see `docs/json.md`."""
    text: str
    """The same for people, in English."""
