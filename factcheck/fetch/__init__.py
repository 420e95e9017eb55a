"""Fetching: addresses in, feeds and articles out, past one guard; see `docs/fetching.md`."""
