"""Bad input of every sort, made by Hypothesis from a grammar, and the law that it may not break."""
