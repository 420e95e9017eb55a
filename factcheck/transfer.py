"""Shared by the clients for models and for pages: certificates, waiting times, decompression."""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import PROTOCOL_TLS_CLIENT, SSLContext

from factcheck.errors import UsageError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32  # see zlib.decompressobj: the header tells which


@cache
def load_certificates() -> SSLContext:
    """The trusted certificates, cached: reading them takes as long as a small request.

    Raises `UsageError` where the environment names a file that holds none.
    """
    import httpcore2  # noqa: PLC0415 (start-up)

    try:
        return httpcore2.default_ssl_context()
    except OSError as error:
        raise UsageError(
            f"SSL_CERT_FILE: no certificates can be read there ({error.strerror or error})",
            "Name a file of certificates in PEM, or unset it.",
        ) from error


def prepare_certificates() -> SSLContext:
    """The trusted certificates, or a context without any where none can be read: only TLS fails."""
    try:
        return load_certificates()
    except UsageError:
        return SSLContext(PROTOCOL_TLS_CLIENT)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that a busy server asks to wait, by `retry-after-ms` or `retry-after`.

    The second comes as seconds or as an HTTP date (RFC 9110, 10.2.3), which counts from the
    server's own clock, the header `date`, else from `now`. None if neither can be read.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        value = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
            return float(value[:15]) / unit
    until = _to_moment(headers.get("retry-after", ""))
    if until is None:
        return None
    begin = _to_moment(headers.get("date", "")) or now or datetime.now(UTC)
    return max(0.0, (until - begin).total_seconds())


def _to_moment(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def read_unpacked(pieces: AsyncIterable[bytes], coding: str, most: int) -> bytes:
    """The body of a response, unpacked as it comes; one byte more than `most` if it is longer.

    Raises `LookupError` for an unknown `content-encoding`, `zlib.error` for a body that is not
    packed so, and `EOFError` for one that breaks off.
    """
    coding = coding.strip().lower()
    if coding not in {"", "identity", *PACKED}:
        raise LookupError(coding)
    unpack = zlib.decompressobj(GZIP_OR_ZLIB) if coding in PACKED else None
    body, received = bytearray(), 0
    async for piece in pieces:
        received += len(piece)
        body += unpack.decompress(piece, most + 1 - len(body)) if unpack else piece
        # A body that comes to nothing and never ends counts as long too.
        if max(len(body), received) > most:
            return bytes(body[: most + 1]).ljust(most + 1)
    if unpack and received and not unpack.eof:
        raise EOFError
    return bytes(body)
