"""Dossiers as documents, for every format that a person reads."""
