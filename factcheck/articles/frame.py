"""The marks of the frame in which a model sees an article, and text that imitates them."""

from __future__ import annotations

import re
import unicodedata

CONTEXT = "(context, not to be read for claims)"
_FRAME = re.compile(
    r"\[\s*\d|#|\((?:headline|standfirst|caption|context|at)\b|ARTICLE\s+a?\d"
    r"|(?i:article)\s+a?\d+\s*\||[A-Z][A-Z ]{2,30}:"
    r"|(?i:system|user|assistant|task|human|developer)\s*:|<|```|~~~|---|===|\\"
)
_FORGED = re.compile(
    r"\[\s*\d|##|(?i:article)\s+a?\d+\s*\||(?i:system|user|assistant|developer)\s*:|<\W*\w+>|\\"
)


def looks_like_frame(text: str) -> bool:
    """Whether a line starts as a part of the frame does, also in letters that look alike."""
    return _FRAME.match(unicodedata.normalize("NFKC", text[:60])) is not None


def is_forged(text: str) -> bool:
    """Whether a line starts as only the frame does, never the headline of a story."""
    return _FORGED.match(unicodedata.normalize("NFKC", text[:60])) is not None
