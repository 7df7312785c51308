"""Drafts: whether what they quote stands in the sources, and whether what they cite still stands.

`check.py` is the way in. Knows no terminal and no format.
"""
