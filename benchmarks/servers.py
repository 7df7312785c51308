"""Measure a knowledge base on a server beside SQL by hand on the same server, and beside SQLite.

    python benchmarks/servers.py [--sizes 1000 10000] [--text 300] [--rounds 5]
                                 [--writers 8] [--changes 200]

Starts a server as the tests do, generates knowledge bases of so many claims, makes an SQLite store
of each, and copies that to the server.
Everything runs in this process, the least of the rounds counts, and nothing of it is start-up: what
is read is read of a knowledge base that is open and has nothing read yet, as by hand a connection
is open. By hand is the least that answers: rows are fetched and JSON is read, and nothing is
checked, composed or proved; for a list and a search, what was found and all that its records show
of other objects. To find is to be told which texts have a word, the best first; a search tells of
each where it stands, and who cites it, for which it needs the archived texts and the quotations
from them. Writers are processes that add customers side by side, each change a
transaction; by hand they add the same rows. Ratios are of one run, and say more than seconds. Needs
PostgreSQL.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import postgres

from generate import generate
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place
from targetmarkets.model.objects import Customer
from targetmarkets.query.fulltext import corpus
from targetmarkets.query.search import Search, parse, search
from targetmarkets.query.select import select
from targetmarkets.writing.copying import copy
from targetmarkets.writing.transaction import begin

Work = Callable[[], Callable[[], object]]
"""What is measured, after what is made ready for it."""

ID: Final = "syria-officers"
CUSTOMER: Final = "syria"
RARE: Final = "word77"
COMMON: Final = "officers"

BODY: Final = "SELECT body FROM object"

ABOUT: Final = (
    f"{BODY} JOIN link USING (number) "
    f"WHERE target = '{CUSTOMER}' AND relation = 'claims_about' ORDER BY place"
)

RARE_ONES: Final = (
    "has @@ '''word'' & ''77'''::tsquery AND strpos(words, ' word  77 ') > 0 "
    "ORDER BY ts_rank(has, '''word'' & ''77'''::tsquery) DESC"
)
COMMON_ONES: Final = (
    f"has @@ '''{COMMON}'''::tsquery ORDER BY ts_rank(has, '''{COMMON}'''::tsquery) DESC"
)
UNITS: Final = "SELECT {} FROM text JOIN unit ON number = unit WHERE {}"
FIND: Final = partial(UNITS.format, "json_build_array(kind, id, start_, end_)::text")
LED_TO: Final = f"{BODY} JOIN link USING (number) WHERE target = ANY(%s) AND relation = %s"
TEXTS: Final = "SELECT bytes FROM archived JOIN content USING (sha256) WHERE file = ANY(%s)"

BY_HAND: Final[Mapping[str, str]] = {
    "one object": f"{BODY} WHERE id = '{ID}'",
    "claims of a customer": ABOUT,
    "find a rare word": FIND(RARE_ONES),
    "find a common word": FIND(COMMON_ONES),
}
"""The least that answers, as SQL that somebody writes for it."""

EVERYTHING: Final = f"{BODY} ORDER BY place"

ADD_BY_HAND: Final = """
    LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO object SELECT max(number) + 1, '{id}', 'customer', max(place) + 1, 1, '{body}'
        FROM object;
    INSERT INTO name SELECT '{id}', number FROM object WHERE id = '{id}';
    INSERT INTO unit SELECT max(number) + 1, 'customer', '{id}', 1, 0, 9 FROM unit;
    INSERT INTO text SELECT number, ' {id} ', 1, '''{id}''' FROM unit WHERE id = '{id}';
    INSERT INTO change SELECT coalesce(max(number), 0) + 1, md5('{id}'), now()::text, 'x', 'y'
        FROM change;
    INSERT INTO history SELECT max(number), '{id}', NULL, '{body}' FROM change;
    UPDATE base SET value = md5('{id}') WHERE name = 'version'
