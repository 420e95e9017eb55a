"""Compare two texts of one article: what an editor has to know of the difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

from factcheck.digest.compared import QUOTES, make_quote
from factcheck.digest.models import Change, Quote, Role
from factcheck.language.calendar import count_named
from factcheck.language.cues import polarity_differs
from factcheck.language.names import missing_names
from factcheck.language.quantities import Quantity, numbers_in, quantities
from factcheck.language.words import words
from factcheck.models import Article, Remark, Sentence
from factcheck.report.words import many

NOTICE = re.compile(
    r"\b(?:an? (?:earlier|previous) version of (?:this|the) (?:article|story|report|headline)"
    r"|(?:this|article|story|report|version|(?:updated|amended|edited|changed) to) "
    r"corrects? (?:to|the|an?|figure|name|spelling|that)"
    r"|(?:this|the) (?:article|story|report|headline) (?:was|has been) (?:amended|corrected)"
    r"|we (?:wrongly|incorrectly|mistakenly) (?:said|reported|stated|wrote)"
    r"|we (?:have )?(?:corrected|apologi[sz]e))"
    r"|^\W*(?:correction|clarification|editors?[’']? ?s? note|erratum)\b",
    re.IGNORECASE,
)

LABEL = re.compile(
    r"^\W*(?:corrections?|clarification|editors?[’']? ?s? note|erratum)\s*[:–—-]\s*", re.IGNORECASE
)
WHOLE = re.compile(r"[.!?…。！？।]\W*$")  # noqa: RUF001 (Chinese, Hindi)
"""The end of a whole sentence, also in a quotation."""
BROKEN = re.compile(r"[\s\[(]*(?:…|\.{2,})[\])]*$")
"""The end of a sentence that is broken off."""
STAMP = re.compile(
    r"^\W*(?:first |last |originally )*(?:published|posted|updated|modified)\b.{0,80}$",
    re.IGNORECASE,
)
SHARED = 0.6
"""How much of the words of two sentences is the same where one stands for the other."""
SAME = 0.8
"""The same, where a figure alone is told."""
CORRECTED = Remark(code="article-corrected", text="A published article was corrected.")
WITHDRAWN = Remark(
    code="article-withdrawn", text="Withdrawn by the outlet: its page is not there any more."
)
Weight = Literal["correction", "content", "wording"]


@dataclass(frozen=True)
class Passage:
    """Sentences that stand in one text where others, or none, stand in the other."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]

    @property
    def sides(self) -> tuple[str, str]:
        """Both as plain texts."""
        old, new = (" ".join(s.text for s in side) for side in (self.before, self.after))
        return old, new


@dataclass(frozen=True)
class Edit:
    """What is different between two texts of an article.

    `weight` is "correction" where the new text says that it corrects, "content" where
    figures, names, days, or a "not" changed, or sentences came or went, else "wording".
    `passages` hold what bears out the weight, in the order of the text.
    """

    before: Article
    after: Article
    weight: Weight
    passages: tuple[Passage, ...]

    @property
    def notice(self) -> str:
        """What announces a correction, up to the end of its paragraph, without a label; or ""."""
        for passage in self.passages:
            opening = next((s for s in passage.after if NOTICE.search(s.text)), None)
            if opening is not None:
                texts = [
                    s.text
                    for s in passage.after
                    if s.paragraph == opening.paragraph and s.number >= opening.number
                ]
                words = " ".join(texts[:3])
                return LABEL.sub("", words) or words
        return ""


def compare_texts(before: Article, after: Article) -> Edit:
    """Compare two texts of an article, sentence by sentence."""
    passages = find_changed(before.sentences, after.sentences)
    notices = [p for p in passages if any(NOTICE.search(s.text) for s in p.after)]
    edges = find_edges(before.sentences) | find_edges(after.sentences)
    language = after.language
    telling = [
        p for p in passages if is_telling(p, language) and not {*p.before, *p.after} <= edges
    ]
    weight: Weight = "correction" if notices else "content" if telling else "wording"
    kept = [p for p in passages if p in notices or p in telling]
    return Edit(before, after, weight, tuple(kept or passages))


