"""Pages of the situation: for staff, and for the client about themselves."""