"""
"""The rows of a new customer."""

WRITER: Final = (
    "import sys; sys.path.insert(0, {folder!r}); from servers import write; "
    "write(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == 'True')"
)


def least(work: Work, rounds: int) -> float:
    """Seconds of the quickest of some rounds."""
    seconds = []
    for _ in range(rounds):
        rest = work()
        begun = time.perf_counter()
        rest()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def at_once(work: Callable[[], object]) -> Work:
    """Work for which nothing is made ready."""
    return lambda: work


def ours(place: Place) -> dict[str, Work]:
    """What is done with a knowledge base, by name."""
    customers = iter(range(1_000_000))
    chosen = Filters(customer=[CUSTOMER])

    def reading(work: Callable[[Knowledge], object]) -> Work:
        def opened() -> Callable[[], object]:
            kb = load(place)
            return lambda: work(kb)

        return opened

    return {
        "open": at_once(lambda: load(place)),
        "one object": reading(lambda kb: kb.objects[ID]),
        "claims of a customer": reading(lambda kb: kb.claims_about(CUSTOMER)),
        "list of a customer": reading(lambda kb: select(kb, "claims", chosen)),
        "find a rare word": reading(lambda kb: found(kb, RARE)),
        "find a common word": reading(lambda kb: found(kb, COMMON)),
        "search a rare word": reading(lambda kb: search(kb, RARE)),
        "search a common word": reading(lambda kb: search(kb, COMMON)),
        "read everything": reading(lambda kb: sum(1 for _ in kb.objects.values())),
        "add a customer": at_once(lambda: add(place, f"new-{next(customers)}")),
    }


def by_hand(address: Address) -> dict[str, Work]:
    """The same by hand, on a connection that is open."""
    import psycopg

    connection = psycopg.connect(address.for_libpq, autocommit=True)
    customers = iter(range(1_000_000))

    def bodies(query: str, *values: Any) -> list[Any]:
        return [json.loads(body) for (body,) in connection.execute(query.encode(), values or None)]

    def listed() -> list[Any]:
        """The claims of a customer, and what their records show of other objects."""
        claims = bodies(ABOUT)
        mentioned = several({id_ for claim in claims for id_ in ids_in(claim)})
        return (
            claims + mentioned + several({item["source"] for item in mentioned if "exact" in item})
        )

    def hits(query: str) -> list[Any]:
        """What was found, the texts in which something stands, and what their records show."""
        units = bodies(query)
        named = several({id_ for kind, id_, *_ in units if kind != "text"})
        beside = several({id_ for item in named for id_ in ids_in(item)})
        sources = several({id_ for kind, id_, *_ in units if kind == "text"})
        files = [source["archive"]["file"] for source in sources]
        texts = [bytes_.decode() for (bytes_,) in connection.execute(TEXTS.encode(), [files])]
        quotes = bodies(LED_TO, [source["id"] for source in sources], "quotes_from")
        passages = [
            quote
            for quote in quotes
            if any(
                kind == "text" and id_ == quote["source"] and start <= quote["start"] < end
                for kind, id_, start, end in units
            )
        ]
        cited_by = bodies(LED_TO, [quote["id"] for quote in passages], "claims_on_quote")
        return [units, named, beside, sources, texts, passages, cited_by]

    def several(ids: set[str]) -> list[Any]:
        return bodies(f"{BODY} WHERE id = ANY(%s)", [*ids]) if ids else []

    read = {work: at_once(partial(bodies, query)) for work, query in BY_HAND.items()}

    def counted() -> int:
        """How many objects there are, each of them read, and none of them kept."""
        with connection.transaction(), connection.cursor(name="everything") as cursor:
            cursor.itersize = 500
            return sum(1 for (body,) in cursor.execute(EVERYTHING.encode()) if json.loads(body))

    return {
        **read,
        "list of a customer": at_once(listed),
        "search a rare word": at_once(partial(hits, FIND(RARE_ONES))),
        "search a common word": at_once(partial(hits, FIND(COMMON_ONES))),
        "read everything": at_once(counted),
        "add a customer": at_once(lambda: add_by_hand(connection, f"hand{next(customers)}")),
    }


def found(kb: Knowledge, text: str) -> list[Any]:
    """The texts that have a word, the best first."""
    asked = Search(kb, text)
    with corpus(kb, asked.archives) as texts:
        return [*texts.ask(parse(text).sought(texts), asked.kinds)]


def ids_in(value: Any) -> Iterator[str]:
    """All texts in some JSON, of which some are ids of other objects."""
    match value:
        case str():
            yield value
        case dict() | list():
            for part in value.values() if isinstance(value, dict) else value:
                yield from ids_in(part)


def customer(id_: str) -> Customer:
    """A customer to add."""
    return Customer(id=id_, name=id_, kind="state", region="Western Asia")


def add(kb: Place, id_: str) -> None:
    """Add a customer, proved."""
    with begin(kb) as transaction:
        transaction.add(customer(id_))
        transaction.commit()


def add_by_hand(connection: Any, id_: str) -> None:
    """Add its rows."""
    body = customer(id_).model_dump_json(exclude_defaults=True)
    with connection.transaction():
        for statement in ADD_BY_HAND.split(";"):
            connection.execute(statement.replace("{id}", id_).replace("{body}", body).encode())


def write(given: str, name: str, changes: int, is_by_hand: bool) -> None:  # noqa: FBT001 - of a line of words
    """Add so many customers: what one writer does."""
    address = Address(given)
    if not is_by_hand:
        for number in range(changes):
            add(address, f"w{name}-{number}")
        return
    import psycopg

    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        for number in range(changes):
            add_by_hand(connection, f"h{name}-{number}")


def together(address: Address, writers: int, changes: int, *, is_by_hand: bool) -> float:
    """Changes in a second, of some writers side by side. Raises where one is lost."""
    before = postgres.rows(address, "SELECT count(*) FROM change")[0][0]
    script = WRITER.format(folder=str(Path(__file__).parent))
    begun = time.perf_counter()
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                script,
                address.for_libpq,
                str(nth),
                str(changes),
                str(is_by_hand),
            ]
        )
        for nth in range(writers)
    ]
    assert [process.wait() for process in processes] == [0] * writers
    seconds = time.perf_counter() - begun
    after = postgres.rows(address, "SELECT count(*) FROM change")[0][0]
    assert after == int(str(before)) + writers * changes, "a change was lost"
    return writers * changes / seconds


def report(size: int, options: argparse.Namespace) -> None:
    """Print everything at one size."""
    with tempfile.TemporaryDirectory() as place:
        store, address = Path(place) / "kb.sqlite", postgres.server().new()
        folder = generate(Path(place) / "kb", size, options.text * size).parent
        copied = [
            least(at_once(partial(copy, *ends)), 1) for ends in ((folder, store), (store, address))
        ]
        print(f"\n{size:,} claims\n\n| work | SQLite | server | by hand | server : by hand |")
        print("| --- | ---: | ---: | ---: | ---: |")
        print(f"| copy | {copied[0]:.2f} s | {copied[1]:.2f} s | | |", flush=True)
        files, server = ours(store), ours(address)
        hands = by_hand(address)
        for work in server:
            seconds: Sequence[float] = [least(way[work], options.rounds) for way in (files, server)]
            cells = [f"{1000 * second:,.1f} ms" for second in seconds]
            if work in hands:
                hand = least(hands[work], options.rounds)
                cells += [f"{1000 * hand:,.1f} ms", f"{seconds[1] / hand:.1f}"]
            print(f"| {work} | {' | '.join([*cells, '', ''][:4])} |", flush=True)
        rates = [
            together(address, options.writers, options.changes, is_by_hand=hand)
            for hand in (False, True)
        ]
        writers = f"{options.writers} writers, {options.changes} changes each: none lost"
        rate = f"{rates[0]:.0f} changes in a second, {rates[1]:.0f} by hand"
        print(f"\n{writers}; {rate}: {rates[0] / rates[1]:.2f}", flush=True)
        for name, kb in (("server", address), ("SQLite", store)):
            seconds_to_verify = least(at_once(partial(verify, kb)), 1)
            print(f"verify of everything, {name}: {seconds_to_verify:.1f} s", flush=True)


def main() -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--text", type=int, default=300, help="words of archived text per claim")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--changes", type=int, default=200)
    options = parser.parse_args()
    for size in options.sizes:
        report(size, options)


if __name__ == "__main__":
    main()
