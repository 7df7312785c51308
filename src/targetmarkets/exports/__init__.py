"""Exports: the knowledge base in forms that other programs read, one file of code for each.

`registry.py` names the targets, `interface.py` is what they keep to, `selection.py` what they are
given.
"""
