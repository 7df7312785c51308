#!/usr/bin/env bash
# followthemoney 4.11.2: `ftm aggregate` takes what stands before the last dot of an id for the id. Two
# ships with the ids `ship.so-san` and `ship.ku-wol-san` come out as one entity with the id `ship` and two
# names, and nothing is said; `ftm validate` leaves the same file as it is.
#
# Expected: two entities with their ids, or a message that ids must have no dot. Fails if that changes.
# PyICU comes as source: this needs a C++ compiler, pkg-config and the headers of ICU and Python.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check followthemoney==4.11.2 pyicu==2.17
cd "$work"
cat > ships.json <<'JSON'
{"id": "ship.so-san", "schema": "Vessel", "properties": {"name": ["So San"]}}
{"id": "ship.ku-wol-san", "schema": "Vessel", "properties": {"name": ["Ku Wol San"]}}
JSON
cat > ids.py <<'PY'
import json, sys

entities = map(json.loads, sys.stdin)
print(*(f"{one['id']}: {len(one['properties']['name'])}" for one in entities), sep=", ")
PY
ids() { python3 ids.py; }
validated=$("$work/venv/bin/ftm" validate -i ships.json | ids)
aggregated=$("$work/venv/bin/ftm" aggregate -i ships.json | ids)
echo "followthemoney 4.11.2 gives ids with numbers of names:"
echo "validate: $validated"
echo "aggregate: $aggregated"
[ "$validated" = "ship.so-san: 1, ship.ku-wol-san: 1" ]
[ "$aggregated" = "ship: 2" ]
