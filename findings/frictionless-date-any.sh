#!/usr/bin/env bash
# frictionless 5.21.0: a table with a `date` field of the format `any` is valid and is read, and when it
# is written to a file again each of its dates is the word `any`.
#
# Expected: the dates. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cd "$work"
printf 'ship,stopped\nKu Wol San,1999-06-25\nChong Chon Gang,2013-07-15\n' > ships.csv
seen=$("$work/venv/bin/python" - <<'PY'
from frictionless import Resource, Schema

schema = Schema.from_descriptor(
    {"fields": [{"name": "ship", "type": "string"}, {"name": "stopped", "type": "date", "format": "any"}]}
)
table = Resource(path="ships.csv", schema=schema)
print("valid:", table.validate().valid)
table.write("copy.csv")
print(open("copy.csv").read(), end="")
PY
)
echo "frictionless 5.21.0 gives:"
echo "$seen"
[ "$(echo "$seen" | tr -d '\r')" = "valid: True
ship,stopped
Ku Wol San,any
Chong Chon Gang,any" ]
