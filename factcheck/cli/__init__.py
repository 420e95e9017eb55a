"""The commands: `main` is the entry point."""

from factcheck.cli.app import app, main

__all__ = ["app", "main"]
