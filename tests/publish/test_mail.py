"""The mail and the chat message."""

from __future__ import annotations

import re

import pytest

from factcheck.digest.publish import mail, message
from factcheck.digest.publish.mail import Mail
from factcheck.models import Remark
from tests.golden import expect
from tests.publish.samples import (
    empty_edition,
    full_edition,
    quiet_edition,
    reading_edition,
)
from tests.publish.world import BIDI, hostile_edition, large_edition
from tests.test_report import ATTACKS, Tree

LINK = "https://desk.example.org/digest/editions/2026-03-03-1900.html"
INVISIBLE = "\N{WORD JOINER}"


def seen(one: Mail) -> str:
    """What a person reads of the HTML part, on one line."""
    return " ".join(Tree(one.html).text.split())


def test_mail_and_message_are_the_expected_ones() -> None:
    one = mail(full_edition(), LINK)
    expect("../publish/gold/mail.html", one.html)
    expect("../publish/gold/mail.txt", f"Subject: {one.subject}\n\n{one.text}")
    expect("../publish/gold/message.txt", message(full_edition(), LINK) + "\n")


def test_a_mail_carries_its_style_in_place_and_loads_nothing() -> None:
    tree = Tree(mail(full_edition(), LINK).html)
    assert tree.open == []
    tags = {tag for tag, _ in tree.tags}
    assert not {"style", "link", "script", "img", "iframe"} & tags
    assert all(one.get("style") for one in tree.named("blockquote"))
    assert "url(" not in "".join(tree.every("style"))
    assert LINK in tree.every("href")


def test_a_mail_of_an_ordinary_edition_leaves_nothing_to_the_page() -> None:
    text = seen(mail(full_edition(), LINK))
    assert re.findall(r"\d+ more \w+", text) == ["1 more quote"]
    assert "Still on one voice" in text


@pytest.mark.parametrize(("stories", "words"), [(30, 20), (150, 5), (300, 400)])
def test_a_mail_stays_below_the_limit_and_says_what_it_leaves_out(stories: int, words: int) -> None:
    one = mail(large_edition(stories, words), LINK)
    assert len(one.html.encode()) < 100_000
    assert "Now disputed: The fire doors on the car deck" in seen(one)
    assert "Single source → Disputed" in seen(one)
    assert re.search(r"\d+ more (quiet )?stor", seen(one)) or "more change" in seen(one)
    assert Tree(one.html).open == []


def test_what_is_missed_least_is_left_out_first() -> None:
    text = seen(mail(large_edition(16, 1), LINK))
    assert "still on one voice: on the page" in text
    assert "Ask Ilo Marr and Halla Line" in text
    assert "There were 240 people on board." in text


@pytest.mark.parametrize("edition", [full_edition(), hostile_edition(), large_edition(5, 3)])
def test_the_text_part_has_lines_of_at_most_72_columns_but_for_links(edition: object) -> None:
    text = mail(edition, LINK).text  # type: ignore[arg-type] # parametrize has no types
    assert [line for line in text.splitlines() if len(line) > 72 and "://" not in line] == []
    assert LINK in text.splitlines()


def test_hostile_text_makes_no_markup_in_a_mail() -> None:
    one = mail(hostile_edition(), LINK)
    tree = Tree(one.html)
    assert tree.open == []
    assert not {"script", "img", "style"} & {tag for tag, _ in tree.tags}
    assert {href.partition("#")[0] for href in tree.every("href")} == {LINK}
    assert not [key for _, attributes in tree.tags for key in attributes if key[:2] == "on"]
    assert "<script>alert(1)</script>" in tree.text
    assert "\n" not in one.subject
    assert BIDI not in one.subject + one.html + one.text


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "https://x.example/" + "y" * 2_000])
def test_a_link_that_cannot_be_used_is_left_out_of_a_mail(link: str) -> None:
    one = mail(full_edition(), link)
    hrefs = Tree(one.html).every("href")
    assert all(href.startswith("https://") and "y" * 100 not in href for href in hrefs)
    assert "The whole page" not in seen(one)


def test_subjects_tell_what_changed_and_what_is_missing() -> None:
    assert mail(full_edition(), LINK).subject == (
        "Newsroom digest, 3 Mar 19:00 (incomplete): "
        "Now disputed: The fire doors on the car deck of the Halla Strand were wedged open"
    )
    assert mail(reading_edition(), LINK).subject.endswith("(no fact-check): 1 new story")


@pytest.mark.parametrize("edition", [quiet_edition(), empty_edition()])
def test_a_quiet_edition_is_one_line(edition: object) -> None:
    assert "\n" not in message(edition, LINK)  # type: ignore[arg-type] # parametrize has no types
    one = mail(edition, LINK)  # type: ignore[arg-type] # as above
    assert len(one.text.splitlines()) <= 3
    assert len([tag for tag, _ in Tree(one.html).tags if tag == "p"]) == 1


def test_a_quiet_edition_that_lacks_something_still_says_so() -> None:
    degraded = quiet_edition().model_copy(
        update={
            "status": "degraded",
            "notes": (Remark(code="call-limit", text="The budget was reached."),),
        }
    )
    assert "This edition is incomplete. The budget was reached." in message(degraded, LINK)
    assert "This edition is incomplete. The budget was reached." in seen(mail(degraded, LINK))


@pytest.mark.parametrize(
    "edition", [full_edition(), hostile_edition(), large_edition(3, 400), reading_edition()]
)
@pytest.mark.parametrize("link", [LINK, "", "https://x.example/" + "y" * 3_000])
def test_a_message_stays_below_its_limit(edition: object, link: str) -> None:
    text = message(edition, link)  # type: ignore[arg-type] # parametrize has no types
    assert 0 < len(text) < 1_500
    assert text.endswith(link) or len(link) > 600


def test_a_message_mentions_nobody_and_marks_up_nothing() -> None:
    mention = full_edition().leads[0].model_copy(update={"text": "@everyone <!channel> #all"})
    hostile = hostile_edition().model_copy(
        update={"leads": (mention, *hostile_edition().leads)[:3]}
    )
    text = message(hostile, LINK).removesuffix(LINK)
    assert not set("*_~`|<>[]#&\\") & set(text)
    assert "://" not in text
    assert "@everyone" not in text
    assert f"@{INVISIBLE}everyone" in text
    assert BIDI not in text
    assert ATTACKS[0] not in text


def test_a_message_tells_the_leads_in_their_order_and_the_counts() -> None:
    lines = message(full_edition(), LINK).splitlines()
    assert [line[:2] for line in lines if line[1] == "."] == ["1.", "2.", "3."]
    assert lines[-2] == "7 new articles and 2 edited, from 5 outlets; 2 calls to make."
    assert lines[-1] == LINK


def test_a_call_says_what_it_is_about_in_both_parts() -> None:
    both = mail(full_edition(), LINK)
    about = "Single source: Divers found the lorry’s driver on Tuesday noon."
    for text in (seen(both), " ".join(both.text.split())):
        calls = text.partition("Calls to make")[2]
        assert about in calls
        assert "Ask the desk of Northline: On what does this rest" in calls
