"""Small worlds for the rules of judgement: articles, claims, and what compare would say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

from factcheck.judge import Judgement, judge
from factcheck.judge.identity import Identity
from factcheck.models import (
    Answer,
    Article,
    Claim,
    ClaimKind,
    Comparison,
    Extraction,
    Finding,
    Genre,
    Group,
    Issue,
    IssueKind,
    Modality,
    Placing,
    Question,
    Remark,
    Role,
    Sentence,
    Side,
    Speaker,
    Stand,
    Verdict,
)

Beside = Literal["supports", "denies", "differs", "updates", "qualifies", "doubts"]

OUTLETS = ("Ledger", "Courier", "Gazette", "Herald", "Monitor")

FIRE = "A fire broke out at the Orle mill."
NO_FIRE = "No fire broke out at the Orle mill."


@dataclass(frozen=True)
class Who:
    """A speaker as an article names it."""

    name: str
    side: str = ""
    role: Role = "official"
    person: bool = False
    function: str = ""
    also: tuple[str, ...] = ()


PALACE = Who("the palace", side="Valdria")
PRESS = Who("palace press service", side="Valdria")
REBELS = Who("Oskar Lind", side="Free North", role="party", person=True)
POLICE = Who("police", side="police")
HOSPITAL = Who("Orle hospital", side="Orle hospital")
EXPERT = Who("Ida Berg", role="expert", person=True)
WITNESS = Who("Jan Holm", role="witness", person=True)
CROWD = Who("residents", role="witness")
UNNAMED = Who("a senior official", side="Valdria", role="anonymous", person=True)
MEDIA = Who("media reports", role="media")
VIDEO = Who("a video on social media", role="document")


@dataclass(frozen=True)
class Says:
    """One claim; `by` None is the article's own voice, perhaps after the account `of` a source.

    Its sentence defaults to its text.
    """

    text: str
    by: Who | None = None
    kind: ClaimKind = "fact"
    modality: Modality = "firm"
    via: tuple[str, ...] = ()
    asof: str = ""
    held: tuple[int, int] | None = None  # hours of 12 March between which a value holds
    core: bool = True
    at: int = 0  # sentence number, 0: claims stand three sentences apart
    cites: tuple[int, ...] = ()  # further sentences
    flags: tuple[Remark, ...] = ()
    of: Who | None = None


@dataclass(frozen=True)
class Paper:
    """An article: outlet, hour of publication on 12 March (None: unknown), claims in order."""

    outlet: str
    claims: tuple[Says, ...]
    hour: int | None = None
    day: int = 12
    precision: Literal["minute", "day"] = "minute"
    zone: int = 0  # hours ahead of UTC
    zone_known: bool = True
    agency: str = ""
    language: str = "en"
    genre: Genre = ""
    byline: str = ""
    outlet_from: Literal["metadata", "text", "address", "file-name"] = "metadata"


@dataclass(frozen=True)
class World:
    """Articles a1, a2, … with claims a1.c1, … and speakers a1.s1, …, and a comparison."""

    papers: tuple[Paper, ...]
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    speakers: tuple[tuple[str, ...], ...] = ()
    sides: tuple[Side, ...] = ()
    placings: tuple[Placing, ...] = ()
    copies: tuple[tuple[str, str, float], ...] = ()
    owners: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def but(self, **changes: Any) -> World:
        """The same world with a change."""
        return replace(self, **changes)

    def articles(self) -> tuple[Article, ...]:
        """The articles, with filler between the sentences that carry claims."""
        return tuple(to_article(f"a{n}", paper) for n, paper in enumerate(self.papers, start=1))

    def extractions(self) -> tuple[Extraction, ...]:
        """What each article claims."""
        return tuple(to_extraction(f"a{n}", paper) for n, paper in enumerate(self.papers, start=1))

    def judged(self) -> Judgement:
        """The judgement on this world."""
        comparison = Comparison(
            groups=self.groups,
            questions=self.questions,
            speakers=self.speakers,
            sides=self.sides,
            placings=self.placings,
        )
        return judge(
            self.articles(),
            self.extractions(),
            comparison,
            copies=self.copies,
            owners=self.owners,
        )

    def identity(self) -> Identity:
        """Who is one."""
        return self.judged().identity

    def finding(self, claim: str = "a1.c1") -> Finding:
        """The first finding that has a claim."""
        return next(f for f in self.judged().findings if claim in f.claims)

    def verdict(self, claim: str = "a1.c1") -> Verdict:
        """The verdict on the finding of a claim."""
        return self.finding(claim).verdict

    def issue(self) -> Issue:
        """The only issue."""
        (issue,) = self.judged().issues
        return issue


def group(
    *same: str,
    text: str = FIRE,
    more: tuple[str, ...] = (),
    part: tuple[str, ...] = (),
    stands: tuple[Stand, ...] = (),
) -> Group:
    """A group as compare gives it."""
    return Group(text=text, same=same, more=more, part=part, stands=stands)


def question(
    *positions: tuple[str, ...],
    kind: IssueKind = "conflict",
    excludes: tuple[tuple[int, int], ...] = ((0, 1),),
    opens: tuple[str, ...] = (),
    settled: int | None = None,
    text: str = "Was there a fire?",
) -> Question:
    """A question with positions given as claim ids, which by default exclude each other."""
    return Question(
        text=text,
        kind=kind,
        answers=tuple(Answer(label=f"position {n}", claims=ids) for n, ids in enumerate(positions)),
        excludes=excludes,
        open=opens,
        settled=settled,
    )


def stand(
    article: str,
    stance: Beside,
    *,
    by: str | None = None,
    at: int = 1,
    text: str = "",
) -> Stand:
    """A stand beside the claims."""
    return Stand(article=article, sentences=(at,), speaker=by, stance=stance, text=text)


def agree(
    *claims: Says | tuple[Says, ...], hours: Sequence[int | None] = (), **changes: Any
) -> World:
    """One outlet for each argument; all first claims state one proposition."""
    sheets = [claim if isinstance(claim, tuple) else (claim,) for claim in claims]
    world = World(
        papers=tuple(
            Paper(name, sheet, hour=hour)
            for name, sheet, hour in zip(
                OUTLETS, sheets, hours or [None] * len(sheets), strict=False
            )
        ),
        groups=(group(*(f"a{n}.c1" for n in range(1, len(sheets) + 1))),),
    )
    return world.but(**changes)


def dispute(
    *claims: Says | tuple[Says, ...],
    hours: Sequence[int | None] = (),
    asked: Question | None = None,
    **changes: Any,
) -> World:
    """One outlet for each argument; the first two take positions that exclude each other."""
    world = agree(*claims, hours=hours, groups=())
    return world.but(questions=(asked or question(("a1.c1",), ("a2.c1",)),), **changes)


def with_paper(world: World, number: int, **changes: Any) -> World:
    """The world with a change in its paper of this number, from 1."""
    papers = list(world.papers)
    papers[number - 1] = replace(papers[number - 1], **changes)
    return world.but(papers=tuple(papers))


def codes(finding: Finding) -> list[str]:
    """The codes of a finding's reasons."""
    return [remark.code for remark in finding.reasons]


