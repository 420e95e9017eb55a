"""Two editions of a developing story, from the recorded run (see cassettes/README.md).

What stands here is what an editor demands of the second edition, not the whole of it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pytest

from factcheck.config import DigestSettings, ModelSettings, Settings, SourceSettings
from factcheck.digest.models import Change, Edition, StoryEdition
from factcheck.digest.press import digest
from factcheck.recording import replay
from factcheck.schedule.windows import ScheduleSettings

ROOT = Path(__file__).parent.parent.parent
ARRIVALS = ROOT / "tests" / "stories" / "halvik"
MOMENTS = {
    "1-morning": datetime.fromisoformat("2026-09-14T07:00:00+02:00"),
    "2-evening": datetime.fromisoformat("2026-09-14T17:00:00+02:00"),
}


@cache
def editions() -> tuple[Edition, Edition, tuple[str, ...], dict[str, str]]:
    """Both editions, what of the recording was not played, and the pages at the end."""
    place = Path(mkdtemp())
    made = []
    try:
        with replay(ROOT / "cassettes" / "halvik.yaml") as recording:
            settings = Settings(
                model=recording.settings(ModelSettings()),
                digest=DigestSettings(sources=(SourceSettings(folder=Path("inbox")),)),
                schedule=ScheduleSettings(timezone="Europe/Oslo"),
            )
            for part, at in MOMENTS.items():
                shutil.copytree(ARRIVALS / part, place / "inbox", dirs_exist_ok=True)
                outcome = digest(settings, place, environ={}, say=lambda _: None, at=at)
                assert outcome.exit_code == 0
                assert outcome.edition is not None
                made.append(outcome.edition)
            pages = {
                path.relative_to(place / "digest").as_posix(): path.read_text(encoding="utf-8")
                for path in (place / "digest").rglob("*.*")
            }
            return made[0], made[1], tuple(recording.unplayed()), pages
    finally:
        shutil.rmtree(place)


@pytest.fixture
def story() -> StoryEdition:
    """The story in the second edition."""
    return editions()[1].stories[0]


def find(story: StoryEdition, kind: str, *words: str) -> Change:
    """The one change of a kind whose text holds these words."""
    [found] = [
        change
        for change in story.changes
        if change.kind == kind and all(word in change.text for word in words)
    ]
    return found


def test_the_recording_is_played_whole() -> None:
    assert editions()[2] == ()


def test_the_second_edition_asks_about_the_news_alone() -> None:
    first, second = ({use.stage: use.calls for use in one.use} for one in editions()[:2])
    assert first == {"extract": 4, "merge": 1, "crosscheck": 4}
    # Three new articles and an edited one; every article about what it was not asked before.
    assert second == {"extract": 4, "merge": 1, "crosscheck": 7}


def test_other_events_stay_apart_also_a_fire_near_by() -> None:
    singles = [line.title for single in editions()[1].singles for line in single.articles]
    assert sorted(singles) == [
        "Barn burns down near Tolne",
        "Ferry fares on the outer islands to rise in January",
        "Herring quota to fall by a tenth next year",
    ]
    assert len(editions()[1].stories) == 1


def test_the_tolls_move_with_each_step_in_order(story: StoryEdition) -> None:
    dead = find(story, "moved", "killed")
    values = [step.value for step in dead.steps]
    assert [next(n for n in ("12", "14", "17") if n in value) for value in values] == [
        "12",
        "12",
        "14",
        "17",
        "17",
    ]
    assert all(a.told <= b.told for a, b in pairwise(dead.steps) if a.told and b.told)
    assert [step.new for step in dead.steps] == [False, False, False, True, True]
    hurt = find(story, "moved", "injured")
    assert ["40" in hurt.steps[0].value, "46" in hurt.steps[-1].value] == [True, True]


def test_what_stood_on_the_owners_word_is_verified_by_the_register(story: StoryEdition) -> None:
    stored = find(story, "verified", "800 tonnes")
    assert stored.before == "single-source"
    assert {quote.outlet for quote in stored.quotes} == {"North Coast Agency", "Coast Telegraph"}


def test_what_another_source_confirms_of_the_correction_is_told(story: StoryEdition) -> None:
    inspected = find(story, "verified", "2021")
    assert "Daily Ledger and labour inspectorate" in inspected.detail


def test_the_last_toll_names_all_who_give_it(story: StoryEdition) -> None:
    assert find(story, "moved", "killed").detail == (
        "Latest: 17 people killed (police, in Coast Telegraph); "
        "at least 17 people killed (the city's fire service, in Halvik Courier)."
    )


def test_the_gravest_news_stands_before_the_rest(story: StoryEdition) -> None:
    new = [change.text for change in story.changes if change.kind == "new"]
    assert "missing" in " ".join(new[:2])


def test_the_denial_disputes_the_welding_and_leads(story: StoryEdition) -> None:
    welding = find(story, "disputed", "welding")
    assert (welding.before, welding.after) == ("single-source", "disputed")
    assert "Arne Voll" in welding.detail
    assert "Norgrain" in welding.detail
    assert editions()[1].leads[0] == welding


def test_the_outlet_that_corrects_itself_is_told_once(story: StoryEdition) -> None:
    [corrected] = [change for change in story.changes if change.kind == "corrected"]
    assert corrected.text.startswith("Daily Ledger: An earlier version of this article")
    assert corrected.text.endswith("It failed one inspection, in 2021.")
    assert [quote.role for quote in corrected.quotes][:2] == ["before", "after"]
    assert corrected in editions()[1].leads


def test_the_harbour_masters_new_word_moves_the_closure_and_disputes_nothing(
    story: StoryEdition,
) -> None:
    closed = find(story, "moved", "closed")
    assert "Friday" in closed.steps[0].value
    assert not [c for c in story.changes if c.kind == "disputed" and "Friday" in c.text]


def test_nothing_is_told_twice(story: StoryEdition) -> None:
    counts = Counter(change.text for change in story.changes)
    assert "A warehouse exploded in the port of Halvik." not in counts
    assert [text for text, count in counts.items() if count > 1] == []
    known = {change.text for change in editions()[0].stories[0].changes if change.kind == "new"}
    assert not known & {change.text for change in story.changes if change.kind == "new"}


def test_both_sides_of_the_dispute_are_to_be_called_first(story: StoryEdition) -> None:
    assert story.calls[0].whom == "Arne Voll and Norgrain"
    assert [call.verdict for call in story.calls].count("disputed") == 1


def test_every_quote_stands_in_its_article(story: StoryEdition) -> None:
    texts = " ".join(
        path.read_text(encoding="utf-8")
        .replace("&ldquo;", "“")
        .replace("&rdquo;", "”")
        .replace("\n", " ")
        for path in sorted(ARRIVALS.rglob("*.*"))
    )
    quotes = [quote.text for change in story.changes for quote in change.quotes]
    assert quotes
    for quote in quotes:
        for sentence in quote.replace(" […]", "").split(". "):
            assert sentence.rstrip(".") in texts


def test_sentences_that_stand_apart_are_not_quoted_as_one(story: StoryEdition) -> None:
    [quote] = [q for q in find(story, "verified", "2021").quotes if q.outlet == "Daily Ledger"]
    assert "in 2021. […] It failed" in quote.text


def test_the_page_shows_what_the_edition_holds() -> None:
    page = editions()[3]["index.html"]
    assert "1 story changed" in page
    for lead in editions()[1].leads:
        assert lead.text.partition("’")[0][:60] in page
    assert "Single source" in page
    assert "editions/2026-09-14T070000.html" in editions()[3]
