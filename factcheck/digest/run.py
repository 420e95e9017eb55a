"""The press: which edition is due in, the edition made, published and delivered out.

One run at a time, under the lock of the store. An edition belongs to its window: made once,
never overwritten by a worse one, delivered once to each. Whatever broke off an earlier run,
this one goes on from there.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from factcheck.api import Clock, check_folder, now, servers
from factcheck.digest.deliver.ledger import Delivery
from factcheck.digest.deliver.send import deliver
from factcheck.digest.edition import Made, make
from factcheck.digest.models import Coverage, Edition
from factcheck.digest.publish.chat import message
from factcheck.digest.publish.feeds import LENGTH
from factcheck.digest.publish.guarded import show_guarded
from factcheck.digest.publish.mail import mail
from factcheck.digest.publish.parts import edition_path
from factcheck.digest.publish.phrases import zone_of
from factcheck.digest.publish.site import documents, write_documents
from factcheck.digest.reporting import Newsroom, Slot
from factcheck.digest.schedule.windows import local, window
from factcheck.digest.store import editions
from factcheck.digest.store.database import open_locked
from factcheck.digest.store.editions import StoredReport
from factcheck.digest.store.ledger import DatabaseLedger
from factcheck.digest.telling import history, in_zone
from factcheck.errors import PARTIAL, UNDELIVERED, NoArticlesError, UsageError
from factcheck.language.visible import clean_line
from factcheck.llm.client import MakeTransport
from factcheck.llm.discovery import Server
from factcheck.report.words import join_texts, many, spell
from factcheck.settings.loader import Settings, is_configured
from factcheck.tracing import span

PREVIEW = "preview"
TROUBLE = frozenset({"failed", "unknown"})


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


@dataclass(frozen=True)
class Outcome:
    """What came of a run: the edition, whether this run made it, its pages, its deliveries."""

    edition: Edition | None
    made: bool
    site: Path
    deliveries: tuple[Delivery, ...] = ()
    remark: str = ""
    hints: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or what a scheduler has to know: not everywhere delivered, not all checked."""
        if any(one.state in TROUBLE for one in self.deliveries):
            return UNDELIVERED
        return PARTIAL if self.edition and self.edition.status == "degraded" else 0


def digest(  # noqa: PLR0913 (all but the first four have defaults)
    settings: Settings,
    folder: Path,
    *,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    options: RunOptions | None = None,
    at: datetime | None = None,
    clock: Clock = now,
    sleep: Callable[[float], None] = time.sleep,
    transport: MakeTransport | None = None,
) -> Outcome:
    """Make the edition that is due, in `folder`, the place of factcheck.toml.

    `at` is the moment that the edition is made for, by default that of the clock;
    `transport` makes what carries the model's requests, if not the network. Raises
    `UsageError`, `StoreError`, `BusyError` and `NoArticlesError`.
    """
    if not settings.digest.sources:
        raise UsageError(
            "digest.sources: no source is set",
            "Name a folder or a feed in factcheck.toml; factcheck digest --init writes one.",
        )
    site = folder / settings.digest.output
    check_folder(site)
    with (
        span("edition"),
        open_locked(settings.digest.store, folder) as engine,
    ):
        newsroom = Newsroom(
            settings=settings,
            folder=folder,
            engine=engine,
            now=local(at or clock(), settings.schedule),
            clock=clock,
            say=say,
            hints=ways_to_a_model(settings, servers(settings)),
            transport=transport,
        )
        return EditionRunner(newsroom, site, environ, options or RunOptions(), sleep).run()


def forget(settings: Settings, folder: Path, identity: str) -> str:
    """Take an edition back, from the store and the pages; returns what came of it.

    What it told is news again in the next edition; mails and messages are not called back, and
    are not sent again under the same name. Raises `UsageError` where there is none of this
    name, `StoreError` and `BusyError`.
    """
    site = folder / settings.digest.output
    with open_locked(settings.digest.store, folder) as engine, engine.begin() as db:
        known = [one.id for one in editions.past(db)]
        if editions.status_of(db, identity) is None:
            raise UsageError(
                f"there is no edition {clean_line(identity)}",
                f"The latest are: {', '.join(known[:5]) or 'none'}.",
            )
        editions.forget(db, identity)
    for ending in ("html", "json"):
        (site / edition_path(identity, ending)).unlink(missing_ok=True)
    shutil.rmtree(site / edition_path(identity).removesuffix(".html"), ignore_errors=True)
    (site / "index.html").unlink(missing_ok=True)  # the next run writes all pages anew
    return f"edition {identity} is taken back: the next run tells its news, and writes the pages"


