"""The engine PostgreSQL: a server that many machines use at once."""
