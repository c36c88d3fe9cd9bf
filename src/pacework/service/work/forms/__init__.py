"""What people type about applications, placements, jobs and hours."""
