"""Make a page as long as it may be: what is given up, step by step, until it is short enough."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

MOST_WORDS = 700  # as plain text, with heads and marks: two minutes of reading
LASTING_CHANGES = 4  # lines under "Changed" that stand on nearly every page
Limits = Mapping[str, int]
Step = tuple[str, int]
NO_LIMITS: Limits = MappingProxyType({})
P = TypeVar("P")
SHORTER: tuple[Step, ...] = (
    ("cited", 4), ("quote", 24), ("evidence", 20), ("settles", 0), ("also", 2), ("quote", 18),
    ("cited", 3), ("evidence", 12), ("notes", 8), ("weighing", 4), ("also", 1), ("evidence", 8),
    ("evidence", 0), ("words_of_changes", 0), ("repeated", 0), ("weighing", 3), ("notes", 6),
    ("also", 0), ("stances", 3), ("weighing", 2), ("changed", 5), ("alone", 7), ("solid", 7),
    ("notes", 5), ("quote", 14), ("notes", 4), ("careful", 7), ("weighing", 1),
    ("changed", LASTING_CHANGES), ("notes", 3), ("quoted", 5), ("changed_too", 2), ("people", 1),
    ("alone", 6), ("solid", 6), ("careful", 6), ("weighing", 0), ("notes", 2), ("cited", 2),
    ("open", 0), ("quoted", 4), ("alone", 5), ("solid", 5), ("people", 0), ("notes", 1),
    ("quoted", 3), ("careful", 5), ("changed_too", 1), ("alone", 4), ("notes", 0), ("calls", 5),
    ("changed_too", 0), ("solid", 4), ("alone", 3), ("careful", 4), ("solid", 3), ("changed", 3),
    ("quoted", 2), ("alone", 2), ("solid", 2), ("changed", 2), ("careful", 3), ("calls", 4),
    ("quoted", 1), ("contested", 5), ("alone", 1), ("solid", 1), ("careful", 2), ("contested", 4),
    ("changed", 1), ("calls", 3), ("contested", 3), ("quoted", 0), ("contested_too", 2),
    ("contested", 2), ("stances", 2), ("contested_too", 0), ("careful", 1), ("calls", 2),
)  # fmt: skip
"""What is given up, step by step, until the page is short enough: lines of a section at most;
articles of a point that the page rests on ("cited"), words of a quote of a position ("quote") or of
a line ("evidence"), the words of what changed, what a model adds to lines ("notes") and says of
contested questions ("weighing"), who says that a question is open ("open"), contested questions
with quotes ("quoted") or with others who take a position ("also"), people who may be taken for
others ("people"), and what would settle a question where a call asks for that record ("settles"). A
contested question that gets no room is told by its head, in the end by its number."""


def fit_page(make: Callable[[Limits], P], show: Callable[[P], str], steps: Sequence[Step]) -> P:
    """The page that `show` tells in at most `MOST_WORDS`, made with as few steps as that takes."""

    def count_words(taken: int) -> int:
        return len(show(make(dict(steps[:taken]))).split())

    enough = bisect_left(range(len(steps)), -MOST_WORDS, key=lambda taken: -count_words(taken))
    return make(dict(steps[:enough]))
