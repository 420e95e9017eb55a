"""Set articles side by side, without a model and without a verdict.

It sets out where several outlets carry much the same sentence, on whose word, which
numbers and denials to look at, and what stands in one outlet only. It is pure and
deterministic; `docs/reading.md` tells what it can and cannot do.
"""

from factcheck.sidebyside.models import SideBySide
from factcheck.sidebyside.side_by_side import read_side_by_side

__all__ = ["SideBySide", "read_side_by_side"]
