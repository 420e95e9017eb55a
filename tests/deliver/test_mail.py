from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.digest.deliver.mail import compose
from tests.deliver.post import (
    DESK,
    MADE,
    NIGHT,
    Book,
    Letter,
    Office,
    mail_to,
    send,
    server_context,
    serving_mail,
    talking,
)

ROOT = Path(__file__).parents[2]
PASSWORD = {"MAIL_PASSWORD": "open sesame"}
# The server notes a login in a field of its own that it calls deprecated.
LOGIN_NOTE = "ignore:Session.login_data is deprecated:DeprecationWarning"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine, signed by itself, with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl program to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    command += ["subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (fixed arguments)
    return paths


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# --- what is sent -------------------------------------------------------------


def test_a_mail_carries_both_forms_and_says_that_a_machine_sent_it() -> None:
    with serving_mail(Office()) as office:
        (delivery,) = send(Book(), mail_to(office.port, reply_to="editor@example.org"))
    assert (delivery.channel, delivery.target, delivery.state) == ("mail", DESK, "sent")
    (mail,) = office.mails()
    body, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert body is not None
    assert html is not None
    # A line of a mail ends with CR and LF.
    assert body.get_content() == Letter().text.replace("\n", "\r\n")
    assert html.get_content().strip() == Letter().html
    assert mail.get_content_type() == "multipart/alternative"
    assert (mail["To"], mail["From"]) == (DESK, "digest@example.org")
    assert mail["Reply-To"] == "editor@example.org"
    assert mail["Subject"] == Letter().subject
    assert mail["Date"].datetime == MADE
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<factcheck-digest.example.org>"


def test_the_same_edition_is_the_same_mail_and_another_is_not() -> None:
    def message(edition: str, recipient: str) -> bytes:
        settings = mail_to(25, recipient)
        return compose(Letter(), edition, MADE, settings, recipient).as_bytes()

    def identity(edition: str, recipient: str) -> str:
        return str(message_from_bytes(message(edition, recipient), policy=default)["Message-ID"])

    assert message("e1", DESK) == message("e1", DESK)
    assert len({identity("e1", DESK), identity("e2", DESK), identity("e1", NIGHT)}) == 3
    assert identity("e1", DESK).endswith("@example.org>")


@given(subject=st.text(), text=st.text(), html=st.text())
def test_no_text_becomes_a_header_a_long_line_or_an_error(
    subject: str, text: str, html: str
) -> None:
    letter = Letter(subject=subject, text=text, html=html)
    raw = compose(letter, "e1", MADE, mail_to(25), DESK).as_bytes()
    plain = compose(Letter(), "e1", MADE, mail_to(25), DESK)
    assert message_from_bytes(raw, policy=default).keys() == plain.keys()
    assert raw.isascii()
    assert all(len(line) <= 78 and b"\n" not in line for line in raw.split(b"\r\n"))


def test_a_subject_with_line_breaks_adds_no_recipient() -> None:
    hostile = Letter(subject="News\r\nBcc: spy@example.net\r\n\r\nBuy", text=".\r\n.\r\nQUIT\r\n")
    with serving_mail(Office()) as office:
        send(Book(), mail_to(office.port), letter=hostile)
    (mail,) = office.mails()
    assert mail["Bcc"] is None
    assert mail["Subject"] == "News Bcc: spy@example.net Buy"
    assert office.recipients() == [DESK]
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == [".", ".", "QUIT"]


# --- once ----------------------------------------------------------------------


def test_a_run_repeated_sends_nothing_twice() -> None:
    ledger = Book()
    with serving_mail(Office()) as office:
        send(ledger, mail_to(office.port, DESK, NIGHT))
        again = send(ledger, mail_to(office.port, DESK, NIGHT))
        resent = send(ledger, mail_to(office.port, DESK, NIGHT), resend=True)
    assert office.recipients() == [DESK, NIGHT]
    assert [one.state for one in again + resent] == ["already sent"] * 4


def test_another_edition_is_sent() -> None:
    ledger = Book()
    with serving_mail(Office()) as office:
        send(ledger, mail_to(office.port), edition="e1")
        send(ledger, mail_to(office.port), edition="e2")
    assert office.recipients() == [DESK, DESK]


def test_an_address_that_is_named_twice_gets_one_mail() -> None:
    with serving_mail(Office()) as office:
        deliveries = send(Book(), mail_to(office.port, DESK, DESK))
    assert office.recipients() == [DESK]
    assert len(deliveries) == 1


def test_sending_is_written_down_before_and_sent_after() -> None:
    ledger = Book()
    with serving_mail(Office()) as office:
        send(ledger, mail_to(office.port))
    assert [state for _, state, _ in ledger.marks] == ["sending", "sent"]


def test_no_mail_leaves_when_the_ledger_cannot_be_written() -> None:
    class Full(Book):
        def mark(self, *_: object) -> None:
            raise OSError("the disk is full")

    with serving_mail(Office()) as office, pytest.raises(OSError, match="disk is full"):
        send(Full(), mail_to(office.port))
    assert office.taken == []


# --- failures -------------------------------------------------------------------


def test_a_refused_recipient_stops_nobody_else() -> None:
    ledger, slept = Book(), list[float]()
    with serving_mail(Office(refused={DESK: ["550 no such desk"] * 9})) as office:
        bad, good = send(ledger, mail_to(office.port, DESK, NIGHT), slept=slept)
        assert (bad.state, good.state) == ("failed", "sent")
        assert "550" in bad.detail
        assert "no such desk" in bad.detail
        assert office.asked == [DESK, NIGHT]
        assert slept == []
        # The next run asks again only for the one that failed.
        assert [one.state for one in send(ledger, mail_to(office.port, DESK, NIGHT))] == [
            "failed",
            "already sent",
        ]
    assert office.asked == [DESK, NIGHT, DESK]
    assert [state for target, state, _ in ledger.marks if target == DESK] == ["failed"] * 2


def test_a_temporary_failure_is_tried_again_after_growing_pauses() -> None:
    slept = list[float]()
    with serving_mail(Office(refused={DESK: ["451 later"] * 2})) as office:
        (delivery,) = send(Book(), mail_to(office.port), slept=slept)
    assert delivery.state == "sent"
    assert office.recipients() == [DESK]
    assert len(slept) == 2
    assert 0 < slept[0] < slept[1]


def test_three_tries_are_enough_for_one_run() -> None:
    slept = list[float]()
    with serving_mail(Office(refused={DESK: ["451 later"] * 4})) as office:
        (delivery,) = send(ledger := Book(), mail_to(office.port), slept=slept)
        assert (delivery.state, office.asked) == ("failed", [DESK] * 3)
        (delivery,) = send(ledger, mail_to(office.port), slept=slept)
    assert delivery.state == "sent"
    assert len(slept) == 3


def test_a_mail_refused_for_its_text_is_failed_and_not_unknown() -> None:
    ledger = Book()
    with serving_mail(Office(after_data=["554 looks like spam"])) as office:
        (delivery,) = send(ledger, mail_to(office.port))
    assert delivery.state == "failed"
    assert "spam" in delivery.detail
    assert [state for _, state, _ in ledger.marks] == ["sending", "failed"]


def test_a_server_that_is_down_is_a_failure() -> None:
    slept, ledger = list[float](), Book()
    (delivery,) = send(ledger, mail_to(free_port()), slept=slept)
    assert delivery.state == "failed"
    assert "no connection" in delivery.detail
    assert len(slept) == 2
    assert {state for _, state, _ in ledger.marks} == {"failed"}


def test_a_server_that_says_nothing_is_a_failure() -> None:
    with talking({"": ""}) as port:
        (delivery,) = send(Book(), mail_to(port, timeout=0.05))
    assert delivery.state == "failed"
    assert "timed out" in delivery.detail


def test_a_line_cut_before_the_text_is_a_failure() -> None:
    with talking({"RCPT": ""}) as port:
        (delivery,) = send(ledger := Book(), mail_to(port))
    assert delivery.state == "failed"
    assert "sending" not in {state for _, state, _ in ledger.marks}


def test_a_line_cut_in_the_middle_of_the_text_is_unknown_and_not_sent_again() -> None:
    ledger, slept = Book(), list[float]()
    long = Letter(text="A line of the report.\n" * 50_000)
    with talking({}, read=100) as port:
        (delivery,) = send(ledger, mail_to(port), letter=long, slept=slept)
    assert delivery.state == "unknown"
    assert "--resend" in delivery.detail
    assert slept == []
    with serving_mail(Office()) as office:
        (delivery,) = send(ledger, mail_to(office.port))
        assert (delivery.state, office.taken) == ("unknown", [])
        (delivery,) = send(ledger, mail_to(office.port), resend=True)
        assert (delivery.state, office.recipients()) == ("sent", [DESK])


def test_a_line_cut_in_place_of_the_last_answer_is_unknown() -> None:
    with serving_mail(Office(after_data=["drop"])) as office:
        (delivery,) = send(Book(), mail_to(office.port))
    assert delivery.state == "unknown"


@pytest.mark.parametrize("goodbye", ["", "421 too tired", "500 what"])
def test_what_happens_after_the_acceptance_is_no_failure(goodbye: str) -> None:
    with talking({"QUIT": goodbye}) as port:
        (delivery,) = send(Book(), mail_to(port))
    assert delivery.state == "sent"


CHILD = """
import sys
from pathlib import Path
from tests.deliver.post import Book, mail_to, send
send(Book(Path(sys.argv[1])), mail_to(int(sys.argv[2])))
"""


def test_a_run_killed_while_sending_is_unknown_until_a_person_says_resend(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    with serving_mail(Office(linger=True)) as office:
        command = [sys.executable, "-c", CHILD, str(path), str(office.port)]
        with subprocess.Popen(command, cwd=ROOT) as child:  # noqa: S603 (our own code)
            assert office.in_data.wait(30)
            child.kill()
        assert child.returncode == -signal.SIGKILL
        assert set(Book(path).rows.values()) == {"sending"}
    with serving_mail(Office()) as office:
        (delivery,) = send(Book(path), mail_to(office.port))
        assert delivery.state == "unknown"
        assert "--resend" in delivery.detail
        assert office.asked == []
        (delivery,) = send(Book(path), mail_to(office.port), resend=True)
        assert delivery.state == "sent"
        (delivery,) = send(Book(path), mail_to(office.port), resend=True)
        assert delivery.state == "already sent"
    assert office.recipients() == [DESK]


# --- TLS and passwords -----------------------------------------------------------


@pytest.mark.filterwarnings(LOGIN_NOTE)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_over_tls_after_a_login(
    security: str, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    context = server_context(*certificate)
    way = {
        "starttls": {"tls_context": context, "require_starttls": True},
        # The server does not notice that the line is encrypted from the start.
        "tls": {"ssl_context": context, "auth_require_tls": False},
    }
    office = Office()
    with serving_mail(office, authenticator=office.login, **way[security]):
        settings = mail_to(
            office.port, security=security, user="digest", password_env="MAIL_PASSWORD"
        )
        (delivery,) = send(Book(), settings, environ=PASSWORD)
    assert delivery.state == "sent", delivery.detail
    assert office.logins == [b"digest"]


def test_a_certificate_of_a_stranger_is_refused(certificate: tuple[Path, Path]) -> None:
    with serving_mail(Office(), tls_context=server_context(*certificate)) as office:
        (delivery,) = send(Book(), mail_to(office.port, security="starttls"))
    assert delivery.state == "failed"
    assert "certificate" in delivery.detail
    assert office.asked == []


def test_without_starttls_nothing_is_sent_in_the_open() -> None:
    with serving_mail(Office()) as office:
        (delivery,) = send(Book(), mail_to(office.port, security="starttls"))
    assert delivery.state == "failed"
    assert "STARTTLS" in delivery.detail
    assert office.asked == []


def test_a_missing_password_is_a_failure_that_names_the_variable() -> None:
    with serving_mail(Office()) as office:
        settings = mail_to(office.port, user="digest", password_env="MAIL_PASSWORD")
        (delivery,) = send(Book(), settings)
    assert delivery.state == "failed"
    assert "MAIL_PASSWORD is not set" in delivery.detail


def test_a_wrong_password_is_tried_once_and_never_shown(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    secret, slept, ledger = "geheim-4711-wort", list[float](), Book()
    replies = {"EHLO": "250-rude\r\n250 AUTH PLAIN", "AUTH": f"535 wrong: {secret}"}
    with talking(replies) as port:
        settings = mail_to(port, user="digest", password_env="MAIL_PASSWORD")
        (delivery,) = send(ledger, settings, environ={"MAIL_PASSWORD": secret}, slept=slept)
    assert (delivery.state, slept) == ("failed", [])
    assert "user and password" in delivery.detail
    assert secret not in f"{delivery} {ledger.marks} {caplog.text} {capfd.readouterr()}"


def test_a_server_that_repeats_the_password_does_not_get_it_shown() -> None:
    replies = {
        "EHLO": "250-rude\r\n250 AUTH PLAIN",
        "AUTH": "235 in",
        "RCPT": "550 \x1b[31mopen sesame",
    }
    with talking(replies) as port:
        settings = mail_to(port, user="digest", password_env="MAIL_PASSWORD")
        (delivery,) = send(ledger := Book(), settings, environ=PASSWORD)
    assert "550" in delivery.detail
    assert delivery.detail.isprintable()
    assert "sesame" not in f"{delivery} {ledger.marks}"


def test_a_password_that_smtp_cannot_carry_is_said_so() -> None:
    settings = mail_to(free_port(), user="digest", password_env="MAIL_PASSWORD")
    (delivery,) = send(Book(), settings, environ={"MAIL_PASSWORD": "wörtchen"})
    assert delivery.state == "failed"
    assert "MAIL_PASSWORD" in delivery.detail
    assert "wörtchen" not in delivery.detail
