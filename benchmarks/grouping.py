"""Measures the grouping of articles: `python benchmarks/grouping.py DATA_DIR`.

DATA_DIR holds ECB+, BASIL and small inboxes as gzipped JSON Lines; a set that is not there
is named and left out. `--speed` also times invented articles. Nothing is copied from the
data. `docs/stories.md` explains the figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from factcheck.digest.grouping import Item, Link, cluster, links

Gold = dict[str, str]
Labelled = tuple[list[Item], Gold]


def main() -> None:
    """Print what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("data", type=Path, help="the folder of the data sets")
    parser.add_argument("--speed", action="store_true", help="time invented articles, too")
    parser.add_argument("--time", type=int, metavar="ARTICLES", help="time so many, only")
    chosen = parser.parse_args()
    if chosen.time:
        timed(chosen.time)
        return
    quality(chosen.data)
    if chosen.speed:
        speed()


# --- quality -----------------------------------------------------------------------


def quality(folder: Path) -> None:
    """B3 F and pair F1 over the windows of every set in the folder: the means, the worst."""
    print(f"{'':34}{'windows':>8}{'B3 F':>8}{'pair F1':>9}{'singles':>9}{'worst':>8}{'worst':>8}")
    means = []
    for label, (name, split) in SETS.items():
        path = folder / f"{name}.jsonl.gz"
        if not path.is_file():
            print(f"{label}: {path} is not there")
            continue
        windows = labelled(path, split)
        means.append(show(label, [(at_once(items), gold) for items, gold in windows]))
        if len(windows) == 1:
            samples = [thinned(windows[0], random.Random(seed)) for seed in range(4)]  # noqa: S311
            few = [(at_once(items), gold) for items, gold in samples]
            means.append(show("  thinned to stories of 1 to 10", few))
            if split != "train":
                items, gold = windows[0]
                show("  arriving in ten batches", [(cluster([*gold], arriving(items, 10)), gold)])
    if means:
        b3, pair = (sum(one[side] for one in means) / len(means) for side in (0, 1))
        print(f"{'mean of these sets, batches aside':42}{b3:8.3f}{pair:9.3f}")


SETS = {
    "small inboxes": ("small_inboxes", ""),
    "ECB+ train": ("ecbplus", "train"),
    "ECB+ dev": ("ecbplus", "dev"),
    "BASIL": ("basil", ""),
}


def at_once(items: Sequence[Item]) -> tuple[frozenset[str], ...]:
    """The groups of articles that arrive together."""
    return cluster([item.key for item in items], links(items, []))


def labelled(path: Path, split: str) -> list[Labelled]:
    """The windows of a set, each with its articles and the story of each; often only one."""
    windows: defaultdict[int, Labelled] = defaultdict(lambda: ([], {}))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if split and row["split"] != split:
                continue
            when = row.get("date")
            published = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
            text = "\n".join(row["sentences"])
            items, gold = windows[row.get("inbox", 0)]
            items.append(Item(row["doc_id"], row.get("title", ""), text, published))
            gold[row["doc_id"]] = row["story"]
    return list(windows.values())


def thinned(full: Labelled, dice: random.Random) -> Labelled:
    """Some articles of each story, often only one, as an inbox has it."""
    stories: defaultdict[str, list[Item]] = defaultdict(list)
    for item in full[0]:
        stories[full[1][item.key]].append(item)
    kept = [
        item
        for story in stories.values()
        for item in dice.sample(story, min(len(story), dice.choice((1, 1, 1, 2, 3, 4, 6, 10))))
    ]
    return kept, {item.key: full[1][item.key] for item in kept}


def arriving(items: Sequence[Item], batches: int) -> list[Link]:
    """The links that are kept where the articles arrive in batches, in any order."""
    dice = random.Random(0)  # noqa: S311 - a sample
    mixed = dice.sample(list(items), len(items))
    found: list[Link] = []
    for batch in range(batches):
        found += links(mixed[batch::batches], [x for b in range(batch) for x in mixed[b::batches]])
    return found


def show(
    label: str, windows: Sequence[tuple[Sequence[frozenset[str]], Gold]]
) -> tuple[float, float]:
    """One line of the table; gives the means."""
    b3 = [b_cubed(groups, gold)[0] for groups, gold in windows]
    pair = [pair_f1(groups, gold) for groups, gold in windows]
    floor = [b_cubed([frozenset((key,)) for key in gold], gold)[0] for _, gold in windows]
    many = len(windows)
    means = sum(b3) / many, sum(pair) / many
    print(
        f"{label:34}{many:8}{means[0]:8.3f}{means[1]:9.3f}{sum(floor) / many:9.3f}"
        f"{min(b3):8.3f}{min(pair):8.3f}",
        flush=True,
    )
    return means


