"""The pages: a knowledge base as a static site that anyone can open, without server or network.

Pages are made of the same records as everything else that is printed; they say no more than these.
"""
