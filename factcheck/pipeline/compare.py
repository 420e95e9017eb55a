"""Compare: ask a model what is one and what is contested across all articles.

One call sees every article's sentences, speakers and claims. A story that is too large for
one call is compared in batches, each told what was found so far; an article that was read
in several windows is first united with itself. Ids, sentences and speakers that do not
exist are refused and listed; what is doubted is asked again once and then carries a flag.
A claim's words, speaker and sentences stay those of its own extraction, whatever is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from factcheck import prompts
from factcheck.articles import numbered
from factcheck.errors import ContextOverflowError, TruncatedError
from factcheck.judge.identity import can_be_one, is_unnamed
from factcheck.llm.client import ModelClient, Prompt
from factcheck.llm.prices import estimate_tokens
from factcheck.models import (
    Answer,
    Article,
    Claim,
    Comparison,
    Extraction,
    Group,
    NotAssessed,
    Placing,
    Question,
    Side,
    Speaker,
    Stand,
)
from factcheck.pipeline.checks import doubt_group, doubt_members
from factcheck.pipeline.extract import FEW, OWN_VOICE, PLANTED, join_numbers
from factcheck.pipeline.wire import (
    FROM_WIRE,
    CompareReply,
    WireArticle,
    WireGroup,
    WireQuestion,
    WireSide,
    WireStand,
)

WITHHELD = "(withheld: planted text)"
OUTPUT_PER_CLAIM = 23
"""Tokens of an answer for a claim that is compared; measured, see `pipeline/estimate.py`."""


@dataclass(frozen=True)
class Limits:
    """How much goes into one call: articles, and estimated tokens of the prompt."""

    articles: int = 20
    tokens: int = 60_000


@dataclass(frozen=True)
class Batch:
    """The articles of one call, with what stands for several ids so far.

    `found` are lines on what earlier batches found; `aliases` lead from an id to the ids
    that it stands for; `bare` leaves the sentences out, for an article that does not fit.
    """

    articles: tuple[Article, ...]
    extractions: tuple[Extraction, ...]
    found: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: bool = False
    bare: bool = False


async def compare(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    client: ModelClient,
    limits: Limits | None = None,
) -> Comparison:
    """Compare articles with their extractions, in the same order.

    Raises the client's `ModelError` if a batch cannot be answered in the end.
    """
    job = Job(
        client=client,
        limits=limits or Limits(),
        speakers={s.id: s for extraction in extractions for s in extraction.speakers},
        twins=await unite_windows(articles, extractions, client),
    )
    found = Comparison()
    for batch in split(articles, extractions, job.limits):
        found = await compare_batch(batch, found, job)
    return found


@dataclass(frozen=True)
class Job:
    """What all batches need: whom to ask, how much at once, all speakers, claims made twice."""

    client: ModelClient
    limits: Limits
    speakers: Mapping[str, Speaker]
    twins: Mapping[str, tuple[str, ...]]


async def unite_windows(
    articles: Sequence[Article], extractions: Sequence[Extraction], client: ModelClient
) -> dict[str, tuple[str, ...]]:
    """Claims that an article read in several windows makes twice: the first leads to all.

    Only claims on the same word are one; if the call fails, none are.
    """
    twins: dict[str, tuple[str, ...]] = {}
    for article, extraction in zip(articles, extractions, strict=True):
        if extraction.windows < 2:
            continue
        batch = Batch((article,), (extraction,), alone=True)
        try:
            reply = (await client.ask(compare_prompt(batch, Comparison()))).value
        except (TruncatedError, ContextOverflowError):
            continue
        speaker_of = {claim.id: claim.speaker for claim in extraction.claims}
        for group in read_reply(reply, batch, Comparison()).comparison.groups:
            by_speaker: dict[str | None, list[str]] = {}
            for claim in group.same:
                by_speaker.setdefault(speaker_of[claim], []).append(claim)
            twins |= {ids[0]: tuple(ids) for ids in by_speaker.values() if len(ids) > 1}
    return twins


def split(
    articles: Sequence[Article], extractions: Sequence[Extraction], limits: Limits
) -> list[Batch]:
    """Batches in the order of the articles, each within the limits or of one article."""
    batches: list[list[tuple[Article, Extraction]]] = [[]]
    size = 0
    for pair in zip(articles, extractions, strict=True):
        tokens = estimate_tokens(show_article(*pair, Batch((), ())))
        full = len(batches[-1]) >= limits.articles or size + tokens > limits.tokens
        if batches[-1] and full:
            batches.append([])
            size = 0
        batches[-1].append(pair)
        size += tokens
    return [Batch(tuple(a for a, _ in b), tuple(e for _, e in b)) for b in batches if b]


async def compare_batch(batch: Batch, found: Comparison, job: Job) -> Comparison:
    """What was found so far with what one batch adds; a batch that does not fit is halved."""
    asked = told_so_far(batch, found, job)
    try:
        answer = await job.client.ask(compare_prompt(asked, found))
    except (TruncatedError, ContextOverflowError):
        if len(batch.articles) > 1:
            middle = len(batch.articles) // 2
            for part in (slice(None, middle), slice(middle, None)):
                half = Batch(batch.articles[part], batch.extractions[part])
                found = await compare_batch(half, found, job)
            return found
        if batch.bare:
            raise
        return await compare_batch(replace(batch, bare=True), found, job)
    read = read_reply(answer.value, asked, found)
    return add(found, read.comparison, batch, job.twins)


def compare_prompt(batch: Batch, found: Comparison) -> Prompt[CompareReply]:
    """The request for one batch: instructions, articles with claims, what was found, the task."""
    return Prompt(
        stage="compare",
        label=batch.articles[0].id if batch.alone else "",
        system=prompts.instructions("compare.system"),
        user=prompts.task(
            "compare",
            articles=[
                {"text": show_article(article, extraction, batch)}
                for article, extraction in zip(batch.articles, batch.extractions, strict=True)
            ],
            found=batch.found,
            alone=batch.alone,
        ),
        schema=CompareReply,
        check=lambda reply: read_reply(reply, batch, found).problems,
        answer=OUTPUT_PER_CLAIM * sum(len(one.claims) for one in batch.extractions),
    )


# --- what the model sees ---------------------------------------------------------------


def show_article(article: Article, extraction: Extraction, batch: Batch) -> str:
    """One article as numbered sentences, then its speakers and claims, one a line.

    Planted text is withheld, so that no article speaks for another.
    """
    hidden = {alias for ids in batch.aliases.values() for alias in ids[1:]}
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    lines = [] if batch.bare else [numbered(withhold(article, extraction))]
    if batch.bare:
        lines = [numbered(article, 1, 1).splitlines()[0]]
    lines.append(f"SPEAKERS AND CLAIMS OF {article.id}")
    lines += [show_speaker(speaker) for speaker in extraction.speakers]
    lines += [show_claim(c, names) for c in extraction.claims if c.id not in hidden]
    return "\n".join(lines)


def withhold(article: Article, extraction: Extraction) -> Article:
    """The article without the words of what its extraction called planted."""
    planted = {n for s in extraction.skipped if s.reason == PLANTED for n in s.sentences}
    sentences = tuple(
        s.model_copy(update={"text": WITHHELD}) if s.number in planted else s
        for s in article.sentences
    )
    return article.model_copy(update={"sentences": sentences})


def show_speaker(speaker: Speaker) -> str:
    """One speaker as a line."""
    remarks: list[str] = [speaker.role]
    if speaker.side and speaker.side != speaker.name:
        remarks.append(f"for {speaker.side}")
    if speaker.also:
        remarks.append(f"also {', '.join(speaker.also)}")
    function = f", {speaker.function}" if speaker.function else ""
    return on_one_line(f"{speaker.id} {speaker.name}{function} ({'; '.join(remarks)})")


def show_claim(claim: Claim, names: Mapping[str, str]) -> str:
    """One claim as a line: id, text, by whom, remarks."""
    by = names[claim.speaker] if claim.speaker else "own voice"
    remarks = [
        "" if claim.kind == "fact" else "taken back" if claim.kind == "retract" else claim.kind,
        "" if claim.modality == "firm" else claim.modality,
        f"via {', '.join(claim.via)}" if claim.via else "",
        claim.when,
        f"as of {claim.asof}" if claim.asof else "",
    ]
    parts = [f"{claim.id} {claim.text}", by, ", ".join(remark for remark in remarks if remark)]
    return on_one_line(" | ".join(part.replace("|", "/") for part in parts if part))


def on_one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def told_so_far(batch: Batch, found: Comparison, job: Job) -> Batch:
    """The batch with lines on what was found so far, within a half of the limit of tokens.

    Questions, sources and sides come first, then what most articles say.
    """
    sources = sources_so_far(found, job.speakers)
    groups = {f"g{n}": group for n, group in enumerate(found.groups, start=1)}
    lines = [
        *(show_question(f"q{n}", q) for n, q in enumerate(found.questions, start=1)),
        *(
            on_one_line(f"{i} {job.speakers[ids[0]].name}, {job.speakers[ids[0]].function}")
            for i, ids in sources.items()
        ),
        *(f"side {side.name}" for side in found.sides),
        *(
            f"{i} {group.text} ({count_articles(group)} articles)"
            for i, group in sorted(groups.items(), key=lambda item: -count_articles(item[1]))
        ),
    ]
    kept, size = [], 0
    for line in lines:
        size += estimate_tokens(line)
        if size > job.limits.tokens // 2:
            break
        kept.append(line)
    aliases = {
        **job.twins,
        **{i: group.same or group.more for i, group in groups.items()},
        **sources,
    }
    return replace(batch, found=tuple(kept), aliases=aliases)


def sources_so_far(
    found: Comparison, speakers: Mapping[str, Speaker]
) -> dict[str, tuple[str, ...]]:
    """The named sources of the articles compared so far, by an id s1, s2, …"""
    compared = {placing.article for placing in found.placings}
    united = {i for ids in found.speakers for i in ids}
    alone = (
        (s.id,)
        for s in speakers.values()
        if s.article in compared and s.id not in united and not is_unnamed(s)
    )
    return {f"s{n}": ids for n, ids in enumerate((*found.speakers, *alone), start=1)}


def show_question(identity: str, question: Question) -> str:
    """One question so far as a line, with its positions numbered."""
    answers = (f"{n}: {answer.label}" for n, answer in enumerate(question.answers))
    return on_one_line(" | ".join([f"{identity} {question.kind}: {question.text}", *answers]))


def count_articles(group: Group) -> int:
    """How many articles state a group's proposition."""
    return len({claim.split(".")[0] for claim in group.same or group.more})


