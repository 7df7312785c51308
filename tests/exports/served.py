"""Datasette as a process of its own, asked through its JSON."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

DATASETTE: Final = str(Path(sys.executable).with_name("datasette"))


class Served:
    """What Datasette says of one database."""

    def __init__(self, address: str, database: str) -> None:
        self.address = address
        self.database = database

    def get(self, path: str, **query: object) -> Any:
        """What it answers to a path below the database, as JSON."""
        asked = f"{self.address}/{self.database}{path}.json?{urlencode(query)}"
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - of this machine
            return json.load(answer)

    def rows(self, table: str, **query: object) -> Iterator[Mapping[str, Any]]:
        """All rows of a table or view, page after page."""
        page: dict[str, Any] = {"next": ""}
        while page["next"] is not None:
            more = {"_next": page["next"]} if page["next"] else {}
            page = self.get(f"/{table}", _shape="objects", _size="max", **query, **more)
            yield from page["rows"]


@contextmanager
def served(database: Path, *options: str) -> Iterator[Served]:
    """Datasette on a database, until the test is done with it."""
    command = [DATASETTE, "serve", str(database), "-h", "127.0.0.1", "-p", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            said = []
            for line in process.stderr:  # it ends where the process does
                said.append(line)
                if found := re.search(r"running on (http://\S+)", line):
                    break
            else:
                raise AssertionError("".join(said))
            yield Served(found[1], database.stem)
        finally:
            process.terminate()
