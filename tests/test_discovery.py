"""Model servers of this machine: found by the list of their models, offered, never used."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from factcheck.llm.discovery import NAMES, Server, local_servers, setup_hints
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import ReadingSettings
from tests.endpoint import Act, fails, lists, says, serving

UNUSED = [says("never asked")]
OLLAMA = Server("Ollama", "http://127.0.0.1:11434/v1", "herring:8b")


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_is_told_with_its_base_url_and_a_model_that_it_lists() -> None:
    with serving(UNUSED, lists("herring:8b", "cod:70b")) as endpoint:
        (server,) = local_servers([endpoint.port])
    assert (server.base_url, server.model) == (endpoint.url, "herring:8b")
    assert server.name == f"The model server on port {endpoint.port}"


def test_it_is_asked_for_its_models_once_and_for_nothing_else() -> None:
    with serving(UNUSED, lists("herring:8b")) as endpoint:
        local_servers([endpoint.port])
    assert endpoint.looks == ["/v1/models"]
    assert endpoint.bodies == []


def test_every_usual_port_has_a_name() -> None:
    assert set(ReadingSettings().ports) == set(NAMES)


def test_servers_come_in_the_order_of_the_ports_each_once() -> None:
    with ExitStack() as stack:
        slow = stack.enter_context(serving(UNUSED, Act(lists("a").payload, delay=0.1)))
        quick = stack.enter_context(serving(UNUSED, lists("b")))
        ports = [slow.port, closed_port(), quick.port, slow.port]
        assert [server.model for server in local_servers(ports)] == ["a", "b"]


def test_a_model_that_only_embeds_is_not_offered() -> None:
    with serving(UNUSED, lists("text-Embedding-plaice", "herring:8b")) as endpoint:
        assert [server.model for server in local_servers([endpoint.port])] == ["herring:8b"]


@pytest.mark.parametrize(
    "listing",
    [
        None,
        fails(401),
        fails(500),
        Act(lists("m").payload, status=302, headers={"location": "http://127.0.0.1:1/"}),
        Act("<html>It works!</html>"),
        Act("[" * 100_000),
        Act([{"id": "m"}]),
        Act({"data": "m"}),
        Act({"data": ["m", None]}),
        Act({"models": [{"name": "m"}]}),
        Act(lists("m").payload, cut=10),
        lists(),
        lists(None, 7, ""),
        lists("\x1b[2Jcleared"),
        lists("two\nlines"),
        lists("x" * 1000),
        lists("m" + " " * 2_000_000),
    ],
)
def test_whatever_else_listens_on_a_port_is_no_model_server(listing: Act | None) -> None:
    with serving(UNUSED, listing) as endpoint:
        assert local_servers([endpoint.port]) == ()
        assert endpoint.looks


@pytest.mark.parametrize(
    "listing", [Act(lists("m").payload, delay=20), Act(lists("m").payload, drip=2)]
)
def test_nobody_waits_for_a_server_that_does_not_answer(listing: Act) -> None:
    with serving(UNUSED, listing) as endpoint:
        start = time.monotonic()
        assert local_servers([endpoint.port, closed_port()]) == ()
        assert time.monotonic() - start < 10


def test_no_port_is_no_server() -> None:
    assert local_servers([]) == ()
    assert local_servers([closed_port()]) == ()


def test_a_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(UNUSED) as proxy, serving(UNUSED, lists("m")) as endpoint:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert local_servers([endpoint.port])
    assert not proxy.looks


# --- how to go on ------------------------------------------------------------------------


def test_the_ways_on_are_a_key_and_each_server_with_its_command() -> None:
    settings = ModelSettings(name="m", api_key_env="OTHER_KEY")
    key, server = setup_hints(settings, [OLLAMA], [Path("in"), Path("a b.md")])
    assert key == "Set OTHER_KEY to a key, then: factcheck report in 'a b.md'"
    assert server == (
        "Ollama answers on this machine and has not been used: factcheck report "
        "--base-url http://127.0.0.1:11434/v1 --model herring:8b in 'a b.md'"
    )


def test_a_document_tells_no_path() -> None:
    assert all(way.endswith(" ARTICLES") for way in setup_hints(ModelSettings(name="m"), [OLLAMA]))


def test_a_key_for_an_endpoint_without_a_model_needs_one_named() -> None:
    (key,) = setup_hints(ModelSettings(base_url="https://models.example.org/v1"), ())
    assert "factcheck report --model NAME ARTICLES" in key


def test_a_name_cannot_leave_the_command_that_it_stands_in() -> None:
    server = Server("Ollama", OLLAMA.base_url, "m; rm -r ~")
    assert "--model 'm; rm -r ~' in" in setup_hints(ModelSettings(), [server], [Path("in")])[1]


def test_where_a_model_is_configured_it_is_the_way_on() -> None:
    settings = ModelSettings(name="m", api_key=SecretStr("key"))
    (way,) = setup_hints(settings, [OLLAMA], [Path("in")])
    assert "the same command without --engine reading" in way
