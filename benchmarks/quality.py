"""Measures the language functions on public data: `python benchmarks/quality.py DATA_DIR`.

DATA_DIR holds the development sets as gzipped JSON Lines (WiCE, PolNeAR, ECB+, BASIL); a
set that is not there is named and left out. Nothing is copied from it. Each figure stands
beside a trivial floor: what a rule of one line reaches. `docs/quality.md` explains them.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from factcheck.articles import article_from_text
from factcheck.language.attribution import saying
from factcheck.language.missing import missing_numbers
from factcheck.language.names import missing_names, names
from factcheck.language.quantities import numbers_in
from factcheck.language.similar import idf, similarity
from factcheck.language.words import words
from factcheck.models import Article
from factcheck.sidebyside import read_side_by_side

Row = dict[str, Any]
Places = set[tuple[int, int]]
Spans = Iterable[tuple[int, int]]


def main(folder: Path) -> None:
    """Print every figure that the sets in the folder allow."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured. Give the folder of the data sets.")
        return
    print(f"{'':52}{'ours':>8}{'floor':>8}")
    # Speed comes first: what the other measures leave in memory slows the collector down.
    for name, measure in (
        ("basil", speed),
        ("wice", false_alarms),
        ("polnear_dev", attribution),
        ("ecbplus_mentions", same_claim),
    ):
        path = folder / f"{name}.jsonl.gz"
        if path.is_file():
            measure(folder)
        else:
            print(f"{name}: not there")


def show(label: str, ours: float, floor: float | None = None) -> None:
    """One line of the table."""
    print(f"{label:52}{ours:8.3f}" + (f"{floor:8.3f}" if floor is not None else ""))


def rows(path: Path) -> Iterator[Row]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# --- WiCE ------------------------------------------------------------------------


def false_alarms(folder: Path) -> None:
    """Figures and names said to be missing in supported claims, and caught in altered ones.

    The floor of an alarm looks the digits or the whole name up as they are written.
    """
    claims = [row for row in rows(folder / "wice.jsonl.gz") if row["label"] == "supported"]
    texts = [" ".join(row["evidence_sentences"]) for row in claims]
    pairs = [(row["claim"], text) for row, text in zip(claims, texts, strict=True)]
    alarms = sum(bool(missing_numbers(*pair)) for pair in pairs) / len(pairs)
    floor = sum(any(d not in text for d in numbers_in(claim)) for claim, text in pairs) / len(pairs)
    show("WiCE, supported claims with a missing figure", alarms, floor)
    alarms = sum(bool(missing_names(*pair)) for pair in pairs) / len(pairs)
    floor = sum(any(n not in text for n in names(claim)) for claim, text in pairs) / len(pairs)
    show("WiCE, supported claims with a missing name", alarms, floor)
    altered = [
        (re.sub(r"\d+", lambda match: str(int(match[0]) + 7), claim), text)
        for claim, text in pairs
        if re.search(r"\d", claim)
    ]
    caught = sum(bool(missing_numbers(*pair)) for pair in altered) / len(altered)
    show("WiCE, altered figures caught", caught, 0.0)
    foreign = [
        (pairs[at - 1][0], text) for at, (_, text) in enumerate(pairs) if names(pairs[at - 1][0])
    ]
    caught = sum(bool(missing_names(*pair)) for pair in foreign) / len(foreign)
    show("WiCE, names of another claim caught", caught, 0.0)


# --- PolNeAR ---------------------------------------------------------------------


def attribution(folder: Path) -> None:
    """Who says what: F1 of sentences with an attribution, and of the words in its parts.

    The floor takes a sentence with "said", "says", "told" or "according to" for one,
    the capitalised word before the cue for its source and the rest for its content.
    """
    scores: dict[str, dict[str, Score]] = {"ours": defaultdict(Score), "floor": defaultdict(Score)}
    for row in rows(folder / "polnear_dev.jsonl.gz"):
        text = row["text"]
        parts = ("source", "cue", "content")
        gold = {p: covered(text, spans_of(row, p)) for p in parts}
        gold["sentence"] = sentences_with(text, gold["source"] | gold["cue"])
        for name, read in (("ours", by_rules), ("floor", by_list)):
            found = read(text)
            found["sentence"] = sentences_with(text, found["cue"])
            for part in ("sentence", *parts):
                scores[name][part].add(gold[part], found[part])
    for part in ("sentence", "source", "cue", "content"):
        show(f"PolNeAR dev, {part} F1", scores["ours"][part].f1(), scores["floor"][part].f1())


class Score:
    """Hits, gold and found, summed over documents."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.hits = self.gold = self.found = 0

    def add(self, gold: Places, found: Places) -> None:
        """Count one document."""
        self.hits += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.gold + self.found) if self.gold + self.found else 0.0


def spans_of(row: Row, part: str) -> list[tuple[int, int]]:
    """All spans of one part of the gold attributions."""
    return [(start, end) for one in row["attributions"] for start, end in one[part]]


def covered(text: str, spans: Spans) -> Places:
    """The words of the text within the spans."""
    return {m.span() for start, end in spans for m in re.compile(r"\w+").finditer(text, start, end)}


def split(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand."""
    from sentencex import segment  # noqa: PLC0415 - only this measure needs it

    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for raw in segment("en", line[0]):
            sentence = raw.strip()
            if sentence:
                start = text.index(sentence, at)
                at = start + len(sentence)
                found.append((start, at))
    return found


def sentences_with(text: str, places: Places) -> Places:
    """The sentences that hold one of the words."""
    starts = sorted(start for start, _ in places)
    return {
        (begin, end) for begin, end in split(text) if any(begin <= start < end for start in starts)
    }


