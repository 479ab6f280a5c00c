"""A point of an answer may be for some people only: whom, as codes with semicolons between them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the points that are there are for everybody."""
    op.add_column("answer_point", sa.Column("audience", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("answer_point", "audience")
