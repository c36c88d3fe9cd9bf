"""Pages of the plan and of preparing for work."""
