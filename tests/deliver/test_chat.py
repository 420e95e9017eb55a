from __future__ import annotations

import logging
import socket

import pytest

from tests.deliver.post import DESK, Book, Office, mail_to, send, serving_mail
from tests.endpoint import Act, fails, serving

SECRET = "T0K3N-verysecret"
TEXT = "Morning edition: the ferry is back."
LONG = "The ferry is back.\n" * 2_000
FINE = Act({"ok": True})


def url(port: int) -> str:
    """An Apprise URL with secrets wherever one can stand."""
    return f"json://user:{SECRET}@127.0.0.1:{port}/{SECRET}/chat/completions?+X-Key={SECRET}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_message_is_posted_once() -> None:
    ledger = Book()
    with serving([FINE]) as endpoint:
        environ = {"CHAT_URL": url(endpoint.port)}
        first = send(ledger, chat=("CHAT_URL",), environ=environ)
        second = send(ledger, chat=("CHAT_URL",), environ=environ)
    assert [(one.channel, one.target, one.state) for one in first + second] == [
        ("chat", "CHAT_URL", "sent"),
        ("chat", "CHAT_URL", "already sent"),
    ]
    assert [body["message"] for body in endpoint.bodies] == [TEXT]
    assert [state for _, state, _ in ledger.marks] == ["sending", "sent"]


def test_one_url_that_fails_stops_no_other_and_alone_is_tried_again() -> None:
    ledger, slept = Book(), list[float]()
    with serving([fails(404)]) as bad, serving([FINE]) as good:
        environ = {"BAD": url(bad.port), "GOOD": url(good.port)}
        states = [
            [one.state for one in send(ledger, chat=("BAD", "GOOD"), environ=environ, slept=slept)]
            for _ in range(2)
        ]
    assert states == [["failed", "sent"], ["failed", "already sent"]]
    assert (len(bad.bodies), len(good.bodies)) == (2, 1)
    assert slept == []


def test_a_service_out_of_order_is_tried_again() -> None:
    slept = list[float]()
    with serving([fails(503), fails(429), FINE]) as endpoint:
        environ = {"CHAT_URL": url(endpoint.port)}
        (delivery,) = send(Book(), chat=("CHAT_URL",), environ=environ, slept=slept)
    assert delivery.state == "sent"
    assert len(endpoint.bodies) == 3
    assert len(slept) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_carries_nothing_on(status: int) -> None:
    with serving([FINE]) as other:
        moved = Act({}, status=status, headers={"location": f"{other.url}/chat/completions"})
        with serving([moved]) as endpoint:
            environ = {"CHAT_URL": url(endpoint.port)}
            (delivery,) = send(Book(), chat=("CHAT_URL",), environ=environ)
    assert (delivery.state, delivery.detail) == ("failed", f"the service answered {status}")
    assert not other.bodies


def test_a_service_that_is_down_is_a_failure() -> None:
    slept = list[float]()
    environ = {"CHAT_URL": url(free_port())}
    (delivery,) = send(Book(), chat=("CHAT_URL",), environ=environ, slept=slept)
    assert delivery.state == "failed"
    assert "no connection" in delivery.detail
    assert len(slept) == 2


@pytest.mark.parametrize(
    "act", [Act("x" * 100, cut=10), fails(504), fails(502)], ids=["cut", "504", "502"]
)
def test_a_service_that_may_have_taken_it_is_unknown_and_not_asked_again(act: Act) -> None:
    # The text says what the library says of a refusal: it must not be believed.
    text = "Max retries exceeded error=404 Socket Exception: Max retries exceeded\nerror=404"
    ledger = Book()
    with serving([act, FINE]) as endpoint:
        environ = {"CHAT_URL": url(endpoint.port)}
        for _ in range(2):
            (delivery,) = send(ledger, chat=("CHAT_URL",), environ=environ, text=text)
            assert delivery.state == "unknown"
            assert "--resend" in delivery.detail
        assert len(endpoint.bodies) == 1
        (delivery,) = send(ledger, chat=("CHAT_URL",), environ=environ, resend=True)
    assert delivery.state == "sent"


