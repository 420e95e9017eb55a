"""Put the edition together from told stories, coverage and use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from factcheck.digest.budget import Budget
from factcheck.digest.changes import ORDER
from factcheck.digest.models import Change, Coverage, Edition, SourceLine, StoryEdition
from factcheck.digest.reporting import Told
from factcheck.digest.story_groups import Stories
from factcheck.llm.prices import cost
from factcheck.models import Excluded, Remark, StageUse
from factcheck.settings.loader import Settings

LEADS = 3
LEADING = ORDER[: ORDER.index("slip")]


@dataclass(frozen=True)
class Material:
    """All that an edition is made of; `before` is the last one, `note` how stories were grouped."""

    settings: Settings
    id: str
    window: datetime
    now: datetime
    before: Edition | None
    stories: Stories
    told: Mapping[int, tuple[Told, StoryEdition]]
    singles: Sequence[StoryEdition]
    lines: tuple[SourceLine, ...]
    left: tuple[Excluded, ...]
    budget: Budget | None
    note: Remark | None = None


def assembled(material: Material) -> Edition:
    """The edition: stories with news first, then quiet ones, then those that are over."""
    settings, budget = material.settings, material.budget
    stories = sorted((story for _, story in material.told.values()), key=rank)
    use = summed(one for client in (budget.clients if budget else ()) for one in client.use())
    whole = all(told.whole for told, _ in material.told.values())
    return Edition(
        id=material.id,
        title=settings.digest.title,
        window=material.window,
        made=material.now,
        timezone=zone(settings),
        previous=material.before.id if material.before else "",
        status="complete" if whole or budget is None else "degraded",
        engine="reading" if budget is None else "model",
        model=settings.model.name if budget else "",
        leads=leads(stories),
        stories=(*stories, *over(material)),
        singles=tuple(material.singles),
        coverage=Coverage(sources=material.lines, left=material.left),
        use=use,
        cost=cost(settings.model.name, settings.model.base_url, use, material.now)
        if budget
        else None,
        notes=notes(material),
    )


def zone(settings: Settings) -> str:
    """The name of the time zone that people read times in."""
    if settings.schedule.timezone:
        return settings.schedule.timezone
    from tzlocal import get_localzone_name  # noqa: PLC0415 (start-up)

    return get_localzone_name() or "UTC"


def rank(story: StoryEdition) -> tuple[object, ...]:
    """Stories by their weightiest change, then by the articles that this edition brings."""
    first = min((weight(change) for change in story.changes), default=(len(ORDER), True))
    news = sum(one.arrival != "known" for one in story.articles)
    return (story.status == "quiet", first, -news, -len(story.articles), story.id)


def weight(change: Change) -> tuple[int, bool]:
    """What an editor must look at first stands first, core before the rest."""
    return (ORDER.index(change.kind), not change.core)


def leads(stories: Sequence[StoryEdition]) -> tuple[Change, ...]:
    """At most three changes of all stories, at most two of one while others have any.

    Where nothing weighs more, the first finding of each new story.
    """
    wide = {story.id: len(story.articles) for story in stories}
    able = [c for story in stories for c in story.changes if c.kind in LEADING and c.core]
    if not able:
        able = [c for s in stories if s.status == "new" for c in s.changes[:1] if c.core]
    able.sort(key=lambda change: (weight(change), -wide[change.story]))
    chosen: list[Change] = []
    for most in (2, LEADS):
        for change in able:
            mine = sum(one.story == change.story for one in chosen)
            if change not in chosen and mine < most and len(chosen) < LEADS:
                chosen.append(change)
    return tuple(sorted(chosen, key=lambda change: (weight(change), -wide[change.story])))


def over(material: Material) -> list[StoryEdition]:
    """Stories of the last edition that are merged into others, or have ended."""
    found = []
    for story in material.before.stories if material.before else ():
        number = int(story.id[1:])
        if story.status in {"ended", "merged"}:
            continue
        known = {"changes": (), "first_page": None, "one_voice": (), "places": (), "history": ()}
        if number in material.stories.merged:
            into = f"s{material.stories.merged[number]}"
            text = "The same event as another story, where it goes on."
            note = Remark(code="merged-into", text=text)
            fate = {"status": "merged", "merged_into": into, "notes": (note,)}
        elif number in material.stories.ended:
            days = material.settings.digest.days
            note = Remark(code="ended", text=f"No article for {days} days: the story is closed.")
            fate = {"status": "ended", "notes": (note,)}
        else:
            continue
        articles = tuple(one.model_copy(update={"arrival": "known"}) for one in story.articles)
        found.append(story.model_copy(update={**known, **fate, "articles": articles}))
    return found


def summed(uses: Iterable[StageUse]) -> tuple[StageUse, ...]:
    """What each stage used over all stories."""
    total: dict[str, StageUse] = {}
    for one in uses:
        old = total.get(one.stage, StageUse(stage=one.stage))
        numbers = ("calls", "reasks", "cached", "input_tokens", "output_tokens")
        total[one.stage] = StageUse(
            stage=one.stage, **{name: getattr(old, name) + getattr(one, name) for name in numbers}
        )
    return tuple(total.values())


def notes(material: Material) -> tuple[Remark, ...]:
    """Why the model was given up, if it was, and what of the grouping it did not confirm."""
    closed = material.budget.closed if material.budget else None
    return tuple(note for note in (closed, material.note) if note is not None)
