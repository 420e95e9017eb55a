"""Keep what the sources brought: which article a text belongs to, and whether it is an edit.

An article is known by its address or its place in a folder, and by every other key that it came
with: where its address led, what its page calls its own, its number in a feed. It is read from
one source; what another one brings of it is no edit, nor is its page after its text in a feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import Connection

from factcheck.articles.language import count_words
from factcheck.boundary import exclude_failed
from factcheck.digest.edits import NOTICE, compare_texts, is_fact_changed, is_opening, is_told
from factcheck.digest.grouping.links import links
from factcheck.digest.sources import Arrival, Delivered
from factcheck.digest.store import articles, inbox
from factcheck.digest.story_groups import item
from factcheck.fetch.articles import GUESSED
from factcheck.fetch.pages import SHORT
from factcheck.language.copies import containment
from factcheck.language.visible import clean_name
from factcheck.models import Article, Excluded
from factcheck.report.words import many

MOSTLY = 0.8
"""How much of the shorter text stands in the longer where headline and outlet alone tell."""
LIKE = 0.5
"""The same, where the addresses are those of one path."""
UNLIKE = 1 / 3
"""Below it, under another headline, a text is another article in the place of the first."""
APART = 0.05
"""The same for a text at an address, which few sites use twice."""

FOREIGN = 0.075
"""The same for the score of `links` on one day: that of one event was never below 0.08."""


def keep_arrivals(
    delivered: Sequence[Delivered], db: Connection, now: datetime, oldest: datetime
) -> list[Excluded]:
    """Keep the articles and what the servers said; articles that cannot be kept are returned."""
    arrivals = [(one.source, arrival) for one in delivered for arrival in one.arrivals]
    refused = [explain_unkept(arrival) for _, arrival in arrivals]
    able = leave_out_led([one for one, why in zip(arrivals, refused, strict=True) if not why])
    titled = articles.list_titled(db, oldest)
    keeper = Keeper(db, now, frozenset(one.source for one in delivered), titled)
    for key in (key for one in delivered for key in one.unchanged):
        keeper.expect(key)
    keeper.follow_files([arrival for _, arrival in able if arrival.place])
    for _, arrival in able:
        keeper.expect(arrival.key)
        keeper.name(keeper.find_id(arrival), arrival.also)
    able.sort(key=lambda one: keeper.comes_second(*one))
    left = [*refused, *(keeper.keep(source, arrival) for source, arrival in able)]
    keeper.note_gone(chain(*(one.gone.items() for one in delivered)))
    for one in delivered:
        inbox.keep_validators(db, one.validators, now)
    return [item for item in left if item is not None]


def leave_out_led(able: Sequence[tuple[str, Arrival]]) -> list[tuple[str, Arrival]]:
    """The arrivals of a run without those whose address leads to another one, read there.

    That one is known by their keys too, if it is the same article.
    """
    texts = {arrival.key: arrival.article.text_sha256 for _, arrival in able}
    led: dict[str, list[str]] = {}
    left: list[tuple[str, Arrival]] = []
    for source, arrival in able:
        same = [key for key in arrival.also if texts.get(key) == texts[arrival.key]]
        if place := next((key for key in same if key not in chain(*led.values())), ""):
            led.setdefault(place, []).append(arrival.key)
        else:
            left.append((source, arrival))
    return [(source, replace(one, also=(*one.also, *led.get(one.key, ())))) for source, one in left]


def explain_unkept(arrival: Arrival) -> Excluded | None:
    """Why an article cannot be written into the store; None where it can."""
    try:
        "".join((arrival.key, *arrival.also)).encode()
        arrival.article.model_dump_json()
    except ValueError as error:
        return exclude_failed(clean_name(arrival.article.source), error, "keeping")
    return None


@dataclass
class Keeper:
    """Keeps the texts that one run brings.

    `sources` are those that are set, `titled` the articles of the window by their headlines.
    `coming` are those that the run brings or found unchanged, `read` those that were kept or
    known, with their source, `kept` those with a text of this run; `seen` are texts by key. Those
    `taken_over` have left the source that they were read from for another one. `left` are keys
    whose article is in another file now.
    """

    db: Connection
    now: datetime
    sources: frozenset[str] = frozenset()
    titled: Mapping[str, Sequence[int]] = field(default_factory=dict)
    coming: set[int] = field(default_factory=set)
    read: set[tuple[int, str]] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    seen: dict[str, tuple[str, Article]] = field(default_factory=dict)
    taken_over: set[int] = field(default_factory=set)
    left: set[str] = field(default_factory=set)

    def expect(self, key: str) -> None:
        """Note before anything is kept what comes."""
        article_id = articles.find_id(self.db, key)
        if article_id is not None:
            self.coming.add(article_id)

    def follow_files(self, arrivals: Sequence[Arrival]) -> None:
        """Know articles by the files that they went to, where these held others before."""
        before = {one.key: articles.find_id(self.db, one.key) for one in arrivals}
        ids = [i for i in before.values() if i is not None]
        known = {i: text for i in ids if (text := self.read_text(i))}
        there = {(before[one.key], one.article.text_sha256) for one in arrivals}
        lost = {t.text_sha256: i for i, t in known.items() if (i, t.text_sha256) not in there}
        moved = {
            one.key: article_id
            for one in arrivals
            if before[one.key] in known
            and (article_id := lost.get(one.article.text_sha256)) is not None
            and is_same_outlet(known[article_id], one.article)
        }
        for key, article_id in moved.items():
            articles.keep_name(self.db, key, article_id)
        gone = {*moved.values()}
        self.left |= {key for key in before.keys() - moved.keys() if before[key] in gone}

    def comes_second(self, source: str, arrival: Arrival) -> bool:
        """Whether an arrival is of an article that another source owns, or that comes itself."""
        article_id = articles.find_id(self.db, arrival.key)
        if article_id is not None:
            return articles.find_owner(self.db, article_id) != source
        return not self.coming.isdisjoint(articles.find_id(self.db, key) for key in arrival.also)

    def name(self, article_id: int | None, keys: Iterable[str]) -> None:
        """Keep keys of an article, if it is known, that no other one has."""
        for key in keys:
            if article_id is not None and articles.find_id(self.db, key) is None:
                articles.keep_name(self.db, key, article_id)

    def keep(self, source: str, arrival: Arrival) -> Excluded | None:
        """Keep an article that came; returned is one that another one stands in the way of."""
        article = arrival.article
        source_before, before = self.seen.setdefault(arrival.key, (source, article))
        if before is not article:
            here = source_before == source
            if arrival.place and is_another(before, article, "file:" if here else arrival.key):
                return self.keep(source, Arrival(arrival.place, article))
            if here and before.text_sha256 != article.text_sha256:
                detail = f"{before.source} has the same address and is read instead"
                return Excluded(source=article.source, reason="duplicate", detail=detail)
        there, copied = self.find_id(arrival), articles.find_text(self.db, article)
        if there is None and copied in self.coming:
            return None  # a copy beside the article itself
        article_id = there or copied or self.find_moved(arrival)
        if article_id is None or (copied is None and self.is_apart(article_id, source, article)):
            article_id = articles.add_article(self.db, arrival.key, source)
        elif articles.find_id(self.db, arrival.key) is None:
            articles.move_article(self.db, article_id, arrival.key)
            if article_id not in self.coming:
                articles.set_owner(self.db, article_id, source)
                self.taken_over.add(article_id)
        if articles.find_id(self.db, arrival.key) != article_id:
            articles.keep_name(self.db, arrival.key, article_id)
        self.name(article_id, arrival.also)
        self.coming.add(article_id)
        if there or article_id != copied:  # else it moved word for word
            return self.keep_text(article_id, source, arrival)
        return None

    def note_gone(self, keys: Iterable[tuple[str, bool]]) -> None:
        """Note which articles are withdrawn: the server is sure, or does not find one twice.

        One that comes, under this address or another, is there.
        """
        articles.note_there(self.db, self.coming)
        lost: dict[int | None, bool] = {}
        for key, sure in keys:
            article_id = articles.find_id(self.db, key)
            lost[article_id] = sure or lost.get(article_id, False)
        for article_id, sure in lost.items():
            if article_id is not None and article_id not in self.coming:
                articles.note_gone(self.db, article_id, sure=sure)

    def is_apart(self, article_id: int, source: str, article: Article) -> bool:
        """Whether a source brings another text of an article of which it has brought one already.

        That is a copy in which only one was edited.
        """
        known = self.read_text(article_id) if (article_id, source) in self.read else None
        return known is not None and compare_texts(known, article).weight != "wording"

    def read_text(self, article_id: int | None) -> Article | None:
        """The latest text of an article; None for none, or one that is damaged."""
        latest = None if article_id is None else articles.load_latest(self.db, article_id)
        return articles.to_article(latest) if latest else None

    def find_id(self, arrival: Arrival) -> int | None:
        """The article of a key, unless another one stands in its place now.

        So it is soon at an address that leads to those of several, as of what is live now.
        """
        if arrival.key in self.left:
            return None
        article_id = articles.find_id(self.db, arrival.key)
        known = self.read_text(article_id)
        led = {articles.find_id(self.db, key) for key in arrival.also if key.startswith("http")}
        place = "file:" if led and article_id not in led else arrival.key
        if known is None or not is_another(known, arrival.article, place):
            return article_id
        return article_id if explain_less(known, arrival) else None

    def find_moved(self, arrival: Arrival) -> int | None:
        """The article that came under another key before; None for none.

        It has another of the keys, or is there nearly word for word under the same headline, at an
        address with another query or where it has not come itself.
        """
        article = arrival.article
        once = {articles.find_id(self.db, arrival.formerly)} - self.coming
        named = once | {articles.find_id(self.db, name) for name in arrival.also}
        beside = {*articles.list_same_path(self.db, arrival.key)}
        gone = {*self.titled.get(article.title, ())} - self.coming
        able = [*filter(None, named | beside | gone)]
        for article_id, known in articles.load_texts(self.db, able):
            least = UNLIKE if article_id in named else LIKE if article_id in beside else MOSTLY
            titled = known.title == article.title and is_of_one_day(known, article)
            if (
                (titled or article_id in named)
                and is_same_outlet(known, article)
                and containment(known.text, article.text) >= least
            ):
                return article_id
        return None

    def keep_text(self, article_id: int, source: str, arrival: Arrival) -> Excluded | None:
        """Keep a text of an article, unless it is what its source brought before.

        The first text of another source is no news while that is set that it is read from. Where
        a page shows no more than its beginning, or none of it, what was read before stands, and
        that is returned.
        """
        if (article_id, source) in self.read:
            return None
        self.read.add((article_id, source))
        article, owner = arrival.article, articles.find_owner(self.db, article_id)
        by = source + articles.AS_TEXT * arrival.as_text
        last = articles.list_brought(self.db, article_id)
        latest = articles.load_latest(self.db, article_id)
        known = articles.to_article(latest) if latest else None
        less = explain_less(known, arrival) if known else None
        if less is not None:
            return less if source == owner else None
        before = articles.load_brought(self.db, article_id, by)
        articles.set_brought(self.db, article_id, by, article, whole=source != owner)
        if latest is None:
            self.kept.add(article_id)
            articles.add_text(self.db, article_id, article, self.now)
            return None
        new = by not in last and article_id not in self.taken_over
        first = new and (source != owner or bool(last))
        other = first and source != owner and owner in self.sources
        known_texts = {latest.text_sha256, last.get(by)}
        instead = latest.text_sha256 == last.get(by + articles.AS_TEXT)
        back = instead and article.text_sha256 == last.get(by) != latest.text_sha256
        # Where the latest text came by another way, each is compared with its own.
        apart = (
            before if before and not first and before.text_sha256 != latest.text_sha256 else None
        )
        repeated = known and apart and is_told(compare_texts(apart, article), known)
        unchanged = article.text_sha256 in known_texts and not back
        if article_id in self.kept or other or unchanged or (repeated and source != owner):
            return None
        self.kept.add(article_id)
        if known is not None:
            article = fill_in(article, known)
        if first:
            articles.set_owner(self.db, article_id, source)
        plain = first and known is not None and not is_fact_changed(known, article)
        same = back or plain or repeated
        if apart and not same:
            articles.add_text(self.db, article_id, apart, self.now, latest.edition)
        articles.add_text(self.db, article_id, article, self.now, latest.edition if same else None)
        return None


def is_same_outlet(known: Article, article: Article) -> bool:
    """Whether two articles may be of one outlet; a name that was only guessed tells nothing."""
    guessed = GUESSED & {known.outlet_from, article.outlet_from}
    return bool(guessed) or known.outlet == article.outlet


def is_of_one_day(known: Article, article: Article) -> bool:
    """Whether two articles were published within a day, as far as that is known."""
    if known.published is None or article.published is None:
        return True
    return abs(known.published - article.published) < timedelta(days=1)


def is_another(known: Article, article: Article, key: str) -> bool:
    """Whether what stands in the place of an article is another one, and no edit of it.

    A file name is soon used again, an address rarely: there the time or the event has to be
    another as well.
    """
    if known.text_sha256 == article.text_sha256:
        return False
    in_file = key.startswith("file:")
    if in_file and not is_same_outlet(known, article):
        return True
    titled = bool(known.title) and known.title == article.title
    if titled or any(NOTICE.search(one.text) for one in article.sentences):
        return False
    apart = containment(known.text, article.text) < (UNLIKE if in_file else APART)
    return apart and (
        in_file or not is_of_one_day(known, article) or is_of_other_event(known, article)
    )


def is_of_other_event(known: Article, article: Article) -> bool:
    """Whether two articles, neither of them short, tell of different events.

    So a page that shows what is live now goes over to the next event. One that grew at its top
    and dropped its oldest entries goes on with the places and people of the first.
    """
    long = min(count_words(one.text) for one in (known, article)) >= SHORT
    found = links([item(0, article)], [item(1, known)]) if long else ()
    return long and all(link.score < FOREIGN for link in found)


def explain_less(known: Article, arrival: Arrival) -> Excluded | None:
    """What stands in the place of an article that was read whole; None where it still does.

    That is its beginning, or a short page under another headline, of no time of its own, with
    none of its words: an error, a wall, a page of the site.
    """
    article, at_address = arrival.article, arrival.key.startswith("http") and not arrival.place
    if not at_address or known.text_sha256 == article.text_sha256:
        return None
    if is_opening(known, article):
        lost = many(len(known.sentences) - len(article.sentences), "sentence")
        told = f"shortened: {lost} of it no longer shown; what was read before stands"
        return Excluded(source=known.source, reason="paywall", detail=told)
    if (
        article.title == known.title
        or article.published not in {None, known.published}
        or any(NOTICE.search(one.text) for one in article.sentences)
        or count_words(article.text) >= SHORT
        or containment(known.text, article.text) >= APART
    ):
        return None
    told = f"“{article.title}” stands in its place now: what was read before stands"
    return Excluded(source=known.source, reason="no-article", detail=told)


def fill_in(article: Article, known: Article) -> Article:
    """A later text of an article with what only the text before tells of it."""
    found: dict[str, object] = {
        "byline": article.byline or known.byline,
        "title": article.title or known.title,
        "url": article.url or known.url,
    }
    if article.outlet_from in GUESSED and known.outlet_from not in GUESSED:
        found |= {"outlet": known.outlet, "outlet_from": known.outlet_from}
    vague = article.published is None or article.published_precision == "day"
    if vague and known.published and is_of_one_day(known, article):
        found |= {
            name: getattr(known, name)
            for name in ("published", "published_precision", "zone_known")
        }
    if article.language == "und":
        found["language"] = known.language
    return article.model_copy(update=found)
