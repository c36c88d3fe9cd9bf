"""Goals, dated actions with one owner, and preparing for work."""
