"""Which edition is due: that of the window, one that was broken off, one more, or a preview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import Connection

from factcheck.digest.models import Edition
from factcheck.digest.newsroom import Newsroom, Slot
from factcheck.digest.schedule.windows import window
from factcheck.digest.store import editions
from factcheck.errors import UsageError

PREVIEW = "preview"


@dataclass(frozen=True)
class RunOptions:
    """How one run differs from a usual one.

    `preview` makes the due edition into a folder of its own, sends nothing and keeps no
    edition; `since` does so too, and tells what changed since that moment. `extra` makes one
    more where that of the window is made; `resend` sends again what may not have arrived.
    """

    preview: bool = False
    since: datetime | None = None
    extra: bool = False
    resend: bool = False

    @property
    def aside(self) -> bool:
        """Whether the edition is a preview."""
        return self.preview or self.since is not None


def open_due(
    newsroom: Newsroom, options: RunOptions, last: Edition | None
) -> tuple[Slot, Edition | None]:
    """Open the due edition in the store; returns its slot, and the edition if it is made already.

    `last` is the newest finished one, None for a preview. Raises `UsageError` for an edition
    that would be earlier.
    """
    frame = window(newsroom.now, newsroom.settings.schedule)
    identity, start = frame.id, frame.start
    with newsroom.engine.begin() as db:
        if options.aside:
            identity = PREVIEW
            editions.drop(db, PREVIEW)
        elif not newsroom.settings.schedule.times and (broken := editions.find_unfinished(db)):
            identity, start = broken
        elif options.extra:
            identity = find_free(db, identity)
        elif last is not None and start < last.window <= newsroom.now:
            identity, start = last.id, last.window  # made by hand since this window opened
        made_before = editions.edition_of(db, identity)
        if last is not None and made_before is None and newsroom.now < last.window:
            allow_earlier(newsroom, last)
        editions.sweep(db, keep=identity)
        status: editions.Status = "preview" if options.aside else "started"
        editions.start(db, identity, start, newsroom.now, status)
        if options.since is not None:
            return Slot(identity, start, *editions.split_at(db, options.since)), made_before
        past = editions.find_last(db, before=identity)
    return Slot(identity, start, past.id if past else ""), made_before


def allow_earlier(newsroom: Newsroom, last: Edition) -> None:
    """Allow an edition before the last one if that is dated in the future; else raise `UsageError`.

    Then the clock was wrong when that was made, and nobody should wait until it comes.
    """
    if last.window <= newsroom.clock():
        raise UsageError(
            f"edition {last.id} is made already, and this one would be earlier",
            f"Leave --at out, or take that edition back with --forget {last.id}.",
        )
    newsroom.say(
        f"edition {last.id} is dated in the future: the clock was wrong when it was made, "
        f"or is now. This run goes on by the clock of now; --forget {last.id} takes that "
        "edition back."
    )


def find_free(db: Connection, identity: str) -> str:
    """The first of `id`, `id-2`, `id-3`… that no finished edition has."""
    names = (identity if n == 1 else f"{identity}-{n}" for n in count(1))
    return next(name for name in names if editions.edition_of(db, name) is None)
