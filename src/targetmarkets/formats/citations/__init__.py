"""Formats of citations, a file for each; `csl` knows the styles."""
