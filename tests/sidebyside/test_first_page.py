"""What stands on the first page of a reading, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from factcheck.cli import console
from factcheck.models import Article
from factcheck.report import reading, render
from factcheck.report.first_page import Line
from factcheck.report.first_page.fitting import MOST_WORDS
from factcheck.report.reading_entries import Index
from factcheck.report.reading_first_page import FirstPage, first_page, plain_text
from factcheck.sidebyside import SideBySide
from factcheck.sidebyside.clusters import unite
from tests.sidebyside.test_gold import ferry
from tests.sidebyside.world import COURIER, HERALD, JOURNAL, STRANGER, article, read

LEAD = (
    "The old footbridge over the Senn at Orle collapsed on Tuesday evening, killing three people."
)
ECHO = "Three people were killed on Tuesday evening when the old footbridge at Orle collapsed."
FLOOD = "The flood destroyed {} houses along the Senn in Orle."
LEDGER = "The builder Marrow & Sons paid 40,000 dollars to the dredging firm Halm, Ida Holm said."


def page_of(made: SideBySide) -> FirstPage:
    """The first page of a reading."""
    return first_page(Index(made), reading.notices(Index(made)))


def top(*articles: Article) -> FirstPage:
    """The first page of the reading of some articles."""
    return page_of(read(*articles))


def lines_of(page: FirstPage, part: str) -> tuple[Line, ...]:
    """The lines of a part."""
    return next(one.lines for one in page.parts if one.id == part)


def texts(page: FirstPage, part: str) -> list[str]:
    """The lines of a part, with what stands in brackets behind them."""
    return [f"{line.text} ({line.note})" for line in lines_of(page, part)]


def word(*numbers: int) -> str:
    """A word that no other numbers give, without digits."""
    return "q".join("".join("bdfgklmnrt"[int(d)] + "a" for d in str(one)) for one in numbers)


def padding(number: int) -> list[str]:
    """Sentences that no other number has, so that articles are no copies of each other."""
    return [" ".join(word(number, k, n).title() for n in range(8)) + "." for k in range(4)]


def busy(number: int) -> Article:
    """An article with sixty long sentences of its own and a few that all have."""
    own = [
        f"The {word(number, k)} of Orle {' '.join(word(number, k, n) for n in range(30))} "
        f"for {k + 2} million dollars, {word(number, k).title()} Holm said."
        for k in range(60)
    ]
    return article(f"a{number}", f"Outlet {number}", *(s.text for s in COURIER.sentences), *own)


def count_words(page: FirstPage) -> int:
    """The words of a page as plain text."""
    return len(plain_text(page).split())


# --- the page as a whole ----------------------------------------------------------------------


def test_eight_articles_take_at_most_the_words_of_a_first_page() -> None:
    full = top(*(busy(number) for number in range(1, 9)))
    assert 300 < count_words(full) <= MOST_WORDS
    assert lines_of(full, "alike")
    assert lines_of(full, "alone")
    assert count_words(page_of(ferry())) <= MOST_WORDS


def test_the_terminal_gets_the_page_in_eighty_columns_and_without_its_own_codes() -> None:
    steer = "The \x1b[31mred\x1b[0m bridge of Orle cost 4 million dollars, Ida Holm said on Monday."
    shown = reading.terminal_page(read(HERALD, COURIER, article("a3", "Third", steer)), 80)
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    assert shown.startswith("Side-by-side reading: no fact-check was made\n\nNo model read")


def test_the_end_of_a_run_shows_the_page_and_how_to_get_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.show_reading(ferry(), ("Set a key.",))
    shown = capsys.readouterr().err
    assert reading.terminal_page(ferry(), 80) in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.endswith("To get one:\n- Set a key.\n")


def test_markdown_has_at_most_three_words_for_each_word_of_news() -> None:
    news = sum(len(s.text.split()) for one in ferry().articles for s in one.sentences)
    assert len(render(ferry(), "md").split()) <= 3 * news


def test_full_markdown_holds_every_sentence() -> None:
    whole = render(ferry(), "md", full=True)
    assert all(f"- **{s.number}** " in whole for one in ferry().articles for s in one.sentences)
    assert "Sources, annotated" in whole
    assert "Sources, annotated" not in render(ferry(), "md")


def test_every_line_of_the_page_leads_to_its_evidence_in_html() -> None:
    made = render(ferry(), "html")
    for part in page_of(ferry()).parts:
        for line in part.lines:
            assert all(f'id="{ref}"' in made for ref in line.refs)


# --- what several outlets carry ---------------------------------------------------------------


def test_a_sentence_that_two_outlets_carry_stands_once_with_both() -> None:
    (line,) = texts(top(article("a1", "Herald", LEAD), article("a2", "Courier", ECHO)), "alike")
    assert line.count("footbridge") == 1
    assert "(Herald; in part: Courier)" in line or "(Herald; much the same: Courier)" in line


def test_copies_of_one_text_are_no_two_outlets() -> None:
    twins = [article(f"a{n}", f"O{n}", LEAD, LEDGER, HERALD.sentence(9).text) for n in (1, 2)]
    page = top(*twins)
    assert lines_of(page, "alike") == ()
    assert any("(O1 / O2)" in line for line in texts(page, "alone"))


def test_a_bare_quotation_never_stands_without_its_speaker() -> None:
    quote = "“We heard the cable snap like a whip, and then the deck was gone.”"
    named = "“We heard the cable snap like a whip, and then the deck was gone,” Jon Fell said."
    one = article("a1", "Herald", *padding(1), "Jon Fell said:", quote)
    (line,) = texts(top(one, article("a2", "Courier", *padding(2), named)), "alike")
    assert "Jon Fell said" in line


def test_clusters_that_share_a_sentence_are_one() -> None:
    chain = [(1, 4), (2, 6, 7), (4, 9), (7, 8)]
    assert unite(chain) == [(1, 4, 9), (2, 6, 7, 8)]


def test_who_is_close_to_another_sentence_alone_does_not_carry_the_first() -> None:
    both = "The cable was never inspected by the town, and the widows get a pension from the guild."
    ones = [
        article("a1", "A", *padding(1), "The cable was never inspected by the town, Holm said."),
        article("a2", "B", *padding(2), both),
        article("a3", "C", *padding(3), "The widows will get a pension from the guild, Fell said."),
    ]
    (line,) = texts(top(*ones), "alike")
    assert line.startswith("“The cable was never inspected by the town, and the widows")
    assert line.endswith("(B; nearly the same words: A; in part: C)")
    (cluster,) = read(*ones).clusters
    apart = cluster.rows[1].model_copy(update={"strength": "close-to-another-one"})
    moved = cluster.model_copy(update={"rows": (cluster.rows[0], apart, cluster.rows[2])})
    made = read(*ones).model_copy(update={"clusters": (moved,)})
    (line,) = texts(page_of(made), "alike")
    assert line.endswith("(B; in part: C)")


# --- what differs -----------------------------------------------------------------------------


def test_values_of_two_outlets_stand_with_their_outlets_and_times() -> None:
    (line,) = texts(
        top(
            article("a1", "Herald", *padding(1), FLOOD.format(310)),
            article("a2", "Courier", *padding(2), FLOOD.format(450)),
        ),
        "figures",
    )
    assert "310 (Herald, 13 May 12:00); 450 (Courier, 13 May 12:00)" in line


def test_values_stand_in_the_order_of_their_moments_whatever_the_zone() -> None:
    early = datetime(2026, 5, 13, 13, 0, tzinfo=timezone(timedelta(hours=3)))
    later = datetime(2026, 5, 13, 11, 0, tzinfo=UTC)
    (line,) = texts(
        top(
            article("a1", "Herald", *padding(1), FLOOD.format(310), published=later),
            article("a2", "Courier", *padding(2), FLOOD.format(450), published=early),
            article("a3", "Third", *padding(3), FLOOD.format(900), published=None),
        ),
        "figures",
    )
    assert [line.index(name) for name in ("Courier", "Herald", "(Third)")] == sorted(
        line.index(name) for name in ("Courier", "Herald", "(Third)")
    )


def test_equal_values_are_no_difference() -> None:
    ones = [article(f"a{n}", f"O{n}", *padding(n), FLOOD.format(310)) for n in (1, 2)]
    assert len(read(*ones).comparisons) == 1
    assert lines_of(top(*ones), "figures") == ()


def test_a_correction_of_an_outlet_stands_whole() -> None:
    text = "Correction: An earlier version of this article said that 310 people were on the bridge."
    page = top(HERALD, article("a2", "Courier", ECHO, text))
    assert texts(page, "corrected") == [f"“{text}” (Courier)"]
    assert text not in " ".join(texts(page, "alone"))


def test_a_correction_never_stands_without_what_is_right() -> None:
    notice = ("Correction.", "We said that it was 9 years old.", "It is 90.", "It rained in Orle.")
    made = article("a2", "Courier", ECHO, *notice)
    paragraph = [1, 2, 2, 2, 3]
    held = tuple(
        one.model_copy(update={"paragraph": number})
        for one, number in zip(made.sentences, paragraph, strict=True)
    )
    page = top(HERALD, made.model_copy(update={"sentences": held}))
    assert texts(page, "corrected") == [f"“{' '.join(notice[:3])}” (Courier)"]


def test_a_short_denial_stands_with_what_it_denies() -> None:
    one = article("a1", "Herald", "The cable was worn, the town said.", "Marrow & Sons denied it.")
    (line,) = texts(top(one, COURIER), "denied")
    assert line.startswith("“The cable was worn, the town said. Marrow & Sons denied it.”")


def test_each_source_denies_once_and_nobody_unnamed() -> None:
    page = top(
        article("a1", "Herald", "The builder Ida Holm denied that the cable of it had been worn."),
        article("a2", "Courier", "Ida Holm denied on Monday that the cable was worn, she said."),
        article("a3", "Third", "He denied that anybody had told the town of the worn cable."),
    )
    (line,) = lines_of(page, "denied")
    assert "Ida Holm" in line.text


# --- what stands in one outlet only -----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "He said on Monday that 40,000 dollars had gone to the dredging firm Halm.",
        "“The dredging firm Halm was paid 40,000 dollars for all of it in June.”",
        "But the dredging firm Halm was paid 40,000 dollars, Ida Holm said on Monday.",
        "[7] The dredging firm Halm was paid 40,000 dollars by Ida Holm on Monday.",
        "The dredging firm has been at work on the river for a long while.",
    ],
)
def test_what_cannot_be_read_or_checked_alone_does_not_stand_alone(text: str) -> None:
    page = top(article("a1", "Herald", LEAD, LEDGER), article("a2", "Courier", ECHO, text))
    assert [line for line in texts(page, "alone") if "Halm" in line] == [
        f"“{LEDGER}” (Herald)"
    ] or (not any("(Courier)" in line for line in texts(page, "alone")))


def test_what_another_outlet_tells_too_is_not_in_one_only() -> None:
    other = "Ida Holm said that Halm, a dredging firm, got 40,000 dollars."
    page = top(article("a1", "Herald", LEAD, LEDGER), article("a2", "Courier", ECHO, other))
    assert not any("Halm" in line for line in texts(page, "alone"))


def test_articles_about_something_else_or_in_another_language_have_nothing_alone() -> None:
    alone = " ".join(texts(top(HERALD, COURIER, JOURNAL, STRANGER), "alone"))
    assert alone
    assert "Tallow Times" not in alone
    assert "Journal du Senn" not in alone


def test_each_outlet_has_its_best_before_any_has_its_second() -> None:
    page = top(*(busy(n) for n in range(1, 5)))
    outlets = [line.note for line in lines_of(page, "alone")]
    assert sorted(outlets[:4]) == [f"Outlet {n}" for n in range(1, 5)]