# --- what the model answered --------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """An answer as a comparison, what in it cannot be, and what is doubted in it."""

    comparison: Comparison
    faults: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """All that is worth asking again; one or two doubts are flagged and cost no call."""
        return [*self.faults, *(self.doubts if len(self.doubts) > FEW else ())]


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
    doubts = tuple(f'group "{g.text}": {flag}' for g in groups for flag in g.flags)
    return Read(comparison.model_copy(update={"not_assessed": left}), tuple(reader.faults), doubts)


class Reader:
    """Reads the items of one answer, and collects what in them cannot be.

    `faults` lose something and are worth asking again; `refused` are unions of speakers that
    cannot be, which cost nothing to leave out.
    """

    def __init__(self, batch: Batch, found: Comparison) -> None:
        """Know the ids of this batch, and those that stand for what was found before."""
        self.articles = {article.id: article for article in batch.articles}
        self.speakers = {s.id: s for e in batch.extractions for s in e.speakers}
        self.claims = {c.id: c for e in batch.extractions for c in e.claims}
        self.planted = {
            (e.article, n)
            for e in batch.extractions
            for skip in e.skipped
            if skip.reason == PLANTED
            for n in skip.sentences
        }
        said = (f"{claim.text} {claim.when} {claim.asof}" for claim in self.claims.values())
        called = (f"{s.name}, {s.function}, {s.side}" for s in self.speakers.values())
        outlets = (f"{a.outlet}, {a.title}" for a in self.articles.values())
        self.names = "; ".join([*said, *called, *outlets])
        self.aliases = batch.aliases
        self.earlier = {i for ids in batch.aliases.values() for i in ids}
        self.questions = {f"q{n}": q for n, q in enumerate(found.questions, start=1)}
        self.at_home: dict[str, str] = {}
        self.faults: list[str] = []
        self.refused: list[str] = []

    def known(self, ids: Iterable[str], kind: Mapping[str, object], where: str) -> tuple[str, ...]:
        """The ids that exist, each once, with what an id stands for in its place."""
        expanded: dict[str, None] = {}
        for identity in ids:
            if identity in self.aliases:
                expanded |= dict.fromkeys(self.aliases[identity])
            elif identity in kind or identity in self.earlier:
                expanded[identity] = None
            else:
                self.faults.append(f"{where}: there is no {identity}")
        return tuple(expanded)

    def placings(self, wires: Sequence[WireArticle]) -> tuple[Placing, ...]:
        """What is said of each article of the batch, once."""
        placed: dict[str, Placing] = {}
        for wire in wires:
            if wire.a not in self.articles:
                self.faults.append(f"articles: there is no {wire.a}")
                continue
            if wire.a in placed:
                self.faults.append(f"articles: {wire.a} stands twice")
                continue
            placed[wire.a] = Placing(
                article=wire.a,
                outlet=on_one_line(wire.outlet),
                genre="" if wire.genre == "other_event" else FROM_WIRE[wire.genre],
                other_event=wire.genre == "other_event",
                joint=self.known(wire.joint, self.articles, f"joint of {wire.a}"),
            )
        missing = [i for i in self.articles if i not in placed]
        if missing:
            self.faults.append(f"articles: {', '.join(missing)} missing")
        return tuple(placed.values())

    def one_source(self, wire: Sequence[str]) -> tuple[str, ...]:
        """Speakers that are one; not two of one article, nor a person and a body."""
        kept: list[str] = []
        for identity in self.known(wire, self.speakers, "speakers"):
            entry = self.speakers.get(identity)
            others = [self.speakers[i] for i in kept if i in self.speakers]
            clash = next((o for o in others if entry and not can_be_one(o, entry)), None)
            if clash is None:
                kept.append(identity)
            else:
                self.refused.append(
                    f"speakers: {clash.id} and {identity} cannot be one: two of one article, "
                    "a person and a body, or unnamed"
                )
        return tuple(kept)

    def side(self, wire: WireSide) -> Side | None:
        """A side with the ids that exist."""
        ids = self.known(wire.ids, {**self.speakers, **self.articles}, f'side "{wire.side}"')
        articles = tuple(i for i in ids if "." not in i)
        speakers = tuple(i for i in ids if "." in i)
        name = on_one_line(wire.side)
        return Side(name=name, speakers=speakers, articles=articles) if ids else None

    def group(self, wire: WireGroup) -> Group | None:
        """A group with the ids that exist, each at home once; None if too little is left."""
        where = f'group "{wire.t}"'
        same = []
        for claim in self.known(wire.same, self.claims, where):
            if claim in self.at_home and claim not in self.earlier:
                self.faults.append(
                    f'{claim} is in same of "{self.at_home[claim]}" and of "{wire.t}"'
                )
                continue
            self.at_home[claim] = wire.t
            same.append(claim)
        more = [i for i in self.known(wire.more, self.claims, where) if i not in same]
        part = [i for i in self.known(wire.part, self.claims, where) if i not in (*same, *more)]
        stands = tuple(s for one in wire.also if (s := self.stand(one, where)) is not None)
        if not (same or more) or len({*same, *more, *part}) + len(stands) < 2:
            return None
        members = [self.claims[i] for i in (*same, *more) if i in self.claims]
        stating = [self.claims[i] for i in same if i in self.claims]
        text = on_one_line(wire.t) or (members[0].text if members else "")
        known_words = members and not ({*same, *more} & self.earlier)
        return Group(
            text=text,
            same=tuple(same),
            more=tuple(more),
            part=tuple(part),
            stands=stands,
            flags=tuple(self.doubts(text, stating, members)) if known_words else (),
        )

    def doubts(self, text: str, same: Sequence[Claim], members: Sequence[Claim]) -> list[str]:
        """What is doubted in a shared proposition and in the claims that state it."""
        cited = " ".join(
            self.articles[claim.article].sentence(n).text
            for claim in members
            for n in claim.sentences
        )
        return [*doubt_group(text, members, cited, self.names), *doubt_members(same)]

    def stand(self, wire: WireStand, where: str) -> Stand | None:
        """A stand whose article, sentences and speaker exist; the sentences not planted."""
        article = self.articles.get(wire.a)
        if article is None:
            self.faults.append(f"{where}: also names no article {wire.a}")
            return None
        numbers = tuple(dict.fromkeys(wire.s))
        wrong = [
            n
            for n in numbers
            if not 1 <= n <= len(article.sentences) or (wire.a, n) in self.planted
        ]
        if wrong or not numbers:
            told = f"has no sentence {join_numbers(wrong)}" if wrong else "cites no sentence"
            self.faults.append(f"{where}: also of {wire.a} {told}")
            return None
        speaker = None if wire.by == OWN_VOICE else self.speakers.get(wire.by)
        if wire.by != OWN_VOICE and (speaker is None or speaker.article != wire.a):
            self.faults.append(f"{where}: {wire.by} is no speaker of {wire.a}")
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
            Answer(label=on_one_line(p.p), claims=self.known(p.ids, self.claims, where))
            for p in wire.pos
        )
        for answer in answers:
            if not answer.claims and old is None:
                self.faults.append(f'{where}: position "{answer.label}" names no claim')
        numbers = range(len(answers))
        excludes = []
        for pair in wire.x:
            if len(pair) == 2 and pair[0] in numbers and pair[1] in numbers:
                excludes.append((pair[0], pair[1]))
            else:
                self.faults.append(f"{where}: x names no two positions: {pair}")
        settled = wire.settled if wire.settled in numbers else None
        if settled is None and wire.settled != -1:
            self.faults.append(f"{where}: settled names no position: {wire.settled}")
        return Question(
            text=old.text if old else on_one_line(wire.q),
            kind=wire.kind,
            answers=answers,
            excludes=tuple(excludes),
            open=self.known(wire.open, self.claims, where),
            settled=settled,
        )


