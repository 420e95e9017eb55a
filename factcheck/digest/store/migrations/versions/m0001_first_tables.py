"""The first tables; a new store gets those of `schema` at once."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: whatever is migrated has them."""
