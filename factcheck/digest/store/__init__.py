"""The store: articles with their versions, editions, findings, deliveries and paid answers."""
