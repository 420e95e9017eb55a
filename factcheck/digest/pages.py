"""Write the pages of editions into the folder of the site, given what the store holds of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from factcheck.digest.models import Edition
from factcheck.digest.newsroom import Newsroom
from factcheck.digest.publish.feeds import LENGTH
from factcheck.digest.publish.parts import edition_path, report_path
from factcheck.digest.publish.site import make_documents, write_documents
from factcheck.digest.store.editions import list_past
from factcheck.digest.store.reports import StoredReport, reports_of
from factcheck.digest.telling import list_history
from factcheck.digest.zones import convert_zone, zone_of
from factcheck.errors import StoreError


def publish(edition: Edition, site: Path, newsroom: Newsroom) -> None:
    """Write the pages of an edition, and of those before it where they are gone."""
    anew = not (site / "index.html").exists()
    with newsroom.engine.connect() as db:
        past = list_past(db, before=edition.id, entries=None if anew else LENGTH)
        found = [edition, *past]
        for place in reversed(range(len(found))):
            if place == 0 or anew or is_broken_off(found[place], site):
                reports = reports_of(db, found[place].id)
                write(found[place], found[place + 1 :], reports, site, newsroom)


def is_broken_off(edition: Edition, site: Path) -> bool:
    """Whether a page of an earlier edition was never written, for a run ended before."""
    told = (s.id for s in edition.stories if edition.id in {s.report, s.reading})
    pages = (report_path(edition.id, story) for story in told)
    paths = (edition_path(edition.id), edition_path(edition.id, "json"), *pages)
    return not all((site / path).is_file() for path in paths)


def write(
    edition: Edition,
    past: Sequence[Edition],
    reports: Sequence[StoredReport[Any]],
    site: Path,
    newsroom: Newsroom,
) -> None:
    """Write the pages of one edition, given those before it, newest first."""
    stories = tuple(
        story.model_copy(update={"history": list_history(story.id, past)})
        for story in edition.stories
    )
    full = edition.model_copy(update={"stories": stories})
    shown = {f"s{one.story}": convert_zone(one.report, zone_of(edition)) for one in reports}
    url = newsroom.settings.digest.site_url
    write_documents(make_documents(full, past, shown, site_url=url), site)


def remove(identity: str, site: Path) -> None:
    """Remove the pages of an edition that is taken back; the next run writes all others anew."""
    for ending in ("html", "json"):
        (site / edition_path(identity, ending)).unlink(missing_ok=True)
    shutil.rmtree(site / edition_path(identity).removesuffix(".html"), ignore_errors=True)
    (site / "index.html").unlink(missing_ok=True)


def refuse_lost(site: Path) -> None:
    """Raise `StoreError` where there are pages of editions, and a store that knows of none.

    It was lost, or is another one: stories would be numbered anew, and their pages overwritten.
    """
    there = sorted(path.stem for path in site.glob("editions/*.json"))
    if there:
        raise StoreError(
            f"{site.name}/ holds editions that the store does not know, such as {there[-1]}",
            "Put the store back where digest.store names it, or from a backup; to begin anew, "
            "move that folder away or name another in digest.output.",
        )