# --- batches together ------------------------------------------------------------------


def add(
    found: Comparison,
    new: Comparison,
    batch: Batch,
    twins: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Comparison:
    """What was found so far, with what a batch adds: groups and questions grow.

    A claim that stands alone becomes a group of one, or of all the times that its article
    makes it, so that later batches see it.
    """
    groups = list(found.groups)
    for group in new.groups:
        shared = [old for old in groups if {*old.same} & {*group.same}]
        if shared:
            groups[groups.index(shared[0])] = join_groups([*shared, group])
            groups = [old for old in groups if old not in shared[1:]]
        else:
            groups.append(group)
    at_home = {claim for group in groups for claim in group.same}
    for claim in (claim for extraction in batch.extractions for claim in extraction.claims):
        if claim.id not in at_home:
            same = twins.get(claim.id, (claim.id,))
            groups.append(Group(text=claim.text, same=same))
            at_home |= {*same}
    return Comparison(
        event=found.event or new.event,
        placings=(*found.placings, *new.placings),
        speakers=(*found.speakers, *new.speakers),
        sides=(*found.sides, *new.sides),
        groups=tuple(groups),
        questions=join_questions(found.questions, new.questions),
        not_assessed=(*found.not_assessed, *new.not_assessed),
    )


def unite_groups(comparison: Comparison, twins: Sequence[Sequence[Sequence[str]]]) -> Comparison:
    """The comparison with some propositions united, each given by its claims.

    A claim that stands in no group is a proposition of its own.
    """
    groups = list(comparison.groups)
    for propositions in twins:
        one = [group for group in groups if any({*group.same} & {*p} for p in propositions)]
        held = {claim for group in one for claim in group.same}
        one += [Group(text="", same=tuple(p)) for p in propositions if not held & {*p}]
        if len(one) < 2:
            continue
        first = next((group for group in one if group.text), one[0])
        joined = join_groups([first, *(group for group in one if group is not first)])
        groups = [group for group in groups if group not in one]
        groups.append(joined)
    return comparison.model_copy(update={"groups": tuple(groups)})


def join_groups(several: Sequence[Group]) -> Group:
    """Groups as one, in the words of the first."""
    same = tuple(dict.fromkeys(i for group in several for i in group.same))
    more = tuple(dict.fromkeys(i for g in several for i in g.more if i not in same))
    part = tuple(dict.fromkeys(i for g in several for i in g.part if i not in (*same, *more)))
    return Group(
        text=several[0].text,
        same=same,
        more=more,
        part=part,
        stands=tuple(stand for group in several for stand in group.stands),
        flags=tuple(dict.fromkeys(flag for group in several for flag in group.flags)),
    )


def join_questions(earlier: Sequence[Question], later: Sequence[Question]) -> tuple[Question, ...]:
    """Questions of the same words as one, of the later kind, with the positions of both."""
    found = {question.text: question for question in earlier}
    for question in later:
        old = found.get(question.text)
        found[question.text] = question if old is None else join_question(old, question)
    return tuple(found.values())


def join_question(old: Question, new: Question) -> Question:
    """A question with what a later answer adds; its positions keep their numbers."""
    answers = []
    for number in range(max(len(old.answers), len(new.answers))):
        both = [q.answers[number] for q in (old, new) if number < len(q.answers)]
        claims = tuple(dict.fromkeys(claim for answer in both for claim in answer.claims))
        answers.append(Answer(label=both[0].label, claims=claims))
    return Question(
        text=old.text,
        kind=new.kind,
        answers=tuple(answers),
        excludes=tuple(dict.fromkeys((*old.excludes, *new.excludes))),
        open=tuple(dict.fromkeys((*old.open, *new.open))),
        settled=old.settled if new.settled is None else new.settled,
    )
