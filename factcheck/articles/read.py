"""Read files and folders into clean numbered articles, and tell which inputs are none.

Folders are read recursively, in the order of names; only .txt, .md, .html and .htm
files are taken, and a README without an outlet in its front matter is left out, for it
describes the folder. `name.meta.yaml` beside `name.txt` gives or overrides metadata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from factcheck.articles.build import article_from_text
from factcheck.articles.decode import decode
from factcheck.articles.formats import FORMATS, read_document, read_sidecar
from factcheck.errors import UsageError
from factcheck.models import Article, ArticleWarning, Excluded

SIDECAR = ".meta.yaml"


@dataclass(frozen=True)
class _Input:
    path: Path
    source: str


def read_articles(paths: Sequence[Path]) -> tuple[tuple[Article, ...], tuple[Excluded, ...]]:
    """Read files and folders, in the order given; ids `a1`... go to the articles kept.

    Excluded are files that are empty, unreadable, only furniture, or word for word the
    text of an earlier one under the same name or none; reprints by another outlet and
    near copies stay, for they are carriers. Raises `UsageError`
    for a path that does not exist and for a folder without articles.
    """
    kept: list[Article] = []
    excluded: list[Excluded] = []
    texts: defaultdict[str, list[Article]] = defaultdict(list)
    for item in _inputs(paths):
        article = _read(item, f"a{len(kept) + 1}")
        if isinstance(article, Excluded):
            excluded.append(article)
            continue
        like = texts[_letters(article)]
        first = next((one for one in like if not _are_two_outlets(one, article)), None)
        if first:
            named = ", ".join(filter(None, (first.id, first.outlet)))
            detail = f"the same text as {first.source} ({named})"
            excluded.append(Excluded(source=item.source, reason="duplicate", detail=detail))
        else:
            like.append(article)
            kept.append(article)
    return tuple(kept), tuple(excluded)


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder that are read, by their names in it; none is no error."""
    return [(item.source, item.path) for item in _in_folder(folder)]


def read_file(path: Path, source: str) -> Article | Excluded:
    """One file as an article with the id `a1`, or why it is none; raises nothing."""
    return _read(_Input(path, source), "a1")


def _inputs(paths: Sequence[Path]) -> Iterator[_Input]:
    """Every file once, with the name a reader would know it by."""
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            items = _in_folder(path)
            if not items:
                raise UsageError(
                    f"{path} holds no articles",
                    "Put .txt, .md or .html files into it, or name other files directly.",
                )
        elif path.exists():
            items = [_Input(path, path.name)]
        else:
            raise UsageError(f"{path} does not exist", "Check the spelling of the path.")
        for item in items:
            if item.path.resolve() not in seen:
                seen.add(item.path.resolve())
                yield item


def _in_folder(folder: Path) -> list[_Input]:
    found = [
        _Input(path, path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.suffix.lower() in FORMATS and path.is_file() and _is_listed(path, folder)
    ]
    return sorted(found, key=lambda item: item.source)


def _is_listed(path: Path, folder: Path) -> bool:
    """Hidden files are not; a README only if its front matter names an outlet."""
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return False
    if path.stem.lower() != "readme":
        return True
    try:
        text = decode(path.read_bytes()) or ""
        return "outlet" in read_document(text, FORMATS[path.suffix.lower()]).metadata
    except OSError:
        return False


def _read(item: _Input, article_id: str) -> Article | Excluded:
    """One file as an article, or why it is none; no error leaves this function."""
    sidecar = item.path.with_name(item.path.stem + SIDECAR)
    try:
        data = item.path.read_bytes()
        beside = decode(sidecar.read_bytes()) or "" if sidecar.is_file() else ""
    except OSError as error:
        return Excluded(source=item.source, reason="unreadable", detail=error.strerror or "")
    kind = FORMATS.get(item.path.suffix.lower())
    text = decode(data) if kind else None
    if kind is None or text is None:
        detail = "not a text" if kind else "only .txt, .md, .html and .htm files are read"
        return Excluded(source=item.source, reason="unreadable", detail=detail)
    metadata, problem = read_sidecar(beside)
    article = article_from_text(
        text,
        source=item.source,
        kind=kind,
        article_id=article_id,
        metadata=metadata,
        raw_sha256=sha256(data).hexdigest(),
    )
    if problem and isinstance(article, Article):
        detail = f"the metadata is {problem}; it was read line by line"
        warning = ArticleWarning(kind="metadata", text=detail, place=sidecar.name)
        return article.model_copy(update={"warnings": (*article.warnings, warning)})
    return article


def _letters(article: Article) -> str:
    """The text without white space and punctuation, by which duplicates are known."""
    return re.sub(r"\W+", "", "".join(s.text for s in article.sentences)).lower()


def _are_two_outlets(one: Article, other: Article) -> bool:
    """Whether two articles surely stand in two outlets; the names of files tell too little."""
    if "file-name" in {one.outlet_from, other.outlet_from}:
        return False
    return bool(one.outlet and other.outlet) and _name(one) != _name(other)


def _name(article: Article) -> str:
    return re.sub(r"^the |\W+", "", article.outlet.casefold())
