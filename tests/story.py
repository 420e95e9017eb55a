"""Small worlds for the rules of judgement: articles, claims and what merge would say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from factcheck.drafts import drafts
from factcheck.judge import judge
from factcheck.models import (
    Article,
    Claim,
    ClaimKind,
    Echo,
    Finding,
    Group,
    Issue,
    IssueKind,
    Merged,
    Modality,
    Question,
    Reading,
    Role,
    Sentence,
    Side,
    Speaker,
    Stance,
)
from factcheck.sources import Sources, identify


@dataclass(frozen=True)
class Who:
    """A speaker as an article names it."""

    name: str
    side: str = ""
    role: Role = "official"


@dataclass(frozen=True)
class Says:
    """One claim; `by` None is the outlet's own voice. The sentence defaults to the claim."""

    text: str
    by: Who | None = None
    kind: ClaimKind = "fact"
    modality: Modality = "firm"
    via: tuple[str, ...] = ()
    asof: str = ""
    core: bool = True
    sentence: str = ""
    at: int = 0  # sentence number, 0 for the next free one (claims stand three apart)


@dataclass(frozen=True)
class Paper:
    """An article: outlet, hour of publication on one day (None: unknown), claims in order."""

    outlet: str
    claims: tuple[Says, ...]
    hour: int | None = None
    agency: str = ""
    language: str = "en"


@dataclass(frozen=True)
class World:
    """Articles a1, a2, … and what merge says of their claims (a1.c1, …)."""

    papers: tuple[Paper, ...]
    same: tuple[tuple[str, ...], ...] = ()
    more: dict[str, tuple[str, ...]] = field(default_factory=dict)  # first of same -> more
    part: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    echoes: tuple[Echo, ...] = ()
    speakers: tuple[tuple[str, ...], ...] = ()
    owners: dict[str, Sequence[str]] = field(default_factory=dict)

    def articles(self) -> tuple[Article, ...]:
        """The articles, each claim's sentence three after the one before."""
        return tuple(to_article(f"a{n}", paper) for n, paper in enumerate(self.papers, start=1))

    def readings(self) -> tuple[Reading, ...]:
        """What each article claims."""
        return tuple(to_reading(f"a{n}", paper) for n, paper in enumerate(self.papers, start=1))

    def merged(self) -> Merged:
        """The groups and questions as merge gives them."""
        text = {c.id: c.text for reading in self.readings() for c in reading.claims}
        groups = tuple(
            Group(
                text=text[ids[0]],
                same=ids,
                more=self.more.get(ids[0], ()),
                part=self.part.get(ids[0], ()),
            )
            for ids in self.same
        )
        return Merged(groups=groups, questions=self.questions, speakers=self.speakers)

    def sources(self) -> Sources:
        """Who is who."""
        return identify(self.articles(), self.readings(), self.merged(), self.owners)

    def judged(self) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
        """Findings and issues."""
        claims = [claim for reading in self.readings() for claim in reading.claims]
        merged = self.merged()
        found = drafts(claims, merged)
        return judge(self.readings(), merged, found, self.echoes, self.sources())

    def finding(self, claim: str) -> Finding:
        """The finding that a claim is at home in."""
        return next(finding for finding in self.judged()[0] if claim in finding.claims)

    def issue(self) -> Issue:
        """The only issue."""
        (issue,) = self.judged()[1]
        return issue

    def but(self, **changes: object) -> World:
        """The same world with a change."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked at run time


def question(
    text: str,
    *sides: tuple[str, ...],
    kind: IssueKind = "conflict",
    opens: tuple[str, ...] = (),
) -> Question:
    """A question with positions given as claim ids."""
    assert kind != "slip"
    return Question(
        text=text,
        kind=kind,
        sides=tuple(Side(label=f"position {n}", claims=ids) for n, ids in enumerate(sides)),
        open=opens,
    )


def echo(
    finding: str, article: str, stance: Stance, number: int, text: str = "", **more: object
) -> Echo:
    """A crosscheck answer, in own voice unless `speaker` is given."""
    return Echo(
        finding=finding,
        article=article,
        stance=stance,
        sentences=(number,),
        text=text,
        speaker=more.get("speaker"),
        modality=more.get("modality", "firm"),
    )


def number_of(paper: Paper, index: int) -> int:
    """The sentence number of a claim: its own, or three after the one before."""
    return paper.claims[index].at or 1 + 3 * index


def to_article(identity: str, paper: Paper) -> Article:
    """The article with filler between the sentences that carry claims."""
    last = max((number_of(paper, i) for i in range(len(paper.claims))), default=1)
    # Long and unlike in each outlet, so that only the claims can make near copies.
    lines = {
        n: " ".join(f"{paper.outlet}{n}word{k}" for k in range(10)) + "."
        for n in range(1, last + 3)
    }
    for index, claim in enumerate(paper.claims):
        lines[number_of(paper, index)] = claim.sentence or claim.text
    published = None if paper.hour is None else datetime(2026, 3, 12, paper.hour, tzinfo=UTC)
    return Article(
        id=identity,
        source=f"{paper.outlet}.txt",
        outlet=paper.outlet,
        outlet_from="metadata",
        published=published,
        language=paper.language,
        agency=paper.agency,
        sentences=tuple(Sentence(number=n, text=text) for n, text in sorted(lines.items())),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def to_reading(identity: str, paper: Paper) -> Reading:
    """The claims of a paper and the speakers that they name."""
    people = list(dict.fromkeys(claim.by for claim in paper.claims if claim.by))
    speakers = tuple(
        Speaker(
            id=f"{identity}.s{n}",
            article=identity,
            name=who.name,
            role=who.role,
            side=who.side,
        )
        for n, who in enumerate(people, start=1)
    )
    ids = {who: speaker.id for who, speaker in zip(people, speakers, strict=True)}
    claims = tuple(
        Claim(
            id=f"{identity}.c{n}",
            article=identity,
            text=claim.text,
            kind=claim.kind,
            core=claim.core,
            sentences=(number_of(paper, n - 1),),
            speaker=ids[claim.by] if claim.by else None,
            via=claim.via,
            modality=claim.modality,
            asof=claim.asof,
        )
        for n, claim in enumerate(paper.claims, start=1)
    )
    return Reading(article=identity, speakers=speakers, claims=claims)
