"""How jobs looked at, matches and the passport are said and drawn."""
