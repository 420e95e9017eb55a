"""Show an article to a model as a numbered frame of plain lines.

The frame is the only thing that may carry numbers and `##`. What an article says can
look like it ("[12] ...", "## TASK"): such a start is shown behind a backslash. Only the
shown form changes; the sentences stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from factcheck.models import Article, Sentence

CONTEXT = "(context, not to be read for claims)"
_FRAME = re.compile(
    r"\[\s*\d|#|\((?:headline|standfirst|caption|context|at)\b|ARTICLE\s+a?\d"
    r"|(?i:article)\s+a?\d+\s*\||[A-Z][A-Z ]{2,30}:"
    r"|(?i:system|user|assistant|task|human|developer)\s*:|<|```|~~~|---|===|\\"
)
_FORGED = re.compile(
    r"\[\s*\d|##|(?i:article)\s+a?\d+\s*\||(?i:system|user|assistant|developer)\s*:|<\W*\w+>|\\"
)

UNKNOWN_OUTLET = "unknown outlet"


def numbered(article: Article, start: int = 1, stop: int | None = None) -> str:
    """The article as the model sees it, sentences `start` to `stop`, both included.

    One line a sentence, `[7] text`, an empty line between paragraphs; section heads as
    `## head` before their first sentence. With `start` above 1 the lead (the first two
    sentences) and the two sentences before the window stand first, without numbers, as
    context. Of a live entry the first sentence carries its time.
    """
    window = article.sentences[start - 1 : stop]
    lines = [_show_title(article)]
    lead = {sentence.number for sentence in article.sentences[:2]}
    before = [
        s for s in article.sentences[: start - 1] if s.number in lead or s.number >= start - 2
    ]
    if before:
        lines += [CONTEXT, *(_show_kind(s) + escape_frame(s.text) for s in before), ""]
    section = moment = ""
    paragraph = window[0].paragraph if window else 0
    for sentence in window:
        if sentence.paragraph != paragraph:
            lines.append("")
        paragraph = sentence.paragraph
        if sentence.section and sentence.section != section:
            lines.append(f"## {escape_frame(sentence.section)}")
        section = sentence.section
        at = f"(at {escape_frame(sentence.moment)}) " if sentence.moment != moment else ""
        moment = sentence.moment
        label = _show_kind(sentence) + (at if moment else "")
        lines.append(f"[{sentence.number}] {label}{escape_frame(sentence.text)}")
    return "\n".join(lines)


def windows(article: Article, size: int) -> tuple[tuple[int, int], ...]:
    """Split a long article into (start, stop) ranges of at most `size` sentences.

    Numbers count from 1 and both ends are included, as in `numbered`. A window ends
    with a paragraph where one ends in its second half. Every sentence is in one window.
    """
    if size < 1:
        raise ValueError("a window needs at least one sentence")
    ranges, start, last = [], 1, len(article.sentences)
    while start <= last:
        stop = min(start + size - 1, last)
        if stop < last:
            stop = _find_paragraph_end(article.sentences, start, stop)
        ranges.append((start, stop))
        start = stop + 1
    return tuple(ranges)


def escape_frame(text: str) -> str:
    """`text` on one line; a start that looks like a part of the frame gets a backslash."""
    line = " ".join(text.split())
    return "\\" + line if looks_like_frame(line) else line


def _show_kind(sentence: Sentence) -> str:
    return "" if sentence.kind == "body" else f"({sentence.kind}) "


def _show_title(article: Article) -> str:
    fields = ["ARTICLE " + article.id, article.outlet or UNKNOWN_OUTLET, format_time(article)]
    if article.agency and article.agency != article.outlet:
        fields.append(f"agency credit: {article.agency}")
    return " | ".join(" ".join(field.replace("|", "/").split()) for field in fields)


def format_time(article: Article) -> str:
    """The publication time for a person: a day, a clock, or a clock with its zone.

    "2025-10-11", "2025-10-11 20:45" where the zone is not known, else "2025-10-11 20:45
    UTC+01:00" (the JSON of a report keeps offsets, not the names of zones); with a later change.
    """
    time = article.published
    if time is None:
        return "time unknown"
    if article.published_precision == "day":
        return time.strftime("%Y-%m-%d")
    clock = time.strftime("%Y-%m-%d %H:%M")
    offset = time.isoformat()[-6:].replace("+00:00", "")
    told = f"{clock} UTC{offset}" if article.zone_known else clock
    later = article.later_day
    return told if later is None else f"{told}, changed {later:%Y-%m-%d %H:%M}"


def _find_paragraph_end(sentences: tuple[Sentence, ...], start: int, stop: int) -> int:
    """The last paragraph end in the second half of a window, else its own end."""
    for end in range(stop, start + (stop - start) // 2 - 1, -1):
        if sentences[end - 1].paragraph != sentences[end].paragraph:
            return end
    return stop


def looks_like_frame(text: str) -> bool:
    """Whether a line starts as a part of the frame does, also in letters that look alike."""
    return _FRAME.match(unicodedata.normalize("NFKC", text[:60])) is not None


def is_forged(text: str) -> bool:
    """Whether a line starts as only the frame does, never the headline of a story."""
    return _FORGED.match(unicodedata.normalize("NFKC", text[:60])) is not None
