"""What was last read from each neighbour's feed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "feed",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("last_run", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
    )
    op.create_table(
        "feed_baseline",
        sa.Column("feed_id", sa.String(length=120), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_feed_baseline_feed_id"),
        sa.PrimaryKeyConstraint("feed_id", "table_name", "record_id", name="pk_feed_baseline"),
    )


def downgrade() -> None:
    """Take the tables away. The records that were taken in stay, as if they had been written here."""
    op.drop_table("feed_baseline")
    op.drop_table("feed")
