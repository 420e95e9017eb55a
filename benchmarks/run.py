"""Calls, tokens, repeatable prefix, wall time and memory of a run, and of `factcheck --help`.

    python benchmarks/run.py [ARTICLES]

ARTICLES defaults to the five real articles if they lie beside the checkout, else to
`seeds/`. A local endpoint answers each call after 1.0 s: on `seeds/` with the
recorded answers, elsewhere with mechanical ones (1.3 claims a sentence, as long as
those of the recorded run; no groups). The program runs as a process of its own.
Tokens are those of `factcheck.cost.estimate_tokens`, for requests and news alike.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from factcheck.articles import read_articles
from factcheck.cost import estimate_tokens

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "articles" / "kremlin-2023-05-03"
RECORDED = ROOT / "cassettes" / "seeds.yaml"
SECONDS = 1.0
WORDS_A_CLAIM = 13

Answerer = Callable[[dict[str, Any]], str]


class Endpoint:
    """A chat completions endpoint on this machine that takes its time and keeps the requests."""

    def __init__(self, answer: Answerer) -> None:
        self.bodies: list[dict[str, Any]] = []
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                bodies.append(body)
                time.sleep(SECONDS)
                data = json.dumps(completion(answer(body))).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.server.server_port}/v1"


def completion(text: str) -> dict[str, Any]:
    """An answer as an endpoint sends it, without token counts: the program estimates them."""
    message = {"role": "assistant", "content": text}
    return {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}


def recorded_answers() -> Answerer:
    """The answers of the recorded run on seeds/, by the messages of the request."""
    data = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    known = {
        json.dumps(item["request"]["messages"]): item["response"]["body"]["choices"][0]["message"][
            "content"
        ]
        for item in data["interactions"]
    }
    return lambda body: str(known[json.dumps(body["messages"])])


def mechanical(body: dict[str, Any]) -> str:
    """A valid answer made from the prompt alone: its size is typical, its content is not."""
    user = body["messages"][1]["content"]
    if "TASK: merge" in user:
        keys = ("speakers", "sides", "groups", "issues", "other_event")
        return json.dumps({"event": "An event", **{key: [] for key in keys}})
    reply: dict[str, Any] = {"speakers": [], "claims": [], "skip": [], "answers": []}
    if "TASK: extract" in user:
        lines = re.findall(r"^\[(\d+)\] (?:\(\w+\) )?(.*)$", user, re.MULTILINE)
        for number, text in lines:
            many = 2 if int(number) % 3 == 0 else 1
            words = text.split()
            half = max(1, len(words) // many)
            for part in range(many):
                claim = " ".join(words[part * half : part * half + WORDS_A_CLAIM])
                reply["claims"].append(mechanical_claim(claim or text, int(number)))
    return json.dumps(reply)


def mechanical_claim(text: str, number: int) -> dict[str, Any]:
    """One claim in own voice."""
    fixed = {"k": "fact", "core": True, "by": "self", "via": [], "m": "firm", "w": "", "asof": ""}
    return {"t": text, "s": [number], **fixed}


def text_of(body: dict[str, Any]) -> str:
    """All messages of a request as one text."""
    return "\n".join(message["content"] for message in body["messages"])


def prefix_share(texts: list[str]) -> float:
    """The share of input tokens that stand, from the start, in an earlier request too."""
    shared = 0
    for number, text in enumerate(texts):
        longest = max((len(os.path.commonprefix([text, old])) for old in texts[:number]), default=0)
        shared += estimate_tokens(text[:longest])
    return shared / sum(map(estimate_tokens, texts))


def timed(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Wall seconds of a process; raises if it fails."""
    start = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 (our own command)
    if run.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr}")
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = given or (REAL if REAL.is_dir() else ROOT / "seeds")
    own = folder.resolve() == (ROOT / "seeds").resolve()
    articles, _ = read_articles([folder])
    news = sum(estimate_tokens(s.text) for a in articles for s in a.sentences)
    sentences = sum(len(a.sentences) for a in articles)
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.machine()}"
    )
    print(f"articles: {len(articles)}, sentences: {sentences}, tokens of news: {news}")

    endpoint = Endpoint(recorded_answers() if own else mechanical)
    program = [sys.executable, "-m", "factcheck"]
    with tempfile.TemporaryDirectory() as out:
        model = "recorded" if not own else yaml.safe_load(RECORDED.read_text("utf-8"))["model"]
        command = [*program, "report", str(folder), "-o", out, "--no-cache"]
        command += ["--base-url", endpoint.url, "--model", model]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
        walls = []
        for _ in range(3):
            endpoint.bodies.clear()
            walls.append(timed(command, environment))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    texts = [text_of(body) for body in endpoint.bodies]
    sent = sum(map(estimate_tokens, texts))
    print(f"answers: {'the recorded ones' if own else 'mechanical'}, {SECONDS:.1f} s a call")
    print(f"calls: {len(texts)} (aim: at most {2 * len(articles) + 1})")
    print(f"input tokens: {sent}, per token of news: {sent / news:.1f} (aim: at most 9)")
    print(f"share of repeatable prefix: {prefix_share(texts):.0%}")
    print(f"wall time: {statistics.median(walls):.2f} s, median of 3 (aim: at most 4.5 s for 5)")
    print(f"peak memory: {peak:.0f} MiB")
    helps = [timed([*program, "--help"]) for _ in range(7)]
    bare = [timed([sys.executable, "-c", "pass"]) for _ in range(7)]
    print(
        f"factcheck --help: {statistics.median(helps):.2f} s, of which Python alone "
        f"{statistics.median(bare):.2f} s, medians of 7 (aim: under 0.3 s)"
    )


if __name__ == "__main__":
    main()
