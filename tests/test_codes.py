"""The codes beside sentences are the published ones, in kebab-case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from factcheck.fetch.models import Reason
from factcheck.judge.outlets import NO_OUTLET_OF_ITS_OWN
from factcheck.models import Remark

ROOT = Path(__file__).parent.parent
GIVEN = re.compile(
    r"""(?:\bcode=|\.fault\(|notes\.append\(\(|_notes\[)"([^"]+)"   # where one is given
    | \b(?:code\s=\s)(.+)                                            # one of several
    | ^\s+\("([a-z-]+)",\sf?"                                        # a pair with its sentence
    | "([a-z]+-limit)"                                              # a limit of a budget
    """,
    re.VERBOSE | re.MULTILINE,
)
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)*")


def given() -> set[str]:
    """The codes that the source names."""
    found = set()
    for path in (ROOT / "factcheck").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Remark" in text or "_notes" in text:
            for one, several, pair, limit in GIVEN.findall(text):
                found |= {one, pair, limit, *re.findall(r'"([a-z-]+)"', several)} - {""}
    return found


def published() -> set[str]:
    """The codes in the table of `docs/json.md`."""
    _, _, table = (ROOT / "docs" / "json.md").read_text(encoding="utf-8").partition("## Codes")
    cells = [row.split("|")[2] for row in table.splitlines() if row.startswith("| ")]
    return {code for cell in cells for code in re.findall(r"`([^`]+)`", cell)}


def test_the_codes_in_the_documents_are_those_of_the_program() -> None:
    reasons = {reason.lower().replace(" ", "-") for reason in get_args(Reason)}
    assert published() == given() - {"earlier"} | reasons | set(NO_OUTLET_OF_ITS_OWN)


def test_codes_are_kebab_case() -> None:
    assert [code for code in sorted(published()) if not KEBAB.fullmatch(code)] == []


@pytest.mark.parametrize("code", ["", "Not kebab", "under_score", "a--b", "-a", "UPPER"])
def test_no_other_code_can_be_given(code: str) -> None:
    with pytest.raises(ValidationError, match="code"):
        Remark(code=code, text="A sentence.")
