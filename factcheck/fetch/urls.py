"""URLs: parse and check them, show them, and tell which two name the same article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx2

from factcheck.fetch.models import FetchProblem
from factcheck.settings.urls import join_authority, parse_address, split_authority

LONGEST = 4_000
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.|\Z))+")
# Parameters that tell how a reader came to a page, and never which page it is. Words that
# some site uses to name an article, such as "id", "source" or "ref", are none of them:
# showing an article twice is a smaller harm than losing one.
_TRACKING = re.compile(
    r"(?:utm|itm|mtm|pk|at|hsa|vero|oly|mkt|wt)[_.].+|(?:fb|gc|dc|tw|yc|msclk|ttc)l?[ck]?lid|"
    r"(?:gbra|wbra|igsh|msclk|srslt|oc|cmp|sm|sr_share|spref)id|mc_[ce]id|_g[al]|_hs(?:enc|mi)|"
    r"ref_(?:src|url)|ns_(?:campaign|mchannel|source|linkname|fee)|xtor|cmp|ito|ftag|"
    r"guccounter|guce_referrer(?:_sig)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Target:
    """A URL that can be asked for: `host` in ASCII and lower case, `name` as people spell it."""

    scheme: str
    host: str
    name: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without the usual port."""
        port = None if self.port == _PORTS[self.scheme] else self.port
        return f"{self.scheme}://{join_authority(self.host, port)}"

    @property
    def url(self) -> str:
        """The whole URL, without fragment."""
        return self.origin + self.path


def target(url: str) -> Target:
    """The parts of an absolute URL.

    Raises `FetchProblem` for what is no http or https URL with a plain host name or IP
    address. Numbers that some systems take for an address ("2130706433", "0x7f.1") are
    no host names, as in the WHATWG URL standard; backslashes are no part of a URL.
    """
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise _bad("it is not a URL that can be read") from error
    if parsed.scheme not in _PORTS:
        raise _bad("only http and https are fetched")
    if parsed.userinfo or "\\" in url:
        raise _bad("it holds a user name or password; take that out")
    host = _host(parsed.raw_host.decode("ascii", "replace").rstrip(".").lower())
    if not host or len(url) > LONGEST:
        raise _bad("its host is no plain name or address, or it is too long")
    port = parsed.port or _PORTS[parsed.scheme]
    if port > 65_535:
        raise _bad("its port does not exist")
    path = parsed.raw_path.decode("ascii", "replace")
    name = parsed.host.rstrip(".").lower()
    return Target(parsed.scheme, host, name, port, path if path.startswith("/") else "/" + path)


def explain_bad_url(url: str) -> str:
    """What is wrong with an address that cannot be fetched, with the address; "" for no fault."""
    try:
        target(url)
    except FetchProblem as problem:
        return f"{shown(url)}: {problem}"
    return ""


def join_url(base: str, link: str) -> str:
    """A link made absolute; as it is where that cannot be done."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def is_listed(found: Target, hosts: Sequence[str]) -> bool:
    """Whether a host is one of `hosts`, or a subdomain of one."""
    names = {found.host, found.name}
    return any(name == host or name.endswith("." + host) for host in hosts for name in names)


def is_trusted(host: str, port: int, private: Sequence[str]) -> bool:
    """Whether a host and port are in a list of the form of `fetch.private`."""
    return any(
        host == listed and wanted in {None, port}
        for listed, wanted in map(split_authority, private)
    )


def shown(url: str) -> str:
    """A URL for people: without user name, password, query and fragment, cut at 200 characters."""
    try:
        parts = urlsplit(url)
        text = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        text = url.rpartition("@")[2].partition("?")[0]
    text = "".join(char for char in text if char.isprintable())
    return text if len(text) <= 200 else text[:199] + "…"


def without_login(url: str) -> str:
    """A URL without user name and password."""
    head, mark, tail = url.partition("://")
    end = next((i for i, char in enumerate(tail) if char in "/?#\\"), len(tail))
    return head + mark + tail[:end].rpartition("@")[2] + tail[end:] if mark else url


def strip_tracking(url: str) -> str:
    """A URL without fragment and tracking parameters; "" for what is none."""
    try:
        found = target(url)
    except FetchProblem:
        return ""
    path, _, query = found.path.partition("?")
    pairs = [pair for pair in query.split("&") if pair]
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return found.origin + path + ("?" + "&".join(kept) if kept else "")


def canonical_url(url: str) -> str:
    """The form of a URL by which two are known as one article; "" for what is none.

    In lower case, without usual port, fragment, tracking and final slash. For comparing only.
    """
    path, mark, query = strip_tracking(url).partition("?")
    return path.rstrip("/") + mark + query


def _host(host: str) -> str:
    """A host name as it is, an address in its usual form; "" for what is neither."""
    address = parse_address(host)
    if address is not None:
        return str(address) if "%" not in host else ""
    last = host.rpartition(".")[2]
    number = last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last)
    return host if _NAME.fullmatch(host) and not number else ""


def _bad(why: str) -> FetchProblem:
    return FetchProblem("bad URL", f"this address is not fetched: {why}")
