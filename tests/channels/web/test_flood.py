"""The buckets by address."""

from bot.channels.web.flood import MOST_ADDRESSES, TokenBuckets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_address_has_its_own_bucket():
    buckets = TokenBuckets(1, Clock())
    assert [buckets.take("192.0.2.1"), buckets.take("192.0.2.2")] == [0, 0]
    assert buckets.take("192.0.2.1") == 60


def test_tokens_flow_in_again_but_never_above_the_rim():
    clock = Clock()
    buckets = TokenBuckets(2, clock)
    clock.now += 86_400
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 30]
    clock.now += 30
    assert [buckets.take("a"), buckets.take("a")] == [0, 30]


def test_waiting_as_long_as_told_is_long_enough():
    clock = Clock()
    buckets = TokenBuckets(7, clock)
    while not (wait := buckets.take("a")):
        clock.now += 0.3
    clock.now += wait
    assert buckets.take("a") == 0


def test_all_addresses_of_an_ipv6_line_share_a_bucket():
    buckets = TokenBuckets(1, Clock())
    assert buckets.take("2001:db8:1:2::1") == 0
    assert buckets.take("2001:db8:1:2:ffff::9") > 0
    assert buckets.take("2001:db8:1:3::1") == 0


def test_the_memory_has_an_end_and_the_quiet_are_forgotten_first():
    buckets = TokenBuckets(1, Clock())
    for number in range(MOST_ADDRESSES + 1):
        buckets.take(f"address-{number}")
    assert buckets.take(f"address-{MOST_ADDRESSES}") > 0
    assert buckets.take("address-0") == 0
