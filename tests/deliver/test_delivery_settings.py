from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from factcheck.errors import UsageError
from factcheck.settings.delivery import ChatSettings, DeliverySettings, MailSettings

MAIL: dict[str, Any] = {
    "host": "smtp.example.org",
    "sender": "digest@example.org",
    "to": ["desk@example.org"],
}


def test_nothing_is_delivered_by_default() -> None:
    settings = DeliverySettings()
    assert settings.mail is None
    assert settings.chat.urls_env == ()


@pytest.mark.parametrize(
    ("values", "port"),
    [({}, 587), ({"security": "tls"}, 465), ({"port": 2525}, 2525)],
)
def test_the_port_is_the_usual_one_for_the_security(values: dict[str, Any], port: int) -> None:
    assert MailSettings(**MAIL | values).usual_port == port


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_server_on_this_machine_needs_no_tls(host: str) -> None:
    assert MailSettings(**MAIL | {"host": host, "security": "none"}).security == "none"


def test_another_server_without_tls_has_to_be_allowed() -> None:
    with pytest.raises(ValidationError, match="allow_plain = true"):
        MailSettings(**MAIL | {"security": "none"})
    assert MailSettings(**MAIL | {"security": "none", "allow_plain": True}).allow_plain


@pytest.mark.parametrize(
    "address",
    [
        "desk",
        "desk@",
        "Desk <desk@example.org>",
        "desk@example.org\r\nBcc: spy@example.net",
        "desk@example.org\n",
        "desk@example.org, night@example.org",
        "a..b@example.org",
        "desk@-example.org",
        "dösk@example.org",
        "a" * 65 + "@example.org",
        "desk@" + "example." * 40 + "org",
    ],
)
@pytest.mark.parametrize("key", ["sender", "to", "reply_to"])
def test_only_plain_addresses_are_taken(key: str, address: str) -> None:
    with pytest.raises(ValidationError, match="plain mail address"):
        MailSettings(**MAIL | {key: [address] if key == "to" else address})


def test_addresses_of_the_usual_forms_are_taken() -> None:
    to = ("first.last+tag@mail.example.co.uk", "o'neil_1@x-y.example", "root@localhost")
    assert MailSettings(**MAIL | {"to": to}).to == to


@pytest.mark.parametrize("host", ["", "smtp://example.org", "smtp.example.org:587", "a b", "a\n"])
def test_a_host_is_a_name(host: str) -> None:
    with pytest.raises(ValidationError, match="host name"):
        MailSettings(**MAIL | {"host": host})


@pytest.mark.parametrize("half", [{"user": "digest"}, {"password_env": "MAIL_PASSWORD"}])
def test_user_and_password_come_together(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="together"):
        MailSettings(**MAIL | half)


@pytest.mark.parametrize("secret", ["abcd efgh ijkl mnop", "slack://T1/B2/x3", "hunter2", ""])
def test_a_secret_in_place_of_a_name_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(UsageError) as chat:
        ChatSettings(urls_env=(secret,))
    with pytest.raises(UsageError) as mail:
        MailSettings(**MAIL | {"user": "digest", "password_env": secret})
    for caught in (chat, mail):
        assert "environment variable" in caught.value.message
        assert not secret or secret not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("wrong", [{"cc": "x"}, {"to": []}, {"port": 0}, {"timeout": 0}])
def test_unknown_keys_and_no_recipient_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MailSettings(**MAIL | wrong)
