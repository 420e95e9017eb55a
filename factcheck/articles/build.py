"""Build one article from one text and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import get_args
from urllib.parse import urlsplit

from factcheck.articles.agencies import find_signed_agency, is_agency
from factcheck.articles.clean import clean
from factcheck.articles.formats import Format, read_document
from factcheck.articles.genre import find_genre
from factcheck.articles.language import (
    UNKNOWN,
    count_words,
    detect_language,
    is_unsplit,
    warn_of_script,
)
from factcheck.articles.lines import KEPT, Line, Part, words
from factcheck.articles.mail import cut_passed_on
from factcheck.articles.marks import find_staff_agency
from factcheck.articles.metadata import unify_keys
from factcheck.articles.outlet import cut_motto, cut_name, read_file_name
from factcheck.articles.provenance import Provenance, read_provenance
from factcheck.articles.sentences import cut_long, split_sentences
from factcheck.articles.times import Stamp, read_stamp_within, read_time, settle_month, without_time
from factcheck.articles.years import add_missing_year
from factcheck.errors import UsageError
from factcheck.models import Article, Excluded, Genre, OutletFrom, Sentence

# "No. 212, 14 June 2025", and what tells the zone of a live page: "All times are local."
_ISSUE = re.compile(
    r"(?:\bN\.?\s?[º°o]\.?|\bN[or]\.|\b(?:Issue|Ausgabe|Num[eé]ro|Número)\b)\s?\d+\b\W{1,3}(.{6,40})$",
    re.IGNORECASE,
)
_ISSUE_BEHIND = re.compile(
    r"(?:^|[.!?] )([^.!?]{6,40}), (?:n|n[.ro°º]{1,2}|num|núm|issue|ausgabe)\.? ?\d{1,5}\W*$",
    re.IGNORECASE,
)
_HALF_AN_HOUR = timedelta(minutes=30)
_TIMES = re.compile(
    r"\b(?:times|tijden|uhrzeiten|zeiten|heures|horas|horários|orari|czas|GMT|UTC|CES?T)\b",
    re.IGNORECASE,
)
# By which a newsletter tells how to leave it.
_LEAVE = re.compile(
    r"\b(?:unsubscribe|abbestellen|uitschrijven|désabonner|darse de baja|disiscriv|cancelar a"
    r" (?:inscrição|subscrição)|avregistrera|afmeld|wypis(?:ać|z) się)",
    re.IGNORECASE,
)
_SHARED = re.compile(r",? (?:with|mit|met|avec|con|com|med|e|et|and|und|y) \w[\w ]{1,30}$")
"""What a page prints after its author: the agency, or the second author, beside them."""


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
    text in UTF-8. Excluded is what is empty, or is left with fewer than two sentences of
    which one has five words. Raises `UsageError` for what is no text.
    """
    _check_arguments(text, source, kind)
    document = read_document(text, kind)
    if not document.lines and not document.dropped:
        return Excluded(source=source, reason="empty")
    document = add_missing_year(cut_passed_on(document, unify_keys(metadata or {})))
    facts = document.metadata
    named = str(facts.get("outlet", ""))
    title = cut_name(str(facts.get("title", "")), named)
    cleaned = clean(document.lines, title, named)
    story = cleaned.story
    whole = " ".join(line.text for line in story)
    language = _choose_language(whole, facts)
    sentences = tuple(_number_sentences(story, language))
    lead = _find_first(story, "body")
    headline = title or _find_first(story, "headline")
    if not _is_story(sentences, least=1 if is_unsplit(lead) else 2):
        left = sum(s.kind == "body" for s in sentences)
        detail = f"{left} sentence{'' if left == 1 else 's'} of a story left"
        return Excluded(source=source, reason="furniture-only", detail=detail)
    told = read_provenance(lead, (*cleaned.edges, *document.told), cleaned.masthead)
    outlet, outlet_from = _choose_outlet(facts, told, _read_file_outlet(source, sentences))
    dropped = (*cleaned.dropped, *document.dropped)
    beside = [one.text for one in dropped]
    genre = find_genre(facts, cleaned, told, outlet, headline, beside)
    sender = _find_sender(facts, genre, (whole, *beside))
    if sender and outlet_from in {"unknown", "file-name"}:
        outlet, outlet_from = sender, "text"
    stamp = _find_published(facts, told, language) or _read_opening(story)
    byline = _choose_byline(facts, told, cleaned.edges)
    return Article(
        id=article_id,
        source=source,
        outlet=outlet,
        outlet_from=outlet_from,
        title=headline,
        byline="" if is_agency(byline) else byline,
        url=str(facts.get("url", "")),
        published=stamp.time if stamp else None,
        published_precision=stamp.precision if stamp else "minute",
        zone_known=stamp.zone_known if stamp else True,
        updated=_find_updated(facts, told, stamp),
        language=language,
        agency=_choose_agency(facts, told, byline),
        genre=genre,
        sentences=sentences,
        dropped=dropped,
        warnings=(*document.warnings, *warn_of_script(whole)),
        raw_sha256=raw_sha256 or sha256(text.encode("utf-8", errors="replace")).hexdigest(),
        text_sha256=_hash_text(sentences),
    )


