"""Calls, tokens, repeatable prefix, wall time and memory of a run, and of `factcheck --help`.

    python benchmarks/run.py [ARTICLES]

ARTICLES defaults to the five real articles if they lie beside the checkout, else to
`seeds/`. A local endpoint answers each call after 1.0 s: on `seeds/` with the
recorded answers, elsewhere with mechanical ones (1.3 claims a sentence, as long as
those of the recorded run; no groups). The program runs as a process of its own, without
its cache, with byte code as an installed program has it. Tokens are those of
`factcheck.llm.prices.estimate_tokens`, for requests and news alike; what the answer schema
adds to a request is told apart. Memory is in MiB, as Linux counts it.
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
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from factcheck.articles import read_articles
from factcheck.llm.prices import estimate_tokens

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "articles" / "kremlin-2023-05-03"
RECORDED = ROOT / "cassettes" / "seeds.yaml"
SECONDS = 1.0
WORDS_A_CLAIM = 13
RUNS = 3
HELPS = 7

Body = dict[str, Any]
Answerer = Callable[[Body], str]


class Endpoint:
    """A chat completions endpoint on this machine that takes its time and keeps the requests."""

    def __init__(self, answer: Answerer) -> None:
        self.bodies: list[Body] = []
        self.spans: list[tuple[float, float]] = []
        bodies, spans = self.bodies, self.spans

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body leave in one packet: in two, the second waits 40 ms for an ACK.
            wbufsize = -1

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                bodies.append(body)
                start = time.perf_counter()
                time.sleep(SECONDS)
                data = json.dumps(completion(answer(body))).encode()
                spans.append((start, time.perf_counter()))
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self) -> None:
        """Start counting anew."""
        self.bodies.clear()
        self.spans.clear()

    def busy(self) -> float:
        """Seconds in which at least one call was under way."""
        total, until = 0.0, 0.0
        for start, stop in sorted(self.spans):
            total += max(0.0, stop - max(start, until))
            until = max(until, stop)
        return total

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
    if not RECORDED.is_file():
        raise SystemExit(f"{RECORDED.relative_to(ROOT)} is missing: run `make record` first.")
    data = yaml.load(RECORDED.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    known = {
        json.dumps(item["request"]["messages"]): item["response"]["body"]["choices"][0]["message"][
            "content"
        ]
        for item in data["interactions"]
    }
    return lambda body: str(known[json.dumps(body["messages"])])


def mechanical(body: Body) -> str:
    """A valid answer made from the prompt alone: its size is typical, its content is not."""
    user = body["messages"][1]["content"]
    if "TASK: compare" in user:
        ids = re.findall(r"^SPEAKERS AND CLAIMS OF (\S+)$", user, re.MULTILINE)
        placed = [{"a": i, "outlet": "", "genre": "news", "joint": []} for i in ids]
        keys = ("speakers", "sides", "groups", "questions")
        return json.dumps({"event": "An event", "articles": placed, **{key: [] for key in keys}})
    if body["messages"][0]["content"].startswith("You are the desk editor"):
        single = user.partition("## single-source")[2].partition("\n## ")[0]
        ids = re.findall(r"^(f\d+) \|", single, re.MULTILINE)[:6]
        lists: dict[str, list[str]] = {
            key: []
            for key in ("same", "changed", "solid", "contested", "notes", "careful", "calls")
        }
        told = dict.fromkeys(("latest", "attribute", "hold"), "")
        rests = {"safe": "The story rests on several voices.", **told}
        alone = [{"id": i, "head": ""} for i in ids]
        return json.dumps({"rests": rests, "alone": alone, **lists})
    claims = []
    lines = re.findall(r"^\[(\d+)\] (?:\(\w+\) )?(.*)$", user, re.MULTILINE)
    for number, text in lines:
        many = 2 if int(number) % 3 == 0 else 1
        words = text.split()
        half = max(1, len(words) // many)
        for part in range(many):
            claim = " ".join(words[part * half : part * half + WORDS_A_CLAIM])
            claims.append(mechanical_claim(claim or text, int(number)))
    return json.dumps({"genre": "news", "speakers": [], "claims": claims, "skip": []})


def mechanical_claim(text: str, number: int) -> dict[str, Any]:
    """One claim in own voice."""
    fixed = {"k": "fact", "core": True, "by": "self", "via": [], "m": "firm", "w": "", "asof": ""}
    return {"t": text, "s": [number], **fixed}


def text_of(body: Body) -> str:
    """All messages of a request as one text."""
    return "\n".join(message["content"] for message in body["messages"])


def schema_tokens(body: Body) -> int:
    """Tokens of the answer schema that a request carries beside its messages."""
    return estimate_tokens(json.dumps(body.get("response_format", {})))


def prefix_share(texts: Sequence[str]) -> float:
    """The share of input tokens that stand, from the start, in an earlier request too."""
    shared = 0
    for number, text in enumerate(texts):
        common = [os.path.commonprefix([text, old]) for old in texts[:number]]  # noqa: RUF071 (characters are meant)
        shared += max(map(estimate_tokens, common), default=0)
    return shared / sum(map(estimate_tokens, texts))


def environment() -> dict[str, str]:
    """This process's environment without what would change the program or slow its start."""
    changing = ("OPENAI_", "FACTCHECK_", "PYTHONDONTWRITEBYTECODE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(changing)}
    return kept | {"PYTHONPATH": str(ROOT)}


def timed(command: Sequence[str], folder: str) -> float:
    """Wall seconds of a process that runs in a folder; stops everything if it fails."""
    start = time.perf_counter()
    run = subprocess.run(  # noqa: S603 (our own command)
        command, capture_output=True, text=True, env=environment(), cwd=folder, check=False
    )
    seconds = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr}")
    return seconds


