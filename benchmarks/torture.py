"""Turn the results of `make torture` into the table of docs/reliability.md.

In: the page that gets the table between its marks, and the JUnit files of the run. Out: one
row for each rule that was tried, with how many cases, and what happened.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.live import escape, replace_between

AREAS = {
    "test_articles": "articles",
    "test_endpoint": "endpoint",
    "test_feeds": "feeds and pages",
    "test_store": "store and files",
    "test_formats": "formats and terminal",
    "test_kills": "kills",
    "test_disks": "small disks",
}
OUTCOMES = {"failure": "failed", "error": "failed", "skipped": "skipped"}


@dataclass
class Row:
    """The cases of one rule."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    failed: list[str] = field(default_factory=list)


def main(page: str, *results: str) -> int:
    """Write the table; 1 if a case failed."""
    rows = read_rows(results)
    total: Counter[str] = Counter()
    for row in rows.values():
        total += row.outcomes
    replace_between(Path(page), "torture", to_table(rows, total))
    print(summed(total))
    return 1 if total["failed"] else 0


def read_rows(files: Iterable[str]) -> dict[tuple[str, str], Row]:
    """The cases by area and rule, in order."""
    rows: defaultdict[tuple[str, str], Row] = defaultdict(Row)
    cases = (case for file in files for case in ET.parse(file).iter("testcase"))  # noqa: S314 (pytest's)
    for case in cases:
        name, _, parameter = case.get("name", "").partition("[")
        module = case.get("classname", "").rpartition(".")[2]
        row = rows[AREAS.get(module, module), name]
        outcome = next((OUTCOMES[one.tag] for one in case if one.tag in OUTCOMES), "passed")
        row.outcomes[outcome] += 1
        row.slowest = max(row.slowest, float(case.get("time", "0")))
        if outcome == "failed":
            row.failed.append(parameter.removesuffix("]"))
    order = [*AREAS.values()]
    return dict(sorted(rows.items(), key=lambda one: (order.index(one[0][0]), one[0][1])))


def to_table(rows: dict[tuple[str, str], Row], total: Counter[str]) -> str:
    """The table, with what failed below it."""
    lines = [
        f"{summed(total)}. A case that uses hypothesis tries 300 texts.",
        "",
        "| area | what was tried | cases | what happened | slowest |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {area} | {to_words(rule)} | {row.outcomes.total()} | {summed(row.outcomes)} "
        f"| {row.slowest:.1f} s |"
        for (area, rule), row in rows.items()
    ]
    failed = [(rule, name) for (_, rule), row in rows.items() for name in row.failed]
    if failed:
        lines += ["", "Failed:", ""]
        lines += [f"- {to_words(rule)}: {escape(name)}" for rule, name in failed]
    return "\n".join(lines)


def to_words(rule: str) -> str:
    """The name of a test as a sentence."""
    words = re.sub(r"^test_", "", rule).replace("_", " ")
    return words[:1].upper() + words[1:]


def summed(outcomes: Counter[str]) -> str:
    """How many passed, failed and were skipped."""
    kinds = [kind for kind in ("passed", "failed", "skipped") if outcomes[kind]]
    return ", ".join(f"{outcomes[kind]} {kind}" for kind in kinds)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
