"""The command line: what is typed becomes a call of the library, and its answer is output.

Commands, their options and messages may enter, and nothing that a Python program could want. It
imports everything below.
"""
