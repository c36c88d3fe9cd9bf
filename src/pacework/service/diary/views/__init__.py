"""Pages of the diary: the client's own, and what is shown to staff."""
