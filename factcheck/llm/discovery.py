"""Ports of this machine in, the model servers that answer there out, and how to use them.

Ollama, llama.cpp, vLLM and LM Studio speak OpenAI's API on a usual port. They are asked for
the names of their models and nothing else; whether one is used is for the person to say.
"""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from types import MappingProxyType

from factcheck.settings.model import ModelSettings, is_configured

HOST = "127.0.0.1"
NAMES = MappingProxyType({11434: "Ollama", 8080: "llama.cpp", 8000: "vLLM", 1234: "LM Studio"})
ARTICLES = "ARTICLES"  # stands for the paths where they must not be shown
PATIENCE = 0.2  # seconds to connect, and to wait for each piece of the answer
AT_MOST = 0.6  # seconds for all servers together
LONGEST_LIST = 1_000_000  # bytes
LONGEST_NAME = 200


@dataclass(frozen=True)
class Server:
    """A model server of this machine with one model that it lists."""

    name: str
    base_url: str
    model: str


def local_servers(ports: Sequence[int]) -> tuple[Server, ...]:
    """The servers that list a model on these ports, in their order; never raises.

    All ports are asked at once, on the loopback interface and past any proxy. No answer
    within `AT_MOST` seconds counts as none.
    """
    found: dict[int, Server] = {}
    # Daemons: a server that drips its answer must not hold up the end of the process.
    threads = [Thread(target=_look, args=(port, found), daemon=True) for port in ports]
    for thread in threads:
        thread.start()
    end = time.monotonic() + AT_MOST
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    known = dict(found)
    return tuple(known[port] for port in dict.fromkeys(ports) if port in known)


def setup_hints(
    settings: ModelSettings, servers: Sequence[Server], articles: Sequence[Path | str] = ()
) -> tuple[str, ...]:
    """How to get the fact-check after a side-by-side reading, one way a line.

    The commands name `articles`, or `ARTICLES` where there are none, as in a document,
    which tells no path of the machine that it was made on.
    """
    if is_configured(settings):
        return ("A model is configured: give the same command without --engine reading.",)
    given = shlex.join(map(str, articles)) or ARTICLES
    model = "" if settings.name else "--model NAME "
    return (
        f"Set {settings.api_key_env} to a key, then: factcheck report {model}{given}",
        *(
            f"{server.name} answers on this machine and has not been used: factcheck report "
            f"--base-url {server.base_url} --model {shlex.quote(server.model)} {given}"
            for server in servers
        ),
    )


def _look(port: int, found: dict[int, Server]) -> None:
    """Put the server on a port into `found`, if there is one that lists a usable model."""
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/v1/models", headers={"Accept": "application/json"})
        response = connection.getresponse()
        listed = json.loads(response.read(LONGEST_LIST)) if response.status == 200 else None
    except (OSError, HTTPException, ValueError, RecursionError):
        return
    finally:
        connection.close()
    data = listed.get("data") if isinstance(listed, dict) else None
    entries = data if isinstance(data, list) else []
    names = (one.get("id") for one in entries if isinstance(one, dict))
    model = next(filter(_is_model, names), None)
    if model is not None:
        name = NAMES.get(port, f"The model server on port {port}")
        found[port] = Server(name, f"http://{HOST}:{port}/v1", model)


def _is_model(name: object) -> bool:
    """Whether it is the name of a model that can chat; a stranger's words go to a terminal."""
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        return False
    return name.isprintable() and "embed" not in name.lower()
