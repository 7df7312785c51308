"""A server for agents: the knowledge base and the check of drafts, over MCP."""
