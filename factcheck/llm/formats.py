"""Answer formats: which of them an endpoint takes, by schema, as is found out by asking."""

from __future__ import annotations

from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.provider_errors import Fault
from factcheck.llm.wire import LADDER
from factcheck.settings.loader import ModelSettings


class Formats:
    """What is known of the formats of an endpoint; the cache tells it to the next run."""

    def __init__(self, settings: ModelSettings, cache: Answers | None) -> None:
        auto = settings.answer_format == "auto"
        self.all = LADDER if auto else (settings.answer_format,)
        """The formats in which an answer may come."""
        self._cache = cache if auto else None
        self._key = answer_key(settings.base_url, {"model": settings.name, "kept": "answer format"})
        self._taken: dict[str, str] = {}
        self._first = ""

    def list_worth_trying(self, schema: str) -> tuple[str, ...]:
        """The firmest format first; what was refused, also in an earlier run, is left out."""
        if len(self.all) == 1:
            return self.all
        return LADDER[LADDER.index(self.find_taken(schema) or self._lowest or self._recall()) :]

    def find_taken(self, schema: str) -> str | None:
        """The format in which a schema was answered, None if none was yet."""
        return self._taken.get(schema)

    def is_taken(self, form: str) -> bool:
        """Whether any schema was answered in a format."""
        return form in self._taken.values()

    def note_refused(self, schema: str, fault: Fault) -> bool:
        """Whether a fault is the refusal of a format; then that of the schema is open again."""
        # Once a format has worked, only its own mention is held against it.
        refused = fault.names_format if schema in self._taken else fault.rejects_format
        if refused:
            self._taken.pop(schema, None)
        return refused

    def note_taken(self, schema: str, form: str) -> None:
        """Note that a format worked: the firmest that did counts, and outlasts the run."""
        self._taken[schema] = min(self._taken.get(schema, form), form, key=LADDER.index)
        if self._cache is None or self._lowest == self._recall():
            return
        self._first = self._lowest
        self._cache.drop(self._key)
        if self._first != LADDER[0]:
            self._cache.put(self._key, Stored(content=self._first))

    @property
    def _lowest(self) -> str:
        """The least firm of the formats that schemas needed, "" for none."""
        return max(self._taken.values(), key=LADDER.index, default="")

    def _recall(self) -> str:
        """The format to begin with: what the endpoint took in an earlier run, else the firmest."""
        if not self._first:
            kept = self._cache.get(self._key) if self._cache is not None else None
            self._first = kept.content if kept and kept.content in LADDER else LADDER[0]
        return self._first
