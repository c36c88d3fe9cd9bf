"""How employers, contacts, disclosure and openings are said on the screen."""
