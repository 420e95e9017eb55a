"""Delivery: a made edition in, mails and chat messages out, each exactly once.

`send.deliver` is the entry point; `settings/delivery.py` is what can be set; the program's
`ledger` remembers what went out. `docs/delivery.md` is for the people who run it.
"""
