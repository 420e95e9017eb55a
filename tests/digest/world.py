"""Small worlds for what an edition tells: articles, their claims, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from factcheck.digest.numbering import number_findings
from factcheck.models import (
    Answer,
    Article,
    ClaimKind,
    Comparison,
    Extraction,
    Group,
    IssueKind,
    Manifest,
    Question,
    Report,
    Sentence,
    Side,
)
from factcheck.pipeline.assemble import Material
from tests.judge import world as judge
from tests.judge.world import Who

NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)
APART = 4
"""Sentences from one claim to the next, so that none stands beside another's speaker."""


@dataclass(frozen=True)
class Says:
    """One claim; `by` None is the outlet's own voice. `cites` are sentences for it, in order."""

    text: str
    by: Who | None = None
    kind: ClaimKind = "fact"
    asof: str = ""
    core: bool = True
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """An article: outlet, hour of publication on one day, claims in order."""

    outlet: str
    claims: tuple[Says, ...]
    hour: int


@dataclass(frozen=True)
class World:
    """Articles a1, a2, … and what the comparison says of their claims a1.c1, …"""

    papers: tuple[Paper, ...]
    same: tuple[tuple[str, ...], ...] = ()
    questions: tuple[Question, ...] = ()
    sides: tuple[Side, ...] = ()

    def and_paper(self, *papers: Paper) -> World:
        """The world with more papers."""
        return replace(self, papers=(*self.papers, *papers))

    def articles(self) -> tuple[Article, ...]:
        """The articles."""
        return tuple(to_article(f"a{n}", paper) for n, paper in enumerate(self.papers, start=1))

    def extractions(self) -> tuple[Extraction, ...]:
        """What each article claims."""
        return tuple(to_extraction(f"a{n}", p) for n, p in enumerate(self.papers, start=1))

    def report(self, earlier: Report | None = None, last: int = 0) -> Report:
        """The report, its findings numbered on from an earlier one."""
        extractions = self.extractions()
        text = {claim.id: claim.text for e in extractions for claim in e.claims}
        comparison = Comparison(
            event="Fire in Orle",
            groups=tuple(Group(text=text[ids[0]], same=ids) for ids in self.same),
            questions=self.questions,
            sides=self.sides,
        )
        case = Material(
            articles=tuple(self.articles()),
            extractions=extractions,
            excluded=(),
            owners={},
            manifest=Manifest(factcheck="0", engine="model", created=NOW),
        )
        return number_findings(case.judge(comparison), earlier, last)


def question(
    text: str,
    *positions: tuple[str, tuple[str, ...]],
    kind: IssueKind = "conflict",
    settled: int | None = None,
) -> Question:
    """A question with positions given as label and claims; in a conflict all exclude all."""
    pairs = [(a, b) for a in range(len(positions)) for b in range(a + 1, len(positions))]
    return Question(
        text=text,
        kind=kind,
        answers=tuple(Answer(label=label, claims=claims) for label, claims in positions),
        excludes=tuple(pairs) if kind in {"conflict", "slip"} else (),
        settled=settled,
    )


def to_article(identity: str, paper: Paper) -> Article:
    """The article: a headline, then each claim's sentences, with filler in between."""
    lines = [f"{paper.outlet} reports."]
    for place, claim in enumerate(paper.claims):
        lines += [f"{paper.outlet} filler {place} {n}." for n in range(APART)]
        lines += claim.cites or (claim.text,)
    return Article(
        id=identity,
        source=f"{paper.outlet}.txt",
        outlet=paper.outlet,
        outlet_from="metadata",
        published=datetime(2026, 3, 2, paper.hour, tzinfo=UTC),
        sentences=tuple(
            Sentence(number=n, text=text, kind="headline" if n == 1 else "body")
            for n, text in enumerate(lines, start=1)
        ),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def to_extraction(identity: str, paper: Paper) -> Extraction:
    """The claims of a paper and the speakers that they name."""
    number_of = {one.text: one.number for one in to_article(identity, paper).sentences}
    claims = []
    for claim in paper.claims:
        at, *more = (number_of[text] for text in claim.cites or (claim.text,))
        said = judge.Says(claim.text, claim.by, claim.kind, asof=claim.asof, core=claim.core)
        claims.append(replace(said, at=at, cites=tuple(more)))
    return judge.to_extraction(identity, judge.Paper(paper.outlet, tuple(claims)))
