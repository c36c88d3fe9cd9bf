"""Accounts, roles, teams, cover and sign-in."""
