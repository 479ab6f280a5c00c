import logging

from bot.channels.telegram.quiet import quieten_libraries


def test_talkative_libraries_are_quiet_and_quieter_ones_stay_so():
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.ERROR)
    quieten_libraries()
    levels = [logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram")]
    assert levels == [logging.WARNING, logging.ERROR, logging.WARNING]
