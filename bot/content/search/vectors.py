"""Queries on the kept vectors of services and answers, so that a restart need not make them again. What they mean is in dialogue."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from bot.content.models.search import ServiceVector

KeptVector = tuple[str, bytes]  # digest of the text, float32 numbers with the little end first


def read_vectors(connection: Connection) -> dict[str, KeptVector]:
    """All that are kept, by record, such as "services/nhs-111"."""
    rows = connection.execute(select(ServiceVector.record_id, ServiceVector.digest, ServiceVector.vector))
    return {row.record_id: (row.digest, row.vector) for row in rows}


def write_vectors(connection: Connection, vectors: Mapping[str, KeptVector]) -> None:
    """Keep exactly these."""
    connection.execute(delete(ServiceVector))
    rows = [{"record_id": key, "digest": digest, "vector": vector} for key, (digest, vector) in vectors.items()]
    if rows:
        connection.execute(insert(ServiceVector), rows)
