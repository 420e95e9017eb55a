"""Read mails, and pages that a browser saved as one file in the form of a mail (RFC 2557)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from factcheck.articles.decode import decode, decode_as, scrub
from factcheck.articles.formats import Format

MAILS = (".eml", ".mht", ".mhtml")
"""Suffixes of files in the form of a mail."""
_LEAST = 30  # words of a plain part that is no mere "View in browser"


@dataclass(frozen=True)
class Mail:
    """The text of a mail or saved page, its format, what the head tells, names of attachments.

    The keys of `metadata` are those of front matter; `sender` is a name, and `listed` says that
    the mail goes to a list, as newsletters do.
    """

    text: str
    kind: Format
    metadata: Mapping[str, object]
    attached: tuple[str, ...] = ()
    sender: str = ""
    listed: bool = False


def read_mail(data: bytes, *, page: bool) -> Mail | None:
    """The text in a file of this form; of a `page` its address, of a mail subject and date.

    None where no part of it is text. Raises nothing.
    """
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in parts if page or not part.is_attachment()]
    plain, html = (_find_text(shown, kind) for kind in ("text/plain", "text/html"))
    text, kind = (
        (html, "html") if page or (len(plain.split()) < _LEAST and html) else (plain, "txt")
    )
    if not text:
        return None
    if page:
        return Mail(text, "html", _read_head(message, {"Snapshot-Content-Location": "url"}))
    attached = tuple(part.get_filename("") for part in parts if part.is_attachment())
    head = _read_head(message, {"Subject": "title", "Date": "date"})
    return Mail(
        text,
        "html" if kind == "html" else "txt",
        head,
        tuple(filter(None, attached)),
        scrub(parseaddr(str(message["From"] or ""))[0]),
        any(message[name] for name in ("List-Id", "List-Unsubscribe")),
    )


def _find_text(parts: list[EmailMessage], kind: str) -> str:
    """The first part of this type that holds a text; "" if none does."""
    found = (_decode(part) for part in parts if part.get_content_type() == kind)
    return next(filter(str.strip, found), "")


def _decode(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    label = part.get_content_charset()
    told = decode_as(data, label) if label else None
    return (decode(data) or "") if told is None else told


def _read_head(message: EmailMessage, keys: Mapping[str, str]) -> dict[str, object]:
    return {to: str(message[name]) for name, to in keys.items() if message[name]}
