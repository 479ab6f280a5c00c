"""The ids of what we publish as Open Referral: one UUID for each record, the same on every day and every machine."""

from uuid import NAMESPACE_DNS, UUID, uuid5

# Any fixed UUID would do, as long as it never changes: harvesters tell by the ids made from it what they already have.
NAMESPACE = uuid5(NAMESPACE_DNS, "orientation-desk")


def stable_id(table: str, *key: str) -> str:
    """The UUID of a record, by the name of its HSDS table and its key in our pack.

    A single key that is a UUID already stays, so that a record taken over from a neighbour keeps its identity.
    """
    if len(key) == 1 and is_uuid(key[0]):
        return key[0].lower()
    return str(uuid5(NAMESPACE, "\x1f".join((table, *key))))


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID as it is usually written, with four hyphens."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
