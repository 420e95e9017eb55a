"""The client against a real server on loopback that answers, fails and breaks as scripted."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import traceback
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from factcheck import errors
from factcheck.llm.budget import Budget
from factcheck.llm.cache import AnswerCache
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.llm.endpoint import LONGEST_WAIT
from factcheck.llm.recording import record
from factcheck.llm.wire import LADDER
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import LimitSettings
from factcheck.transfer import load_certificates
from tests.endpoint import Act, Body, Script, fails, says, serving

KEY = "sk-orchard-0123456789"
NOW = datetime(2031, 4, 5, 12, 30, tzinfo=UTC)
GOOD = {"names": ["plum"], "ripe": True}


class Fruit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    names: list[str]
    ripe: bool


def nothing_wrong(_: Fruit) -> list[str]:
    return []


def prompt(
    label: str = "a1",
    check: Callable[[Fruit], list[str]] = nothing_wrong,
    user: str = "List the fruit.",
) -> Prompt[Fruit]:
    return Prompt("extract", label, "You list fruit.", user, Fruit, check)


class Waits(list[float]):
    """A clock that does not wait: it notes for how long it should have."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Asked:
    """What came of asking: the answer, what was used, the requests, the waits."""

    def __init__(self, script: Script, *prompts: Prompt[Fruit], **settings: Any) -> None:
        self.waits = Waits()
        cache = settings.pop("cache", None)
        with serving(script) as self.endpoint:
            given = {"base_url": self.endpoint.url, "name": "tiny", "api_key": SecretStr(KEY)}
            self.settings = ModelSettings(**(given | settings))
            self.model = Model(self.settings, cache=cache, sleep=self.waits)
            self.answers = asyncio.run(self._ask(prompts or (prompt(),)))

    async def _ask(self, prompts: tuple[Prompt[Fruit], ...]) -> list[Answer[Fruit]]:
        async with self.model:
            return await asyncio.gather(*(self.model.ask(each) for each in prompts))

    @property
    def value(self) -> Fruit:
        return self.answers[0].value

    @property
    def use(self) -> StageUse:
        return self.model.use()[0]


def failure(script: Script, kind: type[errors.FactcheckError], **settings: Any) -> Any:
    with pytest.raises(kind) as caught:
        Asked(script, **settings)
    # The very class: a subclass has another exit or hint.
    assert type(caught.value) is kind
    assert caught.value.hint
    return caught.value


# --- a plain answer ---------------------------------------------------------


def test_an_answer_that_fits_is_given_and_counted() -> None:
    asked = Asked([says(GOOD, usage=(120, 30))])
    assert asked.answers == [Answer(Fruit(names=["plum"], ripe=True))]
    assert asked.use == StageUse(stage="extract", calls=1, input_tokens=120, output_tokens=30)
    assert asked.model.notes() == ()


def test_the_request_is_a_plain_chat_completion_with_a_strict_schema() -> None:
    asked = Asked([says(GOOD)])
    (body,) = asked.endpoint.bodies
    assert set(body) == {"model", "messages", "response_format"}
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    form = body["response_format"]["json_schema"]
    assert (form["name"], form["strict"]) == ("Fruit", True)
    assert form["schema"]["required"] == ["names", "ripe"]
    assert asked.endpoint.headers[0]["authorization"] == f"Bearer {KEY}"
    assert asked.model.answer_format == "json_schema"


def test_settings_and_extra_keys_go_into_the_request() -> None:
    asked = Asked(
        [says(GOOD)], temperature=0.0, seed=7, max_output_tokens=99, extra_body={"top_k": 1}
    )
    (body,) = asked.endpoint.bodies
    sent = {key: body[key] for key in ("temperature", "seed", "max_tokens", "top_k")}
    assert sent == {"temperature": 0.0, "seed": 7, "max_tokens": 99, "top_k": 1}


def test_headers_are_sent_with_their_values() -> None:
    asked = Asked([says(GOOD)], header_values={"X-Team": SecretStr("pear-team")})
    assert asked.endpoint.headers[0]["x-team"] == "pear-team"


