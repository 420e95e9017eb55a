"""Of findings only their numbers are looked up; all else of them, and claims, is in the report."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forwards; there is no way back but a copy of the store."""
    op.drop_table("claims")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        for column in ("kind", "core", "verdict", "outlets", "text"):
            batch_op.drop_column(column)
