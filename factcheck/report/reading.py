"""A side-by-side reading in, its page out: what the reading templates show."""

from __future__ import annotations

from factcheck.report import words
from factcheck.report.audit import made
from factcheck.report.layout import tell_grouped
from factcheck.report.reading_entries import Index, alone, block, denial, matrix, texts
from factcheck.report.reading_first_page import first_page, plain_text
from factcheck.report.view import Link
from factcheck.sidebyside.models import SideBySide

COMMAND = "factcheck"
LEAD = "Sets what {} about one event side by side, by their words alone. Nothing is judged."
INTRO = (
    "No language model was used, and nothing was judged, counted as independent or rewritten. "
    "Sentences were split and numbered; sentences of different articles whose rarer words, names "
    "and numbers cover each other were set side by side; attributions, numbers and denials were "
    "found by fixed rules for English. In other languages only names and numbers are compared. "
    "Rules of this kind miss paraphrases, and they can misread a source: the sentence stands "
    "beside everything that was found in it."
)
LEGEND = {
    "Nearly the same words": "most runs of three words are the same; perhaps a shared copy.",
    "Much the same": "most of the rarer words are the same.",
    "In part": "one says a part of the other, or they share a core. Read both.",
    "Close to another one": "close to another passage of the set, not to the first.",
    "No attribution found": "no rule found a source; that is not the outlet's own voice.",
    "Carried over": "a quotation that runs on; the source is named in a sentence before.",
}


def notices(found: Index) -> tuple[str, ...]:
    """What the reader must know before anything else."""
    reading = found.reading
    lines = ["No model read the articles: sentences stand side by side, and nothing is judged."]
    lines += words.tell_unread(reading.excluded)
    if len(reading.articles) < 2:
        lines.append("There are fewer than two articles, so nothing can be set side by side.")
    foreign = [one.id for one in reading.articles if one.language[:2] != "en"]
    if foreign:
        listed = words.join_items(found.names[article] for article in foreign)
        lines.append(f"Compared by names and numbers only, for the language: {listed}.")
    lines += [
        f"{found.names[one.article]} shares almost no names with the other articles "
        f"({len(one.shared)} of {one.names}): it may be about something else."
        for one in reading.strangers
    ]
    return (*lines, *words.texts(reading.manifest.notes))


def grouping(found: Index) -> tuple[str, ...]:
    """Which articles belong to one outlet, share an agency's text or are near copies."""
    several = (group for group in found.reading.groups if len(group.articles) > 1)
    together = (tell_grouped(group, found.names, "belong together") for group in several)
    return (f"{words.many(len(found.articles), 'article')}.", *together)


def tally(reading: SideBySide) -> tuple[Link, ...]:
    """What was found, in words."""
    counts = (
        (len(reading.clusters), "set", " of sentences side by side", "#clusters"),
        (len(reading.comparisons), "number", " to compare", "#numbers"),
        (len(reading.denials), "denial", " quoted", "#denials"),
        (len(reading.singles), "sentence", " in one article only", "#alone"),
    )
    return tuple(
        Link(words.many(number, noun) + what, href) for number, noun, what, href in counts if number
    )


def hint(line: str) -> tuple[str, str]:
    """A hint of `discovery.setup_hints`, parted into what it says and the command that ends it."""
    said, mark, command = line.partition(f": {COMMAND} ")
    return (f"{said}:", f"{COMMAND} {command}") if mark else (line, "")


def terminal_page(reading: SideBySide, width: int) -> str:
    """The first page as plain text within so many columns."""
    found = Index(reading)
    return plain_text(first_page(found, notices(found)), width)


class ReadingPage:
    """The whole document; raises KeyError where a reading refers to what it does not hold."""

    intro, legend = INTRO, LEGEND

    def __init__(self, reading: SideBySide) -> None:
        found = Index(reading)
        self.reading, self.names, self.articles = reading, found.names, found.articles
        self.lead = LEAD.format(words.articles_say(len(reading.articles)))
        self.first = first_page(found, notices(found))
        self.hints = tuple(map(hint, reading.hints))
        self.tally = tally(reading)
        self.grouping = grouping(found)
        self.texts = tuple(texts(found))
        self.blocks = tuple(block(found, one) for one in reading.clusters)
        self.denials = tuple(denial(found, one) for one in reading.denials)
        self.alone = alone(found)
        self.matrix = matrix(found)
        self.facts = made(reading.manifest, reading.schema_)
