"""Deliver an edition by mail and chat, to each once; `send.Courier` is the entry point."""
