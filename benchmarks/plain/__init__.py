"""Django's admin over the same rows: what a page costs that nobody has thought about."""