@pytest.mark.parametrize(
    "text",
    [
        '<think>{"names": [no]}</think>\n' + json.dumps(GOOD),
        "thoughts that a template opened</think>" + json.dumps(GOOD),
        "Here it is:\n```json\n" + json.dumps(GOOD, indent=1) + "\n```\nAnything else?",
        f"Of course! {json.dumps(GOOD)} I hope this helps.",
        "Here:\n````json\n" + json.dumps(GOOD) + "\n````\nuse {x}",
    ],
)
def test_thoughts_fences_and_polite_words_around_the_json_are_ignored(text: str) -> None:
    asked = Asked([says(text)])
    assert asked.value.names == ["plum"]
    assert len(asked.endpoint.bodies) == 1


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("empty", [None, "", "\n", []])
def test_json_in_the_reasoning_is_read_where_the_content_is_empty(key: str, empty: object) -> None:
    asked = Asked([says(empty, **{key: f"So: {json.dumps(GOOD)}"})])
    assert asked.value.names == ["plum"]
    assert asked.use.calls == 1


def test_reasoning_beside_content_or_without_json_is_ignored() -> None:
    other = json.dumps({"names": ["pear"], "ripe": False})
    assert Asked([says(GOOD, reasoning_content=other)]).value.names == ["plum"]
    asked = Asked([says("", reasoning="I wonder."), says(GOOD)])
    assert asked.endpoint.bodies[1]["messages"][2]["content"] == "(no answer)"


def test_content_in_parts_is_joined() -> None:
    half = len(json.dumps(GOOD)) // 2
    text = json.dumps(GOOD)
    parts = [{"type": "text", "text": text[:half]}, {"type": "text", "text": text[half:]}]
    assert Asked([says(parts)]).value.ripe


def test_tokens_are_estimated_and_said_so_where_the_endpoint_counts_none() -> None:
    asked = Asked([says(GOOD, usage=None)])
    assert asked.use.input_tokens > 5
    assert asked.use.output_tokens > 5
    assert "estimates" in asked.model.notes()[0].text


# --- re-asks ----------------------------------------------------------------


def test_a_schema_violation_is_asked_again_with_the_fault_named() -> None:
    asked = Asked([says({"names": "plum", "ripe": True}), says(GOOD)])
    assert asked.value.names == ["plum"]
    assert (asked.use.calls, asked.use.reasks) == (2, 1)
    first, second = asked.endpoint.bodies
    assert second["messages"][:2] == first["messages"]
    assistant, user = second["messages"][2:]
    assert assistant == {"role": "assistant", "content": '{"names":"plum","ripe":true}'}
    assert "names: Input should be a valid array" in user["content"]


def test_an_answer_that_is_no_json_is_told_so() -> None:
    asked = Asked([says("Plums, I think."), says(GOOD)])
    said = asked.endpoint.bodies[1]["messages"][3]["content"]
    assert "could not be read" in said
    assert "faults" not in said


@pytest.mark.parametrize("empty", [says(None), says(""), Act({"choices": []})])
def test_an_empty_answer_is_asked_again(empty: Act) -> None:
    asked = Asked([empty, says(GOOD)])
    assert asked.value.ripe
    assert asked.endpoint.bodies[1]["messages"][2]["content"]


def test_two_answers_that_do_not_fit_are_an_invalid_answer() -> None:
    error = failure([says("no"), says({"names": 1})], errors.InvalidAnswerError)
    assert error.message.startswith("extract a1: ")
    assert "names" in error.message


def worms(fruit: Fruit) -> list[str]:
    return [f"{name} has a worm" for name in fruit.names if name.startswith("bad")]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (["bad1"], ["good"], ["good"]),
        (["bad1"], ["bad1", "bad2"], ["bad1"]),
        (["bad1"], ["bad2"], ["bad2"]),
    ],
)
def test_of_two_answers_the_one_with_fewer_problems_is_kept_and_of_equals_the_second(
    first: list[str], second: list[str], kept: list[str]
) -> None:
    script = [says({"names": names, "ripe": True}) for names in (first, second)]
    asked = Asked(script, prompt(check=worms))
    assert asked.value.names == kept
    assert len(asked.answers[0].problems) == len(worms(asked.value))
    assert "- bad1 has a worm" in asked.endpoint.bodies[1]["messages"][3]["content"]


def test_a_usable_answer_is_kept_when_the_reask_fails() -> None:
    script = [says({"names": ["bad1"], "ripe": True}), fails(400, "no more")]
    asked = Asked(script, prompt(check=worms), answer_format="text")
    assert asked.answers[0].problems == ("bad1 has a worm",)


# --- retries ----------------------------------------------------------------


@pytest.mark.parametrize(("told", "waited"), [("7", 7.0), ("99999", LONGEST_WAIT)])
def test_retry_after_is_honoured_and_the_failure_is_not_counted_as_a_call(
    told: str, waited: float
) -> None:
    asked = Asked([fails(429, "slow down", {"retry-after": told}), says(GOOD)])
    assert asked.waits == [waited]
    assert asked.use.calls == 1


