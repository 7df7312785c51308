"""The stored objects, what must hold of them, and the terms that they are written in.

Nothing may enter that reads or writes, or that is composed for print. It imports `text`.

`vocabulary` needs no Pydantic, so that help and completion need not wait for it.
"""
