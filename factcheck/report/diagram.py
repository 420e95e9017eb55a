"""Who told whom, as a drawing: an indexed report in, places of names and lines out, and words.

Sources stand on the left, relays (outlets that an account came through) between, articles on
the right; a line is as thick as it stands for findings. Units are CSS pixels. The words say
all that is drawn, for whoever does not see it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from factcheck.models import Voice
from factcheck.report import words
from factcheck.report.entries import Lookup
from factcheck.report.view import Diagram, Name

MOST_SOURCES = 10
ROW, TOP = 24, 16
LEFT, RELAY, RELAY_END, RIGHT = 250, 330, 450, 540
OWN = frozenset({"outlet", "author"})

Telling = tuple[str, str, str]
"""Key of the source, relay ("" for none), article."""


def is_told(voice: Voice) -> bool:
    """Whether a voice passes on what somebody else said."""
    return voice.origin.kind not in OWN and voice.stance == "asserts" and voice.relation != "stand"


def tellings(found: Lookup) -> Counter[Telling]:
    """How many findings each source told each article, by the relay nearest to the article.

    A relay is one in any case of letters, and called as it is first.
    """
    relays: dict[str, str] = {"": ""}
    told = set()
    for finding in found.report.findings:
        for voice in filter(is_told, finding.voices):
            nearest = voice.via[0] if voice.via else ""
            relay = relays.setdefault(nearest.casefold(), nearest)
            told.add((finding.id, (voice.origin.key, relay, voice.article)))
    return Counter(telling for _, telling in told)


def source_names(found: Lookup) -> dict[str, str]:
    """What each source is called, by its key: the body that it speaks for, else its label."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for finding in found.report.findings:
        for voice in filter(is_told, finding.voices):
            names[voice.origin.key][voice.origin.side or voice.origin.label] += 1
    return {key: min(some, key=lambda name: (-some[name], name)) for key, some in names.items()}


def most_heard(told: Mapping[Telling, int]) -> list[str]:
    """The keys of all sources: in most articles first, then in most findings."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    findings: Counter[str] = Counter()
    for (source, _, article), count in told.items():
        articles[source].add(article)
        findings[source] += count
    return sorted(findings, key=lambda one: (-len(articles[one]), -findings[one], one))


def spread(keys: Iterable[str], rows: int) -> dict[str, int]:
    """The height of each of these, evenly over a number of rows."""
    some = list(keys)
    return {
        key: TOP + round(ROW * (rows * (n + 0.5) / len(some) - 0.5)) for n, key in enumerate(some)
    }


def curve(x1: int, y1: int, x2: int, y2: int) -> str:
    """A line from left to right that leaves and arrives level."""
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"


def strokes(
    told: Mapping[Telling, int], heights: Sequence[Mapping[str, int]]
) -> tuple[tuple[str, int], ...]:
    """The lines: from a source to an article, or to a relay and from there."""
    sources, relays, articles = heights
    counts: Counter[str] = Counter()
    for (source, relay, article), count in told.items():
        start, end = sources[source], articles[article]
        if relay:
            counts[curve(LEFT, start, RELAY, relays[relay])] += count
            counts[curve(RELAY_END, relays[relay], RIGHT, end)] += count
        else:
            counts[curve(LEFT, start, RIGHT, end)] += count
    return tuple((path, 1 + min(count // 3, 6)) for path, count in counts.items())


def in_words(found: Lookup, told: Mapping[Telling, int], source: str, name: str) -> str:
    """What one source told, as a sentence."""
    parts = [
        f"{found.names[article]}{relay and f' (via {relay})'}, {words.many(count, 'finding')}"
        for (key, relay, article), count in told.items()
        if key == source
    ]
    return f"{name} to {'; to '.join(parts)}."


def who_told_whom(found: Lookup, order: Sequence[str]) -> Diagram | None:
    """The drawing for articles in an order; None where no article passes on a source."""
    everything = tellings(found)
    heard = most_heard(everything)
    if not heard:
        return None
    shown, names = heard[:MOST_SOURCES], source_names(found)
    told = {one: everything[one] for one in sorted(everything) if one[0] in shown}
    between = sorted({relay for _, relay, _ in told if relay})
    rows = max(len(shown), len(order), len(between))
    heights = sources, relays, articles = [spread(some, rows) for some in (shown, between, order)]
    groups = [group.articles for group in found.report.groups if len(group.articles) > 1]
    return Diagram(
        names=(
            *(Name(names[key], LEFT - 6, y, ends=True) for key, y in sources.items()),
            *(Name(key, RELAY + 4, y, ends=False) for key, y in relays.items()),
            *(Name(found.names[key], RIGHT + 8, y, ends=False) for key, y in articles.items()),
        ),
        strokes=strokes(told, heights),
        joined=tuple(
            f"M{RIGHT + 3} {min(articles[i] for i in some) - 8}"
            f"V{max(articles[i] for i in some) + 8}"
            for some in groups
        ),
        height=TOP + ROW * rows,
        told=tuple(in_words(found, told, key, names[key]) for key in shown),
        more=len(heard) - len(shown),
    )
