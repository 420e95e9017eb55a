"""The client against a real server on loopback that fails and breaks as scripted."""

from __future__ import annotations

import asyncio
import gzip
import json
import traceback
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from factcheck import errors
from factcheck.llm.cache import AnswerCache
from factcheck.llm.client import Model
from factcheck.llm.provider_errors import LONGEST_WAIT
from factcheck.llm.recording import record
from factcheck.settings.model import ModelSettings
from factcheck.transfer import load_certificates
from tests.asked import GOOD, KEY, NOW, Asked, Waits, ask_once, failure, prompt
from tests.endpoint import Act, Body, fails, says, serving

# --- retries -------------------------------------------------------------------


@pytest.mark.parametrize(("told", "waited"), [("7", 7.0), ("450", LONGEST_WAIT)])
def test_retry_after_is_honoured_and_the_failure_is_not_counted_as_a_call(
    told: str, waited: float
) -> None:
    asked = Asked([fails(429, "slow down", {"retry-after": told}), says(GOOD)])
    assert asked.waits == [waited]
    assert asked.use.calls == 1


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ("Please retry in 21.5s.", 21.5),
        ("Please try again in 1m30s. Visit the limits.", 90),
        ("Try again in 6ms", 1),
        ("Retry after 1 minute and 5 seconds", 65),
        ("Please try again in about 30 seconds", 30),
        ("Please wait 60 seconds before you ask", 60),
        ("You exceeded your current quota, check your plan. Please retry in 7.5s.", 7.5),
        ("Slow down", 1),
    ],
)
def test_a_wait_in_words_is_honoured(told: str, waited: float) -> None:
    asked = Asked([fails(429, told), says(GOOD)])
    assert waited <= asked.waits[0] <= max(2, waited)


def test_a_wait_in_the_details_is_honoured() -> None:
    info = {"@type": "type.example/RetryInfo", "retryDelay": "22s"}
    error = {"error": {"code": 429, "message": "slow down", "details": [info]}}
    assert Asked([Act([error], 429), says(GOOD)]).waits == [22]


def test_an_endpoint_that_asks_for_no_wait_gets_the_usual_one() -> None:
    asked = Asked([fails(429, headers={"retry-after": "0"})] * 3 + [says(GOOD)])
    assert [wait >= 2**n for n, wait in enumerate(asked.waits)] == [True] * 3


def test_a_wait_beyond_all_retries_is_told_at_once() -> None:
    asked: list[Body] = []

    def script(body: Body) -> Act:
        asked.append(body)
        return fails(429, "limit of the day", {"retry-after": "3600"})

    error = failure(script, errors.OverloadedError)
    assert "asks to wait 60 minutes (429): limit of the day" in error.message
    assert len(asked) == 1


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
    assert "did not finish an answer within 0.1 seconds" in error.message


def test_an_answer_that_comes_too_late_is_asked_for_again_once() -> None:
    asked: list[Body] = []

    def script(body: Body) -> Act:
        asked.append(body)
        return Act(says(GOOD).payload, delay=0.6)

    failure(script, errors.UnreachableError, timeout=0.1, retries=4)
    assert len(asked) == 2


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


# --- errors by name ------------------------------------------------------------


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
    assert "a1" not in failure([act], kind).message


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
        "This model's maximum prompt length is 131072 but the request contains 180000 tokens.",
        "Input is too long for requested model.",
        "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 9000 `inputs` tokens",
        "`inputs` must have less than 1000 tokens. Given: 1511",
        "Invalid request: Your request exceeded model token limit: 8192",
        "<400> InvalidParameter: Range of input length should be [1, 30720]",
        "The total number of tokens in the prompt is larger than the model's limit",
        "Prompt contains 40000 tokens, too large for model with 32768 maximum",
        "The text is 9000 tokens long, which is more than the 4096 of this model",
        "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000",
        "Total message token length exceed model limit",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_a_prompt_that_is_too_long_is_recognised_in_any_wording(status: int, message: str) -> None:
    failure([fails(status, message)], errors.ContextOverflowError)


@pytest.mark.parametrize(
    "message",
    [
        "max_tokens is too large: 65536. This model supports at most 16384 completion tokens",
        "Invalid request: max_tokens exceeds the limit of 8192",
        "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
        "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens",
        "temperature: Input should be less than or equal to 2",
        "your token exceeded its limit per day",
    ],
)
def test_a_limit_of_another_kind_is_no_prompt_that_is_too_long(message: str) -> None:
    failure([fails(400, message)], errors.BadRequestError)


def test_a_request_too_large_for_the_limit_of_a_minute_is_too_long() -> None:
    told = "Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000"
    for status in (413, 429):
        failure([fails(status, told)], errors.ContextOverflowError)


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


