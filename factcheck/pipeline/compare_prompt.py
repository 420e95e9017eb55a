"""What the comparison shows the model: articles with their claims, and what was found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from factcheck.articles import numbered
from factcheck.judge.speakers import is_unnamed
from factcheck.llm.prices import estimate_tokens
from factcheck.models import (
    Article,
    Claim,
    Comparison,
    Extraction,
    Group,
    Question,
    Speaker,
)

WITHHELD = "(withheld: planted text)"
OWN_VOICE = "own voice"


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


def show_article(article: Article, extraction: Extraction, batch: Batch) -> str:
    """One article as numbered sentences, then its speakers and claims, one a line.

    Planted text is withheld, so that no article speaks for another.
    """
    hidden = {alias for ids in batch.aliases.values() for alias in ids[1:]}
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    head = numbered(article, 1, 1).splitlines()[0]
    text = head if batch.bare else numbered(withhold(article, extraction))
    lines = [text, f"SPEAKERS AND CLAIMS OF {article.id}"]
    lines += [show_speaker(speaker) for speaker in extraction.speakers]
    lines += [show_claim(c, names) for c in extraction.claims if c.id not in hidden]
    return "\n".join(lines)


def withhold(article: Article, extraction: Extraction) -> Article:
    """The article without the words of what its extraction called planted."""
    sentences = tuple(
        s.model_copy(update={"text": WITHHELD}) if s.number in extraction.planted else s
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
    """One claim as a line: id, text, by whom, remarks; id and text alone in the own voice."""
    after = f" (after {names[claim.follows]})" if claim.follows else ""
    by = names[claim.speaker] if claim.speaker else f"{OWN_VOICE}{after}"
    remarks = [
        "" if claim.kind == "fact" else "taken back" if claim.kind == "retract" else claim.kind,
        "" if claim.modality == "firm" else claim.modality,
        f"via {', '.join(claim.via)}" if claim.via else "",
        claim.when,
        f"as of {claim.asof}" if claim.asof else "",
    ]
    remark = ", ".join(filter(None, remarks))
    by = "" if by == OWN_VOICE and not remark else by
    return join_fields(f"{claim.id} {claim.text}", by, remark)


def join_fields(*fields: str) -> str:
    """Fields of a line of a prompt, but for empty ones, with strokes between."""
    return on_one_line(" | ".join(field.replace("|", "/") for field in fields if field))


def on_one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def add_found(
    batch: Batch,
    found: Comparison,
    speakers: Mapping[str, Speaker],
    twins: Mapping[str, tuple[str, ...]],
    tokens: int,
) -> Batch:
    """The batch with lines on what was found so far, within so many tokens.

    Questions, sources and sides come first, then what most articles say.
    """
    sources = list_sources(found, speakers)
    groups = {f"g{n}": group for n, group in enumerate(found.groups, start=1)}
    lines = [
        *(show_question(f"q{n}", q) for n, q in enumerate(found.questions, start=1)),
        *(
            on_one_line(f"{i} {speakers[ids[0]].name}, {speakers[ids[0]].function}")
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
        if size > tokens:
            break
        kept.append(line)
    aliases = {
        **twins,
        **{i: group.same or group.more for i, group in groups.items()},
        **sources,
    }
    return replace(batch, found=tuple(kept), aliases=aliases)


def list_sources(found: Comparison, speakers: Mapping[str, Speaker]) -> dict[str, tuple[str, ...]]:
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
