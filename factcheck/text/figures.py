"""For the modules of the old core alone, which goes: use `factcheck.language` instead."""

from factcheck.language.missing import missing_numbers as missing_figures
from factcheck.language.quantities import numbers_in as figures

__all__ = ["figures", "missing_figures"]
