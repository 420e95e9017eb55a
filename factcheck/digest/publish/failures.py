"""Confine a failure to its story: pages, mails and messages are made without its text.

It stays in the edition by its number; later editions are safe from it too, since those before
them are looked at in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from factcheck.boundary import leave_out_failing, log_failure
from factcheck.digest.models import Edition
from factcheck.models import Remark

Result = TypeVar("Result")
TITLE = "A story that could not be shown"
NOTE = Remark(
    code="not-shown", text="Showing it failed; the log says why, and the JSON holds its reports."
)


def show_guarded(
    editions: Sequence[Edition], show: Callable[[Sequence[Edition]], Result], doing: str
) -> Result:
    """What `show` makes of editions, with the stories that it fails on reduced to a note.

    Raises what `show` raises where no story is to blame.
    """
    stories = [(e.id, s.id) for e in editions for s in e.all_stories]
    result, failing = leave_out_failing(
        stories, lambda kept: show([_with_only(one, {*kept}) for one in editions])
    )
    for (edition, story), error in failing:
        log_failure(error, f"{doing}: story {story} of edition {edition}")
    return result


def _with_only(edition: Edition, kept: Collection[tuple[str, str]]) -> Edition:
    """The edition with all other stories bare; itself where none is."""
    out = {one.id for one in edition.all_stories if (edition.id, one.id) not in kept}
    if not out:
        return edition
    return edition.model_copy(
        update={
            "stories": tuple(
                s.strip(articles=(), title=TITLE, notes=(NOTE,)) if s.id in out else s
                for s in edition.stories
            ),
            "singles": tuple(s for s in edition.singles if s.id not in out),
            "leads": tuple(c for c in edition.leads if c.story not in out),
        }
    )
