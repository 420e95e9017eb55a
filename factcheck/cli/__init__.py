"""The commands: `main` is the entry point."""

from typing import NoReturn

from factcheck.cli.signals import ending_at_signals

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command on the arguments of this process."""
    with ending_at_signals():
        from factcheck.cli.app import main as run_command  # noqa: PLC0415 (under the signals)

        run_command()
