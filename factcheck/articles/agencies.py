"""The news agencies that are known, by the names and abbreviations that credits give them."""

from __future__ import annotations

import re

# In the order in which they are looked for: the longer of two names first.
_AGENCIES = {
    "Reuters": r"Thomson Reuters|Reuters|REUTERS",
    "AP": r"(?:The |THE )?(?:Associated Press|ASSOCIATED PRESS)|AP",
    "AFP": r"Agence[- ]France[- ]Presse|AFP",
    "Bloomberg": r"Bloomberg(?: News)?|BLOOMBERG",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "PA": r"PA Media|Press Association|PA",
    "UPI": r"United Press International|UPI",
    "TASS": r"TASS|Tass",
    "Kyodo": r"Kyodo(?: News)?",
    "Anadolu": r"Anadolu(?: Agency)?",
    "PTI": r"Press Trust of India|PTI",
    "The Canadian Press": r"(?:The )?Canadian Press",
    "Europa Press": r"Europa Press|EUROPA PRESS",
    "Keystone-SDA": r"Keystone-SDA|KEYSTONE-SDA|Keystone-ATS",
    "Lusa": r"Lusa|LUSA",
    "ČTK": r"ČTK|CTK",
    **{name: name for name in ("RIA Novosti", "Interfax-Ukraine", "Interfax", "Ukrinform")},
    **{name: name for name in ("Xinhua", "Yonhap", "ANSA", "EFE", "ANI", "IANS", "Belga", "PAP")},
    **{name: name for name in ("NTB", "TT", "Ritzau", "APA", "STT", "MTI")},
}
ANY_AGENCY = "|".join(_AGENCIES.values())
_SIGNED = re.compile(rf"(?:{ANY_AGENCY})(?: Staff| News Agency)?")
_NAMED = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in _AGENCIES.items())


def find_agency(text: str) -> str:
    """The first known agency that a credit names, by its usual short name; else ""."""
    found = ((name, pattern.search(text)) for name, pattern in _NAMED)
    hits = [(match.start(), -len(match[0]), name) for name, match in found if match]
    return min(hits)[2] if hits else ""


def find_signed_agency(byline: str) -> str:
    """The agency that a byline names alone or beside a person: "Reuters Staff", "A. Roth, dpa"."""
    parts = re.split(r"\s*[,|/()]\s*", byline)
    return next((find_agency(part) for part in parts if _SIGNED.fullmatch(part)), "")


def is_agency(byline: str) -> bool:
    """Whether a byline names an agency and nobody else."""
    return _SIGNED.fullmatch(byline) is not None
