"""Nothing leads into this machine or its network: no name, no redirect, no second look-up."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.fetch.guard import find_refusal
from factcheck.fetch.models import Fetched, NotFetched, Request
from factcheck.fetch.urls import without_login
from tests.fetch.site import PUBLIC, Page, serving, to

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1",  # noqa: S104 - refused
    "198.18.0.1", "192.0.2.1", "192.0.0.8", "::1", "::",
    "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::127.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "2001:db8::1", "2001::1", "fec0::1", "100::1",
    "fe80::1%eth0", "4000::1", "nonsense",
)  # fmt: skip
HOME = {"/": Page(b"home"), "/metadata": Page(b"secret")}


def refused(result: Fetched | NotFetched, reason: str) -> str:
    assert isinstance(result, NotFetched), result
    assert result.reason == reason, result
    return result.detail


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert find_refusal(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_not_refused(address: str) -> None:
    assert find_refusal(address) == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::2"])
def test_a_name_of_a_private_address_is_never_connected_to(address: str) -> None:
    with serving(HOME, {"inside.example": [address]}) as web:
        detail = refused(web.get("http://inside.example/"), "private address")
    # Nobody has use for what a cloud machine tells of itself on a link-local address.
    advice = 'add "inside.example:80" to fetch.private' in detail
    assert advice is (address != "169.254.169.254")
    assert web.connected == []


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    with serving(HOME, {"mixed.example": [PUBLIC, "10.0.0.1"]}) as web:
        refused(web.get("http://mixed.example/"), "private address")
    assert web.connected == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    # A second look-up would lead inside; there is none.
    with serving(HOME, {"rebind.example": [[PUBLIC], ["127.0.0.1"]]}) as web:
        result = web.get("http://rebind.example/")
    assert isinstance(result, Fetched)
    assert (web.connected, web.looked_up) == ([PUBLIC], ["rebind.example"])


def test_a_name_that_turns_private_later_is_refused_then() -> None:
    with serving(HOME, {"rebind.example": [[PUBLIC], ["127.0.0.1"]]}) as web:
        first, second = web.run(["http://rebind.example/", "http://rebind.example/metadata"])
    assert isinstance(first, Fetched)
    refused(second, "private address")
    assert web.connected == [PUBLIC]


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/metadata",
        "http://localhost/metadata",
        "http://[::1]/metadata",
        "http://[::ffff:127.0.0.1]/metadata",
        "//10.0.0.1/metadata",
        "http://inside.example/metadata",
    ],
)
def test_a_redirect_into_the_network_is_not_followed(place: str) -> None:
    names = {"localhost": ["127.0.0.1"], "inside.example": ["192.168.0.9"]}
    with serving({"/": to(place), "/metadata": Page(b"secret")}, names) as web:
        detail = refused(web.get("http://news.example/"), "private address")
    assert detail.startswith("redirected to ")
    assert web.connected == [PUBLIC]


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://news.example/", "data:text/html,x", "gopher://x/"]
)
def test_a_redirect_to_another_scheme_is_not_followed(place: str) -> None:
    with serving({"/": to(place)}) as web:
        refused(web.get("http://news.example/"), "bad URL")


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://ex%61mple.example/",
        "http://a..example/",
        "http:///path",
        "http://news.example:99999/",
        "http://news.example\\@inside.example/",
        "http://news.example/\r\nx: y",
        "file:///etc/passwd",
        "//news.example/",
        "",
        "news",
    ],
)
def test_what_is_no_plain_web_address_is_not_even_looked_up(url: str) -> None:
    with serving(HOME) as web:
        refused(web.get(url), "bad URL")
    assert (web.looked_up, web.connected) == ([], [])


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8080/", "http://127。0。0。1/"])
def test_an_address_instead_of_a_name_is_checked_as_well(url: str) -> None:
    with serving(HOME, {"127.0.0.1": [PUBLIC]}) as web:
        refused(web.get(url), "private address")
    assert (web.looked_up, web.connected) == ([], [])


def test_user_name_and_password_are_refused_and_never_shown() -> None:
    with serving(HOME) as web:
        result = web.get("http://ann:hunter2@news.example/?key=s3cret")
    assert "user name" in refused(result, "bad URL")
    assert "hunter2" not in repr(result)
    assert "s3cret" not in result.detail if isinstance(result, NotFetched) else False


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a:b@news.example/x@y?m=a@b", "http://news.example/x@y?m=a@b"),
        ("http://a:b@news.example?m=a@b", "http://news.example?m=a@b"),
        ("http://news.example?m=a@b", "http://news.example?m=a@b"),
        ("news", "news"),
    ],
)
def test_only_the_login_is_taken_out_of_a_url(url: str, expected: str) -> None:
    assert without_login(url) == expected


def test_no_message_holds_the_query_of_a_url() -> None:
    with serving(
        {"/": to("http://inside.example/?key=s3cret")}, {"inside.example": ["::1"]}
    ) as web:
        assert "s3cret" not in refused(web.get("http://news.example/"), "private address")


def test_an_international_name_is_asked_for_in_ascii() -> None:
    with serving({"/": Page(b"hallo")}, {"xn--strae-oqa.example": [PUBLIC]}) as web:
        result = web.get("http://Straße.example/")
    assert isinstance(result, Fetched)
    assert result.final_url == "http://xn--strae-oqa.example/"


@pytest.mark.parametrize("listed", ["127.0.0.1:8000", "127.0.0.1"])
def test_a_trusted_private_host_is_fetched_with_its_port(listed: str) -> None:
    with serving(HOME) as web:
        assert isinstance(web.get("http://127.0.0.1:8000/", private=[listed]), Fetched)
    assert web.connected == ["127.0.0.1"]


def test_trust_in_one_port_is_no_trust_in_another() -> None:
    with serving(HOME) as web:
        refused(web.get("http://127.0.0.1:9000/", private=["127.0.0.1:8000"]), "private address")


def test_a_trusted_name_may_have_a_private_address() -> None:
    with serving(HOME, {"feeds.intranet": ["10.0.0.5"]}) as web:
        assert isinstance(web.get("http://feeds.intranet/", private=["feeds.intranet"]), Fetched)


def test_a_public_page_does_not_lead_to_a_trusted_private_host() -> None:
    pages = {"news.example/": to("http://127.0.0.1:8000/metadata"), "/metadata": Page(b"secret")}
    with serving(pages) as web:
        refused(web.get("http://news.example/", private=["127.0.0.1:8000"]), "private address")
        named = Request("http://127.0.0.1:8000/metadata", via="http://news.example/feed")
        refused(web.run([named], private=["127.0.0.1:8000"])[0], "private address")
        own = Request("http://127.0.0.1:8000/metadata", via="http://127.0.0.1:8000/feed")
        assert isinstance(web.run([own], private=["127.0.0.1:8000"])[0], Fetched)


def test_only_listed_hosts_and_their_subdomains_are_asked() -> None:
    with serving({**HOME, "news.example/away": to("http://other.example/")}) as web:
        hosts = ["news.example"]
        assert isinstance(web.get("http://www.news.example/", hosts=hosts), Fetched)
        detail = refused(web.get("http://badnews.example/", hosts=hosts), "host not allowed")
        assert 'add "badnews.example" to fetch.hosts' in detail
        refused(web.get("http://news.example/away", hosts=hosts), "host not allowed")
    assert "other.example" not in web.looked_up


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example:3128")
    with serving(HOME) as web:
        assert isinstance(web.get("http://news.example/"), Fetched)
    assert web.looked_up == ["news.example"]


NAT64 = 0x64_FF9B << 64
ADDRESSES = st.one_of(
    st.ip_addresses(v=4),
    st.ip_addresses(v=6),
    st.sampled_from(["127.0.0.1", "169.254.169.254", "::1", "fe80::1"]).map(ip_address),
    st.ip_addresses(v=4).map(lambda a: IPv6Address(f"::ffff:{a}")),
    st.ip_addresses(v=4).map(lambda a: IPv6Address((0x2002 << 112) | (int(a) << 80))),
    st.ip_addresses(v=4).map(lambda a: IPv6Address((0x64_FF9B << 96) | int(a))),
)


def test_no_address_that_is_not_global_is_ever_connected_to() -> None:
    connected: list[str] = []
    with serving({}) as web:

        @given(st.lists(st.lists(ADDRESSES, min_size=1, max_size=3), min_size=1, max_size=3))
        def check(answers: Sequence[Sequence[IPv4Address | IPv6Address]]) -> None:
            hosts = [f"h{number}.example" for number in range(len(answers))]
            names = [[str(address) for address in answer] for answer in answers]
            web.names = dict(zip(hosts, names, strict=True))
            web.pages = {host + "/": to(f"http://{hosts[i - 1]}/") for i, host in enumerate(hosts)}
            web.connected = connected
            web.get(f"http://{hosts[0]}/", max_redirects=3)
            assert all(map(is_public, connected))

        check()
    assert len(connected) > 10


def is_public(text: str) -> bool:
    """By the standard library alone, and of an address within an address."""
    address: IPv4Address | IPv6Address | None = ip_address(text)
    if isinstance(address, IPv6Address):
        nat64 = IPv4Address(int(address) & 0xFFFF_FFFF) if int(address) >> 32 == NAT64 else None
        address = nat64 or address.ipv4_mapped or address.sixtofour or address
    return address is not None and address.is_global and not address.is_multicast
