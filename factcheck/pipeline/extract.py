"""Extract: ask a model for all that one article says, and check the answer.

A long article is read in windows; a window whose answer is cut off, or that does not fit
the model, is halved and read again. What cannot be (a sentence or a speaker that does not
exist) is asked again once and then listed as not assessed; what is doubted is asked again
once and then carries the doubt as a flag. No sentence is dropped unseen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.articles import numbered, windows
from factcheck.errors import ContextOverflowError, TruncatedError
from factcheck.judge.outlets import fold
from factcheck.language.cognates import beginnings
from factcheck.language.spelling import same_name
from factcheck.language.times import resolve
from factcheck.llm import prompts
from factcheck.llm.client import ModelClient, Prompt
from factcheck.models import Article, Claim, Extraction, NotAssessed, Remark, Skipped, Speaker
from factcheck.pipeline.checks import article_text, doubt_claim, doubt_places, doubt_speaker
from factcheck.pipeline.wire import FROM_WIRE, ExtractReply, WireClaim, WireSpeaker

SMALLEST_WINDOW = 8
OWN_VOICE = "self"
FEW, FEW_OF_MANY = 2, 1 / 8
"""How many claims, or which share of them, may carry a weak sign that costs no second call."""
PASSED_OVER = Remark(
    code="passed-over", text="passed over: the model made no claim of it and gave no reason"
)
OUTPUT_PER_SENTENCE = 72
"""Tokens of an answer for a sentence that is read; measured, see `pipeline/estimate.py`."""


@dataclass(frozen=True)
class Window:
    """Sentences `start` to `stop`, both included, of an article."""

    article: Article
    start: int
    stop: int

    @property
    def whole(self) -> bool:
        """Whether the window is the whole article."""
        return (self.start, self.stop) == (1, len(self.article.sentences))

    @property
    def divisible(self) -> bool:
        """Whether its halves are long enough to be read on their own."""
        return self.stop - self.start + 1 >= 2 * SMALLEST_WINDOW

    def holds(self, number: int) -> bool:
        """Whether a sentence number stands in the window."""
        return self.start <= number <= self.stop


@dataclass(frozen=True)
class Part:
    """A window with its answer; `sound` if no check said anything of it."""

    window: Window
    reply: ExtractReply
    sound: bool


async def extract(article: Article, client: ModelClient, *, window: int = 120) -> Extraction:
    """Read an article in windows of at most `window` sentences.

    Raises the client's `ModelError` if a window cannot be read in the end.
    """
    parts = [Window(article, start, stop) for start, stop in windows(article, window)]
    read = await asyncio.gather(*(read_window(part, client) for part in parts))
    return to_extraction(article, [part for halves in read for part in halves])


async def read_window(window: Window, client: ModelClient) -> list[Part]:
    """Ask for one window; halve it when the answer was cut off or it did not fit."""
    try:
        answer = await client.ask(extract_prompt(window))
    except (TruncatedError, ContextOverflowError):
        if not window.divisible:
            raise
        middle = (window.start + window.stop) // 2
        first = await read_window(Window(window.article, window.start, middle), client)
        second = await read_window(Window(window.article, middle + 1, window.stop), client)
        return first + second
    return [Part(window, answer.value, sound=not answer.problems)]


def extract_prompt(window: Window) -> Prompt[ExtractReply]:
    """The request for one window: instructions, the article, then the task."""
    article = window.article
    shown = numbered(article, window.start, window.stop)
    return Prompt(
        stage="extract",
        label=article.id,
        system=prompts.instructions("extract.system"),
        user=prompts.task("extract", article=shown, window=None if window.whole else window),
        schema=ExtractReply,
        check=lambda reply: find_problems(window, reply),
        answer=OUTPUT_PER_SENTENCE * (window.stop - window.start + 1),
        divisible=window.divisible,
        covering=True,
    )


# --- checks -------------------------------------------------------------------


def find_problems(window: Window, reply: ExtractReply) -> list[str]:
    """What is wrong with an answer, or doubted in it, in words for the model.

    That another sentence or another speaker seems to be meant is a weak sign, and so is a number
    or name that an article in another language may word in a way that is not read: a few such
    claims are flagged and cost no second call.
    """
    found: list[str] = []
    weak: list[str] = []
    whole, foreign = article_text(window.article), window.article.language != "en"
    for claim, signs in zip(reply.claims, find_weak_signs(window, reply), strict=True):
        faults = find_faults(window, reply, claim)
        doubts = [] if faults else [d.text for d in doubt_claim(window.article, claim, whole)]
        said = [*faults, *([] if foreign else doubts)]
        found += [f'claim "{claim.t}": {fault}' for fault in said]
        doubts = [*(doubts if foreign else []), *(sign.text for sign in signs)]
        weak += [f'claim "{claim.t}": {doubt}' for doubt in doubts]
    if len(weak) > max(FEW, FEW_OF_MANY * len(reply.claims)):
        found += weak
    missed = find_unread(window, reply)
    if len(missed) > max(2, (window.stop - window.start + 1) // 10):
        found.append(f"sentences in no claim and not in skip: {join_numbers(missed)}")
    return found


def find_faults(window: Window, reply: ExtractReply, claim: WireClaim) -> list[str]:
    """What cannot be: a claim without words, sentences, or a speaker of the article."""
    if not claim.t.strip():
        return ["the text is empty"]
    if not claim.s:
        return ["it cites no sentence"]
    outside = [n for n in claim.s if not window.holds(n)]
    if outside:
        return [f"sentence numbers {join_numbers(outside)} do not exist here"]
    planted = {n for skip in reply.skip if skip.why == "planted" for n in skip.s} & {*claim.s}
    if planted:
        return [f"it cites sentences skipped as planted: {join_numbers(planted)}"]
    if not is_own_voice(window.article, claim.by) and find_by(reply.speakers, claim) is None:
        return [f'"by" names "{claim.by}", who is not in speakers']
    return []


def find_weak_signs(window: Window, reply: ExtractReply) -> list[tuple[Remark, ...]]:
    """For each claim the doubts that another sentence carries it or another speaker says it."""
    places = doubt_places(window.article, reply.claims, window.start, window.stop)
    named = beginnings(article_text(window.article))
    signs: list[tuple[Remark, ...]] = []
    for claim, place in zip(reply.claims, places, strict=True):
        own = is_own_voice(window.article, claim.by)
        index = None if own else find_by(reply.speakers, claim)
        speaker = None
        if index is not None:
            others = [*reply.speakers[:index], *reply.speakers[index + 1 :]]
            by = reply.speakers[index]
            speaker = doubt_speaker(window.article, claim, by, others, named)
        signs.append(tuple(filter(None, (place, speaker))))
    return signs


def find_unread(window: Window, reply: ExtractReply) -> list[int]:
    """Sentence numbers of the window that no claim cites and no skip explains.

    A headline, standfirst or caption need not be.
    """
    told = {n for claim in reply.claims for n in claim.s}
    told |= {n for skip in reply.skip for n in skip.s}
    sentences = window.article.sentences[window.start - 1 : window.stop]
    return [s.number for s in sentences if s.kind == "body" and s.number not in told]


def join_numbers(numbers: Iterable[int]) -> str:
    """Numbers as people write them: "3, 4, 7"."""
    return ", ".join(str(number) for number in sorted(numbers))


# --- from wire to models ---------------------------------------------------------


def to_extraction(article: Article, parts: Sequence[Part]) -> Extraction:
    """Turn the answers of all windows into one extraction with ids."""
    speakers = merge_speakers(article, [part.reply for part in parts])
    claims: list[Claim] = []
    skipped: list[Skipped] = []
    left: list[NotAssessed] = []
    whole = article_text(article)
    for part in parts:
        signs = find_weak_signs(part.window, part.reply)
        for wire, weak in zip(part.reply.claims, signs, strict=True):
            faults = find_faults(part.window, part.reply, wire)
            if faults:
                left.append(to_not_assessed(part.window, wire, faults))
            else:
                identity = f"{article.id}.c{len(claims) + 1}"
                sound = part.sound and article.language == "en"
                doubts = () if sound else doubt_claim(article, wire, whole)
                flags = (*doubts, *weak)
                claims.append(to_claim(article, identity, wire, speakers, flags))
        skipped += to_skipped(part)
        left += to_unread(part)
    return Extraction(
        article=article.id,
        genre=FROM_WIRE[parts[0].reply.genre],
        windows=len(parts),
        speakers=speakers,
        claims=tuple(claims),
        skipped=tuple(skipped),
        not_assessed=tuple(left),
    )


def merge_speakers(article: Article, replies: Sequence[ExtractReply]) -> tuple[Speaker, ...]:
    """The speakers of all windows as one table."""
    wires: dict[str, WireSpeaker] = {}
    for reply in replies:
        for wire in reply.speakers:
            if wire.n.strip():
                wires.setdefault(fold(wire.n), wire)
    return tuple(
        Speaker(
            id=f"{article.id}.s{number}",
            article=article.id,
            name=wire.n.strip(),
            function=wire.f.strip(),
            person=wire.p,
            also=tuple(dict.fromkeys(name.strip() for name in wire.also if name.strip())),
            role=wire.r,
            side=wire.side.strip(),
        )
        for number, wire in enumerate(wires.values(), start=1)
    )


def to_claim(
    article: Article,
    identity: str,
    wire: WireClaim,
    speakers: Sequence[Speaker],
    flags: tuple[Remark, ...],
) -> Claim:
    """One claim, with the doubts that remain as flags."""
    own = is_own_voice(article, wire.by)
    index = find_speaker([(s.name, *s.also) for s in speakers], wire.of if own else wire.by)
    named = None if index is None else speakers[index].id
    return Claim(
        id=identity,
        article=article.id,
        text=" ".join(wire.t.split()),
        kind=wire.k,
        core=wire.core,
        sentences=tuple(wire.s),
        speaker=None if own else named,
        follows=named if own else None,
        via=tuple(carrier.strip() for carrier in wire.via if carrier.strip()),
        modality=wire.m,
        when=wire.w.strip(),
        asof=(asof := wire.asof.strip().removeprefix("as of ")),
        held=resolve(asof or wire.w, find_latest_clock(article)),
        flags=flags,
    )


def find_latest_clock(article: Article) -> datetime | None:
    """The latest time at which an article may have been published; of a day its end.

    A live page goes on behind its first entry, on the day of its last change if one is told.
    """
    live = any(sentence.moment for sentence in article.sentences)
    if article.published is None or (article.published_precision == "minute" and not live):
        return article.published
    last = (article.later_day if live else None) or article.published
    return last.replace(hour=23, minute=59)


def find_speaker(speakers: Sequence[Sequence[str]], by: str) -> int | None:
    """The index of the speaker called `by`, of whom the names are given, the usual one first.

    One of its names is equal, or its usual name alone is like it.
    """
    for index, names in enumerate(speakers):
        if fold(by) in map(fold, names):
            return index
    like = [index for index, names in enumerate(speakers) if same_name(names[0], by)]
    return like[0] if len(like) == 1 else None


def find_by(speakers: Iterable[WireSpeaker], claim: WireClaim) -> int | None:
    """The index of the speaker that an answer names as that of a claim."""
    return find_speaker([(one.n, *one.also) for one in speakers], claim.by)


def is_own_voice(article: Article, by: str) -> bool:
    """Whether `by` means the article itself."""
    return fold(by) in {OWN_VOICE, "the article"} or (
        bool(article.outlet) and fold(by) == fold(article.outlet)
    )


def to_skipped(part: Part) -> list[Skipped]:
    """The skips that name sentences of this window."""
    article, window = part.window.article.id, part.window
    return [
        Skipped(article=article, sentences=numbers, reason=skip.why.replace("_", "-"))
        for skip in part.reply.skip
        if (numbers := tuple(filter(window.holds, sorted(skip.s))))
    ]


def to_not_assessed(window: Window, wire: WireClaim, faults: Sequence[str]) -> NotAssessed:
    """A claim that stays out of the report, with the reason."""
    return NotAssessed(
        stage="extract",
        article=window.article.id,
        sentences=tuple(filter(window.holds, sorted(wire.s))),
        text=" ".join(wire.t.split()) or "(empty)",
        reason=Remark(code="not-grounded", text=f"not grounded: {'; '.join(faults)}"),
    )


def to_unread(part: Part) -> list[NotAssessed]:
    """Sentences that the model neither used nor explained."""
    article = part.window.article
    return [
        NotAssessed(
            stage="extract",
            article=article.id,
            sentences=(number,),
            text=article.sentence(number).text,
            reason=PASSED_OVER,
        )
        for number in find_unread(part.window, part.reply)
    ]
