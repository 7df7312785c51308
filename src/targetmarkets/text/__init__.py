"""What is done to characters: folding, finding passages, the source text of JSON.

Nothing may enter that knows what a knowledge base is. It imports nothing of this package.
"""
