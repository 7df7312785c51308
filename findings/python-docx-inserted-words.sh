#!/usr/bin/env bash
# python-docx 1.2.0: `Paragraph.text` leaves out words that were inserted with change tracking on
# (`w:ins`), which a word processor shows. `The Panel counts 40 rifles.` comes out as
# `The Panel counts rifles.`: the sentence closes over the gap.
#
# Expected: inserted words in, as the document is read on a screen. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
seen=$("$work/venv/bin/python" - <<'PY'
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

paragraph = Document().add_paragraph("The Panel counts ")
inserted = f'<w:ins {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t xml:space="preserve">40 </w:t></w:r></w:ins>'
paragraph._p.append(parse_xml(inserted))
paragraph.add_run("rifles.")
print(paragraph.text)
PY
)
echo "python-docx 1.2.0 gives: $seen"
[ "$seen" = "The Panel counts rifles." ]
