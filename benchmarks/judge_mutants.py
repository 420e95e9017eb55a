"""Print how many mutants of the judge the tests kill, by module, and name the survivors.

Reads what `mutmut run` left in `mutants/`; `make mutants` runs both. Exits with 1 if nothing
was run or if fewer than nine in ten were killed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOOR = 0.9
SURVIVED, UNTESTED = 0, 33  # exit codes as mutmut keeps them; untested: no test runs the line


def read(path: Path) -> dict[str, int | None]:
    """The exit code of the tests for each mutant of a module."""
    codes: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def main(folder: Path) -> int:
    """Print the table and the survivors; the exit status."""
    total = killed = 0
    left: list[str] = []
    for path in sorted(folder.rglob("*.meta")):
        codes = read(path)
        alive = [name for name, code in codes.items() if code in {SURVIVED, UNTESTED, None}]
        print(f"{path.stem:16} {len(codes) - len(alive):5} of {len(codes):5} killed")
        total, killed = total + len(codes), killed + len(codes) - len(alive)
        left += alive
    if not total:
        print("no mutants: run `mutmut run` first")
        return 1
    print(f"{'together':16} {killed:5} of {total:5} killed: {killed / total:.1%}")
    print(*(f"  survived: {name}" for name in left), sep="\n")
    return 0 if killed / total >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(Path("mutants")))
