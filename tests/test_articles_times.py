"""Publication times as news pages print them."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.articles import article_from_text
from factcheck.articles.times import read_time, to_stamp
from factcheck.models import Article
from factcheck.report.words import format_published

MARCH = "2026-03-03T16:22:00+00:00"
STORY = "The mill on the river burned down on Friday.\n\nNobody was hurt, the mayor said."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 3 May 2023 14:05 GMT", "2023-05-03T14:05:00+00:00"),
        ("Updated: May 3, 2023 4:12 pm ET", "2023-05-03T16:12:00-04:00"),
        ("Wed 3 May 2023 15.20 BST", "2023-05-03T15:20:00+01:00"),
        ("03/05/2023 - 12:41", "2023-05-03T12:41:00+00:00"),
        ("05/13/2023 9:05 p.m. EDT", "2023-05-13T21:05:00-04:00"),
        ("Published 2 June 2026, 7:45 p.m. CEST", "2026-06-02T19:45:00+02:00"),
        ("publié le 12 mai 2026 à 15h10", "2026-05-12T15:10:00+00:00"),
        ("Veröffentlicht am 3. Mai 2023 um 12:05 Uhr", "2023-05-03T12:05:00+00:00"),
        ("Publicado el 3 de mayo de 2023", "2023-05-03T00:00:00+00:00"),
        ("3 травня 2023, 09:15", "2023-05-03T09:15:00+00:00"),
        ("2023-05-03T14:05:00+03:00", "2023-05-03T14:05:00+03:00"),
        ("05/03/2023 14:05 ET", "2023-05-03T14:05:00-04:00"),
        ("3 May 2023 14:05 GMT-0:30", "2023-05-03T14:05:00-00:30"),
        ("Sept. 28, 2024, 12:30 a.m. PDT", "2024-09-28T00:30:00-07:00"),
        ("12:05 GMT, 3 May 2023", "2023-05-03T12:05:00+00:00"),
        ("3 May 2023 14:05 IST", "2023-05-03T14:05:00+00:00"),
        ("Tuesday 17 March 2026, 7.30 am", "2026-03-17T07:30:00+00:00"),
        ("mardi 17 mars 2026 à 7 h 30", "2026-03-17T07:30:00+00:00"),
        ("le 1er mars 2026 à 7h", "2026-03-01T07:00:00+00:00"),
        ("Dienstag, 17. März 2026, 7.30 Uhr", "2026-03-17T07:30:00+00:00"),
        ("Venerdì 13 marzo 2026, ore 14", "2026-03-13T14:00:00+00:00"),
        ("viernes 13 de marzo de 2026, 9 horas", "2026-03-13T09:00:00+00:00"),
        ("Vrijdag 13 maart 2026, 14 uur", "2026-03-13T14:00:00+00:00"),
        ("Fredag den 13. mars 2026 kl. 14", "2026-03-13T14:00:00+00:00"),
        ("martes, 17 de marzo de 2026, 7:30 h", "2026-03-17T07:30:00+00:00"),
        ("Quarta-feira, 15 de outubro de 2025, 21h10", "2025-10-15T21:10:00+00:00"),
        ("woensdag 4 maart 2026, 9.15", "2026-03-04T09:15:00+00:00"),
        ("giovedì 5 maggio 2026, 18:05", "2026-05-05T18:05:00+00:00"),
        ("Tirsdag den 10. marts 2026, kl. 21.15", "2026-03-10T21:15:00+00:00"),
        ("Publicerad onsdag 11 februari 2026 kl. 16.45", "2026-02-11T16:45:00+00:00"),
        ("Oppdatert 12. mai 2026 kl. 07.05", "2026-05-12T07:05:00+00:00"),
        ("Julkaistu 3. toukokuuta 2026 klo 9.15", "2026-05-03T09:15:00+00:00"),
        ("Publikováno v úterý 10. března 2026, 21:15", "2026-03-10T21:15:00+00:00"),
        ("Late final, Saturday 11 October 2025, 11.10pm", "2025-10-11T23:10:00+00:00"),
        ("May 6, 2026 at 10:41 PM PDT", "2026-05-06T22:41:00-07:00"),
        ("11 PM ET, May 6, 2026", "2026-05-06T23:00:00-04:00"),
        ("May 6, 2026, 12:00 AM", "2026-05-06T00:00:00+00:00"),
        ("8/3/2026 9:12:00 PM", "2026-08-03T21:12:00+00:00"),
        ("10/09/2026 4:15 PM CDT", "2026-10-09T16:15:00-05:00"),
        ("22-5-2026 08:00", "2026-05-22T08:00:00+00:00"),
        ("05-22-2026 08:00", "2026-05-22T08:00:00+00:00"),
        ("2026年4月21日 15時30分", "2026-04-21T15:30:00+00:00"),
        ("3 Αυγούστου 2026, 17:45", "2026-08-03T17:45:00+00:00"),
        ("21 أبريل 2026 15:30", "2026-04-21T15:30:00+00:00"),
        ("Published: 16:22 GMT, 3 March 2026 | Updated: 17:40 GMT, 4 March 2026", MARCH),
        ("Published 3 March 2026 (16:22 GMT), updated 4 March 2026 (17:40 GMT)", MARCH),
        ("3 March 2026 | 16:22 GMT | Updated 4 March 2026 | 17:40 GMT", MARCH),
        ("3 March 2026 - 16:22 GMT, 4 March 2026 - 17:40 GMT", MARCH),
        ("16:22 GMT 3 March 2026 / 17:40 GMT 4 March 2026", MARCH),
    ],
)
def test_a_time_is_read_with_its_zone_and_leaves_nothing(line: str, expected: str) -> None:
    told = read_time(line)

    assert told is not None
    assert told.stamp.time.isoformat() == expected
    assert told.rest == ""


@pytest.mark.parametrize(
    "line", ["Publié le 03/05/2023 et mis à jour le 04/05/2023", "Le 03/05/2023 à 14:05 est paru"]
)
def test_a_french_word_is_no_american_zone(line: str) -> None:
    told = read_time(line)
    assert told is not None
    assert told.stamp.time.date() == date(2023, 5, 3)


@pytest.mark.parametrize(
    "line",
    [
        *("", "May was cold", "14:05 GMT", "31 February 2023", "3.5.23", "No. 7", "978-3-16-2026"),
        *("Tel 04-05-06 0711", "dpa 210112 Mai 26", "Zone 45-99-26 0112 GMT", "AFP 21/05/26"),
    ],
)
def test_what_is_no_date_gives_none(line: str) -> None:
    assert read_time(line) is None


@pytest.mark.parametrize("line", ["EPN-21-05-26 0112 LOCAL", "AFP 21/05/26 01:12 GMT"])
def test_the_stamp_of_an_agency_is_a_time(line: str) -> None:
    told = read_time(line)
    assert told is not None
    assert told.stamp.time.isoformat() == "2026-05-21T01:12:00+00:00"
    assert told.stamp.precision == "minute"


@pytest.mark.parametrize(
    "value",
    [None, 7, [], "soon", object(), "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"],
)
def test_metadata_that_is_no_time_gives_none(value: object) -> None:
    assert to_stamp(value) is None


def test_the_first_publication_counts_before_an_update() -> None:
    stamps = "Updated 3 May 2023 16:00 GMT\n\nPublished 3 May 2023 14:05 GMT\n\n"
    article = article_from_text(f"Mill burns\n\n{stamps}{STORY}", source="x")

    assert isinstance(article, Article)
    assert article.published
    assert article.published.hour == 14
    assert [d.reason for d in article.dropped] == ["metadata", "metadata"]


def test_a_date_in_the_story_is_no_publication_time() -> None:
    article = article_from_text(f"{STORY} It was sold on 3 May 2023.", source="x")

    assert isinstance(article, Article)
    assert article.published is None


@pytest.mark.parametrize(
    ("line", "precision", "zone_known"),
    [
        ("17 March 2026", "day", False),
        ("17 March 2026, 7.30 am", "minute", False),
        ("17 March 2026, 14:05 IST", "minute", False),
        ("17 March 2026, 14:05 GMT", "minute", True),
        ("17 March 2026, 00:00 GMT", "minute", True),
    ],
)
def test_a_time_says_how_much_of_it_is_known(
    line: str, precision: str, *, zone_known: bool
) -> None:
    told = read_time(line)

    assert told
    assert (told.stamp.precision, told.stamp.zone_known) == (precision, zone_known)


@pytest.mark.parametrize(
    ("value", "precision", "zone_known"),
    [
        ("2026-03-18", "day", False),
        (date(2026, 3, 18), "day", False),
        ("2026-03-18T00:00:00", "day", False),
        ("2026-03-18T16:00", "minute", False),
        ("2026-03-18T00:00:00Z", "minute", True),
    ],
)
def test_metadata_says_how_much_of_a_time_is_known(
    value: object, precision: str, *, zone_known: bool
) -> None:
    stamp = to_stamp(value)

    assert stamp
    assert (stamp.precision, stamp.zone_known) == (precision, zone_known)


CROATIAN = (
    "Gradsko vijeće zatvorilo je u srijedu most nakon što je inspektor pronašao pukotinu.\n\n"
    "Gradonačelnica je rekla da će most biti zatvoren i da su građani o tome obaviješteni.\n"
)
POLISH = (
    "Rada miejska zamknęła w środę most, po tym jak inspektor znalazł rysę na filarze.\n\n"
    "Burmistrz powiedziała, że most jest zamknięty i że nie będzie go przez sześć tygodni.\n"
)
NUMBERED = "Lindow 14 114.\n\nXa xe xi xo xu Lindow xa xe xi xo xu.\n\nXi xo xu xa xe xo xe xi.\n"


@pytest.mark.parametrize(
    ("body", "language", "named", "expected"),
    [
        (CROATIAN, "hr", "12. listopada 2026.", "2026-10-12"),
        (CROATIAN, "hr", "31. listopada 2026.", "2026-10-31"),
        (CROATIAN, "hr", "12. lip. 2026.", "2026-06-12"),
        (POLISH, "pl", "12 listopada 2026", "2026-11-12"),
        (POLISH, "pl", "12 lis 2026", "2026-11-12"),
        (POLISH, "pl", "31 listopada 2026", ""),
        (NUMBERED, "und", "12 listopada 2026", ""),
        (NUMBERED, "und", "12 grudnia 2026", "2026-12-12"),
    ],
)
@pytest.mark.parametrize("place", ["date: ", "text"])
def test_a_month_is_that_of_the_language_of_the_text(
    body: str, language: str, named: str, expected: str, place: str
) -> None:
    head = f"---\ndate: {named}\n---\nLindow\n\n" if place == "date: " else f"Lindow\n{named}\n\n"
    read = article_from_text(head + body, source="a.md", kind="md")
    assert isinstance(read, Article)
    assert read.language == language
    assert (str(read.published.date()) if read.published else "") == expected


@pytest.mark.parametrize(
    "line",
    [
        "3 March 2026 | Updated: 17:40 GMT, 4 March 2026",
        "3 March 2026, updated 17:40 GMT",
    ],
)
def test_the_clock_of_an_update_is_not_that_of_the_publication(line: str) -> None:
    told = read_time(line)

    assert told
    assert (told.stamp.time.day, told.stamp.precision, told.rest) == (3, "day", "")


@pytest.mark.parametrize("line", ["PDT | May 6, 2026", "PD 17 June 2026", "May 6, 2026, 3 PM EDT"])
def test_what_stands_beside_a_time_may_be_its_zone_and_no_agency(line: str) -> None:
    article = article_from_text(f"Mill burns\n\n{line}\n\n{STORY}", source="x")

    assert isinstance(article, Article)
    assert article.published
    assert article.agency == ""


def test_a_byline_before_two_times_keeps_its_outlet_apart() -> None:
    line = "By Ann Poe, Basin Post | Published Aug. 3, 2026 9:12 PM EDT | Updated Aug. 4, 2026"
    article = article_from_text(f"Mill burns\n\n{line}\n\n{STORY}", source="x")

    assert isinstance(article, Article)
    assert (article.byline, article.outlet) == ("Ann Poe", "Basin Post")


@pytest.mark.parametrize(
    "stamps",
    [
        "Published 3 May 2023 14:05 GMT\nUpdated 5 May 2023 16:00 GMT",
        "Published 3 May 2023 14:05 GMT | Updated 5 May 2023 16:00 GMT",
        "Updated 5 May 2023 16:00 GMT\nPublished 3 May 2023 14:05 GMT",
    ],
)
def test_a_printed_update_of_a_later_day_is_kept(stamps: str) -> None:
    article = article_from_text(f"Mill burns\n\n{stamps}\n\n{STORY}", source="x")

    assert isinstance(article, Article)
    assert article.published
    assert article.updated
    assert (article.published.day, article.updated.day) == (3, 5)


@pytest.mark.parametrize(("clock", "told"), [("14:20", ""), ("16:00", ", changed 16:00")])
def test_a_printed_update_of_the_same_day_is_kept_from_half_an_hour_on(
    clock: str, told: str
) -> None:
    stamps = f"Published 3 May 2023 14:05 GMT | Updated 3 May 2023 {clock} GMT"
    article = article_from_text(f"Mill burns\n\n{stamps}\n\n{STORY}", source="x")

    assert isinstance(article, Article)
    assert format_published(article).partition("UTC")[2].removeprefix("+00:00") == told
    assert article.later_day is None


@pytest.mark.parametrize(
    "line", ["2026年4月21日，大桥倒塌，造成三人受伤。", "2026年4月21日に橋が崩落した。"]
)
def test_a_sentence_without_spaces_that_holds_a_day_is_no_time(line: str) -> None:
    article = article_from_text(f"{line}\n\n{STORY}", source="x")

    assert isinstance(article, Article)
    assert article.sentences[0].text == line


def read_day(line: str, tail: str = "", **metadata: object) -> Article:
    text = f"Mill burns\n\n{line}\n\n{STORY}\n\n{tail}"
    article = article_from_text(text, source="x", metadata=metadata)
    assert isinstance(article, Article)
    return article


OWNED = "© Hill Post 2026"
DUE = "The bill has to be paid by 14 November 2026, the mayor said."
URL = "https://hill.example/2026/03/mill"


@pytest.mark.parametrize(
    ("line", "tail", "url", "told"),
    [
        ("Wed 4 March, 9.15pm", OWNED, "", "2026-03-04T21:15"),
        ("Wednesday 4 March", DUE, "", "2026-03-04T00:00"),
        ("mercredi 4 mars, 18 h 20", "(c) 2019–2026 Le Phare", "", "2026-03-04T18:20"),
        ("Publicerad 11 mars kl. 17.40", "", URL, "2026-03-11T17:40"),
        ("miércoles, 4 de marzo", f"Aviso legal | {OWNED}", "", "2026-03-04T00:00"),
        ("Orle | Mittwoch, 4. März, 18.20 Uhr", OWNED, "", "2026-03-04T18:20"),
        ("Posted March 4, 6.30 am", "", URL, "2026-03-04T06:30"),
    ],
)
def test_a_day_without_its_year_takes_that_of_the_page(
    line: str, tail: str, url: str, told: str
) -> None:
    article = read_day(line, tail, url=url)
    assert article.published
    assert article.published.isoformat()[:16] == told
    assert line in [d.text for d in article.dropped]
    assert line not in article.text


@pytest.mark.parametrize(
    ("line", "tail"),
    [
        ("Wed 4 March, 9.15pm", ""),
        ("Thu 4 March, 9.15pm", OWNED),
        ("4 March, 9.15pm", DUE),
        ("4 March, 9.15pm", OWNED),
        ("Veröffentlicht am 4. März, 18.20 Uhr", OWNED),
        ("4 March, 9.15pm", f"{DUE.replace('2026', '2027')}\n\n{OWNED}"),
        ("Wed 4 March, 9.15pm", f"{DUE.replace('2026', '2020')}\n\n{DUE}"),
        ("4 March", OWNED),
        ("Strike begins 4 March", OWNED),
        ("The vote is on Wed 4 March", OWNED),
        ("Wed 4 March", f"Thu 5 March\n\n{STORY}\n\n{OWNED}"),
    ],
)
def test_a_day_without_its_year_is_none_where_no_one_year_is_sure(line: str, tail: str) -> None:
    article = read_day(line, tail)
    assert article.published is None
    assert line in (*(s.text for s in article.sentences), *(s.section for s in article.sentences))
