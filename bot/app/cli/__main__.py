"""`python -m bot.app.cli` is the same as `desk`."""

from bot.app.cli import main

main()
