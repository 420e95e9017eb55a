"""What the templates are given where a model does not say it all: small, computed things.

Else they read the models of the report, with the phrases of `words`. Every text in here is
plain and unescaped; `markup.py` escapes it for the format. An `href` is "#id" within the
document, a checked http(s) URL, or "" for none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factcheck.models import Article, Claim, Finding, Issue, Verdict

OWN_VOICE = "own"
"""Stands for an outlet's own voice among the ids of those who speak."""
Fact = tuple[str, str]
"""A name and its value, for lists of facts."""


class Link(NamedTuple):
    """A text that may lead somewhere."""

    text: str
    href: str = ""


class Passage(NamedTuple):
    """All that one voice is cited for, verbatim, with who said it, where, and how far it counts.

    `quote` is the sentence that carries it, `context` what else was cited to understand it, which
    need not be that speaker's; `reading` the model's summary, "" where the quote needs none;
    `checks` are doubts for whoever prints it. `outlet` is what the article is called.
    """

    quote: str
    lang: str
    article: str
    outlet: str
    sentences: tuple[int, ...]
    who: str
    marks: tuple[str, ...]
    context: str = ""
    via: str = ""
    stance: str = ""
    note: str = ""
    reading: str = ""
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One finding with its evidence, and the findings that say more of it or only a part.

    `asked` are the passages that stand side by side under the question that decides it,
    `shown` the others. `carriers` names the outlets where there are several. A view or a
    motive has no `origins`, since it is not judged. `remark` is what a model adds.
    """

    finding: Finding
    asked: tuple[Passage, ...]
    shown: tuple[Passage, ...]
    origins: str
    carried: str
    carriers: str
    children: tuple["Entry", ...] = ()
    remark: str = ""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The articles that say something to it, by id."""
        return tuple(dict.fromkeys(voice.article for voice in self.finding.voices))

    @property
    def names_origin(self) -> bool:
        """Whether its only passage, an outlet's own voice, says already who answers for it."""
        voices = self.finding.voices
        return len(voices) == 1 and voices[0].counted and voices[0].source is None

    @property
    def keys(self) -> tuple[str, ...]:
        """What a list is filtered by: verdict, kind, articles and sources, or `OWN_VOICE`."""
        speakers = dict.fromkeys(voice.source or OWN_VOICE for voice in self.finding.voices)
        return (self.finding.verdict, self.finding.kind, *self.outlets, *speakers)

    def flat(self) -> Iterator["Entry"]:
        """The entry, then those within it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.flat()


class Stand(NamedTuple):
    """One position on a question: who takes it, in which words, and the findings it is part of.

    `mark` tells that it stands or was replaced.
    """

    label: str
    mark: str
    takers: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Link, ...]


class Question(NamedTuple):
    """An issue with its positions; those who say that it is open come last.

    `remark` is what a model adds, "" for nothing; `near` leads to what bears on it.
    """

    issue: Issue
    stands: tuple[Stand, ...]
    remark: str = ""
    near: tuple[Link, ...] = ()


class Chapter(NamedTuple):
    """Questions, then findings in full under their subheadings ("" for none)."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    clusters: Mapping[str, Sequence[Entry]]


class Row(NamedTuple):
    """One finding or sentence across all articles: for each a symbol for the eye, and words.

    `sides` names who answers for a finding, and who is against it, "" for nobody.
    """

    id: str
    text: str
    cells: Sequence[tuple[str, str]]
    verdict: Verdict | None = None
    sides: str = ""


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


class Name(NamedTuple):
    """A name with its place, and the side of it that it ends at."""

    text: str
    x: int
    y: int
    ends: bool


class Diagram(NamedTuple):
    """Who told whom, drawn; `joined` are brackets around articles that count as one.

    `strokes` are lines as SVG paths, with their thickness. `told` says it in words, `more`
    how many sources it leaves out. Units are CSS pixels.
    """

    names: tuple[Name, ...]
    strokes: tuple[tuple[str, int], ...]
    joined: tuple[str, ...]
    height: int
    told: tuple[str, ...]
    more: int


class ClaimLine(NamedTuple):
    """One claim as it was read, with the findings that it went into.

    `repeats` tells that one of these has its very words.
    """

    claim: Claim
    facts: str
    findings: Sequence[str]
    repeats: bool


class Text(NamedTuple):
    """One article, annotated; `name` is unique among the articles.

    `uses` are the ids of what rests on a sentence, by its number, `remarks` say why nothing
    does.
    """

    article: Article
    name: str
    counts_with: str
    aside: str
    facts: tuple[Fact, ...]
    uses: Mapping[int, Sequence[str]]
    remarks: Mapping[int, str]
    claims: tuple[ClaimLine, ...] = ()


class Alarm(NamedTuple):
    """Text in an article that may mislead a reader or a machine, quoted, with its place."""

    article: Article
    outlet: str
    places: tuple[Link, ...]
    what: str
    quote: str = ""
