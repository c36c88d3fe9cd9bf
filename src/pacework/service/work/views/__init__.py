"""Pages about a client's work."""