@pytest.mark.parametrize("status", [408, 409, 429, 502, 503, 529])
def test_a_passing_failure_is_retried(status: int) -> None:
    asked = Asked([fails(status), says(GOOD)])
    assert asked.value.ripe
    assert 1 <= asked.waits[0] <= 3


def test_waits_grow() -> None:
    asked = Asked([fails(503)] * 3 + [says(GOOD)])
    assert [round(wait) >= 2**n for n, wait in enumerate(asked.waits)] == [True] * 3


def test_a_connection_that_breaks_off_is_retried() -> None:
    broken = says(GOOD)
    asked = Asked([Act(broken.payload, cut=40), says(GOOD)])
    assert asked.value.ripe
    assert len(asked.waits) == 1


def test_a_body_that_breaks_off_is_retried() -> None:
    asked = Asked([Act('{"choices": [{"mess'), says(GOOD)])
    assert asked.value.ripe


def test_failures_that_stay_end_after_the_retries() -> None:
    error = failure([fails(503, "melting")], errors.OverloadedError, retries=2)
    assert "503 after all retries: melting" in error.message


def test_a_slow_answer_is_unreachable_in_the_end() -> None:
    slow = Act(says(GOOD).payload, delay=0.6)
    error = failure([slow], errors.UnreachableError, timeout=0.1, retries=1)
    assert "0.1 seconds" in error.message


def test_an_answer_that_only_drips_is_given_up_as_a_whole() -> None:
    drip = Act(says(GOOD).payload, drip=0.05)
    failure([drip], errors.UnreachableError, timeout=0.2, retries=0)


def test_no_server_is_unreachable() -> None:
    with serving([]) as endpoint:
        url = endpoint.url
    error = failure([], errors.UnreachableError, base_url=url, retries=0)
    assert url in error.message


def test_spent_credit_is_not_retried() -> None:
    waits = Waits()
    with serving([fails(429, "You exceeded it", code="insufficient_quota")]) as endpoint:
        client = Model(ModelSettings(base_url=endpoint.url, name="m"), sleep=waits)

        async def ask() -> None:
            async with client:
                await client.ask(prompt())

        with pytest.raises(errors.OverloadedError, match="no credit"):
            asyncio.run(ask())
    assert not waits


# --- errors by name ---------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (fails(401, "Incorrect API key provided"), errors.AuthenticationError),
        (fails(403, "not for you"), errors.AuthenticationError),
        (fails(404, "The model `tiny` does not exist"), errors.ModelNotFoundError),
        (fails(404, 'model "tiny" not found, try pulling it first'), errors.ModelNotFoundError),
        (Act("404 page not found", 404), errors.ModelNotFoundError),
        (fails(400, "you did something"), errors.BadRequestError),
        (Act("<html>Welcome</html>"), errors.BadRequestError),
        (Act({"hello": "world"}), errors.BadRequestError),
        (says(None, refusal="I cannot help"), errors.RefusedError),
        (says([{"type": "refusal", "refusal": "no"}]), errors.RefusedError),
        (says('{"names": ["pl', finish="length"), errors.TruncatedError),
        (says("", finish="content_filter"), errors.ContentFilteredError),
        (fails(400, "filtered", code="content_filter"), errors.ContentFilteredError),
        (fails(400, "too long", code="context_length_exceeded"), errors.ContextOverflowError),
    ],
)
def test_each_failure_has_its_name(act: Act, kind: type[errors.FactcheckError]) -> None:
    assert failure([act], kind).message.startswith("extract a1: ")


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens",
        "the request exceeds the available context size, try increasing it",
        "request (9000 tokens) exceeds the available context size (4096 tokens)",
        "The prompt (length 9000) exceeds the maximum model length of 4096 tokens",
        "Please reduce the length of the messages or completion",
        "input length exceeds the context length",
        "prompt is too long: 208310 tokens > 200000 maximum",
        "The input token count (9000) exceeds the maximum number of tokens allowed (4096).",
        "Trying to keep the first 9000 tokens when context the overflows. n_ctx: 4096",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_a_prompt_that_is_too_long_is_recognised_in_any_wording(status: int, message: str) -> None:
    failure([fails(status, message)], errors.ContextOverflowError)


