"""The search index: rows, points on the map, words, vectors. The engines' own tables are made when it is first filled."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What the index makes for itself, first what hangs on others.
OWN_TABLES = ("service_words_vocabulary", "service_words", "service_map")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "service_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("yes", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_index"),
        sa.UniqueConstraint("service_id", name="uq_service_index_service_id"),
    )
    op.create_table(
        "service_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_point"),
    )
    op.create_index("ix_service_point_index_id", "service_point", ["index_id"])
    op.create_table(
        "search_term",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_search_term"),
    )
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(length=40), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )
    op.create_table(
        "service_vector",
        sa.Column("record_id", sa.String(length=240), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_service_vector"),
    )


def downgrade() -> None:
    """Drop the tables, and what the index made for itself."""
    for table in OWN_TABLES:
        op.execute(sa.text(f"DROP TABLE IF EXISTS {table}"))
    for table in ("service_vector", "search_state", "search_term", "service_point", "service_index"):
        op.drop_table(table)
