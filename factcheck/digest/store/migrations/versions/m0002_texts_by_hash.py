"""Texts are looked up by their hash: the same one may come under another address."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forwards; there is no way back but a copy of the store."""
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_versions_text_sha256"), ["text_sha256"], unique=False)
