"""`python -m factcheck`: the same as the command `factcheck`."""

from factcheck.cli.app import main

main()
