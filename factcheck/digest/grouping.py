"""Stories: the articles of the window in, which are about one event out, with lasting ids.

Pairs are scored once, when the later article comes, and kept; every edition groups the
window anew from them. An older article stays with its story as long as that goes on.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from factcheck.models import Article
from factcheck.store import editions, inbox
from factcheck.stories import Item, Link, cluster, follow, links


@dataclass(frozen=True)
class Stories:
    """The stories of an edition by number, each with the ids of its articles.

    `merged` leads from a story that is no more to the one it went into, `split` from a new
    story to the one that it came out of; `ended` are those with no article in the window,
    `parted` articles that went from a story to another one, by the story that they left.
    """

    members: Mapping[int, tuple[int, ...]]
    new: frozenset[int]
    merged: Mapping[int, int]
    split: Mapping[int, int]
    ended: Mapping[int, tuple[int, ...]]
    parted: Mapping[int, tuple[int, ...]]


def grouped(db: Connection, edition: str, previous: str, days: int, now: datetime) -> Stories:
    """Group the articles of the last `days` days; keeps the new scores and the memberships."""
    ids = inbox.in_window(db, now - timedelta(days=days))
    texts = {one.id: one for one in inbox.held(db, ids, edition)}
    scored = inbox.linked(db, texts)
    seen = inbox.scored(db)
    fresh = [i for i in texts if seen.get(i) != texts[i].article.id]
    known = [i for i in texts if i not in {*fresh}]
    found = links(
        [item(i, texts[i].article) for i in fresh], [item(i, texts[i].article) for i in known]
    )
    pairs = [(int(one.a), int(one.b), one.score) for one in found]
    inbox.link(db, fresh, pairs)
    inbox.mark_scored(db, {i: texts[i].article.id for i in fresh})
    stale = {*fresh}
    kept = [(a, b, score) for a, b, score in scored if not {a, b} & stale]
    clusters = cluster(
        [str(i) for i in texts],
        [Link(str(a), str(b), score) for a, b, score in (*kept, *pairs)],
    )
    stories = followed(db, clusters, texts.keys(), previous)
    editions.set_members(db, edition, stories.members)
    return stories


def followed(
    db: Connection, clusters: Sequence[frozenset[str]], window: Container[int], previous: str
) -> Stories:
    """The clusters under the ids of the stories of the edition before."""
    before = editions.members(db, previous) if previous else {}
    names = {f"s{story}": frozenset(map(str, several)) for story, several in before.items()}
    done = follow(clusters, names, editions.last_number(db) + 1)
    members = {number(s.id): {int(a) for a in s.articles} for s in done.stories}
    merged = {number(old): number(one.into) for one in done.merges for old in one.stories}
    split = {number(part): number(one.story) for one in done.splits for part in one.parts}
    ended = {}
    parted: dict[int, list[int]] = {}
    homes = {article: story for story, several in members.items() for article in several}
    for story, several in before.items():
        left = [article for article in several if article not in window]
        home = merged.get(story, story)
        for article in several:
            if homes.get(article, home) != home:
                parted.setdefault(story, []).append(article)
        if home in members:
            members[home] |= {*left}  # what left the window stays with its story
        elif len(left) == len(several):
            ended[story] = tuple(several)
    return Stories(
        members={story: tuple(sorted(several)) for story, several in sorted(members.items())},
        new=frozenset(map(number, done.new)),
        merged=merged,
        split=split,
        ended=ended,
        parted={story: tuple(some) for story, some in parted.items()},
    )


def number(story: str) -> int:
    """The number in an id such as `s12`."""
    return int(story.removeprefix("s"))


def item(identity: int, article: Article) -> Item:
    """An article as grouping sees it."""
    return Item(
        key=str(identity),
        title=article.title,
        text=" ".join(s.text for s in article.sentences if s.kind != "caption"),
        published=article.published,
        language=article.language,
    )
