"""The client against a real server on loopback that answers as scripted: answers and re-asks."""

from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from factcheck import errors
from factcheck.llm.client import Answer
from factcheck.models import StageUse
from tests.asked import GOOD, KEY, Asked, Fruit, failure, prompt
from tests.endpoint import Act, fails, says

# --- a plain answer ------------------------------------------------------------


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


# --- re-asks -------------------------------------------------------------------


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