def b_cubed(groups: Iterable[frozenset[str]], gold: Gold) -> tuple[float, float, float]:
    """B-cubed F, precision and recall."""
    sizes = Counter(gold.values())
    precision = recall = 0.0
    for group in groups:
        for story, common in Counter(gold[key] for key in group).items():
            precision += common**2 / len(group) / len(gold)
            recall += common**2 / sizes[story] / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def pair_f1(groups: Iterable[frozenset[str]], gold: Gold) -> float:
    """The F1 of the pairs that are in one group."""
    hits = found = 0
    for group in groups:
        found += pairs(len(group))
        hits += sum(map(pairs, Counter(gold[key] for key in group).values()))
    return 2 * hits / (found + sum(map(pairs, Counter(gold.values()).values())))


def pairs(size: int) -> int:
    """The number of pairs among so many."""
    return size * (size - 1) // 2


# --- speed -------------------------------------------------------------------------


def speed() -> None:
    """Time and peak memory, each size in a process of its own."""
    print(
        f"\n{'articles':>10}{'links s':>10}{'cluster s':>10}{'ms each':>9}{'peak MB':>9}{'B3 F':>8}"
    )
    for size in (10_000, 30_000, 100_000):
        subprocess.run([sys.executable, __file__, "-", "--time", str(size)], check=True)  # noqa: S603 (ourselves)


def timed(size: int) -> None:
    """One line: group so many invented articles."""
    items, gold = invented(size)
    base = peak()
    start = time.perf_counter()
    found = links(items, [])
    middle = time.perf_counter()
    groups = cluster(list(gold), found)
    end = time.perf_counter()
    each = (end - start) / size * 1000
    print(
        f"{size:10}{middle - start:10.1f}{end - middle:10.1f}{each:9.3f}{peak():9.0f}"
        f"{b_cubed(groups, gold)[0]:8.3f}   (articles alone {base:.0f} MB, {len(found)} links)",
        flush=True,
    )


def peak() -> float:
    """The largest resident size so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def invented(size: int) -> Labelled:
    """Articles of about 300 words over two weeks, in stories of 1 to some hundred.

    Words come by their frequency; a story has a topic with some hundred words of its own,
    shared with other stories of the topic, and names, figures and rare words that its
    articles hold in part.
    """
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - only this measure needs it

    dice = random.Random(size)  # noqa: S311 - a sample
    table = get_frequency_dict("en", "small")
    vocabulary = [word for word in table if word.isalpha()]
    general = words_by_frequency(dice, vocabulary, [table[word] for word in vocabulary])
    rare = vocabulary[2_000:]
    topics = [dice.sample(rare, 150) for _ in range(200)]
    items: list[Item] = []
    gold: Gold = {}
    while len(items) < size:
        story = f"e{len(gold)}"
        for item in one_story(dice, general, rare, topics, story):
            items.append(item)
            gold[item.key] = story
    return items[:size], {item.key: gold[item.key] for item in items[:size]}


def words_by_frequency(
    dice: random.Random, words: Sequence[str], weights: Sequence[float]
) -> Iterator[str]:
    """Words without end, each as often as it is used."""
    while True:
        yield from dice.choices(words, weights, k=100_000)


def one_story(
    dice: random.Random,
    general: Iterator[str],
    rare: Sequence[str],
    topics: Sequence[Sequence[str]],
    story: str,
) -> Iterator[Item]:
    """The articles of one story; sizes follow a power law."""
    topic = dice.choice(topics)
    own = dice.sample(topic, 30) + dice.sample(rare, 30)
    names = [word.capitalize() for word in dice.sample(rare, 12)]
    figures = [str(dice.randrange(2, 5_000)) for _ in range(8)]
    begin = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=dice.uniform(0, 300))
    for at in range(min(int(dice.paretovariate(1.1)), 300)):
        length = int(min(max(dice.lognormvariate(5.6, 0.5), 30), 1_200))
        special = [*dice.sample(own, 40), *dice.sample(names, 8), *dice.sample(figures, 5)]
        words = [
            dice.choice(special) if dice.random() < 0.3 else next(general) for _ in range(length)
        ]
        title = " ".join((*dice.sample(names, 2), *dice.sample(own, 5)))
        when = begin + timedelta(hours=dice.expovariate(1 / 20))
        yield Item(f"{story}.{at}", title, " ".join(words), when)


if __name__ == "__main__":
    main()
