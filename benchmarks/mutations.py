"""What the checks catch: honest recorded answers, changed one item at a time.

    python benchmarks/mutations.py [RECORDING.yaml FOLDER] ...

Without arguments, the recorded events. Every answer is first checked as it is: what is said
of it is a false alarm. Then one claim, group or stand is changed, and the check has to say
more than before, or flag the item in the report. By kind of change.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from factcheck.articles import read_articles
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.llm.recording import replay
from factcheck.models import Article, Comparison, StageUse
from factcheck.pipeline.check import check
from factcheck.pipeline.checks import article_text, doubt_claim
from factcheck.pipeline.compare_prompt import Batch
from factcheck.pipeline.compare_reply import read_reply
from factcheck.pipeline.extract import Window, find_weak_signs
from factcheck.pipeline.wire import CompareReply, ExtractReply, WireClaim
from factcheck.settings.model import ModelSettings

ROOT = Path(__file__).parent.parent
T = TypeVar("T", bound=BaseModel)
FOREIGN = ("Odalys Brenkamp", "Quillstadt", "Teodor Vashti", "Marwick Holdings")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_WORD = r"(?=[^\W\d_a-zß-öø-ÿ])[^\W\d_]{3,}"
NAME = re.compile(rf"(?<=\s){_WORD}(?: {_WORD})*")


@dataclass
class Listener:
    """A client that passes on what is asked of a recording, and remembers it."""

    model: Model
    heard: list[tuple[Prompt[Any], Any]] = field(default_factory=list)

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        """The recorded answer."""
        answer = await self.model.ask(prompt)
        self.heard.append((prompt, answer.value))
        return answer

    def use(self) -> tuple[StageUse, ...]:
        """What the recording used."""
        return self.model.use()


async def listen(recording: Path, folder: Path) -> tuple[Listener, Batch]:
    """All prompts and answers of a recorded run, and what its comparison was made of."""
    articles, _ = read_articles([folder])
    played = replay(recording)
    async with Model(played.settings(ModelSettings()), transport=played.transport) as model:
        listener = Listener(model)
        checked = await check(articles, listener, created=datetime.now(tz=UTC))
    return listener, Batch(articles, checked.checkpoint.extractions)


# --- changes to an extraction -------------------------------------------------------


def other_number(text: str, chance: random.Random) -> str | None:
    """The text with one number changed."""
    found = list(NUMBER.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    digits = re.sub(r"\D", "", match[0])
    changed = str(int(digits) + chance.choice((1, 3, 7, 10, 40)))
    return f"{text[: match.start()]}{changed}{text[match.end() :]}"


def foreign_name(text: str, chance: random.Random) -> str | None:
    """The text with one name replaced by one that is in no article."""
    found = list(NAME.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return f"{text[: match.start()]}{chance.choice(FOREIGN)}{text[match.end() :]}"


def other_polarity(text: str, _: random.Random) -> str | None:
    """The text with a negation dropped or added."""
    if re.search(r"\b(?:not|no|nobody|never)\b", text):
        return re.sub(r"\b(?:did not|not|no|never)\b ", "", text, count=1)
    match = re.search(r"\b(?:was|were|is|are|had|has|will)\b", text)
    return f"{text[: match.end()]} not{text[match.end() :]}" if match else None


def changed_claims(
    claim: WireClaim, reply: ExtractReply, article: Article, chance: random.Random
) -> Iterator[tuple[str, WireClaim]]:
    """One claim, changed in each way that it allows."""
    texts: dict[str, Callable[[str, random.Random], str | None]] = {
        "other number": other_number,
        "foreign name": foreign_name,
        "negation dropped or added": other_polarity,
    }
    for kind, change in texts.items():
        text = change(claim.t, chance)
        if text and text != claim.t:
            yield kind, claim.model_copy(update={"t": text})
    far = [
        s.number
        for s in article.sentences
        if s.kind == "body" and all(abs(s.number - n) > 2 for n in claim.s)
    ]
    if far:
        yield "other sentence", claim.model_copy(update={"s": [chance.choice(far)]})
    others = [speaker.n for speaker in reply.speakers if speaker.n != claim.by]
    if others and claim.by != "self":
        yield "other speaker", claim.model_copy(update={"by": chance.choice(others)})
    if claim.by != "self":
        yield "speaker turned into own voice", claim.model_copy(update={"by": "self"})


def measure_extraction(
    prompt: Prompt[Any], reply: ExtractReply, article: Article, tally: Tally, chance: random.Random
) -> None:
    """Check the claims of one answer as they are, then changed."""
    numbers = [int(n) for n in re.findall(r"^\[(\d+)\]", prompt.user, re.MULTILINE)]
    window = Window(article, min(numbers), max(numbers))
    tally.answers += 1
    tally.asked_again += bool(prompt.check(reply))
    honest, whole = find_weak_signs(window, reply), article_text(article)
    where = "" if article.language == "en" else ", article not in English"
    for at, claim in enumerate(reply.claims):
        tally.items += 1
        tally.flagged += bool(doubt_claim(article, claim, whole) or honest[at])
        for kind, other in changed_claims(claim, reply, article, chance):
            claims = [*reply.claims[:at], other, *reply.claims[at + 1 :]]
            changed = reply.model_copy(update={"claims": claims})
            before = doubt_claim(article, claim, whole)
            more = len(doubt_claim(article, other, whole)) > len(before)
            more |= len(find_weak_signs(window, changed)[at]) > len(honest[at])
            tally.count(f"{kind}{where}", caught=more)


# --- changes to a comparison --------------------------------------------------------


def measure_comparison(
    prompt: Prompt[Any], reply: CompareReply, batch: Batch, tally: Tally, chance: random.Random
) -> None:
    """Check the groups of one answer as they are, then changed."""
    tally.answers += 1
    tally.asked_again += bool(prompt.check(reply))
    honest = read_reply(reply, batch, Comparison())
    tally.groups += len(reply.groups)
    tally.doubted += len(honest.doubts)
    before = len(honest.doubts) + len(honest.faults)

    def caught(groups: list[Any]) -> bool:
        changed = reply.model_copy(update={"groups": groups})
        read = read_reply(changed, batch, Comparison())
        return len(read.doubts) + len(read.faults) > before

    for at, group in enumerate(reply.groups):
        rest = [*reply.groups[:at], *reply.groups[at + 1 :]]
        for kind, change in (("other number", other_number), ("foreign name", foreign_name)):
            text = change(group.t, chance)
            if text and text != group.t:
                other = group.model_copy(update={"t": text})
                tally.count(f"group: {kind}", caught=caught([*rest, other]))
        second = chance.choice(rest)
        joined = group.model_copy(update={"same": [*group.same, *second.same]})
        kept = [one for one in rest if one is not second]
        tally.count("group: two different claims grouped", caught=caught([*kept, joined]))
        for stand in group.also:
            flipped = "denies" if stand.st == "supports" else "supports"
            also = [stand.model_copy(update={"st": flipped})]
            other = group.model_copy(update={"also": also})
            tally.count("stand: stance flipped", caught=caught([*rest, other]))


# --- counting -----------------------------------------------------------------------


@dataclass
class Tally:
    """What was caught, by kind, and what was said of honest answers."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    asked_again: int = 0
    items: int = 0
    flagged: int = 0
    groups: int = 0
    doubted: int = 0

    def count(self, kind: str, *, caught: bool) -> None:
        """Count one change."""
        self.tried[kind] += 1
        self.found[kind] += caught

    def show(self) -> None:
        """Print the rates."""
        print(f"honest answers asked again: {self.asked_again} of {self.answers}")
        print(f"honest claims flagged: {self.flagged} of {self.items}")
        print(f"doubts about honest groups: {self.doubted} on {self.groups}")
        for kind, tried in sorted(self.tried.items()):
            print(f"{kind}: {self.found[kind]} of {tried} caught ({self.found[kind] / tried:.0%})")


def main() -> int:
    """Measure the recordings on the command line, or those of the events."""
    events = sorted((ROOT / "tests" / "events").glob("*-*"))
    own = [(ROOT / "cassettes" / f"{event.name}.yaml", event / "articles") for event in events]
    given = [Path(argument) for argument in sys.argv[1:]]
    pairs = list(zip(given[::2], given[1::2], strict=True)) or own
    tally, chance = Tally(), random.Random(7)  # noqa: S311 (a fixed choice, no secret)
    for recording, folder in pairs:
        listener, batch = asyncio.run(listen(recording, folder))
        articles = {article.id: article for article in batch.articles}
        for prompt, reply in sorted(listener.heard, key=lambda heard: heard[0].label):
            if isinstance(reply, ExtractReply):
                measure_extraction(prompt, reply, articles[prompt.label], tally, chance)
            elif isinstance(reply, CompareReply):
                measure_comparison(prompt, reply, batch, tally, chance)
    tally.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
