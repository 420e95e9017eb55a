"""An article is known by several keys, and its texts by the way that each came."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forwards; there is no way back but a copy of the store."""
    op.create_table(
        "names",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("article", sa.Integer(), sa.ForeignKey("articles.id"), nullable=False),
    )
    op.create_table(
        "brought",
        sa.Column("article", sa.Integer(), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("text_sha256", sa.String(64), nullable=False),
    )
