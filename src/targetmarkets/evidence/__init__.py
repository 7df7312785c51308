"""The proof: archived texts, whether a quotation stands in its own, and what of them is used.

Only what compares the knowledge base with its archived texts may enter. It imports `records` and
below.
"""