@dataclass(frozen=True)
class EditionRunner:
    """One run over an open and locked store."""

    newsroom: Newsroom
    site: Path
    environ: Mapping[str, str]
    options: RunOptions
    sleep: Callable[[float], None]

    def run(self) -> Outcome:
        """Deliver what an earlier run could not, make what is due, publish and deliver it."""
        with self.newsroom.engine.connect() as db:
            last = None if self.options.aside else editions.last(db)
        if self.options.resend:
            return self.send(last, made=False, remark="" if last else "there is no edition yet")
        slot, made_before = self.due(last)
        if made_before is not None and made_before.status == "complete":
            return self.reuse_edition(made_before, last)
        late = self.deliver(last) if last is not None and last.id != slot.id else ()
        made = asyncio.run(make(self.newsroom, slot))
        if not (slot.previous or made.edition.stories or made.edition.singles):
            raise self.empty(slot, made.edition)
        if self.options.aside:
            return self.preview(made)
        outcome = self.keep(slot, made, made_before)
        late = tuple(one for one in late if one.state != "already sent")
        return replace(outcome, deliveries=(*late, *outcome.deliveries))

    def reuse_edition(self, edition: Edition, last: Edition | None) -> Outcome:
        """The edition of this window is there; the newest is published, whichever it is."""
        remark = f"edition {edition.id} is made already; --extra makes another one now"
        if last is not None and last.id != edition.id:
            return Outcome(edition, made=False, site=self.site, remark=remark)
        return self.send(edition, made=False, remark=remark)

    def keep(self, slot: Slot, made: Made, made_before: Edition | None) -> Outcome:
        """Keep an edition, unless a better one is there or it has nothing to tell."""
        degraded = made.edition.status == "degraded"
        if made_before and degraded and waiting(made.edition) >= waiting(made_before):
            self.tell_failed(made.edition.coverage)
            return self.send(made_before, made=False)
        if not self.news(made.edition):
            self.tell_failed(made.edition.coverage)
            return self.nothing(slot)
        with self.newsroom.engine.begin() as db:
            editions.finish(db, made.edition, made.stories, made.reports)
        return self.send(made.edition, made=True)

    # --- which edition ----------------------------------------------------------------

    def due(self, last: Edition | None) -> tuple[Slot, Edition | None]:
        """The edition of now, opened in the store, and that edition where it is made already."""
        settings, moment = self.newsroom.settings, self.newsroom.now
        frame = window(moment, settings.schedule)
        identity, start = frame.id, frame.start
        with self.newsroom.engine.begin() as db:
            if self.options.aside:
                identity = PREVIEW
                editions.drop(db, PREVIEW)
            elif not settings.schedule.times and (broken := editions.find_unfinished(db)):
                identity, start = broken
            elif self.options.extra:
                identity = free(db, identity)
            elif last is not None and start < last.window <= moment:
                identity, start = last.id, last.window  # made by hand since this window opened
            made_before = editions.edition_of(db, identity)
            if last is not None and made_before is None and moment < last.window:
                self.allow_earlier(last)
            editions.sweep(db, keep=identity)
            status: editions.Status = "preview" if self.options.aside else "started"
            editions.start(db, identity, start, moment, status)
            if self.options.since is not None:
                base, later = editions.split_at(db, self.options.since)
                return Slot(identity, start, base, later), made_before
            past = editions.past(db, before=identity, limit=1)
        return Slot(identity, start, past[0].id if past else ""), made_before

    def allow_earlier(self, last: Edition) -> None:
        """Go on if the last edition is dated in the future, and say so; else raise `UsageError`.

        Then the clock was wrong when that was made, and nobody should wait until it comes.
        """
        if last.window <= self.newsroom.clock():
            raise UsageError(
                f"edition {last.id} is made already, and this one would be earlier",
                f"Leave --at out, or take that edition back with --forget {last.id}.",
            )
        self.newsroom.say(
            f"edition {last.id} is dated in the future: the clock was wrong when it was made, "
            f"or is now. This run goes on by the clock of now; --forget {last.id} takes that "
            "edition back."
        )

    # --- what becomes of it -------------------------------------------------------------

    def news(self, edition: Edition) -> bool:
        """Whether there is anything to tell; a scheduled edition also says that nothing is."""
        if self.newsroom.settings.schedule.times or not edition.previous:
            return True
        fresh = [one for s in (*edition.stories, *edition.singles) for one in s.articles]
        return any(one.arrival != "known" for one in fresh) or any(
            story.status != "quiet" for story in edition.stories
        )

    def tell_failed(self, coverage: Coverage) -> None:
        """Say which sources were not read in full: no edition is made that would."""
        for one in coverage.sources:
            if one.problems:
                line = f"not read in full: {one.name} ({join_texts(one.problems)})"
                self.newsroom.say(clean_line(line))

    def empty(self, slot: Slot, edition: Edition) -> NoArticlesError:
        """No article at all, and why: the first edition takes itself back."""
        with self.newsroom.engine.begin() as db:
            editions.drop(db, slot.id)
        coverage = edition.coverage
        reasons = [
            f"{one.name}: {join_texts(one.problems)}" for one in coverage.sources if one.problems
        ]
        reasons += [f"{one.source}: {one.detail or spell(one.reason)}" for one in coverage.left]
        days = many(self.newsroom.settings.digest.days, "day")
        found = any(one.found for one in coverage.sources)
        none = f"what they hold came more than {days} ago" if found else "they are empty"
        return NoArticlesError(
            f"No article in any source ({'; '.join(reasons[:3]) or none}).",
            "Put .txt, .md or .html files into the folder, or check the feeds in factcheck.toml.",
        )

    def nothing(self, slot: Slot) -> Outcome:
        """Take the edition back: nothing came since the last."""
        with self.newsroom.engine.begin() as db:
            last = editions.edition_of(db, slot.previous)
            if editions.edition_of(db, slot.id) is None:
                editions.drop(db, slot.id)
        remark = f"nothing new since edition {slot.previous}: no edition was made"
        return self.send(last, made=False, remark=remark)

    def send(self, edition: Edition | None, *, made: bool, remark: str = "") -> Outcome:
        """Publish the edition, if there is one, and deliver it to whoever has not got it."""
        if edition is None:
            return Outcome(None, made, self.site, remark=remark)
        self.publish(edition)
        hints = self.newsroom.hints if made else ()
        return Outcome(edition, made, self.site, self.deliver(edition), remark, hints)

    def deliver(self, edition: Edition) -> tuple[Delivery, ...]:
        """Deliver an edition; the ledger knows who has got it."""
        url = self.newsroom.settings.digest.site_url
        link = f"{url}/{edition_path(edition.id)}" if url else ""
        return deliver(
            edition.id,
            edition.made,
            show_guarded([edition], lambda some: mail(some[0], link), "writing the mail"),
            show_guarded([edition], lambda some: message(some[0], link), "writing the message"),
            self.newsroom.settings.delivery,
            DatabaseLedger(self.newsroom.engine, self.newsroom.clock),
            environ=self.environ,
            sleep=self.sleep,
            resend=self.options.resend,
        )

    def preview(self, made: Made) -> Outcome:
        """Write the pages beside those that are published, and keep nothing of the edition."""
        site = self.site / PREVIEW
        against = made.edition.previous
        told = f"what changed since edition {against}" if against else "all that there is"
        edition = made.edition
        if self.options.since is not None:
            edition = edition.model_copy(update={"title": f"{edition.title}: {told}"})
        try:
            self.write(edition, [], made.reports, site)
        finally:
            with self.newsroom.engine.begin() as db:
                editions.drop(db, PREVIEW)
        remark = f"a preview: nothing was sent or kept; {told}"
        return Outcome(edition, made=True, site=site, remark=remark)

    def publish(self, edition: Edition) -> None:
        """Write the pages of an edition, and of those before it where they are gone."""
        anew = not (self.site / "index.html").exists()
        with self.newsroom.engine.connect() as db:
            past = editions.past(db, before=edition.id, entries=None if anew else LENGTH)
            found = [edition, *past]
            for place in reversed(range(len(found) if anew else 1)):
                reports = editions.reports_of(db, found[place].id)
                self.write(found[place], found[place + 1 :], reports, self.site)

    def write(
        self,
        edition: Edition,
        past: Sequence[Edition],
        reports: Sequence[StoredReport],
        site: Path,
    ) -> None:
        """Write the pages of one edition, given those before it, newest first."""
        stories = tuple(
            story.model_copy(update={"history": history(story.id, past)})
            for story in edition.stories
        )
        full = edition.model_copy(update={"stories": stories})
        zone = zone_of(edition)
        shown = {f"s{one.story}": in_zone(one.report, zone) for one in reports}
        url = self.newsroom.settings.digest.site_url
        write_documents(documents(full, past, shown, site_url=url), site)


def ways_to_a_model(settings: Settings, found: Sequence[Server]) -> tuple[str, ...]:
    """How the next edition gets its fact-check; none where a model is set up."""
    if is_configured(settings.model):
        return ()
    name = settings.model.name or "MODEL"
    key = (
        f"For a fact-check in the next edition, set {settings.model.api_key_env} to a key, or "
        "name a server of your own under [model] in factcheck.toml."
    )
    offers = (
        f"{one.name} answers on this machine and has not been used: under [model], set "
        f'base_url = "{one.base_url}" and name = "{one.model or name}".'
        for one in found
    )
    return (key, *offers)


def free(db: Connection, identity: str) -> str:
    """The first of `id`, `id-2`, `id-3`… that no finished edition has."""
    names = (identity if n == 1 else f"{identity}-{n}" for n in count(1))
    return next(name for name in names if editions.edition_of(db, name) is None)


def waiting(edition: Edition) -> int:
    """How many articles wait for their fact-check."""
    return sum(not a.checked for story in edition.stories for a in story.articles)
