"""Mails, and pages that a browser saved as one file, are articles like others."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from factcheck.articles import read_articles
from factcheck.articles.read import read_file
from factcheck.models import Article

STORY = (
    "The harbour crane fell across two barges shortly after six on Tuesday morning, Länsport said.",
    "Nobody was on board, and the quay will stay closed until Friday, said the harbour office.",
    "The crane was to be inspected in May; the company that runs it has not said whether it was.",
)


def read(folder: Path, data: bytes, name: str = "mail.eml") -> Article:
    place = folder / name
    place.write_bytes(data)
    article = read_file(place, name)
    assert isinstance(article, Article)
    return article


def write_mail(*, html: str = "", charset: str = "utf-8", **heads: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Port of Länsport <press@port.example>"
    mail["Subject"] = "Crane falls on two barges – nobody hurt"
    mail["Date"] = "Tue, 11 Mar 2025 19:15:42 +0100"
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("\n\n".join(STORY), charset=charset, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_mail_gives_its_text_subject_and_date(tmp_path: Path, charset: str) -> None:
    article = read(tmp_path, bytes(write_mail(charset=charset)))
    assert article.title == "Crane falls on two barges – nobody hurt"
    assert article.published
    assert article.published.isoformat() == "2025-03-11T19:15:00+01:00"
    assert tuple(s.text for s in article.sentences if s.kind == "body") == STORY


def test_the_sender_is_the_outlet_of_a_release_and_of_a_newsletter_alone(tmp_path: Path) -> None:
    release = write_mail()
    release.set_content("PRESS RELEASE\n\n" + "\n\n".join(STORY))
    assert read(tmp_path, bytes(release)).outlet == "Port of Länsport"
    assert read(tmp_path, bytes(write_mail(List_Id="<news.port>"))).outlet == "Port of Länsport"
    assert read(tmp_path, bytes(write_mail())).outlet != "Port of Länsport"


def test_a_mail_without_plain_text_is_read_from_its_page(tmp_path: Path) -> None:
    mail = write_mail()
    mail.set_content("View in browser")
    page = "".join(f"<p>{row}</p>" for row in STORY)
    mail.add_alternative(f"<html><body><h1>Crane falls</h1>{page}</body></html>", subtype="html")
    article = read(tmp_path, bytes(mail))
    assert [s.text for s in article.sentences if s.kind == "body"] == [*STORY]


def test_what_is_attached_is_told_and_not_read(tmp_path: Path) -> None:
    mail = write_mail()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="crane.pdf")
    mail.add_attachment("Not the story, which stands above.", filename="note.txt")
    article = read(tmp_path, bytes(mail))
    told = [one.text for one in article.dropped]
    assert {"Attachment: crane.pdf", "Attachment: note.txt"} <= {*told}
    assert not any("Not the story" in s.text for s in article.sentences)


def test_a_page_saved_as_one_file_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    page = "".join(f"<p>{row}</p>" for row in STORY)
    mail = EmailMessage(policy=SMTP)
    mail["Snapshot-Content-Location"] = "https://courier.example/crane"
    mail["Subject"] = "=?utf-8?Q?Not=20the=20headline?="
    mail.set_content(
        "<html><head><title>Crane falls - The Courier</title></head>"
        f"<body><article><h1>Crane falls</h1>{page}</article></body></html>",
        subtype="html",
    )
    article = read(tmp_path, bytes(mail), "page.mhtml")
    assert (article.title, article.outlet) == ("Crane falls", "The Courier")
    assert article.url == "https://courier.example/crane"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2\3",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"Content-Type: text/plain; charset=none-such\n\n\xff\xfe\xfd",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: image/png\n\nx\n",
        b"From: =?utf-8?Q?=FF?= <\nDate: never\nSubject: \xff\n\nx",
    ],
)
def test_no_mail_breaks_a_run(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.eml").write_bytes(data)
    (tmp_path / "good.eml").write_bytes(bytes(write_mail()))
    kept, left = read_articles([tmp_path])
    assert [one.source for one in kept] == ["good.eml"]
    assert [one.source for one in left] == ["bad.eml"]


HEAD = (
    "From: Port of Länsport <press@port.example>\nDate: Mon, 10 Mar 2025 08:05:00 +0100\n"
    "Subject: Crane falls on two barges\nTo: desk@courier.example"
)
GERMAN = (
    "Von: Hafen Länsport [mailto:presse@port.example]\nGesendet: Montag, 10. März 2025 08:05\n"
    "An: Redaktion\nBetreff: Crane falls on two barges"
)


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize(
    ("subject", "between"),
    [
        ("Fwd: Crane", f"---------- Forwarded message ---------\n{HEAD}"),
        ("FW: Crane", f"-----Original Message-----\n{HEAD}"),
        ("WG: Kran", GERMAN),
        ("Kran", GERMAN),
        ("Fwd: Fwd: Crane", f"{GERMAN}\n\nSee below.\n\n{HEAD}"),
    ],
)
def test_of_a_mail_that_was_passed_on_the_one_within_is_read(
    tmp_path: Path, subject: str, between: str, *, html: bool
) -> None:
    mail = write_mail()
    mail.replace_header("From", "Dana Roth <dana@courier.example>")
    mail.replace_header("Subject", subject)
    below = ("Press release", *STORY, "Unsubscribe")
    text = "\n\n".join(("Please check this, it is just in. D.", between, *below))
    if html:
        rows = text.replace("<", "&lt;").split("\n\n")
        page = "".join(f"<p>{row}</p>".replace("\n", "<br>") for row in rows)
        mail.set_content(f"<html><body>{page}</body></html>", subtype="html")
    else:
        mail.set_content(text)
    article = read(tmp_path, bytes(mail))
    assert article.title == "Crane falls on two barges"
    assert article.outlet == ("Hafen Länsport" if between == GERMAN else "Port of Länsport")
    assert article.published
    assert article.published.isoformat()[:16] == "2025-03-10T08:05"
    assert tuple(s.text for s in article.sentences if s.kind == "body") == STORY
    assert "Please check" not in article.text
    assert any("just in. D." in one.text for one in article.dropped)


def test_what_a_mail_answers_is_not_read_for_it(tmp_path: Path) -> None:
    for subject, note in (("Re: Crane", STORY[0]), ("Crane", " ".join(STORY * 3))):
        mail = write_mail()
        mail.replace_header("Subject", subject)
        mail.set_content(f"{note}\n\n-----Original Message-----\n{HEAD}\n\n{STORY[1]} {STORY[2]}")
        assert STORY[0] in read(tmp_path, bytes(mail)).text


def test_who_passes_an_article_on_did_not_publish_it(tmp_path: Path) -> None:
    mail = write_mail(List_Id="<news.port>")
    mail.replace_header("Subject", "Fwd: Crane falls")
    article = read(tmp_path, bytes(mail))
    assert (article.title, article.outlet) == ("Crane falls", "")
    text = "\n\n".join((GERMAN, *STORY, "Abbestellen"))
    assert read(tmp_path, text.encode(), "a.txt").outlet == "Hafen Länsport"


def test_rows_of_a_mail_in_a_text_that_is_none_stay(tmp_path: Path) -> None:
    text = f"Crane falls on barge\n\nThe port wrote:\n\n{HEAD}\n\n{STORY[0]}\n\n{STORY[1]}"
    assert "Subject: Crane falls" in read(tmp_path, text.encode(), "story.txt").text


@pytest.mark.parametrize(
    "line",
    [
        "Wordt deze mail niet goed weergegeven? Bekijk hem in uw browser.",
        "Non vedi bene questa mail? Aprila nel browser",
        "View this email in your browser",
        "Newsletter abbestellen | Im Browser ansehen",
        "You received this email because you signed up at port.example.",
        "Diese Nachricht ist vertraulich. Bitte denken Sie an die Umwelt, bevor Sie sie drucken.",
    ],
)
def test_what_a_newsletter_says_to_its_readers_is_not_of_the_story(
    tmp_path: Path, line: str
) -> None:
    mail = write_mail()
    mail.set_content("\n\n".join((line, *STORY, line)))
    assert line not in read(tmp_path, bytes(mail)).text


@pytest.mark.parametrize(
    "line",
    [
        "This message, marked confidential, was sent by the mayor to nobody but the office.",
        "The men had opened the mail in the browser of a phone that was not theirs.",
        "Unsubscribe rates rose by a third after the harbour office wrote.",
    ],
)
def test_a_sentence_about_mails_is_of_the_story(tmp_path: Path, line: str) -> None:
    assert line in read(tmp_path, "\n\n".join((STORY[0], line, *STORY[1:])).encode(), "a.txt").text


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("You get this because you work here. To leave the list, write STOP.",), False),
        (("Jutta Reimers", "Mit bestem Gruß vom Hafen"), False),
        (("Este mensaje es confidencial.", "Antes de imprimir, piense en el mar."), False),
        (("Correction: the crane fell on Monday.",), True),
        (("Nobody of the harbour office has said so far who had looked at it.",), True),
        (("Short words.",) * 40, True),
    ],
)
def test_what_stands_beneath_the_mark_of_a_signature_is_not_of_the_story(
    tmp_path: Path, lines: tuple[str, ...], *, kept: bool
) -> None:
    mail = write_mail()
    mail.set_content("\n\n".join((*STORY, "-- \n" + "\n".join(lines))))
    assert (lines[0] in read(tmp_path, bytes(mail)).text) is kept


@pytest.mark.parametrize(
    ("subject", "head", "outlet"),
    [
        ("FW: THE QUAY no. 9", "THE QUAY\nBulletin of the harbour workers' council", "The Quay"),
        ("WG: DER PEGEL Nr. 4 - an alle", "DER PEGEL\nBetriebszeitung der Hafenleute", "Der Pegel"),
        ("TR: LE QUAI n° 7", "LE QUAI\nBulletin du comité du port", "Le Quai"),
        ("RV: EL MUELLE 12", "EL MUELLE\nBoletín del comité del puerto", "El Muelle"),
        ("FW: JOINT STATEMENT on the crane", "JOINT STATEMENT\nThe unions of the port", ""),
        ("FW: THE QUAY no. 9", "THE QUAY\nA new bulletin, says the bulletin of the port", ""),
    ],
)
def test_the_masthead_that_the_subject_of_a_mail_repeats_is_the_outlet(
    tmp_path: Path, subject: str, head: str, outlet: str
) -> None:
    mail = write_mail()
    mail.replace_header("Subject", subject)
    mail.set_content("\n\n".join((head, *STORY)))
    article = read(tmp_path, bytes(mail))
    assert (article.outlet if article.outlet_from == "text" else "") == outlet
    assert head.partition("\n")[2] in article.text
