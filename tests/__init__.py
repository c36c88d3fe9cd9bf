"""Tests: science, service (a folder a room), guards that hold the architecture, journeys in a browser."""
