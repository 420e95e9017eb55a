"""A local server of OpenAI's Batch API: files, batches, files of answers and of errors.

In: a function from a request's body to an `Act`, as for `tests.endpoint`, and how a batch goes:
after so many looks it ends, in a status, with so many of its requests answered. Out: what was
asked of a model, each time that it was paid for.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.endpoint import Act, Body
from tests.loopback import Handler, listening


@dataclass(frozen=True)
class Course:
    """How one batch goes: how often it is not ready, how it ends, which lines are answered."""

    looks: int = 1
    status: str = "completed"
    answered: int | None = None
    error: tuple[str, str] | None = None


@dataclass
class BatchServer:
    """The running server; `paid` are the bodies that a model was asked, `fate` what goes wrong.

    `courses` are those of the batches in their order, the last for good. `break_off` names the
    request, such as "POST /batches", after which the connection is cut once it is done.
    """

    model: Callable[[Body], Act]
    courses: list[Course] = field(default_factory=lambda: [Course()])
    url: str = ""
    break_off: str = ""
    lists: bool = True
    paid: list[Body] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put_file(self, content: str) -> dict[str, Any]:
        """Keep a file."""
        name = f"file-{len(self.files) + len(self.batches)}-{time.monotonic_ns()}"
        self.files[name] = content
        return {
            "id": name, "object": "file", "bytes": len(content), "created_at": int(time.time()),
            "filename": "requests.jsonl", "purpose": "batch", "status": "processed",
        }  # fmt: skip

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """A new batch: from here on it is paid for."""
        assert body["endpoint"] == "/v1/chat/completions"
        assert body["completion_window"] == "24h"
        name = f"batch-{len(self.batches)}"
        course = self.courses[min(len(self.batches), len(self.courses) - 1)]
        lines = [json.loads(row) for row in self.files[body["input_file_id"]].splitlines()]
        assert len({line["custom_id"] for line in lines}) == len(lines)
        self.batches[name] = {
            "id": name, "object": "batch", "endpoint": body["endpoint"],
            "input_file_id": body["input_file_id"], "completion_window": "24h",
            "status": "validating", "created_at": int(time.time()),
            "output_file_id": None, "error_file_id": None,
        }  # fmt: skip
        self.looks[name] = 0
        if course.status != "failed":
            self.answer(name, course, lines)
        return self.batches[name]

    def answer(self, name: str, course: Course, lines: list[dict[str, Any]]) -> None:
        """Ask the model, and write the files of answers and errors."""
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        for number, line in enumerate(reversed(lines)):  # the order is not that of the requests
            assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
            row: dict[str, Any] = {"id": "x", "custom_id": line["custom_id"], "error": None}
            if course.answered is not None and number >= course.answered:
                row["response"] = None
                row["error"] = {"code": "batch_expired", "message": "not in time"}
                bad.append(row)
                continue
            self.paid.append(line["body"])
            act = self.model(line["body"])
            row["response"] = {"status_code": act.status, "request_id": "r", "body": act.payload}
            (good if act.status == 200 else bad).append(row)
        for key, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                text = "".join(json.dumps(row) + "\n" for row in rows)
                self.batches[name][f"later_{key}"] = self.put_file(text)["id"]

    def retrieve(self, name: str) -> dict[str, Any]:
        """A batch, which has ended after some looks."""
        number = int(name.rpartition("-")[2])
        course = self.courses[min(number, len(self.courses) - 1)]
        batch = self.batches[name]
        self.looks[name] += 1
        batch["status"] = "in_progress"
        if self.looks[name] > course.looks:
            batch["status"] = course.status
            for key in ("output_file_id", "error_file_id"):
                batch[key] = batch.get(f"later_{key}")
            if course.error:
                fault = dict(zip(("code", "message"), course.error, strict=True))
                batch["errors"] = {"object": "list", "data": [fault]}
        return {key: value for key, value in batch.items() if not key.startswith("later_")}

    def handle(self, method: str, path: str, data: bytes) -> tuple[int, Any]:
        """Status and answer of one request."""
        parts = path.partition("?")[0].removeprefix("/v1/").split("/")
        match (method, *parts):
            case ("POST", "files"):
                found: Any = self.put_file(re.findall(rb"\{.*\}", data, re.DOTALL)[0].decode())
            case ("POST", "batches"):
                found = self.create(json.loads(data))
            case ("GET", "batches") if self.lists:
                newest = list(self.batches.values())[::-1]
                found = {"object": "list", "data": newest, "has_more": False}
            case ("GET", "batches", name) if name in self.batches:
                found = self.retrieve(name)
            case ("GET", "files", name, "content") if name in self.files:
                found = self.files[name]
            case ("DELETE", "files", name) if self.files.pop(name, None):
                found = {"id": name, "object": "file", "deleted": True}
            case _:
                return 404, {"error": {"message": f"no {method} {path}"}}
        return 200, found


@contextmanager
def serving_batches(model: Callable[[Body], Act], *courses: Course) -> Iterator[BatchServer]:
    """Run the server for the length of a `with` block."""
    state = BatchServer(model, list(courses) or [Course()])

    class Batches(Handler):
        def serve(self) -> None:
            data = self.read()
            name = re.sub(r"(file|batch)-[\d-]+", "ID", f"{self.command} {self.path[3:]}")
            with state.lock:
                state.asked.append(name.partition("?")[0])
                status, value = state.handle(self.command, self.path, data)
                if state.break_off == state.asked[-1]:
                    state.break_off = ""
                    self.close_connection = True
                    self.connection.close()
                    return
            body = (value if isinstance(value, str) else json.dumps(value)).encode()
            self.begin(status, {"content-type": "application/json"}, len(body))
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = serve  # noqa: N815 (the library's names)

    with listening(Batches) as port:
        state.url = f"http://127.0.0.1:{port}/v1"
        yield state