def test_words_of_the_text_are_not_taken_for_what_happened() -> None:
    with serving([fails(404)]) as endpoint:
        environ = {"CHAT_URL": url(endpoint.port)}
        text = "Sent JSON POST notification. Socket Exception, error=504."
        (delivery,) = send(Book(), chat=("CHAT_URL",), environ=environ, text=text)
    assert (delivery.state, delivery.detail) == ("failed", "the service answered 404")


def test_a_long_message_is_cut_up() -> None:
    with serving([FINE]) as endpoint:
        (delivery,) = send(
            Book(), chat=("CHAT_URL",), environ={"CHAT_URL": url(endpoint.port)}, text=LONG
        )
    assert delivery.state == "sent"
    assert len(endpoint.bodies) > 1
    assert "".join(body["message"] for body in endpoint.bodies).count("ferry") == 2_000


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ([FINE, fails(404)], "unknown"),
        ([fails(404), FINE], "unknown"),
        ([fails(404)], "failed"),
        ([Act("x" * 9, cut=1), fails(404)], "unknown"),
    ],
)
def test_a_long_message_is_failed_only_if_all_of_it_was_refused(
    script: list[Act], state: str
) -> None:
    with serving(script) as endpoint:
        (delivery,) = send(
            Book(), chat=("CHAT_URL",), environ={"CHAT_URL": url(endpoint.port)}, text=LONG
        )
    assert delivery.state == state


def test_a_url_with_several_targets_that_fails_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apprise.plugins.ntfy.NotifyNtfy.request_rate_per_sec", 0)  # no pause
    environ = {"CHAT_URL": f"ntfy://127.0.0.1:{free_port()}/first/second"}
    (delivery,) = send(Book(), chat=("CHAT_URL",), environ=environ)
    assert delivery.state == "unknown"


@pytest.mark.parametrize("value", ["", "  "])
def test_a_variable_that_is_not_set_is_a_failure_that_names_it(value: str) -> None:
    (delivery,) = send(Book(), chat=("CHAT_URL",), environ={"CHAT_URL": value})
    assert delivery.state == "failed"
    assert "CHAT_URL is not set" in delivery.detail


@pytest.mark.parametrize(
    "value",
    [SECRET, f"nonsense://{SECRET}", f"json://127.0.0.1:9/{SECRET}, json://127.0.0.1:9/b", "://"],
)
def test_a_variable_without_exactly_one_url_is_a_failure(
    value: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    ledger = Book()
    (delivery,) = send(ledger, chat=("CHAT_URL",), environ={"CHAT_URL": value})
    assert delivery.state == "failed"
    assert "one URL" in delivery.detail
    assert "sending" not in {state for _, state, _ in ledger.marks}
    assert SECRET not in f"{delivery} {ledger.marks} {caplog.text} {capfd.readouterr()}"


@pytest.mark.parametrize("act", [FINE, fails(403, SECRET), Act("x" * 9, cut=1), None])
def test_no_secret_is_shown_or_logged_whatever_happens(
    act: Act | None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    ledger = Book()
    with serving([act or FINE]) as endpoint:
        port = endpoint.port if act else free_port()
        deliveries = send(ledger, chat=("CHAT_URL",), environ={"CHAT_URL": url(port)})
    assert SECRET not in f"{deliveries} {ledger.marks} {caplog.text} {capfd.readouterr()}"


def test_the_library_logs_as_before_afterwards() -> None:
    library = logging.getLogger("apprise")
    before = library.level, list(library.filters)
    send(Book(), chat=("CHAT_URL",), environ={"CHAT_URL": url(free_port())})
    assert (library.level, library.filters) == before


def test_mail_and_chat_wait_together() -> None:
    slept = list[float]()
    with serving([fails(503)]) as endpoint, serving_mail(Office()) as office:
        office.refused = {DESK: ["451 later"] * 3}
        environ = {"CHAT_URL": url(endpoint.port)}
        deliveries = send(Book(), mail_to(office.port), ("CHAT_URL",), environ=environ, slept=slept)
    assert [(one.channel, one.state) for one in deliveries] == [
        ("mail", "failed"),
        ("chat", "failed"),
    ]
    assert len(slept) == 2


def test_nothing_is_sent_where_nothing_is_set() -> None:
    assert send(Book()) == ()
