"""How many messages one conversation and one internet address may send. In memory only, and gone with the process."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

MOST_BUCKETS = 10_000  # about 2 MB; the bucket that has been quiet the longest is forgotten first
ADDRESS_FACTOR = 20  # a whole hostel can share one internet address


class MessageLimits:
    """Two limits: a small one for a conversation, and a large one for an address, for anybody can start conversations."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_minute`: messages of one conversation. `clock` gives seconds that never run backwards."""
        self._conversations = Buckets(per_minute, clock)
        self._addresses = Buckets(per_minute * ADDRESS_FACTOR, clock)

    def take_from_address(self, address: str) -> int:
        """Count a message of this internet address. Returns 0, or the whole seconds to wait."""
        return self._addresses.take(line_of(address))

    def take_from_conversation(self, key: str) -> int:
        """Count a message of the conversation with this key. Returns 0, or the whole seconds to wait."""
        return self._conversations.take(key)


class Buckets:
    """A bucket for each owner: it holds `per_minute` messages, and what was taken flows in again within a minute."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never run backwards."""
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, owner: str) -> int:
        """Take a message from the owner's bucket. Returns 0, or the whole seconds to wait where none is left."""
        now = self._clock()
        left, since = self._buckets.pop(owner, (self._size, now))
        left = min(self._size, left + (now - since) * self._per_second)
        allowed = left >= 1
        self._buckets[owner] = (left - 1 if allowed else left, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._per_second)


def line_of(address: str) -> str:
    """The address, or for IPv6 its /64 network, because one line has all addresses of it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