def test_a_prompt_that_was_cut_unseen_is_an_overflow() -> None:
    long = prompt(user="plum pear apple " * 1000)
    with pytest.raises(errors.ContextOverflowError, match="read 1500 tokens of about 62") as caught:
        Asked([says(GOOD, usage=(1500, 5))], prompt(user="plum " * 5000))
    assert "OLLAMA_CONTEXT_LENGTH" in caught.value.hint
    assert Asked([says(GOOD, usage=(3000, 5))], long).value.ripe


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 1500, "completion_tokens": 5},
        {"prompt_tokens": 1500, "completion_tokens": 5, "total_tokens": 6205},
        {
            "prompt_tokens": 1500,
            "completion_tokens": 5,
            "total_tokens": 1505,
            "prompt_tokens_details": {"cached_tokens": 4700},
        },
        {"prompt_tokens": 1500, "completion_tokens": 5, "cache_read_input_tokens": 4700},
        {"prompt_tokens": 1500, "completion_tokens": 5, "prompt_tokens_details": 3},
    ],
)
def test_tokens_without_those_in_the_endpoints_cache_do_not_tell_of_a_cut(
    usage: dict[str, Any],
) -> None:
    assert Asked([says(GOOD, usage=usage)], prompt(user="plum " * 5000)).value.ripe


def test_a_cut_is_told_by_a_figure_that_counts_the_cached_tokens_apart() -> None:
    usage = {"prompt_tokens": 1500, "prompt_tokens_details": {"cached_tokens": 0}}
    with pytest.raises(errors.ContextOverflowError):
        Asked([says(GOOD, usage=usage)], prompt(user="plum " * 5000))


def test_a_prompt_over_the_configured_context_is_not_sent() -> None:
    with pytest.raises(errors.ContextOverflowError, match="context_tokens"):
        Asked([], prompt(user="plum " * 500), context_tokens=100)


def test_a_truncated_answer_is_not_asked_again() -> None:
    asked: list[Body] = []

    def script(body: Body) -> Act:
        asked.append(body)
        return says("{", finish="length")

    failure(script, errors.TruncatedError)
    assert len(asked) == 1


def test_an_error_in_a_200_body_counts_by_its_own_status() -> None:
    act = Act({"error": {"code": 429, "message": "busy upstream"}})
    assert Asked([act, says(GOOD)]).value.ripe


def test_without_a_key_a_remote_endpoint_is_not_asked() -> None:
    error = failure([], errors.NoKeyError, base_url="https://model.example/v1", api_key=None)
    for way in ("OPENAI_API_KEY", "localhost:11434", "--replay"):
        assert way in error.hint


def test_without_a_model_name_nothing_is_asked() -> None:
    failure([], errors.NoKeyError, name="")


@pytest.mark.parametrize(
    "act",
    [
        fails(401, f"Incorrect API key provided: {KEY}"),
        fails(400, f"bad header Authorization: Bearer {KEY}"),
        Act(f"<html>{KEY}</html>"),
        Act(f"key {KEY} is not known", 403),
        says(None, refusal=f"I will not use {KEY}"),
    ],
)
def test_the_key_is_in_no_error_and_no_traceback(act: Act) -> None:
    with pytest.raises(errors.ModelError) as caught:
        Asked([act])
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.hint)
    assert "0123456789" not in shown
    assert "***" in caught.value.message


# --- redirects --------------------------------------------------------------


def moved(status: int, to: str) -> Act:
    return Act("", status, {"location": to})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_origin_is_not_followed(status: int) -> None:
    with serving([says(GOOD)]) as other:
        act = moved(status, f"{other.url}/chat/completions?token=plum")
        error = failure(
            [act],
            errors.ModelNotFoundError,
            header_values={"X-Team": SecretStr("pear-team")},
        )
    assert not other.bodies
    assert f"redirects to {other.url}/chat/completions ({status})" in error.message
    assert "plum" not in error.message
    assert "base_url" in error.hint


def test_a_redirect_of_a_recorded_call_is_not_followed_either(tmp_path: Path) -> None:
    with (
        serving([says(GOOD)]) as other,
        serving([moved(307, f"{other.url}/chat/completions")]) as endpoint,
    ):
        settings = ModelSettings(base_url=endpoint.url, name="m")

        async def ask() -> None:
            with record(tmp_path / "run.yaml", settings, now=NOW) as recorder:
                async with Model(settings, transport=recorder.transport) as client:
                    await client.ask(prompt())

        with pytest.raises(errors.ModelNotFoundError, match="redirects to"):
            asyncio.run(ask())
    assert not other.bodies


