"""The rows that cleaning works on: a line, and the role that it has been given so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from factcheck.articles.lines import Line
from factcheck.models import DropReason

BlockKind = Literal["headline", "standfirst", "heading", "caption", "body"]
Role = DropReason | Literal["headline", "standfirst", "heading", "caption", "body", "open"]

KEPT: Mapping[Role, BlockKind] = {
    "headline": "headline",
    "standfirst": "standfirst",
    "heading": "heading",
    "caption": "caption",
    "body": "body",
}


@dataclass(frozen=True)
class Row:
    """A line with its role; "open" is what nothing has been found out about."""

    line: Line
    role: Role = "open"

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text
