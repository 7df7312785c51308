"""`python -m targetmarkets` is `tm`."""

from targetmarkets.cli.entry import main

main()