@pytest.mark.parametrize(
    "to", ["http://[", "https://model.example:x/", "\x01", "file:///etc/passwd", "data:,x"]
)
def test_a_redirect_to_nowhere_is_an_error_in_one_line(to: str) -> None:
    error = failure([moved(307, to)], errors.ModelNotFoundError)
    assert "\n" not in error.message


def test_a_redirect_within_the_origin_is_followed_with_its_body() -> None:
    asked = Asked([moved(307, "/v1/chat/completions/"), says(GOOD)])
    assert asked.value.ripe
    assert asked.endpoint.bodies[0] == asked.endpoint.bodies[1]


# --- answers that are too much ----------------------------------------------


@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_packed_answer_is_unpacked_up_to_a_limit(status: int) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * 2**20) for _ in range(64)) + packer.flush()
    act = Act(bomb, status, {"content-encoding": "gzip"})
    tracemalloc.start()
    error = failure([act], errors.BadRequestError, retries=0, answer_format="text")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 16 MB" in error.message
    assert most < 60 * 2**20


def test_a_long_answer_is_not_read_to_its_end() -> None:
    error = failure([Act(" " * (17 * 2**20))], errors.BadRequestError)
    assert "more than 16 MB" in error.message


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_packed_answer_is_read(packed: str) -> None:
    text = json.dumps(says(GOOD).payload).encode()
    data = gzip.compress(text) if packed == "gzip" else zlib.compress(text)
    asked = Asked([Act(data, headers={"content-encoding": packed})])
    assert asked.value.ripe
    assert asked.endpoint.headers[0]["accept-encoding"] == "gzip, deflate"


def test_a_packed_answer_that_breaks_off_is_retried() -> None:
    data = gzip.compress(json.dumps(says(GOOD).payload).encode())
    broken = [Act(piece, headers={"content-encoding": "gzip"}) for piece in (data[:-9], b"no")]
    asked = Asked([*broken, says(GOOD)])
    assert asked.value.ripe
    assert len(asked.waits) == 2


def test_an_answer_that_is_packed_in_an_unknown_way_is_an_error() -> None:
    act = Act(b"\x1f", headers={"content-encoding": "br"})
    assert "packed as br" in failure([act], errors.BadRequestError).message


@pytest.mark.parametrize(
    "content",
    ['{"names": ' + "[" * 50_000, '{"names":' * 950 + "1" + "}" * 950, '{"names": ["\\ud83d"]}'],
)
def test_an_answer_that_cannot_be_held_is_an_invalid_answer(content: str) -> None:
    failure([says(content, usage=None)], errors.InvalidAnswerError)


@pytest.mark.parametrize("depth", [490, 900])
def test_an_answer_that_is_nested_too_deeply_is_asked_again_and_then_forgotten(
    tmp_path: Path, depth: int
) -> None:
    nested = '{"names": ["\\u001b"], "ripe": ' + "[" * depth + "]" * depth + "}"
    cache = AnswerCache(tmp_path)
    failure([says(nested, usage=None)], errors.InvalidAnswerError, cache=cache)
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("charset", ["undefined", "idna", "utf-16", "x-none"])
def test_an_answer_is_utf_8_whatever_charset_it_names(charset: str) -> None:
    named = {"content-type": f"application/json; charset={charset}"}
    assert Asked([replace(says(GOOD), headers=named)]).value.ripe
    failure([fails(401, headers=named)], errors.AuthenticationError)


def test_a_header_that_is_no_ascii_costs_no_answer() -> None:
    assert Asked([replace(says(GOOD), headers={"x-served-by": "Café"})]).value.ripe


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("HTTP_PROXY", "ftp://x"),
        ("OPENAI_ORG_ID", "é"),
        ("OPENAI_PROJECT_ID", "hidden\nvalue"),
    ],
)
def test_a_request_that_cannot_be_made_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    error = failure([says(GOOD)], errors.UnreachableError, retries=9)
    assert "could not be asked" in error.message
    assert name in error.hint
    assert "hidden" not in error.message


def test_certificates_that_cannot_be_read_are_told_where_tls_needs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    load_certificates.cache_clear()
    assert Asked([says(GOOD)]).value.ripe
    error = failure([says(GOOD)], errors.UsageError, base_url="https://127.0.0.1:1/v1")
    assert "SSL_CERT_FILE" in error.message


def test_half_a_surrogate_pair_in_an_error_does_not_reach_the_terminal() -> None:
    error = failure([fails(400, "bad \ud83d")], errors.BadRequestError)
    error.message.encode("utf-8")


# --- answer formats ---------------------------------------------------------