def _check_arguments(text: object, source: object, kind: object) -> None:
    if not (isinstance(text, str) and isinstance(source, str)) or kind not in get_args(Format):
        raise UsageError(
            "an article has to have a text and a source, both str, and a kind that is known",
            f"Kinds are {', '.join(get_args(Format))}; bytes have to be decoded.",
        )


def _choose_byline(facts: Mapping[str, object], told: Provenance, edges: Sequence[str]) -> str:
    """The byline of the metadata, or a longer one on the page: "Anna Roth, mit wns"."""
    named = str(facts.get("byline", ""))
    if told.byline.startswith(named):
        return told.byline
    lines = (without_time(line).strip() for line in edges if named and line.startswith(named))
    return next((line for line in lines if _SHARED.match(line.removeprefix(named))), named)


def _choose_agency(facts: Mapping[str, object], told: Provenance, byline: str) -> str:
    """The agency of the metadata, the page or the byline, where capitals are one: "By WNS"."""
    signed = byline if re.fullmatch(r"[A-Z]{3,6}", byline) else find_signed_agency(byline)
    return str(facts.get("agency", "")) or told.agency or signed or find_staff_agency(told.byline)


def _number_sentences(story: Sequence[Line], language: str) -> Iterator[Sentence]:
    """Number the sentences; headings become the section of what follows in the same entry."""
    number, paragraph, section, moment = 0, 0, "", ""
    for line in story:
        part = KEPT[line.role]
        section, moment = section if line.moment == moment else "", line.moment
        if part == "heading":
            section = line.text
            continue
        paragraph += 1
        whole = part == "headline" or line.kind in {"row", "entry"}  # however it is punctuated
        pieces = cut_long(line.text) if whole else split_sentences(line.text, language)
        for piece in pieces:
            number += 1
            yield Sentence(
                number=number,
                text=piece,
                kind=part,
                section="" if part in {"headline", "standfirst"} else section,
                paragraph=paragraph,
                moment=line.moment,
            )


def _choose_language(text: str, facts: Mapping[str, object]) -> str:
    """The language of the text; the declared one, often that of a template, only in doubt."""
    declared = str(facts.get("language", ""))[:2].lower()
    found = detect_language(text, declared)
    return declared if found == UNKNOWN and re.fullmatch("[a-z]{2}", declared) else found


def _is_story(sentences: Sequence[Sentence], least: int) -> bool:
    body = [sentence.text for sentence in sentences if sentence.kind == "body"]
    return len(body) >= least and any(count_words(text) >= 5 for text in body)


