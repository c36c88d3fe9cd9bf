"""Pages about employers, contacts with them, disclosure and openings."""
