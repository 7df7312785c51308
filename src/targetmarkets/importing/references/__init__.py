"""Bibliographic records as other programs have them: CSL-JSON, BibTeX and RIS.

Each format is one or two files. What they read goes through a `Ledger`, which tells whatever did
not come into the record.
"""
