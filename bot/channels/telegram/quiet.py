"""Keeps message texts, chat ids and the token out of the logs of the libraries that talk to Telegram."""

import logging

_AT_LEAST = {
    "httpx": logging.WARNING,  # names the address of each request, and with it the token
    "httpcore": logging.WARNING,  # prints the headers of each exchange at DEBUG
    "telegram": logging.WARNING,  # prints whole updates at DEBUG
    "telegram.request.BaseRequest": logging.CRITICAL,  # prints an answer that it cannot read, with the messages in it
}


def quieten_libraries() -> None:
    """Raise the levels of those loggers where they are lower; higher levels stay."""
    for name, level in _AT_LEAST.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(level, logger.level))
