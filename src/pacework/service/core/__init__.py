"""Page shell, forms, audit, drafts, background jobs, and what every model declares."""
