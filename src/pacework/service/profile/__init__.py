"""The vocational profile: the person's situation in their own words."""
