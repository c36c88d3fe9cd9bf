"""Appointments and the contact log."""
