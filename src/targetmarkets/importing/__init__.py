"""From documents and bibliographies that others made: their text, their records.

Readers of foreign files may enter; documents are read in a confined process, `extract_child`. It
imports `records` and below.
"""
