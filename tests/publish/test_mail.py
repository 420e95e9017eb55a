"""The mail and the chat message."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from factcheck.digest.publish.chat import make_message
from factcheck.digest.publish.mail import Mail, make_mail
from factcheck.models import Remark
from tests.golden import expect
from tests.publish.samples import (
    empty_edition,
    full_edition,
    quiet_edition,
    reading_edition,
    singles_edition,
)
from tests.publish.world import BIDI, hostile_edition, large_edition
from tests.test_report import ATTACKS, Tree

LINK = "https://desk.example.org/digest/editions/2026-03-03-1900.html"
INVISIBLE = "\N{WORD JOINER}"


def seen(one: Mail) -> str:
    """What a person reads of the HTML part, on one line."""
    return " ".join(Tree(one.html).text.split())


def test_mail_and_message_are_the_expected_ones() -> None:
    one = make_mail(full_edition(), LINK)
    expect("../publish/gold/mail.html", one.html)
    expect("../publish/gold/mail.txt", f"Subject: {one.subject}\n\n{one.text}")
    expect("../publish/gold/message.txt", make_message(full_edition(), LINK) + "\n")


def test_a_mail_carries_its_style_in_place_and_loads_nothing() -> None:
    tree = Tree(make_mail(full_edition(), LINK).html)
    assert tree.open == []
    tags = {tag for tag, _ in tree.tags}
    assert not {"style", "link", "script", "img", "iframe"} & tags
    assert all(one.get("style") for one in tree.named("blockquote"))
    assert "url(" not in "".join(tree.every("style"))
    assert LINK in tree.every("href")


def in_order(text: str, *parts: str) -> bool:
    """Whether all parts stand in a text, each after the one before."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_a_mail_leads_with_the_changes_and_then_holds_the_first_pages() -> None:
    one = make_mail(full_edition(), LINK)
    parts = (
        "Now disputed: The fire doors",
        "Newly verified: The fire broke out",
        "The toll rests on the hospital",
        "Would settle it",
        "the rescue service: Who found the driver, and when?",
        "Town council of Ostmere",
        "A new baker for Quay Street",
    )
    assert in_order(seen(one), *parts)
    assert in_order(" ".join(one.text.split()).replace("SETTLE", "settle"), *parts[:3])
    assert "What else changed" in seen(one)


def test_a_change_that_leads_is_not_told_again_in_the_mail() -> None:
    one = make_mail(full_edition(), LINK)
    for text in (seen(one), " ".join(one.text.split())):
        assert text.count("Now disputed: The fire doors") == 1


def test_a_mail_of_an_ordinary_edition_leaves_only_quotes_to_the_page() -> None:
    assert re.findall(r"\d+ more \w+", seen(make_mail(full_edition(), LINK))) == ["1 more quote"]


@pytest.mark.parametrize(("stories", "words"), [(40, 1), (30, 20), (150, 5), (300, 400)])
def test_a_mail_stays_below_the_limit(stories: int, words: int) -> None:
    one = make_mail(large_edition(stories, words), LINK)
    assert len(one.html.encode()) < 100_000
    assert "Now disputed: The fire doors on the car deck" in seen(one)
    assert "Single source → Disputed" in seen(one)
    assert Tree(one.html).open == []


def test_first_pages_of_later_stories_give_way_to_a_link_before_any_change_does() -> None:
    stories = 16
    one = make_mail(large_edition(stories, 1), LINK)
    text = seen(one)
    assert not re.search(r"\d+ more stor", text)
    assert text.count("In more") == 0
    whole = text.count("The toll rests on the hospital")
    links = text.count("its first page is on the page of this edition.")
    assert 0 < whole < stories
    assert whole + links == stories
    assert f"{LINK}#s{stories}" in Tree(one.html).every("href")
    assert " ".join(one.text.split()).count("its first page is on the page") == links


def test_changes_that_do_not_fit_are_counted_and_no_first_page_stands_without_them() -> None:
    text = seen(make_mail(large_edition(300, 1), LINK))
    assert re.search(r"\d+ more stories that changed on the page", text)
    assert "The toll rests on the hospital" not in text


def test_a_mail_of_single_articles_lists_their_headlines() -> None:
    one = make_mail(singles_edition(), LINK)
    assert one.subject.endswith(": 2 single articles, each about something else")
    for text in (seen(one), " ".join(one.text.split())):
        assert "Harbour Post: A new baker for Quay Street" in text
        assert "Phare du Nord: Le marché rouvre" in text
        assert "No fact-check was made" not in text


