"""Stories: the articles of the window in, which are about one event out, with lasting ids.

Pairs are scored once, when the later article comes, and kept; every edition groups the
window anew from them. An older article stays with its story as long as that goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from factcheck.boundary import exclude_failed, leave_out_failing
from factcheck.digest.grouping import Item, Link, cluster, follow, links
from factcheck.digest.newsroom import Slot
from factcheck.digest.store import editions, inbox
from factcheck.digest.store.inbox import Held
from factcheck.models import Article, Excluded, Remark


@dataclass(frozen=True)
class Stories:
    """The stories of an edition by number, each with the ids of its articles.

    `merged` leads from a story that is no more to the one it went into, `split` from a new
    story to the one that it came out of; `ended` are those with no article in the window,
    `parted` articles that went from a story to another one, by the story that they left.
    `names` are those that a model gave, "" for none.
    """

    members: Mapping[int, tuple[int, ...]]
    merged: Mapping[int, int]
    split: Mapping[int, int]
    ended: frozenset[int]
    parted: Mapping[int, Sequence[int]]
    names: Mapping[int, str] = field(default_factory=dict)

    def find_kin(self, story: int) -> tuple[int, ...]:
        """The stories that one came out of, or that were merged into it."""
        origin = (self.split[story],) if story in self.split else ()
        return (*origin, *(old for old, into in self.merged.items() if into == story))


Groups = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class SortedOut:
    """The groups that become stories, with the names that a model gave to some.

    `note` tells readers what a model was asked for and did not give, `cause` whoever runs the
    program why.
    """

    groups: Groups
    names: Mapping[frozenset[str], str] = field(default_factory=dict)
    note: Remark | None = None
    cause: str = ""


@dataclass(frozen=True)
class ArticleWindow:
    """The articles of the last days by id, and the groups that code makes of them.

    Groups and links hold the ids as text. `before` are the stories of the edition that this one
    is told against, `latest` those of the last one, each with those that it had no more but that
    articles of the window were last in; `lost` leads from such a one of `before` to the last
    edition that had it. `left` are articles that the program fails on: no story is told with them.
    """

    texts: Mapping[int, Held]
    links: tuple[Link, ...]
    groups: Groups
    before: Mapping[int, Sequence[int]]
    latest: Mapping[int, Sequence[int]]
    left: Mapping[int, Excluded]
    lost: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def homes(self) -> dict[str, int]:
        """The story of `latest` that each article is in."""
        return {str(i): story for story, several in self.latest.items() for i in several}


def read_window(db: Connection, slot: Slot, oldest: datetime, now: datetime) -> ArticleWindow:
    """Group the articles that came since `oldest`; keeps the scores of new pairs."""
    found, left = inbox.load_held(db, inbox.list_window(db, oldest, now), slot.id, {*slot.later})
    texts = {one.id: one for one in found}
    scored, seen = inbox.load_links(db, texts)
    stale = {i for i in texts if seen.get(i) != texts[i].article.id}
    scores, failing = leave_out_failing([*texts], lambda some: score_links(texts, some, stale))
    for i, error in failing:
        left[i] = exclude_failed(texts.pop(i).article.source, error, "comparing")
    pairs = [(int(one.a), int(one.b), one.score) for one in scores]
    inbox.replace_links(db, {i: one.article.id for i, one in texts.items() if i in stale}, pairs)
    rescored = stale | {*left}
    kept = [(a, b, score) for a, b, score in scored if not {a, b} & rescored]
    every = tuple(Link(str(a), str(b), score) for a, b, score in (*kept, *pairs))
    before, lost = read_stories(db, slot.previous, texts)
    latest = read_stories(db, slot.later[-1], texts)[0] if slot.later else before
    groups = cluster([str(i) for i in texts], every)
    return ArticleWindow(texts, every, groups, before, latest, left, lost)


def read_stories(
    db: Connection, edition: str, articles: Iterable[int]
) -> tuple[dict[int, Sequence[int]], dict[int, str]]:
    """The stories of an edition, with those that it has no more and some articles were last in.

    Second comes, for each of these, the last edition that had it. A clock that was wrong ends
    stories too early, `digest.days` may grow, an article may be edited late.
    """
    if not edition:
        return {}, {}
    known = editions.members(db, edition)
    back, lost = editions.find_lost(db, edition, known, articles)
    return {**known, **back}, lost


def group_stories(
    db: Connection, edition: str, window: ArticleWindow, sorted_out: SortedOut
) -> Stories:
    """The groups as stories that go on with those of the last edition."""
    # An edition that is made again goes on with the ids that it gave.
    ids_so_far = editions.members(db, edition) or window.latest
    known = {story: frozenset(map(str, several)) for story, several in ids_so_far.items()}
    numbered = follow(sorted_out.groups, known, editions.last_number(db) + 1)
    members = {story: {*map(int, group)} for story, group in numbered.items()}
    names = {story: sorted_out.names.get(group, "") for story, group in numbered.items()}
    stories = follow_stories(members, window.before, window.texts.keys())
    return replace(stories, names=names)


def score_links(
    texts: Mapping[int, Held], some: Sequence[int], stale: Container[int]
) -> Sequence[Link]:
    """The links that those of some articles have whose latest text is not scored yet."""
    items = {i: item(i, texts[i].article) for i in some}
    fresh = [one for i, one in items.items() if i in stale]
    return links(fresh, [one for i, one in items.items() if i not in stale])


def follow_stories(
    members: Mapping[int, set[int]],
    before: Mapping[int, Sequence[int]],
    window: Container[int],
) -> Stories:
    """Match the stories of the previous edition with `members`, the current ones."""
    homes = {article: story for story, several in members.items() for article in several}
    origins = {article: story for story, several in before.items() for article in several}
    whole = {story: {*several} for story, several in members.items()}
    merged: dict[int, int] = {}
    ended: set[int] = set()
    parted: dict[int, list[int]] = {}
    for story, several in before.items():
        went = Counter(homes[article] for article in several if article in homes)
        into = story if story in members else max(went, key=went.__getitem__, default=None)
        if into is None:
            ended.add(story)
            continue
        if into != story:
            merged[story] = into
        # What left the window stays with its story.
        whole[into] |= {article for article in several if article not in window}
        if gone := [a for a in several if homes.get(a, into) != into]:
            parted[story] = gone
    split = {
        story: origins[article]
        for story, several in members.items()
        if story not in before
        for article in sorted(several)
        if article in origins and origins[article] not in merged
    }
    members_of = {story: tuple(sorted(several)) for story, several in sorted(whole.items())}
    return Stories(members_of, merged, split, frozenset(ended), parted)


def item(identity: int, article: Article) -> Item:
    """An article as grouping sees it."""
    return Item(
        key=str(identity),
        title=article.title,
        text=" ".join(s.text for s in article.sentences if s.kind != "caption"),
        published=article.published,
        language=article.language,
    )
