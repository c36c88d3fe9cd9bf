"""Routes, referrals, list imports, duplicates and the funnel."""
