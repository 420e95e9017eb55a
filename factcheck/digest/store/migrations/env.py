"""What Alembic runs to migrate: it gets the open connection from `database.migrate`."""

from alembic import context

from factcheck.digest.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
