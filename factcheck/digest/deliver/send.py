"""Deliveries of one edition: mail, message, settings and ledger in, what came of each out.

Each delivery goes out once. The ledger says "sending" before the step after which a message
may be out, so that a run which dies in the middle leaves a trace, and the next one asks a
person instead of sending twice. What failed is tried again, in this run and in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from factcheck.digest.deliver.chat import send_chat
from factcheck.digest.deliver.ledger import Channel, Delivery, Leaving, Ledger, Outcome
from factcheck.digest.deliver.mail import Letter, compose, send_mail
from factcheck.settings.delivery import DeliverySettings, MailSettings

PAUSES = (2.0, 10.0)
"""Seconds before the second and the third try, once for all deliveries that wait."""

UNKNOWN = "; it may have arrived or not: look there, and if not, send again with --resend"


@dataclass(frozen=True)
class Job:
    """A delivery to be made, and how to try it once."""

    channel: Channel
    target: str
    send: Callable[[Leaving], Outcome]


def deliver(  # noqa: PLR0913 (what goes out, where to, and the world)
    edition_id: str,
    made: datetime,
    mail: Letter,
    text: str,
    settings: DeliverySettings,
    ledger: Ledger,
    *,
    environ: Mapping[str, str],
    sleep: Callable[[float], None],
    resend: bool = False,
) -> tuple[Delivery, ...]:
    """Send an edition by mail and chat wherever it has not been sent.

    `made` is the aware time that mails carry as their date, `text` the chat message. With
    `resend` also what is unknown goes out again, never what is known to be sent. Returns
    one `Delivery` a target, mail first. Trouble with a server never raises; trouble with
    the ledger does, since without it nothing can be sent only once.
    """
    results: dict[tuple[Channel, str], Delivery | None] = {}
    waiting = []
    for job in (
        *_mail_jobs(edition_id, made, mail, settings.mail, environ),
        *_chat_jobs(text, settings, environ),
    ):
        known = _find_settled(job, ledger.state(edition_id, job.channel, job.target), resend=resend)
        if (job.channel, job.target) not in results:
            results[job.channel, job.target] = known
            waiting += [] if known else [job]
    for pause in (0.0, *PAUSES):
        if waiting and pause:
            sleep(pause)
        tried = [(job, _try(job, edition_id, ledger)) for job in waiting]
        results |= {
            (job.channel, job.target): _record_outcome(job, outcome) for job, outcome in tried
        }
        waiting = [job for job, outcome in tried if outcome.state == "failed" and outcome.again]
    return tuple(result for result in results.values() if result)


def _mail_jobs(
    edition: str,
    made: datetime,
    letter: Letter,
    settings: MailSettings | None,
    environ: Mapping[str, str],
) -> list[Job]:
    if settings is None:
        return []
    return [
        Job(
            "mail",
            recipient,
            partial(
                send_mail, compose(letter, edition, made, settings, recipient), settings, environ
            ),
        )
        for recipient in settings.to
    ]


def _chat_jobs(text: str, settings: DeliverySettings, environ: Mapping[str, str]) -> list[Job]:
    return [
        Job("chat", name, partial(send_chat, text, name, environ))
        for name in settings.chat.urls_env
    ]


def _find_settled(
    job: Job, state: Literal["new", "sending", "sent", "failed"], *, resend: bool
) -> Delivery | None:
    """What the ledger settles without a try; None where one is due."""
    if state == "sent":
        return Delivery(job.channel, job.target, "already sent")
    if state == "sending" and not resend:
        detail = f"an earlier run ended while it was being sent{UNKNOWN}"
        return Delivery(job.channel, job.target, "unknown", detail)
    return None


def _try(job: Job, edition: str, ledger: Ledger) -> Outcome:
    mark = partial(ledger.mark, edition, job.channel, job.target)
    outcome = job.send(partial(mark, "sending"))
    mark("sending" if outcome.state == "unknown" else outcome.state, outcome.detail)
    return outcome


def _record_outcome(job: Job, outcome: Outcome) -> Delivery:
    detail = outcome.detail + (UNKNOWN if outcome.state == "unknown" else "")
    return Delivery(job.channel, job.target, outcome.state, detail)
