"""Pure computation about employment support: no Django, no database, no clock.

Everything here takes plain rows and returns plain result objects, so that a page, a return and a notebook
get the same answer from the same code.
"""
