"""The readers of documents, one file for each kind. Only the confined process enters.

Each has a function `read`, which takes a document's bytes and the name that it was given, and gives
a `Reading`, or raises `UnfitError`. What a reader needs it imports at its top, since the process
gives up the right to open more before it reads.
"""
