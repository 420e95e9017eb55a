"""A real HTTP endpoint on loopback for tests: it answers chat requests as it is told to.

In: a function from a request's body to an `Act`, or a list of acts that are played in
order (the last one for good). Out: `url`, and `bodies` and `headers` of what was asked.
A `listing` is the answer to whoever asks for the models; `looks` are the paths of such requests.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.loopback import Handler, listening

Body = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One response; bytes and text go out as they are, all else as JSON.

    `cut` sends that many bytes of it and hangs up. `delay` comes before the response,
    `drip` after each of its bytes, both in seconds.
    """

    payload: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    delay: float = 0.0
    drip: float = 0.0


Script = Callable[[Body], Act] | Sequence[Act]


def says(
    content: object, *, finish: str = "stop", usage: object = (100, 10), **message: Any
) -> Act:
    """A chat completion; content that is no text is sent as JSON.

    `usage` is (in, out), the object itself, or None for an endpoint that does not count.
    """
    text = content if isinstance(content, str | list) or content is None else json.dumps(content)
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    payload: dict[str, Any] = {"id": "x-1", "created": 1, "model": "m", "choices": [choice]}
    if isinstance(usage, tuple):
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        payload["usage"] = dict(zip(names, (*usage, sum(usage)), strict=True))
    elif usage is not None:
        payload["usage"] = usage
    return Act(payload)


def fails(
    status: int, message: str = "no", headers: Mapping[str, str] | None = None, **error: Any
) -> Act:
    """An error in OpenAI's form."""
    return Act({"error": {"message": message, **error}}, status, headers or {})


@dataclass
class Endpoint:
    """The running server, seen from a test. `busiest` is the most requests it had at once."""

    url: str
    bodies: list[Body] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    busiest: int = 0
    busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.url.rpartition(":")[2].removesuffix("/v1"))

    def formats(self) -> list[str]:
        """The answer formats that were asked for, in order."""
        return [body.get("response_format", {}).get("type", "text") for body in self.bodies]


@contextmanager
def serving(script: Script, listing: Act | None = None) -> Iterator[Endpoint]:
    """Run an endpoint for the length of a `with` block."""
    endpoint = Endpoint("")
    with listening(handler(endpoint, script, listing)) as port:
        endpoint.url = f"http://127.0.0.1:{port}/v1"
        yield endpoint


def lists(*models: object) -> Act:
    """The models that a server has, in OpenAI's form."""
    return Act({"object": "list", "data": [{"id": model} for model in models]})


def handler(endpoint: Endpoint, script: Script, listing: Act | None) -> type[Handler]:
    """The request handler that plays a script for an endpoint."""

    class Player(Handler):
        def do_GET(self) -> None:
            """List the models, if there is a list."""
            endpoint.looks.append(self.path)
            act = listing or fails(404)
            time.sleep(act.delay)
            self.play(act, known=self.path == "/v1/models")

        def do_POST(self) -> None:
            """Play the next act."""
            body = json.loads(self.read())
            with endpoint.lock:
                number = len(endpoint.bodies)
                endpoint.bodies.append(body)
                endpoint.headers.append({k.lower(): v for k, v in self.headers.items()})
                endpoint.busy += 1
                endpoint.busiest = max(endpoint.busiest, endpoint.busy)
            act = script(body) if callable(script) else script[min(number, len(script) - 1)]
            time.sleep(act.delay)
            with endpoint.lock:
                endpoint.busy -= 1
            self.play(act, known=self.path.rstrip("/").endswith("/chat/completions"))

        def play(self, act: Act, *, known: bool) -> None:
            data = act.payload
            if not isinstance(data, bytes):
                data = (data if isinstance(data, str) else json.dumps(data)).encode()
            headers = {"content-type": "application/json", **act.headers}
            self.begin(act.status if known else 404, headers, len(data))
            # The client may have given up waiting.
            with suppress(OSError):
                for piece in [data[: act.cut]] if not act.drip else [b" "] * len(data):
                    self.wfile.write(piece)
                    time.sleep(act.drip)

    return Player
