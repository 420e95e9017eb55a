"""Odd text in every field of what is written: every format stays whole, inert and readable."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from email import policy
from email.parser import BytesParser

import pytest

from factcheck.cli import console
from factcheck.digest.publish.chat import make_message
from factcheck.digest.publish.mail import make_mail
from factcheck.digest.publish.site import make_documents
from factcheck.report import render
from factcheck.report.words import join_items
from tests.publish.samples import morning_edition
from tests.torture.documents import CHECKS
from tests.torture.odd import CHARACTERS, LONG, MARKUP
from tests.torture.world import odd_edition, odd_reading, odd_report

ODD = {**MARKUP, **CHARACTERS, **{name: text[:400] for name, text in LONG.items()}}


@pytest.mark.parametrize("name", ODD)
def test_a_report_stays_inert(name: str) -> None:
    report = odd_report(ODD[name])
    CHECKS["html"](render(report, "html"))
    CHECKS["md"](render(report, "md"))
    CHECKS["md"](render(report, "md", full=True))
    CHECKS["json"](render(report, "json"))


@pytest.mark.parametrize("name", ODD)
def test_a_reading_stays_inert(name: str) -> None:
    reading = odd_reading(ODD[name])
    CHECKS["html"](render(reading, "html"))
    CHECKS["md"](render(reading, "md", full=True))
    CHECKS["json"](render(reading, "json"))


@pytest.mark.parametrize("name", ODD)
def test_an_edition_stays_inert_on_pages_and_in_feeds(name: str) -> None:
    edition = odd_edition(ODD[name])
    reports = {"s1": odd_report(ODD[name])}
    for path, text in make_documents(edition, (morning_edition(),), reports).items():
        CHECKS[path.rpartition(".")[2]](text)


@pytest.mark.parametrize("name", ODD)
def test_an_edition_stays_inert_in_mail_and_messages(name: str) -> None:
    edition = odd_edition(ODD[name])
    letter = make_mail(edition, "https://paper.example/e.html")
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    CHECKS["txt"](letter.subject + letter.text)
    CHECKS["html"](letter.html)
    said = make_message(edition, "https://paper.example/e.html")
    CHECKS["txt"](said)
    assert "<!" not in said.replace("&lt;!", "")


@pytest.mark.parametrize("name", ODD)
def test_what_the_terminal_shows_drives_no_terminal(name: str) -> None:
    shown = io.StringIO()
    with redirect_stderr(shown):
        console.show_summary(odd_report(ODD[name]))
        console.show_reading(odd_reading(ODD[name]), [ODD[name]])
    CHECKS["txt"](shown.getvalue())


def test_a_subject_is_one_header() -> None:
    for odd in ODD.values():
        subject = make_mail(odd_edition(odd), "").subject
        head = BytesParser(policy=policy.default).parsebytes(f"Subject: {subject}\n\n".encode())
        assert head.keys() == ["Subject"], join_items(head.keys())
