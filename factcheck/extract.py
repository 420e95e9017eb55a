"""Extract: one article in, all that it claims out (`Reading`), by one call to a model.

A long article is read in windows; a window whose answer is cut off, or that does
not fit the model, is halved and read again. Every answer is checked against the
cited sentences. Faults that a model can mend are named to it once; what remains
is listed as not assessed, never dropped unseen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck import prompts
from factcheck.articles import numbered, windows
from factcheck.errors import ContextOverflowError, TruncatedError
from factcheck.llm import Door, Prompt
from factcheck.models import Article, Claim, NotAssessed, Reading, Skipped, Speaker
from factcheck.text.cues import pronoun_subject
from factcheck.text.figures import missing_figures
from factcheck.text.names import missing_names, same_name
from factcheck.wire import Reply, WireClaim, WireSpeaker

SMALLEST_WINDOW = 8
OWN_VOICE = "self"


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


@dataclass(frozen=True)
class Part:
    """A window with its answer; `sound` if no check found anything in it."""

    window: Window
    reply: Reply
    sound: bool


async def extract(article: Article, door: Door, *, window: int = 120) -> Reading:
    """Read an article in windows of at most `window` sentences.

    Raises the door's `ModelError` if a window cannot be read in the end.
    """
    parts = [Window(article, start, stop) for start, stop in windows(article, window)]
    read = await asyncio.gather(*(read_window(part, door) for part in parts))
    return to_reading(article, [part for halves in read for part in halves])


async def read_window(window: Window, door: Door) -> list[Part]:
    """Ask for one window; halve it when the answer was cut off or it did not fit."""
    try:
        answer = await door.ask(extract_prompt(window))
    except (TruncatedError, ContextOverflowError):
        if window.stop - window.start + 1 < 2 * SMALLEST_WINDOW:
            raise
        middle = (window.start + window.stop) // 2
        first = await read_window(Window(window.article, window.start, middle), door)
        second = await read_window(Window(window.article, middle + 1, window.stop), door)
        return first + second
    return [Part(window, answer.value, sound=not answer.problems)]


def extract_prompt(window: Window) -> Prompt[Reply]:
    """The request for one window: instructions, the article, then the task."""
    article = window.article
    shown = numbered(article, window.start, window.stop)
    return Prompt(
        stage="extract",
        label=article.id,
        system=prompts.instructions("system"),
        user=prompts.task("extract", article=shown, window=None if window.whole else window),
        schema=Reply,
        check=lambda reply: problems(window, reply),
    )


# --- checks -------------------------------------------------------------------


def problems(window: Window, reply: Reply) -> list[str]:
    """What is wrong enough with an answer to ask again, in words for the model."""
    found = []
    for claim in reply.claims:
        found += [f'claim "{claim.t}": {fault}' for fault in claim_faults(window, claim)]
    missed = uncovered(window, reply)
    if len(missed) > max(2, (window.stop - window.start + 1) // 10):
        found.append(f"sentences in no claim and not in skip: {listing(missed)}")
    return found


def claim_faults(window: Window, claim: WireClaim) -> list[str]:
    """Faults that bar a claim from the report: it is not grounded in its sentences."""
    article = window.article
    if not claim.t.strip():
        return ["the text is empty"]
    if not claim.by.strip():
        return ['"by" is empty; name a speaker or "self"']
    outside = [n for n in claim.s if not window.start <= n <= window.stop]
    if outside or not claim.s:
        return [f"sentence numbers {listing(outside)} do not exist here" if outside else "no s"]
    figures, names = unsupported(article, claim.t, claim.s, (claim.by,))
    return [f'the number "{figure}" is not in the article' for figure in figures] + [
        f'the name "{name}" is not in the article as written' for name in names
    ]


def unsupported(
    article: Article, text: str, numbers: Sequence[int], known: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Figures and names of a text that neither the cited sentences nor the article hold.

    `known` are further texts that may hold a name. In a language other than English,
    numbers stand in words and names are translated, so neither is held against a claim.
    """
    if article.language != "en":
        return (), ()
    evidence = cited(article, numbers)
    figures, names = missing_figures(text, evidence), missing_names(text, evidence)
    # The whole article, and then `known`, are only looked at where it matters.
    whole = article_text(article) if figures or names else ""
    figures = missing_figures(text, whole) if figures else ()
    names = missing_names(text, whole) if names else ()
    return figures, missing_names(text, whole, known=known) if names else ()


def remarks(article: Article, claim: WireClaim) -> tuple[str, ...]:
    """Soft faults: kept with the claim and shown, but not worth asking again."""
    evidence = cited(article, claim.s)
    place = "stands elsewhere in the article"
    if article.language != "en":
        place = "could not be found in the sentence, which is not in English"
    found = [
        f"the number {figure} {place}"
        for figure in missing_figures(claim.t, f"{evidence} {claim.w} {claim.asof}")
    ]
    if pronoun_subject(claim.t):
        found.append("opens with a pronoun")
    return tuple(found)


def uncovered(window: Window, reply: Reply) -> list[int]:
    """Sentence numbers of the window that no claim cites and no skip explains."""
    told = {n for claim in reply.claims for n in claim.s}
    told |= {n for skip in reply.skip for n in skip.s}
    headline = {s.number for s in window.article.sentences if s.kind == "headline"}
    wanted = set(range(window.start, window.stop + 1)) - headline
    return sorted(wanted - told)


def cited(article: Article, numbers: Iterable[int]) -> str:
    """The cited sentences with the headings that they stand under."""
    sentences = [article.sentence(n) for n in numbers]
    return " ".join(f"{s.section} {s.text}" for s in sentences)


