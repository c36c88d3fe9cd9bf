"""How the situation is said and drawn on the screen."""
