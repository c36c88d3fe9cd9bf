"""What the pages about work say."""
