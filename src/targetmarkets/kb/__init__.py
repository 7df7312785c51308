"""The knowledge base as a whole: where it is, how it is read, and how its objects are found.

Whatever answers questions about stored objects may enter, and every way of storing them. It
imports `model` and `text`. `paths` and `files` need no Pydantic, as completion uses them.
"""
