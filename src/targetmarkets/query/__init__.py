"""Questions to a knowledge base as a whole: selections, search, counts, differences.

What answers with records and changes nothing may enter. It imports `evidence` and below.
"""
