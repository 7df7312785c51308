#!/usr/bin/env bash
# odfpy 1.4.1: the text of a paragraph runs the mark and the body of a footnote into the number that
# they stand behind. `12<note mark 1> rockets` comes out as `121The note. rockets`, so that a search
# for the true words finds nothing, and one for `121` finds what nobody wrote.
#
# Expected: the words of the paragraph, the note apart. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1
seen=$("$work/venv/bin/python" - <<'PY'
from odf import teletype, text
from odf.opendocument import OpenDocumentText

document = OpenDocumentText()
paragraph = text.P(text="12")
note = text.Note(id="n1", noteclass="footnote")
note.addElement(text.NoteCitation(text="1"))
body = text.NoteBody()
body.addElement(text.P(text="The note."))
note.addElement(body)
paragraph.addElement(note)
paragraph.addText(" rockets")
document.text.addElement(paragraph)
print(teletype.extractText(paragraph))
PY
)
echo "odfpy 1.4.1 gives: $seen"
[ "$seen" = "121The note. rockets" ]
