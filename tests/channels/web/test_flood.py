"""The buckets by conversation and by address."""

from bot.channels.web.flood import MOST_BUCKETS, Buckets, MessageLimits


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_owner_has_its_own_bucket():
    buckets = Buckets(1, Clock())
    assert [buckets.take("one"), buckets.take("other")] == [0, 0]
    assert buckets.take("one") == 60


def test_an_address_may_send_twenty_times_as_much_as_a_conversation():
    limits = MessageLimits(3, Clock())
    assert [limits.take_from_conversation("web-1") for _ in range(4)] == [0, 0, 0, 20]
    assert [limits.take_from_address("192.0.2.1") for _ in range(61)] == [0] * 60 + [1]
    assert limits.take_from_address("192.0.2.2") == 0


def test_messages_flow_in_again_but_never_above_the_rim():
    clock = Clock()
    buckets = Buckets(2, clock)
    clock.now += 86_400
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 30]
    clock.now += 30
    assert [buckets.take("a"), buckets.take("a")] == [0, 30]


def test_waiting_as_long_as_told_is_long_enough():
    clock = Clock()
    buckets = Buckets(7, clock)
    while not (wait := buckets.take("a")):
        clock.now += 0.3
    clock.now += wait
    assert buckets.take("a") == 0


def test_all_addresses_of_an_ipv6_line_share_a_bucket():
    limits = MessageLimits(1, Clock())
    for _ in range(20):
        limits.take_from_address("2001:db8:1:2::1")
    assert limits.take_from_address("2001:db8:1:2:ffff::9") > 0
    assert limits.take_from_address("2001:db8:1:3::1") == 0


def test_the_memory_has_an_end_and_the_quiet_are_forgotten_first():
    buckets = Buckets(1, Clock())
    for number in range(MOST_BUCKETS + 1):
        buckets.take(f"owner-{number}")
    assert buckets.take(f"owner-{MOST_BUCKETS}") > 0
    assert buckets.take("owner-0") == 0