def tell(name: str, value: str, aim: str = "") -> None:
    """One measured figure, with what it should be."""
    print(f"{name:<28} {value:<24} {f'(aim: {aim})' if aim else ''}".rstrip())


def tell_news(folder: Path) -> tuple[int, int]:
    """Print what is read, and give the number of articles and of their tokens."""
    articles, _ = read_articles([folder])
    sentences = [sentence.text for article in articles for sentence in article.sentences]
    news = sum(map(estimate_tokens, sentences))
    tell("machine", f"{os.cpu_count()} cores, {platform.machine()}")
    tell("date, Python", f"{datetime.now(tz=UTC):%Y-%m-%d}, {platform.python_version()}")
    tell("articles, sentences", f"{len(articles)}, {len(sentences)}")
    tell("tokens of news", f"{news:,}")
    return len(articles), news


def tell_requests(bodies: Sequence[Body], articles: int, news: int) -> None:
    """Print the figures of the requests of one run."""
    texts = [text_of(body) for body in bodies]
    sent = sum(map(estimate_tokens, texts))
    schemas = sum(map(schema_tokens, bodies))
    tell("calls", f"{len(bodies)}", f"{articles + 2}")
    tell("input tokens", f"{sent:,}, schemas {schemas:,}")
    tell("input per token of news", f"{sent / news:.1f}", "at most 7")
    tell("share of repeatable prefix", f"{prefix_share(texts):.0%}")


def main() -> None:
    """Measure and print."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = (given or (REAL if REAL.is_dir() else ROOT / "seeds")).resolve()
    own = folder == (ROOT / "seeds").resolve()
    endpoint = Endpoint(recorded_answers() if own else mechanical)
    articles, news = tell_news(folder)
    tell("answers", f"{'recorded' if own else 'mechanical'}, {SECONDS:.1f} s a call")

    program = [sys.executable, "-m", "factcheck"]
    with tempfile.TemporaryDirectory() as out:
        command = [*program, "report", str(folder), "-o", "report", "--no-cache"]
        command += ["--base-url", endpoint.url, "--model", "benchmark"]
        timed(command, out)  # writes the byte code
        walls, waits = [], []
        for _ in range(RUNS):
            endpoint.forget()
            walls.append(timed(command, out))
            waits.append(endpoint.busy())
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        helps = [timed([*program, "--help"], out) for _ in range(HELPS)]
        bare = [timed([sys.executable, "-c", "pass"], out) for _ in range(HELPS)]
    tell_requests(endpoint.bodies, articles, news)
    wall = statistics.median(walls)
    tell("wall time", f"{wall:.2f} s, median of {RUNS}", "at most 4.2 s for five")
    tell("of which calls under way", f"{statistics.median(waits):.2f} s")
    tell("peak memory", f"{peak:.0f} MiB")
    tell("factcheck --help", f"{statistics.median(helps):.2f} s, median of {HELPS}", "under 0.3 s")
    tell("of which Python alone", f"{statistics.median(bare):.2f} s")


if __name__ == "__main__":
    main()
