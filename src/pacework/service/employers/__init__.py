"""Employers, the people met there, and what may be said to them."""
