#!/usr/bin/env bash
# pandoc 3.9: in BibTeX, a given name that begins with an accented capital in braces, `{\'E}mile Roe`,
# becomes a particle, as the `von` of von Roe is, and the person has no given name.
#
# Expected: given name `Émile`. BibTeX takes for a particle what begins with a small letter, and of
# `{\'E}` the letter is `E`; so does pandoc where the same name stands in Unicode. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
cat > "$work/names.bib" <<'BIB'
@book{braces, title = {T}, year = 2001, author = {{\'E}mile Roe}}
@book{unicode, title = {T}, year = 2001, author = {Émile Roe}}
BIB
seen=$("$work/venv/bin/python" - "$work/names.bib" <<'PY'
import json
import sys

import pypandoc

read = json.loads(pypandoc.convert_file(sys.argv[1], "csljson", format="bibtex"))
print(pypandoc.get_pandoc_version(), *(sorted(item["author"][0].items()) for item in read))
PY
)
echo "pandoc gives: $seen"
[ "$seen" = "3.9 [('dropping-particle', 'Émile'), ('family', 'Roe')] [('family', 'Roe'), ('given', 'Émile')]" ]
