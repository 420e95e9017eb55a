"""The pages of a site: whole expected ones, and what must hold for every page of every edition."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from factcheck.digest.models import Coverage, Edition, SourceLine, StoryEdition
from factcheck.digest.publish.site import make_documents, write_documents
from factcheck.errors import UsageError
from factcheck.language.visible import clean_text
from factcheck.models import Remark
from factcheck.report import markup
from factcheck.report.words import join_texts, text_of
from tests.golden import expect
from tests.publish.samples import (
    FERRY,
    FERRY_LINES,
    SECOND,
    THIRD,
    edited_single_edition,
    edition,
    empty_edition,
    full_edition,
    morning_edition,
    quiet_edition,
    reading_edition,
    singles_edition,
)
from tests.publish.world import BIDI, full_documents, hostile_edition, reports, site
from tests.test_report import ATTACKS, Tree

EDITIONS: dict[str, Callable[[], Edition]] = {
    "empty": empty_edition,
    "morning": morning_edition,
    "full": full_edition,
    "quiet": quiet_edition,
    "reading": reading_edition,
    "hostile": hostile_edition,
    "singles": singles_edition,
    "edited single": edited_single_edition,
}


def styleless(page: str) -> str:
    """A page without its style sheet, which is no part of what is expected."""
    return re.sub(r"(?s)<style>.*?</style>", "<style></style>", page)


def own_pages(make: Callable[[], Edition]) -> dict[str, str]:
    """The pages made from the edition itself, without those of full reports."""
    made = make_documents(make(), (), reports("s1", "s5"))
    return {
        path: text
        for path, text in made.items()
        if path.endswith(".html") and not re.match("editions/.*/", path)
    }


def words_of(page: str) -> str:
    """What a person reads of a page, on one line."""
    return " ".join(Tree(page).text.split())


def test_pages_are_the_expected_ones() -> None:
    made = full_documents()
    for name, path in {
        "edition.html": f"editions/{THIRD}.html",
        "index.html": "index.html",
        "story.html": "stories/s1.html",
        "merged.html": "stories/s4.html",
    }.items():
        expect(f"../publish/gold/{name}", styleless(made[path]))


def test_a_site_has_exactly_the_documents_it_promises() -> None:
    assert set(full_documents()) == {
        "index.html",
        "feed.atom",
        "feed.json",
        f"editions/{THIRD}.html",
        f"editions/{THIRD}.json",
        f"editions/{SECOND}.html",
        *(
            f"editions/{THIRD}/{story}.{ending}"
            for story in ("s1", "s5")
            for ending in ("html", "json")
        ),
        *(f"stories/s{number}.html" for number in range(1, 6)),
    }


def test_every_relative_link_leads_to_a_page_and_an_anchor_that_exist(tmp_path: Path) -> None:
    write_documents(site(), tmp_path)
    trees = {path: Tree(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.html")}
    seen = 0
    for path, tree in trees.items():
        for href in tree.every("href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            seen += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path.name, href)
            if parts.fragment:
                assert unquote(parts.fragment) in trees[target].every("id"), (path.name, href)
    assert seen > 100


@pytest.mark.parametrize("name", EDITIONS)
def test_pages_are_sound_and_self_contained(name: str) -> None:
    for page in own_pages(EDITIONS[name]).values():
        tree = Tree(page)
        assert tree.open == []
        ids = tree.every("id")
        assert len(ids) == len(set(ids))
        assert {one[1:] for one in tree.every("href") if one[0] == "#"} <= set(ids)
        assert {part for one in tree.every("aria-labelledby") for part in one.split()} <= set(ids)
        tags = {tag for tag, _ in tree.tags}
        assert not {"script", "img", "iframe", "object", "base", "form"} & tags
        assert {one["rel"] for one in tree.named("link")} == {"alternate"}
        assert not tree.every("src") + tree.every("style")
        assert not [key for _, attributes in tree.tags for key in attributes if key[:2] == "on"]
        outside = [one for one in tree.named("a") if urlsplit(one["href"]).scheme]
        assert all(one["href"].startswith(("https://", "http://")) for one in outside)
        assert all(one["rel"] == "noopener nofollow noreferrer" for one in outside)


@pytest.mark.parametrize("name", EDITIONS)
def test_pages_have_landmarks_and_headings_that_descend_one_level_at_a_time(name: str) -> None:
    for page in own_pages(EDITIONS[name]).values():
        tree = Tree(page)
        tags = [tag for tag, _ in tree.tags]
        assert tags.count("main") == tags.count("h1") == 1
        assert {"header", "nav"} <= set(tags)
        assert tree.named("a")[0] == {"class": "skip", "href": "#main"}
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(one.get("scope") in {"row", "col"} for one in tree.named("th"))
        assert all(one.get("aria-label") for one in tree.named("nav"))


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    made = full_documents()
    write_documents(made, tmp_path)
    paths = [tmp_path / path for path in made]
    before = {path: path.stat().st_ino for path in paths}
    changed = tmp_path / "index.html"
    write_documents({**made, "index.html": made["index.html"] + "<!-- later -->"}, tmp_path)
    assert [path for path in paths if path.stat().st_ino != before[path]] == [changed]


def test_the_frame_forbids_what_the_frame_of_reports_forbids() -> None:
    made = full_documents()
    policy = re.compile("<meta http-equiv.*>")
    [report] = policy.findall(made[f"editions/{THIRD}/s1.html"])
    scriptless = re.sub(r"; script-src '[^']*'", "", report)
    assert policy.findall(made["index.html"]) == [scriptless]


def test_hostile_text_reaches_the_reader_as_text() -> None:
    pages = own_pages(hostile_edition)
    for page in pages.values():
        text = words_of(page)
        assert all(" ".join(one.split()) in text for one in ATTACKS)
        assert BIDI not in page
        assert "\a" not in page


def test_the_first_words_of_a_page_are_what_changed_what_is_missing_and_the_leads() -> None:
    text = words_of(full_documents()["index.html"])
    order = (
        "2 stories changed, 1 of them new, 1 quiet, 1 ended Not",
        "This edition is incomplete. The model could not be reached",
        "Not read in full: Ostmere council (the server did not answer in 20 seconds).",
        "7 new articles and 2 edited, from 5 outlets since the edition of 3 Mar 08:00.",
        "Now disputed: The fire doors",
        "From Single source → to Disputed",
        "“Every fire door was shut, and our log shows it,” the Halla Line said.",
        "Stories that changed",
    )
    places = [text.find(one.removesuffix(" Not")) for one in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_value_that_moved_is_a_timeline_of_who_told_it_when() -> None:
    assert (
        "12 (Harbour Post 09:10, early on Tuesday) 14 (Vesper Daily and Sound Radio 11:40) "
        "at least 17 (Northline 16:05, as of Tuesday afternoon, new)"
    ) in words_of(full_documents()["index.html"])


def test_a_lead_is_told_in_full_once() -> None:
    page = full_documents()["index.html"]
    for one in full_edition().leads:
        assert page.count(text_of(one.detail)) == 1
        assert page.count(one.quotes[0].text.replace("’", "’")) == 1
    assert words_of(page).count("told above") == 3


def test_the_first_page_of_a_story_is_folded_below_its_changes() -> None:
    page = full_documents()[f"editions/{THIRD}.html"]
    folded = page.partition('<details class="fold first">')[2].partition("</details>")[0]
    text = words_of(folded)
    order = ("First page of Fire on the ferry Halla Strand:", "12 → 14 → at least 17", "Solid")
    places = [text.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "Halla Line: Were the fire doors open when the alarm went off? the door log" in text
    assert page.index("What changed") < page.index('<details class="fold first">')
    assert page.count('<details class="fold first">') == 1, "a reading has none"


def test_the_lines_of_a_first_page_lead_to_their_evidence_without_an_internal_id() -> None:
    page = full_documents()[f"editions/{THIRD}.html"]
    folded = Tree(page.partition('<details class="fold first">')[2].partition("</details>")[0])
    assert f"../editions/{THIRD}/s1.html#f4" in folded.every("href")
    assert not re.search(r"\b[fqs]\d+\b", folded.text)
    bare = make_documents(full_edition(), (), {})[f"editions/{THIRD}.html"]
    assert "evidence</a>" not in bare, "no link to a report that the site does not hold"


def test_the_page_of_a_story_opens_with_its_first_page_and_repeats_no_voice_of_it() -> None:
    text = words_of(full_documents()["stories/s1.html"])
    first, _, rest = text.partition("In this edition What changed")
    assert "Every door was shut. – Halla Line" in first
    voices = rest.partition("Still on one voice")[2]
    assert "The ship was built in 1994." in voices
    assert "Forty passengers had no cabin." not in voices


def test_a_first_page_of_an_earlier_edition_says_of_which() -> None:
    late = FERRY.model_copy(update={"report": SECOND})
    full = full_edition().model_copy(update={"stories": (late,)})
    made = make_documents(full, (morning_edition(),), {})
    assert "as of the edition of 3 Mar 08:00" in words_of(made["index.html"]).partition("First")[2]


def test_a_quiet_story_is_one_line() -> None:
    quiet = Tree(own_pages(quiet_edition)["index.html"])
    assert [one["href"] for one in quiet.named("a") if "stories/" in one["href"]] == [
        "stories/s1.html"
    ]
    assert "Every door was shut" not in quiet.text


def test_an_edition_of_single_articles_says_so_and_lists_their_headlines() -> None:
    text = words_of(own_pages(singles_edition)["index.html"])
    assert "2 single articles, each about something else" in text
    assert "No stories yet" not in text
    assert "side by side" not in text.partition("Single articles")[0]
    listed = text.rpartition("Single articles")[2]
    assert "Harbour Post: A new baker for Quay Street 3 Mar 15:00 new" in listed
    assert "Phare du Nord: Le marché rouvre" in listed
    assert "No story has two articles, so nothing was compared." in listed
    assert "no fact-check" not in text


def test_edits_of_a_single_article_stand_below_it_or_on_top() -> None:
    text = words_of(own_pages(edited_single_edition)["index.html"])
    below = text.rpartition("Single articles")[2]
    assert "Sound Radio takes back that the captain left the ship first. told above" in below
    assert "Sound Radio changed its headline. " in below
    assert text.count("Correction: Captain Runa Oste stayed on the bridge") == 2


def test_one_single_article_is_no_plural() -> None:
    one = singles_edition().model_copy(update={"singles": singles_edition().singles[:1]})
    text = words_of(make_documents(one, (), {})["index.html"])
    assert "1 single article " in text
    assert "single articles," not in text


def test_the_text_of_an_edited_article_stands_before_and_after() -> None:
    assert (
        "Before There were 210 people on board. Harbour Post · 09:10 "
        "After There were 240 people on board. Harbour Post · 14:15"
    ) in words_of(full_documents()["index.html"])


def test_a_quiet_edition_says_so_on_top() -> None:
    tree = Tree(own_pages(quiet_edition)["index.html"])
    assert "Nothing changed; 1 story quiet" in tree.text
    assert "Look at first" not in tree.text
    assert "Stories that changed" not in tree.text


def test_a_reading_has_places_to_look_and_no_verdict() -> None:
    page = own_pages(reading_edition)["index.html"]
    text = words_of(page)
    assert "No fact-check was made" in text
    assert "Numbers to compare: teachers on strike" in text
    assert 'class="badge' not in page


def test_the_page_of_an_edition_leads_to_its_neighbours() -> None:
    pages = site()
    last = Tree(pages[f"editions/{THIRD}.html"])
    before = Tree(pages[f"editions/{SECOND}.html"])
    assert [one["href"] for one in last.named("a") if one.get("rel") == "prev"] == [
        f"../editions/{SECOND}.html"
    ]
    assert [one["href"] for one in before.named("a") if one.get("rel") == "next"] == [
        f"../editions/{THIRD}.html"
    ]


def test_the_index_tells_each_edition_in_a_line_newest_first() -> None:
    listed = words_of(full_documents()["index.html"]).rpartition("All editions")[2]
    assert listed.strip().startswith(
        "Tuesday 3 March 2026, 19:00 2 stories changed, 1 of them new, 1 quiet, 1 ended; "
        "lead: now disputed: The fire doors on the car deck of the Halla Strand were wedged open. "
        "incomplete Tuesday 3 March 2026, 08:00 2 new stories "
        "Monday 2 March 2026, 19:00 No stories yet"
    )


def test_an_edition_that_is_long_past_is_listed_as_ever() -> None:
    start = morning_edition().window
    past = [
        morning_edition().model_copy(update={"id": f"e{n}", "window": start - timedelta(days=n)})
        for n in range(1, 41)
    ]
    full = full_edition()
    made = make_documents(full.model_copy(update={"leads": ()}), past, {})["index.html"]
    listed = words_of(made).rpartition("All editions")[2]
    assert listed.count("2 new stories") == 40
    assert "Thursday 22 January 2026, 08:00 2 new stories" in listed


def test_the_json_of_an_edition_reads_back_as_the_same_edition() -> None:
    text = full_documents()[f"editions/{THIRD}.json"]
    assert Edition.model_validate_json(text) == full_edition()


def test_the_same_edition_gives_the_same_documents() -> None:
    assert full_documents() == full_documents()


def test_an_unknown_time_zone_is_read_as_utc() -> None:
    odd = full_edition().model_copy(update={"timezone": "Mars/Olympus"})
    assert "Tuesday 3 March 2026, 17:00 (all times UTC)" in words_of(
        make_documents(odd, (), {})["index.html"]
    )


def test_a_report_that_was_not_handed_over_is_not_linked() -> None:
    pages = make_documents(full_edition(), (), {})
    hrefs = [
        href
        for page in ("index.html", "stories/s1.html")
        for href in Tree(pages[page]).every("href")
    ]
    assert not [one for one in hrefs if f"{THIRD}/" in one]


def test_an_edition_that_the_site_does_not_hold_is_not_linked() -> None:
    pages = make_documents(full_edition(), (), reports("s1", "s5"))
    assert not [one for one in Tree(pages["stories/s1.html"]).every("href") if SECOND in one]


def test_a_value_that_moved_in_an_earlier_edition_stays_on_the_page_of_the_story() -> None:
    text = words_of(full_documents()["stories/s1.html"])
    before = text.partition("Values that moved before")[2].partition("Articles")[0]
    assert "about 200 (Vesper Daily 07:00) 210 (Harbour Post 09:10)" in before
    assert FERRY.changes[1].text not in before


def test_articles_that_wait_for_their_fact_check_are_counted() -> None:
    waiting = FERRY_LINES[-1].model_copy(update={"checked": False})
    story = FERRY.model_copy(update={"articles": (*FERRY_LINES[:-1], waiting)})
    page = make_documents(edition(THIRD, full_edition().window, stories=(story,)), (), {})[
        "index.html"
    ]
    assert "7 articles from 6 outlets, 3 new, 2 edited, 1 not yet fact-checked" in words_of(page)


def test_notices_stay_short_and_nothing_of_them_is_lost() -> None:
    failed = tuple(
        SourceLine(
            name=f"feed {n} {'x' * 90}",
            kind="feed",
            problems=(Remark(code="timeout", text=" ".join(["no answer"] * 40)),),
        )
        for n in range(3)
    )
    notes = tuple(Remark(code="model-failed", text=f"Note {n}.") for n in range(6))
    update = {"notes": notes, "coverage": Coverage(sources=failed)}
    page = make_documents(full_edition().model_copy(update=update), (), {})["index.html"]
    notice, _, rest = words_of(page).partition("7 new articles")
    assert len(notice) < 900
    assert all(one.text in notice + rest for one in notes)
    table = rest.replace(" ", "")
    assert all(
        f"{one.name}feed000{join_texts(one.problems)}".replace(" ", "") in table for one in failed
    )


def test_a_degraded_edition_without_a_note_names_the_stories_that_wait() -> None:
    bare = full_edition().model_copy(update={"notes": ()})
    assert "not up to date for Strike at the schools of Marl." in words_of(
        make_documents(bare, (), {})["index.html"]
    )


@pytest.mark.parametrize(
    ("statuses", "line"),
    [
        (["new"], "1 new story"),
        (["new", "new", "quiet"], "2 new stories, 1 quiet"),
        (["developing"], "1 story changed"),
        (["developing", "new", "ended"], "2 stories changed, 1 of them new, 1 ended"),
        (["quiet", "quiet", "ended"], "Nothing changed; 2 stories quiet, 1 ended"),
        (["ended"], "Nothing changed; 1 story ended"),
        ([], "Nothing changed"),
    ],
)
def test_the_headline_counts_stories_in_words(statuses: list[str], line: str) -> None:
    stories = tuple(
        StoryEdition.model_validate({**FERRY.model_dump(), "id": f"s{n}", "status": status})
        for n, status in enumerate(statuses)
    )
    page = make_documents(
        edition(THIRD, full_edition().window, previous=SECOND, stories=stories), (), {}
    )
    assert f"<h1>{line}</h1>" in page["index.html"]


def test_documents_are_written_whole_and_leave_nothing_else(tmp_path: Path) -> None:
    made = full_documents()
    write_documents(made, tmp_path)
    write_documents(made, tmp_path)
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8")
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert written == made


def test_the_index_is_not_written_before_the_pages_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "stories").write_text("in the way")
    with pytest.raises(UsageError, match="cannot write"):
        write_documents({"index.html": "new", "feed.json": "{}", "stories/s1.html": "x"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["stories"]


@pytest.mark.parametrize("path", ["../out.html", "/out.html", "stories/../../out.html"])
def test_no_document_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "site"
    with pytest.raises(UsageError, match="leads out of"):
        write_documents({path: "x"}, folder)
    assert not list(tmp_path.rglob("out.html"))


def test_data_and_pages_of_full_reports_stand_beside_the_edition() -> None:
    made = full_documents()
    assert json.loads(made[f"editions/{THIRD}/s5.json"])["schema"] == "factcheck.reading/3"
    assert made[f"editions/{THIRD}/s1.html"].startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("which", ["this edition", "the one before"])
def test_a_story_that_breaks_a_page_is_shown_bare_also_in_later_editions(
    monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    def fails(text: str) -> str:
        if "breaks the page" in text:
            raise ZeroDivisionError
        return clean_text(text)

    monkeypatch.setattr(markup, "clean_text", fails)
    edition, past = full_edition(), morning_edition()
    odd = past if which == "the one before" else edition
    first = odd.stories[0].model_copy(update={"title": "breaks the page"})
    changed = odd.model_copy(update={"stories": (first, *odd.stories[1:])})
    made = (
        make_documents(changed, (past,), {})
        if odd is edition
        else make_documents(edition, (changed,), {})
    )
    page = made[f"editions/{odd.id}.html"]
    assert "A story that could not be shown" in page
    assert odd.stories[1].title in " ".join(Tree(page).text.split())
