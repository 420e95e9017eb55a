"""Pure parts of the client: strict schemas, reading answers, naming faults, tokens and prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from factcheck.llm.parsing import Attempt, choose_better, find_object, read_answer, strict_schema
from factcheck.llm.prices import cost, estimate_tokens
from factcheck.llm.provider_errors import Fault
from factcheck.llm.wire import make_reask, request_options, to_fault, to_payload, to_stored
from factcheck.models import StageUse
from factcheck.pipeline import wire
from factcheck.settings.model import ModelSettings
from factcheck.settings.redaction import redact

NOW = datetime(2031, 4, 5, 12, 30, tzinfo=UTC)


class Leaf(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["oak"]
    size: Annotated[int, Field(ge=1, le=9, description="in cm")] = 3


class Tree(BaseModel):
    """A tree."""

    leaves: Annotated[list[Leaf], Field(min_length=1)]
    note: str | None = None
    best: Leaf = Field(description="the best of them")


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(schema, dict):
        yield schema
        for key in ("properties", "$defs"):
            for child in schema.get(key, {}).values():
                yield from nodes(child)
        yield from nodes(schema.get("items"))
        for child in schema.get("anyOf", []):
            yield from nodes(child)


@pytest.mark.parametrize("model", [Tree, wire.ExtractReply, wire.CompareReply, wire.EditReply])
def test_a_schema_holds_only_what_strict_mode_takes(model: type[BaseModel]) -> None:
    schema = strict_schema(model)
    taken = {"type", "properties", "required", "additionalProperties", "items", "enum"}
    taken |= {"anyOf", "$ref", "$defs"}
    for node in nodes(schema):
        assert set(node) <= taken
        assert "$ref" not in node or len(node) == 1
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
    assert schema["type"] == "object"


def test_a_literal_of_one_value_is_an_enumeration() -> None:
    assert strict_schema(Tree)["$defs"]["Leaf"]["properties"]["kind"]["enum"] == ["oak"]


class Free(BaseModel):
    anything: dict[str, int]


class Pair(BaseModel):
    pair: tuple[int, str]


class Cat(BaseModel):
    kind: Literal["cat"]


class Tagged(BaseModel):
    pet: Annotated[Cat | Leaf, Field(discriminator="kind")]


@pytest.mark.parametrize("model", [Free, Pair, Tagged])
def test_what_strict_mode_has_no_words_for_is_an_error_of_the_programmer(
    model: type[BaseModel],
) -> None:
    with pytest.raises(TypeError, match=model.__name__):
        strict_schema(model)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        (' {"a": "<think>{</think>"} ', {"a": "<think>{</think>"}),
        ('<think>{"b": 2}</think>{"a": 1}', {"a": 1}),
        ('so {"b": 2}</think>\n{"a": 1}', {"a": 1}),
        ('<|channel|>analysis<|message|>{"b": 22}<|end|>final<|message|>{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('```JSON\n{"a": 1}\n```\nNote: {}', {"a": 1}),
        ('Two {curly} words\n```\n{"a": 1}\n```', {"a": 1}),
        ('```json\n\n{"a": 1}\n\n```\nor\n```\n{"b": 2}\n```', {"b": 2}),
        ('Draft: {"a":   {"c": 1}}\n[THINK]{}[/THINK] {"b":{"c":1}}', {"b": {"c": 1}}),
        ('Draft:\n{\n  "a": 1,\n  "b": 2\n}\nFinal: {"a":1,"b":3}', {"a": 1, "b": 3}),
        ('{"a": [1, 2]}\nI used {braces} and {"a": one, and then many more words.', {"a": [1, 2]}),
        ('As {"a": 1}: {"a": [1, 2, 3, 4, 5, 6, 7', None),
        ('```py\nx = {}\n```\n```json\n{"a": 1}```', {"a": 1}),
        ('Sure: {"a": {"b": "}"}} Done :}', {"a": {"b": "}"}}),
        ('{"a": 1}{"a": 1}', {"a": 1}),
        ('[{"a": 1}]', {"a": 1}),
        (r'"{\"a\": 1}"', {"a": 1}),
        ('{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('{"a": [1, 2,\n],}', {"a": [1, 2]}),
        ('{ // the answer\n"a": "https://x/*,}" /* one */}', {"a": "https://x/*,}"}),
        ('{"a": 1', None),
        ("[1, 2]", None),
        ("", None),
        ("[" * 100_000, None),
        ('{"a": {"b": 1}, "c": ', None),
        ('{"a": [{"b": 1} {"b": 2}], "c": {"d": 3}}', None),
        ('{"a": %s}' % ("9" * 9_000), {"a": float("inf")}),
    ],
)
def test_the_json_object_in_an_answer_is_found(text: str, found: object) -> None:
    assert find_object(text) == found


LEAF, ELM = '{"kind": "oak", "size": 4}', '{"kind": "elm", "size": 4, "as": "in the woods"}'


@pytest.mark.parametrize(
    "text",
    [
        f'An example is {ELM}. Here it is: {LEAF} I followed {{"the schema"}}.',
        f'{{"Leaf": {LEAF}}}',
        '{"why": "it is old", "kind": "oak", "size": 4}',
        f'{{"kind": "oak", "size" {LEAF}',
    ],
)
def test_the_object_that_fits_is_the_answer(text: str) -> None:
    attempt = read_answer(text, Leaf, lambda _: [])
    assert attempt.value == Leaf(kind="oak", size=4)
    assert not attempt.problems


def test_an_unknown_key_below_the_top_is_a_problem_beside_the_value() -> None:
    text = f'{{"leaves": [{LEAF}], "best": {{"kind": "oak", "sizes": 4}}}}'
    attempt = read_answer(text, Tree, lambda _: ["it is small"])
    assert attempt.value is not None
    assert attempt.problems == ("best.sizes: Extra inputs are not permitted", "it is small")


def test_a_part_of_an_object_that_breaks_is_not_shown_back_as_the_answer() -> None:
    text = f'{{"leaves": [{LEAF} {LEAF}], "note": ""}}'
    attempt = read_answer(text, Tree, lambda _: [])
    assert (attempt.value, attempt.found) == (None, None)
    assert make_reask(text, attempt)[0]["content"] == text


@pytest.mark.parametrize("depth", [50, 300, 900, 990, 3000, 100_000])
def test_json_of_any_depth_is_an_invalid_answer(depth: int) -> None:
    text = '{"leaves":' * depth + "1" + "}" * depth
    attempt = read_answer(text, Tree, lambda _: [])
    assert attempt.value is None
    assert make_reask(text, attempt)[0]["content"]


def test_a_body_that_is_nested_too_deeply_is_a_fault() -> None:
    text = '{"choices": ' + "[" * 100_000 + "]" * 100_000 + "}"
    assert isinstance(to_payload(200, text), Fault)
    assert not to_payload(200, text).transient  # type: ignore[union-attr]


def test_half_a_surrogate_pair_in_the_json_is_an_invalid_answer_that_can_be_sent_back() -> None:
    text = '{"leaves": [], "note": "\\ud83d"}'
    attempt = read_answer(text, Tree, lambda _: [])
    assert attempt.value is None
    make_reask(text, attempt)[0]["content"].encode("utf-8")


def test_many_faults_are_cut_to_a_list_that_can_be_corrections() -> None:
    text = '{"leaves": [' + ",".join(['{"kind": "elm"}'] * 50) + '], "best": 1}'
    attempt = read_answer(text, Tree, lambda _: [])
    assert attempt.value is None
    assert len(attempt.problems) == 21
    assert attempt.problems[-1] == "and 31 more of the kind"


def test_a_value_is_better_than_none() -> None:
    value = Attempt(Leaf(kind="oak"), ("a", "b", "c"))
    assert choose_better(value, Attempt[Leaf](None, ("one",))) is value
    assert choose_better(Attempt[Leaf](None, ("one",)), value) is value


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("key pear-1 here", "key *** here"),
        ("Bearer abc123defghijk.lmn=", "***"),
        ("provided: sk-proj-ab***yz.", "provided: ***"),
        ("http://me:word@host/v1", "http://***@host/v1"),
        ("a key-question, the risk-free rate", "a key-question, the risk-free rate"),
        ("the basic structure of a task-force", "the basic structure of a task-force"),
    ],
)
def test_what_looks_like_a_key_is_blotted_out_and_words_are_not(text: str, clean: str) -> None:
    assert redact(text, ["pear-1"]) == clean


@pytest.mark.parametrize(
    ("fault", "transient"),
    [
        (Fault(0, "broken"), True),
        (Fault(429, "slow"), True),
        (Fault(429, "You have no more", "insufficient_quota"), False),
        (Fault(429, "Your request exceeds the rate limit of 3 requests"), True),
        (Fault(429, "Request too large on tokens per min: limit 30000"), False),
        (Fault(429, "You exceeded your current quota. Please retry in 2.5s."), True),
        (Fault(429, "You exceeded your current quota, check your plan"), False),
        (Fault(429, "You exceeded your current quota", wait=22), True),
        (Fault(429, "You exceeded your current quota", "insufficient_quota", wait=22), False),
        (Fault(500, "oops"), True),
        (Fault(500, "exceeds the available context size"), False),
        (Fault(500, "cannot parse grammar"), False),
        (Fault(400, "bad"), False),
        (Fault(401, "bad"), False),
        (Fault(501, "not implemented"), False),
    ],
)
def test_only_what_may_pass_is_retried(
    fault: Fault,
    transient: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    assert fault.transient is transient


def test_an_error_is_read_as_an_object_or_a_text() -> None:
    assert to_fault(400, "plain") == Fault(400, "plain")
    detail = {"detail": [{"loc": ["body", "response_format"]}]}
    assert "response_format" in to_fault(422, detail).message
    assert to_fault(400, {"message": "m", "code": 503}).status == 503
    assert to_fault(400, None).message == ""
    listed = [{"error": {"code": 429, "message": "slow down", "status": "EXHAUSTED"}}]
    assert (to_fault(400, listed).status, to_fault(400, listed).message) == (429, "slow down")
    assert to_fault(400, []).message == ""


@pytest.mark.parametrize("text", ["null", "3", '"x"', "[]", "{}", "<html>", ""])
def test_a_body_that_is_no_completion_is_a_fault(text: str) -> None:
    assert isinstance(to_payload(200, text), Fault)


@pytest.mark.parametrize(
    "payload",
    [
        {"choices": None},
        {"choices": [None]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": {"content": [None, {"text": 3}]}}], "usage": 3},
        {"choices": [{"message": {"content": 5}}], "usage": {"prompt_tokens": "many"}},
    ],
)
def test_a_strange_completion_is_an_empty_answer(payload: dict[str, Any]) -> None:
    stored = to_stored(payload)
    assert (stored.content, stored.input_tokens, stored.refusal) == ("", None, "")


def test_half_a_surrogate_pair_does_not_get_in() -> None:
    message = {"content": "a\ud83d", "refusal": "\udc00b"}
    stored = to_stored({"choices": [{"message": message, "finish_reason": "\ud83d"}]})
    assert (stored.content, stored.refusal, stored.finish_reason) == ("a?", "?b", "?")


def test_the_output_limit_has_the_name_that_the_endpoint_knows() -> None:
    azure = "https://plum.openai.azure.com/openai/v1"
    for url in ("https://api.openai.com/v1", azure):
        settings = ModelSettings(base_url=url, max_output_tokens=5)
        assert request_options(settings) == {"max_completion_tokens": 5}
    assert request_options(ModelSettings(base_url="http://localhost/v1", max_output_tokens=5)) == {
        "max_tokens": 5
    }


@pytest.mark.parametrize("count", [10**9 + 1, 10**4_000, -1, "7", 1.5])
def test_a_number_that_no_prompt_can_have_is_no_count(count: object) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 10**9}
    stored = to_stored({"choices": [], "usage": usage})
    assert (stored.input_tokens, stored.output_tokens) == (None, 10**9)


def test_tokens_are_estimated_by_script() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("four") == 1
    assert estimate_tokens("слово" * 4) == 10
    assert estimate_tokens("果実") == 2


def use(calls: int, tokens: int) -> tuple[StageUse, ...]:
    return (StageUse(stage="extract", calls=calls, input_tokens=tokens, output_tokens=tokens),)


def test_a_known_model_has_a_price_that_grows_with_use() -> None:
    when = datetime(2025, 6, 1, tzinfo=UTC)
    one = cost(ModelSettings(name="gpt-4.1-mini"), use(1, 1000), when)
    two = cost(ModelSettings(name="gpt-4.1-mini"), use(2, 2000), when)
    assert one is not None
    assert two == pytest.approx(2 * one)
    assert 0 < one < 0.1


@pytest.mark.parametrize(
    ("model", "url"),
    [
        ("plum-7b", "https://api.openai.com/v1"),
        ("gpt-4.1-mini", "http://localhost:11434/v1"),
        ("gpt-4.1-mini", "https://unheard-of.example/v1"),
    ],
)
def test_an_unknown_price_is_none(model: str, url: str) -> None:
    assert cost(ModelSettings(name=model, base_url=url), use(1, 1000), NOW) is None


def test_a_run_from_the_cache_costs_nothing() -> None:
    cached = (StageUse(stage="extract", cached=4),)
    assert cost(ModelSettings(name="gpt-4.1-mini"), cached, NOW) == 0


def test_settings_do_not_show_their_key() -> None:
    assert "plum" not in repr(ModelSettings(api_key=SecretStr("plum-key")))


def test_an_answer_with_endless_counts_is_no_answer_that_broke_off() -> None:
    payload = to_payload(200, f'{{"choices": [], "usage": {{"prompt_tokens": {"9" * 5_000}}}}}')
    assert isinstance(payload, dict)
    assert to_stored(payload).input_tokens is None
