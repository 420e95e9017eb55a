"""Editions over a folder: each once, nothing paid for twice, nothing lost when things fail."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine

from factcheck.digest.due import RunOptions
from factcheck.digest.newsroom import EditionContext, Newsroom, Slot, make_context
from factcheck.digest.publish.chat import make_message
from factcheck.digest.publish.mail import make_mail
from factcheck.digest.publish.phrases import headline
from factcheck.digest.store import editions
from factcheck.errors import NoArticlesError, UsageError
from factcheck.models import Remark
from factcheck.report.words import join_texts, text_of
from factcheck.settings.digest import DigestSettings
from factcheck.settings.loader import Settings
from factcheck.settings.model import OPENAI_URL, ModelSettings
from tests import newsroom
from tests.digest.room import BASIC, EVENING, MORNING, NEXT_DAY, Room
from tests.endpoint import Act, Body, Endpoint, fails, serving
from tests.shell import Shell, start
from tests.test_articles import LEFT_OF_ODD_FOLDER, make_odd_folder
from tests.test_report import Tree

OLD = ("courier.md", "tide.md")
FLOOD = (
    "The river Vesk burst its banks near the old mill on Sunday night.",
    "Forty families left their homes for the school of Vesk.",
    "The dyke at Orm held, the water board said.",
)
WATER = (
    "The river Vesk burst its banks near the old mill on Sunday night, and many had to leave.",
    "At the mill itself the water stood as high as a man, a miller told the Herald.",
)
SCHEDULED = BASIC.replace('timezone = "UTC"', 'timezone = "UTC"\ntimes = ["07:00", "17:00"]')


NOWHERE: dict[str, Any] = {"model__base_url": "http://127.0.0.1:9/v1"}
"""The settings of an endpoint that is down."""


def edit(room: Room, name: str, old: str, new: str) -> None:
    """Change a published article."""
    path = room.inbox / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def stages(bodies: list[Body]) -> list[str]:
    """What was asked, by its task, in alphabetical order."""
    return sorted(newsroom.task(body["messages"][1]["content"]) for body in bodies)


# --- two editions -----------------------------------------------------------------------


def test_the_second_edition_asks_for_the_news_alone(room: Room, endpoint: Endpoint) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    assert stages(endpoint.bodies) == ["compare", "edit"] + ["extract"] * 2
    endpoint.bodies.clear()
    newsroom.publish(room.inbox, "post.md")
    room.edition(EVENING)
    assert stages(endpoint.bodies) == ["compare", "edit", "extract"]


@pytest.mark.usefixtures("endpoint")
def test_a_denial_that_arrives_disputes_what_stood_on_one_voice(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    first = room.make(MORNING)
    newsroom.publish(room.inbox, "post.md")
    second = room.make(EVENING)
    [story] = second.stories
    assert (story.id, story.status, story.since) == ("s1", "developing", first.id)
    lead = second.leads[0]
    assert (lead.kind, lead.text) == ("disputed", newsroom.HURT)
    assert (lead.before, lead.after) == ("single-source", "disputed")
    assert {quote.outlet for quote in lead.quotes} >= {"Harl Courier", "Lowland Post"}
    assert newsroom.UNHURT not in {change.text for change in story.changes}


def test_a_new_story_of_several_outlets_leads_above_edits(room: Room) -> None:
    for n in range(4):
        text = f"The library of Marl shut room number {n + 1} because of its leaking roof."
        (room.inbox / f"{n}").mkdir(parents=True)
        (room.inbox / f"{n}" / "1.md").write_text(f"{text}\n\nIt has {n + 20} rooms in all.")
    room.edition(MORNING)
    for n in range(4):
        edit(room, f"{n}/1.md", f"has {n + 20} rooms", f"has {n + 40} rooms")
    newsroom.publish(room.inbox)
    second = room.make(EVENING)
    lead, *edits = second.leads
    assert (lead.kind, text_of(lead.detail)) == ("new", "3 outlets tell it.")
    assert {lead.text} == {s.title for s in second.stories if s.id == lead.story}
    assert [change.kind for change in edits] == ["edited", "edited"]
    assert lead.text in make_mail(second, "").subject
    alone = second.model_copy(update={"leads": tuple(edits)})
    assert " (In a published article 2" in make_mail(alone, "").subject
    for line in make_message(alone, "").splitlines()[2:4]:
        assert "became 4" in line
        assert line.startswith(("1. Article edited", "2. Article edited"))


@pytest.mark.usefixtures("endpoint")
def test_findings_keep_their_ids_over_editions(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    newsroom.publish(room.inbox, "post.md")
    edit(room, "courier.md", "until Friday", "until Sunday")
    room.edition(EVENING)
    before = {f.text: f.id for f in room.report("2026-03-02T070000").findings}
    after = {f.text: f.id for f in room.report("2026-03-02T170000").findings}
    for text in (newsroom.FELL, newsroom.HURT):
        assert after[text] == before[text]
    gone = next(number for text, number in before.items() if "until Friday" in text)
    assert gone not in after.values()
    assert len({*after.values()}) == len(after)


def test_a_corrected_figure_in_a_published_article_is_news(room: Room, endpoint: Endpoint) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    endpoint.bodies.clear()
    edit(
        room,
        "tide.md",
        "Two workers were hurt, the fire brigade said.",
        "Three workers were hurt, the fire brigade said.\n\n"
        "Correction: An earlier version of this article said that two workers were hurt.",
    )
    edition = room.make(EVENING)
    lead = edition.leads[0]
    assert [c.kind for c in edition.stories[0].changes].count("corrected") == 1
    assert lead.kind == "corrected"
    assert lead.text == (
        "Evening Tide: An earlier version of this article said that two workers were hurt."
    )
    assert [quote.role for quote in lead.quotes] == ["before", "after"]
    assert stages(endpoint.bodies).count("extract") == 1
    [story] = edition.stories
    assert {line.id: line.arrival for line in story.articles} == {"a1": "known", "a3": "edited"}


@pytest.mark.usefixtures("endpoint")
def test_an_edit_of_wording_is_a_note_and_no_lead(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    edit(room, "tide.md", "asked witnesses to send in", "asked witnesses to hand in")
    edition = room.make(EVENING)
    assert edition.stories[0].notes == (
        Remark(
            code="reworded", text="Evening Tide changed the wording of its article, nothing else."
        ),
    )
    assert not [lead for lead in edition.leads if lead.kind in {"corrected", "edited"}]


# --- safe to run twice ------------------------------------------------------------------


def test_a_second_run_with_nothing_new_makes_no_edition(room: Room, endpoint: Endpoint) -> None:
    newsroom.publish(room.inbox)
    first = room.edition(MORNING)
    asked = len(endpoint.bodies)
    pages = {path: path.read_bytes() for path in room.site.rglob("*.html")}
    again = room.edition(MORNING + timedelta(minutes=5))
    assert first.made
    assert not again.made
    assert "nothing new since edition 2026-03-02T070000" in again.remark
    assert len(endpoint.bodies) == asked
    assert {path: path.read_bytes() for path in room.site.rglob("*.html")} == pages


@pytest.mark.usefixtures("endpoint")
def test_a_window_has_one_edition_even_if_more_comes_in(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    first = room.edition(MORNING + timedelta(minutes=12))
    newsroom.publish(room.inbox, "post.md")
    again = room.edition(MORNING + timedelta(hours=3))
    assert first.edition is not None
    assert first.edition.id == "2026-03-02T0700"
    assert again.edition == first.edition
    assert "made already; --extra" in again.remark
    extra = room.edition(MORNING + timedelta(hours=3), RunOptions(extra=True))
    assert extra.edition is not None
    assert extra.edition.id == "2026-03-02T0700-2"
    assert extra.edition.leads[0].kind == "disputed"


@pytest.mark.usefixtures("endpoint")
def test_an_edition_made_by_hand_counts_for_the_window_that_it_lies_in(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    by_hand = room.make(MORNING + timedelta(minutes=12))
    assert by_hand.id == "2026-03-02T071200"
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, "post.md")
    again = room.edition(MORNING + timedelta(hours=3))
    assert again.edition == by_hand
    assert f"{by_hand.id} is made already; --extra" in again.remark
    extra = room.edition(MORNING + timedelta(hours=4), RunOptions(extra=True))
    assert extra.edition is not None
    assert (extra.edition.id, extra.edition.previous) == ("2026-03-02T0700", by_hand.id)
    assert extra.edition.leads[0].kind == "disputed"
    evening = room.make(EVENING)
    assert (evening.id, evening.previous) == ("2026-03-02T1700", extra.edition.id)


@pytest.mark.usefixtures("endpoint")
def test_an_incomplete_edition_made_by_hand_is_made_again_in_its_window(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    at = MORNING + timedelta(minutes=12)
    by_hand = room.make(at, digest__max_calls=1)
    assert by_hand.status == "degraded"
    room.toml = SCHEDULED
    again = room.edition(MORNING + timedelta(hours=3))
    assert again.edition is not None
    assert (again.edition.id, again.edition.status) == (by_hand.id, "complete")


def opened(room: Room, base_url: str, name: str) -> EditionContext:
    """The context of an edition that a model may cost two dollars for."""
    settings = Settings(
        model=ModelSettings(base_url=base_url, name=name, api_key=SecretStr("k")),
        digest=DigestSettings(max_cost=2, max_calls=30),
    )
    engine = create_engine("sqlite://")
    office = Newsroom(settings, room.folder, engine, MORNING, lambda: MORNING, room.said.append)
    return make_context(office, Slot("e1", MORNING, ""))


def test_a_limit_of_costs_that_cannot_be_kept_is_said_in_a_line(room: Room) -> None:
    limits = opened(room, "https://models.example/v1", "our-own").newsroom.settings.digest
    assert (limits.max_cost, limits.max_calls) == (None, 30)
    [said] = room.said
    assert "no price is known for our-own, so digest.max_cost cannot be kept" in said
    assert "set digest.max_tokens or digest.max_calls instead" in said


@pytest.mark.parametrize("url", [OPENAI_URL, "http://localhost:11434/v1"])
def test_a_limit_of_costs_holds_where_a_price_is_known_or_none_is_asked_for(
    room: Room, url: str
) -> None:
    assert opened(room, url, "gpt-5.4-mini").newsroom.settings.digest.max_cost == 2
    assert room.said == []


def test_a_scheduled_edition_without_news_says_so(room: Room, endpoint: Endpoint) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    asked = len(endpoint.bodies)
    quiet = room.edition(EVENING)
    assert quiet.made
    assert quiet.edition is not None
    assert [story.status for story in quiet.edition.stories] == ["quiet"]
    assert quiet.edition.leads == ()
    assert len(endpoint.bodies) == asked
    assert "Nothing changed" in (room.site / "index.html").read_text(encoding="utf-8")


def test_a_preview_keeps_no_edition_and_the_next_run_tells_the_same(
    room: Room, endpoint: Endpoint
) -> None:
    newsroom.publish(room.inbox)
    shown = room.edition(MORNING, RunOptions(preview=True))
    assert not (room.site / "index.html").exists()
    assert (room.site / "preview" / "index.html").exists()
    asked = len(endpoint.bodies)
    made = room.edition(MORNING)
    assert len(endpoint.bodies) == asked
    assert shown.edition is not None
    assert made.edition is not None
    assert [s.changes for s in made.edition.stories] == [s.changes for s in shown.edition.stories]


@pytest.mark.usefixtures("endpoint")
def test_a_story_without_articles_for_long_is_closed_once(room: Room) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    later = room.make(MORNING + timedelta(days=15))
    last = room.make(MORNING + timedelta(days=16))
    assert [(s.id, s.status) for s in later.stories] == [("s1", "ended")]
    assert last.stories == ()


@pytest.mark.usefixtures("endpoint")
def test_a_checked_story_shows_its_first_page_where_the_edition_is_read(room: Room) -> None:
    newsroom.publish(room.inbox)
    edition = room.make(MORNING)
    [story] = edition.stories
    assert story.first_page is not None
    [call] = story.first_page.calls
    for name in ("index.html", "stories/s1.html"):
        page = (room.site / name).read_text(encoding="utf-8")
        assert page.count('id="s1-first-page"') == 1
        assert call.text in " ".join(Tree(page).text.split())
    assert call.text in " ".join(make_mail(edition, "").text.split())


# --- without a model ----------------------------------------------------------------------


def test_without_a_model_stories_stand_side_by_side_without_verdicts(room: Room) -> None:
    newsroom.publish(room.inbox)
    outcome = room.edition(MORNING)
    assert outcome.exit_code == 0
    assert outcome.edition is not None
    assert (outcome.edition.engine, outcome.edition.status) == ("reading", "complete")
    [story] = outcome.edition.stories
    assert story.verdicts == {}
    assert {place.kind for place in story.places} >= {"shared"}
    page = (room.site / "index.html").read_text(encoding="utf-8")
    assert "No fact-check was made" in page
    assert "Verified" not in page


def test_two_single_articles_make_an_edition_that_lists_their_headlines(room: Room) -> None:
    newsroom.write(
        room.inbox / "flood.md",
        "The Flood Post",
        "Flood in Vesk",
        "The river Ashe rose over its banks in Vesk on Sunday night.",
        "The town hall opened a shelter for thirty people.",
    )
    newsroom.write(
        room.inbox / "chess.md",
        "The Chess Post",
        "Ostmere wins at chess",
        "The chess club of Ostmere beat Marl by five boards to three.",
        "The last game took six hours and ended with a draw.",
    )
    outcome = room.edition(MORNING)
    assert outcome.edition is not None
    assert headline(outcome.edition) == "2 single articles, each about something else"
    page = (room.site / "index.html").read_text(encoding="utf-8")
    assert "Flood in Vesk" in page
    assert "Ostmere wins at chess" in page
    assert "No stories yet" not in page


def write_alone(room: Room, cost: str, *more: str) -> None:
    """An article that no other tells the same as."""
    room.inbox.mkdir(exist_ok=True)
    head = "---\noutlet: Ashe Times\ntitle: New bridge for Vesk\ndate: 2026-03-02\n---\n\n"
    sentences = (
        f"The footbridge over the Ashe in Vesk will cost {cost} crowns, the council said.",
        "It is to open next summer.",
        *more,
    )
    (room.inbox / "bridge.md").write_text(head + "\n\n".join(sentences), encoding="utf-8")


def test_a_correction_of_an_article_that_stands_alone_is_told_wherever_an_edition_goes(
    room: Room,
) -> None:
    write_alone(room, "400,000")
    assert room.edition(MORNING).edition
    said = "An earlier version of this article said that the bridge will cost 400,000 crowns."
    write_alone(room, "600,000", f"Correction: {said}")
    edition = room.edition(EVENING).edition
    assert edition is not None
    [lead] = edition.leads
    assert (lead.kind, lead.text) == ("corrected", f"Ashe Times: {said}")
    assert {quote.text.count("400,000") for quote in lead.quotes if quote.role == "before"} == {1}
    page = (room.site / "index.html").read_text(encoding="utf-8")
    sent = make_mail(edition, "")
    feeds = [(room.site / f"feed.{kind}").read_text(encoding="utf-8") for kind in ("atom", "json")]
    for told in (page, sent.html, sent.text, make_message(edition, ""), *feeds):
        assert "400,000 crowns" in " ".join(told.split())
    untold = edition.model_copy(update={"leads": ()})
    assert "400,000 crowns" in " ".join(make_mail(untold, "").text.split())
    assert "400,000 crowns" in make_mail(untold, "").html


@pytest.mark.usefixtures("endpoint")
def test_an_endpoint_that_is_down_gives_a_degraded_edition_and_the_next_run_mends_it(
    room: Room,
) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox)
    down = room.edition(MORNING, **NOWHERE)
    assert down.exit_code == 4
    assert down.edition is not None
    [story] = down.edition.stories
    assert (down.edition.status, story.engine) == ("degraded", "reading")
    assert "without a fact-check yet" in story.notes[0].text
    corrections = room.edition(MORNING + timedelta(minutes=10))
    assert corrections.exit_code == 0
    assert corrections.edition is not None
    assert corrections.edition.id == down.edition.id
    assert corrections.edition.stories[0].engine == "model"


@pytest.mark.usefixtures("endpoint")
def test_a_degraded_run_leaves_the_last_fact_check_and_never_replaces_a_better_edition(
    room: Room,
) -> None:
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    good = room.make(MORNING)
    newsroom.publish(room.inbox, "post.md")
    again = room.edition(MORNING + timedelta(minutes=5), **NOWHERE)
    assert again.edition == good
    down = room.make(EVENING, **NOWHERE)
    [story] = down.stories
    assert (story.engine, story.report, story.reading) == ("model", good.id, down.id)
    assert {line.outlet: line.checked for line in story.articles} == {
        "Harl Courier": True,
        "Evening Tide": True,
        "Lowland Post": False,
    }
    worse = room.edition(EVENING + timedelta(minutes=5), **NOWHERE)
    assert worse.edition == down
    assert worse.exit_code == 4
    corrections = room.make(NEXT_DAY)
    assert corrections.leads[0].kind == "disputed"


def test_a_budget_ends_the_calls_and_the_rest_stands_side_by_side(
    room: Room, endpoint: Endpoint
) -> None:
    newsroom.publish(room.inbox)
    outcome = room.edition(MORNING, digest__max_calls=2)
    assert len(endpoint.bodies) == 2
    assert outcome.exit_code == 4
    [told] = [line for line in room.said if line.startswith("forecast")]
    assert "5 calls, about" in told
    assert "the limit is 2 calls: not all of it fits" in told
    assert outcome.edition is not None
    assert outcome.edition.notes == (
        Remark(code="call-limit", text="the limit of 2 calls for one edition is reached"),
    )
    room.edition(EVENING)
    requests = [json.dumps(body, sort_keys=True) for body in endpoint.bodies]
    assert len({*requests}) == len(requests)


def test_a_comparison_that_fails_does_not_spoil_the_fact_check_that_was(room: Room) -> None:
    newsroom.publish(room.inbox, *OLD)
    down = [False]

    def sometimes(body: Body) -> Act:
        compares = newsroom.task(body["messages"][1]["content"]) == "compare"
        return fails(500) if down[0] and compares else newsroom.serves(body)

    with room.serving(sometimes) as endpoint:
        room.edition(MORNING)
        newsroom.publish(room.inbox, "post.md")
        down[0] = True
        edition = room.make(EVENING)
        down[0] = False
        endpoint.bodies.clear()
        corrections = room.make(NEXT_DAY)
        asked = stages(endpoint.bodies)
    assert edition.status == "degraded"
    [story] = edition.stories
    assert (story.report, story.reading) == ("2026-03-02T070000", edition.id)
    assert corrections.leads[0].kind == "disputed"
    assert asked == ["compare", "edit"], "what was extracted in vain was paid for, and is kept"


def test_a_story_without_news_costs_nothing_beside_one_with_news(
    room: Room, endpoint: Endpoint
) -> None:
    newsroom.publish(room.inbox, *OLD)
    newsroom.write(room.inbox / "gazette.md", "Upland Gazette", "Flood in Vesk", *FLOOD)
    newsroom.write(room.inbox / "herald.md", "Vesk Herald", "Vesk under water", *FLOOD[:1], *WATER)
    first = room.make(MORNING)
    assert len(first.stories) == 2
    endpoint.bodies.clear()
    newsroom.publish(room.inbox, "post.md")
    second = room.make(EVENING)
    assert stages(endpoint.bodies) == ["compare", "edit", "extract"]
    assert sorted(story.status for story in second.stories) == ["developing", "quiet"]


def test_a_fact_check_of_an_earlier_version_counts_as_none(room: Room, endpoint: Endpoint) -> None:
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    room.change(
        'UPDATE reports SET body = \'{"schema": "factcheck.report/1"}\', '
        'checkpoint = \'{"readings": [], "merged": {}, "asked": []}\''
    )
    room.change("DELETE FROM answers")
    endpoint.bodies.clear()
    newsroom.publish(room.inbox, "post.md")
    second = room.make(EVENING)
    assert second.status == "complete"
    assert stages(endpoint.bodies) == ["compare", "edit", "extract", "extract", "extract"]
    assert [line for line in room.said if "of an earlier version" in line]
    used = {f.id for f in room.report(second.id).findings}
    assert not used & {"f1", "f2", "f3"}, "a number that was used is never used again"
    for page in room.site.rglob("*.*"):
        page.unlink()
    again = room.edition(EVENING + timedelta(minutes=1))
    assert not again.made
    assert (room.site / "index.html").exists()


# --- broken off --------------------------------------------------------------------------


@pytest.mark.processes
@pytest.mark.parametrize("request_number", [2, 4, 5], ids=["extract", "compare", "edit"])
def test_a_killed_run_is_gone_on_with_and_nothing_is_paid_for_twice(
    room: Room, shell: Shell, request_number: int
) -> None:
    newsroom.publish(room.inbox)
    reached = threading.Event()
    release = threading.Event()
    answered: list[str] = []

    def hangs(body: Body) -> Act:
        if not release.is_set() and len(answered) + 1 >= request_number:
            reached.set()
            release.wait(120)
            return fails(503)
        answered.append(json.dumps(body, sort_keys=True))
        return newsroom.serves(body)

    with serving(hangs) as endpoint:
        model = f'[model]\nbase_url = "{endpoint.url}"\nname = "m"\nconcurrency = 1\n'
        (room.folder / "factcheck.toml").write_text(room.toml + model, encoding="utf-8")
        with start("digest") as run:
            assert reached.wait(120)
            run.kill()
        release.set()
        assert shell("digest").code == 0
    assert len(answered) == len({*answered}) == 5
    made = room.stored(editions.list_past)
    assert [edition.status for edition in made] == ["complete"]


@pytest.mark.usefixtures("endpoint")
def test_a_run_killed_after_the_edition_publishes_and_delivers_it_the_next_time(room: Room) -> None:
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    before = (room.site / "index.html").read_bytes()
    for path in room.site.rglob("*.html"):
        path.unlink()
    room.edition(MORNING + timedelta(minutes=1))
    assert (room.site / "index.html").read_bytes() == before


# --- what cannot work ---------------------------------------------------------------------


def test_no_article_at_all_is_said_and_leaves_no_edition(room: Room) -> None:
    room.inbox.mkdir()
    with pytest.raises(NoArticlesError, match="they are empty"):
        room.edition()
    assert room.stored(editions.list_past) == []
    assert not (room.site / "index.html").exists()


def test_no_source_is_said_with_the_way_to_get_one(room: Room) -> None:
    room.toml = "[digest]\n"
    with pytest.raises(UsageError, match="no source") as caught:
        room.edition()
    assert "--init" in caught.value.hint


@pytest.mark.usefixtures("endpoint")
def test_a_folder_that_is_missing_is_a_line_of_the_coverage(room: Room) -> None:
    room.toml = BASIC.replace('{ folder = "inbox" }', '{ folder = "inbox" }, { folder = "wire" }')
    newsroom.publish(room.inbox)
    edition = room.make()
    lines = {line.name: join_texts(line.problems) for line in edition.coverage.sources}
    assert lines == {"inbox": "", "wire": "the folder does not exist"}


@pytest.mark.usefixtures("endpoint")
@pytest.mark.parametrize("source", ['folder = "odd"', 'files = "odd/*"'])
def test_links_and_what_is_no_file_are_lines_of_the_coverage(room: Room, source: str) -> None:
    room.toml = BASIC.replace('{ folder = "inbox" }', f'{{ folder = "inbox" }}, {{ {source} }}')
    newsroom.publish(room.inbox)
    make_odd_folder(room.inbox.parent / "odd")
    edition = room.make()
    left = {one.source.removeprefix("odd/").removeprefix("*/") for one in edition.coverage.left}
    named = {name for name in LEFT_OF_ODD_FOLDER if "files" not in source or name[-1] != "/"}
    assert named <= left


def test_the_settings_that_init_writes_work_at_once(shell: Shell, tmp_path: Path) -> None:
    assert shell("digest", "--init", "news").code == 0
    again = shell("digest", "--init")
    assert again.code == 2
    assert "exists already" in again.err
    newsroom.publish(tmp_path / "news")
    done = shell("digest", "--at", "2026-03-02T07:00")
    assert done.code == 0, done.err
    assert done.out.endswith("digest/index.html\n")
    assert "No fact-check was made" in done.err
