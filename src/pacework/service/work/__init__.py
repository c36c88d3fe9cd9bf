"""Applications, placements, job spells and hours worked."""
