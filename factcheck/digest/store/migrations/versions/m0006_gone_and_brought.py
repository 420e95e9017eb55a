"""An article whose page is gone is known as withdrawn; what other sources brought is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forwards; there is no way back but a copy of the store."""
    gone = sa.Column("gone", sa.String(40), nullable=False, server_default="")
    op.add_column("articles", gone)
    op.add_column("brought", sa.Column("body", sa.Text(), nullable=False, server_default=""))
