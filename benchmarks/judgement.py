"""Score reports against gold: which gold claims are present, and with an acceptable verdict.

    python benchmarks/judgement.py                       the events of tests/events
    python benchmarks/judgement.py REPORT.json GOLD.json a report of your own

A gold claim is matched to the finding whose asserting voices stand in the sentences that
hold the gold's quotes, and whose words are nearest to the claim's. The match is by machine
and approximate: about one claim in fifteen is matched differently by a person, so what is
listed has to be read. It says nothing of wrong names and wrong quotes.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck import fact_check
from factcheck.language.words import split_table
from factcheck.models import Finding, Report
from factcheck.persistence import read_document

ROOT = Path(__file__).parent.parent
EVENTS = ROOT / "tests" / "events"
STATEMENTS = {"statement", "act", "quote", "view", "opinion", "utterance", "open"}
NAMES = {
    "verified": {"verified"},
    "disputed": {"disputed"},
    "updated": {"updated"},
    "as-said": {"verified"},
    "single-source": {"single_source"},
    "unconfirmed": {"single_source", "not_checkable"},
    "not-judged": {"not_checkable"},
}
"""The gold's names for the verdicts of a report."""
NEAR, LEAST = 0.45, 0.25
STOP = split_table(
    """the a an of in on at to and was were is are be by for from with that it its his her their
    as has had have not no"""
)
MARKS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2011": "-"}
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad*_", "")
)

Gold = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A gold claim with the finding that was matched to it, and how its verdict fares."""

    claim: Gold
    finding: Finding | None = None
    acceptable: bool = False
    serious: bool = False


def plain(text: str) -> str:
    """A text for comparison: marks unified, markup and case aside."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(MARKS)).strip().lower()


def words(text: str) -> set[str]:
    """The first six letters of the words that mean something."""
    return {word[:6] for word in re.findall(r"\w+", plain(text)) if word not in STOP}


class Matcher:
    """Finds in a report what a gold claim is about."""

    def __init__(self, report: Report) -> None:
        """Index sentences and words of the report."""
        self.report = report
        self.sentences = {
            a.id: [(s.number, plain(s.text)) for s in a.sentences] for a in report.articles
        }
        self.files = {Path(a.source).name: a.id for a in report.articles}
        self.counts = Counter(word for f in report.findings for word in words(f.text))

    def weight(self, some: Iterable[str]) -> float:
        """The weight of words, the rarer the more."""
        total = len(self.report.findings)
        return sum(math.log((total + 1) / (self.counts[word] + 0.5)) for word in some)

    def likeness(self, one: str, other: str) -> float:
        """How like two sentences are by their words, 0 to 1."""
        a, b = words(one), words(other)
        return self.weight(a & b) / (self.weight(a | b) + 1e-9)

    def places(self, claim: Gold) -> set[tuple[str, int]]:
        """The sentences that hold the quotes of those who assert a claim."""
        asserting = [p for p in claim["positions"] if p["stance"] == "asserts"]
        return {
            (article, number)
            for position in asserting or claim["positions"]
            for quote in position["quotes"]
            for name in position["articles"]
            if (article := self.files.get(name))
            for number in find_quote(plain(quote), self.sentences[article])
        }

    def match(self, claim: Gold) -> Finding | None:
        """The finding that says what a gold claim says, None if there is none."""
        where = self.places(claim)
        best: tuple[float, Finding] | None = None
        for finding in self.report.findings:
            held = {
                (voice.article, number)
                for voice in finding.voices
                if voice.stance == "asserts" and voice.relation in {"same", "more"}
                for number in voice.sentences
            }
            share = len(held & where) / len(where) if where else 0.0
            like = self.likeness(claim["text"], finding.text)
            score = 0.5 * share + like
            if (share or like > NEAR) and (best is None or score > best[0]):
                best = (score, finding)
        return best[1] if best and best[0] >= LEAST else None


def find_quote(quote: str, rows: list[tuple[int, str]]) -> list[int]:
    """The sentence that holds a quote, or the two that it runs over."""
    found = [n for n, text in rows if quote in text]
    found = found or [n for n, text in rows if len(text) > 15 and text in quote]
    if found:
        return found
    pairs = itertools.pairwise(rows)
    return [x for (n, t), (m, u) in pairs if quote in f"{t} {u}" for x in (n, m)][:2]


def verdicts_of(finding: Finding, kind: str, changing: set[str]) -> set[str]:
    """The gold's names for a finding's verdict.

    A statement is verified where two outlets report it, and else rests on one source; the
    latest value of a question of change counts as updated.
    """
    names = {*NAMES[finding.verdict]}
    if kind in STATEMENTS or finding.kind in {"act", "view", "open"}:
        two = finding.verdict == "as-said" or any(said.outlets > 1 for said in finding.said)
        names |= {"verified"} if two else {"single_source"} if finding.said else set()
    return names | ({"updated"} if finding.id in changing else set())


def score(report: Report, gold: Gold) -> list[Row]:
    """Each gold claim with its finding and how the verdict fares."""
    matcher = Matcher(report)
    changing = {
        finding
        for issue in report.issues
        if issue.kind == "change"
        for position in issue.positions
        for finding in position.findings
    }
    rows = []
    for claim in gold["claims"]:
        finding = matcher.match(claim)
        if finding is None:
            rows.append(Row(claim))
            continue
        got = verdicts_of(finding, claim["kind"], changing)
        acceptable = bool(got & {*claim["acceptable_verdicts"]})
        rows.append(Row(claim, finding, acceptable, got <= {*claim.get("never", ())}))
    return rows


def show(rows: list[Row]) -> None:
    """Print what is not as the gold has it, and the counts."""
    for row in rows:
        if not row.acceptable:
            head = f"{row.claim['id']:6} importance {row.claim['importance']}"
            wanted = f"{head}, gold {row.claim['verdict']}: {row.claim['text']}"
            found = row.finding
            told = f"{found.id} {found.verdict}: {found.text}" if found else "absent"
            print(f"{wanted}\n       {'SERIOUS ' if row.serious else ''}{told}")
    main = [row for row in rows if row.claim["importance"] == 3]
    for label, part in (("importance 3", main), ("all", rows)):
        present = sum(row.finding is not None for row in part)
        acceptable = sum(row.acceptable for row in part)
        serious = sum(row.serious for row in part)
        print(
            f"{label}: present {present}/{len(part)}, "
            f"verdict acceptable {acceptable}/{len(part)}, serious {serious}"
        )


def main() -> int:
    """Score the report on the command line, or the events that come with the project."""
    if len(sys.argv) == 3:
        report = read_document(Report, Path(sys.argv[1]).read_text(encoding="utf-8"))
        show(score(report, json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))
        return 0
    for event in sorted(path for path in EVENTS.iterdir() if path.is_dir()):
        recording = ROOT / "cassettes" / f"{event.name}.yaml"
        report = fact_check([event / "articles"], replay=recording)
        used = report.manifest.use
        calls = sum(use.calls for use in used)
        print(f"\n{event.name}: {calls} calls, {sum(use.input_tokens for use in used):,} tokens in")
        show(score(report, json.loads((event / "gold.json").read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
