"""Which addresses a feed may be fetched from. A feed's address comes from outside, so it must not lead inside: see
"SSRF" in the OWASP guides. Nothing is fetched here."""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import FeedError

Resolve = Callable[[str, int], list[str]]  # a host and a port -> the IP addresses of the host

_HOST = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
# Networks that carry an IPv4 address inside an IPv6 one, by which a private address could be named as a public one.
_WRAPPED = tuple(
    ipaddress.ip_network(network)
    for network in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
)


@dataclass(frozen=True)
class Target:
    """An address that may be fetched: `ip` is the one that was checked, and the one to connect to."""

    url: str
    host: str
    port: int
    ip: str
    path: str  # with the query

    @property
    def pinned_url(self) -> str:
        """The same with the IP address for the host, so that nobody can change where the name leads in between."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.url.partition(':')[0]}://{ip}:{self.port}{self.path}"


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises FeedError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FeedError(f"The host {host} cannot be found; check the address and the network.") from None
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def checked(url: str, hosts: Collection[str], resolve: Resolve = resolve, loopback: bool = False) -> Target:
    """The target of an address, where it may be fetched. Raises FeedError.

    hosts: the names that are allowed, in small letters. loopback: http to this machine alone, for tests.
    """
    if not re.fullmatch(r"[!-~]{1,2000}", url) or re.search(r"[\\<>\"{}|^`]", url):
        raise FeedError("The address of the feed has signs that do not belong there; copy it again.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise FeedError("The address of the feed cannot be understood; copy it again.") from None
    if "@" in parts.netloc:
        raise FeedError("The address of the feed has a user name in it; write it without.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if loopback and parts.scheme == "http" and host == "127.0.0.1" and host in hosts:
        return Target(url, host, port or 80, host, path)
    if parts.scheme != "https":
        raise FeedError("Feeds are read over https alone; write an address that begins with https://.")
    if not _HOST.fullmatch(host) or host not in hosts:
        raise FeedError(f"The host {host or '(none)'} is not allowed; add it to DESK_FEED_HOSTS if you trust it.")
    if port not in (None, 443):
        raise FeedError("Feeds are read from the usual port alone; write the address without a port.")
    addresses = resolve(host, 443)
    if not addresses or not all(is_public(address) for address in addresses):
        raise FeedError(f"The host {host} leads to an address that is not public; feeds are not read from there.")
    return Target(url, host, 443, addresses[0], path)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # with a zone, such as fe80::1%eth0, or no address at all
        return False
    wrapped = ip.version == 6 and (ip.ipv4_mapped is not None or any(ip in network for network in _WRAPPED))
    return ip.is_global and not (wrapped or ip.is_multicast or ip.is_reserved)
