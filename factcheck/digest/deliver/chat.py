"""Send one chat message to one Apprise URL.

The URL holds secrets: neither it nor anything that the library logs is ever shown. The
library answers yes or no only; why not is read off its log records, which go nowhere else.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from factcheck.digest.deliver.ledger import Leaving, SendResult

READ_PATIENCE = 30.0  # seconds; the library's four would leave many deliveries unknown
STATUS = re.compile(r"error=(\d{3})\b")
PART = re.compile(r".* send\(\) completed in [\d.]+s\.")
BROKEN = "Socket Exception"
NEVER_CONNECTED = "Max retries exceeded"  # urllib3: given up before a request was sent

GATEWAY = frozenset({502, 504})
"""A gateway says that it heard nothing from the service, which may have done its work."""


def send_chat(text: str, variable: str, environ: Mapping[str, str], leaving: Leaving) -> SendResult:
    """Send a text to the URL in an environment variable; never raises for trouble with it.

    A variable holds one URL, so that each delivery is kept apart. `leaving` is called
    before the service is asked. What is neither accepted nor surely refused is unknown.
    """
    with _capture_logs() as records:
        from apprise import OverflowMode  # noqa: PLC0415 (0.3 s)

        sender, problem = _sender(variable, environ)
        if problem:
            return SendResult("failed", problem)
        service = sender.services[0]
        service.socket_read_timeout = max(READ_PATIENCE, service.socket_read_timeout)
        if service.overflow_mode == OverflowMode.UPSTREAM:
            # Cut up rather than refused.
            service.overflow_mode = OverflowMode.SPLIT
        leaving()
        if sender.notify(body=text, body_format="text"):
            return SendResult("sent")
        return _failure(records, targets=len(service))


def check_chat(variable: str, environ: Mapping[str, str]) -> str:
    """Return what prevents sending, as far as it can be known without sending; "" for nothing."""
    with _capture_logs():
        return _sender(variable, environ)[1]


def _sender(variable: str, environ: Mapping[str, str]) -> tuple[Any, str]:
    """The Apprise object for the one URL in a variable, or why there is none."""
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 (0.3 s)

    url = environ.get(variable, "").strip()
    if not url:
        return None, f"the environment variable {variable} is not set"
    # A redirect would carry the text, and the secrets of its headers, wherever it leads.
    sender = Apprise(asset=AppriseAsset(app_id="factcheck", http_redirects=False))
    if not sender.add(url) or len(sender.services) != 1:
        return None, f"{variable} does not hold one URL that Apprise knows"
    return sender, ""


def _failure(records: list[logging.LogRecord], targets: int) -> SendResult:
    """The outcome of a message that was not accepted, as told by the library's log records."""
    lines = [(record.levelno, record.getMessage()) for record in records]
    # Debug records repeat the text, which may say anything: only their beginning is trusted.
    broken = [line for _, line in lines if line.startswith(BROKEN)]
    codes = [
        int(code) for level, line in lines if level > logging.INFO for code in STATUS.findall(line)
    ]
    accepted = any(level == logging.INFO and line.startswith("Sent ") for level, line in lines)
    parts = sum(bool(PART.fullmatch(line)) for _, line in lines)
    if accepted or targets > 1 or 0 < len(codes) + len(broken) < parts:
        return SendResult("unknown", "not all of its parts or targets were accepted")
    if any(NEVER_CONNECTED not in line for line in broken) or GATEWAY & set(codes):
        return SendResult("unknown", "the connection broke while the message was being sent")
    if codes:
        again = codes[-1] >= 500 or codes[-1] in {408, 429}
        return SendResult("failed", f"the service answered {codes[-1]}", again=again)
    if broken:
        return SendResult("failed", "no connection to the service", again=True, down=True)
    return SendResult("unknown", "the service did not confirm it")


@contextmanager
def _capture_logs() -> Iterator[list[logging.LogRecord]]:
    """Capture the log records of the library, for nobody else, and suppress its warnings."""
    records: list[logging.LogRecord] = []

    def keep(record: logging.LogRecord) -> bool:
        records.append(record)
        return False

    library, transport = logging.getLogger("apprise"), logging.getLogger("urllib3")
    levels = library.level, transport.level
    library.addFilter(keep)
    library.setLevel(logging.DEBUG)
    transport.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            # Its plugins import what is deprecated, which an editor can do nothing about.
            warnings.simplefilter("ignore")
            yield records
    finally:
        library.removeFilter(keep)
        library.setLevel(levels[0])
        transport.setLevel(levels[1])
