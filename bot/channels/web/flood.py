"""How many messages one internet address may send. Kept in memory only, and gone with the process."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

MOST_ADDRESSES = 10_000  # about 2 MB; the address that has been quiet the longest is forgotten first


class TokenBuckets:
    """A bucket of tokens for each address: `per_minute` messages at once, then one for each that flows in again."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never run backwards."""
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> int:
        """Take a token for a message of this address. Returns 0, or the whole seconds to wait where none is left."""
        owner, now = _owner(address), self._clock()
        tokens, since = self._buckets.pop(owner, (self._size, now))
        tokens = min(self._size, tokens + (now - since) * self._per_second)
        allowed = tokens >= 1
        self._buckets[owner] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - tokens) / self._per_second)


def _owner(address: str) -> str:
    """The address, or for IPv6 its /64 network, because one line has all addresses of it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
