"""The steps that make and alter the tables, run by Alembic whenever a store is opened."""
