"""A knowledge base in an SQL database: one schema, whatever engine it stands on."""
