"""An edition, the editions before it and the reports of its stories in, a site folder out.

    index.html                        the latest edition, and the index of editions
    editions/<edition>.html, .json    each edition
    editions/<edition>/<story>.html   full reports, with their JSON
    stories/<story>.html              each story with its history
    feed.atom, feed.json

The folder grows: one call makes the documents of one edition, and makes the page of the
edition before anew, which gains its link to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from factcheck.digest.models import Edition, StoryEdition
from factcheck.digest.publish import feeds, pages, phrases
from factcheck.digest.publish.clean import cleaned
from factcheck.digest.publish.guarded import show_guarded
from factcheck.digest.publish.parts import Desk, edition_link, edition_path, report_path, story_path
from factcheck.errors import UsageError
from factcheck.models import Report
from factcheck.report import render
from factcheck.report import replace as put
from factcheck.report.markup import environment
from factcheck.report.view import Link
from factcheck.sidebyside.models import SideBySide

UP = "../"
PAGES = 2
"""Editions whose page is made: this one, and the one before for its link."""
LAST = ("index.html", "feed.atom", "feed.json")


def documents(
    edition: Edition,
    past: Sequence[Edition],
    reports: Mapping[str, Report | SideBySide],
    merged: Sequence[StoryEdition] = (),
    site_url: str = "",
) -> dict[str, str]:
    """The documents of an edition by their relative path.

    `past` are the editions that the site holds already, newest first, without this one:
    no other edition is linked. `reports` are those made for this edition, by story id.
    `merged` are stories that were merged into others, for a last version of their page.
    `site_url` is the public address of the folder, "" for none. A story on which a page
    fails is shown bare, see `guarded`.
    """
    editions = [edition, *(one for one in past if one.id != edition.id)]

    def show(some: Sequence[Edition]) -> dict[str, str]:
        return _documents(some[0], some[1:], reports, merged, site_url)

    made = _reports(edition, reports) | show_guarded(editions, show, "writing the pages")
    made[edition_path(edition.id, "json")] = edition.model_dump_json(by_alias=True, indent=2) + "\n"
    return {unquote(path): text for path, text in made.items()}


def _documents(
    edition: Edition,
    past: Sequence[Edition],
    reports: Mapping[str, Report | SideBySide],
    merged: Sequence[StoryEdition],
    site_url: str,
) -> dict[str, str]:
    known = {one.id: cleaned(one) for one in as_needed((edition, *past))}
    named = [*edition.stories, *merged]
    desk = Desk(
        edition=known[edition.id],
        zone=phrases.zone_of(edition),
        root=UP,
        known=known,
        pages=frozenset(_story_ids(known.values())) | {one.id for one in merged},
        lost=frozenset(
            (edition.id, one.id)
            for one in named
            if edition.id in {one.report, one.reading} and one.id not in reports
        ),
    )
    made = _stories(desk, {one.id: cleaned(one) for one in merged})
    made |= _editions(desk, known)
    made["feed.atom"] = feeds.atom(desk, site_url)
    made["feed.json"] = feeds.json_feed(desk, site_url)
    made["index.html"] = _index(desk)
    return made


def as_needed(editions: Iterable[Edition]) -> Iterator[Edition]:
    """Editions, newest first: whole what has a page to be made or is in the feeds, else bare."""
    entries = 0
    for place, one in enumerate(editions):
        yield one if place < PAGES or entries < feeds.LENGTH else bare(one)
        entries += len(phrases.changed(one))


def bare(edition: Edition) -> Edition:
    """An edition with no more of its stories than their names, fates and reports."""
    nothing = dict.fromkeys(("articles", "changes", "one_voice", "places", "notes"), ())
    stories = (s.model_copy(update={**nothing, "first_page": None}) for s in edition.stories)
    return edition.model_copy(update={"stories": tuple(stories)})


def write_documents(documents: Mapping[str, str], folder: Path) -> None:
    """Write documents into a folder, each at once, the index and the feeds last.

    So a reader never meets a link to a page that is still missing. Raises UsageError
    where the folder cannot be written to or a path would lead out of it.
    """
    last = [path for path in LAST if path in documents]
    try:
        for path in (*(one for one in documents if one not in LAST), *last):
            parts = PurePosixPath(path)
            if parts.is_absolute() or ".." in parts.parts:
                raise UsageError(f"{path} leads out of the site folder", "Name stories plainly.")
            target = folder / parts
            target.parent.mkdir(parents=True, exist_ok=True)
            put(target, documents[path])
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder}: {error.strerror}", "Choose another site folder."
        ) from error


def _story_ids(editions: Iterable[Edition]) -> Iterator[str]:
    for edition in editions:
        yield from (one.id for one in edition.stories)


def _reports(edition: Edition, reports: Mapping[str, Report | SideBySide]) -> dict[str, str]:
    """The full reports, as pages and as data."""
    made = {}
    for ident, report in reports.items():
        made[report_path(edition.id, ident)] = render(report, "html")
        made[report_path(edition.id, ident, "json")] = render(report, "json")
    return made


def _stories(desk: Desk, merged: Mapping[str, StoryEdition]) -> dict[str, str]:
    """The pages of the stories of this edition, and of those that were merged."""
    stories = {one.id: one for one in desk.edition.stories} | dict(merged)
    return {
        story_path(ident): _page("story", pages.story_page(desk, story))
        for ident, story in stories.items()
    }


def _editions(desk: Desk, known: Mapping[str, Edition]) -> dict[str, str]:
    """The page of this edition, and that of the one before with its link to this one."""
    ident, *older = known
    made = {edition_path(ident): _page("edition", pages.edition_page(desk, _newest(desk, older)))}
    if older:
        last = known[older[0]]
        back = replace(
            desk,
            edition=last,
            zone=phrases.zone_of(last),
            known={one: known[one] for one in older},
        )
        following = edition_link(replace(back, known=known), ident)
        page = pages.edition_page(back, _newest(back, older[1:]), following)
        made[edition_path(last.id)] = _page("edition", page)
    return made


def _newest(desk: Desk, ids: Sequence[str]) -> Link:
    return edition_link(desk, ids[0]) if ids else Link("")


def _index(desk: Desk) -> str:
    """The front page."""
    front = replace(desk, root="")
    page = pages.edition_page(front, _newest(front, list(desk.known)[1:]))
    return _page("edition", replace(page, editions=pages.index(front)))


def _page(template: str, page: Any) -> str:
    return environment().get_template(f"digest/{template}.html.j2").render(page=page)