def refusing(*forms: str, status: int = 400, message: str = "unknown parameter") -> Script:
    def script(body: Body) -> Act:
        form = body.get("response_format", {}).get("type", "text")
        return fails(status, message) if form in forms else says(GOOD)

    return script


@pytest.mark.parametrize("status", [400, 404, 415, 422, 501])
def test_a_format_that_is_refused_is_followed_by_the_next(status: int) -> None:
    asked = Asked(refusing("json_schema", "json_object", status=status))
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"]
    assert asked.model.answer_format == "text"
    assert not asked.waits


def test_a_server_error_over_a_grammar_is_a_refused_format() -> None:
    asked = Asked(refusing("json_schema", status=500, message="failed to parse grammar"))
    assert asked.endpoint.formats() == ["json_schema", "json_object"]


def test_a_bare_500_to_a_format_is_followed_by_the_next_at_once() -> None:
    asked = Asked(refusing("json_schema", "json_object", status=500, message="unexpected"))
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"]
    assert asked.model.answer_format == "text"
    assert not asked.waits
    assert asked.use.calls == 1


def test_a_500_to_every_format_is_no_matter_of_formats() -> None:
    asked = Asked([fails(500)] * 4 + [says(GOOD)])
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"] + ["json_schema"] * 2
    assert asked.model.answer_format == "json_schema"
    assert len(asked.waits) == 2