def article_text(article: Article) -> str:
    """All that the model was shown of an article."""
    heads = {sentence.section for sentence in article.sentences}
    words = [article.outlet, article.title, str(article.published or ""), *sorted(heads)]
    return " ".join([*words, *(sentence.text for sentence in article.sentences)])


def listing(numbers: Iterable[int]) -> str:
    """Numbers as people write them: "3, 4, 7"."""
    return ", ".join(str(number) for number in numbers)


# --- from wire to nouns ---------------------------------------------------------


def to_reading(article: Article, parts: Sequence[Part]) -> Reading:
    """Turn the checked answers of all windows into one reading with ids."""
    speakers = article_speakers(article, [part.reply for part in parts])
    claims: list[Claim] = []
    skipped: list[Skipped] = []
    left: list[NotAssessed] = []
    for part in parts:
        window, reply = part.window, part.reply
        for wire in reply.claims:
            faults = [] if part.sound else claim_faults(window, wire)
            if faults:
                left.append(not_grounded(window, wire, faults))
            else:
                claims.append(to_claim(article, f"{article.id}.c{len(claims) + 1}", wire, speakers))
        skipped += to_skipped(window, reply)
        left += passed_over(window, reply)
    return Reading(
        article=article.id,
        speakers=speakers,
        claims=tuple(claims),
        skipped=tuple(skipped),
        not_assessed=tuple(left),
    )


def article_speakers(article: Article, replies: list[Reply]) -> tuple[Speaker, ...]:
    """The speaker tables of all windows as one; who is only named in `by` is added."""
    wires: list[WireSpeaker] = []
    for reply in replies:
        for wire in reply.speakers:
            if wire.n.strip() and not any(fold_name(w.n) == fold_name(wire.n) for w in wires):
                wires.append(wire)
    for reply in replies:
        for by in (claim.by for claim in reply.claims):
            if by.strip() and not is_own_voice(article, by) and find_wire(wires, by) is None:
                wires.append(WireSpeaker(n=by, r="other", side="", also=[]))
    return tuple(
        Speaker(
            id=f"{article.id}.s{number}",
            article=article.id,
            name=wire.n.strip(),
            also=tuple(dict.fromkeys(name.strip() for name in wire.also if name.strip())),
            role=wire.r,
            side=wire.side.strip(),
        )
        for number, wire in enumerate(wires, start=1)
    )


def to_claim(
    article: Article, identity: str, wire: WireClaim, speakers: tuple[Speaker, ...]
) -> Claim:
    """One grounded claim as a noun."""
    return Claim(
        id=identity,
        article=article.id,
        text=" ".join(wire.t.split()),
        kind=wire.k,
        core=wire.core,
        sentences=tuple(sorted(set(wire.s))),
        speaker=speaker_id(article, wire.by, speakers),
        via=tuple(carrier.strip() for carrier in wire.via if carrier.strip()),
        modality=wire.m,
        when=wire.w,
        asof=wire.asof.strip().removeprefix("as of "),
        flags=remarks(article, wire),
    )


def speaker_id(article: Article, by: str, speakers: Iterable[Speaker]) -> str | None:
    """The id of the speaker that `by` names in an article; None for the outlet's own voice."""
    if is_own_voice(article, by):
        return None
    table = list(speakers)
    wires = [WireSpeaker(n=s.name, r=s.role, side=s.side, also=list(s.also)) for s in table]
    index = find_wire(wires, by)
    return None if index is None else table[index].id


def find_wire(wires: list[WireSpeaker], by: str) -> int | None:
    """The index of the speaker called `by`: by its name, another name, or a like name."""
    wanted = fold_name(by)
    for index, wire in enumerate(wires):
        if wanted in {fold_name(name) for name in (wire.n, *wire.also)}:
            return index
    for index, wire in enumerate(wires):
        if same_name(wire.n, by):
            return index
    return None


def is_own_voice(article: Article, by: str) -> bool:
    """Whether `by` means the article itself."""
    return fold_name(by) in {OWN_VOICE, fold_name(article.outlet), "the article"}


def fold_name(name: str) -> str:
    """A name for comparison: lower case, one space, no leading article."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def to_skipped(window: Window, reply: Reply) -> list[Skipped]:
    """The skips that name sentences of this window."""
    kept = []
    for skip in reply.skip:
        numbers = tuple(n for n in sorted(set(skip.s)) if window.start <= n <= window.stop)
        if numbers:
            reason = skip.why.replace("_", " ")
            kept.append(Skipped(article=window.article.id, sentences=numbers, reason=reason))
    return kept


def not_grounded(window: Window, wire: WireClaim, faults: list[str]) -> NotAssessed:
    """A claim that stays out of the report, with the reason."""
    inside = tuple(n for n in sorted(set(wire.s)) if window.start <= n <= window.stop)
    return NotAssessed(
        stage="extract",
        article=window.article.id,
        sentences=inside,
        text=" ".join(wire.t.split()) or "(empty)",
        reason=f"not grounded: {'; '.join(faults)}",
    )


def passed_over(window: Window, reply: Reply) -> list[NotAssessed]:
    """Sentences that the model neither used nor explained."""
    article = window.article
    return [
        NotAssessed(
            stage="extract",
            article=article.id,
            sentences=(number,),
            text=article.sentence(number).text,
            reason="passed over: the model made no claim of it and gave no reason",
        )
        for number in uncovered(window, reply)
    ]
