"""One text to one article: a text and what is known of it in, `Article` or `Excluded` out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from factcheck.articles.clean import Block, Cleaned, clean
from factcheck.articles.formats import BadMetadataError, Format, canonical, read_document
from factcheck.articles.language import UNKNOWN, detect_language
from factcheck.articles.sentences import split_sentences
from factcheck.articles.told import Provenance, provenance
from factcheck.models import Article, Excluded, Sentence

OutletFrom = Literal["metadata", "text", "file name"]


def article_from_text(
    text: str,
    *,
    source: str,
    kind: Format = "txt",
    article_id: str = "a1",
    metadata: Mapping[str, object] | None = None,
    raw_sha256: str = "",
) -> Article | Excluded:
    """Read one article from a text that is already decoded (an API, a feed, a file).

    `source` names it for people; `metadata` has the keys of front matter and wins over
    what the text holds. `raw_sha256` is that of the original bytes, by default of the
    text in UTF-8. Excluded is what is empty, has broken front matter, or is left with
    fewer than two sentences of which one has five words.
    """
    try:
        document = read_document(text, kind)
    except BadMetadataError as error:
        return Excluded(source=source, reason="unreadable", detail=str(error))
    if not document.lines and not document.dropped:
        return Excluded(source=source, reason="empty")
    facts = {**document.metadata, **canonical(metadata or {})}
    cleaned = clean(document.lines, str(facts.get("title", "")))
    language = _language(cleaned.blocks, facts)
    sentences = tuple(_sentences(cleaned.blocks, language))
    if not _is_story(sentences):
        detail = f"{sum(s.kind == 'body' for s in sentences)} sentence(s) of a story left"
        return Excluded(source=source, reason="furniture only", detail=detail)
    raw = raw_sha256 or sha256(text.encode("utf-8", errors="replace")).hexdigest()
    stamps = [d.text for d in document.dropped if d.reason in {"byline", "credit", "metadata"}]
    told = provenance(_lead(cleaned.blocks), (*cleaned.edges, *stamps))
    outlet, outlet_from = _outlet(facts, told, source)
    return Article(
        id=article_id,
        source=source,
        outlet=outlet,
        outlet_from=outlet_from,
        title=str(facts.get("title", "")) or _headline(cleaned),
        byline=str(facts.get("byline", "")) or told.byline,
        url=str(facts.get("url", "")),
        published=_published(facts, told),
        language=language,
        agency=str(facts.get("agency", "")) or told.agency,
        sentences=sentences,
        dropped=(*cleaned.dropped, *document.dropped),
        raw_sha256=raw,
        text_sha256=_text_hash(sentences),
    )


def _sentences(blocks: Sequence[Block], language: str) -> Iterator[Sentence]:
    """Number the sentences; headings become the section of what follows."""
    number, paragraph, section = 0, 0, ""
    for block in blocks:
        if block.kind == "heading":
            section = block.text
            continue
        paragraph += 1
        pieces = [block.text] if block.kind == "headline" else split_sentences(block.text, language)
        for piece in pieces:
            number += 1
            yield Sentence(
                number=number,
                text=piece,
                kind=block.kind,
                section="" if block.kind == "headline" else section,
                paragraph=paragraph,
            )


def _language(blocks: Sequence[Block], facts: Mapping[str, object]) -> str:
    """The language of the text; what the metadata says only where the text is too short.

    Pages often declare the language of their template.
    """
    found = detect_language(" ".join(block.text for block in blocks))
    declared = str(facts.get("language", ""))[:2].lower()
    if found != UNKNOWN:
        return found
    return declared if re.fullmatch("[a-z]{2}", declared) else UNKNOWN


def _is_story(sentences: Sequence[Sentence]) -> bool:
    body = [sentence.text for sentence in sentences if sentence.kind == "body"]
    return len(body) >= 2 and any(_size(text) >= 5 for text in body)


def _size(text: str) -> int:
    """Words, or a word for every two characters in scripts that write none."""
    return max(len(text.split()), len(re.findall(r"[\u3040-\u9fff]", text)) // 2)


def _lead(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks if block.kind == "body"), "")


def _headline(cleaned: Cleaned) -> str:
    return next((block.text for block in cleaned.blocks if block.kind == "headline"), "")


def _outlet(facts: Mapping[str, object], told: Provenance, source: str) -> tuple[str, OutletFrom]:
    """Who published it: by the metadata or its URL, the text itself, else the file's name."""
    host = urlsplit(str(facts.get("url", ""))).hostname or ""
    named = str(facts.get("outlet", "")) or host.removeprefix("www.")
    if named:
        return named, "metadata"
    if told.outlet:
        return told.outlet, "text"
    return PurePosixPath(source).stem or source, "file name"


def _published(facts: Mapping[str, object], told: Provenance) -> datetime | None:
    """The time by the metadata; the text's own where that knows the hour of the day."""
    stated = facts.get("published")
    if not isinstance(stated, datetime):
        return told.published
    day_only = (stated.hour, stated.minute, stated.second) == (0, 0, 0)
    if day_only and told.published and told.published.date() == stated.date():
        return told.published
    return stated


def _text_hash(sentences: Sequence[Sentence]) -> str:
    rows = (f"{s.kind}\t{s.section}\t{s.paragraph}\t{s.text}" for s in sentences)
    return sha256("\n".join(rows).encode()).hexdigest()
