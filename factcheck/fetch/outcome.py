"""What an answer comes to: a request and its answer in, `Fetched` out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from factcheck.fetch.exchange import Answer
from factcheck.fetch.models import Fetched, FetchProblem, Reason, Request
from factcheck.fetch.urls import Target

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

_MEANINGS: Mapping[int, tuple[Reason, str]] = {
    401: ("refused", "it wants a login"),
    402: ("refused", "it has to be paid for"),
    403: ("refused", "it does not want to be read by programs, or from here"),
    404: ("gone", "there is no such page; check the address"),
    410: ("gone", "the page was taken down; take it out"),
    451: ("refused", "it must not be shown, or not here, by law"),
}


def outcome(request: Request, found: Target, answer: Answer) -> Fetched:
    """The last answer as a value; raises `FetchProblem` for one that cannot be used."""
    unchanged = answer.status == 304 and bool(request.etag or request.last_modified)
    if not (200 <= answer.status < 300 or unchanged):
        reason, what = _meaning(answer)
        raise FetchProblem(reason, f"{found.name} answered {answer.status}: {what}")
    content_type = answer.headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    # A server need not repeat with 304 what it was asked with.
    etag, last_modified = (request.etag, request.last_modified) if unchanged else ("", "")
    return Fetched(
        url=request.url,
        final_url=found.url,
        status=answer.status,
        content=answer.content,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else "",
        etag=answer.headers.get("etag", etag),
        last_modified=answer.headers.get("last-modified", last_modified),
        not_modified=unchanged,
    )


def _meaning(answer: Answer) -> tuple[Reason, str]:
    """Reason and advice by what bot checks send along, else by status code (RFC 9110)."""
    if "challenge" in answer.headers.get("cf-mitigated", "") or "x-datadome" in answer.headers:
        return "refused", "it checks whether a person reads; ask the site for a full-text feed"
    if answer.status >= 500:
        return "server error", "it is in trouble; try later"
    usual: tuple[Reason, str] = ("bad answer", "that does not answer a GET; check the address")
    return _MEANINGS.get(answer.status, usual)
