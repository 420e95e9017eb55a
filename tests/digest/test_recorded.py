"""Two editions of a developing story, from the recorded run (see cassettes/README.md).

What stands here is what an editor demands of the second edition, not the whole of it. What is
looked for must be found, and once: `find` fails on nothing and on two.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pytest

from factcheck.digest.models import Change, Edition, Quote, StoryEdition
from factcheck.digest.publish.mail import make_mail
from factcheck.models import Report, Voice
from factcheck.report.words import text_of
from tests.digest.replayed import ROOT, replay_editions

ARRIVALS = ROOT / "tests" / "stories" / "halvik"
MOMENTS = {
    "1-morning": datetime.fromisoformat("2026-09-14T07:00:00+02:00"),
    "2-evening": datetime.fromisoformat("2026-09-14T17:00:00+02:00"),
}


@cache
def editions() -> tuple[Edition, Edition, tuple[str, ...], dict[str, str]]:
    """Both editions, what of the recording was not played, and the pages at the end."""
    place = Path(mkdtemp())
    try:
        made, recording = replay_editions("halvik", MOMENTS, place, confirm=False)
        pages = {
            path.relative_to(place / "digest").as_posix(): path.read_text(encoding="utf-8")
            for path in (place / "digest").rglob("*.*")
        }
        return made[0], made[1], tuple(recording.list_unplayed()), pages
    finally:
        shutil.rmtree(place)


@pytest.fixture
def story() -> StoryEdition:
    """The story in the second edition."""
    [story] = editions()[1].stories
    return story


def find(story: StoryEdition, kind: str, *words: str) -> Change:
    """The one change of a kind whose text holds these words."""
    [found] = [
        change
        for change in story.changes
        if change.kind == kind and all(word in change.text for word in words)
    ]
    return found


def told(story: StoryEdition, *kinds: str) -> list[Change]:
    """The changes of some kinds; there must be one of each."""
    found = [change for change in story.changes if change.kind in kinds]
    assert {change.kind for change in found} == {*kinds}
    return found


def report(number: int) -> Report:
    """The report of the story in one of the two editions."""
    edition = editions()[:2][number]
    return Report.model_validate_json(editions()[3][f"editions/{edition.id}/s1.json"])


def voices_of(quote: Quote, told_in: Report) -> list[Voice]:
    """The voices of a report that a quote shows, by article, sentence and speaker."""
    return [
        voice
        for finding in told_in.findings
        for voice in finding.voices
        if (voice.article, voice.quotes[:1]) == (quote.article, (quote.text,))
        and voice.name
        and quote.said_by in {voice.name, voice.function, f"{voice.name}, {voice.function}"}
    ]


# --- what it costs ------------------------------------------------------------------------


def test_the_recording_is_played_whole() -> None:
    assert editions()[2] == ()


def test_the_second_edition_reads_the_news_alone_and_compares_once() -> None:
    first, second = ({use.stage: use.calls for use in one.use} for one in editions()[:2])
    assert first == {"extract": 4, "compare": 1, "edit": 1}
    # Three new articles and an edited one; three are as they were.
    assert second == {"extract": 4, "compare": 1, "edit": 1}
    assert not any(use.reasks for one in editions()[:2] for use in one.use)


# --- what leads ---------------------------------------------------------------------------


def test_other_events_stay_apart_also_a_fire_near_by() -> None:
    singles = [line.title for single in editions()[1].singles for line in single.articles]
    assert sorted(singles) == [
        "Barn burns down near Tolne",
        "Ferry fares on the outer islands to rise in January",
        "Herring quota to fall by a tenth next year",
    ]
    assert len(editions()[1].stories) == 1


def test_the_dispute_the_correction_and_the_toll_lead(story: StoryEdition) -> None:
    assert editions()[1].leads == (
        find(story, "moved", "kill"),
        find(story, "disputed", "welding"),
        find(story, "corrected", "Daily Ledger"),
    )


def test_the_denial_disputes_the_welding_in_the_words_of_both_sides(story: StoryEdition) -> None:
    welding = find(story, "disputed", "welding")
    assert (welding.before, welding.after) == ("single-source", "disputed")
    assert text_of(welding.detail) == (
        "Was there welding at the warehouse that night? "
        "Arne Voll: Men welded until shortly before the explosion. "
        "Norgrain / Mona Falk: No welding was done there that night."
    )
    assert [(q.outlet, q.said_by, q.text) for q in welding.quotes] == [
        (
            "Fjord Radio",
            "Arne Voll, docker of the night shift in the port of Halvik",
            (
                "Men had been welding at a loading gate until shortly before the explosion, "
                "Arne Voll, a docker of the night shift, told Fjord Radio."
            ),
        ),
        (
            "Halvik Courier",
            "Norgrain, company with the warehouse",
            "Norgrain denied that there had been any welding at the warehouse that night.",
        ),
    ]


def test_the_calls_are_those_that_the_model_chose_for_the_report(story: StoryEdition) -> None:
    chosen = report(1).first_page
    assert chosen.made_by == "model"
    assert story.first_page is not None
    shown = [(call.strong, call.text, call.note) for call in story.first_page.calls]
    asked = [(c.who[:1].upper() + c.who[1:], c) for c in chosen.calls[: len(shown)]]
    assert shown == [(who, f"{who}: {c.ask}", c.record) for who, c in asked]
    assert "Norgrain" in " ".join(who for who, _, _ in shown)


# --- values that moved --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "values", "outlets", "new"),
    [
        (
            "kill",
            [
                "At least 12 people",
                "Risen to 14 people",
                "At least 17 people",
            ],
            [
                ("Halvik Courier", "Coast Telegraph", "Daily Ledger"),
                ("Fjord Radio",),
                ("Halvik Courier", "Coast Telegraph"),
            ],
            [False, False, True],
        ),
        (
            "injured",
            ["40 injured people, at 5 a.m.", "46 injured people"],
            [("Coast Telegraph",), ("North Coast Agency", "Coast Telegraph")],
            [False, True],
        ),
        (
            "port closed",
            ["Closed until Friday", "Closed until further notice"],
            [("Fjord Radio",), ("Coast Telegraph",)],
            [False, True],
        ),
        (
            "grain store",
            ["Still burning at dawn", "Put out at noon"],
            [("Halvik Courier",), ("Halvik Courier",)],
            [False, True],
        ),
        (
            "Old Harbour",
            [
                "Keep windows shut, stay indoors",
                "Windows may be opened again",
            ],
            [("Halvik Courier",), ("Halvik Courier",)],
            [False, True],
        ),
    ],
)
def test_each_value_moves_with_its_steps_in_order(
    story: StoryEdition,
    asked: str,
    values: list[str],
    outlets: list[tuple[str, ...]],
    new: list[bool],
) -> None:
    steps = find(story, "moved", asked).steps
    assert [step.value for step in steps] == values
    assert [step.outlets for step in steps] == outlets
    assert [step.new for step in steps] == new
    times = [step.told for step in steps if step.told]
    assert len(times) == len(steps)
    assert all(a <= b for a, b in pairwise(times))


def test_nothing_else_moved(story: StoryEdition) -> None:
    assert len(told(story, "moved")) == 5


def test_the_last_toll_is_verified_and_names_all_who_give_it(story: StoryEdition) -> None:
    toll = find(story, "moved", "kill")
    assert toll.after == "verified"
    assert text_of(toll.detail) == (
        "Latest: At least 17 people "
        "(fire service and police, in Halvik Courier and Coast Telegraph)."
    )
    assert [(q.outlet, q.said_by) for q in toll.quotes] == [
        ("Halvik Courier", "fire service"),
        ("Coast Telegraph", "police"),
    ]


def test_the_closure_that_moved_is_no_correction_and_no_dispute(story: StoryEdition) -> None:
    assert text_of(find(story, "moved", "closed").detail) == (
        "Settled: Closed until further notice (port of Halvik (Sten Borg), in Coast Telegraph)."
    )
    others = [change.text for change in told(story, "corrected", "disputed")]
    assert not [text for text in others if "Friday" in text or "closed" in text]


# --- corrections and confirmations -----------------------------------------------------------


def test_the_outlet_that_corrects_itself_is_told_once(story: StoryEdition) -> None:
    [corrected] = told(story, "corrected")
    assert corrected.text == (
        "Daily Ledger: An earlier version of this article said that the warehouse had failed two "
        "inspections in 2023. It failed one inspection, in 2021."
    )
    assert [quote.role for quote in corrected.quotes] == ["before", "after", "after"]
    before, after = corrected.quotes[:2]
    assert "failed two safety inspections in 2023" in before.text
    assert "failed a safety inspection in 2021" in after.text
    assert not [change for change in story.changes if change.kind == "edited"]


def test_a_correction_that_gives_what_a_body_found_is_no_second_origin(
    story: StoryEdition,
) -> None:
    [failed] = [f for f in report(1).findings if "2021" in f.text and "failed" in f.text]
    assert failed.verdict == "single-source"
    assert [origin.label for origin in failed.origins] == ["labour inspectorate"]
    codes = {voice.note.code for voice in failed.voices if voice.note and not voice.counted}
    assert "echo" in codes
    assert not [one for one in story.changes if one.kind == "verified" and "2021" in one.text]


def test_what_stood_on_the_owners_word_is_verified_by_the_register(story: StoryEdition) -> None:
    stored = find(story, "verified", "800 tonnes")
    assert (stored.before, stored.after) == ("single-source", "verified")
    assert text_of(stored.detail) == (
        "Norgrain and register of the Port Authority say so independently."
    )
    assert [(q.outlet, q.said_by) for q in stored.quotes] == [
        # The sentence says who keeps the register, and who has seen it.
        ("North Coast Agency", "register of the Port Authority, register of the port"),
        ("Coast Telegraph", "Norgrain, owner of the warehouse"),
    ]
    assert stored.quotes[0].text.endswith(
        "held 800 tonnes of ammonium nitrate, according to the register of the Port Authority, "
        "which North Coast Agency has seen."
    )


# --- the rest of the news --------------------------------------------------------------------


def test_the_missing_stand_first_of_what_is_new(story: StoryEdition) -> None:
    missing = find(story, "new", "missing")
    assert missing == told(story, "new")[0]
    assert missing.text.startswith("3 people who worked the night shift")
    # The outlet says so, and nobody is quoted with it; but it tells on what the fire service said.
    assert text_of(missing.detail) == "Only in Halvik Courier, apparently from fire service."
    assert [(q.outlet, q.said_by, q.text) for q in missing.quotes] == [
        ("Halvik Courier", "", "Three people who worked the night shift are still missing.")
    ]


@pytest.mark.parametrize(
    ("words", "outlet", "who", "sentence"),
    [
        # What somebody did is the outlet's own word.
        (
            "Jonas Rud ordered an inquiry",
            "Halvik Courier",
            "",
            "Interior minister Jonas Rud ordered an inquiry.",
        ),
        (
            "looking for 2 contractors",
            "Coast Telegraph",
            "police",
            (
                "Police put the number of people killed in the port of Halvik at 17 on Monday "
                "afternoon and said that they were looking for two contractors."
            ),
        ),
        (
            "Port Authority declined to say when the port",
            "North Coast Agency",
            "Port Authority, authority for the port of Halvik",
            "The Port Authority would not say when the port will open again.",
        ),
        (
            "Liv Haug declined to say what work",
            "Coast Telegraph",
            "Liv Haug, police inspector",
            "She would not say what work they did.",
        ),
    ],
)
def test_what_is_new_stands_in_the_words_of_who_said_it(
    story: StoryEdition, words: str, outlet: str, who: str, sentence: str
) -> None:
    [quote] = find(story, "new", words).quotes
    assert (quote.outlet, quote.said_by, quote.text) == (outlet, who, sentence)


def test_nothing_is_told_twice(story: StoryEdition) -> None:
    texts = Counter(change.text for change in story.changes)
    findings = Counter(change.finding for change in story.changes if change.finding)
    assert len(findings) > 10
    assert [one for one, count in (texts + findings).items() if count > 1] == []
    event = re.compile(r"warehouse (?:in the port )?(?:of|in) Halvik (?:exploded|blew up)")
    assert not [text for text in texts if event.search(text)]


def test_nothing_of_the_morning_is_told_as_new(story: StoryEdition) -> None:
    [before] = editions()[0].stories
    morning = {quote.text for change in before.changes for quote in change.quotes}
    assert morning
    for change in told(story, "new"):
        assert {quote.text for quote in change.quotes}.isdisjoint(morning)


def test_what_is_still_verified_in_other_words_is_not_told_as_weakened(story: StoryEdition) -> None:
    [hour] = [f for f in report(1).findings if "exploded shortly after 2 a.m." in f.text]
    assert hour.verdict == "verified"
    assert {"a1.c3", "a4.c3"} <= {voice.claim for voice in hour.voices}
    assert [change.text for change in story.changes if change.kind == "weakened"] == []


def test_what_an_edit_left_as_it_was_is_neither_gone_nor_new(story: StoryEdition) -> None:
    assert not {change.kind for change in story.changes} & {"gone", "carried"}
    for words in ("days of mourning", "darkest", "Schools"):
        assert not [change for change in story.changes if words in change.text]
        ids = [
            [finding.id for finding in report(n).findings if words in finding.text] for n in (0, 1)
        ]
        assert len(ids[0]) == 1
        assert ids[0] == ids[1]
    [school] = [one for one in story.one_voice if "Schools" in one.text]
    assert school.since == editions()[0].id


# --- the words and the pages ------------------------------------------------------------------


def test_every_quote_stands_in_its_own_article(story: StoryEdition) -> None:
    articles = {a.id: a for n in (0, 1) for a in report(n).articles}
    quotes = [quote for change in story.changes for quote in change.quotes]
    assert {quote.article for quote in quotes} >= {"a2", "a7", "a8", "a10", "a11"}
    for quote in quotes:
        article = articles[quote.article]
        assert quote.outlet == article.label
        text = " ".join(sentence.text for sentence in article.sentences)
        files = " ".join(
            path.read_text(encoding="utf-8").replace("&ldquo;", "“").replace("&rdquo;", "”")
            for path in ARRIVALS.rglob(Path(article.source).name)
        )
        assert quote.text in text
        assert quote.text in " ".join(files.split())
        if quote.said_by:
            assert quote.text in [sentence.text for sentence in article.sentences]


@pytest.mark.parametrize(("number", "at_least"), [(0, 15), (1, 15)])
def test_what_is_cited_for_a_quote_under_a_name_holds_the_name(number: int, at_least: int) -> None:
    [told_story] = editions()[:2][number].stories
    told_in = report(number)
    articles = {article.id: article for article in told_in.articles}
    sources = {source.id: source for source in told_in.sources}
    named = [q for change in told_story.changes for q in change.quotes if q.said_by]
    assert len(named) >= at_least
    missed = set()
    for quote in named:
        voices = voices_of(quote, told_in)
        assert voices
        for voice in voices:
            article = articles[voice.article]
            cited = " ".join(article.sentence(n).text for n in voice.sentences)
            assert quote.text in cited
            # "He said" is he who is named right before.
            cited += " " + article.sentence(max(1, min(voice.sentences) - 1)).text
            also = sources[voice.source].also if voice.source else ()
            surname = voice.name.split()[-1]
            known = (voice.name, surname, voice.function, "the company", *also)
            names = "|".join(re.escape(name) for name in known if name)
            if not re.search(rf"\b({names})\b", cited, re.IGNORECASE):
                missed.add(quote.text)
    assert missed == set()


def test_the_first_page_of_the_report_names_findings_by_their_lasting_numbers(
    story: StoryEdition,
) -> None:
    full = report(1)
    findings = {finding.id: finding for finding in full.findings}
    page = full.first_page
    assert page.solid
    assert {findings[one].verdict for one in page.solid} == {"verified"}
    assert {findings[one].verdict for one in page.alone} == {"single-source"}
    assert find(story, "new", "missing").finding in page.alone
    known = {*findings, *(issue.id for issue in full.issues)}
    assert page.careful
    assert page.calls
    assert {one for line in page.careful for one in line.ids} <= known
    assert {one for call in page.calls for one in call.ids} <= known


def test_page_and_mail_show_what_leads() -> None:
    second, pages = editions()[1], editions()[3]
    page = pages["index.html"]
    assert "1 story changed" in page
    assert "Single source" in page
    assert "editions/2026-09-14T070000.html" in pages
    post = make_mail(second, "https://example.org/index.html")
    assert second.leads[0].text in post.subject
    text = " ".join(post.text.split())
    assert len(second.leads) == 3
    for lead in second.leads:
        assert lead.text in page
        assert lead.text in text
