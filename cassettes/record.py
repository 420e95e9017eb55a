"""Record the cassettes again: `make record`.

The endpoint is OPENAI_BASE_URL. Whatever answers there, the model is recorded under
a name that says how the answers came about: NAME below, or FACTCHECK_MODEL.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from factcheck import run, show
from factcheck.errors import FactcheckError

ROOT = Path(__file__).parent.parent
SETS = {"seeds": ROOT / "seeds", "ferry": ROOT / "tests" / "stories" / "ferry"}
NAME = "answers-written-by-hand"


def main() -> int:
    """Record the sets named on the command line, or all."""
    flags = {"model.name": os.environ.get("FACTCHECK_MODEL", NAME), "model.timeout": 7200.0}
    for name in sys.argv[1:] or SETS:
        try:
            with show.progress() as progress:
                result = run.report(
                    [SETS[name]],
                    run.settings(flags=flags),
                    record=ROOT / "cassettes" / f"{name}.yaml",
                    progress=progress,
                )
        except FactcheckError as error:
            sys.stderr.write(f"{name}: {error.message}\n{error.hint}\n")
            return error.exit_code
        show.summary(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
