"""The pages of an edition in the folder of the site, with the reports of its stories.

    index.html                        the latest edition, and the index of editions
    editions/<edition>.html, .json    each edition
    editions/<edition>/<story>.html   full reports, with their JSON
    stories/<story>.html              each story with its history
    feed.atom, feed.json

The folder grows: one call makes the documents of one edition, and makes the page of the
edition before anew, which gains its link to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from factcheck.digest.models import Edition
from factcheck.digest.publish import feeds, phrases
from factcheck.digest.publish.failures import show_guarded
from factcheck.digest.publish.parts import (
    NOWHERE,
    PageContext,
    edition_path,
    report_path,
    story_path,
)
from factcheck.errors import UsageError
from factcheck.files import write_files
from factcheck.models import Report
from factcheck.report import render
from factcheck.report.markup import environment
from factcheck.report.view import Link
from factcheck.sidebyside.models import SideBySide

UP = "../"
LAST = ("index.html", "feed.atom", "feed.json")


def make_documents(
    edition: Edition,
    past: Sequence[Edition],
    reports: Mapping[str, Report | SideBySide],
    site_url: str = "",
) -> dict[str, str]:
    """The documents of an edition by their relative path.

    `past` are the editions that the site holds already, newest first, without this one:
    no other edition is linked. `reports` are those made for this edition, by story id.
    `site_url` is the public address of the folder, "" for none. A story on which a page
    fails is shown bare, see `show_guarded`.
    """
    show = partial(_documents, reports=reports, site_url=site_url)
    made = show_guarded((edition, *past), show, "writing the pages")
    for ident, report in reports.items():
        made[report_path(edition.id, ident)] = render(report, "html")
        made[report_path(edition.id, ident, "json")] = render(report, "json")
    made[edition_path(edition.id, "json")] = edition.model_dump_json(by_alias=True, indent=2) + "\n"
    return made


def _documents(
    editions: Sequence[Edition], reports: Mapping[str, Report | SideBySide], site_url: str
) -> dict[str, str]:
    edition = editions[0]
    context = PageContext(
        edition=edition,
        root=UP,
        known={one.id: one for one in editions},
        pages=frozenset(story.id for one in editions for story in one.stories),
        lost=frozenset(
            (edition.id, one.id)
            for one in edition.stories
            if edition.id in {one.report, one.reading} and one.id not in reports
        ),
    )
    made = {story_path(one.id): _page("story", context, story=one) for one in edition.stories}
    made["index.html"] = _edition(replace(context, root=""), front=True)
    made[edition_path(edition.id)] = _edition(context)
    if len(editions) > 1:  # the edition before gains its link to this one
        before = replace(context, edition=editions[1])
        following = before.to_edition(edition.id)
        before = replace(before, known={one.id: one for one in editions[1:]})
        made[edition_path(editions[1].id)] = _edition(before, following)
    made["feed.atom"] = feeds.make_atom(context, site_url)
    made["feed.json"] = feeds.make_json_feed(context, site_url)
    return made


def write_documents(documents: Mapping[str, str], folder: Path) -> None:
    """Write documents that changed into a folder, all or none, the index and the feeds last.

    So a reader never meets a link to a page that is still missing. Raises UsageError
    where the folder cannot be written to or a path would lead out of it.
    """
    for path in documents:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise UsageError(f"{path} leads out of the site folder", "Name stories plainly.")
    pages = {folder / path: documents[path] for path in sorted(documents, key=LAST.count)}
    try:
        # Whoever copies the folder copies what is new.
        write_files(
            {
                path: text
                for path, text in pages.items()
                if not path.is_file() or path.read_bytes() != text.encode()
            }
        )
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder}: {error.strerror}", "Choose another site folder."
        ) from error


def _edition(context: PageContext, following: Link = NOWHERE, *, front: bool = False) -> str:
    """The page of an edition; `front` has the index of all."""
    context = replace(context, leads=context.edition.leads)
    _, *older = context.known
    previous = context.to_edition(older[0]) if older else NOWHERE
    return _page("edition", context, previous=previous, following=following, front=front)


def _page(template: str, context: PageContext, **values: object) -> str:
    made = environment().get_template(f"digest/{template}.html.j2")
    return made.render(context=context, edition=context.edition, phrases=phrases, **values)
