"""The prompt files: name and values in, text out; and a hash of each for the manifest.

A prompt `x.md` is fixed text, `x.md.j2` a template. Instructions come first and
do not vary, so that endpoints can cache the prefix; no clock, path or random
value ever stands in a prompt.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from factcheck.resources import folder

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The strict text environment over the prompts folder: an unknown variable is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    return Environment(
        loader=FileSystemLoader(folder("prompts")),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (prompts are plain text for a model, not HTML)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


@cache
def instructions(name: str) -> str:
    """The fixed text of `prompts/<name>.md`."""
    return (folder("prompts") / f"{name}.md").read_text(encoding="utf-8").strip()


def task(name: str, **values: object) -> str:
    """`prompts/<name>.md.j2` with its values filled in."""
    return environment().get_template(f"{name}.md.j2").render(**values).strip()


def hashes() -> dict[str, str]:
    """File name to the first 12 hex digits of the SHA-256 of each prompt file."""
    files = sorted(path for path in folder("prompts").iterdir() if ".md" in path.suffixes)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
