"""Read files, folders and texts into clean numbered articles, and tell which inputs are none.

Folders are read recursively, in the order of names; only .txt, .md, .html and .htm
files are taken, and a README without an outlet in its front matter is left out, for it
describes the folder. `name.meta.yaml` beside `name.txt` gives or overrides metadata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from factcheck.articles.build import article_from_text
from factcheck.articles.decode import decode
from factcheck.articles.formats import FORMATS, Format, read_document, read_sidecar
from factcheck.articles.inputs import ReadableInput
from factcheck.errors import UsageError
from factcheck.models import Article, ArticleWarning, Excluded

SIDECAR = ".meta.yaml"


@dataclass(frozen=True)
class _Input:
    path: Path
    source: str


def read_articles(
    inputs: Sequence[ReadableInput],
) -> tuple[tuple[Article, ...], tuple[Excluded, ...]]:
    """Read the inputs in the order given; ids `a1`... go to the articles kept.

    A path is a file or folder, a string the text of one article, and what was read before
    stands as it is. Excluded are inputs that are empty, unreadable, only furniture, or word
    for word the text of an earlier one under the same name or none; reprints by another
    outlet and near copies stay, for they are carriers. Raises `UsageError`
    for a path that does not exist and for a folder without articles.
    """
    kept: list[Article] = []
    excluded: list[Excluded] = []
    texts: defaultdict[str, list[Article]] = defaultdict(list)
    for article in _read_all(inputs):
        if isinstance(article, Excluded):
            excluded.append(article)
            continue
        like = texts[_letters(article)]
        first = next((one for one in like if not _are_two_outlets(one, article)), None)
        if first:
            named = ", ".join(filter(None, (first.id, first.outlet)))
            detail = f"the same text as {first.source} ({named})"
            excluded.append(Excluded(source=article.source, reason="duplicate", detail=detail))
        else:
            numbered = article.model_copy(update={"id": f"a{len(kept) + 1}"})
            like.append(numbered)
            kept.append(numbered)
    return tuple(kept), tuple(excluded)


def _read_all(inputs: Iterable[ReadableInput]) -> Iterator[Article | Excluded]:
    """Every article or file that is none, in order; a file that is named twice once."""
    seen: set[Path] = set()
    texts = 0
    for one in inputs:
        if isinstance(one, Path):
            yield from map(_read, _inputs(one, seen))
        elif isinstance(one, str):
            texts += 1
            yield article_from_text(one, source=f"text {texts}", kind=_kind_of(one))
        else:
            yield one


def _kind_of(text: str) -> Format:
    """The format of a text that no file name tells: HTML opens with a tag or a comment."""
    return "html" if re.match(r"\s*<[!a-zA-Z]", text) else "md"


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder that are read, by their names in it; none is no error."""
    return [(item.source, item.path) for item in _in_folder(folder)]


def read_file(path: Path, source: str) -> Article | Excluded:
    """One file as an article with the id `a1`, or why it is none; raises nothing."""
    return _read(_Input(path, source))


def _inputs(path: Path, seen: set[Path]) -> Iterator[_Input]:
    """The files of a path that are not in `seen`, with the names a reader would know them by."""
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


def _read(item: _Input) -> Article | Excluded:
    """One file as the article `a1`, or why it is none; no error leaves this function."""
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
