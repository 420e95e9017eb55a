"""Small articles, and answers on the wire, for the stages that ask a model."""

from __future__ import annotations

import asyncio
from typing import Any

from factcheck.llm.client import ModelClient
from factcheck.models import Article, Extraction, Sentence
from factcheck.pipeline.extract import extract
from factcheck.pipeline.wire import CompareReply, ExtractReply
from tests.scripted import Scripted

LINES = (
    "Mill burns at Orle",
    "A fire broke out at the Orle mill at noon on Monday, police chief Mara Venn said.",
    "Four workers were hurt.",
    "“Nobody warned us,” said foreman Tom Ard.",
    "Who pays?",
)


def article(lines: tuple[str, ...] = LINES, identity: str = "a1", language: str = "en") -> Article:
    """An article whose first line is the headline."""
    kinds = ["headline"] + ["body"] * (len(lines) - 1)
    return Article(
        id=identity,
        source=f"{identity}.txt",
        outlet=f"Paper {identity}",
        outlet_from="metadata",
        language=language,
        sentences=tuple(
            Sentence(number=n, text=text, kind=kind)
            for n, (text, kind) in enumerate(zip(lines, kinds, strict=True), start=1)
        ),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def speaker(name: str, **more: Any) -> dict[str, Any]:
    """A speaker on the wire."""
    return {"n": name, "f": "", "p": True, "r": "official", "side": "", "also": [], **more}


def claim(text: str, *numbers: int, by: str = "self", **more: Any) -> dict[str, Any]:
    """A claim on the wire."""
    plain = {"k": "fact", "core": True, "via": [], "m": "firm", "w": "", "asof": ""}
    return {"t": text, "s": list(numbers), "by": by, **plain, **more}


VENN = speaker("Mara Venn", f="police chief", side="police", also=["Venn"])
ARD = speaker("Tom Ard", f="foreman", r="witness")


def reply(
    *claims: dict[str, Any], skip: tuple[int, ...] = (5,), why: str = "rhetoric", **more: Any
) -> ExtractReply:
    """An answer to extract; police and the foreman are its speakers."""
    skips = [{"s": list(skip), "why": why}] if skip else []
    body = {"genre": "news", "speakers": [VENN, ARD], "claims": list(claims), "skip": skips}
    return ExtractReply.model_validate({**body, **more})


FIRE = claim("A fire broke out at the Orle mill.", 2, by="Mara Venn")
HURT = claim("4 workers were hurt at the Orle mill.", 3, by="Mara Venn")
WARN = claim("Nobody warned the workers of the Orle mill.", 4, by="Tom Ard")


def read(client: ModelClient, text: Article | None = None, window: int = 120) -> Extraction:
    """Extract with a script."""
    return asyncio.run(extract(text or article(), client, window=window))


def scripted(*answers: Any, label: str = "a1") -> Scripted:
    """A client that answers extract for one article."""
    return Scripted({("extract", label): list(answers)})


def comparison(*articles: str, **keys: Any) -> CompareReply:
    """An answer to compare about these articles, news of outlets of their own."""
    placed = [{"a": a, "outlet": "", "genre": "news", "joint": []} for a in articles]
    empty = {"event": "Fire at Orle", "speakers": [], "sides": [], "groups": [], "questions": []}
    return CompareReply.model_validate({"articles": placed, **empty, **keys})


def group(text: str, *same: str, **more: Any) -> dict[str, Any]:
    """A group on the wire."""
    return {"t": text, "same": list(same), "more": [], "part": [], "echo": [], "also": [], **more}


def question(text: str, *positions: tuple[str, list[str]], **more: Any) -> dict[str, Any]:
    """A question on the wire, a conflict of its first two positions."""
    pos = [{"p": label, "ids": ids} for label, ids in positions]
    x = [[0, 1]] if len(pos) > 1 else []
    body = {"q": text, "kind": "conflict", "pos": pos, "x": x, "open": [], "settled": -1}
    return {**body, **more}
