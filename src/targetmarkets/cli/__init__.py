"""The command line. `main` is the entry point of `tm`."""

import gc
import os


def main() -> int:
    """Run the program and return its exit code.

    Two things of no use to a short run are turned off before anything is imported: the search
    for garbage, and Pydantic's for plugins, which reads the metadata of all installed packages.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

    from targetmarkets.cli.app import run

    return run()
