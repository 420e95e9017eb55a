"""Compare two texts of one article: what an editor has to know of the difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from factcheck.digest.compared import QUOTES, make_quote
from factcheck.digest.models import Change, Quote, Role
from factcheck.language.cues import polarity_differs
from factcheck.language.names import missing_names
from factcheck.language.quantities import numbers_in
from factcheck.models import Article, Remark, Sentence
from factcheck.report.words import many

NOTICE = re.compile(
    r"\b(?:an? (?:earlier|previous) version of (?:this|the) (?:article|story|report|headline)"
    r"|corrects? (?:to|the|an?|figure|name|spelling|that)"
    r"|(?:this|the) (?:article|story|report|headline) (?:was|has been) (?:amended|corrected)"
    r"|we (?:wrongly|incorrectly|mistakenly) (?:said|reported|stated|wrote)"
    r"|we (?:have )?(?:corrected|apologi[sz]e))"
    r"|^\W*(?:correction|clarification|editors?[’']? ?s? note|erratum)\b",
    re.IGNORECASE,
)

LABEL = re.compile(
    r"^\W*(?:corrections?|clarification|editors?[’']? ?s? note|erratum)\s*[:–—-]\s*", re.IGNORECASE
)
CORRECTED = Remark(code="article-corrected", text="A published article was corrected.")
Weight = Literal["correction", "content", "wording"]


@dataclass(frozen=True)
class Passage:
    """Sentences that stand in one text where others, or none, stand in the other."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]


@dataclass(frozen=True)
class Edit:
    """What is different between two texts of an article.

    `weight` is "correction" where the new text says that it corrects, "content" where
    figures, names, or a "not" changed, or sentences came or went, else "wording".
    `passages` hold what bears out the weight, in the order of the text.
    """

    before: Article
    after: Article
    weight: Weight
    passages: tuple[Passage, ...]

    @property
    def notice(self) -> str:
        """What announces a correction, up to the end of its passage, without a label; or ""."""
        for passage in self.passages:
            texts = [s.text for s in passage.after]
            start = next((n for n, text in enumerate(texts) if NOTICE.search(text)), None)
            if start is not None:
                words = " ".join(texts[start : start + 3])
                return LABEL.sub("", words) or words
        return ""


def compare_texts(before: Article, after: Article) -> Edit:
    """Compare two texts of an article, sentence by sentence."""
    passages = find_changed(before.sentences, after.sentences)
    notices = [p for p in passages if any(NOTICE.search(s.text) for s in p.after)]
    telling = [p for p in passages if is_telling(p)]
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


def is_telling(passage: Passage) -> bool:
    """Whether figures, names, or a "not" differ, or a side says something on its own."""
    old = " ".join(s.text for s in passage.before)
    new = " ".join(s.text for s in passage.after)
    if not old or not new:
        return True
    return (
        numbers_in(old) != numbers_in(new)
        or bool(missing_names(old, new))
        or bool(missing_names(new, old))
        or polarity_differs(old, new)
        or len(passage.before) != len(passage.after)
    )


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


def describe_difference(edit: Edit) -> Remark:
    """Describe an edit: the figure that changed, or how many sentences did."""
    old = " ".join(s.text for p in edit.passages for s in p.before)
    new = " ".join(s.text for p in edit.passages for s in p.after)
    went, came = numbers_in(old) - numbers_in(new), numbers_in(new) - numbers_in(old)
    if len(went) == len(came) == 1:
        text = f"In a published article {min(went)} became {min(came)}."
        return Remark(code="figure-edited", text=text)
    count = sum(max(len(p.before), len(p.after)) for p in edit.passages)
    text = f"{many(count, 'sentence')} of a published article changed."
    return Remark(code="text-edited", text=text)


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
