"""Deliver an edition wherever it has not been delivered.

Each delivery goes out once. The ledger says "sending" before the step after which a message
may be out, so that a run which dies in the middle leaves a trace, and the next one asks a
person instead of sending twice. What failed is tried again, in this run and in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from factcheck.digest.deliver.chat import send_chat
from factcheck.digest.deliver.ledger import Channel, Delivery, Leaving, Ledger, SendResult
from factcheck.digest.deliver.mail import compose, send_mail
from factcheck.digest.publish.mail import Mail
from factcheck.settings.delivery import DeliverySettings

PAUSES = (2.0, 10.0)
"""Seconds before the second and the third try, once for all deliveries that wait."""

Key = tuple[Channel, str]
Job = Callable[[Leaving], SendResult]
DOWN = SendResult("failed", "no connection just now, tried once for all", again=True, down=True)
BROKEN_OFF = "an earlier run ended while it was being sent"
UNKNOWN = "; it may have arrived or not: look there, and if not, send again with --resend"


def deliver(  # noqa: PLR0913 (what goes out, where to, and the world)
    edition_id: str,
    made: datetime,
    mail: Mail,
    text: str,
    settings: DeliverySettings,
    ledger: Ledger,
    *,
    environ: Mapping[str, str],
    sleep: Callable[[float], None],
    resend: bool = False,
    only: Collection[Key] | None = None,
    late: bool = False,
    down: set[str] | None = None,
) -> tuple[Delivery, ...]:
    """Send an edition by mail and chat wherever it has not been sent, or to `only` some.

    A `late` one gets one try. `down` are the servers of this run that no connection was made to:
    they are tried once in each round, for all, and not for late editions. `made` is the aware
    time that mails carry as their date, `text` the chat message. With `resend` also what is
    unknown goes out again, never what is known to be sent. Returns one `Delivery` a target, mail
    first. Trouble with a server never raises; trouble with the ledger does, since without it
    nothing can be sent only once.
    """
    jobs = list_jobs(edition_id, made, mail, text, settings, environ)
    jobs = {key: job for key, job in jobs.items() if only is None or key in only}
    ledger.expect(edition_id, jobs)
    down = set() if down is None else down
    tell = partial(name_edition, edition=edition_id, late=late)

    def attempt(channel: Channel, target: str) -> SendResult:
        mark = partial(ledger.mark, edition_id, channel, target)
        place = channel if channel == "mail" else target
        outcome = DOWN if place in down else jobs[channel, target](partial(mark, "sending"))
        mark("sending" if outcome.state == "unknown" else outcome.state, outcome.detail)
        if outcome.down:
            down.add(place)
        return outcome

    done: dict[Key, Delivery] = {}
    for key in jobs:
        state = ledger.state(edition_id, *key)
        if state == "sent":
            done[key] = Delivery(*key, "already sent")
        elif state == "sending" and not resend:
            done[key] = Delivery(*key, "unknown", tell(f"{BROKEN_OFF}{UNKNOWN}"))
    waiting = [key for key in jobs if key not in done]
    for pause in (0.0, *PAUSES)[: 1 if late else None]:
        if waiting and pause:
            sleep(pause)
            down.clear()
        tried = {key: attempt(*key) for key in waiting}
        for key, one in tried.items():
            detail = one.detail + (UNKNOWN if one.state == "unknown" else "")
            done[key] = Delivery(*key, one.state, tell(detail))
        waiting = [key for key, one in tried.items() if one.again]
    return tuple(done[key] for key in jobs)


def list_jobs(
    edition_id: str,
    made: datetime,
    mail: Mail,
    text: str,
    settings: DeliverySettings,
    environ: Mapping[str, str],
) -> dict[Key, Job]:
    """What sends an edition to each target that is set, mail first."""
    jobs: dict[Key, Job] = {}
    if settings.mail is not None:
        server = settings.mail
        letters = {to: compose(mail, edition_id, made, server, to) for to in server.to}
        jobs |= {("mail", to): partial(send_mail, letters[to], server, environ) for to in letters}
    return jobs | {
        ("chat", v): partial(send_chat, text, v, environ) for v in settings.chat.urls_env
    }


def name_edition(told: str, edition: str, *, late: bool) -> str:
    """What came of a delivery, with the edition where that is an earlier one."""
    return f"{told} (edition {edition})".lstrip() if late else told
