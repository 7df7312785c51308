"""A knowledge base as tables: what columns there are, and the rows of what is selected.

Who writes tables, as a database or as files, takes them from here.
"""
