"""Put the edition together from told stories, coverage and use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from factcheck.digest.changes import LEADING, ORDER
from factcheck.digest.models import Change, Coverage, Edition, StoryEdition, to_number
from factcheck.digest.newsroom import EditionContext
from factcheck.digest.reporting import ReportedStory
from factcheck.digest.story_groups import Stories
from factcheck.digest.zones import zone_name
from factcheck.llm.prices import cost
from factcheck.models import Remark, StageUse
from factcheck.report.words import many

LEADS = 3
MERGED = "The same event as another story, where it goes on."
AS_NEW = (ORDER.index("verified"), False)
"""What the changes of a new story weigh, whatever they are."""


def assemble(
    context: EditionContext,
    before: Edition | None,
    stories: Stories,
    told: Collection[tuple[ReportedStory, StoryEdition]],
    singles: Sequence[StoryEdition],
    coverage: Coverage,
    note: Remark | None = None,
) -> Edition:
    """The edition: stories with news first, then quiet ones, then those that are over.

    `before` is the last one, `note` tells what of the grouping no model confirmed.
    """
    settings, budget = context.newsroom.settings, context.budget
    model = settings.model
    live = sorted((story for _, story in told), key=rank)
    use = sum_uses(budget.list_use() if budget else ())
    whole = all(one.whole for one, _ in told)
    return Edition(
        id=context.slot.id,
        title=settings.digest.title,
        window=context.slot.window,
        made=context.newsroom.now,
        timezone=zone_name(settings.schedule),
        previous=before.id if before else "",
        status="complete" if whole or budget is None else "degraded",
        engine="reading" if budget is None else "model",
        model=model.name if budget else "",
        leads=choose_leads((*live, *singles)),
        stories=(*live, *list_closed(before, stories, settings.digest.days)),
        singles=tuple(singles),
        coverage=coverage,
        use=use,
        cost=cost(model, use, context.newsroom.now) if budget else None,
        notes=tuple(filter(None, (budget.remark if budget else None, note))),
    )


def rank(story: StoryEdition) -> tuple[object, ...]:
    """Stories by their weightiest change, then by the articles that this edition brings.

    New ones by these articles alone, below what was corrected, disputed or moved: all is new there.
    """
    first = min((weight(change) for change in story.changes), default=(len(ORDER), True))
    first = AS_NEW if story.status == "new" else first
    news = sum(one.arrival != "known" for one in story.articles)
    return (story.status == "quiet", first, -news, -len(story.articles), story.id)


def weight(change: Change) -> tuple[int, bool]:
    """The sort key of a change: by kind in `ORDER`, then core findings before others."""
    return (ORDER.index(change.kind), not change.core)


def choose_leads(stories: Sequence[StoryEdition]) -> tuple[Change, ...]:
    """At most three changes: the first of each story that goes on, then their second ones.

    New stories after them, by breadth, and where nothing weighs more the first finding of each. One
    of the three goes to the widest new story of several outlets; an edit stands below all such.
    """
    wide = {story.id: len(story.articles) for story in stories}
    outlets = {story.id: len({one.outlet for one in story.articles}) for story in stories}
    known: list[tuple[int, Change]] = []
    fresh: list[tuple[int, Change]] = []
    for story in stories:
        able = [change for change in story.changes if change.core and change.kind in LEADING]
        new = story.status == "new"
        unread = story.engine == "reading" and outlets[story.id] > 1
        told = story.changes or ((announce(story, outlets[story.id]),) if unread else ())
        able = able or [change for change in told[:1] if change.core and new]
        (fresh if new else known).extend(enumerate(able[:LEADS]))
    known.sort(key=lambda one: (one[0], weight(one[1]), -wide[one[1].story]))
    fresh.sort(key=lambda one: (one[0], -wide[one[1].story], weight(one[1])))
    weighty = [change for _, change in known if change.kind != "edited"]
    edits = [change for _, change in known if change.kind == "edited"]
    broad = [change for _, change in fresh if outlets[change.story] > 1]
    narrow = [change for _, change in fresh if outlets[change.story] <= 1]
    first = weighty[: LEADS - 1], broad[:1], weighty[LEADS - 1 :], broad[1:]
    return tuple(chain(*first, edits, narrow))[:LEADS]


def announce(story: StoryEdition, outlets: int) -> Change:
    """A new story that no model read, as a change: its headline, and how many outlets tell it."""
    told = Remark(code="told-by", text=f"{many(outlets, 'outlet')} tell it.")
    return Change(kind="new", story=story.id, text=story.title, detail=told)


def list_closed(before: Edition | None, stories: Stories, days: int) -> list[StoryEdition]:
    """Stories of the last edition that are merged into others, or have ended."""
    found = []
    for story in before.stories if before else ():
        number = to_number(story.id)
        if story.status in {"ended", "merged"}:
            continue
        fate = {}
        if number in stories.merged:
            note = Remark(code="merged-into", text=MERGED)
            fate = {"status": "merged", "merged_into": f"s{stories.merged[number]}"}
        elif number in stories.ended:
            note = Remark(code="ended", text=f"No article for {days} days: the story is closed.")
            fate = {"status": "ended"}
        if fate:
            articles = tuple(one.model_copy(update={"arrival": "known"}) for one in story.articles)
            found.append(story.strip(articles=articles, notes=(note,), **fate))
    return found


def sum_uses(uses: Iterable[StageUse]) -> tuple[StageUse, ...]:
    """What each stage used over all stories."""
    total: dict[str, Counter[str]] = {}
    for one in uses:
        numbers = one.model_dump(exclude={"stage", "cost"})
        total.setdefault(one.stage, Counter()).update(numbers)
    return tuple(StageUse(stage=stage, **numbers) for stage, numbers in total.items())
