"""The client's own diary: ratings by day, flares, the flare plan, and the pictures of their weeks."""
