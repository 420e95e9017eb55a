"""An edition made again: under the same ids, never worse, and nothing of it lost or told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factcheck.digest.due import RunOptions
from factcheck.digest.run import forget
from factcheck.digest.store import editions
from factcheck.errors import StoreError, UsageError
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.digest.room import EVENING, MORNING, NEXT_DAY, Room
from tests.digest.test_run import NOWHERE, OLD, SCHEDULED, edit, stages
from tests.endpoint import Act, Body, Endpoint, fails
from tests.test_boundary import STORY

OTHERS = tuple(
    "\n\n".join(lines)
    for lines in (
        (
            "Chess club wins",
            "The chess club of Ostmere beat Marl by five boards to three on Friday.",
            "The last game took six hours and ended with a draw, the referee said.",
        ),
        (
            "Cup final moved",
            "The final of the cup will be played on the city ground in May.",
            "Tickets that were sold stay valid for the new place, the league said.",
        ),
        (
            "Flood in Vesk",
            "The river Ashe rose over its banks in Vesk on Sunday night.",
            "Forty families left their homes for the school of the village.",
        ),
    )
)
"""Articles about events that have nothing in common."""
SOON = timedelta(minutes=10)


class Model:
    """A model whose answers to one task, where some words are in, fail while it is told so."""

    def __init__(self, words: str, task: str) -> None:
        self.words, self.task, self.bad = words, task, False

    def __call__(self, body: Body) -> Act:
        user = body["messages"][1]["content"]
        mine = self.words in user and newsroom.task(user) == self.task
        return fails(500) if self.bad and mine else newsroom.serves(body)


@pytest.mark.usefixtures("endpoint")
def test_a_degraded_edition_made_again_keeps_the_ids_of_its_stories(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    down = room.make(MORNING, **NOWHERE)
    still = room.make(MORNING + SOON, **NOWHERE)
    corrections = room.make(MORNING + 2 * SOON)
    assert still == down
    assert [story.id for story in corrections.stories] == [story.id for story in down.stories]
    assert corrections.status == "complete"


@pytest.mark.usefixtures("endpoint")
def test_sources_that_fail_are_said_though_the_edition_is_not_replaced(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    room.edition(MORNING, **NOWHERE)
    room.inbox.rename(room.folder / "away")
    assert not room.edition(MORNING + SOON, **NOWHERE).made
    assert "not read in full: inbox (the folder does not exist)" in room.said


def test_what_is_corrections_replaces_what_was_not_whole_under_the_same_numbers(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    model = Model("Harl Gazette", "extract")
    with room.serving(model):
        room.edition(MORNING)
        newsroom.publish(room.inbox, "post.md")
        post = (room.inbox / "post.md").read_text(encoding="utf-8")
        other = post.replace("Lowland Post", "Harl Gazette").replace("Buses take", "Trams take")
        (room.inbox / "gazette.md").write_text(other, encoding="utf-8")
        model.bad = True
        assert room.edition(EVENING).exit_code == 4
        first = {f.text: f.id for f in room.report("2026-03-02T1700").findings}
        model.bad = False
        again = room.edition(EVENING + SOON)
    assert again.exit_code == 0
    corrections = {f.text: f.id for f in room.report("2026-03-02T1700").findings}
    assert {text: corrections[text] for text in first} == first
    [tram] = {*corrections} - {*first}
    assert tram.startswith("Trams take")


def test_an_edit_that_cannot_be_read_leaves_the_text_before_where_it_was(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    model = Model("until Sunday", "extract")
    with room.serving(model):
        room.edition(MORNING)
        edit(room, "courier.md", "until Friday", "until Sunday")
        newsroom.publish(room.inbox, "post.md")
        model.bad = True
        degraded = room.make(EVENING)
        model.bad = False
        corrections = room.make(NEXT_DAY)
    assert [c.kind for c in degraded.stories[0].changes if c.kind == "gone"] == []
    assert any("until Friday" in f.text for f in room.report(degraded.id).findings)
    assert [c.text for c in corrections.stories[0].changes if "Brandt" in c.text] == []
    assert any("until Sunday" in f.text for f in room.report(corrections.id).findings)


def test_what_an_endpoint_says_when_it_fails_is_told_to_the_operator_alone(room: Room) -> None:
    newsroom.publish(room.inbox)
    with room.serving([fails(401, "bad key sk-SECRET-SECRET")]) as endpoint:
        room.edition(MORNING)
        told = [line for line in room.said if endpoint.url in line]
        pages = [path.read_text("utf-8") for path in room.site.rglob("*.*") if path.is_file()]
    assert len(told) == 1
    assert "OPENAI_API_KEY" in told[0]
    assert not [page for page in pages if endpoint.url in page or "sk-SECRET" in page]


@pytest.mark.usefixtures("endpoint")
def test_a_preview_that_breaks_off_is_no_edition(room: Room) -> None:
    newsroom.publish(room.inbox)
    room.site.mkdir()
    (room.site / "preview").write_text("in the way")
    with pytest.raises(UsageError):
        room.edition(MORNING, RunOptions(preview=True))
    assert room.stored(editions.list_past) == []


@pytest.mark.usefixtures("endpoint")
def test_editions_never_go_back_in_time(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    newsroom.publish(room.inbox, "post.md")
    room.edition(EVENING)
    front = (room.site / "index.html").read_bytes()
    with pytest.raises(UsageError, match="would be earlier"):
        room.edition(MORNING - timedelta(days=1), now=EVENING)
    old = room.edition(MORNING + SOON)
    assert old.edition is not None
    assert old.edition.id == "2026-03-02T0700"
    assert (room.site / "index.html").read_bytes() == front


@pytest.mark.usefixtures("endpoint")
def test_pages_that_were_deleted_are_all_written_anew(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    newsroom.publish(room.inbox, "post.md")
    room.edition(EVENING)
    before = {path.name for path in room.site.rglob("*.*")}
    for path in room.site.rglob("*.*"):
        path.unlink()
    room.edition(EVENING + SOON)
    assert {path.name for path in room.site.rglob("*.*")} == before


@pytest.mark.usefixtures("endpoint")
def test_a_story_whose_articles_left_the_window_once_comes_together_again(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    room.edition(MORNING + timedelta(days=3), digest__days=1)
    back = room.make(MORNING + timedelta(days=5))
    assert [(one.id, one.status, len(one.articles)) for one in back.stories] == [("s1", "quiet", 3)]


@pytest.mark.usefixtures("endpoint")
def test_an_edit_of_an_article_whose_story_has_ended_is_told_in_that_story(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    ended = room.make(MORNING + timedelta(days=15))
    edit(room, "courier.md", "until Friday", "until Sunday")
    back = room.make(MORNING + timedelta(days=16))
    assert [story.status for story in ended.stories] == ["ended"]
    [story] = back.stories
    assert (story.id, story.status, len(story.articles)) == ("s1", "developing", 3)
    assert [line.outlet for line in story.articles if line.arrival != "known"] == ["Harl Courier"]
    assert "verified" not in {change.kind for change in story.changes}


def test_a_store_that_fails_in_the_middle_is_told_in_a_line(room: Room) -> None:
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    path = room.folder / "factcheck.db"
    data = bytearray(path.read_bytes())
    data[9_000:30_000] = b"x" * 21_000
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError) as caught:
        room.edition(EVENING)
    assert "\n" not in caught.value.message
    assert "SELECT" not in caught.value.message


def test_a_file_name_that_is_no_utf_8_stops_nothing(room: Room) -> None:
    newsroom.publish(room.inbox)
    text = (room.inbox / "post.md").read_text(encoding="utf-8")
    other = text.replace("Lowland Post", "Harl Gazette")
    (room.inbox / "p\udcffst.md").write_text(other, encoding="utf-8")
    edition = room.make(MORNING)
    assert edition.coverage.sources[0].new == 4


@pytest.mark.usefixtures("endpoint")
def test_an_edition_in_the_future_does_not_lock_the_digest(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    wrong = room.make(MORNING + timedelta(days=400))
    newsroom.publish(room.inbox, "post.md")
    for moment in (MORNING, EVENING):
        (room.inbox / f"{moment:%H}.txt").write_text(STORY + f"It was {moment:%H} hours.")
        made = room.make(moment)
        assert made.window == moment
    said = [line for line in room.said if "in the future" in line]
    assert len(said) == 1
    assert f"--forget {wrong.id}" in said[0]


def test_what_came_under_a_clock_of_the_future_leaves_the_window_in_its_time(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING + timedelta(days=2000))
    held = []
    for number, day in enumerate((0, 10, 20)):
        at = MORNING + timedelta(days=day)
        (room.inbox / "other.txt").write_text(OTHERS[number])
        made = room.edition(at).edition
        assert made is not None
        held.append([s.id for s in made.stories if s.status != "ended"])
    assert held == [["s1"], ["s1"], []]


def test_a_clock_of_the_past_takes_nothing_out_of_the_window(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    for number, at in enumerate((MORNING - timedelta(days=9000), NEXT_DAY)):
        (room.inbox / "other.txt").write_text(OTHERS[number])
        made = room.edition(at).edition
        assert made is not None
        assert {s.id for s in made.stories} == {"s1"}


@pytest.mark.parametrize("wrong", [1, 2])
def test_stories_that_an_edition_of_a_wrong_clock_ended_go_on_as_they_were(
    room: Room, endpoint: Endpoint, wrong: int
) -> None:
    newsroom.publish(room.inbox, *OLD)
    (room.inbox / "single.txt").write_text(OTHERS[0])
    first = room.make(MORNING, digest__confirm_stories=False)
    for number in range(wrong):
        (room.inbox / f"{number}.txt").write_text(OTHERS[number + 1])
        at = MORNING + timedelta(days=400 + 40 * number)
        future = room.make(at, digest__confirm_stories=False)
    assert len(first.singles) == 1
    assert "s1" not in {story.id for story in future.stories if story.status != "ended"}
    endpoint.bodies.clear()
    assert not room.edition(EVENING, digest__confirm_stories=False).made
    assert endpoint.bodies == []
    newsroom.publish(room.inbox, "post.md")
    back = room.make(NEXT_DAY, digest__confirm_stories=False)
    [story] = (one for one in back.stories if one.id == "s1")
    assert (story.status, story.since, story.title) == (
        "developing",
        first.id,
        first.stories[0].title,
    )
    assert [line.outlet for line in story.articles if line.arrival == "new"] == ["Lowland Post"]
    assert stages(endpoint.bodies) == ["compare", "edit", "extract"]
    assert {one.status for one in back.stories} == {"developing"}
    assert {one.id for one in first.singles} <= {one.id for one in back.singles}
    assert [one.status for one in back.singles] == ["quiet"] * (wrong + 1)
    before = {f.text: f.id for f in room.report(first.id).findings}
    after = {f.text: f.id for f in room.report(back.id).findings}
    assert {text: after[text] for text in (newsroom.FELL, newsroom.HURT)} == {
        text: before[text] for text in (newsroom.FELL, newsroom.HURT)
    }


@pytest.mark.usefixtures("endpoint")
def test_a_forgotten_edition_is_gone_and_its_articles_are_news_again(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    wrong = room.make(MORNING + timedelta(days=400))
    config = room.folder / "factcheck.toml"
    with pytest.raises(UsageError, match="there is no edition e7") as refused:
        forget(load_settings(config=config), room.folder, "e7")
    assert wrong.id in refused.value.hint
    forget(load_settings(config=config), room.folder, wrong.id)
    assert room.stored(editions.list_past) == []
    made = room.make(MORNING)
    assert {a.arrival for s in made.stories for a in s.articles} == {"new"}
    assert made.previous == ""
    assert not any(wrong.id in str(path) for path in room.site.rglob("editions/*"))


def test_pages_of_a_store_that_was_lost_are_not_overwritten(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    pages = {path: path.read_bytes() for path in room.site.rglob("*.*") if path.is_file()}
    for path in room.folder.glob("factcheck.db*"):
        path.unlink()
    with pytest.raises(StoreError, match="holds editions that the store does not know"):
        room.edition(EVENING)
    assert {path: path.read_bytes() for path in pages} == pages
    room.site.rename(room.folder / "old")
    assert room.edition(EVENING).made
