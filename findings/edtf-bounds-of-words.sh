#!/usr/bin/env bash
# edtf 5.0.2: text_to_edtf turns some bounds given in words round. `no later than 2014` becomes an
# interval that begins in 2014 and has no known end, `not before 2012` one that ends in 2012; the
# plain words `before 2006` and `since 2010` are read rightly. Of `June or July 2011` June is left,
# without a year.
#
# Expected: an interval that ends in 2014, and one that begins in 2012, or None, as for words that are
# not understood. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
seen=$("$work/venv/bin/python" - <<'PY'
from edtf import text_to_edtf

for words in ("before 2006", "since 2010", "no later than 2014", "not before 2012", "June or July 2011"):
    print(f"{words}: {text_to_edtf(words)}")
PY
)
echo "edtf 5.0.2 gives:"
echo "$seen"
[ "$seen" = "before 2006: /2006
since 2010: 2010/
no later than 2014: 2014/
not before 2012: /2012
June or July 2011: XXXX-06" ]
