"""The table `[fetch]`: what can be written in it, and that it costs nothing to load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from factcheck.fetch.urls import is_trusted
from factcheck.settings.fetch import FetchSettings


def test_hosts_are_kept_in_lower_case_and_without_dots_around() -> None:
    assert FetchSettings(hosts=("News.Example.", "straße.example")).hosts == (
        "news.example",
        "straße.example",
    )


@pytest.mark.parametrize(
    "host", ["", "https://news.example", "news.example/feed", "*.news.example", "news.example:80"]
)
def test_a_host_is_a_name_and_nothing_else(host: str) -> None:
    with pytest.raises(ValidationError, match="not a host name such as"):
        FetchSettings(hosts=(host,))


@pytest.mark.parametrize(
    ("written", "host", "port", "trusted"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000, True),
        ("127.0.0.1:8000", "127.0.0.1", 80, False),
        ("Localhost", "localhost", 9999, True),
        ("::1", "::1", 80, True),
        ("[0:0::1]:8000", "::1", 8000, True),
        ("[::1]:8000", "::1", 8001, False),
        ("feeds.intranet", "old.feeds.intranet", 80, False),
    ],
)
def test_a_private_host_is_trusted_exactly(
    written: str, host: str, port: int, *, trusted: bool
) -> None:
    assert is_trusted(host, port, FetchSettings(private=(written,)).private) is trusted


@pytest.mark.parametrize(
    "written", ["", "http://127.0.0.1", "127.0.0.1/x", "a@127.0.0.1", "127.0.0.1:x", "[::1", "*"]
)
def test_a_private_host_is_a_host_with_or_without_a_port(written: str) -> None:
    with pytest.raises(ValidationError, match="not a host"):
        FetchSettings(private=(written,))


@pytest.mark.parametrize("contact", ["a\r\nx-evil: 1", "désk@post.example", "a)b"])
def test_a_contact_fits_into_a_header(contact: str) -> None:
    with pytest.raises(ValidationError, match="not a URL or mail address"):
        FetchSettings(contact=contact)


def test_settings_load_without_the_libraries_of_the_network() -> None:
    code = "import sys, factcheck.settings.fetch; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    heavy = {"httpx2", "httpcore2", "feedparser", "trafilatura", "protego", "anyio"}
    assert not heavy & set(run.stdout.split())
