"""Every error that the desk raises on purpose. Each says who sees it and what that person can do."""


class DeskError(Exception):
    """Base of all errors raised on purpose. Its message is one plain sentence, with what to do next.

    The command line prints it and ends with `exit_code`; a channel turns it into a kind reply with a human contact.
    """

    exit_code = 1


class SettingsError(DeskError):
    """A setting is missing or wrong. Seen by whoever starts the desk; docs/settings.md lists them all."""


class ContentError(DeskError):
    """The content pack has faults. Seen by volunteers; the message lists every fault with file, line and field."""


class ContentConflict(DeskError):
    """The pack and the database were both edited. Seen by volunteers; they choose which side to keep."""


class StoreError(DeskError):
    """The database cannot be opened, read or written. Seen by whoever runs the desk."""


class ModelError(DeskError):
    """The Rasa model is missing, does not fit or cannot be trained. Seen by whoever runs the desk."""


class ChannelError(DeskError):
    """A channel cannot start: a port in use, a refused Telegram token. Seen by whoever runs the desk."""


class ChannelAway(ChannelError):
    """The other side of a channel does not answer now; it is tried again."""


class InputRefused(DeskError):
    """A message cannot be handled as sent: too long, too many, an unknown button. Seen by the person who wrote."""


class UnknownQuestion(DeskError):
    """No question with that number is kept. Seen by volunteers; `desk unanswered list` shows the numbers."""


class FeedError(DeskError):
    """A neighbour's feed cannot be read or taken in. Seen by whoever runs the import; nothing was changed."""


class UnknownReport(DeskError):
    """No report with that number is kept. Seen by volunteers; `desk review reports` shows the numbers."""


class UnknownRecord(DeskError):
    """No record has that name. Seen by volunteers; the message names those that are nearest."""


class NotConfirmed(DeskError):
    """A record cannot be confirmed as asked: a doubt is open, or a day does not fit. Seen by volunteers."""
