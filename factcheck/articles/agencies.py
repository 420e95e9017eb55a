"""News agencies by the names under which they are credited: a text in, a short name out."""

from __future__ import annotations

import re
from collections.abc import Mapping

AGENCIES: Mapping[str, str] = {
    "Reuters": r"Thomson Reuters|Reuters|REUTERS",
    "AP": r"The Associated Press|Associated Press|AP",
    "AFP": r"Agence[- ]France[- ]Presse|AFP",
    "Bloomberg": r"Bloomberg(?: News)?|BLOOMBERG",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "PA": r"PA Media|Press Association|PA",
    "UPI": r"United Press International|UPI",
    "TASS": r"TASS|Tass",
    "RIA Novosti": r"RIA Novosti",
    "Interfax-Ukraine": r"Interfax-Ukraine",
    "Interfax": r"Interfax",
    "Ukrinform": r"Ukrinform",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "Anadolu": r"Anadolu(?: Agency)?",
    "ANSA": r"ANSA",
    "EFE": r"EFE",
    "PTI": r"Press Trust of India|PTI",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "Belga": r"Belga",
}
ANY_AGENCY = "|".join(AGENCIES.values())

_NAMED = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in AGENCIES.items())


def agency_in(text: str) -> str:
    """The first known agency that a credit names, by its usual short name; else ""."""
    hits = []
    for name, pattern in _NAMED:
        match = pattern.search(text)
        if match:
            hits.append((match.start(), -len(match.group()), name))
    return min(hits)[2] if hits else ""