def by_rules(text: str) -> dict[str, Places]:
    """The words of sources, cues and contents that `saying` finds."""
    found: dict[str, Places] = {"source": set(), "cue": set(), "content": set()}
    for begin, end in split(text):
        for one in saying(text[begin:end]):
            source = covered(
                text, [(begin + one.source_at, begin + one.source_at + len(one.source))]
            )
            cue = covered(text, [(begin + one.cue_at, begin + one.cue_at + len(one.cue))])
            found["source"] |= source if one.source else set()
            found["cue"] |= cue if one.cue else set()
            content = covered(text, [(begin + one.start, begin + one.end)])
            found["content"] |= content - found["source"] - found["cue"]
    return found


def by_list(text: str) -> dict[str, Places]:
    """The trivial floor: four cues."""
    found: dict[str, Places] = {"source": set(), "cue": set(), "content": set()}
    for begin, end in split(text):
        cue = re.search(r"([A-Z]\w+ )?\b(said|says|told|according to)\b", text[begin:end])
        if cue:
            source, said = ((begin + cue.start(group), begin + cue.end(group)) for group in (1, 2))
            found["cue"] |= covered(text, [said])
            found["source"] |= covered(text, [source]) if cue[1] else set()
            found["content"] |= covered(text, [(begin, end)]) - covered(text, [source, said])
    return found


# --- ECB+ ------------------------------------------------------------------------


Place = tuple[str, int]  # id of an article, index of one of its sentences


def same_claim(folder: Path) -> None:
    """Sentence pairs of two articles of one story that share an event and two entities.

    Fully annotated sentences of the development split that hold a mention, with the
    weights of all sentences of their story; the floors are the base rate and the cosine
    of TF-IDF.
    """
    articles = {row["doc_id"]: row for row in rows(folder / "ecbplus.jsonl.gz")}
    events, entities = chains(folder)
    stories: defaultdict[str, list[Place]] = defaultdict(list)
    for doc, at in sorted(events.keys() | entities.keys()):
        stories[articles[doc]["story"]].append((doc, at))
    told: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles.values():
        told[article["story"]] += article["sentences"]
    said = {key: articles[key[0]]["sentences"][key[1]] for keys in stories.values() for key in keys}
    vectors = tfidf(said)
    ours: list[tuple[float, bool]] = []
    floor: list[tuple[float, bool]] = []
    for story, keys in stories.items():
        weights = idf(told[story])
        for a, b in combinations(keys, 2):
            if a[0] != b[0]:
                same = bool(events[a] & events[b]) and len(entities[a] & entities[b]) >= 2
                ours.append((similarity(said[a], said[b], weights), same))
                floor.append((cosine(vectors[a], vectors[b]), same))
    label = f"ECB+ dev, same claim, AP ({len(ours)} pairs)"
    show(label, average_precision(ours), average_precision(floor))
    show("  base rate", sum(same for _, same in ours) / len(ours))


def chains(folder: Path) -> tuple[defaultdict[Place, set[str]], defaultdict[Place, set[str]]]:
    """The event chains, and the entity chains, of each sentence with a mention."""
    events: defaultdict[Place, set[str]] = defaultdict(set)
    entities: defaultdict[Place, set[str]] = defaultdict(set)
    for row in rows(folder / "ecbplus_mentions.jsonl.gz"):
        # The mentions of these documents count the address of the page as sentence 0, the
        # sentences leave it out: mentions stand in the sentence before the one they name.
        at = row["sentence"] - row["doc_id"].endswith("ecbplus")
        if row["split"] == "dev" and row["clean"] and at >= 0:
            (events if "ACTION" in row["type"] else entities)[row["doc_id"], at].add(row["chain"])
    return events, entities


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """Mean precision at each true pair, best score first."""
    found, total = 0, 0.0
    for rank, (_, same) in enumerate(sorted(scored, key=lambda pair: -pair[0]), start=1):
        found += same
        total += found / rank if same else 0.0
    return total / found if found else 0.0


def tfidf(said: dict[Place, str]) -> dict[Place, dict[str, float]]:
    """Unit vectors of weighted words."""
    counted = {key: Counter(words(text)) for key, text in said.items()}
    held = Counter(word for counts in counted.values() for word in counts)
    vectors = {}
    for key, counts in counted.items():
        raw = {w: n * (math.log((1 + len(said)) / (1 + held[w])) + 1) for w, n in counts.items()}
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        vectors[key] = {word: value / norm for word, value in raw.items()}
    return vectors


def cosine(a: dict[str, float], b: dict[str, float]) -> float:
    """The cosine of two unit vectors."""
    return sum(value * b.get(word, 0.0) for word, value in a.items())


# --- BASIL -----------------------------------------------------------------------


def speed(folder: Path) -> None:
    """Articles a second, from text to the side-by-side reading of each event.

    One core, processor time; the first event is read before and not counted.
    """
    events: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(folder / "basil.jsonl.gz"):
        events[row["story"]].append(row)
    first, *others = events.values()
    read_event(first)
    begin = time.process_time()
    count = sum(read_event(event) for event in others)
    show(f"BASIL, articles read a second ({count})", count / (time.process_time() - begin))


def read_event(event: Sequence[Row]) -> int:
    """Read the articles of one event side by side; how many they were."""
    made = [
        article_from_text(
            "\n\n".join(row["sentences"]),
            source=f"{row['source']}.txt",
            article_id=f"a{number}",
            metadata={"outlet": row["source"], "title": row["title"], "published": row["date"]},
        )
        for number, row in enumerate(event, start=1)
    ]
    articles = [article for article in made if isinstance(article, Article)]
    read_side_by_side(articles, created=datetime(2026, 1, 1, tzinfo=UTC))
    return len(articles)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/quality.py DATA_DIR")
    main(Path(sys.argv[1]))
