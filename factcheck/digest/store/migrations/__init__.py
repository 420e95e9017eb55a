"""The steps that bring the tables of an older store to those of `schema`, run by Alembic."""
