"""What the templates see: a `Page` of small, finished things, and nothing to work out.

Every text in here is plain and unescaped; `markup.py` escapes it for the format.
An `href` is "#id" within the document, a checked http(s) URL, or "" for none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.models import Source
from factcheck.report.first_page import Page as FirstPageView

OWN_VOICE = "own"
"""Stands for an outlet's own voice among the ids of those who speak."""


@dataclass(frozen=True)
class Link:
    """A text that may lead somewhere."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Pair:
    """A name and its value, for lists of facts."""

    name: str
    value: str


@dataclass(frozen=True)
class Passage:
    """All that one voice is cited for, verbatim, with who said it, where, and how far it counts.

    `reading` is the model's summary of it, "" where the quote needs none; `checks` are
    doubts for whoever prints it.
    """

    quote: str
    lang: str
    article: Link
    who: str
    via: str
    sentences: tuple[Link, ...]
    marks: tuple[str, ...]
    stance: str
    note: str
    reading: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One finding: evidence, verdict with origins, and the wording of the summary.

    A view or a motive has no `origins`, since it is not judged. `carriers` names the outlets
    where there are several. `remarks` are the reasons that say more than the verdict with its
    origins. `asked` are the passages that stand side by side under the question that decides
    it, `shown` the others. `style` names the verdict for the style sheet; `verdict` says it in
    words. `children` are findings that say more of it or only a part. `tag` says what it is
    where it is no fact; `explain` tells whether the reasons are needed, since the verdict
    means little without them. `claims` are ids; `kind`, `outlets` (ids of articles)
    and `speakers` (ids of sources, `OWN_VOICE`) are what a list is filtered by.
    """

    id: str
    style: str
    verdict: str
    tag: str
    shown: tuple[Passage, ...]
    asked: tuple[Passage, ...]
    summary: str
    checks: tuple[str, ...]
    origins: str
    carried: str
    carriers: str
    against: str
    explain: bool
    said: tuple[str, ...]
    remarks: tuple[str, ...]
    settle: str
    parent: tuple[Link, ...]
    issues: tuple[Link, ...]
    kind: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    children: tuple["Entry", ...] = ()

    @property
    def parts(self) -> tuple[Link, ...]:
        """Links to the findings that say more of this one, or only a part."""
        return tuple(Link(child.id, f"#{child.id}") for child in self.children)

    def flat(self) -> Iterator["Entry"]:
        """The entry, then those within it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.flat()


@dataclass(frozen=True)
class Cluster:
    """Entries under one subheading ("" for none)."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Stand:
    """One position on a question: who takes it, in which words, and the findings it is part of.

    `mark` tells that it stands or was replaced.
    """

    label: str
    mark: str
    takers: tuple[Pair, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Link, ...]


@dataclass(frozen=True)
class Question:
    """An issue with its positions; those who say that it is open come last.

    `values` are the positions of one thing at different moments, in their order, empty
    where it is no such thing.
    """

    id: str
    text: str
    stands: tuple[Stand, ...]
    notes: tuple[str, ...]
    values: tuple[Stand, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Questions, then findings in full."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Cell:
    """What one article says to one finding: symbols for the eye, words for everybody."""

    symbol: str
    text: str


@dataclass(frozen=True)
class Row:
    """One finding across all articles."""

    finding: Link
    text: str
    verdict: str
    style: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """Outlets that count as one, under the title that they share.

    `places` are their positions among the cells of a row, `texts` their names.
    """

    title: str
    places: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def is_alone(self) -> bool:
        """Whether it is one outlet under its own name, which needs no second heading."""
        return self.texts == (self.title,)


@dataclass(frozen=True)
class Filters:
    """What the list of findings can be narrowed to: value and label of each choice."""

    verdicts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    outlets: tuple[tuple[str, str], ...]
    speakers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Name:
    """A name with its place, and the side of it that it ends at."""

    text: str
    x: int
    y: int
    ends: bool


@dataclass(frozen=True)
class Stroke:
    """A line as an SVG path, with its thickness."""

    path: str
    width: int


@dataclass(frozen=True)
class Diagram:
    """Who told whom, drawn; `joined` are brackets around articles that count as one.

    `told` says it in words, `more` how many sources it leaves out. Units are CSS pixels.
    """

    names: tuple[Name, ...]
    strokes: tuple[Stroke, ...]
    joined: tuple[str, ...]
    height: int
    told: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Line:
    """One sentence of an article with the findings that rest on it, or why none does."""

    id: str
    number: int
    text: str
    kind: str
    heading: str
    opens: bool
    findings: tuple[Link, ...]
    remark: str


@dataclass(frozen=True)
class ClaimLine:
    """One claim as it was read, with the finding that it went into.

    `repeats` tells that this finding has its very words.
    """

    id: str
    text: str
    when: str
    facts: str
    findings: tuple[Link, ...]
    repeats: bool


@dataclass(frozen=True)
class Text:
    """One article, annotated; `name` is unique among the articles."""

    id: str
    name: str
    title: Link
    published: str
    genre: str
    counts_with: str
    aside: str
    agency: str
    lang: str
    facts: tuple[Pair, ...]
    lines: tuple[Line, ...]
    claims: tuple[ClaimLine, ...]
    dropped: tuple[Pair, ...]


@dataclass(frozen=True)
class Gap:
    """Something that the report does not rest on, and why."""

    text: str
    reason: str
    where: str
    sentences: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Method:
    """How the report was made, and what its words mean."""

    intro: str
    legend: tuple[Pair, ...]
    facts: tuple[Pair, ...]
    stages: tuple[Pair, ...]
    prompts: tuple[Pair, ...]


@dataclass(frozen=True)
class Alarm:
    """Text in an article that may mislead a reader or a machine, quoted, with its place."""

    article: Link
    places: tuple[Link, ...]
    what: str
    quote: str
    lang: str


@dataclass(frozen=True)
class Page:
    """The whole document; `chapters` are in its order."""

    title: str
    lead: str
    first: FirstPageView
    alarms: tuple[Alarm, ...]
    notices: tuple[str, ...]
    tally: tuple[Link, ...]
    independence: tuple[str, ...]
    texts: tuple[Text, ...]
    chapters: tuple[Chapter, ...]
    matrix: tuple[Row, ...]
    columns: tuple[Column, ...]
    filters: Filters
    people: tuple[tuple[Source, str], ...]
    told: Diagram | None
    not_assessed: tuple[Gap, ...]
    excluded: tuple[Gap, ...]
    method: Method

    @property
    def questions(self) -> tuple[Chapter, ...]:
        """The chapters that hold questions."""
        return tuple(part for part in self.chapters if part.questions)

    @property
    def findings(self) -> tuple[Entry, ...]:
        """All findings in one list, in the order of the document."""
        clusters = (cluster for part in self.chapters for cluster in part.clusters)
        return tuple(one for group in clusters for top in group.entries for one in top.flat())

    @property
    def shared(self) -> tuple[Row, ...]:
        """The rows of findings on which more than one article has something to say."""
        return tuple(row for row in self.matrix if sum(c.symbol != "–" for c in row.cells) > 1)
