"""The command in a test: in this process with what it said, or as a process of its own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from factcheck import cli
from tests.endpoint import Endpoint


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs `factcheck` with arguments, in this process, in an empty folder."""

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: object) -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["factcheck", *map(str, arguments)])
        gc.collect()  # what earlier tests left says so now, and not in the output of this run
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err, err
        code = end.value.code
        return Ran(code if isinstance(code, int) else 0, out, err)


def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    """`python -m factcheck` as a process of its own, whose output is piped unless options say."""
    command = [sys.executable, "-m", "factcheck", *map(str, arguments)]
    options["env"] = {**os.environ, **options.get("env", {})}
    for stream in ("stdout", "stderr"):
        options.setdefault(stream, subprocess.PIPE)
    return subprocess.Popen(command, **options)  # noqa: S603 (our own program)


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so; fail if it never is."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def asking(endpoint: Endpoint) -> tuple[str, ...]:
    """The options that lead to an endpoint."""
    return ("--base-url", endpoint.url, "--model", "m")
