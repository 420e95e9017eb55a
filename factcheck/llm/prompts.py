"""The prompt files: name and values in, text out; and a hash of each for the manifest.

A prompt `x.md` is fixed text, `x.md.j2` a template. Instructions come first and
do not vary, so that endpoints can cache the prefix; no clock, path or random
value ever stands in a prompt.
"""

from __future__ import annotations

import hashlib
from functools import cache

from factcheck.resources import folder, text_environment


@cache
def instructions(name: str) -> str:
    """The fixed text of `prompts/<name>.md`."""
    return (folder("prompts") / f"{name}.md").read_text(encoding="utf-8").strip()


def task(name: str, **values: object) -> str:
    """`prompts/<name>.md.j2` with its values filled in."""
    return text_environment("prompts").get_template(f"{name}.md.j2").render(**values).strip()


def hashes() -> dict[str, str]:
    """File name to the first 12 hex digits of the SHA-256 of each prompt file."""
    files = sorted(path for path in folder("prompts").iterdir() if ".md" in path.suffixes)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
