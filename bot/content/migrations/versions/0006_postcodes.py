"""The postcodes that an operator imported, and how far an import got."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "postcode_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postcode_import")),
        sa.UniqueConstraint("checksum", name=op.f("uq_postcode_import_checksum")),
    )
    op.create_table(
        "postcode",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("postcode", sa.String(length=7), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "postcode", name=op.f("pk_postcode")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the tables away, and the postcodes with them; the file can be imported again."""
    op.drop_table("postcode")
    op.drop_table("postcode_import")
