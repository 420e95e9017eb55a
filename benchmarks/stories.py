"""Measures the grouping of articles: `python benchmarks/stories.py DATA_DIR`.

DATA_DIR holds ECB+ and BASIL as gzipped JSON Lines; a set that is not there is named and
left out. `--train` first makes the weights again, from the training part of ECB+, and
writes them into the package. `--speed` also times invented articles. Nothing is copied
from the data. `docs/stories.md` explains the figures.
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
from factcheck.digest.grouping.fields import Fields, fields
from factcheck.digest.grouping.lexicon import lexicon
from factcheck.digest.grouping.neighbours import candidates
from factcheck.digest.grouping.score import SIGNS, Weights, likenesses, measured, scores
from factcheck.digest.grouping.tokens import tokenise

WEIGHTS = Path(__file__).parent.parent / "factcheck" / "stories" / "weights.json"
Gold = dict[str, str]
Labelled = tuple[list[Item], Gold]


def main() -> None:
    """Print what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("data", type=Path, help="the folder of the data sets")
    parser.add_argument("--train", action="store_true", help="make the weights again")
    parser.add_argument("--speed", action="store_true", help="time invented articles, too")
    parser.add_argument("--time", type=int, metavar="ARTICLES", help="time so many, only")
    chosen = parser.parse_args()
    if chosen.time:
        timed(chosen.time)
        return
    if chosen.train:
        train(chosen.data)
    quality(chosen.data)
    if chosen.speed:
        speed()


# --- quality -----------------------------------------------------------------------


def quality(folder: Path) -> None:
    """B3 F and pair F1 of every set in the folder, beside that of singles only."""
    print(f"{'':40}{'B3 F':>8}{'P':>7}{'R':>7}{'pair F1':>9}{'singles':>9}")
    sets = {
        "ECB+ train": ("ecbplus", "train"),
        "ECB+ dev": ("ecbplus", "dev"),
        "ECB+ train and dev at once": ("ecbplus", ""),
        "BASIL": ("basil", ""),
    }
    for label, (name, split) in sets.items():
        if not (folder / f"{name}.jsonl.gz").is_file():
            print(f"{label}: not there")
            continue
        items, gold = labelled(folder / f"{name}.jsonl.gz", split)
        show(label, cluster(list(gold), links(items, [])), gold)
        if split == "dev" or name == "basil":
            show("  in ten batches", cluster(list(gold), arriving(items, 10)), gold)
            few = thinned((items, gold), random.Random(1))  # noqa: S311 - a sample
            show("  stories of 1 to 10", cluster(list(few[1]), links(few[0], [])), few[1])


def labelled(path: Path, split: str) -> Labelled:
    """The articles of a set with the story of each."""
    items, gold = [], {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if split and row["split"] != split:
                continue
            when = row.get("date")
            published = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
            text = "\n".join(row["sentences"])
            items.append(Item(row["doc_id"], row.get("title", ""), text, published))
            gold[row["doc_id"]] = row["story"]
    return items, gold


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


def show(label: str, groups: Iterable[frozenset[str]], gold: Gold) -> None:
    """One line of the table."""
    found = list(groups)
    b3, precision, recall = b_cubed(found, gold)
    floor = b_cubed([frozenset((key,)) for key in gold], gold)[0]
    pairs = pair_f1(found, gold)
    print(f"{label:40}{b3:8.3f}{precision:7.3f}{recall:7.3f}{pairs:9.3f}{floor:9.3f}", flush=True)


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


# --- training ----------------------------------------------------------------------


def train(folder: Path) -> None:
    """Fit the weights on ECB+ train and write them; show what the weights of a half reach."""
    full = labelled(folder / "ecbplus.jsonl.gz", "train")
    write(fit(full))
    print(
        f"{'weights of the other half of ECB+ train':40}{'B3 F':>8}{'P':>7}{'R':>7}{'pair F1':>9}"
    )
    for seed in range(3):
        parts = halves(full, random.Random(seed))  # noqa: S311 - a sample
        for part, other in (parts, parts[::-1]):
            items, gold = part
            found = linked_by(fit(other), items)
            show(f"  half of the topics, {len(items)} articles", cluster(list(gold), found), gold)


def halves(full: Labelled, dice: random.Random) -> tuple[Labelled, Labelled]:
    """The articles of half of the topics, and those of the others."""
    topics = sorted({story.split("_")[0] for story in full[1].values()})
    chosen = set(dice.sample(topics, len(topics) // 2))
    parts: tuple[list[Item], list[Item]] = ([], [])
    for item in full[0]:
        parts[full[1][item.key].split("_")[0] in chosen].append(item)
    first, second = ((part, {item.key: full[1][item.key] for item in part}) for part in parts)
    return first, second


def fit(full: Labelled) -> Weights:
    """Weights from the candidate pairs of a set, whole and thinned out."""
    import numpy as np  # noqa: PLC0415 - only training needs these
    from scipy.optimize import minimize  # noqa: PLC0415

    samples = [full, *(thinned(full, random.Random(seed)) for seed in range(4))]  # noqa: S311
    parts = [pairs_to_learn(*sample) for sample in samples]
    x = np.concatenate([part[0] for part in parts])
    x = np.column_stack([x, np.ones(len(x))])
    side = np.where(np.concatenate([part[1] for part in parts]), 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        z = side * (x @ weights)
        penalty = weights.copy()
        penalty[-1] = 0.0
        value = np.logaddexp(0, -z).sum() + 0.5 * (penalty**2).sum()
        return value, penalty - x.T @ (side / (1 + np.exp(z)))

    bounds: list[tuple[float | None, float | None]]
    bounds = [(0, None) if sign > 0 else (None, 0) for sign in SIGNS.values()]
    bounds[list(SIGNS).index("gap")] = (GAP, GAP)
    start = np.zeros(x.shape[1])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    return Weights(tuple(round(w, 3) for w in fitted[:-1].tolist()), round(float(fitted[-1]), 3))


def linked_by(weights: Weights, items: Sequence[Item]) -> list[Link]:
    """The links between undated articles by other weights than the shipped ones."""
    found, day, a, b = compared(items)
    likely = scores(found, day, a, b, weights)
    return [
        Link(items[x].key, items[y].key, s) for x, y, s in zip(a, b, likely.tolist(), strict=True)
    ]


# ECB+ has no publication dates, so it cannot teach what a gap of days means. This is set: a
# week lowers the odds to a seventh, which keeps a team's next match apart from the last one.
GAP = -4.0


def pairs_to_learn(items: Sequence[Item], gold: Gold) -> tuple[Any, Any]:
    """The likenesses of all candidate pairs, and which are of one story."""
    found, day, a, b = compared(items)
    same = [gold[items[x].key] == gold[items[y].key] for x, y in zip(a, b, strict=True)]
    return likenesses(measured(found), day, a, b), same


def compared(items: Sequence[Item]) -> tuple[Fields, Any, Any, Any]:
    """The fields of undated articles, their unknown days, and the candidate pairs."""
    import numpy as np  # noqa: PLC0415 - only training needs it

    tokens = tokenise(items)
    found = fields(tokens, lexicon(tokens))
    day = np.full(len(items), np.nan)
    return found, day, *candidates(found.text, day, np.arange(len(items)))


def write(weights: Weights) -> None:
    """Put the weights into the package."""
    content = {
        "trained_on": "ECB+ (Cybulska and Vossen 2014, CC BY 3.0), training part",
        "weights": dict(zip(SIGNS, weights.likeness, strict=True)),
        "intercept": weights.intercept,
    }
    WEIGHTS.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


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
