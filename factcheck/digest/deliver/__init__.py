"""Deliver an edition by mail and chat, to each once; `send.deliver` is the entry point."""
