"""`python -m targetmarkets` is `tm`."""

from targetmarkets.cli import main

main()
