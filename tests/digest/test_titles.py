"""A story is called by what happened: no path, no file name and no name of an outlet."""

from __future__ import annotations

from factcheck.articles import article_from_text
from factcheck.digest.store.inbox import Held
from factcheck.digest.telling import LONGEST, find_headline
from factcheck.models import Article
from tests.digest.room import Room

FIRST = "A fire broke out in the old mill of Orle on Sunday night, the fire brigade said."
TEXT = f"{FIRST}\n\nForty firefighters kept the flames from the houses of Mill Lane."


def held(number: int, title: str, text: str = TEXT) -> Held:
    """An article of the Orle Times with a headline, or what stands for one."""
    source = f"inbox/wire/{number}_orle-times.txt"
    found = article_from_text(text, source=source, article_id=f"a{number}")
    assert isinstance(found, Article)
    named = {"title": title, "outlet": "Orle Times", "outlet_from": "metadata"}
    return Held(number, found.model_copy(update=named), "inbox")


def test_the_headline_of_the_newest_article_that_has_one_is_the_title() -> None:
    assert find_headline([held(1, "Mill burns"), held(2, "Fire in Orle")]) == "Fire in Orle"
    assert find_headline([held(1, "Mill burns"), held(2, "")]) == "Mill burns"
    assert find_headline([held(1, "Mill burns"), held(2, "ORLE TIMES")]) == "Mill burns"


def test_without_a_headline_the_title_is_how_a_text_begins() -> None:
    assert find_headline([held(1, "")]) == FIRST
    endless = held(1, "Orle Times", f"{FIRST[:-1]} and {'on ' * 200}.\n\n{TEXT}")
    assert find_headline([endless]).startswith(FIRST[:40])
    assert len(find_headline([endless])) <= LONGEST


def test_no_page_calls_a_story_by_the_name_of_its_file(room: Room) -> None:
    room.inbox.mkdir()
    for name in ("wire_0417", "wire_0418"):
        text = TEXT.replace("Forty", "Forty" if name.endswith("7") else "Some forty")
        (room.inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    edition = room.make()
    titles = [story.title for story in (*edition.stories, *edition.singles)]
    titles += [line.title for story in edition.stories for line in story.articles]
    assert {title.partition(" ")[0] for title in titles} == {"A"}