def _find_first(story: Sequence[Line], part: Part) -> str:
    return next((line.text for line in story if line.role == part), "")


def _read_file_outlet(source: str, sentences: Sequence[Sentence]) -> str:
    """The outlet by the file's name, unless that only says what the story is about."""
    name = "" if "://" in source else read_file_name(source)
    told = {word for sentence in sentences for word in words(sentence.text)}
    return "" if set(words(name)) <= told else name


def _choose_outlet(
    facts: Mapping[str, object], told: Provenance, file: str
) -> tuple[str, OutletFrom]:
    """Who published it: by the metadata, the text itself, the URL, else the file's name."""
    host = (urlsplit(str(facts.get("url", ""))).hostname or "").removeprefix("www.")
    found: tuple[tuple[str, OutletFrom], ...] = (
        (cut_motto(str(facts.get("outlet", ""))), "metadata"),
        (told.outlet, "text"),
        (host, "address"),
        (told.owner, "text"),
        (file, "file-name"),
    )
    return next(((name, place) for name, place in found if name), ("", "unknown"))


def _find_sender(facts: Mapping[str, object], genre: Genre, texts: Sequence[str]) -> str:
    """Who sent a release or a newsletter; of other mails it may be who passed an article on."""
    public = genre == "press-release" or "listed" in facts or any(map(_LEAVE.search, texts))
    return str(facts.get("sender", "")) if public else ""


def _find_published(facts: Mapping[str, object], told: Provenance, language: str) -> Stamp | None:
    """The time by the metadata; the text's own where that knows more of the same day."""
    given = facts.get("published")
    stated = settle_month(given, language) if isinstance(given, Stamp) else None
    printed = settle_month(told.published, language) if told.published else None
    if stated is None:
        return printed
    if stated.precision == "day" and printed and printed.time.date() == stated.time.date():
        return printed
    return stated


def _find_updated(
    facts: Mapping[str, object], told: Provenance, published: Stamp | None
) -> datetime | None:
    """When the page was changed, if that was on a later day than it was published.

    Or half an hour later, where both clocks are known and of one kind.
    """
    changed = facts.get("updated") or told.changed
    if not isinstance(changed, Stamp) or changed.unsure or published is None:
        return None
    if changed.time.date() > published.time.date():
        return changed.time
    clocks = changed.precision == published.precision == "minute"
    alike = clocks and changed.zone_known == published.zone_known
    return changed.time if alike and changed.time - published.time >= _HALF_AN_HOUR else None


def _read_opening(story: Sequence[Line]) -> Stamp | None:
    """The time that opens a line of the head: "8 May 2026, 15:00. Transcript, edited.".

    A day alone may be one that the story tells of ("6 June 1944. The boats land."), unless the zone
    of a live page follows it or the number of an issue: "No. 212, 14 June 2025".
    """
    found = (p.search(line.text) for line in story[:4] for p in (_ISSUE, _ISSUE_BEHIND))
    issues = (one[1] for one in found if one)
    issue = next(filter(None, map(read_time, issues)), None)
    if issue and len(issue.rest.split()) < 2 and not issue.stamp.unsure:  # "…, midi", "…, noon"
        return issue.stamp
    live = any(line.moment for line in story)
    for line in story[:4]:
        within = read_stamp_within(line.text) if live else None
        if within and within.stamp.precision == "minute":
            return within.stamp
        opening, _, rest = line.text.partition(". ")
        told = read_time(opening)
        if told is None:
            continue
        whole = told.stamp.precision == "minute" or (live and _TIMES.search(rest))
        return told.stamp if whole and not (told.rest or told.stamp.unsure) else None
    return None


def _hash_text(sentences: Sequence[Sentence]) -> str:
    rows = (f"{s.kind}\t{s.section}\t{s.moment}\t{s.paragraph}\t{s.text}" for s in sentences)
    return sha256("\n".join(rows).encode()).hexdigest()