def test_a_first_page_by_rank_and_doubts_about_one_are_marked_in_both_parts() -> None:
    ferry = full_edition().stories[0]
    assert ferry.first_page is not None
    ranked = ferry.model_copy(update={"first_page": replace(ferry.first_page, made_by_rank=True)})
    one = make_mail(full_edition().model_copy(update={"stories": (ranked,)}), LINK)
    for text in (seen(one), " ".join(one.text.split())):
        assert "Ordered by rank: no model chose what stands here." in text
        assert "Check this: “door log” stands in no article." in text


@pytest.mark.parametrize("edition", [full_edition(), hostile_edition(), large_edition(5, 3)])
def test_the_text_part_has_lines_of_at_most_72_columns_but_for_links(edition: object) -> None:
    text = make_mail(edition, LINK).text  # type: ignore[arg-type] # parametrize has no types
    assert [line for line in text.splitlines() if len(line) > 72 and "://" not in line] == []
    assert LINK in text.splitlines()


def test_hostile_text_makes_no_markup_in_a_mail() -> None:
    one = make_mail(hostile_edition(), LINK)
    tree = Tree(one.html)
    assert tree.open == []
    assert not {"script", "img", "style"} & {tag for tag, _ in tree.tags}
    assert {href.partition("#")[0] for href in tree.every("href")} == {LINK}
    assert not [key for _, attributes in tree.tags for key in attributes if key[:2] == "on"]
    assert "<script>alert(1)</script>" in tree.text
    assert "\n" not in one.subject
    assert BIDI not in one.subject + one.html + one.text


def test_a_mail_of_a_site_without_an_address_links_no_page() -> None:
    assert "The whole page" not in seen(make_mail(full_edition(), ""))


def test_subjects_tell_what_changed_and_what_is_missing() -> None:
    assert make_mail(full_edition(), LINK).subject == (
        "Newsroom digest, 3 Mar 19:00 (incomplete): "
        "Now disputed: The fire doors on the car deck of the Halla Strand were wedged open"
    )
    assert make_mail(reading_edition(), LINK).subject.endswith("(no fact-check): 1 new story")


@pytest.mark.parametrize("edition", [quiet_edition(), empty_edition()])
def test_a_quiet_edition_is_one_line(edition: object) -> None:
    assert "\n" not in make_message(edition, LINK)  # type: ignore[arg-type] # parametrize has no types
    one = make_mail(edition, LINK)  # type: ignore[arg-type] # as above
    assert len(one.text.splitlines()) <= 3
    assert len([tag for tag, _ in Tree(one.html).tags if tag == "p"]) == 1


def test_a_quiet_edition_that_lacks_something_still_says_so() -> None:
    degraded = quiet_edition().model_copy(
        update={
            "status": "degraded",
            "notes": (Remark(code="call-limit", text="The budget was reached."),),
        }
    )
    assert "This edition is incomplete. The budget was reached." in make_message(degraded, LINK)
    assert "This edition is incomplete. The budget was reached." in seen(make_mail(degraded, LINK))


@pytest.mark.parametrize(
    "edition", [full_edition(), hostile_edition(), large_edition(3, 400), reading_edition()]
)
@pytest.mark.parametrize("link", [LINK, ""])
def test_a_message_stays_below_its_limit(edition: object, link: str) -> None:
    text = make_message(edition, link)  # type: ignore[arg-type] # parametrize has no types
    assert 0 < len(text) < 1_500
    assert text.endswith(link)


def test_a_message_mentions_nobody_and_marks_up_nothing() -> None:
    mention = full_edition().leads[0].model_copy(update={"text": "@everyone <!channel> #all"})
    hostile = hostile_edition().model_copy(
        update={"leads": (mention, *hostile_edition().leads)[:3]}
    )
    text = make_message(hostile, LINK).removesuffix(LINK)
    assert not set("*_~`|<>[]#&\\") & set(text)
    assert "://" not in text
    assert "@everyone" not in text
    assert f"@{INVISIBLE}everyone" in text
    assert BIDI not in text
    assert ATTACKS[0] not in text


@pytest.mark.parametrize(
    "call", ["@everyone", "Go, @here", "a@all b", "<!channel>", "!channel>", "<@U123>", "<@&99>"]
)
def test_words_of_an_article_call_nobody_out(call: str) -> None:
    lead = full_edition().leads[0].model_copy(update={"text": f"Headline: {call}"})
    first = make_message(full_edition().model_copy(update={"leads": (lead,)}), "").splitlines()[-2]
    assert "Headline: " in first
    assert not re.search(r"[@!](?=\w)|<", first)


def test_a_message_tells_the_leads_in_their_order_and_the_counts() -> None:
    lines = make_message(full_edition(), LINK).splitlines()
    assert [line[:2] for line in lines if line[1] == "."] == ["1.", "2.", "3."]
    assert lines[-2] == "7 new articles and 2 edited, from 5 outlets; 2 calls to make."
    assert lines[-1] == LINK
