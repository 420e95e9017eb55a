"""Whole expected documents: a name and a text in, a failed assertion out where they differ.

`FACTCHECK_REWRITE_GOLD=1 pytest tests/test_render.py tests/reading` writes them anew: read
the difference before it lands.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLD = Path(__file__).parent / "gold"


def expect(name: str, text: str) -> None:
    """Compare a document with the expected one of this name, byte by byte."""
    path = GOLD / name
    if os.environ.get("FACTCHECK_REWRITE_GOLD"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
