"""The commands: `main` is the entry point."""

from factcheck.cli.app import main

__all__ = ["main"]
