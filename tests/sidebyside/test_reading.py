"""The reading as a whole: deterministic, without verdicts, whatever comes in."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from factcheck.errors import UsageError
from factcheck.models import Article, Excluded, Report
from factcheck.report import Format, load_report, render, write_report
from factcheck.sidebyside import SideBySide
from tests.samples import sample_report
from tests.sidebyside.world import COURIER, HERALD, JOURNAL, STRANGER, article, read
from tests.test_report import ATTACKS, Tree

ALL = (HERALD, COURIER, JOURNAL, STRANGER)
FORMATS: tuple[Format, ...] = ("html", "md")


def whole() -> SideBySide:
    """A reading in which every part is there."""
    made = read(*ALL, hints=("Set a key.",))
    return made.model_copy(update={"excluded": (Excluded(source="x.txt", reason="empty"),)})


def test_the_same_articles_give_the_same_reading() -> None:
    assert read(*ALL).model_dump_json() == read(*ALL).model_dump_json()


def test_the_sample_shows_every_part() -> None:
    made = whole()
    parts = (made.clusters, made.comparisons, made.denials, made.singles, made.quoted)
    assert all((*parts, made.strangers, made.hints, made.excluded))


def test_it_reads_back_from_json_by_its_schema(tmp_path: Path) -> None:
    (path,) = write_report(whole(), tmp_path, ["json"])
    assert path.name == "reading.json"
    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == "factcheck.reading/3"
    assert load_report(path) == whole()


def test_a_report_still_reads_back_as_a_report(tmp_path: Path) -> None:
    (path,) = write_report(sample_report(), tmp_path, ["json"])
    assert isinstance(load_report(path), Report)


def test_a_damaged_reading_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    path.write_text('{"schema": "factcheck.reading/3"}', encoding="utf-8")
    with pytest.raises(UsageError, match="damaged at articles"):
        load_report(path)


@pytest.mark.parametrize("format_", FORMATS)
def test_it_says_first_that_no_fact_check_was_made_and_how_to_get_one(format_: Format) -> None:
    top = render(whole(), format_).partition("Footbridge")[0]
    assert "Side-by-side reading: no fact-check was made" in top
    assert "Set a key." in top
    assert "Tallow Times shares almost no names with the other articles" in top
    assert "names and numbers only" in top


@pytest.mark.parametrize("format_", FORMATS)
def test_there_is_no_verdict_claim_or_count_of_origins(format_: Format) -> None:
    text = Tree(render(whole(), "html")).text if format_ == "html" else render(whole(), format_)
    for word in ("verified", "disputed", "Verdict", "origin", "own voice;", "by the model"):
        assert word not in text


def test_html_is_sound_and_every_link_leads_somewhere() -> None:
    tree = Tree(render(whole(), "html"))
    assert tree.open == []
    ids = tree.every("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.every("href") if link[0] == "#"} <= set(ids)
    for value in tree.every("aria-labelledby"):
        assert set(value.split()) <= set(ids)


@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_text_stays_text(format_: Format) -> None:
    attack = " ".join(" ".join(ATTACKS).split())
    one = article("a1", attack, f"Mayor Ada Brandt of Orle said {attack} on Tuesday evening.")
    two = article("a2", "B", f"Mayor Ada Brandt of Orle said {attack} on Tuesday evening.")
    made = render(read(one, two), format_, full=True)
    html = made if format_ == "html" else MarkdownIt("commonmark").enable("table").render(made)
    tree = Tree(html)
    assert not {"script", "img"} & {tag for tag, _ in tree.tags}
    assert {link[:1] for link in tree.every("href")} == {"#"}


def test_hostile_text_stays_text_in_short_markdown_too() -> None:
    attack = " ".join(" ".join(ATTACKS).split())
    text = f"Mayor Ada Brandt of Orle said {attack} on Tuesday evening."
    made = render(read(article("a1", attack, text), article("a2", "B", text)), "md")
    tree = Tree(MarkdownIt("commonmark").enable("table").render(made))
    assert not {"script", "img", "a"} & {tag for tag, _ in tree.tags}


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_articles_give_a_reading_that_says_so(count: int) -> None:
    made = read(*ALL[:count])
    assert made.clusters == ()
    assert "nothing can be set side by side" in render(made, "md")


WORDS = " ".join(s.text for one in ALL for s in one.sentences).split()
ODD = ("“", "”", "", "$", "3,0,0", "1e9", "٣", "’s", "12:99", "—", "ß" * 40, "said", "denied", "%")


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["en", "fr", "und", "ja"]),
            st.lists(
                st.lists(
                    st.sampled_from([*WORDS, *ODD]) | st.text(max_size=6), min_size=1, max_size=25
                ).map(" ".join),
                max_size=5,
            ),
        ),
        max_size=4,
    )
)
def test_mutated_articles_never_break_it(drawn: list[tuple[str, list[str]]]) -> None:
    made = read(
        *(
            article(f"a{n}", f"Outlet {n % 2}", *texts, language=language)
            for n, (language, texts) in enumerate(drawn)
        )
    )
    assert SideBySide.model_validate_json(made.model_dump_json()) == made
    assert made.title in render(made, "md")
    places = [(r.article, n) for one in made.clusters for r in one.rows for n in r.sentences]
    assert len(places) == len(set(places))


def many(count: int) -> list[Article]:
    """Articles of thirty sentences of which half are alike."""
    return [
        article(
            f"a{n}",
            f"Outlet {n}",
            *(f"{COURIER.sentence(k % 5 + 1).text} Part {k} of {n}." for k in range(15)),
            *(
                f"Outlet{n} tells of word{n}x{k} and thing{n}y{k} in its street {k}."
                for k in range(15)
            ),
        )
        for n in range(count)
    ]


def test_the_cost_grows_no_faster_than_the_pairs_that_have_something_in_common() -> None:
    start = time.process_time()
    read(*many(12))
    assert time.process_time() - start < 60