def find_changed(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[Passage]:
    """The passages in which two texts differ, white space aside."""
    old, new = ([" ".join(s.text.split()) for s in text] for text in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Passage(tuple(before[a:b]), tuple(after[c:d]))
        for tag, a, b, c, d in blocks
        if tag != "equal"
    ]


def find_edges(sentences: Sequence[Sentence]) -> frozenset[Sentence]:
    """Lines before the first and after the last whole sentence: counters, links; and stamps."""
    body = [s for s in sentences if s.kind == "body"]
    whole = [n for n, s in enumerate(body) if WHOLE.search(s.text)]
    edges = (*body[: whole[0]], *body[whole[-1] + 1 :]) if whole else ()
    stamps = (s for s in sentences if STAMP.search(s.text) and not WHOLE.search(s.text))
    return frozenset((*edges, *stamps))


def is_telling(passage: Passage, language: str) -> bool:
    """Whether figures, names, days, or a "not" differ, or a side says something on its own."""
    old, new = passage.sides
    return (
        numbers_in(old) != numbers_in(new)
        or any(
            count_named(name, language).total() < len(name.split())
            for name in (*missing_names(old, new), *missing_names(new, old))
        )
        or polarity_differs(old, new)
        or is_day_changed(old, new, language)
        or len(passage.before) != len(passage.after)
    )


def is_day_changed(old: str, new: str, language: str) -> bool:
    """Whether a day of the week or a month became another; one that only came or went did not."""
    before, after = (count_named(text, language) for text in (old, new))
    gone, come = ({name.split()[0] for name in one} for one in (before - after, after - before))
    return not gone.isdisjoint(come)


def is_fact_changed(before: Article, after: Article) -> bool:
    """Whether facts, as in `is_telling`, differ in a sentence that both have, or one corrects.

    So a page is compared with the text in its feed, which may have less of it or more.
    """
    changed = find_changed(before.sentences, after.sentences)
    pairs = (
        Passage((old,), (new,))
        for passage in changed
        for old in passage.before
        for new in passage.after
        if count_shared(old.text, new.text) >= SHARED
    )
    noticed = (NOTICE.search(new.text) for passage in changed for new in passage.after)
    return any(noticed) or any(is_telling(pair, after.language) for pair in pairs)


def is_told(edit: Edit, known: Article) -> bool:
    """Whether another text of the article has what an edit put in, and not what it took out."""
    texts = {" ".join(s.text.split()) for s in known.sentences}
    return all(
        {" ".join(s.text.split()) for s in passage.after} <= texts
        and (passage.after or texts.isdisjoint(" ".join(s.text.split()) for s in passage.before))
        for passage in edit.passages
    )


def is_opening(before: Article, after: Article) -> bool:
    """Whether a text is only how the one before begins, as a page shows it that is to be paid for.

    It says so or breaks off within a sentence, else less than half of it is left: an article of
    which the outlet took out the end is edited.
    """
    edges = find_edges(before.sentences) | find_edges(after.sentences)
    old, new = ([s.text for s in one.sentences if s not in edges] for one in (before, after))
    shown = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False)))
    if not shown or shown == len(old):
        return False
    rest = new[shown:]
    broken = any(is_start(one, old[shown]) for one in rest[:1])
    walled = broken or (after.genre == "paywall" != before.genre)
    return len(rest) == broken and (walled or 2 * len(after.text) < len(before.text))


def is_start(part: str, sentence: str) -> bool:
    """Whether a sentence was broken off: what is left of it ends in dots."""
    return bool(BROKEN.search(part)) and sentence.startswith(BROKEN.sub("", part))


def count_shared(old: str, new: str) -> float:
    """The share of the words of two sentences, 0 to 1, that stand in both in the same order."""
    return SequenceMatcher(None, words(old), words(new), autojunk=False).ratio()


# --- as changes ---------------------------------------------------------------------------------


def describe_edit(story: str, edit: Edit, back: str = "") -> Change:
    """The change for an edited article, which may take something back."""
    outlet = edit.after.label
    corrects = edit.weight == "correction" or bool(back)
    title = back or edit.after.title or edit.after.source
    return Change(
        kind="corrected" if corrects else "edited",
        story=story,
        text=f"{outlet}: {edit.notice or title}",
        detail=CORRECTED if corrects else describe_difference(edit),
        quotes=quote_edit(edit),
    )


def describe_withdrawal(story: str, article: Article) -> Change:
    """The change for an article whose page is gone."""
    text = f"{article.label}: {article.title or article.source}"
    return Change(kind="corrected", story=story, text=text, detail=WITHDRAWN)


def describe_difference(edit: Edit) -> Remark:
    """Describe an edit: the figure that changed, as printed, or how many sentences did or went."""
    figures = {f for p in edit.passages if (f := find_figures(p)) != ("", "")}
    if len(figures) == 1 and None not in figures:
        [(old, new)] = filter(None, figures)
        text = f"In a published article {old} became {new}."
        return Remark(code="figure-edited", text=text)
    count = sum(max(len(p.before), len(p.after)) for p in edit.passages)
    if not any(p.after for p in edit.passages):
        verb = "is" if count == 1 else "are"
        text = f"Shortened: {many(count, 'sentence')} {verb} no longer there."
        return Remark(code="text-shortened", text=text)
    text = f"{many(count, 'sentence')} of a published article changed."
    return Remark(code="text-edited", text=text)


def find_figures(passage: Passage) -> tuple[str, str] | None:
    """The figure of a sentence and the one that took its place, as printed.

    Empty where all figures are as they were, None where it is not so plain: the sentence has to
    be the same in nearly all other words.
    """
    old, new = passage.sides
    if numbers_in(old) == numbers_in(new):
        return "", ""
    gone = [q for q in quantities(old) if q.ends not in {other.ends for other in quantities(new)}]
    come = [q for q in quantities(new) if q.ends not in {other.ends for other in quantities(old)}]
    single = len(passage.before) == len(passage.after) == len(gone) == len(come) == 1
    if not single or count_shared(blank(old, gone[0]), blank(new, come[0])) < SAME:
        return None
    return gone[0].text, come[0].text


def blank(text: str, figure: Quantity) -> str:
    """A text without a figure."""
    return text[: figure.start] + text[figure.end :]


def quote_edit(edit: Edit) -> tuple[Quote, ...]:
    """Before and after, in turn; the headline only where nothing else changed."""
    body = [p for p in edit.passages if any(s.kind != "headline" for s in (*p.before, *p.after))]
    found = []
    for passage in (body or edit.passages)[:QUOTES]:
        sides: tuple[tuple[Article, Sequence[Sentence], Role], ...] = (
            (edit.before, passage.before, "before"),
            (edit.after, passage.after, "after"),
        )
        for article, sentences, role in sides:
            told = [s.text for s in sentences if s.kind != "headline" or not body]
            if told:
                found.append(make_quote(article, " ".join(told[:3]), role=role))
    return tuple(found)
