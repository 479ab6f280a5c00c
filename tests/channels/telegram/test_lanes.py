import asyncio

from bot.channels.telegram.lanes import Lanes


def test_jobs_of_one_lane_keep_their_order_and_other_lanes_do_not_wait():
    async def run():
        lanes, done, gate = Lanes(), [], asyncio.Event()

        async def slow():
            await gate.wait()
            done.append("a1")

        async def note(name):
            done.append(name)

        lanes.submit("a", slow)
        lanes.submit("a", lambda: note("a2"))
        lanes.submit("b", lambda: note("b1"))
        await asyncio.sleep(0.01)
        assert done == ["b1"]
        gate.set()
        assert await lanes.drain(grace=5)
        return done

    assert asyncio.run(run()) == ["b1", "a1", "a2"]


def test_draining_gives_up_on_jobs_that_take_too_long():
    async def run():
        lanes = Lanes()
        lanes.submit("a", lambda: asyncio.sleep(60))
        assert not await lanes.drain(grace=0.01)
        assert await lanes.drain(grace=0.01), "nothing is left after the first drain"

    asyncio.run(run())
