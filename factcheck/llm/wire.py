"""The chat-completions wire: a prompt in, a request body out; a response in, an answer out.

Pure functions without a network. Servers that call themselves compatible leave
out or add much, so responses are read key by key, and nothing is expected of them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from factcheck.errors import ContentFilteredError, RefusedError, TruncatedError
from factcheck.language.visible import shorten
from factcheck.llm import prompts
from factcheck.llm.cache import Stored
from factcheck.llm.parsing import Attempt, find_object, read_integer, strict_schema
from factcheck.llm.provider_errors import IN_ANSWER, Fault, read_wait
from factcheck.settings.model import ModelSettings

Message = dict[str, str]
Body = Mapping[str, Any]
"""The JSON object of a request or a response."""

LADDER = ("json_schema", "json_object", "text")
"""Answer formats from the firmest to the one that every server has."""

LONGEST_ECHO = 20_000
"""Characters of an unreadable answer that are shown back to the model."""

CACHED = ("cached_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
"""Under which endpoints report the part of a prompt that was in their cache, or went there."""

MOST_TOKENS = 10**9
"""More are no count: sums of them end in numbers that cannot be written."""

CUT_FROM = 500
"""Tokens from which on a prompt is checked for having been cut; short ones are too uncertain."""


COMMENTS = re.compile(r"\A(?:\s*:[^\n]*\n)+")
"""What keeps a connection open while a gateway waits for the answer."""
STREAM = re.compile(r"\s*(?:data|event|id|retry):")


def to_body(
    settings: ModelSettings, messages: Sequence[Message], schema: type[BaseModel], form: str
) -> dict[str, Any]:
    """The request body; `form` is one of `LADDER`.

    Where the endpoint is not given the schema, it stands at the end of the system
    message, which is the first of `messages`.
    """
    strict = strict_schema(schema)
    system, *rest = messages
    if form != "json_schema":
        told = prompts.task("format", schema=json.dumps(strict, separators=(",", ":")))
        system = {**system, "content": f"{system['content']}\n\n{told}"}
    body: dict[str, Any] = {"model": settings.name, "messages": [system, *rest]}
    if form == "json_object":
        body["response_format"] = {"type": "json_object"}
    if form == "json_schema":
        named = {"name": schema.__name__, "strict": True, "schema": strict}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    return body | request_options(settings)


def request_options(settings: ModelSettings) -> dict[str, Any]:
    """What the settings add to every request; what is not set is not sent."""
    host = urlsplit(settings.base_url).hostname or ""
    # OpenAI's newer models refuse the old name, many other servers ignore the new one.
    newer = host.endswith(("openai.com", "openai.azure.com"))
    chosen = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        "max_completion_tokens" if newer else "max_tokens": settings.max_output_tokens,
    }
    return {k: v for k, v in chosen.items() if v is not None} | settings.extra_body


def make_reask(content: str, attempt: Attempt[Any]) -> tuple[Message, Message]:
    """The messages of a re-ask: the answer as the model gave it, and what is wrong with it.

    JSON is sent back in canonical form, so that its layout makes no difference.
    """
    shown = _canonical(attempt.found) or content[:LONGEST_ECHO].strip() or "(no answer)"
    asked = prompts.task("reask", problems=attempt.problems, is_json=attempt.found is not None)
    return {"role": "assistant", "content": shown}, {"role": "user", "content": asked}


def _canonical(found: dict[str, Any] | None) -> str:
    """The JSON object of an answer without its layout, "" if there is none."""
    if found is None:
        return ""
    try:
        return replace_surrogates(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
    except RecursionError:
        return ""


def replace_surrogates(text: str) -> str:
    """The text with "?" for each half of a surrogate pair, which cannot be sent on or written."""
    return text.encode("utf-8", "replace").decode()


def to_payload(status: int, text: str) -> dict[str, Any] | Fault:
    """The body of a response, or what is wrong with it.

    A body that breaks off is worth a retry, a web page is not. Some gateways
    answer 200 and put the error into the body or the choice.
    """
    text = COMMENTS.sub("", text.removeprefix("\ufeff"))
    try:
        payload = join_stream(text) if STREAM.match(text) else read_json(text)
    except RecursionError:
        return Fault(status, "JSON that is nested too deeply", code="no JSON")
    except ValueError:
        if STREAM.match(text) or text.lstrip().startswith("{"):
            return Fault(0, "the answer broke off")
        return Fault(status, text[:200], code="no JSON")
    if not isinstance(payload, dict) or not ({"choices", "error"} & set(payload)):
        return Fault(status, text[:200], code="no completion")
    error = payload.get("error")
    if error and not payload.get("choices"):
        fault = to_fault(400, error)
        told = isinstance(error, str) and not (fault.known or fault.names_format)
        return replace(fault, status=200, code=IN_ANSWER) if told else fault
    return find_failed_choice(payload) or payload


def read_json(text: str) -> Any:
    """Parse JSON; an integer that is too long for a count becomes infinity."""
    return json.loads(text, parse_int=read_integer)


def join_stream(text: str) -> dict[str, Any]:
    """The completion, or the error, that is told piece by piece as server-sent events.

    Nobody asked for a stream, but some gateways know nothing else. Raises ValueError where
    it does not come to its end.
    """
    pieces: defaultdict[str, list[str]] = defaultdict(list)
    joined: dict[str, Any] = {}
    finish = None
    for line in text.split("\n"):
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            finish = finish or ("stop" if data == "[DONE]" else None)
            continue
        piece = _object(read_json(data))
        joined |= {key: piece[key] for key in ("usage", "error") if piece.get(key)}
        choice = _choice(piece)
        finish = choice.get("finish_reason") or finish
        for key, value in _object(choice.get("delta") or choice.get("message")).items():
            pieces[key] += [value] if isinstance(value, str) else []
    if not finish and "error" not in joined:
        raise ValueError("no end")
    message = {key: "".join(values) for key, values in pieces.items()}
    choice = {"message": message, "finish_reason": finish}
    return joined | ({"choices": [choice]} if finish else {})


def find_failed_choice(payload: Body) -> Fault | None:
    """The failure of a provider that a gateway reports as a choice; None where it has an answer."""
    choice = _choice(payload)
    failed = choice.get("error") or choice.get("finish_reason") == "error"
    if not failed or find_object(to_stored(payload).content) is not None:
        return None
    return to_fault(502, choice.get("error") or "the provider broke off")


def to_fault(status: int, error: object, wait: float | None = None) -> Fault:
    """The fault in the `error` of a response, with its own status if any.

    An object or a text, also as Gemini sends it: in a list, under `error`. A wait may stand
    in its words alone.
    """
    error = error[0] if isinstance(error, list) and error else error
    error = error.get("error") or error if isinstance(error, Mapping) else error
    if not isinstance(error, Mapping):
        return Fault(status, str(error or ""), wait=wait or read_wait(str(error)))
    digits = str(error.get("code"))
    own = int(digits) if re.fullmatch(r"[45]\d\d", digits) else status
    named = " ".join(str(error[key]) for key in ("type", "code", "param") if error.get(key))
    message = error.get("message")
    shown = _show_error(error)
    said = message if isinstance(message, str) and message else shown
    return Fault(own, said, code=named, wait=wait or read_wait(shown))


def _show_error(error: Mapping[Any, Any]) -> str:
    try:
        return json.dumps(error)
    except (RecursionError, TypeError, ValueError):
        return ""


def to_stored(payload: Body) -> Stored:
    """The answer in a chat completion; no choice at all is an empty answer."""
    choice = _choice(payload)
    message, usage = _object(choice.get("message")), _object(payload.get("usage"))
    content, refusal = _texts(message.get("content"))
    content = content if content.strip() else json_in_reasoning(message)
    return Stored(
        content=replace_surrogates(content),
        refusal=replace_surrogates(str(message.get("refusal") or refusal)),
        finish_reason=replace_surrogates(str(choice.get("finish_reason") or "")),
        input_tokens=_count(usage.get("prompt_tokens")),
        output_tokens=_count(usage.get("completion_tokens")),
    )


def json_in_reasoning(message: Mapping[str, Any]) -> str:
    """The reasoning of a message if it holds a JSON object, else "".

    Some servers take a model's whole answer for its reasoning and leave the content empty.
    """
    texts = (message.get(key) for key in ("reasoning_content", "reasoning"))
    return next((t for t in texts if isinstance(t, str) and find_object(t) is not None), "")


def describe_cut(payload: Body, prompt: str) -> str:
    """What the endpoint's count tells of a prompt that it read a part of only; "" if it read all.

    Some servers cut a prompt that is too long without a word (Ollama, at num_ctx); the tokens
    they report give it away: fewer than half of what was sent, at the usual four characters a
    token.
    """
    sent, counted = len(prompt) // 4, count_prompt(payload)
    if sent < CUT_FROM or not counted or counted >= sent / 2:
        return ""
    return f"the prompt was cut: the endpoint read {counted} tokens of about {sent}"


def count_prompt(payload: Body) -> int | None:
    """The tokens of the whole prompt by the endpoint's count; None where none is sure to be.

    `prompt_tokens` alone is not: some endpoints report there what was not in their cache.
    """
    usage = _object(payload.get("usage"))
    found = {**usage, **_object(usage.get("prompt_tokens_details"))}
    prompt, output, total = (
        _count(found.get(key)) for key in ("prompt_tokens", "completion_tokens", "total_tokens")
    )
    cached = [count for key in CACHED if (count := _count(found.get(key))) is not None]
    figures = [total - output] if total is not None and output is not None else []
    figures += [prompt + sum(cached)] if prompt is not None and cached else []
    return max(figures, default=None)


def _texts(content: object) -> tuple[str, str]:
    """Text and refusal of a content that is a string or a list of parts."""
    parts = content if isinstance(content, list) else [{"text": content}]
    found: dict[str, str] = {"text": "", "refusal": ""}
    for part in parts:
        for key in found:
            value = _object(part).get(key)
            found[key] += value if isinstance(value, str) else ""
    return found["text"], found["refusal"]


def _choice(payload: Body) -> Mapping[str, Any]:
    """The first choice of a completion, an empty one where there is none."""
    choices = payload.get("choices")
    return _object(choices[0] if isinstance(choices, list) and choices else None)


def _object(value: object) -> Mapping[str, Any]:
    """A JSON object as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def _count(value: object) -> int | None:
    """A number of tokens; None for what is none, also one that no prompt can have."""
    return value if isinstance(value, int) and 0 <= value <= MOST_TOKENS else None


def refuse_unusable(stored: Stored, model: str) -> None:
    """Raise the error for an answer that a re-ask does not fix."""
    if stored.finish_reason == "content_filter":
        raise ContentFilteredError(
            "a content filter stopped the answer",
            "The article cannot be read with this endpoint; try another model.",
        )
    if stored.refusal:
        said = shorten(stored.refusal)
        raise RefusedError(f"{model} refused to answer: {said}", "Try another model.")
    if stored.finish_reason in {"length", "max_tokens", "model_length"}:
        raise TruncatedError(
            "the answer was cut off at the output limit",
            "Raise [model] max_output_tokens, or make [extract] window smaller.",
        )
