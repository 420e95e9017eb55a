"""Read what the model answered to the comparison: what can be, what cannot, what is doubted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.speakers import can_be_one
from factcheck.models import (
    Answer,
    Claim,
    Comparison,
    Group,
    NotAssessed,
    Placing,
    Question,
    Remark,
    Side,
    Stand,
)
from factcheck.pipeline.checks import doubt_group, doubt_members
from factcheck.pipeline.compare_prompt import Batch, on_one_line
from factcheck.pipeline.extract import FEW, FEW_OF_MANY, OWN_VOICE, join_numbers
from factcheck.pipeline.wire import (
    FROM_WIRE,
    CompareReply,
    WireArticle,
    WireGroup,
    WireQuestion,
    WireSide,
    WireStand,
)


@dataclass(frozen=True)
class Read:
    """An answer as a comparison, what in it cannot be, and what is doubted in it."""

    comparison: Comparison
    faults: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """All that is worth asking again; few doubts on many groups are flagged, at no call."""
        few = max(FEW, FEW_OF_MANY * len(self.comparison.groups))
        return [*self.faults, *(self.doubts if len(self.doubts) > few else ())]


def read_reply(reply: CompareReply, batch: Batch, found: Comparison) -> Read:
    """The answer with only what can be; the rest as faults in words for the model."""
    reader = Reader(batch, found)
    groups = tuple(g for wire in reply.groups if (g := reader.group(wire)) is not None)
    comparison = Comparison(
        event=on_one_line(reply.event),
        placings=reader.placings(reply.articles),
        speakers=tuple(ids for wire in reply.speakers if len(ids := reader.one_source(wire)) > 1),
        sides=tuple(side for wire in reply.sides if (side := reader.side(wire)) is not None),
        groups=groups,
        questions=tuple(reader.question(wire) for wire in reply.questions),
    )
    left = tuple(
        NotAssessed(stage="compare", text="an item of the comparison", reason=fault)
        for fault in (*reader.faults, *reader.refused)
    )
    faults = tuple(fault.text for fault in reader.faults)
    doubts = tuple(f'group "{g.text}": {flag.text}' for g in groups for flag in g.flags)
    return Read(comparison.model_copy(update={"not_assessed": left}), faults, doubts)


class Reader:
    """Reads the items of one answer, and collects what in them cannot be.

    `faults` lose something and are worth asking again; `refused` are unions of speakers that
    cannot be, which cost nothing to leave out.
    """

    def __init__(self, batch: Batch, found: Comparison) -> None:
        self.articles = {article.id: article for article in batch.articles}
        self.speakers = {s.id: s for e in batch.extractions for s in e.speakers}
        self.claims = {c.id: c for e in batch.extractions for c in e.claims}
        self.planted = {(e.article, n) for e in batch.extractions for n in e.planted}
        said = (f"{claim.text} {claim.when} {claim.asof}" for claim in self.claims.values())
        called = (f"{s.name}, {s.function}, {s.side}" for s in self.speakers.values())
        outlets = (f"{a.outlet}, {a.title}" for a in self.articles.values())
        self.names = "; ".join([*said, *called, *outlets])
        self.aliases = batch.aliases
        self.earlier = {i for ids in batch.aliases.values() for i in ids}
        self.questions = {f"q{n}": q for n, q in enumerate(found.questions, start=1)}
        self.at_home: dict[str, str] = {}
        self.faults: list[Remark] = []
        self.refused: list[Remark] = []

    def fault(self, code: str, text: str) -> None:
        """Note what cannot be."""
        self.faults.append(Remark(code=code, text=text))

    def keep_known(
        self, ids: Iterable[str], kind: Mapping[str, object], where: str
    ) -> tuple[str, ...]:
        """The ids that exist, each once, with what an id stands for in its place."""
        expanded: dict[str, None] = {}
        for identity in dict.fromkeys(ids):
            if identity in self.aliases:
                expanded |= dict.fromkeys(self.aliases[identity])
            elif identity in kind or identity in self.earlier:
                expanded[identity] = None
            else:
                self.fault("unknown-id", f"{where}: there is no {identity}")
        return tuple(expanded)

    def placings(self, wires: Sequence[WireArticle]) -> tuple[Placing, ...]:
        """What is said of each article of the batch, once."""
        placed: dict[str, Placing] = {}
        for wire in wires:
            if wire.a not in self.articles:
                self.fault("unknown-id", f"articles: there is no {wire.a}")
                continue
            if wire.a in placed:
                self.fault("id-twice", f"articles: {wire.a} stands twice")
                continue
            placed[wire.a] = Placing(
                article=wire.a,
                outlet=on_one_line(wire.outlet),
                genre="" if wire.genre == "other_event" else FROM_WIRE[wire.genre],
                other_event=wire.genre == "other_event",
                joint=self.keep_known(wire.joint, self.articles, f"joint of {wire.a}"),
            )
        missing = [i for i in self.articles if i not in placed]
        if missing:
            self.fault("article-missing", f"articles: {', '.join(missing)} missing")
        return tuple(placed.values())

    def one_source(self, wire: Sequence[str]) -> tuple[str, ...]:
        """Speakers that are one; not two of one article, nor a person and a body."""
        kept: list[str] = []
        for identity in self.keep_known(wire, self.speakers, "speakers"):
            entry = self.speakers.get(identity)
            others = [self.speakers[i] for i in kept if i in self.speakers]
            clash = next((o for o in others if entry and not can_be_one(o, entry)), None)
            if clash is None:
                kept.append(identity)
            else:
                text = (
                    f"speakers: {clash.id} and {identity} cannot be one: two of one article, "
                    "a person and a body, or unnamed"
                )
                self.refused.append(Remark(code="not-one-source", text=text))
        return tuple(kept)

    def side(self, wire: WireSide) -> Side | None:
        """A side with the ids that exist."""
        ids = self.keep_known(wire.ids, {**self.speakers, **self.articles}, f'side "{wire.side}"')
        articles = tuple(i for i in ids if "." not in i)
        speakers = tuple(i for i in ids if "." in i)
        name = on_one_line(wire.side)
        return Side(name=name, speakers=speakers, articles=articles) if ids else None

    def group(self, wire: WireGroup) -> Group | None:
        """A group with the ids that exist, each at home once; None if too little is left."""
        where = f'group "{wire.t}"'
        same = []
        for claim in self.keep_known(wire.same, self.claims, where):
            if claim in self.at_home and claim not in self.earlier:
                told = f'{claim} is in same of "{self.at_home[claim]}" and of "{wire.t}"'
                self.fault("id-twice", told)
                continue
            self.at_home[claim] = wire.t
            same.append(claim)
        more = [i for i in self.keep_known(wire.more, self.claims, where) if i not in same]
        stated = (*same, *more)
        part = [i for i in self.keep_known(wire.part, self.claims, where) if i not in stated]
        stands = tuple(s for one in wire.also if (s := self.stand(one, where)) is not None)
        if not stated or len({*stated, *part}) + len(stands) < 2:
            return None
        echoes = [i for i in self.keep_known(wire.echo, self.claims, where) if i in stated]
        if {*stated} == {*echoes}:
            self.fault("echo-of-nobody", f"{where}: echo names every claim, and no source of it")
            echoes = []
        members = [self.claims[i] for i in stated if i in self.claims]
        stating = [claim for claim in members if claim.id in same]
        text = on_one_line(wire.t) or (members[0].text if members else "")
        known_words = members and self.earlier.isdisjoint(stated)
        return Group(
            text=text,
            same=tuple(same),
            more=tuple(more),
            part=tuple(part),
            echoes=tuple(echoes),
            stands=stands,
            flags=tuple(self.doubts(text, stating, members)) if known_words else (),
        )

    def doubts(self, text: str, same: Sequence[Claim], members: Sequence[Claim]) -> list[Remark]:
        """What is doubted in a shared proposition and in the claims that state it."""
        cited = " ".join(
            self.articles[claim.article].sentence(n).text
            for claim in members
            for n in claim.sentences
        )
        return [*doubt_group(text, members, cited, self.names), *doubt_members(same, text)]

    def stand(self, wire: WireStand, where: str) -> Stand | None:
        """A stand whose article, sentences and speaker exist; the sentences not planted."""
        article = self.articles.get(wire.a)
        if article is None:
            self.fault("unknown-id", f"{where}: also names no article {wire.a}")
            return None
        numbers = tuple(wire.s)
        wrong = [
            n
            for n in numbers
            if not 1 <= n <= len(article.sentences) or (wire.a, n) in self.planted
        ]
        if wrong or not numbers:
            told = f"has no sentence {join_numbers(wrong)}" if wrong else "cites no sentence"
            self.fault("no-sentence", f"{where}: also of {wire.a} {told}")
            return None
        speaker = None if wire.by == OWN_VOICE else self.speakers.get(wire.by)
        if wire.by != OWN_VOICE and (speaker is None or speaker.article != wire.a):
            self.fault("no-speaker", f"{where}: {wire.by} is no speaker of {wire.a}")
            return None
        return Stand(
            article=wire.a,
            sentences=numbers,
            speaker=speaker.id if speaker else None,
            stance=wire.st,
            text=on_one_line(wire.t),
        )

    def question(self, wire: WireQuestion) -> Question:
        """A question with the ids and position numbers that exist."""
        old = self.questions.get(wire.q)
        where = f'question "{wire.q}"'
        answers = tuple(
            Answer(
                label=on_one_line(p.p),
                claims=self.keep_known(p.ids, self.claims, where),
                near=self.keep_known(p.near, self.claims, where),
            )
            for p in wire.pos
        )
        for answer in answers:
            touched = answer.near and wire.kind in {"slip", "detail"}
            if not (answer.claims or touched) and old is None:
                self.fault("no-claim", f'{where}: position "{answer.label}" names no claim')
        numbers = range(len(answers))
        excludes = []
        for pair in map(list, dict.fromkeys(map(tuple, wire.x))):
            if len(pair) == 2 and pair[0] in numbers and pair[1] in numbers:
                excludes.append((pair[0], pair[1]))
            else:
                self.fault("no-position", f"{where}: x names no two positions: {pair}")
        settled = wire.settled if wire.settled in numbers else None
        if settled is None and wire.settled != -1:
            self.fault("no-position", f"{where}: settled names no position: {wire.settled}")
        return Question(
            text=old.text if old else on_one_line(wire.q),
            kind=wire.kind,
            answers=answers,
            excludes=tuple(excludes),
            open=self.keep_known(wire.open, self.claims, where),
            settled=settled,
        )
