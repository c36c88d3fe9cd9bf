"""The synthetic service to look at."""
