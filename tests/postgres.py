"""A server of PostgreSQL of our own, for as long as the tests run, on this machine alone."""

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from targetmarkets.kb.address import Address
from targetmarkets.kb.opening import load
from targetmarkets.kb.store.postgres.connecting import close_idle
from targetmarkets.model.objects import Customer
from targetmarkets.writing.transaction import Transaction

NEEDED = "TM_TEST_NEEDS_POSTGRES"
"""Set where a test that finds no server fails, and is not skipped."""

ASKED = "asked"
"""The login that is asked for its password; everybody else is believed."""

_NUMBERS = count(1)


class Server:
    """A server that listens at a socket in a folder of its own, and nowhere else."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self._as_user = _unprivileged(folder)
        self._run("initdb", "-D", str(self.data), "-U", "owner", "-A", "trust", "-E", "UTF8", "-N")
        believed = self.data / "pg_hba.conf"
        first = f"local all {ASKED} scram-sha-256\n"
        believed.write_text(first + believed.read_text("utf-8"), "utf-8")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", self.log, "start")

    @property
    def log(self) -> str:
        return str(self.folder / "log")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it, as a crash would unless told otherwise."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as_user, str(self.programs / program), *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def address(self, database: str, user: str = "owner", password: str = "") -> Address:
        """The address of a database."""
        credentials = f"{user}:{password}" if password else user
        return Address(f"postgresql://{credentials}@/{database}?host={self.folder}")

    def new(self) -> Address:
        """The address of a new database in which nothing is."""
        name = f"db{next(_NUMBERS)}"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return self.address(name)

    def copy(self, address: Address) -> Address:
        """The same database again; nobody may use it meanwhile."""
        gc.collect()
        close_idle()
        name = f"db{next(_NUMBERS)}"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {address.name}")
        return self.address(name)

    def sql(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements as the owner of everything; the rows of the last."""
        return rows(self.address(database), *statements)


def rows(address: Address, *statements: str) -> list[tuple[object, ...]]:
    """Run statements; the rows of the last, if it has any."""
    import psycopg

    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def add(transaction: Transaction, id_: str) -> None:
    """Add a customer of which nothing is said."""
    transaction.add(Customer(id=id_, name=id_, kind="state", region="Western Asia"))


def named(kb: Address) -> list[str]:
    """The customers that are there now."""
    return list(load(kb).customers)


def _unprivileged(folder: Path) -> list[str]:
    """How a program is run as somebody else than root, as whom the server refuses to run."""
    if os.geteuid() != 0:
        return []
    import pwd

    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _programs() -> Path | None:
    """Where the programs of the newest server are that is installed."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).parent
    places = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(places, key=lambda place: float(place.parts[-3]))
    return found[-1].parent if found else None


@cache
def server() -> Server:
    """The server of this process. Skips the test where there is none."""
    programs = _programs()
    if programs is None:
        how = "apt-get install postgresql brings a server of PostgreSQL, which this needs"
        (pytest.fail if os.environ.get(NEEDED) else pytest.skip)(how)
    folder = Path(tempfile.mkdtemp(prefix="tm-postgres-"))
    folder.chmod(0o755)
    started = Server(programs, folder)

    @atexit.register
    def end() -> None:
        if sys.is_finalizing() or (started.data / "postmaster.pid").exists():
            started.stop()
        shutil.rmtree(folder, ignore_errors=True)

    return started