def test_a_500_that_stays_ends_after_the_retries() -> None:
    with serving([fails(500, "melting")]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", retries=2)
        with pytest.raises(errors.OverloadedError, match="melting"):
            asyncio.run(ask_once(Model(settings, sleep=Waits())))
    assert len(endpoint.bodies) == len(LADDER) + 1 + 2


def test_a_500_after_a_format_was_refused_is_not_held_against_the_last() -> None:
    asked = Asked([fails(400), fails(400), fails(500), says(GOOD)])
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text", "text"]


def test_a_500_in_a_format_that_has_worked_is_retried() -> None:
    waits = Waits()
    with serving([says(GOOD), fails(500), says(GOOD)]) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m"), sleep=waits) as client:
                await client.ask(prompt("a1"))
                await client.ask(prompt("a2", user="Only pears."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema"] * 3
    assert len(waits) == 1


@pytest.mark.parametrize("status", [400, 500])
def test_refused_formats_count_against_no_budget(status: int) -> None:
    with serving(refusing("json_schema", "json_object", status=status)) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        budget = Budget(settings, LimitSettings(max_calls=1), NOW, "test")
        answer = asyncio.run(ask_once(Model(settings, budget=budget)))
    assert answer.value.ripe
    assert budget.begun == 1


def test_which_format_an_endpoint_takes_is_remembered_with_the_cache(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    with serving(refusing("json_schema", status=500)) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
        other = settings.model_copy(update={"name": "n"})
        asyncio.run(ask_once(Model(other, cache=cache), prompt(user="two")))
    js, jo = "json_schema", "json_object"
    assert endpoint.formats() == [js, jo, jo, js, jo]


def test_a_remembered_format_that_is_refused_now_is_followed_by_the_next(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    refused = ["json_schema"]

    def script(body: Body) -> Act:
        return refusing(*refused)(body)  # type: ignore[operator]

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two", "three"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
            refused.append("json_object")
    assert endpoint.formats() == ["json_schema", "json_object", "json_object", "text", "text"]


def test_without_schema_support_the_schema_stands_in_the_system_message() -> None:
    asked = Asked(refusing("json_schema"))
    system = asked.endpoint.bodies[1]["messages"][0]["content"]
    assert system.startswith("You list fruit.")
    assert '"required":["names","ripe"]' in system


def test_a_refused_format_is_not_tried_again_in_the_run() -> None:
    with serving(refusing("json_schema")) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
                await client.ask(prompt("a1"))
                await client.ask(prompt("a2", user="Only pears."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema", "json_object", "json_object"]


def test_a_format_that_worked_is_not_given_up_for_a_rejection_that_does_not_name_it() -> None:
    with serving([says(GOOD), fails(400, "odd request"), says(GOOD)]) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
                await client.ask(prompt("a1"))
                with pytest.raises(errors.BadRequestError):
                    await client.ask(prompt("a2", user="Only pears."))
                await client.ask(prompt("a3", user="Only plums."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema"] * 3


def test_a_chosen_format_is_the_only_one() -> None:
    failure(refusing("json_schema"), errors.BadRequestError, answer_format="json_schema")


# --- many at once -----------------------------------------------------------


def test_no_more_requests_than_allowed_are_on_their_way() -> None:
    def script(_: Body) -> Act:
        return Act(says(GOOD).payload, delay=0.03)

    prompts = [prompt(f"a{n}", user=f"Fruit number {n}.") for n in range(9)]
    asked = Asked(script, *prompts, concurrency=3)
    assert asked.endpoint.busiest == 3
    assert asked.use.calls == 9


def test_a_retry_does_not_hold_up_the_others() -> None:
    order: list[str] = []

    async def run() -> None:
        freed = asyncio.Event()

        async def until_the_other_is_done(_: float) -> None:
            await asyncio.wait_for(freed.wait(), 5)

        async def ask(client: Model, label: str) -> None:
            await client.ask(prompt(label, user=label))
            order.append(label)
            freed.set()

        settings = ModelSettings(base_url=endpoint.url, name="m", concurrency=1)
        async with Model(settings, sleep=until_the_other_is_done) as client:
            await asyncio.gather(ask(client, "first"), ask(client, "second"))

    failed: list[str] = []

    def script(body: Body) -> Act:
        if body["messages"][1]["content"] == "first" and not failed:
            failed.append("first")
            return fails(503)
        return says(GOOD)

    with serving(script) as endpoint:
        asyncio.run(run())
    assert order == ["second", "first"]


def test_equal_requests_on_their_way_are_one() -> None:
    slow = Act(says(GOOD).payload, delay=0.05)
    asked = Asked([slow], prompt("a1"), prompt("a2"))
    assert len(asked.endpoint.bodies) == 1
    assert (asked.use.calls, asked.use.cached) == (1, 1)


def test_who_gives_up_waiting_for_a_shared_request_cancels_no_other() -> None:
    slow = Act(says(GOOD).payload, delay=0.1)

    async def run() -> Answer[Fruit]:
        async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
            first, second = (asyncio.create_task(client.ask(prompt(a))) for a in ("a1", "a2"))
            await asyncio.sleep(0.02)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await second

    with serving([slow]) as endpoint:
        assert asyncio.run(run()).value.ripe
    assert len(endpoint.bodies) == 1


def test_a_request_that_nobody_waits_for_any_more_is_given_up() -> None:
    async def run() -> None:
        async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
            asks = [asyncio.create_task(client.ask(prompt(a))) for a in ("a1", "a2")]
            await asyncio.sleep(0.02)
            for each in asks:
                each.cancel()
            await asyncio.wait(asks)
            await asyncio.sleep(0)
            assert len(asyncio.all_tasks()) == 1
            assert (await client.ask(prompt("a3"))).value.ripe

    with serving([Act(says(GOOD).payload, delay=0.1), says(GOOD)]) as endpoint:
        asyncio.run(run())


# --- the cache --------------------------------------------------------------


def test_an_interrupted_run_continues_from_the_cache_without_key_or_network(
    tmp_path: Path,
) -> None:
    def script(body: Body) -> Act:
        first = body["messages"][1]["content"] == "one"
        return says(GOOD) if first else fails(401)

    cache = AnswerCache(tmp_path)
    settings = ModelSettings(base_url="http://localhost:9/v1", name="m")

    async def ask(client: Model, *users: str) -> None:
        async with client:
            for user in users:
                await client.ask(prompt(user=user))

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", api_key=SecretStr(KEY))
        with pytest.raises(errors.AuthenticationError):
            asyncio.run(ask(Model(settings, cache=cache), "one", "two"))
    again = Model(settings.model_copy(update={"api_key": None}), cache=cache)
    asyncio.run(ask(again, "one"))
    assert again.use() == (StageUse(stage="extract", cached=1),)
    assert not any(KEY in file.read_text() for file in tmp_path.rglob("*.json"))


def test_a_reask_that_was_paid_for_is_cached_with_its_first_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    script = [says("no"), says(GOOD)]
    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")

        async def ask() -> StageUse:
            async with Model(settings, cache=cache) as client:
                await client.ask(prompt())
            return client.use()[0]

        assert asyncio.run(ask()).calls == 2
        assert asyncio.run(ask()).cached == 2
    assert len(endpoint.bodies) == 2


@pytest.mark.parametrize("status", [400, 500])
def test_a_run_that_is_all_cached_works_with_the_server_down(tmp_path: Path, status: int) -> None:
    reasked: list[Body] = []

    def script(body: Body) -> Act:
        if "response_format" in body:
            return fails(status, "unknown")
        reasked.append(body)
        return says(GOOD) if len(body["messages"]) > 2 else says("no")

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", retries=0)
        asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
    assert len(reasked) == 2
    nothing = Budget(settings, LimitSettings(max_calls=0), NOW, "test")
    again = Model(settings, cache=AnswerCache(tmp_path), budget=nothing)
    assert asyncio.run(ask_once(again)).value.ripe
    assert again.use() == (StageUse(stage="extract", cached=2),)
    assert again.answer_format == "text"


def test_a_pair_of_answers_of_no_use_is_asked_anew_in_a_later_run(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    failure([says("no")], errors.InvalidAnswerError, cache=cache)
    assert not list(tmp_path.rglob("*.json"))


UNUSABLE = [
    (says("{", finish="length"), errors.TruncatedError),
    (says(None, refusal="no"), errors.RefusedError),
    (says("", finish="content_filter"), errors.ContentFilteredError),
]


@pytest.mark.parametrize(("act", "kind"), UNUSABLE)
@pytest.mark.parametrize("before", [[], [says("no")]])
def test_an_answer_of_no_use_is_asked_anew_in_a_later_run(
    tmp_path: Path, before: list[Act], act: Act, kind: type[errors.ModelError]
) -> None:
    with serving([*before, act, says(GOOD)]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(kind):
            asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
        assert asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)))).value.ripe
    assert len(endpoint.bodies) == len(before) + 2


def test_a_cut_answer_that_shorter_prompts_make_up_for_is_not_paid_again(tmp_path: Path) -> None:
    long = replace(prompt(), divisible=True)
    with serving([says("{", finish="length")]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for _ in range(2):
            with pytest.raises(errors.TruncatedError):
                asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), long))
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize("act", [act for act, _ in UNUSABLE])
def test_a_reask_of_no_use_is_not_paid_again_where_the_first_answer_stands(
    tmp_path: Path, act: Act
) -> None:
    doubted = prompt(check=lambda _: ["doubtful"])
    with serving([says(GOOD), act]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for _ in range(2):
            kept = asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), doubted))
            assert kept.problems == ("doubtful",)
    assert len(endpoint.bodies) == 2


@pytest.mark.parametrize("hopeless", [fails(401), fails(429, code="insufficient_quota")])
def test_what_was_sent_when_a_run_fails_is_waited_for_and_kept_and_no_more_is_sent(
    tmp_path: Path, hopeless: Act
) -> None:
    def script(body: Body) -> Act:
        if body["messages"][1]["content"] == "locked":
            return hopeless
        return Act(says("no" if len(body["messages"]) == 2 else GOOD).payload, delay=0.2)

    async def ask(*users: str) -> tuple[StageUse, ...]:
        client = Model(settings, cache=AnswerCache(tmp_path))
        async with client:
            await asyncio.gather(*(client.ask(prompt(user=user)) for user in users))
        return client.use()

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", concurrency=3)
        with pytest.raises((errors.AuthenticationError, errors.OverloadedError)):
            asyncio.run(ask("plums", "pears", "locked", "late", "later", "last"))
        # One that waited may have taken the place of the call that failed.
        assert len(endpoint.bodies) <= 4
        assert asyncio.run(ask("plums", "pears")) == (
            StageUse(
                stage="extract", calls=2, cached=2, reasks=2, input_tokens=200, output_tokens=20
            ),
        )


def test_an_interrupted_run_waits_for_no_answer(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def script(_: Body) -> Act:
        asked.set()
        answered.wait(5)
        return says(GOOD)

    async def run() -> None:
        async with Model(settings, cache=AnswerCache(tmp_path)) as client:
            left = asyncio.create_task(client.ask(prompt()))
            assert await asyncio.to_thread(asked.wait, 5)
            assert not left.done()
            raise KeyboardInterrupt

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(KeyboardInterrupt):
            asyncio.run(run())
        assert endpoint.busy == 1
        answered.set()


def test_an_answer_is_kept_before_it_is_checked(tmp_path: Path) -> None:
    def crash(_: Fruit) -> list[str]:
        raise ZeroDivisionError

    with serving([says(GOOD)]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(ZeroDivisionError):
            asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), prompt(check=crash)))
        asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
    assert len(endpoint.bodies) == 1


async def ask_once(client: Model, asked: Prompt[Fruit] | None = None) -> Answer[Fruit]:
    async with client:
        return await client.ask(asked or prompt())


def test_a_cache_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    asked = Asked([says(GOOD)], cache=AnswerCache(file))
    assert asked.value.ripe
    assert "not writable" in asked.model.notes()[0].text
