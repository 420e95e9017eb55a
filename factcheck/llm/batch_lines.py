"""The lines of a batch: the text of its files in, what each request got out, as a call gets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.llm.cassette import Answered
from factcheck.llm.wire import Body, read_json

if TYPE_CHECKING:
    from openai.types import Batch

WORTH_A_RETRY = {"batch_expired": 408, "token_limit_exceeded": 429}
"""Errors of a batch as the status of a call that may be made again; others stand for good."""
RETRY_AFTER = "120"
"""Seconds, the same for all and longer than any pause, so that what is sent again goes together."""


def to_answered(status: int, body: Body) -> Answered:
    """What a batch has for one request, as a call would have got it."""
    headers = {"content-type": "application/json", "retry-after": RETRY_AFTER}
    return Answered(status=status, headers=headers, body=dict(body))


def read_lines(text: str) -> tuple[dict[str, Answered], int]:
    """The lines of a file with answers or errors, by request, and how many cannot be read."""
    found: dict[str, Answered] = {}
    unread = 0
    # Other marks that end a line may stand in a JSON string.
    for row in text.removeprefix("\ufeff").split("\n"):
        if not row.strip():
            continue
        try:
            key, line = read_line(row)
            found[key] = line
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            unread += 1
    return found, unread


def read_line(row: str) -> tuple[str, Answered]:
    """The request of a line, and what it got; raises TypeError and the like for other lines."""
    value = read_json(row)
    response, error = value.get("response"), value.get("error")
    if isinstance(response, dict) and isinstance(response.get("body"), dict):
        body = response["body"]
        line = to_answered(read_status(response.get("status_code"), body), body)
    elif isinstance(error, dict):
        line = make_failed_line(str(error.get("code")), str(error.get("message") or ""))
    else:
        raise TypeError("neither an answer nor an error")
    return str(value["custom_id"]), line


def read_status(status: object, body: Body) -> int:
    """The status of a line; raises ValueError for none.

    An answer whose status is left out, or odd, is one all the same, for it was paid for.
    """
    known = re.fullmatch(r"([1-5]\d\d)(\.0*)?", str(status))
    if holds_answer(body) and (known is None or known[1] < "400"):
        return 200
    if known is None:
        raise ValueError("no status")
    return int(known[1])


def is_answer(line: Answered) -> bool:
    """Whether a line is an answer that is worth keeping."""
    return line.status == 200 and holds_answer(line.body)


def holds_answer(body: object) -> bool:
    """Whether a body holds what a model said."""
    return isinstance(body, dict) and bool(body.get("choices"))


def to_missing(batch: Batch, unread: int) -> Answered:
    """What a request gets that a batch has no line for.

    Where `unread` lines cannot be read it may be paid for, so it is not sent again by itself.
    """
    if unread:
        said = f"{unread} lines of batch {batch.id} cannot be read; its files are kept there"
        return make_failed_line("unread", said)
    if batch.status in {"failed", "cancelled"}:
        data = getattr(batch.errors, "data", None)
        faults = data if isinstance(data, list) else []
        code, *_ = [str(getattr(fault, "code", None) or "") for fault in faults] or [""]
        said = "; ".join(str(getattr(fault, "message", None) or "") for fault in faults)
        return make_failed_line(code, f"the batch {batch.status}: {said}")
    return make_failed_line("batch_expired", "the batch ended before this request was answered")


def make_failed_line(code: str, message: str) -> Answered:
    """A request that a batch did not answer, as a call that failed."""
    error = {"message": message, "code": code}
    return to_answered(WORTH_A_RETRY.get(code, 424), {"error": error})
