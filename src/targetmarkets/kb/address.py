"""The address of a knowledge base on a server: `postgresql://HOST/DATABASE`, as libpq reads it."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from targetmarkets.errors import UsageError

SCHEMES: Final = ("postgresql://", "postgres://")

HIDDEN: Final = "***"
"""What stands in the place of a password."""

_ADDRESS: Final = (
    r"(?i)(?:postgres[\w+.-]*://|\b[a-z][\w+.-]{0,30}://[^\s/:'\"]*:[^\s/'\"]*@)[^\s'\"]*"
)
"""An address as it may be written, or what has a password where one has it."""

_MISSPELT: Final = r"(?i)\s*postgres[\w+.-]*:/|\s*\w[\w+.-]*://[^/]*:[^/]*@|.*password\s*="
"""What is meant for an address: of another spelling, of other software, or settings of libpq."""

_PRIVATE: Final = r"(?i)([?&][^=&]*(?:pass(?!file)|secret|token|pin)[^=&]*=)([^&]*)"
"""A parameter that is a secret, with its name. They are compiled where they are needed: in most
runs there is no address."""


def is_address(name: str) -> bool:
    """Whether a name is an address, and not that of a file.

    Raises `UsageError` for what was meant for an address. It may hold a password, which an error on
    a file of that name would print, and so it is not repeated.
    """
    if name.startswith(SCHEMES):
        return True
    if ("=" in name or ":/" in name) and re.match(_MISSPELT, name, re.DOTALL):
        message = "what names the knowledge base is neither a file nor an address as it is read"
        raise UsageError(message, "write postgresql://USER@HOST:PORT/DATABASE")
    return False


def shown(text: str) -> str:
    """A text in which each address has lost its password."""
    return re.sub(_ADDRESS, lambda match: str(Address(match[0])), text) if "://" in text else text


class Address:
    """An address, which nobody sees the password of but libpq.

    >>> Address("postgresql://anna:geheim@db.example/sanctions")
    postgresql://anna:***@db.example/sanctions
    >>> Address("postgresql:///kb?password=geheim").name
    'kb'
    """

    __slots__ = ("_given", "_shown")

    def __init__(self, given: str) -> None:
        self._given = given
        self._shown = re.sub(_PRIVATE, rf"\1{HIDDEN}", _without_password(given))

    @property
    def for_libpq(self) -> str:
        """The address as it was given, to connect with and for nothing else."""
        return self._given

    @property
    def name(self) -> str:
        """The name of the database, as far as the address says it."""
        path = self._shown.partition("://")[2].partition("?")[0].partition("/")[2]
        return unquote(path) or "postgresql"

    def hidden(self, text: str) -> str:
        """A text of others, such as an error, without what of this address is a secret."""
        for secret in sorted(_secrets(self._given), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text.replace(self._given, self._shown)

    def __str__(self) -> str:
        return self._shown

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self._given == other._given

    def __hash__(self) -> int:
        return hash(self._given)


def _credentials(given: str) -> tuple[str, str, str]:
    """What stands before the password of an address, the password, and what stands behind it.

    It may hold signs that belong to an address, and have to be written otherwise there: so it goes
    as far as it can.
    """
    scheme, _, rest = given.partition("://")
    known, at, behind = rest.rpartition("@")
    user, colon, password = known.partition(":")
    if at and colon:
        return f"{scheme}://{user}:", password, f"@{behind}"
    place = re.match(r"[^/?]*", rest)
    host, colon, port = place[0].rpartition(":") if place else ("", "", "")
    if colon and "]" not in port and not re.fullmatch(r"[\d,]*", port):
        return f"{scheme}://{host}:", port, rest[len(host) + 1 + len(port) :]  # somebody forgot @
    return given, "", ""


def _without_password(given: str) -> str:
    before, password, behind = _credentials(given)
    return f"{before}{HIDDEN if password else ''}{behind}"


def _secrets(given: str) -> Iterator[str]:
    """Everything in an address that is a secret, as it is written and as it is meant."""
    _, password, _ = _credentials(given)
    for secret in (password, *(value for _, value in re.findall(_PRIVATE, given))):
        if secret:
            yield secret
            yield unquote(secret)
