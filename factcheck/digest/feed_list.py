"""Add the feeds of a feed reader, from its OPML file, to the sources of a settings file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from factcheck.errors import UsageError
from factcheck.fetch.models import FetchProblem
from factcheck.fetch.urls import canonical_url, shown, target
from factcheck.files import read_bytes, read_text, write_files
from factcheck.language.visible import clean_line

MOST_BYTES = 5_000_000
LONGEST_NAME = 100


@dataclass(frozen=True)
class Listed:
    """A feed of a list: its address, and what the list calls it."""

    url: str
    name: str


@dataclass(frozen=True)
class Imported:
    """Feeds that were added, that the settings had already, and those that cannot be fetched."""

    added: tuple[Listed, ...]
    known: int
    refused: tuple[str, ...]


def read_opml(content: bytes) -> tuple[Listed, ...]:
    """The feeds of an OPML document, in its order, whatever folders they stand in.

    Raises ValueError, in words for people, for what is no OPML. No entity is resolved and
    nothing is loaded.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not XML: {error.msg}") from None
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and doctype.entities():
        raise ValueError("it declares XML entities, which are not read")
    if root.tag.lower() != "opml":
        raise ValueError(f"it is <{clean_line(root.tag)[:40]}>, no OPML")
    outlines = (dict(one.attrib) for one in root.iter("outline"))
    return tuple(
        Listed(
            one["xmlUrl"].strip(),
            clean_line(one.get("title") or one.get("text") or "")[:LONGEST_NAME],
        )
        for one in outlines
        if one.get("xmlUrl")
    )


def import_feeds(config: Path, opml: Path) -> Imported:
    """Add the feeds of a list to the sources of a settings file, which keeps all else as it is.

    Raises UsageError for a file that cannot be used; then nothing is written.
    """
    try:
        feeds = read_opml(read_bytes(opml, MOST_BYTES + 1))
    except ValueError as error:
        raise UsageError(f"{opml}: {error}", "Export the feed list as OPML again.") from None
    if not feeds:
        raise UsageError(f"{opml}: there is no feed in it", "Feeds are outlines with an xmlUrl.")
    text, sources = read_sources(config)
    seen = {canonical_url(str(one.get("feed", ""))) for one in sources}
    added: list[Listed] = []
    refused: list[str] = []
    for feed in feeds:
        try:
            target(feed.url)
        except FetchProblem as problem:
            refused.append(f"{shown(feed.url) or feed.name}: {problem}")
            continue
        if canonical_url(feed.url) not in seen:
            seen.add(canonical_url(feed.url))
            added.append(feed)
    if added:
        write_files({config.resolve(): append_sources(config, text, sources, added)})
    return Imported(tuple(added), len(feeds) - len(added) - len(refused), tuple(refused))


def read_sources(config: Path) -> tuple[str, list[Mapping[str, Any]]]:
    """The text of a settings file, and its sources."""
    try:
        text = read_text(config)
        sources = list_sources(text)
    except FileNotFoundError as error:
        hint = "factcheck digest --init writes one; then import again."
        raise UsageError(f"{config}: no such file", hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{config}: is not valid TOML: {error}", "Fix that first.") from error
    except ValueError as error:
        raise UsageError(f"{config}: {error}", "Fix that first.") from error
    return text, sources


def list_sources(text: str) -> list[Mapping[str, Any]]:
    """The sources in the text of a settings file; raises ValueError where they are none."""
    digest = tomllib.loads(text).get("digest", {})
    sources = digest.get("sources", []) if isinstance(digest, dict) else None
    if not isinstance(sources, list) or not all(isinstance(one, dict) for one in sources):
        raise ValueError("digest.sources is no list of sources")
    return sources


def append_sources(
    config: Path, text: str, sources: Sequence[Mapping[str, Any]], added: Iterable[Listed]
) -> str:
    """The text with tables for more feeds at its end, or with more entries in its list of sources.

    Raises UsageError where the file is written so that neither adds them and nothing else.
    """
    tables = [{"feed": one.url} | ({"name": one.name} if one.name else {}) for one in added]
    rows = [[f"{key} = {write_string(value)}" for key, value in one.items()] for one in tables]
    blocks = ("\n".join(["[[digest.sources]]", *some]) for some in rows)
    entries = ", ".join(f"{{ {', '.join(some)} }}" for some in rows)
    in_list = re.sub(
        r"^(digest\.)?sources\s*=\s*\[",
        lambda m: f"{m[0]}{entries}, ",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    behind = "\n\n".join([text.rstrip(), *blocks]).lstrip() + "\n"
    for longer, wanted in ((behind, [*sources, *tables]), (in_list, [*tables, *sources])):
        with suppress(ValueError):
            if list_sources(longer) == wanted:
                return longer
    raise UsageError(
        f"{config}: no source can be added to what stands there",
        "Write each source of [digest] as a table of its own, [[digest.sources]].",
    )


def write_string(text: str) -> str:
    """A text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
