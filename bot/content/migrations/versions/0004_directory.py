"""The directory: conditions, papers, notices, places, practices, reports, and who keeps which record."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("service", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("service", sa.Column("next_review_date", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("licence", sa.Text(), nullable=True))
    op.add_column("service", sa.Column("interpretation_services", sa.Text(), nullable=True))
    op.add_column("location", sa.Column("transportation", sa.Text(), nullable=True))
    op.add_column("schedule", sa.Column("dtstart", sa.Date(), nullable=True))
    op.add_column("schedule", sa.Column("interval", sa.Integer(), nullable=True))
    op.add_column("schedule", sa.Column("bymonthday", sa.Text(), nullable=True))
    op.add_column("schedule", sa.Column("opening_hours", sa.Text(), nullable=True))
    op.add_column("schedule", sa.Column("call_first", sa.Boolean(), nullable=True))
    op.add_column("schedule", sa.Column("doubtful", sa.Boolean(), nullable=True))
    op.create_table(
        "condition",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("children_welcome", sa.Boolean(), nullable=True),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("walk_in", sa.Boolean(), nullable=True),
        sa.Column("by_phone", sa.Boolean(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("appointment_needed", sa.Boolean(), nullable=True),
        sa.Column("registration_needed", sa.Boolean(), nullable=True),
        sa.Column("referral_needed", sa.Boolean(), nullable=True),
        sa.Column("papers_asked", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_condition_service_id"),
        sa.PrimaryKeyConstraint("id", name="pk_condition"),
    )
    op.create_index("ix_condition_service_id", "condition", ["service_id"], unique=False)
    op.create_table(
        "required_document",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_required_document_service_id"),
        sa.PrimaryKeyConstraint("id", name="pk_required_document"),
    )
    op.create_index("ix_required_document_service_id", "required_document", ["service_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_notice_service_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_service_id", "notice", ["service_id"], unique=False)
    op.create_table(
        "gazetteer_place",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("other_names", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_gazetteer_place"),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )
    op.create_table(
        "record_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_record_report"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_report_table_name_record_id", "record_report", ["table_name", "record_id"], unique=False)


def downgrade() -> None:
    """Take them away, and what they hold with them."""
    for table in ("record_report", "practice", "gazetteer_place", "notice", "required_document", "condition"):
        op.drop_table(table)
    names = ("practices", "gazetteer", "notices", "required_documents", "conditions")
    baseline = sa.table("pack_baseline", sa.column("table_name"))
    op.execute(sa.delete(baseline).where(baseline.c.table_name.in_(names)))
    for column in ("interpretation_services", "licence", "next_review_date", "owner"):
        op.drop_column("service", column)
    op.drop_column("location", "transportation")
    for column in ("doubtful", "call_first", "opening_hours", "bymonthday", "interval", "dtstart"):
        op.drop_column("schedule", column)