def test_an_answer_that_covers_the_whole_prompt_shows_that_the_count_is_wrong() -> None:
    asked = prompt(user="plum " * 5000, check=lambda fruit: [] if fruit.ripe else ["unripe"])
    covering, short = replace(asked, covering=True), (40, 5)
    bad = {"names": ["plum"], "ripe": False}
    assert Asked([says(GOOD, usage=short)], covering).value.ripe
    for one, said in ((asked, GOOD), (covering, bad), (covering, "no")):
        with pytest.raises(errors.ContextOverflowError):
            Asked([says(said, usage=short)], one)


def test_a_count_that_was_wrong_once_tells_nothing_of_later_prompts() -> None:
    first = replace(prompt(user="plum " * 5000), covering=True)
    with serving([says(GOOD, usage=(40, 5))]) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
                await client.ask(first)
                await client.ask(prompt(user="pear " * 5000))

        asyncio.run(ask())
    assert len(endpoint.bodies) == 2


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


def choice_failed(error: object, content: str = "") -> Act:
    choice = {"finish_reason": "error", "message": {"content": content}, "error": error}
    return Act({"choices": [choice], "usage": {"prompt_tokens": 9}})


@pytest.mark.parametrize(
    "act",
    [
        Act({"error": "model is currently loading"}),
        choice_failed({"code": 502, "message": "Provider returned error"}),
        choice_failed(None, '{"names": ["pl'),
    ],
)
def test_a_failure_that_is_told_with_status_200_is_retried(act: Act) -> None:
    asked = Asked([act, says(GOOD)])
    assert asked.value.ripe
    assert len(asked.waits) == 1
    assert "after all retries" in failure([act], errors.OverloadedError, retries=1).message


def test_a_whole_answer_is_kept_although_its_choice_failed() -> None:
    assert not Asked([choice_failed({"code": 502}, json.dumps(GOOD))]).waits


def test_an_address_that_is_none_is_told_in_the_first_format() -> None:
    wrong = Act({"error": "Unexpected endpoint or method. (POST /chat/completions)"})
    with serving([wrong]) as endpoint, pytest.raises(errors.BadRequestError) as caught:
        asyncio.run(ask_once(Model(ModelSettings(base_url=endpoint.url, name="m"))))
    assert "/v1" in caught.value.hint
    assert len(endpoint.bodies) == 1


def stream(*pieces: object) -> Act:
    lines = (f"data: {piece if isinstance(piece, str) else json.dumps(piece)}" for piece in pieces)
    text = ": PROCESSING\n\n" + "\n\n".join(lines)
    return Act(text, headers={"content-type": "text/event-stream"})


def delta(text: str, finish: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}


def test_a_stream_that_nobody_asked_for_is_joined() -> None:
    text, usage = json.dumps(GOOD), {"prompt_tokens": 90, "completion_tokens": 8}
    pieces = [delta(text[:9]), delta(text[9:], "stop"), {"choices": [], "usage": usage}, "[DONE]"]
    asked = Asked([stream(*pieces)])
    assert asked.value.ripe
    assert (asked.use.calls, asked.use.input_tokens) == (1, 90)


def test_a_stream_that_breaks_off_or_fails_is_retried() -> None:
    broken = [stream(delta("{")), stream(delta("{"), '{"choi'), stream({"error": {"code": 503}})]
    assert len(Asked([*broken, says(GOOD)]).waits) == 3


@pytest.mark.parametrize("before", ["\ufeff", "\n  \n", ": PROCESSING\n\n: PROCESSING\n\n"])
def test_what_stands_before_an_answer_does_not_cost_it(before: str) -> None:
    assert Asked([Act(before + json.dumps(says(GOOD).payload))]).value.ripe


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (fails(403, "Country, region, or territory not supported"), "does not serve this country"),
        (Act("<!DOCTYPE html><title>Attention</title>", 403), "a firewall in front of"),
        (fails(403, "Your organization must be verified to use it"), "this organisation use tiny"),
        (fails(403, "Permission denied in location us-central1"), "did not accept the key (403)"),
        (fails(403, "Not available in your country"), "does not serve this country"),
        (fails(403, "no"), "did not accept the key (403)"),
        (fails(403, "This key is not allowed in this region"), "did not accept the key (403)"),
        (fails(403, "Your key could not be verified"), "did not accept the key (403)"),
        (fails(401, "This key is of another organization"), "did not accept the key (401)"),
    ],
)
def test_a_key_is_only_blamed_where_another_one_would_help(act: Act, said: str) -> None:
    assert said in failure([act], errors.AuthenticationError).message


def test_a_key_that_was_not_sent_is_not_blamed() -> None:
    error = failure([fails(401)], errors.AuthenticationError, api_key=None)
    assert "none was sent" in error.message


def test_a_402_is_always_a_lack_of_credit() -> None:
    act = fails(402, "This request requires more credits, or fewer max_tokens.")
    assert "no credit left" in failure([act], errors.OverloadedError).message


def test_no_proxy_stands_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert Asked([says(GOOD)]).value.ripe


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


# --- redirects -----------------------------------------------------------------


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


# --- answers that are too much -------------------------------------------------


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
