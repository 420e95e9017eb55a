"""Keys and passwords taken out of text that is shown, logged or recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable

SECRET = re.compile(
    # Prefixes of known services; keys hold digits or come starred, hyphenated words do not.
    r"\b(?:sk|pk|rk|gsk|xai|ghp|hf|key)[-_](?=[\w*.…-]{0,200}[\d*])[\w*.…-]{6,}"
    r"|\b(?i:bearer|basic)\s+(?=\S{0,200}\d)[\w.~+/*-]{8,}=*"
    r"|(?<=://)[^\s/@:]+:[^\s/@]+(?=@)"
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the given secrets and without anything that looks like a key."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return SECRET.sub("***", text)
