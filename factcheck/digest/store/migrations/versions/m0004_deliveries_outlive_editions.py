"""The ledger of deliveries goes on where an edition is taken back: it refers to none any more."""

from alembic import op

revision = "0004"
down_revision = "0003"

# SQLite keeps no name of a reference: it gets the one that PostgreSQL gave.
NAMES = {"fk": "%(table_name)s_%(column_0_name)s_fkey"}


def upgrade() -> None:
    """Forwards; there is no way back but a copy of the store."""
    with op.batch_alter_table("deliveries", schema=None, naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint("deliveries_edition_fkey", type_="foreignkey")
