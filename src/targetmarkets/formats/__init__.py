"""Output formats: a file for each, and the registry that names them.

What turns records into a text may enter. It imports everything below; `registry` and `interface`
need neither the formats nor the models, so that help and completion need not wait for them.
"""
