"""For the modules of the old core alone, which goes: use `factcheck.language` instead."""

from factcheck.language.agreement import compare
from factcheck.language.quantities import Quantity, quantities

__all__ = ["comparable", "compatible", "quantities"]


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether both measure alike, and count the same thing where told."""
    same_kind = not a.base or not b.base or a.base == b.base
    return same_kind and compare(a, b) != "incomparable"


def compatible(a: Quantity, b: Quantity) -> bool:
    """Whether both may hold of one thing."""
    return compare(a, b) in ("equal", "compatible")
