"""What a person types about employers, contacts, disclosure and openings."""
