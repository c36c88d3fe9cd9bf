"""Pages of this room; the client and their worker share most templates."""
