"""Whole expected documents: a name and a text in, a failed assertion out where they differ.

`FACTCHECK_REWRITE_GOLD=1 pytest tests/test_report.py tests/sidebyside tests/publish` writes them
anew: read the difference before it lands. Style sheets and scripts stand in `templates/`, and are
left out here with the hash that allows the script.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

INLINE = re.compile(r"(<(?:style|script)>).*?(</(?:style|script)>)", re.DOTALL)
HASH = re.compile(r"'sha256-[^']*'")
GOLD = Path(__file__).parent / "gold"


def expect(name: str, text: str) -> None:
    """Compare a document with the expected one of this name, but for its styles and scripts."""
    if name.endswith(".html"):
        text = HASH.sub("'sha256-'", INLINE.sub(r"\1\2", text))
    path = GOLD / name
    if os.environ.get("FACTCHECK_REWRITE_GOLD"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
