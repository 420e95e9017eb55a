"""Read mails, and pages that a browser saved as one file in the form of a mail (RFC 2557).

Of a mail that a colleague passed on, the one within it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal

from factcheck.articles.decode import decode, scrub
from factcheck.articles.lines import Document, Line
from factcheck.articles.marks import is_correction, is_passed_on, is_story_sentence
from factcheck.articles.metadata import read_by_line, unify_keys
from factcheck.language.words import split_values
from factcheck.models import Dropped

MAILS = (".eml", ".mht", ".mhtml")
"""Suffixes of files in the form of a mail."""
_DEEPEST = 5  # mails within mails
_NOTE = 120  # words of a note, with its signature, above a mail that is passed on
_SIGNATURE = 60  # words of what a mail program puts beneath a mail
_ROWS = 8  # of the head of a mail
_LONGEST = 1_000  # characters of such a head
_KEYS = split_values(
    {
        "title": "subject betreff objet asunto oggetto assunto onderwerp ämne emne temat",
        "date": "date sent datum gesendet envoyé fecha enviado data inviato verzonden skickat sendt"
        " wysłano",
        "sender": "from von de da van från fra od",
        "to": "to an à para a aan till til do cc",
    }
)
"""The rows of the head of a mail in several languages, by the keys of front matter."""
_ROW = re.compile(r"[*>\s]*(?P<key>[^\W\d_]{1,12})\*?\s?:\*?(?P<value>.*)$")
_BETWEEN = re.compile(rf"\s+(?=(?:{'|'.join(map(str.capitalize, _KEYS))})\s?:\s)")
_REPLY = re.compile(r"(?:re|aw|antw|sv|odp|rif|res)\s?:", re.IGNORECASE)
_LEAST = 30  # words of a plain part that is no mere "View in browser"
_MAIL_HEAD = re.compile(r"\A(?:[A-Z][\w -]{1,20}:[ \t].*\n){2,12}(?=[ \t]*\n)")
_PASSED_ON = re.compile(r"(?:(?:fwd?|fw|wg|tr|rv|enc|pd|doorst|(?-i:I))\s?:\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class Mail:
    """The text of a mail or saved page, its format, metadata and the names of attachments.

    `metadata` has the keys of front matter; `listed` in it says that the mail goes to a list.
    """

    text: str
    kind: Literal["txt", "html"]
    metadata: Mapping[str, object]
    attached: tuple[str, ...] = ()


def read_mail(data: bytes, *, page: bool) -> Mail | None:
    """The text and head of a mail, or of a saved `page`; None where no part of it is text."""
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in parts if page or not part.is_attachment()]
    plain, html = (_find_text(shown, kind) for kind in ("text/plain", "text/html"))
    as_page = page or (len(plain.split()) < _LEAST and bool(html))
    text = html if as_page else plain
    if not text:
        return None
    if page:
        return Mail(text, "html", {"url": str(message["Snapshot-Content-Location"] or "")})
    attached = tuple(part.get_filename("") for part in parts if part.is_attachment())
    head = {name: str(message[name]) for name in ("Subject", "Date", "From") if message[name]}
    listed = any(message[name] for name in ("List-Id", "List-Unsubscribe"))
    found = read_mail_rows(head) | ({"listed": "yes"} if listed else {})
    return Mail(text, "html" if as_page else "txt", found, tuple(filter(None, attached)))


def read_mail_head(text: str) -> tuple[str, dict[str, object]] | None:
    """The head of a mail that a text opens with, and what it tells; None without one."""
    match = _MAIL_HEAD.match(text.lstrip("\n"))
    rows = read_by_line(match[0]) if match else {}
    found = read_mail_rows(rows)
    return (match[0], found) if match and "title" in found else None


def read_mail_rows(rows: Mapping[str, object]) -> dict[str, object]:
    """The head of a mail by the keys of front matter; who passed a mail on is not its sender."""
    found = {_KEYS[key.lower()]: rows[key] for key in rows if key.lower() in _KEYS}
    subject = str(found.get("title", ""))
    address = re.sub(r"\[mailto:([^\[\]]*)\]", r"<\1>", str(found.get("sender", "")))
    sender = "" if _PASSED_ON.match(subject) else scrub(parseaddr(address)[0])
    bare = {"title": _PASSED_ON.sub("", subject, count=1)} if subject else {}
    return {**found, **bare, "sender": sender, "mail": "yes"}


def cut_passed_on(document: Document, metadata: Mapping[str, object]) -> Document:
    """The document with more metadata, or the mail that it passes on, with that mail's own.

    At most a short note stands above such a mail: what follows a longer text, or a reply, is the
    mail that is answered.
    """
    document = replace(document, metadata={**document.metadata, **metadata})
    for _ in range(_DEEPEST):
        lines = [piece for line in document.lines for piece in _split_head(line)]
        reply = _REPLY.match(str(document.metadata.get("title", "")))
        start = None if reply else _find_inner(lines, sure="mail" in document.metadata)
        if start is None:
            break
        rows = _take_rows(lines, start)
        body = start + len(rows)
        above = (Dropped(text=line.text, reason="metadata") for line in lines[:body])
        document = replace(
            document,
            lines=tuple(lines[body:]),
            metadata=unify_keys(read_mail_rows(dict(rows))),
            dropped=(*document.dropped, *above),
        )
    return _cut_signature(document) if "mail" in document.metadata else document


def _cut_signature(document: Document) -> Document:
    """The document without what stands under the last "--" of a mail, if none of it is a story."""
    marks = [i for i, line in enumerate(document.lines) if line.text == "--"]
    below = document.lines[marks[-1] :] if marks else ()
    texts = [line.text for line in below]
    kept = any(is_story_sentence(text) or is_correction(text) for text in texts)
    if kept or sum(len(text.split()) for text in texts) > _SIGNATURE:
        return document
    lines = document.lines[: len(document.lines) - len(below)]
    dropped = (Dropped(text=text, reason="junk-tail") for text in texts)
    told = (*document.told, *texts)
    return replace(document, lines=lines, dropped=(*document.dropped, *dropped), told=told)


def _find_inner(lines: Sequence[Line], *, sure: bool) -> int | None:
    """The index of the head of a mail that is passed on, or None; `sure` where this is a mail."""
    size, above = sum(len(line.text.split()) for line in lines), 0
    for i, line in enumerate(lines):
        sure = sure or is_passed_on(line.text)
        keys = {_KEYS[key.lower()] for key, _ in _take_rows(lines, i)}
        if sure and len(keys) > 2 and keys >= {"sender", "title"}:
            return i
        above += len(line.text.split())
        if is_story_sentence(line.text) or above > min(_NOTE, size / 2):
            break
    return None


def _take_rows(lines: Sequence[Line], start: int) -> list[tuple[str, str]]:
    """The keys and values of the rows of a head that starts here."""
    rows = []
    for line in lines[start : start + _ROWS]:
        match = _ROW.match(line.text)
        if match is None or match["key"].lower() not in _KEYS:
            break
        rows.append((match["key"], match["value"]))
    return rows


def _split_head(line: Line) -> list[Line]:
    """The rows of the head of a mail that a page has in one paragraph; else the line."""
    parts = _BETWEEN.split(line.text) if len(line.text) < _LONGEST else []
    if len(parts) < 3:
        return [line]
    return [replace(line, text=part, gap=line.gap and not i) for i, part in enumerate(parts)]


def _find_text(parts: list[EmailMessage], kind: str) -> str:
    """The first part of this type that holds a text; "" if none does."""
    found = (_decode(part) for part in parts if part.get_content_type() == kind)
    return next(filter(str.strip, found), "")


def _decode(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    label = part.get_content_charset() or ""
    return (decode(data, label) or "") if isinstance(data, bytes) else ""
