"""Answer formats: which of them an endpoint takes, by schema, as is found out by asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.provider_errors import CallFailedError, Fault
from factcheck.llm.wire import LADDER
from factcheck.settings.model import ModelSettings

UNSURE = "unsure"
"""How a format is kept that was taken after errors which may not have been of its making."""
FIRST_WAIT = 1.0
"""Seconds before a request is repeated that was answered with 500 in every format."""


class Formats:
    """What is known of the formats of an endpoint; the cache tells it to the next run."""

    def __init__(
        self,
        settings: ModelSettings,
        cache: Answers | None,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        auto = settings.answer_format == "auto"
        self.all = LADDER if auto else (settings.answer_format,)
        """The formats in which an answer may come."""
        self._cache = cache if auto else None
        self._sleep = sleep
        self._key = answer_key(settings.base_url, {"model": settings.name, "kept": "answer format"})
        self._taken: dict[str, str] = {}
        self._first = ""
        self._by_500 = False
        self._once_before = False  # it was so in the run before this one

    async def ask(
        self,
        schema: str,
        send: Callable[[str, bool], Awaitable[Stored]],
        refused: Callable[[str], None],
    ) -> tuple[str, Stored]:
        """Ask in the firmest format that the endpoint takes, which is found out by asking.

        `send` asks in a format, and is told whether a 500 may be its refusal; `refused` is told
        of each format that did not work. If all are answered with 500, the format was not the
        reason. Returns the format and the answer; raises `CallFailedError`.
        """
        ladder = self._list_worth_trying(schema)
        unclear: list[str] = []
        for form in ladder:
            # What worked for another schema is worth the retries first.
            trying = len(ladder) > 1 and form not in self._taken.values()
            try:
                stored = await send(form, trying)
            except CallFailedError as failed:
                may_be_format = failed.fault.may_be_format
                if len(ladder) > 1 and schema not in self._taken and may_be_format:
                    unclear.append(form)
                elif trying and may_be_format:
                    break  # an equal request has shown meanwhile that the format is taken
                elif form == ladder[-1] or not self._note_refused(schema, failed.fault):
                    raise
                refused(form)
            else:
                self._by_500 |= bool(unclear) and form not in unclear
                self._note_taken(schema, form)
                return form, stored
        # What failed was not the format, so it is asked again, now with all retries.
        taken = self._taken.get(schema)
        form = taken if taken in ladder else (unclear or ladder)[0]
        await self._sleep(FIRST_WAIT)
        stored = await send(form, False)  # noqa: FBT003 (called by place)
        self._note_taken(schema, form)
        return form, stored

    def _list_worth_trying(self, schema: str) -> tuple[str, ...]:
        """The firmest format first; what was refused, also in an earlier run, is left out."""
        if len(self.all) == 1:
            return self.all
        first = self._taken.get(schema) or self._lowest or self._recall()
        return LADDER[LADDER.index(first) :]

    def _note_refused(self, schema: str, fault: Fault) -> bool:
        """Whether a fault is the refusal of a format; then that of the schema is open again."""
        # Once a format has worked, only its own mention is held against it.
        refused = fault.names_format if schema in self._taken else fault.rejects_format
        if refused:
            self._taken.pop(schema, None)
        return refused

    def _note_taken(self, schema: str, form: str) -> None:
        """Note that a format worked: the firmest that did counts, and outlasts the run.

        If bare errors alone spoke against a firmer one, the next run tries that once more, for
        these may have passed.
        """
        self._taken[schema] = min(self._taken.get(schema, form), form, key=LADDER.index)
        if self._cache is None or (self._lowest == self._recall() and not self._once_before):
            return
        self._first = self._lowest
        self._cache.drop(self._key)
        if self._first != LADDER[0]:
            unsure = UNSURE * (self._by_500 and not self._once_before)
            self._cache.put(self._key, Stored(content=self._first, finish_reason=unsure))
        self._once_before = False

    @property
    def _lowest(self) -> str:
        """The least firm of the formats that schemas needed, "" for none."""
        return max(self._taken.values(), key=LADDER.index, default="")

    def _recall(self) -> str:
        """The format to begin with: what the endpoint took in an earlier run, else the firmest."""
        if not self._first:
            kept = self._cache.get(self._key) if self._cache is not None else None
            self._once_before = kept is not None and kept.finish_reason == UNSURE
            known = kept is not None and kept.content in LADDER and not self._once_before
            self._first = kept.content if kept and known else LADDER[0]
        return self._first
