"""What the templates of the side-by-side reading see: small, finished things, as in `view`."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class ReadingPage:
    """The whole document, in its order."""

    title: str
    lead: str
    notices: tuple[str, ...]
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
