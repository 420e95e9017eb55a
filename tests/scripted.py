"""A client for unit tests: it answers from a script, without a network, and remembers the prompts.

In: answers by (stage, label), or a function of the prompt. An answer is a wire value,
text as a model would send it, an error to raise, or a list of these, one for each time
that the prompt is asked. Out: what a real client gives, from the same checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from factcheck.errors import FactcheckError, InvalidAnswerError
from factcheck.llm.client import Answer, Prompt
from factcheck.llm.parsing import choose_better, read_answer
from factcheck.models import StageUse

T = TypeVar("T", bound=BaseModel)
Said = BaseModel | str | FactcheckError
Answers = Mapping[tuple[str, str], Said | Sequence[Said]] | Callable[[Prompt[Any]], Said]


@dataclass
class Scripted:
    """A `ModelClient` that plays a script; asks again like the real one if there is more to say."""

    answers: Answers
    prompts: list[Prompt[Any]] = field(default_factory=list)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        """The scripted answer, checked. KeyError for a prompt that the script does not know."""
        self.prompts.append(prompt)
        attempt = read_answer(self._say(prompt), prompt.schema, prompt.check)
        if attempt.problems and self._has_more(prompt):
            again = read_answer(self._say(prompt), prompt.schema, prompt.check)
            attempt = choose_better(attempt, again)
        if attempt.value is None:
            raise InvalidAnswerError(f"{prompt.stage} {prompt.label}: {attempt.problems[0]}")
        return Answer(attempt.value, attempt.problems)

    def use(self) -> tuple[StageUse, ...]:
        """One call for each answer that was played."""
        stages: Counter[str] = Counter()
        for (stage, _), count in self.calls.items():
            stages[stage] += count
        return tuple(StageUse(stage=stage, calls=count) for stage, count in stages.items())

    def _script(self, prompt: Prompt[Any]) -> Sequence[Said]:
        if callable(self.answers):
            return [self.answers(prompt)]
        said = self.answers[prompt.stage, prompt.label]
        return [said] if isinstance(said, BaseModel | str | FactcheckError) else said

    def _has_more(self, prompt: Prompt[Any]) -> bool:
        return self.calls[prompt.stage, prompt.label] < len(self._script(prompt))

    def _say(self, prompt: Prompt[Any]) -> str:
        script = self._script(prompt)
        number = self.calls[prompt.stage, prompt.label]
        self.calls[prompt.stage, prompt.label] += 1
        said = script[min(number, len(script) - 1)]
        if isinstance(said, FactcheckError):
            raise said
        return said if isinstance(said, str) else said.model_dump_json()
