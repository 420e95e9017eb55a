"""The whole reading on one page; no model, clock or network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from factcheck import __version__
from factcheck.boundary import exclude_failed, leave_out_failing
from factcheck.judge.outlets import group_outlets
from factcheck.language.copies import near_copies
from factcheck.language.cues import denial_cue, hedges
from factcheck.models import Article, Comparison, Excluded, Manifest
from factcheck.sidebyside.amounts import compare_values
from factcheck.sidebyside.clusters import cluster_lines
from factcheck.sidebyside.lines import Line, is_english, read_lines, set_twins_apart
from factcheck.sidebyside.models import Cluster, Denial, Said, SideBySide, Single, Stranger
from factcheck.sidebyside.pairs import score_close_pairs, score_marked_pairs
from factcheck.sidebyside.people import list_quoted
from factcheck.sidebyside.sayings import attribute

_LEAST_NAMES = 5
_LEAST_ALIKE = 3  # articles in one language
# Stories about one event share a third of the words of their names and more.
_SHARE = 0.12


def read_side_by_side(
    articles: Sequence[Article],
    *,
    created: datetime,
    excluded: Sequence[Excluded] = (),
    owners: Mapping[str, Sequence[str]] = MappingProxyType({}),
    hints: Sequence[str] = (),
) -> SideBySide:
    """Set articles about one event side by side; the same input gives the same reading.

    `owners` maps an owner to its outlets, which then count as one; `hints` tell the
    reader how to get the fact-check; `created` is aware. Nothing is judged: the
    result holds sentences by number and never a verdict. Raises nothing: an article on
    which the code fails is left out and named; with fewer than two nothing can be set side
    by side.
    """
    manifest = Manifest(factcheck=__version__, engine="reading", created=created)
    result, failing = leave_out_failing(articles, lambda some: _read(some, owners, manifest))
    out = (exclude_failed(article.source, error, "reading") for article, error in failing)
    return result.model_copy(update={"excluded": (*excluded, *out), "hints": tuple(hints)})


def _read(
    articles: Sequence[Article], owners: Mapping[str, Sequence[str]], manifest: Manifest
) -> SideBySide:
    lines = read_lines(articles)
    said = {
        (article.id, number): entries
        for article in articles
        for number, entries in attribute(article).items()
    }
    copies = near_copies({article.id: article.text for article in articles})
    _, groups = group_outlets(articles, Comparison(), copies, owners)
    kept = set_twins_apart(lines)
    close = score_close_pairs(kept)
    found = cluster_lines(kept, close, score_marked_pairs(kept), said, groups)
    return SideBySide(
        articles=tuple(articles),
        groups=groups,
        clusters=found,
        comparisons=compare_values(kept, close, said),
        denials=list_denials(lines, said),
        singles=list_singles(lines, found, said),
        quoted=list_quoted(said),
        strangers=find_strangers(lines),
        manifest=manifest,
    )


def list_singles(lines: Sequence[Line], found: Sequence[Cluster], said: Said) -> tuple[Single, ...]:
    """The sentences with content that stand in no cluster, in the order of the articles."""
    placed = {
        (row.article, number) for one in found for row in one.rows for number in row.sentences
    }
    return tuple(
        Single(
            article=line.article.id,
            sentence=line.sentence.number,
            said=said.get(line.key, ()),
            hedges=hedges(line.sentence.text),
        )
        for line in lines
        if line.informative and line.key not in placed
    )


def list_denials(lines: Sequence[Line], said: Said) -> tuple[Denial, ...]:
    """The denials and rejections that the articles quote, in their order; ids `d1`, `d2`, …

    Places to look, never conflicts: what is denied is not looked for.
    """
    found = [
        (line, cue)
        for line in lines
        if is_english(line.article)
        and (cue := denial_cue(line.sentence.text, said=bool(said.get(line.key))))
    ]
    return tuple(
        Denial(
            id=f"d{number}",
            article=line.article.id,
            sentence=line.sentence.number,
            cue=cue,
            said=said.get(line.key, ()),
            hedges=hedges(line.sentence.text),
        )
        for number, (line, cue) in enumerate(found, start=1)
    )


def find_strangers(lines: Sequence[Line]) -> tuple[Stranger, ...]:
    """The articles that may be about something else, in their order.

    The words of the names in each article are looked up in all others. An article with
    few names is not judged by them, nor one without two others in its language: names and nouns
    are written in other ways there, and of two articles neither is the stranger alone.
    """
    language_of = {line.article.id: line.article.language for line in lines}
    alike = Counter(language_of.values())
    held: dict[str, set[str]] = {}
    for line in lines:
        own = held.setdefault(line.article.id, set())
        own |= {mark for mark in line.marks if not mark[0].isdigit()}
    holders = Counter(name for own in held.values() for name in own)
    found = []
    for article, own in held.items():
        shared = sorted(name for name in own if holders[name] > 1)
        judged = len(own) >= _LEAST_NAMES and alike[language_of[article]] >= _LEAST_ALIKE
        if judged and len(shared) < _SHARE * len(own):
            found.append(Stranger(article=article, shared=tuple(shared), names=len(own)))
    return tuple(found)
