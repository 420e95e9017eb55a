"""What the templates of the side-by-side reading see: small, finished things, as in `view`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.report.first_page import Line
from factcheck.report.view import Gap, Link, Method, Passage, Row, Text


@dataclass(frozen=True)
class Block:
    """A cluster: its passages side by side, how close they are, and what to know about them."""

    id: str
    title: str
    notes: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Value:
    """One value of a comparison in a row of its table."""

    article: Link
    value: str
    asof: str
    published: str
    who: str
    passage: Passage


@dataclass(frozen=True)
class Figure:
    """Values to compare, with how they relate."""

    id: str
    title: str
    kind: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Alone:
    """What stands in one article only."""

    name: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Name:
    """A source under all its spellings, with the sentences that rest on it."""

    name: str
    also: str
    sentences: tuple[Link, ...]


@dataclass(frozen=True)
class Hint:
    """A way to get the fact-check, and the command for it, "" for none."""

    text: str
    command: str


HOW = "Every sentence stands as it was printed, chosen and ordered by rank."


@dataclass(frozen=True)
class Part:
    """A list of lines under a head; `id` names it for links."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FirstPage:
    """The first page of a reading, section by section."""

    title: str
    notices: tuple[str, ...]
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    alike: tuple[Line, ...]
    figures: tuple[Line, ...]
    corrected: tuple[Line, ...]
    denied: tuple[Line, ...]
    alone: tuple[Line, ...]

    def words(self) -> int:
        """The words of all that is read."""
        heads = (self.title, *self.notices, HOW, *self.counted, *self.not_counted)
        lines = (f"{line.text} {line.note}" for part in self.parts() for line in part.lines)
        return sum(len(text.split()) for text in (*heads, *lines))

    def parts(self) -> Sequence[Part]:
        """The lists of lines, each with its head, in order."""
        return (
            Part("alike", "Carried by several outlets", self.alike),
            Part("figures", "Numbers of what seems one thing", self.figures),
            Part("corrected", "Corrected by the outlet", self.corrected),
            Part("denied", "Denied or rejected", self.denied),
            Part("alone", "In one outlet only, by its words", self.alone),
        )


@dataclass(frozen=True)
class ReadingPage:
    """The whole document, in its order."""

    title: str
    lead: str
    first: FirstPage
    how: str
    hints: tuple[Hint, ...]
    tally: tuple[Link, ...]
    grouping: tuple[str, ...]
    texts: tuple[Text, ...]
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]
    denials: tuple[tuple[str, Passage], ...]
    alone: tuple[Alone, ...]
    matrix: tuple[Row, ...]
    names: tuple[Name, ...]
    excluded: tuple[Gap, ...]
    method: Method