def labels(finding: Finding) -> list[str]:
    """The origins that assert a finding, by label."""
    return [origin.label for origin in finding.origins]


def number_of(paper: Paper, index: int) -> int:
    """The sentence number of a claim: its own, or three after the one before."""
    return paper.claims[index].at or 1 + 3 * index


def to_article(identity: str, paper: Paper) -> Article:
    """The article."""
    places = {number_of(paper, index): claim.text for index, claim in enumerate(paper.claims)}
    published = None
    if paper.hour is not None:
        zone = timezone(timedelta(hours=paper.zone))
        published = datetime(2026, 3, paper.day, paper.hour, tzinfo=zone)
    return Article(
        id=identity,
        source=f"{identity}.txt",
        outlet=paper.outlet,
        outlet_from=paper.outlet_from,
        byline=paper.byline,
        published=published,
        published_precision=paper.precision,
        zone_known=paper.zone_known,
        agency=paper.agency,
        language=paper.language,
        sentences=tuple(
            Sentence(number=n, text=places.get(n, f"Sentence {n} of {paper.outlet}."))
            for n in range(1, max(places, default=1) + 3)
        ),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def to_moments(hours: tuple[int, int] | None) -> tuple[datetime, datetime] | None:
    """The earliest and latest time of a running value."""
    if hours is None:
        return None
    first, last = (datetime(2026, 3, 12, hour, tzinfo=UTC) for hour in hours)
    return first, last


def to_extraction(identity: str, paper: Paper) -> Extraction:
    """The claims of a paper and the speakers that they name."""
    named = (who for claim in paper.claims for who in (claim.by, claim.of))
    people = list(dict.fromkeys(who for who in named if who))
    ids = {who: f"{identity}.s{n}" for n, who in enumerate(people, start=1)}
    return Extraction(
        article=identity,
        genre=paper.genre,
        speakers=tuple(
            Speaker(
                id=ids[who],
                article=identity,
                name=who.name,
                function=who.function,
                person=who.person,
                also=who.also,
                role=who.role,
                side=who.side,
            )
            for who in people
        ),
        claims=tuple(
            Claim(
                id=f"{identity}.c{n}",
                article=identity,
                text=claim.text,
                kind=claim.kind,
                core=claim.core,
                sentences=(number_of(paper, n - 1), *claim.cites),
                speaker=ids[claim.by] if claim.by else None,
                follows=ids[claim.of] if claim.of else None,
                via=claim.via,
                modality=claim.modality,
                asof=claim.asof,
                held=to_moments(claim.held),
                flags=claim.flags,
            )
            for n, claim in enumerate(paper.claims, start=1)
        ),
    )
