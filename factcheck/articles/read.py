"""Read files, folders and texts into clean numbered articles, and tell which inputs are none.

Folders are read recursively, in the order of names; only texts, pages and mails by their
suffixes are taken, and a README without an outlet in its front matter is left out, for it
describes the folder.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

from factcheck.articles.build import article_from_text
from factcheck.articles.decode import decode
from factcheck.articles.formats import FORMATS, Format, read_document
from factcheck.articles.inputs import ReadableInput
from factcheck.articles.lines import squeeze
from factcheck.articles.mail import MAILS, read_mail
from factcheck.boundary import exclude_failed, is_failure
from factcheck.errors import UsageError
from factcheck.files import read_bytes
from factcheck.language.visible import clean_name, show_path
from factcheck.models import Article, Dropped, Excluded

_HTML = re.compile(r"\s*<[!a-zA-Z]")
MOST_BYTES = 5_000_000
"""A longer file is refused: no article is a hundredth of it."""
READ_ARE = "only .txt, .md, .html, .htm, .eml and .mhtml files are read"
READ = frozenset({*FORMATS, *MAILS})
UNREAD = frozenset({".pdf", ".docx", ".doc", ".odt", ".rtf", ".msg", ".epub"})
"""Suffixes of documents that may hold an article and are told as left out."""


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
    refuse_missing(one for one in inputs if isinstance(one, Path))
    kept: list[Article] = []
    excluded: list[Excluded] = []
    texts: defaultdict[str, list[Article]] = defaultdict(list)
    for article in _read_all(inputs):
        if isinstance(article, Excluded):
            excluded.append(article)
            continue
        like = texts[squeeze("".join(s.text for s in article.sentences))]
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
    seen: set[str] = set()
    texts = 0
    for one in inputs:
        if isinstance(one, Path):
            yield from _read_path(one, seen)
        elif isinstance(one, str):
            texts += 1
            name = f"text {texts}"
            kind: Format = "html" if _HTML.match(one) else "md"  # which no file name tells
            yield _read_safely(name, partial(article_from_text, one, source=name, kind=kind))
        else:
            yield one


def read_file(path: Path, source: str) -> Article | Excluded:
    """One file as an article with the id `a1`, or why it is none; no failure leaves it."""
    name = clean_name(source)
    return _read_safely(name, partial(_parse, path, name))


def refuse_missing(paths: Iterable[Path], beside: Sequence[str] = ()) -> None:
    """Raise `UsageError` that names each path that does not exist, and what is wrong `beside`."""
    # Path.exists raises for a name that is too long, or that no file can have.
    missing = [show_path(str(path)) for path in paths if not os.path.exists(path)]  # noqa: PTH110 (as above)
    if missing:
        verb = "does" if len(missing) == 1 else "do"
        raise UsageError(
            "; ".join([f"{', '.join(missing)} {verb} not exist", *beside]),
            "Check the spelling; a folder of articles or a URL serves as well.",
        )


def _read_path(path: Path, seen: set[str]) -> Iterator[Article | Excluded]:
    """The files of a path that are not in `seen`, and the folders that cannot be opened."""
    items, closed = [(path.name, path)], list[Excluded]()
    if path.is_dir():
        items, closed = files_in(path, READ | UNREAD)
        if all(file.suffix.lower() in UNREAD for _, file in items):
            others = [_refuse(source, READ_ARE) for source, _ in items]
            why = "".join(f"; {one.source}: {one.detail}" for one in (*closed, *others))
            raise UsageError(
                f"{path} holds no articles{why}",
                "Put .txt, .md, .html or .eml files into it, or name other files directly.",
            )
    yield from closed
    for source, file in items:
        place = os.path.realpath(file)  # of links in a circle, too
        if place not in seen:
            seen.add(place)
            yield read_file(file, source)


def files_in(
    folder: Path, suffixes: Collection[str] = READ
) -> tuple[list[tuple[str, Path]], list[Excluded]]:
    """The files of a folder by their names in it, and the folders in it that are not looked into.

    Those that cannot be opened, and links, for they may lead anywhere. That there is no file at
    all is no error.
    """
    closed: list[Excluded] = []

    def refuse(place: str, detail: str) -> None:
        closed.append(_refuse(f"{clean_name(os.path.relpath(place, folder))}/", detail))

    def refuse_shut(error: OSError) -> None:
        refuse(error.filename, f"the folder cannot be opened: {error.strerror}")

    found = []
    for parent, folders, names in os.walk(folder, onerror=refuse_shut):
        folders[:] = [name for name in folders if not _is_of_page(name, names)]
        for place in (Path(parent, name) for name in folders):
            if os.path.islink(place) and not _is_hidden(place, folder):  # noqa: PTH114 (which raises)
                refuse(str(place), "a link to a folder, which is not followed")
        found += [
            (clean_name(place.relative_to(folder).as_posix()), place)
            for place in (Path(parent, name) for name in names)
            if place.suffix.lower() in suffixes and _is_listed(place, folder)
        ]
    return sorted(found, key=itemgetter(0)), closed


def _is_of_page(folder: str, files: Sequence[str]) -> bool:
    """Whether a folder holds the parts of a saved page, among them pages in frames."""
    stem = folder.removesuffix("_files")
    return stem != folder and any(f"{stem}{suffix}" in files for suffix in (".html", ".htm"))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _is_listed(path: Path, folder: Path) -> bool:
    """Hidden files are not; a README only if its front matter names an outlet."""
    if _is_hidden(path, folder):
        return False
    if path.stem.lower() != "readme":
        return True
    try:
        text = decode(read_bytes(path, MOST_BYTES)) or ""
        return "outlet" in read_document(text, FORMATS.get(path.suffix.lower(), "txt")).metadata
    except BaseException as error:
        if not is_failure(error):
            raise
        return False


def _read_safely(source: str, read: Callable[[], Article | Excluded]) -> Article | Excluded:
    """What a reader gives, or why it gives nothing, whatever it fails on."""
    try:
        return read()
    except OSError as error:
        return _refuse(source, error.strerror or "")
    except BaseException as error:
        if not is_failure(error):
            raise
        return exclude_failed(source, error, "reading")


def _parse(path: Path, source: str) -> Article | Excluded:
    suffix = path.suffix.lower()
    if suffix not in READ:
        return _refuse(source, READ_ARE)
    if path.is_symlink() and not path.exists():
        return _refuse(source, "a link to nothing")
    data = read_bytes(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        detail = f"larger than {MOST_BYTES // 1_000_000} MB, the most that is read of a file"
        return _refuse(source, detail)
    sha = sha256(data).hexdigest()
    if suffix in MAILS:
        return _read_mail(data, source, page=suffix != ".eml", raw_sha256=sha)
    text = decode(data)
    if text is None:
        return _refuse(source, "not a text")
    return article_from_text(text, source=source, kind=FORMATS[suffix], raw_sha256=sha)


def _read_mail(data: bytes, source: str, *, page: bool, raw_sha256: str) -> Article | Excluded:
    """The article in a mail or a page saved like one; what is attached is told as left out."""
    mail = read_mail(data, page=page)
    if mail is None:
        return _refuse(source, "no part of it is a text")
    article = article_from_text(
        mail.text, source=source, kind=mail.kind, metadata=mail.metadata, raw_sha256=raw_sha256
    )
    if isinstance(article, Excluded):
        return article
    names = map(clean_name, mail.attached)
    attached = (Dropped(text=f"Attachment: {name}", reason="metadata") for name in names)
    return article.model_copy(update={"dropped": (*article.dropped, *attached)})


def _refuse(source: str, detail: str) -> Excluded:
    return Excluded(source=source, reason="unreadable", detail=detail)


def _are_two_outlets(one: Article, other: Article) -> bool:
    """Whether two articles surely stand in two outlets; the names of files tell too little."""
    if "file-name" in {one.outlet_from, other.outlet_from}:
        return False
    return bool(one.outlet and other.outlet) and _name(one) != _name(other)


def _name(article: Article) -> str:
    return re.sub(r"^the |\W+", "", article.outlet.casefold())
