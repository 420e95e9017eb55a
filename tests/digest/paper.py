"""A newspaper on loopback: pages by path, with ETags, and what was asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from tests.loopback import Handler, listening

TYPES = {".xml": "application/rss+xml", ".json": "application/feed+json", ".html": "text/html"}


@dataclass
class Paper:
    """The running server; `pages` may change between editions, `moved` leads to others.

    `asked` holds path and status, `statuses` those of pages that are not there though they are set.
    """

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    port: int = 0

    @property
    def host(self) -> str:
        """Host and port, as `fetch.private` has them."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"http://{self.host}{path}"

    def publish(self, name: str, outlet: str, *sentences: str, time: str) -> None:
        """A page with an article."""
        body = "".join(f"<p>{sentence}</p>" for sentence in sentences[1:])
        self.pages[f"/{name}.html"] = (
            f"<html lang='en'><head><title>{sentences[0]}</title>"
            f"<meta property='og:site_name' content='{outlet}'>"
            f"<meta property='article:published_time' content='{time}'></head>"
            f"<body><article><h1>{sentences[0]}</h1>{body}</article></body></html>"
        )

    def feed(self, *names: str, time: str) -> None:
        """An RSS feed of pages."""
        items = "".join(
            f"<item><title>{name}</title><link>{self.url(f'/{name}.html')}</link>"
            f"<pubDate>{time}</pubDate></item>"
            for name in names
        )
        self.pages["/feed.xml"] = (
            f"<rss version='2.0'><channel><title>The Paper</title>{items}</channel></rss>"
        )


@contextmanager
def printing() -> Iterator[Paper]:
    """Run a paper for the length of a `with` block."""
    paper = Paper()

    class Printer(Handler):
        def do_GET(self) -> None:
            """A page, or that it is as it was."""
            if self.path in paper.moved:
                self.begin(301, {"location": paper.url(paper.moved[self.path])}, 0)
                return
            lost = paper.statuses.get(self.path, 404)
            body = None if self.path in paper.statuses else paper.pages.get(self.path)
            data = (body or "").encode()
            etag = f'"{sha256(data).hexdigest()[:16]}"'
            status = lost if body is None else 200
            if body is not None and self.headers.get("if-none-match") == etag:
                status, data = 304, b""
            paper.asked.append((self.path, status))
            ending = self.path.partition("?")[0].rpartition(".")[2]
            kind = TYPES.get("." + ending, "text/plain")
            self.begin(status, {"content-type": kind, "etag": etag}, len(data))
            self.wfile.write(data)

    with listening(Printer) as paper.port:
        yield paper
