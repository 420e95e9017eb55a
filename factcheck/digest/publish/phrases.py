"""The wording of the digest: short calm phrases for an edition or a part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import islice
from types import MappingProxyType

from factcheck.digest.models import (
    ArticleLine,
    Change,
    ChangeKind,
    Edition,
    OneVoice,
    StoryEdition,
    StoryStatus,
)
from factcheck.digest.zones import zone_of
from factcheck.language.visible import shorten
from factcheck.report.audit import cost
from factcheck.report.words import join_items, join_texts, many, text_of, texts

KINDS: Mapping[ChangeKind, tuple[str, str]] = MappingProxyType(
    {
        "disputed": ("Now disputed", "newly disputed"),
        "contested": ("Contested", "contested question{s}"),
        "corrected": ("Correction", "correction{s}"),
        "moved": ("Value moved", "value{s} moved"),
        "verified": ("Newly verified", "newly verified"),
        "weakened": ("No longer verified", "no longer verified"),
        "settled": ("No longer disputed", "no longer disputed"),
        "updated": ("Updated", "updated"),
        "edited": ("Article edited", "article{s} edited"),
        "slip": ("Check before printing", "detail{s} to check"),
        "new": ("New", "new finding{s}"),
        "carried": ("In more outlets", "in more outlets"),
        "gone": ("No longer reported", "no longer reported"),
    }
)
"""What a change of each kind is called, and how many there are in words."""
STATUS: Mapping[StoryStatus, str] = MappingProxyType(
    {
        "new": "New story",
        "developing": "Developing",
        "quiet": "Quiet",
        "ended": "Ended",
        "merged": "Merged",
    }
)
LOOKS = MappingProxyType(
    {
        "shared": "Similar sentences",
        "number": "Numbers to compare",
        "denial": "A denial or rejection",
    }
)
PAST_ENGINES = MappingProxyType(
    {
        "model": "",
        "reading": "side-by-side reading, no fact-check",
        "none": "not compared yet",
    }
)
LEGEND = "The headings sum up; the model wrote those of findings. What is quoted is verbatim."
READING = "No fact-check was made: stories stand side by side, and nothing is judged."
PROBLEMS = NOTES = 3
"""How many sources and notes a notice names; the rest stands further down."""


def stamp(when: datetime, zone: tzinfo) -> str:
    """A time in full: "Sunday 22 November 2026, 07:00"."""
    local = when.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def format_dated(when: datetime, zone: tzinfo, near: datetime) -> str:
    """A time with its day, and with its year where that is another than that of `near`."""
    local, now = when.astimezone(zone), near.astimezone(zone)
    year = "" if local.year == now.year else f" {local.year}"
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def short_time(edition: Edition) -> str:
    """The window of an edition, as in "22 Nov 07:00"."""
    return format_dated(edition.window, zone_of(edition), edition.window)


def edited_singles(edition: Edition) -> tuple[StoryEdition, ...]:
    """The single articles of which a change is told."""
    return tuple(one for one in edition.singles if one.changes)


def fresh_singles(edition: Edition) -> int:
    """How many articles that stand alone this edition brings, or tells something of."""
    singles = edition.singles
    return sum(bool(s.changes) or line.arrival != "known" for s in singles for line in s.articles)


def calls(edition: Edition) -> int:
    """The number of calls to make, on the first pages of the stories that changed."""
    return sum(len(one.first_page.calls) for one in edition.changed if one.first_page)


def is_unjudged(edition: Edition) -> bool:
    """Whether there are stories and no model to check them."""
    return edition.engine == "reading" and bool(edition.stories)


def quiet(edition: Edition) -> bool:
    """Whether an edition has nothing to tell."""
    return not edition.changed and not fresh_singles(edition)


def notes(edition: Edition) -> tuple[str, ...]:
    """The notes of an edition that no notice tells."""
    return texts(edition.notes[NOTES if edition.status == "degraded" else 0 :])


def lacks(edition: Edition) -> str:
    """What an edition lacks, in a word or two."""
    if is_unjudged(edition):
        return "no fact-check"
    return "incomplete" if edition.status == "degraded" else ""


def headline(edition: Edition) -> str:
    """What changed, in one line: "3 stories changed, 1 of them new, 2 quiet".

    Where no story did, the single articles that came in are what there is to tell.
    """
    tally = Counter(one.status for one in edition.stories)
    new, total = tally["new"], tally["new"] + tally["developing"]
    rest = [(tally[key], key) for key in ("quiet", "ended") if tally[key]]
    others = [f"{number} {key}" for number, key in rest]
    if total and total == new:
        return ", ".join([many(new, "new story", "new stories"), *others])
    if total:
        mixed = [f"{new} of them new"] if new else []
        return ", ".join([f"{many(total, 'story', 'stories')} changed", *mixed, *others])
    # The first of the others says of what there are so many.
    named = [f"{many(n, 'story', 'stories')} {key}" for n, key in rest[:1]] + others[1:]
    if single := fresh_singles(edition):
        apart = "" if single == 1 else ", each about something else"
        return many(single, "single article") + (f"; {', '.join(named)}" if rest else apart)
    if rest:
        return f"Nothing changed; {', '.join(named)}"
    return "Nothing changed" if edition.previous else "No stories yet"


def arrivals(edition: Edition) -> str:
    """What came in: "9 new articles and 1 edited, from 7 outlets"."""
    lines = [line for one in edition.all_stories for line in one.articles]
    tally = Counter(line.arrival for line in lines)
    outlets = {line.outlet for line in lines if line.arrival != "known"}
    if not outlets:
        return "No new articles"
    new, edited = tally["new"], tally["edited"]
    parts = [many(new, "new article")] if new else []
    if edited:
        parts.append(f"{edited} edited" if new else many(edited, "edited article"))
    return f"{join_items(parts)}, from {many(len(outlets), 'outlet')}"


def articles(story: StoryEdition) -> str:
    """The articles of a story: "7 articles from 5 outlets, 3 new".

    In a story with a fact-check, those that it does not cover yet are counted.
    """
    lines = story.articles
    tally = Counter(line.arrival for line in lines)
    outlets = many(len({line.outlet for line in lines}), "outlet")
    parts = [f"{many(len(lines), 'article')} from {outlets}"]
    parts += [f"{tally[key]} {key}" for key in ("new", "edited") if tally[key]]
    waiting = sum(not line.checked for line in lines) if story.engine == "model" else 0
    if waiting:
        parts.append(f"{waiting} not yet fact-checked")
    return ", ".join(parts)


def detail(change: Change) -> str:
    """What happened, where that is not the text again."""
    told = text_of(change.detail)
    return told if told != change.text else ""


def list_changes(story: StoryEdition) -> list[Listed]:
    """The changes of a story in order, each with its anchor."""
    return [(f"{story.id}-c{place}", one) for place, one in enumerate(story.changes, start=1)]


def earlier_values(story: StoryEdition) -> list[Listed]:
    """Each thing that moved in an earlier edition and not in this one, in its latest state.

    A finding keeps its id over editions; where there is none, its wording has to do.
    """
    seen = {one.finding or one.text for one in story.changes if one.kind == "moved"}
    found: list[Listed] = []
    for change in (change for past in story.history for change in past.changes):
        key = change.finding or change.text
        if change.kind == "moved" and key not in seen:
            seen.add(key)
            steps = tuple(one.model_copy(update={"new": False}) for one in change.steps)
            known = change.model_copy(update={"steps": steps})
            found.append((f"value-{len(seen)}", known))
    return found


def voices(story: StoryEdition) -> list[OneVoice]:
    """What rests on one voice; what stands on the first page stands there alone."""
    first = story.first_page
    shown = {ref for one in first.alone for ref in one.refs} if first else set()
    return [one for one in story.one_voice if one.finding not in shown]


def singles(edition: Edition) -> list[ArticleLine]:
    """The single articles, those that this edition brings first, then by outlet."""
    lines = [one for story in edition.singles for one in story.articles]
    return sorted(lines, key=lambda one: (one.arrival == "known", one.outlet))


def count_changes(changes: Sequence[Change]) -> str:
    """The changes of a story: "2 newly verified, 1 correction"."""
    tally = Counter(one.kind for one in changes)
    return ", ".join(
        f"{tally[kind]} {noun.format(s='s' if tally[kind] > 1 else '')}"
        for kind, (_, noun) in KINDS.items()
        if tally[kind]
    )


def format_carried(one: OneVoice) -> str:
    """Which outlets carry a finding on one origin."""
    if one.outlets == (one.origin,):
        return "in its own voice"
    return f"carried by {join_items(one.outlets)}" if one.outlets else ""


def summary(edition: Edition) -> str:
    """The edition in the index of editions."""
    if not edition.leads:
        return headline(edition)
    # The label first: a disputed finding alone would read like a fact.
    lead = edition.leads[0]
    return f"{headline(edition)}; lead: {KINDS[lead.kind][0].lower()}: {lead.text}"


def notices(edition: Edition) -> tuple[str, ...]:
    """What is missing, and why: what an editor must know before reading on."""
    lines = [READING] if is_unjudged(edition) else []
    if edition.status == "degraded":
        titles = (s.title for s in edition.stories if not all(a.checked for a in s.articles))
        what = join_items(islice(titles, PROBLEMS)) or "a story"
        missing = f"The fact-check is missing or not up to date for {what}."
        why = " ".join(texts(edition.notes[:NOTES])) or missing
        lines.append(f"This edition is incomplete. {why[:1].upper()}{why[1:]}")
    failed = [one for one in edition.coverage.sources if one.problems]
    if len(failed) > PROBLEMS:
        lines.append(f"{len(failed)} sources could not be read in full; see the coverage.")
    elif failed:
        named = (
            f"{shorten(one.name, 60)} ({shorten(join_texts(one.problems), 100)})" for one in failed
        )
        lines.append(f"Not read in full: {join_items(named)}.")
    return tuple(lines)


Listed = tuple[str, Change]
"""A change with the anchor that it has on a page."""


def label(change: Change) -> str:
    """What kind of change it is; nothing is new of a story that is told for the first time."""
    if change.kind == "verified" and change.before is None:
        return "Verified"
    return KINDS[change.kind][0]


def method(edition: Edition, zone: tzinfo) -> tuple[str, ...]:
    """By which means the edition was made, when, and what it cost."""
    calls = many(sum(one.calls for one in edition.use), "call")
    kept = many(sum(one.cached for one in edition.use), "answer")
    how = {
        "model": f"Read by the model {edition.model or '(not named)'}, judged by fixed rules: "
        f"{calls}, {kept} from earlier runs, cost {cost(edition.cost)}.",
        "reading": "Made without a language model: sentences side by side, by their words alone.",
        "none": "No story has two articles, so nothing was compared.",
    }[edition.engine if edition.stories else "none"]
    times = f"Edition of {stamp(edition.window, zone)}, made {stamp(edition.made, zone)}"
    return (how, f"{times} ({zone}).")
