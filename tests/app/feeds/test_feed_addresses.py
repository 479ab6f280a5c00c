"""A feed's address never leads inside: the table of tricks, and of addresses that are public."""

import pytest

from bot.app.feeds.addresses import checked, is_public, resolve
from bot.errors import FeedError

HOSTS = frozenset({"feed.example.org"})


def public(host: str, port: int) -> list[str]:
    """A name service that knows every name, and gives one public address for all."""
    return ["93.184.215.14"]


TRICKS = [
    "http://feed.example.org/",
    "ftp://feed.example.org/",
    "file:///etc/passwd",
    "gopher://feed.example.org/",
    "//feed.example.org/",
    "feed.example.org",
    "https://",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://10.0.0.1/",
    "https://user@feed.example.org/",
    "https://feed.example.org@127.0.0.1/",
    "https://feed.example.org:password@127.0.0.1/",
    "https://feed.example.org:8443/",
    "https://feed.example.org:22/",
    "https://feed.example.org:99999/",
    "https://feed.example.org:x/",
    "https://feed.example.org.evil.example/",
    "https://evil.example/feed.example.org",
    "https://evil.example#feed.example.org",
    "https://evil.example?feed.example.org",
    "https://evil.example\\@feed.example.org/",
    "https://feed.example.org\\.evil.example/",
    "https://feed.example.org\t.evil.example/",
    "https://feed.example.org\r\nHost: evil.example/",
    "https://feed.example.org%00.evil.example/",
    "https://ｆeed.example.org/",
    "https://feed。example。org/",
    "https://feed.example.org./",
    "https://sub.feed.example.org/",
    "https://feed_example.org/",
    " https://feed.example.org/",
    "https://feed.example.org/" + "a" * 3000,
    "",
]


@pytest.mark.parametrize("url", TRICKS)
def test_an_address_that_may_lead_elsewhere_is_refused_before_anything_is_asked(url):
    def nobody(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(FeedError):
        checked(url, HOSTS, nobody)


def test_an_allowed_host_may_be_fetched_at_the_address_that_was_checked():
    target = checked("https://FEED.example.org/oruk/v3/services?page=2#x", HOSTS, public)
    assert target.pinned_url == "https://93.184.215.14:443/oruk/v3/services?page=2"
    assert target.host == "feed.example.org"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.53",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",
        "2001:0:1::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "nonsense",
    ],
)
def test_a_host_that_leads_to_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)
    with pytest.raises(FeedError, match="not public"):
        checked("https://feed.example.org/", HOSTS, lambda host, port: [address])


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(FeedError, match="not public"):
        checked("https://feed.example.org/", HOSTS, lambda host, port: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_allowed(address):
    assert is_public(address)
    assert address in checked("https://feed.example.org/", HOSTS, lambda host, port: [address]).pinned_url


@pytest.mark.parametrize("url", ["http://127.0.0.2/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/"])
def test_even_tests_reach_this_machine_alone(url):
    with pytest.raises(FeedError):
        checked(url, {"127.0.0.1", "127.0.0.2", "localhost", "10.0.0.1"}, public, loopback=True)


def test_a_host_that_nobody_knows_is_told_in_a_sentence():
    with pytest.raises(FeedError, match="cannot be found"):
        resolve("no-such-host.invalid", 443)
