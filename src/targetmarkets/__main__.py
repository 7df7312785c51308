"""`python -m targetmarkets` is `tm`."""

import sys

from targetmarkets.cli import main

sys.exit(main())
